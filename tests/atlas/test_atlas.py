"""The packed scans: readable, complete, reproducible, and smooth between their points."""

from __future__ import annotations

import gzip
import importlib.util
import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from isotunnel import atlas
from isotunnel.atlas.curve import GapCurve
from isotunnel.atlas.library import from_document
from isotunnel.errors import CannotSay, FileFormatError, InputError
from isotunnel.units import EV_PER_ANGSTROM3_GPA

NAMES = atlas.names()
ROOT = Path(__file__).resolve().parents[2]


def document(name):
    data = files("isotunnel.atlas").joinpath(f"data/{name}.json.gz").read_bytes()
    return data, json.loads(gzip.decompress(data))


def test_there_are_scans():
    assert {"Al", "H3S@200GPa", "He"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_scan_is_whole(name):
    scan = atlas.scan_of(name)
    count = len(scan.asked)
    assert count >= 2, "one point is no scan"
    assert scan.name == name
    assert scan.readings == ("ks", "atomic", "electrostatic", "density", "elf", "band")
    assert scan.versions["gpaw"]
    assert scan.versions["isotunnel"]
    assert scan.settings["engine_settings"]["grid_spacing"] > 0
    assert scan.settings["relaxation"]["pressure_gpa"] > 0
    assert scan.sources
    assert (np.diff(scan.asked) > 0).all()
    # Squeezing shrinks: also a check that nothing was mixed up between points.
    assert (np.diff(scan.volumes_a3) < 0).all()
    assert np.isfinite(scan.energies_ev).all()
    assert all(point.reason for point in scan.failed)
    if scan.over == "pressure_gpa":
        limit = scan.settings["relaxation"]
        allowed = limit["pressure_gpa"] + limit["pressure_share"] * scan.asked
        assert (np.abs(scan.pressures_gpa - scan.asked) <= 2 * allowed).all()
        per_cell = scan.volumes_a3 * scan.atoms_per_cell
        work = scan.pressures_gpa * per_cell / EV_PER_ANGSTROM3_GPA
        assert scan.enthalpies_ev == pytest.approx(scan.energies_ev + work, abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_missing_has_a_reason_and_what_is_there_has_none(name):
    scan = atlas.scan_of(name)
    seen = 0
    for column in map(scan.column, scan.quantities):
        assert column.meaning
        for cell, reason in zip(column.cells, column.reasons, strict=True):
            assert bool(reason) == (cell is None), column.name
            seen += cell is not None
    assert seen > 100


@pytest.mark.parametrize("name", NAMES)
def test_gaps_are_threshold_minus_level_and_rise_with_rank(name):
    scan = atlas.scan_of(name)
    level = scan.column("valence_level_ks_ev").values
    for rank in (1, 2, 3):
        threshold = scan.thresholds("gpaw", "potential", rank).values
        assert scan.gaps("ks", rank).values == pytest.approx(threshold - level, abs=1e-6)
    for reading in scan.readings:
        ranks = np.array([scan.gaps(reading, rank).values for rank in (1, 2, 3)])
        errors = np.array([scan.gap_errors(reading, rank).values for rank in (1, 2, 3)])
        room = 3 * np.nan_to_num(errors).max() + 1e-6
        steps = np.diff(ranks, axis=0)
        assert (steps[np.isfinite(steps)] >= -room).all(), reading


@pytest.mark.parametrize("name", NAMES)
def test_interpolation_meets_the_points_and_stays_between_them(name):
    scan = atlas.scan_of(name)
    order = np.argsort(scan.volumes_a3)
    checked = 0
    for reading in scan.readings:
        try:
            curve = scan.curve(reading, 3)
        except CannotSay:
            continue
        gaps = scan.gaps(reading, 3).values[order]
        volumes = scan.volumes_a3[order]
        for i in np.flatnonzero(np.isfinite(gaps[:-1]) & np.isfinite(gaps[1:])):
            assert scan.gap(reading, 3, volumes[i]).value == pytest.approx(gaps[i], abs=1e-9)
            point = scan.gap(reading, 3, volumes[i] + 0.37 * (volumes[i + 1] - volumes[i]))
            assert point.low - 1e-9 <= point.value <= point.high + 1e-9
            assert (point.low, point.high) == tuple(sorted(gaps[i : i + 2]))
            assert 0 <= point.error <= point.step + curve.errors.max() + 1e-9
            checked += 1
    assert checked >= 6


def test_outside_the_range_it_cannot_say_unless_asked_to_go_on():
    scan = atlas.scan_of("Al")
    largest = scan.volumes_a3.max()
    with pytest.raises(CannotSay, match="lies above"):
        scan.gap("ks", 3, largest * 1.02)
    with pytest.raises(CannotSay, match="lies below"):
        scan.gap("ks", 3, scan.volumes_a3.min() * 0.98)
    beyond = scan.gap("ks", 3, largest * 1.02, beyond=0.05)
    at_end = scan.gap("ks", 3, largest)
    assert beyond.extrapolated
    assert not at_end.extrapolated
    assert beyond.error >= abs(beyond.value - at_end.value) > 0
    with pytest.raises(CannotSay, match="lies above"):
        scan.gap("ks", 3, largest * 1.06, beyond=0.05)
    for volume in (0.0, -3.0, float("nan")):
        with pytest.raises(InputError, match="must be positive"):
            scan.gap("ks", 3, volume)


def test_names_resolve_and_unknown_ones_are_reported():
    assert atlas.scan_of("h3s") is atlas.scan_of("H3S@200GPa")
    assert atlas.scan_of("aluminium") is atlas.scan_of("Al")
    with pytest.raises(InputError, match=r"unknown crystal 'unobtainium'; .* the atlas holds"):
        atlas.scan_of("unobtainium")
    with pytest.raises(InputError, match="unknown crystal"):
        atlas.scan_of("../../Al")
    # A named crystal that is left out for good: PBE does not bind graphite's layers.
    with pytest.raises(CannotSay, match="no scan of graphite in the atlas"):
        atlas.scan_of("graphite")


def test_unknown_columns_readings_and_ranks_are_reported():
    scan = atlas.scan_of("Al")
    with pytest.raises(InputError, match="did you mean"):
        scan.column("phy")
    with pytest.raises(InputError, match="no reading 'bloch'; it has ks, atomic"):
        scan.gap("bloch", 3, 12.0)
    with pytest.raises(InputError, match="1, 2 or 3"):
        scan.gap("ks", 4, 12.0)
    with pytest.raises(InputError, match="holds texts"):
        _ = scan.column("state_ks").values
    assert scan.column("state_ks").cells[0]
    with pytest.raises(ValueError, match="read-only"):
        scan.phi[0] = 1.0


def test_a_point_without_a_gap_is_a_hole_not_a_number():
    volumes = np.array([4.0, 3.0, 2.0, 1.0])
    gaps = np.array([2.0, np.nan, 0.5, -1.0])
    reasons = ("", "no tunnel opens", "", "")
    curve = GapCurve.through("X", "eV", volumes, gaps, np.full(4, np.nan), reasons)
    with pytest.raises(CannotSay, match="no gap at 3 angstrom"):
        curve.at(2.5)
    with pytest.raises(CannotSay, match="no gap at 3 angstrom"):
        curve([1.5, 3.5])
    assert curve.at(4.0).value == 2.0
    assert -1 < curve.at(1.5).value < 0.5
    zero = curve.zero()
    assert zero is not None
    assert curve.at(zero).value == pytest.approx(0, abs=1e-9)


def test_failed_points_stand_beside_the_others():
    _, data = document("Al")
    broken = json.loads(json.dumps(data))
    broken["points"][2] = {
        "asked": 50.0, "status": "failed", "reason": "no convergence after 120 steps",
        "values": {}, "reasons": {}, "crystal": None, "warnings": [],
    }  # fmt: skip
    scan = from_document(broken)
    assert len(scan.asked) == len(data["points"]) - 1
    assert scan.failed[0].asked == 50.0
    assert "120 steps" in scan.failed[0].reason
    # The gap there now comes from its neighbours, with an error that covers the difference.
    whole = from_document(data)
    v = whole.volumes_a3[2]
    point = scan.gap("ks", 3, v)
    assert point.low <= whole.gap("ks", 3, v).value <= point.high
    for wrong in ({}, {"schema": "isotunnel.analysis/1"}, []):
        with pytest.raises(FileFormatError, match="not a scan"):
            from_document(wrong)
    broken["points"] = broken["points"][2:3]
    with pytest.raises(FileFormatError, match="no finished point"):
        from_document(broken)


@pytest.mark.parametrize("name", NAMES)
def test_packed_bytes_follow_from_the_document(name):
    """The same points give the same bytes: packing again what is there changes nothing."""
    maker = _script("make_atlas")
    data, content = document(name)

    class Result:
        def as_dict(self):
            return {**content, "computed": 3, "seconds": 1.5}

    assert maker.packed(Result()) == data
    assert "seconds" not in content
    assert data[4:8] == b"\0\0\0\0", "a time stamp would change the bytes"


def _script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_importing_the_atlas_reads_nothing():
    code = (
        "import sys, isotunnel.atlas as a; "
        "bad = [m for m in ('numpy', 'scipy', 'ase', 'gpaw') if m in sys.modules]; "
        "assert not bad, bad; assert a.names()"
    )
    # isotunnel itself may need numpy: what counts is that the atlas adds nothing.
    plain = "import sys, isotunnel; print([m for m in ('numpy','scipy','ase') if m in sys.modules])"
    base = subprocess.run([sys.executable, "-c", plain], capture_output=True, text=True, check=True)
    if base.stdout.strip() == "[]":
        subprocess.run([sys.executable, "-c", code.replace("; assert a.names()", "")], check=True)
    else:
        pytest.fail(f"importing isotunnel alone loads {base.stdout}")
