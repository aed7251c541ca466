"""What a client sends: names, sizes, bombs and silence."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from lab_client import ask, lab, wait_for

from isotunnel.errors import InputError
from isotunnel.web.problems import BusyError
from isotunnel.web.settings import MIB, Settings
from isotunnel.web.uploads import Uploads, safe_name

ELF = Path(__file__).parents[1] / "data" / "h3s_elf.cube.gz"
BYTES = {"Content-Type": "application/octet-stream"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = tmp_path_factory.mktemp("lab")
    with lab(home, largest_upload_bytes=2 * MIB, largest_inflated_bytes=4 * MIB) as client:
        yield client


def send(client: TestClient, content: bytes, name: str = "x.cube", **headers: str):
    return client.post(
        "/api/uploads", params={"name": name}, content=content, headers={**BYTES, **headers}
    )


@given(st.text())
def test_a_name_never_leads_anywhere(name: str) -> None:
    safe = safe_name(name)
    assert safe not in ("", ".", "..")
    assert not safe.startswith(".")
    assert not set(safe) & set("/\\\0:")
    assert len(safe) <= 80


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\windows\\CHGCAR.gz", "CHGCAR"),
        ("..", "upload"),
        ("elf of H3S.cube.gz", "elf_of_H3S.cube"),
        (".hidden", "hidden"),
    ],
)
def test_names_keep_what_tells_the_format(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_cube_gives_the_thresholds_of_the_terminal(client: TestClient) -> None:
    from isotunnel.fields import read_fields
    from isotunnel.tunnels import find_tunnels

    sent = send(client, ELF.read_bytes(), "h3s_elf.cube.gz")
    assert sent.status_code == 201
    job = ask(client, "tunnels", upload=sent.json()["id"]).json()
    assert wait_for(client, job["id"])["state"] == "done"
    document = client.get(f"/api/jobs/{job['id']}/result").json()
    (field,) = read_fields(ELF)
    expected = find_tunnels(field).as_dict()
    assert document["thresholds"] == expected["thresholds"]
    assert document["other_parts"] == []


def test_the_same_file_is_kept_once(client: TestClient) -> None:
    first, again = (send(client, b"abc", "a.cube").json()["id"] for _ in range(2))
    other_name = send(client, b"abc", "CHGCAR").json()["id"]
    assert first == again != other_name


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"x" * (2 * MIB + 1), 413, "MiB"),
        (gzip.compress(bytes(64 * MIB)), 413, "inflates to more than the 4 MiB"),
        (gzip.compress(b"cube")[:-6], 400, "ends before its end"),
        (b"\x1f\x8b" + b"nonsense" * 9, 400, "damaged"),
        (b"", 400, "empty"),
    ],
    ids=["large", "bomb", "cut", "nonsense", "empty"],
)
def test_bad_uploads_are_refused_in_one_line(
    client: TestClient, content: bytes, status: int, words: str
) -> None:
    response = send(client, content)
    assert response.status_code == status
    assert words in response.json()["error"]["message"]


def run_apart(work: Coroutine[Any, Any, object]) -> None:
    """In a thread of its own: a browser's test before may have left its event loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, work).result()


def test_a_bomb_takes_no_memory(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(256 * MIB))

    async def pieces() -> AsyncIterator[bytes]:
        yield bomb

    uploads = Uploads(Settings(tmp_path, largest_inflated_bytes=200 * MIB))
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="200 MiB"):
            run_apart(uploads.receive(pieces(), "x"))
        assert tracemalloc.get_traced_memory()[1] < 16 * MIB
    finally:
        tracemalloc.stop()
    assert not list((tmp_path / "uploads").iterdir())


def test_a_form_of_another_page_cannot_send(client: TestClient) -> None:
    response = send(client, b"abc", **{"Content-Type": "text/plain"})
    assert response.status_code == 400
    assert "octet-stream" in response.json()["error"]["message"]


def test_who_falls_silent_loses_its_place(tmp_path: Path) -> None:
    async def silent() -> AsyncIterator[bytes]:
        yield b"begun"
        await asyncio.sleep(60)

    async def ready() -> AsyncIterator[bytes]:
        yield b"whole"

    async def scenario() -> None:
        uploads = Uploads(Settings(tmp_path, upload_pause_s=0.2, uploads_at_once=2))
        waiting = [asyncio.create_task(uploads.receive(silent(), "x")) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(BusyError, match="in a moment"):
            await uploads.receive(ready(), "x")
        for task in waiting:
            with pytest.raises(InputError, match="no byte came"):
                await task
        assert (await uploads.receive(ready(), "x")).bytes == 5

    run_apart(scenario())


def test_a_boastful_cube_fails_in_its_job_alone(client: TestClient) -> None:
    header = "boast\n\n    1 0 0 0\n 10000 1 0 0\n 10000 0 1 0\n 10000 0 0 1\n 1 0 0 0 0\n 1.0\n"
    sent = send(client, header.encode(), "boast.cube").json()
    job = wait_for(client, ask(client, "tunnels", upload=sent["id"]).json()["id"])
    assert job["state"] == "failed"
    assert job["error"]["code"] == "input"
    assert "Traceback" not in job["error"]["message"]
    assert client.get("/api/health").json()["status"] == "ok"
