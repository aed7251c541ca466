"""Laws that every table of measured facts keeps, and what the tables are derived from."""

from __future__ import annotations

import importlib.util
import math
import re
from pathlib import Path

import pytest

from isotunnel import measured
from isotunnel.errors import InputError
from isotunnel.measured.schema import COMMON

ROOT = Path(__file__).parents[2]
UNITS = {
    *("", "1", "K", "mK", "GPa", "MPa", "kPa", "1/GPa", "K/GPa", "microohm cm", "mT", "T", "mT/K"),
    *("mT/GPa", "nm", "meV", "neV", "eV", "A/cm2", "1e-8 W ohm/K^2", "1e-10 m^3/C"),
    *("cm^2/s", "kcal/mol"),
    *("mJ/(mol K^2)", "1e-6/K", "J/(mol K)", "J/mol", "kg/m^3", "cm^3/mol", "W/(m K)", "g/mol"),
    *("m/s", "mN/m", "uPa s", "angstrom", "angstrom^3", "degree", "km", "nT", "uT", "A m^2"),
    *("TW", "%", "angstrom^3/atom", "W/m/K", "kJ/mol", "g/cm^3", "S/m", "Gyr", "kyr"),
}
UNPUBLIC = re.compile(
    r"file-index|\bfile id|find_string|read_file|curator|index id \d|\bsearch pages?|\bstored page"
    r"|\bbrief\b|\bhelper\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def script():
    path = ROOT / "scripts/make_measured_tables.py"
    spec = importlib.util.spec_from_file_location("make_measured_tables", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_those_of_the_raw_data(table, script):
    path = script.DATA / f"{table.name}.csv"
    assert path.read_text(encoding="utf-8") == script.render(table.name)


def test_every_raw_table_is_shipped(script):
    assert {p.stem for p in (script.DATA / "raw").glob("*.csv")} == set(measured.tables())
    assert {p.stem for p in script.DATA.glob("*.csv")} == set(measured.tables())


def test_there_are_tables():
    """Guard for the tests over all tables."""
    assert len(measured.tables()) >= 11
    assert all(len(measured.table(n)) >= 8 for n in measured.tables())


def test_every_row_has_an_id_a_source_and_a_grade(table):
    for row in table:
        assert row.grade in measured.GRADES
        assert len(row.source) >= 5
        assert re.fullmatch(rf"{table.name}:[\w.+-]+", row.id), row.id
    assert len({r.id for r in table}) == len(table)


def test_sources_are_public(table):
    found = [(r.id, v) for r in table for v in r.values() if UNPUBLIC.search(str(v))]
    assert found == []
    assert not UNPUBLIC.search(table.about)


def test_no_row_stands_twice(table):
    keys = [tuple(r[n] for n in table.schema.unique) for r in table]
    twice = {k for k in keys if keys.count(k) > 1} if len(set(keys)) < len(keys) else set()
    assert twice == set()


def test_units_are_known(table):
    assert {c.unit for c in table.columns} <= UNITS
    if "unit" in (c.name for c in table.columns):
        assert {r.text("unit") for r in table} <= UNITS


def test_no_number_is_infinite_or_not_a_number(table):
    numbers = [v for r in table for v in r.values() if isinstance(v, float)]
    assert numbers
    assert all(map(math.isfinite, numbers))


def test_bounds_enclose_values(table):
    for column in (c for c in table.columns if c.kind == "quantity"):
        for row in table:
            q = row.quantity(column.name)
            if q.low is not None and q.high is not None:
                assert q.low <= q.high, row.id
            if q.value is not None:
                assert q.low is None or q.low <= q.value, row.id
                assert q.high is None or q.value <= q.high, row.id
            else:
                assert q.error is None, row.id


def test_numbers_have_limits(table):
    """A column without limits would let a slipped unit pass."""
    bare = [
        c.name
        for c in table.columns
        if c.kind in ("number", "quantity") and c.minimum is None and c.unit
    ]
    assert bare == []


def test_pressure_ranges_rise(table):
    names = {c.name for c in table.columns}
    if {"pressure_min_gpa", "pressure_max_gpa"} <= names:
        for row in table:
            low, high = row["pressure_min_gpa"], row["pressure_max_gpa"]
            assert low is None or high is None or low <= high, row.id


def test_elements_are_elements(table):
    from ase.data import atomic_numbers

    if table.schema.subject == "element":
        assert {r.text("element") for r in table} <= set(atomic_numbers)


def test_every_column_is_used_and_explained(table):
    assert all(c.meaning for c in table.columns)
    for column in table.columns:
        if column.name not in COMMON:
            filled = [r for r in table if any(r[n] is not None for n in column.names())]
            assert filled, column.name


def test_a_table_is_read_once():
    assert measured.table("dtc_dp") is measured.table("dtc-dp")


def test_rows_are_found_by_their_id():
    row = measured.table("dtc_dp").where(material="Pb", kind="slope")[0]
    assert measured.find_row(row.id) is row
    assert row.number("dtc_dp_k_per_gpa") < 0
    with pytest.raises(InputError, match="no row 'dtc_dp:Xx-9'"):
        measured.find_row("dtc_dp:Xx-9")
    with pytest.raises(InputError, match="no table has a row"):
        measured.find_row("nonsense")


def test_an_unknown_table_names_the_nearest():
    with pytest.raises(InputError, match="did you mean dtc_dp"):
        measured.table("dtcdp")
    with pytest.raises(InputError, match="no known name comes close"):
        measured.table("qqqqqqqq")


def test_an_unknown_column_names_those_there_are():
    with pytest.raises(InputError, match="no column 'tc'; it has id, material"):
        measured.table("dtc_dp").where(tc=1)


def test_get_gives_the_default_where_a_dictionary_would():
    row = measured.table("dtc_dp").where(material="Pb", kind="slope")[0]
    assert row.get("nonsense") is None
    assert row.get("nonsense", 7) == 7
    assert row.get("dtc_dp_k_per_gpa", 7) == row["dtc_dp_k_per_gpa"]
    empty = next(name for name in row if row[name] is None)
    assert row.get(empty, 7) is None
    with pytest.raises(InputError, match="no column 'nonsense'"):
        row["nonsense"]
