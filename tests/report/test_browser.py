"""The viewer itself: up to date, decoding what Python packed, and running in a browser."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from report_cases import SKEW_CELL, layered

from isotunnel.report import ReportFiles
from isotunnel.report.scene.encode import STEPS, encode_surface
from isotunnel.report.scene.surface import surface_at

REPORT = resources.files("isotunnel.report")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
NODE = shutil.which("node")


def test_the_bundle_is_made_from_the_sources() -> None:
    """Fails when viewer/*.js changed: run scripts/bundle_viewer.sh and commit its result."""
    viewer = Path(str(REPORT.joinpath("viewer")))
    sources = b"".join(f.read_bytes() for f in sorted(viewer.glob("*.js"), key=lambda f: f.name))
    bundle = REPORT.joinpath("static", "viewer.min.js").read_text("utf-8")
    assert f"sha256 {hashlib.sha256(sources).hexdigest()}" in bundle[:400]


def test_the_bundle_is_small_licensed_and_stays_in_its_element() -> None:
    bundle = REPORT.joinpath("static", "viewer.min.js").read_text("utf-8")
    assert len(bundle.encode()) < 800_000
    assert "three.js authors" in bundle[:1000]
    assert "Permission is hereby granted" in bundle[:1000]
    assert "</script" not in bundle.lower()


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_javascript_decodes_what_python_packed(tmp_path: Path) -> None:
    surface = surface_at(layered(), SKEW_CELL, -0.5, 1)
    packed = encode_surface(surface)
    (tmp_path / "mesh").write_bytes(b"ahead" + packed.data)
    code = REPORT.joinpath("viewer", "decode.js").read_text("utf-8")
    (tmp_path / "decode.mjs").write_text(code, "utf-8")
    level = {"vertices": packed.vertices, "triangles": packed.rank_counts, "offset": 5}
    (tmp_path / "run.mjs").write_text(
        f"""import {{ readFileSync }} from "node:fs";
import {{ decodeSurface }} from "./decode.mjs";
const bytes = new Uint8Array(readFileSync("mesh"));
const found = decodeSurface(bytes, {json.dumps(level)}, {json.dumps(SKEW_CELL.tolist())}, {STEPS});
const lists = Object.entries(found).map(([name, array]) => [name, Array.from(array)]);
console.log(JSON.stringify(Object.fromEntries(lists)));
""",
        "utf-8",
    )
    assert NODE is not None
    run = subprocess.run(
        [NODE, "run.mjs"], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    )
    found = {name: np.array(values) for name, values in json.loads(run.stdout).items()}
    corners = found["positions"].reshape(-1, 3)[found["indices"].reshape(-1, 3)]
    wanted = (surface.vertices @ SKEW_CELL)[surface.triangles]
    assert np.abs(corners - wanted).max() < 2 * np.abs(SKEW_CELL).sum(axis=0).max() / STEPS
    normals = found["normals"].reshape(-1, 3)[found["indices"].reshape(-1, 3)]
    assert np.abs(normals - surface.normals[surface.triangles]).max() < 0.025


def browse(page: Path, profile: Path, *flags: str) -> tuple[str, str]:
    """The page's document after its scripts ran, and the browser's log."""
    assert CHROMIUM is not None
    run = subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            *flags,
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={profile}",
            "--virtual-time-budget=5000",
            "--enable-logging=stderr",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return run.stdout, run.stderr


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_the_view_starts_without_complaint(written: ReportFiles, tmp_path: Path) -> None:
    software = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
    page, log = browse(written.html, tmp_path / "profile", *software)
    assert 'data-viewer="ready"' in page
    assert "CONSOLE" not in log
    assert "network: connected along all three directions" in page.split("<script", 1)[0] or (
        "wires: connected along one direction" in page.split("<script", 1)[0]
    )


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_without_webgl_the_page_says_so(written: ReportFiles, tmp_path: Path) -> None:
    page, _ = browse(written.html, tmp_path / "profile", "--disable-gpu", "--disable-3d-apis")
    assert 'data-viewer="failed"' in page
    assert '<div id="viewer-fallback">' in page


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_buttons_of_close_thresholds_do_not_cover_each_other(
    written: ReportFiles, tmp_path: Path
) -> None:
    """Three more thresholds one step apart."""
    made = """<script>setTimeout(() => {
      const jumps = document.getElementById("v-jumps");
      const boxes = [...jumps.children].map((b) => b.getBoundingClientRect());
      const apart = boxes.every((b, i) => i === 0 || b.left >= boxes[i - 1].right);
      document.body.dataset.buttons = `${boxes.length} ${apart}`;
    }, 1500)</script>"""
    code = written.html.read_text("utf-8")
    close = code.replace('"thresholds":[]', '"thresholds":[1]', 3)
    assert close != code
    page = tmp_path / "close.html"
    page.write_text(close.replace("</body>", made + "</body>"), "utf-8")
    software = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
    shown, _ = browse(page, tmp_path / "profile", "--window-size=1280,900", *software)
    found = re.search(r'data-buttons="(\d+) (\w+)"', shown)
    assert found is not None
    assert int(found[1]) > 2
    assert found[2] == "true"
