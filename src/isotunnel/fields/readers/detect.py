"""Telling the format of a grid file from its first bytes, and only then from its name."""

from __future__ import annotations

import re
from pathlib import Path

from isotunnel.crystal.xsf import looks_like_xsf
from isotunnel.errors import FileFormatError
from isotunnel.fields.readers.options import Format
from isotunnel.fields.readers.source import read_head

FORMATS: tuple[Format, ...] = ("cube", "vasp", "xsf", "gpw", "hdf5")

_HDF5_MAGIC = b"\x89HDF\r\n\x1a\n"
_ULM_MAGICS = (b"- of Ulm", b"AFFormat")
# Elk (plot3d) writes the three numbers of points, then points and values in four columns.
_ELK_HEAD = re.compile(rb"\s*\d+\s+\d+\s+\d+\s*:\s*grid size")
_NAMES: tuple[tuple[str, Format], ...] = (
    (r"\.cube?$", "cube"),
    (r"\.xsf$", "xsf"),
    (r"\.gpw$", "gpw"),
    (r"\.(h5|hdf5)$", "hdf5"),
    (r"chgcar|aeccar|locpot|elfcar|parchg|(^|[^a-z])(chg|pot)([^a-z]|$)|\.vasp$", "vasp"),
)


class ForeignGridError(FileFormatError):
    """A grid of a format that is known by name and not read."""


def detect_format(path: Path) -> Format:
    """Format of a grid file.

    Raises:
        ForeignGridError: a grid of a format that is not read, with the way to one that is.
        FileFormatError: neither the content nor the name is one that we know, or it is empty.
    """
    head = read_head(path)
    if _ELK_HEAD.match(head):
        raise ForeignGridError(
            f"{path}: Elk's 3D output is not read, for it holds neither cell nor atoms; write it "
            "as XSF or cube with the crystal of Elk's GEOMETRY.OUT and read that"
        )
    found = _by_content(head) or _by_name(path)
    if found is not None:
        return found
    if not head:
        raise FileFormatError(f"{path}: the file is empty, or its compressed data are damaged")
    raise FileFormatError(
        f"{path}: neither the content nor the name is that of a grid file we read; pass "
        f"format={' or '.join(map(repr, FORMATS))}"
    )


def _by_content(head: bytes) -> Format | None:
    if head.startswith(_HDF5_MAGIC):
        return "hdf5"
    if head.startswith(_ULM_MAGICS):
        return "gpw"
    if b"\0" in head:
        return None
    lines = [line.strip() for line in head.decode("latin-1").splitlines()[:12]]
    written = [line for line in lines if line and not line.startswith("#")]
    if looks_like_xsf("\n".join(written[:1])):
        return "xsf"
    if len(lines) >= 6 and all(_is_count_and_vector(line) for line in lines[2:6]):
        return "cube"
    if (
        len(lines) >= 6
        and _are_numbers(lines[1], 1)
        and all(_are_numbers(line, 3) for line in lines[2:5])
    ):
        return "vasp"
    return None


def _by_name(path: Path) -> Format | None:
    name = re.sub(r"\.(gz|bz2|xz)$", "", path.name.lower())
    for pattern, found in _NAMES:
        if re.search(pattern, name):
            return found
    return None


def _is_count_and_vector(line: str) -> bool:
    words = line.split()
    return (
        len(words) >= 4
        and bool(re.fullmatch(r"[+-]?\d+", words[0]))
        and _are_numbers(" ".join(words[1:4]), 3)
    )


def _are_numbers(line: str, least: int) -> bool:
    words = line.split()[: max(least, 1)]
    if len(words) < least:
        return False
    try:
        for word in words:
            float(word.lower().replace("d", "e"))
    except ValueError:
        return False
    return True
