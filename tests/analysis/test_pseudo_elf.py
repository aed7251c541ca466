"""Published Tc formulas take the ELF that they were fitted to; the all-electron one stays phi."""

from __future__ import annotations

import numpy as np
import pytest
from ase import Atoms

from isotunnel import analyze
from isotunnel.analysis.descriptors import descriptors_of
from isotunnel.engines.base import PSEUDO_ELF, ElectronicStructure
from isotunnel.engines.gpaw_pw.fields import has_pseudo_elf
from isotunnel.fields.field import Field
from isotunnel.theories.hydrides.networks import estimate_tc

CELL = np.eye(3) * 3.0


def crystal() -> Atoms:
    places = [[0, 0, 0], [0.5, 0, 0], [0, 0.5, 0], [0, 0, 0.5]]
    return Atoms("SH3", scaled_positions=places, cell=CELL, pbc=True)


def network(height: float) -> Field:
    """An ELF of cosines whose passes along all axes lie at ``height``."""
    x = np.cos(2 * np.pi * np.arange(24) / 24)
    shape = (x[:, None, None] + x[None, :, None] + x[None, None, :]) / 3
    # At the pass one cosine is -1 and two are 1: a third.
    return Field.from_array(height + 0.25 * (shape - 1 / 3), CELL, "elf", atoms=crystal())


class Engine:
    """Gives two ELFs, as GPAW does for hydrides."""

    name = "made-up"

    def __init__(self, pseudo: bool) -> None:
        self.pseudo = pseudo

    def compute(self, atoms: Atoms, *, progress: object = None) -> ElectronicStructure:
        assert progress is not None
        fields = {"elf": network(0.667)}
        if self.pseudo:
            fields[PSEUDO_ELF] = network(0.726)
        shares = {"H": 0.48, "S": 0.52}
        return ElectronicStructure(
            atoms, self.name, fields, dos_fermi=1.0, dos_fermi_by_element=shares
        )


def test_formulas_take_the_pseudo_phi_and_phi_stays_all_electron() -> None:
    """H3S at 200 GPa: 0.667 all-electron was fed to fits made with ELFs of 0.73."""
    found = analyze(crystal(), engine=Engine(pseudo=True))
    assert found.phi == pytest.approx(0.667, abs=1e-4)
    assert found.phi_pseudo == pytest.approx(0.726, abs=1e-4)
    expected = estimate_tc(found.phi_pseudo, found.phi_star_pseudo, 0.75, 0.48)
    by_id = {e.id: e.tc_k for e in found.tc_estimates}
    assert by_id == pytest.approx({e.id: e.tc_k for e in expected})
    beside = {e.id: e.tc_k for e in found.tc_estimates_all_electron}
    assert beside.keys() == by_id.keys()
    # What the choice does: some 15 K in F2.
    assert 12 < by_id["F2"] - beside["F2"] < 20
    # Tables hold one phi, that of all electrons, and Tc made from it.
    rows = {d.column.name: d.value for d in descriptors_of(found, 27.0)}
    assert rows["phi"] == found.phi
    assert rows["tc_f2_k"] == pytest.approx(beside["F2"])
    # One ELF is searched and shown; the other serves formulas only.
    assert list(found.tunnels["made-up"]) == ["elf"]
    assert not any("several" in w or "ELFs were given" in w for w in found.warnings)


def test_without_a_pseudo_elf_phi_serves() -> None:
    found = analyze(crystal(), engine=Engine(pseudo=False))
    assert found.phi_pseudo is None
    assert found.tc_estimates_all_electron == ()
    expected = estimate_tc(found.phi, found.phi_star, 0.75, 0.48)
    assert [e.tc_k for e in found.tc_estimates] == pytest.approx([e.tc_k for e in expected])


def test_only_crystals_with_hydrogen_keep_both() -> None:
    assert has_pseudo_elf(crystal())
    assert not has_pseudo_elf(Atoms("Al", cell=CELL, pbc=True))
