"""One sweep over the edges: who merges, who winds, and when each rank is first reached.

Union-find with integer offsets: each basin knows the cell of its own minimum relative to that of
its parent, so an edge inside one component closes a loop whose winding vector is known exactly.
Every component carries the lattice of the windings seen so far.
"""

from __future__ import annotations

import numpy as np

from isotunnel.kernels import kernel
from isotunnel.topology.winding import insert, rank

REDUNDANT, MERGE, WIND = 0, 1, 2
"""What an edge did: nothing new, joined two components, or enlarged a component's lattice."""


@kernel
def _find(tree, basin):
    """Root of a basin, after flattening the path; its shift is then relative to the root."""
    root = basin
    s1, s2, s3 = 0, 0, 0
    while tree[root, 0] >= 0:
        s1 += tree[root, 1]
        s2 += tree[root, 2]
        s3 += tree[root, 3]
        root = tree[root, 0]
    p = basin
    while p != root and tree[p, 0] != root:
        up, d1, d2, d3 = tree[p, 0], tree[p, 1], tree[p, 2], tree[p, 3]
        tree[p, 0], tree[p, 1], tree[p, 2], tree[p, 3] = root, s1, s2, s3
        s1 -= d1
        s2 -= d2
        s3 -= d3
        p = up
    return root


@kernel
def _new_lattice(lattices, count):
    if count == lattices.shape[0]:
        more = np.zeros((2 * count, 3, 3), dtype=np.int64)
        more[:count] = lattices
        lattices = more
    lattices[count] = 0
    return lattices


@kernel
def _snapshot(d, edge, basin, tree, lattice_of, lattices, out):
    """Record the state of the component that reached rank d, once its level is complete."""
    reached_edge, reached_basin, reached_lattice, networks = out
    root = _find(tree, basin)
    reached_edge[d] = edge
    reached_basin[d] = basin
    reached_lattice[d] = lattices[lattice_of[root]]
    seen = 0
    for b in range(tree.shape[0]):
        if tree[b, 0] < 0 and lattice_of[b] >= 0 and rank(lattices[lattice_of[b]]) > d:
            seen += 1
    networks[d] = seen


@kernel
def sweep(basins, value, ends, limit, whole):
    """Add the edges in the order given (ascending ``value``), up to and including ``limit``.

    Args:
        basins: number of basins.
        value: (E,) level at which each edge appears, ascending.
        ends: (E, 5) basin a, basin b, winding of b's minimum relative to a's.
        limit: edges above it are left out.
        whole: False ends the sweep once a component has rank 3 and its level is complete; the
            final union-find and the later edges' kinds are then not there.

    Returns:
        kind: (E,) uint8, REDUNDANT, MERGE or WIND.
        reached_edge: (3,) the edge at which one component first had rank 1, 2, 3; -1 if never.
        reached_basin: (3,) a basin of that component.
        reached_lattice: (3, 3, 3) its lattice once all edges of the same level are in.
        networks: (3,) how many components had that rank at that level.
        global_edge: (3,) the same as ``reached_edge`` for the sum of all components' lattices.
        parent, shift, lattice_of, lattices: the final union-find; ``parent`` is flat.
    """
    # Parent and shift side by side, minus the size in place of a root's parent: in a large graph
    # nearly every look is a cache miss, and so it is one, not three.
    tree = np.zeros((basins, 4), dtype=np.int32)
    tree[:, 0] = -1
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
                _snapshot(d, pending_edge[d], b, tree, lattice_of, lattices, out)
            complete = known
            if complete == 3 and not whole:
                break
        a, b = ends[e, 0], ends[e, 1]
        root_a = _find(tree, a)
        root_b = _find(tree, b)
        # Cell of root_b's minimum relative to root_a's, by way of this edge.
        t1 = tree[a, 1] + ends[e, 2] - tree[b, 1]
        t2 = tree[a, 2] + ends[e, 3] - tree[b, 2]
        t3 = tree[a, 3] + ends[e, 4] - tree[b, 3]
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
            if tree[root_a, 0] > tree[root_b, 0]:
                root_a, root_b = root_b, root_a
                t1, t2, t3 = -t1, -t2, -t3
            tree[root_a, 0] += tree[root_b, 0]
            tree[root_b, 0], tree[root_b, 1], tree[root_b, 2], tree[root_b, 3] = root_a, t1, t2, t3
            if count == 0 or lattice_of[root_b] < 0:
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
        _snapshot(d, pending_edge[d], b, tree, lattice_of, lattices, out)
    parent = np.empty(basins, dtype=np.int32)
    for b in range(basins):
        parent[b] = _find(tree, b)
    return (
        kind, reached_edge, reached_basin, reached_lattice, networks, global_edge,
        parent, tree[:, 1:], lattice_of, lattices[:count],
    )  # fmt: skip
