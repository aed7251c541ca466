"""Datasets of a screen in the web: the dataset's own numbers, and the crystal of each row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lab_client import ask, lab, wait_for

from isotunnel.errors import InputError
from isotunnel.screening import ask as query
from isotunnel.studies.hydrides.structures import hydride_structures
from isotunnel.web.datasets import named
from screening.screened import screened

pytest.importorskip("duckdb", reason="DuckDB is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return screened(tmp_path_factory.mktemp("screens") / "small")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[TestClient]:
    with lab(tmp_path_factory.mktemp("lab"), datasets=named([folder])) as client:
        yield client


def test_the_web_has_the_numbers_of_the_query(client: TestClient, folder: Path) -> None:
    assert client.get("/api/datasets").json() == ["small"]
    found = client.get("/api/datasets/small").json()
    assert found["total"] == len(found["rows"]) == 4
    expected = {row["id"]: row for row in query(folder).to_pylist()}
    names = [column["name"] for column in found["columns"]]
    assert {"gap_atomic_3d_ev", "packing_covalent", "formula"} <= set(names)
    assert "structure" not in names
    for row in found["rows"]:
        for name in ("gap_atomic_3d_ev", "volume_per_atom_angstrom3", "status", "formula"):
            assert row[name] == expected[row["id"]][name]


def test_the_crystal_of_a_row_is_analysed(client: TestClient) -> None:
    row = next(r for r in client.get("/api/datasets/small").json()["rows"] if r["formula"] == "Cu")
    sent = client.post(f"/api/datasets/small/crystals/{row['id']}")
    assert sent.status_code == 201
    request = {"upload": sent.json()["id"], "engine": "procrystal", "refine": False}
    job = ask(client, "analyze", **request).json()
    assert wait_for(client, job["id"])["state"] == "done"
    readings = client.get(f"/api/jobs/{job['id']}/result").json()["readings"]
    gaps = {one["reading"]: one["gaps"] for one in readings}
    assert gaps["atomic"]["3"] == pytest.approx(row["gap_atomic_3d_ev"], rel=1e-5)


def test_the_crystal_of_a_hydride_is_the_computed_one(client: TestClient) -> None:
    built = hydride_structures()[0]
    sent = client.post(f"/api/datasets/hydrides/crystals/{built.id}")
    assert sent.status_code == 201
    assert sent.json()["name"] == f"{built.entry.compound}.extxyz"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/api/datasets/none/crystals/1", "--dataset"),
        ("/api/datasets/small/crystals/1", "no crystal"),
        ("/api/datasets/small/crystals/00000000000000000009", "no crystal"),
        ("/api/datasets/small/crystals/x' or '1'='1", "no crystal"),
        ("/api/datasets/hydrides/crystals/1", "no row"),
        ("/api/datasets/..%2F..%2Fetc/crystals/1", ""),
    ],
)
def test_what_is_not_there_is_told(client: TestClient, path: str, words: str) -> None:
    response = client.post(path)
    assert response.status_code in (404, 405)
    assert words in response.json()["error"]["message"]


def test_folders_without_a_dataset_and_names_twice_are_refused(
    folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="no dataset"):
        named([tmp_path])
    with pytest.raises(InputError, match="two datasets"):
        named([folder, folder])
