"""What a table of measured facts looks like: its columns, kinds, units, ranges and grades."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from isotunnel.errors import InputError

Value = str | int | float | bool | None

KINDS = ("text", "choice", "flag", "integer", "number", "quantity")
COMPANIONS = ("error", "low", "high")
"""Columns that stand beside a ``quantity`` in the table: standard error and bounds."""

COMMON = ("id", "source", "url", "grade", "note")
"""Columns that every table has."""

GRADES = {
    "A": "read in the primary paper or its abstract, or in curated code data that cites it",
    "B": "from a compilation or handbook, or quoted by another paper",
    "C": "inferred, contested or indirect, or a public copy whose origin is not recorded",
    "D": "known to be weak: kept for comparison, not for judging anything",
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: in the table, with the unit where doubt is possible.
        kind: "text"; "choice" (one of ``choices``); "flag" (true or false); "integer"; "number";
            "quantity": a number with the columns NAME_error, NAME_low and NAME_high beside it.
        unit: "" for words, "1" for pure numbers.
        meaning: in words.
        minimum, maximum: values outside are wrong; None where there is no such limit.
        choices: the words a "choice" may be.
    """

    name: str
    kind: str
    unit: str
    meaning: str
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """The column's name and those of its companions."""
        if self.kind != "quantity":
            return (self.name,)
        return (self.name, *(f"{self.name}_{c}" for c in COMPANIONS))

    def parse(self, name: str, text: str) -> Value:
        """The value of a cell of this column or of its companion ``name``; None where empty.

        Raises:
            InputError: the text is not of the column's kind or out of its range.
        """
        if text == "":
            return None
        if self.kind == "choice" and text not in self.choices:
            raise InputError(f"{name}: {text!r} is none of {', '.join(self.choices)}")
        if self.kind in ("text", "choice"):
            return text
        if self.kind == "flag":
            return _flag(name, text)
        number = _number(name, text, whole=self.kind == "integer")
        if not name.endswith("_error") or name == self.name:
            self._check(name, number)
        elif number < 0:
            raise InputError(f"{name}: an error of {number:g} is below zero")
        return number

    def _check(self, name: str, number: float) -> None:
        low, high = self.minimum, self.maximum
        if (low is not None and number < low) or (high is not None and number > high):
            raise InputError(f"{name}: {number:g} {self.unit} is outside {low} to {high}")


@dataclass(frozen=True)
class Quantity:
    """A measured number with what is known of its uncertainty.

    Attributes:
        value: the number; the middle of a range; None where only a bound is known.
        error: standard error as printed, or None: not stated.
        low, high: ends of a range or bounds (an open side is None).
        unit: its unit.
    """

    value: float | None
    error: float | None
    low: float | None
    high: float | None
    unit: str


@dataclass(frozen=True)
class Schema:
    """Name, title and columns of a table.

    Attributes:
        name, title: of the table; the title in words.
        about: traps and limits that every user should know.
        subject: the column that names the material (or fluid, or body).
        unique: columns that no two rows share all of.
        columns: the table's own columns, then those that every table has.
    """

    name: str
    title: str
    about: str
    subject: str
    unique: tuple[str, ...]
    columns: tuple[Column, ...]

    def header(self) -> tuple[str, ...]:
        """Every name of the table's first line."""
        return tuple(n for column in self.columns for n in column.names())


def schema_of(name: str, data: dict[str, Any]) -> Schema:
    """The schema written in a table's TOML file.

    Raises:
        InputError: a column is of an unknown kind or has a limit without a column.
    """
    ranges, choices = data.get("ranges", {}), data.get("choices", {})
    own = tuple(
        _column(cells, ranges.get(cells[0]), choices.get(cells[0])) for cells in data["columns"]
    )
    strangers = {*ranges, *choices} - {c.name for c in own}
    if strangers:
        raise InputError(f"{name}: limits for unknown columns: {', '.join(sorted(strangers))}")
    return Schema(
        name=name,
        title=data["title"],
        about=data.get("about", ""),
        subject=data["subject"],
        unique=tuple(data["unique"]),
        columns=(Column("id", "text", "", "name of the row, for ever"), *own, *_common()),
    )


def _column(
    cells: list[str], limits: list[float | str] | None, choices: list[str] | None
) -> Column:
    name, kind, unit, meaning = cells
    if kind not in KINDS or (kind == "choice") != (choices is not None):
        raise InputError(f"{name}: {kind!r} is no kind of column, or its choices are missing")
    low, high = limits or ("", "")
    return Column(name, kind, unit, meaning, _limit(low), _limit(high), tuple(choices or ()))


def _limit(value: float | str) -> float | None:
    """A limit of the TOML file; "" stands for none."""
    return None if isinstance(value, str) else float(value)


def _common() -> tuple[Column, ...]:
    return (
        Column("source", "text", "", "where the facts of the row come from"),
        Column("url", "text", "", "address or DOI of what was read"),
        Column("grade", "choice", "", "how far to trust it", choices=tuple(GRADES)),
        Column("note", "text", "", "what a user should know"),
    )


def _flag(name: str, text: str) -> bool:
    if text not in ("true", "false"):
        raise InputError(f"{name}: {text!r} is neither true nor false")
    return text == "true"


def _number(name: str, text: str, *, whole: bool) -> int | float:
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        raise InputError(f"{name}: {text!r} is no number") from None
    if number - number != 0:
        raise InputError(f"{name}: {text!r} is not finite")
    return number
