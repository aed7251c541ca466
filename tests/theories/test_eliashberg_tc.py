"""Tc from the linearised Eliashberg equations: exact limits, laws, a dense twin, niobium."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from isotunnel.errors import InputError
from isotunnel.theories.superconducting.alpha2f import Alpha2F, read_alpha2f
from isotunnel.theories.superconducting.bcs_gap import TC_PREFACTOR
from isotunnel.theories.superconducting.eliashberg import (
    Settings,
    critical_temperature,
    pairing_eigenvalue,
)
from isotunnel.theories.superconducting.eliashberg.kernel import Kernel, rescaled_mu_star
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc

DATA = Path(__file__).parents[1] / "data" / "alpha2f"


def einstein(coupling: float, energy_ev: float = 0.02) -> Alpha2F:
    return Alpha2F.einstein(energy_ev, coupling)


def tc_of(spectrum: Alpha2F, mu_star: float = 0.0, **options) -> float:
    return critical_temperature(spectrum, Settings(mu_star, **options)).tc_k


def niobium() -> Alpha2F:
    return read_alpha2f(DATA / "Nb_IsoME_column15.dat")


def broad(coupling: float) -> Alpha2F:
    """Three peaks, as of a hydride."""
    omega = np.linspace(0, 0.2, 900)
    shape = sum(
        h * np.exp(-(((omega - c) / w) ** 2))
        for c, w, h in ((0.03, 0.008, 0.6), (0.09, 0.02, 1), (0.15, 0.015, 0.8))
    )
    spectrum = Alpha2F.from_arrays(omega, shape * omega / (omega + 0.01), "peaks")
    return spectrum.scaled(1, coupling / spectrum.coupling)


def twin_matrix(spectrum: Alpha2F, t: float, count: int, mu_star: float) -> np.ndarray:
    """The pairing matrix written out term by term, sums over both signs of omega_m."""
    omega, weight = spectrum.frequency_k, spectrum.weights
    nu = 2 * math.pi * t * np.arange(2 * count)
    lam = [(weight * omega**2 / (omega**2 + x**2)).sum() for x in nu]
    matrix = np.zeros((count, count))
    for n in range(count):
        for m in range(count):
            matrix[n, m] = lam[abs(n - m)] + lam[n + m + 1] - 2 * mu_star
        matrix[n, n] -= 2 * n + 1 + lam[0] + 2 * sum(lam[1 : n + 1])
    return matrix


@pytest.mark.parametrize(("coupling", "mu_star"), [(0.5, 0.0), (0.9, 0.12), (3, 0.2)])
def test_the_twin_matrix_is_singular_at_tc(coupling, mu_star):
    """Its largest eigenvalue crosses zero where that of the solver crosses one."""
    spectrum = broad(coupling)
    found = critical_temperature(spectrum, Settings(mu_star))
    count = found.frequencies
    cutoff = 2 * math.pi * count
    signs = []
    for factor in (0.999, 1.001):
        t = factor * found.tc_k
        mu = rescaled_mu_star(mu_star, spectrum.omega_max_k, cutoff * t)
        signs.append(np.linalg.eigvalsh(twin_matrix(spectrum, t, count, mu))[-1])
    assert signs[0] > 0 > signs[1]


def test_tabulated_kernel_equals_the_sum():
    for spectrum in (niobium(), broad(1.0)):
        kernel = Kernel(spectrum)
        nu = np.concatenate(([0.0], np.geomspace(1e-2, 1e9, 400)))
        np.testing.assert_allclose(kernel(nu), kernel.summed(nu), rtol=2e-7)
        assert kernel(nu)[0] == pytest.approx(spectrum.coupling)


def test_strong_coupling_limit():
    """Tc -> 0.1827 omega lambda^(1/2): Allen and Dynes 1975."""
    ratios = []
    for coupling in (1e2, 1e3, 1e4):
        spectrum = einstein(coupling)
        ratios.append(tc_of(spectrum) / spectrum.omega_log_k / math.sqrt(coupling))
    assert ratios[0] < ratios[1] < ratios[2]
    assert ratios[2] == pytest.approx(0.1827, abs=5e-5)
    assert ratios[0] == pytest.approx(0.1827, rel=5e-3)


def test_strong_coupling_limit_of_a_broad_spectrum_goes_with_omega_2():
    spectrum = broad(1e4)
    assert tc_of(spectrum) / spectrum.omega_2_k / 100 == pytest.approx(0.1827, abs=1e-4)


def test_weak_coupling_limit():
    """Tc -> 1.134 e^(-1/2) omega exp(-(1 + lambda) / lambda): Mirabi et al., arXiv:1912.09460."""
    ratios = []
    for coupling in (0.3, 0.2, 0.15):
        spectrum = einstein(coupling)
        limit = TC_PREFACTOR * math.exp(-0.5 - (1 + coupling) / coupling)
        ratios.append(tc_of(spectrum, cutoff=30) / spectrum.omega_log_k / limit)
    assert ratios[0] > ratios[1] > ratios[2] > 1
    # The rest is of order lambda: carried to lambda = 0 it vanishes.
    assert 1.5 * ratios[2] - 0.5 * ratios[0] == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("mu_star", [0.0, 0.13])
def test_tc_scales_with_the_energies(mu_star):
    for spectrum in (einstein(0.8), broad(1.2)):
        base = tc_of(spectrum, mu_star)
        assert base > 0
        for factor in (0.01, 0.5, 7):
            moved = tc_of(spectrum.scaled(factor, 1), mu_star)
            assert moved == pytest.approx(factor * base, rel=1e-6)


def test_isotope_exponent_is_one_half_without_repulsion_and_less_with():
    spectrum = niobium()
    heavy = 1.1
    moved = spectrum.scaled(heavy**-0.5, 1)

    def exponent(mu_star, reference):
        pair = [
            tc_of(s, mu_star, mu_star_reference_k=reference) if reference else tc_of(s, mu_star)
            for s in (spectrum, moved)
        ]
        return -math.log(pair[1] / pair[0]) / math.log(heavy)

    assert exponent(0.0, None) == pytest.approx(0.5, abs=1e-6)
    # With a Coulomb repulsion that knows nothing of the mass, the exponent falls.
    assert 0.3 < exponent(0.12, spectrum.omega_max_k) < 0.49


def test_tc_is_monotonic():
    lams = [tc_of(broad(x), 0.1) for x in (0.4, 0.6, 0.9, 1.4, 2.5)]
    assert lams == sorted(lams)
    mus = [tc_of(broad(1), x) for x in (0.2, 0.15, 0.1, 0.05, 0)]
    assert mus == sorted(mus)
    assert lams[0] > 0
    assert mus[0] > 0


def test_the_eigenvalue_falls_with_temperature():
    kernel, settings = Kernel(niobium()), Settings(0.12)
    values = [pairing_eigenvalue(settings.matsubara(kernel, t)) for t in (2, 5, 9, 15, 40)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 1 > values[-1]


@pytest.mark.parametrize("coupling", [0.5, 0.8, 1.2, 2.0])
@pytest.mark.parametrize("mu_star", [0.1, 0.14])
def test_allen_dynes_agrees_for_ordinary_coupling(coupling, mu_star):
    """For spectra like those of metals the fit is good to about 10 %."""
    spectrum = niobium().scaled(1, coupling / niobium().coupling)
    fit = allen_dynes_tc(coupling, spectrum.omega_log_k, mu_star, spectrum.omega_2_k)
    assert tc_of(spectrum, mu_star) == pytest.approx(fit, rel=0.10)


def test_results_converge_with_the_cutoff():
    values = [tc_of(niobium(), 0.12, cutoff=c, fewest=16) for c in (5, 10, 20, 40, 80)]
    steps = np.abs(np.diff(values))
    assert steps[0] > 0
    assert (steps[1:] < steps[:-1]).all()
    assert values[1] == pytest.approx(values[-1], rel=3e-3)
    assert tc_of(niobium(), 0.12) == pytest.approx(values[-1], rel=5e-4)
    without = [tc_of(niobium(), 0.0, cutoff=c, fewest=16) for c in (10, 40)]
    assert without[0] == pytest.approx(without[1], rel=1e-3)


@pytest.mark.parametrize("coupling", [0.5, 1.0, 2.7, 10.0, 30.0])
@pytest.mark.parametrize("mu_star", [0.0, 0.1, 0.2])
def test_tc_does_not_depend_on_where_the_sums_end(coupling, mu_star):
    """lambda = 10 with mu* = 0.2 failed: 64 frequencies reach 148 omega_max there, beyond which a
    pseudopotential of 0.2 at omega_max cannot be carried."""
    spectrum = einstein(coupling, 0.1)
    found = critical_temperature(spectrum, Settings(mu_star))
    assert found.tc_k > 0
    assert found.converged
    count = found.frequencies
    for share in (0.7, 1.1):
        apart = tc_of(spectrum, mu_star, cutoff=1.0, fewest=round(share * count))
        assert apart == pytest.approx(found.tc_k, rel=1e-3)


def test_a_cutoff_that_cannot_be_carried_far_enough_is_reported():
    """mu* = 0.25 and lambda = 30: eight frequencies reach 32 omega_max, sixteen are too many."""
    found = critical_temperature(einstein(30), Settings(0.25))
    assert found.tc_k > 0
    assert found.change is None
    assert not found.converged


def test_niobium_by_isome():
    """IsoME's own test: 9 to 10 K with a constant density of states and mu* = 0.12."""
    found = critical_temperature(niobium(), Settings(0.12))
    assert 9 < found.tc_k < 10
    assert found.gap_shape[0] == 1
    # The gap changes sign: the electrons avoid the repulsion by retardation.
    assert found.gap_shape.min() < 0


