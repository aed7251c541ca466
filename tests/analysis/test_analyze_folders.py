"""From a run's folder to phi, gaps and Tc in one call, with the source of each number."""

from __future__ import annotations

import pytest

import made_up_runs as made
from isotunnel.analysis import analyze
from isotunnel.errors import InputError
from isotunnel.theories.hydrides.networks import estimate_tc


@pytest.fixture(scope="module")
def vasp(tmp_path_factory):
    return analyze(made.write(tmp_path_factory.mktemp("vasp"), made.vasp_run()))


@pytest.fixture(scope="module")
def espresso(tmp_path_factory):
    return analyze(made.write(tmp_path_factory.mktemp("espresso"), made.espresso_run()))


def gap(analysis, reading):
    return next(g for g in analysis.gaps if g.reading == reading)


@pytest.mark.parametrize("code", ["vasp", "espresso"])
def test_phi_gaps_and_tc(code, request):
    run = request.getfixturevalue(code)
    assert run.structure.engine == code
    assert run.phi == pytest.approx(made.PHI, abs=0.004)
    assert run.h_fraction == 0.5
    assert run.h_dos == pytest.approx(made.H_SHARE)
    assert run.tc_estimates == estimate_tc(run.phi, run.phi_star, 0.5, run.h_dos)
    assert any(t.cannot_say is None for t in run.tc_estimates)
    # The potential spans three directions at -2 eV, the occupied level lies at the Fermi level.
    ks = gap(run, "ks")
    assert ks.gaps[2] == pytest.approx(made.POTENTIAL_3D_EV - made.FERMI_EV, abs=0.05)
    assert ks.engine == code
    assert gap(run, "band").gaps[2] == 0.0
    assert gap(run, "density").answered
    assert gap(run, "elf").answered
    assert gap(run, "atomic").engine == "procrystal"


def test_vasp_sources(vasp):
    sources = vasp.provenance
    assert sources["phi"] == sources["tunnels:elf"] == "ELFCAR"
    assert sources["fermi_ev"] == sources["pressure_gpa"] == sources["h_dos"] == "vasprun.xml"
    assert sources["reading:ks"] == "LOCPOT; occupied level of vasprun.xml"
    assert sources["reading:band"] == sources["h_fraction"] == "vasprun.xml"
    assert "reading:atomic" not in sources
    assert sources["tc_estimates"] == ("phi of ELFCAR, H_f of vasprun.xml, H_DOS of vasprun.xml")


def test_espresso_sources(espresso):
    sources = espresso.provenance
    assert (sources["phi"], sources["fermi_ev"]) == ("a.cube", "scf.out")
    assert sources["h_dos"] == "6 files hyd.pdos_atm#*"
    assert sources["reading:electrostatic"] == "c.cube; occupied level of scf.out"
    assert gap(espresso, "electrostatic").answered


def test_every_number_of_the_document_has_a_source(vasp):
    document = vasp.as_dict()
    numbers = {
        key
        for key, value in document.items()
        if isinstance(value, float) or (key == "dos_fermi_by_element" and value)
    } - {"phi_error"}
    assert len(numbers) > 8
    assert numbers <= set(document["provenance"])


def test_what_is_missing_is_reported(tmp_path):
    files = made.vasp_run(partial=False)
    del files["LOCPOT"]
    run = analyze(made.write(tmp_path, files))
    assert run.h_dos is None
    assert "h_dos" not in run.provenance
    assert "no LOCPOT" in gap(run, "ks").cannot_say
    assert "give --h-dos" in run.structure.cannot_say["dos_fermi_by_element"]


def test_a_stated_share_gives_the_estimates(tmp_path):
    files = made.vasp_run(partial=False)
    run = analyze(made.write(tmp_path, files), h_dos=0.4)
    assert run.h_dos == 0.4
    assert run.provenance["h_dos"] == "stated by the user"
    assert "H_DOS stated by the user" in run.provenance["tc_estimates"]
    assert run.tc_estimates == estimate_tc(run.phi, run.phi_star, 0.5, 0.4)
    assert run.settings["stated"] == {"h_dos": 0.4}


def test_what_is_stated_goes_before_the_files_with_a_warning(tmp_path):
    run = analyze(made.write(tmp_path, made.vasp_run()), h_dos=0.4, fermi_ev=6.0, pressure_gpa=10.0)
    assert (run.structure.fermi_ev, run.structure.pressure_gpa) == (6.0, 10.0)
    assert gap(run, "ks").valence_level == 6.0
    assert run.provenance["fermi_ev"] == "stated by the user"
    told = " ".join(run.warnings)
    assert "stated as 6; vasprun.xml has 5.25" in told
    assert "stated as 10; vasprun.xml has 150" in told
    assert "stated as 0.4; vasprun.xml has 0.5714" in told


def test_a_lone_elf_with_what_it_cannot_tell(tmp_path):
    elf = made.write(tmp_path, {"ELFCAR": made.vasp_grid(made.ELF)}) / "ELFCAR"
    run = analyze(elf, h_dos=made.H_SHARE, pressure_gpa=made.PRESSURE_GPA)
    assert run.provenance["phi"] == "ELFCAR"
    assert run.provenance["pressure_gpa"] == "stated by the user"
    assert run.structure.pressure_gpa == made.PRESSURE_GPA
    assert any(t.cannot_say is None for t in run.tc_estimates)


def test_a_lone_potential_with_its_fermi_level(tmp_path):
    locpot = made.write(tmp_path, {"LOCPOT": made.vasp_grid(made.POTENTIAL_EV)}) / "LOCPOT"
    assert not gap(analyze(locpot), "ks").answered
    ks = gap(analyze(locpot, fermi_ev=1.0), "ks")
    assert ks.gaps[2] == pytest.approx(made.POTENTIAL_3D_EV - 1.0, abs=0.05)


def test_a_computed_crystal_needs_no_fermi_level():
    with pytest.raises(InputError, match="procrystal computes the crystal"):
        analyze(made.ATOMS, engine="procrystal", fermi_ev=1.0)


def test_a_computed_crystal_says_only_what_was_stated():
    run = analyze(made.ATOMS, engine="procrystal", h_dos=0.5)
    assert dict(run.provenance) == {"h_dos": "stated by the user"}


@pytest.mark.parametrize("wrong", [-0.1, 1.5, float("nan"), "0.5", True])
def test_impossible_shares(wrong):
    with pytest.raises(InputError, match="h_dos"):
        analyze(made.ATOMS, engine="procrystal", h_dos=wrong)


def test_options_of_grid_files_do_not_fit_a_folder(tmp_path):
    with pytest.raises(InputError, match="kind: only for a grid file"):
        analyze(made.write(tmp_path, made.vasp_run()), kind="elf")
