"""The page: well formed, alone, complete, and safe against what users type."""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from report_cases import EVIL

from isotunnel.analysis import Analysis
from isotunnel.report import ReportFiles, text, write_report
from isotunnel.report.page import overview
from isotunnel.report.page.hydride import hydride_section
from isotunnel.report.page.settings import settings_in_words
from isotunnel.report.page.tunnels import tunnels_section
from isotunnel.report.selection import FieldChoice
from isotunnel.theories.hydrides.formulas import CURRENT
from isotunnel.tunnels import Tunnels

VOID = {"meta", "link", "br", "img", "input"}
LOADING = {"src", "srcset", "poster", "data", "background", "action", "formaction", "xlink:href"}


class Page(HTMLParser):
    """Collects tags, links, text; fails on tags that are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: dict[str, str] = {}
        self.words: list[str] = []
        self._script = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._script = dict(attrs).get("id") or "code" if tag == "script" else ""
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self._script = ""

    def handle_data(self, data: str) -> None:
        if self._script:
            self.scripts[self._script] = self.scripts.get(self._script, "") + data
        elif "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def page(written: ReportFiles) -> Page:
    return Page(written.html.read_text("utf-8"))


def test_nothing_is_loaded_from_anywhere(page: Page, written: ReportFiles) -> None:
    for tag, attributes in page.tags:
        for name, value in attributes.items():
            if name in LOADING or (name == "href" and tag != "a"):
                assert value is not None
                assert value.startswith(("data:", "#")), (tag, name, value[:80])
    style = re.findall(r"<style>(.*?)</style>", written.html.read_text("utf-8"), re.DOTALL)
    assert style
    assert not re.search(r"@import|url\(", " ".join(style))
    policies = [a["content"] for t, a in page.tags if a.get("http-equiv")]
    assert policies
    assert "default-src 'none'" in str(policies[0])


def test_drawings_of_levels_are_as_wide_as_drawn(written: ReportFiles) -> None:
    """Else the browser shrinks them, and their text, to its default width of 300 pixels."""
    page = written.html.read_text("utf-8")
    found = re.findall(
        r'<svg class="drawn" [^>]*viewBox="0 0 ([\d.]+) [^>]*style="width:(\d+)pt', page
    )
    assert len(found) == page.count('class="drawn"') > 1
    assert all(round(float(drawn)) == int(width) for drawn, width in found)
    references = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', page))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert references <= set(ids)
    assert len(ids) == len(set(ids)), "drawings share no names"


def test_links_are_citations_only(page: Page) -> None:
    links = [a["href"] for tag, a in page.tags if tag == "a"]
    assert links
    assert all(str(link).startswith("https://") for link in links)


@pytest.mark.parametrize(
    "words",
    [
        "A crystal for tests",
        "the crystal is made up",
        "beware of the grid",
        "computed pressure 123 GPa",
        "−1.234 eV",  # Fermi level and valence level of the reading
        "−0.750 ± 0.011 eV",
        "0.250 ± 0.012 eV",
        "no tunnel",
        "cannot say: the engine gave no density",
        "superconducting along one direction, conducting in a plane",
        "0.6543 ± 0.0021",
        "0.7654",
        "0.6667",
        "0.4321",
        "not reached",
        "543.21",
        "gpaw 26.7.0",
        "no reason in particular",
        "A. Author, J. Test 1, 1 (2000)",
        "hypothesis",
        "[1 0 0]",
    ],
)
def test_what_was_found_is_on_the_page(page: Page, words: str) -> None:
    assert words in page.text


def test_thresholds_and_bottlenecks_are_on_the_page(page: Page, layered_tunnels: Tunnels) -> None:
    # Exact values of the field: -2.6, -1.4 and 0.8.
    assert layered_tunnels.thresholds == pytest.approx([-2.6, -1.4, 0.8], abs=0.01)
    for value in layered_tunnels.thresholds:
        assert f"{value:.2f}".replace("-", "−")[:4] in page.text
    for bottleneck in layered_tunnels.bottlenecks:
        assert bottleneck is not None
        place = ", ".join(f"{round(float(x), 3) % 1:.3f}" for x in bottleneck.position_fractional)
        assert f"({place}) of the cell" in page.text
        for atom in bottleneck.between:
            assert f"{atom.distance_angstrom:.2f}" in page.text


def test_every_tc_is_on_the_page(page: Page, synthetic: Analysis) -> None:
    numbers = [e for e in synthetic.tc_estimates if e.cannot_say is None]
    assert len(numbers) >= 4
    for estimate in synthetic.tc_estimates:
        assert estimate.formula in page.text
        assert estimate.reference.citation in page.text
        for warning in estimate.warnings:
            assert warning in page.text
    for estimate in numbers:
        assert f"{estimate.tc_k:.0f}" in page.text or f"{estimate.tc_k:.1f}" in page.text


def test_the_scene_is_complete(page: Page, synthetic: Analysis) -> None:
    scene = json.loads(page.scripts["scene"])
    assert [field["name"] for field in scene["fields"]] == [
        "Electron localization function (ELF) · GPAW",
        "Kohn-Sham potential · GPAW",
    ]
    assert [e["symbol"] for e in scene["elements"]] == ["S", "H"]
    assert len(scene["atoms"]) == 3
    for _, *point in scene["atoms"]:
        assert all(0 <= x < 1 for x in point)
    for field in scene["fields"]:
        assert page.scripts[f"field-{field['id']}"]
        assert field["start"] == field["events"][-1]["level"]
    potential = scene["fields"][1]
    reached = [event["level"] for event in potential["events"]]
    assert reached == synthetic.tunnels["gpaw"]["potential"].thresholds.tolist()
    assert [m["label"].split(" · ")[0] for m in potential["bottlenecks"]] == [
        "1D",
        "2D",
        "3D",
    ]


def test_the_picture_comes_first_and_warnings_are_folded(written: ReportFiles) -> None:
    html = written.html.read_text("utf-8")
    places = [html.index(mark) for mark in ("<h1>", 'id="viewer"', 'class="warnings"', "<h2>")]
    assert places == sorted(places)
    assert re.search(r'<details class="warnings"><summary>\d+ warnings?</summary>', html)


def test_malicious_names_stay_text(synthetic: Analysis, tmp_path: Path) -> None:
    evil = dataclasses.replace(
        synthetic,
        name=EVIL,
        title=EVIL,
        warnings=(EVIL,),
        sources=(EVIL,),
        settings={EVIL: EVIL},
        gaps=tuple(
            dataclasses.replace(gap, title=EVIL, note=EVIL, reading=EVIL) for gap in synthetic.gaps
        ),
    )
    html = write_report(evil, tmp_path / "evil.html").html.read_text("utf-8")
    page = Page(html)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert len([t for t, _ in page.tags if t == "script"]) == 4
    assert not [a for _, a in page.tags if "onerror" in a]
    assert EVIL in page.text


def test_a_files_unit_and_notes_stay_text(layered_tunnels: Tunnels) -> None:
    field = layered_tunnels.field
    noted = dataclasses.replace(field.provenance, notes=(EVIL,))
    evil = dataclasses.replace(field, unit=EVIL, provenance=noted)
    tunnels = dataclasses.replace(layered_tunnels, field=evil)
    html = tunnels_section((FieldChoice("field", "file", "other", tunnels),))
    page = Page(html)
    assert "<script>alert" not in html
    assert not [a for _, a in page.tags if "onerror" in a]
    assert f"Values in {EVIL}" in page.text
    assert page.text.endswith(EVIL)


def test_a_bare_analysis_has_a_page(bare: Analysis, tmp_path: Path) -> None:
    files = write_report(bare, tmp_path / "bare.html")
    page = Page(files.html.read_text("utf-8"))
    assert files.figures == ()
    assert "nothing" in page.text
    assert "viewer" not in {a.get("id") for _, a in page.tags}


def test_figures_are_in_the_page_and_files_only_where_asked(
    synthetic: Analysis, tmp_path: Path
) -> None:
    files = write_report(synthetic, tmp_path / "page.html")
    assert files.figures == ()
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]
    assert "img" in {tag for tag, _ in Page(files.html.read_text("utf-8")).tags}


def test_without_figures(synthetic: Analysis, tmp_path: Path) -> None:
    files = write_report(synthetic, tmp_path / "deep" / "er" / "page", figures=False)
    assert files.html == tmp_path / "deep" / "er" / "page.html"
    assert [p.name for p in files.html.parent.iterdir()] == ["page.html"]
    assert "img" not in {tag for tag, _ in Page(files.html.read_text("utf-8")).tags}


def test_the_same_analysis_gives_the_same_page(
    synthetic: Analysis, written: ReportFiles, tmp_path: Path
) -> None:
    again = write_report(synthetic, tmp_path / "page.html")
    assert again.html.read_bytes() == written.html.read_bytes()


def test_size(written: ReportFiles) -> None:
    assert 700_000 < written.html.stat().st_size < 8_000_000


def test_headline_numbers_are_of_current_formulas_the_others_stand_below(
    synthetic: Analysis,
) -> None:
    first, *others = synthetic.tc_estimates
    assert first.status != CURRENT
    loud = dataclasses.replace(
        synthetic, gaps=(), tc_estimates=(dataclasses.replace(first, tc_k=777.0), *others)
    )
    current = [e.tc_k for e in others if e.status == CURRENT]
    assert 1 < len(current) < len(others)
    name, value, _ = overview._cards(loud)[-1]
    assert "hydride" in name
    assert (
        value == f"{text.number(min(current), digits=3)} to {text.number(max(current), digits=3)} K"
    )
    section = hydride_section(loud)
    above, below = section.split("Superseded and unconfirmed")
    for e in others:
        if e.status == CURRENT:
            assert e.formula.split(" ")[0] in above
            assert f"<b>{e.id}</b>" in above
        else:
            assert f"<b>{e.id}</b>" in below
    assert "777" in below
    assert "777" not in above


def test_settings_are_words_not_python() -> None:
    words = dict(
        settings_in_words(
            {
                "delta_c": {},
                "refine": True,
                "cut_off": None,
                "engine_settings": {"ecut_ev": None, "grid_spacing": 0.07, "mesh": (4, 4, 4)},
            }
        )
    )
    assert words == {
        "delta c": "default",
        "refine": "yes",
        "cut off": "default",
        "engine settings: ecut ev": "default",
        "engine settings: grid spacing": "0.07",
        "engine settings: mesh": "4, 4, 4",
    }
