"""All claims judged at once, with totals and with what would change each verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from isotunnel.evidence.sources import Sources
from isotunnel.notebook import ShownInNotebooks
from isotunnel.scorecard.chance import Chance, chance
from isotunnel.scorecard.claim import PAPER, RIVAL, USER, Claim
from isotunnel.scorecard.common_rows import CommonRows
from isotunnel.scorecard.judging import judge_rows
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.result import ClaimResult, ReadingVerdicts, deciding
from isotunnel.scorecard.sensitivity import rows_needed, sensitivity
from isotunnel.scorecard.sentences import common_sentence
from isotunnel.scorecard.user_theory import GuardedTheory
from isotunnel.scorecard.verdict import Verdict
from isotunnel.scorecard.wording import number_text, rule_text
from isotunnel.versions import versions_of

Progress = Callable[[Claim, int, int], None]
"""Called before each claim with its place, from 1, and the number of claims."""


@dataclass(frozen=True)
class Scorecard(ShownInNotebooks):
    """Every claim with its verdicts.

    Attributes:
        results: in order of the register; claims not computed yet are among them.
        theory: title of the user's theory judged beside the others, None for none.
        versions: of the programs that made it.
        settings: of the statistics.
    """

    results: tuple[ClaimResult, ...]
    theory: str | None = None
    versions: dict[str, str] = field(default_factory=dict, hash=False)
    settings: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def sides(self) -> tuple[str, ...]:
        """Who is judged: the paper, its rival, and a user's theory where one was given."""
        return (PAPER, RIVAL) if self.theory is None else (PAPER, RIVAL, USER)

    @property
    def totals(self) -> dict[str, dict[Verdict, int]]:
        """Number of claims by side and verdict; those of a side add up to all claims."""
        return {
            side: {v: sum(r.verdicts[side] == v for r in self.results) for v in Verdict}
            for side in self.sides
        }

    @property
    def computed(self) -> tuple[ClaimResult, ...]:
        """Results of claims that have a rule and code."""
        return tuple(r for r in self.results if r.claim.computed)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON. Keys: ``isotunnel.schemas.scorecard``."""
        from isotunnel.schemas import document
        from isotunnel.schemas.scorecard import Scorecard as Shape

        return document(Shape, self)

    @property
    def judged_claims(self) -> tuple[dict[str, Any], ...]:
        """Each result with its sides' verdicts, its module, and the sentences on each number."""
        return tuple(
            {
                "result": r,
                "verdicts": {side: r.verdicts[side] for side in self.sides},
                "module": r.claim.module if r.claim.computed else None,
                "numbers": [_number(r, n) for n in r.numbers],
                "common": [_common(r, c) for c in r.common],
                "other_readings": [self._other(r, o) for o in r.others],
            }
            for r in self.results
        )

    @property
    def chance(self) -> Chance:
        """How many verdicts on parts would come out wrong by chance."""
        return chance(self.results)

    def _other(self, result: ClaimResult, other: ReadingVerdicts) -> dict[str, Any]:
        return {
            "reading": other.reading,
            "verdicts": {side: other.verdicts[side] for side in self.sides},
            "numbers": [
                {
                    "side": n.side,
                    "part": n.part,
                    "text": number_text(result.part_of(n), n),
                    "verdict": result.verdict_of(n),
                }
                for n in other.numbers
            ],
        }


def judge_claims(
    claims: Sequence[Claim],
    sources: Sources | None = None,
    progress: Progress | None = None,
) -> Scorecard:
    """Judge claims on the tables and the atlas.

    Args:
        claims: entries of a register.
        sources: where data come from; a user's theory goes in ``sources.user_theory``.
        progress: called with each claim before it is judged.

    Raises:
        InputError: a number that does not fit the register, or a failure of the user's theory.
    """
    given = sources or Sources()
    results = []
    for place, entry in enumerate(claims, 1):
        if progress is not None:
            progress(entry, place, len(claims))
        results.append(judge_rows(entry, None, given))
        if isinstance(given.user_theory, GuardedTheory):
            given.user_theory.check()
    title = None if given.user_theory is None else given.user_theory.title
    return Scorecard(tuple(results), title, versions_of("isotunnel", "numpy", "scipy"), _settings())


def _number(result: ClaimResult, number: Measurement) -> dict[str, Any]:
    part = result.part_of(number)
    enough = rows_needed(part.rule, number)
    return {
        "number": number,
        "verdict": part.judge(number),
        "sentence": result.sentence_of(number),
        "text": number_text(part, number),
        "rule": rule_text(part),
        "decides": number in deciding(result, number.side),
        "would_change": sensitivity(part, number),
        "rows_needed": enough[0] if enough and enough[1] != part.judge(number) else None,
    }


def _common(result: ClaimResult, both: CommonRows) -> dict[str, Any]:
    judged = [{"number": n, "verdict": both.part.judge(n)} for n in both.numbers]
    return {
        "both": both,
        "numbers": judged,
        "sentence": common_sentence(result.claim, both),
    }


def _settings() -> dict[str, Any]:
    from isotunnel.evidence import statistics

    return {
        "confidence_level": statistics.LEVEL,
        "bootstrap_resamples": statistics.RESAMPLES,
        "bootstrap_seed": statistics.SEED,
    }
