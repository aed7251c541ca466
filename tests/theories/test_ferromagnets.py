"""Ferromagnets in the standard theories: metals that do not superconduct."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isotunnel.diagrams.combined import Combined
from isotunnel.substances import material_data
from isotunnel.theories import theory
from isotunnel.theories.parameters import Parameter


@pytest.mark.parametrize("substance", ["Fe", "Co", "Ni"])
@pytest.mark.parametrize("name", ["bcs", "allen_dynes", "mcmillan", "eliashberg"])
def test_iron_cobalt_and_nickel_are_metals_at_all_temperatures(substance: str, name: str) -> None:
    material = material_data(substance)[0]
    both = Combined(theory("bloch_grueneisen"), theory(name))
    for temperature in (0.1, 4.0, 77.0, 293.0, 600.0):
        answer = both.answer(material, 0.0, temperature)
        assert answer.state == "metal", (temperature, answer.state_reason)
        assert answer.tc_k.value == 0.0
        assert answer.rho_uohm_cm.value is not None
        assert "pairs of opposite spins" in " ".join(answer.notes)


def test_the_magnetism_decides_and_nothing_else() -> None:
    lead = material_data("Pb")[0]
    assert theory("bcs").answer(lead, 0.0, 1.0).state == "superconductor"
    magnet = replace(lead, curie_temperature_k=Parameter(500.0, "made up"))
    answer = theory("bcs").answer(magnet, 0.0, 1.0)
    assert answer.state == "metal"
    assert answer.tc_k.value == 0.0
    assert [u.name for u in answer.used] == ["curie_temperature_k"]
