"""The scorecard's page and figures: whole, labelled, safe, and made of the data."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markupsafe import escape

from isotunnel.claims import register
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.report import write_scorecard
from isotunnel.report.figures.claim.figure import claim_figure, claim_svg, draw_claims
from isotunnel.report.figures.claim.printed import printed
from isotunnel.report.figures.claim.style import looks
from isotunnel.report.page.register_words import Linked, linked, raised
from isotunnel.report.page.scorecard import MEANINGS, scorecard_page
from isotunnel.scorecard import ClaimResult, FigureData, Line, Mark, Measurement, Scorecard, Verdict
from isotunnel.scorecard.claim import PACKAGED
from isotunnel.scorecard.result import judged, without_numbers
from isotunnel.scorecard.sample import Case, Sample, share_right

ENTRY = next(c for c in register() if c.id == "A4")
SIDES = ("paper", "rival")
VOID = {"meta", "link", "br", "img"}


def _rows(n: int) -> tuple[RowUsed, ...]:
    return tuple(RowUsed("t", f"r{i}", f"row {i}", "A. Uthor, doi:10.1000/a(b)c") for i in range(n))


def _result(value: float, label: str = "Cu") -> ClaimResult:
    """A4 with a made-up share for both sides, and a hostile label."""
    dropped = (RowDropped("t", "x", "<b>bold</b>", "no value & no sign"),)
    numbers = [
        Measurement(part, side, value, value, value, _rows(12), dropped)
        for side, part in (("paper", "sign"), ("rival", "sign"), ("rival", "size"))
    ]
    return judged(ENTRY, numbers, _labelled(3, label))


def _labelled(n: int, label: str = "Cu") -> FigureData:
    marks = tuple(
        Mark(f"{label} {i}", float(i), i - 0.5, i + 0.5, series=s)
        for i in range(n)
        for s in ("measured", "predicted")
    )
    return FigureData("A title", "d ln rho/dP (1/GPa)", marks=marks, lines=(Line("none", 0.0),))


def _points(n: int, **more: bool) -> FigureData:
    marks = tuple(Mark(f"X{i}", i + 1.0, i + 0.5, i + 1.5, i + 2.0, f"s{i % 3}") for i in range(n))
    line = Line("equal", points=((1.0, 1.0), (9.0, 9.0)))
    return FigureData("Points", "Tc (K)", "Pressure (GPa)", marks, (line,), **more)


MATRIX = FigureData(
    "Counts", "Number (1)",
    matrix=(("metal", "paper: metal", 3.0), ("metal", "rival: metal", 4.0),
            ("insulator", "paper: metal", 1.0)),
)  # fmt: skip


class _Tags(HTMLParser):
    """Fails on tags that do not match; collects ids and words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [v for k, v in attrs if k == "id" and v]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [v for k, v in attrs if k == "id" and v]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _card(value: float, label: str = "Cu") -> Scorecard:
    waiting = tuple(without_numbers(c) for c in register() if c.id in ("C6", "B3", "C5"))
    return Scorecard((_result(value, label), *waiting), None, {"isotunnel": "0"}, {})


def test_the_page_is_well_formed_and_loads_nothing() -> None:
    text = scorecard_page(_card(0.8))
    ids = _Tags(text).ids
    assert len(ids) == len(set(ids))
    assert {"C6", "A4", "B3", "C5", "totals", "how", "made"} <= set(ids)
    assert not re.search(r"(src|href)=[\"'](?!#|data:|https://doi\.org/)", text)
    assert "<metadata" not in text


def test_the_page_prints_why_a_claim_is_not_testable() -> None:
    entry = replace(ENTRY, parts=(), code=None, not_testable="nobody can <weigh> it")
    text = scorecard_page(Scorecard((without_numbers(entry),), None, {}, {}))
    assert "Not testable: nobody can &lt;weigh&gt; it" in text
    assert "</span> not testable" in text
    assert "not computed yet" not in text


def test_a_changed_number_changes_the_page() -> None:
    """Verdict, number, sentence and totals all follow."""
    good, bad = scorecard_page(_card(0.8)), scorecard_page(_card(0.2))
    assert "80%" in good
    assert "80%" not in bad
    assert "20%" in bad
    supported, contradicted = (">✓</span> supported", ">✗</span> contradicted")
    assert good.count(supported) > bad.count(supported)
    assert bad.count(contradicted) > good.count(contradicted)
    assert "<b>1</b> <span class='ids'><a href=\"#A4\">" in good


