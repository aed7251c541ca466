"""Where basins meet: the voxels through which the sublevel set can change its connection.

When a voxel v joins the sublevel set, it connects those of its neighbours that are already in it:
its *lower link*, the neighbours before v in the order (value, linear index). If the lower link is
one connected piece, v only thickens what is there. If it has several pieces, v joins their basins
at the level f(v). It suffices to emit one edge per further piece, because two neighbours in the
same piece are connected through voxels that came before v, and so, by induction along the order,
through edges already emitted. All this happens in the 3 x 3 x 3 block of the *covering space*,
whose paths wind trivially, so that windings come out exact also on grids of one or two voxels
along an axis.

Reference for lower links: H. Edelsbrunner and J. Harer, Computational Topology (2010), ch. VI.
"""

from __future__ import annotations

import numpy as np

from isotunnel.kernels import kernel
from isotunnel.topology.neighbours import neighbour_of


def _codes_where(axis: int, excluded: int) -> np.uint32:
    """Mask of the codes whose step along ``axis`` (0, 1, 2 for i, j, k) is not ``excluded``."""
    divisor = (9, 3, 1)[axis]
    return np.uint32(sum(1 << c for c in range(27) if (c // divisor) % 3 != excluded))


_ONE, _THREE, _NINE = np.uint32(1), np.uint32(3), np.uint32(9)
_NOT_FIRST_J = _codes_where(1, 0)
_NOT_LAST_J = _codes_where(1, 2)
_NOT_FIRST_K = _codes_where(2, 0)
_NOT_LAST_K = _codes_where(2, 2)

# A bit times this de Bruijn number has five leading bits of its own; the table undoes them.
_DE_BRUIJN, _TO_FIVE_BITS = np.uint32(0x077CB531), np.uint32(27)
_BIT_OF = np.zeros(32, dtype=np.int64)
_BIT_OF[[((1 << b) * 0x077CB531 & 0xFFFFFFFF) >> 27 for b in range(32)]] = range(32)

CONTACTS_6 = np.uint32(1 << 4 | 1 << 10 | 1 << 12 | 1 << 14 | 1 << 16 | 1 << 22)
"""Mask of the six codes that share a face with the centre."""

CONTACTS_26 = np.uint32((1 << 27) - 1 - (1 << 13))
"""Mask of all codes but the centre."""


_MOST_EDGES = 8
"""No lower link has more pieces than the block has corners."""


@kernel
def _mark_row(labels, i, j, connectivity, flags):
    """Flag the voxels of a row that have a neighbour with another label.

    The voxels on the faces of the cell are always flagged.
    """
    n1, n2, n3 = labels.shape
    if i == 0 or j == 0 or i == n1 - 1 or j == n2 - 1:
        flags[:] = 1
        return
    flags[:] = 0
    flags[0] = 1
    flags[n3 - 1] = 1
    here = labels[i, j]
    if connectivity == 6:
        for row in (labels[i - 1, j], labels[i + 1, j], labels[i, j - 1], labels[i, j + 1]):
            for k in range(n3):
                flags[k] |= row[k] != here[k]
        for k in range(1, n3 - 1):
            flags[k] |= (here[k - 1] != here[k]) | (here[k + 1] != here[k])
    else:
        for di in range(-1, 2):
            for dj in range(-1, 2):
                row = labels[i + di, j + dj]
                for k in range(1, n3 - 1):
                    flags[k] |= (
                        (row[k - 1] != here[k]) | (row[k] != here[k]) | (row[k + 1] != here[k])
                    )


@kernel
def _lower_links_of_row(values, sign, i, j, masks):
    """Masks of the neighbours that come before each voxel of a row inside the cell.

    The order is (value, linear index); away from the faces a smaller code is a smaller index,
    which settles ties. The first and last voxel of the row are left to the caller.
    """
    n3 = values.shape[2]
    inner = masks[1 : n3 - 1]
    here = values[i, j, 1 : n3 - 1]
    inner[:] = 0
    for code in range(27):
        # Slices, not k + step: an index that might be negative keeps the loop from vectorising.
        step = code % 3 - 1
        row = values[i + code // 9 - 1, j + (code // 3) % 3 - 1, 1 + step : n3 - 1 + step]
        bit = np.uint32(1) << np.uint32(code)
        nothing = np.uint32(0)
        if code < 13:
            for k in range(inner.shape[0]):
                inner[k] |= bit if sign * row[k] <= sign * here[k] else nothing
        elif code > 13:
            for k in range(inner.shape[0]):
                inner[k] |= bit if sign * row[k] < sign * here[k] else nothing


@kernel
def _lower_link_on_face(values, sign, i, j, k):
    """The same for one voxel whose neighbours may lie in the next cell."""
    n1, n2, n3 = values.shape
    value = sign * values[i, j, k]
    here = (i * n2 + j) * n3 + k
    mask = np.uint32(0)
    code = 0
    for di in (n1 - 1, 0, 1):
        wi = (i + di) % n1
        for dj in (n2 - 1, 0, 1):
            wj = (j + dj) % n2
            for dk in (n3 - 1, 0, 1):
                wk = (k + dk) % n3
                other = sign * values[wi, wj, wk]
                if other < value or (other == value and (wi * n2 + wj) * n3 + wk < here):
                    mask |= _ONE << np.uint32(code)
                code += 1
    return mask


@kernel
def _dilate_26(mask):
    """A set of codes with all that touch it by a face, edge or corner, within the block of 27.

    The codes are the base-3 numbers (i j k), so a step along an axis is a shift by 9, 3 or 1 bits;
    the masks keep it from running into the next row or plane.
    """
    mask |= ((mask & _NOT_LAST_K) << _ONE) | ((mask & _NOT_FIRST_K) >> _ONE)
    mask |= ((mask & _NOT_LAST_J) << _THREE) | ((mask & _NOT_FIRST_J) >> _THREE)
    return mask | (mask << _NINE) | (mask >> _NINE)


@kernel
def _dilate_6(mask):
    """A set of codes with all that touch it by a face, within the block of 27."""
    along_k = ((mask & _NOT_LAST_K) << _ONE) | ((mask & _NOT_FIRST_K) >> _ONE)
    along_j = ((mask & _NOT_LAST_J) << _THREE) | ((mask & _NOT_FIRST_J) >> _THREE)
    return mask | along_k | along_j | (mask << _NINE) | (mask >> _NINE)


@kernel
def _whole_piece(mask, piece, connectivity):
    """The connected piece of ``mask`` that holds ``piece``, a connected part of it."""
    while True:
        grown = (_dilate_26(piece) if connectivity == 26 else _dilate_6(piece)) & mask
        if grown == piece:
            return piece
        piece = grown


@kernel
def _lowest_bit(mask):
    return mask & (~mask + _ONE)


@kernel
def _lowest_code(mask):
    return _BIT_OF[np.uint32(_lowest_bit(mask) * _DE_BRUIJN) >> _TO_FIVE_BITS]


@kernel
def _grown(array, count):
    """A copy twice as long, of which the first ``count`` rows are filled."""
    more = np.empty((2 * array.shape[0], *array.shape[1:]), dtype=array.dtype)
    more[:count] = array[:count]
    return more


@kernel
def _touch_itself(v, labels, sheets, count, voxel_out, ends):
    """Edges of a minimum to its own images along axes of a single voxel.

    Other voxels touch their images too, but at a level at which their basin already winds.
    """
    for axis in range(3):
        if labels.shape[axis] == 1:
            voxel_out[count] = v
            ends[count] = 0
            ends[count, :2] = sheets[labels.reshape(-1)[v], 0]
            ends[count, 2 + axis] = 1
            count += 1
    return count


@kernel
def _keep_doubtful(doubtful, masks, count, contacts, connectivity, minima, pieces):
    """Of the first ``count`` voxels keep those whose lower link may have several pieces.

    A few dilations of all links at once, which vectorise, settle nearly every voxel; what is not
    yet in one piece after them is looked at one by one, from the part found in ``pieces`` on.
    Voxels without a lower link are kept if ``minima`` is true.
    """
    link = masks[:count]
    piece = pieces[:count]
    for n in range(count):
        piece[n] = _lowest_bit(link[n] & contacts)
    if connectivity == 26:
        for _ in range(3):
            for n in range(count):
                piece[n] = _dilate_26(piece[n]) & link[n]
    else:
        for _ in range(6):
            for n in range(count):
                piece[n] = _dilate_6(piece[n]) & link[n]
    kept = 0
    for n in range(count):
        if masks[n] & contacts & ~pieces[n] or (minima and not masks[n] & contacts):
            doubtful[kept] = doubtful[n]
            masks[kept] = masks[n]
            pieces[kept] = pieces[n]
            kept += 1
    return kept


@kernel
def _edges_of_voxel(
    i, j, k, mask, piece, labels, sheets, contacts, connectivity, count, voxel_out, ends
):
    """Write one edge per further piece of the lower link of the voxel (i, j, k).

    ``piece`` is a connected part of the link around its lowest contact.

    Returns the new number of edges. The caller has made room for :data:`_MOST_EDGES`.
    """
    n1, n2, n3 = labels.shape
    v = (i * n2 + j) * n3 + k
    flat_labels = labels.reshape(-1)
    first = mask & contacts
    if first == 0:
        return _touch_itself(v, labels, sheets, count, voxel_out, ends)
    left = first & ~_whole_piece(mask, piece, connectivity)
    if left == 0:
        return count
    w, c1, c2, c3 = neighbour_of(i, j, k, _lowest_code(first), n1, n2, n3)
    r = flat_labels[w]
    a = sheets[r, 0]
    a1, a2, a3 = c1 + sheets[r, 1], c2 + sheets[r, 2], c3 + sheets[r, 3]
    while left:
        code = _lowest_code(left)
        lowest = _lowest_bit(left)
        left &= ~lowest
        if left:
            left &= ~_whole_piece(mask, lowest, connectivity)
        w, c1, c2, c3 = neighbour_of(i, j, k, code, n1, n2, n3)
        r = flat_labels[w]
        b = sheets[r, 0]
        t1 = c1 + sheets[r, 1] - a1
        t2 = c2 + sheets[r, 2] - a2
        t3 = c3 + sheets[r, 3] - a3
        if a != b or t1 != 0 or t2 != 0 or t3 != 0:
            voxel_out[count] = v
            ends[count, 0] = a
            ends[count, 1] = b
            ends[count, 2] = t1
            ends[count, 3] = t2
            ends[count, 4] = t3
            count += 1
    return count


@kernel
def find_saddles(values, sign, labels, sheets, start, stop, connectivity):
    """Edges that appear at the voxels of the planes start..stop-1.

    Returns:
        ``voxel`` (E,) int64: where the edge appears, at the level of that voxel's value;
        ``ends`` (E, 5) int32: basin a, basin b, and the cell of b's minimum relative to a's.
    """
    n1, n2, n3 = labels.shape
    contacts = CONTACTS_26 if connectivity == 26 else CONTACTS_6
    # A minimum touches its own image only across a cell of a single voxel.
    minima_touch = n1 == 1 or n2 == 1 or n3 == 1
    count = 0
    voxel_out = np.empty(2 * _MOST_EDGES * n3, dtype=np.int64)
    ends = np.empty((2 * _MOST_EDGES * n3, 5), dtype=np.int32)
    flags = np.empty(n3, dtype=np.uint8)
    masks = np.empty(n3, dtype=np.uint32)
    pieces = np.empty(n3, dtype=np.uint32)
    doubtful = np.empty(n3, dtype=np.int64)
    for i in range(start, stop):
        for j in range(n2):
            _mark_row(labels, i, j, connectivity, flags)
            inside = 0 < i < n1 - 1 and 0 < j < n2 - 1
            if inside:
                _lower_links_of_row(values, sign, i, j, masks)
            flagged = 0
            for k in range(n3):
                if not flags[k]:
                    continue
                if not inside or k == 0 or k == n3 - 1:
                    masks[k] = _lower_link_on_face(values, sign, i, j, k)
                masks[flagged] = masks[k]
                doubtful[flagged] = k
                flagged += 1
            kept = _keep_doubtful(
                doubtful, masks, flagged, contacts, connectivity, minima_touch, pieces
            )
            # Room for the whole row at once: functions that hand arrays back are slow.
            if count + _MOST_EDGES * n3 > voxel_out.shape[0]:
                voxel_out = _grown(voxel_out, count)
                ends = _grown(ends, count)
            for n in range(kept):
                count = _edges_of_voxel(
                    i, j, doubtful[n], masks[n], pieces[n], labels, sheets, contacts,
                    connectivity, count, voxel_out, ends,
                )  # fmt: skip
    return voxel_out[:count], ends[:count]
