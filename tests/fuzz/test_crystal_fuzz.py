"""Damaged crystal files are read or refused: no other exception, no hang, no measureless memory."""

from __future__ import annotations

import pytest
from crystal_files import crystal_files
from mutations import Tally, attempt, mutated

from isotunnel.crystal import as_atoms

FILES = crystal_files()
FAST, FULL = 60, 3000


def run(folder, name, seeds):
    path = folder / name
    path.write_bytes(FILES[name])
    # What is loaded on first use is no memory of the file's.
    as_atoms(path)
    tally = Tally()
    for seed in seeds:
        data = mutated(FILES[name], seed)
        path.write_bytes(data)
        attempt(lambda: as_atoms(path), len(data), f"{name}, seed {seed}", tally)
    assert not tally.failures, tally.failures[:10]
    return tally


@pytest.mark.parametrize("name", FILES)
def test_the_good_files_are_read(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    assert len(as_atoms(path)) in (2, 8)


@pytest.mark.parametrize("name", FILES)
def test_a_sample_of_mutations(tmp_path, name):
    tally = run(tmp_path, name, range(FAST))
    assert tally.outcomes["refused"] > FAST / 10
    assert tally.outcomes["read"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_three_thousand_mutations(tmp_path, name):
    tally = run(tmp_path, name, range(FULL))
    assert tally.outcomes["read"] + tally.outcomes["refused"] == FULL
