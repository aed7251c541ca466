"""Where each voxel flows to: the code of its lowest neighbour.

Voxels are ordered by (value, linear index), a total order, so that following the codes ends at a
local minimum even on plateaus. The lexicographic minimum over a 3 x 3 x 3 block separates into
three minima over three voxels, one per axis, as long as ties go to the smaller *wrapped* index
along each axis: that is what ``_axis_order`` is for. It makes every inner loop a run of
compare-and-select over a row, which compilers vectorise.

The result is coded in the array that later holds labels:
``-(1 + code)`` for a voxel that flows to the neighbour ``code`` inside its slab, and
``-(1 + CUT + code)`` where the flow is cut: at a minimum (code 13), at a face of the slab, or
through a face of the cell.
"""

from __future__ import annotations

import numpy as np

from isotunnel.kernels import kernel
from isotunnel.topology.neighbours import neighbour

CUT = 32
"""Added to the code of a flow that is cut."""


@kernel
def _axis_order(index, size):
    """The three steps 0, 1, 2 (for -1, 0, +1) by ascending wrapped index.

    At index 0 the step -1 wraps to the largest index, at the last index the step +1 to 0.
    """
    if index == 0:
        return 1, 2, 0
    if index == size - 1:
        return 2, 0, 1
    return 0, 1, 2


@kernel
def _row_minima(row, sign, low, code):
    """Minimum over (k-1, k, k+1) of ``sign * row`` and its step 0, 1, 2, periodic."""
    n = row.shape[0]
    for k in range(1, n - 1):
        best = sign * row[k - 1]
        step = np.int32(0)
        here = sign * row[k]
        if here < best:
            best = here
            step = np.int32(1)
        ahead = sign * row[k + 1]
        if ahead < best:
            best = ahead
            step = np.int32(2)
        low[k] = best
        code[k] = step
    for k in (0, n - 1):
        best = sign * row[k]
        step = 1
        first, second, third = _axis_order(k, n)
        start = True
        for s in (first, second, third):
            value = sign * row[(k + s - 1) % n]
            if start or value < best:
                best = value
                step = s
                start = False
        low[k] = best
        code[k] = step


@kernel
def _take(row, row_code, shift, low, code):
    """Start a running minimum with a row."""
    for k in range(low.shape[0]):
        low[k] = row[k]
        code[k] = row_code[k] + shift


@kernel
def _improve_coded(row, row_code, shift, low, code):
    """Go on with a running minimum; a tie keeps what came first.

    Two short loops over few arrays beat one over many: with more than four arrays the compiler
    can no longer prove that they do not overlap, and falls back to scalar code.
    """
    for k in range(low.shape[0]):
        code[k] = row_code[k] + shift if row[k] < low[k] else code[k]
    for k in range(low.shape[0]):
        low[k] = min(row[k], low[k])


@kernel
def _plane_minima(plane, sign, row_low, row_code, low, code):
    """Minimum over the 3 x 3 patch in the plane around each voxel; code = 3 (dj+1) + (dk+1)."""
    n2 = plane.shape[0]
    for j in range(n2):
        _row_minima(plane[j], sign, row_low[j], row_code[j])
    for j in range(n2):
        a, b, c = _axis_order(j, n2)
        ja, jb, jc = (j + a - 1) % n2, (j + b - 1) % n2, (j + c - 1) % n2
        _take(row_low[ja], row_code[ja], 3 * a, low[j], code[j])
        _improve_coded(row_low[jb], row_code[jb], 3 * b, low[j], code[j])
        _improve_coded(row_low[jc], row_code[jc], 3 * c, low[j], code[j])


