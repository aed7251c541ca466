"""The merge graph of a periodic array: its basins, the saddles between them, their windings."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from isotunnel.processors import usable_cores
from isotunnel.topology import basins, descent, percolation, saddles
from isotunnel.topology.lattice import contains
from isotunnel.topology.neighbours import MINIMUM, linear_steps
from isotunnel.topology.ordering import ascending
from isotunnel.topology.results import Components, MergeGraph, Percolation

T = TypeVar("T")
R = TypeVar("R")

Connectivity = Literal[6, 26]

_MIN_VOXELS_PER_THREAD = 1 << 16


def merge_graph(
    values: NDArray[Any], sign: int, connectivity: Connectivity = 26, threads: int | None = None
) -> MergeGraph:
    """Basins and saddles of the sublevel (``sign`` 1) or superlevel (``sign`` -1) filtration.

    Cost is linear in the number of voxels; memory is 4 bytes per voxel beside the input (labels)
    plus what the saddles take. The result does not depend on ``threads``.

    Args:
        values: (n1, n2, n3) float32 or float64, C order, finite; periodic along all axes.
        sign: +1 or -1.
        connectivity: 6 (faces) or 26 (faces, edges, corners).
        threads: at most so many; default: the processors available, or numba's threads where
            these are fewer (``numba.set_num_threads``), as in one of several workers.

    Raises:
        ValueError: not three-dimensional, too large for 32-bit labels, NaN or infinite, or unknown
            sign or connectivity.
    """
    values = _checked(values, sign, connectivity)
    shape = (values.shape[0], values.shape[1], values.shape[2])
    signum = values.dtype.type(sign)
    steps = linear_steps(shape)
    labels = np.empty(shape, dtype=np.int32)
    flat = labels.reshape(-1)
    slabs = _slabs(shape, threads)
    plane = shape[1] * shape[2]
    flow = descent.flow_26 if connectivity == 26 else descent.flow_6

    def flow_slab(slab: tuple[int, int]) -> int:
        flow(values, signum, slab[0], slab[1], labels)
        return int(basins.count_roots(flat[slab[0] * plane : slab[1] * plane]))

    roots = _each(flow_slab, slabs)
    first_root = np.concatenate([[0], np.cumsum(roots)])
    root_voxel = np.empty(first_root[-1], dtype=np.int64)
    root_code = np.empty(first_root[-1], dtype=np.int64)

    def resolve(numbered: tuple[tuple[int, int], int]) -> None:
        (start, stop), root = numbered
        basins.resolve_slab(flat, start * plane, stop * plane, steps, root, root_voxel, root_code)

    _each(resolve, list(zip(slabs, (int(r) for r in first_root), strict=False)))
    basin_voxel = np.sort(root_voxel[root_code == MINIMUM])
    basin, offset = basins.link_roots(flat, shape, root_voxel, root_code, basin_voxel)
    sheet_of_root, sheets = basins.gather_sheets(basin, offset, len(basin_voxel))
    _each(lambda s: basins.relabel(flat, s[0] * plane, s[1] * plane, sheet_of_root), slabs)
    found = _each(
        lambda s: saddles.find_saddles(values, signum, labels, sheets, s[0], s[1], connectivity),
        slabs,
    )
    voxel = np.concatenate([f[0] for f in found])
    ends = np.concatenate([f[1] for f in found])
    level = values.reshape(-1)[voxel]
    order = ascending(signum * level)
    return MergeGraph(
        shape,
        sign,
        connectivity,
        basin_voxel,
        values.reshape(-1)[basin_voxel],
        voxel[order],
        level[order],
        np.take(ends, order, axis=0),
    )


def percolation_of(graph: MergeGraph) -> Percolation:
    """Thresholds of rank 1, 2 and 3, per network and for the whole region."""
    swept = _sweep(graph, np.inf)
    kind, edge, basin, lattice, networks, edge_global = swept[:6]
    return Percolation(
        _value_at(graph, edge),
        edge,
        basin,
        lattice,
        networks,
        _value_at(graph, edge_global),
        edge_global,
        kind,
    )


def drain(values: NDArray[Any], graph: MergeGraph, voxel: int) -> tuple[int, NDArray[np.int64]]:
    """The basin that a voxel drains to, and the cell of its extremum relative to the voxel's."""
    end, c1, c2, c3 = descent.drain(
        values, values.dtype.type(graph.sign), graph.connectivity, int(voxel)
    )
    basin = int(np.searchsorted(graph.basin_voxel, end))
    return basin, np.array([c1, c2, c3], dtype=np.int64)


