"""B2: the packed hydrogen molecule, checks from outside, and worlds where it is otherwise."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from isotunnel.bonding.h2 import (
    MoleculePoint,
    document,
    molecule_points,
    reference,
)
from isotunnel.bonding.h2_series import molecule_at
from isotunnel.claims import claim
from isotunnel.claims.b2 import APART, gather
from isotunnel.errors import InputError
from isotunnel.evidence.sources import Sources
from isotunnel.scorecard import Verdict
from isotunnel.scorecard.judging import judge_rows


def rows():
    return gather(Sources())


def at(distance):
    return next(p for p in molecule_points() if abs(p.distance_angstrom - distance) < 0.01)


def with_passes(joined, apart):
    """The world with these passes at both distances."""
    world, bond = rows(), rows().bond.value
    points = (MoleculePoint(bond, -10.0, joined), MoleculePoint(APART * bond, -7.0, apart))
    return replace(world, points=points)


@pytest.mark.parametrize(
    ("joined", "apart", "verdict"),
    [
        (-40.0, -3.0, Verdict.NOT_TELLING),
        (-5.0, -20.0, Verdict.CONTRADICTED),
        (-40.0, -20.0, Verdict.CONTRADICTED),
    ],
)
def test_b2_flips(joined, apart, verdict):
    found = judge_rows(claim("B2"), with_passes(joined, apart)).verdicts
    # Molecular orbitals predict the same: they earn it too, and it tells nothing apart.
    assert found["paper"] == found["rival"] == verdict


def test_levels_on_both_sides_of_the_pass_leave_it_undecided():
    """PBE's level above the pass, the ionisation energy below it."""
    result = judge_rows(claim("B2"), with_passes(-12.0, -10.0))
    assert {result.verdict_of(n) for n in result.numbers} == {Verdict.UNDECIDED}


def test_without_the_distance_there_is_no_number():
    result = judge_rows(claim("B2"), replace(rows(), points=()))
    assert all(n.cannot_say for n in result.numbers)


def test_the_series_is_that_of_one_molecule_pulled_apart():
    points = molecule_points()
    assert len(points) >= 10
    for near, far in pairwise(points):
        assert near.distance_angstrom < far.distance_angstrom
        assert near.level_ev < far.level_ev < 0
        assert near.saddle_ev < far.saddle_ev < 0
    assert points[-1].saddle_ev > points[-1].level_ev


def test_the_length_is_that_of_the_moment_of_inertia():
    """I = mu r^2, with the printed moment 0.2770222 u angstrom^2 and the mass of 1H."""
    assert reference("bond_length").value == pytest.approx(
        (2 * 0.2770222 / 1.00782503) ** 0.5, 1e-5
    )
    energies = {p["distance_angstrom"]: p["energy_ev"] for p in document()["points"]}
    assert min(energies, key=energies.get) == pytest.approx(
        reference("bond_length").value, abs=1e-4
    )


def test_another_program_finds_the_same_molecule():
    """The level to 10 meV; the pass, inside overlapping augmentation spheres, to 0.6 eV of 43."""
    point = at(reference("bond_length").value)
    assert point.level_ev == pytest.approx(reference("pyscf_level").value, abs=0.01)
    assert point.saddle_ev == pytest.approx(reference("pyscf_saddle").value, abs=0.7)


def test_box_and_cutoff_are_converged():
    point, checks = at(reference("bond_length").value), document()["checks"]
    assert {c["width_angstrom"] for c in checks} >= {6.0, 10.0}
    wide = next(c for c in checks if c["width_angstrom"] == 10.0)
    assert point.level_ev == pytest.approx(wide["level_ev"], abs=0.01)
    assert point.saddle_ev == pytest.approx(wide["saddle_ev"], abs=0.05)
    for check in checks:
        assert point.level_ev == pytest.approx(check["level_ev"], abs=0.05)
        assert point.saddle_ev == pytest.approx(check["saddle_ev"], abs=0.3)


def test_the_self_interaction_error_has_the_size_that_is_reported():
    """PBE's level lies some 5 eV above minus the ionisation energy."""
    error = at(reference("bond_length").value).level_ev + reference("ionisation_h2").value
    assert 4.0 < error < 6.0
    assert reference("ionisation_h2").value > reference("ionisation_h").value


def test_an_unknown_reference_is_refused():
    with pytest.raises(InputError, match="no reference 'mass'"):
        reference("mass")


@pytest.mark.slow
@pytest.mark.dft
def test_a_point_computed_again_agrees():
    pytest.importorskip("gpaw")
    packed = next(c for c in document()["checks"] if c["ecut_ev"] == 500.0)
    point, settings, _ = molecule_at(
        packed["distance_angstrom"], packed["width_angstrom"], packed["ecut_ev"]
    )
    for name, tolerance in (("level_ev", 5e-3), ("saddle_ev", 2e-2), ("energy_ev", 5e-3)):
        assert point[name] == pytest.approx(packed[name], abs=tolerance), name
    kept = document()["settings"]
    same = ("xc", "kpoints", "smearing_ev", "grid_spacing", "potential")
    assert [settings[k] for k in same] == [kept[k] for k in same]
