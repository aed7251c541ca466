"""A4: denser matter resists more by the collision model, yet resistance falls with pressure."""

from __future__ import annotations

from collections import defaultdict

from isotunnel.claims.shared.predictions import ambient_phase, resistance_slope
from isotunnel.claims.shared.slopes import (
    ZERO,
    Slopes,
    contenders,
    marks,
    sign_share,
    size_error,
    votes,
    with_predictions,
)
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL, YOURS
from isotunnel.scorecard.figure_data import Picture
from isotunnel.scorecard.measurement import Measurement
from isotunnel.substances import material_data
from isotunnel.theories import Quantity, Theory

ROOM_K = 300.0


def gather(sources: Sources) -> Slopes:
    """Initial pressure coefficients of elemental metals, one vote each, with predictions."""
    groups: dict[str, list[Row]] = defaultdict(list)
    dropped: list[RowDropped] = []
    for row in sources.table("pressure_coefficient"):
        reason = _unfit(row)
        if reason:
            dropped.append(RowDropped.of(row, row.text("material"), reason))
        else:
            groups[row.text("material")].append(row)
    slopes, lost = votes(groups, "dlnr_dp_per_gpa")
    theories = contenders(sources, "bloch_grueneisen")
    return with_predictions(slopes, [*dropped, *lost], theories, -1, _slope)


def measure(rows: Slopes) -> tuple[tuple[str, Measurement], ...]:
    """Signs for all, sizes for those that predict them."""
    sides = [YOURS] if any(YOURS in s.predicted for s in rows.slopes) else []
    return (
        *((side, sign_share("sign", rows, side)) for side in (PAPER, RIVAL, *sides)),
        *((side, size_error("size", rows, side)) for side in (RIVAL, *sides)),
    )


def picture(rows: Slopes) -> Picture:
    """Pressure coefficients."""
    return Picture(
        title="Effect of first compression on the resistance of metals",
        y_axis="d ln rho/dP (1/GPa)",
        marks=marks(rows, {RIVAL: "Bloch-Grueneisen", YOURS: "your theory"}),
        lines=(ZERO,),
    )


def _unfit(row: Row) -> str:
    """Why a row does not count, "" where it does."""
    if row["scope"] != "initial":
        return f"its scope is {row['scope']}, not the first compression"
    if row["substance_class"] != "element":
        return f"it is of an {row['substance_class']}, not of an element"
    return ""


def _slope(theory: Theory, material: str) -> Quantity:
    return resistance_slope(theory, ambient_phase(material_data(material)), ROOM_K)
