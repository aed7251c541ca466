"""Attacks on a server of its own: a clear refusal each, and others are served meanwhile."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx2
import pytest
from lab_client import LONG, Server, ask, wait_for

from isotunnel.web.settings import MIB

BYTES = {"Content-Type": "application/octet-stream"}
VOXELS = 10_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("lab")) as running:
        yield running


def send(server: Server, content: object, name: str = "x.cube") -> httpx2.Response:
    return server.client.post("/api/uploads", params={"name": name}, content=content, headers=BYTES)


def served(server: Server) -> bool:
    return bool(server.client.get("/api/health").json()["status"] == "ok")


def opened(server: Server) -> socket.socket:
    """A connection that begins an upload and falls silent."""
    address = urlsplit(str(server.client.base_url))
    connection = socket.create_connection((address.hostname, address.port), timeout=10)
    connection.sendall(
        b"POST /api/uploads?name=x.cube HTTP/1.1\r\n"
        + f"Host: {address.netloc}\r\n".encode()
        + b"Content-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\nbegun"
    )
    return connection


@pytest.mark.parametrize("stated", [True, False], ids=["stated", "chunked"])
def test_200_mb_of_rubbish_are_refused(server: Server, stated: bool) -> None:
    piece = b"\x9d" * MIB

    def pieces() -> Iterator[bytes]:
        for _ in range(200):
            yield piece

    try:
        response = send(server, piece * 200 if stated else pieces())
    except httpx2.TransportError:
        pass  # refused and closed while the client was still sending
    else:
        assert response.status_code == 413
        assert "MiB" in response.json()["error"]["message"]
    assert served(server)


def test_a_bomb_is_refused(server: Server) -> None:
    # Two streams that inflate to twice the most that is taken.
    bomb = gzip.compress(bytes(600 * MIB), 1)
    assert len(bomb) < 8 * MIB
    response = send(server, bomb)
    assert response.status_code == 413
    assert "inflates" in response.json()["error"]["message"]
    assert served(server)


def test_a_path_is_only_a_name(server: Server) -> None:
    response = send(server, b"abc", "../../etc/passwd")
    assert response.status_code == 201
    assert response.json()["name"] == "passwd"
    for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd"):
        assert server.client.get(path).status_code == 404


def test_a_cube_of_a_million_million_voxels_fails_in_one_line(server: Server) -> None:
    axes = "".join(f" {VOXELS} {axis}\n" for axis in ("1 0 0", "0 1 0", "0 0 1"))
    cube = f"boast\n\n    1 0 0 0\n{axes} 1 0 0 0 0\n 1.0\n"
    sent = send(server, cube.encode(), "boast.cube").json()
    job = ask(server.client, "tunnels", upload=sent["id"]).json()
    over = wait_for(server.client, job["id"])
    assert over["state"] == "failed"
    assert "\n" not in over["error"]["message"]
    assert "Traceback" not in over["error"]["message"]


def test_a_foreign_origin_is_refused(server: Server) -> None:
    response = server.client.get("/api/jobs", headers={"Origin": "https://evil.example"})
    assert response.status_code == 403


def test_half_open_uploads_keep_nobody_out(server: Server) -> None:
    keep_open(server, 100)


@pytest.mark.slow
def test_a_thousand_half_open_uploads_keep_nobody_out(server: Server) -> None:
    keep_open(server, 1000)


def keep_open(server: Server, number: int) -> None:
    with ExitStack() as kept:
        for _ in range(number):
            kept.enter_context(opened(server))
        begun = time.monotonic()
        assert served(server)
        assert server.client.get("/api/atlas").status_code == 200
        assert time.monotonic() - begun < 10.0
    assert served(server)


def test_a_cancelled_job_is_over_within_a_second(server: Server) -> None:
    job = ask(server.client, "scan", **LONG).json()
    wait_for(server.client, job["id"], "running")
    begun = time.monotonic()
    assert server.client.delete(f"/api/jobs/{job['id']}").status_code == 200
    assert wait_for(server.client, job["id"])["state"] == "cancelled"
    assert time.monotonic() - begun < 1.0


CLIENTS = 50
PATHS = ("/api/atlas/Xe", "/api/atlas/NaCl", "/api/hydrides", "/api/jobs", "/api/health")


@pytest.mark.slow
def test_fifty_clients_on_stored_results(server: Server) -> None:
    """Each asks once a second; no error, and nearly all answers before a person notices."""
    for path in PATHS:
        assert server.client.get(path).status_code == 200
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = list(pool.map(lambda _: one_client(str(server.client.base_url)), range(CLIENTS)))
    times = sorted(seconds for each in found for seconds in each)
    assert len(times) == CLIENTS * len(PATHS)
    assert times[int(0.95 * len(times))] < 0.3


def one_client(address: str) -> list[float]:
    taken = []
    with httpx2.Client(base_url=address, timeout=60.0) as client:
        for path in PATHS:
            time.sleep(1.0)  # a person looks before the next click
            begun = time.monotonic()
            assert client.get(path).status_code == 200
            taken.append(time.monotonic() - begun)
    return taken
