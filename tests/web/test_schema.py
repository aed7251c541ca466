"""Requests made up from the OpenAPI page: none is an error of the server's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lab_client import Server


@pytest.mark.slow
def test_no_made_up_request_is_an_error_of_the_server(tmp_path: Path) -> None:
    pytest.importorskip("schemathesis", reason="schemathesis is not installed")
    with Server(tmp_path / "home") as server:
        # Judged once beforehand, for it takes longer than a made-up request may.
        assert server.client.get("/api/scorecard", timeout=300.0).status_code == 200
        program = "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())"
        options = ["--checks", "not_a_server_error", "--max-examples", "8"]
        done = subprocess.run(
            [
                *(sys.executable, "-c", program, "run"),
                str(server.client.base_url.join("/api/openapi.json")),
                *options,
                *("--request-timeout", "60", "--phases", "fuzzing,examples"),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert "Tested: " in done.stdout
        assert done.returncode == 0, done.stdout[-3000:]
        assert server.client.get("/api/health").status_code == 200
