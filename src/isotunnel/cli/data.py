"""``isotunnel data``: the measured facts, with the source and grade of each row."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.output import NOTHING, CsvTable, Forms, Output, Product, csv_text, deliver

if TYPE_CHECKING:
    from isotunnel.measured import Column, Row, Table

EXAMPLES = """
Examples:

    isotunnel data

    isotunnel data dtc_dp --material Pb

    isotunnel data pressure_coefficient --grade A --csv > coefficients.csv

    isotunnel data dtc_dp:Pb-1
"""

_WIDEST = 8
"""Columns of a table on the terminal, besides grade and source."""


class GradeChoice(StrEnum):
    """The grades, best first."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


def data(
    table: Annotated[
        str | None,
        typer.Argument(help="A table, or the id of one row such as dtc_dp:Pb-1; default: a list."),
    ] = None,
    material: Annotated[
        str | None, typer.Option(help="Only rows on this substance or planet: Pb, lead, Earth.")
    ] = None,
    grade: Annotated[
        GradeChoice | None, typer.Option(help="Only rows of this grade or better.")
    ] = None,
    output: Annotated[Output, Forms()] = NOTHING,
) -> None:
    """Show the tables of measured facts: their rows with sources, grades and ids."""
    from isotunnel.errors import InputError
    from isotunnel.measured import find_row, tables
    from isotunnel.measured import table as measured_table

    if table is None:
        if material or grade:
            raise InputError("--material and --grade need a table; 'isotunnel data' lists them")
        found = [measured_table(name) for name in tables()]
        rows: tuple[Row, ...] = ()
    else:
        found = [measured_table(table.partition(":")[0])]
        rows = (find_row(table),) if ":" in table else found[0].rows
        rows = _chosen(found[0], rows, material, grade)

    def show() -> None:
        if table is None:
            _show_list(found)
        elif len(rows) == 1:
            _show_row(found[0], rows[0])
        else:
            _show_rows(found[0], rows)

    product = Product(
        name="-".join(filter(None, (table, material, grade and f"grade-{grade.value}", "data"))),
        show=show,
        json=lambda: _document(found, rows),
        csv=lambda: csv_text(*_csv_table(found, rows)),
    )
    deliver(output, product)


def _chosen(
    table: Table, rows: tuple[Row, ...], material: str | None, grade: GradeChoice | None
) -> tuple[Row, ...]:
    from isotunnel.errors import InputError

    if material is not None:
        wanted = table.rows_about(material)
        rows = tuple(r for r in rows if r in wanted)
        if not rows:
            raise InputError(f"the row asked for is not about {material}; leave --material out")
    if grade is not None:
        rows = tuple(r for r in rows if r.grade <= grade.value)
        if not rows:
            raise InputError(f"table {table.name}: no such row has grade {grade.value} or better")
    return rows


def _document(found: list[Table], rows: tuple[Row, ...]) -> dict[str, Any]:
    from isotunnel.schemas import Data, document

    one = found[0] if len(found) == 1 else None
    columns = [] if one is None else [_as_dict(c, n) for c in one.columns for n in c.names()]
    plain_rows = [r.as_dict() for r in rows]
    return document(Data, {"tables": found, "columns": columns, "rows": plain_rows})


def _as_dict(column: Column, name: str) -> dict[str, Any]:
    kind = column.kind if name == column.name else "number"
    part = name.removeprefix(column.name).removeprefix("_")
    words = {"error": "standard error", "low": "lower end or bound", "high": "upper end or bound"}
    meaning = column.meaning if not part else f"{words[part]} of {column.name}"
    return {
        "name": name,
        "kind": kind,
        "unit": column.unit,
        "meaning": meaning,
        "choices": list(column.choices),
    }


def _csv_table(found: list[Table], rows: tuple[Row, ...]) -> CsvTable:
    if rows:
        return found[0].schema.header(), [list(row.values()) for row in rows]
    return ("name", "rows", "title"), [(t.name, len(t), t.title) for t in found]


