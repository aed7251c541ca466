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
    BenchmarkRow,
    benchmark_rows,
)

SHARE = 0.68
"""Of new crystals that are to lie in the range, as in one standard deviation of a normal law."""

FEWEST = 10
"""Ratios that a range needs; with six the outermost ones would be taken."""


@dataclass(frozen=True)
class CouplingRange:
    """Factors between which linear response's lambda lies, times that of rigid muffin tins.

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


@cache
def coupling_range(forces: str = GPAW_FORCES) -> CouplingRange | None:
    """From all crystals of the benchmark, with phonons by these forces; None while too few."""
    return range_of(ratios(benchmark_rows(forces)))


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
    factor = math.exp(median(abs(math.log(r)) for r in found))
    return ForcesCompared(median(found), factor, len(found), unlike)


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
