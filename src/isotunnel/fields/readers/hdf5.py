"""Isotunnel's own HDF5 files, as :func:`~isotunnel.fields.writers.hdf5.write_hdf5` makes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from isotunnel.errors import FileFormatError, InputError, IsotunnelError
from isotunnel.fields.field import Field, Provenance, Spin
from isotunnel.fields.kinds import FieldKind
from isotunnel.fields.readers import guess
from isotunnel.fields.readers.options import ReadOptions
from isotunnel.fields.readers.source import refuse_if_too_large
from isotunnel.fields.seal import check_seal

if TYPE_CHECKING:
    from ase import Atoms

FORMAT_NAME = "isotunnel field"
FORMAT_VERSION = 1
_SPINS = ("total", "up", "down", "difference")
# Deflate expands a byte at most 1032-fold.
_MOST_EXPANSION = 1032


def read_hdf5(path: Path, options: ReadOptions) -> list[Field]:
    """The one field of the file.

    Raises:
        FileFormatError: damaged, another HDF5 file, or of a later version of the format.
        InputError: a kind, spin part or unit other than the file's.
    """
    import h5py

    check_seal(path)
    try:
        with h5py.File(path, "r") as file:
            field = _field(path, file, options)
    except (IsotunnelError, FileNotFoundError, PermissionError):
        raise
    except Exception as problem:  # h5py raises OSError, KeyError, RuntimeError, ... on damage
        raise FileFormatError(
            f"{path}: damaged, or not an HDF5 file of Isotunnel "
            f"({type(problem).__name__}: {' '.join(str(problem).split())[:120]})"
        ) from problem
    return [field]


def _field(path: Path, file: Any, options: ReadOptions) -> Field:
    name, version = _text(file.attrs.get("format", "")), int(file.attrs.get("format_version", 0))
    if name != FORMAT_NAME:
        raise FileFormatError(f"{path}: an HDF5 file, but not of the format {FORMAT_NAME!r}")
    if version > FORMAT_VERSION:
        raise FileFormatError(
            f"{path}: format version {version}; this version of Isotunnel reads up to "
            f"{FORMAT_VERSION}: update Isotunnel"
        )
    stored = file["values"]
    size = int(np.prod(stored.shape, dtype=object))
    bytes_there = int(stored.id.get_storage_size())
    if size * stored.dtype.itemsize > bytes_there * _MOST_EXPANSION:
        raise FileFormatError(
            f"{path}: claims {' x '.join(map(str, stored.shape))} points but stores only "
            f"{bytes_there} bytes of them"
        )
    refuse_if_too_large(path, size, stored.dtype.itemsize)
    kind = FieldKind(_text(file.attrs["kind"]))
    spin = _text(file.attrs["spin"])
    if spin not in _SPINS:
        raise FileFormatError(f"{path}: unknown spin part {spin!r}")
    _refuse_other_wishes(path, kind, spin, options)
    values = np.empty(stored.shape, stored.dtype)
    if size:
        stored.read_direct(values)
    if options.value_unit is not None:
        converted = guess.conversion(kind, options.value_unit)
        values *= converted.factor
    return Field(
        values,
        np.asarray(file["cell"], dtype=float),
        kind,
        unit=_text(file.attrs["unit"]),
        origin=np.asarray(file["origin"], dtype=float),
        atoms=_atoms(file),
        spin=cast(Spin, spin),
        provenance=_provenance(file["provenance"]),
    )


def _refuse_other_wishes(path: Path, kind: FieldKind, spin: str, options: ReadOptions) -> None:
    if options.kind not in (None, kind):
        raise InputError(f"{path}: holds a field of kind {kind.value}, not {options.kind}")
    if options.spin not in (None, spin):
        raise InputError(f"{path}: holds the spin part {spin!r}, not {options.spin!r}")


def _atoms(file: Any) -> Atoms | None:
    if "atoms" not in file:
        return None
    from ase import Atoms

    group = file["atoms"]
    return Atoms(
        numbers=np.asarray(group["numbers"]),
        positions=np.asarray(group["positions"]),
        cell=np.asarray(group["cell"]),
        pbc=np.asarray(group["pbc"]),
    )


def _provenance(group: Any) -> Provenance:
    return Provenance(
        source=_text(group.attrs["source"]),
        format=_text(group.attrs["format"]),
        program=_text(group.attrs["program"]),
        notes=tuple(_text(t) for t in group.attrs["notes"]),
        warnings=tuple(_text(t) for t in group.attrs["warnings"]),
    )


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
