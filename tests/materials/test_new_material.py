"""A material enters every room through one file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from isotunnel import matter, measured, substances
from isotunnel.claims.a7 import gather as gather_a7
from isotunnel.claims.a8 import gather as gather_a8
from isotunnel.crystal import find_named
from isotunnel.diagrams import diagram
from isotunnel.errors import CannotSay, CrystalError, InputError
from isotunnel.evidence.sources import Sources
from isotunnel.materials import material_names, scans
from isotunnel.scan import scan
from isotunnel.scan.store import ScanStore
from isotunnel.substances import register_material, unregister_material
from isotunnel.theories.tunnel.names import scan_of_material

FILE = Path(__file__).parents[2] / "examples/unobtainium.toml"


@pytest.fixture
def unobtainium() -> Iterator[str]:
    """A made-up superconductor, known while the test runs."""
    name = register_material(FILE)
    yield name
    unregister_material(name)


def test_it_is_in_the_matter_tables_under_all_its_names(unobtainium: str) -> None:
    found = matter.material("unobtainium")
    assert found.name == unobtainium
    assert [p.name for p in found.phases] == ["fcc"]
    at_rest, squeezed = (float(matter.volume(unobtainium, p, 300.0)) for p in (0.0, 50.0))
    assert at_rest == pytest.approx(16.5, rel=1e-3)
    assert squeezed < 0.8 * at_rest


def test_it_is_in_the_diagrams_with_its_parameters(unobtainium: str) -> None:
    about = substances.substance("unobtanium")
    phase = about.at(10.0)
    assert (about.name, phase.tc_k.value, phase.tc_k.kind) == (unobtainium, 3.0, "measured")
    assert phase.mu_star.kind == "assumed"
    assert phase.gamma.value == pytest.approx(2.0, rel=1e-2)
    drawn = diagram(unobtainium, ["bcs", "allen_dynes"], pressure=(0.0, 40.0))
    assert {p.row for p in drawn.points} == {"dtc_dp:Uo-1"}
    said = [panel.state_at(0.0, 1.0) for panel in drawn.panels]
    assert said == ["superconductor", "superconductor"]


def test_it_can_be_scanned(unobtainium: str, tmp_path: Path) -> None:
    assert find_named("unobtanium").name == unobtainium
    assert scans()[unobtainium] == (unobtainium, ("fcc",), "0:100:10")
    result = scan(
        unobtainium, volume_ratios=[1.0, 0.9], engine="procrystal", workers=1,
        store=ScanStore(tmp_path),
    )  # fmt: skip
    assert [p.status for p in result.points] == ["done", "done"]
    with pytest.raises(CannotSay, match="no scan of Uo in the atlas"):
        scan_of_material(substances.substance(unobtainium).at(0.0))


def test_claims_meet_it(unobtainium: str) -> None:
    sources = Sources()
    assert unobtainium in {s.name for s in sources.substances()}
    assert [r.id for r in sources.table("dtc_dp").where(material="Uo")] == ["dtc_dp:Uo-1"]
    assert "Uo (fcc)" in {c.unit for c in gather_a7(sources).phases.cases}
    assert unobtainium in {c.unit for c in gather_a8(sources).cases}


def test_it_is_gone_afterwards() -> None:
    before = (substances.names(), len(measured.table("dtc_dp")), material_names())
    unregister_material(register_material(FILE))
    assert (substances.names(), len(measured.table("dtc_dp")), material_names()) == before
    assert find_named("unobtainium") is None
    with pytest.raises(InputError, match="no material 'Uo' was registered"):
        unregister_material("Uo")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "blue"}, "unknown part 'colour'; known: name, title"),
        ({"title": ""}, "needs a title in words"),
        ({"name": "NbN"}, "'NbN' is registered already"),
        ({"name": "Al"}, "stands for two"),
        ({"phases": [{"phase": "fcc", "p_max_gpa": 9, "mass": 3}]}, "no column 'mass'"),
        ({"measured": {"dtc_dp": [{"material": "Uo", "tc": 3}]}}, "dtc_dp has no column 'tc'"),
        ({"crystal": {"number": 225}}, "crystal of Uo"),
        ({"measured": {"nosuch": [{}]}}, "unknown table 'nosuch'"),
        ({"scan": {}}, "scan of Uo"),
    ],
)
def test_a_wrong_file_is_refused_and_leaves_nothing(change: dict, message: str) -> None:
    whole = tomllib.loads(FILE.read_text(encoding="utf-8")) | change
    with pytest.raises((InputError, CrystalError), match=message):
        register_material(whole)
    assert "Uo" not in material_names()
    assert "Al" in substances.names()


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        register_material(tmp_path / "nosuch.toml")
    (tmp_path / "bad.toml").write_text("name = [")
    with pytest.raises(InputError, match="no TOML"):
        register_material(tmp_path / "bad.toml")
