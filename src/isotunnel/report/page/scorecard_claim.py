"""One claim on the page of the scorecard: what its row shows, and what the row opens to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import NECESSARY, PACKAGED, PAPER, REPORTED, RIVAL, USER, Claim, Part
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.result import ClaimResult, ReadingVerdicts, deciding
from isotunnel.scorecard.sensitivity import sensitivity
from isotunnel.scorecard.verdict import Verdict
from isotunnel.scorecard.wording import (
    common_rows_text,
    common_text,
    counted,
    guess_text,
    number_text,
    rows_text,
    wording,
)

Row = dict[str, Any]


def claim_row(result: ClaimResult, sides: Sequence[str], user_theory: str) -> Row:
    """What ``scorecard_claim.html`` prints of a claim: the row and all that it rests on."""
    entry = result.claim
    names = {PAPER: "Tunnel theory", RIVAL: _rival(entry), USER: user_theory}
    asked = [s for s in sides if result.verdicts[s] != Verdict.NO_STATEMENT]
    if not result.numbers:
        asked = [PAPER]
        names[PAPER] = ""
    return {
        "entry": entry,
        "verdicts": [(names[s], result.verdicts[s]) for s in asked],
        "deciding": _deciding(result, asked, names),
        "inside": _inside(result, names) if result.numbers else None,
        "without": result.without,
    }


def _rival(entry: Claim) -> str:
    name = entry.rival or "the standard theory"
    return name[0].upper() + name[1:]


def _deciding(result: ClaimResult, sides: Sequence[str], names: dict[str, str]) -> list[Row]:
    """The deciding numbers, by part, each with all sides it decides for."""
    lines: dict[str, list[tuple[str, str, str]]] = {}
    for side in sides:
        for number in deciding(result, side):
            part = result.part_of(number)
            shown = (names[side], number_text(part, number), rows_text(part, number))
            lines.setdefault(part.name, []).append(shown)
    return [
        _line(result, result.claim.part(name), names) | {"numbers": numbers}
        for name, numbers in lines.items()
    ]


def _line(result: ClaimResult, part: Part, names: dict[str, str]) -> Row:
    return {
        "title": part.title,
        "compared": _compared(result, part, names),
        **_ranges(part),
    }


def _compared(result: ClaimResult, part: Part, names: dict[str, str]) -> list[Row]:
    """Both sides on the rows that both answer, and the guess; none where judged on these."""
    return [
        {
            "cases": counted(common.cases) if common.cases else "",
            "numbers": [(names[n.side], common_text(part, n)) for n in common.numbers],
            "guess": guess_text(part, common.numbers[0]) if common.numbers else "",
        }
        for common in result.common
        if common.part == part and not common.same
    ]


def _ranges(part: Part) -> dict[str, str]:
    supported, contradicted = wording(part).ranges(part.rule)
    return {"supported": supported, "contradicted": contradicted}


def _inside(result: ClaimResult, names: dict[str, str]) -> Row:
    return {
        "findings": result.findings,
        "figure": _figure(result),
        "numbers": _numbers(result, names),
        "common": _common(result, names),
        "readings": _readings(result, names),
        "sensitivity": _sensitivity(result, names),
        "tables": [_table(name) for name in result.claim.tables],
        "used": _used(result.numbers),
        "dropped": _dropped(result.numbers),
    }


def _figure(result: ClaimResult) -> str:
    from isotunnel.report.figures.claim.figure import claim_svg

    return "" if result.figure is None else claim_svg(result.figure, result.claim.id)


def _numbers(result: ClaimResult, names: dict[str, str]) -> list[Row]:
    rows = []
    titled: set[str] = set()
    for number in sorted(result.numbers, key=lambda n: _place_of(result.claim, n)):
        part = result.part_of(number)
        rows.append(
            {
                "repeated": part.name in titled,
                "title": part.title,
                "formula": part.formula,
                "name": names[number.side],
                "cannot_say": number.cannot_say,
                "shown": number_text(part, number),
                "guess": guess_text(part, number),
                "rows": number.rows,
                "minimum_rows": part.rule.minimum_rows,
                "verdict": part.judge(number),
                "role": _role(part),
                **_ranges(part),
            }
        )
        titled.add(part.name)
    return rows


def _place_of(entry: Claim, number: Measurement) -> int:
    """Order of the register's parts; sides keep theirs within a part."""
    return [p.name for p in entry.parts].index(number.part)


