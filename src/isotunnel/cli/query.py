"""``isotunnel query``: questions to the dataset of a screen."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Annotated, Any

import typer

from isotunnel.cli.options import refuse_both

EXAMPLES = """
Examples:

    isotunnel query tunnels "rank = 3 and gap_atomic_3d_ev < 0 order by gap_atomic_3d_ev limit 20"

    isotunnel query tunnels "select reason, count(*) as n from crystals group by reason"

    isotunnel query tunnels "elements like '%Nb%'" --csv > niobium.csv

    isotunnel query tunnels "order by packing_covalent desc limit 50" --html packing.html
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
    csv: Annotated[bool, typer.Option("--csv", help="CSV on stdout, every column.")] = False,
    json: Annotated[bool, typer.Option("--json", help="A JSON list of objects.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write a sortable page.")] = None,
    reports: Annotated[
        int, typer.Option(min=0, help="Reports beside the page, for so many of its first rows.")
    ] = 10,
) -> None:
    """Ask the dataset of a screen in SQL. Nothing in it is changed."""
    from isotunnel.cli.show import print_csv
    from isotunnel.screening import ask

    refuse_both(csv, json)
    if columns:
        _list_columns()
        return
    table = ask(dataset, question)
    if html is not None:
        _write_page(html, dataset, question, table, reports)
    if json:
        _print_list(table.to_pylist())
    elif csv:
        print_csv(table.column_names, (row.values() for row in _plain_rows(table)))
    elif html is None:
        _show(table, question)


def _plain_rows(table: Any) -> list[dict[str, Any]]:
    return [{k: _plain(v) for k, v in row.items()} for row in table.to_pylist()]


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return str(value)


def _print_list(rows: list[dict[str, Any]]) -> None:
    import json
    import sys

    plain = [{k: _plain(v) for k, v in row.items()} for row in rows]
    sys.stdout.write(json.dumps(plain, indent=1, allow_nan=False) + "\n")


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
    words = f"{table.num_rows} rows" + (f", {more} not shown: --csv, --html" if more > 0 else "")
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
    from isotunnel.cli.show import console_for_problems
    from isotunnel.report import write_query

    with progress_bar() as tell:
        written = write_query(
            table, html, dataset=dataset, question=question, reports=reports, progress=tell
        )
    console_for_problems().print(f"page: {written}", soft_wrap=True, markup=False)
