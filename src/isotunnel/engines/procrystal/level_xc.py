"""Exchange-correlation shift of an atomic level: v_xc of the summed density less the atom's own.

The shift is the integral over space of rho (v_xc[n] - v_xc[n_a]), rho the spherical density of the
orbital, n_a the atom's density and n that of the crystal. v_xc[n] has a cusp at every neighbour's
nucleus, where n is nearly the neighbour's own density. So its core part,

    c_b(r) = s(r) v_xc[n_b(r)],    s = 1 up to ``CORE_START``, 0 from ``CORE_END`` on,

is taken out of the integrand here and integrated exactly, pair by pair, in ``levels``. What is left
is smooth and bounded, and is summed over Gauss-Legendre radii (in the square root of r) and a
Gauss product rule of directions about the atom.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.spatial.transform import Rotation

from isotunnel.engines.procrystal.neighbours import Neighbours
from isotunnel.engines.procrystal.radial import gauss_legendre
from isotunnel.engines.procrystal.tables import FreeAtom, Functional, free_atom
from isotunnel.engines.procrystal.xc import lda_potential, vxc_at

CORE_START, CORE_END = 0.3, 1.5
"""Angstrom: between these radii the core part goes smoothly to zero."""
RADII = 32
"""Points along the radius."""
DEGREE = 12
"""Most polar angles on a shell; twice as many azimuths. Small shells have fewer."""
ORBITAL_LEFT_OUT = 2e-5
"""Share of the orbital outside the largest radius."""
SMALLEST_DENSITY = 3e-6
"""1/angstrom^3: a neighbour's density below this is left out."""

_INNER = 0.5
_INNER_POINTS = 512
_OUTER_POINTS = 4096
_HANDS = 8
_GOLDEN = np.array([0.8191725134, 0.6710436067, 0.5497004779])
"""Powers of 1/1.2207440846, which spread points evenly in three dimensions."""


@dataclass(frozen=True)
class Rule:
    """How finely to integrate."""

    radii: int = RADII
    degree: int = DEGREE


DEFAULT_RULE = Rule()


def core_potential(atom: FreeAtom, r: NDArray[np.float64]) -> NDArray[np.float64]:
    """c_b(r) in eV at ``r`` in angstrom."""
    x = np.log(np.clip(r, atom.radii[0], atom.radii[-1]))
    density = np.exp(CubicSpline(np.log(atom.radii), atom.ln_density)(x))
    t = np.clip((r - CORE_START) / (CORE_END - CORE_START), 0.0, 1.0)
    values: NDArray[np.float64] = lda_potential(density) * (1.0 - t**3 * (10 - 15 * t + 6 * t**2))
    return values


def smooth_shift(
    level_of: int, neighbours: Neighbours, functional: Functional, rule: Rule = DEFAULT_RULE
) -> float:
    """Integral of rho (v_xc[n] - v_xc[n_a] - sum_b c_b) in eV, to about 3 meV with the default."""
    r, weights, own = _shells(level_of, functional, rule.radii)
    points, solid, starts = _directions(tuple(_degrees(r, rule.degree)))
    unique, species = np.unique(neighbours.numbers, return_inverse=True)
    tables = [_table(int(z), functional) for z in unique]
    reach = np.array([t.reach for t in tables])
    near = neighbours.distances < r[-1] + reach[species] if len(unique) else np.zeros(0, bool)
    if not near.any():
        return 0.0
    shells = integrate_shells(
        r,
        own,
        points,
        solid,
        starts,
        neighbours.vectors[near],
        neighbours.distances[near],
        species[near],
        np.array([t.inner for t in tables]),
        np.array([t.outer for t in tables]),
        reach,
    )
    return float(np.sum(weights * shells))


