"""B10: does compression never make a metal a worse conductor?"""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.errors import InputError
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.figure_data import FigureData, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.spacing import CompressedMaterial, SpacingTest, measured_reentrant

SODIUM = "Na-hP4@320GPa"


@dataclass(frozen=True)
class Gap:
    """A computed gap at one pressure."""

    pressure_gpa: float
    gap_ev: float


@dataclass(frozen=True)
class CompressionTests:
    """T5, and sodium's gap by rising pressure; none where the atlas has no scan."""

    materials: SpacingTest[CompressedMaterial]
    sodium: tuple[Gap, ...]


def gather(sources: Sources) -> CompressionTests:
    """Measured transitions, and the atlas."""
    materials = measured_reentrant(sources.table)
    try:
        scan = sources.scan(SODIUM)
    except InputError:
        return CompressionTests(materials, ())
    gaps = zip(scan.pressures_gpa, scan.band_gaps_ev, strict=True)
    return CompressionTests(materials, tuple(Gap(float(p), float(g)) for p, g in gaps))


def measure(rows: CompressionTests) -> tuple[Measurement, ...]:
    """The count of exceptions, and the computed gap of sodium."""
    return (_exceptions(rows.materials), _sodium(rows.sodium))


def figure_data(rows: CompressionTests) -> FigureData:
    """Pressures at which materials turned worse, and better."""
    marks = []
    for material in rows.materials.rows:
        for series, pressures in (
            ("towards insulator", material.worse_gpa),
            ("towards metal", material.better_gpa),
        ):
            marks += [
                Mark(material.name, p, None, None, series=series)
                for p in pressures
                if p > 0 and (material.worse or material.partly_worse)
            ]
    return FigureData(
        title="Materials that turned worse conductors on compression",
        y_axis="Pressure (GPa)",
        marks=tuple(marks),
        log_y=True,
    )


def _exceptions(test: SpacingTest[CompressedMaterial]) -> Measurement:
    moved = [m for m in test.rows if m.worse or m.partly_worse or m.better]
    count = float(sum(m.worse for m in moved))
    numbers = (count, count, count)
    values = tuple((m.name, {"turned worse": m.worse}) for m in moved)
    rest = (test.used, test.dropped, len(moved))
    return Measurement("exceptions", PAPER, *numbers, *rest, method="count", values=values)


def _sodium(gaps: tuple[Gap, ...]) -> Measurement:
    if not gaps:
        return Measurement.refused("sodium", PAPER, f"the atlas has no scan of {SODIUM}")
    last = max(gaps, key=lambda g: g.pressure_gpa)
    row = RowUsed(
        "atlas",
        f"{SODIUM}:{last.pressure_gpa:.0f}",
        f"hP4 Na at {last.pressure_gpa:.0f} GPa",
        "computed by the atlas (GPAW, PBE)",
    )
    return Measurement("sodium", PAPER, last.gap_ev, last.gap_ev, last.gap_ev, (row,))
