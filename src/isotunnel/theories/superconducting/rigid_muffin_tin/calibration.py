r"""How far lambda of rigid muffin tins lies from linear response, learnt from the benchmark.

The ratio of linear response's lambda to that of rigid muffin tins is taken as drawn anew for each
crystal. Of n known ratios, sorted, a new one lies between those of rank

.. math::

    \lfloor (n + 1)(1 - s)/2 \rfloor \quad\text{and}\quad \lceil (n + 1)(1 + s)/2 \rceil

with a probability of at least s, whatever their distribution (conformal prediction). It holds for
crystals like those of the benchmark; nobody knows it of others.

References: V. Vovk, A. Gammerman and G. Shafer, Algorithmic Learning in a Random World (2005).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import (
    GPAW_FORCES,
    MU_STAR,
    PUBLISHED,
    BenchmarkRow,
    benchmark_rows,
)
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc

SHARE = 0.68
"""Of new crystals that are to lie in the range, as in one standard deviation of a normal law."""

TELLS_NOTHING_K = 1e-3
"""Differences of Tc below this do not count: both are as good as none."""

FEWEST = 10
"""Ratios that a range needs; with six the outermost ones would be taken."""


@dataclass(frozen=True)
class CouplingRange:
    """Factors between which linear response's lambda, or Tc, lies, times that of rigid muffin tins.

    Attributes:
        low, high: factors.
        crystals: they rest on.
        share: of new crystals that are to lie within.
    """

    low: float
    high: float
    crystals: int
    share: float = SHARE


@dataclass(frozen=True)
class ForcesCompared:
    """lambda with a potential's phonons over that with GPAW's, the electrons being the same.

    Attributes:
        bias: median of the ratios.
        factor: within which half of them lie, either way.
        crystals: that have both.
        unlike: crystals stable by the one and not by the other.
    """

    bias: float
    factor: float
    crystals: int
    unlike: int


@dataclass(frozen=True)
class Coverage:
    """A range learnt on one part of the crystals, and how many of the other part lie in it."""

    learnt: CouplingRange
    inside: int
    crystals: int


def factor_of_half(ratios_: Sequence[float], most: float = math.inf) -> float:
    """The factor, either way, within which half of the ratios lie; 0 counts as off by ``most``."""
    off = (abs(math.log(r)) if r > 0 else math.inf for r in ratios_)
    return math.exp(median(min(o, math.log(most)) for o in off))


@cache
def coupling_range(forces: str = GPAW_FORCES) -> CouplingRange | None:
    """From all crystals of the benchmark, with phonons by these forces; None while too few."""
    return range_of(ratios(benchmark_rows(forces)))


@cache
def hydride_tc_range() -> CouplingRange | None:
    """Factors between which linear response's Tc of a hydride lies, times that by Allen and Dynes.

    Learnt from the predicted hydrides at ambient pressure, with mu* = 0.10 on both sides; those
    without a Tc here tell nothing. None while too few.
    """
    return range_of(
        [
            r.tc_reference_k / r.tc_k
            for r in benchmark_rows()
            if r.structure == PUBLISHED
            and r.tc_reference_k is not None
            and r.tc_k
            and r.tc_k > TELLS_NOTHING_K
        ]
    )


@cache
def forces_compared(forces: str) -> ForcesCompared | None:
    """A potential's phonons beside GPAW's; None where no crystal has both."""
    by_gpaw = {row.id: row.coupling for row in benchmark_rows()}
    other = {row.id: row.coupling for row in benchmark_rows(forces)}
    pairs = [(other[name], by_gpaw[name]) for name in other if name in by_gpaw]
    found = [a / b for a, b in pairs if a and b]
    if not found:
        return None
    unlike = sum((a is None) != (b is None) for a, b in pairs)
    return ForcesCompared(median(found), factor_of_half(found), len(found), unlike)


def ratios(rows: Sequence[BenchmarkRow]) -> tuple[float, ...]:
    """Linear response over rigid muffin tins, one per formula: the first that has both."""
    found: dict[str, float] = {}
    for row in rows:
        if row.coupling and row.reference:
            found.setdefault(row.formula, row.reference / row.coupling)
    return tuple(found.values())


def range_of(known: Sequence[float]) -> CouplingRange | None:
    """The range of a further ratio; None where fewer than ``FEWEST`` are known."""
    count = len(known)
    if count < FEWEST:
        return None
    ordered = sorted(known)
    first = max(math.floor((count + 1) * (1.0 - SHARE) / 2.0), 1)
    last = min(math.ceil((count + 1) * (1.0 + SHARE) / 2.0), count)
    return CouplingRange(ordered[first - 1], ordered[last - 1], count)


def coverage(known: Sequence[float]) -> tuple[Coverage, ...]:
    """Every second ratio judged by the range of the others, and the other way round.

    Empty where half of them is too few to learn from.
    """
    halves = (known[::2], known[1::2])
    found = []
    for taught, judged in (halves, halves[::-1]):
        learnt = range_of(taught)
        if learnt is not None:
            inside = sum(learnt.low <= r <= learnt.high for r in judged)
            found.append(Coverage(learnt, inside, len(judged)))
    return tuple(found)


@cache
def tc_coverage(above_k: float = 0.0) -> tuple[int, int]:
    """How many crystals' Tc by linear response lie between those with the ends of lambda's range.

    Their lambda and omega_log, and ours with omega_2, go through Allen and Dynes' formula with mu*
    = 0.10. Frequencies are kept at both ends, and theirs are not ours: that the share is the
    range's all the same says that an error of the frequencies need not be added to that of lambda.

    Args:
        above_k: only crystals whose Tc here is above it, kelvin.

    Returns:
        Those inside, and all. (0, 0) while there is no range.
    """
    known = coupling_range()
    if known is None:
        return 0, 0
    inside = [_tc_within(known, row) for row in benchmark_rows() if (row.tc_k or 0.0) >= above_k]
    found = [i for i in inside if i is not None]
    return sum(found), len(found)


def _tc_within(known: CouplingRange, row: BenchmarkRow) -> bool | None:
    """None where one of the two has no spectrum."""
    ours, theirs = row.coupling, row.reference
    mean, square, reference_mean = row.omega_log_k, row.omega_2_k, row.omega_log_reference_k
    if not (ours and theirs and mean and square and reference_mean):
        return None
    low, high = (
        allen_dynes_tc(ours * factor, mean, MU_STAR, square) for factor in (known.low, known.high)
    )
    tc = allen_dynes_tc(theirs, reference_mean, MU_STAR)
    return bool(low - TELLS_NOTHING_K <= tc <= high + TELLS_NOTHING_K)
