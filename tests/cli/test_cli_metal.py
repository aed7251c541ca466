"""``isotunnel metal``: its document, table and figures, and one line for wrong input."""

from __future__ import annotations

import pytest
from command import isotunnel


def test_the_document():
    document = isotunnel("metal", "Na", "K", "--json").json
    assert [m["element"] for m in document["metals"]] == ["Na", "K"]
    assert document["schema"] == "isotunnel.electron_sea/1"
    for metal in document["metals"]:
        assert metal["predicted"]["volume_a3"] == pytest.approx(metal["volume_a3"])
        assert {"thomas_fermi", "lindhard"} == set(metal["shifts"])


def test_the_table_and_what_is_left_out():
    text = isotunnel("metal").out
    assert "left out: Be, no volume of Be in the table" in " ".join(text.split())
    assert text.count("│ ") > 14


def test_details_name_sources_and_the_way_the_ion_moves():
    text = isotunnel("metal", "Na").out
    assert "towards itself" in text
    assert "CRC Handbook" in text


def test_ions_and_charge():
    assert not isotunnel("metal", "Na", "--json").json["mobility"]
    every = isotunnel("metal", "--json").json["mobility"]
    assert {m["element"] for m in every} >= {"Al", "Ag", "Cu"}
    assert "orders of magnitude less" in isotunnel("metal", "Al").out


def test_figures(tmp_path):
    isotunnel("metal", "Na", "--figures", str(tmp_path / "f"))
    assert {p.name for p in (tmp_path / "f").iterdir()} == {
        f"electron-sea-{name}.{form}" for name in ("all", "Na") for form in ("png", "svg")
    }


def test_every_metal_has_its_name_beside_its_point(tmp_path):
    """Names stood on each other and under the legend."""
    metals = [m["element"] for m in isotunnel("metal", "--json").json["metals"]]
    isotunnel("metal", "--figures", str(tmp_path))
    drawn = (tmp_path / "electron-sea-all.svg").read_text("utf-8")
    assert "mathdefault" not in drawn
    for name in metals:
        assert drawn.count(f">{name}</text>") == 2, name


def test_an_unknown_metal_is_one_line():
    done = isotunnel("metal", "Fe")
    assert done.status == 2
    assert "there are Li, Na" in done.problem
