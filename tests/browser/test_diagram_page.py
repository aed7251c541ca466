"""The diagram's page in a browser: hover, keyboard, and every width."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import OpenPage, Shot

from isotunnel.diagrams import diagram
from isotunnel.report import write_diagram

if TYPE_CHECKING:
    from playwright.sync_api import Page

THEORIES = ("tunnel-ks", "bloch_grueneisen+allen_dynes")


@pytest.fixture(scope="module")
def lead(tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = tmp_path_factory.mktemp("diagram") / "lead.html"
    write_diagram(diagram("Pb", THEORIES), html=page)
    return page


def point_at(page: Page, figure: int, across: float, up: float) -> str:
    """Move the mouse to a share of a panel's width and height; what the box then says."""
    svg = page.locator(".plane svg").nth(figure)
    # Playwright's own way of scrolling waits for the page to rest, at every point.
    svg.evaluate("shown => shown.scrollIntoView({block: 'nearest'})")
    box = svg.bounding_box()
    edges = page.evaluate("JSON.parse(document.getElementById('diagram-axes').textContent).box")
    assert box is not None
    x = edges["left"] + across * (edges["right"] - edges["left"])
    y = edges["bottom"] - up * (edges["bottom"] - edges["top"])
    page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
    tip = page.locator("#tip")
    return tip.inner_text() if tip.is_visible() else ""


@pytest.mark.parametrize("width", [500, 1280, 1920])
@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_every_window(
    lead: Path, open_page: OpenPage, shot: Shot, width: int, dark: bool
) -> None:
    page = open_page(lead, width=width, height=1080 if width == 1920 else 720, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for svg in page.locator(".plane svg").all():
        box = svg.bounding_box()
        assert box is not None
        assert box["width"] <= width
        # Letters of nine points and more, as drawn, are at least nine pixels high.
        assert 9 * box["width"] / 403 >= 8.5
    table = page.locator("table.stacked")
    assert table.evaluate("t => t.scrollWidth <= t.parentElement.clientWidth")
    shot(page, f"{width}-{'dark' if dark else 'light'}")


def test_regions_tell_state_place_and_source(lead: Path, open_page: OpenPage, shot: Shot) -> None:
    page = open_page(lead)
    words = point_at(page, 0, 0.4, 0.2)
    assert words.startswith("superconducting")
    assert "here: " in words
    assert "GPa" in words
    assert "volume_per_atom_a3" in words, "what it rests on, with its source"
    assert "derived" in words
    liquid = point_at(page, 1, 0.5, 0.95)
    assert liquid.startswith("cannot say")
    shot(page, "hover")


def sweep(page: Page, figure: int, across: float, first: int, last: int) -> list[str]:
    """What the box says along an upright, from a 120th of the height to another."""
    return [point_at(page, figure, across, step / 120) for step in range(first, last)]


def test_marks_and_curves_tell_values_and_sources(lead: Path, open_page: OpenPage) -> None:
    page = open_page(lead)
    seen = {0: "", 1: ""}
    for figure in seen:
        seen[figure] = next(
            words for words in sweep(page, figure, 0.0, 80, 95) if words.startswith("conducts")
        )
    assert "microohm cm" in seen[0]
    assert "resistivity_vs_temperature:" in seen[0]
    assert "✗" in seen[0]
    assert "superconducts at" in seen[0]
    assert "✗" not in seen[1]
    curves = {words.split("\n")[0]: words for words in sweep(page, 1, 0.3, 91, 121)}
    melting = curves["melting"]
    assert "source: " in melting
    assert "at 0.00" in melting, "the temperature of the line at the pointer's pressure"
    assert "600" in melting
    edge = [w for w in sweep(page, 1, 0.75, 36, 46) if w.startswith("boundary")]
    assert edge
    boundary = edge[0]
    assert "superconducting | conducting" in boundary
    assert "rests on: " in boundary


def test_the_box_stays_in_the_window(lead: Path, open_page: OpenPage, shot: Shot) -> None:
    page = open_page(lead, width=500, height=900)
    for across in (0.02, 0.5, 0.98):
        for up in (0.05, 0.5, 0.9):
            assert point_at(page, 0, across, up)
            box = page.locator("#tip").bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 500
    shot(page, "hover-500")


def test_arrow_keys_go_through_a_figure(lead: Path, open_page: OpenPage) -> None:
    page = open_page(lead)
    page.locator(".plane").first.focus()
    seen = []
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        seen.append(page.locator("#tip").inner_text())
    assert len(set(seen)) > 2
    page.keyboard.press("ArrowLeft")
    assert page.locator("#tip").inner_text() == seen[-2]
    page.keyboard.press("Escape")
    assert page.locator("#tip").is_hidden()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "plane"
    assert page.locator("#tip").is_hidden()


def test_everything_drawn_has_its_words(lead: Path, open_page: OpenPage) -> None:
    page = open_page(lead)
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('.plane g[id]')].map((g) => g.id)
            .filter((id) => /^panel\\d+-(region|boundary|line|point)\\d+$/.test(id))"""
    )
    tips = page.evaluate("JSON.parse(document.getElementById('diagram-tips').textContent)")
    assert len(drawn) > 20
    for name in drawn:
        panel, _, own = name.partition("-")
        tip = tips[int(panel.removeprefix("panel"))][own]
        assert tip["name"]
        assert tip["words"]
