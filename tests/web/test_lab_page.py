"""The page as it ships: made from its sources, small, and served with nothing from elsewhere."""

from __future__ import annotations

import gzip
import hashlib
import re
from importlib import resources
from pathlib import Path

from lab_client import lab

import make_frontend_types

FRONTEND = Path(__file__).parents[2] / "frontend"
STATIC = Path(str(resources.files("isotunnel.web"))) / "static"
LARGEST_BYTES = 900_000


def test_the_page_is_made_from_its_sources() -> None:
    """Where it fails: ``make frontend``, and commit the result. Needs no Node."""
    made = hashlib.sha256()
    sources = [
        path.relative_to(FRONTEND).as_posix()
        for room in ("app", "viewer")
        for path in (FRONTEND / room).rglob("*")
        if path.suffix in (".ts", ".tsx", ".css", ".html")
    ]
    assert len(sources) > 20
    alone = ["package-lock.json", "vite.app.config.js"]
    for name in [*sorted(sources), *alone, "../src/isotunnel/report/static/viewer.css"]:
        made.update((FRONTEND / name).read_bytes())
    assert (STATIC / "sources.sha256").read_text("utf-8").strip() == made.hexdigest()


def test_the_types_of_the_page_are_the_shapes_of_the_documents() -> None:
    """Where it fails: ``python scripts/make_frontend_types.py``, then ``make frontend``."""
    assert make_frontend_types.stale() == []


def test_the_page_is_small_and_tells_its_licences() -> None:
    files = [path for path in STATIC.rglob("*") if path.is_file()]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < LARGEST_BYTES
    licences = (STATIC / "licences.txt").read_text("utf-8")
    for name in ("three", "preact", "@observablehq/plot"):
        assert name in licences


def test_the_page_loads_nothing_from_elsewhere_and_runs_no_inline_script(tmp_path: Path) -> None:
    with lab(tmp_path) as client:
        page = client.get("/")
        assert page.status_code == 200
        sources = re.findall(r"(?:src|href)=\"([^\"]+)\"", page.text)
        assert len(sources) >= 2
        assert not [s for s in sources if s.startswith(("http", "//"))]
        assert re.findall(r"<script[^>]*>[^<]", page.text) == []
        for source in sources:
            if not source.startswith("data:"):
                assert client.get(f"/{source.removeprefix('./')}").status_code == 200


def test_the_list_of_addresses_is_whole_and_needs_no_script(tmp_path: Path) -> None:
    with lab(tmp_path) as client:
        page = client.get("/api/docs")
        assert page.status_code == 200
        assert "<script" not in page.text
        paths = client.get("/api/openapi.json").json()["paths"]
        assert len(paths) > 15
        assert [path for path in paths if path not in page.text] == []
