"""The crystal in a file: own readers for what people have most, ASE's for the rest."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from isotunnel.crystal.cif.read import read_cif
from isotunnel.crystal.extxyz import read_extxyz
from isotunnel.crystal.occupancy import refuse_partial_occupancy
from isotunnel.crystal.poscar import looks_like_poscar, poscar_atoms
from isotunnel.crystal.text_file import read_text, starts
from isotunnel.crystal.text_lines import TextLines
from isotunnel.crystal.xsf import looks_like_xsf, read_xsf_crystal
from isotunnel.errors import CrystalError, FileFormatError

if TYPE_CHECKING:
    from ase import Atoms

CrystalFormat = Literal["cif", "poscar", "xsf", "extxyz"]

LAST_FRAME = "{file} holds {count} structures, as a trajectory does; only the last one is taken"
"""Remark on a file of several frames."""

_ELK_3D = re.compile(r"(ELF|RHO|VCL|VXC|WF)3D\.OUT$", re.IGNORECASE)
_XYZ_HEAD = re.compile(r"\s*\d+[ \t]*\n[^\n]*\b(?:Lattice|Properties)\s*=", re.IGNORECASE)
_CIF_HEAD = re.compile(r"^\s*data_\S*\s*$", re.IGNORECASE | re.MULTILINE)


def read_crystal(path: Path, *, accept_formula_mismatch: bool = False) -> Atoms:
    """Read the crystal in a file; what it makes is checked by :func:`~isotunnel.crystal.as_atoms`.

    Raises:
        FileFormatError: the file is missing, unreadable, garbled or of an unknown format.
        CrystalError: what it holds is not one ordered crystal of known elements.
    """
    _check_file(path)
    kind = crystal_format(path)
    if kind == "cif":
        return read_cif(path, accept_formula_mismatch=accept_formula_mismatch)
    if kind == "poscar":
        return poscar_atoms(TextLines(read_text(path), str(path)))
    if kind == "xsf":
        atoms, frames = read_xsf_crystal(TextLines(read_text(path), str(path)))
    elif kind == "extxyz":
        atoms, frames = read_extxyz(read_text(path), str(path))
        refuse_partial_occupancy(atoms.info.get("occupancy"), str(path))
    else:
        return _read_by_ase(path)
    return _with_remark_on_frames(atoms.copy(), path, frames)


def exists(path: Path) -> bool:
    """Whether there is such a path; names too long or with a zero byte are none."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def crystal_format(path: Path) -> CrystalFormat | None:
    """Which of the own readers a file is for, None where ASE is asked."""
    name = re.sub(r"\.(gz|bz2|xz)$", "", path.name.lower())
    if name.endswith((".cif", ".mcif")):
        return "cif"
    if name.endswith((".xsf", ".axsf")):
        return "xsf"
    if name.endswith((".xyz", ".extxyz")):
        return "extxyz"
    head = starts(path)
    if looks_like_xsf(head):
        return "xsf"
    if _CIF_HEAD.search(head) and re.search("^\\s*_\\w", head, re.MULTILINE):
        return "cif"
    if _XYZ_HEAD.match(head):
        return "extxyz"
    if "xdatcar" in name or "configuration=" in head:
        return None
    named = re.search(r"poscar|contcar|\.vasp$", name) is not None
    return "poscar" if named or looks_like_poscar(head) else None


def _check_file(path: Path) -> None:
    shown = str(path)
    if not exists(path):
        raise FileFormatError(f"no such file: {shown}")
    if path.is_dir():
        raise FileFormatError(f"{shown} is a folder, not a crystal file")
    if not path.is_file():
        # A pipe would be waited for without end.
        raise FileFormatError(f"{shown} is not a regular file")
    if path.stat().st_size == 0:
        raise FileFormatError(f"{shown}: the file is empty")
    if _ELK_3D.search(path.name):
        raise FileFormatError(f"{shown}: Elk's 3D output is not read; write a cube or XSF file")


def _read_by_ase(path: Path) -> Atoms:
    from ase import Atoms as AseAtoms
    from ase.io import read

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            # ASE would read "name@0" as frame 0 of "name"; our names hold pressures after the @.
            atoms = read(path, index=-1, do_not_split_by_at_sign=True)
        except Exception as error:
            # Its many readers fail in as many ways; all of them mean a file we cannot use.
            raise _reading_failed(str(path), error) from error
    if not isinstance(atoms, AseAtoms):
        raise FileFormatError(f"{path} holds no crystal")
    refuse_partial_occupancy(atoms.info.get("occupancy"), str(path))
    result: Atoms = atoms.copy()
    remarks = tuple(dict.fromkeys(_one_line(str(w.message)) for w in caught))
    if remarks:
        result.info["read_warnings"] = remarks
    return _with_remark_on_frames(result, path, _frames(path))


def _with_remark_on_frames(atoms: Atoms, path: Path, frames: int) -> Atoms:
    if frames > 1:
        remarks = tuple(atoms.info.get("read_warnings", ()))
        atoms.info["read_warnings"] = (*remarks, LAST_FRAME.format(file=path.name, count=frames))
    return atoms


def _frames(path: Path) -> int:
    """How many structures a file holds that could be read; 1 where that is unknown."""
    from ase.io import read
    from ase.io.formats import filetype, ioformats

    if ioformats[filetype(str(path))].single:
        return 1
    with warnings.catch_warnings():
        # Reading the last one has collected them already.
        warnings.simplefilter("ignore")
        try:
            found = read(path, index=slice(None), do_not_split_by_at_sign=True)
        except Exception:
            # A broken early frame is no reason to refuse a good last one.
            return 1
    return len(found) if isinstance(found, list) else 1


def _reading_failed(shown: str, error: Exception) -> CrystalError | FileFormatError:
    from ase.io.formats import UnknownFileTypeError

    if isinstance(error, UnknownFileTypeError):
        return FileFormatError(
            f"{shown}: the format is not recognised; use a CIF, POSCAR, XSF or extended XYZ file "
            "with its usual name ending"
        )
    if isinstance(error, PermissionError | IsADirectoryError):
        return FileFormatError(f"{shown} cannot be opened: {error.strerror}")
    if isinstance(error, KeyError) and _looks_like_symbol(error.args[:1]):
        return CrystalError(f"{shown}: unknown element {error.args[0]!r}")
    # What ASE's readers say is for programmers.
    return FileFormatError(
        f"{shown}: not a crystal file that can be read; it may be truncated, garbled or of another "
        "format than its name says"
    )


def _looks_like_symbol(arguments: tuple[object, ...]) -> bool:
    return (
        bool(arguments)
        and isinstance(arguments[0], str)
        and re.fullmatch("[A-Za-z]{1,3}", arguments[0]) is not None
    )


def _one_line(text: str, limit: int = 200) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 3] + "..."