def _show_list(found: list[Table]) -> None:
    from rich.table import Table as RichTable

    from isotunnel.cli.show import console

    shown = RichTable(caption="isotunnel data TABLE shows the rows", caption_justify="left")
    shown.add_column("table", no_wrap=True)
    shown.add_column("rows", justify="right")
    shown.add_column("what")
    for t in found:
        shown.add_row(t.name, str(len(t)), t.title)
    console().print(shown)


def _show_row(table: Table, row: Row) -> None:
    """One row, a line for each column that says something."""
    from rich.markup import escape
    from rich.table import Table as RichTable

    from isotunnel.cli.show import console
    from isotunnel.measured import GRADES

    shown = RichTable(title=escape(table.title), title_justify="left", show_header=False)
    shown.add_column("column", no_wrap=True)
    shown.add_column("value")
    for column in table.columns:
        text = _value(row, column)
        unit = "" if column.unit in ("", "1") else f" {column.unit}"
        if column.name == "grade":
            text += f": {GRADES[row.grade]}"
        if text:
            shown.add_row(column.name, escape(text + unit))
    console().print(shown)


def _show_rows(table: Table, rows: tuple[Row, ...]) -> None:
    """Many rows: sources as numbers with a list below, notes only for single rows."""
    from rich.markup import escape
    from rich.table import Table as RichTable

    from isotunnel.cli.show import console

    hidden = {"source", "url", "note"} | {c.name for c in table.columns if "source_" in c.name}
    filled = [c for c in table.columns if c.name not in hidden and any(_value(r, c) for r in rows)]
    # The grade stands at the end.
    columns, rest = [*filled[:-1][:_WIDEST], filled[-1]], filled[:-1][_WIDEST:]
    sources = list(dict.fromkeys((r.source, r.url) for r in rows))
    shown = RichTable(title=escape(table.title), title_justify="left")
    for column in columns:
        words = column.kind in ("text", "choice", "flag")
        shown.add_column(
            escape(_header(column)), justify="left" if words else "right", overflow="fold"
        )
    shown.add_column("source", justify="right")
    for row in rows:
        number = sources.index((row.source, row.url)) + 1
        cells = [_value(row, c).removeprefix(f"{table.name}:") for c in columns]
        shown.add_row(*(escape(c) for c in cells), str(number))
    out = console()
    out.print(shown)
    for number, (source, url) in enumerate(sources, start=1):
        where = f" <{url}>" if url and url not in source else ""
        out.print(escape(f"[{number}] {source}{where}"), soft_wrap=True)
    if table.about:
        out.print(escape(f"Mind: {table.about}"))
    if rest:
        out.print(escape(f"Not shown here: {', '.join(c.name for c in rest)}"))
    out.print(escape(f"One row with all columns and notes: isotunnel data {rows[0].id}"))


def _header(column: Column) -> str:
    """Name in words with the unit in brackets rather than at its end."""
    if column.unit in ("", "1"):
        return column.name.replace("_", " ")
    ending = re.sub(r"\W+", "_", column.unit.lower().replace("/", "_per_")).removeprefix("1_")
    return f"{column.name.removesuffix('_' + ending)} ({column.unit})".replace("_", " ")


def _value(row: Row, column: Column) -> str:
    """A cell for a person: 4.15 ± 0.05, 159 to 161, < 4.2."""
    if column.kind != "quantity":
        value = row[column.name]
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, float):
            return f"{value:.6g}"
        return "" if value is None else str(value)
    q = row.quantity(column.name)
    if q.low is not None and q.high is not None:
        return f"{q.low:g} to {q.high:g}"
    if q.value is None:
        return (
            f"> {q.low:g}" if q.low is not None else f"< {q.high:g}" if q.high is not None else ""
        )
    return f"{q.value:.6g}" + ("" if q.error is None else f" ± {q.error:g}")
