"""The local-density potential: its twin, limits, numbers from outside, and the tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from procrystal_twin import slow_vxc

from isotunnel.engines.procrystal.tables import free_atom, tabulated_numbers
from isotunnel.engines.procrystal.xc import TAIL_DENSITY, lda_potential
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV

BOHR3 = BOHR_ANGSTROM**3

# D. M. Ceperley and B. J. Alder, Phys. Rev. Lett. 45, 566 (1980): correlation energy per electron
# of the unpolarised gas, rydberg, by quantum Monte Carlo; r_s in bohr.
CEPERLEY_ALDER = {2: -0.0902, 5: -0.0563, 10: -0.03722, 20: -0.02300, 50: -0.01140, 100: -0.006379}


def at(rs: float | np.ndarray) -> np.ndarray:
    """v_xc in hartree at Wigner-Seitz radii in bohr."""
    return lda_potential(3 / (4 * np.pi * np.asarray(rs, float) ** 3) / BOHR3) / HARTREE_EV


def exchange(rs: float | np.ndarray) -> np.ndarray:
    """Dirac's exchange potential, hartree: -(9 / 4 pi^2)^(1/3) / r_s = -0.610887 / r_s."""
    return -0.6108870577 / np.asarray(rs, float)


@given(st.floats(-8.9, 9))
def test_is_the_derivative_of_the_energy(exponent: float) -> None:
    n = np.array([10**exponent / BOHR3])
    assert lda_potential(n)[0] == pytest.approx(slow_vxc(n)[0], rel=1e-10)


def test_correlation_has_the_exact_high_density_limit() -> None:
    """e_c = c0 ln r_s - c1 + O(r_s ln r_s) of Gell-Mann and Brueckner (1957), c0 = (1 - ln 2)/pi^2.

    c1 = 0.046644 hartree as printed in Perdew and Wang (1992); v_c = e_c - c0/3.
    """
    rs = np.array([1e-4, 1e-5])
    c0 = (1 - np.log(2)) / np.pi**2
    expected = c0 * np.log(rs) - 0.046644 - c0 / 3
    correlation = at(rs) - exchange(rs)
    assert (correlation < -0.3).all()
    np.testing.assert_allclose(correlation, expected, atol=2e-4)


def test_integrates_to_the_quantum_monte_carlo_energies() -> None:
    """n e_xc(n) is the integral of v_xc from zero density, and e_x = -0.458165 / r_s."""
    checked = 0
    for rs, rydberg in CEPERLEY_ALDER.items():
        n = 3 / (4 * np.pi * rs**3)
        edges = np.linspace(0, n ** (1 / 3), 2001)
        x = 0.5 * (edges[1:] + edges[:-1])
        energy = np.sum(lda_potential(x**3 / BOHR3) * 3 * x**2 * np.diff(edges)) / n / HARTREE_EV
        assert 2 * (energy + 0.458165 / rs) == pytest.approx(rydberg, abs=1.0e-3 * rs**-0.5)
        checked += 1
    assert checked == len(CEPERLEY_ALDER)


def test_agrees_with_a_printed_potential() -> None:
    """Daresbury's DFT repository: PW92 with 39 and 38 electrons of either spin per bohr^3.

    Their mean is the unpolarised potential but for the square of the polarisation, 1/77.
    """
    printed = -0.5 * (0.118619938062 + 0.120418335387)
    rs = (3 / (4 * np.pi * 77)) ** (1 / 3)
    assert at(rs) - exchange(rs) == pytest.approx(printed, abs=2e-5)


def test_tail_goes_as_the_cube_root() -> None:
    n = TAIL_DENSITY / BOHR3 * np.array([1.0, 1e-3, 1e-12])
    np.testing.assert_allclose(lda_potential(n) / lda_potential(n[:1]), [1, 0.1, 1e-4], rtol=1e-9)
    np.testing.assert_allclose(lda_potential(n), slow_vxc(n), rtol=0.07)
    assert lda_potential([0.0, 1.0])[0] == 0
    assert lda_potential(np.ones((2, 3))).shape == (2, 3)


def test_is_the_one_of_the_tables() -> None:
    """To the tables' float32 rounding; in the far tail to 4e-6 hartree."""
    worst = tail = 0.0
    for z in tabulated_numbers():
        atom = free_atom(z, "LDA")
        rounding = 2.0**-24 * (
            (np.abs(atom.r_potential) + np.abs(atom.r_electrostatic)) / atom.radii
            + np.abs(atom.ln_density * lda_potential(np.exp(atom.ln_density))) / 3
        )
        tabulated = (atom.r_potential - atom.r_electrostatic) / atom.radii
        error = np.abs(tabulated - lda_potential(np.exp(atom.ln_density))) - 2 * rounding
        dense = np.exp(atom.ln_density) * BOHR3 > 2 * TAIL_DENSITY
        worst = max(worst, error[dense & (atom.radii > 0.01)].max() / HARTREE_EV)
        tail = max(tail, error[~dense].max() / HARTREE_EV)
    assert worst < 1e-6
    assert 0 < tail < 5e-6


@pytest.mark.dft
@pytest.mark.parametrize("name", ["LDA", "LDA_X+LDA_C_PW"], ids=["gpaw", "libxc"])
def test_agrees_with_gpaw_and_libxc(name: str) -> None:
    xc = pytest.importorskip("gpaw.xc").XC(name)
    rs = np.geomspace(0.001, 500, 200)
    density = 3 / (4 * np.pi * rs[None] ** 3)
    potential = np.zeros_like(density)
    xc.kernel.calculate(np.zeros(200), density, potential)
    np.testing.assert_allclose(at(rs), potential[0], rtol=1e-10)
