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


def test_the_documents_of_a_compound_and_of_all():
    one = isotunnel("critical", "NbS2", "--json").json
    schemas.validated(schemas.CriticalCurves, one)
    assert one["schema"] == "isotunnel.critical_curves/1"
    every = isotunnel("critical", "--all", "--json").json
    schemas.validated(schemas.CriticalAll, every)
    assert {"Pb", "Nb3Sn"} <= {m["material"] for m in every["materials"]}


def test_tables_of_a_compound_and_of_all(tmp_path):
    out = isotunnel("critical", "Nb3Sn").out
    assert "WHH" in out
    assert "figure MHC40842" in out
    assert isotunnel("critical", "--all").out.count("median") == 2
    csv = isotunnel("critical", "--all", "--csv").out
    assert csv.startswith("material,quantity,curves,points,held_out_parabola")
    isotunnel("critical", "--all", "--figures", tmp_path)
    assert (tmp_path / "critical-families.png").is_file()


def test_the_table_has_both_theories():
    out = isotunnel("critical", "Al").out
    assert "bcs" in out
    assert "tunnel-ks" in out


def test_a_figure(tmp_path):
    isotunnel("critical", "Sn", "--figures", tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"critical-Sn.png", "critical-Sn.svg"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("Cu",), "there are Al"), (("Re", "--figures", "figures"), "no figure")],
)
def test_bad_input_is_one_line(arguments, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = isotunnel("critical", *arguments)
    assert done.status == 2
    assert says in done.problem
