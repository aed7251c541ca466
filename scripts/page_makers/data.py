"""Write docs/reference/data.md from the tables of measured facts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from page_makers.markdown import one_line

if TYPE_CHECKING:
    from isotunnel.evidence.agreement import Comparison
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
## Where the tables disagree

Values of one quantity that lie farther apart than their errors are all kept, and shown here. Their
mean is weighted by the errors; its error grows by the scale factor S of the Particle Data Group,
the root of chi-squared over the number of values less one. Where an error is not known there is no
S, and values count as apart by more than {apart:.0%} of their mean. K0 of `matter` is isothermal,
a few per cent below the adiabatic moduli of `elastic`.

| Material | Quantity | Mean | Error | S | Values |
|---|---|---|---|---|---|
{disagreements}
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
    from isotunnel.evidence.agreement import APART, disagreements
    from isotunnel.measured import GRADES, table, tables

    found = [table(name) for name in tables()]
    index = "".join(
        f"| [`{t.name}`](#{t.name}) | {len(t)} | {one_line(t.title)} |\n" for t in found
    )
    grades = "".join(f"| {grade} | {one_line(text)} |\n" for grade, text in GRADES.items())
    head = _HEAD.format(
        tables=len(found),
        rows=sum(map(len, found)),
        index=index,
        grades=grades,
        apart=APART,
        disagreements="".join(map(_disagreement, disagreements())),
    )
    return head + "".join(map(_section, found))


def _disagreement(apart: Comparison) -> str:
    values = "; ".join(
        f"{v.value:.4g}{'' if v.error is None else f' ± {v.error:.2g}'} (`{v.row}`)"
        for v in apart.values
    )
    error = "" if apart.error is None else f"{apart.error:.2g}"
    scale = "" if apart.scale is None else f"{apart.scale:.2f}"
    mean = f"{apart.mean:.4g} {apart.unit}"
    cells = (one_line(apart.material), apart.quantity, mean, error, scale, values)
    return f"| {' | '.join(cells)} |\n"


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
