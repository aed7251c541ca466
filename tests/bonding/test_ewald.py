"""Ewald sums against published constants, a direct sum and laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.bonding.ewald import ewald_energy_ev, madelung_constant, wigner_seitz_radius
from isotunnel.errors import InputError

BCC = np.array([[-1, 1, 1], [1, -1, 1], [1, 1, -1]]) / 2
FCC = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]]) / 2
HCP = np.array([[1, 0, 0], [-0.5, math.sqrt(3) / 2, 0], [0, 0, math.sqrt(8 / 3)]])

# Ions in a uniform background, per Wigner-Seitz radius: half of 1.79186, 1.79175 and 1.79168 of
# R. A. Coldwell-Horsfall and A. A. Maradudin, J. Math. Phys. 1, 395 (1960), with later digits.
IONS = {
    "bcc": (BCC, [[0, 0, 0]], 0.895929255682),
    "fcc": (FCC, [[0, 0, 0]], 0.895873615195),
    "hcp": (HCP, [[1 / 3, 2 / 3, 0.25], [2 / 3, 1 / 3, 0.75]], 0.895838120459),
}
# Per nearest distance: Y. Sakamoto, J. Chem. Phys. 28, 164 (1958).
SALTS = {
    "NaCl": (FCC, [[0, 0, 0], [0.5, 0.5, 0.5]], 0.5, 1.747564594633),
    "CsCl": (np.eye(3), [[0, 0, 0], [0.5, 0.5, 0.5]], math.sqrt(3) / 2, 1.762674773070),
    "ZnS": (FCC, [[0, 0, 0], [0.25, 0.25, 0.25]], math.sqrt(3) / 4, 1.638055053388),
}


@pytest.mark.parametrize("name", IONS)
def test_ions_in_a_uniform_background(name):
    cell, scaled, published = IONS[name]
    count = len(scaled)
    radius = wigner_seitz_radius(abs(np.linalg.det(cell)) / count)
    found = madelung_constant(cell, np.array(scaled) @ cell, np.ones(count), radius) / count
    assert found == pytest.approx(published, abs=1e-10)


@pytest.mark.parametrize("name", SALTS)
def test_salts(name):
    cell, scaled, distance, published = SALTS[name]
    found = madelung_constant(cell, np.array(scaled) @ cell, [1, -1], distance)
    assert found == pytest.approx(published, abs=1e-10)


def test_as_a_direct_sum_over_neutral_cubes():
    """NaCl by Evjen's cubes, whose faces, edges and corners count in part."""
    n = 40
    x = np.arange(-n, n + 1)
    weight = np.where(np.abs(x) == n, 0.5, 1.0)
    i, j, k = np.meshgrid(x, x, x, indexing="ij")
    w = weight[:, None, None] * weight[None, :, None] * weight[None, None, :]
    r = np.sqrt(i**2 + j**2 + k**2.0)
    r[n, n, n] = np.inf
    direct = -float((w * (-1.0) ** (i + j + k) / r).sum())
    cell, scaled, distance, _ = SALTS["NaCl"]
    found = madelung_constant(cell, np.array(scaled) @ cell, [1, -1], distance)
    assert found == pytest.approx(direct, abs=2e-4)


@given(
    shift=st.tuples(*(st.floats(-2, 2),) * 3),
    scale=st.floats(0.5, 3),
    seed=st.integers(0, 100),
)
def test_laws(shift, scale, seed):
    """Translation, scaling as 1/length, a supercell, another cell of the lattice."""
    rng = np.random.default_rng(seed)
    cell = np.diag([3.0, 3.5, 4.0]) + rng.uniform(-0.5, 0.5, (3, 3))
    places = np.array([[0, 0, 0], [0.5, 0.4, 0.6]]) @ cell
    charges = np.array([1.0, rng.uniform(-2, 2)])
    energy = ewald_energy_ev(cell, places, charges)
    assert abs(energy) > 1e-3
    assert ewald_energy_ev(cell, places + np.array(shift), charges) == pytest.approx(energy)
    assert ewald_energy_ev(scale * cell, scale * places, charges) == pytest.approx(energy / scale)
    double = cell * np.array([[2], [1], [1]])
    two = np.concatenate([places, places + cell[0]])
    assert ewald_energy_ev(double, two, np.tile(charges, 2)) == pytest.approx(2 * energy)
    sheared = np.array([[1, 1, 0], [0, 1, 0], [0, -2, 1]]) @ cell
    assert ewald_energy_ev(sheared, places, charges) == pytest.approx(energy)


@pytest.mark.parametrize(
    ("cell", "places", "charges", "says"),
    [
        (np.eye(3), [[0, 0, 0], [1, 0, 0]], [1, -1], "one place"),
        (np.zeros((3, 3)), [[0, 0, 0]], [1], "no volume"),
        (np.eye(3), [[0, 0, 0]], [1, 2], "they must be"),
        (np.eye(3), [[0, 0, math.nan]], [1], "finite"),
    ],
)
def test_bad_input(cell, places, charges, says):
    with pytest.raises(InputError, match=says):
        ewald_energy_ev(cell, places, charges)
