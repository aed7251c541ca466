"""``isotunnel pairing``: one line for what it cannot do, and results computed beforehand."""

from __future__ import annotations

import pytest
from command import isotunnel

from isotunnel import schemas


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        pytest.param(["Fe"], 5, "finds it ferromagnetic", marks=pytest.mark.slow),
        (["Nb", "--mu-star", "little"], 2, "neither a number nor bennemann-garland"),
        (["Nb", "--mu-star", "-0.1"], 2, "must lie between 0 and 0.3"),
        (["Nb", "--mu-star", "0.4"], 2, "must lie between 0 and 0.3"),
        (["Nb", "--stored", "--mu-star", "0.4"], 2, "must lie between 0 and 0.3"),
        (["Nb", "--cutoff", "5"], 2, "100 eV at least"),
        (["PdH", "--stored"], 5, "PdH was computed (named crystal) and has no Tc: imaginary modes"),
        (["Mg3TcH8", "--stored"], 5, "no PBE data set for Tc"),
        (["BeV", "--stored"], 5, "has no Tc: imaginary modes"),
        (["unobtainium"], 2, "unobtainium"),
        (["Fe", "--spin-paired"], 2, "write --spin off"),
        (["Nb", "--xc", "LDA"], 2, "pairing is with PBE alone"),
        (["Nb", "--grid", "0.1"], 2, "--grid is gone"),
        (["Nb", "--dense-spacing", "-1"], 2, "--dense-spacing must be a positive number"),
        (["Xe", "--stored"], 2, "unknown stored pairing result 'Xe'"),
        (["Nb", "--stored", "--figures", "out"], 2, "no spectrum to draw"),
        (["Nb", "--stored", "--mu-star", "bennemann-garland"], 2, "a number for --mu-star"),
    ],
)
def test_bad_cases_end_in_one_line(arguments, status, words):
    outcome = isotunnel("pairing", *arguments)
    assert outcome.status == status
    assert words in outcome.problem
    assert outcome.out == ""


@pytest.mark.parametrize(
    "option",
    [
        ("--pressure", "10"), ("--kpoints", "0.1"), ("--cutoff", "300"), ("--spin", "on"),
        ("--forces", "chgnet"), ("--supercell-atoms", "16"), ("--dense-spacing", "0.1"),
        ("--fresh",), ("--accept-formula-mismatch",),
    ],
)  # fmt: skip
def test_a_stored_result_takes_no_option_of_a_calculation(option):
    """They were passed over: `--stored --pressure 10` showed what was computed at 0 GPa."""
    outcome = isotunnel("pairing", "Nb", "--stored", *option)
    assert (outcome.status, outcome.out) == (2, "")
    assert f"leave {option[0]} out" in outcome.problem


def test_a_stored_result():
    outcome = isotunnel("pairing", "Nb", "--stored")
    assert outcome.status == 0
    assert "lambda 1." in outcome.out
    assert "Allen-Dynes" in outcome.out
    lower = isotunnel("pairing", "Nb", "--stored", "--mu-star", "0.2").out
    assert lower != outcome.out


def test_a_stored_result_as_a_document():
    told = isotunnel("pairing", "Nb", "--stored", "--json", "--mu-star", "0.2").json
    schemas.validated(schemas.PairingStored, told)
    usual = isotunnel("pairing", "niobium", "--stored", "--json").json
    assert usual["mu_star"] == 0.12
    assert usual["tc_allen_dynes_k"] > told["tc_allen_dynes_k"] > 0
    changed = {"mu_star", "tc_allen_dynes_k", "range"}
    assert {k for k in usual if usual[k] != told[k]} == changed
    header, row = isotunnel("pairing", "Nb", "--stored", "--csv").out.splitlines()
    assert {"name", "lambda", "tc_allen_dynes_k", "structure"} <= set(header.split(","))
    assert f"{usual['lambda']}" in row


@pytest.mark.slow
def test_analyze_tells_why_there_is_no_pairing():
    outcome = isotunnel(
        "analyze", "Fe", "--engine", "procrystal", "--no-files", "--pairing", "--json"
    )
    assert outcome.status == 0
    assert outcome.json["pairing"] is None
    assert any(
        "no pairing: a spin-polarised run finds it ferromagnetic" in w
        for w in outcome.json["warnings"]
    )
