"""What the commands print: one JSON document of a known form, or tables with the same numbers."""

from __future__ import annotations

import gzip
from dataclasses import replace

import numpy as np
import pytest
from command import (
    DATA,
    checked,
    chgcar_text,
    cube_text,
    isotunnel,
    poscar_text,
    refused,
    schwarz,
    xsf_text,
)

from isotunnel import Field, find_tunnels, named_crystals, read_field, readings, schemas, write_hdf5
from isotunnel.theories.hydrides.formulas import FORMULAS


@pytest.fixture
def elf(tmp_path):
    path = tmp_path / "elf.cube"
    path.write_text(cube_text())
    return path


@pytest.fixture(scope="module")
def hydrogen(tmp_path_factory):
    """An analysis of a crystal with the fast engine."""
    path = tmp_path_factory.mktemp("crystal") / "POSCAR"
    path.write_text(poscar_text(edge=2.0))
    return isotunnel("analyze", path, "--engine", "procrystal", "--no-files", "--json")


def no_nan(triple):
    return {str(d): None if np.isnan(x) else x for d, x in enumerate(triple.tolist(), start=1)}


def test_tunnels_json_is_the_python_result(elf):
    outcome = isotunnel("tunnels", elf, "--json")
    assert (outcome.status, outcome.err) == (0, "")
    data = outcome.json
    checked(schemas.Tunnels, data)
    expected = find_tunnels(read_field(elf))
    for key in ("thresholds", "thresholds_error", "thresholds_grid", "thresholds_global_grid"):
        assert data[key] == no_nan(getattr(expected, key))
    # The surface cos x + cos y + cos z = t encloses a network from t = 1 down: ELF 1/2 + 1/6.
    assert data["thresholds"]["3"] == pytest.approx(2 / 3, abs=1e-6)
    assert data["directions"]["3"]["rank"] == 3
    assert data["bottlenecks"]["1"]["between"][0]["symbol"] == "H"


@pytest.mark.parametrize("name", ["h3s_elf.cube.gz", "h3s_elf.xsf.gz", "CHGCAR_h_spin"])
def test_files_of_other_programs(name):
    outcome = isotunnel("tunnels", DATA / name, "--json")
    assert outcome.status == 0
    found = checked(schemas.Tunnels, outcome.json)
    assert found.thresholds["3"] is not None
    assert len(found.other_parts) == (1 if "spin" in name else 0)


@pytest.mark.parametrize("refine", ["--refine", "--no-refine"])
@pytest.mark.parametrize("connectivity", ["6", "26"])
def test_options_reach_the_search(elf, refine, connectivity):
    data = isotunnel("tunnels", elf, "--json", refine, "--connectivity", connectivity).json
    checked(schemas.Tunnels, data)
    assert data["connectivity"] == int(connectivity)
    assert data["refined"] is (refine == "--refine")
    if not data["refined"]:
        assert data["thresholds"] == data["thresholds_grid"]
        assert set(data["thresholds_error"].values()) == {None}
        assert data["bottlenecks"]["1"]["error"] is None


def test_side_turns_the_search_round(elf):
    above, below = (
        isotunnel("tunnels", elf, "--json", "--side", s).json for s in ("above", "below")
    )
    assert (above["side"], below["side"]) == ("above", "below")
    # The field is symmetric about 1/2 on an even grid.
    assert above["thresholds_grid"]["3"] + below["thresholds_grid"]["3"] == pytest.approx(1)


def test_sheets_open_before_they_join(tmp_path):
    values = np.where(np.arange(6) == 2, 0.9, 0.0) * np.ones((4, 4, 1))
    path = tmp_path / "elf.cube"
    path.write_text(cube_text(values))
    data = isotunnel("tunnels", path, "--no-refine", "--json").json
    assert data["thresholds_grid"] == {"1": 0.9, "2": 0.9, "3": 0.0}
    assert data["directions"]["2"]["vectors"] == [[1, 0, 0], [0, 1, 0]]


def test_a_constant_field_is_open_everywhere_at_once(tmp_path):
    path = tmp_path / "flat.h5"
    write_hdf5(Field.from_array(np.full((3, 3, 3), 0.5, np.float32), np.eye(3), "elf"), path)
    data = isotunnel("tunnels", path, "--json").json
    checked(schemas.Tunnels, data)
    assert data["thresholds_grid"] == {"1": 0.5, "2": 0.5, "3": 0.5}
    assert data["thresholds"]["3"] == pytest.approx(0.5)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_rank_never_reached_is_null(elf, monkeypatch, dtype):
    """As a search that leaves part of the levels out would give it."""

    def only_wires(*arguments, **options):
        nothing = np.array([0.5, np.nan, np.nan], dtype)
        found = find_tunnels(*arguments, **options)
        return replace(
            found,
            thresholds=nothing,
            thresholds_error=nothing,
            thresholds_grid=nothing,
            thresholds_global_grid=nothing,
            directions=(found.directions[0], None, None),
            bottlenecks=(found.bottlenecks[0], None, None),
        )

    monkeypatch.setattr("isotunnel.tunnels.find_tunnels", only_wires)
    data = isotunnel("tunnels", elf, "--json").json
    checked(schemas.Tunnels, data)
    for key in ("thresholds", "thresholds_grid", "thresholds_global_grid", "thresholds_error"):
        assert data[key] == {"1": 0.5, "2": None, "3": None}
    for key in ("directions", "bottlenecks"):
        assert data[key]["1"] is not None
        assert data[key]["3"] is None
    assert isotunnel("tunnels", elf).out.count("never reached") == 2


