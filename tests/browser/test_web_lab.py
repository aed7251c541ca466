"""Every view of the web lab, driven in a browser; pictures are kept and looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import OpenPage, Shot
from lab_server import served

SIZES = ((500, 800), (1280, 720), (1920, 1080))
VIEWS = (
    "",
    "pressure/Xe",
    "diagram/Pb?theories=bcs",
    "table",
    "stories",
    "stories/h3s?step=2",
    "jobs",
    "theories",
    "theories?of=hc",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("lab")) as address:
        yield address


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_view_opens_without_complaint_and_fits(
    server: str, open_page: OpenPage, shot: Shot, view: str, width: int, height: int
) -> None:
    page = open_page(f"{server}#/{view}", width=width, height=height, dark=width == 1280)
    page.wait_for_selector("main h1")
    page.wait_for_selector("main .waiting", state="detached", timeout=120_000)
    assert page.locator("main .problem").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, f"{re.sub(r'[^a-z]+', '-', view.lower()) or 'start'}-{width}")


def test_a_link_restores_the_table(server: str, open_page: OpenPage) -> None:
    page = open_page(f"{server}#/table?find=phi+%3E+0.6&sort=phi&way=falling&row=S01")
    page.wait_for_selector("table tbody tr")
    values = [float(t) for t in page.locator("tbody tr td:nth-child(6)").all_inner_texts()]
    assert values
    assert values == sorted(values, reverse=True)
    assert min(values) > 0.6
    assert "H3S" in page.locator("section h2").inner_text()
    page.locator("thead button", has_text="phi_star").click()
    assert "sort=phi_star" in page.url


def test_the_pressure_slider_snaps_to_the_event(server: str, open_page: OpenPage) -> None:
    page = open_page(f"{server}#/pressure/Xe")
    event = page.locator("button", has_text="band").first
    event.wait_for()
    at = float(re.search(r"at ([\d.]+) GPa", event.inner_text())[1])  # type: ignore[index]
    slider = page.locator("input[type=range]")
    slider.evaluate(
        "(e, v) => { e.value = v; e.dispatchEvent(new Event('input', {bubbles: true})) }",
        str(at + 0.5),
    )
    page.wait_for_function("location.hash.includes('p=')")
    kept = float(re.search(r"p=([\d.]+)", page.url)[1])  # type: ignore[index]
    assert kept == pytest.approx(at, rel=5e-3)
    page.reload()
    page.wait_for_selector("input[type=number]")
    assert float(page.locator("input[type=number]").input_value()) == pytest.approx(at, rel=5e-3)


def test_the_diagram_is_read_by_keyboard(server: str, open_page: OpenPage) -> None:
    page = open_page(f"{server}#/diagram/Pb?theories=bcs")
    plane = page.locator(".plane .area")
    plane.wait_for(timeout=120_000)
    page.wait_for_selector(".plane svg")
    plane.focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    status = page.locator("[role=status]", has_text="GPa")
    before = status.inner_text()
    for _ in range(20):
        page.keyboard.press("ArrowDown")
    assert status.inner_text() != before
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash.includes('t=')")
    page.locator("h2", has_text="Why, at").wait_for(timeout=120_000)


def test_a_job_is_asked_for_watched_and_fetched(server: str, open_page: OpenPage) -> None:
    page = open_page(f"{server}#/jobs", allowed=("400 (Bad Request)",))
    page.get_by_label("A crystal's name").fill("Unobtainium")
    page.get_by_role("button", name="Analyze").click()
    assert "unknown crystal" in page.locator("form [role=alert]").inner_text()
    page.get_by_label("A crystal's name").fill("Cu")
    page.get_by_label("Engine").select_option("procrystal")
    page.get_by_role("button", name="Analyze").click()
    result = page.get_by_role("link", name="Result as JSON")
    result.wait_for(timeout=120_000)
    with page.expect_download() as download:
        result.click()
    assert '"isotunnel.analysis/' in Path(download.value.path()).read_text("utf-8")[:200]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_crystal_is_shown_with_its_tunnels(
    server: str, open_page: OpenPage, shot: Shot, width: int, height: int
) -> None:
    page = open_page(f"{server}#/crystal/NaCl", width=width, height=height, dark=width == 1280)
    page.wait_for_selector(".iso-viewer[data-ready]", timeout=180_000)
    page.wait_for_selector("h2:has-text('Lifting gaps')")
    assert page.locator(".iso-viewer canvas").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, f"crystal-{width}", full=True)


def test_a_cube_is_sent_and_shown_and_a_bad_file_is_told(
    server: str, open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page(f"{server}#/crystal")
    bad = tmp_path / "POSCAR"
    bad.write_text("not a crystal\n")
    field = page.locator("input[type=file]")
    field.set_input_files(bad)
    page.locator(".problem").wait_for(timeout=120_000)
    assert "POSCAR" in page.locator(".problem").inner_text()
    field.set_input_files(Path(__file__).parents[1] / "data" / "h3s_elf.cube.gz")
    page.wait_for_selector(".iso-viewer[data-ready]", timeout=180_000)
    link = page.url
    assert "job%3A" in link
    page.reload()
    page.wait_for_selector(".iso-viewer[data-ready]", timeout=60_000)
    assert "/crystal/job" in page.url


def test_a_slider_moves_its_law_and_fit_brings_it_back(server: str, open_page: OpenPage) -> None:
    page = open_page(f"{server}#/theories?metal=Al&a=bg2v&b=line2")
    panel = page.locator("section.panel").first
    off = panel.locator("[role=status]")
    off.get_by_text("best fit").wait_for(timeout=60_000)
    best = float(off.inner_text().split()[0])
    typed = panel.locator("input[type=number]").nth(1)
    before = typed.input_value()
    slider = panel.locator("input[type=range]").nth(1)
    slider.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    off.get_by_text("by hand").wait_for()
    assert typed.input_value() != before
    assert float(off.inner_text().split()[0]) > best
    link = page.url
    assert "av=" in link
    page.reload()
    off.get_by_text("by hand").wait_for()
    panel.get_by_role("button", name="Fit").click()
    off.get_by_text("best fit").wait_for()
    assert float(off.inner_text().split()[0]) == best
