"""Gaussian cube files.

Two comment lines; number of atoms and origin; three lines of point count and step; the atoms; the
values with the last axis fastest. Lengths are in bohr, or in angstrom where the point counts are
negative: the format's documentation has it both ways, the programs that write negative counts mean
angstrom. Negative numbers of atoms announce a line that numbers the data sets.
Format description: https://paulbourke.net/dataformats/cube/
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import FileFormatError, InputError
from isotunnel.fields.elf_correction import QE_ELF_WARNING
from isotunnel.fields.field import Field, Provenance, Spin
from isotunnel.fields.kinds import FieldKind
from isotunnel.fields.readers import guess
from isotunnel.fields.readers.cube_period import CubeGrid, one_period
from isotunnel.fields.readers.image_atoms import merged
from isotunnel.fields.readers.options import ReadOptions, checked_spin, empty_array
from isotunnel.fields.readers.source import TextSource, shown
from isotunnel.units import BOHR_ANGSTROM

if TYPE_CHECKING:
    from ase import Atoms

_OWN_COMMENT = re.compile(r"isotunnel kind=(\w+) unit=(\S+) spin=(\w+)")
_ANGSTROM = r"(?:[a\u00e5]ngstr(?:o|\u00f6|oe)ms?(?![a-z])|\u00c5|\u212b)"
_PER_VOLUME = r"\s*(?:\^|\*\*)?\s*-?\s*3"
_LENGTHS_IN_ANGSTROM = re.compile(rf"(?<!/)(?<!/ ){_ANGSTROM}(?!{_PER_VOLUME})", re.IGNORECASE)
_VALUES_PER_ANGSTROM3 = re.compile(
    rf"(?:/\s*(?:{_ANGSTROM}|A){_PER_VOLUME}|{_ANGSTROM}\s*\^?\s*-\s*3)", re.IGNORECASE
)
_LEAST_ATOM_DISTANCE = 0.5
_MOST_ATOMS = 10**7


@dataclass(frozen=True)
class CubeHeader:
    """Everything before the values, lengths in angstrom.

    ``steps`` has shape (3, 3), its rows are the vectors from one point to the next.
    """

    comments: tuple[str, str]
    shape: tuple[int, int, int]
    steps: NDArray[np.float64]
    origin: NDArray[np.float64]
    atoms: Atoms | None
    sets: int
    notes: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def cell(self) -> NDArray[np.float64]:
        """Cell spanned by the points where the first plane does not come again."""
        cell: NDArray[np.float64] = self.steps * np.array(self.shape)[:, None]
        return cell


def read_cube(path: Path, options: ReadOptions) -> list[Field]:
    """The field of a cube file, or all its data sets with ``options.every``."""
    with TextSource(path) as source:
        header = _header(source, options)
        wanted = _wanted_sets(header, options)
        arrays = _values(source, header, wanted, options)
        rest = source.next_text()
        if rest is not None:
            raise source.error(
                f"more than the {header.sets * int(np.prod(header.shape))} values that the header "
                f"announces: {shown(rest)}"
            )
        warnings = tuple(source.warnings)
    header = replace(header, warnings=header.warnings + warnings)
    return [_field(path, header, index, arrays.pop(0), options) for index in wanted]


def _header(source: TextSource, options: ReadOptions) -> CubeHeader:
    comments = (source.require_line("a comment"), source.require_line("a second comment"))
    _refuse_other_loop_order(source, comments[1][:500])
    words = source.words("the number of atoms and the origin", 4)
    n_atoms = source.integer(words[0], "the number of atoms")
    if abs(n_atoms) > _MOST_ATOMS:
        raise source.error(f"{abs(n_atoms)} atoms; at most {_MOST_ATOMS} are read")
    origin = source.floats(words[1:4], "the origin")
    per_point = source.integer(words[4], "the values per point") if len(words) > 4 else 1
    counts, steps = [], []
    for axis in "123":
        words = source.words(f"points and step along axis {axis}", 4)
        counts.append(source.integer(words[0], f"the number of points along axis {axis}"))
        steps.append(source.floats(words[1:4], f"the step along axis {axis}"))
    unit, notes = _length_unit(source, counts, options)
    scale = 1.0 if unit == "angstrom" else BOHR_ANGSTROM
    shape = (abs(counts[0]), abs(counts[1]), abs(counts[2]))
    source.require_room_for(shape)
    source.require_volume(np.array(steps) * np.array(shape)[:, None])
    numbers, positions = _atom_lines(source, abs(n_atoms))
    if n_atoms > 0 and per_point == 1:
        notes += _pass_set_line(source)
    sets = _number_of_sets(source, n_atoms, per_point)
    source.require_room_for(shape, sets, options.dtype.itemsize)
    step_vectors = np.array(steps) * scale
    atoms, warnings = _atoms(numbers, positions * scale, step_vectors * np.array(shape)[:, None])
    return CubeHeader(
        comments, shape, step_vectors, origin * scale, atoms, sets, tuple(notes), tuple(warnings)
    )


def _refuse_other_loop_order(source: TextSource, comment: str) -> None:
    order = re.search(r"OUTER LOOP:\s*(\w).*MIDDLE LOOP:\s*(\w).*INNER LOOP:\s*(\w)", comment, re.I)
    if order and "".join(order.groups()).upper() != "XYZ":
        raise source.error(
            f"the comment declares the loop order {'-'.join(order.groups())}; only X-Y-Z is read"
        )


def _length_unit(
    source: TextSource, counts: list[int], options: ReadOptions
) -> tuple[str, list[str]]:
    if 0 in counts:
        raise source.error(f"grid of {' x '.join(map(str, counts))} points")
    negative = [n < 0 for n in counts]
    if options.length_unit is not None:
        return options.length_unit, [f"Lengths read in {options.length_unit}, as asked for."]
    if all(negative):
        return "angstrom", ["Lengths read in angstrom, for the numbers of points are negative."]
    if any(negative):
        raise source.error(
            f"the numbers of points {counts} have mixed signs, so the unit of length is unclear; "
            "pass length_unit='bohr' or 'angstrom'"
        )
    return "bohr", []


def _atom_lines(source: TextSource, n: int) -> tuple[list[int], NDArray[np.float64]]:
    numbers: list[int] = []
    positions: list[NDArray[np.float64]] = []
    for index in range(n):
        words = source.words(f"atom {index + 1} of {n}", 5)
        numbers.append(source.integer(words[0], "an atomic number"))
        if not 0 <= numbers[-1] <= 118:
            raise source.error(f"atomic number {numbers[-1]}; 0 to 118 exist")
        positions.append(source.floats(words[2:5], "an atom's position"))
    return numbers, np.array(positions).reshape(n, 3)


def _pass_set_line(source: TextSource) -> list[str]:
    """Read past a line that numbers one data set behind a positive number of atoms (Molden).

    The line stands alone: "1" and the set's number, before lines of values with a point in them.
    """
    ahead = [line.split() for line in source.peek_lines(3)]
    if len(ahead) < 3 or len(ahead[0]) != 2 or ahead[0][0] != "1" or not ahead[0][1].isdigit():
        return []
    if not all(words and all("." in w for w in words) for words in ahead[1:]):
        return []
    source.readline()
    return ["A line that numbers one data set was passed over, as Molden writes it."]


def _number_of_sets(source: TextSource, n_atoms: int, per_point: int) -> int:
    """Values per point: from the header's fifth word, or from the line of set numbers."""
    if n_atoms >= 0:
        if per_point < 1:
            raise source.error(f"{per_point} values per point")
        return per_point
    words = source.words("the number of data sets", 1)
    n = source.integer(words[0], "the number of data sets")
    if not 1 <= n <= 10**6:
        raise source.error(f"{n} data sets")
    seen = len(words) - 1
    while seen < n:
        seen += len(source.words("the numbers of the data sets", 1))
    if seen != n:
        raise source.error(f"{seen} data set numbers where {n} were announced")
    if per_point == 0:
        raise source.error("0 values per point")
    return n if per_point in (1, n) else n * abs(per_point)


