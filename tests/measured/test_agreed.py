"""One number from several rows: the best grade decides, every row widens the spread."""

from __future__ import annotations

import math

import pytest

from isotunnel import measured
from isotunnel.measured.agreed import NOTHING_MEASURED, agreed


def _depths(material):
    return measured.table("critical_fields").where(material=material, quantity="penetration depth")


def test_the_best_grade_decides_and_all_rows_spread():
    """Niobium: 47, 39 and 29 nm of grade A, 52 nm of grade B."""
    found = agreed(_depths("Nb"), "Nb")
    assert (found.value, found.low, found.high, found.grade) == (39.0, 29.0, 52.0, "A")
    assert len(found.rows) == 4


def test_the_order_of_rows_does_not_matter():
    rows = list(_depths("Nb"))
    assert agreed(reversed(rows), "Nb").value == agreed(rows, "Nb").value


def test_rows_without_a_value_are_passed_over():
    bound = measured.table("critical_fields").where(material="NbN", quantity="Hc2(0)")
    found = agreed(bound, "NbN")
    assert found.value == pytest.approx(44.3)
    assert len(found.rows) == 1


def test_nothing_measured():
    assert agreed((), "Cu") is NOTHING_MEASURED
    assert math.isnan(NOTHING_MEASURED.value)
