"""``isotunnel planet``: its document, table and figure, and one line for wrong input."""

from __future__ import annotations

import pytest
from command import isotunnel

from isotunnel import schemas


@pytest.mark.parametrize("name", ["earth", "Jupiter", "Saturn", "Uranus", "Neptune"])
def test_the_document(name):
    document = isotunnel("planet", name, "--json").json
    schemas.validated(schemas.Planet, document)
    assert document["schema"] == "isotunnel.planet/1"
    assert document["body"] == name.capitalize()
    for point in document["points"]:
        for state in point["states"].values():
            assert state["reason"]


def test_the_table_says_both_sides_of_the_field():
    out = " ".join(isotunnel("planet", "Earth").out.split())
    assert "a current without resistance or a dynamo" in out
    assert "would keep its flux" in out
    assert "Shimizu" in out


@pytest.mark.parametrize("name", ["Earth", "Uranus"])
def test_a_figure(tmp_path, name):
    isotunnel("planet", name, "--figures", tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {f"planet-{name}.png", f"planet-{name}.svg"}


def test_one_depth_is_the_nearest_point_of_the_profile():
    whole = isotunnel("planet", "Earth", "--json").json["points"]
    (point,) = isotunnel("planet", "Earth", "--depth", "4000", "--json").json["points"]
    assert point in whole
    distance = abs(point["depth_km"] - 4000)
    assert distance == min(abs(p["depth_km"] - 4000) for p in whole)
    assert point["material"] == "Fe"
    assert "outer core (Fe)" in isotunnel("planet", "Earth", "--depth", "4000").out


@pytest.mark.parametrize("depth", ["-5", "1e9", "nan"])
def test_a_depth_outside_the_planet_is_one_line(depth):
    done = isotunnel("planet", "Earth", "--depth", depth)
    assert done.status == 2
    assert "has 0 to 6371 km" in done.problem


def test_an_unknown_planet_is_one_line():
    done = isotunnel("planet", "Pluto")
    assert done.status == 2
    assert "there are Earth" in done.problem
