"""Rigid muffin tins behind the interface of the rivals."""

from __future__ import annotations

import pytest

from isotunnel.diagrams.choose import choose_theories
from isotunnel.substances import in_catalogue, material_data
from isotunnel.theories import MaterialData, theory
from isotunnel.theories.superconducting.rigid_muffin_tin.theory import NAME, stored_results
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc


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
    found = stored_results()
    assert "Nb" in found
    rigid = theory(NAME)
    known = {name: inputs for name, inputs in found.items() if in_catalogue(name)}
    assert len(known) >= 8
    for name, inputs in known.items():
        (material, *_) = material_data(name)
        answer = rigid.answer(material, 0.0, 0.01)
        mu_star = next(u.value for u in answer.used if u.name == "mu_star")
        expected = allen_dynes_tc(
            inputs["lambda_ep"].value, inputs["omega_log_k"].value, mu_star,
            inputs["omega_2_k"].value,
        )  # fmt: skip
        assert answer.tc_k.value == pytest.approx(expected)
        assert rigid.put_in(material) == ()  # type: ignore[attr-defined]
        assert "tc_k" not in {u.name for u in answer.used}
