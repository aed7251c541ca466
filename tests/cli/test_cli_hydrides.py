"""``isotunnel hydrides``: the table of networking values on the terminal, as CSV and as JSON."""

from __future__ import annotations

import csv
import io

import pytest
from command import checked, isotunnel, refused

from isotunnel import schemas
from isotunnel.studies.hydrides.table import hydride_table


def test_the_terminal_lists_what_was_computed_and_counts_the_rest():
    out = isotunnel("hydrides").out
    table = hydride_table()
    for row in table.computed:
        assert row.short_id in out
    for status, number in table.counts().items():
        assert f"{number} {status}" in " ".join(out.split())
    assert "nan" not in out.lower().split()


def test_csv_is_the_file_itself():
    lines = list(csv.DictReader(io.StringIO(isotunnel("hydrides", "--csv").out)))
    assert [r["id"] for r in lines] == [r.id for r in hydride_table().rows]


def test_json_holds_every_row_and_column():
    found = checked(schemas.Hydrides, isotunnel("hydrides", "--json").json)
    names = [c.name for c in found.columns]
    assert all(list(row) == names for row in found.rows)
    assert sum(found.counts.values()) == len(found.rows) == len(hydride_table().rows)
    assert found.study is None


def test_the_study_on_the_terminal_and_as_json():
    study = checked(schemas.Hydrides, isotunnel("hydrides", "--study", "--json").json).study
    assert study is not None
    assert len(study.rows) == sum(study.families.values()) == study.formulas[0].rows
    out = isotunnel("hydrides", "--study").out
    for score in (*study.formulas, *study.fits):
        assert score.name in out
        assert f"{score.mae_k[0]:.1f}" in out


def test_one_row_tells_its_warnings_or_its_reason():
    out = " ".join(isotunnel("hydrides", "S01").out.split())
    assert "inside the augmentation sphere of S" in out
    assert "0.6671" in out
    assert "cell is not printed" in " ".join(isotunnel("hydrides", "S24").out.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["S99"], "unknown hydride 'S99'"),
        (["--csv", "--json"], "either --csv or --json"),
        (["S01", "--csv"], "whole table"),
    ],
)
def test_bad_requests_are_refused_in_one_line(arguments, words):
    assert words in refused("hydrides", *arguments)
