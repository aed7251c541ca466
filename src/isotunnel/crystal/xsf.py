"""The crystal of an XSF file, or of the last step of an animated one (AXSF).

Format: http://www.xcrysden.org/doc/XSF.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from isotunnel.crystal.checks import MAX_ATOMS
from isotunnel.crystal.text_lines import Lines, require_floats, require_line, shown
from isotunnel.errors import CrystalError

if TYPE_CHECKING:
    from ase import Atoms

_PERIODIC = {"CRYSTAL": 3, "SLAB": 2, "POLYMER": 1, "MOLECULE": 0}
_FIRST = re.compile(
    r"(?:(?:CRYSTAL|SLAB|POLYMER|MOLECULE|DIM-GROUP)|(?:PRIMVEC|ATOMS|ANIMSTEPS)(?:\s+\d+)?"
    r"|BEGIN_INFO|BEGIN_BLOCK_DATAGRID_?[23]D)"
)


@dataclass
class _Steps:
    """What has been read; a later step overwrites an earlier one."""

    periodic: int = 3
    cell: list[list[float]] | None = None
    kinds: list[str] = field(default_factory=list)
    positions: list[list[float]] = field(default_factory=list)
    count: int = 0


def looks_like_xsf(head: str) -> bool:
    """Whether the first line that is no comment is one of the format's keywords, and all of it.

    A line of prose that begins with such a word ("CRYSTAL was grown ...") is not.
    """
    for line in head.splitlines():
        text = line.strip()
        if text and not text.startswith("#"):
            return _FIRST.fullmatch(text.upper()) is not None
    return False


def read_xsf_crystal(lines: Lines) -> tuple[Atoms, int]:
    """The crystal of the last step, and the number of steps.

    Raises:
        FileFormatError: a line that is not what it should be, or no atoms.
        CrystalError: an unknown element, or more atoms than ``MAX_ATOMS``.
    """
    from ase import Atoms as AseAtoms

    steps = _Steps()
    pending: str | None = None
    while True:
        line = pending if pending is not None else lines.readline()
        pending = None
        if line is None or line.strip().upper().startswith(("BEGIN_BLOCK", "DATAGRID")):
            break
        text = line.strip()
        if text and not text.startswith("#"):
            pending = _keyword(lines, text, steps)
    if not steps.kinds:
        raise lines.error("no atoms in this XSF file")
    numbers = [_atomic_number(lines, kind) for kind in steps.kinds]
    pbc = [axis < steps.periodic for axis in range(3)]
    atoms = AseAtoms(numbers, positions=steps.positions, cell=steps.cell, pbc=pbc)
    return atoms, steps.count


def _keyword(lines: Lines, text: str, steps: _Steps) -> str | None:
    """Take in a keyword with what belongs to it; a line read too far is handed back."""
    word = text.split()[0].upper()
    if word in _PERIODIC:
        steps.periodic = _PERIODIC[word]
    elif word == "PRIMVEC":
        steps.cell = [_vector(lines) for _ in "123"]
    elif word in ("CONVVEC", "RECIPVEC"):
        for _ in "123":
            _vector(lines)
    elif word == "DIM-GROUP":
        steps.periodic = min(3, _count(lines))
    elif word == "PRIMCOORD":
        _begin(steps)
        for _ in range(_count(lines)):
            _atom(lines, require_line(lines, "an atom"), steps)
    elif word == "CONVCOORD":
        for _ in range(_count(lines)):
            require_line(lines, "an atom")
    elif word == "ATOMS":
        _begin(steps)
        return _atoms_to_the_next_keyword(lines, steps)
    elif word == "BEGIN_INFO":
        while not require_line(lines, "END_INFO").strip().upper().startswith("END_INFO"):
            pass
    elif word != "ANIMSTEPS":
        raise lines.error(f"not an XSF keyword: {shown(text)}")
    return None


def _begin(steps: _Steps) -> None:
    steps.count += 1
    steps.kinds.clear()
    steps.positions.clear()


def _atoms_to_the_next_keyword(lines: Lines, steps: _Steps) -> str | None:
    while (line := lines.readline()) is not None:
        words = line.split()
        if len(words) < 4 and words:
            return line
        if words:
            _atom(lines, line, steps)
    return None


def _atom(lines: Lines, line: str, steps: _Steps) -> None:
    words = line.split(maxsplit=1)
    if len(words) < 2:
        raise lines.error(f"expected an atom, found {shown(line.strip())}")
    if len(steps.kinds) >= MAX_ATOMS:
        raise CrystalError(f"the crystal holds more than {MAX_ATOMS} atoms, the limit")
    steps.kinds.append(words[0])
    steps.positions.append(require_floats(lines, words[1], 3, "the position of an atom"))


def _vector(lines: Lines) -> list[float]:
    what = "a lattice vector"
    return require_floats(lines, require_line(lines, what), 3, what)


def _count(lines: Lines) -> int:
    line = require_line(lines, "a number")
    words = line.split()
    if not words or not re.fullmatch(r"\d{1,9}", words[0]):
        raise lines.error(f"expected a number, found {shown(line.strip())}")
    return int(words[0])


def _atomic_number(lines: Lines, kind: str) -> int:
    from ase.data import atomic_numbers

    if re.fullmatch(r"\d{1,3}", kind) and 0 < int(kind) <= 118:
        return int(kind)
    symbol = {"D": "H", "T": "H"}.get(kind, re.sub(r"\d+$", "", kind).capitalize())
    number = atomic_numbers.get(symbol, 0)
    if number < 1:
        place = str(lines.error("")).split(", line")[0]
        raise CrystalError(f"{place}: unknown element {kind[:20]!r}")
    return int(number)
