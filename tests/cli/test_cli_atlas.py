"""``isotunnel atlas``: the packed scans on the terminal, as CSV and as JSON."""

from __future__ import annotations

import csv
import io

import pytest
from command import checked, isotunnel, refused

from isotunnel import atlas, schemas
from isotunnel.atlas.library import from_document


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_list_names_every_scan():
    out = isotunnel("atlas").out
    found = checked(schemas.Atlas, isotunnel("atlas", "--json").json)
    listed = rows_of(isotunnel("atlas", "--csv").out)
    assert [s.name for s in found.scans] == list(atlas.names())
    assert [r["name"] for r in listed] == list(atlas.names())
    for scan in found.scans:
        assert scan.name in out
        assert scan.points == len(atlas.scan_of(scan.name).asked)
        assert scan.volume_min_angstrom3 < scan.volume_max_angstrom3


@pytest.mark.parametrize("name", ["Al", "h3s", "He"])
def test_one_scan_in_three_forms(name):
    scan = atlas.scan_of(name)
    out = isotunnel("atlas", name).out
    assert scan.title in out
    assert "nan" not in out.lower().split()
    document = isotunnel("atlas", name, "--json").json
    again = from_document(document)
    assert again.name == scan.name
    assert again.volumes_a3.tolist() == scan.volumes_a3.tolist()
    rows = rows_of(isotunnel("atlas", name, "--csv").out)
    assert [float(r["pressure_target_gpa"]) for r in rows] == pytest.approx(scan.asked.tolist())
    assert list(rows[0]) == [*scan.quantities, "reasons"]
    for row, phi, why in zip(rows, scan.phi, scan.column("phi_star").reasons, strict=True):
        assert float(row["phi"]) == pytest.approx(phi)
        assert (row["phi_star"] == "") == bool(why)
        assert why in row["reasons"]


def test_unknown_crystals_and_contradictions_are_one_line():
    assert "the atlas holds" in refused("atlas", "unobtainium", status=2)
    assert "no scan of graphite" in refused("atlas", "graphite", status=5)
    assert "one of the two" in refused("atlas", "Al", "--csv", "--json", status=2)
