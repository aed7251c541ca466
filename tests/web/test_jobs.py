"""Jobs: done once, kept, cancelled at once, and outliving their server."""

from __future__ import annotations

import csv
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ase.build import bulk
from fastapi.testclient import TestClient
from lab_client import LONG, QUICK, Server, ask, lab, wait_for
from typer.testing import CliRunner

from isotunnel import atlas
from isotunnel.analysis.pairing import PairingResult, PairingSettings
from isotunnel.cli.main import app
from isotunnel.errors import EngineError
from isotunnel.web.jobs.job import State
from isotunnel.web.jobs.kinds import KINDS
from isotunnel.web.jobs.store import Store
from isotunnel.web.problems import ConflictError
from made_up_pairing import made_up_result


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with lab(tmp_path_factory.mktemp("lab")) as client:
        yield client


def test_a_job_is_done_once_and_its_result_is_that_of_the_terminal(client: TestClient) -> None:
    from isotunnel.analysis import analyze

    first = ask(client, "analyze", **QUICK)
    assert first.status_code == 201
    assert wait_for(client, first.json()["id"])["state"] == "done"
    again = ask(client, "analyze", **QUICK)
    assert again.status_code == 200
    assert again.json()["id"] == first.json()["id"]
    document = client.get(f"/api/jobs/{first.json()['id']}/result").json()
    expected = analyze("Cu", engine="procrystal", refine=False).as_dict()
    assert document["tunnels"] == expected["tunnels"]
    assert document["readings"] == expected["readings"]
    report = client.get(f"/api/jobs/{first.json()['id']}/report")
    assert report.headers["content-disposition"].startswith("attachment")
    assert report.text.startswith("<!")
    assert "Cu" in report.text


@pytest.mark.parametrize(
    ("kind", "request_", "words"),
    [
        ("analyze", {"crystal": "Unobtainium"}, "unknown crystal"),
        ("analyze", {"crystal": "/etc/passwd"}, "unknown crystal"),
        ("analyze", {}, "either a crystal or an upload"),
        ("analyze", {"crystal": "Cu", "upload": "0" * 32}, "either"),
        ("analyze", {"upload": "0" * 32}, "no upload"),
        ("analyze", {"upload": "../../../etc"}, "upload"),
        ("analyze", {"crystal": "Cu", "engine": "magic"}, "engine"),
        ("analyze", {"crystal": "Cu", "colour": "red"}, "colour"),
        ("dance", {"crystal": "Cu"}, "no such kind"),
        ("scan", {"crystal": "Cu"}, "either pressures_gpa or volume_ratios"),
        ("scan", {"crystal": "Cu", "volume_ratios": "1, 0.9, big"}, "neither start:stop:step"),
        ("scan", {"crystal": "Cu", "volume_ratios": "0"}, "greater than or equal to 0.05"),
        ("scan", {"crystal": "Cu", "volume_ratios": "1:0.5:0.01"}, "51 points are asked for; 30"),
        ("scan", {"crystal": "Cu", "volume_ratios": "nan"}, "no finite number"),
        (
            "scan",
            {"crystal": "Cu", "volume_ratios": "1", "pairing": True, "engine": "procrystal"},
            "electrons of DFT",
        ),
        ("scan", {"crystal": "Cu", "pressures_gpa": "0:2000:500"}, "less than or equal to 1000"),
        (
            "scan",
            {"crystal": "Cu", "pressures_gpa": [0, 50], "engine": "procrystal"},
            "know no forces",
        ),
        ("pairing", {"crystal": "Cu", "mu_star": "much"}, "mu_star"),
    ],
)
def test_bad_requests_are_refused_at_once(
    client: TestClient, kind: str, request_: dict[str, Any], words: str
) -> None:
    response = ask(client, kind, **request_)
    assert response.status_code in (400, 404)
    assert words in response.json()["error"]["message"]


def test_a_failed_job_says_why_and_may_be_asked_again(client: TestClient) -> None:
    job = ask(client, "tunnels", crystal="Cu").json()
    over = wait_for(client, job["id"])
    assert over["state"] == "failed"
    assert "searched in a grid file" in over["error"]["message"]
    assert ask(client, "tunnels", crystal="Cu").status_code == 201
    assert client.get(f"/api/jobs/{job['id']}/table").status_code == 404


