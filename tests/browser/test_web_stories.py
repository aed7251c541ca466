"""The guided tours: walked from end to end, by keyboard, every answer read off its document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browsing import OpenPage, Shot

from lab_server import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

STORIES = ("tunnel", "h3s", "sodium", "drude", "meissner", "verdict")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("lab")) as address:
        yield address


def read_step(page: Page) -> None:
    """Reveal the answer of a step: nothing of it was seen, all of it comes from documents."""
    page.wait_for_selector(".story h2")
    if "step=" in page.url:
        page.wait_for_selector(".story h2:focus")
    assert page.locator(".answer, .facts").count() == 0
    button = page.get_by_role("button", name="Show the answer")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer")
    page.wait_for_selector("main .waiting", state="detached", timeout=180_000)
    assert page.locator("main .problem").count() == 0
    lines = page.locator(".facts dd").all_inner_texts()
    assert lines
    assert not [line for line in lines if not line or "not in the document" in line]


def walk(page: Page, most: int = 9) -> int:
    """Every step by the keyboard alone; how many there were."""
    for number in range(1, most + 1):
        read_step(page)
        onward = page.get_by_role("link", name="Next step")
        if number == most or onward.count() == 0:
            return number
        onward.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(f"step={number + 1}"))
        page.wait_for_selector(".answer", state="detached")
    raise AssertionError("a story without an end")


def test_the_stories_are_all_offered(server: str, open_page: OpenPage, shot: Shot) -> None:
    page = open_page(f"{server}#/stories", width=500, height=800)
    page.wait_for_selector(".cards a")
    links = [a.get_attribute("href") for a in page.locator(".cards a").all()]
    assert links == [f"#/stories/{name}" for name in STORIES]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, "all-500")


@pytest.mark.parametrize(("name", "steps"), [("tunnel", 3), ("sodium", 3)])
def test_a_story_is_walked_by_keyboard(
    server: str, open_page: OpenPage, shot: Shot, name: str, steps: int
) -> None:
    page = open_page(f"{server}#/stories/{name}", dark=name == "sodium")
    assert walk(page, steps) == steps
    shot(page, name, full=True)


def test_sodium_gaps_are_the_atlas_own(server: str, open_page: OpenPage) -> None:
    from isotunnel import atlas

    page = open_page(f"{server}#/stories/sodium?step=2&answer=shown")
    page.wait_for_selector(".facts dd")
    shown = [float(text.split()[0]) for text in page.locator(".facts dd").all_inner_texts()]
    points = atlas.document_of("Na-hP4@320GPa")["points"]
    assert shown == pytest.approx([point["values"]["band_gap_ev"] for point in points], rel=1e-3)


def test_a_step_leads_to_a_view_and_back(server: str, open_page: OpenPage) -> None:
    page = open_page(f"{server}#/stories/sodium?step=2&answer=shown")
    page.get_by_role("link", name="Find the pressure where it opens").click()
    page.wait_for_selector("main input[type=range]")
    assert page.locator("input[type=number]").input_value() == "240"
    page.get_by_role("link", name="Back to the story").click()
    page.wait_for_selector(".story .answer")
    assert "Step 2" in page.locator(".story").inner_text()


@pytest.mark.slow
@pytest.mark.parametrize("name", STORIES)
def test_every_story_has_an_end_and_an_answer_to_every_question(
    server: str, open_page: OpenPage, shot: Shot, name: str
) -> None:
    page = open_page(f"{server}#/stories/{name}")
    assert walk(page) >= 3
    shot(page, f"{name}-end", full=True)