def test_text_holds_the_same_numbers(elf):
    outcome = isotunnel("tunnels", elf)
    assert (outcome.status, outcome.err) == (0, "")
    for words in ("elf, 6 x 6 x 6 points", "region above", "1D wire", "3D network", "0.66667"):
        assert words in outcome.out


def test_a_warning_stands_on_stderr(tmp_path):
    """A potential without a unit in its file is assumed to be in hartree."""
    path = tmp_path / "potential.cube"
    path.write_text(cube_text(comment="effective potential"))
    outcome = isotunnel("tunnels", path)
    assert outcome.status == 0
    assert "does not name the unit" in " ".join(outcome.err.split())
    assert outcome.err.startswith("warning: ")
    assert "warning" not in outcome.out
    data = isotunnel("tunnels", path, "--json")
    assert data.err == ""
    assert any("does not name the unit" in w for w in data.json["warnings"])
    assert isotunnel("tunnels", path, "--value-unit", "eV").err == ""


def test_the_last_frame_of_a_trajectory_is_reported_on_stderr(tmp_path):
    from ase.build import bulk
    from ase.io import write

    path = tmp_path / "run.xyz"
    write(path, [bulk("Al", a=4.2), bulk("Al", a=4.05)], format="extxyz")
    command = ("analyze", path, "--engine", "procrystal", "--no-files")
    told = "run.xyz holds 2 structures, as a trajectory does; only the last one is taken"
    assert f"warning: {told}" in " ".join(isotunnel(*command).err.split())
    data = isotunnel(*command, "--json").json
    checked(schemas.Analysis, data)
    assert told in data["warnings"]
    notes = [t["notes"] for of in data["tunnels"].values() for t in of.values()]
    assert notes
    assert any(notes), "what the engine chose is told with the field"


def test_spin_parts(tmp_path):
    path = tmp_path / "ELFCAR"
    path.write_text(chgcar_text(schwarz(), schwarz()[::-1] * 0.5))
    every = isotunnel("tunnels", path, "--json").json
    checked(schemas.Tunnels, every)
    assert [every["spin"], *(p["spin"] for p in every["other_parts"])] == ["up", "down"]
    down = isotunnel("tunnels", path, "--json", "--spin", "down").json
    assert down["other_parts"] == []
    assert down["thresholds"] == every["other_parts"][0]["thresholds"]
    text = isotunnel("tunnels", path).out
    assert "spin up" in text
    assert "spin down" in text


def test_format_and_kind_and_length_unit(tmp_path):
    path = tmp_path / "nameless"
    path.write_text(cube_text(comment="values"))
    options = ("--format", "cube", "--kind", "density", "--length-unit", "angstrom")
    data = isotunnel("tunnels", path, "--json", *options).json
    assert (data["kind"], data["unit"]) == ("density", "1/angstrom^3")
    cell = data["directions"]["3"]["cartesian_angstrom"]
    assert np.abs(np.linalg.det(cell)) == pytest.approx(6.0**3)


def test_a_compressed_file_gives_the_same(elf, tmp_path):
    packed = tmp_path / "elf.cube.gz"
    packed.write_bytes(gzip.compress(elf.read_bytes()))
    one, two = (isotunnel("tunnels", p, "--json").json for p in (elf, packed))
    assert one.pop("source") != two.pop("source")
    assert one == two


def test_the_elf_correction_is_only_for_elf(elf, tmp_path):
    outcome = isotunnel("tunnels", elf, "--correct-qe-elf", "--json")
    assert outcome.status == 0
    raw = isotunnel("tunnels", elf, "--json").json
    assert outcome.json["thresholds_grid"]["3"] < raw["thresholds_grid"]["3"]
    density = tmp_path / "density.cube"
    density.write_text(cube_text(comment="density"))
    refused("tunnels", density, "--correct-qe-elf")


