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
    heads = page.locator("thead th").all_inner_texts()
    place = next(i for i, head in enumerate(heads, 1) if head.split()[0] == "phi")
    cells = page.locator(f"tbody tr :is(td, th):nth-child({place})")
    values = [float(t) for t in cells.all_inner_texts()]
    assert values
    assert values == sorted(values, reverse=True)
    assert min(values) > 0.6
    assert "H3S" in page.locator("section h2").inner_text()
    page.locator("thead button", has_text="phi_star").click()
    assert "sort=phi_star" in page.url


def test_a_screened_dataset_is_sorted_drawn_and_leads_to_crystals(
    open_page: OpenPage, shot: Shot, tmp_path: Path
) -> None:
    pytest.importorskip("duckdb", reason="DuckDB is not installed")
    from screening.screened import screened

    folder = screened(tmp_path / "small")
    with served(tmp_path / "home", "--dataset", str(folder)) as address:
        page = open_page(f"{address}#/table")
        page.wait_for_selector("table tbody tr")
        page.get_by_role("combobox", name="Table").select_option("small")
        page.wait_for_url(re.compile("table/small"))
        page.locator("thead button", has_text="n_atoms").click()
        page.wait_for_url(re.compile("sort=n_atoms"))
        assert page.locator("tbody tr").count() == 4
        page.get_by_role("combobox", name="Up").select_option("volume_per_atom_angstrom3")
        page.get_by_role("searchbox").fill("rank = 3 and packing_covalent > 0")
        page.wait_for_selector("[role=status]:has-text('of 4 rows')")
        points = page.locator(".chart svg a")
        points.first.wait_for()
        assert points.count() == page.locator("tbody tr").count() > 0
        shot(page, "screened")
        page.locator("tbody a").first.click()
        page.get_by_role("link", name="Show its crystal").click()
        page.wait_for_selector(".iso-viewer[data-ready]", timeout=180_000)
        assert "row%3Asmall" in page.url
        page.reload()
        page.wait_for_selector(".iso-viewer[data-ready]", timeout=180_000)


def test_a_point_of_the_hydrides_leads_to_its_crystal(server: str, open_page: OpenPage) -> None:
    page = open_page(f"{server}#/table?find=hydrides_structures%3AS01")
    point = page.locator(".chart svg a, tbody a").first
    point.wait_for()
    href = page.locator("tbody a").first
    href.click()
    page.get_by_role("link", name="Show its crystal").click()
    page.wait_for_selector(".iso-viewer[data-ready]", timeout=180_000)
    assert "H" in page.locator(".iso-legend").inner_text()


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
    page.wait_for_url(re.compile("p="))
    kept = float(re.search(r"p=([\d.]+)", page.url)[1])  # type: ignore[index]
    assert kept == pytest.approx(at, rel=5e-3)
    page.reload()
    page.wait_for_selector("input[type=number]")
    assert float(page.locator("input[type=number]").input_value()) == pytest.approx(at, rel=5e-3)


def test_one_slider_moves_the_crystal_its_surface_and_the_numbers(
    server: str, open_page: OpenPage, shot: Shot
) -> None:
    """Xenon's gap by the atomic reading closes near 12 GPa: there the drawn network opens."""
    from isotunnel import atlas

    point = {p["asked"]: p for p in atlas.document_of("Xe")["points"]}
    page = open_page(f"{server}#/pressure/Xe?p=10")
    picture = page.locator(".crystal-at .iso-viewer")
    gap = page.locator("tr", has_text="gap atomic").locator("td")
    volume = page.locator("tr", has_text="volume per atom").locator("td")
    shown = {}
    for asked, rank in ((10.0, 0), (30.0, 3)):
        page.locator("input[type=number]").fill(str(asked))
        page.locator("input[type=number]").press("Enter")
        page.wait_for_selector(f".crystal-at [data-at='{asked:g}'][data-rank='{rank}']")
        values = point[asked]["values"]
        assert (values["gap_atomic_3d_ev"] <= 0) == (rank == 3)
        level = float(picture.get_attribute("data-level") or "nan")
        assert level == pytest.approx(values["valence_level_atomic_ev"], abs=1e-3)
        assert float(gap.inner_text().split()[0]) == pytest.approx(
            values["gap_atomic_3d_ev"], rel=1e-3
        )
        assert float(volume.inner_text().split()[0]) == pytest.approx(
            values["volume_per_atom_angstrom3"], rel=1e-3
        )
        shown[asked] = page.locator(".crystal-at canvas").screenshot()
        shot(page, f"xenon-{asked:g}")
    assert shown[10.0] != shown[30.0]
    page.get_by_role("button", name="gap atomic").click()
    page.wait_for_url(re.compile(r"p=12\."))
    page.wait_for_selector(".crystal-at [data-at='10']")


def test_the_level_catches_at_segments_and_networks(server: str, open_page: OpenPage) -> None:
    page = open_page(f"{server}#/crystal/H2@5.4GPa")
    page.wait_for_selector(".iso-viewer[data-ready]", timeout=180_000)
    box = page.locator(".iso-box")
    jumps = page.locator(".iso-jumps button")
    assert "H–H" in jumps.first.inner_text()
    level = jumps.first.get_attribute("data-level")
    jumps.first.click()
    page.wait_for_selector(f".iso-box[data-level='{level}']")
    assert "segment H–H" in page.locator(".iso-remark").inner_text()
    network = jumps.last.get_attribute("data-level")
    # The chart of ranks is as wide as the slider: a click near the step is caught by it.
    chart = page.locator(".iso-chart svg").bounding_box()
    edge = page.locator(".iso-chart rect.rank3").bounding_box()
    assert chart is not None
    assert edge is not None
    page.mouse.click(edge["x"] + 1, chart["y"] + chart["height"] / 2)
    page.wait_for_selector(f".iso-box[data-level='{network}']")
    assert page.locator(".iso-label.direction").count() == 3
    page.get_by_label("directions").uncheck()
    page.wait_for_selector(".iso-label.direction", state="detached")
    page.wait_for_url(re.compile("arrows=0"))
    assert box.get_attribute("data-level") == network


def test_the_diagram_is_read_by_keyboard(server: str, open_page: OpenPage) -> None:
    page = open_page(f"{server}#/diagram/Pb?theories=bcs")
    plane = page.locator(".plane .reach")
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
    page.wait_for_url(re.compile("t="))
    page.locator("h2", has_text="Why, at").wait_for(timeout=120_000)


def test_a_job_is_asked_for_watched_and_fetched(server: str, open_page: OpenPage) -> None:
    page = open_page(f"{server}#/jobs", allowed=("400 (Bad Request)",))
    page.get_by_label("A crystal's name").fill("Unobtainium")
    page.get_by_role("button", name="Analyze").click()
    assert "unknown crystal" in page.locator("form [role=alert]").inner_text()
    page.get_by_label("A crystal's name").fill("Cu")
    page.get_by_label("Engine").select_option("procrystal")
    page.get_by_role("button", name="Analyze").click()
    result = page.locator("a[download='Cu-analyze.json']")
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
