"""The slider's scale: which levels a field is drawn at, and how they are spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.kinds import Side
from isotunnel.tunnels.results import Tunnels
from isotunnel.tunnels.ties import tied_thresholds

LEAST_OPEN, MOST_OPEN = 0.01, 0.97
"""Share of the volume inside the surface at the first and at the last level."""

PLACES = 257
"""Levels that are told, evenly spread over the slider; between them the scale is linear."""

_MARGIN = 0.05
"""Share of the range that is kept on both sides of a threshold near an end."""

_BEYOND = 0.1
"""How far beyond its ends the scale goes on for values that are never drawn: a spline through
values cut off short would ring there."""


@dataclass(frozen=True, eq=False)
class LevelScale:
    """Levels as places from 0 to 1, in the order in which the region grows.

    Half of a step is volume, half is value. By value alone most of a potential's range would be
    spent in the wells at the nuclei; by volume alone most of a molecule's box in its empty part.

    Attributes:
        side: which side of a level is open.
        levels: (P,) levels at evenly spaced places; one for a constant field.
    """

    side: Side
    levels: NDArray[np.float64]

    def places_of(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """Places of values; those off the scale lie up to a tenth before 0 or beyond 1."""
        sign = _sign(self.side)
        levels = sign * self.levels
        if len(levels) == 1:
            return np.where(sign * values <= levels[0], 0.0, 1.0)
        past = _BEYOND * (levels[-1] - levels[0])
        knots = np.concatenate([[levels[0] - past], levels, [levels[-1] + past]])
        places = np.concatenate([[-_BEYOND], np.linspace(0, 1, len(levels)), [1 + _BEYOND]])
        return np.asarray(np.interp(sign * values, knots, places))


def level_scale(tunnels: Tunnels) -> LevelScale:
    """The scale of a field; every threshold that was reached lies within it, and every segment."""
    sign = _sign(tunnels.side)
    ordered = np.sort(sign * _thinned(tunnels.field.values).astype(np.float64))
    if ordered[0] == ordered[-1]:
        return LevelScale(tunnels.side, sign * ordered[:1])
    marked = [level for level, _ in tied_thresholds(tunnels)]
    marked += [segment.level for segment in tunnels.segments]
    marks = sign * np.array(marked)
    low, high = np.quantile(ordered, [LEAST_OPEN, MOST_OPEN])
    ends = np.concatenate([[low, high], marks])
    margin = _MARGIN * float(np.ptp(ends))
    low = min(low, *(marks - margin)) if len(marks) else low
    high = max(high, *(marks + margin)) if len(marks) else high
    if low == high:
        low, high = float(ordered[0]), float(ordered[-1])
    return LevelScale(tunnels.side, sign * _spread(ordered, low, high))


def _spread(ordered: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Levels at even places between two values."""
    by_value = np.linspace(low, high, PLACES)
    by_volume = np.quantile(ordered, np.linspace(0, 1, PLACES))
    levels = np.unique(np.clip(np.concatenate([by_value, by_volume]), low, high))
    share = np.searchsorted(ordered, levels, side="right") / len(ordered)
    share = (share - share[0]) / max(share[-1] - share[0], 1e-12)
    place = 0.5 * share + 0.5 * (levels - low) / (high - low)
    return np.asarray(np.interp(np.linspace(0, 1, PLACES), place, levels))


def _sign(side: Side) -> int:
    return 1 if side is Side.BELOW else -1


def _thinned(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """Enough of the values for quantiles, their extremes included."""
    flat = values.reshape(-1)
    step = max(1, flat.size // 200_000)
    return np.concatenate([flat[::step], [flat.min(), flat.max()]])
