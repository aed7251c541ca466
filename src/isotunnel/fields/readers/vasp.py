"""VASP grids: CHGCAR, CHG, AECCAR, PARCHG, LOCPOT, POT and ELFCAR.

A POSCAR, a blank line, the grid's shape, the values with the first axis fastest; then, where there
is spin, more blocks. What the blocks are depends on the file: total and up minus down in a charge
density, up and down in LOCPOT and ELFCAR. Charge densities are stored times the cell volume;
LOCPOT is the potential energy of an electron in eV.
References: https://vasp.at/wiki/CHGCAR, https://vasp.at/wiki/LOCPOT, https://vasp.at/wiki/ELFCAR
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import InputError
from isotunnel.fields.field import Field, Provenance, Spin
from isotunnel.fields.kinds import FieldKind
from isotunnel.fields.readers import guess
from isotunnel.fields.readers.numbers import first_axis_fastest
from isotunnel.fields.readers.options import ReadOptions, empty_array
from isotunnel.fields.readers.poscar import read_poscar_head
from isotunnel.fields.readers.source import TextSource, shown

# Weights of the first two blocks in each spin part.
_DENSITY_PARTS: dict[Spin, tuple[float, float]] = {
    "total": (1.0, 0.0),
    "difference": (0.0, 1.0),
    "up": (0.5, 0.5),
    "down": (0.5, -0.5),
}
_UP_DOWN_PARTS: dict[Spin, tuple[float, float]] = {"up": (1.0, 0.0), "down": (0.0, 1.0)}
_ASTERISKS = (
    "{}, as Fortran writes numbers too wide for their columns; in VASP's "
    "densities these are tiny negative ones: read as 0."
)
# Columns of one augmentation occupancy, Fortran's 5E15.7.
_OCCUPANCY_WIDTH = 15


@dataclass(frozen=True)
class _Part:
    """One field to be made: its spin label and the weights of the file's blocks."""

    spin: Spin
    weights: tuple[float, float]
    values: NDArray[Any]


def read_vasp(path: Path, options: ReadOptions) -> list[Field]:
    """The spin part asked for, or all parts that the file stores with ``options.every``."""
    notes: list[str] = []
    warnings: list[str] = []
    kind = _kind(path, options, warnings)
    with TextSource(path) as source:
        cell, atoms, poscar_notes, poscar_warnings = read_poscar_head(source)
        notes += poscar_notes
        warnings += poscar_warnings
        shape = _shape(source)
        source.require_room_for(shape, 1, options.dtype.itemsize)
        values = empty_array(options, (int(np.prod(shape)),))
        parts = [_Part(*_first_part(kind, options), values)]
        del values
        source.asterisks = 0 if kind in (FieldKind.DENSITY, FieldKind.OTHER) else None
        _add_block(source, parts, 0, shape)
        second = _second_part(kind) if options.every else None
        blocks = _further_blocks(source, parts, second, shape, len(atoms), warnings)
        warnings += source.warnings
        if source.asterisks:
            many = f"{source.asterisks} values are asterisks"
            one = "One value is asterisks"
            warnings.append(_ASTERISKS.format(one if source.asterisks == 1 else many))
    parts = _parts_present(path, parts, blocks, kind, options, warnings)
    scale, unit = _scale(kind, cell, options, notes)
    fields = []
    while parts:
        part = parts.pop(0)
        values = first_axis_fastest(part.values, shape, scale)
        spin: Spin = "total" if blocks == 1 else part.spin
        provenance = Provenance(str(path), "vasp", "VASP", tuple(notes), tuple(warnings))
        fields.append(
            Field(values, cell, kind, unit=unit, atoms=atoms, spin=spin, provenance=provenance)
        )
        del part, values
    return fields


def _kind(path: Path, options: ReadOptions, warnings: list[str]) -> FieldKind:
    kind = options.kind or guess.guess_kind(path.name)
    if kind is None:
        warnings.append(
            "The file's name does not tell what it holds, so its values were left as they are; "
            "pass kind='density' (which divides by the volume), 'potential' or 'elf'."
        )
        return FieldKind.OTHER
    if kind is FieldKind.POTENTIAL and options.kind is None:
        warnings.append(
            "Taken as the whole Kohn-Sham potential (LVTOT); pass kind='electrostatic' if the run "
            "had LVHAR = .TRUE., which leaves exchange and correlation out."
        )
    return kind


