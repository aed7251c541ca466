"""Relaxation, with EMT in place of DFT."""

from __future__ import annotations

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk
from ase.calculators.emt import EMT
from toy_engine import emt

from isotunnel.crystal import symmetry_of
from isotunnel.engines.relaxing import (
    Evaluation,
    RelaxStart,
    RelaxTolerance,
    SymmetricCoordinates,
    minimise_enthalpy,
)
from isotunnel.errors import EngineError, InputError
from isotunnel.units import EV_PER_ANGSTROM3_GPA

TOLERANCE = RelaxTolerance()


def layers():
    """A layer of Au and two of Cu; one free coordinate along c."""
    places = [(0, 0, 0), (0.5, 0.5, 0.3), (0.5, 0.5, 0.7)]
    return Atoms("AuCu2", scaled_positions=places, cell=(2.8, 2.8, 6.0), pbc=True)


CRYSTALS = {
    "fcc": (bulk("Cu"), 1, 0),
    "hcp": (bulk("Cu", "hcp", a=2.5, c=4.4), 2, 0),
    "bct": (bulk("Au", "bct", a=2.9, c=4.3), 2, 0),
    "layers": (layers(), 2, 1),
}


def energy(atoms):
    own = atoms.copy()
    own.calc = EMT()
    return own.get_potential_energy()


@pytest.mark.parametrize("name", CRYSTALS)
def test_degrees_of_freedom(name):
    atoms, strains, displacements = CRYSTALS[name]
    found = SymmetricCoordinates.of(atoms)
    assert (len(found.strains), len(found.displacements)) == (strains, displacements)
    products = np.einsum("aij,bij->ab", found.strains, found.strains)
    np.testing.assert_allclose(products, np.eye(strains), atol=1e-12)
    assert np.abs(found.displacements.sum(axis=1)).max(initial=0) < 1e-12


def test_without_symmetry_everything_is_free():
    atoms = bulk("Cu", cubic=True)
    atoms.symbols[0] = "Au"
    atoms.rattle(0.05, seed=3)
    found = SymmetricCoordinates.of(atoms)
    assert (len(found.strains), len(found.displacements)) == (6, 9)


@pytest.mark.parametrize("name", CRYSTALS)
def test_gradient_is_the_slope_of_the_enthalpy(name):
    atoms = CRYSTALS[name][0].copy()
    coordinates = SymmetricCoordinates.of(atoms)
    pressure = 0.2
    found = emt(atoms)
    volume = atoms.get_volume()
    slope = coordinates.gradient(volume * (found.stress + pressure * np.eye(3)), found.forces)
    for axis in range(len(coordinates)):
        step = np.zeros(len(coordinates))
        step[axis] = 1e-4
        ends = [coordinates.moved(atoms, sign * step) for sign in (1, -1)]
        values = [energy(a) + pressure * a.get_volume() for a in ends]
        assert (values[0] - values[1]) / 2e-4 == pytest.approx(slope[axis], abs=2e-4)


@pytest.mark.parametrize("pressure", [-5.0, 0.0, 30.0, 300.0])
@pytest.mark.parametrize("name", CRYSTALS)
def test_reaches_the_pressure_and_keeps_the_symmetry(name, pressure):
    atoms = CRYSTALS[name][0]
    before = symmetry_of(atoms)
    found = minimise_enthalpy(atoms, pressure, emt, TOLERANCE)
    last = emt(found.atoms)
    excess = last.stress * EV_PER_ANGSTROM3_GPA + pressure * np.eye(3)
    assert np.abs(excess).max() <= TOLERANCE.pressure_limit(pressure) * 1.001
    assert np.abs(last.forces).max() <= TOLERANCE.force_ev_angstrom
    # A structure may become more symmetric (bct gold turns fcc), never less.
    after = symmetry_of(found.atoms)
    assert after.operations >= before.operations
    assert found.steps <= 15


def test_pressure_is_minus_de_dv():
    atoms = bulk("Cu")
    tight = RelaxTolerance(pressure_gpa=0.001, pressure_share=1e-9)
    ends = [minimise_enthalpy(atoms, p, emt, tight).atoms for p in (48.0, 52.0)]
    slope = -(energy(ends[1]) - energy(ends[0])) / (ends[1].get_volume() - ends[0].get_volume())
    assert slope * EV_PER_ANGSTROM3_GPA == pytest.approx(50.0, abs=0.1)


def test_bulk_modulus_is_the_slope():
    atoms = bulk("Cu")
    found = minimise_enthalpy(atoms, 50.0, emt, RelaxTolerance(pressure_gpa=0.01))
    low, high = (minimise_enthalpy(atoms, p, emt, TOLERANCE).atoms for p in (48.0, 52.0))
    modulus = -4.0 / np.log(high.get_volume() / low.get_volume())
    assert found.bulk_modulus_gpa == pytest.approx(modulus, rel=0.05)


def test_knowing_the_stiffness_saves_steps():
    atoms = bulk("Cu")
    first = minimise_enthalpy(atoms, 50.0, emt, TOLERANCE)
    again = minimise_enthalpy(
        first.atoms, 51.0, emt, TOLERANCE, start=RelaxStart(first.bulk_modulus_gpa, first.hessian)
    )
    assert again.steps <= 3


def test_a_crystal_that_cannot_be_held_together_is_reported():
    with pytest.raises(EngineError, match=r"expands without end|did not relax"):
        minimise_enthalpy(bulk("Cu"), -100.0, emt, TOLERANCE)


def test_a_stretched_crystal_finds_its_way_back():
    """Beyond the point of inflection the curvature is negative."""
    stretched = bulk("Cu", a=4.5)
    low, high = (
        -np.trace(emt(bulk("Cu", a=a)).stress) / 3 * EV_PER_ANGSTROM3_GPA for a in (4.5, 4.4)
    )
    assert high < low < 0
    found = minimise_enthalpy(stretched, 0.0, emt, TOLERANCE)
    assert found.atoms.get_volume() == pytest.approx(3.59**3 / 4, rel=0.01)
    assert found.steps <= 15


def test_steps_run_out_with_the_numbers():
    with pytest.raises(EngineError, match=r"in 2 steps: the stress is still .* GPa off"):
        minimise_enthalpy(bulk("Cu"), 300.0, emt, RelaxTolerance(max_steps=2))


def test_another_basis_teaches_no_curvature():
    """A jump of the energy surface must not be taken for stiffness."""
    calls = []

    def jumping(atoms):
        found = emt(atoms)
        calls.append(atoms.get_volume())
        fine = len(calls) > 2
        shift = 0.02 if fine else 0.0
        return Evaluation(found.forces, found.stress - shift * np.eye(3), fine)

    found = minimise_enthalpy(bulk("Cu"), 40.0, jumping, TOLERANCE)
    assert found.steps <= 8


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf")])
def test_tolerance_must_be_positive(value):
    with pytest.raises(InputError, match="pressure_gpa must be a positive number"):
        RelaxTolerance(pressure_gpa=value)
