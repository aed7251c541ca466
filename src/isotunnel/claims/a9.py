"""A9: do most high-temperature superconductors need high pressure?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Gathered

HIGH_TC_K = 30.0
HIGH_PRESSURE_GPA = 1.0


@dataclass(frozen=True)
class Landmark:
    """A material seen to superconduct above ``HIGH_TC_K``, at the least pressure on record."""

    material: str
    tc_k: float
    pressure_gpa: float
    row: RowUsed


Landmarks = Gathered[Landmark]
"""Materials, one vote each."""


def gather(sources: Sources) -> Landmarks:
    """Established high-temperature superconductors of the landmarks."""
    found: list[Landmark] = []
    dropped: list[RowDropped] = []
    for row in sources.table("landmarks"):
        reason = _unfit(row)
        if reason:
            dropped.append(RowDropped.of(row, row.text("material"), reason))
            continue
        material = row.text("material").split(" (")[0]
        found.append(
            Landmark(
                material,
                row.number("tc_k"),
                row.number("pressure_gpa"),
                RowUsed.of(row, material),
            )
        )
    return Gathered(_least_pressure(found, dropped), tuple(dropped))


def measure(rows: Landmarks) -> tuple[Measurement, ...]:
    """The share that needs pressure."""
    needing = [m.pressure_gpa >= HIGH_PRESSURE_GPA for m in rows.cases]
    used, reason = tuple(m.row for m in rows.cases), "no row could be used"
    return (Measurement.of_share("share", PAPER, needing, used, rows.dropped, reason),)


def figure_data(rows: Landmarks) -> FigureData:
    """Tc against the least pressure."""
    return FigureData(
        title=f"Superconductors above {HIGH_TC_K:g} K at the least pressure on record",
        x_axis="Pressure (GPa)",
        y_axis="Critical temperature (K)",
        marks=tuple(
            Mark(m.material, m.tc_k, m.tc_k, m.tc_k, m.pressure_gpa, "established")
            for m in rows.cases
        ),
        lines=(Line(f"{HIGH_TC_K:g} K", HIGH_TC_K),),
    )


def _unfit(row: Row) -> str:
    """Why a row does not count, "" where it does."""
    if row["status"] != "established":
        return f"the report is {row['status']}, not established"
    try:
        tc_k, _ = row.number("tc_k"), row.number("pressure_gpa")
    except CannotSay as reason:
        return str(reason)
    return "" if tc_k > HIGH_TC_K else f"Tc {tc_k:g} K is not above {HIGH_TC_K:g} K"


def _least_pressure(found: Iterable[Landmark], dropped: list[RowDropped]) -> tuple[Landmark, ...]:
    """One row per material: that of the least pressure; the others are dropped."""
    chosen: dict[str, Landmark] = {}
    for one in sorted(found, key=lambda s: (s.pressure_gpa, -s.tc_k, s.row.row)):
        if one.material not in chosen:
            chosen[one.material] = one
            continue
        reason = f"{one.material} has its vote by {chosen[one.material].row.row}"
        dropped.append(RowDropped(one.row.table, one.row.row, one.material, reason))
    return tuple(chosen.values())
