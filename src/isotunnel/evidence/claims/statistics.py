"""The statistics of all evidence, by the name under which claims know them."""

from __future__ import annotations

from isotunnel.evidence.statistics import (
    LEVEL,
    RESAMPLES,
    SEED,
    Interval,
    bootstrap,
    median,
    rank_correlation,
    share,
    weighted_mean,
)

__all__ = [
    "LEVEL",
    "RESAMPLES",
    "SEED",
    "Interval",
    "bootstrap",
    "median",
    "rank_correlation",
    "share",
    "weighted_mean",
]
