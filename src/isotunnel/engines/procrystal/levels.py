"""Atomic levels in the crystal: the free atom's highest level, shifted by its neighbours."""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np
from ase import Atoms
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from isotunnel.crystal.checks import MIN_DISTANCE_ANGSTROM
from isotunnel.engines.procrystal.checks import check
from isotunnel.engines.procrystal.level_kernel import integrate_pair
from isotunnel.engines.procrystal.level_xc import (
    DEFAULT_RULE,
    Rule,
    core_potential,
    smooth_shift,
)
from isotunnel.engines.procrystal.neighbours import distinct_atoms, neighbours_of
from isotunnel.engines.procrystal.radial import TAPER_END, gauss_legendre, times_r
from isotunnel.engines.procrystal.tables import (
    DEFAULT_FUNCTIONAL,
    FreeAtom,
    Functional,
    free_atom,
)
from isotunnel.engines.procrystal.treatment import DEFAULT_XC, XcTreatment, check_xc

_PAIR_POINTS = 250
_NODES = 200

Part = Literal["potential", "electrostatic", "core_xc"]
_PARTS: dict[XcTreatment, tuple[Part, ...]] = {
    "superposed": ("potential",),
    "summed_density": ("electrostatic", "core_xc"),
}


def atomic_levels(
    atoms: Atoms,
    functional: Functional = DEFAULT_FUNCTIONAL,
    xc: XcTreatment = DEFAULT_XC,
    rule: Rule = DEFAULT_RULE,
) -> NDArray[np.float64]:
    """First-order level of each atom in the potential of the crystal, eV, shape (atoms,).

    E_a = e_HOMO(a) + <V_crystal - V_a>_a, the mean over the atom's highest occupied orbital u_a
    (its subshell spherically averaged) of what the crystal adds to the atom's own potential. With
    xc = "summed_density" that is

        sum_b <v_es,b>_a(|R_b - R_a|) + integral of rho_a (v_xc[n] - v_xc[n_a]),

    the sum over all other atoms b of the infinite crystal, the integral over space (see
    ``level_xc``; 3 meV); with "superposed" the sum of the neighbours' whole Kohn-Sham potentials.
    The pairs are integrated exactly,

        <v>_a(d) = integral_0^inf u_a(r)^2 <v>(r; d) dr,
        <v>(r; d) = (1 / (2 r d)) integral_|d-r|^(d+r) v_b(s) s ds,

    where <v>(r; d) is the average of v_b over the sphere of radius r about atom a. The energy zero
    is the vacuum, as in the fields. Atoms that a symmetry of the crystal exchanges have one level.

    Limits: the orbital is the free atom's. It is not orthogonalised to the neighbours' cores, into
    which it reaches in a dense crystal and where the potential is deep, so there the levels come
    out too low, by an amount that is not estimated: hydrogen's lies 20 eV below the free atom's in
    H3S at 200 GPa.

    Raises:
        CrystalError: an impossible crystal (see ``check_crystal``), or an element that is not in
            the table.
        EngineError: see ``treatment.check_xc``.
    """
    check_xc(functional, xc)
    check(atoms)
    first = distinct_atoms(atoms)
    unique = np.unique(first)
    levels = np.empty(len(atoms))
    for a, around in zip(unique, neighbours_of(atoms, unique), strict=True):
        number = int(atoms.numbers[a])
        level = free_atom(number, functional).homo_ev
        for z in np.unique(around.numbers):
            d = around.distances[around.numbers == z]
            level += float(np.sum(pair_shift(number, int(z), functional, d, xc)))
        if xc == "summed_density":
            level += smooth_shift(number, around, functional, rule)
        levels[first == a] = level
    return levels


def pair_shift(
    level_of: int,
    neighbour: int,
    functional: Functional,
    distances: NDArray[np.float64],
    xc: XcTreatment = DEFAULT_XC,
) -> NDArray[np.float64]:
    """What one neighbour adds to the pairwise part of :func:`atomic_levels`, eV.

    With "superposed" that is <V_KS,b>_a(d), with "summed_density" <v_es,b + c_b>_a(d), c_b the core
    part of the neighbour's v_xc (see ``level_xc``). Distances in angstrom, at least the minimum.
    Interpolated; zero beyond the reach of the tables (25 angstrom).
    """
    d = np.asarray(distances, dtype=float)
    spline = _pair_spline(level_of, neighbour, functional, xc)
    values = np.where(d < TAPER_END, spline(np.log(np.minimum(d, TAPER_END))) / d, 0.0)
    result: NDArray[np.float64] = values
    return result


def shift_integral(
    a: FreeAtom, b: FreeAtom, distances: NDArray[np.float64], *parts: Part
) -> NDArray[np.float64]:
    """<v>_a(d) by quadrature: Gauss-Legendre on either side of the neighbour's nucleus, r = d.

    v is the sum of the parts.
    """
    nodes, weights = gauss_legendre(_NODES)
    values: NDArray[np.float64] = integrate_pair(
        np.asarray(distances, dtype=float),
        nodes,
        weights,
        *_orbital(a),
        *_moment(b, parts),
    )
    return values


@cache
def _orbital(atom: FreeAtom) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """ln r and the cubics of the highest orbital, shape (intervals, 4)."""
    spline = CubicSpline(np.log(atom.radii), atom.homo_u)
    return spline.x, np.ascontiguousarray(spline.c.T)


@cache
def _moment(
    atom: FreeAtom, parts: tuple[Part, ...]
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """ln s, the quartics of the antiderivative of v s^2 in ln s, and v s^2 at the first s."""
    integrand = np.sum([_integrand(atom, part) for part in parts], axis=0)
    spline = CubicSpline(np.log(atom.radii), integrand).antiderivative()
    return spline.x, np.ascontiguousarray(spline.c.T), float(integrand[0])


def _integrand(atom: FreeAtom, part: Part) -> NDArray[np.float64]:
    """v(t) t * dt/d(ln t), so that the antiderivative in ln t is the moment."""
    r = np.asarray(atom.radii)
    if part == "core_xc":
        return core_potential(atom, r) * r**2
    return times_r(atom, part, r) * r


@cache
def _pair_spline(
    level_of: int, neighbour: int, functional: Functional, xc: XcTreatment
) -> CubicSpline:
    """d <v>_a(d) against ln d."""
    d = np.geomspace(0.9 * MIN_DISTANCE_ANGSTROM, TAPER_END, _PAIR_POINTS)
    a, b = free_atom(level_of, functional), free_atom(neighbour, functional)
    return CubicSpline(np.log(d), d * shift_integral(a, b, d, *_PARTS[xc]))