def components_at(graph: MergeGraph, level: float) -> Components:
    """The components of {sign f <= sign level}, each with its winding lattice."""
    limit = graph.sign * level
    *_, parent, shift, lattice_of, lattices = _sweep(graph, limit)
    inside = graph.sign * graph.basin_value <= limit
    used = np.zeros(len(parent), dtype=bool)
    used[parent[inside]] = True
    roots = np.flatnonzero(used)
    of_basin = np.full(len(parent), -1, dtype=np.int64)
    of_basin[inside] = (np.cumsum(used) - 1)[parent[inside]]
    lattice = np.zeros((len(roots), 3, 3), dtype=np.int64)
    winding = lattice_of[roots] >= 0
    lattice[winding] = lattices[lattice_of[roots][winding]]
    return Components(float(level), of_basin, shift.astype(np.int64), lattice)


def connects(graph: MergeGraph, saddles: NDArray[np.int64], level: float) -> NDArray[np.bool_]:
    """Whether each saddle would connect anything new to the components of a level.

    It does if its basins lie in two components or outside, or if it closes a loop whose winding
    the component does not have yet.
    """
    parts = components_at(graph, level)
    ends = graph.saddle_ends[saddles]
    a, b = ends[:, 0], ends[:, 1]
    same = (parts.of_basin[a] == parts.of_basin[b]) & (parts.of_basin[a] >= 0)
    loop = parts.cell_of_basin[a] + ends[:, 2:] - parts.cell_of_basin[b]
    new = np.ones(len(saddles), dtype=bool)
    for n in np.flatnonzero(same):
        lattice = parts.lattice[parts.of_basin[a[n]]]
        new[n] = not contains(lattice, loop[n])
    return new


def deciding_saddles(graph: MergeGraph) -> NDArray[np.int64]:
    """Indices of the saddles at which rank 1, 2 and 3 are reached, as far as they are."""
    edge: NDArray[np.int64] = _sweep(graph, np.inf, whole=False)[1]
    return edge[edge >= 0]


def _sweep(graph: MergeGraph, limit: float, whole: bool = True) -> Any:
    value = (graph.sign * graph.saddle_value).astype(np.float64)
    return percolation.sweep(len(graph.basin_voxel), value, graph.saddle_ends, float(limit), whole)


def _value_at(graph: MergeGraph, edge: NDArray[np.int64]) -> NDArray[np.float64]:
    value = np.full(3, np.nan)
    value[edge >= 0] = graph.saddle_value[edge[edge >= 0]]
    return value


def _checked(values: NDArray[Any], sign: int, connectivity: int) -> NDArray[Any]:
    if sign not in (1, -1):
        raise ValueError(f"sign must be 1 (sublevel) or -1 (superlevel), got {sign}")
    if connectivity not in (6, 26):
        raise ValueError(f"connectivity must be 6 or 26, got {connectivity}")
    if values.ndim != 3 or values.size == 0:
        raise ValueError(f"three non-empty axes are needed, got shape {values.shape}")
    if values.size >= 2**31 - 64:
        raise ValueError(f"{values.size} voxels are too many: labels are 32-bit, limit 2^31 - 64")
    if values.dtype not in (np.float32, np.float64):
        values = values.astype(np.float64)
    if not (np.isfinite(values.min()) and np.isfinite(values.max())):
        raise ValueError("the array holds NaN or infinite values")
    # One memory layout and one mutability: the kernels are compiled (and cached) once per dtype.
    values = np.ascontiguousarray(values).view()
    values.flags.writeable = False
    return values


def _processors() -> int:
    here = usable_cores()
    # Whoever has told numba how many threads to use has imported it; the search alone does not.
    ask = getattr(sys.modules.get("numba"), "get_num_threads", None)
    told = os.environ.get("NUMBA_NUM_THREADS") if ask is None else ask()
    return min(here, int(told or here))


def _slabs(shape: tuple[int, int, int], threads: int | None) -> list[tuple[int, int]]:
    """Cut axis 0 into one range of planes per thread; small arrays stay whole."""
    available = threads or _processors()
    useful = max(1, (shape[0] * shape[1] * shape[2]) // _MIN_VOXELS_PER_THREAD)
    count = max(1, min(available, useful, shape[0]))
    cuts = np.linspace(0, shape[0], count + 1).astype(int)
    return [(int(a), int(b)) for a, b in itertools.pairwise(cuts)]


def _each(function: Callable[[T], R], items: list[T]) -> list[R]:
    """Apply to all items, side by side; the kernels release the interpreter lock."""
    if len(items) == 1:
        return [function(items[0])]
    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(function, items))
