"""One claim on the page of the scorecard: a row that opens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.report.figures.claim.printed import printed
from isotunnel.report.page.parts import definitions, table
from isotunnel.report.text import esc
from isotunnel.scorecard.claim import NECESSARY, PACKAGED, PAPER, REPORTED, RIVAL, USER, Claim, Part
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.result import ClaimResult, deciding
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

SIGNS = {
    Verdict.SUPPORTED: "✓",
    Verdict.CONTRADICTED: "✗",
    Verdict.MIXED: "≈",
    Verdict.NOT_TELLING: "=",
    Verdict.UNDECIDED: "?",
    Verdict.NOT_TESTABLE: "⊘",
    Verdict.NOT_COMPUTED: "…",
    Verdict.NO_STATEMENT: "–",
}
_SAME = "<span class='remark'>the same number</span>"
_POWER = re.compile(r"10\^([-\N{MINUS SIGN}+]?\d+(?:\.\d+)?)")
_DOI = re.compile(
    r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s;,\"<>&]*[^\s;,\"<>&.)])"
)
_URL = re.compile(r"https?://[^\s;,\"<>&)]+[^\s;,\"<>&.)]")


def badge(verdict: Verdict) -> str:
    """A verdict as a coloured word with a sign, so that colour is not needed."""
    kind = verdict.name.lower().replace("_", "-")
    return (
        f"<span class='badge v-{kind}'><span aria-hidden='true'>{SIGNS[verdict]}</span> "
        f"{verdict}</span>"
    )


def claim_row(result: ClaimResult, sides: Sequence[str], user_theory: str) -> str:
    """The row, and behind it everything that the verdict rests on."""
    entry = result.claim
    names = {PAPER: "Tunnel theory", RIVAL: _rival(entry), USER: user_theory}
    asked = [s for s in sides if result.verdicts[s] != Verdict.NO_STATEMENT]
    if not result.numbers:
        asked = [PAPER]
        names[PAPER] = ""
    verdicts = "".join(
        f"<span class='side'><span class='who'>{words(names[s])}</span> "
        f"{badge(result.verdicts[s])}</span>"
        for s in asked
    )
    summary = (
        f"<summary><span class='id'>{entry.id}</span><span class='what'>"
        f"<span class='statement'>{words(entry.statement)}</span>"
        f"<span class='section'>In the paper: {words(entry.section)}</span></span>"
        f"<span class='verdicts'>{verdicts}</span>"
        f"<span class='numbers'>{_deciding(result, asked, names)}</span></summary>"
    )
    inside = _inside(result, names) if result.numbers else _waiting(entry)
    return f"<details class='claim' id='{entry.id}'>{summary}<div>{inside}</div></details>"


def words(plain: str) -> str:
    """Text of the register for the page: escaped, with Greek letters, units and powers."""
    return _POWER.sub(r"10<sup>\1</sup>", esc(printed(plain)))


def source_link(source: str) -> str:
    """A source with its DOI, or its address, as a link."""
    text = esc(source)
    if _URL.search(text) and not _DOI.search(text):
        return _URL.sub(lambda m: f'<a href="{m[0]}">{m[0]}</a>', text, count=1)
    return _DOI.sub(lambda m: f'<a href="https://doi.org/{m[1]}">doi:{m[1]}</a>', text, count=1)


def _rival(entry: Claim) -> str:
    name = entry.rival or "the standard theory"
    return name[0].upper() + name[1:]


def _deciding(result: ClaimResult, sides: Sequence[str], names: dict[str, str]) -> str:
    """The deciding numbers, by part, each with all sides it decides for."""
    lines: dict[str, list[str]] = {}
    for side in sides:
        for number in deciding(result, side):
            part = result.part_of(number)
            shown = words(number_text(part, number))
            rows = rows_text(part, number)
            lines.setdefault(part.name, []).append(
                f"<span class='number'>{words(names[side])} <b>{shown}</b>, {rows}</span>"
            )
    found = []
    for name, numbers in lines.items():
        part = result.claim.part(name)
        found.append(
            f"<span class='line'><span class='title'>{words(part.title)}:</span> "
            f"{'; '.join(numbers)}. {_compared(result, part, names)}"
            f"<span class='rule'>{_rule(part)}</span></span>"
        )
    return "".join(found)


def _compared(result: ClaimResult, part: Part, names: dict[str, str]) -> str:
    """Both sides on the rows that both answer, and the guess; "" where they are judged on these."""
    lines = []
    for common in result.common:
        if common.part != part or common.same:
            continue
        results = [
            f"{words(names[n.side])} <b>{words(common_text(part, n))}</b>" for n in common.numbers
        ]
        results += [words(guess_text(part, n)) for n in common.numbers[:1]]
        where = counted(common.cases) if common.cases else "no row"
        lines.append(
            f"On the {where} that both answer: {'; '.join(filter(None, results))}. "
            if common.cases
            else "No row is answered by both. "
        )
    return "".join(f"<span class='line'>{line}</span>" for line in lines)


def _rule(part: Part) -> str:
    supported, contradicted = wording(part).ranges(part.rule)
    return f"Supported: {words(supported)}; contradicted: {words(contradicted)}."


def _waiting(entry: Claim) -> str:
    return (
        f"<p><b>What would decide it.</b> {words(entry.decides)}</p>"
        "<p class='hint'>Its numbers are not computed yet, so it has no verdict.</p>"
    )


def _inside(result: ClaimResult, names: dict[str, str]) -> str:
    entry = result.claim
    found = "".join(f"<li>{words(sentence)}</li>" for sentence in result.findings)
    return (
        f"<p><b>What decides it.</b> {words(entry.decides)}</p>"
        f"<h3>Result</h3><ul>{found}</ul>"
        f"<h3>What it cannot show</h3><p>{words(entry.limits)}</p>"
        f"{_figure(result)}"
        f"<h3>Numbers and rules</h3>{_numbers(result, names)}{_common(result, names)}"
        f"{_readings(result, names)}"
        f"<h3>What would change the verdict</h3>{_sensitivity(result, names)}"
        f"<h3>Data and code</h3>{_places(result)}"
        f"{_used(result.numbers)}{_dropped(result.numbers)}"
    )


def _figure(result: ClaimResult) -> str:
    from isotunnel.report.figures.claim.figure import claim_svg

    if result.figure is None:
        return ""
    return f"<figure class='claim-drawing'>{claim_svg(result.figure, result.claim.id)}</figure>"


def _numbers(result: ClaimResult, names: dict[str, str]) -> str:
    rows = []
    titled: set[str] = set()
    for number in sorted(result.numbers, key=lambda n: _place_of(result.claim, n)):
        part = result.part_of(number)
        title = _SAME if part.name in titled else words(part.title) + _formula(part)
        titled.add(part.name)
        shown = words(number_text(part, number))
        if number.cannot_say is not None:
            shown = f"<span class='cannot'>{words(number.cannot_say)}</span>"
        guess = guess_text(part, number)
        shown += f"<small class='remark'>{words(guess)}</small>" if guess else ""
        rows.append(
            [
                title,
                words(names[number.side]),
                shown,
                f"{number.rows} (least: {part.rule.minimum_rows})",
                *map(words, wording(part).ranges(part.rule)),
                badge(part.judge(number)) + _role(part),
            ]
        )
    head = [
        "number",
        "side",
        "value (95 % interval, or range)",
        "rows",
        "supported",
        "contradicted",
        "",
    ]
    return table(head, rows)


def _place_of(entry: Claim, number: Measurement) -> int:
    """Order of the register's parts; sides keep theirs within a part."""
    return [p.name for p in entry.parts].index(number.part)


