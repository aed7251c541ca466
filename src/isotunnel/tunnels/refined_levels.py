"""A merge graph whose saddles get refined levels, a few at a time.

Noise has millions of saddles, and after each few that are refined it must be asked anew which ones
decide. What decides lies low, so the question is put to the saddles up to some level, and to more
of them only where those do not settle it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from isotunnel.topology.results import MergeGraph

_FIRST = 2000
_MORE = 1.5


class RefinedLevels:
    """Levels of a graph's saddles: refined where they were set, else the grid's.

    ``deciding`` gives the indices of the deciding saddles of a graph.
    """

    def __init__(
        self, graph: MergeGraph, deciding: Callable[[MergeGraph], NDArray[np.int64]]
    ) -> None:
        self._graph = graph
        self._deciding = deciding
        self._ascending = (graph.sign * graph.saddle_value).astype(np.float64)
        self._value = graph.saddle_value.astype(np.float64)
        self._changed = np.zeros(0, dtype=np.int64)
        chosen = deciding(graph)
        self._count = len(chosen)
        self._first: tuple[MergeGraph, NDArray[np.int64]] | None = (graph, chosen)
        last = int(chosen.max()) if len(chosen) else len(self._value)
        self._used = self._enlarged(last)
        self._by_voxel: NDArray[np.int64] | None = None

    def decided(self) -> tuple[MergeGraph, NDArray[np.int64]]:
        """A graph in which all deciding saddles are found, and their indices there."""
        if self._first is not None:
            return self._first
        while True:
            graph = self._part(self._used)
            chosen = self._deciding(graph)
            if self._used == len(self._value) or self._settled(graph, chosen):
                return graph, chosen
            self._used = self._enlarged(self._used)

    def set(self, levels: Mapping[int, float]) -> None:
        """Give the saddles at some voxels their refined levels."""
        if self._by_voxel is None:
            self._by_voxel = np.argsort(self._graph.saddle_voxel, kind="stable")
            self._voxels = self._graph.saddle_voxel[self._by_voxel]
        changed = [self._changed]
        for voxel, level in levels.items():
            first, last = np.searchsorted(self._voxels, [voxel, voxel + 1])
            at = self._by_voxel[first:last]
            self._value[at] = level
            changed.append(at)
        self._changed = np.unique(np.concatenate(changed))
        self._first = None

    def whole(self) -> MergeGraph:
        """The whole graph at the levels set."""
        return self._graph.with_saddle_values(self._value, self._changed)

    def _part(self, used: int) -> MergeGraph:
        """The saddles up to number ``used``, and all that have been set."""
        beyond = self._changed[self._changed >= used]
        kept = np.concatenate([np.arange(used), beyond])
        moved = np.searchsorted(kept, self._changed)
        graph = self._graph
        part = MergeGraph(
            graph.shape,
            graph.sign,
            graph.connectivity,
            graph.basin_voxel,
            graph.basin_value,
            graph.saddle_voxel[kept],
            graph.saddle_value[kept],
            graph.saddle_ends[kept],
        )
        return part.with_saddle_values(self._value[kept], moved)

    def _settled(self, graph: MergeGraph, chosen: NDArray[np.int64]) -> bool:
        """Whether nothing that was left out can come before the deciding saddles."""
        if len(chosen) < self._count or not len(chosen):
            return False
        highest = float((graph.sign * graph.saddle_value[chosen]).max())
        return bool(highest < self._ascending[self._used])

    def _enlarged(self, used: int) -> int:
        return min(int(_MORE * used) + _FIRST, len(self._value))
