"""The register is whole, and its entries can be judged."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from isotunnel.claims import claim, register
from isotunnel.errors import InputError
from isotunnel.evidence.statistics import share
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard import Measurement, Verdict
from isotunnel.scorecard.claim import Claim, Part
from isotunnel.scorecard.judging import judge_rows
from isotunnel.scorecard.registry import read_claim
from isotunnel.scorecard.result import judged
from isotunnel.scorecard.trace import trace

COMPUTED = [c for c in register() if c.computed]
RULED = [c for c in register() if c.parts]
PARTS = [pytest.param(c, p, id=f"{c.id}-{p.name}") for c in RULED for p in c.parts]


def test_the_register_holds_every_claim_once_in_order() -> None:
    names = [f"A{i}" for i in range(1, 10)]
    names += [f"B{i}" for i in range(1, 19)] + [f"C{i}" for i in range(1, 12)]
    assert [c.id for c in register()] == names


def test_a_claim_is_found_by_its_id_in_any_case() -> None:
    assert claim(" b18").id == "B18"
    with pytest.raises(InputError, match="unknown claim 'D1'"):
        claim("D1")


def test_a_claim_without_code_says_that_it_is_not_computed() -> None:
    entry = replace(RULED[0], id="Z9", code=None)
    assert not entry.computed
    assert set(judge_rows(entry, None).verdicts.values()) == {Verdict.NOT_COMPUTED}


NOWHERE = """statement = "s"
section = "t"
decides = "d"
not_testable = "nobody can weigh it"
"""


def test_a_claim_that_no_data_could_decide_says_why() -> None:
    entry = read_claim("Z9", NOWHERE)
    assert not entry.computed
    assert not entry.waiting
    result = judge_rows(entry, None)
    assert set(result.verdicts.values()) == {Verdict.NOT_TESTABLE}
    assert result.sentences[0] == "Not testable: nobody can weigh it"
    assert list(trace(result))[1] == "  not testable: nobody can weigh it"


def test_what_is_not_testable_may_not_be_tested() -> None:
    """A reason beside a rule would be a verdict typed by hand."""
    part = (
        'limits = "l"\n[parts.a]\ntitle = "t"\nunit = ""\nsides = ["paper"]\nsupported = [0, 1]\n'
        'contradicted = [2, 3]\nminimum_rows = 1\nsentence = "s"\n'
    )
    with pytest.raises(InputError, match="not testable, and has parts"):
        read_claim("Z9", NOWHERE + part)
    with pytest.raises(InputError, match="not testable, and has parts"):
        read_claim("Z9", NOWHERE, COMPUTED[0].code)


def _of_claim(entry: Claim, part: Part, side: str, found: Verdict) -> Verdict:
    """What a claim's verdict is where one part has a number and the others have none."""
    telling = any(p.role == "telling" and side in p.sides for p in entry.parts)
    if part.role == "reported":
        return Verdict.UNDECIDED
    if part.necessary and found == Verdict.SUPPORTED:
        return Verdict.UNDECIDED if telling else Verdict.NOT_TELLING
    return found


@pytest.mark.parametrize(("entry", "part"), PARTS)
def test_each_rule_can_come_out_both_ways(entry: Claim, part: Part) -> None:
    rows = tuple(RowUsed("t", str(i), "x", "s") for i in range(part.rule.minimum_rows))
    for wanted, region in (
        (Verdict.SUPPORTED, part.rule.supported),
        (Verdict.CONTRADICTED, part.rule.contradicted),
    ):
        ends = [e for e in (region.low, region.high) if math.isfinite(e)]
        value = sum(ends) / len(ends)
        for side in part.sides:
            number = Measurement(part.name, side, value, value, value, rows)
            others = [
                Measurement.refused(p.name, s, "not asked")
                for p in entry.parts
                for s in p.sides
                if (s, p.name) != (side, part.name)
            ]
            result = judged(entry, [number, *others], None)
            met_only = part.necessary and wanted == Verdict.SUPPORTED
            assert result.verdict_of(number) == (Verdict.NOT_TELLING if met_only else wanted)
            assert result.verdicts[side] == _of_claim(entry, part, side, wanted)
            first = result.sentence_of(number)[0]
            assert first.isupper() or first.isdigit()
            few = Measurement(part.name, side, value, value, value, rows[1:])
            assert judged(entry, [few, *others], None).verdicts[side] == Verdict.UNDECIDED


SHARES = [
    pytest.param(p, id=f"{c.id}-{p.name}")
    for c in RULED
    for p in c.parts
    if p.title.lower().startswith("share of") and "minus" not in p.title
]


@pytest.mark.parametrize("part", SHARES)
def test_a_share_can_be_decided_by_the_fewest_rows(part: Part) -> None:
    """A rule that no sample of the least size could meet would be no rule."""
    n = part.rule.minimum_rows
    for successes, wanted in ((n, Verdict.SUPPORTED), (0, Verdict.CONTRADICTED)):
        _, low, high = share(successes, n)
        assert part.rule.judge(low, high, n) == wanted


def test_a_number_that_is_asked_for_may_not_be_missing() -> None:
    with pytest.raises(InputError, match="no number for"):
        judged(RULED[0], [], None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("statement = ", "not TOML"),
        ('statement = "s"\nsection = "t"', "lacks 'decides'"),
        ('statement = "s"\nsection = "t"\ndecides = "d"\nverdict = "supported"', "unknown fields"),
        (
            'statement = "s"\nsection = "t"\ndecides = "d"\n[parts.a]\ntitle = "t"\nunit = ""\n'
            'sides = ["paper"]\nsupported = [0, 1]\ncontradicted = [2, 3]\nminimum_rows = 1\n'
            'sentence = "s"',
            "limits",
        ),
        (
            'statement = "s"\nsection = "t"\ndecides = "d"\nlimits = "l"\n[parts.a]\ntitle = "t"\n'
            'unit = ""\nsides = ["paper"]\nsupported = [0, 1]\ncontradicted = [2, 3]\n'
            'minimum_rows = 1\nrole = "reported"\nbecause = "b"\nsentence = "s"',
            "only reported parts",
        ),
        (
            'statement = "s"\nsection = "t"\ndecides = "d"\nlimits = "l"\n[parts.a]\ntitle = "t"\n'
            'unit = ""\nsides = ["paper"]\nsupported = [0, 1]\ncontradicted = [2, 3]\n'
            'minimum_rows = 1\nrole = "necessary"\nsentence = "s"',
            "because",
        ),
    ],
)
def test_entries_that_are_not_well_formed_are_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_claim("X1", text)


def test_a_measurement_without_a_number_needs_a_reason() -> None:
    with pytest.raises(InputError, match="no reason"):
        Measurement("a", "paper", math.nan, math.nan, math.nan)
    assert math.isnan(Measurement.refused("a", "paper", "no data").value)