def test_sides_on_different_rows_are_compared_on_common_ones() -> None:
    def signs(right: str, side: str) -> Measurement:
        cases = tuple(Case(k.lower(), True, {side: k.isupper(), "guess": True}) for k in right)
        return Measurement.of("sign", Sample(cases, side, share_right, True, "saying it falls"))

    refused = Measurement.refused("size", "rival", "nothing is measured")

    def page(paper: str, rival: str) -> str:
        numbers = [signs(paper, "paper"), signs(rival, "rival"), refused]
        return scorecard_page(Scorecard((judged(ENTRY, numbers, None),), None, {}, {}))

    text = page("ABCDEFGHIJKlmn", "aBCL")
    assert "On the 4 rows that both answer: Tunnel theory <b>3 of 4</b>" in text
    assert "saying it falls 4 of 4" in text
    assert "The same, on the rows that both sides answer" in text
    assert "3 of 4 right: 75%" in text
    alike = page("ABc", "aBC")
    assert "judged on the same 3 rows" in alike
    assert "The same, on the rows that both sides answer" not in alike
    assert "No row is answered by both" in page("AB", "CD")


def test_every_row_and_reason_is_on_the_page_and_escaped() -> None:
    text = scorecard_page(_card(0.8, "<script>alert(1)</script>"))
    assert "<script>alert" not in text
    assert "&lt;b&gt;bold&lt;/b&gt;" in text
    assert "no value &amp; no sign" in text
    for i in range(12):
        assert f"<code>t:r{i}</code>" in text
    assert "src/isotunnel/claims/a4.py" in text
    assert "src/isotunnel/claims/a4.toml" in text
    for table in ENTRY.tables:
        assert (PACKAGED.get(table) or f"isotunnel data {table}") in text


def test_claims_not_asked_stand_among_the_others() -> None:
    text = scorecard_page(_card(0.8))
    waiting = next(c for c in register() if c.id == "C6")
    assert escape(printed(waiting.decides)) in text
    assert "4 claims of one paper" in text


def test_a_users_theory_has_a_column_of_its_own() -> None:
    card = replace(_card(0.8), theory="My <own> theory")
    text = scorecard_page(card)
    assert "My &lt;own&gt; theory" in text
    assert "My <own>" not in text


def test_the_page_is_written_whole(tmp_path) -> None:
    path = write_scorecard(_card(0.8), tmp_path / "new" / "page.html")
    assert path.read_text(encoding="utf-8") == scorecard_page(_card(0.8))
    assert [p.name for p in path.parent.iterdir()] == ["page.html"]


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        (
            "Phys. Rev. 1, 2, doi:10.1103/PhysRev.1.2.",
            [
                Linked(
                    "Phys. Rev. 1, 2, ",
                    "https://doi.org/10.1103/PhysRev.1.2",
                    "doi:10.1103/PhysRev.1.2",
                ),
                Linked("."),
            ],
        ),
        (
            "see https://doi.org/10.1000/182 for more",
            [Linked("see ", "https://doi.org/10.1000/182", "doi:10.1000/182"), Linked(" for more")],
        ),
        (
            "github https://github.com/a/b (MIT)",
            [
                Linked("github ", "https://github.com/a/b", "https://github.com/a/b"),
                Linked(" (MIT)"),
            ],
        ),
        ("A. Uthor, a book of 1911", [Linked("A. Uthor, a book of 1911")]),
    ],
)
def test_sources_become_links(source: str, pieces: list[Linked]) -> None:
    assert linked(source) == pieces


@pytest.mark.parametrize(
    "source",
    [
        "doi:10.1000/a'onclick='alert(1)",
        'doi:10.1000/a"onclick="alert(1)',
        "doi:10.1000/a<script>",
        "https://a.org/'onclick='alert(1)",
    ],
)
def test_a_link_ends_where_a_quote_or_tag_begins(source: str) -> None:
    first, rest = linked(source)
    assert first.href.endswith(("/a", "a.org/"))
    assert rest.text


def test_links_and_powers_are_on_the_page() -> None:
    result = _result(0.8)
    result = replace(result, claim=replace(result.claim, limits="It is 10^-1.5 < 2 ohm"))
    text = scorecard_page(Scorecard((result,), None, {}, {}))
    assert 'A. Uthor, <a href="https://doi.org/10.1000/a(b)c">doi:10.1000/a(b)c</a>' in text
    assert "It is 10<sup>\N{MINUS SIGN}1.5</sup> &lt; 2 Ω" in text


