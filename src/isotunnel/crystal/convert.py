"""One door for crystals: whatever the user has becomes checked ASE Atoms."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.crystal.checks import MAX_ATOMS, check_crystal
from isotunnel.crystal.occupancy import refuse_partial_occupancy
from isotunnel.crystal.read_file import exists, read_crystal
from isotunnel.errors import CrystalError

if TYPE_CHECKING:
    from ase import Atoms

_FILE_SUFFIXES = (
    *(".cif", ".mcif", ".vasp", ".poscar", ".contcar", ".xsf", ".axsf", ".xyz", ".extxyz", ".cube"),
    *(".gpw", ".res", ".pdb", ".json", ".traj", ".in", ".out", ".xml", ".cell", ".castep"),
    *(".gen", ".db", ".gz"),
)
"""Endings that mark a missing file as a file, not as an unknown name."""

_FILE_NAMES = re.compile(
    r"(poscar|contcar|xdatcar|chgcar|chg|aeccar\d?|locpot|elfcar|parchg)([._-].*)?", re.IGNORECASE
)
"""VASP's files have no ending, and "ELFCAR" no likeness to argon."""

NOT_PERIODIC = (
    "the crystal is not periodic along {axes} (pbc), but is taken as repeated along all three "
    "lattice vectors; set pbc to True if it is a crystal, or leave enough vacuum around a "
    "molecule, wire or slab"
)
"""Remark on an input that says of itself that it does not repeat in some direction."""


def as_atoms(crystal: Any, *, accept_formula_mismatch: bool = False) -> Atoms:
    """A checked, fully periodic copy of a crystal given in any of the accepted forms.

    Accepted are ASE ``Atoms``; a pymatgen ``Structure``; a path (``str`` or ``Path``) of a CIF,
    POSCAR or CONTCAR, XSF, extended XYZ or any other format that ``ase.io.read`` knows (of a
    trajectory, the last frame); and the name of a crystal of
    :func:`~isotunnel.crystal.named.named_crystals`. A ``str`` without a folder that is both a
    file and a known name is taken as the name; write ``./Na`` for the file.

    The input is never changed. The result is periodic along all three lattice vectors, carries no
    calculator, and keeps ``info``; remarks of the reader, one on a file of several frames, and one
    on directions that the input calls not periodic, are in ``info["read_warnings"]``.

    A CIF whose atoms do not make its own formula, Z, volume or density is refused, unless
    ``accept_formula_mismatch``; see :func:`~isotunnel.crystal.cif.read.read_cif`.

    Raises:
        CrystalError: an unknown name, a partially occupied site, an unknown element, a CIF of
            several crystals or with other atoms than it states, or what
            :func:`~isotunnel.crystal.checks.check_crystal` refuses.
        FileFormatError: the file is missing, unreadable, garbled or of an unknown format.
    """
    atoms = _convert(crystal, accept_formula_mismatch)
    try:
        check_crystal(atoms)
    except CrystalError as error:
        if not isinstance(crystal, str | os.PathLike) or "name" in atoms.info:
            raise
        raise CrystalError(f"{os.fspath(crystal)}: {error}") from None
    if not atoms.pbc.all():
        axes = ", ".join(axis for axis, p in zip("abc", atoms.pbc, strict=True) if not p)
        remarks = (*atoms.info.get("read_warnings", ()), NOT_PERIODIC.format(axes=axes))
        atoms.info["read_warnings"] = tuple(dict.fromkeys(remarks))
        atoms.set_pbc(True)
    return atoms


def _convert(crystal: Any, accept: bool) -> Atoms:
    from ase import Atoms as AseAtoms

    if isinstance(crystal, AseAtoms):
        refuse_partial_occupancy(crystal.info.get("occupancy"), "the crystal")
        own: Atoms = crystal.copy()
        return own
    if isinstance(crystal, Path):
        return read_crystal(crystal, accept_formula_mismatch=accept)
    if isinstance(crystal, str):
        return _from_text(crystal, accept)
    if any(kind.__module__.split(".")[0] == "pymatgen" for kind in type(crystal).__mro__):
        return _from_pymatgen(crystal)
    raise CrystalError(
        f"a crystal is ASE Atoms, a pymatgen Structure, a file or a name, not {type(crystal)}"
    )


def _from_text(text: str, accept: bool) -> Atoms:
    from isotunnel.crystal.named import find_named, named_crystal

    has_folder = os.sep in text or "/" in text
    if not has_folder and find_named(text) is not None:
        return named_crystal(text)
    path = Path(text)
    is_file = path.suffix.lower() in _FILE_SUFFIXES or _FILE_NAMES.fullmatch(text)
    if has_folder or is_file or exists(path):
        return read_crystal(path, accept_formula_mismatch=accept)
    return named_crystal(text)


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
