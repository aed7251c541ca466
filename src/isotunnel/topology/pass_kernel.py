"""The pass at one saddle voxel, compiled: pieces, splines, the best path, Newton's method.

The steps are those that :mod:`isotunnel.topology.critical` explains.
"""

from __future__ import annotations

import numpy as np

from isotunnel.kernels import kernel
from isotunnel.topology.spline_kernel import along_axes, derivatives, eigen_symmetric, value_at

LONGEST_STEP = 0.25
FARTHEST_VOXELS = 2.5
FARTHEST_VALUE = 40.0
PATCH = 2
FINER = 4
_MOST_STEPS = 40
_SIDE = 2 * PATCH * FINER + 1

NOTHING, ROUGH, STATIONARY = 0, 1, 2
"""What was found: no two pieces, a point of the fine grid, a stationary point."""


@kernel
def _before(level, index, a, b):
    return level[a] < level[b] or (level[a] == level[b] and index[a] < index[b])


@kernel
def _touch(a, b, connectivity):
    """Whether two of the 27 codes are neighbours."""
    di = abs(a // 9 - b // 9)
    dj = abs((a // 3) % 3 - (b // 3) % 3)
    dk = abs(a % 3 - b % 3)
    if connectivity == 26:
        return max(di, max(dj, dk)) == 1
    return di + dj + dk == 1


@kernel
def first_pieces(window, voxel, shape, sign, connectivity, codes):
    """The lowest neighbours of the first two pieces of the lower link; how many there are, up to 2.

    Pieces come by their lowest neighbours; voxels are ordered by (value, linear index).
    """
    middle = window.shape[0] // 2
    level = np.empty(27)
    index = np.empty(27, dtype=np.int64)
    for code in range(27):
        di, dj, dk = code // 9 - 1, (code // 3) % 3 - 1, code % 3 - 1
        level[code] = sign * window[middle + di, middle + dj, middle + dk]
        i = (voxel[0] + di) % shape[0]
        j = (voxel[1] + dj) % shape[1]
        k = (voxel[2] + dk) % shape[2]
        index[code] = (i * shape[1] + j) * shape[2] + k
    left = np.zeros(27, dtype=np.bool_)
    touching = np.zeros(27, dtype=np.bool_)
    for code in range(27):
        left[code] = _before(level, index, code, 13)
        touching[code] = left[code] and _touch(code, 13, connectivity)
    found = 0
    stack = np.empty(27, dtype=np.int64)
    while found < 2:
        best = -1
        for code in range(27):
            if touching[code] and (best < 0 or _before(level, index, code, best)):
                best = code
        if best < 0:
            break
        codes[found] = best
        found += 1
        # The lowest of the piece that touches is the one it was begun from.
        stack[0] = best
        left[best] = False
        touching[best] = False
        depth = 1
        while depth > 0:
            depth -= 1
            here = stack[depth]
            for code in range(27):
                if left[code] and _touch(code, here, connectivity):
                    left[code] = False
                    touching[code] = False
                    stack[depth] = code
                    depth += 1
    return found


@kernel
def without_cusps(window):
    """Cut off values that lie far beyond those around the centre, in place."""
    n = window.shape[0]
    c = n // 2
    centre = window[c, c, c]
    reach = 0.0
    for i in range(c - PATCH, c + PATCH + 1):
        for j in range(c - PATCH, c + PATCH + 1):
            for k in range(c - PATCH, c + PATCH + 1):
                reach = max(reach, abs(window[i, j, k] - centre))
    low, high = centre - FARTHEST_VALUE * reach, centre + FARTHEST_VALUE * reach
    flat = window.reshape(-1)
    for v in range(flat.shape[0]):
        flat[v] = min(max(flat[v], low), high)


@kernel
def _sift(heap, size, value):
    """Take the lowest point off a heap ordered by (value, index); the new size."""
    size -= 1
    last = heap[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size:
            a, b = heap[child + 1], heap[child]
            if value[a] < value[b] or (value[a] == value[b] and a < b):
                child += 1
        other = heap[child]
        if value[last] < value[other] or (value[last] == value[other] and last < other):
            break
        heap[at] = other
        at = child
    heap[at] = last
    return size


@kernel
def _push(heap, size, value, point):
    at = size
    while at > 0:
        up = (at - 1) // 2
        other = heap[up]
        if value[other] < value[point] or (value[other] == value[point] and other < point):
            break
        heap[at] = other
        at = up
    heap[at] = point
    return size + 1


@kernel
def _highest_on_the_way(box, start, goal):
    """The highest value on one path of neighbours, each coordinate as soon as possible."""
    n = box.shape[0]
    i, j, k = start // (n * n), (start // n) % n, start % n
    a, b, c = goal // (n * n), (goal // n) % n, goal % n
    highest = box[i, j, k]
    while i != a or j != b or k != c:
        i += int(i < a) - int(i > a)
        j += int(j < b) - int(j > b)
        k += int(k < c) - int(k > c)
        highest = max(highest, box[i, j, k])
    return highest


@kernel
def minimax(box, start, goal):
    """Where the lowest path from ``start`` to ``goal`` in a box (26 neighbours) is highest.

    Points are linear indices, ordered by (value, index). What is reached from ``start`` without
    going higher than so far needs no order; only where that is done, the lowest point at its rim
    is taken, until ``goal`` is reached. What lies higher than some path is never looked at.
    """
    n = box.shape[0]
    middle = box.size // 2
    bound = min(
        _highest_on_the_way(box, start, goal),
        max(_highest_on_the_way(box, start, middle), _highest_on_the_way(box, middle, goal)),
    )
    # A border that counts as seen spares the question whether a neighbour exists.
    wide = n + 2
    seen = np.ones(wide * wide * wide, dtype=np.bool_)
    value = np.empty(wide * wide * wide)
    for i in range(n):
        for j in range(n):
            first = ((i + 1) * wide + j + 1) * wide + 1
            for k in range(n):
                value[first + k] = box[i, j, k]
                seen[first + k] = box[i, j, k] > bound
    steps = np.empty(26, dtype=np.int64)
    for code in range(26):
        c = code + (code >= 13)
        steps[code] = ((c // 9 - 1) * wide + (c // 3) % 3 - 1) * wide + c % 3 - 1
    inner = ((start // (n * n) + 1) * wide + (start // n) % n + 1) * wide + start % n + 1
    end = ((goal // (n * n) + 1) * wide + (goal // n) % n + 1) * wide + goal % n + 1
    rim = np.empty(n * n * n, dtype=np.int64)
    pool = np.empty(n * n * n, dtype=np.int64)
    size, depth = 0, 1
    pool[0] = inner
    seen[inner] = True
    # Every path has both ends.
    highest = inner
    if value[end] > value[inner] or (value[end] == value[inner] and end > inner):
        highest = end
    top = value[highest]
    while not seen[end]:
        while depth > 0 and not seen[end]:
            depth -= 1
            v = pool[depth]
            for s in steps:
                w = v + s
                if seen[w]:
                    continue
                seen[w] = True
                if value[w] < top or (value[w] == top and w <= highest):
                    pool[depth] = w
                    depth += 1
                else:
                    size = _push(rim, size, value, w)
        if size == 0:
            break
        if not seen[end]:
            highest = rim[0]
            top = value[highest]
            size = _sift(rim, size, value)
            pool[0] = highest
            depth = 1
    i, j, k = highest // (wide * wide) - 1, (highest // wide) % wide - 1, highest % wide - 1
    return (i * n + j) * n + k


@kernel
def window_around(values, voxel, window):
    """Fill a cube of odd edge with the periodic values around a voxel, as double precision."""
    n1, n2, n3 = values.shape
    w = window.shape[0]
    half = w // 2
    for a in range(w):
        i = (voxel[0] + a - half) % n1
        for b in range(w):
            row = values[i, (voxel[1] + b - half) % n2]
            k = (voxel[2] - half) % n3
            for c in range(w):
                window[a, b, c] = row[k]
                k += 1
                if k == n3:
                    k = 0


@kernel
def _hessian(d, matrix):
    for i in range(3):
        matrix[i, i] = d[4 + i]
    matrix[0, 1] = matrix[1, 0] = d[7]
    matrix[0, 2] = matrix[2, 0] = d[8]
    matrix[1, 2] = matrix[2, 1] = d[9]


@kernel
def newton(coefficients, pieces, x, sign, d):
    """Take ``x`` to the stationary point with one direction of descent; whether it got there.

    ``d`` receives value and derivatives there. Directions without curvature are left alone, as by
    the pseudoinverse of the Hessian.
    """
    matrix = np.empty((3, 3))
    curvature = np.empty(3)
    axes = np.empty((3, 3))
    step = np.empty(3)
    arrived = False
    for _ in range(_MOST_STEPS):
        derivatives(coefficients, pieces, x, d)
        if not np.isfinite(d[0]):
            return False
        _hessian(d, matrix)
        eigen_symmetric(matrix, curvature, axes)
        largest = max(abs(curvature[0]), max(abs(curvature[1]), abs(curvature[2])))
        step[:] = 0.0
        for e in range(3):
            if abs(curvature[e]) > 1e-9 * largest:
                along = axes[0, e] * d[1] + axes[1, e] * d[2] + axes[2, e] * d[3]
                for axis in range(3):
                    step[axis] -= axes[axis, e] * along / curvature[e]
        length = np.sqrt(step[0] ** 2 + step[1] ** 2 + step[2] ** 2)
        if not np.isfinite(length):
            return False
        scale = LONGEST_STEP / length if length > LONGEST_STEP else 1.0
        for axis in range(3):
            x[axis] += scale * step[axis]
            if abs(x[axis]) > FARTHEST_VOXELS:
                return False
        if length < 1e-9:
            arrived = True
            break
    if not arrived:
        return False
    derivatives(coefficients, pieces, x, d)
    _hessian(d, matrix)
    eigen_symmetric(matrix, curvature, axes)
    largest = max(abs(curvature[0]), max(abs(curvature[1]), abs(curvature[2])))
    slope = np.sqrt(d[1] ** 2 + d[2] ** 2 + d[3] ** 2)
    if largest == 0.0 or slope > 1e-6 * largest:
        return False
    down = 0
    for e in range(3):
        down += sign * curvature[e] < -1e-9 * largest
    return down == 1


@kernel
def _difference(quintic, pieces5, cubic, pieces3, x):
    """Mean difference of two splines at eight points a quarter voxel around ``x``."""
    total = 0.0
    corner = np.empty(3)
    for n in range(8):
        for axis in range(3):
            corner[axis] = x[axis] + (0.25 if (n >> (2 - axis)) & 1 else -0.25)
        total += abs(value_at(quintic, pieces5, corner) - value_at(cubic, pieces3, corner))
    return total / 8


@kernel
def _roughness(fine, at):
    """Largest difference of the fine grid's values next to a point."""
    n = fine.shape[0]
    i, j, k = at // (n * n), (at // n) % n, at % n
    centre = fine[i, j, k]
    largest = 0.0
    for a in range(max(i - 1, 0), min(i + 2, n)):
        for b in range(max(j - 1, 0), min(j + 2, n)):
            for c in range(max(k - 1, 0), min(k + 2, n)):
                largest = max(largest, abs(fine[a, b, c] - centre))
    return largest


@kernel
def _pass_in_window(
    window, voxel, shape, sign, connectivity, inverse5, inverse3, pieces5, pieces3, finer, out
):
    """The pass at the voxel in the middle of a window of values, which is destroyed.

    ``shape`` is that of the array that the voxel is in; the rest as for :func:`passes_of`, of one
    voxel. Returns what was found.
    """
    codes = np.empty(2, dtype=np.int64)
    if first_pieces(window, voxel, shape, sign, connectivity, codes) < 2:
        return NOTHING
    outer = (window.shape[0] - inverse3.shape[1]) // 2
    inner = window.shape[0] - outer
    smaller = np.ascontiguousarray(window[outer:inner, outer:inner, outer:inner])
    without_cusps(window)
    quintic = along_axes(inverse5, window)
    fine = along_axes(finer, quintic)
    flat = fine.reshape(-1)
    for v in range(flat.shape[0]):
        flat[v] *= sign
    ends = np.empty(2, dtype=np.int64)
    for n in range(2):
        code = codes[n]
        i = FINER * (PATCH + code // 9 - 1)
        j = FINER * (PATCH + (code // 3) % 3 - 1)
        k = FINER * (PATCH + code % 3 - 1)
        ends[n] = (i * _SIDE + j) * _SIDE + k
    at = minimax(fine, ends[0], ends[1])
    roughness = _roughness(fine, at)
    best = sign * flat[at]
    rough = np.empty(3)
    rough[0] = at // (_SIDE * _SIDE) / FINER - PATCH
    rough[1] = (at // _SIDE) % _SIDE / FINER - PATCH
    rough[2] = at % _SIDE / FINER - PATCH
    x = rough.copy()
    d = np.empty(10)
    if newton(quintic, pieces5, x, sign, d) and abs(d[0] - best) <= roughness:
        without_cusps(smaller)
        cubic = along_axes(inverse3, smaller)
        y = x.copy()
        d3 = np.empty(10)
        if not newton(cubic, pieces3, y, sign, d3):
            derivatives(cubic, pieces3, x, d3)
        around = _difference(quintic, pieces5, cubic, pieces3, x)
        out[:3] = x
        out[3] = d[0]
        out[4] = max(abs(d[0] - d3[0]), around)
        matrix = np.empty((3, 3))
        _hessian(d, matrix)
        out[5:14] = matrix.reshape(-1)
        return STATIONARY
    out[:3] = rough
    out[3] = best
    out[4] = roughness
    return ROUGH


@kernel
def passes_of(
    values, voxels, sign, connectivity, inverse5, inverse3, pieces5, pieces3, finer, what, out
):
    """The pass at each of some saddle voxels.

    Args:
        values: (n1, n2, n3), periodic.
        voxels: (n, 3) int64, indices.
        sign: +1.0 for a pass of f, -1.0 for one of -f.
        connectivity: 6 or 26.
        inverse5, inverse3: (k, w) and (k, w') from values to coefficients, quintic and cubic.
        pieces5, pieces3: weights of the nodes as polynomials.
        finer: (m, k) from quintic coefficients to points of the fine grid.
        what: (n,) int64 receives :data:`NOTHING`, :data:`ROUGH` or :data:`STATIONARY`.
        out: (n, 14) receives position (3) relative to the voxel, value, error, Hessian (9).
    """
    wide = inverse5.shape[1]
    window = np.empty((wide, wide, wide))
    shape = np.empty(3, dtype=np.int64)
    for axis in range(3):
        shape[axis] = values.shape[axis]
    for n in range(voxels.shape[0]):
        window_around(values, voxels[n], window)
        what[n] = _pass_in_window(
            window, voxels[n], shape, sign, connectivity, inverse5, inverse3, pieces5, pieces3,
            finer, out[n],
        )  # fmt: skip
