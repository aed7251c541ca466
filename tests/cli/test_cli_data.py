"""``isotunnel data``: the tables of measured facts on the terminal, as CSV and as JSON."""

from __future__ import annotations

import csv
import io

import pytest
from command import checked, isotunnel, refused

from isotunnel import measured, schemas


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_list_names_every_table_with_its_rows():
    out = isotunnel("data").out
    found = checked(schemas.Data, isotunnel("data", "--json").json)
    listed = {r["name"]: int(r["rows"]) for r in rows_of(isotunnel("data", "--csv").out)}
    assert [t.name for t in found.tables] == list(measured.tables())
    assert found.columns == []
    assert found.rows == []
    for table in found.tables:
        assert table.name in out
        assert listed[table.name] == table.count == len(measured.table(table.name))


@pytest.mark.parametrize("name", measured.tables())
def test_json_and_csv_hold_the_whole_table(name):
    table = measured.table(name)
    found = checked(schemas.Data, isotunnel("data", name, "--json").json)
    assert [t.name for t in found.tables] == [name]
    assert [c.name for c in found.columns] == list(table.schema.header())
    assert found.rows == [r.as_dict() for r in table]
    lines = rows_of(isotunnel("data", name, "--csv").out)
    assert [r["id"] for r in lines] == [r.id for r in table]
    assert list(lines[0]) == list(table.schema.header())


@pytest.mark.parametrize("name", [n for n in measured.tables() if len(measured.table(n)) < 150])
def test_the_terminal_shows_ids_and_sources(name):
    out = isotunnel("data", name).out
    table = measured.table(name)
    assert table.title in " ".join(out.split())
    assert all(r.source in out for r in table)
    assert "nan" not in out.lower().split()


def test_rows_by_material():
    rows = isotunnel("data", "dtc_dp", "--material", "pb", "--json").json["rows"]
    assert {r["material"] for r in rows} == {"Pb"}
    # A state or a film counts, another compound does not.
    titles = {
        r["material"]
        for r in rows_of(isotunnel("data", "dtc_dp", "--material", "MgB2", "--csv").out)
    }
    assert titles == {"MgB2", "MgB2 (single crystal and polycrystal)"}
    assert "PbMo6S8" not in isotunnel("data", "critical_fields", "--material", "Pb").out


def test_rows_by_grade():
    grades = [r["grade"] for r in isotunnel("data", "elastic", "--json").json["rows"]]
    better = [
        r["grade"] for r in isotunnel("data", "elastic", "--grade", "B", "--json").json["rows"]
    ]
    assert better == [g for g in grades if g in "AB"]
    assert 0 < len(better) < len(grades)


def test_one_row_shows_all_it_says():
    row = measured.table("dtc_dp").row("dtc_dp:Pb-1")
    out = isotunnel("data", row.id).out
    flat = " ".join(out.replace("│", " ").split())
    assert "-0.386 ± 0.012 K/GPa" in flat
    assert row.source in flat
    assert measured.GRADES["A"] in flat
    assert isotunnel("data", row.id, "--json").json["rows"] == [row.as_dict()]


def test_ranges_and_bounds_are_written_out():
    out = isotunnel("data", "hydrides_tc").out
    assert "159 to 161" in out
    assert "> 210" in out
    assert "< 4.2" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("dtcdp",), ("unknown table 'dtcdp'", "did you mean dtc_dp")),
        (("x" * 500,), ("unknown table 'xxx", "...'")),
        (("dtc_dp:Xx-9",), ("no row 'dtc_dp:Xx-9'",)),
        (("nonsense:Pb-1",), ("unknown table 'nonsense'",)),
        (
            ("dtc_dp", "--material", "Pbb"),
            ("unknown material of the table dtc_dp 'Pbb'", "did you mean Pb"),
        ),
        (("dtc_dp", "--material", ""), ("table dtc_dp ''",)),
        (("planets_prem", "--grade", "A"), ("grade A or better",)),
        (("--material", "Pb"), ("need a table",)),
        (("dtc_dp", "--csv", "--json"), ("--csv or --json",)),
        (("dtc_dp", "--grade", "E"), ("--grade", "'E'")),
    ],
    ids=lambda x: " ".join(x)[:40],
)
def test_what_cannot_be_is_refused(arguments, words):
    problem = refused("data", *arguments)
    for word in words:
        assert word in problem
