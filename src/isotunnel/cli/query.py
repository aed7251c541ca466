"""``isotunnel query``: questions to the dataset of a screen."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Annotated, Any

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_text, deliver

EXAMPLES = """
Examples:

    isotunnel query tunnels "rank = 3 and gap_atomic_3d_ev < 0 order by gap_atomic_3d_ev limit 20"

    isotunnel query tunnels "select reason, count(*) as n from crystals group by reason"

    isotunnel query tunnels "elements like '%Nb%'" --csv > niobium.csv

    isotunnel query tunnels "order by packing_covalent desc limit 50" -o packing.html
"""

_SHOWN = ("source", "formula", "space_group", "rank", "gap_atomic_3d_ev", "phi", "status")
"""Columns on the terminal, besides those that the question names."""
_MOST_LINES = 40


def query(
    dataset: Annotated[Path, typer.Argument(help="Folder of a screen.")],
    question: Annotated[
        str,
        typer.Argument(help="A condition, with ORDER BY and LIMIT, or a SELECT over crystals."),
    ] = "",
    columns: Annotated[
        bool, typer.Option("--columns", help="List the columns with unit and meaning.")
    ] = False,
    reports: Annotated[
        int, typer.Option(min=0, help="Reports beside the page, for so many of its first rows.")
    ] = 10,
    output: Annotated[Output, Forms(("html",))] = NOTHING,
) -> None:
    """Ask the dataset of a screen in SQL. Nothing in it is changed."""
    from isotunnel.screening import ask

    if columns:
        _list_columns()
        return
    table = ask(dataset, question)
    product = Product(
        name=f"{dataset.resolve().name}-query",
        show=lambda: _show(table, question),
        json=lambda: _plain_rows(table),
        csv=lambda: csv_text(table.column_names, (row.values() for row in _plain_rows(table))),
        files={"html": lambda path: _write_page(path, dataset, question, table, reports)},
        source=f"{dataset.resolve()} {question}",
    )
    deliver(output, product)


def _plain_rows(table: Any) -> list[dict[str, Any]]:
    return [{k: _plain(v) for k, v in row.items()} for row in table.to_pylist()]


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return str(value)


def _list_columns() -> None:
    from rich.markup import escape
    from rich.table import Table

    from isotunnel.cli.show import console
    from isotunnel.screening import all_columns

    shown = Table()
    for head in ("column", "unit", "meaning"):
        shown.add_column(head, overflow="fold")
    for c in all_columns():
        shown.add_row(escape(c.name), escape(c.unit), escape(c.meaning))
    console().print(shown)


def _show(table: Any, question: str) -> None:
    from rich.markup import escape
    from rich.table import Table

    from isotunnel.cli.show import console

    names = chosen_columns(table.column_names, question)
    shown = Table()
    for name in names:
        shown.add_column(escape(name), overflow="fold")
    for row in table.slice(0, _MOST_LINES).select(names).to_pylist():
        shown.add_row(*(escape(cell_text(v)) for v in row.values()))
    out = console()
    out.print(shown)
    more = table.num_rows - _MOST_LINES
    words = f"{table.num_rows} rows" + (f", {more} not shown: --csv, -o" if more > 0 else "")
    out.print(words)


def chosen_columns(names: list[str], question: str) -> list[str]:
    """What a person wants to see of many columns: the main ones, and what was asked about."""
    if len(names) <= 12:
        return names
    asked = set(re.findall(r"\w+", question.lower()))
    return [n for n in names if n in _SHOWN] + [n for n in names if n in asked - set(_SHOWN)]


def cell_text(value: Any) -> str:
    """A cell for a person."""
    if value is None:
        return ""
    return f"{value:.5g}" if isinstance(value, float) else str(value)


def _write_page(html: Path, dataset: Path, question: str, table: Any, reports: int) -> None:
    from isotunnel.cli.progress import progress_bar
    from isotunnel.report import write_query

    with progress_bar() as tell:
        write_query(table, html, dataset=dataset, question=question, reports=reports, progress=tell)
