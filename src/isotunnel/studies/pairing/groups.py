"""Where lambda of rigid muffin tins is off: by the phonons computed, and the crystal's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from isotunnel.crystal.formula import elements_in
from isotunnel.studies.pairing.judged import FEWEST
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import BenchmarkRow
from isotunnel.theories.superconducting.rigid_muffin_tin.calibration import factor_of_half

SOFT_K = 100.0
"""Linear response's omega_log below which a crystal counts as soft: it couples most to modes that a
few wave vectors may miss. A round number; that the worst crystals are soft had been seen before."""


@dataclass(frozen=True)
class GroupError:
    """How far lambda is off in a group of crystals.

    Attributes:
        words: which crystals.
        crystals: how many have a lambda here and by linear response.
        error: mean absolute difference.
        bias: median of lambda here over linear response's.
        factor: within which half of them lie, either way.
    """

    words: str
    crystals: int
    error: float
    bias: float
    factor: float


def error_by_group(rows: Sequence[BenchmarkRow]) -> tuple[GroupError, ...]:
    """Groups of ``FEWEST`` crystals or more; a crystal may be in several."""
    found = []
    known = _known(rows)
    for words, belongs in _GROUPS.items():
        pairs = [pair for row, pair in known if belongs(row)]
        if len(pairs) < FEWEST:
            continue
        ratios = [here / there for here, there in pairs]
        error = _mean_error(pairs)
        found.append(GroupError(words, len(pairs), error, median(ratios), factor_of_half(ratios)))
    return tuple(found)


def error_in_proportion(rows: Sequence[BenchmarkRow], sizes: Mapping[int, int]) -> float | None:
    """Mean absolute error of lambda of drawn crystals, each kind with its share of the collection.

    Kinds are crystals of one, two, three elements; the sum runs over those of which ``FEWEST`` or
    more were drawn, so that it does not matter of which more were.

    Args:
        rows: the benchmark.
        sizes: number of elements -> crystals of that kind in the collection.

    Returns:
        sum_k n_k e_k / sum_k n_k; None where of no kind enough were drawn.
    """
    total, weights = 0.0, 0
    known = _known(rows)
    for species, size in sizes.items():
        belongs = _drawn(species)
        pairs = [pair for row, pair in known if belongs(row)]
        if len(pairs) >= FEWEST:
            total += size * _mean_error(pairs)
            weights += size
    return total / weights if weights else None


def _mean_error(pairs: Sequence[tuple[float, float]]) -> float:
    return fmean(abs(here - there) for here, there in pairs)


def _known(rows: Sequence[BenchmarkRow]) -> list[tuple[BenchmarkRow, tuple[float, float]]]:
    """Rows with lambda here and by linear response."""
    return [(r, (r.coupling, r.reference)) for r in rows if r.coupling and r.reference]


def _drawn(species: int) -> Callable[[BenchmarkRow], bool]:
    return lambda row: row.is_drawn and len(elements_in(row.formula)) == species


def _soft(row: BenchmarkRow) -> bool:
    return row.omega_log_reference_k is not None and row.omega_log_reference_k < SOFT_K


def _stiff(row: BenchmarkRow) -> bool:
    return row.omega_log_reference_k is not None and row.omega_log_reference_k >= SOFT_K


_GROUPS: dict[str, Callable[[BenchmarkRow], bool]] = {
    "all": lambda _: True,
    "binaries of JARVIS": _drawn(2),
    "ternaries of JARVIS": _drawn(3),
    "phonons of the zone centre alone": lambda r: r.supercell_cells == 1,
    "phonons of a larger cell": lambda r: (r.supercell_cells or 0) > 1,
    f"linear response's ω_log below {SOFT_K:g} K": _soft,
    f"linear response's ω_log of {SOFT_K:g} K or more": _stiff,
}
