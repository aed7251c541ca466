"""Numbers as printed mean the numbers that were computed."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.report import text


def _read(words: str) -> float:
    mantissa, _, power = words.replace(text.MINUS, "-").partition(" × 10")
    back = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    return float(mantissa) * 10.0 ** int(power.translate(back) or 0)


@given(st.floats(-1e12, 1e12, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-12))
def test_four_significant_digits(value: float) -> None:
    assert _read(text.number(value)) == pytest.approx(value, rel=5.1e-4)


@given(st.floats(-1e4, 1e4), st.floats(1e-9, 1e3))
def test_value_and_error_agree_in_places(value: float, error: float) -> None:
    shown, _, shown_error = text.with_error(value, error).partition(" ± ")
    places = len(shown.partition(".")[2])
    if not shown_error:
        # It would not touch the last digit.
        assert error < 0.5 * 10.0**-places
        return
    assert len(shown_error.partition(".")[2]) == places
    # No more digits than the error warrants, up to the rounding of the last one.
    assert abs(_read(shown) - value) <= max(0.51 * 10.0**-places, 0.051 * error)


@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_missing_numbers_become_words(value: float | None) -> None:
    assert text.number(value) == text.UNKNOWN
    assert text.with_error(value, 0.1) == text.NOT_REACHED


def test_known_texts() -> None:
    assert text.with_error(0.69512, 0.0021, "eV") == "0.6951 ± 0.0021 eV"
    assert text.with_error(-12.5, 0.0, "eV") == "−12.50 eV"
    assert text.with_error(0.667178, 5e-8) == "0.667178"
    assert text.number(0.84136, "1/angstrom^3") == "0.8414 e/Å³"
    assert text.vector_text([1, 0, -1]) == "[1 0 −1]"


@given(st.text())
def test_json_cannot_leave_its_script_element(words: str) -> None:
    packed = text.json_for_script({"name": words + "</script><!--"})
    assert "<" not in packed
    assert json.loads(packed)["name"] == words + "</script><!--"
