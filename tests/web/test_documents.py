"""The same document in the web and in the terminal."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from lab_client import lab
from typer.testing import CliRunner

from isotunnel import atlas
from isotunnel.atlas.cells import crystal_at
from isotunnel.cli.main import app
from isotunnel.materials.names import at_pressure


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with lab(tmp_path_factory.mktemp("lab")) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("/api/crystals", ["crystals"]),
        ("/api/atlas/H3S@200GPa", ["atlas", "H3S@200GPa"]),
        ("/api/diagrams/Pb", ["diagram", "Pb", "--no-files"]),
        ("/api/diagrams/Si?theory=bcs", ["diagram", "Si", "--theory", "bcs", "--no-files"]),
        ("/api/fits/Al", ["fits", "Al"]),
        ("/api/critical/Sn", ["critical", "Sn"]),
        ("/api/hydrides", ["hydrides"]),
    ],
)
def test_the_web_says_what_the_terminal_says(
    client: TestClient, path: str, command: list[str]
) -> None:
    response = client.get(path)
    assert response.status_code == 200
    printed = CliRunner().invoke(app, [*command, "--json"])
    assert printed.exit_code == 0
    assert response.json() == json.loads(printed.stdout)


def test_the_crystal_under_the_pressure_slider_is_the_atlas_own(client: TestClient) -> None:
    """The drawn field reaches its networks at the thresholds that the scan lists."""
    (point,) = [p for p in atlas.document_of("Xe")["points"] if p["asked"] == 50.0]
    response = client.get("/api/atlas/Xe/picture?pressure_gpa=50")
    assert response.status_code == 200
    found = response.json()
    assert found["scene"]["cell"] == point["crystal"]["cell_angstrom"]
    fields = {field["short"]: field for field in found["scene"]["fields"]}
    for short, column in (
        ("KS potential", "threshold_procrystal_potential_3d"),
        ("Density", "threshold_procrystal_density_3d"),
    ):
        unit = "_ev" if short == "KS potential" else "_per_angstrom3"
        error = point["values"][f"{column}_error{unit}"]
        level = fields[short]["events"][-1]["level"]
        assert level == pytest.approx(point["values"][f"{column}{unit}"], abs=2 * error + 1e-6)
    by_reading = {one["reading"]: one["level"] for one in found["levels"].values()}
    assert by_reading["atomic"] == pytest.approx(point["values"]["valence_level_atomic_ev"])
    thinness = -math.log(by_reading["density"])
    assert thinness == pytest.approx(point["values"]["valence_level_density"])


def test_every_pressure_of_every_scan_has_a_cell_to_draw() -> None:
    for name in atlas.names():
        base = at_pressure(name)[0]
        for point in atlas.document_of(name)["points"]:
            if point["crystal"] is not None:
                atoms = crystal_at(f"{base}@{point['asked']:g}GPa")
                assert list(atoms.symbols) == point["crystal"]["symbols"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/atlas/Unobtainium", 400, "Unobtainium"),
        ("/api/atlas/Xe/picture?pressure_gpa=51", 400, "only at 10, 30"),
        ("/api/atlas/Unobtainium/picture?pressure_gpa=1", 400, "Unobtainium"),
        ("/api/diagrams/Unobtainium", 400, "unknown"),
        ("/api/diagrams/Pb?theory=magic", 400, "magic"),
        ("/api/diagrams/Pb?pressure_low=3", 400, "pressure_high"),
        ("/api/diagrams/Pb?pressure_low=-3&pressure_high=2", 422, "greater than or equal"),
        ("/api/diagrams/Pb?pressure_low=nan&pressure_high=2", 422, "pressure_low"),
        ("/api/diagrams/Pb/point?pressure_gpa=1", 422, "temperature_k"),
        ("/api/critical/Xx", 400, "Xx"),
        ("/api/fits/Xx", 400, "Xx"),
    ],
)
def test_bad_questions_get_one_line(client: TestClient, path: str, status: int, words: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert words in response.json()["error"]["message"]


def test_every_theory_gives_its_reasons_at_a_point(client: TestClient) -> None:
    found = client.get("/api/diagrams/Pb/point?pressure_gpa=0&temperature_k=4").json()
    by_name = {answer["theory"]: answer for answer in found["answers"]}
    assert {"tunnel-ks", "tunnel-spacing", "bcs", "allen_dynes", "bloch_grueneisen"} <= set(by_name)
    assert set(found["titles"]) == set(by_name)
    assert all(answer["state_reason"] for answer in by_name.values())
    assert by_name["bcs"]["state"] == "superconductor"
    assert any(used["source"] for used in by_name["bcs"]["used"])


def test_fifty_clients_wait_for_one_making(client: TestClient) -> None:
    path = "/api/diagrams/Al?theory=bcs"
    with ThreadPoolExecutor(16) as many:
        answers = list(many.map(lambda _: client.get(path).content, range(50)))
    assert len(set(answers)) == 1
    assert json.loads(answers[0])["name"] == "Al"
