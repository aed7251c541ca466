"""Thresholds between grid points.

The grid threshold is the value at one voxel; the true pass of the field lies between voxels. Each
saddle voxel that may decide a threshold gets the level of the pass of a quintic spline through the
grid, and the search is done again with those levels, because two passes of nearly equal height may
change places. The difference between the quintic and the cubic spline is the error estimate.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.field import Field
from isotunnel.fields.kinds import FieldKind
from isotunnel.topology.critical import Pass, find_passes
from isotunnel.topology.graph import connects
from isotunnel.topology.results import MergeGraph
from isotunnel.tunnels.refined_levels import RefinedLevels

MOST_SADDLES = 300
"""Beyond this many, only deciding saddles are refined; only noise has more candidates."""

MOST_DOUBTFUL = 60
"""At most so many saddles are refined for being steep around; the likeliest come first."""

_MOST_LOOKED_AT = 10 * MOST_DOUBTFUL


@dataclass(frozen=True, eq=False)
class RefinedSaddle:
    """A saddle voxel and the pass that the spline has there; ``place`` None: none was found."""

    value_grid: float
    value: float
    error: float
    place: Pass | None


@dataclass(frozen=True, eq=False)
class Refinement:
    """The merge graph with refined levels, and the refined saddles by voxel.

    ``complete`` is False where there were more than :data:`MOST_SADDLES` candidates: the deciding
    saddles are refined all the same, but another one may belong in their place.
    """

    graph: MergeGraph
    saddles: dict[int, RefinedSaddle]
    complete: bool


def refine_saddles(
    field: Field, graph: MergeGraph, deciding: Callable[[MergeGraph], NDArray[np.int64]]
) -> Refinement:
    """Refine the saddles that decide something, and all that may take their place.

    ``deciding`` gives the indices of the deciding saddles of a graph. A saddle may take the place
    of one of them if its grid value lies within twice the largest shift that refinement has caused
    so far, or as close as its own shift may be large (:func:`_reach`), and if it connects anything
    that is not connected before.
    """
    saddles: dict[int, RefinedSaddle] = {}
    complete = True
    bounds = _bounds(field)
    levels = RefinedLevels(graph, deciding)
    reach: NDArray[np.float64] | None = None
    while True:
        refined, chosen = levels.decided()
        wanted = {int(v) for v in refined.saddle_voxel[chosen]} - saddles.keys()
        rivals = _rivals(graph, refined, chosen, saddles) if complete else set()
        if rivals is None or len(saddles) + len(rivals - saddles.keys()) > MOST_SADDLES:
            complete = False
        else:
            wanted |= rivals - saddles.keys()
        room = MOST_DOUBTFUL - len(saddles) - len(wanted)
        if complete and room > 0:
            reach = _reach(field.values, graph.saddle_voxel) if reach is None else reach
            wanted |= set(_doubtful(graph, refined, chosen, reach, saddles.keys() | wanted)[:room])
        if not wanted:
            return Refinement(levels.whole(), saddles, complete)
        new = _refined(field, sorted(wanted), graph, bounds)
        saddles |= new
        levels.set({voxel: saddle.value for voxel, saddle in new.items()})


def _bounds(field: Field) -> tuple[float, float]:
    """What an ELF has by definition, which a spline may overshoot; none for other fields.

    An ELF that breaks them on the grid already is left as it is.
    """
    if field.kind is FieldKind.ELF and field.values.min() >= 0.0 and field.values.max() <= 1.0:
        return 0.0, 1.0
    return -np.inf, np.inf


def _refined(
    field: Field, voxels: list[int], graph: MergeGraph, bounds: tuple[float, float]
) -> dict[int, RefinedSaddle]:
    """Refine saddle voxels (linear indices) to values within ``bounds``."""
    places = np.array(np.unravel_index(voxels, field.shape), dtype=np.int64).T
    passes = find_passes(field.values, places, graph.sign, graph.connectivity)
    on_grid = field.values.reshape(-1)[voxels].tolist()
    return {
        voxel: _within(value, found, bounds)
        for voxel, value, found in zip(voxels, on_grid, passes, strict=True)
    }


def _within(value_grid: float, found: Pass | None, bounds: tuple[float, float]) -> RefinedSaddle:
    flat = found is not None and found.hessian is None and found.error <= 1e-12 * abs(value_grid)
    if found is None or flat:
        return RefinedSaddle(value_grid, value_grid, 0.0, None)
    value = min(max(found.value, bounds[0]), bounds[1])
    error = max(found.error, abs(found.value - value))
    return RefinedSaddle(value_grid, value, error, found)


def _rivals(
    graph: MergeGraph,
    refined: MergeGraph,
    deciding: NDArray[np.int64],
    saddles: dict[int, RefinedSaddle],
) -> set[int] | None:
    """Voxels of the saddles that may take the place of a deciding one; None for far too many."""
    window = 2.0 * max((abs(s.value - s.value_grid) for s in saddles.values()), default=0.0)
    ascending = (graph.sign * graph.saddle_value).astype(np.float64)
    found: set[int] = set()
    for level in np.unique(graph.sign * refined.saddle_value[deciding].astype(np.float64)):
        lo = int(np.searchsorted(ascending, level - window, side="left"))
        hi = int(np.searchsorted(ascending, level + window, side="right"))
        new = connects(graph, np.arange(lo, hi), graph.sign * float(level - window))
        voxels = graph.saddle_voxel[lo:hi][new]
        # A voxel makes eight connections at most.
        if len(voxels) > 8 * (MOST_SADDLES + len(saddles)):
            return None
        found.update(voxels.tolist())
    return found


def _reach(values: NDArray[Any], voxels: NDArray[np.int64]) -> NDArray[np.float64]:
    """How far the pass beside each saddle voxel may lie from the voxel's value.

    Taylor's series within half a voxel along each axis, with central differences:
    sum over the axes of |f'| / 2 + |f''| / 8.
    """
    flat = values.reshape(-1)
    here = flat[voxels].astype(np.float64)
    reach = np.zeros(len(voxels))
    stride = values.size
    for n in values.shape:
        stride //= n
        place = voxels // stride % n
        ahead = flat[voxels + stride * np.where(place == n - 1, 1 - n, 1)].astype(np.float64)
        behind = flat[voxels + stride * np.where(place == 0, n - 1, -1)].astype(np.float64)
        reach += np.abs(ahead - behind) / 4 + np.abs(ahead + behind - 2 * here) / 8
    return reach


def _doubtful(
    graph: MergeGraph,
    refined: MergeGraph,
    deciding: NDArray[np.int64],
    reach: NDArray[np.float64],
    known: Set[int],
) -> list[int]:
    """Voxels, not ``known``, whose own pass may lie beyond a deciding one; the likeliest first."""
    best: dict[int, float] = {}
    for level in np.unique(refined.saddle_value[deciding].astype(np.float64)):
        away = np.abs(graph.saddle_value - level)
        near = np.flatnonzero(away < reach)
        # Looking at each saddle is slow, and noise has millions of them.
        near = near[np.argsort(away[near] / reach[near])][:_MOST_LOOKED_AT]
        near = near[[int(v) not in known for v in graph.saddle_voxel[near]]]
        if len(near) == 0:
            continue
        base = level - graph.sign * float(away[near].max())
        near = near[connects(graph, near, base)]
        for voxel, share in zip(graph.saddle_voxel[near], away[near] / reach[near], strict=True):
            best[int(voxel)] = min(float(share), best.get(int(voxel), 1.0))
    return sorted(best, key=lambda voxel: (best[voxel], voxel))
