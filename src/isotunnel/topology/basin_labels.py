"""The basin of every voxel, where sums over basins are asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.topology import basins, descent
from isotunnel.topology.neighbours import MINIMUM, linear_steps


def basin_labels(
    values: NDArray[Any], sign: int, connectivity: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The basin that each voxel drains to by steepest steps between voxels.

    Args:
        values: (n1, n2, n3) float32 or float64, periodic.
        sign: +1 for basins of minima, -1 for those of maxima.
        connectivity: 6 or 26.

    Returns:
        (n1, n2, n3) basin numbers, and (B,) the linear index of each basin's extremum, ascending:
        numbered as those of :func:`~isotunnel.topology.graph.merge_graph`.

    Limits: steps follow the grid's directions, so the border of a basin may lie a voxel or more
    beside the surface of zero flux.
    """
    values = np.ascontiguousarray(values).view()
    values.flags.writeable = False
    shape = (values.shape[0], values.shape[1], values.shape[2])
    labels = np.empty(shape, dtype=np.int32)
    flat = labels.reshape(-1)
    flow = descent.flow_26 if connectivity == 26 else descent.flow_6
    flow(values, values.dtype.type(sign), 0, shape[0], labels)
    roots = int(basins.count_roots(flat))
    voxel, code = np.empty(roots, dtype=np.int64), np.empty(roots, dtype=np.int64)
    basins.resolve_slab(flat, 0, flat.size, linear_steps(shape), 0, voxel, code)
    extrema = np.sort(voxel[code == MINIMUM])
    basin, _ = basins.link_roots(flat, shape, voxel, code, extrema)
    return basin[labels], extrema
