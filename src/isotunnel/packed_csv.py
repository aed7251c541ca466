"""Tables as gzipped CSV, as they are shipped with the package."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from isotunnel.errors import InputError


def packed(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as gzipped CSV; the same rows give the same bytes."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return gzip.compress(out.getvalue().encode("utf-8"), mtime=0)


@contextmanager
def unpacked(path: Path, what: str) -> Iterator[io.StringIO]:
    """The text of such a file; what it holds is to be understood within the block.

    Raises:
        InputError: there is no such file, or the block finds it damaged. The message says that
            it is no ``what``.
    """
    try:
        yield io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8"))
    except (OSError, EOFError, ValueError, LookupError, TypeError) as error:
        raise InputError(f"{path}: no {what} ({error})") from None
