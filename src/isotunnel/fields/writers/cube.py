"""Writing Gaussian cube files."""

from __future__ import annotations

import gzip
import os
from typing import IO, cast

import numpy as np

from isotunnel.fields.field import Field
from isotunnel.fields.kinds import FieldKind
from isotunnel.files import whole_file
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV

_FILE_UNITS: dict[FieldKind, tuple[float, str]] = {
    FieldKind.DENSITY: (BOHR_ANGSTROM**3, "1/bohr^3"),
    FieldKind.POTENTIAL: (1.0 / HARTREE_EV, "hartree"),
    FieldKind.ELECTROSTATIC: (1.0 / HARTREE_EV, "hartree"),
    FieldKind.ELF: (1.0, "1"),
}
_VALUES_PER_LINE = 6


def write_cube(field: Field, path: str | os.PathLike[str]) -> None:
    """Write a field as a Gaussian cube file, gzip-compressed where the name ends in ".gz".

    Lengths are in bohr, the step vectors (not the lattice vectors) and the origin are written, a
    density in 1/bohr^3 and a potential in hartree; the first comment line records kind, unit and
    spin part, which :func:`~isotunnel.fields.readers.read.read_field` honours. Digits suffice to
    read the same float32 or float64 back, up to the rounding of the unit conversion. Provenance is
    not kept (HDF5 keeps it). The file appears whole or not at all.

    Raises:
        InputError: the file cannot be written there.
    """
    # With an unknown kind there is nothing to convert; its unit is kept as a word.
    factor, unit = _FILE_UNITS.get(field.kind, (1.0, "_".join(field.unit.split()) or "1"))
    with whole_file(path) as temporary, _opened(temporary, os.fspath(path)) as file:
        file.write(_header(field, unit).encode("ascii", "replace"))
        digits = 8 if field.values.dtype == np.float32 else 16
        layout = _plane_layout(field.shape, digits)
        for plane in field.values:
            scaled = plane.astype(np.float64) * factor
            file.write((layout % tuple(scaled.ravel().tolist())).encode("ascii"))


def _opened(temporary: os.PathLike[str], name: str) -> IO[bytes]:
    if name.endswith(".gz"):
        return cast(IO[bytes], gzip.open(temporary, "wb", compresslevel=6))
    return open(temporary, "wb")


def _header(field: Field, unit: str) -> str:
    lines = [
        f"isotunnel kind={field.kind.value} unit={unit} spin={field.spin}",
        "OUTER LOOP: X, MIDDLE LOOP: Y, INNER LOOP: Z",
        _row(0 if field.atoms is None else len(field.atoms), field.origin / BOHR_ANGSTROM),
    ]
    for n, vector in zip(field.shape, field.cell, strict=True):
        lines.append(_row(n, vector / n / BOHR_ANGSTROM))
    if field.atoms is not None:
        for number, position in zip(field.atoms.numbers, field.atoms.positions, strict=True):
            lines.append(_row(int(number), [float(number), *(position / BOHR_ANGSTROM)]))
    return "\n".join(lines) + "\n"


def _row(count: int, numbers: object) -> str:
    return f"{count:5d}" + "".join(f" {x:20.15f}" for x in np.asarray(numbers, dtype=float))


def _plane_layout(shape: tuple[int, int, int], digits: int) -> str:
    """Format of one plane: a fresh line at least every six values and after each run along z."""
    value = f" %.{digits}E"
    full, rest = divmod(shape[2], _VALUES_PER_LINE)
    run = (value * _VALUES_PER_LINE + "\n") * full + (value * rest + "\n" if rest else "")
    return run * shape[1]
