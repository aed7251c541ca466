"""Screening in the electron gas, and bare ions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.bonding.electron_gas import fermi_wave_number
from isotunnel.bonding.ion_cluster import bare_cluster, growth_exponent
from isotunnel.bonding.screening import (
    dielectric_function,
    neighbour_shift,
    screened_interaction_ev,
    thomas_fermi_wave_number,
)
from isotunnel.errors import InputError
from isotunnel.units import BOHR_ANGSTROM, COULOMB_EV_ANGSTROM


@given(r_s=st.floats(1.5, 6), distance=st.floats(0.5, 8))
def test_thomas_fermi_is_yukawa(r_s, distance):
    """k e^2 exp(-k_TF r) / r in closed form."""
    decay = math.exp(-thomas_fermi_wave_number(r_s) * distance / BOHR_ANGSTROM)
    found = float(screened_interaction_ev(distance, r_s, "thomas_fermi"))
    bare = COULOMB_EV_ANGSTROM / distance
    assert found == pytest.approx(bare * decay, abs=2e-4 * bare)


@given(r_s=st.floats(1, 6))
def test_lindhard_limits(r_s):
    k_f = fermi_wave_number(r_s)
    small, large = 1e-4 * k_f, 300 * k_f
    assert dielectric_function(small, r_s) == pytest.approx(
        dielectric_function(small, r_s, "thomas_fermi"), rel=1e-6
    )
    # A fast change is not followed: 1 + (4 k_F^2 k_TF^2 / 3) / k^4.
    beyond = 4 * k_f**2 * thomas_fermi_wave_number(r_s) ** 2 / (3 * large**4)
    assert dielectric_function(large, r_s) - 1 == pytest.approx(beyond, rel=1e-3)
    at = dielectric_function(np.array([1 - 1e-9, 1, 1 + 1e-9]) * 2 * k_f, r_s)
    assert np.ptp(at) < 1e-6
    k = np.geomspace(1e-3, 50, 400) * k_f
    values = dielectric_function(k, r_s)
    assert (np.diff(values) < 0).all()
    assert (values > 1).all()


def test_friedel_oscillations():
    """Far away the interaction oscillates with period pi / k_F and falls as 1/r^3."""
    r_s = 3.93
    r = np.linspace(12, 30, 1500)
    w = screened_interaction_ev(r, r_s) * r**3
    zeros = r[:-1][np.diff(np.sign(w)) != 0]
    assert len(zeros) > 8
    period = 2 * float(np.mean(np.diff(zeros))) / BOHR_ANGSTROM
    assert period == pytest.approx(math.pi / fermi_wave_number(r_s), rel=0.02)
    assert np.abs(w[:400]).max() == pytest.approx(np.abs(w[-400:]).max(), rel=0.25)


@pytest.mark.parametrize("model", ["thomas_fermi", "lindhard"])
def test_an_extra_electron_draws_the_ions_of_sodium_but_for_their_cores(model):
    """Sodium: r_s 3.91 bohr, nearest ions 3.66 angstrom apart, core 1.71 bohr = 0.90 angstrom."""
    r = np.array([0.3, 0.6, 0.89, 0.92, 1.2, 1.8, 2.5, 3.66])
    attraction = screened_interaction_ev(r, 3.91, model, 1.71)
    assert (attraction[:3] < 0).all()  # inside the core the sea's answer is all that is left
    assert (attraction[3:] > 0).all()
    near = neighbour_shift(3.66, 1, 3.91, 1.71, 22.99, 158, model)
    assert near.interaction_ev == pytest.approx(-float(attraction[-1]))
    assert -0.2 < near.displacement_angstrom < 0 > near.force_ev_angstrom
    assert near.displacement_angstrom / near.force_ev_angstrom == pytest.approx(1 / 0.612, rel=0.01)


@pytest.mark.parametrize("structure", ["sc", "bcc", "fcc"])
def test_bare_ions_have_no_energy_per_ion(structure):
    clusters = tuple(bare_cluster(structure, 30.0, 1.0, n) for n in (100, 400, 1600))
    energies = [c.energy_per_ion_ev for c in clusters]
    assert energies == sorted(energies)
    assert growth_exponent(clusters) == pytest.approx(2 / 3, abs=0.03)
    for cluster in clusters:
        assert cluster.energy_per_ion_ev == pytest.approx(cluster.uniform_ball_ev, rel=0.02)
        assert cluster.surface_force_ev_angstrom > 0


def test_two_ions():
    pair = bare_cluster("sc", 8.0, 2.0, 2)
    assert pair.ions == 7  # whole shells: the first has six
    assert pair.energy_per_ion_ev > 0


def test_bad_input():
    with pytest.raises(InputError, match="unknown lattice"):
        bare_cluster("hcp", 30.0, 1.0, 10)
    with pytest.raises(InputError, match="2 to"):
        bare_cluster("bcc", 30.0, 1.0, 1)
    with pytest.raises(InputError, match="r_s"):
        dielectric_function(1.0, -1.0)
    with pytest.raises(InputError, match="unknown screening"):
        dielectric_function(1.0, 2.0, "none")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="distances"):
        screened_interaction_ev(0.0, 2.0)
    with pytest.raises(InputError, match="two sizes"):
        growth_exponent(())