def _role(part: Part) -> str:
    """That a part supports nothing by itself, or decides nothing, and why."""
    remarks = {
        NECESSARY: f"counts only where it contradicts: {part.because}",
        REPORTED: f"decides nothing: {part.because}",
    }
    remark = words(remarks.get(part.role, ""))
    return f"<small class='remark'>{remark}</small>" if remark else ""


def _readings(result: ClaimResult, names: dict[str, str]) -> str:
    """Verdicts and numbers under the other readings of the theory."""
    if not result.others:
        return ""
    rows = []
    for reading, numbers, verdicts in (
        (result.reading, result.numbers, result.verdicts),
        *((o.reading, o.numbers, o.verdicts) for o in result.others),
    ):
        for side in (s for s in (PAPER, RIVAL) if verdicts[s] != Verdict.NO_STATEMENT):
            shown = [
                f"{words(result.part_of(n).name)} {words(number_text(result.part_of(n), n))}"
                for n in numbers
                if n.side == side
            ]
            rows.append(
                [words(reading), words(names[side]), "<br>".join(shown), badge(verdicts[side])]
            )
    return (
        "<h3>Under every reading of the theory</h3><p class='hint'>The first is the one that does "
        "best in the cross-validation of B18, which knows nothing of this claim; its verdict is "
        "the one that counts.</p>" + table(["reading", "side", "numbers", ""], rows)
    )


