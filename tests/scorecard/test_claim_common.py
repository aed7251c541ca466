"""Sides are compared on the rows that both answer; their verdicts rest on all that each answers."""

from __future__ import annotations

import pytest

from isotunnel.claims import claim
from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard import Measurement, Verdict
from isotunnel.scorecard.result import ClaimResult, judged
from isotunnel.scorecard.sample import Case, Sample, median_value, share_right

ENTRY = claim("A8")


def _signs(right: str) -> Measurement:
    """A share of rows a, b, c, ... of which those in upper case are right."""
    cases = tuple(Case(letter.lower(), (float(letter.isupper()),)) for letter in right)
    return Measurement.of("sign", Sample(cases, share_right, yes_no=True))


def _result(**sides: str) -> ClaimResult:
    return judged(ENTRY, [(side, _signs(right)) for side, right in sides.items()], None)


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
    assert [(n.right, n.measurement.value) for n in common.numbers] == [(0, 0.0), (2, 1.0)]
    assert "2 rows that both answer: the tunnel theory 0 of 2" in common.sentence
    assert common.sentence in result.sentences[0]


def test_which_side_is_ahead_on_common_rows_can_come_out_either_way() -> None:
    ahead = _result(paper="ABCdefg", rival="abC").common[0]
    behind = _result(paper="abcDEFG", rival="ABc").common[0]
    for common, better in ((ahead, 0), (behind, 1)):
        numbers = [n.measurement.value for n in common.numbers]
        assert numbers.index(max(numbers)) == better


def test_common_rows_do_not_depend_on_the_order_of_sides_or_rows() -> None:
    one = _result(paper="aBCdE", rival="BcDX").common
    other = _result(rival="XDcB", paper="EdCBa").common
    assert [c.as_dict() for c in one] == [c.as_dict() for c in other]


def test_sides_on_the_same_rows_are_said_to_be() -> None:
    (common,) = _result(paper="ABc", rival="abC").common
    assert common.same
    assert "same 3 rows" in common.sentence


def test_no_common_row_is_said() -> None:
    (common,) = _result(paper="AB", rival="CD").common
    assert (common.cases, common.numbers) == (0, ())
    assert "no row is answered by both" in common.sentence.lower()
    silent = [("paper", Measurement.refused("sign", "nothing")), ("rival", _signs("AB"))]
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
    first, second = (Measurement("sign", v, v, v, used) for v in (0.2, 0.9))
    (common,) = judged(ENTRY, [("paper", first), ("rival", second)], None).common
    assert (common.same, common.rows) == (True, 12)
    assert [n.verdict for n in common.numbers] == [Verdict.CONTRADICTED, Verdict.SUPPORTED]
    fewer = Measurement("sign", 0.9, 0.9, 0.9, used[1:])
    assert judged(ENTRY, [("paper", first), ("rival", fewer)], None).common == ()


def test_a_sample_is_its_statistic_on_any_of_its_cases() -> None:
    cases = tuple(
        Case(k, (v,), g) for k, v, g in (("a", 1.0, "x"), ("b", 2.0, "x"), ("c", 9.0, ""))
    )
    sample = Sample(cases, median_value)
    assert (sample.rows, Measurement.of("p", sample).value) == (2, 2.0)
    assert Measurement.of("p", sample.only("c")).value == 9.0
    assert sample.right is None
    with pytest.raises(InputError, match="answered twice"):
        Sample((cases[0], cases[0]), median_value)


def test_what_a_statistic_cannot_say_is_the_reason() -> None:
    def nothing(_: object) -> tuple[float, float, float]:
        raise CannotSay("all of one kind")

    assert (
        Measurement.of("p", Sample((Case("a", (1.0,)),), nothing)).cannot_say == "all of one kind"
    )


def test_a_guess_is_judged_as_an_answer() -> None:
    cases = tuple(Case(k, (1.0,), guessed=g) for k, g in (("a", 1.0), ("b", 0.0)))
    found = Measurement.of("p", Sample(cases, share_right, True, "saying yes"))
    assert found.guess == ("saying yes", 0.5)
    assert found.as_dict()["guess"] == {"what": "saying yes", "value": 0.5}
    assert _signs("AB").guess is None
