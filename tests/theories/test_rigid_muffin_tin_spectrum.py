"""The electron-phonon spectrum of rigid muffin tins, its sums and limits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotunnel.engines.phonons.spectrum import PhononSpectrum
from isotunnel.theories.superconducting.allen_dynes import allen_dynes_tc
from isotunnel.theories.superconducting.eliashberg import Settings, critical_temperature
from isotunnel.theories.superconducting.rigid_muffin_tin.isotopes import isotope_exponent
from isotunnel.theories.superconducting.rigid_muffin_tin.spectrum import (
    HBAR2_EV,
    atom_couplings,
    instability,
    left_out_share,
    spectral_function,
)


def debye(highest_ev: float, masses: tuple[float, ...], modes: int = 400) -> PhononSpectrum:
    """Debye spectra in which every atom has the same share in each mode."""
    energies = highest_ev * (np.arange(modes) + 0.5) / modes
    shares = np.tile(energies**2 / (energies**2).sum(), (len(masses), 1))
    return PhononSpectrum(energies, shares, np.array(masses), energies, np.eye(3, dtype=int))


def test_one_frequency_by_hand() -> None:
    """lambda = eta / (M omega^2): 10 eV/A^2, 92.9 amu, 20 meV."""
    phonons = PhononSpectrum(
        np.array([0.02]),
        np.array([[1.0]]),
        np.array([92.9]),
        np.array([0.02]),
        np.eye(3, dtype=int),
    )
    omega = 0.02 * 1.602176634e-19 / 1.054571817e-34
    mass = 92.9 * 1.66053906892e-27
    expected = 10 * 1.602176634e-19 * 1e20 / (mass * omega**2)
    assert atom_couplings([10.0], phonons)[0] == pytest.approx(expected, rel=1e-9)
    assert spectral_function([10.0], phonons).coupling == pytest.approx(expected, rel=1e-6)
    assert spectral_function([10.0], phonons).omega_log_k == pytest.approx(232.1, rel=0.005)


def test_moments_of_a_debye_spectrum() -> None:
    """<omega^-2> = 3 / omega_D^2, and omega_log = omega_D exp(-1): alpha2F goes as omega."""
    found = spectral_function([5.0], debye(0.03, (50.0,), 20000))
    expected = 5.0 * HBAR2_EV * 3 / 0.03**2 / 50.0
    assert found.coupling == pytest.approx(expected, rel=0.03)
    assert found.omega_log_k == pytest.approx(0.03 / 8.617333e-5 * math.exp(-1), rel=0.03)


@settings(max_examples=25, deadline=None)
@given(
    etas=st.lists(st.floats(0.1, 20.0), min_size=2, max_size=2),
    masses=st.lists(st.floats(1.0, 200.0), min_size=2, max_size=2),
    highest=st.floats(0.01, 0.3),
)
def test_the_spectrum_holds_the_atoms_couplings(
    etas: list[float], masses: list[float], highest: float
) -> None:
    phonons = debye(highest, tuple(masses))
    couplings = atom_couplings(etas, phonons)
    assert spectral_function(etas, phonons).coupling == pytest.approx(couplings.sum(), rel=1e-6)
    doubled = atom_couplings([2 * e for e in etas], phonons)
    assert doubled == pytest.approx(2 * couplings)


def test_a_flat_spectrum_keeps_the_first_moment() -> None:
    """McMillan: int omega alpha2F = eta / 2M whatever alpha2; of a Debye spectrum lambda falls."""
    phonons = debye(0.03, (50.0,), 20000)
    steep, flat = (spectral_function([5.0], phonons, flat=f) for f in (False, True))
    for found in (steep, flat):
        moment = float(found.weights @ found.frequency_ev**2) / 2
        assert moment == pytest.approx(5.0 * HBAR2_EV / 100.0, rel=1e-3)
    assert steep.coupling / flat.coupling == pytest.approx(1.5, rel=0.02)
    assert steep.omega_log_k / flat.omega_log_k == pytest.approx(math.exp(-0.5), rel=0.03)


def test_isotope_exponent_is_half_without_repulsion() -> None:
    """All masses times 1.21 at fixed force constants: lambda stays, Tc falls by 1.1."""
    light = spectral_function([8.0], debye(0.03, (90.0,)))
    heavy = spectral_function([8.0], debye(0.03 / 1.1, (90.0 * 1.21,)))
    assert heavy.coupling == pytest.approx(light.coupling, rel=1e-9)
    tcs = [allen_dynes_tc(s.coupling, s.omega_log_k, 0.0, s.omega_2_k) for s in (light, heavy)]
    assert -math.log(tcs[1] / tcs[0]) / math.log(1.21) == pytest.approx(0.5, abs=1e-6)
    exact = [critical_temperature(s, Settings(0.0)).tc_k for s in (light, heavy)]
    assert -math.log(exact[1] / exact[0]) / math.log(1.21) == pytest.approx(0.5, abs=1e-3)


def test_repulsion_brings_the_isotope_exponent_below_a_half() -> None:
    spectrum = spectral_function([8.0], debye(0.03, (90.0,)))
    exponents = [isotope_exponent(spectrum, mu) for mu in (0.0, 0.1, 0.2)]
    assert exponents[0] == pytest.approx(0.5, abs=2e-3)
    assert None not in exponents
    assert exponents[0] > exponents[1] > exponents[2] > 0.2  # type: ignore[operator]


def test_no_tc_no_isotope_exponent() -> None:
    assert isotope_exponent(spectral_function([0.2], debye(0.03, (90.0,))), 0.15) is None


def test_imaginary_modes_give_no_tc() -> None:
    stable = debye(0.03, (50.0,))
    assert instability(stable) == ""
    energies = stable.energies_ev.copy()
    energies[0] = -0.01
    broken = PhononSpectrum(energies, stable.shares, stable.masses_amu, energies, stable.supercell)
    assert "imaginary modes" in instability(broken)
    assert "10.0 meV" in instability(broken)


def test_interpolated_imaginary_modes_are_left_out_and_counted() -> None:
    stable = debye(0.03, (50.0,))
    energies = stable.energies_ev.copy()
    energies[:4] = -0.002
    weight = float(stable.shares[0, :4].sum())
    doubtful = PhononSpectrum(
        energies, stable.shares, stable.masses_amu, stable.energies_ev, stable.supercell
    )
    assert instability(doubtful) == ""
    assert left_out_share(doubtful) == pytest.approx(weight)
    assert spectral_function([5.0], doubtful).coupling == pytest.approx(
        float(atom_couplings([5.0], doubtful)[0]), rel=1e-6
    )
