"""Lines of a text with their numbers, as the readers of crystals and of grid heads take them."""

from __future__ import annotations

import re
from typing import Protocol

from isotunnel.errors import FileFormatError

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?"
_ONE = re.compile(_NUMBER)
_GLUED = re.compile(rf"{_NUMBER}(?:[+-](?:\d+\.\d*|\.\d+)(?:[eEdD][+-]?\d+)?)+")
_REPEATED = re.compile(rf"([1-9])\*({_NUMBER})")


class Lines(Protocol):
    """What gives lines, knows the number of the last one, and makes errors that name it."""

    line: int

    def readline(self) -> str | None:
        """The next line without its end, None at the end."""

    def error(self, message: str) -> FileFormatError:
        """An error that names the file and the current line."""


class TextLines:
    """The lines of a text in memory."""

    def __init__(self, text: str, shown: str) -> None:
        self.line = 0
        self._text = text
        self._shown = shown
        self._at = 0

    def readline(self) -> str | None:
        """The next line without its end, None at the end."""
        if self._at >= len(self._text):
            return None
        end = self._text.find("\n", self._at)
        end = len(self._text) if end < 0 else end
        line = self._text[self._at : end]
        self._at = end + 1
        self.line += 1
        return line

    def error(self, message: str) -> FileFormatError:
        """An error that names the file and the current line."""
        return FileFormatError(f"{self._shown}, line {max(self.line, 1)}: {message}")


def require_line(lines: Lines, what: str) -> str:
    """The next line; at the end of the file an error that says what was expected."""
    line = lines.readline()
    if line is None:
        raise lines.error(f"the file ends where {what} was expected")
    return line


def require_floats(lines: Lines, line: str, count: int, what: str) -> list[float]:
    """The first ``count`` numbers of a line, in any form that Fortran writes or reads.

    That is 1.0D0, 0.5-0.25 (fields that touch), 0.5, 0.5 (commas) and 3*0.0.

    Raises:
        FileFormatError: fewer numbers, or something that is not a finite number.
    """
    found: list[float] = []
    for word in line.replace(",", " ").split():
        values = fortran_floats(word)
        if not values:
            break
        found += values
        if len(found) >= count:
            break
    if len(found) < count or not all(abs(x) < 1e300 for x in found[:count]):
        raise lines.error(f"expected {what}, found {shown(line.strip())}")
    return found[:count]


def fortran_floats(word: str) -> list[float]:
    """The numbers that a word without spaces holds, none where it is anything else."""
    if len(word) > 400:
        return []
    if _ONE.fullmatch(word):
        return [_float(word)]
    repeated = _REPEATED.fullmatch(word)
    if repeated is not None:
        return [_float(repeated[2])] * int(repeated[1])
    if _GLUED.fullmatch(word):
        return [_float(part) for part in _ONE.findall(word)]
    return []


def shown(text: str, width: int = 60) -> str:
    """A piece of a file fit for a one-line message."""
    return repr(text if len(text) <= width else text[:width] + "...")


def _float(word: str) -> float:
    return float(re.sub("[dD]", "e", word))
