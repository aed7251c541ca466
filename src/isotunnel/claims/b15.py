"""B15: do the first tunnels run along the directions in which crystals conduct best?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from isotunnel.atlas.first_tunnels import FirstTunnels, same_span
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Gathered

STEP_EV = 0.1
"""Tunnels of more dimensions that open within this of those of fewer count as open with them.

Chosen before any crystal was computed.
"""
ANISOTROPIC = 2.0
"""A crystal counts as anisotropic from this ratio of easy to hard direction."""
DEGREES = 10.0
"""Largest angle at which directions count as the same."""
TABLE = "anisotropy"
COMPUTED = "computed without DFT by scripts/make_first_tunnels.py"
AXES = "abc"


@dataclass(frozen=True)
class Compared:
    """One anisotropic crystal.

    Attributes:
        material: its name.
        agrees: whether the lowest tunnels span what the measured easy directions span.
        dimensions: how many dimensions the lowest tunnels have.
        step_ev: from their threshold to that of tunnels in all directions.
        ratio: measured, easy over hard; the least it can be where only a bound is known.
        rows: of the table, and the calculation.
    """

    material: str
    agrees: bool
    dimensions: int
    step_ev: float
    ratio: float
    rows: tuple[RowUsed, ...]


Crystals = Gathered[Compared]


def gather(sources: Sources) -> Crystals:
    """Each material of the table beside its computed tunnels."""
    return compared(tuple(sources.table(TABLE)), sources.first_tunnels())


def compared(rows: tuple[Row, ...], tunnels: Mapping[str, FirstTunnels]) -> Crystals:
    """Materials with a structure and an anisotropy; the others are dropped with a reason."""
    by_material: dict[str, list[Row]] = {}
    for row in rows:
        by_material.setdefault(row.text("material"), []).append(row)
    crystals: list[Compared] = []
    dropped: list[RowDropped] = []
    for material, mine in by_material.items():
        reason = _unfit(mine, material in tunnels)
        if reason:
            dropped += [RowDropped.of(r, material, reason) for r in mine]
        else:
            crystals.append(_compared(mine, tunnels[material]))
    return Gathered(tuple(crystals), tuple(dropped))


def measure(rows: Crystals) -> tuple[Measurement, ...]:
    """The share of crystals whose directions agree."""
    used = tuple(r for c in rows.cases for r in c.rows)
    reason = "no anisotropic crystal has both a measurement and a structure"
    right = [c.agrees for c in rows.cases]
    return (Measurement.of_share("directions", PAPER, right, used, rows.dropped, reason),)


def figure_data(rows: Crystals) -> FigureData:
    """Measured anisotropy against the step between first and last tunnels."""
    marks = tuple(
        Mark(
            c.material,
            c.step_ev,
            c.step_ev,
            c.step_ev,
            c.ratio,
            "directions agree" if c.agrees else "directions differ",
        )
        for c in rows.cases
    )
    return FigureData(
        title="Anisotropic crystals: do the first tunnels run along the easy directions?",
        x_axis="Measured ratio of easy to hard direction (1)",
        y_axis="From first tunnels to tunnels in all directions (eV)",
        marks=marks,
        lines=(Line("below: tunnels count as isotropic", STEP_EV),),
        log_x=True,
    )


def _unfit(rows: list[Row], computed: bool) -> str:
    if not computed:
        return "no structure with sites is known for it"
    if len({r.text("easy") for r in rows}) > 1:
        return "its rows name different easy directions"
    if math.isnan(_ratio(rows)):
        return "no row states a ratio"
    if _ratio(rows) < ANISOTROPIC:
        return f"its ratio is below {ANISOTROPIC:g}: not anisotropic"
    return ""


def _compared(rows: list[Row], tunnels: FirstTunnels) -> Compared:
    easy = tunnels.easy(STEP_EV)
    axes = [AXES.index(x) for x in (AXES if rows[0]["easy"] == "all" else rows[0].text("easy"))]
    measured = tunnels.cell_angstrom[axes]
    first, _, third = tunnels.thresholds_ev
    name = tunnels.material
    return Compared(
        material=name,
        agrees=same_span(easy, measured, DEGREES),
        dimensions=len(easy),
        step_ev=third - first,
        ratio=_ratio(rows),
        rows=(
            *(RowUsed.of(r, name) for r in rows),
            RowUsed("anisotropy_tunnels", name, name, COMPUTED),
        ),
    )


def _ratio(rows: list[Row]) -> float:
    """Median over the rows of what is stated, or of the lower bound."""
    known = []
    for row in rows:
        found = row.quantity("ratio")
        value = found.value if found.value is not None else found.low
        if value is not None:
            known.append(value)
    return float(np.median(known)) if known else math.nan
