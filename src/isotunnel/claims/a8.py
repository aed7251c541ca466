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
    share_by_family,
    sign_share,
    size_error,
    slopes,
)
from isotunnel.evidence.sources import Sources
from isotunnel.materials.names import plain_name
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL, USER
from isotunnel.scorecard.figure_data import FigureData
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Gathered
from isotunnel.substances import substance
from isotunnel.theories import Quantity, Theory
from isotunnel.theories.superconducting.pairing import ASSUMED_MU_STAR
from isotunnel.theories.superconducting.rigid_muffin_tin.squeezed import squeezed_crystals

UNAIDED = "rival unaided"
"""Key of what the rival predicts from the crystal alone, by rigid muffin tins."""


def gather(sources: Sources) -> Gathered[Slope]:
    """Signs of dTc/dP of ambient superconductors, one vote per group, with predictions.

    Compounds of one family are resampled together; elements stand alone.
    """
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
    families = {name: rows[0].text("family") for name, rows in groups.items()}
    cases = tuple(
        _with_unaided(replace(s, group=_family(families[s.key], s.key))) for s in found.cases
    )
    return Gathered(cases, (*dropped, *found.dropped))


def measure(rows: Gathered[Slope]) -> tuple[Measurement, ...]:
    """Shares of signs, by family, and what the rival makes of the rises."""
    sides = judged_sides(rows)
    signs = [sign_share("sign", rows, side, share_by_family) for side in sides]
    rising = Gathered(tuple(s for s in rows.cases if s.sign > 0), rows.dropped)
    explained = [
        sign_share("rises", rising, side, share_by_family) for side in sides if side != PAPER
    ]
    unaided = (
        sign_share("unaided", rows, UNAIDED, share_by_family),
        size_error("unaided_size", rows, UNAIDED),
    )
    return (
        *signs,
        *explained,
        _unexplained(rising),
        *(replace(found, side=RIVAL) for found in unaided),
    )


def figure_data(rows: Gathered[Slope]) -> FigureData:
    """Slopes of Tc."""
    return FigureData(
        title="Effect of first compression on the critical temperature",
        y_axis="dTc/dP (K/GPa)",
        marks=marks(
            rows,
            {RIVAL: "McMillan", UNAIDED: "from the crystal alone", USER: "your theory"},
        ),
        lines=(ZERO,),
    )


def _with_unaided(slope: Slope) -> Slope:
    """With what rigid muffin tins predict at two volumes of the crystal, nothing put in."""
    for crystal in squeezed_crystals():
        if crystal.material == slope.key:
            found = crystal.dtc_dp_k_per_gpa(ASSUMED_MU_STAR.value)
            if found is None:
                why = crystal.reason or "there is no Tc at one of the volumes"
                return replace(slope, silent={**slope.silent, UNAIDED: why})
            return replace(slope, predicted={**slope.predicted, UNAIDED: found})
    return replace(slope, silent={**slope.silent, UNAIDED: "no squeezed crystal was computed"})


def _family(family: str, name: str) -> str:
    """What a row is resampled with: its family, and for an element itself."""
    return name if family.startswith("element") else family


def _unexplained(rising: Gathered[Slope]) -> Measurement:
    """The share of rises that the rival does not predict, which is the paper's claim."""
    found = sign_share("rises", rising, RIVAL, share_by_family)
    if found.cannot_say is not None:
        return replace(found, part="unexplained", side=PAPER)
    return replace(
        found,
        part="unexplained",
        side=PAPER,
        value=1 - found.value,
        low=1 - found.high,
        high=1 - found.low,
        sample=None,
        method=f"1 minus the {found.method[0].lower()}{found.method[1:]}",
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
