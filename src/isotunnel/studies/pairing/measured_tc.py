"""Tc with nothing put in beside the measured one: metals, and compounds that SuperCon knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isotunnel.evidence.statistics import Interval, bootstrap, rank_correlation
from isotunnel.measured import table
from isotunnel.measured.agreed import agreed
from isotunnel.measured.rows import Row
from isotunnel.studies.pairing.judged import FEWEST
from isotunnel.studies.world.features import amounts_of
from isotunnel.studies.world.table import world_table
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import BenchmarkRow
from isotunnel.theories.superconducting.rigid_muffin_tin.calibration import factor_of_half

LEAST_TC_K = 0.1
"""Below, Tc hangs on mu* exponentially and says little (as in claim A7)."""

MOST_OFF = 100.0
"""The factor that a predicted Tc of zero counts as."""


@dataclass(frozen=True)
class BesideMeasured:
    """A crystal whose Tc is measured.

    Attributes:
        row: of the benchmark.
        tc_measured_k: kelvin; 0 where none was found.
    """

    row: BenchmarkRow
    tc_measured_k: float


@dataclass(frozen=True)
class MeasuredScore:
    """Predictions beside measured Tc of ``LEAST_TC_K`` or more.

    Attributes:
        words: whose predictions.
        crystals: how many.
        factor: within which half of them are right; zero counts as ``MOST_OFF``.
        bias: median of predicted over measured.
        rank: Spearman's correlation with its interval.
    """

    words: str
    crystals: int
    factor: float
    bias: float
    rank: Interval


def metals_measured(rows: Sequence[BenchmarkRow]) -> tuple[BesideMeasured, ...]:
    """The metals of the benchmark that have a Tc here, with the one of ``elements_ambient``.

    A metal that is not listed as a superconductor counts as one without a Tc.
    """
    stated: dict[str, list[Row]] = {}
    for known in table("elements_ambient"):
        stated.setdefault(known.text("element"), []).append(known)
    found = []
    for row in rows:
        if row.is_metal and row.tc_k is not None and row.formula in stated:
            tc = agreed(stated[row.formula], row.formula, "tc_k").value
            found.append(BesideMeasured(row, 0.0 if np.isnan(tc) else tc))
    return tuple(found)


def compounds_measured(rows: Sequence[BenchmarkRow]) -> tuple[BesideMeasured, ...]:
    """Crystals of JARVIS of which 3DSC_MP has the composition in the same space group with a Tc.

    The Tc is SuperCon's for the composition; that the crystal measured was of this space group is
    3DSC's match, not a measurement. Compositions without a recorded Tc are left out.
    """
    known = _recorded()
    found = []
    for row in rows:
        if row.is_drawn and row.tc_k is not None:
            tc = known.get((amounts_of(row.formula), row.space_group or 0))
            if tc is not None:
                found.append(BesideMeasured(row, tc))
    return tuple(found)


@dataclass(frozen=True)
class SeenAt:
    """A measured Tc in kelvin, and the pressure in GPa at which it was seen."""

    tc_k: float
    pressure_gpa: float


def measured_elsewhere() -> Mapping[str, SeenAt]:
    """Tc of the superconductors of ``state_benchmark`` by formula, at whatever pressure."""
    return {
        row.text("formula"): SeenAt(row.number("tc_k"), row.number("pressure_gpa"))
        for row in table("state_benchmark")
        if row["tc_k"] is not None
    }


def _recorded() -> Mapping[tuple[tuple[tuple[str, float], ...], int], float]:
    found = {}
    for row in world_table():
        group = row.values.get("space_group_number")
        if row.doping == "as in MP" and row.tc_k and group is not None:
            found[amounts_of(row.formula), round(group)] = row.tc_k
    return found


def measured_scores(pairs: Sequence[BesideMeasured]) -> tuple[MeasuredScore, ...]:
    """Rigid muffin tins, and linear response on those crystals that it was done on."""
    judged = [p for p in pairs if p.tc_measured_k >= LEAST_TC_K]
    with_reference = [p for p in judged if p.row.tc_reference_k is not None]
    here = _score("rigid muffin tins", judged, [p.row.tc_k or 0.0 for p in judged])
    theirs = _score(
        "linear response", with_reference, [p.row.tc_reference_k or 0.0 for p in with_reference]
    )
    return tuple(s for s in (here, theirs) if s is not None)


def _score(
    words: str, pairs: Sequence[BesideMeasured], predicted: Sequence[float]
) -> MeasuredScore | None:
    if len(pairs) < FEWEST:
        return None
    truth, said = np.array([p.tc_measured_k for p in pairs]), np.array(predicted)
    formulas = [p.row.formula for p in pairs]
    rank = bootstrap([said.tolist(), truth.tolist()], rank_correlation, groups=formulas)
    factor = factor_of_half((said / truth).tolist(), MOST_OFF)
    return MeasuredScore(words, len(pairs), factor, float(np.median(said / truth)), rank)