def test_analyze_corrects_an_elf_as_tunnels_does(elf, tmp_path):
    options = ("--no-files", "--json")
    raw = isotunnel("analyze", elf, *options).json
    mended = isotunnel("analyze", elf, "--correct-qe-elf", *options).json
    assert mended["phi"] < raw["phi"]
    alone = isotunnel("tunnels", elf, "--correct-qe-elf", "--json").json
    assert mended["phi"] == alone["thresholds"]["3"]
    assert mended["name"] == raw["name"]
    refused("analyze", "He", "--correct-qe-elf", "--no-files")
    density = tmp_path / "density.cube"
    density.write_text(cube_text(comment="density"))
    refused("analyze", density, "--correct-qe-elf", "--no-files")


def test_analyze_json_of_a_crystal(hydrogen):
    assert hydrogen.status == 0
    data = hydrogen.json
    found = checked(schemas.Analysis, data)
    assert (found.name, found.engine) == ("POSCAR", "procrystal")
    assert found.phi is None
    assert found.phi_star is None
    assert found.h_fraction == 1.0
    assert found.pressure_gpa is None
    assert "pressure_gpa" in found.cannot_say
    assert [r.reading for r in found.readings] == [r.name for r in readings()]
    assert [t.id for t in found.tc_estimates] == [f.id for f in FORMULAS]
    assert all(t.cannot_say and t.tc_k is None for t in found.tc_estimates)
    assert set(found.tunnels["procrystal"]) == {"potential", "electrostatic", "density"}
    answered = {r.reading: r for r in found.readings if r.cannot_say is None}
    assert {"atomic", "density"} <= set(answered)
    assert answered["atomic"].state is not None
    assert found.crystal is not None
    assert found.crystal.volume_angstrom3 == pytest.approx(8.0)


def test_progress_stands_on_stderr(hydrogen):
    assert "... superposing 1 free atoms" in hydrogen.err
    assert all(line.startswith("... ") for line in hydrogen.err.splitlines())


def test_analyze_json_of_a_grid_file(elf):
    data = isotunnel("analyze", elf, "--no-files", "--json", "--no-refine").json
    found = checked(schemas.Analysis, data)
    assert found.engine == "file"
    assert found.phi == isotunnel("tunnels", elf, "--no-refine", "--json").json["thresholds"]["3"]
    assert found.phi_error is None
    assert found.h_fraction == 1.0
    assert found.settings["refine"] is False


def test_analyze_text(elf):
    outcome = isotunnel("analyze", elf, "--no-files")
    assert outcome.status == 0
    for words in ("networking value phi", "lifting gaps", "hypothesis", "Tc of hydrides", "SR5"):
        assert words in outcome.out
    assert "..." in outcome.err


def test_delta_c_changes_the_state(elf):
    def state(limit):
        data = isotunnel(
            "analyze", elf, "--no-files", "--no-refine", "--json", "--delta-c", f"elf={limit}"
        ).json
        (reading,) = (r for r in data["readings"] if r["reading"] == "elf")
        assert reading["delta_c"] == limit
        return reading["state"]

    assert state(0.25) is not None
    assert state(1e3)["conducting_dimensions"] == 3


def test_xsf_and_poscar_without_a_grid_are_crystals(tmp_path):
    path = tmp_path / "h.xsf"
    path.write_text(xsf_text(grid=False))
    arguments = ("--engine", "procrystal", "--no-files", "--json", "--no-refine")
    assert isotunnel("analyze", path, *arguments).json["engine"] == "procrystal"
    path.write_text(xsf_text())
    assert isotunnel("analyze", path, *arguments).json["engine"] == "file"


def test_crystals():
    data = isotunnel("crystals", "--json").json
    found = checked(schemas.Crystals, data)
    assert [c.name for c in found.crystals] == [c.name for c in named_crystals()]
    assert len(found.crystals) >= 25
    text = isotunnel("crystals").out
    assert all(c.name in text for c in found.crystals)


def test_crystals_by_name_and_tag():
    named = isotunnel("crystals", "h3s", "--json").json["crystals"]
    assert named
    assert all("h3s" in c["name"].lower() + " ".join(c["aliases"]).lower() for c in named)
    tagged = isotunnel("crystals", "--tag", "hydride", "--json").json["crystals"]
    assert 0 < len(tagged) < len(named_crystals())
    assert all("hydride" in c["tags"] for c in tagged)
    # One name shows its source.
    assert "source" in isotunnel("crystals", "h3s").out
    assert "source" not in isotunnel("crystals").out


def test_cite():
    found = checked(schemas.Cite, isotunnel("cite", "--json").json)
    assert {"Engine gpaw", "Tc formulas of hydrides"} <= {g.purpose for g in found.groups}
    text = isotunnel("cite").out
    for group in found.groups:
        assert group.purpose in text
        assert all(r.citation in text for r in group.references)
    with_crystal = isotunnel("cite", "H3S@200GPa", "--json").json
    assert len(with_crystal["groups"]) == len(found.groups) + 1


def test_version():
    from importlib.metadata import version

    assert isotunnel("--version").out == f"isotunnel {version('isotunnel')}\n"
