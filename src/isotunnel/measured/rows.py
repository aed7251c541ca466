"""A table of measured facts and its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from isotunnel.errors import CannotSay, InputError
from isotunnel.materials.names import answers, index_names, key, look_up
from isotunnel.measured.parameter import Kind, Parameter
from isotunnel.measured.schema import Column, Quantity, Schema, Value
from isotunnel.notebook import ShownInNotebooks, data_frame

if TYPE_CHECKING:
    import pandas

_SUBJECT_END = re.compile(r"\s*[(,:/]")
"""Where the name ends in what a table is about: "Pb (film)"."""


@dataclass(frozen=True, eq=False)
class Row(Mapping[str, Value]):
    """One row: a mapping from column name to value, None where the source does not say.

    ``row[name]`` of a column that the table has not raises InputError with the names of those it
    has; ``row.get(name, default)`` gives the default, as a dictionary does.

    Attributes:
        table: name of its table.
        values_by_name: the values, in the order of the columns.
        units: unit of each column.
    """

    table: str
    values_by_name: dict[str, Value] = field(repr=False)
    units: dict[str, str] = field(repr=False)

    def __getitem__(self, name: str) -> Value:
        try:
            return self.values_by_name[name]
        except KeyError:
            known = ", ".join(self.values_by_name)
            raise InputError(f"table {self.table} has no column {name!r}; it has {known}") from None

    def get(self, name: str, default: Any = None, /) -> Any:
        """The value of a column, None where empty; ``default`` where the table has no such column.

        The mapping's own would pass the InputError on: it knows KeyError alone.
        """
        return self.values_by_name.get(name, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_name)

    def __len__(self) -> int:
        return len(self.values_by_name)

    def __contains__(self, name: object) -> bool:
        return name in self.values_by_name

    def __hash__(self) -> int:
        return hash(self.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self.values_by_name == other.values_by_name

    @property
    def id(self) -> str:
        """Name of the row, the same in every later version."""
        return self.text("id")

    @property
    def source(self) -> str:
        """Where its facts come from."""
        return self.text("source")

    @property
    def url(self) -> str:
        """Address or DOI of what was read, "" where there is none."""
        return self.text("url")

    @property
    def grade(self) -> str:
        """A to D: see ``isotunnel.measured.GRADES``."""
        return self.text("grade")

    @property
    def note(self) -> str:
        """What a user should know, or ""."""
        return self.text("note")

    def text(self, name: str) -> str:
        """A cell as text, "" where empty.

        Raises:
            InputError: the table has no such column.
        """
        value = self[name]
        return "" if value is None else str(value)

    def number(self, name: str) -> float:
        """A cell as a number.

        Raises:
            CannotSay: the row has none, or words there.
            InputError: the table has no such column.
        """
        value = self[name]
        if value is None or isinstance(value, str | bool):
            raise CannotSay(f"row {self.id} of table {self.table} states no {name}")
        return float(value)

    def quantity(self, name: str) -> Quantity:
        """A ``quantity`` cell with its error and bounds.

        Raises:
            InputError: the table has no such column, or it is of another kind.
        """
        parts = [self[name], *(self[f"{name}_{c}"] for c in ("error", "low", "high"))]
        value, error, low, high = (None if p is None else float(p) for p in parts)
        return Quantity(value, error, low, high, self.units[name])

    def parameter(self, name: str, kind: Kind = "measured") -> Parameter:
        """A cell as a number with what it rests on: unit, source, grade and note of the row.

        The error is that of a ``quantity`` where it states one.

        Raises:
            CannotSay: the row has no number there.
            InputError: the table has no such column.
        """
        error = self.get(f"{name}_error")
        return Parameter(
            self.number(name),
            self.source,
            None if error is None else float(error),
            unit=self.units[name],
            kind=kind,
            grade=self.grade,
            note=self.note,
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return dict(self.values_by_name)


@dataclass(frozen=True)
class Table(ShownInNotebooks):
    """A table of facts.

    Attributes:
        schema: name, title, traps and columns.
        rows: its rows, in the order of the file.
    """

    schema: Schema
    rows: tuple[Row, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """What ``isotunnel.measured.table`` calls it."""
        return self.schema.name

    @property
    def title(self) -> str:
        """What it holds, in words."""
        return self.schema.title

    @property
    def about(self) -> str:
        """Traps and limits."""
        return self.schema.about

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self.rows)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns; a ``quantity`` stands for four."""
        return self.schema.columns

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """All rows; what is unknown is NaN in columns of numbers, None in columns of text.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        names = list(self.rows[0]) if self.rows else []
        return data_frame(names, [[row[name] for name in names] for row in self.rows])

    def where(self, **wanted: Value) -> tuple[Row, ...]:
        """Rows whose columns have these values, as in ``table.where(material="Pb", sign="-")``.

        Raises:
            InputError: the table has no such column.
        """
        return tuple(r for r in self.rows if all(r[n] == v for n, v in wanted.items()))

    def about_material(self, name: str) -> tuple[Row, ...]:
        """Rows on a material, upper and lower case alike."""
        key = name.strip().casefold()
        return tuple(r for r in self.rows if r.text(self.schema.subject).casefold() == key)

    def rows_about(self, name: str) -> tuple[Row, ...]:
        """Rows on what a user calls ``name``: "lead" for Pb, and for "Pb (film)" too.

        Raises:
            InputError: there are none; the message suggests names.
        """
        subjects = dict.fromkeys(r.text(self.schema.subject) for r in self.rows)
        known = {s: {s, _SUBJECT_END.split(s, maxsplit=1)[0].strip()} for s in subjects}
        names = dict.fromkeys(n for each in known.values() for n in sorted(each, key=len) if n)
        answering = {n for n in names if answers(n, name)}
        if not answering:
            first = {key(n): n for n in reversed(names)}
            lists = f"'isotunnel data {self.name}' shows all rows"
            look_up(name, index_names(first.values(), "subjects"), str, self._subject, lists)
        return tuple(r for r in self.rows if known[r.text(self.schema.subject)] & answering)

    @property
    def _subject(self) -> str:
        return f"{self.schema.subject} of the table {self.name}"

    def row(self, row_id: str) -> Row:
        """The row of that id.

        Raises:
            InputError: there is none.
        """
        for row in self.rows:
            if row.id == row_id:
                return row
        raise InputError(f"table {self.name} has no row {row_id!r}")


Tables = Callable[[str], Table]
"""Gives a measured table by name: :func:`isotunnel.measured.table`, or a made-up world."""
