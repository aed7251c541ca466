"""A .gpw file opened with ASE alone: tag, tree and arrays, each checked before it is read.

The file is ASE's ULM: a JSON tree whose arrays are places in the file (shape, type, offset).
Classic GPAW tags it "GPAW", the new one "gpaw"; the trees differ in small things only. Files that
GPAW wrote before version 1.0 are tar archives and are not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import CrystalError, FileFormatError, InputError, MissingExtraError
from isotunnel.fields.readers.source import refuse_if_too_large

if TYPE_CHECKING:
    from ase import Atoms

T = TypeVar("T")

TAGS = ("gpaw", "GPAW")
"""The tags of new and of classic GPAW."""

_MAGICS = (b"- of Ulm", b"AFFormat")
_HEAD_BYTES = 48
_TAR_MAGIC = (257, b"ustar")
_LARGEST = 1e100


def guarded(path: Path, work: Callable[[], T]) -> T:
    """Run third-party reading code; whatever it stumbles over is the file's fault.

    Raises:
        FileFormatError: for any exception that is not ours and not the disk's.
    """
    try:
        return work()
    except (InputError, MissingExtraError, FileNotFoundError, PermissionError):
        raise
    except Exception as problem:
        raise FileFormatError(
            f"{path}: a damaged .gpw file "
            f"({type(problem).__name__}: {' '.join(str(problem).split())[:120]})"
        ) from problem


@contextmanager
def open_gpw(path: Path) -> Iterator[Any]:
    """ASE's reader of the file's tree, its arrays all known to lie inside the file.

    Raises:
        FileFormatError: no ULM file, not of GPAW, or a place that the file does not have.
    """
    from ase.io import ulm

    # ASE leaves a file open that it cannot read, so it is opened and closed here.
    with path.open("rb") as file:
        _check_head(path, file)
        reader = ulm.Reader(file)
        if reader.get_tag() not in TAGS:
            tag = reader.get_tag().strip("\0 ")
            raise FileFormatError(f"{path}: an ULM file of {tag!r}, not of GPAW")
        _check_arrays(path, reader)
        yield reader


def _check_head(path: Path, file: Any) -> None:
    """ULM's head says where its index is, and that where the tree is: both inside the file."""
    size = path.stat().st_size
    head = file.read(512)
    at, magic = _TAR_MAGIC
    if head[at : at + len(magic)] == magic:
        raise FileFormatError(
            f"{path}: a .gpw file of GPAW before 1.0 (a tar archive); read it with GPAW 1.x and "
            "write it again"
        )
    if not head.startswith(_MAGICS) or len(head) < _HEAD_BYTES:
        raise FileFormatError(f"{path}: not a .gpw file: it does not begin as ULM files do")
    items, index = (int(x) for x in np.frombuffer(head[32:48], "<i8"))
    if not (0 < items <= size // 8 and 0 <= index <= size - 8 * items):
        raise FileFormatError(f"{path}: a damaged .gpw file: its index lies outside the file")
    file.seek(index)
    tree = int(np.frombuffer(file.read(8), "<i8")[0])
    if not 0 <= tree <= size - 8:
        raise FileFormatError(f"{path}: a damaged .gpw file: its tree lies outside the file")
    file.seek(tree)
    length = int(np.frombuffer(file.read(8), "<i8")[0])
    if not 0 < length <= size - tree - 8:
        raise FileFormatError(f"{path}: a damaged .gpw file: its tree is longer than the file")
    file.seek(0)


def _check_arrays(path: Path, reader: Any, name: str = "") -> None:
    """Every array of the tree lies inside the file, and no two take more than the file holds."""
    size = path.stat().st_size
    for key, entry in vars(reader)["_data"].items():
        where = f"{name}{key}"
        if hasattr(entry, "offset") and hasattr(entry, "dtype"):
            _check_place(path, where, entry, size)
        elif "_data" in getattr(entry, "__dict__", {}):
            _check_arrays(path, entry, f"{where}.")


def _check_place(path: Path, where: str, entry: Any, size: int) -> None:
    shape = tuple(entry.shape)
    if not all(isinstance(n, int) and n >= 0 for n in shape):
        raise FileFormatError(f"{path}: {where} has the impossible shape {shape}")
    count = 1
    for n in shape:
        count *= n
    there = size - int(entry.offset)
    if entry.offset < 0 or count * entry.dtype.itemsize > there:
        raise FileFormatError(
            f"{path}: {where} of shape {shape} needs {count * entry.dtype.itemsize} bytes, but "
            f"only {max(there, 0)} are there: the file is cut short or damaged"
        )


def grid_array(path: Path, group: str, name: str) -> NDArray[Any]:
    """A stored grid, shape (spins, n1, n2, n3).

    Raises:
        FileFormatError: another shape, or more than the file holds.
        InputError: more than this machine's memory holds.
    """
    with open_gpw(path) as reader:
        stored = getattr(reader, group).proxy(name)
        shape = tuple(int(n) for n in stored.shape)
        if len(shape) != 4 or min(shape) < 1 or shape[0] not in (1, 2, 4):
            raise FileFormatError(
                f"{path}: {group}.{name} has shape {shape}, expected (spins, n1, n2, n3)"
            )
        values = shape[0] * shape[1] * shape[2] * shape[3]
        refuse_if_too_large(path, values, stored.dtype.itemsize)
        return np.asarray(stored.read())


def crystal_of(path: Path, reader: Any) -> Atoms:
    """The atoms, every number of them finite and sane.

    Raises:
        FileFormatError: numbers that are none, or no atomic numbers.
        CrystalError: a cell without volume.
    """
    from ase.io.trajectory import read_atoms

    atoms = read_atoms(reader.atoms)
    n = len(atoms)
    good = atoms.positions.shape == (n, 3) and atoms.cell.array.shape == (3, 3)
    good = good and bool(((atoms.numbers >= 0) & (atoms.numbers <= 118)).all())
    for array in (atoms.positions, atoms.cell.array):
        good = good and bool((np.abs(array) < _LARGEST).all())
    if not good:
        raise FileFormatError(f"{path}: a damaged .gpw file: its atoms are no atoms")
    if abs(float(np.linalg.det(atoms.cell.array))) < 1e-9:
        raise CrystalError(f"{path}: the cell has zero volume")
    return atoms


def mode_name(reader: Any) -> str:
    """Basis of the calculation: "pw", "fd" or "lcao"."""
    mode = reader.parameters.asdict().get("mode", "")
    return str(mode.get("name", "")) if isinstance(mode, dict) else str(mode)
