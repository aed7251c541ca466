"""Numba kernels of the superposition: plain arrays in, plain arrays out.

Each parallel iteration owns one slab of the output and adds to it in a fixed order, so results do
not depend on the number of threads. Loop bounds come from completing the square in the quadratic
form of the distance, so a skewed or tiny cell costs no more than its share of points.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange


@njit(cache=True)
def _reduced_form(gram):  # type: ignore[no-untyped-def]
    """Complete the square: u G u = m33 (u3 + a1 u1 + a2 u2)^2 + s22 (u2 + b u1)^2 + q u1^2."""
    m33 = gram[2, 2]
    a1 = gram[0, 2] / m33
    a2 = gram[1, 2] / m33
    s22 = gram[1, 1] - gram[1, 2] * a2
    s12 = gram[0, 1] - gram[0, 2] * a2
    b = s12 / s22
    q = gram[0, 0] - gram[0, 2] * a1 - s12 * b
    return m33, a1, a2, s22, b, q


@njit(cache=True)
def _cubic(c, first, t):  # type: ignore[no-untyped-def]
    return ((c[first] * t + c[first + 1]) * t + c[first + 2]) * t + c[first + 3]


@njit(cache=True)
def _add_row(row, first, last, centre, rest, m33, core, outer, numbers):  # type: ignore[no-untyped-def]
    """Add one atom to the points ``first`` to ``last`` (unwrapped) of one periodic row.

    row: (fields, n3); the fields are v_es, n and, where a third is wanted, v_KS.
    """
    es, dn, ks = row[0], row[1], row[row.shape[0] - 1]
    all_three = row.shape[0] == 3
    n3 = row.shape[1]
    cap, core_radius, core_scale, core_step, outer_step = numbers
    core2 = core_radius * core_radius
    core_end = core.shape[0] - 1
    end = outer.shape[0] - 1
    k = first
    while k <= last:
        kk = k % n3
        stop = min(last + 1, k + n3 - kk)
        shift = kk - k
        for kw in range(kk, kk + stop - k):
            d = (kw - shift) - centre
            d2 = rest + m33 * d * d
            if d2 < core2:
                r = max(np.sqrt(d2), cap)
                x = r / (r + core_scale) / core_step
                cell = min(int(x), core_end)
                t = x - cell
                p = core[cell]
                es[kw] += _cubic(p, 0, t) / r
                dn[kw] += _cubic(p, 4, t)
                if all_three:
                    ks[kw] += _cubic(p, 8, t) / r
            else:
                x = (d2 - core2) * outer_step
                cell = min(int(x), end)
                t = x - cell
                p = outer[cell]
                es[kw] += _cubic(p, 0, t)
                dn[kw] += _cubic(p, 4, t)
                if all_three:
                    ks[kw] += _cubic(p, 8, t)
        k = stop


@njit(cache=True, parallel=True)
def add_near(fields, gram, positions, species, cores, outers, radius, numbers):  # type: ignore[no-untyped-def]
    """Add every atom's near part to ``fields``.

    fields: (2 or 3, n1, n2, n3) float64, changed in place. gram: (3, 3), dot products of the voxel
    edges. positions: (atoms, 3) in voxel units. species: (atoms,) row of ``cores`` and ``outers``
    (elements, intervals, 4 fields), see ``radial.SplitAtom``. numbers: nucleus cap, core radius,
    core scale, core step, 1 / outer step.
    """
    n1, n2 = fields.shape[1], fields.shape[2]
    m33, a1, a2, s22, b, q = _reduced_form(gram)
    reach = radius * radius
    for slab in prange(n1):
        for atom in range(positions.shape[0]):
            core = cores[species[atom]]
            outer = outers[species[atom]]
            t1, t2, t3 = positions[atom, 0], positions[atom, 1], positions[atom, 2]
            w1 = radius / np.sqrt(q)
            i_low = int(np.ceil(t1 - w1))
            i = i_low + (slab - i_low) % n1
            while i <= t1 + w1:
                u1 = i - t1
                rest1 = q * u1 * u1
                centre2 = t2 - b * u1
                w2 = np.sqrt(max(reach - rest1, 0.0) / s22)
                for j in range(int(np.ceil(centre2 - w2)), int(np.floor(centre2 + w2)) + 1):
                    rest2 = rest1 + s22 * (j - centre2) ** 2
                    centre3 = t3 - a1 * u1 - a2 * (j - t2)
                    w3 = np.sqrt(max(reach - rest2, 0.0) / m33)
                    row = j % n2
                    _add_row(
                        fields[:, slab, row],
                        int(np.ceil(centre3 - w3)),
                        int(np.floor(centre3 + w3)),
                        centre3,
                        rest2,
                        m33,
                        core,
                        outer,
                        numbers,
                    )
                i += n1


@njit(cache=True, parallel=True)
def far_coefficients(shape, gram, positions, bounds, transforms, g_max, g_step):  # type: ignore[no-untyped-def]
    """Fourier coefficients of the far parts, for ``irfftn(..., norm="forward")``.

    shape: grid (n1, n2, n3). gram: (3, 3), dot products of the reciprocal vectors (with 2 pi).
    positions: (atoms, 3) fractional, sorted by element; element e owns the atoms from
    bounds[e] to bounds[e + 1]. transforms: (elements, fields, points), already divided by the
    cell volume. Returns (fields, n1, n2, n3 // 2 + 1) complex128. Waves finer than the grid are
    folded onto the ones that take the same values on it, so the values at the grid points are
    exact.
    """
    n1, n2, n3 = shape
    fields = transforms.shape[1]
    out = np.zeros((fields, n1, n2, n3 // 2 + 1), dtype=np.complex128)
    m33, a1, a2, s22, b, q = _reduced_form(gram)
    reach = g_max * g_max
    elements = transforms.shape[0]
    atoms = positions.shape[0]
    h1_max = int(np.floor(g_max / np.sqrt(q)))
    step = np.exp(-2j * np.pi * positions[:, 2])
    for slab in prange(n1):
        wave = np.empty(atoms, dtype=np.complex128)
        h1 = -h1_max + (slab + h1_max) % n1
        while h1 <= h1_max:
            rest1 = q * h1 * h1
            centre2 = -b * h1
            w2 = np.sqrt(max(reach - rest1, 0.0) / s22)
            for h2 in range(int(np.ceil(centre2 - w2)), int(np.floor(centre2 + w2)) + 1):
                rest2 = rest1 + s22 * (h2 - centre2) ** 2
                centre3 = -a1 * h1 - a2 * h2
                w3 = np.sqrt(max(reach - rest2, 0.0) / m33)
                row = h2 % n2
                h3_low = int(np.ceil(centre3 - w3))
                for atom in range(atoms):
                    turns = h1 * positions[atom, 0] + h2 * positions[atom, 1]
                    angle = -2.0 * np.pi * (turns + h3_low * positions[atom, 2])
                    wave[atom] = complex(np.cos(angle), np.sin(angle))
                for h3 in range(h3_low, int(np.floor(centre3 + w3)) + 1):
                    column = h3 % n3
                    if column <= n3 // 2:
                        g = np.sqrt(max(rest2 + m33 * (h3 - centre3) ** 2, 0.0)) / g_step
                        cell = min(int(g), transforms.shape[2] - 3)
                        for e in range(elements):
                            structure = 0j
                            for atom in range(bounds[e], bounds[e + 1]):
                                structure += wave[atom]
                            for f in range(fields):
                                factor = _four_point(transforms[e, f], cell, g - cell)
                                out[f, slab, row, column] += factor * structure
                    for atom in range(atoms):
                        wave[atom] *= step[atom]
            h1 += n1
    return out


@njit(cache=True)
def _four_point(values, cell, t):  # type: ignore[no-untyped-def]
    """Cubic interpolation through four points; values is even about its first point."""
    before = values[abs(cell - 1)]
    v0, v1, v2 = values[cell], values[cell + 1], values[cell + 2]
    s = t + 1.0
    return (
        -before * t * (t - 1.0) * (t - 2.0) / 6.0
        + v0 * s * (t - 1.0) * (t - 2.0) / 2.0
        - v1 * s * t * (t - 2.0) / 2.0
        + v2 * s * t * (t - 1.0) / 6.0
    )
