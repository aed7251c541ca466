"""What may be screened, and how one crystal is told from the next."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ase.db import connect
from ase.io import write

from isotunnel.errors import FileFormatError, InputError
from isotunnel.screening.crystal_inputs import inputs_of, sample_path
from isotunnel.screening.one_crystal import packed, unpacked
from isotunnel.screening.worker import Failure, Prepared, prepare
from screening.worlds import CRYSTALS, folder_of_crystals


def read(inputs):
    """Formulas by source, failures as their reasons."""
    answers = {i.source: prepare(i, 0.0) for i in inputs}
    return {s: a.formula if isinstance(a, Prepared) else a.reason for s, a in answers.items()}


EXPECTED = {
    "Cu.cif": "Cu",
    "Na.cif": "Na",
    "NaCl.cif": "ClNa",
    "NaCl-cubic.cif": "ClNa",
    "Si.cif": "Si",
    "broken.cif": "unreadable",
}


def test_a_folder_and_its_archives_hold_the_same(tmp_path):
    folder = folder_of_crystals(tmp_path / "cifs")
    assert read(inputs_of([folder])) == EXPECTED
    with tarfile.open(tmp_path / "all.tar.xz", "w:xz") as archive:
        archive.add(folder, arcname=".")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
        archive.writestr("README.txt", "not a crystal")
    for name in ("all.tar.xz", "all.zip"):
        found = read(inputs_of([tmp_path / name]))
        assert found == {f"{name}/{k}": v for k, v in EXPECTED.items()}


def test_the_same_input_has_one_id_wherever_it_lies(tmp_path, monkeypatch):
    folder = folder_of_crystals(tmp_path / "cifs")
    first = [i.id for i in inputs_of([folder])]
    monkeypatch.chdir(tmp_path)
    assert [i.id for i in inputs_of(["cifs", folder])] == first
    assert len(set(first)) == len(EXPECTED)


def test_frames_databases_and_tables(tmp_path):
    write(tmp_path / "all.extxyz", list(CRYSTALS.values()), format="extxyz")
    with connect(tmp_path / "all.db") as database:
        for atoms in CRYSTALS.values():
            database.write(atoms)
    cif = io.BytesIO()
    write(cif, CRYSTALS["Si"], format="cif")
    texts = [packed(a).decode() for a in CRYSTALS.values()]
    lattice = {"matrix": CRYSTALS["Cu"].cell.array.tolist()}
    site = {"species": [{"element": "Cu", "occu": 1}], "abc": [0, 0, 0]}
    texts += [cif.getvalue().decode(), json.dumps({"lattice": lattice, "sites": [site]}), "{}"]
    names = [*CRYSTALS, "cif", "pymatgen", "nothing"]
    pq.write_table(pa.table({"structure": texts, "name": names}), tmp_path / "all.parquet")
    formulas = ["Cu", "Na", "ClNa", "Si"]
    assert list(read(inputs_of([tmp_path / "all.extxyz"])).values()) == formulas
    assert list(read(inputs_of([tmp_path / "all.db"])).values()) == formulas
    table = read(inputs_of([tmp_path / "all.parquet"]))
    assert list(table.values()) == [*formulas, "Si", "Cu", "unreadable"]
    assert "all.parquet#pymatgen" in table


def test_a_damaged_archive_gives_what_it_can_and_says_so(tmp_path):
    path = tmp_path / "cut.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for number in range(40):
            content = np.random.default_rng(number).bytes(20_000)
            entry = tarfile.TarInfo(f"{number}.cif")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    path.write_bytes(path.read_bytes()[:400_000])
    found = []
    with pytest.raises(FileFormatError, match=r"damaged after \d+ files"):
        found.extend(inputs_of([path]))
    assert len(found) > 5


def test_what_is_not_there_is_said():
    with pytest.raises(InputError, match="unknown crystal 'nonesuch'"):
        list(inputs_of(["nonesuch"]))


def test_a_structure_keeps_all_its_digits():
    atoms = CRYSTALS["NaCl"].copy()
    atoms.rattle(0.01, seed=1)
    again = unpacked(packed(atoms))
    assert np.array_equal(again.cell.array, atoms.cell.array)
    assert np.allclose(again.positions, atoms.positions, rtol=0, atol=1e-14)


def test_the_sample_can_be_read():
    answers = [prepare(i, 0.0) for i in inputs_of([sample_path()])]
    assert len(answers) == 200
    assert not [a for a in answers if isinstance(a, Failure)]
    assert len({a.formula for a in answers}) == 200
