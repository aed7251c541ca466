"""The scorecard: totals, both sides alike, what would change a verdict, nothing typed."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from importlib.resources import files
from itertools import combinations

import pytest

from isotunnel.claims import claim, judge, register, scorecard
from isotunnel.errors import CannotSay, InputError
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import share
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard import Measurement, Range, Rule, Verdict
from isotunnel.scorecard.chance import border_probability, chance
from isotunnel.scorecard.claim import Claim, Part
from isotunnel.scorecard.result import ClaimResult, deciding, judged
from isotunnel.scorecard.sensitivity import MOST_ROWS, rows_needed, sensitivity
from isotunnel.scorecard.trace import trace
from isotunnel.scorecard.user_theory import GuardedTheory, load_theory
from isotunnel.scorecard.wording import number_text, rows_text, rule_text, wording
from made_up_worlds import made_up_world

SHARE = Part(
    "share", "Share of rows", "", ("paper", "rival"), Rule(Range(0.7, 1.0), Range(0.0, 0.5), 11),
    "{value:.0%} ({low:.0%} to {high:.0%}) of {rows} rows.",
)  # fmt: skip
FACTOR = Part(
    "size", "Median |ln|", "", ("paper",), Rule(Range(0.0, 0.69), Range(1.39), 5),
    "Off by {factor:.2g} ({factor_low:.2g} to {factor_high:.2g}).",
)  # fmt: skip


def _found(
    part: Part, value: float, low: float, high: float, rows: int, side: str = "paper"
) -> Measurement:
    used = tuple(RowUsed("t", str(i), "x", "s") for i in range(rows))
    return Measurement(part.name, side, value, low, high, used)


PAIRS = [a + b for a, b in combinations(("Na", "K", "Mg", "Ca", "Al", "Si"), 2)]


NOBODY = replace(claim("A4"), code=None)
UNTESTABLE = replace(NOBODY, parts=(), not_testable="nobody can weigh it")


def _superconductors(pressures: list[float]) -> Sources:
    rows = [
        {"material": name, "status": "established", "tc_k": 40.0 + i, "pressure_gpa": p}
        for i, (name, p) in enumerate(zip(PAIRS, pressures, strict=False))
    ]
    return made_up_world(landmarks=rows, dtc_dp=[], hydrides_tc=[])


def test_totals_count_every_claim_once_for_each_side() -> None:
    card = scorecard(_superconductors([0.0] * 12), [claim("A9"), NOBODY, UNTESTABLE])
    assert card.sides == ("paper", "rival")
    for side in card.sides:
        assert sum(card.totals[side].values()) == 3
    assert card.totals["paper"][Verdict.CONTRADICTED] == 1
    assert card.totals["rival"][Verdict.NO_STATEMENT] == 1
    assert card.totals["paper"][Verdict.NOT_COMPUTED] == 1
    assert card.totals["paper"][Verdict.NOT_TESTABLE] == 1
    assert [r.claim.id for r in card.computed] == ["A9"]


def test_a_changed_datum_changes_number_verdict_and_sensitivity() -> None:
    cards = [
        scorecard(_superconductors([p] * 12), [claim("A9")]).as_dict()["claims"][0]
        for p in (0.0, 50.0)
    ]
    first, second = (c["numbers"][0] for c in cards)
    for key in ("value", "text", "sentence", "verdict", "would_change"):
        assert first[key] != second[key]
    assert (first["verdict"], second["verdict"]) == ("contradicted", "supported")
    assert first["rule"] == second["rule"]


def test_progress_is_reported_before_each_claim() -> None:
    told: list[tuple[str, int, int]] = []
    scorecard(
        _superconductors([0.0]),
        [claim("A9"), NOBODY],
        lambda c, i, n: told.append((c.id, i, n)),
    )
    assert told == [("A9", 1, 2), ("A4", 2, 2)]


SHARED = [pytest.param(c, p, id=f"{c.id}-{p.name}") for c in register() for p in c.parts
          if len(p.sides) > 1]  # fmt: skip


def _of_every_side(entry: Claim, part: Part, value: float, rows: int) -> set[Verdict]:
    """The verdicts of a claim whose sides all have this number, and no other."""
    numbers = [
        _found(p, value, value, value, rows, side)
        if p == part
        else Measurement.refused(p.name, side, "not asked")
        for p in entry.parts
        for side in p.sides
    ]
    result = judged(entry, numbers, None)
    return {result.verdicts[side] for side in part.sides}


@pytest.mark.parametrize(("entry", "part"), SHARED)
def test_equal_numbers_get_equal_verdicts_whoever_is_judged(entry: Claim, part: Part) -> None:
    rule = part.rule
    inside = {
        Verdict.SUPPORTED: rule.supported, Verdict.CONTRADICTED: rule.contradicted
    }  # fmt: skip
    for wanted, region in inside.items():
        value = next(e for e in (region.low, region.high) if math.isfinite(e))
        found = _of_every_side(entry, part, value, rule.minimum_rows)
        if part.role == "telling" or (part.necessary and wanted == Verdict.CONTRADICTED):
            assert found == {wanted}
        else:
            assert found <= {Verdict.UNDECIDED, Verdict.NOT_TELLING}
        assert _of_every_side(entry, part, value, rule.minimum_rows - 1) == {Verdict.UNDECIDED}


def test_the_register_holds_no_result() -> None:
    """Verdicts come from rules: no entry says one, and no sentence holds a number of the data."""
    words = {str(v) for v in Verdict}
    assert len(register()) > 30
    for entry in register():
        name = f"{entry.id.lower()}.toml"
        text = files("isotunnel.claims").joinpath(name).read_text("utf-8")
        assert "statement" in text
        for line in text.splitlines():
            value = line.partition("=")[2].strip().strip('"').lower()
            assert value not in words, line
        for part in entry.parts:
            assert re.search(r"\{(value|factor)", part.sentence), part.name


@pytest.mark.parametrize(
    ("value", "low", "high", "rows", "words"),
    [
        (
            0.9,
            0.75,
            0.98,
            30,
            "Contradicted if the whole interval, now 75% to 98%, were 50% or less",
        ),
        (0.2, 0.10, 0.35, 30, "Supported if the whole interval, now 10% to 35%, were 70% or more"),
        (1.0, 0.54, 1.0, 6, "At least 5 more rows are needed"),
        (1.0, 0.85, 1.0, 10, "At least 1 more row is needed; an interval like this one would"),
    ],
)
def test_the_sensitivity_is_made_of_rule_number_and_rows(
    value: float, low: float, high: float, rows: int, words: str
) -> None:
    assert words in sensitivity(SHARE, _found(SHARE, value, low, high, rows))


def test_without_a_number_the_sensitivity_asks_for_one() -> None:
    refused = Measurement.refused("share", "paper", "no data")
    assert "from 11 rows or more" in sensitivity(SHARE, refused)
    assert rows_needed(SHARE.rule, refused) is None


@pytest.mark.parametrize(("successes", "trials"), [(10, 12), (16, 20), (3, 11), (5, 12)])
def test_rows_needed_of_a_share_are_those_that_decide(successes: int, trials: int) -> None:
    found = _found(SHARE, *share(successes, trials), trials)
    needed = rows_needed(SHARE.rule, found)
    assert needed is not None
    rows, verdict = needed
    assert rows > trials
    for n, same in ((rows, True), (rows - 1, False)):
        _, low, high = share(round(found.value * n), n)
        if n > max(trials, SHARE.rule.minimum_rows):
            assert (SHARE.rule.judge(low, high, n) == verdict) is same


def test_rows_needed_of_other_intervals_go_as_the_square() -> None:
    found = _found(FACTOR, 0.49, 0.2, 0.89, 10)
    needed = rows_needed(FACTOR.rule, found)
    assert needed is not None
    assert needed[0] == pytest.approx(40, abs=1)
    assert needed[1] == Verdict.SUPPORTED
    on_the_edge = _found(FACTOR, 0.69, 0.2, 0.9, 10)
    assert rows_needed(FACTOR.rule, on_the_edge) is None
    sure = _found(FACTOR, 0.5, 0.5, 0.5, 10)
    assert rows_needed(FACTOR.rule, sure) is None


def test_more_rows_than_can_be_had_are_not_counted() -> None:
    """68 % lies so close to 70 % that thousands of metals would be asked for."""
    found = _found(SHARE, *share(13, 19), 19)
    assert rows_needed(SHARE.rule, found) is None
    text = sensitivity(SHARE, found)
    assert f"more rows than can be had (over {MOST_ROWS}" in text
    assert text.endswith("to give: mixed.")
    assert not re.search(r"about \d+ rows", text)


@pytest.mark.parametrize(("value", "words"), [(0.2, "0.20 above"), (-0.2, "0.20 below")])
def test_a_difference_says_which_side_is_lower(value: float, words: str) -> None:
    entry = claim("B18")
    numbers = [
        _found(part, v, v, v, 60, side)
        for part in entry.parts
        for side, v in (("paper", value), ("rival", -value))
        if side in part.sides
    ]
    sentence = judged(entry, numbers, None).sentence_of(numbers[0])
    assert f"is {words} the other side's" in sentence


def test_numbers_are_written_as_their_sentence_writes_them() -> None:
    assert number_text(SHARE, _found(SHARE, 0.5, 0.25, 0.75, 9)) == "50% (25% to 75%)"
    assert number_text(FACTOR, _found(FACTOR, 0.0, 0.0, 0.6931, 9)) == "factor 1 (1 to 2)"
    assert rule_text(FACTOR) == (
        "supported: a factor between 1 and 1.99; contradicted: a factor of 4.01 or more; "
        "5 rows at least"
    )
    assert rows_text(SHARE, _found(SHARE, 0.5, 0.5, 0.5, 9)) == "9 rows of 11 needed"
    assert rows_text(SHARE, _found(SHARE, 0.5, 0.5, 0.5, 11)) == "11 rows"
    power = replace(FACTOR, sentence="10^{value:.1f} times")
    assert number_text(power, _found(power, 2.0, 1.0, 3.0, 9)) == "10^2.0 (10^1.0 to 10^3.0)"
    volts = replace(FACTOR, sentence="{value:+.1f} eV", unit="eV")
    assert number_text(volts, _found(volts, 2.0, 2.0, 2.0, 9)) == "+2.0 eV"
    assert wording(volts).range(Range(low=0.5)) == "0.5 eV or more"
    touching = Rule(Range(low=0.5), Range(high=0.4999))
    assert wording(volts).ranges(touching) == ("0.5 eV or more", "less than 0.5 eV")
    touching = Rule(Range(high=0.5), Range(low=0.5001))
    assert wording(volts).ranges(touching) == ("0.5 eV or less", "more than 0.5 eV")


def test_a_range_is_called_a_range_and_does_not_narrow_with_rows() -> None:
    confident = _found(SHARE, 0.6, 0.4, 0.75, 20)
    spread = replace(confident, range_of=3)
    assert number_text(SHARE, confident) == "60% (40% to 75%)"
    assert number_text(SHARE, spread) == "60% (40% to 75%, range of 3 values)"
    assert (confident.interval, spread.interval) == ("confidence", "range")
    assert replace(spread, low=0.6, high=0.6).interval == "none"
    assert rows_needed(SHARE.rule, confident) is not None
    assert rows_needed(SHARE.rule, spread) is None
    assert "At the same value" not in sensitivity(SHARE, spread)


def test_one_row_decides_only_of_one_named_thing() -> None:
    """Those parts are about hydrogen, compressed sodium, frozen helium, iron; others need more."""
    alone = {(c.id, p.name) for c in register() for p in c.parts if p.rule.minimum_rows < 2}
    assert alone == {
        *(("B2", part) for part in ("joined", "apart")),
        *(("C3", part) for part in ("cold", "room")),
        ("B10", "sodium"),
        ("B3", "solid"),
        *(("C5", part) for part in ("gap", "strength", "molecules")),
        *(("C9", part) for part in ("moduli", "covalent")),
    }


@pytest.mark.parametrize("entry", [c for c in register() if c.parts], ids=lambda c: c.id)
def test_every_rule_can_be_put_in_words(entry) -> None:
    for part in entry.parts:
        text = rule_text(part)
        assert "any number" not in text
        assert "inf" not in text.replace("information", "")
        assert wording(part).kind in ("share", "factor", "power", "plain")


def test_parts_that_disagree_all_decide() -> None:
    """Solid helium as stated in the cold, and at a tenth of it at room temperature."""
    common = {"property": "melting pressure", "isotope": "4He", "unit": "GPa", "kind": "fit"}
    rows = [
        {**common, "temperature_k": t, "value": p, "source": who, "id": f"{who}-{t}"}
        for who in ("one author", "another")
        for t, p in ((1.2, 2.5e-3), (295.0, 11.3))
    ]
    result = judge("C3", made_up_world(helium=rows))
    assert result.verdicts["paper"] == Verdict.MIXED
    assert {result.verdict_of(n) for n in deciding(result, "paper")} == {
        Verdict.SUPPORTED,
        Verdict.CONTRADICTED,
    }


class Falling:
    """A theory whose answers a test decides."""

    name, title, references = "falling", "Falling", ()

    def __init__(self, what: Exception | None = None) -> None:
        self.what = what

    def answer(self, *_asked):
        if self.what is not None:
            raise self.what
        return "an answer"


def test_a_refusal_of_a_theory_is_no_slip() -> None:
    guarded = GuardedTheory(Falling(CannotSay("not my field")))
    assert guarded.title == "Falling"
    with pytest.raises(CannotSay):
        guarded.answer(_Material(), 0.0, 0.0)
    guarded.check()


@pytest.mark.parametrize("what", [ZeroDivisionError("oh"), None])
def test_a_slip_of_a_theory_is_kept(what: Exception | None) -> None:
    guarded = GuardedTheory(Falling(what))
    with pytest.raises(InputError):
        guarded.answer(_Material(), 1.0, 2.0)
    with pytest.raises(InputError, match=r"'falling' .* on X at 1 GPa and 2 K"):
        guarded.check()


def test_a_theory_must_have_the_methods_of_one(tmp_path) -> None:
    path = tmp_path / "almost.py"
    path.write_text(
        "class NoAnswer:\n    name = title = 'x'\n    references = ()\n"
        "class Short(NoAnswer):\n    def answer(self, material): ...\n"
    )
    with pytest.raises(InputError, match="it lacks answer"):
        load_theory(f"{path}:NoAnswer")
    with pytest.raises(InputError, match="must take"):
        load_theory(f"{path}:Short")
    path.write_text("1 +")
    with pytest.raises(InputError, match="cannot be imported: SyntaxError"):
        load_theory(f"{path}:Short")


class _Material:
    name = "X"


def test_a_necessary_part_says_why_it_supports_nothing() -> None:
    for entry in register():
        for part in entry.parts:
            assert (part.role == "telling") == (part.because == "")
            if part.because:
                assert part.because in rule_text(part)


def test_chance_counts_what_would_come_out_wrong() -> None:
    """The tests that came out without a result count as well as those that decide."""
    entry = claim("A9")

    def result(value: float, half: float) -> ClaimResult:
        part = entry.part("share")
        number = _found(part, value, value - half, value + half, 30)
        others = [Measurement.refused(p.name, "paper", "-") for p in entry.parts[1:]]
        return judged(entry, [number, *others], None)

    just, clear = result(0.7001, 0.2), result(0.9, 0.05)
    assert border_probability(just, just.numbers[0]) == pytest.approx(0.025, abs=1e-3)
    assert border_probability(clear, clear.numbers[0]) < 1e-6
    found = chance([just] * 20)
    assert (found.judged, found.tested, found.decided, found.without) == (20, 20, 20, 0)
    assert found.expected == pytest.approx(0.5)
    assert found.rate == pytest.approx(0.025, abs=1e-3)
    assert not found.weak
    nothing = result(0.5, 0.3)
    picked = chance([just, *[nothing] * 19])
    assert (picked.tested, picked.decided) == (20, 1)
    assert picked.rate == pytest.approx(20 * 0.025, abs=0.02)
    assert [w[0] for w in picked.weak] == ["A9"]
    assert chance([nothing]).decided == 0
    assert chance([]).rate is None


def test_a_trace_leads_from_rows_to_verdict() -> None:
    """A stranger can derive the number again from what is printed."""
    result = judge("A4")
    lines = list(trace(result))
    text = "\n".join(lines)
    for number in result.numbers:
        for row in number.used:
            assert f"{row.row}  {row.label}  <- {row.source}" in text
        assert number_text(result.part_of(number), number) in text
        assert rule_text(result.part_of(number)) in text
    values = [line for line in lines if "sign falls" in line or "sign rises" in line]
    mine = values[: result.numbers[0].rows]
    right = sum(("sign falls" in v) == ("predicted -" in v) for v in mine)
    again = share(right, len(mine))
    assert again == (result.numbers[0].value, result.numbers[0].low, result.numbers[0].high)
    assert lines[-1].endswith(f"-> {result.verdicts['rival']}")


@pytest.mark.parametrize("entry", [c for c in register() if c.computed], ids=lambda c: c.id)
def test_every_number_says_what_entered_and_how(entry: Claim) -> None:
    result = judge(entry.id)
    for number in result.numbers:
        if number.cannot_say is None and (entry.id, number.part) != ("B10", "sodium"):
            assert number.values, number.part
            assert number.method, number.part
    assert len(list(trace(result))) > 5
