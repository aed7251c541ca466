"""A potential as an engine: relaxation, no electrons, and what is said where it fails."""

from __future__ import annotations

import sys

import pytest
from ase.build import bulk
from ase.calculators.emt import EMT

from isotunnel.engines.mlip import PotentialEngine, open_potential
from isotunnel.errors import CannotSay, CrystalError, EngineError, InputError, MissingExtraError
from made_up_potential import MadeUp, gpaw_of, potential


def test_copper_relaxes_to_the_pressure_asked_for() -> None:
    engine = PotentialEngine(EMT(), "emt")
    at_zero = engine.relax(bulk("Cu", a=3.8), 0.0)
    squeezed = engine.relax(bulk("Cu", a=3.8), 20.0)
    assert at_zero.structure.pressure_gpa == pytest.approx(0.0, abs=0.05)
    assert squeezed.structure.pressure_gpa == pytest.approx(20.0, abs=0.05)
    assert at_zero.space_group_number == 225
    volumes = [r.structure.atoms.get_volume() for r in (squeezed, at_zero)]
    assert volumes[0] < volumes[1]
    assert volumes[1] == pytest.approx(11.56, abs=0.05)  # EMT's own lattice constant, 3.59 A


def test_it_knows_no_electrons() -> None:
    structure = potential(gpaw_of("Al")).compute(bulk("Al"))
    with pytest.raises(CannotSay, match="knows atoms only"):
        structure.require_field("elf")
    with pytest.raises(CannotSay, match="knows atoms only"):
        structure.require("fermi_ev")


def test_what_the_potential_cannot_do_is_one_line() -> None:
    with pytest.raises(EngineError, match="emt gives nothing for W: No EMT-potential for W"):
        PotentialEngine(EMT(), "emt").compute(bulk("W"))
    with pytest.raises(EngineError, match="not finite"):
        potential(lambda _: float("nan")).compute(bulk("Al"))
    with pytest.raises(InputError, match="an ASE calculator; got str"):
        PotentialEngine("chgnet")
    flat = bulk("Al")
    flat.cell[:] = 0.0
    with pytest.raises(CrystalError):
        potential(gpaw_of("Al")).compute(flat)


def test_the_energy_is_that_of_the_pressure() -> None:
    """dE/dV = -P, for the made-up potential itself: relaxing rests on it."""
    calculator = MadeUp(gpaw_of("Al"))
    atoms = bulk("Al", a=3.9)
    atoms.calc = calculator
    low, high = atoms.copy(), atoms.copy()
    for moved, ratio in ((low, 0.99), (high, 1.01)):
        moved.set_cell(atoms.cell.array * ratio, scale_atoms=True)
        moved.calc = MadeUp(gpaw_of("Al"))
    slope = (high.get_potential_energy() - low.get_potential_energy()) / (
        high.get_volume() - low.get_volume()
    )
    assert slope == pytest.approx(atoms.get_stress()[0], rel=0.01)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chgnet", None)
    for name in [n for n in sys.modules if n.startswith("chgnet.")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(MissingExtraError, match=r"needs CHGNet.*isotunnel\[mlip\]"):
        open_potential("chgnet")
    with pytest.raises(InputError, match="unknown potential 'mace'; known: chgnet"):
        open_potential("mace")


def test_chgnet_gives_what_the_shipped_table_holds() -> None:
    pytest.importorskip("chgnet", reason="the extra mlip is not installed")
    from isotunnel.engines.mlip.compared import compare, compared

    shipped = {p.gpaw_gpa: p.potential_gpa for p in compared() if p.crystal == "Ta"}
    now = compare(open_potential(), "Ta")
    assert [p.potential_gpa for p in now] == pytest.approx(list(shipped.values()), abs=0.05)
