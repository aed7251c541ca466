"""Damaged grid files of every format are read or refused; for .gpw in all their fields."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from gpw_mutations import mutated_gpw
from mutations import Resident, Tally, Traced, attempt, mutated

sys.path.insert(0, str(Path(__file__).parent.parent / "fields"))

from grid_texts import SKEW_CELL, smooth_values
from valid_files import FILES

from isotunnel.analysis.inputs import understand
from isotunnel.fields import Field, read_fields, write_hdf5

DATA = Path(__file__).parent.parent / "data"
FAST, FULL = 60, 3000
GPAW_TAKES = 16 << 20
"""A quarter of what GPAW itself takes to restore even a sound small file."""


def animated() -> bytes:
    head, rest = FILES["elf.xsf"].split(b"PRIMCOORD\n")
    return b"ANIMSTEPS 2\n" + head + b"PRIMCOORD 1\n2 1\nNa 0 0 0\nCl 1 1 1\nPRIMCOORD 2\n" + rest


NAMES = ("elf.cube", "orbitals.cube", "CHGCAR_spin", "ELFCAR", "elf.xsf", "elf.cube.gz")
SOUND = {name: FILES[name] for name in NAMES} | {
    "LOCPOT": FILES["ELFCAR"],
    "elf.axsf": animated(),
}
GPW = ("h3s.gpw", "h_spin_all.gpw")


def run(path, sound, seeds, damage=mutated, read=read_fields, spare=0, scales=None):
    path.write_bytes(sound)
    assert read(path)  # what is loaded on first use is loaded here
    tally = Tally()
    for seed in seeds:
        data = damage(sound, seed)
        path.write_bytes(data)
        name = f"{path.name}, seed {seed}"
        attempt(lambda: read(path), len(data) + spare, name, tally, scales)
    assert not tally.failures, tally.failures[:10]
    assert tally.outcomes["refused"]
    return tally


def hdf5(folder) -> bytes:
    path = folder / "sound.h5"
    write_hdf5(Field.from_array(smooth_values((4, 4, 4)), SKEW_CELL, "elf"), path)
    return path.read_bytes()


def gpw(folder, name, count):
    """Fields and levels both, as ``analyze`` reads them."""
    sound = (DATA / name).read_bytes()
    # GPAW makes a million small objects, each of which tracing slows down.
    scales = Resident() if Resident.there() else Traced()
    run(folder / name, sound, range(count), mutated_gpw, understand, GPAW_TAKES, scales)


@pytest.mark.skipif(not Resident.there(), reason="Linux only")
def test_both_scales_see_an_array():
    seen = []
    for scales in (Traced(), Resident()):
        scales.start()
        # Larger than any block that malloc would take from memory that was freed before.
        array = np.ones(16 << 20)
        seen.append(scales.peak())
        del array
    assert all(127 << 20 <= peak < 136 << 20 for peak in seen), seen


@pytest.mark.parametrize("name", SOUND)
def test_a_sample_of_mutations(tmp_path, name):
    run(tmp_path / name, SOUND[name], range(FAST))


def test_a_sample_of_mutated_hdf5(tmp_path):
    run(tmp_path / "a.h5", hdf5(tmp_path), range(FAST))


@pytest.mark.parametrize("name", GPW)
def test_a_sample_of_mutated_gpw(tmp_path, name):
    gpw(tmp_path, name, FAST // 6)


@pytest.mark.slow
@pytest.mark.parametrize("name", SOUND)
def test_three_thousand_mutations(tmp_path, name):
    run(tmp_path / name, SOUND[name], range(FULL))


@pytest.mark.slow
def test_three_thousand_mutated_hdf5(tmp_path):
    run(tmp_path / "a.h5", hdf5(tmp_path), range(FULL))


@pytest.mark.slow
@pytest.mark.parametrize("name", GPW)
def test_three_thousand_mutated_gpw(tmp_path, name):
    gpw(tmp_path, name, FULL)
