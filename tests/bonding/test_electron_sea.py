"""The electron gas and a metal made of it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.bonding.electron_gas import correlation, fermi_energy_ev, gas_energy
from isotunnel.bonding.electron_sea import (
    ElectronSea,
    core_radius_bohr,
    predict,
    sea_energy,
    sea_pressure_gpa,
)
from isotunnel.errors import CannotSay, InputError
from isotunnel.units import EV_PER_ANGSTROM3_GPA, HARTREE_EV

BCC = 0.895929255682


@pytest.mark.parametrize(
    ("r_s", "monte_carlo"),
    [(1, -0.0600), (2, -0.0448), (5, -0.0282), (10, -0.0186), (20, -0.01153), (50, -0.005670)],
)
def test_correlation_is_that_of_monte_carlo(r_s, monte_carlo):
    """Ceperley and Alder's energies in hartree, as tabulated with Perdew and Wang's fit."""
    assert float(correlation(r_s)) == pytest.approx(monte_carlo, abs=3e-4)


def test_textbook_coefficients():
    """2.21 / r_s^2 - 0.916 / r_s rydberg."""
    parts = gas_energy(np.array([1.0, 4.0]))
    assert parts.kinetic_ev / HARTREE_EV * 2 == pytest.approx([2.20991, 2.20991 / 16], rel=1e-5)
    assert parts.exchange_ev / HARTREE_EV * 2 == pytest.approx([-0.91633, -0.91633 / 4], rel=1e-5)
    assert parts.kinetic_ev == pytest.approx([0.6 * fermi_energy_ev(r) for r in (1.0, 4.0)])


def test_jellium_binds_near_r_s_4():
    """The gas alone has its minimum near r_s = 4.2, where sodium (3.9) happens to lie."""
    r_s = np.linspace(2, 8, 601)
    assert 4.0 < r_s[np.argmin(gas_energy(r_s).total_ev)] < 4.4


@given(z=st.integers(1, 3), volume=st.floats(15, 100), core=st.floats(0.2, 3.0))
def test_pressure_is_the_slope_of_the_energy(z, volume, core):
    sea = ElectronSea(z, core, BCC)
    step = 1e-3 * volume
    ends = sea_energy(sea, np.array([volume - step, volume + step])).total_ev
    slope = -float(ends[1] - ends[0]) / (2 * step) * EV_PER_ANGSTROM3_GPA
    scale = abs(slope) + 0.1
    assert sea_pressure_gpa(sea, volume) == pytest.approx(slope, abs=1e-4 * scale)


@given(z=st.integers(1, 2), volume=st.floats(20, 120))
def test_what_is_put_in_comes_out(z, volume):
    """The measured volume, and nothing else."""
    found = predict(ElectronSea(z, core_radius_bohr(z, volume, BCC), BCC))
    assert found.volume_a3 == pytest.approx(volume, rel=1e-8)
    assert found.bulk_modulus_gpa > 0


def test_virial_theorem_of_point_ions():
    """Without a core every part is Coulomb or kinetic: E = -T at zero pressure."""
    sea = ElectronSea(1, 0.0, BCC)
    found = predict(sea)
    parts = sea_energy(sea, found.volume_a3)
    # The kinetic part of the correlation energy is counted with it, through its slope.
    r_s = (3 * found.volume_a3 / (4 * math.pi)) ** (1 / 3) / 0.529177210544
    slope = float(correlation(r_s * 1.0001) - correlation(r_s * 0.9999)) / 2e-4 / r_s
    correlation_kinetic = -HARTREE_EV * float(correlation(r_s) + r_s * slope)
    kinetic = float(parts.kinetic_ev) + correlation_kinetic
    assert found.energy_ev == pytest.approx(-kinetic, rel=1e-4)


def test_sodium_and_potassium_hold_together_by_the_sea_alone():
    """First order, against CRC enthalpies of the gaseous atoms 1.114 and 0.922 eV."""
    for volume, ionisation, cohesive, modulus in (
        (37.1752, 5.13908, 1.114, 7.91),
        (72.1994, 4.34066, 0.922, 3.75),
    ):
        found = predict(ElectronSea(1, core_radius_bohr(1, volume, BCC), BCC))
        assert found.cohesive_energy_ev(ionisation) == pytest.approx(cohesive, rel=0.10)
        assert found.bulk_modulus_gpa == pytest.approx(modulus, rel=0.12)


def test_aluminium_fails_by_a_factor_of_two():
    found = predict(ElectronSea(3, core_radius_bohr(3, 16.2686, 0.895873615195), 0.895873615195))
    assert 1.7 < found.bulk_modulus_gpa / 77.1 < 2.4


def test_a_volume_that_no_core_gives():
    with pytest.raises(CannotSay, match="presses outwards"):
        core_radius_bohr(1, 2.0)


@pytest.mark.parametrize("volume", [0.0, -1.0, math.nan])
def test_bad_volumes(volume):
    with pytest.raises(InputError, match="must be positive"):
        sea_energy(ElectronSea(1, 1.0), volume)
    with pytest.raises(InputError, match="must be positive"):
        core_radius_bohr(1, volume)
