"""``isotunnel critical``: its document, table and figure, and one line for wrong input."""

from __future__ import annotations

import pytest
from command import isotunnel

from isotunnel import schemas


@pytest.mark.parametrize("name", ["sn", "Al", "Pb"])
def test_the_document(name):
    document = isotunnel("critical", name, "--json").json
    schemas.validated(schemas.Critical, document)
    assert document["schema"] == "isotunnel.critical/1"


def test_the_table_has_both_theories():
    out = isotunnel("critical", "Al").out
    assert "bcs" in out
    assert "tunnel-ks" in out


def test_a_figure(tmp_path):
    isotunnel("critical", "Sn", "--figures", tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"critical-Sn.png", "critical-Sn.svg"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("Cu",), "there are Al"), (("Al", "--figures", "figures"), "no figure")],
)
def test_bad_input_is_one_line(arguments, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = isotunnel("critical", *arguments)
    assert done.status == 2
    assert says in done.problem
