"""Reading a (possibly compressed) text file in bounded memory, with line numbers for messages."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, cast

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import FieldError, FileFormatError, InputError
from isotunnel.fields.readers.numbers import (
    BadNumber,
    parse_block,
    parse_carefully,
    zeros_for_asterisks,
)

CHUNK_BYTES = 1 << 18
LARGE_CHUNK_BYTES = 1 << 21
_MANY_VALUES = 1_000_000
LINE_LIMIT_BYTES = 1 << 16
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DAMAGE = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)

# The most a byte can expand to. Deflate's limit is 1032; the others are generous bounds, which
# only serve to refuse a header that cannot possibly be followed by its data.
_COMPRESSIONS: dict[str, tuple[bytes, float]] = {
    "gzip": (b"\x1f\x8b", 1032.0),
    "bzip2": (b"BZh", 2.0e6),
    "xz": (b"\xfd7zXZ\x00", 1.0e4),
}


def compression_of(path: Path) -> str | None:
    """Compression of a file by its first bytes: "gzip", "bzip2", "xz" or None."""
    with path.open("rb") as file:
        head = file.read(8)
    for name, (magic, _) in _COMPRESSIONS.items():
        if head.startswith(magic):
            return name
    return None


def open_binary(path: Path) -> IO[bytes]:
    """Open a file for reading bytes, decompressed on the way."""
    compression = compression_of(path)
    if compression == "gzip":
        return cast(IO[bytes], gzip.open(path, "rb"))
    if compression == "bzip2":
        return cast(IO[bytes], bz2.open(path, "rb"))
    if compression == "xz":
        return cast(IO[bytes], lzma.open(path, "rb"))
    return path.open("rb")


def read_head(path: Path, size: int = 8192) -> bytes:
    """The first bytes of a file after decompression, fewer if it is shorter or damaged."""
    try:
        with open_binary(path) as file:
            return file.read(size).removeprefix(BYTE_ORDER_MARK)
    except (*_DAMAGE, OSError) as problem:
        if _is_damage(problem):
            return b""
        raise


def _is_damage(problem: BaseException) -> bool:
    """Whether a failed read is the file's fault, not the disk's: bz2 raises a bare OSError."""
    return isinstance(problem, _DAMAGE) or getattr(problem, "errno", None) is None


def refuse_if_too_large(path: Path, count: int, itemsize: int) -> None:
    """Refuse an array that cannot fit into this machine's memory.

    Raises:
        InputError: with the size needed and the size there.
    """
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return
    if count * itemsize > memory:
        raise InputError(
            f"{path}: {count} values need {count * itemsize / 2**30:.1f} GiB, but this machine has "
            f"{memory / 2**30:.1f} GiB of memory; write the grid with fewer points"
        )


class TextSource:
    """A text file read once from start to end: lines first, then blocks of numbers.

    Attributes:
        path: the file.
        line: number of the line last begun, counted from 1.
        warnings: what the reader noticed, one sentence each.
        asterisks: how many numbers too wide for their columns were read as 0; None, the default,
            refuses them.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.line = 0
        self.warnings: list[str] = []
        self.asterisks: int | None = None
        self._size = path.stat().st_size
        compression = compression_of(path)
        ratio = _COMPRESSIONS[compression][1] if compression else 1.0
        self._most_characters = self._size * ratio + 1024
        self._file = open_binary(path)
        self._buffer = b""
        self._at = 0
        self._ended = False
        self._begun = False

    def __enter__(self) -> TextSource:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    def error(self, message: str) -> FileFormatError:
        """An error that names the file and the current line."""
        return FileFormatError(f"{self.path}, line {max(self.line, 1)}: {message}")

    def require_room_for(self, shape: tuple[int, ...], sets: int = 1, itemsize: int = 8) -> None:
        """Refuse a header whose values cannot be in a file of this size, before allocating.

        A value takes at least two characters, itself and what separates it from the next.

        Raises:
            FileFormatError: a count below 1, or more values than the file can hold.
            InputError: more than this machine's memory holds.
        """
        if min(shape) < 1:
            raise self.error(
                f"grid of {' x '.join(map(str, shape))} points; each must be 1 or more"
            )
        if sets < 1:
            raise self.error(f"{sets} values at each point; there must be 1 or more")
        count = sets
        for n in shape:
            count *= n
        if 2 * count > self._most_characters:
            raise self.error(
                f"the header claims {' x '.join(map(str, shape))} points"
                + (f" of {sets} values each" if sets > 1 else "")
                + f" ({count} values), which do not fit into a file of {self._size} bytes"
            )
        refuse_if_too_large(self.path, count // sets, itemsize)

    def _read_more(self, size: int = CHUNK_BYTES) -> bool:
        if self._ended:
            return False
        try:
            more = self._file.read(size)
        except (*_DAMAGE, OSError) as problem:
            if not _is_damage(problem):
                raise
            raise FileFormatError(
                f"{self.path}: the compressed data are damaged or end too early ({problem})"
            ) from problem
        if not more:
            self._ended = True
            return False
        if not self._begun:
            self._begun = True
            more = more.removeprefix(BYTE_ORDER_MARK)
        self._buffer = self._buffer[self._at :] + more
        self._at = 0
        return True

    def readline(self) -> str | None:
        """The next line without its end, or None at the end of the file."""
        while True:
            end = self._buffer.find(b"\n", self._at)
            if end >= 0:
                break
            if len(self._buffer) - self._at > LINE_LIMIT_BYTES:
                self.line += 1
                raise self.error(
                    f"a line of more than {LINE_LIMIT_BYTES} characters: not a text grid"
                )
            if not self._read_more():
                end = len(self._buffer)
                break
        if self._at >= len(self._buffer) and self._ended:
            return None
        text = self._buffer[self._at : end].decode("latin-1")
        self._at = min(end + 1, len(self._buffer))
        self.line += 1
        return text.rstrip("\r")

    def next_text(self) -> str | None:
        """The next line that is not blank, stripped, or None at the end of the file."""
        while (text := self.readline()) is not None:
            if text.strip():
                return text.strip()
        return None

    def peek_lines(self, count: int) -> list[str]:
        """The next lines, fewer at the end of the file, without going on."""
        while self._buffer.count(b"\n", self._at) < count and (
            len(self._buffer) - self._at < LINE_LIMIT_BYTES and self._read_more()
        ):
            pass
        ahead = self._buffer[self._at : self._at + LINE_LIMIT_BYTES]
        return ahead.decode("latin-1").splitlines()[:count]

    def require_line(self, what: str) -> str:
        """The next line; an error that says what was expected at the end of the file."""
        text = self.readline()
        if text is None:
            raise self.error(f"the file ends where {what} was expected")
        return text

    def words(self, what: str, least: int) -> list[str]:
        """The words of the next line, at least so many."""
        words = self.require_line(what).split()
        if len(words) < least:
            raise self.error(f"expected {what}, found {shown(' '.join(words))}")
        return words

    def floats(self, words: list[str], what: str) -> NDArray[np.float64]:
        """The words as finite numbers."""
        try:
            numbers = np.array([float(w.replace("d", "e").replace("D", "e")) for w in words])
        except ValueError:
            numbers = np.array([np.nan])
        if not np.isfinite(numbers).all():
            raise self.error(f"expected {what}, found {shown(' '.join(words))}")
        return numbers

    def require_volume(self, cell: NDArray[np.float64]) -> None:
        """Refuse three vectors that lie in a plane.

        Raises:
            FieldError: with the volume.
        """
        lengths = np.linalg.norm(cell, axis=1)
        volume = abs(float(np.linalg.det(cell)))
        if not (volume > 1e-9 * float(np.prod(lengths)) and np.isfinite(volume)):
            raise FieldError(
                f"{self.path}, line {self.line}: the cell has zero volume "
                f"({volume:.3g} from vectors of length {', '.join(f'{x:.4g}' for x in lengths)})"
            )

    def integer(self, word: str, what: str) -> int:
        """The word as an integer of sane length."""
        if not word.lstrip("+-").isascii() or not word.lstrip("+-").isdigit() or len(word) > 18:
            raise self.error(f"expected {what}, found {shown(word)}")
        try:
            return int(word)
        except ValueError:
            raise self.error(f"expected {what}, found {shown(word)}") from None

    def numbers(self, count: int, what: str = "values") -> Iterator[NDArray[np.float64]]:
        """Exactly ``count`` numbers separated by white space, in chunks.

        What follows the last of them stays for the next call.

        Raises:
            FileFormatError: fewer numbers in the file, or something that is not a finite number.
        """
        done = 0
        while done < count:
            start = self.line
            block, last = self._block(CHUNK_BYTES if count < _MANY_VALUES else LARGE_CHUNK_BYTES)
            if not block:
                raise self.error(f"the file ends after {done} of {count} {what}")
            raw = block
            if self.asterisks is not None and b"*" in block:
                block, _ = zeros_for_asterisks(block)
            values = parse_block(block, count)
            end = len(block)
            if values is None or values.size > count - done:
                try:
                    values, end = parse_carefully(block, count - done)
                except BadNumber as bad:
                    self.line = start + block[: bad.at].count(b"\n") + 1
                    raise self.error(
                        f"{what[:-1]} {done + bad.index + 1} of {count} is {shown(bad.token)}, "
                        f"{_what_is_wrong(bad.token)}"
                    ) from None
            if block is not raw and self.asterisks is not None:
                self.asterisks += zeros_for_asterisks(raw[:end])[1]
            self._at += end
            self.line += block[:end].count(b"\n")
            done += values.size
            if done == count and last and not block[-1:].isspace() and end == len(block):
                self._check_last_token(block)
            if values.size:
                yield values

    def _block(self, size: int) -> tuple[bytes, bool]:
        """About ``size`` bytes up to a white space, and whether the file ends with them."""
        while len(self._buffer) - self._at < size and self._read_more(size):
            pass
        if self._ended:
            return self._buffer[self._at :], True
        end = max(self._buffer.rfind(b" "), self._buffer.rfind(b"\n")) + 1
        if end <= self._at:
            raise self.error("no white space for a long way: not a text grid")
        return self._buffer[self._at : end], False

    def _check_last_token(self, block: bytes) -> None:
        """Tell a number that was cut short from one that merely lacks the final line end."""
        widths = [len(token.lstrip(b"+-")) for token in block[-4096:].split()[1:]]
        others = set(widths[:-1])
        if len(others) == 1 and widths[-1] < min(others):
            self.line += 1
            raise self.error(
                f"the last value has {widths[-1]} characters where the others have "
                f"{widths[0]}: the file is cut short"
            )
        if len(others) != 1:
            self.warnings.append(
                "The file does not end with a line end: its last value may be cut short."
            )


def _what_is_wrong(token: str) -> str:
    if set(token) == {"*"}:
        return "which is how Fortran writes a number too wide for its columns: the value is lost"
    return "not a finite number"


def shown(text: str, width: int = 60) -> str:
    """A piece of a file fit for a one-line message."""
    text = text if len(text) <= width else text[:width] + "..."
    return repr(text)
