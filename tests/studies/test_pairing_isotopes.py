"""Predicted isotope exponents find the measurement that belongs to them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from isotunnel.studies.pairing.isotopes import isotopes_beside
from isotunnel.studies.spacing.superconductor_rows import measured_sites
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import (
    METAL,
    NAMED,
    BenchmarkRow,
    benchmark_rows,
)

TIN = BenchmarkRow("element-Sn", "Sn", structure=METAL, isotope_exponent=0.44)
BORIDE = BenchmarkRow(
    "named-MgB2", "MgB2", structure=NAMED, isotope_exponent=0.45,
    isotope_by_element=(("Mg", 0.05), ("B", 0.40)),
)  # fmt: skip


def test_each_element_has_its_own_measurement() -> None:
    found = {(one.row.formula, one.element): one for one in isotopes_beside([TIN, BORIDE])}
    assert {key: one.predicted for key, one in found.items()} == {
        ("Sn", "Sn"): 0.44,
        ("MgB2", "B"): 0.40,
    }
    # Lock, Pippard and Shoenberg (1951): 0.462(14) beside Serin's 0.46 without an error.
    assert found["Sn", "Sn"].measured.value == pytest.approx(0.462)
    assert found["Sn", "Sn"].measured.error == pytest.approx(0.014, abs=1e-3)
    # Magnesium's was measured by nobody in the table; boron's is 0.27 to 0.30.
    assert 0.26 < found["MgB2", "B"].measured.value < 0.31


@pytest.mark.parametrize(
    "row",
    [
        BenchmarkRow("JVASP-1", "Sn", isotope_exponent=0.4),
        BenchmarkRow("element-Sn", "Sn", structure=METAL),
        BenchmarkRow("named-MgB2", "MgB2", structure=NAMED, isotope_exponent=0.45),
        BenchmarkRow("element-Cu", "Cu", structure=METAL, isotope_exponent=0.4),
    ],
    ids=["drawn", "no exponent", "no single elements", "not measured"],
)
def test_without_either_there_is_no_row(row: BenchmarkRow) -> None:
    assert isotopes_beside([row]) == ()


def test_the_best_measurement_of_a_site_counts() -> None:
    lead = next(c for c in measured_sites() if c.elements == frozenset({"Pb"}))
    assert lead.site("Pb").value == pytest.approx(0.501)
    assert lead.total().value == lead.site("Pb").value


def test_the_shipped_table_has_exponents_of_single_elements_that_add_up() -> None:
    rows = [r for r in benchmark_rows() if len(r.isotope_by_element) > 1]
    assert rows
    for row in rows:
        assert row.isotope_exponent is not None
        total = sum(value for _, value in row.isotope_by_element)
        assert total == pytest.approx(row.isotope_exponent, abs=0.021)


def test_the_page_tells_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "scripts"))
    from page_makers.pairing_isotopes import isotope_lines

    lines = isotope_lines([TIN, BORIDE])
    assert any(line.startswith("| Sn | Sn | 0.44 | 0.462") for line in lines)
    assert isotope_lines([]) == []
    sys.modules.pop("page_makers.pairing_isotopes", None)
