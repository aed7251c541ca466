"""XSF files (XCrySDen), as Quantum ESPRESSO's pp.x and others write them.

Keywords, then blocks of DATAGRID_3D: shape, origin, three spanning vectors in angstrom, values with
the first axis fastest. By the format's definition the grid is a "general" one: its last plane lies
at the end of the spanning vector and repeats the first. Several programs leave that plane out, and
stretch or shrink the spanning vectors in their own ways, so the plane is looked for by value and
the spanning vectors are compared with PRIMVEC.
Format description: http://www.xcrysden.org/doc/XSF.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import InputError
from isotunnel.fields.elf_correction import QE_ELF_WARNING
from isotunnel.fields.field import Field, Provenance
from isotunnel.fields.kinds import FieldKind
from isotunnel.fields.readers import guess
from isotunnel.fields.readers.end_planes import planes_agree, without_end_planes
from isotunnel.fields.readers.options import ReadOptions, checked_spin, empty_array
from isotunnel.fields.readers.source import TextSource, shown
from isotunnel.units import BOHR_ANGSTROM as _BOHR

if TYPE_CHECKING:
    from ase import Atoms

_MOST_ATOMS = 10**7
_LONGEST_ANGSTROM = 1e5
_MOST_CELLS = 1000
# Octopus names the unit of its values behind that of its lengths.
_VALUE_UNIT = re.compile(r"units: coords = .*function = (\S+)")
_IN_BOHR = re.compile(r"units: coords = b\b")  # Octopus, when it runs in atomic units
_IGNORED_WORDS = ("CRYSTAL", "SLAB", "POLYMER", "MOLECULE", "CONVCOORD", "DIM-GROUP")

_SKIPPED_BLOCKS = {
    "BEGIN_INFO": "END_INFO",
    "BEGIN_BLOCK_DATAGRID_2D": "END_BLOCK_DATAGRID_2D",
}


@dataclass
class _Crystal:
    """What the keywords before the grids said."""

    lattice: NDArray[np.float64] | None = None
    numbers: list[int] = field(default_factory=list)
    positions: list[NDArray[np.float64]] = field(default_factory=list)


@dataclass(frozen=True)
class _Grid:
    """One data grid as it stands in the file."""

    name: str
    values: NDArray[Any]
    origin: NDArray[np.float64]
    span: NDArray[np.float64]


def read_xsf(path: Path, options: ReadOptions) -> list[Field]:
    """The first data grid (or the one asked for), or all with ``options.every``."""
    crystal = _Crystal()
    grids: list[_Grid] = []
    count = 0
    with TextSource(path) as source:
        block = ""
        while (text := source.next_text()) is not None:
            word = _keyword_of(text)
            if word == "BEGIN_BLOCK_DATAGRID_3D":
                block = source.require_line("the block's name").strip()
            elif word.startswith(("BEGIN_DATAGRID_3D", "DATAGRID_3D")):
                wanted = options.every or count == (options.dataset or 0)
                grid = _datagrid(source, f"{block} {text}", options, wanted)
                count += 1
                if grid is not None:
                    grids.append(grid)
            else:
                _keyword(source, word, text, crystal)
        warnings = list(source.warnings)
        if count == 0:
            raise source.error("no DATAGRID_3D block in this XSF file")
    if grids and _IN_BOHR.search(grids[0].name):
        warnings.append("The grid's name says that lengths are in bohr, against the format's rule.")
        grids = [replace(g, origin=g.origin * _BOHR, span=g.span * _BOHR) for g in grids]
        crystal.positions = [position * _BOHR for position in crystal.positions]
        crystal.lattice = None if crystal.lattice is None else crystal.lattice * _BOHR
    if options.dataset is not None and options.dataset >= count:
        raise InputError(f"{path}: dataset {options.dataset} of a file with {count} (from 0)")
    if count > 1 and not options.every and options.dataset is None:
        warnings.append(
            f"The file holds {count} data grids; the first was read "
            f"(dataset=0 to {count - 1} chooses)."
        )
    fields = []
    while grids:
        fields.append(_field(path, grids.pop(0), crystal, options, list(warnings)))
    return fields


def _keyword_of(text: str) -> str:
    """The first word in capitals, with the underscore that ABINIT and Octopus leave out."""
    return (
        text.split()[0]
        .upper()
        .replace("DATAGRID2D", "DATAGRID_2D")
        .replace("DATAGRID3D", "DATAGRID_3D")
    )


def _keyword(source: TextSource, word: str, text: str, crystal: _Crystal) -> None:
    if word == "PRIMVEC":
        crystal.lattice = _vectors(source, "a primitive vector")
        source.require_volume(crystal.lattice)
    elif word in ("CONVVEC", "RECIPVEC"):
        _vectors(source, f"a vector of {word}")
    elif word == "PRIMCOORD":
        n = source.integer(source.words("the number of atoms", 1)[0], "the number of atoms")
        if not 0 <= n <= _MOST_ATOMS:
            raise source.error(f"{n} atoms")
        crystal.numbers.clear()
        crystal.positions.clear()
        for _ in range(n):
            _atom(source, source.words("an atom", 4), crystal)
    elif word.startswith(("#", "END_BLOCK_DATAGRID", "END_DATAGRID")) or word in _IGNORED_WORDS:
        if word in ("CONVCOORD", "DIM-GROUP"):
            n = source.integer(source.words("a number", 1)[0], "a number")
            for _ in range(n if word == "CONVCOORD" else 0):
                source.words("an atom", 4)
    elif word == "ATOMS":
        crystal.numbers.clear()
        crystal.positions.clear()
    elif word in _SKIPPED_BLOCKS:
        _skip_block(source, _SKIPPED_BLOCKS[word])
    elif word == "ANIMSTEPS":
        source.warnings.append("Animated XSF file: the atoms of the last step were read.")
    elif len(text.split()) >= 4 and crystal.lattice is None:
        _atom(source, text.split(), crystal)  # the ATOMS of a molecule have no count
    else:
        raise source.error(f"not an XSF keyword: {shown(text)}")


def _skip_block(source: TextSource, end: str) -> None:
    while not (line := source.require_line(end)).strip() or _keyword_of(line) != end:
        pass


def _vectors(source: TextSource, what: str) -> NDArray[np.float64]:
    return np.array([source.floats(source.words(what, 3)[:3], what) for _ in range(3)])


def _atom(source: TextSource, words: list[str], crystal: _Crystal) -> None:
    from ase.data import atomic_numbers

    number = atomic_numbers.get(words[0].strip("0123456789").capitalize())
    if words[0].isdigit() and len(words[0]) <= 3 and int(words[0]) <= 118:
        number = int(words[0])
    if number is None:
        raise source.error(f"expected an element or atomic number, found {shown(words[0])}")
    crystal.numbers.append(number)
    crystal.positions.append(source.floats(words[1:4], "an atom's position"))


def _datagrid(source: TextSource, name: str, options: ReadOptions, wanted: bool) -> _Grid | None:
    words = source.words("the three numbers of grid points", 3)
    n = [source.integer(w, "a number of grid points") for w in words[:3]]
    shape = (n[0], n[1], n[2])
    source.require_room_for(shape, 1, options.dtype.itemsize)
    origin = source.floats(source.words("the origin", 3)[:3], "the origin")
    span = _vectors(source, "a spanning vector")
    source.require_volume(span)
    longest = float(np.linalg.norm(span, axis=1).max())
    if longest > _LONGEST_ANGSTROM:
        raise source.error(f"a spanning vector of {longest:.4g} angstrom belongs to no crystal")
    size = int(np.prod(shape))
    flat = empty_array(options, (size if wanted else 0,))
    done = 0
    for chunk in source.numbers(size):
        if wanted:
            flat[done : done + chunk.size] = chunk
        done += chunk.size
    end = source.next_text()
    if end is None:
        source.warnings.append("The file lacks its END_DATAGRID_3D line: it may be cut short.")
    elif not _keyword_of(end).startswith("END_DATAGRID_3D"):
        raise source.error(f"expected END_DATAGRID_3D after {size} values, found {shown(end)}")
    if not wanted:
        return None
    return _Grid(name, flat.reshape(shape, order="F"), origin, span)


def _field(
    path: Path, grid: _Grid, crystal: _Crystal, options: ReadOptions, warnings: list[str]
) -> Field:
    notes = [f"Data grid {shown(grid.name.strip())}."]
    program = guess.guess_program(grid.name)
    kind = options.kind or guess.guess_kind(grid.name, path.name) or FieldKind.OTHER
    if kind is FieldKind.OTHER and options.kind is None:
        warnings.append(
            "Neither the file's name nor the grid's tells what it holds; pass kind=... "
            "(potential, electrostatic, density or elf)."
        )
    said = _VALUE_UNIT.search(grid.name)
    declared = options.value_unit is None and said is not None and guess.is_unit_of(kind, said[1])
    unit = said[1] if said is not None and declared else options.value_unit
    converted = guess.conversion(kind, unit, program, declared=declared)
    if kind is FieldKind.ELF and program == "Quantum ESPRESSO":
        warnings.append(QE_ELF_WARNING)
    values, cell = _period(grid, crystal, options, notes, warnings)
    if converted.factor != 1.0:
        values *= converted.factor
    spin = guess.guess_spin(grid.name, path.name) if kind is FieldKind.DENSITY else "total"
    return Field(
        values,
        cell,
        kind,
        unit=converted.unit,
        origin=grid.origin,
        atoms=_atoms(crystal, cell, warnings),
        spin=checked_spin(options, spin, guessed=True),
        provenance=Provenance(
            str(path),
            "xsf",
            program,
            (*notes, *converted.notes),
            (*warnings, *converted.warnings),
        ),
    )


def _period(
    grid: _Grid,
    crystal: _Crystal,
    options: ReadOptions,
    notes: list[str],
    warnings: list[str],
) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """The values of one period and its cell."""
    values, span = grid.values, grid.span
    n = np.array(values.shape)[:, None]
    if options.end_planes == "drop" and min(values.shape) < 2:
        raise InputError("end_planes='drop' needs at least two points along every axis")
    if options.end_planes != "auto":
        axes = (options.end_planes == "drop",) * 3
        notes.append(f"End planes: {options.end_planes}, as asked for.")
        return without_end_planes(values, (axes[0], axes[1], axes[2])), span
    if not _spans_lattice(span, crystal, values.shape):
        for cell, how in (
            (span * n / np.maximum(n - 1, 1), "one step short of the cell"),
            (span * n / (n + 1), "one step longer than the cell"),
        ):
            if _spans_lattice(cell, crystal, values.shape):
                # ASE writes them too long whether or not it was given repeated planes.
                again = "longer" in how and all(planes_agree(values, axis) for axis in range(3))
                planes = "the last planes as repeated" if again else "no plane as repeated"
                warnings.append(
                    f"The spanning vectors are {how}, which the format does not allow; the cell "
                    f"was taken from PRIMVEC and {planes}."
                )
                return without_end_planes(values, (again, again, again)), cell
        if crystal.lattice is not None:
            warnings.append("The grid does not span a whole number of PRIMVEC cells.")
    agree = tuple(planes_agree(values, axis) for axis in range(3))
    kept = [name for name, a in zip("123", agree, strict=True) if not a]
    if kept:
        warnings.append(
            f"The last plane does not repeat the first along axis {', '.join(kept)}, though the "
            "format asks for it: all planes were kept there and taken to divide the cell evenly."
        )
    if len(kept) < 3:
        notes.append("Repeated end planes were dropped.")
    return without_end_planes(values, (agree[0], agree[1], agree[2])), span


def _spans_lattice(cell: NDArray[np.float64], crystal: _Crystal, shape: tuple[int, ...]) -> bool:
    """Whether the cell's vectors are lattice vectors; True where the lattice is not known."""
    if crystal.lattice is None:
        return True
    multiples = np.linalg.solve(crystal.lattice.T, cell.T).T
    # Half a grid step would be mistaken for rounding in a wide tolerance.
    tolerance = min(2e-3, 0.25 / max(shape))
    whole = np.rint(multiples)
    return bool(np.abs(multiples - whole).max() < tolerance and abs(np.linalg.det(whole)) > 0.5)


