"""The chain from rows of data to a verdict, so that a stranger can derive it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from isotunnel.evidence import statistics
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import NECESSARY, REPORTED, SIDES
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.result import ClaimResult
from isotunnel.scorecard.verdict import Verdict
from isotunnel.scorecard.wording import number_text, rule_text


def trace(result: ClaimResult) -> Iterator[str]:
    """Lines: rows with sources, what each gave, the number, the rule, the verdict; then the claim.

    Resampled intervals can be repeated with the seed that is printed.
    """
    entry = result.claim
    yield f"{entry.id}: {entry.statement}"
    if not result.numbers:
        reason = entry.not_testable
        yield (
            f"  not testable: {reason}" if reason else "  not computed: no rule or code exists yet"
        )
        return
    yield f"  code: {entry.module}; rule: isotunnel/claims/{entry.id.lower()}.toml"
    if result.reading:
        yield f"  reading shown first: {result.reading}, by the cross-validation of B18"
    for number in result.numbers:
        yield from _number(result, number)
    for other in result.others:
        verdicts = ", ".join(f"{s} {v}" for s, v in other.verdicts.items() if _asked(v))
        yield f"  under the reading {other.reading}: {verdicts}"
    yield from _verdicts(result)


def _number(result: ClaimResult, number: Measurement) -> Iterator[str]:
    part = result.part_of(number)
    of = f", reading {number.reading}" if number.reading else ""
    yield f"  {part.name} ({number.side}{of}): {part.title}"
    yield f"    1. {len(number.used)} rows of data"
    for row in dict.fromkeys(number.used):
        yield f"       {_place(row)}  {row.label}  <- {row.source}"
    yield f"    2. {len(number.dropped)} rows left out"
    for lost in dict.fromkeys(number.dropped):
        yield f"       {_place(lost)}  {lost.label}: {lost.reason}"
    yield f"    3. {len(number.values)} values that enter"
    for name, values in number.values:
        yield f"       {name}: {_shown(values)}"
    yield f"    4. computed as: {_method(part.formula, number)}"
    yield f"    5. {number_text(part, number)}, {number.rows} independent rows"
    if number.cannot_say is not None:
        yield f"       because {number.cannot_say}"
    yield f"    6. rule: {rule_text(part)}"
    yield f"    7. so: {part.judge(number)}"


def _method(formula: str, number: Measurement) -> str:
    words = "; ".join(w for w in (formula, number.method) if w) or "the value of the one row"
    if "resampling" not in words:
        return words
    return f"{words} ({statistics.RESAMPLES} times, seed {statistics.SEED}, {statistics.LEVEL:.0%})"


def _verdicts(result: ClaimResult) -> Iterator[str]:
    for side in SIDES:
        if not _asked(result.verdicts[side]):
            continue
        parts = [
            f"{n.part} {result.verdict_of(n)}{_role(result, n)}"
            for n in result.numbers
            if n.side == side
        ]
        yield f"  {side}: {', '.join(parts)} -> {result.verdicts[side]}"


def _role(result: ClaimResult, number: Measurement) -> str:
    role = result.part_of(number).role
    return {NECESSARY: " (necessary)", REPORTED: " (reported only)"}.get(role, "")


def _asked(verdict: Verdict) -> bool:
    return verdict != Verdict.NO_STATEMENT


def _place(row: RowUsed | RowDropped) -> str:
    return row.row if row.row.startswith(f"{row.table}:") else f"{row.table}:{row.row}"


def _shown(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {_plain(value)}" for name, value in values.items())


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
