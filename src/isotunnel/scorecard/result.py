"""A judged claim."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from isotunnel.errors import InputError
from isotunnel.scorecard.claim import SIDES, Claim
from isotunnel.scorecard.common_rows import CommonRows, common_rows
from isotunnel.scorecard.figure_data import Picture
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.verdict import Verdict, combined
from isotunnel.scorecard.wording import common_sentence

LARGEST_LOGARITHM = 700.0


@dataclass(frozen=True)
class Judged:
    """A deciding number of one side, with the verdict that its rule gives."""

    side: str
    measurement: Measurement
    verdict: Verdict
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "side": self.side,
            "verdict": str(self.verdict),
            "sentence": self.sentence,
            **self.measurement.as_dict(),
        }


@dataclass(frozen=True)
class ClaimResult:
    """A claim with its numbers and verdicts.

    Attributes:
        claim: entry of the register.
        numbers: each deciding number of each side, judged.
        verdicts: by side; ``no statement`` for a side that no part judges.
        picture: the figure, None while the claim is not computed.
        common: sides of one part compared on the rows that both answer.
    """

    claim: Claim
    numbers: tuple[Judged, ...]
    verdicts: dict[str, Verdict]
    picture: Picture | None
    common: tuple[CommonRows, ...] = ()

    def counts(self, number: Judged) -> bool:
        """Whether a number has a say in its side's verdict."""
        part = self.claim.part(number.measurement.part)
        return not part.necessary or number.verdict == Verdict.CONTRADICTED

    @property
    def found(self) -> tuple[str, ...]:
        """Sentences on all numbers and comparisons, part by part."""
        lines = []
        for part in self.claim.parts:
            lines += [n.sentence for n in self.numbers if n.measurement.part == part.name]
            lines += [c.sentence for c in self.common if c.part == part.name]
        return tuple(lines)

    @property
    def sentences(self) -> tuple[str, str]:
        """What was found, and what it cannot show; both made of the numbers."""
        return " ".join(self.found) or "This claim is not computed yet.", self.claim.limits

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "claim": self.claim.as_dict(),
            "verdicts": {side: str(v) for side, v in self.verdicts.items()},
            "numbers": [n.as_dict() for n in self.numbers],
            "sentences": list(self.sentences),
            "common": [c.as_dict() for c in self.common],
            "picture": self.picture.as_dict() if self.picture else None,
        }


def judged(
    claim: Claim, measurements: Sequence[tuple[str, Measurement]], picture: Picture | None
) -> ClaimResult:
    """Verdicts on measured numbers by the rules of the register.

    Args:
        claim: entry of the register.
        measurements: (side, number); each must belong to a part that judges that side.
        picture: the figure.

    Raises:
        InputError: a number of a part or side that the register does not have, or one that the
            register asks of the paper or the rival and that is missing.
    """
    numbers = []
    for side, measurement in measurements:
        part = claim.part(measurement.part)
        if side not in part.sides:
            raise InputError(f"claim {claim.id}: part {part.name} does not judge {side!r}")
        numbers.append(_judge(claim, side, measurement))
    there = {(n.side, n.measurement.part) for n in numbers}
    missing = [
        f"{p.name} ({side})"
        for p in claim.parts
        for side in p.sides
        if side != "yours" and (side, p.name) not in there
    ]
    if missing:
        raise InputError(f"claim {claim.id}: no number for {', '.join(missing)}")
    common = common_rows(claim.parts, measurements)
    common = tuple(replace(c, sentence=common_sentence(claim, c)) for c in common)
    found = ClaimResult(claim, tuple(numbers), {}, picture, common)
    verdicts = {
        side: combined(n.verdict for n in numbers if n.side == side and found.counts(n))
        for side in SIDES
    }
    return replace(found, verdicts=verdicts)


def not_computed(claim: Claim) -> ClaimResult:
    """The result of a claim whose rule or code does not exist yet."""
    return ClaimResult(claim, (), dict.fromkeys(SIDES, Verdict.NOT_COMPUTED), None)


def _judge(claim: Claim, side: str, measurement: Measurement) -> Judged:
    part = claim.part(measurement.part)
    if measurement.cannot_say is not None:
        return Judged(
            side, measurement, Verdict.UNDECIDED, f"{part.title}: {measurement.cannot_say}."
        )
    verdict = part.rule.judge(measurement.low, measurement.high, measurement.rows)
    name = claim.side_name(side)
    sentence = part.sentence.format(
        value=measurement.value,
        low=measurement.low,
        high=measurement.high,
        factor=_factor(measurement.value),
        factor_low=_factor(measurement.low),
        factor_high=_factor(measurement.high),
        rows=measurement.rows,
        size=abs(measurement.value),
        **_counts(measurement),
        above="above" if measurement.value >= 0 else "below",
        larger="larger" if measurement.value >= 0 else "smaller",
        side=name,
        Side=name[0].upper() + name[1:],
    )
    return Judged(side, measurement, verdict, sentence)


def _counts(measurement: Measurement) -> dict[str, float]:
    """Right answers, all answers and what a guess earns; NaN where cases are not kept apart."""
    found = {
        "right": math.nan,
        "cases": measurement.rows,
        "guess": math.nan,
        "guess_right": math.nan,
    }
    sample = measurement.sample
    if sample is None:
        return found
    found |= {"cases": len(sample.cases)}
    if sample.right is not None:
        found |= {"right": sample.right}
    if sample.guess is not None and sample.guessed is not None:
        found |= {"guess": sample.guessed, "guess_right": sample.guess.right or 0}
    return found


def _factor(logarithm: float) -> float:
    """What a natural logarithm stands for."""
    return math.exp(logarithm) if logarithm < LARGEST_LOGARITHM else math.inf
