"""The built front end that the package ships: made from the sources beside it, small, licensed."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
from importlib import resources
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[2] / "frontend"
BUNDLE = Path(str(resources.files("isotunnel.report"))) / "static" / "viewer.min.js"
NPM = shutil.which("npm")
no_node = pytest.mark.skipif(
    NPM is None or not (FRONTEND / "node_modules").is_dir(),
    reason="Node's packages are not installed (make frontend-setup)",
)


def npm(*words: str) -> str:
    """What an npm script prints; the test fails with it where it fails."""
    run = subprocess.run(
        [str(NPM), "run", "--silent", *words],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_the_bundle_is_made_from_the_sources() -> None:
    """Where it fails: ``make frontend``, and commit the result. Needs no Node."""
    made = hashlib.sha256()
    sources = sorted(
        f.relative_to(FRONTEND).as_posix() for f in (FRONTEND / "viewer").rglob("*.ts")
    )
    assert len(sources) > 5
    for name in [*sources, "vite.config.js"]:
        made.update((FRONTEND / name).read_bytes())
    packages = json.loads((FRONTEND / "package.json").read_text("utf-8"))
    versions = packages["dependencies"]["three"], packages["devDependencies"]["vite"]
    made.update("three {}, vite {}".format(*versions).encode())
    assert f"sha256 {made.hexdigest()}" in BUNDLE.read_text("utf-8")[:400]


@no_node
def test_the_bundle_is_what_the_sources_make(tmp_path: Path) -> None:
    npm("build:viewer", "--", "--outDir", str(tmp_path))
    assert (tmp_path / BUNDLE.name).read_bytes() == BUNDLE.read_bytes()


@no_node
def test_the_web_lab_is_what_the_sources_make(tmp_path: Path) -> None:
    npm("build:page", "--", "--outDir", str(tmp_path))
    shipped = Path(str(resources.files("isotunnel.web"))) / "static"
    names = {path.name for path in shipped.iterdir()}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert [n for n in names if (tmp_path / n).read_bytes() != (shipped / n).read_bytes()] == []


@no_node
def test_the_laws_of_the_front_end_hold() -> None:
    assert "passed" in npm("test")


def test_the_bundle_is_small_licensed_and_stays_in_its_element() -> None:
    code = BUNDLE.read_bytes()
    assert len(gzip.compress(code)) < 250_000
    text = code.decode("utf-8")
    assert "three.js authors" in text[:1000]
    assert "Permission is hereby granted" in text[:1000]
    assert "</script" not in text.lower()
