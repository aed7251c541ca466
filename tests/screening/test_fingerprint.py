"""The fingerprint knows a crystal again in whatever cell, and tells different ones apart."""

from __future__ import annotations

import numpy as np
import pytest
from ase.build import bulk, make_supercell
from hypothesis import given, settings
from hypothesis import strategies as st
from pymatgen.core.structure_matcher import StructureMatcher
from pymatgen.io.ase import AseAtomsAdaptor

from isotunnel.crystal import as_atoms
from isotunnel.screening.crystal_inputs import inputs_of, sample_path
from isotunnel.screening.fingerprint import fingerprint, same
from isotunnel.screening.one_crystal import unpacked
from isotunnel.screening.worker import prepare
from screening.worlds import CRYSTALS

SHEARS = st.lists(st.integers(-2, 2), min_size=3, max_size=3)


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(sorted(CRYSTALS)), SHEARS, st.integers(1, 2), st.floats(0, 1))
def test_cell_origin_order_and_mirror_do_not_matter(name, shear, copies, shift):
    atoms = CRYSTALS[name]
    matrix = np.array([[copies, shear[0], shear[1]], [0, 1, shear[2]], [0, 0, 1]])
    other = make_supercell(atoms, matrix)
    other.positions += shift * other.cell.array.sum(axis=0)
    other = other[::-1]
    other.set_cell(other.cell.array * [1, 1, -1], scale_atoms=True)
    assert same(fingerprint(atoms), fingerprint(other))


def test_different_crystals_of_one_formula_differ():
    fcc, hcp = bulk("Co", "fcc", a=3.54), bulk("Co", "hcp", a=2.503, c=2.503 * np.sqrt(8 / 3))
    assert not same(fingerprint(fcc), fingerprint(hcp))
    rocksalt, cscl = bulk("NaCl", "rocksalt", a=5.64), bulk("NaCl", "cesiumchloride", a=3.5)
    assert not same(fingerprint(rocksalt), fingerprint(cscl))
    squeezed = rocksalt.copy()
    squeezed.set_cell(0.99 * rocksalt.cell.array, scale_atoms=True)
    assert not same(fingerprint(rocksalt), fingerprint(squeezed))
    zincblende, wurtzite = bulk("ZnS", "zincblende", a=5.41), bulk("ZnS", "wurtzite", a=3.82)
    assert not same(fingerprint(zincblende), fingerprint(wurtzite))


def test_agrees_with_pymatgens_matcher():
    """On rattled copies of the sample, at two strengths: one is the same crystal, one is not."""
    matcher = StructureMatcher(ltol=0.002, stol=0.004, angle_tol=0.2, scale=False)
    to = AseAtomsAdaptor.get_structure
    chosen = [unpacked(prepare(i, 0.0).structure) for i in inputs_of([sample_path()])][:20]
    compared = 0
    for atoms in chosen:
        for strength, expected in ((1e-4, True), (0.15, False)):
            if len(atoms) < 2:
                continue
            other = as_atoms(atoms)
            other.rattle(strength, seed=7)
            assert same(fingerprint(atoms), fingerprint(other)) is expected
            assert bool(matcher.fit(to(atoms), to(other))) is expected
            compared += 1
    assert compared > 20


@pytest.mark.parametrize("name", sorted(CRYSTALS))
def test_distances_are_those_of_a_large_block(name):
    atoms = CRYSTALS[name]
    block = atoms.repeat(9)
    centre = len(block) // 2
    numbers = np.unique(atoms.numbers)
    found = fingerprint(atoms).reshape(len(numbers), len(numbers), -1)
    for b, z in enumerate(numbers):
        d = np.sort(
            np.linalg.norm(block.positions - block.positions[centre], axis=1)[block.numbers == z]
        )
        d = d[d > 1e-9][:24]
        a = int(np.searchsorted(numbers, block.numbers[centre]))
        assert np.allclose(found[a, b], d)
