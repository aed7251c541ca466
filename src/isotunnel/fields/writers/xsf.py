"""Writing XSF files, for XCrySDen and VESTA."""

from __future__ import annotations

import os
from collections.abc import Iterator

import numpy as np

from isotunnel.fields.field import Field
from isotunnel.files import write_whole


def write_xsf(field: Field, path: str | os.PathLike[str]) -> None:
    """Write a field as an XSF file: lengths in angstrom, values in the field's own unit.

    The first comment says kind and unit, in eV, 1/angstrom^3 or 1: XSF itself knows none, so
    readers must be told. The grid's end planes repeat the first ones, as the format wants it.

    Raises:
        InputError: the file cannot be written.
    """
    write_whole(path, "".join(_lines(field)))


def _lines(field: Field) -> Iterator[str]:
    yield f"# isotunnel kind={field.kind.value} unit={field.unit} spin={field.spin}\n"
    yield "CRYSTAL\nPRIMVEC\n"
    yield from map(_row, field.cell)
    atoms = field.atoms
    yield f"PRIMCOORD\n{0 if atoms is None else len(atoms)} 1\n"
    if atoms is not None:
        for number, position in zip(atoms.numbers, atoms.positions, strict=True):
            yield f"{number:3d} {_row(position)}"
    name = field.kind.value
    yield f"BEGIN_BLOCK_DATAGRID_3D\n{name}\nBEGIN_DATAGRID_3D_{name}\n"
    values = np.pad(field.values, (0, 1), mode="wrap")
    yield " ".join(str(n) for n in values.shape) + "\n"
    yield _row(field.origin)
    yield from map(_row, field.cell)
    flat = values.astype(np.float64).ravel(order="F").tolist()
    for start in range(0, len(flat), 6):
        yield " ".join(f"{x:.10e}" for x in flat[start : start + 6]) + "\n"
    yield "END_DATAGRID_3D\nEND_BLOCK_DATAGRID_3D\n"


def _row(vector: object) -> str:
    return " ".join(f"{x:.10f}" for x in np.asarray(vector, dtype=float)) + "\n"
