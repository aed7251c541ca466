"""The table of networking values of hydrides, read from the files that are shipped."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from isotunnel.errors import CannotSay, InputError
from isotunnel.materials.names import answers, index_names, look_up
from isotunnel.studies.hydrides.table_files import HEAD, TAIL

FILE = "networking_values"
COMPUTED = "computed"
_TEXTS = frozenset(name for name, unit, _ in (*HEAD, *TAIL) if not unit) - {"atoms"}

Value = float | str | None


@dataclass(frozen=True)
class HydrideColumn:
    """Name, unit ("" for texts and counts, "1" for pure numbers) and meaning of a column."""

    name: str
    unit: str
    meaning: str


@dataclass(frozen=True, eq=False)
class HydrideRow:
    """One hydride.

    Attributes:
        id: row of :mod:`isotunnel.measured` that holds cell, sites and source.
        compound: formula as printed.
        family: chemical family.
        status: "computed", "failed", "left out" or "not built".
        reason: why there are no values, "" where there are.
        values: by column name; None where there is none.
        warnings: what a user should know before trusting the row.
        source: where the cell is published.
    """

    id: str
    compound: str
    family: str
    status: str
    reason: str
    values: Mapping[str, Value] = field(repr=False)
    warnings: tuple[str, ...] = ()
    source: str = ""

    @property
    def computed(self) -> bool:
        """Whether there are values."""
        return self.status == COMPUTED

    @property
    def short_id(self) -> str:
        """Id without the name of its table."""
        return self.id.partition(":")[2]

    def get(self, name: str) -> Value:
        """A cell, None where empty.

        Raises:
            InputError: there is no such column.
        """
        try:
            return self.values[name]
        except KeyError:
            raise InputError(
                f"the hydride table has no column {name!r}; 'isotunnel hydrides --json' lists all"
            ) from None

    def number(self, name: str) -> float:
        """A cell as a number.

        Raises:
            InputError: there is no such column.
            CannotSay: the cell is empty or a text; the reason is in the message.
        """
        value = self.get(name)
        if isinstance(value, float):
            return value
        why = self.reason if not self.computed else "the calculation gives none"
        raise CannotSay(f"{self.compound} ({self.short_id}) has no {name}: {why}")

    def text(self, name: str) -> str:
        """A cell as text, "" where empty."""
        value = self.get(name)
        return "" if value is None else str(value)


@dataclass(frozen=True, eq=False)
class HydrideTable:
    """All rows.

    Attributes:
        columns: their names, units and meanings.
        rows: in the order of the tables they come from; those without a crystal last.
        settings: of the engine, where all rows agree.
        versions: of the programs and data sets; several where rows were computed at other times.
        text: the CSV file itself.
    """

    columns: tuple[HydrideColumn, ...]
    rows: tuple[HydrideRow, ...] = field(repr=False)
    settings: Mapping[str, Any]
    versions: Mapping[str, tuple[str, ...]]
    text: str = field(repr=False)

    @property
    def computed(self) -> tuple[HydrideRow, ...]:
        """The rows with values."""
        return tuple(r for r in self.rows if r.computed)

    def counts(self) -> dict[str, int]:
        """Number of rows per status."""
        found: dict[str, int] = {}
        for row in self.rows:
            found[row.status] = found.get(row.status, 0) + 1
        return found

    def row(self, row_id: str) -> HydrideRow:
        """The row of an id, with or without its table's name.

        Raises:
            InputError: there is none.
        """
        for row in self.rows:
            if row_id.strip().casefold() in (row.id.casefold(), row.short_id.casefold()):
                return row
        raise InputError(
            f"no hydride has the id {row_id!r}; 'isotunnel hydrides' lists all, as in 'S01'"
        )

    def rows_about(self, name: str) -> tuple[HydrideRow, ...]:
        """The rows of a compound, at every pressure; or the one of an id.

        Raises:
            InputError: there is none; the message suggests compounds.
        """
        found = tuple(r for r in self.rows if answers(r.compound, name))
        with suppress(InputError):
            return found or (self.row(name),)
        compounds = index_names(dict.fromkeys(r.compound for r in self.rows), "compounds")
        lists = "'isotunnel hydrides' lists all, by ids such as S01 too"
        look_up(name, compounds, str, "hydride", lists)
        raise AssertionError("a name that a compound answers to has a row")


@cache
def hydride_table() -> HydrideTable:
    """The table, read when first asked for."""
    folder = files("isotunnel.studies.hydrides").joinpath("data")
    text = folder.joinpath(f"{FILE}.csv").read_text(encoding="utf-8")
    return read_table(text, folder.joinpath(f"{FILE}.json").read_text(encoding="utf-8"))


def read_table(text: str, description: str) -> HydrideTable:
    """The table out of CSV text and its description.

    Raises:
        InputError: they do not belong together.
    """
    about = json.loads(description)
    columns = tuple(HydrideColumn(c["name"], c["unit"], c["meaning"]) for c in about["columns"])
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != tuple(c.name for c in columns):
        raise InputError("the hydride table does not match its description: wrong file")
    return HydrideTable(
        columns=columns,
        rows=tuple(_row(cells) for cells in reader),
        settings=about["settings"],
        versions={name: tuple(v) for name, v in about["versions"].items()},
        text=text,
    )


def _row(cells: Mapping[str, str]) -> HydrideRow:
    values = {name: _value(name, cell) for name, cell in cells.items()}
    return HydrideRow(
        id=cells["id"],
        compound=cells["compound"],
        family=cells["family"],
        status=cells["status"],
        reason=cells["reason"],
        values=values,
        warnings=tuple(w for w in cells["warnings"].split(" | ") if w),
        source=cells["source"],
    )


def _value(name: str, cell: str) -> Value:
    if cell == "":
        return None
    if name in _TEXTS:
        return cell
    try:
        return float(cell)
    except ValueError:
        return cell
