"""The scorecard on the terminal."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from isotunnel.scorecard import ClaimResult, Scorecard, Verdict
from isotunnel.scorecard.result import ReadingVerdicts, deciding
from isotunnel.scorecard.sensitivity import sensitivity
from isotunnel.scorecard.sentences import common_sentence
from isotunnel.scorecard.wording import (
    common_text,
    counted,
    guess_text,
    number_text,
    rows_text,
    rule_text,
)

STYLES = {
    Verdict.SUPPORTED: "bold green",
    Verdict.CONTRADICTED: "bold red",
    Verdict.MIXED: "magenta",
    Verdict.NOT_TELLING: "cyan",
    Verdict.UNDECIDED: "yellow",
}
"""How verdicts are coloured; the word says it too."""


def show_scorecard(out: Console, card: Scorecard, *, details: bool) -> None:
    """Print claims with verdicts and deciding numbers, then totals; all numbers in ``details``."""
    if details:
        for result in card.results:
            _show_claim(out, card, result)
    else:
        out.print(_claims(card))
        for result in card.results:
            if result.claim.not_testable:
                line = f"{result.claim.id} is not testable: {result.claim.not_testable}"
                out.print(line, soft_wrap=True, markup=False)
        waiting = [r.claim.id for r in card.results if r.claim.waiting]
        if waiting:
            out.print(f"not yet computed: {', '.join(waiting)}", soft_wrap=True, markup=False)
    out.print(_totals(card))
    if not details:
        out.print(_chance(card), soft_wrap=True, markup=False)
        out.print(
            "rules, rows and what would change a verdict: --claim ID, -o FILE.html or --json",
            soft_wrap=True,
            markup=False,
        )


def _claims(card: Scorecard) -> Table:
    table = Table(show_lines=True)
    table.add_column("claim")
    table.add_column("what is claimed", ratio=3)
    for side in card.sides:
        table.add_column(side)
    table.add_column("number that decided, 95 % interval or range, rows", ratio=3)
    for result in card.computed:
        verdicts = [_verdict(result.verdicts[side]) for side in card.sides]
        table.add_row(
            result.claim.id, escape(result.claim.statement), *verdicts, _decided(card, result)
        )
    return table


def _decided(card: Scorecard, result: ClaimResult) -> str:
    found: dict[str, list[str]] = {}
    for side in card.sides:
        for number in deciding(result, side)[:2]:
            part = result.part_of(number)
            shown = f"{side} {number_text(part, number)}, {rows_text(part, number)}"
            found.setdefault(part.title, []).append(shown)
    lines = [escape(f"{title}: {'; '.join(shown)}") for title, shown in found.items()]
    lines += [escape(_other(card, o)) for o in result.others]
    decided = {n.part for side in card.sides for n in deciding(result, side)}
    for common in result.common:
        part = common.part
        if part.name in decided and common.cases and not common.same:
            results = [f"{n.side} {common_text(part, n)}" for n in common.numbers]
            results += filter(None, [guess_text(part, common.numbers[0])])
            line = f"{part.title}, on the same {counted(common.cases)}: {'; '.join(results)}"
            lines.append(escape(line))
    return "\n".join(lines)


def _other(card: Scorecard, other: ReadingVerdicts) -> str:
    """The verdicts under another reading, in a line."""
    verdicts = (f"{side} {other.verdicts[side]}" for side in card.sides)
    return f"under {other.reading}: {', '.join(verdicts)}"


def _verdict(verdict: Verdict) -> str:
    if verdict == Verdict.NO_STATEMENT:
        return "–"
    style = STYLES.get(verdict)
    return f"[{style}]{verdict}[/]" if style else str(verdict)


def _chance(card: Scorecard) -> str:
    """How many verdicts on parts would be wrong by chance."""
    found = card.chance
    rate = "" if found.rate is None else f" (false discovery rate at most {found.rate:.1%})"
    weak = ", ".join(f"{claim} ({part}, {side})" for claim, part, side, _ in found.weak)
    return (
        f"{found.judged} numbers were judged, {found.tested} of them by a 95 % interval; it puts "
        f"{found.decided} into a range, where at most {found.expected:.2g} would be by chance{rate}"
        f"{weak and f'; not firm at 5 %: {weak}'}"
    )


def _totals(card: Scorecard) -> Table:
    table = Table(title=f"Totals of {len(card.results)} claims", title_justify="left")
    table.add_column("verdict")
    for side in card.sides:
        table.add_column(side, justify="right")
    for verdict in Verdict:
        counts = [card.totals[side][verdict] for side in card.sides]
        if any(counts):
            table.add_row(str(verdict), *map(str, counts))
    return table


def _show_claim(out: Console, card: Scorecard, result: ClaimResult) -> None:
    def say(text: str) -> None:
        out.print(text, soft_wrap=True, markup=False)

    entry = result.claim
    out.print(f"[bold]{entry.id}[/]  {escape(entry.statement)}", soft_wrap=True)
    say(f"  in the paper: {entry.section}")
    say(f"  what decides: {entry.decides}")
    if entry.rival:
        say(f"  rival: {entry.rival}")
    for side in card.sides:
        out.print(f"  {side}: {_verdict(result.verdicts[side])}")
    if entry.not_testable:
        say(f"  {result.without}")
    for number in result.numbers:
        part = result.part_of(number)
        unit = f" ({part.unit})" if part.unit else ""
        say(f"  {part.name} ({number.side}): {part.title}{unit}")
        say(f"    {number_text(part, number)}, {rows_text(part, number)}: {part.judge(number)}")
        say(f"    {result.sentence_of(number)}")
        if part.formula:
            say(f"    computed as: {part.formula}")
        say(f"    rule: {rule_text(part)}")
        say(f"    what would change it: {sensitivity(part, number)}")
        say(f"    data: {len(number.used)} used, {len(number.dropped)} dropped{_tables(result)}")
        for reason, count in Counter(d.reason for d in number.dropped).most_common(5):
            say(f"      dropped {count}: {reason}")
    for other in result.others:
        verdicts = "; ".join(f"{s} {other.verdicts[s]}" for s in card.sides)
        say(f"  under the reading {other.reading}: {verdicts}")
    for common in result.common:
        say(f"  compared, {common.part.name}: {common_sentence(entry, common)}")
    if result.numbers:
        say(f"  limits: {entry.limits}")
    out.print()


def _tables(result: ClaimResult) -> str:
    return f"; tables {', '.join(result.claim.tables)}" if result.claim.tables else ""