def _common(result: ClaimResult, names: dict[str, str]) -> str:
    """Sides of one part on the rows that both answer, where they are judged on different rows."""
    rows = []
    for common in result.common:
        part = common.part
        for place, number in enumerate(common.numbers if not common.same else ()):
            shown = number_text(part, number)
            if number.right is not None:
                shown = f"{number.right} of {common.cases} right: {shown}"
            guess = guess_text(part, number)
            rows.append(
                [
                    _SAME if place else words(part.title),
                    words(names[number.side]),
                    words(shown)
                    + (f"<small class='remark'>{words(guess)}</small>" if guess else ""),
                    words(common_rows_text(common)),
                    badge(part.judge(number)),
                ]
            )
    if not rows:
        return ""
    head = ["number", "side", "value (95 % interval)", "on", "by the same rule"]
    return (
        "<h3>The same, on the rows that both sides answer</h3>"
        "<p class='hint'>The verdicts above rest on all rows that a side answers, and those are "
        "not the same for both. To compare the sides, take these numbers.</p>" + table(head, rows)
    )


def _formula(part: Part) -> str:
    """How the number is computed, in small print."""
    return f"<small class='remark'>{words(part.formula)}</small>" if part.formula else ""


def _sensitivity(result: ClaimResult, names: dict[str, str]) -> str:
    several = len(result.numbers) > 1
    lines = []
    for number in result.numbers:
        part = result.part_of(number)
        title = part.title[0].lower() + part.title[1:]
        name = f"<b>{words(names[number.side])}</b>, {words(title)}: " if several else ""
        lines.append(f"<li>{name}{words(sensitivity(part, number))}</li>")
    return f"<ul>{''.join(lines)}</ul>"


def _places(result: ClaimResult) -> str:
    entry = result.claim
    commands = "<br>".join(_command(t) for t in entry.tables) or "inside the package"
    module = entry.module.replace(".", "/")
    return definitions(
        [
            ("tables", commands),
            ("code", f"<code>src/{module}.py</code>"),
            ("rule", f"<code>src/isotunnel/claims/{entry.id.lower()}.toml</code>"),
            ("all numbers", f"<code>isotunnel scorecard --claim {entry.id} --json</code>"),
            ("row to verdict", f"<code>isotunnel scorecard --claim {entry.id} --trace</code>"),
        ]
    )


def _command(name: str) -> str:
    if name in PACKAGED:
        return f"<code>{PACKAGED[name]}</code>, inside the package"
    return f"<code>isotunnel {'atlas' if name == 'atlas' else f'data {esc(name)}'}</code>"


def _used(numbers: Iterable[Measurement]) -> str:
    groups: dict[tuple[RowUsed, ...], list[str]] = {}
    for number in numbers:
        if number.used:
            groups.setdefault(number.used, []).append(f"{number.part} ({number.side})")
    return "".join(
        _folded(
            f"{counted(len(used))} used for {_listed(names)}",
            ["row", "in the tables", "source"],
            [[words(r.label), _place(r), source_link(r.source)]
             for r in used],
        )
        for used, names in groups.items()
    )  # fmt: skip


def _dropped(numbers: Iterable[Measurement]) -> str:
    groups: dict[tuple[RowDropped, ...], list[str]] = {}
    for number in numbers:
        if number.dropped:
            groups.setdefault(number.dropped, []).append(f"{number.part} ({number.side})")
    return "".join(
        _folded(
            f"{counted(len(dropped))} left out of {_listed(names)}",
            ["row", "in the tables", "reason"],
            [[words(r.label), _place(r), words(r.reason)]
             for r in dropped],
            _reasons(dropped),
        )
        for dropped, names in groups.items()
    )  # fmt: skip


def _place(row: RowUsed | RowDropped) -> str:
    """Table and id; ids of most tables begin with the table's name."""
    named = row.row.startswith(f"{row.table}:")
    return f"<code>{esc(row.row if named else f'{row.table}:{row.row}')}</code>"


def _listed(names: Sequence[str]) -> str:
    return esc(", ".join(dict.fromkeys(names)))


def _reasons(dropped: Sequence[RowDropped]) -> str:
    """The commonest reasons, counted."""
    common = Counter(d.reason for d in dropped).most_common(4)
    items = "".join(f"<li>{n} × {words(reason)}</li>" for reason, n in common if n > 1)
    return f"<ul class='reasons'>{items}</ul>" if items else ""


def _folded(title: str, head: list[str], rows: list[list[str]], before: str = "") -> str:
    return f"<details class='rows'><summary>{title}</summary>{before}{table(head, rows)}</details>"
