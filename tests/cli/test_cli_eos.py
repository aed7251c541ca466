"""``isotunnel eos`` with a potential of our own in CHGNet's place."""

from __future__ import annotations

from importlib import import_module

import pytest
from command import isotunnel

from isotunnel import schemas
from made_up_potential import gpaw_of, potential


@pytest.fixture(autouse=True)
def in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = import_module("isotunnel.engines.mlip.engine")
    monkeypatch.setattr(engine, "open_potential", lambda _: potential(gpaw_of("Ta")))


def test_the_document() -> None:
    document = isotunnel("eos", "Ta", "--pressure", "0:100:50", "--json").json
    schemas.validated(schemas.Eos, document)
    assert document["basis"] == "the crystal itself"
    assert [p["pressure_gpa"] for p in document["points"]] == [0, 50, 100]
    assert all(c["met"] for c in document["compared"])


def test_gpaw_stands_beside_where_it_was_compared() -> None:
    out = isotunnel("eos", "Ta", "--pressure", "0,25,50").out
    assert "Believed up to 100 GPa by the crystal itself" in out
    header, *rows = isotunnel("eos", "Ta", "--pressure", "0,25,50", "--csv").out.splitlines()
    assert header.split(",")[:3] == [
        *("pressure_gpa", "volume_per_atom_a3", "gpaw_volume_per_atom_a3"),
    ]
    gpaw = [row.split(",")[2] for row in rows]
    assert gpaw[1] == ""
    assert float(gpaw[0]) == pytest.approx(18.36, abs=0.01)


def test_where_it_is_not_believed_there_is_one_line() -> None:
    done = isotunnel("eos", "Al", "--pressure", "0,50")
    assert done.status == 5
    assert "first off at" in done.problem
    assert done.out == ""
