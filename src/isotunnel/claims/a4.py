"""A4: denser matter resists more by the collision model, yet resistance falls with pressure."""

from __future__ import annotations

from collections import defaultdict

from isotunnel.claims.shared.predictions import ambient_phase, resistance_slope
from isotunnel.claims.shared.slopes import (
    SIGNS,
    ZERO,
    Slope,
    contenders,
    judged_sides,
    marks,
    sign_share,
    size_error,
    slopes,
)
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL, USER
from isotunnel.scorecard.figure_data import FigureData
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Gathered
from isotunnel.substances import material_data
from isotunnel.theories import Quantity, Theory
from isotunnel.units import ROOM_K

PAPER_SIGN = -1
"""Spacing alone demands that resistance falls."""


def gather(sources: Sources) -> Gathered[Slope]:
    """Initial pressure coefficients of elemental metals, one vote each, with predictions."""
    groups: dict[str, list[Row]] = defaultdict(list)
    dropped: list[RowDropped] = []
    unnamed: list[Slope] = []
    for row in sources.table("pressure_coefficient"):
        reason = _unfit(row)
        if row["stands_for"] is not None and row["scope"] == "initial":
            unnamed += _unnamed(row)
        elif reason:
            dropped.append(RowDropped.of(row, row.text("material"), reason))
        else:
            groups[row.text("material")].append(row)
    theories = contenders(sources, "bloch_grueneisen")
    found = slopes(groups, "dlnr_dp_per_gpa", theories, _slope, PAPER_SIGN)
    return Gathered((*found.cases, *unnamed), (*dropped, *found.dropped))


def measure(rows: Gathered[Slope]) -> tuple[Measurement, ...]:
    """Signs for all, sizes for those that predict them."""
    sides = judged_sides(rows)
    return (
        *(sign_share("sign", rows, side) for side in sides),
        *(size_error("size", rows, side) for side in sides if side != PAPER),
    )


def figure_data(rows: Gathered[Slope]) -> FigureData:
    """Pressure coefficients."""
    return FigureData(
        title="Effect of first compression on the resistance of metals",
        y_axis="d ln rho/dP (1/GPa)",
        marks=marks(rows, {RIVAL: "Bloch-Grueneisen", USER: "your theory"}),
        lines=(ZERO,),
    )


def _unnamed(row: Row) -> list[Slope]:
    """Metals that a source counts without naming them: one case each, so that its exceptions,
    which it names, are not all that is left of it."""
    count = int(row.number("stands_for"))
    reason = "the source does not name the metal"
    return [
        Slope(
            f"{row.text('material')}, {i} of {count}",
            predicted={PAPER: float(PAPER_SIGN)},
            silent={RIVAL: reason, USER: reason},
            rows=(RowUsed.of(row, row.text("material")),) if i == 1 else (),
            sign=SIGNS[row.text("sign")],
        )
        for i in range(1, count + 1)
    ]


def _unfit(row: Row) -> str:
    """Why a row does not count, "" where it does."""
    if row["scope"] != "initial":
        return f"its scope is {row['scope']}, not the first compression"
    if row["substance_class"] != "element":
        return f"it is no element but of the class {row['substance_class']}"
    return ""


def _slope(theory: Theory, material: str) -> Quantity:
    return resistance_slope(theory, ambient_phase(material_data(material)), ROOM_K)
