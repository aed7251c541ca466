"""Sides are compared on the rows that both answer; their verdicts rest on all that each answers."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from isotunnel.claims import claim
from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard import Measurement, Verdict
from isotunnel.scorecard.result import ClaimResult, judged
from isotunnel.scorecard.sample import FAR_OFF, Case, Sample, median_off, share_right
from isotunnel.scorecard.sentences import common_sentence

ENTRY = replace(claim("A8"), parts=(claim("A8").part("sign"),))
"""One part, for all three sides."""


def _signs(right: str, side: str = "paper") -> Measurement:
    """A share of rows a, b, c, ... of which those in upper case are right."""
    cases = tuple(Case(k.lower(), True, {side: k.isupper()}) for k in right)
    return Measurement.of("sign", Sample(cases, side, share_right, yes_no=True))


def _result(**sides: str) -> ClaimResult:
    return judged(ENTRY, [_signs(right, side) for side, right in sides.items()], None)


def test_the_verdict_rests_on_all_rows_and_the_comparison_on_common_ones() -> None:
    """All 26 rows of the paper support it; the two that the rival answers too do not."""
    result = _result(paper="ab" + "CDEFGHIJKLMNOPQRSTUVWXYZ", rival="AB")
    assert result.verdicts == {
        "paper": Verdict.SUPPORTED,
        "rival": Verdict.UNDECIDED,
        "yours": Verdict.NO_STATEMENT,
    }
    (common,) = result.common
    assert (common.sides, common.cases, common.same) == (("paper", "rival"), 2, False)
    assert [(n.right, n.value) for n in common.numbers] == [(0, 0.0), (2, 1.0)]
    sentence = common_sentence(ENTRY, common)
    assert "2 rows that both answer: the tunnel theory 0 of 2" in sentence
    assert sentence in result.sentences[0]


def test_which_side_is_ahead_on_common_rows_can_come_out_either_way() -> None:
    ahead = _result(paper="ABCdefg", rival="abC").common[0]
    behind = _result(paper="abcDEFG", rival="ABc").common[0]
    for common, better in ((ahead, 0), (behind, 1)):
        numbers = [n.value for n in common.numbers]
        assert numbers.index(max(numbers)) == better


def test_common_rows_do_not_depend_on_the_order_of_sides_or_rows() -> None:
    one = _result(paper="aBCdE", rival="BcDX").common
    other = _result(rival="XDcB", paper="EdCBa").common
    assert one == other


def test_sides_on_the_same_rows_are_stated_to_be() -> None:
    (common,) = _result(paper="ABc", rival="abC").common
    assert common.same
    assert "same 3 rows" in common_sentence(ENTRY, common)


def test_no_common_row_is_reported() -> None:
    (common,) = _result(paper="AB", rival="CD").common
    assert (common.cases, common.numbers) == (0, ())
    assert "no row is answered by both" in common_sentence(ENTRY, common).lower()
    silent = [Measurement.refused("sign", "paper", "nothing"), _signs("AB", "rival")]
    assert judged(ENTRY, silent, None).common[0].cases == 0


def test_every_pair_of_three_sides_is_compared() -> None:
    common = _result(paper="ABCD", rival="BC", yours="CDE").common
    assert {c.sides: c.cases for c in common} == {
        ("paper", "rival"): 2,
        ("paper", "yours"): 2,
        ("rival", "yours"): 1,
    }


def test_numbers_that_rest_on_the_same_rows_compare_as_they_are() -> None:
    """Without single cases, too; with other rows nothing can be matched."""
    used = tuple(RowUsed("t", str(i), "x", "s") for i in range(12))
    first, second = (
        Measurement("sign", side, v, v, v, used) for side, v in (("paper", 0.2), ("rival", 0.9))
    )
    (common,) = judged(ENTRY, [first, second], None).common
    assert (common.same, common.rows) == (True, 12)
    verdicts = [common.part.judge(n) for n in common.numbers]
    assert verdicts == [Verdict.CONTRADICTED, Verdict.SUPPORTED]
    fewer = replace(second, used=used[1:])
    assert judged(ENTRY, [first, fewer], None).common == ()


def test_a_sample_is_its_statistic_on_any_of_its_cases() -> None:
    cases = tuple(
        Case(k, 1.0, {"paper": math.exp(v)}, group=g)
        for k, v, g in (("a", 1.0, "x"), ("b", 2.0, "x"), ("c", 9.0, ""))
    )
    sample = Sample(cases, "paper", median_off)
    number = Measurement.of("p", sample)
    assert (sample.rows, number.value) == (2, pytest.approx(2.0))
    assert Measurement.of("p", sample.only("c")).value == pytest.approx(9.0)
    assert sample.right is None
    with pytest.raises(InputError, match="answered twice"):
        Sample((cases[0], cases[0]), "paper", median_off)


def test_a_case_passes_from_the_row_to_the_comparison_as_it_is() -> None:
    """No packing again: what the claim gathers is what number and comparison hold."""
    case = Case("a", 2.0, {"paper": 2.0, "rival": 3.0})
    numbers = [
        Measurement.of("sign", Sample((case,), side, share_right)) for side in ("paper", "rival")
    ]
    result = judged(ENTRY, numbers, None)
    for number in (*result.numbers, *result.common[0].numbers):
        assert number.sample is not None
        assert number.sample.cases[0] is case


@pytest.mark.parametrize(("predicted", "measured"), [(-1.0, 1.0), (0.0, 1.0), (1.0, 0.0)])
def test_a_prediction_of_the_wrong_sign_is_far_off(predicted: float, measured: float) -> None:
    assert Case("a", measured, {"paper": predicted}).off("paper") == FAR_OFF
    assert Case("a", -2.0, {"paper": -4.0}).off("paper") == pytest.approx(math.log(2))


def test_what_a_statistic_cannot_say_is_the_reason() -> None:
    def nothing(*_: object) -> tuple[float, float, float]:
        raise CannotSay("all of one kind")

    number = Measurement.of("p", Sample((Case("a"),), "paper", nothing))
    assert number.cannot_say == "all of one kind"


def test_a_guess_is_judged_as_an_answer() -> None:
    cases = tuple(Case(k, 1.0, {"paper": 1.0, "guess": g}) for k, g in (("a", 1.0), ("b", 0.0)))
    found = Measurement.of("p", Sample(cases, "paper", share_right, True, "saying yes"))
    assert found.guess == ("saying yes", 0.5)
    assert found.guess == ("saying yes", 0.5)
    assert _signs("AB").guess is None
