"""One door for crystals: whatever the user has becomes checked ASE Atoms."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.crystal.checks import MAX_ATOMS, check_crystal
from isotunnel.crystal.cif import check_cif
from isotunnel.errors import CrystalError, FileFormatError

if TYPE_CHECKING:
    from ase import Atoms

_FILE_SUFFIXES = (
    *(".cif", ".vasp", ".poscar", ".contcar", ".xsf", ".axsf", ".xyz", ".extxyz", ".cube"),
    *(".gpw", ".res", ".pdb", ".json", ".traj", ".in", ".out", ".xml", ".cell", ".castep"),
    *(".gen", ".db", ".gz"),
)
"""Endings that mark a missing file as a file, not as an unknown name."""
_FULL_OCCUPANCY = 1e-3
LAST_FRAME = "{file} holds {count} structures, as a trajectory does; only the last one is taken"
"""Remark on a file of several frames."""
NOT_PERIODIC = (
    "the crystal is not periodic along {axes} (pbc), but is taken as repeated along all three "
    "lattice vectors; set pbc to True if it is a crystal, or leave enough vacuum around a "
    "molecule, wire or slab"
)
"""Remark on an input that says of itself that it does not repeat in some direction."""


def as_atoms(crystal: Any) -> Atoms:
    """A checked, fully periodic copy of a crystal given in any of the accepted forms.

    Accepted are ASE ``Atoms``; a pymatgen ``Structure``; a path (``str`` or ``Path``) of a CIF,
    POSCAR or CONTCAR, XSF, extended XYZ or any other format that ``ase.io.read`` knows (of a
    trajectory, the last frame); and the name of a crystal of
    :func:`~isotunnel.crystal.named.named_crystals`. A ``str`` without a folder that is both a
    file and a known name is taken as the name; write ``./Na`` for the file.

    The input is never changed. The result is periodic along all three lattice vectors, carries no
    calculator, and keeps ``info``; remarks of the reader, one on a file of several frames, and one
    on directions that the input calls not periodic, are in ``info["read_warnings"]``.

    Raises:
        CrystalError: an unknown name, a partially occupied site, an unknown element, a CIF of
            several crystals, or what :func:`~isotunnel.crystal.checks.check_crystal` refuses.
        FileFormatError: the file is missing, unreadable, garbled or of an unknown format.
    """
    atoms = _convert(crystal)
    check_crystal(atoms)
    if not atoms.pbc.all():
        axes = ", ".join(axis for axis, p in zip("abc", atoms.pbc, strict=True) if not p)
        remarks = (*atoms.info.get("read_warnings", ()), NOT_PERIODIC.format(axes=axes))
        atoms.info["read_warnings"] = tuple(dict.fromkeys(remarks))
        atoms.set_pbc(True)
    return atoms


def _convert(crystal: Any) -> Atoms:
    from ase import Atoms as AseAtoms

    if isinstance(crystal, AseAtoms):
        _refuse_partial_occupancy(crystal.info.get("occupancy"), "the crystal")
        own: Atoms = crystal.copy()
        return own
    if isinstance(crystal, Path):
        return read_crystal(crystal)
    if isinstance(crystal, str):
        return _from_text(crystal)
    if any(kind.__module__.split(".")[0] == "pymatgen" for kind in type(crystal).__mro__):
        return _from_pymatgen(crystal)
    raise CrystalError(
        f"a crystal is ASE Atoms, a pymatgen Structure, a file or a name, not {type(crystal)}"
    )


def _from_text(text: str) -> Atoms:
    from isotunnel.crystal.named import find_named, named_crystal

    has_folder = os.sep in text or "/" in text
    if not has_folder and find_named(text) is not None:
        return named_crystal(text)
    path = Path(text)
    if has_folder or path.suffix.lower() in _FILE_SUFFIXES or _exists(path):
        return read_crystal(path)
    return named_crystal(text)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        # Names too long or with a zero byte are no paths; the name look-up reports them.
        return False


def read_crystal(path: Path) -> Atoms:
    """Read the crystal in a file, unchecked but for occupancies; see :func:`as_atoms`."""
    from ase import Atoms as AseAtoms
    from ase.io import read

    shown = str(path)
    if not _exists(path):
        raise FileFormatError(f"no such file: {shown}")
    if path.is_dir():
        raise FileFormatError(f"{shown} is a folder, not a crystal file")
    if not path.is_file():
        # A pipe would be waited for without end.
        raise FileFormatError(f"{shown} is not a regular file")
    if path.stat().st_size == 0:
        raise FileFormatError(f"{shown}: the file is empty")
    check_cif(shown)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            # ASE would read "name@0" as frame 0 of "name"; our names hold pressures after the @.
            atoms = read(path, index=-1, do_not_split_by_at_sign=True)
        except Exception as error:
            # Its many readers fail in as many ways; all of them mean a file we cannot use.
            raise _reading_failed(shown, error) from error
    if not isinstance(atoms, AseAtoms):
        raise FileFormatError(f"{shown} holds no crystal")
    _refuse_partial_occupancy(atoms.info.get("occupancy"), shown)
    result: Atoms = atoms.copy()
    remarks = tuple(dict.fromkeys(_one_line(str(w.message)) for w in caught))
    frames = _frames(path)
    if frames > 1:
        remarks += (LAST_FRAME.format(file=path.name, count=frames),)
    if remarks:
        result.info["read_warnings"] = remarks
    return result


def _frames(path: Path) -> int:
    """How many structures a file holds that could be read; 1 where that cannot be told."""
    from ase.io import read
    from ase.io.formats import filetype, ioformats

    name = filetype(str(path))
    if ioformats[name].single or name == "cif":
        # Of a CIF, further crystals are refused.
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
        symbol = error.args[0]
        hint = "; write H for an isotope of hydrogen" if symbol in ("D", "T") else ""
        return CrystalError(f"{shown}: unknown element {symbol!r}{hint}")
    reason = _one_line(str(error)) or "it may be truncated or garbled"
    return FileFormatError(
        f"{shown}: not a crystal file that can be read ({type(error).__name__}: {reason})"
    )


def _looks_like_symbol(arguments: tuple[Any, ...]) -> bool:
    return bool(arguments) and isinstance(arguments[0], str) and 0 < len(arguments[0]) <= 3


def _one_line(text: str, limit: int = 200) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 3] + "..."


def _refuse_partial_occupancy(occupancy: Any, shown: str) -> None:
    """``occupancy`` is ASE's table, site kind -> {symbol: share}, or None."""
    if not isinstance(occupancy, dict):
        return
    for shares in occupancy.values():
        if not isinstance(shares, dict):
            continue
        # "?" and "." of a CIF: not stated, which means 1.
        shares = {s: 1.0 if isinstance(x, str) else float(x) for s, x in shares.items()}
        if len(shares) > 1 or abs(sum(shares.values()) - 1.0) > _FULL_OCCUPANCY:
            mixture = ", ".join(f"{symbol} {share:g}" for symbol, share in shares.items())
            raise CrystalError(
                f"{shown}: a site is partially occupied ({mixture}); give an ordered structure, "
                "such as one supercell with whole atoms"
            )


def _from_pymatgen(structure: Any) -> Atoms:
    from ase import Atoms as AseAtoms
    from ase.data import atomic_numbers

    if not hasattr(structure, "lattice") or not hasattr(structure, "frac_coords"):
        raise CrystalError(
            f"a pymatgen {type(structure).__name__} has no lattice; give a Structure"
        )
    if not structure.is_ordered:
        mixture = next(str(site.species) for site in structure if not site.is_ordered)
        raise CrystalError(
            f"the crystal: a site is partially occupied ({mixture}); give an ordered structure, "
            "such as one supercell with whole atoms"
        )
    if len(structure) > MAX_ATOMS:
        raise CrystalError(f"the crystal holds {len(structure)} atoms; the limit is {MAX_ATOMS}")
    # Isotopes are elements of their own in pymatgen.
    symbols = [{"D": "H", "T": "H"}.get(s, s) for s in (site.specie.symbol for site in structure)]
    for symbol in symbols:
        if symbol not in atomic_numbers:
            raise CrystalError(f"the crystal: unknown element {symbol!r}")
    return AseAtoms(
        symbols=symbols,
        cell=structure.lattice.matrix,
        scaled_positions=structure.frac_coords,
        pbc=structure.lattice.pbc,
    )
