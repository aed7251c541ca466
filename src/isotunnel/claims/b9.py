"""B9: do insulators have disjoint tunnels that pressure joins?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median

from isotunnel.claims.shared.readings import TUNNELS, ByReading, by_reading
from isotunnel.claims.shared.scanned_crystals import ScannedCrystal, crossing, scanned
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, whole_spread
from isotunnel.evidence.statistics import median as sample_median
from isotunnel.materials.names import plain_name
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import MEDIAN, Measurement
from isotunnel.scorecard.sample import FAR_OFF

NAMES = {"C": "diamond", "H": "H2@5.4GPa", "H2": "H2@5.4GPa"}
"""Crystals of the atlas that stand for a substance of the table."""
COLD_BELOW_K = 1000.0
"""A crystal at rest is compared with what was measured below: fluid hydrogen at 3000 K is none."""


@dataclass(frozen=True)
class Metallised:
    """A measured metallisation beside both computed ones.

    ``tunnel_gpa`` and ``band_gpa`` are None where no crossing lies in the scan; ``tunnel_off`` and
    ``band_off`` are |ln(predicted/measured)|, or the least it can be.
    """

    material: str
    measured_gpa: float
    tunnel_gpa: float | None
    tunnel_off: float
    band_gpa: float | None
    band_off: float
    rows: tuple[RowUsed, ...]


@dataclass(frozen=True)
class Metallisations:
    """Insulators of the atlas, and measured metallisations of them."""

    insulators: tuple[ScannedCrystal, ...]
    metallised: tuple[Metallised, ...]
    dropped: tuple[RowDropped, ...]
    dropped_transitions: tuple[RowDropped, ...]


def gather(sources: Sources) -> ByReading[Metallisations]:
    """Crystals with a Kohn-Sham gap at the lowest pressure, and experiments on them, by reading."""
    return by_reading(sources, TUNNELS, _metallisations)


def measure(rows: ByReading[Metallisations]) -> tuple[Measurement, ...]:
    """The share of insulators with tunnels out of reach, and errors of metallisation pressures."""
    found = []
    for reading, given in rows.rows.items():
        off = {m.material: m.tunnel_off for m in given.metallised}
        found += [_disjoint(given, reading), _pressure(given, PAPER, off, reading)]
        band = {m.material: m.band_off for m in given.metallised}
        found.append(_pressure(given, RIVAL, band, reading))
    return tuple(found)


def figure_data(rows: ByReading[Metallisations]) -> FigureData:
    """Predicted against measured metallisation pressures."""
    metallised = rows.shown.metallised
    marks = [
        Mark(m.material, value, None, None, m.measured_gpa, series)
        for m in metallised
        for series, value in (
            (f"spanning tunnel ({rows.reading})", m.tunnel_gpa),
            ("Kohn-Sham gap", m.band_gpa),
        )
        if value is not None
    ]
    ends = [m.measured_gpa for m in metallised] or [1.0, 100.0]
    line = ((min(ends), min(ends)), (max(ends), max(ends)))
    return FigureData(
        title="Pressures of metallisation; tunnels that span at the lowest pressure are not shown",
        x_axis="Measured (GPa)",
        y_axis="Predicted (GPa)",
        marks=tuple(marks),
        lines=(Line("equal", points=line),),
        log_x=True,
        log_y=True,
    )


def _metallisations(sources: Sources, reading: str) -> Metallisations:
    crystals, dropped = scanned(sources, reading)
    insulators = {c.name: c for c in crystals if not c.metal}
    measured: dict[str, list[Row]] = {}
    left: list[RowDropped] = []
    for row in sources.table("insulator_metal_transitions"):
        material = plain_name(row.text("material"))
        reason = _unfit(row)
        name = NAMES.get(material, material)
        if not reason and name not in insulators:
            reason = "the atlas has no scan of it as an insulator"
        if reason:
            left.append(RowDropped.of(row, material, reason))
        else:
            measured.setdefault(name, []).append(row)
    found = []
    for name, rows in sorted(measured.items()):
        one = _metallised(insulators[name], rows)
        if one is None:
            reason = "measured above the highest pressure of the scan, where nothing closes"
            left += [RowDropped.of(r, name, reason) for r in rows]
        else:
            found.append(one)
    return Metallisations(tuple(insulators.values()), tuple(found), dropped, tuple(left))


def _unfit(row: Row) -> str:
    if row["direction"] != "insulator_to_metal":
        return f"its direction is {row['direction']}"
    if row["method"] != "experiment":
        return f"it is {row['method']}, not measured"
    hot = row["temperature_k"]
    if hot is not None and float(hot) > COLD_BELOW_K:
        return f"measured at {float(hot):g} K, where the computed crystal is not"
    try:
        row.number("pressure_gpa")
    except CannotSay as reason:
        return str(reason)
    return ""


def _metallised(crystal: ScannedCrystal, rows: list[Row]) -> Metallised | None:
    """The crystal against the median of the measured pressures.

    None where one side's prediction and the measurement both lie beyond the scan. The row is then
    left out for both.
    """
    measured = median(r.number("pressure_gpa") for r in rows)
    tunnel, tunnel_off = _against(crystal, crystal.gaps, measured)
    band, band_off = _against(crystal, crystal.band_gaps_ev, measured)
    if tunnel_off is None or band_off is None:
        return None
    used = (crystal.row, *(RowUsed.of(r, crystal.name) for r in rows))
    return Metallised(crystal.name, measured, tunnel, tunnel_off, band, band_off, used)


def _against(
    crystal: ScannedCrystal, values: tuple[float, ...], measured: float
) -> tuple[float | None, float | None]:
    predicted, where = crossing(crystal.pressures_gpa, values)
    if predicted is not None:
        return predicted, abs(math.log(max(predicted, 1e-3) / measured))
    if where == "before":
        lowest = crystal.pressures_gpa[0]
        return None, FAR_OFF if lowest < 1.0 else max(0.0, math.log(measured / lowest))
    highest = crystal.pressures_gpa[-1]
    return None, math.log(highest / measured) if highest > measured else None


def _disjoint(rows: Metallisations, reading: str) -> Measurement:
    gaps = {c.name: c.gaps[0] for c in rows.insulators}
    apart, used = {k: g > 0 for k, g in gaps.items()}, [c.row for c in rows.insulators]
    shown = {name: {"lifting gap at the lowest pressure": gap} for name, gap in gaps.items()}
    rest = (used, rows.dropped, "the atlas has no insulator", shown, reading)
    return Measurement.of_share("disjoint", PAPER, apart, *rest)


def _pressure(
    rows: Metallisations, side: str, off: Mapping[str, float], reading: str
) -> Measurement:
    dropped = rows.dropped_transitions
    if not off:
        reason = "no measured metallisation lies in a scan"
        nothing = Measurement.refused("pressure", side, reason, dropped)
        return replace(nothing, reading=reading)
    used = tuple(r for m in rows.metallised for r in m.rows)
    every = list(off.values())
    found = bootstrap([every], sample_median)
    return Measurement(
        "pressure",
        side,
        *found,
        used,
        dropped,
        len(every),
        range_of=whole_spread(every, *found[1:]),
        reading=reading,
        method=MEDIAN,
        values=tuple((name, {"|ln(predicted/measured)|": x}) for name, x in off.items()),
    )
