"""Write docs/reference/data.md from the tables of measured facts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from page_makers.markdown import one_line

if TYPE_CHECKING:
    from isotunnel.measured import Column, Table

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "data.md"

_HEAD = """\
# Measured facts

<!-- Made by scripts/pages.py: edit src/isotunnel/measured/data instead. -->

{tables} tables with {rows} rows come with the package. Every row names its source, how far to
trust it, and an id that stays the same in later versions, so that each number in a result can be
traced to where it was read. [How to look at them](../how-to/data.md).

| Table | Rows | What |
|---|---|---|
{index}
## Grades

| Grade | Meaning |
|---|---|
{grades}
## Columns of every table

| Column | Meaning |
|---|---|
| `id` | name of the row, for ever |
| `source` | where the facts of the row come from |
| `url` | address or DOI of what was read |
| `grade` | see above |
| `note` | what a user should know |

A column of kind *quantity* has three more beside it: `NAME_error` is the standard error,
`NAME_low` and `NAME_high` are the ends of a range, or a bound where the value itself is empty.
An empty cell says that the source does not state it.

Equations of state, melting curves and structural transitions are in `isotunnel.matter`. Spectral
functions of superconductors are not shipped: not all their licences allow it.
"""


def render() -> str:
    """The whole page."""
    from isotunnel.measured import GRADES, table, tables

    found = [table(name) for name in tables()]
    index = "".join(
        f"| [`{t.name}`](#{t.name}) | {len(t)} | {one_line(t.title)} |\n" for t in found
    )
    grades = "".join(f"| {grade} | {one_line(text)} |\n" for grade, text in GRADES.items())
    head = _HEAD.format(tables=len(found), rows=sum(map(len, found)), index=index, grades=grades)
    return head + "".join(map(_section, found))


def _section(t: Table) -> str:
    counts = Counter(r.grade for r in t)
    grades = ", ".join(f"{counts[g]} of grade {g}" for g in sorted(counts))
    sources = len({r.source for r in t})
    about = f"{one_line(t.about)}\n\n" if t.about else ""
    common = {"id", "source", "url", "grade", "note"}
    rows = "".join(_column(c) for c in t.columns if c.name not in common)
    origin = f"{len(t)} rows from {sources} sources: {grades}"
    return (
        f"\n## {t.name} {{#{t.name}}}\n\n{one_line(t.title)}. {origin}.\n\n"
        f"{about}| Column | Kind | Unit | Meaning |\n|---|---|---|---|\n{rows}"
    )


def _column(c: Column) -> str:
    choices = f": {', '.join(f'`{x}`' for x in c.choices)}" if c.choices else ""
    return f"| `{c.name}` | {c.kind} | {c.unit} | {one_line(c.meaning + choices)} |\n"
