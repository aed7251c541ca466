"""Faults around a screen, made for real: whatever happens, the final dataset is the undisturbed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from isotunnel.errors import EngineError, InputError
from isotunnel.screening import dataset as on_disk
from isotunnel.screening import screen
from screening.test_screen import COARSE, _end, command, table_of
from screening.worlds import folder_of_crystals

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cifs(tmp_path_factory):
    return folder_of_crystals(tmp_path_factory.mktemp("faults") / "cifs")


@pytest.fixture(scope="module")
def expected(cifs, tmp_path_factory):
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    screen([cifs], out, settings=COARSE, workers=1)
    return table_of(out)


def _goes_on(cifs: Path, out: Path, expected: dict[str, object]) -> None:
    last = subprocess.run(command(cifs, out), capture_output=True, text=True, timeout=600)
    assert last.returncode == 0, last.stderr
    assert table_of(out) == expected


def _rows(out: Path) -> int:
    return len(on_disk.known_rows(out)) if (out / "crystals").exists() else 0


def _started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def test_a_scheduler_that_is_killed(cifs, expected, tmp_path):
    """Of a cluster that was there before the screen; the screen says so and can go on."""
    described = tmp_path / "scheduler.json"
    scheduler = _started(
        *("distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard"),
        *("--scheduler-file", str(described)),
    )
    worker = None
    try:
        for _ in range(120):
            if described.exists() and described.stat().st_size:
                break
            time.sleep(0.5)
        import json

        address = json.loads(described.read_text())["address"]
        worker = _started("distributed.cli.dask_worker", address, "--nthreads", "1",
                          "--no-dashboard")  # fmt: skip
        out = tmp_path / "out"
        process = subprocess.Popen(
            [*command(cifs, out)[:-2], "--scheduler", address],
            stderr=subprocess.PIPE,
            text=True,
        )
        while process.poll() is None and _rows(out) == 0:
            time.sleep(0.05)
        os.killpg(scheduler.pid, signal.SIGKILL)
        _, words = process.communicate(timeout=300)
        assert process.returncode == EngineError.exit_code
        assert "the scheduler was lost" in " ".join(words.split())
        assert 0 < _rows(out) < len(expected)
    finally:
        for one in (scheduler, worker):
            if one is not None:
                _end(one)
    _goes_on(cifs, out, expected)


FULL = """
import resource, sys
import isotunnel.screening.work as work
from isotunnel.screening import Settings, screen

work._HELD_S = 0.0  # each row its own file, so that there is a second one

def full(words, _fraction):
    if "workers" in words:
        return
    # From now on no file of this process grows beyond this.
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))

if __name__ == "__main__":
    screen([sys.argv[1]], sys.argv[2], settings=Settings(spacing_angstrom=0.4), workers=1,
           progress=full)
"""


def test_a_file_that_cannot_grow(cifs, expected, tmp_path):
    """As on a disk that is full, from the second file on; what was written stays whole."""
    pytest.importorskip("resource")
    script, out = tmp_path / "full.py", tmp_path / "out"
    script.write_text(FULL)
    done = subprocess.run(
        [sys.executable, str(script), str(cifs), str(out)],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "File too large" in done.stderr
    assert 0 < _rows(out) < len(expected)
    assert not list((out / "crystals").glob(".rows-*"))
    _goes_on(cifs, out, expected)


def test_a_disk_that_is_full(cifs, expected, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        done = subprocess.run(
            command(cifs, disk / "out"), capture_output=True, text=True, timeout=600
        )
        assert done.returncode == InputError.exit_code
        words = " ".join(done.stderr.split())
        assert "cannot be written" in words
        assert "No space left on device" in words
        assert not list((disk / "out" / "crystals").glob(".rows-*"))
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        _goes_on(cifs, disk / "out", expected)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_two_screens_into_one_dataset(cifs, expected, tmp_path):
    out = tmp_path / "out"
    first = subprocess.Popen(command(cifs, out), stderr=subprocess.DEVNULL)
    while not (out / on_disk._ABOUT).exists():
        with contextlib.suppress(subprocess.TimeoutExpired):
            first.wait(0.05)
    with pytest.raises(InputError, match=rf"another screen is writing there \(process {first.pid}"):
        screen([cifs], out, settings=COARSE, workers=1)
    assert first.wait(timeout=600) == 0
    assert table_of(out) == expected
