"""An equation of state is given where the rule allows it, and nowhere else."""

from __future__ import annotations

import math

import numpy as np
import pytest
from ase.build import bulk

from isotunnel import CannotSay, InputError, equation_of_state
from made_up_potential import gpaw_of, potential

AL = gpaw_of("Al")


def test_a_potential_like_gpaw_is_believed_as_far_as_the_atlas_goes() -> None:
    found = equation_of_state("Al", [0, 50, 100], engine=potential(AL))
    assert found.trust.basis == "the crystal itself"
    assert found.trust.reach_gpa == pytest.approx(150, abs=0.1)
    assert [p.pressure_gpa for p in found.points] == [0, 50, 100]
    volumes = [p.volume_per_atom_a3 for p in found.points]
    assert volumes == pytest.approx([16.57, 12.02, 10.38], abs=0.02)
    work = np.diff([p.enthalpy_ev_atom for p in found.points])
    assert (work > 0).all()  # dH/dP = V


def test_beyond_the_reach_nothing_is_said() -> None:
    def law(volume: float) -> float:
        gpaw = AL(volume)
        return gpaw if gpaw < 80 else 1.3 * gpaw

    with pytest.raises(CannotSay, match="believed up to 75 GPa for Al, 100 was asked for"):
        equation_of_state("Al", [0, 100], engine=potential(law))
    assert equation_of_state("Al", [0, 70], engine=potential(law)).trust.reach_gpa < 76


def test_a_pressure_that_falls_on_the_way_is_refused() -> None:
    """It meets all of GPAW's volumes, with a dip between two of them."""

    def law(volume: float) -> float:
        return AL(volume) - 14.0 * math.exp(-(((volume - 10.75) / 0.25) ** 2))

    with pytest.raises(CannotSay, match="must fall with the volume, but from 1"):
        equation_of_state("Al", [0, 100], engine=potential(law))


def test_a_potential_that_is_off_is_refused_with_the_place() -> None:
    engine = potential(lambda v: 1.3 * AL(v))
    with pytest.raises(CannotSay, match="first off at 25 GPa, where it gives 32"):
        equation_of_state("Al", [0, 10], engine=engine, check=True)


def test_hydrides_are_off_and_obey_the_rule_when_asked_for() -> None:
    engine = potential(gpaw_of("PdH"))
    with pytest.raises(CannotSay, match=r"off for hydrides.*--hydrides"):
        equation_of_state("PdH", [0, 20], engine=engine)
    found = equation_of_state("PdH", [0, 20], engine=engine, hydrides=True)
    assert found.trust.reach_gpa == pytest.approx(40, abs=0.1)
    with pytest.raises(CannotSay, match="first off"):
        equation_of_state("PdH", [0], engine=potential(AL), hydrides=True)


def test_what_the_atlas_lacks_needs_a_family_or_a_check() -> None:
    engine = potential(AL)
    with pytest.raises(CannotSay, match=r"family simple metal: 0 of the 3.*--check"):
        equation_of_state(bulk("In", "fcc", a=4.1), [0, 50], engine=engine)

    calls = []

    def gpaw(atoms) -> float:
        calls.append(atoms)
        return AL(atoms.get_volume() / len(atoms)) * 1.1

    crystal = bulk("In", "fcc", a=4.1)
    found = equation_of_state(crystal, [0, 25, 50], engine=engine, check=gpaw)
    assert found.trust.basis == "GPAW runs made for it"
    assert len(calls) == 3
    assert found.trust.reach_gpa == pytest.approx(55, abs=1)
    with pytest.raises(CannotSay, match="first off"):
        equation_of_state(crystal, [0, 25, 50], engine=engine, check=lambda a: 2 * gpaw(a))
    with pytest.raises(InputError, match="GPAW checks 3 volumes"):
        equation_of_state(crystal, [0, 50], engine=engine, check=gpaw)


@pytest.mark.parametrize("pressures", [[], [-1.0], [0.0, float("nan")]])
def test_impossible_pressures(pressures: list[float]) -> None:
    with pytest.raises(InputError):
        equation_of_state("Al", pressures, engine=potential(AL))


def test_a_grid_file_is_no_crystal() -> None:
    with pytest.raises(InputError, match="give a crystal"):
        equation_of_state("tests/data/h3s_elf.cube.gz", [0], engine=potential(AL))
