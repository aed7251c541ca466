"""The web lab for everyone: no serious fault that axe-core finds; pages and charts to keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import OpenPage, Shot

from lab_server import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
QUICK = ("", "pressure/Xe", "theories", "table?row=S01", "stories/sodium?step=2&answer=shown")
HEAVY = (
    "jobs",
    "jobs?kind=scan",
    "diagram/Pb?theories=bcs&p=5&t=5",
    "theories?of=tc",
    "theories?of=hc",
    "scorecard",
    "scorecard/A4",
    "scorecard/B12",
    "crystal/NaCl",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("lab")) as address:
        yield address


def settled(page: Page) -> Page:
    page.wait_for_selector("main h1")
    page.wait_for_selector("main .waiting", state="detached", timeout=400_000)
    return page


def faults(page: Page) -> list[str]:
    """What axe-core calls serious or critical."""
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert found["passes"] or found["violations"]
    return [
        f"{one['id']}: {node['target']}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def check(server: str, open_page: OpenPage, view: str, dark: bool) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (make frontend-setup)")
    page = settled(open_page(f"{server}#/{view}", width=1280 if dark else 500, dark=dark))
    if view.startswith("crystal"):
        page.wait_for_selector(".iso-viewer[data-ready]", timeout=180_000)
    assert faults(page) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("view", QUICK)
def test_a_view_has_no_serious_fault(
    server: str, open_page: OpenPage, view: str, dark: bool
) -> None:
    check(server, open_page, view, dark)


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("view", HEAVY)
def test_a_view_that_takes_time_has_no_serious_fault(
    server: str, open_page: OpenPage, view: str, dark: bool
) -> None:
    check(server, open_page, view, dark)


KEPT = (
    "pressure/Xe?p=50",
    "theories",
    "table?row=S01",
    "stories/sodium?step=2&answer=shown",
    "jobs",
    "jobs?kind=scan",
)
KEPT_LATER = ("diagram/Pb?theories=bcs&p=5&t=5", "scorecard", "scorecard/A4", "crystal/NaCl")


@pytest.mark.parametrize("view", KEPT)
def test_a_saved_page_is_the_view_without_the_server(
    server: str, open_page: OpenPage, shot: Shot, tmp_path: Path, view: str
) -> None:
    keep(server, open_page, shot, tmp_path / "kept.html", view)


@pytest.mark.slow
@pytest.mark.parametrize("view", KEPT_LATER)
def test_a_saved_page_of_a_view_that_takes_time_is_the_view(
    server: str, open_page: OpenPage, shot: Shot, tmp_path: Path, view: str
) -> None:
    keep(server, open_page, shot, tmp_path / "kept.html", view)


def keep(server: str, open_page: OpenPage, shot: Shot, target: Path, view: str) -> None:
    """Save a view, open the file alone, and find in it all that the view says and draws."""
    page = settled(open_page(f"{server}#/{view}"))
    drawn(page, view)
    before = at_rest(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save page").click()
    download.value.save_as(target)
    kept = open_page(target)  # fails where anything is asked of a server
    after = seen(kept)
    assert {name: after[name] for name in before} == before
    assert kept.locator("main img").count() == page.locator("main canvas").count()
    for picture in kept.locator("main img").all():
        assert picture.evaluate("i => i.complete && i.naturalWidth > 100")
    assert view.split("?")[0] in kept.locator("main").inner_text()
    assert kept.locator("script").count() == 0
    shot(kept, f"saved-{re.sub('[^A-Za-z0-9]+', '-', view)}", full=True)


def drawn(page: Page, view: str) -> None:
    """Wait for pictures that come after the words."""
    if view.startswith("pressure"):
        page.wait_for_selector(".crystal-at [data-at]", timeout=180_000)
    if view.startswith("crystal"):
        page.wait_for_selector(".iso-viewer[data-ready]", timeout=180_000)
        page.wait_for_selector("h2:has-text('Lifting gaps')")
    if view.startswith(("pressure", "theories", "table")):
        page.wait_for_selector(".chart svg")
    if view.startswith("diagram"):
        page.wait_for_selector(".plane svg")


def seen(page: Page) -> dict[str, object]:
    """What a reader finds: words, numbers, marks of drawings."""
    main = page.locator("main")
    return {
        "headings": main.locator("h1, h2, h3").all_inner_texts(),
        "cells": main.locator("td, th, dd").all_inner_texts(),
        "drawings": main.locator(".chart svg, .plane svg").evaluate_all(
            "all => all.map(one => one.querySelectorAll('path, rect, circle, line').length)"
        ),
        "level": main.locator(".iso-rank, .iso-remark").all_inner_texts(),
    }


def at_rest(page: Page) -> dict[str, object]:
    """What is seen once it stays for a second: answers of the server come one after the other."""
    before, same = seen(page), 0
    for _ in range(80):
        page.wait_for_timeout(250)
        now = seen(page)
        same = same + 1 if now == before else 0
        if same == 4:
            return now
        before = now
    raise AssertionError(f"the view does not come to rest: {before}")


def test_charts_are_kept_as_svg_and_png(server: str, open_page: OpenPage, tmp_path: Path) -> None:
    page = settled(open_page(f"{server}#/pressure/Xe"))
    page.wait_for_selector(".chart svg")
    kept = {}
    for kind in ("SVG", "PNG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save as {kind}: Gaps").first.click()
        target = tmp_path / download.value.suggested_filename
        download.value.save_as(target)
        kept[kind] = target.read_bytes()
    assert b"var(--" not in kept["SVG"]
    assert b"pressure (GPa)" in kept["SVG"]
    assert b"band" in kept["SVG"]  # the legend
    assert kept["PNG"].startswith(b"\x89PNG")
    assert len(kept["PNG"]) > 10_000
