"""The crystal at the head of a VASP grid file, in the forms of VASP 4, 5 and 6."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.readers.source import TextSource, shown

if TYPE_CHECKING:
    from ase import Atoms

_MOST_ATOMS = 10**7


def read_poscar_head(
    source: TextSource,
) -> tuple[NDArray[np.float64], Atoms, list[str], list[str]]:
    """Cell in angstrom, atoms, notes and warnings; the source then stands behind the positions.

    Scale factors may be one number, one negative number (the volume in angstrom^3) or three;
    symbols may carry a POTCAR suffix ("Fe_pv", "Si/1a2b"), or be missing (VASP 4), in which case
    the comment is tried and otherwise the atoms are of unknown kind ("X"). D and T among the
    symbols are hydrogen.

    Raises:
        FileFormatError: a line that is not what it should be.
        FieldError: a cell without volume.
    """
    comment = source.require_line("a comment")
    scale_words = source.words("the scale factor", 1)
    vectors = np.array(
        [source.floats(source.words("a lattice vector", 3)[:3], "a lattice vector") for _ in "123"]
    )
    factors = _scale_factors(source, vectors, scale_words)
    cell = vectors * factors
    words = source.words("element symbols or numbers of atoms", 1)
    symbols: list[str] | None = None
    if not words[0].isdigit():
        symbols = words
        words = source.words("the numbers of atoms", 1)
    counts = _counts(source, words)
    if symbols is not None and len(symbols) != len(counts):
        raise source.error(f"{len(symbols)} element symbols but {len(counts)} numbers of atoms")
    notes: list[str] = []
    warnings: list[str] = []
    if symbols is not None:
        symbols = _hydrogen_for_isotopes(symbols, notes)
    names = _element_names(symbols, comment, counts, warnings)
    positions = _positions(source, sum(counts), cell, factors)
    from ase import Atoms

    kinds = [name for name, n in zip(names, counts, strict=True) for _ in range(n)]
    return cell, Atoms(kinds, positions=positions, cell=cell, pbc=True), notes, warnings


def _scale_factors(
    source: TextSource, vectors: NDArray[np.float64], words: list[str]
) -> NDArray[np.float64]:
    """Factors of the Cartesian x, y and z components of vectors and positions."""
    source.require_volume(vectors)
    volume = abs(float(np.linalg.det(vectors)))
    # Words behind the numbers are a comment, as VASP has it.
    numbers = []
    for word in words[:3]:
        try:
            numbers.append(float(word))
        except ValueError:
            break
    if len(numbers) == 3:
        factors = np.array(numbers)
    elif numbers and numbers[0] < 0:
        factors = np.full(3, (-numbers[0] / volume) ** (1.0 / 3.0))
    elif numbers:
        factors = np.full(3, numbers[0])
    else:
        factors = np.zeros(3)
    if not np.isfinite(factors).all() or not (factors > 0).all():
        raise source.error(
            f"the scale factor {shown(' '.join(words))} is neither one number nor three above 0"
        )
    return factors


def _counts(source: TextSource, words: list[str]) -> list[int]:
    counts = []
    for word in words:
        if not word.isdigit():
            break
        counts.append(source.integer(word, "a number of atoms"))
    if not counts or not 0 < sum(counts) <= _MOST_ATOMS:
        raise source.error(f"expected numbers of atoms, found {shown(' '.join(words))}")
    return counts


def _element_names(
    symbols: list[str] | None, comment: str, counts: list[int], warnings: list[str]
) -> list[str]:
    if symbols is not None:
        names = [_element(symbol) for symbol in symbols]
        source = "symbols"
    else:
        names = [_element(word) for word in comment.split()[: len(counts)]]
        names += ["X"] * (len(counts) - len(names))
        source = "comment"
        if "X" in names:
            names = ["X"] * len(counts)
    unknown = sum(name == "X" for name in names)
    if unknown:
        warnings.append(
            f"The elements of {unknown} of {len(counts)} kinds of atom are unknown "
            f"(the {source} do not name them); they are labelled X."
        )
    elif source == "comment":
        warnings.append("A header of VASP 4: the elements were taken from the comment line.")
    return names


def _hydrogen_for_isotopes(symbols: list[str], notes: list[str]) -> list[str]:
    # Only among symbols: in a VASP 4 comment a lone T is more often a temperature.
    plain = [re.sub(r"^[DT](?![A-Za-z])", "H", symbol) for symbol in symbols]
    isotopes = sorted({symbol[0] for symbol in set(symbols) - set(plain)})
    if isotopes:
        notes.append(f"The isotope {' and '.join(isotopes)} was read as hydrogen (H).")
    return plain


def _element(word: str) -> str:
    from ase.data import atomic_numbers

    match = re.match(r"[A-Z][a-z]?", word)
    for name in (match[0], match[0][:1]) if match else ():
        # "Sodium" is a word, not sulphur: what follows a symbol must not be another letter.
        if name in atomic_numbers and not word[len(name) : len(name) + 1].isalpha():
            return name
    return "X"


def _positions(
    source: TextSource, n: int, cell: NDArray[np.float64], factors: NDArray[np.float64]
) -> NDArray[np.float64]:
    mode = source.require_line("Direct or Cartesian").strip().lower()
    if mode.startswith("s"):  # Selective dynamics
        mode = source.require_line("Direct or Cartesian").strip().lower()
    if not mode or mode[0] not in "dck":
        raise source.error(f"expected Direct or Cartesian, found {shown(mode)}")
    rows = [
        source.floats(source.words(f"the position of atom {i + 1} of {n}", 3)[:3], "a position")
        for i in range(n)
    ]
    positions: NDArray[np.float64] = np.array(rows).reshape(n, 3)
    return positions @ cell if mode[0] == "d" else positions * factors