@kernel
def _cut_row(labels, codes, cut_i, cut_j):
    """Write the codes of one row as flows, cut where they leave the slab or the cell.

    ``cut_i`` and ``cut_j`` are the shifts -1 or +1 that leave, 0 if none, 2 if both do.
    """
    n = labels.shape[0]
    if cut_i == 0 and cut_j == 0:
        for k in range(n):
            c = codes[k]
            labels[k] = -(1 + c) - (CUT if c == 13 else 0)
    else:
        for k in range(n):
            c = codes[k]
            di = c // 9 - 1
            dj = (c // 3) % 3 - 1
            cut = c == 13
            cut |= di != 0 and (cut_i == 2 or di == cut_i)
            cut |= dj != 0 and (cut_j == 2 or dj == cut_j)
            labels[k] = -(1 + c) - (CUT if cut else 0)
    if labels[0] > -CUT and codes[0] % 3 == 0:
        labels[0] -= CUT
    if labels[n - 1] > -CUT and codes[n - 1] % 3 == 2:
        labels[n - 1] -= CUT


@kernel
def _leaving(index, first, last):
    """Which shifts leave the index range first..last (inclusive): 0 none, -1, +1, 2 both."""
    if index == first and index == last:
        return 2
    if index == first:
        return -1
    if index == last:
        return 1
    return 0


@kernel
def flow_26(values, sign, start, stop, labels):
    """Write the flows of the planes start..stop-1 for 26-connectivity into ``labels``."""
    n1, n2, n3 = values.shape
    row_low = np.empty((n2, n3), dtype=values.dtype)
    row_code = np.empty((n2, n3), dtype=np.int32)
    low = np.empty((3, n2, n3), dtype=values.dtype)
    code = np.empty((3, n2, n3), dtype=np.int32)
    out_low = np.empty(n3, dtype=values.dtype)
    out_code = np.empty(n3, dtype=np.int32)
    # The ring slot of plane i (which may be start-1 or stop) is (i - start + 1) % 3.
    for i in (start - 1, start):
        slot = (i - start + 1) % 3
        _plane_minima(values[i % n1], sign, row_low, row_code, low[slot], code[slot])
    for i in range(start, stop):
        slot = (i - start + 2) % 3
        _plane_minima(values[(i + 1) % n1], sign, row_low, row_code, low[slot], code[slot])
        a, b, c = _axis_order(i, n1)
        sa, sb, sc = (i - start + a) % 3, (i - start + b) % 3, (i - start + c) % 3
        cut_i = _leaving(i, start, stop - 1)
        for j in range(n2):
            _take(low[sa, j], code[sa, j], 9 * a, out_low, out_code)
            _improve_coded(low[sb, j], code[sb, j], 9 * b, out_low, out_code)
            _improve_coded(low[sc, j], code[sc, j], 9 * c, out_low, out_code)
            _cut_row(labels[i, j], out_code, cut_i, _leaving(j, 0, n2 - 1))


@kernel
def _improve(row, sign, step, low, code):
    for k in range(low.shape[0]):
        value = sign * row[k]
        if value < low[k]:
            low[k] = value
            code[k] = step


@kernel
def flow_6(values, sign, start, stop, labels):
    """Write the flows of the planes start..stop-1 for 6-connectivity into ``labels``.

    The seven candidates are visited by ascending linear index, so that the first strictly lowest
    one wins: smaller i, smaller j, the row itself, larger j, larger i.
    """
    n1, n2, n3 = values.shape
    low = np.empty(n3, dtype=values.dtype)
    code = np.empty(n3, dtype=np.int32)
    row_low = np.empty(n3, dtype=values.dtype)
    row_code = np.empty(n3, dtype=np.int32)
    for i in range(start, stop):
        order_i = _axis_order(i, n1)
        cut_i = _leaving(i, start, stop - 1)
        for j in range(n2):
            order_j = _axis_order(j, n2)
            low[:] = np.inf
            code[:] = 13
            for s in order_i:
                other = (i + s - 1) % n1
                if other < i:
                    _improve(values[other, j], sign, 4 + 9 * s, low, code)
            for s in order_j:
                other = (j + s - 1) % n2
                if other < j:
                    _improve(values[i, other], sign, 10 + 3 * s, low, code)
            _row_minima(values[i, j], sign, row_low, row_code)
            for k in range(n3):
                if row_low[k] < low[k]:
                    low[k] = row_low[k]
                    code[k] = 12 + row_code[k]
            for s in order_j:
                other = (j + s - 1) % n2
                if other > j:
                    _improve(values[i, other], sign, 10 + 3 * s, low, code)
            for s in order_i:
                other = (i + s - 1) % n1
                if other > i:
                    _improve(values[other, j], sign, 4 + 9 * s, low, code)
            _cut_row(labels[i, j], code, cut_i, _leaving(j, 0, n2 - 1))


@kernel
def drain(values, sign, connectivity, voxel):
    """Follow the flow from one voxel to its minimum, and count the cells it crosses.

    The same order as the kernels above, one voxel at a time.
    """
    n1, n2, n3 = values.shape
    flat = values.reshape(-1)
    d1, d2, d3 = 0, 0, 0
    while True:
        best = voxel
        b1, b2, b3 = 0, 0, 0
        for si in _axis_order(voxel // (n2 * n3), n1):
            for sj in _axis_order((voxel // n3) % n2, n2):
                for sk in _axis_order(voxel % n3, n3):
                    faces = (si != 1) + (sj != 1) + (sk != 1)
                    if connectivity == 6 and faces != 1:
                        continue
                    w, c1, c2, c3 = neighbour(voxel, 9 * si + 3 * sj + sk, n1, n2, n3)
                    lower = sign * flat[w] < sign * flat[best]
                    if lower or (flat[w] == flat[best] and w < best):
                        best = w
                        b1, b2, b3 = c1, c2, c3
        if best == voxel:
            return voxel, d1, d2, d3
        voxel = best
        d1 += b1
        d2 += b2
        d3 += b3
