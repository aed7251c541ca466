"""What could be said of lambda and Tc of a crystal, by rigid muffin tins and without them.

Whatever is fitted is fitted without the family of the crystal that is judged: all whose elements
stand in the same columns of the periodic table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.formula import formula_counts
from isotunnel.studies.couplings.plan import MOST_LAMBDA
from isotunnel.studies.couplings.table import Coupled, couplings_table
from isotunnel.studies.world.features import family_of
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import BenchmarkRow

Array = NDArray[np.float64]
Value = Callable[[BenchmarkRow], float | None]

INDEPENDENT = "rigid muffin tins, α² ∝ 1/ω"
FLAT = "rigid muffin tins, constant α²"

RIDGE = 1.0
"""Penalty of the fit to shares of elements."""


@dataclass(frozen=True)
class Guess:
    """One way to predict.

    Attributes:
        words: what it is.
        values: one per crystal; NaN where it has none.
        varies: False for one that says the same of every crystal.
    """

    words: str
    values: Array
    varies: bool = True


def lambda_guesses(rows: Sequence[BenchmarkRow]) -> tuple[Guess, ...]:
    """Predictions of lambda of crystals that all have one, here and by linear response."""
    return _guesses(
        rows, "lambda_ep", lambda r: r.reference, lambda r: r.coupling, lambda r: r.coupling_flat
    )


def tc_guesses(rows: Sequence[BenchmarkRow]) -> tuple[Guess, ...]:
    """Predictions of Tc, kelvin, of crystals with one by linear response."""
    return _guesses(
        rows, "tc_k", lambda r: r.tc_reference_k, lambda r: r.tc_k, lambda r: r.tc_flat_k
    )


def _guesses(
    rows: Sequence[BenchmarkRow], quantity: str, reference: Value, here: Value, flat: Value
) -> tuple[Guess, ...]:
    truth = _of(rows, reference)
    density = _of(rows, lambda r: r.density_per_ev_spin_atom)
    families = [family_of(r.formula) for r in rows]
    return (
        Guess(INDEPENDENT, _of(rows, here)),
        Guess(FLAT, _of(rows, flat)),
        Guess("N(E_F) per atom, a straight line", _left_out(families, density, truth, _line)),
        Guess("always the median", _left_out(families, density, truth, _median), varies=False),
        Guess("composition only, ridge on JARVIS", _by_composition(rows, quantity)),
    )


def _of(rows: Sequence[BenchmarkRow], value: Value) -> Array:
    found = [value(r) for r in rows]
    return np.array([np.nan if v is None else v for v in found])


def _left_out(
    families: Sequence[str], x: Array, y: Array, fit: Callable[[Array, Array, float], float]
) -> Array:
    """Each crystal's prediction by a fit to the crystals of other families."""
    names = np.array(families)
    found = np.full(len(y), np.nan)
    for place, name in enumerate(names):
        others = names != name
        if others.sum() > 1:
            found[place] = fit(x[others], y[others], float(x[place]))
    return found


def _line(x: Array, y: Array, at: float) -> float:
    slope, offset = np.polyfit(x, y, 1)
    return float(slope * at + offset)


def _median(_x: Array, y: Array, _at: float) -> float:
    return float(np.median(y))


def _by_composition(rows: Sequence[BenchmarkRow], quantity: str) -> Array:
    """Ridge regression on shares of elements over all crystals of JARVIS of other families."""
    known = [
        c for c in couplings_table()
        if quantity in c.values and c.values.get("lambda_ep", np.inf) <= MOST_LAMBDA
    ]  # fmt: skip
    families = np.array([family_of(c.formula) for c in known])
    symbols = sorted({s for c in known for s in formula_counts(c.formula)})
    x = np.array([_shares(c.formula, symbols) for c in known])
    y = np.array([c.values[quantity] for c in known])
    return np.array([_ridge(r, known, families, symbols, x, y) for r in rows])


def _ridge(
    row: BenchmarkRow,
    known: Sequence[Coupled],
    families: NDArray[np.str_],
    symbols: Sequence[str],
    x: Array,
    y: Array,
) -> float:
    others = families != family_of(row.formula)
    if others.sum() < len(known) // 2:
        return float("nan")
    gram = x[others].T @ x[others] + RIDGE * np.eye(len(symbols))
    mean = float(y[others].mean())
    weights = np.linalg.solve(gram, x[others].T @ (y[others] - mean))
    return max(mean + float(np.array(_shares(row.formula, symbols)) @ weights), 0.0)


def _shares(formula: str, symbols: Sequence[str]) -> list[float]:
    counts = formula_counts(formula)
    total = sum(counts.values())
    return [counts.get(s, 0) / total for s in symbols]