def test_every_verdict_has_a_sign_and_a_meaning() -> None:
    assert set(MEANINGS) == set(Verdict)
    results = tuple(replace(_result(0.8), verdicts=dict.fromkeys(SIDES, v)) for v in Verdict)
    text = scorecard_page(Scorecard(results, None, {}, {}))
    for verdict in Verdict:
        assert re.search(rf"aria-hidden='true'>\S</span> {verdict}</span>", text)


def test_words_are_printed_with_letters_and_powers() -> None:
    assert printed("d ln rho/dP of 1e-8 ohm m") == "d ln ρ/dP of 10⁻⁸ Ω m"
    assert printed("Bloch-Grueneisen at -0 GPa and -1.5 K") == "Bloch-Grüneisen at 0 GPa and −1.5 K"
    assert raised("10^-1.5 < 2") == [("", "\N{MINUS SIGN}1.5"), (" < 2", "")]
    assert raised("no power") == [("no power", "")]


FIGURES = [
    pytest.param(_labelled(5), id="5 rows"),
    pytest.param(_labelled(70), id="70 rows"),
    pytest.param(_points(5), id="5 points"),
    pytest.param(_points(70, log_x=True, log_y=True), id="70 points"),
    pytest.param(MATRIX, id="matrix"),
]


@pytest.mark.parametrize("data", FIGURES)
def test_figures_name_axes_series_and_lines(data: FigureData) -> None:
    svg = claim_svg(data, "A4")
    assert svg.startswith("<svg class=")
    assert printed(data.title) in svg
    assert printed(data.y_axis) in svg
    assert printed(data.x_axis) in svg
    for name in {m.series for m in data.marks} | {k.label for k in data.lines}:
        assert name in svg
    references = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))
    ids = set(re.findall(r'\bid="([^"]+)"', svg))
    assert references <= ids
    assert all(name.startswith("A4-") for name in ids)


def test_logarithmic_axes_are_logarithmic() -> None:
    axis = claim_figure(_points(9, log_x=True, log_y=True)).axes[0]
    assert (axis.get_xscale(), axis.get_yscale()) == ("log", "log")
    plain = claim_figure(_points(9)).axes[0]
    assert (plain.get_xscale(), plain.get_yscale()) == ("linear", "linear")


def test_every_mark_lies_inside_the_axes() -> None:
    for data in (_labelled(12), _points(30), _points(30, log_y=True)):
        axis = claim_figure(data).axes[0]
        (left, right), (low, high) = axis.get_xlim(), axis.get_ylim()
        for line in axis.get_lines():
            if line.get_marker() not in ("", "None", None):
                assert all(left < x < right for x in line.get_xdata())
                assert all(low < y < high for y in line.get_ydata())


def test_values_far_apart_share_a_scale_that_shows_both() -> None:
    near = [Mark(f"r{i}", 0.1 * i - 0.3, 0.1 * i - 0.3, 0.1 * i - 0.3) for i in range(9)]
    far = Mark("far", -50.0, -50.0, -50.0)
    figure = claim_figure(FigureData("Far", "K/GPa", marks=(*near, far)))
    assert figure.axes[0].get_xscale() == "symlog"
    assert "then logarithmic" in figure.axes[0].get_xlabel()


def test_series_are_distinguished_without_colour() -> None:
    marks = [Mark("x", 0.0, 0.0, 0.0, series=f"s{i}") for i in range(14)]
    assert len({(x.marker, x.filled) for x in looks(marks).values()}) == len(marks)


def test_names_of_points_do_not_cover_each_other() -> None:
    axis = claim_figure(_points(70)).axes[0]
    drawn = [t for t in axis.texts if t.get_text()]
    assert drawn
    boxes = [t.get_window_extent() for t in drawn]
    for i, a in enumerate(boxes):
        assert not any(a.overlaps(b) and a.x0 + 2 < b.x1 < a.x1 - 2 for b in boxes[i + 1 :])


def test_a_data_without_rows_says_so() -> None:
    assert "no row of data" in claim_svg(FigureData("Nothing", "K"), "x")


def test_figures_of_results(tmp_path) -> None:
    written = draw_claims(_card(0.8).results, tmp_path)
    assert list(written) == ["A4"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["claim-A4.png", "claim-A4.svg"]
    assert Verdict.SUPPORTED in _result(0.8).verdicts.values()
