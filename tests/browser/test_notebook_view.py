"""The 3D view as a notebook shows it: a frame in a page, with everything inside."""

from __future__ import annotations

from pathlib import Path

from browsing import OpenPage, Shot
from crystals import skew

import isotunnel


def test_the_frame_of_a_notebook_draws(tmp_path: Path, open_page: OpenPage, shot: Shot) -> None:
    result = skew()
    notebook = tmp_path / "notebook.html"
    cells = f"{result._repr_html_()}{isotunnel.show(result)._repr_html_()}"
    notebook.write_text(f"<!doctype html><title>notebook</title><body>{cells}", "utf-8")
    page = open_page(notebook, width=900, height=1000)
    frame = page.frame_locator("iframe")
    frame.locator("html[data-viewer=ready]").wait_for(state="attached")
    frame.get_by_role("button", name="1D").click()
    page.wait_for_timeout(100)
    assert "along one direction" in frame.locator("#v-rank").inner_text()
    shot(page, "frame")