def test_no_superconductivity_is_zero_not_an_error():
    found = critical_temperature(einstein(0.1), Settings(0.13))
    assert found.tc_k == 0
    assert 0 < found.searched_to_k < 0.1


def test_sharp_cutoffs_depend_on_where_they_are():
    spectrum = niobium()
    near, far = (
        tc_of(spectrum, 0.12, sharp_cutoff_k=x * spectrum.omega_max_k) for x in (5.0, 20.0)
    )
    # The same mu* at a farther cut-off is a weaker repulsion.
    assert far > 1.02 * near > 1.02 * tc_of(spectrum, 0.12)
    # Without repulsion only the tail of Z differs.
    ends = [tc_of(spectrum, 0.0, sharp_cutoff_k=x * spectrum.omega_max_k) for x in (20.0, 80.0)]
    assert ends[0] == pytest.approx(ends[1], rel=0.01)
    shorter = tc_of(spectrum, 0.12, sharp_cutoff_k=6000, coulomb_cutoff_k=600)
    assert 0 < shorter < 0.97 * tc_of(spectrum, 0.12, sharp_cutoff_k=6000)


@pytest.mark.parametrize(
    "options",
    [
        {"mu_star": -0.1},
        {"mu_star": math.nan},
        {"cutoff": 0.5},
        {"fewest": 2},
        {"mu_star_reference_k": 0.0},
        {"sharp_cutoff_k": -1.0},
        {"coulomb_cutoff_k": 100.0},
    ],
)
def test_impossible_settings_are_refused(options):
    with pytest.raises(InputError):
        Settings(**options)


def test_other_impossible_input():
    kernel = Kernel(einstein(1))
    for t in (0, -1, math.nan):
        with pytest.raises(InputError, match="must be positive"):
            Settings().matsubara(kernel, t)
    with pytest.raises(InputError, match=r"needs \d+ Matsubara frequencies"):
        Settings().matsubara(kernel, 1e-5)
    with pytest.raises(InputError, match="must be below"):
        tc_of(einstein(1), 0.6)
