"""The gap, free energy and universal ratios of the non-linear Eliashberg equations."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from isotunnel.errors import CannotSay, InputError
from isotunnel.theories.superconducting import bcs_gap
from isotunnel.theories.superconducting.alpha2f import Alpha2F, read_alpha2f
from isotunnel.theories.superconducting.critical_fields import strong_coupling_field_factor
from isotunnel.theories.superconducting.eliashberg import (
    Settings,
    critical_field_t,
    critical_temperature,
    gap_ratio,
    solve_gap,
    specific_heat_jump,
)
from isotunnel.theories.superconducting.eliashberg.pade import pade

DATA = Path(__file__).parents[1] / "data" / "alpha2f"
FREE = Settings(0.0)


def einstein(coupling: float) -> Alpha2F:
    return Alpha2F.einstein(0.02, coupling)


def niobium() -> Alpha2F:
    return read_alpha2f(DATA / "Nb_IsoME_column15.dat")


def residuals(spectrum: Alpha2F, solution) -> tuple[float, float]:
    """Both equations written out as double sums over both signs, over their size."""
    t, mu_star = solution.temperature_k, solution.mu_star_used
    count = len(solution.gap_k)
    n = np.arange(-count, count)
    omega = (2 * n + 1) * math.pi * t
    gap = np.concatenate((solution.gap_k[::-1], solution.gap_k))
    z = np.concatenate((solution.renormalisation[::-1], solution.renormalisation))
    nu = 2 * math.pi * t * np.abs(n[:, None] - n[None, :])
    w, weight = spectrum.frequency_k, spectrum.weights
    lam = sum(a * x**2 / (x**2 + nu**2) for a, x in zip(weight, w, strict=True))
    root = np.hypot(omega, gap)
    right = math.pi * t * ((lam - mu_star) @ (gap / root))
    # Beyond the cut-off omega / R is the sign: the rest of the sum over all frequencies.
    sign = math.pi * t * (lam @ (omega / root - np.sign(omega)))
    level = [
        weight @ (w**2 / (w**2 + (2 * math.pi * t * x) ** 2)) * (2 if x else 1)
        for x in range(count)
    ]
    normal = math.pi * t * np.cumsum(level)
    full = np.concatenate((-normal[::-1], normal)) + sign
    return (
        float(np.abs(z * gap - right).max() / np.abs(right).max()),
        float(np.abs((z - 1) * omega - full).max() / np.abs(full).max()),
    )


@pytest.mark.parametrize(("coupling", "mu_star"), [(0.6, 0.1), (2.5, 0.15)])
@pytest.mark.parametrize("t_ratio", [0.2, 0.6, 0.97])
def test_the_equations_hold(coupling, mu_star, t_ratio):
    spectrum, settings = einstein(coupling), Settings(mu_star)
    tc = critical_temperature(spectrum, settings).tc_k
    solution = solve_gap(spectrum, t_ratio * tc, settings, tc)
    assert solution.gap_k[0] > 0
    assert max(residuals(spectrum, solution)) < 1e-7


def test_the_gap_closes_at_tc_of_the_linear_equations():
    """Two solvers, one Tc: Delta^2 falls linearly to zero there."""
    spectrum, settings = niobium(), Settings(0.12)
    tc = critical_temperature(spectrum, settings).tc_k
    squares = [solve_gap(spectrum, (1 - x) * tc, settings).gap_k[0] ** 2 for x in (0.01, 0.02)]
    assert squares[1] / squares[0] == pytest.approx(2, rel=0.02)
    for above in (1.0, 1.001, 2.0):
        assert not solve_gap(spectrum, above * tc, settings, tc).gap_k.any()


def test_the_gap_falls_with_temperature_and_shows_the_shape_of_bcs():
    spectrum = einstein(0.3)
    tc = critical_temperature(spectrum, FREE).tc_k
    gaps = [solve_gap(spectrum, x * tc, FREE, tc).gap_k[0] for x in (0.1, 0.4, 0.7, 0.9, 0.99)]
    assert gaps == sorted(gaps, reverse=True)
    for x, gap in zip((0.4, 0.7, 0.9, 0.99), gaps[1:], strict=True):
        assert gap / gaps[0] == pytest.approx(bcs_gap.reduced_gap(x), rel=0.01)


def test_universal_ratios_in_weak_coupling():
    """2 Delta / kTc -> 3.528 and jump -> 1.426, from above, with vanishing lambda."""
    gaps = [gap_ratio(einstein(x), FREE) for x in (0.5, 0.35, 0.25)]
    jumps = [specific_heat_jump(einstein(x), FREE) for x in (0.5, 0.35, 0.25)]
    assert gaps == sorted(gaps, reverse=True)
    assert jumps == sorted(jumps, reverse=True)
    assert gaps[-1] == pytest.approx(3.5278, abs=0.005)
    assert jumps[-1] == pytest.approx(1.4261, abs=0.008)


def test_ratios_grow_with_coupling_as_carbotte_fitted():
    """2 Delta / kTc = 3.53 [1 + 12.5 x^2 ln(1 / 2x)], jump 1.43 [1 + 53 x^2 ln(1 / 3x)].

    Carbotte, Rev. Mod. Phys. 62, 1027 (1990), x = Tc / omega_log; fits to real metals' spectra.
    """
    spectrum, settings = niobium(), Settings(0.12)
    x = critical_temperature(spectrum, settings).tc_k / spectrum.omega_log_k
    gap = 3.53 * (1 + 12.5 * x**2 * math.log(1 / (2 * x)))
    jump = 1.43 * (1 + 53 * x**2 * math.log(1 / (3 * x)))
    assert gap > 3.6
    assert gap_ratio(spectrum, settings) == pytest.approx(gap, rel=0.02)
    assert specific_heat_jump(spectrum, settings) == pytest.approx(jump, rel=0.05)


def test_condensation_energy_in_weak_coupling():
    """F_N - F_S = N(0) (1 + lambda) Delta^2 / 2 at T = 0 in the weak limit, less above it."""
    ratios = []
    for coupling in (0.4, 0.25):
        spectrum = einstein(coupling)
        tc = critical_temperature(spectrum, FREE).tc_k
        cold = solve_gap(spectrum, 0.05 * tc, FREE, tc)
        energy = -cold.free_energy_k2
        ratios.append(energy / (0.5 * (1 + coupling) * cold.gap_k[0] ** 2))
    assert ratios[0] < ratios[1] < 1.0
    assert ratios[1] == pytest.approx(1, abs=0.02)


def test_critical_field():
    spectrum = einstein(0.3)
    tc = critical_temperature(spectrum, FREE).tc_k
    gamma = 100.0
    fields = [critical_field_t(spectrum, gamma, tc, x * tc, FREE) for x in (0, 0.09, 0.11, 0.5, 1)]
    assert fields[-1] == 0
    assert fields == sorted(fields, reverse=True)
    # Near weak coupling: BCS's ratio of field, Tc and gamma, and BCS's temperature dependence.
    bcs = math.sqrt(0.4729 * 4e-7 * math.pi * gamma) * tc
    assert fields[0] == pytest.approx(bcs, rel=0.01)
    assert fields[3] / fields[0] == pytest.approx(bcs_gap.reduced_field(0.5), rel=0.01)


def test_strong_coupling_field_follows_the_fit():
    spectrum, settings = niobium(), Settings(0.12)
    tc = critical_temperature(spectrum, settings).tc_k
    field = critical_field_t(spectrum, 100.0, tc, 0.0, settings)
    bcs = math.sqrt(0.4729 * 4e-7 * math.pi * 100) * tc
    fit = strong_coupling_field_factor(tc / spectrum.omega_log_k)
    assert fit > 1.01
    assert field / bcs == pytest.approx(fit, rel=0.02)


def test_energy_scale_invariance():
    spectrum = niobium()
    tc = critical_temperature(spectrum, Settings(0.12)).tc_k
    base = solve_gap(spectrum, 0.5 * tc, Settings(0.12))
    moved = solve_gap(spectrum.scaled(3, 1), 1.5 * tc, Settings(0.12))
    np.testing.assert_allclose(moved.gap_k, 3 * base.gap_k, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(moved.renormalisation, base.renormalisation, rtol=1e-6)
    assert moved.free_energy_k2 == pytest.approx(9 * base.free_energy_k2, rel=1e-5)


def test_pade_is_exact_for_a_rational_function():
    def function(z):
        return (2 + 3 * z) / (1 + z**2 / 4 + z / 3)

    points = 1j * np.arange(1, 8)
    assert pade(points, function(points), 0.7 + 0j) == pytest.approx(function(0.7), rel=1e-9)
    assert pade(points, np.full(7, 2.5 + 0j), 0.3 + 0j) == pytest.approx(2.5)


def test_gap_edge_lies_a_little_above_the_first_matsubara_gap():
    spectrum, settings = niobium(), Settings(0.12)
    tc = critical_temperature(spectrum, settings).tc_k
    cold = solve_gap(spectrum, 0.2 * tc, settings, tc)
    assert 1.0 < cold.edge_ev / cold.first_gap_ev < 1.03
    assert solve_gap(spectrum, 2 * tc, settings, tc).edge_ev == 0


def test_results_are_read_only_and_refusals_clear():
    solution = solve_gap(einstein(1), 10, FREE)
    with pytest.raises(ValueError, match="read-only"):
        solution.gap_k[0] = 0
    with pytest.raises(InputError, match="must be positive"):
        solve_gap(einstein(1), -1, FREE)
    with pytest.raises(CannotSay, match="no superconductivity"):
        gap_ratio(einstein(0.05), Settings(0.13))
