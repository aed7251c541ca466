"""Our readers against ASE's and pymatgen's on files made up: values, cell, atoms and units.

What was read well stays well. The files are written by the other programs, on cells and grids drawn
at random; each is then read by us and by them.
"""

from __future__ import annotations

import gzip
import shutil
from dataclasses import dataclass

import numpy as np
import pytest
from ase import Atoms
from ase.calculators.vasp import VaspChargeDensity
from ase.io.cube import read_cube, write_cube
from ase.io.xsf import read_xsf, write_xsf
from numpy.typing import NDArray
from pymatgen.core import Structure
from pymatgen.io.ase import AseAtomsAdaptor
from pymatgen.io.common import VolumetricData
from pymatgen.io.vasp import Chgcar, Elfcar, Locpot, Poscar

from isotunnel.fields import Field, read_field, read_fields
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV

SEEDS = range(4)
KINDS = ("H", "Li", "S", "Fe")


@dataclass(frozen=True)
class World:
    atoms: Atoms
    values: NDArray[np.float64]

    @property
    def structure(self) -> Structure:
        return AseAtomsAdaptor.get_structure(self.atoms)


def world(seed: int) -> World:
    """A triclinic cell, up to eight atoms in runs of one kind, values between 0.01 and 0.9."""
    rng = np.random.default_rng(seed)
    cell = np.diag(rng.uniform(3, 7, 3)) + np.tril(rng.uniform(-1, 1, (3, 3)), -1)
    kinds = [k for k in KINDS for _ in range(rng.integers(0, 3))] or ["H"]
    places = rng.random((len(kinds), 3))
    atoms = Atoms(kinds, cell=cell, scaled_positions=places, pbc=True)
    return World(atoms, rng.uniform(0.01, 0.9, rng.integers(3, 9, 3)))


def same_atoms(field: Field, atoms: Atoms, tolerance: float = 1e-5) -> None:
    np.testing.assert_allclose(field.cell, atoms.cell, atol=tolerance)
    assert field.atoms is not None
    assert field.atoms.get_chemical_symbols() == atoms.get_chemical_symbols()
    off = field.atoms.get_scaled_positions(wrap=False) - atoms.get_scaled_positions(wrap=False)
    np.testing.assert_allclose(off, np.round(off), atol=tolerance)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("name", "factor"),
    [("elf", 1.0), ("density", BOHR_ANGSTROM**-3), ("electrostatic", HARTREE_EV)],
)
@pytest.mark.parametrize("seed", SEEDS)
def test_cubes(tmp_path, seed, name, factor, packed):
    made, path = world(seed), tmp_path / f"{name}.cube"
    origin = np.random.default_rng(seed).uniform(-1, 1, 3) if seed % 2 else np.zeros(3)
    with path.open("w") as file:
        write_cube(file, made.atoms, made.values, origin=origin)
    with path.open() as file:
        theirs = read_cube(file)
    other = VolumetricData.from_cube(path)
    if packed:
        with path.open("rb") as plain, gzip.open(f"{path}.gz", "wb") as file:
            shutil.copyfileobj(plain, file)
        path = tmp_path / f"{name}.cube.gz"
    ours = read_field(path)
    assert ours.kind == name
    np.testing.assert_allclose(ours.values, theirs["data"] * factor, rtol=1e-12)
    np.testing.assert_allclose(ours.values, other.data["total"] * factor, rtol=1e-12)
    np.testing.assert_allclose(ours.origin, theirs["origin"], atol=1e-6)
    np.testing.assert_allclose(other.structure.lattice.matrix, ours.cell, atol=1e-4)
    same_atoms(ours, theirs["atoms"])
    same_atoms(ours, made.atoms)


@pytest.mark.parametrize("seed", SEEDS)
def test_chgcars_by_ase(tmp_path, seed):
    made, path = world(seed), tmp_path / "CHGCAR"
    grid = VaspChargeDensity(filename=None)
    grid.atoms, grid.chg = [made.atoms], [made.values]
    grid.write(str(path), format="chgcar")
    ours, theirs = read_field(path), VaspChargeDensity(str(path))
    np.testing.assert_allclose(ours.values, theirs.chg[0], rtol=1e-12)
    np.testing.assert_allclose(ours.values, made.values, rtol=1e-9)
    assert ours.unit == "1/angstrom^3"
    same_atoms(ours, theirs.atoms[0])
    same_atoms(ours, made.atoms)


@pytest.mark.parametrize("spin", [False, True])
@pytest.mark.parametrize(
    ("name", "kind"), [("CHGCAR", Chgcar), ("LOCPOT", Locpot), ("ELFCAR", Elfcar)]
)
@pytest.mark.parametrize("seed", SEEDS)
def test_vasp_grids_by_pymatgen(tmp_path, seed, name, kind, spin):
    made, path = world(seed), tmp_path / name
    first, second = ("total", "diff") if name == "CHGCAR" else ("spin_up", "spin_down")
    data = {first: made.values, second: made.values[::-1] / 3} if spin else {"total": made.values}
    kind(Poscar(made.structure), data).write_file(path)
    ours, theirs = read_fields(path), kind.from_file(str(path))
    factor = ours[0].volume if name == "CHGCAR" else 1.0
    assert len(ours) == 1 + spin
    stored = [theirs.data[key] for key in data]
    np.testing.assert_allclose(ours[0].values * factor, stored[0], rtol=1e-9)
    if spin:
        np.testing.assert_allclose(ours[1].values * factor, stored[1], rtol=1e-9)
        labels = ["total", "difference"] if name == "CHGCAR" else ["up", "down"]
        assert [field.spin for field in ours] == labels
    unit = {"CHGCAR": "1/angstrom^3", "LOCPOT": "eV", "ELFCAR": "1"}[name]
    assert ours[0].unit == unit
    same_atoms(ours[0], AseAtomsAdaptor.get_atoms(theirs.structure))
    same_atoms(ours[0], made.atoms)


@pytest.mark.parametrize("repeated", [0, 1])
@pytest.mark.parametrize("seed", SEEDS)
def test_xsf_grids_by_ase(tmp_path, seed, repeated):
    """ASE writes spanning vectors a step too long, which it reads back as they are."""
    made, path = world(seed), tmp_path / "elf.xsf"
    with path.open("w") as file:
        write_xsf(file, [made.atoms], np.pad(made.values, ((0, repeated),) * 3, mode="wrap"))
    with path.open() as file:
        data, origin, _, atoms = read_xsf(file, read_data=True)
    ours = read_field(path)
    n1, n2, n3 = made.values.shape
    np.testing.assert_allclose(ours.values, data[:n1, :n2, :n3], rtol=1e-12)
    np.testing.assert_allclose(ours.values, made.values, atol=1e-6)
    np.testing.assert_allclose(ours.origin, origin, atol=1e-6)
    assert any("longer than the cell" in w for w in ours.provenance.warnings)
    same_atoms(ours, atoms[0] if isinstance(atoms, list) else atoms)
    same_atoms(ours, made.atoms)
