"""``isotunnel squeeze``: its document, tables and figures, and one line for wrong input."""

from __future__ import annotations

from command import isotunnel

from isotunnel.schemas import Squeeze, validated


def test_the_document():
    document = isotunnel("squeeze", "He", "H2", "--json").json
    validated(Squeeze, document)
    assert {g["symbol"] for g in document["gases"]} == {"He"}
    assert document["hydrogen"]
    assert document["metals"] == []


def test_the_tables():
    text = isotunnel("squeeze", "He").out
    assert "He-hcp" in text
    assert "67.04*" in text
    assert "0 by symmetry" in text


def test_figures(tmp_path):
    isotunnel("squeeze", "He", "H2", "--figures", str(tmp_path / "f"))
    found = {p.name for p in (tmp_path / "f").iterdir() if p.suffix == ".png"}
    energies = (tmp_path / "f" / "squeezed-energies.svg").read_text("utf-8")
    assert "mathdefault" not in energies
    assert found == {
        f"squeezed-{n}.png" for n in ("cloud-He-fcc", "cloud-He-hcp", "energies", "hydrogen")
    }


def test_an_unknown_element_is_one_line():
    done = isotunnel("squeeze", "Qq")
    assert done.status == 2
    assert "there are Ar, He, " in done.problem