@njit(cache=True, parallel=True)
def integrate_shells(  # type: ignore[no-untyped-def]
    r, own, points, solid, starts, vectors, distances, species, inner, outer, reach
):
    """Mean over directions of v_xc[n] - v_xc[n_a] - sum_b c_b on each shell, eV, shape (radii,).

    r: (radii,) angstrom, with the atom's own density ``own``. points: (directions, 3) unit vectors
    of weights ``solid``, those of shell i from starts[i] to starts[i + 1]. vectors, distances,
    species: the neighbours, nearest first. inner, outer: (elements, intervals, 4), cubics of ln n
    in r up to ``_INNER`` and of n in r^2 from there to ``reach`` (elements,).
    """
    out = np.zeros(r.shape[0])
    order = np.argsort(np.arange(r.shape[0]) % _HANDS, kind="mergesort")
    farthest = reach.max()
    reach2 = reach * reach
    inner2 = _INNER * _INNER
    per_inner = inner.shape[1] / _INNER
    per_outer = outer.shape[1] / (reach2 - inner2)
    for task in prange(r.shape[0]):
        # Threads get runs of tasks, and large shells cost more: deal them out like cards.
        shell = order[task]
        first = np.searchsorted(distances, r[shell] - farthest)
        last = np.searchsorted(distances, r[shell] + farthest)
        before = vxc_at(own[shell])
        mean = 0.0
        for p in range(starts[shell], starts[shell + 1]):
            x, y, z = r[shell] * points[p, 0], r[shell] * points[p, 1], r[shell] * points[p, 2]
            density = own[shell]
            core = 0.0
            for b in range(first, last):
                e = species[b]
                d2 = (vectors[b, 0] - x) ** 2 + (vectors[b, 1] - y) ** 2 + (vectors[b, 2] - z) ** 2
                if d2 >= reach2[e]:
                    continue
                if d2 > inner2:
                    u = (d2 - inner2) * per_outer[e]
                    cell = min(int(u), outer.shape[1] - 1)
                    c = outer[e, cell]
                    t = u - cell
                    n = ((c[0] * t + c[1]) * t + c[2]) * t + c[3]
                else:
                    u = math.sqrt(d2) * per_inner
                    cell = min(int(u), inner.shape[1] - 1)
                    c = inner[e, cell]
                    t = u - cell
                    n = math.exp(((c[0] * t + c[1]) * t + c[2]) * t + c[3])
                density += n
                if d2 < CORE_END * CORE_END:
                    s = max((math.sqrt(d2) - CORE_START) / (CORE_END - CORE_START), 0.0)
                    core += vxc_at(n) * (1.0 - s * s * s * (10.0 - 15.0 * s + 6.0 * s * s))
            mean += solid[p] * (vxc_at(density) - before - core)
        out[shell] = mean
    return out


@cache
def _shells(
    level_of: int, functional: Functional, count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Radii, weights (with u^2, summing to 1) and the atom's density at the radii."""
    atom = free_atom(level_of, functional)
    x = np.log(atom.radii)
    enclosed = CubicSpline(x, atom.homo_u**2 * atom.radii).antiderivative()(x)
    outside = enclosed[-1] - enclosed
    largest = float(atom.radii[np.flatnonzero(outside > ORBITAL_LEFT_OUT * enclosed[-1])[-1] + 1])
    nodes, weights = gauss_legendre(count)
    t = 0.5 * (nodes + 1.0)
    r = largest * t**2
    at = np.log(np.maximum(r, atom.radii[0]))
    weights = weights * t * largest * CubicSpline(x, atom.homo_u)(at) ** 2
    return r, weights / weights.sum(), np.exp(CubicSpline(x, atom.ln_density)(at))


def _degrees(r: NDArray[np.float64], most: int) -> list[int]:
    """Polar angles of each shell: the same detail takes more of them on a larger shell."""
    return [int(n) for n in np.minimum(np.ceil(most * (0.4 + 0.2 * r)), most)]


@cache
def _directions(
    degrees: tuple[int, ...],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Directions of all shells, their weights, and where each shell starts among them.

    On each shell a product rule exact for spherical harmonics up to l = 2 degree - 1, turned
    differently from shell to shell, so that what higher harmonics add averages out.
    """
    points, solid = [], []
    for shell, degree in enumerate(degrees):
        cosine, weight = gauss_legendre(degree)
        azimuth = np.pi / degree * np.arange(2 * degree)
        sine = np.sqrt(1.0 - cosine**2)
        grid = np.empty((degree, 2 * degree, 3))
        grid[..., 0] = sine[:, None] * np.cos(azimuth)
        grid[..., 1] = sine[:, None] * np.sin(azimuth)
        grid[..., 2] = cosine[:, None]
        a, b, c = (shell + 1) * _GOLDEN % 1.0
        turn = Rotation.from_euler("zyz", [2 * np.pi * a, np.arccos(1 - 2 * b), 2 * np.pi * c])
        points.append(grid.reshape(-1, 3) @ turn.as_matrix())
        solid.append(np.repeat(weight / (4 * degree), 2 * degree))
    starts = np.concatenate(([0], np.cumsum([len(s) for s in solid])))
    return np.concatenate(points), np.concatenate(solid), starts.astype(np.int64)


@dataclass(frozen=True, eq=False)
class _Table:
    """A neighbour's density as ``integrate_shells`` wants it."""

    inner: NDArray[np.float64]
    outer: NDArray[np.float64]
    reach: float


@cache
def _table(atomic_number: int, functional: Functional) -> _Table:
    atom = free_atom(atomic_number, functional)
    spline = CubicSpline(np.log(atom.radii), atom.ln_density)
    reach = float(atom.radii[np.searchsorted(-atom.ln_density, -np.log(SMALLEST_DENSITY))])
    r_inner = np.maximum(np.linspace(0.0, _INNER, _INNER_POINTS), atom.radii[0])
    r_outer = np.sqrt(np.linspace(_INNER**2, reach**2, _OUTER_POINTS))
    inner = CubicSpline(np.arange(_INNER_POINTS), spline(np.log(r_inner)))
    outer = CubicSpline(np.arange(_OUTER_POINTS), np.exp(spline(np.log(r_outer))))
    return _Table(np.ascontiguousarray(inner.c.T), np.ascontiguousarray(outer.c.T), reach)
