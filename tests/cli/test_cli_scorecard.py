"""``isotunnel scorecard``: documents, tables, page, a user's theory, one line for wrong input."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from command import checked, isotunnel, refused

from isotunnel import schemas
from isotunnel.claims import register

EXAMPLE = Path(__file__).parents[2] / "examples" / "my_theory.py"
QUICK = ("--claim", "C1", "--claim", "c3", "--claim", "A9", "--claim", "C6")
SLIP = """
from isotunnel.theories import Quantity, TheoryAnswer

def said(rho):
    other = (Quantity.refused("no"),) * 4
    return TheoryAnswer("slip", "x", 0.0, 0.0, "metal", "", None, rho, *other)

class Slip:
    name, title, references = "slip", "Slip", ()

    def answer(self, material, pressure_gpa, temperature_k):
        {body}
"""


@pytest.fixture(scope="module")
def every():
    """All claims, once, as the JSON document and on stdout."""
    outcome = isotunnel("scorecard", "--json")
    assert outcome.status == 0, outcome.err
    return checked(schemas.Scorecard, outcome.json)


def test_every_claim_is_counted_once_for_each_side(every):
    assert [c.claim.id for c in every.claims] == [c.id for c in register()]
    assert every.sides == ["paper", "rival"]
    for side in every.sides:
        assert sum(every.totals[side].values()) == len(register()) == 38
    for verdict, n in every.totals["paper"].items():
        assert n == sum(c.verdicts["paper"] == verdict for c in every.claims)


def test_what_is_not_computed_is_counted_as_such(every):
    waiting = [c for c in every.claims if not c.claim.computed]
    for c in waiting:
        why = "not testable" if c.claim.not_testable else "not yet computed"
        assert set(c.verdicts.values()) == {why}
        assert not c.numbers
        assert c.picture is None
    totals = every.totals["rival"]
    assert totals["not yet computed"] + totals["not testable"] == len(waiting)


def test_every_number_rests_on_rows_with_a_source(every):
    numbers = [n for c in every.claims for n in c.numbers if n.cannot_say is None]
    assert len(numbers) > 30
    for n in numbers:
        assert n.used
        assert all(r.source and r.row and r.table for r in n.used)
        assert all(r.reason for r in n.dropped)
        assert n.would_change
        assert n.low <= n.value <= n.high
    for c in every.claims:
        for side in every.sides:
            if c.verdicts[side] not in ("not yet computed", "no statement"):
                assert any(n.decides for n in c.numbers if n.side == side), c.claim.id


def test_tables_for_a_person():
    text = isotunnel("scorecard", *QUICK[:2], "--claim", "C6").out
    for words in ("what decides:", "rule: supported:", "what would change it:", "limits:"):
        assert words in text
    assert "Totals of 2 claims" in text


def test_csv_says_what_json_says():
    document = checked(schemas.Scorecard, isotunnel("scorecard", *QUICK, "--json").json)
    rows = list(csv.DictReader(io.StringIO(isotunnel("scorecard", *QUICK, "--csv").out)))
    for c in document.claims:
        for n in c.numbers:
            row = next(
                r
                for r in rows
                if (r["claim"], r["side"], r["part"]) == (c.claim.id, n.side, n.part)
            )
            assert row["verdict"] == c.verdicts[n.side]
            assert row["part_verdict"] == n.verdict
            assert float(row["value"]) == pytest.approx(n.value, rel=1e-6)
            assert row["would_change"] == n.would_change
    assert {r["claim"] for r in rows} == {c.claim.id for c in document.claims}


def test_the_trace_of_a_claim_names_every_row_and_ends_in_its_verdicts():
    outcome = isotunnel("scorecard", "--claim", "A4", "--trace")
    assert outcome.status == 0, outcome.err
    card = checked(schemas.Scorecard, isotunnel("scorecard", "--claim", "A4", "--json").json)
    (claim,) = card.claims
    assert claim.numbers
    for n in claim.numbers:
        assert n.used
        for row in n.used:
            assert f"{row.row}  {row.label}  <- {row.source}" in outcome.out
        for lost in n.dropped:
            assert f"{lost.label}: {lost.reason}" in outcome.out
    for side in card.sides:
        last = next(x for x in outcome.out.splitlines() if x.startswith(f"  {side}: "))
        assert last.endswith(f" -> {claim.verdicts[side]}")


def test_page_and_figures(tmp_path):
    page, folder = tmp_path / "new" / "card.html", tmp_path / "figures"
    outcome = isotunnel("scorecard", *QUICK, "-o", page, "--figures", folder)
    assert outcome.status == 0
    assert f"wrote {page}" in outcome.err
    assert sorted(p.name for p in folder.iterdir()) == [
        f"claim-{name}.{form}" for name in ("A9", "C1", "C3", "C6") for form in ("png", "svg")
    ]
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert text.count("<details class='claim'") == 4


def test_the_example_theory_is_judged_beside_the_others():
    found = checked(
        schemas.Scorecard,
        isotunnel("scorecard", "--claim", "A4", "--theory", f"{EXAMPLE}:VolumeOnly", "--json").json,
    )
    assert found.theory == "Volume only (an example)"
    assert found.sides == ["paper", "rival", "yours"]
    mine = [n for n in found.claims[0].numbers if n.side == "yours"]
    assert {n.part for n in mine} == {"sign", "size"}
    assert all(n.value is not None for n in mine)
    assert "Your theory has" in mine[0].sentence


def test_a_module_of_the_working_directory_works_too(tmp_path, monkeypatch):
    text = EXAMPLE.read_text(encoding="utf-8")
    (tmp_path / "theory_of_a_test.py").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    outcome = isotunnel("scorecard", "--claim", "A8", "--theory", "theory_of_a_test:VolumeOnly")
    assert outcome.status == 0, outcome.err
    assert "sign (yours)" in outcome.out


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return 1 / 0", "failed on .* ZeroDivisionError"),
        ("return None", "answered with NoneType, not a TheoryAnswer"),
        ("raise SystemExit(3)", "failed on .* SystemExit: 3"),
        ("return said(Quantity(float('inf')))", "with rho_uohm_cm = inf and no reason"),
        ("return said(Quantity('4'))", "with rho_uohm_cm = '4' and no reason"),
        ("return said(Quantity(1j))", "with rho_uohm_cm = 1j and no reason"),
    ],
)
def test_a_slip_in_a_theory_ends_in_one_line(tmp_path, body, words):
    path = tmp_path / "slip.py"
    path.write_text(SLIP.format(body=body))
    problem = refused("scorecard", "--claim", "A4", "--theory", f"{path}:Slip")
    assert "your theory 'slip'" in problem
    assert re.search(words, problem)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--claim", "Z9"), "unknown claim 'Z9'"),
        (("--csv", "--json"), "either --csv or --json"),
        (("--trace", "--json"), "either --csv or --json or --trace"),
        (("--trace", "--csv"), "either --csv or --json or --trace"),
        (("--theory", "no_such_module:X"), "no module 'no_such_module'"),
        (("--theory", "no/such/file.py:X"), "there is no such file"),
        (("--theory", "my_theory"), "not of the form module:Class"),
        (("--theory", f"{EXAMPLE}:Nothing"), "its classes: VolumeOnly"),
        (("--theory", "json:JSONDecoder"), "lacks name, title, references, answer"),
        (("--theory", "math:sqrt"), "cannot be made without arguments"),
        (("-o", "card.pdf"), "name a file that ends in .html, .csv or .json"),
        (("-o", "--json"), "--output --json: the name is missing"),
        (("--figures", "--csv"), "--figures --csv: the name is missing"),
        (("--figures", str(EXAMPLE)), "is a file; give a folder"),
    ],
)
def test_one_line_for_wrong_input(arguments, words):
    assert words in refused("scorecard", *arguments)
