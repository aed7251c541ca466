"""Build the library of compiled kernels: ``python -m isotunnel.tunnels.ahead_of_time``."""

from __future__ import annotations

import sys
from itertools import product

import numpy as np

from isotunnel.kernels.build import build
from isotunnel.topology.basin_labels import basin_labels
from isotunnel.topology.critical import find_passes
from isotunnel.topology.graph import (
    Connectivity,
    components_at,
    deciding_saddles,
    drain,
    merge_graph,
    percolation_of,
)


def example() -> None:
    """Call every kernel that a search for tunnels calls, with all types of numbers it may have."""
    noise = np.random.default_rng(0).random((4, 5, 6))
    connectivities: tuple[Connectivity, ...] = (26, 6)
    for dtype, connectivity in product((np.float64, np.float32), connectivities):
        values = noise.astype(dtype)
        values.flags.writeable = False
        graph = merge_graph(values, 1, connectivity)
        percolation = percolation_of(graph)
        components_at(graph, float(percolation.value[0]))
        saddle = int(graph.saddle_voxel[deciding_saddles(graph)[0]])
        place = np.array(np.unravel_index(saddle, values.shape))
        find_passes(values, place, 1, connectivity)
        drain(values, graph, saddle)
        basin_labels(values, 1, connectivity)


if __name__ == "__main__":
    sys.stdout.write(f"{build(example)}\n")