def _atoms(
    numbers: list[int], positions: NDArray[np.float64], cell: NDArray[np.float64]
) -> tuple[Atoms | None, list[str]]:
    if not numbers:
        return None, []
    from ase import Atoms

    atoms = Atoms(numbers=numbers, positions=positions, cell=cell, pbc=True)
    warnings = []
    if 1 < len(atoms) <= 500 and abs(np.linalg.det(cell)) > 1e-9:
        offsets = positions[:, None] - positions[None, :]
        distance = np.linalg.norm(offsets, axis=-1)
        least = float(distance[~np.eye(len(atoms), dtype=bool)].min())
        if least < _LEAST_ATOM_DISTANCE:
            warnings.append(
                f"Two atoms are {least:.3f} angstrom apart; if the file's lengths are in another "
                "unit than assumed, pass length_unit='angstrom' or 'bohr'."
            )
    return atoms, warnings


def _wanted_sets(header: CubeHeader, options: ReadOptions) -> list[int]:
    if options.dataset is not None:
        if options.dataset >= header.sets:
            raise InputError(f"dataset {options.dataset} of a file with {header.sets} (from 0)")
        return [options.dataset]
    return list(range(header.sets)) if options.every else [0]


def _values(
    source: TextSource, header: CubeHeader, wanted: list[int], options: ReadOptions
) -> list[NDArray[Any]]:
    sets = header.sets
    points = int(np.prod(header.shape))
    arrays = [empty_array(options, (points,)) for _ in wanted]
    done = 0
    for chunk in source.numbers(points * sets):
        for array, index in zip(arrays, wanted, strict=True):
            first = (index - done) % sets
            part = chunk[first::sets]
            start = (done + first) // sets
            array[start : start + part.size] = part
        done += chunk.size
    return [array.reshape(header.shape) for array in arrays]


