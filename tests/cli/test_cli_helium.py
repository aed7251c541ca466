"""``isotunnel helium``."""

from __future__ import annotations

from command import isotunnel

from isotunnel.studies.helium import PROPERTIES


def test_the_document():
    document = isotunnel("helium", "--sweeps", "300", "--json").json
    assert [a["name"] for a in document["across"]] == list(PROPERTIES)
    heat = document["across"][0]
    assert 0.9 < heat["ratio"] < 1.1  # the heat that takes an atom out hardly changes
    assert len(heat["used"]) > 8
    assert document["attracting"]["energy_k"] < 0 < document["repelling"]["energy_k"]
    assert document["ground_state"]["energy_k"] < 0


def test_the_tables_say_where_there_are_no_rows():
    out = isotunnel("helium", "--sweeps", "200").out
    assert "no rows" in out  # of the surface tension below the lambda point
    assert "without attraction" in out
    assert "ground state" in out


def test_too_few_sweeps_are_refused():
    done = isotunnel("helium", "--sweeps", "3")
    assert done.status == 2
    assert "200" in done.problem
