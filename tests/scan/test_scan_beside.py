"""What was measured beside a scan's points: the document says what the page says."""

from __future__ import annotations

import pytest

from isotunnel import atlas, schemas
from isotunnel.report.page.scan_measured import fact_rows
from isotunnel.scan.beside import beside_points, document_with_measured


@pytest.mark.parametrize("name", ["H3S@200GPa", "Xe"])
def test_contradictions_of_the_page_stand_in_the_document(name):
    result = atlas.scan_of(name)
    told = document_with_measured(result)
    schemas.validated(schemas.Scan, told)
    assert len(told["measured"]) == len(told["points"])
    rows = fact_rows(result, beside_points(result))
    on_page = {(row["point"].label, name) for row in rows for name, _ in row["wrong"]}
    in_document = {
        (fact["label"], name)
        for beside in told["measured"]
        if beside is not None
        for fact in beside["facts"]
        for name in fact["contradicts"]
    }
    assert rows
    assert in_document == on_page


def test_some_measurement_contradicts_something():
    """Guard: the comparison above is not of two empty sets only."""
    found = [
        fact["contradicts"]
        for name in ("H3S@200GPa", "Xe", "Si", "NaCl")
        for beside in document_with_measured(atlas.scan_of(name))["measured"]
        if beside is not None
        for fact in beside["facts"]
    ]
    assert any(found)
