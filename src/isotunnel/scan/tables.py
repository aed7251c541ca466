"""Scan tables as files."""

from __future__ import annotations

import csv
import io
import json
import os
from typing import Any

from isotunnel.atlas.point import Column
from isotunnel.atlas.scan import Scan
from isotunnel.errors import MissingExtraError
from isotunnel.files import whole_file, write_whole

TEXTS = frozenset({""})
"""Units whose columns hold text."""


def write_csv(result: Scan, path: str | os.PathLike[str]) -> None:
    """One row per point, UTF-8, with a head of column names; missing values are empty.

    Raises:
        InputError: the file cannot be written.
    """
    write_whole(path, csv_text(result))


def csv_text(result: Scan) -> str:
    """One row per point under the columns' names; missing values are empty."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow([c.name for c in result.columns])
    # repr of a float has all its digits; None is written as nothing.
    table.writerows(result.rows())
    return text.getvalue()


def write_parquet(result: Scan, path: str | os.PathLike[str]) -> None:
    """The same table as Parquet, units and meanings in the columns' metadata.

    Raises:
        MissingExtraError: pyarrow is not installed.
        InputError: the file cannot be written.
    """
    arrow = require_pyarrow()
    import pyarrow.parquet as parquet

    rows = result.rows()
    arrays, fields = [], []
    for place, column in enumerate(result.columns):
        kind = arrow.string() if column.unit in TEXTS else arrow.float64()
        arrays.append(arrow.array([row[place] for row in rows], type=kind))
        fields.append(arrow.field(column.name, kind, metadata=_metadata(column)))
    about = {
        key: json.dumps(value)
        for key, value in result.as_dict().items()
        if key in ("schema", "name", "title", "over", "engine", "settings", "versions", "sources")
    }
    table = arrow.Table.from_arrays(arrays, schema=arrow.schema(fields, metadata=about))
    with whole_file(path) as temporary:
        parquet.write_table(table, temporary)


def require_pyarrow() -> Any:
    """The package pyarrow.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import pyarrow
    except ImportError:
        raise MissingExtraError("pyarrow", "scale", "writing a Parquet table") from None
    return pyarrow


def _metadata(column: Column) -> dict[str, str]:
    return {"unit": column.unit, "meaning": column.meaning}