def _shape(source: TextSource) -> tuple[int, int, int]:
    text = source.next_text()
    words = text.split() if text is not None else []
    if len(words) != 3:
        raise source.error(f"expected the three numbers of grid points, found {shown(text or '')}")
    n = [source.integer(word, "a number of grid points") for word in words]
    return n[0], n[1], n[2]


def _table(kind: FieldKind) -> dict[Spin, tuple[float, float]]:
    return _DENSITY_PARTS if kind in (FieldKind.DENSITY, FieldKind.OTHER) else _UP_DOWN_PARTS


def _first_part(kind: FieldKind, options: ReadOptions) -> tuple[Spin, tuple[float, float]]:
    """The part to read first; whether it exists shows when the blocks have been counted."""
    table = _table(kind)
    if options.spin is None or options.every:
        return next(iter(table.items()))
    # A word that the table lacks is right only for a file without spin, and refused otherwise.
    return options.spin, table.get(options.spin, (1.0, 0.0))


def _second_part(kind: FieldKind) -> tuple[Spin, tuple[float, float]]:
    return list(_table(kind).items())[1]


def _add_block(
    source: TextSource, parts: list[_Part], block: int, shape: tuple[int, int, int]
) -> None:
    done = 0
    for chunk in source.numbers(int(np.prod(shape))):
        for part in parts:
            weight = part.weights[block] if block < 2 else 0.0
            target = part.values[done : done + chunk.size]
            if block == 0 and weight == 1.0:
                target[:] = chunk
            elif block == 0:
                np.multiply(chunk, weight, out=target, casting="same_kind")
            elif weight != 0.0:
                target += weight * chunk
        done += chunk.size


def _further_blocks(
    source: TextSource,
    parts: list[_Part],
    second: tuple[Spin, tuple[float, float]] | None,
    shape: tuple[int, int, int],
    n_atoms: int,
    warnings: list[str],
) -> int:
    """Read what follows the first block; the number of blocks in the file.

    ``second`` is a part to be added to ``parts`` if there is a second block.
    """
    blocks, occupancies, per_atom = 1, 0, 0
    _pass_padding(source, warnings)
    while (text := source.next_text()) is not None:
        words = text.split()
        if text.startswith("augmentation occupancies"):
            occupancies += _skip_occupancies(source, text)
        elif len(words) == 3 and all(word.isdigit() for word in words):
            if tuple(source.integer(w, "a number of grid points") for w in words) != shape:
                raise source.error(f"a second grid of {text} points after one of {shape}")
            _refuse_surplus(source, per_atom, n_atoms)
            _warn_of_missing_occupancies(occupancies, n_atoms, warnings)
            if second is not None and blocks == 1:
                parts.append(_Part(*second, np.zeros_like(parts[0].values)))
            _add_block(source, parts, blocks, shape)
            blocks, occupancies, per_atom = blocks + 1, 0, 0
            _pass_padding(source, warnings)
        else:
            per_atom += source.floats(words, "a further block or the end").size
            if per_atom > n_atoms:
                _refuse_surplus(source, per_atom, n_atoms)
    _refuse_surplus(source, per_atom, n_atoms)
    _warn_of_missing_occupancies(occupancies, n_atoms, warnings)
    if per_atom and blocks == 1:
        warnings.append(
            "The file ends with one number per atom, as before a second spin block: "
            "it may have been cut short."
        )
    return blocks


def _pass_padding(source: TextSource, warnings: list[str]) -> None:
    """Read past zeros that fill the line of a block's last value, as chgsum.pl writes them."""
    words = (source.readline() or "").split()
    if not words:
        return
    if source.floats(words, "the end of the line").any():
        raise source.error(
            f"{len(words)} numbers more than the header announces: {shown(' '.join(words))}"
        )
    zeros = "A zero fills" if len(words) == 1 else f"{len(words)} zeros fill"
    warnings.append(f"{zeros} the line of the grid's last value, as chgsum.pl writes: left out.")


