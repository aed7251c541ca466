"""The text of a small (possibly compressed) file, with a bound on its size."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from isotunnel.errors import FileFormatError

MAX_BYTES = 1 << 28
"""Largest crystal file that is read, after decompression. A cell of 50,000 atoms takes 5 MB."""

_MAGIC: tuple[tuple[bytes, Any], ...] = (
    (b"\x1f\x8b", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ\x00", lzma.open),
)
_PIECE_BYTES = 1 << 20
_DAMAGE = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)


def read_text(path: Path, limit: int = MAX_BYTES) -> str:
    """The file as text with line ends of one kind, without a byte-order mark.

    UTF-8 where it is that, UTF-16 where its mark says so, else Latin-1, which accepts any byte.

    Raises:
        FileFormatError: the file cannot be opened, its compressed data are damaged, or it holds
            more than ``limit`` bytes.
    """
    try:
        with _open(path) as file:
            data = b"".join(_pieces(file, limit + 1))
    except _DAMAGE:
        raise _damaged(path) from None
    except OSError as problem:
        if problem.errno is None:  # bz2 has no exception of its own
            raise _damaged(path) from None
        raise FileFormatError(f"{path} cannot be opened: {problem.strerror}") from None
    if len(data) > limit:
        raise FileFormatError(f"{path} holds more than {limit >> 20} MB: too long for a crystal")
    return _decoded(data).replace("\r\n", "\n").replace("\r", "\n")


def starts(path: Path, size: int = 1 << 16) -> str:
    """The first characters of a file, nothing where it cannot be read."""
    try:
        with _open(path) as file:
            return _decoded(file.read(size))
    except (*_DAMAGE, OSError):
        return ""


def _pieces(file: IO[bytes], most: int) -> Iterator[bytes]:
    # One read of ``most`` bytes would take that much memory for the shortest file.
    while most > 0 and (piece := file.read(min(most, _PIECE_BYTES))):
        most -= len(piece)
        yield piece


def _open(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        head = file.read(8)
    for magic, opener in _MAGIC:
        if head.startswith(magic):
            return cast(IO[bytes], opener(path, "rb"))
    return path.open("rb")


def _damaged(path: Path) -> FileFormatError:
    return FileFormatError(f"{path}: the compressed data are damaged or end too early")


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1").removeprefix("\xef\xbb\xbf")
