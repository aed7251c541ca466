"""Couplings that were computed beforehand, and how they are found."""

from __future__ import annotations

from collections import Counter

import pytest

from isotunnel.errors import InputError
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import benchmark_rows
from isotunnel.theories.superconducting.rigid_muffin_tin.calibration import (
    SHARE,
    coupling_range,
    tc_coverage,
)
from isotunnel.theories.superconducting.rigid_muffin_tin.stored import (
    stored_couplings,
    stored_like,
    stored_named,
    stored_of,
)


def test_every_crystal_with_a_spectrum_answers_to_its_name_and_its_id() -> None:
    done = [r.id for r in benchmark_rows() if r.coupling is not None]
    found = stored_couplings()
    assert [s.row.id for s in found] == done
    assert len({s.name for s in found}) == len(found) > 100
    for stored in found:
        assert stored_named(stored.name) is stored
        assert stored_named(stored.row.id) is stored


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("niobium", "Nb"),
        ("H3S", "H3S"),
        ("H3S@200GPa", "H3S"),
        ("TaC", "TaC"),
        ("B2Ta", "TaB2"),
        ("tin", "Sn"),
        ("Tin", "Sn"),
        ("TiN", "TiN"),
    ],
)
def test_names_that_people_use(name: str, formula: str) -> None:
    assert stored_named(name).row.formula == formula


def test_a_pressure_that_nobody_computed_is_refused() -> None:
    with pytest.raises(InputError, match=r"unknown stored pairing result 'H3S@150GPa'"):
        stored_named("H3S@150GPa")


def test_of_several_crystals_of_a_composition_none_is_taken_for_the_other() -> None:
    drawn = Counter(s.row.formula for s in stored_couplings() if s.row.is_drawn)
    named = {s.row.formula for s in stored_couplings() if s.row.is_named}
    several = {formula for formula, count in drawn.items() if count > 1} - named
    assert several
    for stored in stored_couplings():
        if stored.row.formula in several:
            assert stored.name != stored.row.formula
    for formula in several:
        with pytest.raises(InputError, match="several stored pairing results are of"):
            stored_named(formula)


def test_a_theory_is_given_named_crystals_only() -> None:
    (carbide,) = (s for s in stored_couplings() if s.row.formula == "TaC")
    assert carbide.row.is_drawn
    assert stored_of("TaC", (0.0, 0.0)) is None
    assert stored_of("no formula", (0.0, 0.0)) is None
    assert stored_of("Nb0", (0.0, 0.0)) is None
    assert stored_like("TaC", 225, 0.0) is carbide
    assert stored_like("TaC", 194, 0.0) is None
    sulfide = stored_of("H3S", (140.0, 358.0))
    assert sulfide is not None
    assert sulfide.pressure_gpa == 200.0
    assert stored_of("H3S", (0.0, 100.0)) is None
    assert stored_like("H3S", 229, 185.0) is sulfide
    assert stored_like("H3S", 229, 155.0) is None


def test_the_error_of_lambda_is_that_of_the_benchmark() -> None:
    known = coupling_range()
    assert known is not None
    niobium = stored_named("Nb")
    half = niobium.lambda_ep.value * (known.high - known.low) / 2.0
    assert niobium.lambda_ep.error == pytest.approx(half)


def test_the_range_of_lambda_covers_tc_as_often_as_it_should() -> None:
    """So that no error of the frequencies has to be added; of 136 crystals and 52 with a Tc."""
    for above in (0.0, 1.0):
        inside, judged = tc_coverage(above)
        assert judged > 40
        assert inside / judged >= SHARE - 0.08
