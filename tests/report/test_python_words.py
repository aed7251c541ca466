"""No page shows Python's own words for nothing, true or empty."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from isotunnel import atlas
from isotunnel.analysis import Analysis
from isotunnel.diagrams import diagram
from isotunnel.report import write_diagram, write_report, write_scan
from isotunnel.report.page.query import query_page

PYTHON = re.compile(r"\b(?:None|True|False|nan|inf)\b|\{\}|\[\]|\(\)|\bdict\(|&#39;: |array\(")


def words_of(page: str) -> str:
    """What a reader sees: no scripts, styles, tags or pictures."""
    shown = re.sub(r"<(script|style)\b.*?</\1>", " ", page.split("<body>")[1], flags=re.S)
    return re.sub(r"<[^>]*>", " ", shown)


def test_the_pattern_sees_what_it_is_for():
    for slip in ("cut off None", "delta_c {}", "refine True", "mesh []", "a nan b"):
        assert PYTHON.search(slip)
    assert not PYTHON.search("none found; a true insulator (and more) [1 0 0]")


@pytest.fixture(scope="module")
def odd_settings() -> dict[str, object]:
    return {"none": None, "yes": True, "empty": {}, "list": [], "deep": {"a": None, "b": {"c": ()}}}


def test_the_report(synthetic: Analysis, odd_settings, tmp_path):
    structure = replace(synthetic.structure, settings=odd_settings)
    made = replace(synthetic, settings=odd_settings, structures={"gpaw": structure})
    page = write_report(made, tmp_path / "x", figures=False).html.read_text("utf-8")
    assert not PYTHON.search(words_of(page))


def test_the_scan(odd_settings, tmp_path):
    made = replace(atlas.scan_of("H3S"), settings=odd_settings)
    page = write_scan(made, tmp_path / "x", figures=False).html.read_text("utf-8")
    assert not PYTHON.search(words_of(page))


def test_the_diagram(tmp_path):
    made = diagram("Pb", ["bloch_grueneisen+bcs"])
    page = tmp_path / "x.html"
    write_diagram(made, html=page)
    assert not PYTHON.search(words_of(page.read_text("utf-8")))


def test_many_crystals():
    rows = [{"id": "a", "refine": True, "gap": None, "phi": float("nan"), "list": [], "n": 3}]
    page = query_page(
        ["refine", "gap", "phi", "list", "n"],
        rows,
        dataset="d",
        question="q",
        links={},
        structures={},
    )
    assert not PYTHON.search(words_of(page))
    assert ">yes<" in page
