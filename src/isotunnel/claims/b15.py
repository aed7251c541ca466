"""B15: do the first tunnels run along the directions in which crystals conduct best?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from isotunnel.atlas.first_tunnels import FirstTunnels, same_span
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import Interval, bootstrap
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import GUESS, Case, Gathered, Sample, share_right

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
IN_PLANE = "ab"
"""What anybody would guess: most crystals that are known to be anisotropic are layered."""


@dataclass(frozen=True, eq=False)
class AnisotropicCrystal(Case):
    """One anisotropic crystal: measured easy axes of the cell, and what is predicted of them.

    ``measured`` are the axes ("ab"). The paper predicts whether its lowest tunnels span them; the
    guess is that a crystal conducts best in the plane ab.

    Attributes:
        dimensions: how many dimensions the lowest tunnels have.
        step_ev: from their threshold to that of tunnels in all directions.
        ratio: measured, easy over hard; the least it can be where only a bound is known.
    """

    dimensions: int = 0
    step_ev: float = 0.0
    ratio: float = math.nan

    def right(self, side: str) -> bool:
        """Whether the tunnels, or the guess, have the measured directions."""
        return bool(self.predicted[side])

    def shown(self, side: str) -> dict[str, Any]:
        """What of it enters the number."""
        return {
            "easy axes": self.measured,
            "directions agree": self.predicted[side],
            "always in-plane": self.predicted[GUESS],
            "dimensions of the first tunnels": self.dimensions,
        }


Crystals = Gathered[AnisotropicCrystal]


def gather(sources: Sources) -> Crystals:
    """Each material of the table beside its computed tunnels."""
    return compared(tuple(sources.table(TABLE)), sources.first_tunnels())


def compared(rows: tuple[Row, ...], tunnels: Mapping[str, FirstTunnels]) -> Crystals:
    """Materials with a structure and an anisotropy; the others are dropped with a reason."""
    by_material: dict[str, list[Row]] = {}
    for row in rows:
        by_material.setdefault(row.text("material"), []).append(row)
    crystals: list[AnisotropicCrystal] = []
    dropped: list[RowDropped] = []
    for material, mine in by_material.items():
        reason = _unfit(mine, material in tunnels)
        if reason:
            dropped += [RowDropped.of(r, material, reason) for r in mine]
        else:
            crystals.append(_compared(mine, tunnels[material]))
    return Gathered(tuple(crystals), tuple(dropped))


def measure(rows: Crystals) -> tuple[Measurement, ...]:
    """The share of crystals whose directions agree, and how much more than a guess that earns."""
    reason = "no anisotropic crystal has both a measurement and a structure"
    share = Sample(rows.cases, PAPER, share_right, True, "saying in-plane always")
    gain = Sample(rows.cases, PAPER, _gain)
    return (
        Measurement.of("directions", share, rows.dropped, reason),
        Measurement.of("gain", gain, rows.dropped, reason),
    )


def _gain(cases: Sequence[Case], side: str) -> Interval:
    """Share of right directions minus that of saying in-plane always, resampled in pairs."""
    gains = [float(c.right(side)) - float(c.right(GUESS)) for c in cases]
    return bootstrap([gains], lambda g: float(np.mean(g)))


def figure_data(rows: Crystals) -> FigureData:
    """Measured anisotropy against the step between first and last tunnels."""
    marks = tuple(
        Mark(
            c.key,
            c.step_ev,
            None,
            None,
            c.ratio,
            "directions agree" if c.right(PAPER) else "directions differ",
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


def _compared(rows: list[Row], tunnels: FirstTunnels) -> AnisotropicCrystal:
    easy = tunnels.easy(STEP_EV)
    named = AXES if rows[0]["easy"] == "all" else rows[0].text("easy")
    measured = tunnels.cell_angstrom[[AXES.index(x) for x in named]]
    plane = tunnels.cell_angstrom[[AXES.index(x) for x in IN_PLANE]]
    first, _, third = tunnels.thresholds_ev
    name = tunnels.material
    return AnisotropicCrystal(
        key=name,
        measured=named,
        predicted={
            PAPER: same_span(easy, measured, DEGREES),
            GUESS: same_span(plane, measured, DEGREES),
        },
        rows=(
            *(RowUsed.of(r, name) for r in rows),
            RowUsed("anisotropy_tunnels", name, name, COMPUTED),
        ),
        dimensions=len(easy),
        step_ev=third - first,
        ratio=_ratio(rows),
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
