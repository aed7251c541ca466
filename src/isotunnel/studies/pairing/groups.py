"""Where lambda of rigid muffin tins is off: by the phonons computed, and the crystal's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

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
        bias: median of lambda here over linear response's.
        factor: within which half of them lie, either way.
    """

    words: str
    crystals: int
    bias: float
    factor: float


def error_by_group(rows: Sequence[BenchmarkRow]) -> tuple[GroupError, ...]:
    """Groups of ``FEWEST`` crystals or more; a crystal may be in several."""
    both = [r for r in rows if r.coupling and r.reference]
    found = []
    for words, belongs in _GROUPS.items():
        ratios = [(r.coupling or 0.0) / (r.reference or 1.0) for r in both if belongs(r)]
        if len(ratios) >= FEWEST:
            found.append(GroupError(words, len(ratios), median(ratios), factor_of_half(ratios)))
    return tuple(found)


def _soft(row: BenchmarkRow) -> bool:
    return row.omega_log_reference_k is not None and row.omega_log_reference_k < SOFT_K


def _stiff(row: BenchmarkRow) -> bool:
    return row.omega_log_reference_k is not None and row.omega_log_reference_k >= SOFT_K


_GROUPS: dict[str, Callable[[BenchmarkRow], bool]] = {
    "all": lambda _: True,
    "phonons of the zone centre alone": lambda r: r.supercell_cells == 1,
    "phonons of a larger cell": lambda r: (r.supercell_cells or 0) > 1,
    f"linear response's ω_log below {SOFT_K:g} K": _soft,
    f"linear response's ω_log of {SOFT_K:g} K or more": _stiff,
}
