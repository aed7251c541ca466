"""Atomic levels in the crystal: the free atom's highest level, shifted by its neighbours."""

from __future__ import annotations

from functools import cache

import numpy as np
from ase import Atoms
from ase.geometry import minkowski_reduce
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from isotunnel.crystal.checks import MIN_DISTANCE_ANGSTROM
from isotunnel.fields.engines.procrystal.checks import check
from isotunnel.fields.engines.procrystal.radial import TAPER_END, times_r
from isotunnel.fields.engines.procrystal.tables import FreeAtom, Functional, free_atom

_PAIR_POINTS = 500
_NODES = 200


def atomic_levels(atoms: Atoms, functional: Functional = "PBE") -> NDArray[np.float64]:
    """First-order level of each atom in the superposed potential of all others, eV, shape (atoms,).

    E_a = e_HOMO(a) + sum over all other atoms b of the infinite crystal of <V_b>_a(|R_b - R_a|),

        <V>_a(d) = integral_0^inf u_a(r)^2 <V>(r; d) dr,
        <V>(r; d) = (1 / (2 r d)) integral_|d-r|^(d+r) v_b(s) s ds,

    where u_a is the highest occupied orbital (its subshell spherically averaged) and <V>(r; d) the
    average of the neighbour's Kohn-Sham potential over the sphere of radius r about atom a. The
    energy zero is the vacuum, as in the fields. First order in the neighbours' potential without
    orthogonalisation to their cores: in dense crystals the levels come out too low.

    Raises:
        CrystalError: an impossible crystal (see ``check_crystal``), or an element that is not in
            the table.
    """
    check(atoms)
    distances = _neighbour_distances(atoms)
    numbers = [int(z) for z in atoms.numbers]
    levels = np.array([free_atom(z, functional).homo_ev for z in numbers])
    for a, per_element in enumerate(distances):
        for z, d in per_element.items():
            levels[a] += float(np.sum(pair_shift(numbers[a], z, functional, d)))
    return levels


def pair_shift(
    level_of: int, neighbour: int, functional: Functional, distances: NDArray[np.float64]
) -> NDArray[np.float64]:
    """<V>_a(d) of :func:`atomic_levels`, eV, for distances in angstrom (at least the minimum).

    Interpolated; zero beyond the reach of the tables (25 angstrom).
    """
    d = np.asarray(distances, dtype=float)
    spline = _pair_spline(level_of, neighbour, functional)
    values = np.where(d < TAPER_END, spline(np.log(np.minimum(d, TAPER_END))) / d, 0.0)
    result: NDArray[np.float64] = values
    return result


def shift_integral(a: FreeAtom, b: FreeAtom, distances: NDArray[np.float64]) -> NDArray[np.float64]:
    """<V>_a(d) by quadrature: Gauss-Legendre on either side of the neighbour's nucleus, r = d."""
    orbital = CubicSpline(np.log(a.radii), a.homo_u)
    inner = CubicSpline(np.log(b.radii), _integrand(b)).antiderivative()
    at_first = b.r_potential[0] * b.radii[0]
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)

    def potential_moment(s: NDArray[np.float64]) -> NDArray[np.float64]:
        """integral_0^s v(t) t dt, eV angstrom^2."""
        x = np.log(np.clip(s, b.radii[0], b.radii[-1]))
        inside = at_first * np.minimum(s / b.radii[0], 1.0)
        values: NDArray[np.float64] = inside + inner(x) - inner(np.log(b.radii[0]))
        return values

    total = np.zeros_like(distances)
    for start, end in ((0.0 * distances, distances), (distances, distances + 12.0)):
        half = 0.5 * (end - start)[:, None]
        r = start[:, None] + half * (1.0 + nodes)
        u = orbital(np.log(np.clip(r, a.radii[0], a.radii[-1]))) * (r < a.radii[-1])
        d = distances[:, None]
        mean = (potential_moment(d + r) - potential_moment(np.abs(d - r))) / (2.0 * r * d)
        total += np.sum(half * weights * u**2 * mean, axis=1)
    return total


def _integrand(atom: FreeAtom) -> NDArray[np.float64]:
    """v(t) t * dt/d(ln t), so that the antiderivative in ln t is the moment."""
    return times_r(atom, "potential", np.asarray(atom.radii)) * atom.radii


@cache
def _pair_spline(level_of: int, neighbour: int, functional: Functional) -> CubicSpline:
    """d <V>_a(d) against ln d."""
    d = np.geomspace(0.9 * MIN_DISTANCE_ANGSTROM, TAPER_END, _PAIR_POINTS)
    shift = shift_integral(free_atom(level_of, functional), free_atom(neighbour, functional), d)
    return CubicSpline(np.log(d), d * shift)


def _neighbour_distances(atoms: Atoms) -> list[dict[int, NDArray[np.float64]]]:
    """For each atom, the distances within the tables' reach to all others, by atomic number."""
    cell = minkowski_reduce(np.array(atoms.cell, dtype=float), pbc=True)[0]
    fractional = np.linalg.solve(cell.T, np.asarray(atoms.positions, dtype=float).T).T % 1.0
    positions = fractional @ cell
    reach = TAPER_END + float(np.linalg.norm(cell, axis=1).sum())
    heights = 1.0 / np.linalg.norm(np.linalg.inv(cell).T, axis=1)
    counts = np.ceil(TAPER_END / heights).astype(int) + 1
    steps = np.stack(np.meshgrid(*(np.arange(-n, n + 1) for n in counts), indexing="ij"), axis=-1)
    images = steps.reshape(-1, 3) @ cell
    images = images[np.linalg.norm(images, axis=1) <= reach]
    numbers = np.asarray(atoms.numbers)
    result = []
    for a in range(len(atoms)):
        found: dict[int, NDArray[np.float64]] = {}
        for z in np.unique(numbers):
            others = positions[numbers == z] - positions[a]
            d = np.linalg.norm(others[:, None, :] + images[None, :, :], axis=2)
            if z == numbers[a]:
                own = np.argmin(np.abs(images).sum(axis=1))
                d[np.flatnonzero(np.flatnonzero(numbers == z) == a)[0], own] = np.inf
            found[int(z)] = d[d < TAPER_END]
        result.append(found)
    return result
