"""Which connected network each voxel of a periodic region belongs to, and that network's rank."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.topology.graph import Connectivity, components_at
from isotunnel.topology.results import MergeGraph

_BASE3 = np.array([9, 3, 1])


@dataclass(frozen=True, eq=False)
class Networks:
    """The connected components of a periodic region.

    Attributes:
        label: (n1, n2, n3) component of each voxel, -1 outside the region.
        rank: (C,) in how many independent directions each component runs through the crystal.
    """

    label: NDArray[np.int64]
    rank: NDArray[np.int64]


def networks_of(inside: NDArray[np.bool_], connectivity: Connectivity) -> Networks:
    """Label the region ``inside``, periodic along all axes.

    Pieces are labelled within the cell first; the few contacts across the cell's faces then go
    into a merge graph, which knows how components close around the torus.
    """
    from scipy.ndimage import generate_binary_structure, label

    structure = generate_binary_structure(3, 1 if connectivity == 6 else 3)
    pieces, count = label(inside, structure)
    pieces = pieces.astype(np.int64) - 1
    if count == 0:
        return Networks(pieces, np.zeros(0, dtype=np.int64))
    ends = np.unique(_contacts(pieces, count, connectivity), axis=0).astype(np.int32)
    graph = MergeGraph(
        shape=(inside.shape[0], inside.shape[1], inside.shape[2]),
        sign=1,
        connectivity=connectivity,
        basin_voxel=np.zeros(count, dtype=np.int64),
        basin_value=np.zeros(count),
        saddle_voxel=np.zeros(len(ends), dtype=np.int64),
        saddle_value=np.zeros(len(ends)),
        saddle_ends=ends,
    )
    components = components_at(graph, 0.0)
    of_voxel = np.append(components.of_basin, -1)[pieces]
    return Networks(of_voxel, components.rank)


def _contacts(
    pieces: NDArray[np.int64], count: int, connectivity: Connectivity
) -> NDArray[np.int64]:
    """(K, 5) rows: piece a, piece b, and the cell of b that a touches across a face."""
    shape = pieces.shape
    found = [np.zeros((0, 5), dtype=np.int64)]
    for step in itertools.product((-1, 0, 1), repeat=3):
        if step <= (0, 0, 0) or (connectivity == 6 and sum(map(abs, step)) != 1):
            continue
        grid = np.meshgrid(*(np.arange(n) for n in shape), indexing="ij", sparse=True)
        crossing = np.zeros(shape, dtype=bool)
        for axis in range(3):
            moved = grid[axis] + step[axis]
            crossing |= (moved < 0) | (moved >= shape[axis])
        here = np.argwhere(crossing & (pieces >= 0))
        there = here + np.array(step)
        cell = there // np.array(shape)
        there -= cell * np.array(shape)
        a, b = pieces[tuple(here.T)], pieces[tuple(there.T)]
        both = b >= 0
        # One number per contact: sorting numbers is many times faster than sorting rows.
        code = np.unique(a[both] * (count) * 27 + b[both] * 27 + (cell[both] + 1) @ _BASE3)
        pair, cell_code = np.divmod(code, 27)
        a, b = np.divmod(pair, count)
        cell = cell_code[:, None] // _BASE3 % 3 - 1
        found.append(np.column_stack([a, b, cell]))
    return np.concatenate(found)