def _field(
    path: Path, header: CubeHeader, index: int, values: NDArray[Any], options: ReadOptions
) -> Field:
    comment = " ".join(header.comments)
    own = _OWN_COMMENT.search(comment)
    program = guess.guess_program(comment)
    notes, warnings = list(header.notes), list(header.warnings)
    if own is None:
        warnings += _angstrom_in_comment(comment, header, options)
    kind, unit, spin, declared = _meaning(path, comment, own, options, warnings)
    converted = guess.conversion(kind, unit, program, declared=declared)
    if converted.factor != 1.0:
        values *= converted.factor
    notes += converted.notes
    warnings += converted.warnings
    if header.sets > 1:
        notes.append(f"Data set {index} of {header.sets} (from 0).")
        if not options.every and options.dataset is None:
            warnings.append(
                f"The file holds {header.sets} values per point; the first was read "
                f"(dataset=0 to {header.sets - 1} chooses)."
            )
    if kind is FieldKind.ELF and program == "Quantum ESPRESSO":
        warnings.append(QE_ELF_WARNING)
    if own is not None and options.end_planes == "auto":
        cell = header.cell  # what we write never repeats a plane, whatever its values
    else:
        grid = CubeGrid(header.steps, header.shape, header.origin, header.atoms)
        values, cell = one_period(grid, values, options.end_planes, notes, warnings)
    atoms = header.atoms
    if atoms is not None:
        atoms, images = merged(atoms, cell)
        if images:
            warnings.append(f"{images} atoms are images of others and were merged with them.")
    return Field(
        values,
        cell,
        kind,
        unit=converted.unit,
        origin=header.origin,
        atoms=atoms,
        spin=spin,
        provenance=Provenance(str(path), "cube", program, tuple(notes), tuple(warnings)),
    )


def _angstrom_in_comment(comment: str, header: CubeHeader, options: ReadOptions) -> list[str]:
    """Where a comment speaks of angstrom and bohr was assumed, for lengths or for a density."""
    warnings = []
    if _LENGTHS_IN_ANGSTROM.search(comment) and not (options.length_unit or header.notes):
        warnings.append(
            "A comment of the file speaks of angstrom, but its lengths were read in bohr, the "
            "format's rule; pass length_unit='angstrom' (on the command line --length-unit "
            "angstrom) if the comment is right."
        )
    if _VALUES_PER_ANGSTROM3.search(comment) and options.value_unit is None:
        warnings.append(
            "A comment of the file speaks of values per cubic angstrom; pass "
            "value_unit='1/angstrom^3' (on the command line --value-unit 1/angstrom^3) if they are."
        )
    return warnings


def _meaning(
    path: Path,
    comment: str,
    own: re.Match[str] | None,
    options: ReadOptions,
    warnings: list[str],
) -> tuple[FieldKind, str | None, Spin, bool]:
    """Kind, unit and spin part; what the caller says goes before what the file says."""
    if own is not None:
        try:
            said = FieldKind(own[1])
        except ValueError:
            raise FileFormatError(f"{path}: unknown kind {shown(own[1])} in the comment") from None
        spin = cast(Spin, own[3] if own[3] in ("up", "down", "difference") else "total")
        kind = options.kind or said
        unit = own[2] if kind is said else None
        declared = options.value_unit is None and unit is not None
        return kind, options.value_unit or unit, checked_spin(options, spin), declared
    kind = options.kind or guess.guess_kind(path.name, comment) or FieldKind.OTHER
    if kind is FieldKind.OTHER and options.kind is None:
        warnings.append(
            "Neither the file's name nor its comments tell what it holds; pass kind=... "
            "(potential, electrostatic, density or elf)."
        )
    spin_guess = guess.guess_spin(path.name, comment) if kind is FieldKind.DENSITY else "total"
    return kind, options.value_unit, checked_spin(options, spin_guess, guessed=True), False
