"""``isotunnel design``: its document, table and lines for wrong input."""

from __future__ import annotations

import re

import pytest
from command import isotunnel

from isotunnel import schemas
from isotunnel.design import candidates, design, prototypes, ranked
from isotunnel.errors import InputError


def test_the_command() -> None:
    document = isotunnel("design", "XH6", "--with", "Ca", "--json").json
    schemas.validated(schemas.Design, document)
    assert [c["formula"] for c in document["candidates"]] == ["CaH6"]
    assert document["stability"].startswith("unknown")
    lines = isotunnel("design", "XH6", "--csv").out.splitlines()
    assert len(lines) == 1 + len(candidates(prototypes()[0]))
    shown = isotunnel("design", "XH6", "--most", "3").out
    assert "3 of 27 candidates" in " ".join(shown.split())
    assert "area under the curve" in shown


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("XH7",), "no prototype 'XH7'"), (("--with", "Xx"), "no candidate holds 'Xx'")],
)
def test_wrong_input_is_one_line(arguments: tuple[str, ...], says: str) -> None:
    done = isotunnel("design", *arguments)
    assert done.status == InputError.exit_code
    assert says in done.problem


def test_all_is_told_without_a_choice() -> None:
    assert len(design().candidates) == design().searched == len(ranked())


def test_every_candidate_says_why_its_stability_is_unknown_and_how_far_outside_it_lies():
    for candidate in isotunnel("design", "--json").json["candidates"]:
        assert candidate["stability"].startswith("unknown before DFT is asked; no hull; machine")
        hydride = "H" in re.findall(r"[A-Z][a-z]?", candidate["formula"])
        assert hydride == ("off for hydrides" in candidate["stability"])
        assert candidate["known"] == candidate["outside"].startswith("a known member")
        assert ("beyond known sizes" in candidate["outside"]) == (candidate["beyond_size"] > 0)
