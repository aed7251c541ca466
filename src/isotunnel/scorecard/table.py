"""The scorecard as CSV: a row per claim, side and number."""

from __future__ import annotations

import csv
import io
import math

from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.result import ClaimResult, deciding
from isotunnel.scorecard.scoring import Scorecard
from isotunnel.scorecard.sensitivity import sensitivity

COLUMNS = (
    *("claim", "statement", "section", "side", "verdict", "part", "title", "unit"),
    *("value", "low", "high", "interval", "range_of", "rows", "rows_used", "rows_dropped"),
    *("part_verdict", "decides", "role", "reading"),
    *("supported_low", "supported_high", "contradicted_low", "contradicted_high"),
    *("minimum_rows", "would_change", "cannot_say"),
)


def csv_text(card: Scorecard) -> str:
    """One row per number; a claim or side without numbers has one row with its verdict.

    Open ends of a rule and numbers that do not exist are empty cells.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for result in card.results:
        for side in card.sides:
            common = {
                "claim": result.claim.id,
                "statement": result.claim.statement,
                "section": result.claim.section,
                "side": side,
                "verdict": str(result.verdicts[side]),
            }
            others = (n for o in result.others for n in o.numbers if n.reading)
            numbers = [n for n in (*result.numbers, *others) if n.side == side]
            for number in numbers:
                writer.writerow({**common, **_number(result, number)})
            if not numbers:
                writer.writerow(common)
    return text.getvalue()


def _number(result: ClaimResult, number: Measurement) -> dict[str, object]:
    part = result.part_of(number)
    rule = part.rule
    return {
        "part": part.name,
        "title": part.title,
        "unit": part.unit,
        "value": _cell(number.value),
        "low": _cell(number.low),
        "high": _cell(number.high),
        "interval": number.interval,
        "range_of": (number.range_of or "") if number.interval == "range" else "",
        "rows": number.rows,
        "rows_used": len(number.used),
        "rows_dropped": len(number.dropped),
        "part_verdict": str(part.judge(number)),
        "decides": str(number in deciding(result, number.side)).lower(),
        "role": part.role,
        "reading": number.reading,
        "supported_low": _cell(rule.supported.low),
        "supported_high": _cell(rule.supported.high),
        "contradicted_low": _cell(rule.contradicted.low),
        "contradicted_high": _cell(rule.contradicted.high),
        "minimum_rows": rule.minimum_rows,
        "would_change": sensitivity(part, number),
        "cannot_say": number.cannot_say or "",
    }


def _cell(number: float) -> str:
    return f"{number:.8g}" if math.isfinite(number) else ""
