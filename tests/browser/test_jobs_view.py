"""Jobs in the page: every kind asked for, what came out kept as files and opened in its view."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ase.build import bulk
from browsing import OpenPage, Shot

from isotunnel.web.jobs.results import keep_pairing
from isotunnel.web.jobs.store import Store
from lab_server import served
from made_up_pairing import made_up_result

REFUSED = ("400 (Bad Request)",)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a lab in which a pairing job is done."""
    home = tmp_path_factory.mktemp("lab")
    store = Store(home)
    job, _ = store.submit("pairing", "Nb", {"crystal": "Nb"}, "made up")
    claimed = store.claim()
    assert claimed is not None
    folder = home / "results" / job.id
    folder.mkdir(parents=True)
    keep_pairing(made_up_result(bulk("Nb", "bcc", 3.3)), folder)
    assert store.finish(job.id, claimed.attempt)
    return home


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    with served(home) as address:
        yield address


def test_a_scan_is_asked_for_watched_opened_and_kept(
    server: str, open_page: OpenPage, shot: Shot
) -> None:
    """Xenon by volume ratios, superposed atoms: its atomic gap closes as it is squeezed."""
    page = open_page(f"{server}#/jobs")
    page.get_by_label("What").select_option("scan")
    page.get_by_label("A crystal's name").fill("Xe")
    page.get_by_label("Engine").select_option("procrystal")
    page.get_by_label("Volumes over the given one").fill("1, 0.7, 0.4")
    page.wait_for_url(re.compile("kind=scan.*values="))
    shot(page, "asking")
    page.get_by_role("button", name="Scan").click()
    card = page.locator("li.panel", has_text="scan")
    with page.expect_download() as download:
        card.get_by_role("link", name="Table as CSV").click(timeout=120_000)
    assert download.value.suggested_filename.endswith("-scan.csv")
    with Path(download.value.path()).open(encoding="utf-8") as file:
        rows = {round(float(row["volume_ratio"]), 6): row for row in csv.DictReader(file)}
    assert list(rows) == [0.4, 0.7, 1.0]
    shot(page, "done")
    card.get_by_role("link", name="Look at it").click()
    page.wait_for_url(re.compile("pressure/job"))
    page.wait_for_selector(".crystal-at [data-at='1']", timeout=120_000)
    gap = page.locator("tr", has_text="gap atomic").locator("td")
    shown = {}
    for ratio in (1.0, 0.4):
        page.locator("input[type=number]").fill(str(ratio))
        page.locator("input[type=number]").press("Enter")
        picture = page.locator(f".crystal-at [data-at='{ratio:g}']")
        picture.wait_for(timeout=120_000)
        row = rows[ratio]
        assert float(gap.first.inner_text().split()[0]) == pytest.approx(
            float(row["gap_atomic_3d_ev"]), rel=1e-3
        )
        level = float(picture.get_attribute("data-level") or "nan")
        assert level == pytest.approx(float(row["valence_level_atomic_ev"]), abs=1e-3)
        shown[ratio] = page.locator(".crystal-at canvas").screenshot()
    assert shown[1.0] != shown[0.4]
    page.get_by_role("heading", name="Measured, beside the cell at V/V₀ = 0.4").wait_for()
    slider = page.locator("input[type=range]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"p=0\.40"))
    event = page.get_by_role("button", name="gap atomic").first
    assert "closes" in event.inner_text()
    event.click()
    link = page.url
    page.reload()
    page.wait_for_selector(".crystal-at [data-at]", timeout=120_000)
    assert page.url == link
    assert page.get_by_label("Crystal").first.input_value().startswith("job:")
    with page.expect_download() as download:
        page.get_by_role("link", name="Table as CSV").click()
    assert Path(download.value.path()).read_text("utf-8").startswith("volume_ratio,")
    shot(page, "scan-1280", full=True)
    page.set_viewport_size({"width": 500, "height": 800})
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, "scan-500", full=True)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ("", "neither start:stop:step"),
        ("1, big", "neither start:stop:step"),
        ("1:0.5:0.01", "51 points are asked for; 30 at most"),
        ("0, 1", "greater than or equal to 0.05"),
    ],
)
def test_bad_values_give_one_line(
    server: str, open_page: OpenPage, values: str, words: str
) -> None:
    page = open_page(f"{server}#/jobs?kind=scan&crystal=Xe", allowed=REFUSED)
    page.get_by_label("Volumes over the given one").fill(values)
    page.get_by_role("button", name="Scan").click()
    line = page.locator("form [role=alert]")
    line.wait_for()
    assert words in line.inner_text()
    assert "\n" not in line.inner_text()


TYPED_AT_ONCE = """new MutationObserver(() => {
  const box = [...document.querySelectorAll("form label")]
    .find((label) => label.textContent.includes("Volumes over"))?.querySelector("input");
  if (!box || window.typed) return;
  window.typed = true;
  box.value = "0, 1";
  box.dispatchEvent(new Event("input", { bubbles: true }));
}).observe(document, { childList: true, subtree: true });"""


def test_what_is_typed_before_the_first_picture_counts(server: str, open_page: OpenPage) -> None:
    """The address took it and the form did not: an empty value was sent, now and then."""
    page = open_page(f"{server}#/jobs?kind=scan&crystal=Xe", allowed=REFUSED, before=TYPED_AT_ONCE)
    page.wait_for_url(re.compile(r"values=0%2C"))
    page.get_by_role("button", name="Scan").click()
    line = page.locator("form [role=alert]")
    line.wait_for()
    assert "greater than or equal to 0.05" in line.inner_text()


def test_what_needs_dft_cannot_be_asked_for_without_it(
    server: str, open_page: OpenPage, shot: Shot
) -> None:
    page = open_page("about:blank")
    page.route(
        "**/api/health",
        lambda route: route.fulfill(json={"extras": {"dft": False}}),
    )
    page.goto(f"{server}#/jobs?kind=scan&over=pressures_gpa&crystal=Xe&values=0,50")
    page.get_by_text("pip install 'isotunnel[dft]'").wait_for()
    assert page.get_by_role("button", name="Scan").is_disabled()
    assert page.get_by_role("combobox", name="Over").locator("option[disabled]").count() == 1
    assert page.get_by_label("What").locator("option[disabled]").count() == 1
    page.get_by_role("combobox", name="Over").select_option("volume_ratios")
    assert page.get_by_role("button", name="Scan").is_enabled()
    shot(page, "without-dft")


@pytest.mark.parametrize(("width", "dark"), [(500, True), (1280, False)])
def test_a_pairing_job_is_read(
    server: str, open_page: OpenPage, shot: Shot, width: int, dark: bool
) -> None:
    page = open_page(f"{server}#/jobs", width=width, height=800, dark=dark)
    card = page.locator("li.panel", has_text="pairing")
    card.get_by_role("link", name="Look at it").click()
    result = made_up_result(bulk("Nb", "bcc", 3.3))
    value = page.locator("tr", has_text="coupling λ").locator("td")
    assert float(value.inner_text()) == pytest.approx(result.coupling or 0, rel=1e-3)
    page.wait_for_selector(".chart svg")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, f"pairing-{width}", full=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Table as CSV").click()
    (row,) = csv.DictReader(Path(download.value.path()).read_text("utf-8").splitlines())
    assert float(row["lambda"]) == result.coupling
