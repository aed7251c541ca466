"""One sweep over the edges: who merges, who winds, and when each rank is first reached.

Union-find with integer offsets: each basin knows the cell of its own minimum relative to that of
its parent, so an edge inside one component closes a loop whose winding vector is known exactly.
Every component carries the lattice of the windings seen so far.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from isotunnel.topology.winding import insert, rank

REDUNDANT, MERGE, WIND = 0, 1, 2
"""What an edge did: nothing new, joined two components, or enlarged a component's lattice."""


@nb.njit(cache=True, nogil=True)
def _find(parent, shift, basin):
    """Root of a basin, after flattening the path; ``shift[basin]`` is then relative to it."""
    root = basin
    s1, s2, s3 = 0, 0, 0
    while parent[root] != root:
        s1 += shift[root, 0]
        s2 += shift[root, 1]
        s3 += shift[root, 2]
        root = parent[root]
    p = basin
    while parent[p] != root and p != root:
        up = parent[p]
        d1, d2, d3 = shift[p, 0], shift[p, 1], shift[p, 2]
        shift[p, 0], shift[p, 1], shift[p, 2] = s1, s2, s3
        parent[p] = root
        s1 -= d1
        s2 -= d2
        s3 -= d3
        p = up
    return root


@nb.njit(cache=True, nogil=True)
def _new_lattice(lattices, count):
    if count == lattices.shape[0]:
        more = np.zeros((2 * count, 3, 3), dtype=np.int64)
        more[:count] = lattices
        lattices = more
    lattices[count] = 0
    return lattices


@nb.njit(cache=True, nogil=True)
def _snapshot(d, edge, basin, parent, shift, lattice_of, lattices, out):
    """Record the state of the component that reached rank d, once its level is complete."""
    reached_edge, reached_basin, reached_lattice, networks = out
    root = _find(parent, shift, basin)
    reached_edge[d] = edge
    reached_basin[d] = basin
    reached_lattice[d] = lattices[lattice_of[root]]
    seen = 0
    for b in range(parent.shape[0]):
        if parent[b] == b and lattice_of[b] >= 0 and rank(lattices[lattice_of[b]]) > d:
            seen += 1
    networks[d] = seen


@nb.njit(cache=True, nogil=True)
def sweep(basins, value, ends, limit):
    """Add the edges in the order given (ascending ``value``), up to and including ``limit``.

    Args:
        basins: number of basins.
        value: (E,) level at which each edge appears, ascending.
        ends: (E, 5) basin a, basin b, winding of b's minimum relative to a's.
        limit: edges above it are left out.

    Returns:
        kind: (E,) uint8, REDUNDANT, MERGE or WIND.
        reached_edge: (3,) the edge at which one component first had rank 1, 2, 3; -1 if never.
        reached_basin: (3,) a basin of that component.
        reached_lattice: (3, 3, 3) its lattice once all edges of the same level are in.
        networks: (3,) how many components had that rank at that level.
        global_edge: (3,) the same as ``reached_edge`` for the sum of all components' lattices.
        parent, shift, lattice_of, lattices: the final union-find; ``parent`` is flat.
    """
    parent = np.arange(basins, dtype=np.int32)
    shift = np.zeros((basins, 3), dtype=np.int32)
    size = np.ones(basins, dtype=np.int32)
    lattice_of = np.full(basins, -1, dtype=np.int32)
    lattices = np.zeros((16, 3, 3), dtype=np.int64)
    count = 0
    everything = np.zeros((3, 3), dtype=np.int64)
    kind = np.zeros(value.shape[0], dtype=np.uint8)
    reached_edge = np.full(3, -1, dtype=np.int64)
    reached_basin = np.full(3, -1, dtype=np.int64)
    reached_lattice = np.zeros((3, 3, 3), dtype=np.int64)
    networks = np.zeros(3, dtype=np.int64)
    global_edge = np.full(3, -1, dtype=np.int64)
    out = (reached_edge, reached_basin, reached_lattice, networks)
    pending_edge = np.full(3, -1, dtype=np.int64)
    known, complete, known_globally = 0, 0, 0
    for e in range(value.shape[0]):
        if value[e] > limit:
            break
        if complete < known and value[e] != value[pending_edge[known - 1]]:
            for d in range(complete, known):
                b = ends[pending_edge[d], 0]
                _snapshot(d, pending_edge[d], b, parent, shift, lattice_of, lattices, out)
            complete = known
        a, b = ends[e, 0], ends[e, 1]
        root_a = _find(parent, shift, a)
        root_b = _find(parent, shift, b)
        # Cell of root_b's minimum relative to root_a's, by way of this edge.
        t1 = shift[a, 0] + ends[e, 2] - shift[b, 0]
        t2 = shift[a, 1] + ends[e, 3] - shift[b, 1]
        t3 = shift[a, 2] + ends[e, 4] - shift[b, 2]
        if root_a == root_b:
            if t1 == 0 and t2 == 0 and t3 == 0:
                continue
            if lattice_of[root_a] < 0:
                lattices = _new_lattice(lattices, count)
                lattice_of[root_a] = count
                count += 1
            if not insert(lattices[lattice_of[root_a]], t1, t2, t3):
                continue
            kind[e] = WIND
            if known_globally < 3 and insert(everything, t1, t2, t3):
                while known_globally < rank(everything):
                    global_edge[known_globally] = e
                    known_globally += 1
        else:
            kind[e] = MERGE
            if size[root_a] < size[root_b]:
                root_a, root_b = root_b, root_a
                t1, t2, t3 = -t1, -t2, -t3
            parent[root_b] = root_a
            shift[root_b, 0], shift[root_b, 1], shift[root_b, 2] = t1, t2, t3
            size[root_a] += size[root_b]
            if lattice_of[root_b] < 0:
                continue
            if lattice_of[root_a] < 0:
                lattice_of[root_a] = lattice_of[root_b]
                continue
            mine, other = lattices[lattice_of[root_a]], lattices[lattice_of[root_b]]
            for c in range(3):
                insert(mine, other[c, 0], other[c, 1], other[c, 2])
        if lattice_of[root_a] >= 0:
            while known < rank(lattices[lattice_of[root_a]]):
                pending_edge[known] = e
                known += 1
    for d in range(complete, known):
        b = ends[pending_edge[d], 0]
        _snapshot(d, pending_edge[d], b, parent, shift, lattice_of, lattices, out)
    for b in range(basins):
        _find(parent, shift, b)
    return (
        kind, reached_edge, reached_basin, reached_lattice, networks, global_edge,
        parent, shift, lattice_of, lattices[:count],
    )  # fmt: skip
