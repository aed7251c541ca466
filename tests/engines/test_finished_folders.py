"""Output folders of VASP and Quantum ESPRESSO: made-up runs with one right answer per quantity."""

from __future__ import annotations

import bz2
import gzip

import numpy as np
import pytest
from ase import Atoms

import made_up_runs as made
from isotunnel.engines.finished import electronic_structure, read_folder
from isotunnel.errors import FileFormatError, InputError, IsotunnelError


def told(folder, **options):
    return electronic_structure(read_folder(folder, **options))


def without(files, *names):
    return {k: v for k, v in files.items() if k not in names}


def check_common(structure, source):
    assert structure.fermi_ev == pytest.approx(made.FERMI_EV)
    assert structure.pressure_gpa == pytest.approx(made.PRESSURE_GPA)
    assert structure.sources["fermi_ev"] == source
    assert structure.sources["pressure_gpa"] == source
    assert (structure.vbm_ev, structure.band_gap_ev) == (pytest.approx(made.FERMI_EV), 0.0)
    assert structure.atoms.get_chemical_formula() == "HLa"


class TestVasp:
    @pytest.mark.parametrize("spins", [1, 2])
    def test_each_quantity_and_its_file(self, tmp_path, spins):
        run = told(made.write(tmp_path, made.vasp_run(spins=spins)))
        check_common(run, "vasprun.xml")
        assert (run.engine, run.versions["vasp"]) == ("vasp", "6.4.2")
        # Smeared: -11.5 free, of which the last step corrects a quarter.
        assert run.energy_ev == pytest.approx(-11.25)
        assert run.dos_fermi == pytest.approx(made.DOS_AT_FERMI)
        assert run.dos_fermi_by_element == pytest.approx(
            {"La": made.LA_AT_FERMI, "H": made.H_AT_FERMI}
        )
        assert {k: run.sources[k] for k in run.fields} == {
            "potential": "LOCPOT",
            "density": "CHGCAR",
            "elf": "ELFCAR",
        }
        np.testing.assert_allclose(run.fields["density"].values, made.DENSITY, rtol=1e-9)
        assert set(run.cannot_say) == {"electrostatic"}

    @pytest.mark.parametrize(("squeeze", "end"), [(gzip.compress, "gz"), (bz2.compress, "bz2")])
    def test_compressed_files_tell_the_same(self, tmp_path, squeeze, end):
        plain = told(made.write(tmp_path / "plain", made.vasp_run()))
        packed = tmp_path / "packed"
        packed.mkdir()
        for name, text in made.vasp_run().items():
            (packed / f"{name}.{end}").write_bytes(squeeze(text.encode()))
        other = told(packed)
        assert other.sources["fermi_ev"] == f"vasprun.xml.{end}"
        assert other.dos_fermi_by_element == plain.dos_fermi_by_element
        np.testing.assert_array_equal(other.fields["elf"].values, plain.fields["elf"].values)

    def test_without_xml_outcar_and_doscar_tell_it(self, tmp_path):
        files = without(made.vasp_run(), "vasprun.xml") | {"DOSCAR": made.doscar()}
        run = told(made.write(tmp_path, files))
        check_common(run, "OUTCAR")
        assert run.sources["atoms"] == "CONTCAR"
        assert run.sources["dos_fermi_by_element"] == "DOSCAR"
        assert run.dos_fermi_by_element["H"] == pytest.approx(made.H_AT_FERMI)
        # Neither LVTOT nor LVHAR is known now, and that is said.
        assert any("LVHAR" in w for w in run.fields["potential"].provenance.warnings)

    def test_the_pressure_asked_for_belongs_to_the_pressure(self, tmp_path):
        files = {"OUTCAR": made.outcar(target_gpa=100.0), "POSCAR": made.poscar()}
        assert told(made.write(tmp_path, files)).pressure_gpa == pytest.approx(made.PRESSURE_GPA)

    @pytest.mark.parametrize("spins", [1, 2])
    def test_doscar_sums_orbitals_and_spins(self, tmp_path, spins):
        files = {"POSCAR": made.poscar(), "DOSCAR": made.doscar(spins=spins)}
        run = told(made.write(tmp_path, files))
        assert run.dos_fermi == pytest.approx(made.DOS_AT_FERMI)
        assert run.dos_fermi_by_element["H"] == pytest.approx(made.H_AT_FERMI)

    def test_procar_gives_the_share_where_nothing_better_is_there(self, tmp_path):
        files = made.vasp_run(partial=False) | {"PROCAR": made.procar(h_share=0.25)}
        run = told(made.write(tmp_path, files))
        shares = run.dos_fermi_by_element
        assert shares["H"] / sum(shares.values()) == pytest.approx(0.25, abs=1e-4)
        assert "PROCAR" in run.sources["dos_fermi_by_element"]
        assert run.sources["dos_fermi"] == "vasprun.xml"

    def test_procar_is_a_sum_of_gaussians(self, tmp_path):
        from isotunnel.engines.finished.vasp.procar import read_procar

        path = made.write(tmp_path, {"PROCAR": made.procar()}) / "PROCAR"
        width = 0.3
        by_hand = 0.0
        for weight, row in zip(made.WEIGHTS, made.METAL, strict=True):
            for energy in row:
                z = (energy - made.FERMI_EV) / width
                by_hand += 2 * weight * np.exp(-0.5 * z * z) / (width * np.sqrt(2 * np.pi))
        total = read_procar(path, made.FERMI_EV, width).sum()
        assert total == pytest.approx(by_hand, rel=1e-6)

    def test_projections_of_a_second_run(self, tmp_path):
        main = made.write(tmp_path / "scf", made.vasp_run(partial=False))
        second = made.write(main / "dos", {"DOSCAR": made.doscar()})
        alone = told(main)
        assert "--dos" in alone.cannot_say["dos_fermi_by_element"]
        both = told(main, dos=second)
        assert both.sources["dos_fermi_by_element"] == "dos/DOSCAR"
        assert both.dos_fermi_by_element["H"] == pytest.approx(made.H_AT_FERMI)

    @pytest.mark.parametrize(
        ("settings", "kind"),
        [
            ({"LVTOT": "T", "LVHAR": "F"}, "potential"),
            ({"LVTOT": "F", "LVHAR": "T"}, "electrostatic"),
            ({"LVTOT": "T", "LVHAR": "T"}, "electrostatic"),
        ],
    )
    def test_the_run_says_what_its_locpot_is(self, tmp_path, settings, kind):
        run = told(made.write(tmp_path, made.vasp_run(settings=settings)))
        assert run.sources[kind] == "LOCPOT"
        assert not run.fields[kind].provenance.warnings

    @pytest.mark.parametrize("log", ["vasprun.xml", "OUTCAR"])
    def test_edges_of_an_insulator(self, tmp_path, log):
        text = {"vasprun.xml": made.vasprun, "OUTCAR": made.outcar}[log](levels=made.INSULATOR)
        run = told(made.write(tmp_path, {log: text, "POSCAR": made.poscar()}))
        assert (run.vbm_ev, run.cbm_ev, run.band_gap_ev) == (4.5, 8.5, 4.0)
        assert run.direct_gap_ev == 4.0

    def test_without_projections_it_says_so(self, tmp_path):
        run = told(made.write(tmp_path, made.vasp_run(partial=False)))
        assert "give --h-dos" in run.cannot_say["dos_fermi_by_element"]

    def test_both_spins_of_an_elf(self, tmp_path):
        files = made.vasp_run(spins=2) | {"ELFCAR": made.vasp_grid(made.ELF, parts=2)}
        run = told(made.write(tmp_path, files))
        assert {"elf", "elf-down"} <= set(run.fields)


