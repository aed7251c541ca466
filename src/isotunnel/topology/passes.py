"""Which pieces a saddle voxel joins, and the best path between two points of a small box."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

from isotunnel.topology.neighbours import SHIFTS


def lower_pieces(
    values: NDArray[Any], voxel: tuple[int, int, int], sign: int, connectivity: int
) -> list[tuple[int, int, int]]:
    """The pieces of the lower link of a voxel, each by the shift of its lowest neighbour.

    The slow twin, for one voxel, of what :mod:`isotunnel.topology.saddles` does for all.
    """
    shape = np.array(values.shape)
    around = (np.array(voxel) + SHIFTS) % shape
    level = sign * values[tuple(around.T)].astype(np.float64)
    index = np.ravel_multi_index(tuple(around.T), values.shape)
    steps = np.abs(SHIFTS[:, None, :] - SHIFTS[None, :, :])
    apart = steps.max(axis=2) if connectivity == 26 else steps.sum(axis=2)
    lower = (level < level[13]) | ((level == level[13]) & (index < index[13]))
    left = set(np.flatnonzero(lower).tolist())
    touching = {c for c in left if apart[c, 13] == 1}
    pieces = []
    while touching:
        piece = {min(touching, key=lambda c: (level[c], index[c]))}
        frontier = set(piece)
        while frontier:
            frontier = {c for c in left - piece if any(apart[c, f] == 1 for f in frontier)}
            piece |= frontier
        pieces.append(min(piece & touching, key=lambda c: (level[c], index[c])))
        touching -= piece
    return [(int(x), int(y), int(z)) for x, y, z in SHIFTS[pieces]]


def minimax(
    box: NDArray[np.float64], start: tuple[int, ...], goal: tuple[int, ...]
) -> tuple[int, int, int]:
    """Where the lowest path from ``start`` to ``goal`` in a box (26 neighbours) is highest."""
    order = np.argsort(box, axis=None, kind="stable")
    ends = [int(np.ravel_multi_index(p, box.shape)) for p in (start, goal)]
    flat = _minimax(order, np.array(box.shape), ends[0], ends[1])
    i, j, k = np.unravel_index(flat, box.shape)
    return int(i), int(j), int(k)


@nb.njit(cache=True)
def _root(parent: NDArray[np.int64], v: int) -> int:
    while parent[v] != v:
        parent[v] = parent[parent[v]]
        v = parent[v]
    return v


@nb.njit(cache=True)
def _minimax(order: NDArray[np.int64], shape: NDArray[np.int64], start: int, goal: int) -> int:
    """Add points by rising value until start and goal are connected; the last point added."""
    parent = np.full(order.shape[0], -1, dtype=np.int64)
    n1, n2, n3 = shape[0], shape[1], shape[2]
    for v in order:
        parent[v] = v
        i, j, k = v // (n2 * n3), (v // n3) % n2, v % n3
        for a in range(max(i - 1, 0), min(i + 2, n1)):
            for b in range(max(j - 1, 0), min(j + 2, n2)):
                for c in range(max(k - 1, 0), min(k + 2, n3)):
                    w = (a * n2 + b) * n3 + c
                    if parent[w] >= 0:
                        parent[_root(parent, w)] = _root(parent, v)
        if parent[start] >= 0 and parent[goal] >= 0 and _root(parent, start) == _root(parent, goal):
            return int(v)
    return int(goal)
