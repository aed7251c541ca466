"""Results as CSV text: what the terminal prints and what the web lab hands out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

CsvTable = tuple[Sequence[str], Sequence[Sequence[object]]]
"""Header and rows."""


def csv_text(header: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV; what is not known is empty, yes and no are true and false."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return text.getvalue()


def csv_of(records: Iterable[Mapping[str, Any]]) -> str:
    """Objects of a document as a table: nested ones have dotted names, lists semicolons."""
    flat = [dict(_flat("", record)) for record in records]
    header = list(dict.fromkeys(name for record in flat for name in record))
    return csv_text(header, ([record.get(name) for name in header] for record in flat))


def _flat(name: str, value: Any) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}" if name else str(key), inner)
    elif isinstance(value, list | tuple) and any(isinstance(v, Mapping) for v in value):
        for number, inner in enumerate(value, 1):
            yield from _flat(f"{name}.{number}", inner)
    elif isinstance(value, list | tuple):
        yield name, ";".join(str(v) for v in value)
    else:
        yield name, value


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value != value:
        return ""
    return "" if value is None else value
