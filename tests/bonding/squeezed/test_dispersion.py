"""Dispersion: its limits far and near, and the pair potentials that it was taken from."""

from __future__ import annotations

import numpy as np
import pytest

from isotunnel.bonding.helium_potential import AZIZ_1995, pair_energy_k
from isotunnel.bonding.squeezed.dispersion import (
    dispersion_of,
    lattice_dispersion_ev,
    pair_dispersion_ev,
)
from isotunnel.errors import InputError
from isotunnel.units import BOHR_ANGSTROM, BOLTZMANN_EV_K, HARTREE_EV

GASES = ("He", "Ne", "Ar", "Kr", "Xe")


@pytest.mark.parametrize("symbol", GASES)
def test_far_away_london_near_nothing_singular(symbol):
    entry = dispersion_of(symbol)
    far = float(pair_dispersion_ev(entry, 100.0))
    assert far == pytest.approx(-entry.coefficients[0] / 100.0**6, rel=1e-2)
    near = pair_dispersion_ev(entry, np.linspace(0.05, 6.0, 400))
    assert np.isfinite(near).all()
    assert (near < 0).all()
    assert (np.diff(near[np.argmin(near) :]) > 0).all()


def test_london_coefficients_grow_down_the_column():
    c6 = [dispersion_of(s).coefficients[0] for s in GASES]
    assert c6 == sorted(c6)
    atomic = c6[0] / HARTREE_EV / BOHR_ANGSTROM**6
    assert atomic == pytest.approx(1.461, rel=1e-6)


def test_with_its_published_repulsion_helium_binds_as_measured():
    """Tang and Toennies 2003: A = 41.96 hartree beside b = 2.523 per bohr."""
    entry = dispersion_of("He")
    r = np.linspace(2.6, 3.6, 1001)
    repulsion = 41.96 * HARTREE_EV * np.exp(-2.523 * r / BOHR_ANGSTROM)
    energy = (repulsion + pair_dispersion_ev(entry, r)) / BOLTZMANN_EV_K
    assert energy.min() == pytest.approx(pair_energy_k(AZIZ_1995, r).min(), rel=0.01)
    assert r[energy.argmin()] == pytest.approx(2.968, abs=0.01)


def test_the_sea_beyond_the_reach():
    cell = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]]) * 2.2
    entry = dispersion_of("Ne")
    near, far = (
        lattice_dispersion_ev(entry, [[0, 0, 0]], cell, reach_angstrom=r) for r in (10.0, 20.0)
    )
    assert near == pytest.approx(far, rel=1e-3)


def test_no_such_gas():
    with pytest.raises(InputError, match="there are He, Ne"):
        dispersion_of("Fe")
