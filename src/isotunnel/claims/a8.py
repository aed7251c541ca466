"""A8: can electron-phonon theory explain how pressure changes Tc?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from isotunnel.claims.shared.predictions import ambient_phase, tc_slope
from isotunnel.claims.shared.slopes import (
    ZERO,
    Slope,
    contenders,
    judged_sides,
    marks,
    sign_share,
    slopes,
)
from isotunnel.evidence.sources import Sources
from isotunnel.materials.names import plain_name
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import RIVAL, USER
from isotunnel.scorecard.figure_data import FigureData
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Gathered
from isotunnel.substances import substance
from isotunnel.theories import Quantity, Theory


def gather(sources: Sources) -> Gathered[Slope]:
    """Signs of dTc/dP of ambient superconductors, one vote per group, with predictions."""
    groups: dict[str, list[Row]] = defaultdict(list)
    dropped: list[RowDropped] = []
    for row in sources.table("dtc_dp"):
        if row["use_in_bias_test"] is not True:
            reason = "not the first compression of an ambient superconductor"
            dropped.append(RowDropped.of(row, row.text("material"), reason))
        else:
            groups[row.text("group") or row.text("material")].append(row)
    theories = contenders(sources, "mcmillan")
    found = slopes(groups, "dtc_dp_k_per_gpa", theories, _slope, paper_sign=+1)
    return Gathered(found.cases, (*dropped, *found.dropped))


def measure(rows: Gathered[Slope]) -> tuple[Measurement, ...]:
    """Shares of signs."""
    return tuple(sign_share("sign", rows, side) for side in judged_sides(rows))


def figure_data(rows: Gathered[Slope]) -> FigureData:
    """Slopes of Tc."""
    return FigureData(
        title="Effect of first compression on the critical temperature",
        y_axis="dTc/dP (K/GPa)",
        marks=marks(rows, {RIVAL: "McMillan", USER: "your theory"}),
        lines=(ZERO,),
    )


def _slope(theory: Theory, material: str) -> Quantity:
    """Without the volume exponent that the catalogue may have fitted to this very slope.

    Without an assumed Grueneisen parameter too: the sign of the prediction hangs on it.
    """
    blind = substance(plain_name(material)).without_fits("dtc_dp")
    phase = ambient_phase(blind.phases)
    if phase.gamma is not None and phase.gamma.kind == "assumed":
        phase = replace(phase, gamma=None)
    return tc_slope(theory, phase)
