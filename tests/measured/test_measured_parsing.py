"""From numbers as printed to columns, and from cells to values."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.rows import Row
from isotunnel.measured.schema import Column, schema_of

_PATH = Path(__file__).parents[2] / "scripts/make_measured_tables.py"
_SPEC = importlib.util.spec_from_file_location("make_measured_tables_parsing", _PATH)
script = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(script)


@pytest.mark.parametrize(
    ("printed", "cells"),
    [
        ("", ("", "", "", "")),
        ("0.5", ("0.5", "", "", "")),
        ("-1.2e-3", ("-1.2e-3", "", "", "")),
        ("0.30(4)", ("0.30", "0.04", "", "")),
        ("219.5(27)", ("219.5", "2.7", "", "")),
        ("12(3)", ("12", "3", "", "")),
        ("0.46 +- 0.02", ("0.46", "0.02", "", "")),
        ("159-161", ("160", "", "159", "161")),
        ("-3 - -1", ("-2", "", "-3", "-1")),
        ("1e5-1e6", ("550000", "", "1e5", "1e6")),
        ("<4.2", ("", "", "", "4.2")),
        ("up to 260", ("", "", "", "260")),
        (">210", ("", "", "210", "")),
        ("~0.3", ("0.3", "", "", "")),
    ],
)
def test_printed_numbers(printed, cells):
    assert script.quantity(printed) == cells


@pytest.mark.parametrize("text", ["smooth", "3 and 1", "1-2-3", "0.30(x)", "--1", "1,5", "nan"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(InputError, match="no number, range or bound"):
        script.quantity(text)


@given(st.integers(-9999, 9999), st.integers(0, 4), st.integers(1, 99))
def test_digits_in_brackets_count_in_the_last_place(digits, places, error):
    printed = f"{digits / 10**places:.{places}f}({error})"
    value, spread, _, _ = script.quantity(printed)
    assert float(value) == pytest.approx(digits / 10**places)
    assert float(spread) == pytest.approx(error / 10**places)


TC = Column("tc_k", "quantity", "K", "critical temperature", 0.0, 300.0)


def test_cells_are_checked():
    assert TC.parse("tc_k", "4.2") == 4.2
    assert TC.parse("tc_k_low", "") is None
    with pytest.raises(InputError, match=r"tc_k: -1 K is outside 0.0 to 300.0"):
        TC.parse("tc_k", "-1")
    with pytest.raises(InputError, match="below zero"):
        TC.parse("tc_k_error", "-0.1")
    with pytest.raises(InputError, match="no number"):
        TC.parse("tc_k", "4,2")
    for text in ("nan", "inf"):
        with pytest.raises(InputError, match="not finite"):
            TC.parse("tc_k", text)


def test_words_flags_and_whole_numbers_are_checked():
    sign = Column("sign", "choice", "", "", choices=("rises", "falls"))
    assert sign.parse("sign", "rises") == "rises"
    with pytest.raises(InputError, match="none of rises, falls"):
        sign.parse("sign", "up")
    flag = Column("ok", "flag", "", "")
    assert [flag.parse("ok", t) for t in ("true", "false", "")] == [True, False, None]
    with pytest.raises(InputError, match="neither true nor false"):
        flag.parse("ok", "yes")
    assert Column("year", "integer", "", "").parse("year", "1911") == 1911
    with pytest.raises(InputError, match="no number"):
        Column("year", "integer", "", "").parse("year", "1911.5")


def test_a_schema_is_checked():
    good = {"title": "t", "subject": "a", "unique": ["a"], "columns": [["a", "text", "", "m"]]}
    assert schema_of("x", good).header() == ("id", "a", "source", "url", "grade", "note")
    with pytest.raises(InputError, match="limits for unknown columns: b"):
        schema_of("x", good | {"ranges": {"b": [0, 1]}})
    with pytest.raises(InputError, match="no kind of column"):
        schema_of("x", good | {"columns": [["a", "choice", "", "m"]]})


def test_a_number_that_is_not_stated_is_unknown():
    row = Row("t", {"id": "t:x-1", "a": None, "b": 2, "c": "word"}, {"a": "K", "b": "", "c": ""})
    assert row.number("b") == 2.0
    assert row.text("a") == ""
    for name in ("a", "c"):
        with pytest.raises(CannotSay, match=f"row t:x-1 of table t states no {name}"):
            row.number(name)
