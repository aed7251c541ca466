"""Writing Isotunnel's own HDF5 files: exact values, and the provenance with them."""

from __future__ import annotations

import os

import numpy as np

from isotunnel.fields.field import Field
from isotunnel.fields.seal import write_seal
from isotunnel.files import whole_file


def write_hdf5(field: Field, path: str | os.PathLike[str]) -> None:
    """Write a field as HDF5: bit-exact values in eV, 1/angstrom^3 or 1, lengths in angstrom.

    Layout (format version 1): attributes ``format``, ``format_version``, ``kind``, ``unit``,
    ``spin``; data sets ``values`` (compressed, with checksums), ``cell``, ``origin``; groups
    ``atoms`` (numbers, positions, cell, pbc; absent without atoms) and ``provenance`` (attributes).
    Of the atoms nothing else is kept. The file appears whole or not at all, and ends in a seal by
    which damage is noticed (:mod:`isotunnel.fields.seal`).

    Raises:
        InputError: the file cannot be written there.
    """
    import h5py

    from isotunnel.fields.readers.hdf5 import FORMAT_NAME, FORMAT_VERSION

    with whole_file(path) as temporary:
        with h5py.File(temporary, "w") as file:
            file.attrs["format"] = FORMAT_NAME
            file.attrs["format_version"] = FORMAT_VERSION
            file.attrs["kind"] = field.kind.value
            file.attrs["unit"] = field.unit
            file.attrs["spin"] = field.spin
            file.create_dataset(
                "values",
                data=field.values,
                chunks=True,
                compression="gzip",
                compression_opts=4,
                shuffle=True,
                fletcher32=True,
            )
            file["cell"] = field.cell
            file["origin"] = field.origin
            if field.atoms is not None:
                file["atoms/numbers"] = field.atoms.numbers
                file["atoms/positions"] = field.atoms.positions
                file["atoms/cell"] = np.array(field.atoms.cell)
                file["atoms/pbc"] = field.atoms.pbc
            group = file.create_group("provenance")
            text = h5py.string_dtype()
            for name in ("source", "format", "program"):
                group.attrs[name] = getattr(field.provenance, name)
            for name in ("notes", "warnings"):
                lines = getattr(field.provenance, name)
                group.attrs.create(name, np.array(lines, dtype=object), (len(lines),), text)
        write_seal(temporary)
