"""One record of rows used and dropped, whatever rests on them."""

from __future__ import annotations

import pytest

from isotunnel import measured
from isotunnel.errors import CannotSay
from isotunnel.measured import table
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard import Measurement
from isotunnel.studies import spacing


def test_a_row_of_a_table_can_be_found_again():
    row = table("dtc_dp").rows[0]
    used = RowUsed.of(row, "lead")
    dropped = RowDropped.of(row, "lead", "too soft")
    assert vars(used) == {
        "table": "dtc_dp",
        "row": row.id,
        "label": "lead",
        "source": row.source,
    }
    assert dropped.reason == "too soft"
    found = [r for r in table(used.table).rows if r.id == used.row]
    assert found == [row]


def test_spacing_tests_and_claims_keep_the_same_records():
    rows = (RowUsed("made up", "1", "x", "made up"),)
    test = spacing.SpacingTest("T9", "made up", (), (), rows, (), ())
    number = Measurement("made up", "paper", 1.0, 0.5, 1.5, test.used, test.dropped)
    assert test.used == number.used == rows


def test_a_cell_becomes_a_parameter_once_with_all_that_the_row_says() -> None:
    lead = measured.find_row("dtc_dp:Pb-1").parameter("dtc_dp_k_per_gpa")
    assert (lead.value, lead.error, lead.unit) == (-0.386, 0.012, "K/GPa")
    assert (lead.kind, lead.grade) == ("measured", measured.find_row("dtc_dp:Pb-1").grade)
    assert lead.source == measured.find_row("dtc_dp:Pb-1").source
    with pytest.raises(CannotSay, match="states no dlntc_dp_per_gpa"):
        measured.find_row("dtc_dp:Pb-1").parameter("dlntc_dp_per_gpa")
