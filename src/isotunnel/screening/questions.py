"""Questions to a dataset in SQL, answered by DuckDB; nothing is ever changed."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from isotunnel.errors import InputError
from isotunnel.screening.dataset import parts_of
from isotunnel.screening.packages import need

_WHOLE = re.compile(r"\s*(select|with|from|describe|summarize|show)\b", re.IGNORECASE)
_TAIL = re.compile(r"\s*(where|order|limit|group|having|offset|qualify|using)\b", re.IGNORECASE)


def statement_of(question: str) -> str:
    """SQL out of a condition such as ``rank = 3 order by phi desc``, a tail or a SELECT."""
    text = question.strip().rstrip(";").strip()
    if _WHOLE.match(text):
        return text
    if not text or _TAIL.match(text):
        return f"select * from crystals {text}".strip()
    return f"select * from crystals where {text}"


def ask(out: str | os.PathLike[str], question: str = "") -> Any:
    """A pyarrow Table; ``.to_pandas()`` makes a data frame of it.

    Args:
        out: the folder of a screen, also while it is being written.
        question: a condition, with ORDER BY and LIMIT if wanted, or a whole SELECT over the table
            ``crystals``; columns: :func:`~isotunnel.screening.all_columns`. Empty for everything.

    Raises:
        InputError: there is no dataset, or the question is no SQL or would change something; the
            message is DuckDB's.
        MissingExtraError: DuckDB or pyarrow is not installed.
    """
    for package in ("pyarrow", "duckdb"):
        need(package, "asking a dataset")
    import duckdb

    folder = Path(out)
    while True:
        files = [str(p.path) for p in parts_of(folder)]
        if not files:
            raise InputError(f"{folder}: no dataset of a screen; isotunnel screen ... -o makes one")
        try:
            return _answered(files, statement_of(question))
        except duckdb.Error as error:
            # A screen at work merges its small files: then there is another list of them.
            if all(os.path.exists(f) for f in files):
                words = _one_line(str(error))
                raise InputError(f"the question cannot be answered: {words}") from None


def _answered(files: list[str], statement: str) -> Any:
    import duckdb

    connection = duckdb.connect()
    try:
        connection.execute("set enable_progress_bar = false")
        listed = ", ".join("'" + f.replace("'", "''") + "'" for f in files)
        connection.execute(
            f"create view crystals as select * from read_parquet([{listed}], union_by_name = true)"
        )
        _lock(connection, files)
        found = connection.extract_statements(statement)
        if len(found) != 1:
            raise InputError("one question at a time: a condition or one SELECT")
        if found[0].type != duckdb.StatementType.SELECT:
            raise InputError("a question is a SELECT or a condition; nothing can be changed here")
        return connection.sql(statement).to_arrow_table()
    finally:
        connection.close()


def _lock(connection: Any, files: list[str]) -> None:
    """From here on only the dataset's own files can be read, and no setting changed."""
    listed = ", ".join("'" + f.replace("'", "''") + "'" for f in files)
    connection.execute(f"set allowed_paths = [{listed}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _one_line(text: str) -> str:
    return " ".join(text.split("\n\nLINE")[0].split("\nLINE")[0].split())
