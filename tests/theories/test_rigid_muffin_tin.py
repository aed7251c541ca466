"""Radial waves, phase shifts and Hopfield parameters against independent solutions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp
from scipy.special import spherical_jn, spherical_yn

from isotunnel.errors import CannotSay, InputError
from isotunnel.theories.superconducting.rigid_muffin_tin.hopfield import hopfield_channels
from isotunnel.theories.superconducting.rigid_muffin_tin.radial import (
    LIGHT_SPEED,
    SphericalPotential,
    radial_wave,
    scattering,
)

RADII = np.geomspace(1e-5, 6.0, 900)


def screened_nucleus(charge: float, length: float, radius: float) -> SphericalPotential:
    """v = -Z exp(-r / length) / r, cut off smoothly so that it vanishes at ``radius``."""
    inside = np.exp(-RADII / length) * np.clip(1 - (RADII / radius) ** 4, 0, None) ** 3
    return SphericalPotential(charge, RADII, charge * (1 - inside), radius, 0.0)


def value(potential: SphericalPotential, r: float) -> float:
    screening = np.interp(r, potential.radii, potential.screening)
    return float((screening - potential.nuclear_charge) / r)


def constant(depth: float, radius: float) -> SphericalPotential:
    return SphericalPotential(0.0, RADII, -depth * RADII, radius, 0.0)


@pytest.mark.parametrize("l", range(4))
def test_without_a_scatterer_nothing_scatters(l: int) -> None:  # noqa: E741
    found = scattering(constant(0.0, 2.5), 0.4, l, relativistic=False)
    k = math.sqrt(0.8)
    free = quad(lambda r: spherical_jn(l, k * r) ** 2 * r**2, 0, 2.5, epsabs=1e-13)[0]
    assert abs(found.phase_shift) < 1e-8
    assert found.free_scatterer == pytest.approx((2 * l + 1) * free, rel=1e-6)


def test_free_electrons_have_no_hopfield_parameter() -> None:
    waves = [scattering(constant(0.0, 2.5), 0.4, l, relativistic=False) for l in range(4)]  # noqa: E741
    channels = hopfield_channels(1.0, [w.phase_shift for w in waves], [1.0] * 4)
    assert sum(c.hopfield_ev_per_angstrom2 for c in channels) < 1e-12


@pytest.mark.parametrize("depth", [0.3, 1.7, -0.5])
@pytest.mark.parametrize("l", range(4))
def test_square_well(depth: float, l: int) -> None:  # noqa: E741
    energy, radius = 0.6, 2.2
    inner, outer = math.sqrt(2 * (energy + depth)), math.sqrt(2 * energy)
    slope = inner * spherical_jn(l, inner * radius, True) / spherical_jn(l, inner * radius)
    top = outer * spherical_jn(l, outer * radius, True) - slope * spherical_jn(l, outer * radius)
    bottom = outer * spherical_yn(l, outer * radius, True) - slope * spherical_yn(l, outer * radius)
    found = scattering(constant(depth, radius), energy, l, relativistic=False)
    assert math.tan(found.phase_shift) == pytest.approx(top / bottom, rel=1e-5, abs=1e-8)
    assert abs(found.phase_shift) > 1e-6


@pytest.mark.parametrize("l", range(4))
def test_numerov_agrees(l: int) -> None:  # noqa: E741
    potential, energy = screened_nucleus(13.0, 0.6, 2.6), 0.35
    h = 2e-4
    r = np.arange(1, round(2.6 / h) + 2) * h
    f = l * (l + 1) / r**2 + 2 * (np.array([value(potential, x) for x in r]) - energy)
    p = np.zeros(len(r))
    p[0], p[1] = (x ** (l + 1) * (1 - 13.0 * x / (l + 1)) for x in r[:2])
    w = 1 - h * h * f / 12
    for i in range(1, len(r) - 1):
        p[i + 1] = ((12 - 10 * w[i]) * p[i] - w[i - 1] * p[i - 1]) / w[i + 1]
    slope = (p[-1] - p[-3]) / (2 * h)
    expected = r[-2] * slope / p[-2] - 1
    found = scattering(potential, energy, l, relativistic=False)
    assert found.logarithmic_derivative == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize("charge", [1.0, 41.0, 82.0])
@pytest.mark.parametrize("l", [0, 1, 2, 3])
def test_another_solver_of_the_scalar_relativistic_equation(charge: float, l: int) -> None:  # noqa: E741
    """The second-order equation for u of Koelling and Harmon, by an adaptive method."""
    potential, energy = screened_nucleus(charge, 0.5, 2.7), 0.4
    c = LIGHT_SPEED

    def equation(r: float, y: np.ndarray) -> list[float]:
        v, d = value(potential, r), 1e-6 * r
        dv = (value(potential, r + d) - value(potential, r - d)) / (2 * d)
        mass = 1 + (energy - v) / (2 * c * c)
        # u'' + (2/r + v'/(2 M c^2)) u' = [l(l+1)/r^2 + 2 M (v - E)] u
        u, du = y
        bend = (l * (l + 1) / r**2 + 2 * mass * (v - energy)) * u
        return [du, bend - (2 / r + dv / (2 * mass * c * c)) * du]

    start = 2e-4
    r, p, slope = radial_wave(potential, energy, l)
    u = p / r
    first = int(np.searchsorted(r, start))
    inside = (u[first + 1] - u[first - 1]) / (r[first + 1] - r[first - 1])
    other = solve_ivp(
        equation, (r[first], 2.7), [u[first], inside], method="DOP853", rtol=1e-9, max_step=0.02
    )
    # Near a node the logarithmic derivative is huge; its angle is what scatters.
    angles = [math.atan(slope / u[-1]), math.atan(other.y[1, -1] / other.y[0, -1])]
    assert math.remainder(angles[0] - angles[1], math.pi) == pytest.approx(0.0, abs=4e-3)


def test_relativity_vanishes_for_light_nuclei_and_matters_for_heavy_ones() -> None:
    def difference(charge: float) -> float:
        potential = screened_nucleus(charge, 0.5, 2.7)
        with_, without = (
            scattering(potential, 0.4, 0, relativistic=flag).phase_shift for flag in (True, False)
        )
        return abs(math.remainder(with_ - without, math.pi))

    assert difference(1.0) < 1e-4
    assert difference(82.0) > 0.05


@pytest.mark.parametrize("l", range(3))
def test_phase_shifts_are_the_matrix_element_of_the_force(l: int) -> None:  # noqa: E741
    """int u_l (dv/dr) u_{l+1} r^2 dr = sin(delta_l - delta_{l+1}), in Rydberg units."""
    potential, energy = screened_nucleus(5.0, 0.7, 2.4), 0.5
    radial = []
    for k in (l, l + 1):
        r, p, _ = radial_wave(potential, energy, k, relativistic=False)
        wave = scattering(potential, energy, k, relativistic=False)
        norm = np.trapezoid(p**2, r)
        radial.append(p * math.sqrt(wave.free_scatterer / (2 * k + 1) / norm))
    force = np.gradient(np.array([2 * value(potential, x) for x in r]), r)
    element = np.trapezoid(radial[0] * radial[1] * force, r)
    shifts = [scattering(potential, energy, k, relativistic=False).phase_shift for k in (l, l + 1)]
    assert abs(element) == pytest.approx(abs(math.sin(shifts[0] - shifts[1])), rel=2e-3)
    assert abs(element) > 0.01


@pytest.mark.parametrize("l", range(4))
def test_the_radius_may_grow_where_the_potential_has_ended(l: int) -> None:  # noqa: E741
    small, energy = screened_nucleus(20.0, 0.4, 2.0), 0.4
    large = SphericalPotential(20.0, small.radii, small.screening, 3.1, 0.0)
    deltas = [scattering(p, energy, l, relativistic=False).phase_shift for p in (small, large)]
    assert math.sin(deltas[0] - deltas[1]) == pytest.approx(0.0, abs=1e-4)


PUBLISHED = {
    # Phase shifts, v_l (with the factor sqrt(E_F) / pi), E_F (Ry), N (per Ry and spin): Tables II
    # and IV of Papaconstantopoulos et al. (1977), as MuST's source code quotes them.
    "Nb": ((-0.932, -0.363, 1.142, 0.007), (0.807, 2.927, 0.681, 3.845), 0.676, 9.71),
    "V": ((-0.691, -0.173, 1.030, 0.003), (0.550, 2.842, 0.634, 6.935), 0.675, 12.70),
    "Ti": ((-0.641, -0.157, 0.754, 0.003), (0.414, 3.101, 0.788, 6.382), 0.588, 12.38),
}


@pytest.mark.parametrize(("element", "eta"), [("Nb", 7.62), ("V", 6.90), ("Ti", 4.84)])
def test_published_inputs_in_the_old_convention(element: str, eta: float) -> None:
    shifts, ratios, fermi, density = PUBLISHED[element]
    modern = [v * math.sqrt(fermi) / math.pi for v in ratios]
    channels = hopfield_channels(density, shifts, modern)
    old = sum(
        2 * (l + 1) * math.sin(shifts[l] - shifts[l + 1]) ** 2 * ratios[l] * ratios[l + 1]
        for l in range(3)  # noqa: E741
    )
    by_hand = fermi / (math.pi**2 * density) * old * 13.605693 / 0.529177**2
    total = sum(c.hopfield_ev_per_angstrom2 for c in channels)
    assert total == pytest.approx(by_hand, rel=1e-6)
    assert total == pytest.approx(eta, abs=0.01)
    # Scattering from d to f carries most of it in all three.
    assert channels[2].name == "df"
    assert channels[2].hopfield_ev_per_angstrom2 > 0.5 * total


def test_no_waves_below_the_constant_potential() -> None:
    with pytest.raises(CannotSay, match="below the mean potential"):
        scattering(constant(0.0, 2.0), -0.1, 0)


def test_no_density_no_hopfield_parameter() -> None:
    with pytest.raises(InputError, match="no metal"):
        hopfield_channels(0.0, [0.1, 0.2], [1.0, 1.0])
