"""Multipoles of charges: their energy is Coulomb's, and no choice of axes or centre matters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import sph_harm_y

from isotunnel.bonding.squeezed.harmonics import irregular, place, regular
from isotunnel.bonding.squeezed.multipoles import (
    about,
    lattice_energy_ev,
    of_charges,
    pair_energy_ev,
    together,
)
from isotunnel.units import COULOMB_EV_ANGSTROM


def _charges(seed: int, size: int = 6, width: float = 0.25):
    rng = np.random.default_rng(seed)
    return rng.normal(size=size), rng.normal(size=(size, 3)) * width


def _rotation(seed: int) -> np.ndarray:
    q, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))
    return q * np.sign(np.linalg.det(q))


@given(st.integers(0, 10**6))
def test_harmonics_are_scipys_up_to_their_norm(seed):
    from math import factorial, pi, sqrt

    point = np.random.default_rng(seed).normal(size=3)
    r = np.linalg.norm(point)
    theta, phi = np.arccos(point[2] / r), np.arctan2(point[1], point[0])
    low, high = regular(point[None], 4)[:, 0], irregular(point[None], 8)[:, 0]
    for l in range(9):  # noqa: E741
        for m in range(-l, l + 1):
            y = sph_harm_y(l, m, theta, phi) * sqrt(4 * pi / (2 * l + 1))
            scale = sqrt(factorial(l + m) * factorial(l - m))
            assert high[place(l, m)] == pytest.approx(y * scale / r ** (l + 1), rel=1e-9)
            if l <= 4:
                assert low[place(l, m)] == pytest.approx(y * r**l / scale, rel=1e-9, abs=1e-12)


@given(st.integers(0, 10**6))
def test_far_apart_the_energy_is_coulombs(seed):
    (qa, a), (qb, b) = _charges(seed), _charges(seed + 1)
    apart = np.array([6.0, -5.0, 4.0])
    exact = sum(
        x * y / np.linalg.norm(apart + v - u)
        for x, u in zip(qa, a, strict=True)
        for y, v in zip(qb, b, strict=True)
    )
    found = pair_energy_ev(of_charges(qa, a), of_charges(qb, b), apart)
    assert found == pytest.approx(exact * COULOMB_EV_ANGSTROM, abs=3e-3)
    other_way = pair_energy_ev(of_charges(qb, b), of_charges(qa, a), -apart)
    assert found == pytest.approx(other_way, rel=1e-9, abs=1e-12)


@given(st.integers(0, 10**6))
def test_turning_changes_no_size_and_no_energy(seed):
    (qa, a), (qb, b) = _charges(seed), _charges(seed + 1)
    turn, apart = _rotation(seed), np.array([3.0, 1.0, 2.0])
    first, second = of_charges(qa, a), of_charges(qb, b)
    turned = of_charges(qa, a @ turn.T)
    for l in range(5):  # noqa: E741
        assert turned.size(l) == pytest.approx(first.size(l), rel=1e-9, abs=1e-12)
    assert pair_energy_ev(turned, of_charges(qb, b @ turn.T), turn @ apart) == pytest.approx(
        pair_energy_ev(first, second, apart), rel=1e-9, abs=1e-12
    )


@given(st.integers(0, 10**6))
def test_another_centre(seed):
    q, x = _charges(seed)
    shift = np.array([0.3, -0.2, 0.5])
    moved = about(of_charges(q, x), shift)
    assert np.allclose(moved.values, of_charges(q, x + shift).values, atol=1e-9)
    halves = together([of_charges(q[:3], x[:3]), of_charges(q[3:], x[3:])])
    assert np.allclose(halves.values, of_charges(q, x).values)


def test_a_stretched_charge_has_the_textbooks_quadrupole():
    found = of_charges([1, -2, 1], [[0, 0, 1], [0, 0, 0], [0, 0, -1]])
    assert found.size(2) == pytest.approx(2.0)
    assert found.axial(2) == pytest.approx(2.0)
    assert found.size(0) == found.size(1) == pytest.approx(0.0)


def test_quadrupoles_in_line_repel_and_crossed_attract():
    rod = of_charges([1, -2, 1], [[0, 0, 0.4], [0, 0, 0], [0, 0, -0.4]])
    lying = of_charges([1, -2, 1], [[0.4, 0, 0], [0, 0, 0], [-0.4, 0, 0]])
    apart = np.array([0.0, 0.0, 3.0])
    assert pair_energy_ev(rod, rod, apart) > 0
    assert pair_energy_ev(rod, lying, apart) < 0


def test_a_supercell_has_the_energy_of_its_cells():
    q, x = _charges(3)
    site = of_charges(q, x)
    cell = np.diag([2.5, 2.6, 2.7])
    one = lattice_energy_ev([site], [[0, 0, 0]], cell, reach_angstrom=12.0)
    double = np.diag([5.0, 2.6, 2.7])
    two = lattice_energy_ev([site] * 2, [[0, 0, 0], [2.5, 0, 0]], double, reach_angstrom=12.0)
    assert two == pytest.approx(2 * one, rel=1e-9)
    farther = lattice_energy_ev([site], [[0, 0, 0]], cell, reach_angstrom=24.0)
    assert farther == pytest.approx(one, rel=1e-2)
