"""At which levels the surface is drawn: the three thresholds, and enough others around them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.kinds import Side
from isotunnel.tunnels.results import Tunnels
from isotunnel.tunnels.ties import tied_thresholds

LEAST_OPEN, MOST_OPEN = 0.01, 0.97
"""Share of the volume inside the surface at the first and at the last level."""


def choose_levels(tunnels: Tunnels, count: int) -> NDArray[np.float64]:
    """About ``count`` levels in the order in which the region grows.

    They are spaced evenly in the volume inside the surface, not in value: most of a potential's
    range is spent in the wells at the nuclei. Every threshold that was reached is among them to
    the last digit (thresholds that symmetry makes equal up to rounding count as one), with one
    level just short of it and one just beyond.
    """
    sign = 1 if tunnels.side is Side.BELOW else -1
    values = tunnels.field.values
    thresholds = np.array([level for level, _ in tied_thresholds(tunnels)])
    ordered = np.sort(_thinned(values).astype(np.float64) * sign)
    lowest, highest = float(ordered[0]), float(ordered[-1])
    if lowest == highest:
        return thresholds[-1:] if len(thresholds) else np.array([sign * lowest])
    thresholds = sign * thresholds
    shares = np.linspace(LEAST_OPEN, MOST_OPEN, max(2, count - 3 * len(thresholds)))
    levels = np.unique(np.quantile(ordered, shares))
    near = 0.02 * (levels[-1] - levels[0])
    beside = [t + step for t in thresholds for step in (-near, near)]
    levels = np.concatenate([levels, beside])
    # A level within half a step of a threshold says nothing more than the threshold does.
    apart = [bool(np.all(np.abs(level - thresholds) > 0.5 * near)) for level in levels]
    inside = (levels > lowest) & (levels < highest)
    return sign * np.unique(np.concatenate([levels[inside & apart], thresholds]))


def ranks_reached_at(tunnels: Tunnels, level: float) -> list[int]:
    """The ranks whose common threshold is exactly ``level``."""
    return [rank for at, ranks in tied_thresholds(tunnels) if at == level for rank in ranks]


def _thinned(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """Enough of the values for quantiles, their extremes included."""
    flat = values.reshape(-1)
    step = max(1, flat.size // 200_000)
    return np.concatenate([flat[::step], [flat.min(), flat.max()]])
