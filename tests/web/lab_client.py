"""A web lab in this process, and one in a process of its own that can be killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from fastapi.testclient import TestClient

from isotunnel.web.app import create_app
from isotunnel.web.settings import Settings

QUICK = {"crystal": "Cu", "engine": "procrystal", "refine": False}
LONG = {
    "crystal": "NaCl",
    "engine": "procrystal",
    "volume_ratios": [round(0.7 + 0.01 * step, 2) for step in range(30)],
}
PATIENCE_S = 90.0


@contextmanager
def lab(home: Path, **settings: Any) -> Iterator[TestClient]:
    """A client of a lab whose jobs run."""
    with TestClient(
        create_app(Settings(home, **settings)), base_url="http://127.0.0.1:8765"
    ) as client:
        yield client


def ask(client: Any, kind: str, **request: Any) -> httpx2.Response:
    """Submit a job."""
    response: httpx2.Response = client.post("/api/jobs", json={"kind": kind, "request": request})
    return response


def wait_for(client: Any, identity: str, *states: str) -> dict[str, Any]:
    """The job once it is in one of the states (or over)."""
    wanted = {*(states or ("done",)), "done", "failed", "cancelled"}
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        job: dict[str, Any] = client.get(f"/api/jobs/{identity}").json()
        if job["state"] in wanted:
            return job
        time.sleep(0.1)
    raise AssertionError(f"still {job['state']} after {PATIENCE_S} s: {job['message']}")


class Server:
    """``isotunnel serve`` in a process group of its own."""

    def __init__(self, home: Path) -> None:
        command = [sys.executable, "-c", "from isotunnel.cli.main import run; run()"]
        options = ["serve", "--port", "0", "--no-open", "--home", str(home), "--workers", "2"]
        self._process = subprocess.Popen(
            [*command, *options],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "COLUMNS": "200"},
        )
        assert self._process.stderr is not None
        line = self._process.stderr.readline()
        found = re.search(r"http://\S+", line)
        assert found, line
        self.client = httpx2.Client(base_url=found[0], timeout=30.0)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        """As Ctrl-C does, where it still runs."""
        self.client.close()
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
        assert self._process.stderr is not None
        self._process.stderr.close()

    def kill(self) -> None:
        """As a power cut does: at once; its jobs' processes must die with it."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(30)
