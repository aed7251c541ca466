"""``isotunnel spacing``: tables, JSON of a known form, CSV, figures, bad input."""

from __future__ import annotations

import csv
import io

import pytest
from command import checked, isotunnel

from isotunnel import schemas
from isotunnel.studies.spacing import spacing_tests


@pytest.fixture(scope="module")
def document():
    outcome = isotunnel("spacing", "--json")
    assert (outcome.status, outcome.err) == (0, "")
    return outcome.json


def test_the_document_is_the_python_result(document):
    checked(schemas.Spacing, document)
    assert document["tests"] == [t.as_dict() for t in spacing_tests()]


def test_tables_show_the_same_numbers(document):
    outcome = isotunnel("spacing", "t1", "T5", "--sources")
    assert (outcome.status, outcome.err) == (0, "")
    for test in (document["tests"][0], document["tests"][4]):
        assert f"{test['id']}: {test['title']}" in outcome.out
        used, dropped = len(test["used"]), len(test["dropped"])
        assert f"{used} rows of data used, {dropped} dropped" in outcome.out
        for s in test["statistics"]:
            assert "cannot say" in outcome.out if s["value"] is None else True
            if s["value"] is not None:
                assert f"{s['value']:.3g}" in outcome.out
        assert test["used"][0]["row"] in outcome.out
        assert test["dropped"][0]["reason"] in outcome.out
    assert "T3:" not in outcome.out


def test_csv_has_the_same_values(document):
    outcome = isotunnel("spacing", "T4", "--csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    copper = {r["quantity"]: r for r in rows if r["row"] == "Cu"}
    expected = next(r for r in document["tests"][3]["rows"] if r["name"] == "Cu")
    assert float(copper["resistivity"]["value"]) == expected["resistivity"]["value"]
    assert float(copper["heat_per_hop_ev"]["error"]) == expected["heat_per_hop_ev"]["error"]
    assert float(copper["losses.1.over_ohmic"]["value"]) == expected["losses"][0]["over_ohmic"]
    assert {r["test"] for r in rows} == {"T4"}


def test_csv_writes_truth_and_absence_as_the_tables_of_facts_do():
    rows = list(csv.DictReader(io.StringIO(isotunnel("spacing", "T3", "--csv").out)))
    said = {r["quantity"]: set() for r in rows}
    for row in rows:
        said[row["quantity"]].add(row["value"])
    assert said["simple"] == {"true", "false"}
    assert not {"None", "True", "False"} & {cell for row in rows for cell in row.values()}


def test_figures_go_into_a_folder(tmp_path):
    pytest.importorskip("matplotlib")
    outcome = isotunnel("spacing", "T3", "--json", "--figures", tmp_path / "new" / "folder")
    assert outcome.status == 0
    assert outcome.json["tests"][0]["id"] == "T3"
    assert {p.name for p in (tmp_path / "new" / "folder").iterdir()} == {
        "spacing-t3.png",
        "spacing-t3.svg",
    }
    (tmp_path / "file").write_text("x")
    assert "is a file" in isotunnel("spacing", "T3", "--figures", tmp_path / "file").problem


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("T7",), "unknown test 'T7'"), (("T1", "--csv", "--json"), "one of the two")],
)
def test_bad_input_is_one_line(arguments, words):
    outcome = isotunnel("spacing", *arguments)
    assert outcome.status == 2
    assert outcome.out == ""
    assert words in outcome.problem