def _refuse_surplus(source: TextSource, per_atom: int, n_atoms: int) -> None:
    # Before a spin block VASP writes one number per atom; nothing else may stand there.
    if per_atom not in (0, n_atoms):
        raise source.error(
            f"{per_atom} numbers more than the header announces (only {n_atoms}, one per atom, "
            "may follow a block)"
        )


def _warn_of_missing_occupancies(occupancies: int, n_atoms: int, warnings: list[str]) -> None:
    if 0 < occupancies < n_atoms:
        warnings.append(
            f"Augmentation occupancies of {occupancies} of {n_atoms} atoms: "
            "the file may have been cut short."
        )


def _skip_occupancies(source: TextSource, text: str) -> int:
    """Read past one atom's occupancies; 1, or 0 for the imaginary part of the same atom."""
    # Both are printed in four columns, and an atom's index that does not fit becomes asterisks.
    match = re.search(r"(?:\d\s+|\*\s*)(\d+)$", text)
    if match is None:
        raise source.error(f"expected the atom and number of occupancies, found {shown(text)}")
    count = source.integer(match[1], "the number of augmentation occupancies")
    seen = 0
    while seen < count:
        words = source.require_line(f"{count} augmentation occupancies").split()
        seen += sum(_occupancies_in(word) for word in words)
    if seen != count:
        raise source.error(f"{seen} augmentation occupancies where {count} were announced")
    return 0 if "imaginary" in text else 1


def _occupancies_in(word: str) -> int:
    """Number of occupancies in a word; they are counted, not read, and do not touch the grid.

    Fortran fills a number's columns with asterisks where it does not fit, which glues it to its
    neighbours: "0.1000000E+00***************" are two.
    """
    pieces = re.findall(r"\*+|[^*]+", word)
    return sum(max(1, len(p) // _OCCUPANCY_WIDTH) if p[0] == "*" else 1 for p in pieces)


def _parts_present(
    path: Path,
    parts: list[_Part],
    blocks: int,
    kind: FieldKind,
    options: ReadOptions,
    warnings: list[str],
) -> list[_Part]:
    """The parts that the file really has, with warnings about those not read."""
    if blocks == 1:
        if options.spin not in (None, "total") and not options.every:
            raise InputError(f"{path}: has no spin parts, so there is no {options.spin!r} one")
        return parts
    if blocks == 3 or blocks > 4:
        raise InputError(f"{path}: {blocks} blocks; VASP writes 1, 2 (spin) or 4 (noncollinear)")
    if blocks == 4:
        if options.spin not in (None, "total") and not options.every:
            raise InputError(
                f"{path}: a noncollinear file has no {options.spin!r} part; only the first of its "
                "four blocks, spin='total', is read"
            )
        warnings.append(
            "Noncollinear file: the first of four blocks was read, the spin vector was not."
        )
        return [_Part("total", parts[0].weights, parts[0].values)]
    table = _table(kind)
    if options.spin is not None and options.spin not in table and not options.every:
        raise InputError(f"{path}: has the spin parts {', '.join(table)}, not {options.spin!r}")
    if options.spin is None and not options.every:
        others = [s for s in table if s != parts[0].spin]
        warnings.append(
            f"The file has spin parts: {parts[0].spin!r} was read; "
            f"spin={' or '.join(map(repr, others))} reads another, read_fields reads all."
        )
    return parts


def _scale(
    kind: FieldKind, cell: NDArray[np.float64], options: ReadOptions, notes: list[str]
) -> tuple[float, str]:
    if kind is FieldKind.DENSITY and options.value_unit is None:
        notes.append("Values divided by the cell volume, by which VASP multiplies a density.")
        volume = abs(float(np.linalg.det(cell)))
        return 1.0 / volume if volume > 0 else 1.0, ""
    native = {FieldKind.POTENTIAL: "eV", FieldKind.ELECTROSTATIC: "eV", FieldKind.ELF: "1"}
    converted = guess.conversion(kind, options.value_unit or native.get(kind))
    return converted.factor, converted.unit
