"""One call from a crystal or a grid to everything: agrees with its parts, and loses nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk

from isotunnel import (
    EngineError,
    Field,
    FieldReading,
    InputError,
    analyze,
    estimate_tc,
    find_tunnels,
    molecularity_index,
    named_crystal,
    read_field,
    read_fields,
    readings,
    register_reading,
)
from isotunnel.engines.base import ElectronicStructure
from isotunnel.engines.procrystal import ProcrystalEngine
from isotunnel.fields import Provenance
from isotunnel.levels import unregister_reading

DATA = Path(__file__).parent.parent / "data"
TRIPLES = ("thresholds", "thresholds_grid", "thresholds_global_grid")


def smooth(shape=(8, 8, 8), seed=0):
    """Values in (0, 1) without any symmetry."""
    rng = np.random.default_rng(seed)
    axes = np.meshgrid(*(2 * np.pi * np.arange(n) / n for n in shape), indexing="ij")
    total = sum(
        rng.uniform(0.5, 1) * np.cos(np.tensordot(wave, axes, 1) + rng.uniform(0, 6))
        for wave in ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (0, 1, -1), (1, 1, 1))
    )
    return 0.05 + 0.9 * (total - total.min()) / np.ptp(total)


def elf_field(**attributes):
    atoms = Atoms("H2", scaled_positions=[[0, 0, 0], [0.5, 0.5, 0.5]], cell=[3, 3.5, 4], pbc=True)
    attributes = {"atoms": atoms, **attributes}
    return Field.from_array(smooth(), (3, 3.5, 4), "elf", **attributes)


def same(one, other):
    for name in TRIPLES:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


class Given:
    """An engine that has its fields already: as a user would write one."""

    name = "given"

    def __init__(self, *fields, **levels):
        self.fields = {str(f.kind): f for f in fields}
        self.levels = levels

    def compute(self, atoms, *, progress=None):
        if progress:
            progress("looking it up", 0.5)
        return ElectronicStructure(
            atoms, self.levels.pop("engine", "given"), self.fields, **self.levels
        )


def test_an_elf_on_a_grid():
    field = elf_field()
    found = analyze(field)
    tunnels = find_tunnels(field)
    same(found.tunnels["file"]["elf"], tunnels)
    assert found.phi == tunnels.thresholds[2]
    assert found.phi_error == tunnels.thresholds_error[2]
    assert found.phi_star == molecularity_index(tunnels)
    assert found.h_fraction == 1.0
    assert found.h_dos is None
    assert found.structure.engine == "file"
    assert [t.cannot_say for t in found.tc_estimates] == [
        t.cannot_say for t in estimate_tc(found.phi, found.phi_star, 1.0, None)
    ]
    assert found.name == "array"


def test_choices_reach_the_search():
    field = elf_field()
    found = analyze(field, connectivity=6, refine=False)
    same(found.tunnels["file"]["elf"], find_tunnels(field, connectivity=6, refine=False))
    assert found.phi_error is None
    assert found.settings["connectivity"] == 6
    assert found.settings["refine"] is False
    assert found.tunnels["procrystal"]["potential"].connectivity == 6


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("h3s_elf.cube.gz", ["elf"]),
        ("h3s_elf.xsf.gz", ["elf"]),
        ("h3s_density.cube.gz", ["density"]),
        ("h3s_potential.cube.gz", ["potential"]),
        ("CHGCAR_h3s.gz", ["density"]),
        ("CHGCAR_h_spin", ["density", "density-difference"]),
    ],
)
def test_grid_files(name, kinds):
    options = {"value_unit": "eV"} if "potential" in name else {}
    found = analyze(DATA / name, refine=False, **options)
    assert list(found.tunnels["file"]) == kinds
    for key, field in zip(kinds, read_fields(DATA / name, **options), strict=True):
        same(found.tunnels["file"][key], find_tunnels(field, refine=False))
    assert found.name == name
    assert (found.phi is not None) == (kinds == ["elf"])
    assert found.h_fraction == (0.75 if "h3s" in name else 1.0)
    # The crystal in the file also has a procrystal, for the readings that need one.
    assert set(found.structures) == {"file", "procrystal"}
    (atomic,) = (g for g in found.gaps if g.reading == "atomic")
    assert atomic.answered


def test_a_gpw_file():
    pytest.importorskip("gpaw")
    found = analyze(DATA / "h3s.gpw", refine=False)
    fields = read_fields(DATA / "h3s.gpw")
    assert len(found.structure.fields) == len(fields)
    assert {"density", "potential"} <= set(found.structure.fields)


def test_a_named_crystal_with_the_procrystal():
    found = analyze("Na", engine="procrystal", refine=False)
    structure = ProcrystalEngine().compute(named_crystal("Na"))
    assert set(found.structures) == {"procrystal"}
    for kind, field in structure.fields.items():
        same(found.tunnels["procrystal"][kind], find_tunnels(field, refine=False))
    assert found.phi is None
    assert found.tc_estimates == ()
    assert found.h_fraction == 0.0
    assert len(found.sources) == 1
    assert [g.reading for g in found.gaps] == [r.name for r in readings()]
    reasons = {g.reading: g.cannot_say for g in found.gaps}
    assert "gpaw engine" in (reasons["ks"] or "")
    assert reasons["atomic"] is None


def test_a_supercell_gives_the_thresholds_of_its_primitive_cell():
    one = analyze(bulk("Cu"), engine="procrystal", refine=False)
    supercell = bulk("Cu", cubic=True) * (1, 2, 1)
    many = analyze(supercell, engine="procrystal", refine=False, cell="primitive")
    assert many.settings["cell"] == "primitive, 1 atom (as given: 8)"
    assert one.settings["cell"] == "as given, 1 atom"
    for kind, tunnels in one.tunnels["procrystal"].items():
        other = many.tunnels["procrystal"][kind]
        np.testing.assert_allclose(other.thresholds, tunnels.thresholds, rtol=1e-6)
        assert np.isfinite(tunnels.thresholds).all()


def test_warnings_are_passed_on_once():
    warned = Provenance("elf.cube", warnings=("The file is odd.",))
    found = analyze(elf_field(provenance=warned), refine=False)
    assert found.warnings.count("The file is odd.") == 1
    assert found.warnings.count("The file is odd.") == found.as_dict()["warnings"].count(
        "The file is odd."
    )


def test_warnings_of_the_search_are_passed_on(monkeypatch):
    def doubtful(field, **options):
        return replace(find_tunnels(field, **options), warnings=("It is doubtful.",))

    monkeypatch.setattr("isotunnel.tunnels.find_tunnels", doubtful)
    found = analyze(elf_field(atoms=None), refine=False)
    assert found.warnings == ("elf (file): It is doubtful.",)


def test_warnings_of_an_engine_are_passed_on():
    found = analyze(bulk("Cu"), engine=Given(warnings=("It is a toy.",)), refine=False)
    assert "It is a toy." in found.warnings


def test_two_spins_are_kept_apart():
    up = elf_field(spin="up")
    down = replace(up, values=up.values[::-1] * 0.5, spin="down")
    found = analyze([up, down], refine=False)
    assert list(found.tunnels["file"]) == ["elf", "elf-down"]
    same(found.tunnels["file"]["elf"], find_tunnels(up, refine=False))
    same(found.tunnels["file"]["elf-down"], find_tunnels(down, refine=False))
    assert found.phi == found.tunnels["file"]["elf"].thresholds[2]
    (warning,) = (w for w in found.warnings if "ELFs" in w)
    for tunnels in found.tunnels["file"].values():
        assert f"{tunnels.thresholds[2]:.4f}" in warning


def test_no_field_of_a_file_is_lost():
    """Three sets of one kind and spin, as an XSF file may hold."""
    fields = [replace(elf_field(), values=smooth(seed=n)) for n in range(3)]
    found = analyze(fields, refine=False)
    assert list(found.tunnels["file"]) == ["elf", "elf-2", "elf-3"]
    for field, tunnels in zip(fields, found.tunnels["file"].values(), strict=True):
        assert tunnels.field is field


def test_a_field_without_atoms():
    found = analyze(elf_field(atoms=None))
    assert found.atoms is None
    assert found.h_fraction is None
    assert found.phi is not None
    assert found.phi_star is None
    assert found.tc_estimates == ()
    assert set(found.structures) == {"file"}
    data = found.as_dict()
    assert data["crystal"] is None
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_atoms_that_no_engine_takes_do_not_stop_a_grid():
    """A grid file may label atoms X, or hold ghost atoms on top of each other."""
    atoms = Atoms("XX", scaled_positions=[[0, 0, 0], [0, 0, 0]], cell=[3, 3.5, 4], pbc=True)
    found = analyze(elf_field(atoms=atoms), refine=False)
    assert set(found.structures) == {"file"}
    assert found.phi is not None
    json.dumps(found.as_dict(), allow_nan=False)


def test_fields_of_unknown_kind_are_left_out_where_others_are_known():
    elf, other = (Field.from_array(smooth(), np.eye(3), kind) for kind in ("elf", "other"))
    assert list(analyze([elf, other], refine=False).tunnels["file"]) == ["elf"]
    with pytest.raises(InputError, match="which kind of field"):
        analyze([other, other])


def test_an_engine_of_the_users_own():
    atoms = bulk("Cu")
    field = Field.from_array(smooth(), atoms.cell.array, "potential", atoms=atoms)
    engine = Given(field, fermi_ev=0.2, dos_fermi=2.0, dos_fermi_by_element={"Cu": 1.5})
    heard = []
    found = analyze(atoms, engine=engine, progress=lambda text, part: heard.append((text, part)))
    assert list(found.structures) == ["given", "procrystal"]
    assert found.settings["engine"] == "given"
    same(found.tunnels["given"]["potential"], find_tunnels(field))
    (ks,) = (g for g in found.gaps if g.reading == "ks")
    assert ks.engine == "given"
    np.testing.assert_allclose(ks.gaps, find_tunnels(field).thresholds - 0.2, atol=1e-9)
    (atomic,) = (g for g in found.gaps if g.reading == "atomic")
    assert atomic.engine == "procrystal"
    assert found.h_dos == 0.0
    assert ("looking it up", 0.5) in heard
    assert heard[-1][0] == "reading gaps and states"
    json.dumps(found.as_dict(), allow_nan=False)


def test_an_engine_may_call_its_result_by_another_name():
    field = Field.from_array(smooth(), bulk("Cu").cell.array, "elf")
    found = analyze(bulk("Cu"), engine=Given(field, engine="toy"), refine=False)
    assert list(found.tunnels) == ["toy", "procrystal"]
    assert found.phi == found.tunnels["toy"]["elf"].thresholds[2]


def test_the_hydrogen_share_is_of_the_projected_states():
    atoms = Atoms("HCu", scaled_positions=[[0, 0, 0], [0.5, 0.5, 0.5]], cell=[3, 3, 3], pbc=True)
    field = Field.from_array(smooth(), atoms.cell.array, "elf", atoms=atoms)
    levels = {"dos_fermi": 2.0, "dos_fermi_by_element": {"H": 0.3, "Cu": 0.9}}
    found = analyze(atoms, engine=Given(field, **levels))
    assert found.h_dos == pytest.approx(0.25)
    expected = estimate_tc(found.phi, found.phi_star, 0.5, 0.25)
    assert [t.tc_k for t in found.tc_estimates] == [t.tc_k for t in expected]
    assert any(t.cannot_say is None for t in expected)
    insulator = analyze(atoms, engine=Given(field, **{**levels, "dos_fermi": 0.0}), refine=False)
    assert insulator.h_dos is None


def test_errors_of_an_engine_come_through():
    class Failing:
        name = "failing"

        def compute(self, _atoms, **_options):
            raise EngineError("no convergence after 100 steps")

    with pytest.raises(EngineError, match="after 100 steps"):
        analyze(bulk("Cu"), engine=Failing())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"engine": None}, "an engine is a name or has a method compute; got None"),
        ({"delta_c": 3.0}, "delta_c is a mapping"),
        ({"delta_c": {"ks": "1"}}, "delta_c of ks must be a number"),
    ],
)
def test_options_of_a_wrong_kind_are_one_line(options, message):
    with pytest.raises(InputError, match=message):
        analyze("He", **options)


def test_a_reading_of_the_users_own_is_evaluated():
    register_reading(
        FieldReading(
            name="half",
            title="against a valence level of one half",
            kind="elf",
            unit="1",
            valence=lambda _structure: -0.5,
            level=lambda value: -value,
            delta_c=0.1,
            delta_c_reason="for this test",
        )
    )
    try:
        found = analyze(elf_field(), delta_c={"half": 0.75})
    finally:
        unregister_reading("half")
    half = found.gaps[-1]
    assert half.reading == "half"
    assert half.delta_c == 0.75
    np.testing.assert_allclose(half.gaps, 0.5 - find_tunnels(elf_field()).thresholds)
    assert found.as_dict()["readings"][-1]["reading"] == "half"


@pytest.mark.parametrize("refine", [True, False])
def test_as_dict_is_json_and_keeps_the_numbers(refine):
    found = analyze(elf_field(), refine=refine, delta_c={"elf": 0.1})
    data = found.as_dict()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["schema"] == "isotunnel.analysis/1"
    assert data["phi"] == found.phi
    assert data["pressure_gpa"] is None
    assert data["settings"]["delta_c"] == {"elf": 0.1}
    assert data["crystal"]["formula"] == "H2"
    assert data["crystal"]["positions_fractional"][1] == pytest.approx([0.5, 0.5, 0.5])
    assert set(data["tunnels"]) == {"file", "procrystal"}
    assert data["tunnels"]["file"]["elf"]["thresholds"]["3"] == found.phi


def test_as_dict_leaves_the_result_untouched():
    found = analyze(elf_field(), refine=False)
    first = found.as_dict()
    first["readings"].clear()
    first["settings"]["engine"] = "changed"
    assert found.as_dict()["readings"]
    assert found.settings["engine"] == "auto"


def test_the_same_crystal_in_other_hands():
    """ASE, pymatgen and a name: one crystal, one answer."""
    core = pytest.importorskip("pymatgen.core")
    atoms = named_crystal("Na")
    structure = core.Structure(
        core.Lattice(atoms.cell.array), list(atoms.symbols), atoms.get_scaled_positions()
    )
    levels = [
        analyze(form, engine="procrystal", refine=False).tunnels["procrystal"]["density"].thresholds
        for form in ("Na", atoms, structure)
    ]
    np.testing.assert_allclose(levels[1], levels[0], rtol=1e-6)
    np.testing.assert_allclose(levels[2], levels[0], rtol=1e-6)


@pytest.mark.dft
def test_with_gpaw():
    """A quick crystal with coarse settings: every reading answers, every formula has its inputs."""
    pytest.importorskip("gpaw")
    from isotunnel.engines.gpaw_pw import GpawEngine, GpawSettings

    coarse = GpawSettings(ecut_ev=300, kpoint_spacing=0.8, grid_spacing=0.15)
    atoms = Atoms("H", cell=[1.6, 1.6, 1.6], pbc=True)
    found = analyze(atoms, engine=GpawEngine(coarse, cache=False))
    assert list(found.structures) == ["gpaw", "procrystal"]
    assert found.phi is not None
    assert found.h_dos == pytest.approx(1.0)
    assert all(g.answered for g in found.gaps), [g.cannot_say for g in found.gaps]
    assert any(t.cannot_say is None for t in found.tc_estimates)
    assert found.structure.pressure_gpa is not None
    assert json.loads(json.dumps(found.as_dict(), allow_nan=False))["engine"] == "gpaw"
    same(found.tunnels["gpaw"]["elf"], find_tunnels(found.structure.fields["elf"]))


def test_a_read_field_is_as_good_as_its_file():
    path = DATA / "h3s_elf.cube.gz"
    one, other = analyze(path, refine=False), analyze(read_field(path), refine=False)
    assert one.phi == other.phi
    assert one.name == other.name == path.name
