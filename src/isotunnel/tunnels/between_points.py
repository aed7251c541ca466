"""Fields that have no passes between their grid points: masks, labels, steps, noise of few values.

A spline through such a field swings between the values on both sides of a step; what it gives for
the places between is its own, not the field's. The thresholds are then the grid's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.topology.results import MergeGraph, Percolation
from isotunnel.tunnels.refine import MOST_SADDLES

_FEW_POINTS = 8
_FEWEST_POINTS = 1000
MOST_STEPS = 200
FLAT = 0.25
"""A field of at most :data:`MOST_STEPS` values has steps if along each axis more than this share of
the points equal the next one. Mirror planes between the points of a smooth field make two equal
pairs per period of it; a smooth field rounded to a hundred values has fewer still."""
_SAMPLE = 100_000
"""So many points tell how many values there are."""

_MASK = (
    "the field holds two values only: no pass lies between its grid points, so the thresholds are "
    "the grid's; give the field that the mask was made from to get refined ones"
)
_TIED = (
    f"more than {MOST_SADDLES} saddles lie exactly at the threshold {{:.6g}}, as in labels or "
    "noise of few values: no pass lies between the grid points of such a field, so the thresholds "
    "are the grid's"
)
_STEPS = (
    "the field holds {} values only, and {:.0%} of its points equal the next one, as in labels or "
    "numbers rounded to few digits: no pass lies between the grid points of such a field, so the "
    "thresholds are the grid's"
)


def why_not_between_points(
    values: NDArray[np.floating], graph: MergeGraph, percolation: Percolation
) -> str | None:
    """The reason why a field has no passes between its grid points, None where it has."""
    if _holds_two_values(values):
        return _MASK
    for edge in percolation.edge[percolation.edge >= 0]:
        level = graph.saddle_value[edge]
        if np.count_nonzero(graph.saddle_value == level) > MOST_SADDLES:
            return _TIED.format(float(level))
    if values.size >= _FEWEST_POINTS and 1 < (steps := _different_values(values)) <= MOST_STEPS:
        flat = _flat_share(values)
        if flat > FLAT:
            return _STEPS.format(steps, flat)
    return None


def _holds_two_values(values: NDArray[np.floating]) -> bool:
    """Whether a grid of more than a few points is a mask: one value or another, nothing between."""
    low, high = values.min(), values.max()
    if values.size <= _FEW_POINTS or low == high:
        return False
    return all(bool(((plane == low) | (plane == high)).all()) for plane in values)


def _different_values(values: NDArray[Any]) -> int:
    """How many values a large sample of the points has."""
    return len(np.unique(values.reshape(-1)[:: max(1, values.size // _SAMPLE)]))


def _flat_share(values: NDArray[Any]) -> float:
    """The share of points that equal the next one, along the axis where it is smallest."""
    shares = []
    for axis in range(3):
        rows = np.moveaxis(values, axis, 0)
        shares.append(np.mean([np.mean(rows[n] == rows[n - 1]) for n in range(len(rows))]))
    return float(min(shares))
