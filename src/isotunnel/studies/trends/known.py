"""The known trends of xenon, sodium, helium, hydrogen sulphide and hydrogen, looked up in scans."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.atlas import Scan
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowUsed
from isotunnel.studies.trends.result import Span, Trend

ATLAS = "computed with GPAW and PBE, settings in the atlas"
READING = "ks"
HCP = "computed with GPAW and PBE by scripts/make_xenon_hcp.py"
TRUSTED = ("A", "B")
"""Grades of measured pressures that count."""

Array = NDArray[np.float64]


def known_trends(sources: Sources | None = None) -> tuple[Trend, ...]:
    """Every trend, in the order of the page; one without a scan says so."""
    given = sources or Sources()
    found: list[Trend] = []
    for name, title, make in (
        ("Xe", "its gap closes on compression", _xenon),
        ("Na-hP4@320GPa", "a gap opens on compression", _sodium),
        ("Na", "it stays a metal while it is body-centred cubic", _sodium_metal),
        ("He", "its lifting gap falls on compression", _helium),
        ("H3S@200GPa", "it is a metal throughout, and its networking value falls", _sulphide),
        ("H2@5.4GPa", "molecular: its gap falls on compression", _hydrogen),
        ("H-I41amd@500GPa", "atomic: it is a metal", _atomic_hydrogen),
    ):
        try:
            scan = given.scan(name)
        except CannotSay:
            found.append(Trend.silent(name, title, "no scan of it is in the atlas yet"))
            continue
        found += make(given, scan)
    return tuple(found)


def closing(pressures_gpa: Array, gaps_ev: Array) -> Span:
    """Where a gap that falls with pressure reaches zero.

    Bounds: the last pressure with a gap and the first without. Value: the line through the last
    two points with a gap, kept between the bounds (a gap that is zero at one point may have been
    zero well before).

    Raises:
        CannotSay: it never closes, or is closed from the start.
    """
    open_ = np.flatnonzero(gaps_ev > 0)
    shut = np.flatnonzero(gaps_ev <= 0)
    if len(open_) == 0 or len(shut) == 0 or shut[0] < open_[-1]:
        raise CannotSay("the gap does not close within the scan")
    last = int(open_[-1])
    low, high = float(pressures_gpa[last]), float(pressures_gpa[last + 1])
    if last == 0:
        return Span(None, low, high)
    slope = (gaps_ev[last] - gaps_ev[last - 1]) / (pressures_gpa[last] - pressures_gpa[last - 1])
    zero = pressures_gpa[last] - gaps_ev[last] / slope if slope < 0 else high
    return Span(float(np.clip(zero, low, high)), low, high)


def opening(pressures_gpa: Array, gaps_ev: Array) -> Span:
    """Where a gap that rises with pressure leaves zero: ``closing`` seen from the other end.

    Raises:
        CannotSay: it never opens, or is open from the start.
    """
    try:
        found = closing(-pressures_gpa[::-1], gaps_ev[::-1])
    except CannotSay:
        raise CannotSay("no gap opens within the scan") from None
    value = None if found.value is None else -found.value
    return Span(value, -found.high, -found.low)


def xenon_hcp() -> tuple[Array, Array]:
    """Pressures (GPa) and Kohn-Sham gaps (eV) of hexagonal xenon, packed beforehand."""
    path = files("isotunnel.studies.trends").joinpath("data/xenon_hcp.json")
    points = json.loads(path.read_text(encoding="utf-8"))["points"]
    points.sort(key=lambda p: p["pressure_gpa"])
    return (
        np.array([p["pressure_gpa"] for p in points]),
        np.array([p["band_gap_ev"] for p in points]),
    )


def _xenon(sources: Sources, scan: Scan) -> list[Trend]:
    pressures, gaps = _sorted(scan, scan.band_gaps_ev)
    hexagonal, hexagonal_gaps = xenon_hcp()
    known, rows = _transitions(sources, "Xe", "insulator_to_metal")
    outside = _outside("xenon_volume")
    volumes = _sorted(scan, scan.volumes_a3)[1]
    at = float(outside["pressure_gpa"])
    volume = float(np.interp(at, pressures, volumes, left=np.nan, right=np.nan))
    return [
        Trend(
            "Xe",
            "pressure at which its Kohn-Sham gap closes (fcc)",
            "GPa",
            closing(pressures, gaps),
            known,
            _falls(gaps),
            _with(scan, rows),
        ),
        Trend(
            "Xe",
            "the same, hexagonal close packed",
            "GPa",
            closing(hexagonal, hexagonal_gaps),
            known,
            _falls(hexagonal_gaps),
            (RowUsed("trends", "trends:xenon_hcp", "hcp xenon", HCP), *rows),
        ),
        Trend(
            "Xe",
            f"volume per atom at {at:g} GPa",
            "Å³",
            None if np.isnan(volume) else Span(volume, volume, volume),
            _span(outside),
            _falls(volumes),
            _with(scan, (_row("xenon_volume", outside),)),
        ),
    ]


def _sodium(sources: Sources, scan: Scan) -> list[Trend]:
    pressures, gaps = _sorted(scan, scan.band_gaps_ev)
    known, rows = _transitions(sources, "Na", "metal_to_insulator")
    title = "pressure at which a gap opens in hP4"
    shown = bool(gaps[-1] > 0 and np.all(np.diff(gaps) >= 0))
    return [
        Trend("Na", title, "GPa", opening(pressures, gaps), known, shown, _with(scan, rows)),
        _plain(scan, "Na", f"Kohn-Sham gap of hP4 at {pressures[-1]:.0f} GPa", gaps[-1], shown),
    ]


def _sodium_metal(_sources: Sources, scan: Scan) -> list[Trend]:
    pressures, gaps = _sorted(scan, scan.band_gaps_ev)
    title = f"no gap while body-centred cubic, up to {pressures[-1]:.0f} GPa"
    return [_plain(scan, "Na", title, float(gaps.max()), bool(gaps.max() <= 0))]


def _helium(_sources: Sources, scan: Scan) -> list[Trend]:
    pressures, lifting = _sorted(scan, scan.gaps(READING, 3).values)
    gaps = _sorted(scan, scan.band_gaps_ev)[1]
    outside = _outside("helium_edge")
    ends = f"from {pressures[0]:.0f} to {pressures[-1]:.0f} GPa"
    fall = _plain(
        scan, "He", f"change of its lifting gap {ends}", lifting[-1] - lifting[0], _falls(lifting)
    )
    band = _plain(
        scan, "He", f"change of its Kohn-Sham gap {ends}", gaps[-1] - gaps[0], _falls(gaps)
    )
    value = float(gaps[0])
    edge = Trend(
        "He",
        f"Kohn-Sham gap at {pressures[0]:.0f} GPa, beside the measured edge at "
        f"{outside['pressure_gpa']:g} GPa",
        "eV",
        Span(value, value, value),
        _span(outside),
        None,
        _with(scan, (_row("helium_edge", outside),)),
    )
    crossed = Trend(
        "He",
        "pressure from which the spanning tunnel lies below the valence level",
        "GPa",
        _zero(pressures, lifting),
        None,
        None,
        _with(scan, ()),
    )
    return [fall, crossed, band, edge]


def _sulphide(sources: Sources, scan: Scan) -> list[Trend]:
    pressures, phi = _sorted(scan, scan.phi)
    gaps = _sorted(scan, scan.band_gaps_ev)[1]
    ends = f"from {pressures[0]:.0f} to {pressures[-1]:.0f} GPa"
    trends = [
        _plain(scan, "H3S", f"largest gap {ends}", float(gaps.max()), bool(gaps.max() <= 0)),
        _plain(
            scan,
            "H3S",
            f"change of its networking value {ends}",
            phi[-1] - phi[0],
            _falls(phi),
            "1",
        ),
    ]
    volumes = _sorted(scan, scan.volumes_a3)[1]
    for row in sources.table("hydrides_structures").where(compound="H3S"):
        at, cell = row["pressure_gpa"], row["volume_per_formula_angstrom3"]
        if not isinstance(at, float) or not isinstance(cell, float):
            continue
        value = float(np.interp(at, pressures, volumes)) * 4
        trends.append(
            Trend(
                "H3S",
                f"volume per formula at {at:g} GPa, beside another calculation",
                "Å³",
                Span(value, value, value),
                Span(cell, cell, cell),
                _falls(volumes),
                _with(scan, (RowUsed.of(row, "H3S"),)),
            )
        )
    return trends


def _hydrogen(_sources: Sources, scan: Scan) -> list[Trend]:
    pressures, gaps = _sorted(scan, scan.band_gaps_ev)
    ends = f"from {pressures[0]:.0f} to {pressures[-1]:.0f} GPa"
    return [
        _plain(scan, "H₂", f"change of its Kohn-Sham gap {ends}", gaps[-1] - gaps[0], _falls(gaps))
    ]


def _atomic_hydrogen(_sources: Sources, scan: Scan) -> list[Trend]:
    pressures, gaps = _sorted(scan, scan.band_gaps_ev)
    title = f"largest gap from {pressures[0]:.0f} to {pressures[-1]:.0f} GPa (atomic)"
    return [_plain(scan, "H", title, float(gaps.max()), bool(gaps.max() <= 0))]


def _plain(
    scan: Scan, substance: str, title: str, value: float, shown: bool, unit: str = "eV"
) -> Trend:
    """A trend with a computed number alone."""
    number = float(value)
    return Trend(substance, title, unit, Span(number, number, number), None, shown, _with(scan, ()))


def _sorted(scan: Scan, values: Array) -> tuple[Array, Array]:
    order = np.argsort(scan.pressures_gpa)
    return scan.pressures_gpa[order], np.asarray(values)[order]


def _falls(values: Array) -> bool:
    return bool(np.all(np.diff(values) <= 0) and values[-1] < values[0])


def _zero(pressures: Array, values: Array) -> Span | None:
    """Where values that may turn negative cross zero, between points along a line."""
    below = np.flatnonzero(values <= 0)
    if len(below) == 0 or below[0] == 0:
        return None
    i = int(below[0])
    low, high = float(pressures[i - 1]), float(pressures[i])
    share = values[i - 1] / (values[i - 1] - values[i])
    return Span(low + (high - low) * float(share), low, high)


def _transitions(
    sources: Sources, material: str, direction: str
) -> tuple[Span | None, tuple[RowUsed, ...]]:
    """Range of the measured transition pressures of good grade, and their rows."""
    ends: list[float] = []
    rows: list[RowUsed] = []
    table = sources.table("insulator_metal_transitions")
    for row in table.where(material=material, direction=direction, method="experiment"):
        if row.grade in TRUSTED and row["pressure_gpa"] is not None:
            ends.append(row.number("pressure_gpa"))
            if row["pressure_max_gpa"] is not None:
                ends.append(row.number("pressure_max_gpa"))
            rows.append(RowUsed.of(row, material))
    return (Span(None, min(ends), max(ends)) if ends else None), tuple(rows)


@cache
def _all_outside() -> dict[str, Any]:
    path = files("isotunnel.studies.trends").joinpath("data/outside.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _outside(name: str) -> dict[str, Any]:
    found: dict[str, Any] = _all_outside()[name]
    return found


def _span(outside: dict[str, Any]) -> Span:
    value, error = float(outside["value"]), float(outside["error"])
    return Span(value, value - error, value + error)


def _row(name: str, outside: dict[str, Any]) -> RowUsed:
    return RowUsed("trends", f"trends:{name}", name.replace("_", " "), str(outside["source"]))


def _with(scan: Scan, rows: tuple[RowUsed, ...]) -> tuple[RowUsed, ...]:
    return (RowUsed("atlas", scan.name, scan.title, ATLAS), *rows)
