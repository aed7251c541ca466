"""Finding and opening a run's files, plain or compressed."""

from __future__ import annotations

import gzip
import lzma
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from isotunnel.errors import FileFormatError, InputError
from isotunnel.fields.readers.source import open_binary

_COMPRESSED = r"(\.gz|\.bz2|\.xz)?"
_STAGE = r"\.(relax|static|scf|nscf|opt|final)\d*"
_DAMAGE = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)


def find_file(folder: Path, name: str) -> Path | None:
    """The file of that name, plain or compressed; None where it is absent or empty.

    Where there is none, the file of one stage of a chain stands in (``OUTCAR.relax2.gz``) if it is
    the only one.

    Raises:
        InputError: several such files, which are several runs.
    """
    exact = re.compile(re.escape(name) + _COMPRESSED)
    variant = re.compile(re.escape(name) + _STAGE + _COMPRESSED)
    names = _names(folder)
    for pattern in (exact, variant):
        found = [n for n in names if pattern.fullmatch(n)]
        if len(found) > 1 and pattern is variant:
            raise InputError(
                f"{folder}: holds {len(found)} runs ({', '.join(found[:4])}); "
                f"give each a folder of its own, or name the one to read {name}"
            )
        if found:
            return folder / found[0]
    return None


def _names(folder: Path) -> list[str]:
    try:
        return sorted(p.name for p in folder.iterdir() if p.is_file() and p.stat().st_size > 0)
    except OSError as error:
        raise InputError(f"{folder}: cannot be read ({error.strerror or error})") from error


@contextmanager
def reporting_damage(path: Path) -> Iterator[None]:
    """Turn whatever opening and decompressing stumble over into one clear line.

    Raises:
        FileFormatError: the compressed data are damaged or cut short.
        InputError: it cannot be opened.
    """
    try:
        yield
    except _DAMAGE as error:
        raise FileFormatError(
            f"{path}: the compressed data are damaged or end too early ({error})"
        ) from error
    except OSError as error:
        # bz2 raises a bare OSError for damaged data.
        if error.errno is None:
            raise FileFormatError(f"{path}: the compressed data are damaged ({error})") from error
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error


def text_lines(path: Path) -> Iterator[str]:
    """The lines of a text file, without their ends.

    Raises:
        FileFormatError, InputError: see :func:`reporting_damage`.
    """
    with reporting_damage(path), open_binary(path) as stream:
        for line in stream:
            yield line.decode("latin-1").rstrip("\r\n")


def float_or_none(text: str) -> float | None:
    """The number, or None where Fortran wrote asterisks or the word is no finite number."""
    try:
        value = float(text.replace("D", "e").replace("d", "e"))
    except ValueError:
        return None
    return value if value - value == 0 else None
