"""Derive the tables of measured facts that ``isotunnel.measured`` ships.

Reads ``src/isotunnel/measured/data/raw/NAME.csv`` (what was curated: one row per fact and source,
numbers as printed) and the schema ``data/NAME.toml``, writes ``data/NAME.csv``::

    python scripts/make_measured_tables.py            # write
    python scripts/make_measured_tables.py --check    # compare with what is there, exit 1 if stale

What is derived: numbers as printed become columns, so that nobody needs to parse text.

==============  ======================================================
printed         columns
==============  ======================================================
``0.30(4)``     value 0.30, error 0.04 (the digits are in the last place)
``0.30 +- 0.04`` the same
``159-161``     value 160 (the middle), low 159, high 161
``<4.2``        no value, high 4.2
``>210``        no value, low 210
``~0.3``        value 0.3
==============  ======================================================

An error column NAME_error in the raw table goes to the quantity NAME.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
import tomllib
from pathlib import Path

from isotunnel.errors import InputError
from isotunnel.measured.schema import Column, Schema, schema_of

DATA = Path(__file__).parents[1] / "src/isotunnel/measured/data"
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_PLAIN = re.compile(_NUMBER)
_DIGITS = re.compile(rf"({_NUMBER})\((\d+)\)")
_PLUS_MINUS = re.compile(rf"({_NUMBER})\s*(?:\+-|±)\s*({_NUMBER})")
_RANGE = re.compile(rf"({_NUMBER})\s*-\s*({_NUMBER})")
_BOUND = re.compile(rf"(<|>|<=|>=|up to )\s*({_NUMBER})")

Cells = tuple[str, str, str, str]


def quantity(text: str) -> Cells:
    """Value, error, low and high of a number as printed.

    Raises:
        InputError: the text is none of the forms above.
    """
    text = text.strip().removeprefix("~").strip()
    if text == "":
        return "", "", "", ""
    if _PLAIN.fullmatch(text):
        return text, "", "", ""
    if found := _DIGITS.fullmatch(text):
        return found[1], _last_digits(found[1], found[2]), "", ""
    if found := _PLUS_MINUS.fullmatch(text):
        return found[1], found[2], "", ""
    if found := _RANGE.fullmatch(text):
        return _shown((float(found[1]) + float(found[2])) / 2), "", found[1], found[2]
    if found := _BOUND.fullmatch(text):
        return ("", "", found[2], "") if found[1].startswith(">") else ("", "", "", found[2])
    raise InputError(f"{text!r} is no number, range or bound")


def _last_digits(number: str, digits: str) -> str:
    mantissa = number.lower().partition("e")[0]
    places = len(mantissa.partition(".")[2])
    return _shown(int(digits) * 10.0**-places)


def _shown(value: float) -> str:
    return f"{value:.10g}"


def convert(column: Column, raw: dict[str, str]) -> list[str]:
    """The cells of one column and its companions."""
    text = " ".join(raw.get(column.name, "").split())
    if column.kind != "quantity":
        return [text]
    value, error, low, high = quantity(text)
    printed = {c: raw.get(f"{column.name}_{c}", "").strip() for c in ("error", "low", "high")}
    return [value, printed["error"] or error, printed["low"] or low, printed["high"] or high]


def read_schema(name: str) -> Schema:
    """The schema of a table."""
    text = (DATA / f"{name}.toml").read_text(encoding="utf-8")
    return schema_of(name, tomllib.loads(text))


def render(name: str) -> str:
    """The whole derived table.

    Raises:
        InputError: a raw cell cannot be read, or a raw column is unknown to the schema.
    """
    schema = read_schema(name)
    with (DATA / "raw" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        strangers = set(reader.fieldnames or ()) - set(schema.header())
        if strangers:
            raise InputError(f"{name}: the schema lacks {', '.join(sorted(strangers))}")
        rows = list(reader)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(schema.header())
    for row in rows:
        try:
            writer.writerow([cell for column in schema.columns for cell in convert(column, row)])
        except InputError as error:
            raise InputError(f"{name}, row {row.get('id')}: {error}") from None
    return out.getvalue()


def main() -> int:
    """Write the tables, or compare them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for path in sorted(DATA.glob("*.toml")):
        text, target = render(path.stem), path.with_suffix(".csv")
        if not (target.is_file() and target.read_text(encoding="utf-8") == text):
            stale.append(path.stem)
            if not check:
                target.write_text(text, encoding="utf-8")
    if stale:
        print(("stale: " if check else "wrote: ") + ", ".join(stale))
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
