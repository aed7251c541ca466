"""Crystal files of every kind, written by ASE or pymatgen, read by them and by us: one crystal."""

from __future__ import annotations

import warnings

import ase.io
import numpy as np
import pytest
from ase import Atoms
from pymatgen.core import Structure
from pymatgen.io.ase import AseAtomsAdaptor
from pymatgen.io.cif import CifWriter
from pymatgen.io.vasp import Poscar
from pymatgen.io.xcrysden import XSF

from isotunnel.crystal import as_atoms, find_named

NAMES = ("NaCl", "diamond", "Fe", "Mg", "graphite", "Te", "H3S", "YH9")


def crystal(name: str) -> Atoms:
    """A named crystal, a random one where the name is a number."""
    if not name.isdigit():
        entry = find_named(name)
        assert entry is not None
        return entry.conventional()
    rng = np.random.default_rng(int(name))
    cell = np.diag(rng.uniform(5, 9, 3)) + np.tril(rng.uniform(-1, 1, (3, 3)), -1)
    # One atom in each of four cells of a coarse lattice, so that none touch.
    corners = np.array([[0, 0, 0], [1, 1, 0], [1, 0, 1], [0, 1, 1]]) / 2
    places = corners + rng.uniform(0, 0.2, (4, 3))
    return Atoms("HLiSFe", cell=cell, scaled_positions=places, pbc=True)


def structure(atoms: Atoms) -> Structure:
    return AseAtomsAdaptor.get_structure(atoms)


WRITERS = {
    "a.cif": lambda atoms, path: CifWriter(structure(atoms)).write_file(path),
    "symmetric.cif": lambda a, path: CifWriter(structure(a), symprec=1e-4).write_file(path),
    "by_ase.cif": lambda atoms, path: ase.io.write(path, atoms, format="cif"),
    "POSCAR": lambda atoms, path: Poscar(structure(atoms).get_sorted_structure()).write_file(path),
    "CONTCAR": lambda atoms, path: ase.io.write(path, atoms, format="vasp", sort=True),
    "a.xsf": lambda atoms, path: path.write_text(XSF(structure(atoms)).to_str()),
    "by_ase.xsf": lambda atoms, path: ase.io.write(path, atoms, format="xsf"),
    "a.axsf": lambda atoms, path: ase.io.write(path, [atoms, atoms], format="xsf"),
    "a.extxyz": lambda atoms, path: ase.io.write(path, atoms, format="extxyz"),
}


def theirs(path, name) -> Atoms:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if name.endswith(("xsf", "extxyz")):
            return ase.io.read(path, format="xsf" if name.endswith("xsf") else "extxyz")
        if name.endswith(".cif"):
            found = Structure.from_file(path)
        else:
            found = Poscar.from_file(path).structure
        return AseAtomsAdaptor.get_atoms(found)


def same(one: Atoms, other: Atoms) -> None:
    """Equal cells by lengths and angles, equal atoms at equal places, in whatever order."""
    np.testing.assert_allclose(one.cell.cellpar(), other.cell.cellpar(), atol=1e-4)
    assert sorted(one.symbols) == sorted(other.symbols)
    off = one.get_scaled_positions()[:, None] - other.get_scaled_positions()[None]
    near = np.abs(off - np.round(off)).max(axis=2) < 1e-4
    near &= one.numbers[:, None] == other.numbers[None]
    assert near.any(axis=0).all()
    assert near.any(axis=1).all()


@pytest.mark.parametrize("name", [*NAMES, "1", "2", "3"])
@pytest.mark.parametrize("file", WRITERS)
def test_one_crystal_for_all(tmp_path, file, name):
    made, path = crystal(name), tmp_path / file
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        WRITERS[file](made, path)
    ours = as_atoms(path)
    same(ours, theirs(path, file))
    if file != "symmetric.cif":  # pymatgen writes that one in a standard cell
        same(ours, made)
