"""The result cache: what makes two runs equal, what survives, what is thrown away."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np
import pytest
from ase import Atoms
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.engines.base import ElectronicStructure
from isotunnel.engines.cache import (
    ResultCache,
    cache_key,
    default_cache_directory,
    pack_structure,
    unpack_structure,
)
from isotunnel.fields.field import Field, Provenance

VERSIONS = {"program": "1.0"}


def salt(shift: float = 0.0) -> Atoms:
    return Atoms(
        "NaCl",
        scaled_positions=[[shift, 0.1, 0.0], [0.5 + shift, 0.6, 0.5]],
        cell=[[0.0, 2.8, 2.8], [2.8, 0.0, 2.8], [2.8, 2.8, 0.0]],
        pbc=True,
    )


def made_up(atoms: Atoms) -> ElectronicStructure:
    values = np.random.default_rng(3).normal(size=(3, 4, 5))
    provenance = Provenance("toy", "1", "Toy", notes=("one", "two"), warnings=("beware",))
    field = Field(values, atoms.cell.array, "elf", origin=np.ones(3), atoms=atoms)
    single = Field(values.astype(np.float32), atoms.cell.array, "density", provenance=provenance)
    return ElectronicStructure(
        atoms,
        "toy",
        {"elf": field, "density": single},
        fermi_ev=1.5,
        dos_fermi_by_element={"Na": 0.1},
        augmentation_radii=(0.5, 0.7),
        settings={"ecut_ev": 3.0, "mesh": [1, 2, 3]},
        versions=VERSIONS,
        warnings=("careful",),
        cannot_say={"vbm_ev": "toys have none"},
    )


def test_everything_survives_the_round_trip() -> None:
    before = made_up(salt())
    after = unpack_structure(pack_structure(before))
    assert after.fields.keys() == before.fields.keys()
    for kind, field in before.fields.items():
        loaded = after.fields[kind]
        assert loaded.values.dtype == field.values.dtype
        np.testing.assert_array_equal(loaded.values, field.values)
        np.testing.assert_array_equal(loaded.origin, field.origin)
        assert loaded.provenance == field.provenance
        assert not loaded.values.flags.writeable
    for name in ("fermi_ev", "vbm_ev", "augmentation_radii", "warnings"):
        assert getattr(after, name) == getattr(before, name)
    for name in ("settings", "versions", "cannot_say", "dos_fermi_by_element"):
        assert dict(getattr(after, name)) == dict(getattr(before, name))
    np.testing.assert_array_equal(after.atoms.positions, before.atoms.positions)


def test_a_stored_result_comes_back_with_the_callers_atoms(tmp_path: Path) -> None:
    cache = ResultCache(tmp_path)
    assert cache.load("ab" * 32) is None
    assert cache.store("ab" * 32, made_up(salt()))
    moved = salt()
    moved.positions += moved.cell[0]
    loaded = cache.load("ab" * 32, moved)
    assert loaded is not None
    np.testing.assert_array_equal(loaded.atoms.positions, moved.positions)
    assert loaded.fields["elf"].atoms is not None
    assert cache.clear() == 1
    assert cache.load("ab" * 32) is None


@given(
    lattice=st.tuples(*[st.integers(-3, 3)] * 3),
    noise=st.floats(-1e-9, 1e-9),
)
def test_the_key_ignores_lattice_vectors_and_rounding(
    lattice: tuple[int, int, int], noise: float
) -> None:
    same = salt(noise)
    same.positions[1] += np.array(lattice) @ same.cell.array
    assert cache_key(same, "e", {"a": 1}, VERSIONS) == cache_key(salt(), "e", {"a": 1}, VERSIONS)


def test_the_key_sees_everything_that_matters() -> None:
    other_numbers = salt()
    other_numbers.numbers[0] = 19
    stretched = salt()
    stretched.set_cell(stretched.cell * 1.001, scale_atoms=True)
    magnetic = salt()
    magnetic.set_initial_magnetic_moments([1.0, 0.0])
    slab = salt()
    slab.pbc = (True, True, False)
    swapped = salt()[[1, 0]]
    keys = [
        cache_key(salt(), "e", {"a": 1}, VERSIONS),
        cache_key(salt(0.01), "e", {"a": 1}, VERSIONS),
        cache_key(salt(), "f", {"a": 1}, VERSIONS),
        cache_key(salt(), "e", {"a": 2}, VERSIONS),
        cache_key(salt(), "e", {"a": 1, "b": 1}, VERSIONS),
        cache_key(salt(), "e", {"a": 1}, {"program": "1.1"}),
        *(
            cache_key(a, "e", {"a": 1}, VERSIONS)
            for a in (other_numbers, stretched, magnetic, slab, swapped)
        ),
    ]
    assert len(set(keys)) == len(keys) == 11


@given(place=st.floats(0.0, 1.0), cut=st.booleans())
def test_damage_is_noticed(place: float, cut: bool) -> None:
    payload = bytearray(pack_structure(made_up(salt())))
    index = min(int(place * len(payload)), len(payload) - 1)
    if cut:
        payload = payload[:index]
    else:
        payload[index] ^= 0xFF
    with tempfile.TemporaryDirectory() as directory:
        cache = ResultCache(directory)
        path = cache.path("cd" * 32)
        path.parent.mkdir(parents=True)
        path.write_bytes(bytes(payload))
        loaded = cache.load("cd" * 32)
        if loaded is None:
            assert not path.exists()
            return
    # A byte that means nothing to the archive (a date, say) may change; the content may not.
    intact = made_up(salt())
    assert loaded.fermi_ev == intact.fermi_ev
    np.testing.assert_array_equal(loaded.fields["elf"].values, intact.fields["elf"].values)


def test_an_interrupted_write_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    cache = ResultCache(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        cache.store("ef" * 32, made_up(salt()))
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_an_unwritable_place_is_reported_not_raised(tmp_path: Path) -> None:
    blocking = tmp_path / "file"
    blocking.write_text("not a directory")
    assert not ResultCache(blocking).store("ab" * 32, made_up(salt()))
    assert ResultCache(blocking).load("ab" * 32) is None


def test_the_environment_chooses_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISOTUNNEL_CACHE", str(tmp_path / "here"))
    assert default_cache_directory() == tmp_path / "here"
    monkeypatch.delenv("ISOTUNNEL_CACHE")
    assert "isotunnel" in str(default_cache_directory())
    assert not (tmp_path / "here").exists()
