"""The report in a browser: the 3D view starts, obeys, and says so where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import OpenPage, Shot

from isotunnel.analysis import analyze
from isotunnel.engines.procrystal import ProcrystalEngine
from isotunnel.report import write_report


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """H3S at 200 GPa from superposed atoms, on a coarse grid."""
    analysis = analyze("H3S@200GPa", engine=ProcrystalEngine(shape=(24, 24, 24)))
    return write_report(analysis, tmp_path_factory.mktemp("view") / "h3s", figures=False).html


@pytest.mark.parametrize("width", [500, 1280, 1920])
def test_the_view_starts(report: Path, open_page: OpenPage, shot: Shot, width: int) -> None:
    page = open_page(report, width=width, height=1080 if width == 1920 else 720)
    page.wait_for_selector("html[data-viewer=ready]", state="attached")
    assert page.locator("#viewer canvas").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, f"start-{width}")


def test_without_webgl_the_page_says_so(report: Path, open_page: OpenPage) -> None:
    page = open_page(
        report,
        before="HTMLCanvasElement.prototype.getContext = () => null",
        allowed=("WebGL", "The 3D view could not start"),
    )
    page.wait_for_selector("html[data-viewer=failed]", state="attached")
    assert "needs WebGL" in page.locator("#viewer-fallback").inner_text()
