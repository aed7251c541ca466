"""Thousands of damaged grid files of every format: read, or refused with one line of ours."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "fields"))

from grid_mutations import attempt, mutated_text, mutated_ulm
from grid_texts import SKEW_CELL, smooth_values
from valid_files import FILES

from isotunnel.fields import Field, read_fields, write_hdf5

DATA = Path(__file__).parent.parent / "data"
FEW, MANY = 60, 3000


def _animated() -> bytes:
    head, rest = FILES["elf.xsf"].split(b"PRIMCOORD\n")
    return b"ANIMSTEPS 2\n" + head + b"PRIMCOORD 1\n2 1\nNa 0 0 0\nCl 1 1 1\nPRIMCOORD 2\n" + rest


def _hdf5(folder: Path) -> bytes:
    path = folder / "original.h5"
    write_hdf5(Field.from_array(smooth_values((4, 4, 4)), SKEW_CELL, "elf"), path)
    return path.read_bytes()


TEXTS = {
    **{name: FILES[name] for name in ("elf.cube", "orbitals.cube", "CHGCAR_spin", "ELFCAR")},
    **{name: FILES[name] for name in ("elf.xsf", "elf.cube.gz")},
    "LOCPOT": FILES["ELFCAR"],
    "elf.axsf": _animated(),
}
GPW = {
    "h3s.gpw": (DATA / "h3s.gpw").read_bytes(),
    "h_spin_all.gpw": (DATA / "h_spin_all.gpw").read_bytes(),
}


def wrong(tmp_path, name, data, count, mutate):
    """The first mutation that is not read or refused as it should be, by its number."""
    (tmp_path / name).write_bytes(data)
    assert read_fields(tmp_path / name)
    for number in range(count):
        rng = random.Random(f"{name} {number}")
        trouble = attempt(tmp_path / name, mutate(data, rng))
        if trouble:
            return f"mutation {number} of {name}: {trouble}"
    return None


@pytest.mark.parametrize("name", TEXTS)
def test_damaged_texts(tmp_path, name):
    assert wrong(tmp_path, name, TEXTS[name], FEW, mutated_text) is None


@pytest.mark.parametrize("name", GPW)
def test_damaged_gpw_in_all_its_fields(tmp_path, name):
    assert wrong(tmp_path, name, GPW[name], FEW // 3, mutated_ulm) is None


def test_damaged_hdf5(tmp_path):
    assert wrong(tmp_path, "a.h5", _hdf5(tmp_path), FEW, mutated_text) is None


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_thousands_of_damaged_texts(tmp_path, name):
    assert wrong(tmp_path, name, TEXTS[name], MANY, mutated_text) is None


@pytest.mark.slow
@pytest.mark.parametrize("name", GPW)
def test_thousands_of_damaged_gpw_in_all_their_fields(tmp_path, name):
    assert wrong(tmp_path, name, GPW[name], MANY, mutated_ulm) is None


@pytest.mark.slow
def test_thousands_of_damaged_hdf5(tmp_path):
    assert wrong(tmp_path, "a.h5", _hdf5(tmp_path), MANY, mutated_text) is None
