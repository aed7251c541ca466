"""A judged claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.errors import InputError
from isotunnel.scorecard.claim import NECESSARY, REPORTED, SIDES, TELLING, USER, Claim, Part
from isotunnel.scorecard.common_rows import CommonRows, common_rows
from isotunnel.scorecard.figure_data import FigureData
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sentences import common_sentence, number_sentence
from isotunnel.scorecard.verdict import Verdict, combined


@dataclass(frozen=True)
class ReadingVerdicts:
    """A claim under one reading of the theory that is not the one shown first."""

    reading: str
    numbers: tuple[Measurement, ...]
    verdicts: dict[str, Verdict]


@dataclass(frozen=True)
class ClaimResult:
    """A claim with its numbers and verdicts.

    Attributes:
        claim: entry of the register.
        numbers: each deciding number of each side.
        verdicts: by side; ``no statement`` for a side that no part judges.
        figure: what the figure shows, None while the claim is not computed.
        common: sides of one part compared on the rows that both answer.
        reading: of the theory, on which the numbers rest; "" where they rest on none.
        others: the same under the other readings.
    """

    claim: Claim
    numbers: tuple[Measurement, ...]
    verdicts: dict[str, Verdict]
    figure: FigureData | None
    common: tuple[CommonRows, ...] = ()
    reading: str = ""
    others: tuple[ReadingVerdicts, ...] = ()

    def part_of(self, number: Measurement) -> Part:
        """The part that a number decides."""
        return self.claim.part(number.part)

    def verdict_of(self, number: Measurement) -> Verdict:
        """The verdict that a number's rule gives."""
        return self.part_of(number).judge(number)

    def sentence_of(self, number: Measurement) -> str:
        """A number in words."""
        return number_sentence(self.claim, number)

    def counts(self, number: Measurement) -> bool:
        """Whether a number has a say in its side's verdict."""
        return _counts(self.claim, number)

    @property
    def findings(self) -> tuple[str, ...]:
        """Sentences on all numbers and comparisons, part by part."""
        lines = []
        for part in self.claim.parts:
            lines += [self.sentence_of(n) for n in self.numbers if n.part == part.name]
            lines += [common_sentence(self.claim, c) for c in self.common if c.part == part]
        return tuple(lines)

    @property
    def sentences(self) -> tuple[str, str]:
        """What was found, and what it cannot show; both made of the numbers."""
        return " ".join(self.findings) or self.without, self.claim.limits

    @property
    def without(self) -> str:
        """Why there is no number at all, in a sentence; "" where there is one."""
        if self.numbers:
            return ""
        reason = self.claim.not_testable
        return f"Not testable: {reason}" if reason else "This claim is not computed yet."


def judged(
    claim: Claim,
    numbers: Sequence[Measurement],
    figure: FigureData | None,
    reading: str = "",
) -> ClaimResult:
    """Verdicts on numbers by the rules of the register.

    Args:
        claim: entry of the register.
        numbers: each must belong to a part that judges its side.
        figure: what the figure shows.
        reading: the one whose numbers are shown first; those of others stand beside it.

    Raises:
        InputError: a number of a part or side that the register does not have, or one that the
            register asks of the paper or the rival and that is missing.
    """
    for number in numbers:
        if number.side not in claim.part(number.part).sides:
            raise InputError(f"claim {claim.id}: part {number.part} does not judge {number.side!r}")
    shown = tuple(n for n in numbers if n.reading in ("", reading))
    _check_complete(claim, shown)
    return ClaimResult(
        claim,
        shown,
        _verdicts(claim, shown),
        figure,
        common_rows(claim.parts, shown),
        reading,
        _others(claim, numbers, reading),
    )


def _others(
    claim: Claim, numbers: Sequence[Measurement], reading: str
) -> tuple[ReadingVerdicts, ...]:
    names = dict.fromkeys(n.reading for n in numbers if n.reading not in ("", reading))
    found = []
    for name in names:
        mine = tuple(n for n in numbers if n.reading in ("", name))
        found.append(ReadingVerdicts(name, mine, _verdicts(claim, mine)))
    return tuple(found)


def _verdicts(claim: Claim, numbers: Sequence[Measurement]) -> dict[str, Verdict]:
    def of(side: str, role: str) -> list[Verdict]:
        parts = [(claim.part(n.part), n) for n in numbers if n.side == side]
        return [part.judge(n) for part, n in parts if part.role == role]

    return {side: combined(of(side, TELLING), of(side, NECESSARY)) for side in SIDES}


def _counts(claim: Claim, number: Measurement) -> bool:
    part = claim.part(number.part)
    telling = any(p.role == TELLING and number.side in p.sides for p in claim.parts)
    if part.role == NECESSARY and telling:
        return part.judge(number) == Verdict.CONTRADICTED
    return part.role != REPORTED


def without_numbers(claim: Claim) -> ClaimResult:
    """The result of a claim that no data could decide, or whose rule or code does not exist yet."""
    verdict = Verdict.NOT_TESTABLE if claim.not_testable else Verdict.NOT_COMPUTED
    return ClaimResult(claim, (), dict.fromkeys(SIDES, verdict), None)


def deciding(result: ClaimResult, side: str) -> tuple[Measurement, ...]:
    """The numbers that gave a side its verdict.

    Those with the verdict itself; where parts disagree, all that decide something.
    """
    mine = {n: result.verdict_of(n) for n in result.numbers if n.side == side and result.counts(n)}
    verdict = result.verdicts[side]
    if verdict == Verdict.MIXED and len(set(mine.values()) - {Verdict.UNDECIDED}) > 1:
        return tuple(n for n, own in mine.items() if own != Verdict.UNDECIDED)
    return tuple(n for n, own in mine.items() if own == verdict)


def _check_complete(claim: Claim, numbers: Sequence[Measurement]) -> None:
    there = {(n.side, n.part) for n in numbers}
    missing = [
        f"{p.name} ({side})"
        for p in claim.parts
        for side in p.sides
        if side != USER and (side, p.name) not in there
    ]
    if missing:
        raise InputError(f"claim {claim.id}: no number for {', '.join(missing)}")
