"""Medians and rank correlations of named values as measurements, refused where too few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isotunnel.evidence.statistics import bootstrap, median, rank_correlation, whole_spread
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.measurement import CORRELATION, MEDIAN, Measurement

FEWEST = 3
"""Pairs that give a correlation."""


def median_of(
    part: str,
    side: str,
    values: Mapping[str, float],
    used: Sequence[RowUsed],
    dropped: Sequence[RowDropped] = (),
    *,
    also: Mapping[str, float] | None = None,
    otherwise: str = "no row of data",
) -> Measurement:
    """The median over named cases; its interval also holds that of ``also``.

    Args:
        also: the same cases by another convention, which is as good.
        otherwise: why there is no number without cases.
    """
    if not values:
        return Measurement.refused(part, side, otherwise, dropped)
    numbers = list(values.values())
    value, low, high = bootstrap([numbers], median)
    few = whole_spread(numbers, low, high)
    method = MEDIAN
    if also:
        other = bootstrap([list(also.values())], median)
        low, high = min(low, *other), max(high, *other)
        method = f"{MEDIAN}; the interval holds that of the other convention as well"
    shown = tuple(
        (k, {"value": v} | ({"by the other convention": also[k]} if also else {}))
        for k, v in values.items()
    )
    rest = (tuple(used), tuple(dropped), len(values))
    return Measurement(
        part, side, value, low, high, *rest, range_of=few, method=method, values=shown
    )


def correlation_of(
    part: str,
    side: str,
    pairs: Mapping[str, tuple[float, float]],
    used: Sequence[RowUsed],
    dropped: Sequence[RowDropped],
    names: tuple[str, str],
) -> Measurement:
    """Spearman's rank correlation over named pairs."""
    if len(pairs) < FEWEST:
        reason = f"{len(pairs)} pairs give no correlation"
        return Measurement.refused(part, side, reason, dropped)
    columns = list(zip(*pairs.values(), strict=True))
    found = bootstrap([list(c) for c in columns], rank_correlation)
    if found[0] != found[0]:
        return Measurement.refused(part, side, "one of the two does not vary", dropped)
    values = tuple((k, dict(zip(names, p, strict=True))) for k, p in pairs.items())
    rest = (tuple(used), tuple(dropped), len(pairs))
    return Measurement(part, side, *found, *rest, method=CORRELATION, values=values)
