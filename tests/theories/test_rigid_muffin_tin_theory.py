"""Rigid muffin tins behind the interface of the rivals."""

from __future__ import annotations

import pytest

from isotunnel.diagrams.choose import USUAL, choose_theories, usual_theories
from isotunnel.substances import in_catalogue, material_data, substance
from isotunnel.theories import MaterialData, theory
from isotunnel.theories.superconducting.rigid_muffin_tin.stored import (
    stored_couplings,
    stored_named,
)
from isotunnel.theories.superconducting.rigid_muffin_tin.theory import NAME


def test_it_is_known_by_name_and_combines() -> None:
    assert theory(NAME).name == NAME
    assert theory("rigid_muffin_tin+allen-dynes").name == NAME
    both = choose_theories([NAME, f"bloch_grueneisen+{NAME}"])
    assert [t.name for t in both] == [NAME, f"bloch_grueneisen+{NAME}"]


def test_what_is_not_stored_it_does_not_say() -> None:
    answer = theory(NAME).answer(MaterialData("unobtainium"), 0.0, 1.0)
    assert answer.state is None
    assert "isotunnel pairing" in (answer.tc_k.cannot_say or "")


def test_stored_results_answer_without_anything_put_in() -> None:
    rigid = theory(NAME)
    known = [s for s in stored_couplings() if s.row.is_metal and in_catalogue(s.row.formula)]
    assert len(known) >= 8
    for stored in known:
        (material, *_) = material_data(stored.row.formula)
        answer = rigid.answer(material, 0.0, 0.01)
        mu_star = next(u.value for u in answer.used if u.name == "mu_star")
        assert answer.tc_k.value == pytest.approx(stored.tc_k(mu_star))
        assert answer.tc_k.error is not None
        assert rigid.put_in(material) == ()  # type: ignore[attr-defined]
        assert "tc_k" not in {u.name for u in answer.used}


def test_a_crystal_under_pressure_answers_at_its_own_pressure_and_is_scaled_from_it() -> None:
    stored = stored_named("H3S@200GPa")
    (material, *_) = material_data("H3S")
    assert material.reference_pressure_gpa != stored.pressure_gpa
    rigid = theory(NAME)
    here = rigid.answer(material, stored.pressure_gpa, 10.0)
    mu_star = next(u.value for u in here.used if u.name == "mu_star")
    assert here.tc_k.value == pytest.approx(stored.tc_k(mu_star), rel=1e-6)
    lower = rigid.answer(material, 150.0, 10.0)
    assert lower.tc_k.value != pytest.approx(here.tc_k.value, rel=1e-3)


@pytest.mark.parametrize(("name", "unaided"), [("Pd", True), ("Be", True), ("Nb", False)])
def test_a_panel_of_unknown_superconductivity_is_filled_by_it(name: str, unaided: bool) -> None:
    names = usual_theories(substance(name))
    assert (f"bloch_grueneisen+{NAME}" in names) is unaided
    assert ("bloch_grueneisen+allen_dynes" in names) is not unaided
    assert len(names) == len(USUAL)
