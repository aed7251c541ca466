"""Scalar fields on a crystal's periodic grid: the type, readers, writers and engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.fields.field import Field, Provenance, Spin
from isotunnel.fields.kinds import FieldKind, Side
from isotunnel.lazy import lazy_names

if TYPE_CHECKING:
    from isotunnel.fields.elf_correction import (
        correct_qe_elf,
        mask_low_density,
        qe_elf_is_suspect,
    )
    from isotunnel.fields.readers.read import read_field, read_fields
    from isotunnel.fields.writers.cube import write_cube
    from isotunnel.fields.writers.hdf5 import write_hdf5
    from isotunnel.fields.writers.write import write_field

__all__ = [
    "Field",
    "FieldKind",
    "Provenance",
    "Side",
    "Spin",
    "correct_qe_elf",
    "mask_low_density",
    "qe_elf_is_suspect",
    "read_field",
    "read_fields",
    "write_cube",
    "write_field",
    "write_hdf5",
]

# Where the functions live; imported on first use, so that importing the type stays cheap.
_HOMES = {
    "correct_qe_elf": "elf_correction",
    "mask_low_density": "elf_correction",
    "qe_elf_is_suspect": "elf_correction",
    "read_field": "readers.read",
    "read_fields": "readers.read",
    "write_cube": "writers.cube",
    "write_field": "writers.write",
    "write_hdf5": "writers.hdf5",
}

__getattr__ = lazy_names(__name__, _HOMES)
