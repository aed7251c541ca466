"""``isotunnel electride``: its document, table and lines for wrong input."""

from __future__ import annotations

import numpy as np
import pytest
from ase import Atoms
from command import isotunnel

from isotunnel import schemas
from isotunnel.fields import write_cube
from isotunnel.fields.field import Field


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """An ELF with a layer of electrons between layers of argon atoms, and a density of two."""
    atoms = Atoms("Ar", positions=[(0, 0, 0)], cell=[4.0] * 3, pbc=True)
    z = np.cos(2 * np.pi * np.arange(24) / 24)
    x = 1 + 0.05 * z
    layer = x[:, None, None] * x[None, :, None] * (0.5 - 0.35 * z)[None, None, :]
    folder = tmp_path_factory.mktemp("electride")
    elf = Field.from_array(layer, atoms.cell.array, "elf", atoms=atoms)
    density = Field.from_array(
        2 * layer / (layer.mean() * 64), atoms.cell.array, "density", atoms=atoms
    )
    write_cube(elf, folder / "elf.cube")
    write_cube(density, folder / "density.cube")
    return folder


def test_the_document(files):
    document = isotunnel(
        "electride", files / "elf.cube", "--density", files / "density.cube", "--json"
    ).json
    schemas.validated(schemas.Electride, document)
    assert document["dimension"] == 2
    assert document["directions"] == [[1, 0, 0], [0, 1, 0]]
    assert document["charge_e"] == pytest.approx(2.0, abs=0.1)


def test_the_table_says_what_was_found_and_what_not(files):
    out = isotunnel("electride", files / "elf.cube").out
    assert "2D, layers" in out
    assert "charge unknown" in out
    nothing = isotunnel("electride", files / "elf.cube", "--reach", "3").out
    assert "no maximum of the ELF above 0.5" in nothing


def test_csv_has_a_row_per_site(files):
    header, *rows = isotunnel("electride", files / "elf.cube", "--csv").out.strip().splitlines()
    assert header.startswith("site,elf,height")
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("density.cube",), "looked for in an ELF"),
        (("elf.cube", "--reach", "9"), "between 0.5 and 3"),
        (("elf.cube", "--density", "elf.cube"), "holds no density"),
        (("NaCl", "--engine", "procrystal"), "gives no elf field"),
        (("NaCl", "--engine", "procrystal", "--density", "density.cube"), "its own"),
    ],
)
def test_bad_input_is_one_line(files, arguments, says, monkeypatch):
    monkeypatch.chdir(files)
    done = isotunnel("electride", *arguments)
    assert done.status != 0
    assert says in done.problem
