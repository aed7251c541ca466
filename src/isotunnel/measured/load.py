"""Find and read the tables: each is read when it is first asked for, never on import."""

from __future__ import annotations

import csv
import difflib
import itertools
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from isotunnel import materials
from isotunnel.errors import InputError
from isotunnel.measured.rows import Row, Table
from isotunnel.measured.schema import Schema, Value, schema_of

_SUGGESTIONS = 4


@cache
def tables() -> tuple[str, ...]:
    """Names of all tables, in alphabetical order."""
    names = (p.name for p in _folder().iterdir())
    return tuple(sorted(n.removesuffix(".toml") for n in names if n.endswith(".toml")))


def table(name: str) -> Table:
    """The table of that name.

    Raises:
        InputError: there is none; the message lists the closest names.
    """
    found = name.strip().lower().replace("-", "_")
    if found not in tables():
        raise InputError(_unknown(name, found))
    return _table(found)


def schema(name: str) -> Schema:
    """Title and columns of a table without its rows.

    Raises:
        InputError: there is no such table.
    """
    found = name.strip().lower().replace("-", "_")
    if found not in tables():
        raise InputError(_unknown(name, found))
    return _schema(found)


def find_row(row_id: str) -> Row:
    """The row of that id, whatever its table.

    Raises:
        InputError: no table has it.
    """
    prefix = row_id.partition(":")[0]
    if prefix in tables():
        return table(prefix).row(row_id)
    raise InputError(f"no table has a row {row_id!r}; ids look like 'dtc_dp:Pb-1'")


def _unknown(name: str, key: str) -> str:
    shown = name if len(name) <= 40 else name[:37] + "..."
    close = difflib.get_close_matches(key, tables(), n=_SUGGESTIONS, cutoff=0.4)
    hint = f"did you mean {', '.join(close)}?" if close else "no known name comes close;"
    return f"unknown table {shown!r}; {hint} 'isotunnel data' lists all"


def _folder() -> Traversable:
    return files("isotunnel.measured").joinpath("data")


@cache
def _schema(name: str) -> Schema:
    text = _folder().joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return schema_of(name, tomllib.loads(text))


@materials.follows
@cache
def _table(name: str) -> Table:
    layout = _schema(name)
    text = _folder().joinpath(f"{name}.csv").read_text(encoding="utf-8")
    # No field holds a line break, so splitting lines is safe.
    reader = csv.reader(text.splitlines())
    header = tuple(next(reader))
    if header != layout.header():
        raise InputError(f"table {name}: its first line does not match its schema: wrong table")
    parsers = [(n, c) for c in layout.columns for n in c.names()]
    units = {n: c.unit for n, c in parsers}
    rows: list[Row] = []
    # Rows of materials that have a file stand behind those of the table.
    of_files = (list(row.values()) for row in materials.rows(name, header))
    for cells in itertools.chain(reader, of_files):
        try:
            pairs = zip(parsers, cells, strict=True)
            values: dict[str, Value] = {n: c.parse(n, cell) for (n, c), cell in pairs}
        except (InputError, ValueError) as error:
            raise InputError(f"table {name}, row {cells[0]}: {error}") from None
        rows.append(Row(name, values, units))
    return Table(layout, tuple(rows))