def _role(part: Part) -> str:
    """That a part supports nothing by itself, or decides nothing, and why."""
    remarks = {
        NECESSARY: f"counts only where it contradicts: {part.because}",
        REPORTED: f"decides nothing: {part.because}",
    }
    return remarks.get(part.role, "")


def _readings(result: ClaimResult, names: dict[str, str]) -> list[Row]:
    """Verdicts and numbers under the other readings of the theory, after those that count."""
    if not result.others:
        return []
    readings: list[ClaimResult | ReadingVerdicts] = [result, *result.others]
    return [
        {
            "reading": found.reading,
            "name": names[side],
            "numbers": [_named(result.part_of(n), n) for n in found.numbers if n.side == side],
            "verdict": found.verdicts[side],
        }
        for found in readings
        for side in (PAPER, RIVAL)
        if found.verdicts[side] != Verdict.NO_STATEMENT
    ]


def _named(part: Part, number: Measurement) -> str:
    return f"{part.name} {number_text(part, number)}"


def _common(result: ClaimResult, names: dict[str, str]) -> list[Row]:
    """Sides of one part on the rows that both answer, where they are judged on different rows."""
    rows = []
    for common in result.common:
        part = common.part
        for place, number in enumerate(common.numbers if not common.same else ()):
            shown = number_text(part, number)
            if number.right is not None:
                shown = f"{number.right} of {common.cases} right: {shown}"
            rows.append(
                {
                    "repeated": place > 0,
                    "title": part.title,
                    "name": names[number.side],
                    "shown": shown,
                    "guess": guess_text(part, number),
                    "on": common_rows_text(common),
                    "verdict": part.judge(number),
                }
            )
    return rows


def _sensitivity(result: ClaimResult, names: dict[str, str]) -> list[tuple[str, str, str]]:
    """Side, number and what would change its verdict."""
    lines = []
    for number in result.numbers:
        part = result.part_of(number)
        title = part.title[0].lower() + part.title[1:]
        lines.append((names[number.side], title, sensitivity(part, number)))
    return lines


def _table(name: str) -> tuple[str, bool]:
    """The command that prints a table, or its file where it lies inside the package."""
    if name in PACKAGED:
        return PACKAGED[name], True
    return f"isotunnel {'atlas' if name == 'atlas' else f'data {name}'}", False


def _used(numbers: Sequence[Measurement]) -> list[Row]:
    """Rows, with the numbers that rest on the same ones."""
    groups: dict[tuple[RowUsed, ...], list[str]] = {}
    for number in numbers:
        if number.used:
            groups.setdefault(number.used, []).append(f"{number.part} ({number.side})")
    return [_folded(rows, names) for rows, names in groups.items()]


def _dropped(numbers: Sequence[Measurement]) -> list[Row]:
    groups: dict[tuple[RowDropped, ...], list[str]] = {}
    for number in numbers:
        if number.dropped:
            groups.setdefault(number.dropped, []).append(f"{number.part} ({number.side})")
    return [_folded(rows, names) | {"reasons": _reasons(rows)} for rows, names in groups.items()]


def _folded(rows: Sequence[RowUsed | RowDropped], names: Sequence[str]) -> Row:
    return {"count": counted(len(rows)), "names": list(dict.fromkeys(names)), "rows": rows}


def _reasons(dropped: Sequence[RowDropped]) -> list[tuple[str, int]]:
    """The commonest reasons, counted."""
    common = Counter(d.reason for d in dropped).most_common(4)
    return [(reason, n) for reason, n in common if n > 1]
