"""The command as a process: signals, pipes, streams."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from command import cube_text, poscar_text, process


def cluster(n=5):
    """So many atoms that the procrystal takes a while."""
    spots = [(i / n, j / n, k / n) for i in range(n) for j in range(n) for k in range(n)]
    text = poscar_text("Na", [(0, 0, 0)], edge=3.6 * n).replace("\n1\n", f"\n{n**3}\n")
    # One atom off its place, so that the cell is primitive and stays as large as it is.
    spots[0] = (0.02, 0.01, 0.005)
    return text.split("Direct\n")[0] + "Direct\n" + "".join(f"{x} {y} {z}\n" for x, y, z in spots)


def test_results_on_stdout_problems_on_stderr(tmp_path):
    (tmp_path / "elf.cube").write_text(cube_text())
    run = process("tunnels", tmp_path / "elf.cube", "--json")
    out, err = run.communicate(timeout=120)
    assert run.returncode == 0
    assert err == ""
    assert json.loads(out)["kind"] == "elf"


def test_the_installed_command_answers():
    script = os.path.join(os.path.dirname(sys.executable), "isotunnel")
    if not os.path.exists(script):
        pytest.skip("the package is on the path, but its script is not installed")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("isotunnel ")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_ends_a_run_in_one_line(tmp_path):
    (tmp_path / "POSCAR").write_text(cluster())
    run = process("analyze", "POSCAR", "--engine", "procrystal", cwd=tmp_path)
    assert run.stderr is not None
    first = run.stderr.readline()
    assert first.startswith("... "), first
    time.sleep(0.1)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=120)
    assert run.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    assert err.splitlines()[-1] == "isotunnel: interrupted; nothing was left half-written"
    assert [p.name for p in tmp_path.iterdir()] == ["POSCAR"]


CALLED_FROM_C = """
import ctypes, signal, sys, time
from isotunnel.cli.main import deliver_interrupt_again
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.unraisablehook = deliver_interrupt_again

@ctypes.CFUNCTYPE(None)
def callback():
    {what}

try:
    callback()
    time.sleep({seconds})
except KeyboardInterrupt:
    print("interrupted")
"""


def _called_from_c(what, seconds):
    code = CALLED_FROM_C.format(what=what, seconds=seconds)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_in_a_callback_from_c_is_not_lost():
    """Python drops it there, as where numba loads a kernel, and the run went on to its end.

    The sleep is longer than the process may take: it has to be woken from it.
    """
    done = _called_from_c("signal.raise_signal(signal.SIGINT)", 600)
    assert (done.stdout, done.stderr, done.returncode) == ("interrupted\n", "", 0)
    other = _called_from_c("raise ValueError('told as ever')", 0)
    assert "ValueError: told as ever" in other.stderr


@pytest.mark.parametrize(
    "arguments", [("crystals",), ("crystals", "--json"), ("cite", "--json"), ("--help",)]
)
def test_a_closed_pipe_ends_quietly(arguments):
    """As in ``isotunnel crystals | true``."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        run = process(*arguments, stdout=writing)
        _, err = run.communicate(timeout=120)
    finally:
        os.close(writing)
    assert run.returncode == 1
    assert err == ""


def test_a_terminal_without_our_characters(tmp_path):
    (tmp_path / "elf.cube").write_text(cube_text())
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    run = process("tunnels", tmp_path / "elf.cube", env=environment)
    out, err = run.communicate(timeout=120)
    assert (run.returncode, err) == (0, "")
    assert "3D network" in out