def test_a_cancelled_job_stops_within_a_second(client: TestClient) -> None:
    job = ask(client, "scan", **LONG).json()
    wait_for(client, job["id"], "running")
    begun = time.monotonic()
    assert client.delete(f"/api/jobs/{job['id']}").json()["state"] == "cancelled"
    # The process is free again: another job begins and ends.
    other = ask(client, "analyze", crystal="Al", engine="procrystal", refine=False).json()
    assert wait_for(client, other["id"], "running")["state"] in ("running", "done")
    assert time.monotonic() - begun < 3.0
    assert client.delete(f"/api/jobs/{job['id']}").status_code == 409


def test_events_tell_the_way_to_the_end(client: TestClient) -> None:
    job = ask(client, "analyze", crystal="Ag", engine="procrystal", refine=False).json()
    with client.stream("GET", f"/api/jobs/{job['id']}/events") as stream:
        text = "".join(stream.iter_text())
    states = [line for line in text.splitlines() if line.startswith("data: ")]
    assert '"state":"done"' in states[-1]
    assert text.startswith("event: job\n")


def test_the_store_gives_every_job_to_one_claimer(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number in range(40):
        store.submit("analyze", "x", {}, str(number))
    claimed: list[str] = []

    def claim() -> None:
        own = Store(tmp_path)
        while job := own.claim():
            claimed.append(job.id)

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 40


def test_an_interrupted_job_is_begun_once_more(tmp_path: Path) -> None:
    store = Store(tmp_path)
    job, _ = store.submit("analyze", "x", {}, "key")
    first = store.claim()
    assert first is not None
    store.recover()
    assert store.get(job.id).state is State.QUEUED
    second = store.claim()
    assert second is not None
    assert second.attempt == 2
    assert not store.finish(job.id, first.attempt)  # the dead attempt cannot report
    assert store.get(job.id).state is State.RUNNING
    store.recover()
    over = store.get(job.id)
    assert over.state is State.FAILED
    assert over.error is not None
    assert over.error.code == "interrupted"
    with pytest.raises(ConflictError):
        store.cancel(job.id)


def test_a_killed_server_loses_and_doubles_no_job(tmp_path: Path) -> None:
    names = ("Cu", "Al", "Ag", "Au", "Ni", "Pd", "Pt", "Pb", "Nb", "W")
    requests = [{"crystal": name, "engine": "procrystal", "refine": False} for name in names]
    with Server(tmp_path) as server:
        jobs = [ask(server.client, "analyze", **request).json()["id"] for request in requests]
        wait_for(server.client, jobs[0], "running")
        server.kill()
    with Server(tmp_path) as server:
        # A client that did not hear of the first server's answer asks again.
        again = [ask(server.client, "analyze", **request).json()["id"] for request in requests]
        assert again == jobs
        over = [wait_for(server.client, job) for job in jobs]
        assert {job["state"] for job in over} == {"done"}
        assert {job["attempt"] for job in over} <= {1, 2}
        assert len(server.client.get("/api/jobs").json()["jobs"]) == len(jobs)


def _asked_and_printed(
    client: TestClient, command: list[str], kind: str, request: dict[str, Any]
) -> str:
    """The job's table once it is done, after a check that the terminal prints the same."""
    job = client.post("/api/jobs", json={"kind": kind, "request": request}).json()
    over = wait_for(client, job["id"])
    assert over["state"] == "done", over["error"]
    table = client.get(f"/api/jobs/{job['id']}/table")
    assert table.status_code == 200
    assert table.headers["content-type"].startswith("text/csv")
    printed = CliRunner().invoke(app, [*command, "--csv", "--no-files"])
    assert printed.exit_code == 0, printed.output
    assert table.text == printed.stdout
    return str(job["id"])


def test_the_table_of_an_analysis_is_the_terminals(client: TestClient) -> None:
    command = ["analyze", "Cu", "--engine", "procrystal", "--no-refine"]
    _asked_and_printed(client, command, "analyze", QUICK)


def test_the_table_of_tunnels_is_the_terminals(client: TestClient) -> None:
    file = Path(__file__).parents[1] / "data" / "h3s_elf.cube.gz"
    sent = client.post(
        "/api/uploads?name=h3s_elf.cube.gz",
        content=file.read_bytes(),
        headers={"Content-Type": "application/octet-stream"},
    ).json()
    command = ["tunnels", str(file), "--kind", "elf", "--no-refine"]
    asked = {"upload": sent["id"], "kind": "elf", "refine": False}
    _asked_and_printed(client, command, "tunnels", asked)


def test_the_table_of_a_scan_is_the_terminals_and_its_cells_can_be_drawn(
    client: TestClient,
) -> None:
    """Ratios are written as the terminal takes them; the drawn field has the scan's thresholds."""
    command = ["scan", "Al", "--engine", "procrystal", "--volume-ratio", "1.0:0.8:-0.1"]
    asked = {"crystal": "Al", "engine": "procrystal", "volume_ratios": "1.0:0.8:-0.1"}
    job = _asked_and_printed(client, command, "scan", asked)
    document = client.get(f"/api/jobs/{job}/result").json()
    assert [point["asked"] for point in document["points"]] == [0.8, 0.9, 1.0]
    middle = document["points"][1]
    found = client.get(f"/api/jobs/{job}/picture?at=0.9").json()
    assert found["scene"]["cell"] == middle["crystal"]["cell_angstrom"]
    (potential,) = (f for f in found["scene"]["fields"] if f["short"] == "KS potential")
    column = "threshold_procrystal_potential_3d"
    assert potential["events"][-1]["level"] == pytest.approx(
        middle["values"][f"{column}_ev"],
        abs=2 * middle["values"][f"{column}_error_ev"] + 1e-6,
    )
    by_reading = {one["reading"]: one["level"] for one in found["levels"].values()}
    assert by_reading["atomic"] == pytest.approx(middle["values"]["valence_level_atomic_ev"])
    away = client.get(f"/api/jobs/{job}/picture?at=0.85")
    assert away.status_code == 400
    assert "0.8, 0.9, 1" in away.json()["error"]["message"]


def test_a_scan_without_any_result_fails_as_in_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = atlas.scan_of("Xe")
    points = tuple(replace(p, status="failed", reason="no convergence") for p in failed.points)
    failed = replace(failed, points=points)
    monkeypatch.setattr("isotunnel.scan.scan", lambda *_, **__: failed)
    asked = {"crystal": "Xe", "volume_ratios": "1"}
    with pytest.raises(EngineError, match=r"no point of .*; the first: no convergence"):
        KINDS["scan"].run(asked, tmp_path, tmp_path, lambda *_: None)
    assert not (tmp_path / "document.json").exists()


@pytest.mark.parametrize("paired", [True, False])
def test_a_scan_is_asked_for_with_coupling_or_without(
    paired: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []

    def scanned(*_: object, **options: Any) -> Any:
        told.append(options["pairing"])
        return atlas.scan_of("Xe")

    monkeypatch.setattr("isotunnel.scan.scan", scanned)
    asked = {"crystal": "Xe", "volume_ratios": "1", "pairing": paired}
    KINDS["scan"].run(asked, tmp_path, tmp_path, lambda *_: None)
    assert told == [paired]


def test_the_table_of_pairing_is_the_terminals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both hand out what they are given; no DFT runs here."""
    result = made_up_result(bulk("Nb", "bcc", 3.3))
    told: list[PairingSettings] = []

    def computed(*_: object, settings: PairingSettings, **__: object) -> PairingResult:
        told.append(settings)
        return result

    monkeypatch.setattr("isotunnel.analysis.pairing.pairing", computed)
    KINDS["pairing"].run({"crystal": "Nb"}, tmp_path, tmp_path, lambda *_: None)
    printed = CliRunner().invoke(app, ["pairing", "Nb", "--csv", "--no-files"])
    assert printed.exit_code == 0, printed.output
    assert (tmp_path / "table.csv").read_text("utf-8") == printed.stdout
    (row,) = csv.DictReader(printed.stdout.splitlines())
    assert float(row["lambda"]) == result.coupling
    # The same is asked for where nothing is said of mu*.
    assert told[0].mu_star == told[1].mu_star
