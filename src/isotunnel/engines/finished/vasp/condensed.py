"""vasprun.xml without what makes it big, so that an XML parser is quick with the rest."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.finished.files import reporting_damage
from isotunnel.fields.readers.source import CHUNK_BYTES, open_binary

ROWS = "rows"
"""Element that stands for rows taken out."""

_PROJECTED, _ROWS = (b"<projected>", b"</projected>"), (b"<r>", b"</set>")
_LONGEST = len(_PROJECTED[1])


def condensed(path: Path, rows: deque[bytes]) -> Iterator[bytes]:
    """The file's bytes in chunks, with each run of ``<r>`` rows as one empty element ``<rows/>``.

    The rows' text goes to the end of ``rows`` before the chunk with its element is yielded. Band
    projections are left out.
    """
    rest, section = b"", (b"", b"")
    taken: list[bytes] = []
    with reporting_damage(path), open_binary(path) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            rest += chunk
            given: list[bytes] = []
            while True:
                if section[1]:
                    at = rest.find(section[1])
                    if at < 0:
                        break
                    if section is _ROWS:
                        rows.append(b"".join((*taken, rest[:at])))
                        given.append(b"<rows/>")
                        taken = []
                        rest = rest[at:]
                    else:
                        rest = rest[at + len(section[1]) :]
                    section = (b"", b"")
                else:
                    section, at = _next(rest)
                    if at < 0:
                        break
                    given.append(rest[:at])
                    rest = rest[at:]
            # A tag may lie across two chunks.
            safe = max(len(rest) - _LONGEST, 0)
            if section is _ROWS:
                taken.append(rest[:safe])
            elif not section[1]:
                given.append(rest[:safe])
            rest = rest[safe:]
            yield b"".join(given)
    if not section[1]:
        yield rest


def _next(text: bytes) -> tuple[tuple[bytes, bytes], int]:
    """The section that begins first, and where; nothing and -1 without any."""
    begins = [(text.find(section[0]), section) for section in (_PROJECTED, _ROWS)]
    found = [(at, section) for at, section in begins if at >= 0]
    if not found:
        return (b"", b""), -1
    at, section = min(found, key=lambda one: one[0])
    return section, at


def numbers(text: bytes) -> NDArray[np.float64]:
    """Rows of numbers between tags as a table; what overflowed to asterisks is NaN.

    Raises:
        ValueError: rows of different lengths, or words that are no numbers.
    """
    count = text.count(b"<r>")
    words = text.replace(b"<r>", b" ").replace(b"</r>", b" ").split()
    try:
        flat = np.array(words, dtype=np.float64)
    except ValueError:
        flat = np.array([_number(word.decode("latin-1")) for word in words])
    return flat.reshape(count, -1)


def _number(word: str) -> float:
    if "*" in word:
        return math.nan
    return float(word)
