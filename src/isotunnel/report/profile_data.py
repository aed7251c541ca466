"""Rank and number of separate networks against the level, for the page and for the figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.kinds import FieldKind, Side
from isotunnel.topology.percolation import MERGE
from isotunnel.tunnels.results import Tunnels
from isotunnel.tunnels.ties import tied_thresholds

SAMPLES = 400
_FIRST_SHARE, _LAST_SHARE = 0.05, 0.97


@dataclass(frozen=True, eq=False)
class Profile:
    """What becomes of the region as the level moves through ``low`` to ``high``.

    Attributes:
        low, high: the range shown, in the field's unit.
        level: (N,) ascending levels.
        rank: (N,) highest rank of one network at each level, from the refined thresholds.
        pieces: (N,) number of separate networks, pockets included, exact on the grid.
        thresholds: (level, error, ranks) of those reached.
    """

    low: float
    high: float
    level: NDArray[np.float64]
    rank: NDArray[np.int64]
    pieces: NDArray[np.int64]
    thresholds: tuple[tuple[float, float, tuple[int, ...]], ...]


def profile_of(tunnels: Tunnels) -> Profile:
    """The profile over the levels that matter: where the region fills 5 % to 97 % of the cell.

    All thresholds are in the range, and an ELF is shown over its whole range 0 to 1.
    """
    low, high = _range(tunnels)
    level = np.linspace(low, high, SAMPLES)
    sign = 1 if tunnels.side is Side.BELOW else -1
    # A sample on each side of every step, so that steps are drawn where they are.
    steps = tunnels.thresholds[np.isfinite(tunnels.thresholds)]
    hair = 1e-9 * (high - low)
    level = np.sort(np.concatenate([level, steps, steps - sign * hair]))
    rank = np.array([tunnels.rank_at(float(x)) for x in level], dtype=np.int64)
    errors = tunnels.thresholds_error
    thresholds = tuple(
        (value, float(np.nanmax([0.0, *(errors[r - 1] for r in ranks)])), ranks)
        for value, ranks in tied_thresholds(tunnels)
    )
    return Profile(low, high, level, rank, count_pieces(tunnels, level), thresholds)


def count_pieces(tunnels: Tunnels, levels: NDArray[np.float64]) -> NDArray[np.int64]:
    """Connected components of the region at each level: basins entered less mergers done."""
    graph = tunnels.graph
    at = graph.sign * levels
    entered = np.sort(graph.sign * graph.basin_value.astype(np.float64))
    merged = graph.saddle_value[tunnels.percolation.kind == MERGE].astype(np.float64)
    merged = np.sort(graph.sign * merged)
    return np.searchsorted(entered, at, "right") - np.searchsorted(merged, at, "right")


def _range(tunnels: Tunnels) -> tuple[float, float]:
    if tunnels.field.kind is FieldKind.ELF:
        return 0.0, 1.0
    flat = tunnels.field.values.reshape(-1)
    sample = flat[:: max(1, flat.size // 200_000)].astype(np.float64)
    shares = (_FIRST_SHARE, _LAST_SHARE)
    if tunnels.side is Side.ABOVE:
        shares = (1 - _LAST_SHARE, 1 - _FIRST_SHARE)
    low, high = (float(x) for x in np.quantile(sample, shares))
    reached = tunnels.thresholds[np.isfinite(tunnels.thresholds)]
    if len(reached):
        low, high = min(low, float(reached.min())), max(high, float(reached.max()))
    margin = 0.06 * (high - low) or 0.5
    return low - margin, high + margin
