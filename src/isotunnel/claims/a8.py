"""A8: can electron-phonon theory explain how pressure changes Tc?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from isotunnel.claims.shared.predictions import ambient_phase, tc_slope
from isotunnel.claims.shared.slopes import (
    ZERO,
    Slopes,
    contenders,
    marks,
    sign_share,
    votes,
    with_predictions,
)
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL, YOURS
from isotunnel.scorecard.figure_data import Picture
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.spacing.resistivity_rows import plain_name
from isotunnel.substances import substance
from isotunnel.theories import Quantity, Theory


def gather(sources: Sources) -> Slopes:
    """Signs of dTc/dP of ambient superconductors, one vote per group, with predictions."""
    groups: dict[str, list[Row]] = defaultdict(list)
    dropped: list[RowDropped] = []
    for row in sources.table("dtc_dp"):
        if row["use_in_bias_test"] is not True:
            reason = "not the first compression of an ambient superconductor"
            dropped.append(RowDropped.of(row, row.text("material"), reason))
        else:
            groups[row.text("group") or row.text("material")].append(row)
    slopes, lost = votes(groups, "dtc_dp_k_per_gpa")
    theories = contenders(sources, "mcmillan")
    return with_predictions(slopes, [*dropped, *lost], theories, +1, _slope)


def measure(rows: Slopes) -> tuple[tuple[str, Measurement], ...]:
    """Shares of signs."""
    sides = [YOURS] if any(YOURS in s.predicted for s in rows.slopes) else []
    return tuple((side, sign_share("sign", rows, side)) for side in (PAPER, RIVAL, *sides))


def picture(rows: Slopes) -> Picture:
    """Slopes of Tc."""
    return Picture(
        title="Effect of first compression on the critical temperature",
        y_axis="dTc/dP (K/GPa)",
        marks=marks(rows, {RIVAL: "McMillan", YOURS: "your theory"}),
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