def _atoms(crystal: _Crystal, cell: NDArray[np.float64], warnings: list[str]) -> Atoms | None:
    """The atoms in the grid's cell, repeated where it holds several primitive ones."""
    if not crystal.numbers:
        return None
    from ase import Atoms
    from ase.build import make_supercell

    positions = np.array(crystal.positions)
    if crystal.lattice is None:
        return Atoms(crystal.numbers, positions=positions, cell=cell, pbc=True)
    primitive = Atoms(crystal.numbers, positions=positions, cell=crystal.lattice, pbc=True)
    multiples = np.rint(np.linalg.solve(crystal.lattice.T, cell.T).T).astype(int)
    fits = np.allclose(multiples @ crystal.lattice, cell, atol=0.02)
    copies = abs(round(float(np.linalg.det(multiples)))) if fits else 0
    # The search for the atoms of a sheared cell grows with the box around it, not its volume.
    box = float(np.prod(np.abs(multiples).sum(axis=0), dtype=np.float64))
    if not 1 <= copies <= _MOST_CELLS or box > 50 * _MOST_CELLS:
        warnings.append("The atoms were left out, for they do not belong to the grid's cell.")
        return None
    if copies == 1 and np.array_equal(multiples, np.eye(3)):
        primitive.set_cell(cell)
        return primitive
    atoms: Atoms = make_supercell(primitive, multiples)
    atoms.set_cell(cell)
    return atoms
