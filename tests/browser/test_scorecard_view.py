"""The scorecard's page in a browser: rows open, links lead there, and it fits every window."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import SIDEWAYS, OpenPage, Shot

from isotunnel.claims import register, scorecard
from isotunnel.report import write_scorecard

CLAIMS = ("A4", "C10")


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chosen = [claim for claim in register() if claim.id in CLAIMS]
    return write_scorecard(
        scorecard(claims=chosen), tmp_path_factory.mktemp("card") / "scorecard.html"
    )


@pytest.mark.parametrize("width", [500, 1280, 1920])
@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_every_window(
    card: Path, open_page: OpenPage, shot: Shot, width: int, dark: bool
) -> None:
    page = open_page(card, width=width, height=1080 if width == 1920 else 720, dark=dark)
    page.click("#open-all")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if width == 500:
        assert page.locator("table.piled").count() > 2
        assert page.evaluate(SIDEWAYS) == []
    for figure in page.locator("details.claim figure").all():
        box = figure.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width
    shot(page, f"{width}-{'dark' if dark else 'light'}")


def test_claims_open_and_close(card: Path, open_page: OpenPage) -> None:
    page = open_page(card)
    button = page.locator("#open-all")
    assert page.locator("details.claim[open]").count() == 0
    button.click()
    assert page.locator("details.claim[open]").count() == len(CLAIMS)
    assert button.inner_text() == "Close all claims"
    button.click()
    assert page.locator("details.claim[open]").count() == 0


def test_the_keyboard_opens_a_claim(card: Path, open_page: OpenPage) -> None:
    page = open_page(card)
    page.locator("details.claim > summary").first.focus()
    page.keyboard.press("Enter")
    page.locator("details.claim[open]").first.wait_for()
    assert page.locator("details.claim[open]").count() == 1


def test_a_link_of_the_totals_leads_to_its_claim_and_opens_it(
    card: Path, open_page: OpenPage
) -> None:
    page = open_page(card)
    page.locator(f"#totals a[href='#{CLAIMS[1]}']").first.click()
    # The page hears of the new address a moment after the click.
    page.locator(f"details.claim#{CLAIMS[1]}[open]").wait_for()
    claim = page.locator(f"details.claim#{CLAIMS[1]}")
    assert page.locator("details.claim[open]").count() == 1
    box = claim.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 720


def test_no_python_stands_in_the_words(card: Path, open_page: OpenPage) -> None:
    page = open_page(card)
    page.click("#open-all")
    words = page.locator("#made").inner_text().split()
    assert not {"None", "True", "False", "nan", "{}", "[]"} & set(words)
