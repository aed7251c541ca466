"""Radial functions of a free atom: interpolation, and the split into a near and a far part.

A sum over all atoms of a crystal of f(|r - R|) is slow where f reaches far, and a Fourier sum is
slow where f has a cusp. So f is split with a smooth switch

    w(r) = erfc((SWITCH_CENTRE - r) / SWITCH_WIDTH) / 2
    f = (1 - w) f  +  w f
        near          far

``near`` vanishes (to 1e-10 of f) beyond ``NEAR_RADIUS`` and is summed in real space. ``far`` has no
cusp, so its Fourier transform falls off as exp(-(SWITCH_WIDTH G)^2/4) and is summed over the
reciprocal vectors up to ``G_MAX``. The split is exact for any w. The error does not depend on the
cell or the grid: within 1e-6 of the density anywhere; over all elements, at most 1e-6 eV and 2e-8
electrons/angstrom^3 beyond 1 angstrom from the nuclei and 2e-5 eV at them; in PBE 6e-5 eV and 6e-4
eV, for the alkali and alkaline-earth atoms, whose v_xc has a sharp step between core and valence
shell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import erfc

from isotunnel.engines.procrystal.tables import FreeAtom, Functional, free_atom

Quantity = Literal["potential", "electrostatic", "density"]
QUANTITIES: tuple[Quantity, ...] = ("electrostatic", "density", "potential")
"""In the order of the tables; what is summed is the first two or all three."""

NUCLEUS_CAP = 0.01
"""Angstrom: nearer to a nucleus than this, a field keeps the value it has at this distance."""
TAPER_START, TAPER_END = 20.0, 25.0
"""Angstrom: between these radii every atomic function is brought to zero by a smooth step."""

SWITCH_CENTRE = 2.2
SWITCH_WIDTH = 0.5
NEAR_RADIUS = 4.45
G_MAX = 25.0

_NEAR_POINTS = 2048
_LEAD_IN = 16
"""Knots of the outer table's spline inside ``CORE_RADIUS``, used for fitting only: the end of a
spline, where the density is steepest, would be ten times worse than its middle."""
CORE_RADIUS = 0.5
"""Angstrom: two near tables meet here, so that nearly all points need neither root nor quotient."""
CORE_SCALE = 0.25
CORE_STEP = CORE_RADIUS / (CORE_RADIUS + CORE_SCALE) / (_NEAR_POINTS - 1)
"""The core table is uniform in x = r / (r + CORE_SCALE): fine at the nucleus."""
OUTER_STEP = (NEAR_RADIUS**2 - CORE_RADIUS**2) / (_NEAR_POINTS - 1)
"""The outer table is uniform in r^2 - CORE_RADIUS^2."""

_FAR_STEP = 0.02
_FAR_TRANSFORM = 1 << 15
FAR_G_STEP = 2 * np.pi / (_FAR_TRANSFORM * _FAR_STEP)
_FAR_POINTS = int(G_MAX / FAR_G_STEP) + 3


@dataclass(frozen=True, eq=False)
class SplitAtom:
    """One element's near and far parts, as the kernels want them.

    Attributes:
        core: shape (intervals, 12), near part within ``CORE_RADIUS``: cubic coefficients (highest
            power first) in the local coordinate of x, four each for r v_es, n and r v_KS.
        outer: the same between ``CORE_RADIUS`` and ``NEAR_RADIUS``, in the local coordinate of
            r^2, for v_es, n and v_KS themselves.
        far: shape (3, points), Fourier transforms at multiples of ``FAR_G_STEP``, of v_es and
            v_KS (eV angstrom^3, rows 0 and 2) and n (electrons, row 1).
    """

    core: NDArray[np.float64]
    outer: NDArray[np.float64]
    far: NDArray[np.float64]


def times_r(atom: FreeAtom, quantity: Quantity, r: NDArray[np.float64]) -> NDArray[np.float64]:
    """r f(r) for a potential in eV angstrom, f(r) itself for the density in 1/angstrom^3.

    Inside the first tabulated radius the value there is kept; between ``TAPER_START`` and
    ``TAPER_END`` the function goes smoothly to zero, and it is zero beyond.
    """
    x = np.log(np.clip(r, atom.radii[0], atom.radii[-1]))
    values = _table_spline(atom, quantity)(x)
    if quantity == "density":
        values = np.exp(values)
    result: NDArray[np.float64] = values * _taper(r)
    return result


@cache
def _table_spline(atom: FreeAtom, quantity: Quantity) -> CubicSpline:
    """The tabulated function (ln n of the density) against ln r."""
    table = {
        "potential": atom.r_potential,
        "electrostatic": atom.r_electrostatic,
        "density": atom.ln_density,
    }[quantity]
    return CubicSpline(np.log(atom.radii), table)


def radial_value(atom: FreeAtom, quantity: Quantity, r: NDArray[np.float64]) -> NDArray[np.float64]:
    """f(r): potentials in eV, density in 1/angstrom^3, with r capped from below at NUCLEUS_CAP."""
    capped = np.maximum(r, NUCLEUS_CAP)
    values = times_r(atom, quantity, capped)
    return values if quantity == "density" else values / capped


@cache
def split_atom(atomic_number: int, functional: Functional) -> SplitAtom:
    """Near and far parts of one element, computed once per process."""
    atom = free_atom(atomic_number, functional)
    core, outer = _near_tables(atom)
    return SplitAtom(core=core, outer=outer, far=_far_transforms(atom))


def _switch(r: NDArray[np.float64]) -> NDArray[np.float64]:
    values: NDArray[np.float64] = 0.5 * erfc((SWITCH_CENTRE - r) / SWITCH_WIDTH)
    return values


def _taper(r: NDArray[np.float64]) -> NDArray[np.float64]:
    t = np.clip((r - TAPER_START) / (TAPER_END - TAPER_START), 0.0, 1.0)
    values: NDArray[np.float64] = 1.0 - t**3 * (10.0 - 15.0 * t + 6.0 * t**2)
    return values


def _near_tables(atom: FreeAtom) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x = CORE_STEP * np.arange(_NEAR_POINTS)
    r_core = CORE_SCALE * x / (1.0 - x)
    r_outer = np.sqrt(CORE_RADIUS**2 + OUTER_STEP * np.arange(-_LEAD_IN, _NEAR_POINTS))
    core, outer = [], []
    for quantity in QUANTITIES:
        core.append(times_r(atom, quantity, r_core) * (1.0 - _switch(r_core)))
        values = radial_value(atom, quantity, r_outer) * (1.0 - _switch(r_outer))
        outer.append(values)
    return _cubics(core), np.ascontiguousarray(_cubics(outer)[_LEAD_IN:])


def _cubics(rows: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Spline coefficients in powers of the fraction of an interval, shape (intervals, 12)."""
    blocks = [CubicSpline(np.arange(len(values)), values).c.T for values in rows]
    return np.ascontiguousarray(np.hstack(blocks))


def _far_transforms(atom: FreeAtom) -> NDArray[np.float64]:
    """f(G) = (4 pi / G) integral r f(r) sin(G r) dr of the far parts."""
    r: NDArray[np.float64] = _FAR_STEP * np.arange(1.0, 1 + int(TAPER_END / _FAR_STEP) + 1)
    g = FAR_G_STEP * np.arange(1, _FAR_POINTS)
    rows = []
    for quantity in QUANTITIES:
        rf = times_r(atom, quantity, r) * _switch(r)
        if quantity == "density":
            rf = rf * r
        padded = np.concatenate(([0.0], rf))
        sine = -np.fft.rfft(padded, n=_FAR_TRANSFORM).imag[1:_FAR_POINTS]
        zero = np.sum(rf * r)
        rows.append(4 * np.pi * _FAR_STEP * np.concatenate(([zero], sine / g)))
    return np.array(rows)


@cache
def gauss_legendre(count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes in [-1, 1] and weights of Gauss-Legendre quadrature, read-only."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    nodes.flags.writeable = weights.flags.writeable = False
    return nodes, weights
