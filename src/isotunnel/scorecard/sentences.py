"""What was found, in the register's own sentences filled with numbers."""

from __future__ import annotations

import math

from isotunnel.scorecard.claim import Claim
from isotunnel.scorecard.common_rows import CommonRows
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.wording import (
    common_rows_text,
    common_text,
    counted,
    factor_of,
    guess_text,
)


def number_sentence(claim: Claim, number: Measurement) -> str:
    """A number with its interval in the sentence of its part, or why there is none."""
    part = claim.part(number.part)
    if number.cannot_say is not None:
        return f"{part.title}: {number.cannot_say}."
    name = claim.side_name(number.side)
    return part.sentence.format(
        value=number.value,
        low=number.low,
        high=number.high,
        factor=factor_of(number.value),
        factor_low=factor_of(number.low),
        factor_high=factor_of(number.high),
        rows=number.rows,
        reading=number.reading,
        size=abs(number.value),
        **_counts(number),
        above="above" if number.value >= 0 else "below",
        larger="larger" if number.value >= 0 else "smaller",
        side=name,
        Side=name[0].upper() + name[1:],
    )


def common_sentence(claim: Claim, common: CommonRows) -> str:
    """Both sides of a part on the rows that both answer."""
    names = [claim.side_name(side) for side in common.sides]
    if not common.cases:
        text = f"no row is answered by both {names[0]} and {names[1]}."
    elif common.same:
        text = f"{names[0]} and {names[1]} are judged on the same {counted(common.rows)}."
    else:
        results = [
            f"{name} {common_text(common.part, number)}"
            for name, number in zip(names, common.numbers, strict=True)
        ]
        guess = guess_text(common.part, common.numbers[0])
        results += [guess] if guess else []
        text = f"on {common_rows_text(common)}: {'; '.join(results)}."
    return text[0].upper() + text[1:]


def _counts(number: Measurement) -> dict[str, float]:
    """Right answers, all answers and what a guess earns; NaN where cases are not kept apart."""
    sample = number.sample
    if sample is None:
        none = math.nan
        return {"right": none, "cases": number.rows, "guess": none, "guess_right": none}
    guess_right = sample.guess_right
    return {
        "right": math.nan if sample.right is None else sample.right,
        "cases": len(sample.cases),
        "guess": math.nan if sample.guessed is None else sample.guessed,
        "guess_right": math.nan if guess_right is None else guess_right,
    }
