r"""Scalar-relativistic radial waves in a spherical potential, and how they scatter.

With :math:`P = r u_l`, :math:`M = 1 + (E - v)/2c^2` (hartree units),

.. math::

    P' = 2 M Q + P/r,\qquad Q' = -Q/r + \left[\frac{l(l+1)}{2 M r^2} + v - E\right] P,

after Koelling and Harmon, J. Phys. C 10, 3107 (1977), doi 10.1088/0022-3719/10/16/019, without
spin-orbit coupling. Outside the sphere, where the potential is a constant v_0 and
:math:`k^2 = 2 (E - v_0)`, the wave is :math:`j_l(kr) \cos\delta_l - n_l(kr) \sin\delta_l`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import spherical_jn, spherical_yn

from isotunnel.errors import CannotSay

LIGHT_SPEED = 137.035999177
"""Hartree atomic units, CODATA 2022."""

STEPS = 1500
"""Runge-Kutta steps from the nucleus to the sphere, even in ln r; eta is converged to 1e-5."""

INNERMOST = 1e-5
"""Bohr, where the integration starts with the power law of the bare nucleus."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SphericalPotential:
    """A potential inside a sphere, in hartree atomic units.

    Attributes:
        nuclear_charge: Z; 0 for a model without a nucleus.
        radii: shape (n,), ascending, at least from 1e-5 (or 0) to ``radius``.
        screening: shape (n,), v(r) r + Z at ``radii``.
        radius: of the sphere.
        zero: the constant potential outside.
    """

    nuclear_charge: float
    radii: Floats
    screening: Floats
    radius: float
    zero: float


@dataclass(frozen=True)
class Scattering:
    """One angular momentum at one energy, in Rydberg units (lengths in bohr).

    Attributes:
        l: angular momentum.
        phase_shift: delta_l, radians, in (-pi/2, pi/2].
        logarithmic_derivative: R u'(R) / u(R).
        free_scatterer: N_l^(1) = (2 l + 1) int_0^R u^2 r^2 dr of the wave that goes over into
            j_l cos(delta) - n_l sin(delta) outside, bohr^3.
    """

    l: int  # noqa: E741 - the letter of the field
    phase_shift: float
    logarithmic_derivative: float
    free_scatterer: float


def scattering(
    potential: SphericalPotential,
    energy: float,
    l: int,  # noqa: E741
    *,
    relativistic: bool = True,  # noqa: E741, RUF100
) -> Scattering:
    """Phase shift, logarithmic derivative and free-scatterer density of one l.

    Args:
        potential: see :class:`SphericalPotential`.
        energy: hartree, on the potential's zero of energy, above ``potential.zero``.
        l: angular momentum.
        relativistic: False for the Schroedinger equation.

    Raises:
        CannotSay: the energy lies below the constant potential, where nothing propagates.
    """
    kinetic = energy - potential.zero
    if kinetic <= 0:
        raise CannotSay(
            f"the Fermi level lies {-kinetic * 27.2114:.2f} eV below the mean potential between "
            "the spheres: no wave propagates there, and there are no phase shifts"
        )
    r, wave, slope = radial_wave(potential, energy, l, relativistic=relativistic)
    u, du = wave[-1] / r[-1], slope
    k = math.sqrt(2.0 * kinetic)
    x = k * potential.radius
    j, n = float(spherical_jn(l, x)), float(spherical_yn(l, x))
    dj, dn = k * float(spherical_jn(l, x, True)), k * float(spherical_yn(l, x, True))
    delta = math.atan2(dj * u - j * du, dn * u - n * du)
    # Only the tangent is known: a wave of the other sign is the same wave.
    delta = math.remainder(delta, math.pi)
    outside = j * math.cos(delta) - n * math.sin(delta)
    slope_outside = dj * math.cos(delta) - dn * math.sin(delta)
    # Where the wave has a node at the sphere, its slope tells its size.
    scale = outside / u if abs(outside) * k > abs(slope_outside) else slope_outside / du
    inside = float(np.sum(_log_weights(r) * wave**2)) * scale**2
    return Scattering(l, delta, potential.radius * du / u, (2 * l + 1) * inside)


def radial_wave(
    potential: SphericalPotential,
    energy: float,
    l: int,  # noqa: E741
    *,
    relativistic: bool = True,  # noqa: E741, RUF100
) -> tuple[Floats, Floats, float]:
    """r, P = r u (both of shape (n,), the last at the sphere's radius) and u'(R), any norm."""
    start = INNERMOST
    half = np.geomspace(start, potential.radius, 2 * STEPS + 1)
    spline = CubicSpline(potential.radii, potential.screening, extrapolate=True)
    v = (spline(half) - potential.nuclear_charge) / half
    c = LIGHT_SPEED if relativistic else math.inf
    p, q = _integrate(half, v, energy, l, potential.nuclear_charge, c)
    r = half[::2]
    mass = 1.0 + (energy - v[-1]) / (2.0 * c * c)
    # P = r u, P' = 2 M Q + P / r.
    slope = float(2.0 * mass * q[-1] / r[-1])
    return r, p, slope


@nb.njit(cache=True)
def _integrate(half, v, energy, l, charge, c):  # noqa: E741
    """Fourth-order Runge-Kutta in ln r; ``half`` and ``v`` hold the midpoints too."""
    count = (half.shape[0] - 1) // 2
    h = np.log(half[2] / half[0])
    p = np.empty(count + 1)
    q = np.empty(count + 1)
    power = l + 1.0
    if c < 1e12:
        power = np.sqrt(l * (l + 1.0) + 1.0 - (charge / c) ** 2)
    p[0] = half[0] ** power
    mass = 1.0 + (energy - v[0]) / (2.0 * c * c)
    q[0] = (power - 1.0) * p[0] / (2.0 * mass * half[0])
    if c >= 1e12 and l == 0:
        # u = 1 - Z r: the first power of the wave has no slope of its own.
        q[0] = -charge * p[0] / 2.0
    for i in range(count):
        a, b = p[i], q[i]
        k1p, k1q = _slopes(half[2 * i], v[2 * i], a, b, energy, l, c)
        k2p, k2q = _slopes(
            half[2 * i + 1], v[2 * i + 1], a + h * k1p / 2, b + h * k1q / 2, energy, l, c
        )
        k3p, k3q = _slopes(
            half[2 * i + 1], v[2 * i + 1], a + h * k2p / 2, b + h * k2q / 2, energy, l, c
        )
        k4p, k4q = _slopes(half[2 * i + 2], v[2 * i + 2], a + h * k3p, b + h * k3q, energy, l, c)
        p[i + 1] = a + h * (k1p + 2 * k2p + 2 * k3p + k4p) / 6
        q[i + 1] = b + h * (k1q + 2 * k2q + 2 * k3q + k4q) / 6
    return p, q


@nb.njit(cache=True)
def _slopes(r, v, p, q, energy, l, c):  # noqa: E741
    mass = 1.0 + (energy - v) / (2.0 * c * c)
    dp = r * 2.0 * mass * q + p
    dq = -q + r * (l * (l + 1.0) / (2.0 * mass * r * r) + v - energy) * p
    return dp, dq


def _log_weights(r: Floats) -> Floats:
    """Simpson weights for an integral over r on points even in ln r (an odd number of them)."""
    h = math.log(r[1] / r[0])
    weights = np.ones(len(r))
    weights[1:-1:2] = 4.0
    weights[2:-1:2] = 2.0
    return weights * r * h / 3.0
