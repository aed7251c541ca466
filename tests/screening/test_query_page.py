"""The page of an answer."""

from __future__ import annotations

import re

import pytest

from isotunnel.report import write_query
from isotunnel.screening import ask, dataset
from isotunnel.screening.one_crystal import packed
from isotunnel.screening.settings import Settings
from isotunnel.screening.worker import compute
from screening.worlds import CRYSTALS, made_up_row

COARSE = Settings(spacing_angstrom=0.4)


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    (folder / "crystals").mkdir()
    rows = [
        made_up_row(n, **compute(packed(CRYSTALS[name]), COARSE), **COARSE.values())
        for n, name in enumerate(["Na", "NaCl"])
    ]
    rows.append(made_up_row(2, source="<b>.cif", status="failed", reason="timeout"))
    dataset.append(folder, rows)
    return folder


def test_rows_pictures_and_reports(out, tmp_path):
    question = "order by id"
    page = write_query(ask(out, question), tmp_path / "p.html", dataset=out, question=question,
                       reports=1)  # fmt: skip
    text = page.read_text("utf-8")
    assert len(re.findall(r"<tr><td>", text)) == 3
    assert text.count('aria-label="the cell along c"') == 2
    links = re.findall(r'href="(p-reports/[^"]+)"', text)
    assert len(links) == 1
    assert "tunnel" in (tmp_path / links[0]).read_text("utf-8")
    assert "&lt;b&gt;.cif" in text
    assert "<b>.cif" not in text
    assert "volume per atom (Å³" in text.replace("<!-- ", "").replace(" -->", "")


def test_a_page_of_few_columns_needs_no_id(out, tmp_path):
    question = "select reason, count(*) as n from crystals group by reason order by n"
    page = write_query(ask(out, question), tmp_path / "q.html", dataset=out, question=question)
    assert not (tmp_path / "q-reports").exists()
    assert 'data-v="2"' in page.read_text("utf-8")
