"""A9: do most high-temperature superconductors need high pressure?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import share
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.figure_data import Line, Mark, Picture
from isotunnel.scorecard.measurement import Measurement

HIGH_TC_K = 30.0
HIGH_PRESSURE_GPA = 1.0


@dataclass(frozen=True)
class Superconductor:
    """A material seen to superconduct above ``HIGH_TC_K``, at the least pressure on record."""

    material: str
    tc_k: float
    pressure_gpa: float
    row: RowUsed


@dataclass(frozen=True)
class Rows:
    """Materials, one vote each, and rows left out."""

    materials: tuple[Superconductor, ...]
    dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> Rows:
    """Established high-temperature superconductors of the landmarks."""
    found: list[Superconductor] = []
    dropped: list[RowDropped] = []
    for row in sources.table("landmarks"):
        reason = _unfit(row)
        if reason:
            dropped.append(RowDropped.of(row, row.text("material"), reason))
            continue
        material = row.text("material").split(" (")[0]
        found.append(
            Superconductor(
                material,
                row.number("tc_k"),
                row.number("pressure_gpa"),
                RowUsed.of(row, material),
            )
        )
    return Rows(_least_pressure(found, dropped), tuple(dropped))


def measure(rows: Rows) -> tuple[tuple[str, Measurement], ...]:
    """The share that needs pressure."""
    materials = rows.materials
    if not materials:
        return ((PAPER, Measurement.refused("share", "no row could be used", rows.dropped)),)
    needing = sum(m.pressure_gpa >= HIGH_PRESSURE_GPA for m in materials)
    used = tuple(m.row for m in materials)
    number = Measurement("share", *share(needing, len(materials)), used, rows.dropped)
    return ((PAPER, number),)


def picture(rows: Rows) -> Picture:
    """Tc against the least pressure."""
    return Picture(
        title=f"Superconductors above {HIGH_TC_K:g} K at the least pressure on record",
        x_axis="Pressure (GPa)",
        y_axis="Critical temperature (K)",
        marks=tuple(
            Mark(m.material, m.tc_k, m.tc_k, m.tc_k, m.pressure_gpa, "established")
            for m in rows.materials
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


def _least_pressure(
    found: Iterable[Superconductor], dropped: list[RowDropped]
) -> tuple[Superconductor, ...]:
    """One row per material: that of the least pressure; the others are dropped."""
    chosen: dict[str, Superconductor] = {}
    for one in sorted(found, key=lambda s: (s.pressure_gpa, -s.tc_k, s.row.row)):
        if one.material not in chosen:
            chosen[one.material] = one
            continue
        reason = f"{one.material} has its vote by {chosen[one.material].row.row}"
        dropped.append(RowDropped(one.row.table, one.row.row, one.material, reason))
    return tuple(chosen.values())
