"""Cubic and quintic B-splines through the points around a voxel, as compiled loops.

A spline is held as a cube of coefficients with the voxel in its middle; ``pieces`` are the weights
of the nodes around a point and their first two derivatives as polynomials.

No function here calls a linear-algebra package: loading one costs more than a search.
"""

from __future__ import annotations

import numpy as np

from isotunnel.kernels import kernel


@kernel
def _combine(weights, rows, out):
    """Sum of the rows times their weights; four at a time spare loads and stores."""
    n = rows.shape[0]
    i = 0
    while i + 4 <= n:
        w0, w1, w2, w3 = weights[i], weights[i + 1], weights[i + 2], weights[i + 3]
        r0, r1, r2, r3 = rows[i], rows[i + 1], rows[i + 2], rows[i + 3]
        for x in range(out.shape[0]):
            out[x] += (w0 * r0[x] + w1 * r1[x]) + (w2 * r2[x] + w3 * r3[x])
        i += 4
    while i < n:
        w0 = weights[i]
        r0 = rows[i]
        for x in range(out.shape[0]):
            out[x] += w0 * r0[x]
        i += 1


@kernel
def along_axes(matrix, cube):
    """Apply a (m, n) matrix to all three axes of an (n, n, n) array, one after the other."""
    m, n = matrix.shape
    # The axis that is summed over comes first each time: long rows keep the processor busy.
    rows = cube.reshape(n, n * n)
    for _ in range(3):
        rows = rows.reshape(n, rows.size // n)
        summed = np.zeros((m, rows.shape[1]))
        for a in range(m):
            _combine(matrix[a], rows, summed[a])
        rows = np.ascontiguousarray(summed.T)
    return rows.reshape(m, m, m)


@kernel
def _weights(pieces, t, out):
    """Value and derivatives of each node's weight at ``t`` in [0, 1), by Horner's rule.

    As many orders as ``out`` has rows.
    """
    for order in range(out.shape[0]):
        for node in range(pieces.shape[1]):
            total = 0.0
            for power in range(pieces.shape[2] - 1, -1, -1):
                total = total * t + pieces[order, node, power]
            out[order, node] = total


@kernel
def _around(coefficients, pieces, x, lo, w):
    """Lowest node and weights (axis, order, node) around a displacement from the middle."""
    degree = pieces.shape[1] - 1
    middle = coefficients.shape[0] // 2
    for axis in range(3):
        cell = np.floor(x[axis])
        lo[axis] = int(cell) - degree // 2 + middle
        _weights(pieces, x[axis] - cell, w[axis])


@kernel
def derivatives(coefficients, pieces, x, out):
    """Value, gradient and Hessian at the displacement ``x`` in voxels from the middle.

    ``out`` (10,) receives f, the three first derivatives, then xx, yy, zz, xy, xz, yz.
    """
    size = pieces.shape[1]
    lo = np.empty(3, dtype=np.int64)
    w = np.empty((3, 3, size))
    _around(coefficients, pieces, x, lo, w)
    out[:] = 0.0
    for a in range(size):
        # Of one plane: the sum over its points weighted by value or derivatives along y and z.
        p, p_z, p_zz, p_y, p_yz, p_yy = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for b in range(size):
            row, row_z, row_zz = 0.0, 0.0, 0.0
            for c in range(size):
                value = coefficients[lo[0] + a, lo[1] + b, lo[2] + c]
                row += w[2, 0, c] * value
                row_z += w[2, 1, c] * value
                row_zz += w[2, 2, c] * value
            p += w[1, 0, b] * row
            p_z += w[1, 0, b] * row_z
            p_zz += w[1, 0, b] * row_zz
            p_y += w[1, 1, b] * row
            p_yz += w[1, 1, b] * row_z
            p_yy += w[1, 2, b] * row
        out[0] += w[0, 0, a] * p
        out[1] += w[0, 1, a] * p
        out[2] += w[0, 0, a] * p_y
        out[3] += w[0, 0, a] * p_z
        out[4] += w[0, 2, a] * p
        out[5] += w[0, 0, a] * p_yy
        out[6] += w[0, 0, a] * p_zz
        out[7] += w[0, 1, a] * p_y
        out[8] += w[0, 1, a] * p_z
        out[9] += w[0, 0, a] * p_yz


@kernel
def value_at(coefficients, pieces, x):
    """The value alone, as :func:`derivatives` has it."""
    size = pieces.shape[1]
    lo = np.empty(3, dtype=np.int64)
    w = np.empty((3, 1, size))
    _around(coefficients, pieces, x, lo, w)
    total = 0.0
    for a in range(size):
        plane = 0.0
        for b in range(size):
            row = 0.0
            for c in range(size):
                row += w[2, 0, c] * coefficients[lo[0] + a, lo[1] + b, lo[2] + c]
            plane += w[1, 0, b] * row
        total += w[0, 0, a] * plane
    return total


@kernel
def eigen_symmetric(matrix, values, vectors):
    """Eigenvalues and (columns of) eigenvectors of a symmetric 3 x 3 matrix by Jacobi rotations.

    ``matrix`` is destroyed. Reference: G. H. Golub and C. F. Van Loan, Matrix Computations, 8.5.
    """
    vectors[:] = 0.0
    for i in range(3):
        vectors[i, i] = 1.0
    for _ in range(60):
        off = abs(matrix[0, 1]) + abs(matrix[0, 2]) + abs(matrix[1, 2])
        if off == 0.0:
            break
        for p in range(2):
            for q in range(p + 1, 3):
                if matrix[p, q] == 0.0:
                    continue
                small = 1e-18 * (abs(matrix[p, p]) + abs(matrix[q, q]))
                if abs(matrix[p, q]) <= small:
                    matrix[p, q] = 0.0
                    matrix[q, p] = 0.0
                    continue
                theta = (matrix[q, q] - matrix[p, p]) / (2.0 * matrix[p, q])
                t = 1.0 / (abs(theta) + np.sqrt(theta * theta + 1.0))
                if theta < 0.0:
                    t = -t
                c = 1.0 / np.sqrt(t * t + 1.0)
                s = t * c
                for k in range(3):
                    kp, kq = matrix[k, p], matrix[k, q]
                    matrix[k, p] = c * kp - s * kq
                    matrix[k, q] = s * kp + c * kq
                for k in range(3):
                    pk, qk = matrix[p, k], matrix[q, k]
                    matrix[p, k] = c * pk - s * qk
                    matrix[q, k] = s * pk + c * qk
                for k in range(3):
                    kp, kq = vectors[k, p], vectors[k, q]
                    vectors[k, p] = c * kp - s * kq
                    vectors[k, q] = s * kp + c * kq
                matrix[p, q] = 0.0
                matrix[q, p] = 0.0
    for i in range(3):
        values[i] = matrix[i, i]
