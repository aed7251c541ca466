"""Our readers against ASE's and pymatgen's, on files that those read rightly."""

from __future__ import annotations

import gzip
import warnings
from pathlib import Path

import numpy as np
import pytest
from ase.calculators.vasp import VaspChargeDensity
from ase.io.cube import read_cube as ase_read_cube
from ase.io.cube import write_cube as ase_write_cube
from ase.io.xsf import read_xsf as ase_read_xsf
from grid_texts import SKEW_CELL, atoms_in, smooth_values

from isotunnel.fields import Field, read_field, read_fields, write_cube
from isotunnel.units import BOHR_ANGSTROM

DATA = Path(__file__).parent.parent / "data"
ATOMS = atoms_in(SKEW_CELL)


def unpacked(name, tmp_path):
    path = tmp_path / name.removesuffix(".gz")
    path.write_bytes(gzip.decompress((DATA / name).read_bytes()))
    return path


@pytest.mark.parametrize(
    "name", ["h3s_density.cube.gz", "h3s_elf.cube.gz", "h3s_potential.cube.gz"]
)
def test_cube_as_ase_reads_it(tmp_path, name):
    with unpacked(name, tmp_path).open() as file:
        theirs = ase_read_cube(file)
    ours = read_field(DATA / name, kind="other")
    np.testing.assert_array_equal(ours.values, theirs["data"])
    np.testing.assert_allclose(ours.origin, theirs["origin"], atol=1e-8)
    np.testing.assert_allclose(ours.cell, theirs["atoms"].cell, atol=1e-8)
    np.testing.assert_allclose(ours.atoms.positions, theirs["atoms"].positions, atol=1e-8)


def test_our_cube_is_read_by_ase_and_pymatgen(tmp_path):
    from pymatgen.io.common import VolumetricData

    field = Field.from_array(smooth_values(), SKEW_CELL, "density", atoms=ATOMS)
    write_cube(field, tmp_path / "a.cube")
    with (tmp_path / "a.cube").open() as file:
        theirs = ase_read_cube(file)
    np.testing.assert_allclose(theirs["data"], field.values * BOHR_ANGSTROM**3, rtol=1e-12)
    np.testing.assert_allclose(theirs["atoms"].cell, SKEW_CELL, atol=1e-7)
    other = VolumetricData.from_cube(tmp_path / "a.cube")
    np.testing.assert_allclose(other.data["total"], field.values * BOHR_ANGSTROM**3, rtol=1e-12)
    np.testing.assert_allclose(other.structure.lattice.matrix, SKEW_CELL, atol=1e-5)


def test_a_cube_by_ase_with_an_origin(tmp_path):
    values = smooth_values()
    with (tmp_path / "elf.cube").open("w") as file:
        ase_write_cube(file, ATOMS, values, origin=(0.5, 0.6, -0.7))
    field = read_field(tmp_path / "elf.cube")
    np.testing.assert_allclose(field.values, values, rtol=1e-6)
    np.testing.assert_allclose(field.origin, (0.5, 0.6, -0.7), atol=1e-6)


def test_chgcar_as_ase_and_pymatgen_read_it():
    from pymatgen.io.vasp import Chgcar

    path = DATA / "CHGCAR_h_spin"
    total, difference = read_fields(path)
    theirs = VaspChargeDensity(str(path))
    np.testing.assert_allclose(total.values, theirs.chg[0], rtol=1e-12)
    np.testing.assert_allclose(difference.values, theirs.chgdiff[0], rtol=1e-12)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = Chgcar.from_file(str(path))
    np.testing.assert_allclose(total.values * total.volume, other.data["total"], rtol=1e-12)
    np.testing.assert_allclose(difference.values * total.volume, other.data["diff"], rtol=1e-12)
    assert np.abs(difference.values).max() > 0.1


def test_a_chgcar_by_pymatgen_with_occupancies(tmp_path):
    from pymatgen.core import Lattice, Structure
    from pymatgen.io.vasp import Chgcar, Poscar

    structure = Structure(Lattice(SKEW_CELL), ["Na", "Cl"], ATOMS.get_scaled_positions())
    total, difference = smooth_values(seed=1), smooth_values(seed=2)
    occupancies = {1: np.linspace(0, 1, 8), 2: np.linspace(0, 1, 4)}
    theirs = Chgcar(
        Poscar(structure),
        {"total": total, "diff": difference},
        data_aug={"total": occupancies, "diff": occupancies},
    )
    theirs.write_file(tmp_path / "CHGCAR")
    ours = read_fields(tmp_path / "CHGCAR")
    assert [f.spin for f in ours] == ["total", "difference"]
    np.testing.assert_allclose(ours[0].values * ours[0].volume, total, rtol=1e-9)
    np.testing.assert_allclose(ours[1].values * ours[1].volume, difference, rtol=1e-9)
    assert ours[0].atoms.get_chemical_formula() == "ClNa"
    assert not ours[0].provenance.warnings


def test_xsf_as_ase_reads_it(tmp_path):
    with unpacked("h3s_elf.xsf.gz", tmp_path).open() as file:
        data, origin, span, atoms = ase_read_xsf(file, read_data=True)
    ours = read_field(DATA / "h3s_elf.xsf.gz")
    np.testing.assert_array_equal(ours.values, data[:-1, :-1, :-1])
    np.testing.assert_allclose(ours.cell, span)
    np.testing.assert_allclose(ours.origin, origin)
    np.testing.assert_allclose(
        ours.atoms.positions, (atoms[0] if isinstance(atoms, list) else atoms).positions
    )
