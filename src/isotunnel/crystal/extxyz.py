"""The last frame of an extended XYZ file, sizes checked before anything is made of them."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING

from isotunnel.errors import CrystalError, FileFormatError

if TYPE_CHECKING:
    from ase import Atoms

_PROPERTIES = re.compile(r"properties\s*=\s*[\"']?([^\s\"']+)", re.IGNORECASE)
_COUNT = re.compile(r"\s*(\d{1,12})\s*")


def read_extxyz(text: str, shown: str) -> tuple[Atoms, int]:
    """The crystal of the last frame, and how many frames there are.

    Raises:
        FileFormatError: a count of atoms that the file has no lines for, columns that its lines
            do not hold, or a frame that cannot be read.
        CrystalError: an unknown element.
    """
    start, count, frames = _last_frame(text, shown)
    frame = text[start:]
    comment, first = [*frame.split("\n", 3), "", ""][1:3]
    _check_columns(comment, first, count, shown)
    return _read(frame, shown), frames


def _last_frame(text: str, shown: str) -> tuple[int, int, int]:
    """Where the last frame begins, its number of atoms, and the number of frames."""
    at, line, frames = 0, 1, 0
    start, count = -1, 0
    while at < len(text):
        end = _line_end(text, at)
        head = text[at:end]
        if not head.strip():
            at, line = end + 1, line + 1
            continue
        match = _COUNT.fullmatch(head)
        if match is None:
            if frames:
                # Lines behind the last frame, such as VEC1 VEC2 VEC3 of old files.
                break
            raise FileFormatError(
                f"{shown}, line {line}: expected the number of atoms, found {head.strip()[:40]!r}"
            )
        start, count = at, int(match[1])
        if 2 * count > len(text) - end:
            raise FileFormatError(
                f"{shown}, line {line}: the file claims {count} atoms, but holds only "
                f"{len(text)} characters"
            )
        at = end + 1
        for done in range(count + 1):
            if at >= len(text) and done <= count and (done or count):
                raise FileFormatError(
                    f"{shown}, line {line}: the file claims {count} atoms and ends after "
                    f"{max(done - 1, 0)}"
                )
            at = _line_end(text, at) + 1
        line += count + 2
        frames += 1
    if start < 0:
        raise FileFormatError(f"{shown}: no crystal in this file")
    return start, count, frames


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _check_columns(comment: str, first: str, count: int, shown: str) -> None:
    match = _PROPERTIES.search(comment)
    if match is None or not count:
        return
    widths = match[1].split(":")[2::3]
    if not all(re.fullmatch(r"\d{1,9}", width) for width in widths):
        raise FileFormatError(f"{shown}: Properties={match[1][:60]} is not NAME:KIND:COLUMNS")
    total, there = sum(int(width) for width in widths), len(first.split())
    if total > there:
        raise FileFormatError(
            f"{shown}: Properties asks for {total} columns, the first atom's line has {there}"
        )


def _read(frame: str, shown: str) -> Atoms:
    from ase.io import read

    with warnings.catch_warnings():
        # Of arrays beside the positions, which no one here uses.
        warnings.simplefilter("ignore")
        try:
            found = read(io.StringIO(frame), index=0, format="extxyz")
        except KeyError as error:
            symbol = str(error.args[0])[:20] if error.args else ""
            raise CrystalError(f"{shown}: unknown element {symbol!r}") from None
        except Exception:  # ASE fails in many ways, all of which mean a frame that is no good
            raise FileFormatError(
                f"{shown}: the last frame cannot be read as extended XYZ; it may be cut short or "
                "garbled"
            ) from None
    assert not isinstance(found, list)  # one index gives one frame
    return found
