"""Who is let in, and what every answer carries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lab_client import lab

from isotunnel.errors import InputError
from isotunnel.web.settings import Settings


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with lab(tmp_path_factory.mktemp("lab")) as client:
        yield client


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "localhost", "[::1]:8765"])
def test_this_machine_is_let_in(client: TestClient, host: str) -> None:
    assert client.get("/api/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[", "10.0.0.1"])
def test_a_name_made_to_point_here_is_refused(client: TestClient, host: str) -> None:
    response = client.get("/api/health", headers={"Host": host})
    assert response.status_code == 421
    assert response.json()["error"]["code"] == "host"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    ],
)
def test_scripts_of_other_pages_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    for method, path in (("GET", "/api/jobs"), ("POST", "/api/jobs"), ("DELETE", "/api/jobs/x")):
        response = client.request(method, path, headers=headers)
        assert response.status_code == 403
        assert response.json()["error"]["code"] == "origin"


def test_the_own_page_and_a_link_are_let_in(client: TestClient) -> None:
    own = {"Origin": "http://127.0.0.1:8765", "Sec-Fetch-Site": "same-origin"}
    assert client.get("/api/jobs", headers=own).status_code == 200
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/api/jobs", headers=link).status_code == 200


@pytest.mark.parametrize("path", ["/api/health", "/api/nothing", "/api/jobs/x"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "not-found"),
        ("PUT", "/api/jobs", 405, "method"),
        ("GET", "/api/jobs/unknown", 404, "not-found"),
        ("DELETE", "/api/jobs/unknown", 404, "not-found"),
        ("GET", "/api/jobs/unknown/result", 404, "not-found"),
        ("GET", "/api/jobs/unknown/events", 404, "not-found"),
        ("POST", "/api/jobs", 422, "input"),
    ],
)
def test_failures_have_one_shape(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    error = response.json()["error"]
    assert error["code"] == code
    assert "\n" not in error["message"]
    assert set(error) == {"code", "message", "exit_code"}


def test_another_address_needs_a_token(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="token"):
        Settings(tmp_path, host="0.0.0.0")
    assert Settings(tmp_path, host="0.0.0.0", token="t").token == "t"


def test_with_a_token_nothing_is_said_without_it(tmp_path: Path) -> None:
    with lab(tmp_path, token="sesame") as client:
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Cookie": "isotunnel_token=no"}):
            response = client.get("/api/jobs", headers=headers)
            assert response.status_code == 401
            assert "isotunnel serve" in response.json()["error"]["message"]
        right = {"Authorization": "Bearer sesame"}
        assert client.get("/api/jobs", headers=right).status_code == 200
        assert client.get("/?token=wrong", follow_redirects=False).status_code == 401
        link = client.get("/?token=sesame", follow_redirects=False)
        assert link.status_code == 303
        assert "HttpOnly" in link.headers["set-cookie"]
        assert "SameSite=Strict" in link.headers["set-cookie"]
        assert client.get("/api/jobs").status_code == 200  # by the cookie
