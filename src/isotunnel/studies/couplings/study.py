"""Correlations of descriptors with what linear response found, and the verdict of the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.evidence.statistics import Interval
from isotunnel.studies.couplings.plan import (
    BEYOND,
    BY_ITSELF,
    FEWEST_VALUES,
    LEAST,
    LEVEL,
    MOST_LAMBDA,
    NONE,
    PROCRYSTAL,
    QUANTITIES,
    Screened,
)
from isotunnel.studies.couplings.resample import grouped_rank_interval
from isotunnel.studies.couplings.table import Coupled
from isotunnel.studies.world.features import composition_features, family_of
from isotunnel.studies.world.fit import dealt, fitted
from isotunnel.studies.world.plan import PARTS

Array = NDArray[np.float64]
LeftOut = Mapping[str, Array]
"""Of each quantity and descriptor, what the compositions of other families say of it; NaN where
the value itself is not known."""


@dataclass(frozen=True)
class Pairing:
    """A descriptor and a quantity.

    Attributes:
        descriptor, quantity: names of columns.
        rows: crystals of which both are known.
        plain: Spearman's correlation with its interval; None where it cannot be said.
        beyond: the same of what composition leaves over.
    """

    descriptor: str
    quantity: str
    rows: int
    plain: Interval | None
    beyond: Interval | None

    @property
    def verdict(self) -> str:
        """By the rule of the plan; "" where it cannot say."""
        if self.plain is None or self.beyond is None:
            return ""
        if _clear(self.beyond):
            return BEYOND
        return BY_ITSELF if _clear(self.plain) else NONE


def _clear(found: Interval) -> bool:
    value, low, high = found
    return abs(value) >= LEAST and (low > 0 or high < 0)


def usable(rows: Sequence[Coupled]) -> tuple[list[Coupled], dict[str, int]]:
    """Rows that the plan uses, and how many of the others there are by reason."""
    reasons = [_why_not(r) for r in rows]
    kept = [r for r, why in zip(rows, reasons, strict=True) if not why]
    return kept, dict(sorted(Counter(why for why in reasons if why).items()))


def _why_not(row: Coupled) -> str:
    if row.status != "done":
        return f"screen failed: {row.reason}" if row.status == "failed" else row.status
    if any(q not in row.values for q in QUANTITIES):
        return "lambda, omega_log or Tc not listed"
    if row.values["lambda_ep"] <= 0 or row.values["omega_log_k"] <= 0:
        return "lambda or omega_log not positive"
    return f"lambda above {MOST_LAMBDA:g}" if row.values["lambda_ep"] > MOST_LAMBDA else ""


def column(rows: Sequence[Coupled], name: str) -> Array:
    """Values of a column, NaN where unknown."""
    return np.array([r.values.get(name, np.nan) for r in rows])


def left_out(rows: Sequence[Coupled], what: Screened = PROCRYSTAL) -> dict[str, Array]:
    """What compositions of other families say of every quantity and descriptor.

    Values are taken as their ranks, so that no outlier rules the trees.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    features = np.array([composition_features(r.formula) for r in rows])
    parts = dealt([family_of(r.formula) for r in rows])
    found = {}
    for name in (*QUANTITIES, *what.descriptors):
        ranks = ranked(column(rows, name))
        said = np.full(len(rows), np.nan)
        for part in range(PARTS):
            out = (parts == part) & np.isfinite(ranks)
            fit = (parts != part) & np.isfinite(ranks)
            if out.any() and fit.sum() >= what.fewest_rows // 2:
                x, y = features[fit], ranks[fit]
                said[out] = fitted("tc", "trees", x, y, np.ones(len(y)), features[out])
        found[name] = said
    return found


def ranked(values: Array) -> Array:
    """Ranks over the number of known values, 0 to 1; NaN stays."""
    from scipy.stats import rankdata

    found = np.full(len(values), np.nan)
    known = np.isfinite(values)
    found[known] = rankdata(values[known]) / max(int(known.sum()), 1)
    return found


def pairings(rows: Sequence[Coupled], said: LeftOut, what: Screened = PROCRYSTAL) -> list[Pairing]:
    """Every descriptor with every quantity, in the order of the plan.

    Args:
        rows: usable ones.
        said: see :func:`left_out`, of the same rows.
        what: whose descriptors.
    """
    families = [family_of(r.formula) for r in rows]
    return [
        _pairing(rows, said, families, d, q, what.fewest_rows)
        for d in what.descriptors
        for q in QUANTITIES
    ]


def _pairing(
    rows: Sequence[Coupled],
    said: LeftOut,
    families: Sequence[str],
    descriptor: str,
    quantity: str,
    fewest: int,
) -> Pairing:
    x, y = column(rows, descriptor), column(rows, quantity)
    rest_x, rest_y = ranked(x) - said[descriptor], ranked(y) - said[quantity]
    known = np.isfinite(rest_x) & np.isfinite(rest_y)
    count = int(known.sum())
    if count < fewest or len(np.unique(x[known])) < FEWEST_VALUES:
        return Pairing(descriptor, quantity, count, None, None)
    groups = [f for f, k in zip(families, known, strict=True) if k]
    plain = grouped_rank_interval(x[known], y[known], groups, LEVEL)
    beyond = grouped_rank_interval(rest_x[known], rest_y[known], groups, LEVEL)
    return Pairing(descriptor, quantity, count, plain, beyond)
