"""POSCAR, CONTCAR and the heads of VASP's grid files, in the forms of VASP 4, 5 and 6.

Format: https://www.vasp.at/wiki/POSCAR
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.text_lines import Lines, fortran_floats, require_floats, require_line, shown
from isotunnel.errors import CrystalError

if TYPE_CHECKING:
    from ase import Atoms

UNKNOWN = "X"
"""Stands for an element that the file does not name."""

_MOST_ATOMS = 10**7
_MOST_KINDS = 10_000
_ISOTOPE = re.compile(r"^[DT](?![A-Za-z])")


@dataclass(frozen=True)
class PoscarHead:
    """A crystal as VASP writes it.

    Attributes:
        cell: lattice vectors in angstrom, one per row.
        symbols: per atom; ``UNKNOWN`` where neither symbols nor anything else names it.
        positions: Cartesian, in angstrom.
        notes: isotopes read as hydrogen.
        warnings: elements that were taken from the comment or from behind the positions.
    """

    cell: NDArray[np.float64]
    symbols: tuple[str, ...]
    positions: NDArray[np.float64]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def poscar_atoms(lines: Lines) -> Atoms:
    """The crystal of a POSCAR; remarks are in ``info["read_warnings"]``.

    Raises:
        FileFormatError: a line that is not what it should be, or a VASP 4 file that does not name
            its elements.
        CrystalError: a word among the symbols that is no element, or a cell without volume.
    """
    from ase import Atoms as AseAtoms

    head = read_poscar(lines, elements_required=True)
    atoms = AseAtoms(list(head.symbols), positions=head.positions, cell=head.cell, pbc=True)
    if head.notes or head.warnings:
        atoms.info["read_warnings"] = (*head.notes, *head.warnings)
    return atoms


def read_poscar(lines: Lines, *, elements_required: bool = False) -> PoscarHead:
    """Read a head; the lines then stand behind the positions.

    Scale factors may be one number, one negative number (the volume in cubic angstrom) or three;
    symbols and counts may run over several lines, as VASP wraps them after 20 kinds; symbols may
    carry a POTCAR suffix ("Fe_pv", "Si/1a2b"). Without symbols (VASP 4), a comment that consists of
    as many element symbols as there are kinds, or symbols behind the positions, are taken with a
    warning. D and T are hydrogen.

    Raises:
        FileFormatError: a line that is not what it should be; with ``elements_required`` also
            elements that the file does not name.
        CrystalError: a cell without volume; with ``elements_required`` a symbol of no element.
    """
    comment = require_line(lines, "a comment")
    scale = require_line(lines, "the scale factor")
    vectors = np.array(
        [
            require_floats(lines, require_line(lines, "a lattice vector"), 3, "a lattice vector")
            for _ in "123"
        ]
    )
    factors = _scale_factors(lines, vectors, scale)
    cell = vectors * factors
    symbols, counts, mode = _kinds(lines)
    counts_line = lines.line - 1
    notes: list[str] = []
    names = None if symbols is None else _named(lines, symbols, notes, elements_required)
    positions, behind = _positions(lines, sum(counts), cell, factors, mode)
    warnings: list[str] = []
    if names is None:
        kinds, remark = _without_symbols(comment, counts, behind)
        if kinds is None and elements_required:
            lines.line = counts_line
            raise lines.error(
                "a VASP 4 file without element symbols: add a line of symbols, one for each of "
                f"the {len(counts)} kinds of atoms, above the line of their numbers "
                f"({' '.join(str(n) for n in counts[:20])})"
            )
        per_atom = kinds or [UNKNOWN] * sum(counts)
        warnings.append(remark)
    else:
        per_atom = [name for name, n in zip(names, counts, strict=True) for _ in range(n)]
        if UNKNOWN in names:
            unknown = names.count(UNKNOWN)
            warnings.append(
                f"The elements of {unknown} of {len(names)} kinds of atom are unknown (the symbols "
                "do not name them); they are labelled X."
            )
    return PoscarHead(cell, tuple(per_atom), positions, tuple(notes), tuple(warnings))


def looks_like_poscar(head: str) -> bool:
    """Whether a text begins as a POSCAR: a comment, a factor, three vectors."""
    lines = head.splitlines()[:7]
    if len(lines) < 6 or not fortran_floats((lines[1].split() or [""])[0]):
        return False
    vectors = [[x for w in line.split()[:3] for x in fortran_floats(w)] for line in lines[2:5]]
    sixth = lines[5].split()
    return (
        all(len(v) >= 3 for v in vectors)
        and bool(sixth)
        and not (fortran_floats(sixth[0]) and not sixth[0].isdigit())
    )


def _scale_factors(lines: Lines, vectors: NDArray[np.float64], line: str) -> NDArray[np.float64]:
    """Factors of the Cartesian x, y and z components of vectors and positions."""
    lengths = np.linalg.norm(vectors, axis=1)
    with np.errstate(over="ignore", invalid="ignore"):
        volume = abs(float(np.linalg.det(vectors)))
        flat = 1e-9 * float(np.prod(lengths))
    if not (np.isfinite(volume) and volume > flat):
        raise CrystalError(
            f"{_place(lines)}{'no complete cell: ' if lengths.min() == 0 else ''}"
            f"the cell has zero volume ({volume:.3g} from vectors of length "
            f"{', '.join(f'{x:.4g}' for x in lengths)})"
        )
    # Words behind the numbers are a comment, as VASP has it.
    numbers: list[float] = []
    for word in line.replace(",", " ").split():
        values = fortran_floats(word)
        if not values or len(numbers) >= 3:
            break
        numbers += values
    if len(numbers) >= 3:
        factors = np.array(numbers[:3])
    elif numbers and numbers[0] < 0:
        factors = np.full(3, (-numbers[0] / volume) ** (1.0 / 3.0))
    else:
        factors = np.full(3, numbers[0] if numbers else 0.0)
    if not np.isfinite(factors).all() or not (factors > 0).all():
        raise lines.error(
            f"the scale factor {shown(line.strip())} is neither one number nor three above 0"
        )
    return factors


def _place(lines: Lines) -> str:
    """File and line as they stand at the head of an error."""
    return str(lines.error("")).rstrip() + " "


def _kinds(lines: Lines) -> tuple[list[str] | None, list[int], str]:
    """Symbols (None for VASP 4), numbers of atoms, and the line behind them."""
    words = _words(require_line(lines, "element symbols or numbers of atoms"))
    symbols: list[str] = []
    while words and not words[0].isdigit():
        symbols += words
        if len(symbols) > _MOST_KINDS:
            raise lines.error(f"expected numbers of atoms, found {shown(' '.join(words))}")
        words = _words(require_line(lines, "the numbers of atoms"))
    if not words:
        raise lines.error("expected element symbols or numbers of atoms, found ''")
    counts = _counts(lines, words)
    line = require_line(lines, "Direct or Cartesian")
    while _is_counts(line):
        counts += _counts(lines, _words(line))
        line = require_line(lines, "Direct or Cartesian")
    if not 0 < sum(counts) <= _MOST_ATOMS or len(counts) > _MOST_KINDS:
        raise lines.error(f"expected numbers of atoms, found {shown(' '.join(words))}")
    if symbols and len(symbols) != len(counts):
        raise lines.error(f"{len(symbols)} element symbols but {len(counts)} numbers of atoms")
    return symbols or None, counts, line


def _words(line: str) -> list[str]:
    """The words before a remark."""
    return re.split(r"[!#]", line, maxsplit=1)[0].split()


def _is_counts(line: str) -> bool:
    words = _words(line)
    return bool(words) and all(word.isdigit() for word in words)


def _counts(lines: Lines, words: list[str]) -> list[int]:
    counts = []
    for word in words:
        if not (word.isascii() and word.isdigit() and len(word) < 10):
            break
        counts.append(int(word))
    if not counts:
        raise lines.error(f"expected numbers of atoms, found {shown(' '.join(words))}")
    return counts


def _named(lines: Lines, symbols: list[str], notes: list[str], required: bool) -> list[str]:
    plain = [_ISOTOPE.sub("H", symbol) for symbol in symbols]
    isotopes = sorted({symbol[0] for symbol in set(symbols) - set(plain)})
    if isotopes:
        notes.append(f"The isotope {' and '.join(isotopes)} was read as hydrogen (H).")
    names = [element_of_word(symbol) for symbol in plain]
    if required and UNKNOWN in names:
        word = symbols[names.index(UNKNOWN)]
        raise CrystalError(f"{_place(lines)}unknown element {shown(word, 20)}")
    return names


def element_of_word(word: str) -> str:
    """The element that a word begins with, ``UNKNOWN`` where none does: Fe_pv, Si/1a2b, FE."""
    from ase.data import atomic_numbers

    if len(word) <= 2 and word.isalpha() and word.isupper() and word != UNKNOWN:
        return word.capitalize() if word.capitalize() in atomic_numbers else UNKNOWN
    match = re.match(r"[A-Z][a-z]?", word)
    for name in (match[0], match[0][:1]) if match else ():
        # "Sodium" is a word, not sulphur: what follows a symbol must not be another letter.
        known = name in atomic_numbers and name != UNKNOWN
        if known and not word[len(name) : len(name) + 1].isalpha():
            return name
    return UNKNOWN


def _without_symbols(
    comment: str, counts: list[int], behind: list[str]
) -> tuple[list[str] | None, str]:
    """Elements per atom of a VASP 4 file, None where nothing names them, and what to say of it."""
    from ase.data import atomic_numbers

    if behind and all(word in atomic_numbers and word != UNKNOWN for word in behind):
        return behind, "A head of VASP 4: the elements were taken from behind the positions."
    kinds = _of_comment(comment, counts)
    if kinds is not None:
        names = [name for name, n in zip(kinds, counts, strict=True) for _ in range(n)]
        return names, "A header of VASP 4: the elements were taken from the comment line."
    return None, (
        f"The elements of {len(counts)} of {len(counts)} kinds of atom are unknown (the comment "
        "does not name them); they are labelled X."
    )


def _of_comment(comment: str, counts: list[int]) -> list[str] | None:
    """Element symbols of a comment that is nothing but these: "Na Cl" or "Na4 Cl4"."""
    from ase.data import atomic_numbers

    words = comment.split()
    if len(words) != len(counts):
        return None
    kinds = []
    for word, count in zip(words, counts, strict=True):
        match = re.fullmatch(r"([A-Z][a-z]?)(\d*)", word)
        if match is None or match[1] not in atomic_numbers or match[1] == UNKNOWN:
            return None
        if match[2] and int(match[2]) != count:
            return None
        kinds.append(match[1])
    return kinds


def _positions(
    lines: Lines,
    n: int,
    cell: NDArray[np.float64],
    factors: NDArray[np.float64],
    line: str,
) -> tuple[NDArray[np.float64], list[str]]:
    """Cartesian positions, and per atom the word behind them where each has one."""
    mode = line.strip().lower()
    selective = mode.startswith("s")
    if selective:
        mode = require_line(lines, "Direct or Cartesian").strip().lower()
    if not mode or mode[0] not in "dck":
        raise lines.error(f"expected Direct or Cartesian, found {shown(mode)}")
    rows: list[list[float]] = []
    behind: list[str] = []
    for i in range(n):
        what = f"the position of atom {i + 1} of {n}"
        text = require_line(lines, what)
        rows.append(require_floats(lines, text, 3, what))
        words = text.split()[6 if selective else 3 :]
        behind += words[:1]
    positions = np.array(rows).reshape(n, 3)
    cartesian = positions @ cell if mode[0] == "d" else positions * factors
    return cartesian, behind if len(behind) == n else []
