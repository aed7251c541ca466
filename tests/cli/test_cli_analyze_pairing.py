"""``isotunnel analyze --pairing``: coupling and Tc in every form of the result."""

from __future__ import annotations

import csv
import io

import pytest
from ase.build import bulk
from command import isotunnel

from isotunnel.analysis.pairing.table import plain_values
from made_up_pairing import made_up_result

ALUMINIUM = ("analyze", "Al", "--engine", "procrystal")


@pytest.fixture
def result(monkeypatch):
    """Stands for minutes of DFT."""
    found = made_up_result(bulk("Al", "fcc", 4.05))
    monkeypatch.setattr("isotunnel.analysis.pairing.pairing", lambda *_, **__: found)
    return found


def row_of(*options):
    outcome = isotunnel(*ALUMINIUM, "--no-files", "--csv", *options)
    assert outcome.status == 0
    (row,) = csv.DictReader(io.StringIO(outcome.out))
    return row


def test_the_table_has_its_values_behind_the_others(result):
    plain, row = row_of(), row_of("--pairing")
    assert list(row)[: len(plain)] == list(plain)
    assert {k: row[k] for k in plain} == plain
    own = {k.removeprefix("pairing."): v for k, v in row.items() if k not in plain}
    expected = plain_values(result.as_dict())
    assert set(own) == set(expected) - {"schema", "name"}
    assert float(own["lambda"]) == expected["lambda"]
    assert float(own["tc_allen_dynes_k"]) == expected["tc_allen_dynes_k"]
    assert own["stable"] == "true"
    # Both know a pressure: that of the analysis and that of the cell that was paired.
    assert float(own["pressure_gpa"]) == result.pressure_gpa


def test_it_stands_in_the_table_of_many(result):
    """Of several inputs it was computed, and fell out of their table."""
    given = ("analyze", "Al", "Cu", "--engine", "procrystal", "--no-files", "--csv", "--pairing")
    rows = list(csv.DictReader(io.StringIO(isotunnel(*given).out)))
    assert [r["input"] for r in rows] == ["Al", "Cu"]
    assert [float(r["pairing.lambda"]) for r in rows] == [result.coupling] * 2


@pytest.mark.usefixtures("result")
def test_page_and_figures_show_it(tmp_path):
    page = tmp_path / "al.html"
    done = isotunnel(*ALUMINIUM, "--pairing", "-o", str(page), "--figures", str(tmp_path))
    assert done.status == 0
    assert 'id="pairing"' in page.read_text("utf-8")
    assert {p.name for p in tmp_path.glob("*-pairing.*")} == {"Al-pairing.png", "Al-pairing.svg"}


def test_without_it_nothing_speaks_of_it(tmp_path):
    page = tmp_path / "al.html"
    done = isotunnel(*ALUMINIUM, "-o", str(page), "--figures", str(tmp_path))
    assert done.status == 0
    assert 'id="pairing"' not in page.read_text("utf-8")
    assert not list(tmp_path.glob("*-pairing.*"))
