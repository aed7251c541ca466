"""Predictions of lambda and Tc against linear response: error, bias, rank correlation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.evidence.statistics import Interval, bootstrap, rank_correlation
from isotunnel.studies.pairing.guesses import Guess, lambda_guesses, tc_guesses
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import BenchmarkRow

Array = NDArray[np.float64]

FEWEST = 5
"""Fewer crystals than this give no statistics."""


@dataclass(frozen=True)
class Judged:
    """One way to predict, judged.

    Attributes:
        words: what it is.
        crystals: of which it says something.
        error: mean absolute error.
        bias: median of predicted over reference; None where references vanish.
        rank: Spearman's correlation with its interval, formulas drawn whole; None for a guess that
            is the same for all.
    """

    words: str
    crystals: int
    error: float
    bias: float | None
    rank: Interval | None


def judged_lambda(rows: Sequence[BenchmarkRow]) -> tuple[Judged, ...]:
    """Every prediction of lambda; empty where fewer than ``FEWEST`` crystals have one."""
    both = [r for r in rows if r.coupling is not None and r.reference is not None]
    if len(both) < FEWEST:
        return ()
    truth = np.array([r.reference for r in both], dtype=float)
    return judged_guesses(_formulas(both), truth, lambda_guesses(both), with_bias=True)


def judged_tc(rows: Sequence[BenchmarkRow]) -> tuple[Judged, ...]:
    """Every prediction of Tc, kelvin, of crystals that were drawn; empty where fewer than
    ``FEWEST`` have one.

    Hydrides, whose Tc are tens of times higher, are judged among themselves.
    """
    both = [r for r in rows if r.is_drawn and r.tc_k is not None and r.tc_reference_k is not None]
    if len(both) < FEWEST:
        return ()
    truth = np.array([r.tc_reference_k for r in both], dtype=float)
    return judged_guesses(_formulas(both), truth, tc_guesses(both), with_bias=False)


def _formulas(rows: Sequence[BenchmarkRow]) -> list[str]:
    return [r.formula for r in rows]


def judged_guesses(
    names: Sequence[str], truth: Array, guesses: Sequence[Guess], *, with_bias: bool
) -> tuple[Judged, ...]:
    """Each guess against the truth; crystals of one name are drawn together for the intervals."""
    found = []
    formulas = np.array(names)
    for guess in guesses:
        known = np.isfinite(guess.values)
        if known.sum() < FEWEST:
            continue
        values, here = guess.values[known], truth[known]
        rank = None
        if guess.varies:
            rank = bootstrap(
                [values.tolist(), here.tolist()], rank_correlation, groups=formulas[known].tolist()
            )
        bias = float(np.median(values / here)) if with_bias else None
        error = float(np.abs(values - here).mean())
        found.append(Judged(guess.words, int(known.sum()), error, bias, rank))
    return tuple(found)