class TestVaspRefusals:
    def test_a_run_cut_short(self, tmp_path):
        files = made.vasp_run()
        text = files["vasprun.xml"]
        files["vasprun.xml"] = text[: text.index("<dos>") + 20]
        with pytest.raises(FileFormatError, match=r"vasprun\.xml: the XML is damaged or ends too"):
            told(made.write(tmp_path, files))

    @pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
    def test_a_doscar_cut_short(self, tmp_path, keep):
        text = made.doscar()
        files = {"POSCAR": made.poscar(), "DOSCAR": text[: int(keep * len(text))]}
        with pytest.raises(FileFormatError, match="DOSCAR"):
            told(made.write(tmp_path, files))

    def test_a_damaged_archive(self, tmp_path):
        made.write(tmp_path, {"POSCAR": made.poscar()})
        whole = gzip.compress(made.vasprun().encode())
        (tmp_path / "vasprun.xml.gz").write_bytes(whole[: len(whole) // 2])
        with pytest.raises(FileFormatError, match=r"vasprun\.xml\.gz.*compressed"):
            told(tmp_path)

    def test_a_density_of_another_cell(self, tmp_path):
        other = Atoms("LaH", scaled_positions=[[0.5] * 3, [0] * 3], cell=[5.0] * 3, pbc=True)
        files = made.vasp_run() | {"CHGCAR": made.vasp_grid(made.DENSITY, other)}
        with pytest.raises(InputError, match=r"4 x 4 x 4 .*CHGCAR .*5 x 5 x 5 .*two runs"):
            told(made.write(tmp_path, files))

    def test_a_step_of_a_relaxation_is_reported(self, tmp_path):
        other = Atoms("LaH", scaled_positions=[[0.5] * 3, [0] * 3], cell=[4.03] * 3, pbc=True)
        files = made.vasp_run() | {"CHGCAR": made.vasp_grid(made.DENSITY, other)}
        run = told(made.write(tmp_path, files))
        assert any("CHGCAR" in w and "relaxation" in w for w in run.warnings)

    def test_an_input_of_another_crystal(self, tmp_path):
        other = Atoms("LaH2", scaled_positions=[[0.5] * 3, [0] * 3, [0.2] * 3], cell=[4] * 3)
        files = without(made.vasp_run(), "CONTCAR") | {"POSCAR": made.poscar(other)}
        with pytest.raises(InputError, match=r"POSCAR .*two runs"):
            told(made.write(tmp_path, files))

    def test_a_relaxed_cell_is_no_other_crystal(self, tmp_path):
        start = made.ATOMS.copy()
        start.set_cell([5.0] * 3, scale_atoms=True)
        files = without(made.vasp_run(), "CONTCAR") | {"POSCAR": made.poscar(start)}
        assert told(made.write(tmp_path, files)).warnings == ()

    @pytest.mark.parametrize("name", ["CONTCAR", "CHGCAR"])
    def test_heads_without_symbols(self, tmp_path, name):
        """VASP 4 names no elements; vasprun.xml does."""
        files = made.vasp_run()
        files[name] = files[name].replace("La H\n", "").replace("made up", "old")
        run = told(made.write(tmp_path, files))
        assert run.atoms.get_chemical_formula() == "HLa"

    def test_stages_of_a_chain(self, tmp_path):
        one = {f"vasprun.xml.relax{i}": made.vasprun() for i in (1, 2)}
        with pytest.raises(InputError, match=r"2 runs \(vasprun.xml.relax1, vasprun.xml.relax2\)"):
            told(made.write(tmp_path, one | {"POSCAR": made.poscar()}))

    def test_one_stage_is_a_run(self, tmp_path):
        run = told(made.write(tmp_path, {"vasprun.xml.relax2": made.vasprun()}))
        check_common(run, "vasprun.xml.relax2")

    def test_nothing_to_read(self, tmp_path):
        with pytest.raises(InputError, match="no output of VASP"):
            told(made.write(tmp_path, {"notes.txt": "nothing"}))
        with pytest.raises(InputError, match="no such folder"):
            told(tmp_path / "absent")

    def test_two_codes(self, tmp_path):
        with pytest.raises(InputError, match="VASP and of Quantum ESPRESSO"):
            told(made.write(tmp_path, made.vasp_run() | made.espresso_run()))


class TestEspresso:
    @pytest.mark.parametrize("nspin", [1, 2])
    def test_each_quantity_and_its_file(self, tmp_path, nspin):
        run = told(made.write(tmp_path, made.espresso_run(nspin=nspin)))
        check_common(run, "scf.out")
        assert (run.engine, run.versions["espresso"]) == ("espresso", "6.3")
        assert run.energy_ev == pytest.approx(-10 * made.RYDBERG_EV)
        assert run.dos_fermi == pytest.approx(made.DOS_AT_FERMI)
        assert run.dos_fermi_by_element == pytest.approx(
            {"La": made.LA_AT_FERMI, "H": made.H_AT_FERMI}
        )
        # Told by plot_num: the names say nothing.
        assert {k: run.sources[k] for k in run.fields} == {
            "elf": "a.cube",
            "potential": "b.cube",
            "electrostatic": "c.cube",
            "density": "d.cube",
        }
        np.testing.assert_allclose(run.fields["potential"].values, made.POTENTIAL_EV, atol=1e-6)
        np.testing.assert_allclose(run.fields["density"].values, made.DENSITY, atol=1e-6)
        assert not run.cannot_say

    @pytest.mark.parametrize("nspin", [1, 2])
    def test_the_xml_tells_the_same(self, tmp_path, nspin):
        files = {
            "hyd.save/data-file-schema.xml": made.schema_xml(nspin=nspin),
            "pp.out": made.pp_output("7.2", {"a.cube": 0}),
            "a.cube": made.cube(made.DENSITY * made.BOHR**3),
        }
        run = told(made.write(tmp_path, files))
        check_common(run, "hyd.save/data-file-schema.xml")
        assert run.settings["nspin"] == nspin
        np.testing.assert_allclose(np.array(run.atoms.cell), np.diag([made.EDGE] * 3), atol=1e-9)

    @pytest.mark.parametrize(
        ("version", "nspin", "corrected"),
        [
            ("6.3", 1, False),
            ("6.7MaX", 1, False),
            ("6.8", 1, True),
            ("7.2", 1, True),
            ("7.5", 1, True),
            ("7.2", 2, False),
            ("7.6", 1, False),
        ],
    )
    def test_version_and_spin_decide_the_elf(self, tmp_path, version, nspin, corrected):
        elf = told(made.write(tmp_path, made.espresso_run(version, nspin=nspin))).fields["elf"]
        right = made.ELF / (made.ELF + 2 ** (4 / 3) * (1 - made.ELF)) if corrected else made.ELF
        np.testing.assert_allclose(elf.values, right, atol=1e-7)
        assert any("corrected" in w for w in elf.provenance.warnings) is corrected
        assert not any("does not tell the version" in w for w in elf.provenance.warnings)

    def test_the_elf_may_be_kept(self, tmp_path):
        folder = made.write(tmp_path, made.espresso_run("7.2"))
        elf = told(folder, correct_qe_elf=False).fields["elf"]
        np.testing.assert_allclose(elf.values, made.ELF, atol=1e-7)
        assert any("left as it is" in w for w in elf.provenance.warnings)

    def test_a_right_elf_is_not_corrected_by_wish(self, tmp_path):
        folder = made.write(tmp_path, made.espresso_run("7.6"))
        with pytest.raises(InputError, match=r"7\.6 with nspin = 1 writes a right ELF"):
            told(folder, correct_qe_elf=True)

    def test_unknown_spin_is_reported(self, tmp_path):
        files = without(made.espresso_run("7.2"), "scf.out")
        elf = told(made.write(tmp_path, files)).fields["elf"]
        np.testing.assert_allclose(elf.values, made.ELF, atol=1e-7)
        assert any("no file of the folder decides it" in w for w in elf.provenance.warnings)

    def test_the_denser_mesh_of_nscf_goes_first(self, tmp_path):
        files = made.espresso_run() | {"nscf.out": made.pw_output("6.3", nscf=True, stress=False)}
        run = told(made.write(tmp_path, files))
        assert run.sources["fermi_ev"] == "nscf.out"
        assert run.sources["pressure_gpa"] == "scf.out"

    def test_fixed_occupations_print_edges_only(self, tmp_path):
        files = made.espresso_run()
        files["scf.out"] = made.pw_output("6.3", levels=made.INSULATOR, fermi=False)
        run = told(made.write(tmp_path, files))
        assert (run.vbm_ev, run.cbm_ev, run.band_gap_ev) == (4.5, 8.5, 4.0)
        assert run.fermi_ev is None
        assert "--fermi" in run.cannot_say["fermi_ev"]
        assert "--h-dos" in run.cannot_say["dos_fermi_by_element"]

    def test_a_stated_fermi_level_reads_the_densities(self, tmp_path):
        folder = made.write(tmp_path, without(made.espresso_run(), "scf.out"))
        assert "--fermi" in told(folder).cannot_say["dos_fermi"]
        run = told(folder, fermi_ev=made.FERMI_EV)
        assert run.dos_fermi_by_element["H"] == pytest.approx(made.H_AT_FERMI)
        assert run.sources["fermi_ev"] == "stated by the user"

    def test_two_elfs(self, tmp_path):
        files = made.espresso_run() | {"my_elf.cube": made.cube(made.ELF**2)}
        run = told(made.write(tmp_path, files))
        assert run.sources["elf"] == "a.cube"
        assert any("my_elf.cube was left aside" in w for w in run.warnings)

    def test_two_runs(self, tmp_path):
        files = made.espresso_run()
        files["other.out"] = files["scf.out"].replace("5.2500 ev", "7.7500 ev")
        with pytest.raises(InputError, match=r"2 runs of pw\.x"):
            told(made.write(tmp_path, files))

    def test_outputs_of_two_crystals(self, tmp_path):
        files = made.espresso_run()
        files["other.out"] = files["scf.out"].replace("/cell      =            2", "/cell   =  7")
        with pytest.raises(InputError, match=r"2 atoms .* 7 atoms|7 atoms .* 2 atoms"):
            told(made.write(tmp_path, files))

    def test_no_empty_band(self, tmp_path):
        files = made.espresso_run()
        text = made.pw_output("6.3", levels=made.INSULATOR, fermi=False)
        lines = [w.split() for w in text.splitlines() if "highest occupied" in w]
        assert lines[0][-1] == "8.5000"
        text = text.replace("highest occupied, lowest unoccupied level", "highest occupied level")
        files["scf.out"] = text.replace("    8.5000\n!", "\n!")
        run = told(made.write(tmp_path, files))
        assert run.vbm_ev == 4.5
        assert "no empty band" in run.cannot_say["band_gap_ev"]

    def test_the_printed_crystal(self, tmp_path):
        files = {"scf.out": made.pw_output("6.3"), **made.pdos()}
        run = told(made.write(tmp_path, files))
        assert run.sources["atoms"] == "scf.out"
        np.testing.assert_allclose(run.atoms.cell.lengths(), made.EDGE, atol=1e-5)
        assert run.atoms.get_chemical_symbols() == ["La", "H"]

    def test_projections_of_two_runs(self, tmp_path):
        files = made.espresso_run() | made.pdos(prefix="other")
        with pytest.raises(InputError, match=r"of 2 runs \(hyd, other\)"):
            told(made.write(tmp_path, files))

    def test_projections_that_lack_an_atom(self, tmp_path):
        files = {k: v for k, v in made.espresso_run().items() if "(H1)" not in k}
        with pytest.raises(FileFormatError, match="1 atoms for a crystal of 2"):
            told(made.write(tmp_path, files))

    def test_a_window_that_misses_the_fermi_level(self, tmp_path):
        files = made.espresso_run()
        files["scf.out"] = files["scf.out"].replace("5.2500 ev", "8.2500 ev")
        with pytest.raises(InputError, match=r"4\.500 to 6\.000 eV.*8\.250 eV"):
            told(made.write(tmp_path, files))

    def test_an_xml_cut_short(self, tmp_path):
        text = made.schema_xml()
        with pytest.raises(FileFormatError, match=r"data-file-schema\.xml, line"):
            told(made.write(tmp_path, {"data-file-schema.xml": text[: len(text) // 2]}))

    @pytest.mark.parametrize(
        ("label", "element"),
        [("H", "H"), ("H1", "H"), ("Fe_up", "Fe"), ("fe2", "Fe"), ("D", "H"), ("Y", "Y")],
    )
    def test_species_labels(self, label, element):
        from isotunnel.engines.finished.espresso.schema import element_of

        assert element_of(label) == element


@pytest.mark.parametrize("seed", range(12))
def test_damaged_files_end_in_one_line(tmp_path, seed):
    """Whatever is wrong with a file: it is read, or refused in one line."""
    rng = np.random.default_rng(seed)
    runs = [
        made.vasp_run() | {"DOSCAR": made.doscar()},
        {"OUTCAR": made.outcar(), "PROCAR": made.procar(), "POSCAR": made.poscar()},
        made.espresso_run("7.2"),
        {"data-file-schema.xml": made.schema_xml(), **made.pdos()},
    ]
    read, messages = 0, []
    for number in range(12):
        files = dict(runs[number % len(runs)])
        small = [name for name, text in files.items() if len(text) < 20_000]
        name = small[rng.integers(len(small))]
        text = files[name]
        at, length = rng.integers(len(text)), rng.integers(1, 60)
        words = ["", "****", "nan", "1e400", "-", "</set>", "<r>", "\n", "999999999", text[:at]]
        files[name] = text[:at] + words[rng.integers(len(words))] + text[at + length :]
        folder = made.write(tmp_path / str(number), files)
        try:
            told(folder)
            read += 1
        except IsotunnelError as error:
            messages.append(str(error))
    assert read + len(messages) == 12
    assert not [m for m in messages if "\n" in m]
