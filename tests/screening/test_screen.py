"""Whole screens on workers of this machine, undisturbed and disturbed."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from isotunnel.errors import InputError
from isotunnel.screening import Settings, ask, screen
from isotunnel.screening import dataset as on_disk
from screening.worlds import CRYSTALS, folder_of_crystals

COARSE = Settings(spacing_angstrom=0.4)
VARYING = {"cpu_s", "finished_utc"}


def table_of(out):
    """Rows by source without what differs from run to run."""
    rows = ask(out).to_pylist()
    assert len({r["id"] for r in rows}) == len(rows)
    return {r["source"]: {k: v for k, v in r.items() if k not in VARYING} for r in rows}


@pytest.fixture(scope="module")
def cifs(tmp_path_factory):
    return folder_of_crystals(tmp_path_factory.mktemp("screen") / "cifs")


@pytest.fixture(scope="module")
def undisturbed(cifs, tmp_path_factory):
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    outcome = screen([cifs], out, settings=COARSE, workers=1)
    return out, outcome


def test_every_input_has_a_row(undisturbed):
    out, outcome = undisturbed
    assert (outcome.inputs, outcome.done, outcome.duplicates) == (6, 5, 1)
    assert outcome.failed == {"unreadable": 1}
    assert outcome.computed == len(CRYSTALS)
    rows = table_of(out)
    assert rows["broken.cif"]["reason"] == "unreadable"
    assert "broken.cif" in rows["broken.cif"]["message"]
    one, two = rows["NaCl-cubic.cif"], rows["NaCl.cif"]
    assert two["duplicate_of"] == one["id"]
    assert one["duplicate_of"] is None
    assert one["gap_atomic_3d_ev"] == two["gap_atomic_3d_ev"]


def test_the_values_are_those_of_analyze(undisturbed, cifs):
    from isotunnel import analyze
    from isotunnel.engines.procrystal import ProcrystalEngine

    out, _ = undisturbed
    row = table_of(out)["Na.cif"]
    analysis = analyze(cifs / "Na.cif", engine=ProcrystalEngine(spacing_angstrom=0.4))
    gap = {g.reading: g for g in analysis.gaps}["atomic"]
    assert row["gap_atomic_3d_ev"] == pytest.approx(float(gap.gaps[2]), abs=1e-9)
    assert row["rank_atomic"] == gap.dimensions
    tunnels = analysis.tunnels["procrystal"]["density"]
    assert row["threshold_procrystal_density_3d_per_angstrom3"] == pytest.approx(
        float(tunnels.thresholds[2]), abs=1e-9
    )
    assert row["bottleneck_procrystal_density_3d_between"] == "Na-Na"
    assert row["space_group"] == "Im-3m"
    assert row["mass_density_g_cm3"] == pytest.approx(1.009, abs=0.01)


def test_a_second_run_computes_nothing_and_other_settings_are_refused(undisturbed, cifs):
    out, _ = undisturbed
    before = table_of(out)
    again = screen([cifs], out, settings=COARSE, workers=1)
    assert (again.inputs, again.computed) == (6, 0)
    assert table_of(out) == before
    with pytest.raises(InputError, match=r"spacing_angstrom 0.4 there, 0.3 now"):
        screen([cifs], out, settings=Settings(spacing_angstrom=0.3))
    with pytest.raises(InputError, match="unknown reason 'nonesuch'"):
        screen([cifs], out, settings=COARSE, rerun=["nonesuch"])


def test_rerun_repeats_just_what_failed_so(undisturbed):
    out, _ = undisturbed
    before = table_of(out)
    outcome = screen([], out, settings=COARSE, workers=1, rerun=["unreadable"])
    assert outcome.failed == {"unreadable": 1}
    assert outcome.computed == 0
    assert table_of(out) == before


WITH_TROUBLE = """
import os, sys, time
import isotunnel.screening.worker as worker
from isotunnel.screening import Settings, screen

genuine = worker._measured

def troubled(structure, warnings, settings):
    import json
    numbers = json.loads(structure)["numbers"]
    if numbers == [11]:
        time.sleep(1000)
    if numbers == [14, 14]:
        os._exit(9)
    return genuine(structure, warnings, settings)

worker._measured = troubled

if __name__ == "__main__":
    outcome = screen([sys.argv[1]], sys.argv[2], settings=Settings(spacing_angstrom=0.4),
                     workers=1, timeout_s=float(sys.argv[3]))
    print(outcome.failed)
"""


@pytest.mark.slow
def test_hanging_and_crashing_crystals_become_rows(undisturbed, cifs, tmp_path):
    """Workers are started afresh and import this script, and so the trouble."""
    script = tmp_path / "trouble.py"
    script.write_text(WITH_TROUBLE)
    done = subprocess.run(
        [sys.executable, str(script), str(cifs), str(tmp_path / "out"), "20"],
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr
    assert "timeout" in done.stdout
    rows, expected = table_of(tmp_path / "out"), table_of(undisturbed[0])
    assert rows["Na.cif"]["reason"] == "timeout"
    assert rows["Si.cif"]["reason"] == "worker_died"
    for name in ("NaCl.cif", "NaCl-cubic.cif", "Cu.cif", "broken.cif"):
        assert rows[name] == expected[name]
    outcome = screen([], tmp_path / "out", workers=1, rerun=["timeout", "worker_died"],
                     settings=COARSE)  # fmt: skip
    assert outcome.computed == 2
    assert table_of(tmp_path / "out") == expected


def command(cifs, out):
    return [
        *(sys.executable, "-c", "from isotunnel.cli.main import run; run()"),
        *("screen", str(cifs), "-o", str(out), "--grid", "0.4", "--workers", "1"),
    ]


def _end(process):
    """As a power cut would: everything at once."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.slow
def test_killed_at_random_moments_and_started_again(undisturbed, cifs, tmp_path):
    """20 kills; between them the crystals done only grow."""
    out, moments = tmp_path / "out", random.Random(20)
    seen: set[str] = set()
    for _ in range(20):
        process = subprocess.Popen(
            command(cifs, out),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moments.uniform(1.0, 12.0))
        _end(process)
        now = {k.id for k in on_disk.known_rows(out)} if (out / "crystals").exists() else set()
        assert seen <= now
        seen = now
    last = subprocess.run(command(cifs, out), capture_output=True, text=True, timeout=600)
    assert last.returncode == 0, last.stderr
    assert table_of(out) == table_of(undisturbed[0])


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing(undisturbed, cifs, tmp_path):
    import psutil

    out = tmp_path / "out"
    process = subprocess.Popen(command(cifs, out), start_new_session=True)
    killed = 0
    while process.poll() is None and killed < 2:
        time.sleep(1.0)
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if "spawn_main" in " ".join(child.cmdline()) and killed < 2:
                    child.kill()
                    killed += 1
                    time.sleep(4.0)
    assert process.wait(timeout=600) == 0
    assert killed
    assert table_of(out) == table_of(undisturbed[0])
