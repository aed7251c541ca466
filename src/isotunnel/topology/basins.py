"""From flows to basins: which local minimum each voxel drains to, and in which cell.

Flows that leave a slab or the cell were cut, so every slab is a forest of its own that one thread
resolves; the roots of that forest (minima and cut voxels) are then linked across the cuts with
integer offsets. Roots with the same basin and the same offset form one *sheet*: the part of a
basin that lies in one cell relative to the basin's minimum. ``labels[v]`` ends as v's sheet.
"""

from __future__ import annotations

import numpy as np

from isotunnel.kernels import kernel
from isotunnel.topology.descent import CUT
from isotunnel.topology.neighbours import neighbour


@kernel
def count_roots(flat_labels):
    """Number of cut flows, hence of roots."""
    count = 0
    for v in range(flat_labels.shape[0]):
        count += flat_labels[v] < -CUT
    return count


@kernel
def resolve_slab(flat_labels, start, stop, steps, first_root, root_voxel, root_code):
    """Replace the flows of the voxels start..stop-1 by root numbers, in place.

    ``steps[code]`` is the linear step of a flow that is not cut. Roots are numbered from
    ``first_root``; their voxel and code go to ``root_voxel`` and ``root_code``.
    """
    root = first_root
    for v in range(start, stop):
        if flat_labels[v] >= 0:
            continue
        p = v
        flow = flat_labels[p]
        while -CUT <= flow < 0:
            p += steps[-1 - flow]
            flow = flat_labels[p]
        if flow >= 0:
            label = flow
        else:
            label = np.int32(root)
            root_voxel[root] = p
            root_code[root] = -1 - CUT - flow
            flat_labels[p] = label
            root += 1
        p = v
        flow = flat_labels[p]
        while flow < 0:
            flat_labels[p] = label
            p += steps[-1 - flow]
            flow = flat_labels[p]


@kernel
def link_roots(flat_labels, shape, root_voxel, root_code, minima):
    """Link the roots across the cuts.

    Args:
        minima: (B,) the voxels of the roots that are minima, ascending, so that the numbering of
            basins does not depend on how the array was cut into slabs.

    Returns:
        ``basin_of_root`` (R,), ``offset_of_root`` (R, 3): the cell of the basin's minimum relative
        to the root's cell.
    """
    n1, n2, n3 = shape
    roots = root_voxel.shape[0]
    parent = np.empty(roots, dtype=np.int32)
    offset = np.zeros((roots, 3), dtype=np.int32)
    basin = np.full(roots, -1, dtype=np.int32)
    for b in range(minima.shape[0]):
        basin[flat_labels[minima[b]]] = b
    for r in range(roots):
        if basin[r] < 0:
            w, c1, c2, c3 = neighbour(root_voxel[r], root_code[r], n1, n2, n3)
            parent[r] = flat_labels[w]
            offset[r, 0] = c1
            offset[r, 1] = c2
            offset[r, 2] = c3
    stack = np.empty(roots, dtype=np.int32)
    for r in range(roots):
        depth = 0
        p = r
        while basin[p] < 0:
            stack[depth] = p
            depth += 1
            p = parent[p]
        while depth > 0:
            depth -= 1
            q = stack[depth]
            up = parent[q]
            basin[q] = basin[up]
            for axis in range(3):
                offset[q, axis] += offset[up, axis]
    return basin, offset


@kernel
def gather_sheets(basin, offset, basins):
    """Number the distinct (basin, offset) pairs of the roots.

    Returns:
        ``sheet_of_root`` (R,); ``sheets`` (S, 4): basin and offset of each sheet.
    """
    roots = basin.shape[0]
    sheet_of_root = np.empty(roots, dtype=np.int32)
    sheets = np.empty((roots, 4), dtype=np.int32)
    # A chain of sheets per basin: few cells per basin, so a walk is cheaper than a hash.
    newest = np.full(basins, -1, dtype=np.int32)
    older = np.empty(roots, dtype=np.int32)
    count = 0
    for r in range(roots):
        b = basin[r]
        s = newest[b]
        while s >= 0 and (
            sheets[s, 1] != offset[r, 0]
            or sheets[s, 2] != offset[r, 1]
            or sheets[s, 3] != offset[r, 2]
        ):
            s = older[s]
        if s < 0:
            s = count
            sheets[s, 0] = b
            sheets[s, 1:] = offset[r]
            older[s] = newest[b]
            newest[b] = s
            count += 1
        sheet_of_root[r] = s
    return sheet_of_root, sheets[:count].copy()


@kernel
def relabel(flat_labels, start, stop, new_label):
    """Replace labels by ``new_label[label]`` in place."""
    for v in range(start, stop):
        flat_labels[v] = new_label[flat_labels[v]]
