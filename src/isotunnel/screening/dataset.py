"""The dataset: a folder of Parquet files that only grows by whole files.

A file ``rows-FIRST-LAST.parquet`` holds what was written as steps FIRST to LAST. Small files are
merged into one whose range covers theirs, and removed after it is on the disk; so a file whose
range lies in another's is dead, whenever the machine stopped. There is no list of files that could
disagree with the files.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from isotunnel.errors import InputError
from isotunnel.files import whole_file, write_whole
from isotunnel.screening.columns import arrow_schema
from isotunnel.screening.packages import need

_NAME = re.compile(r"rows-(\d{10})-(\d{10})\.parquet")
_ABOUT = "screen.json"
MERGED_AT_ONCE = 64
"""So many small files are merged into one."""
MOST_ROWS = 100_000
"""Of a merged file."""
ROWS_IN_GROUP = 2_000
"""So many rows of a file are read to get one of them."""


@dataclass(frozen=True, order=True)
class Part:
    """A file of the dataset and the steps that it holds."""

    first: int
    last: int
    path: Path


@dataclass(frozen=True)
class Known:
    """What later steps must know of a row.

    Attributes:
        step: the file whose range covers it holds the row, however files are merged.
    """

    step: int
    id: str
    status: str
    reason: str | None
    duplicate_of: str | None
    formula: str | None


def rows_folder(out: Path) -> Path:
    """Where the files of rows lie."""
    return out / "crystals"


def parts_of(out: Path) -> list[Part]:
    """The living files in the order of their steps."""
    return _sorted_out(out)[0]


def tidy(out: Path) -> None:
    """Remove what an end without warning left: dead files and unfinished ones."""
    for part in _sorted_out(out)[1]:
        part.path.unlink(missing_ok=True)
    for left in rows_folder(out).glob(".rows-*.part"):
        left.unlink(missing_ok=True)


def _sorted_out(out: Path) -> tuple[list[Part], list[Part]]:
    found = []
    for path in rows_folder(out).glob("rows-*.parquet"):
        match = _NAME.fullmatch(path.name)
        if match:
            found.append(Part(int(match[1]), int(match[2]), path))
    living: list[Part] = []
    dead: list[Part] = []
    # The widest of those that begin at one step comes first, and covers what follows.
    for part in sorted(found, key=lambda p: (p.first, -p.last)):
        covered = bool(living) and part.last <= living[-1].last
        (dead if covered else living).append(part)
    return living, dead


def append(out: Path, rows: Iterable[Mapping[str, Any]]) -> Part:
    """Write rows as the next step; they are on the disk when this returns.

    Raises:
        InputError: the file cannot be written.
    """
    need("pyarrow", "a screen's dataset")
    import pyarrow as pa

    parts = parts_of(out)
    step = parts[-1].last + 1 if parts else 1
    return _write(out, step, step, pa.Table.from_pylist(list(rows), schema=arrow_schema()))


def merge_small(out: Path) -> None:
    """Merge the last files where there are many small ones, each row a few times only."""
    parts = parts_of(out)
    for size in (MERGED_AT_ONCE, MERGED_AT_ONCE**2):
        run: list[Part] = []
        for part in reversed(parts):
            if part.last - part.first + 1 >= size:
                break
            run.insert(0, part)
        if len(run) >= MERGED_AT_ONCE:
            _merge(out, run)
            return


def merge_all(out: Path) -> None:
    """Merge everything into files of up to 100,000 rows."""
    import pyarrow.parquet as pq

    run: list[Part] = []
    rows = 0
    for part in parts_of(out):
        count = pq.read_metadata(part.path).num_rows
        if run and rows + count > MOST_ROWS:
            _merge(out, run)
            run, rows = [], 0
        run.append(part)
        rows += count
    _merge(out, run)


def drop(out: Path, unwanted: Callable[[Mapping[str, Any]], bool]) -> int:
    """Remove rows, so that their inputs are computed again; says how many."""
    import pyarrow as pa

    dropped = 0
    for part in parts_of(out):
        table = _read([part])
        keep = [not unwanted(r) for r in table.select(["status", "reason"]).to_pylist()]
        if not all(keep):
            dropped += keep.count(False)
            _write(out, part.first, part.last, table.filter(pa.array(keep)))
    return dropped


def known_rows(out: Path) -> list[Known]:
    """Every row, in the order in which it was written.

    Raises:
        InputError: a file is no Parquet file of a screen.
    """
    columns = ["id", "status", "reason", "duplicate_of", "formula"]
    return [Known(p.first, **row) for p in parts_of(out) for row in _read([p], columns).to_pylist()]


def rows_by_id(out: Path, steps: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Whole rows of the ids, by id; of each the step in which it was written, or any of its file.

    Reads the files that cover these steps, and of these the groups of rows with the ids.
    """
    living = parts_of(out)
    firsts = [part.first for part in living]
    wanted: dict[Part, list[str]] = {}
    for name, step in steps.items():
        at = bisect_right(firsts, step) - 1
        if at >= 0 and step <= living[at].last:
            wanted.setdefault(living[at], []).append(name)
    return {row["id"]: row for part, ids in wanted.items() for row in _rows_in(part, ids)}


def about(out: Path) -> dict[str, Any] | None:
    """Settings and inputs of the dataset; None where there is none yet.

    Raises:
        InputError: the file that tells is damaged.
    """
    path = out / _ABOUT
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return {"settings": dict(data["settings"]), "inputs": list(data["inputs"])}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); is it a screen's dataset?") from None


def write_about(out: Path, settings: Mapping[str, Any], inputs: list[str]) -> None:
    """Tell what the dataset is made with and of."""
    text = json.dumps({"settings": dict(settings), "inputs": inputs}, indent=1)
    write_whole(out / _ABOUT, text + "\n")


def _merge(out: Path, run: list[Part]) -> None:
    if len(run) < 2:
        return
    _write(out, run[0].first, run[-1].last, _read(run))
    for part in run:
        with suppress(OSError):
            part.path.unlink()


def _rows_in(part: Part, ids: list[str]) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    there = _ids_in(part, part.path.stat().st_mtime_ns)
    places = pc.drop_null(pc.index_in(pa.array(ids), value_set=there)).to_pylist()
    rows: list[dict[str, Any]] = []
    with pq.ParquetFile(part.path) as file:
        first = 0
        for group in range(file.num_row_groups):
            # Files of earlier versions have larger groups.
            last = first + file.metadata.row_group(group).num_rows
            inside = [place - first for place in places if first <= place < last]
            if inside:
                rows += file.read_row_group(group).take(inside).to_pylist()
            first = last
    return rows


@lru_cache(maxsize=32)
def _ids_in(part: Part, _changed_ns: int) -> Any:
    """The ids of a file, in its order."""
    return _read([part], ["id"])["id"].combine_chunks()


def _read(parts: list[Part], columns: list[str] | None = None) -> Any:
    need("pyarrow", "a screen's dataset")
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        tables = [pq.read_table(p.path, columns=columns, partitioning=None) for p in parts]
    except (OSError, ValueError, pa.ArrowException) as error:
        raise InputError(f"{parts[0].path.parent}: a file cannot be read ({error})") from None
    return pa.concat_tables(tables, promote_options="default")


def _write(out: Path, first: int, last: int, table: Any) -> Part:
    import pyarrow.parquet as pq

    path = rows_folder(out) / f"rows-{first:010d}-{last:010d}.parquet"
    with whole_file(path) as temporary:
        pq.write_table(table, temporary, compression="zstd", row_group_size=ROWS_IN_GROUP)
    return Part(first, last, path)
