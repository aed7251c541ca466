"""``isotunnel analyze FOLDER``: tables, JSON and report name the file of each number."""

from __future__ import annotations

import pytest
from command import checked, isotunnel

import made_up_runs as made
from isotunnel import schemas


@pytest.fixture
def folder(tmp_path):
    return made.write(tmp_path / "run", made.vasp_run())


def test_json(folder):
    document = checked(schemas.Analysis, isotunnel("analyze", folder, "--no-files", "--json").json)
    assert document["engine"] == "vasp"
    assert document["provenance"]["phi"] == "ELFCAR"
    assert document["pressure_gpa"] == pytest.approx(made.PRESSURE_GPA)


def test_text_and_report(folder, tmp_path):
    page = tmp_path / "page.html"
    outcome = isotunnel("analyze", folder, "-o", page)
    assert outcome.status == 0
    assert "where the numbers come from" in outcome.out
    assert "not known: electrostatic: no LOCPOT" in outcome.out
    assert "Fermi level" in outcome.out.split("where the numbers come from")[1]
    text = page.read_text()
    assert "Where each number comes from" in text
    assert "LOCPOT; occupied level of vasprun.xml" in text


def test_a_stated_pressure_is_not_called_computed(folder, tmp_path):
    page = tmp_path / "page.html"
    elf = folder / "ELFCAR"
    assert isotunnel("analyze", elf, "--pressure", "12", "-o", page).status == 0
    text = page.read_text()
    assert "stated pressure 12.0 GPa" in text
    assert "computed pressure 12" not in text


def test_second_run_and_stated_numbers(tmp_path):
    folder = made.write(tmp_path / "scf", made.vasp_run(partial=False))
    second = made.write(folder / "dos", {"DOSCAR": made.doscar()})
    read = isotunnel("analyze", folder, "--dos", second, "--no-files", "--json").json
    assert read["provenance"]["h_dos"] == "dos/DOSCAR"
    said = isotunnel("analyze", folder, "--h-dos", "0.4", "--no-files", "--json").json
    assert (said["h_dos"], said["provenance"]["h_dos"]) == (0.4, "stated by the user")


@pytest.mark.parametrize(
    ("flags", "phi", "words"),
    [
        ((), 0.6333 / (0.6333 + 2 ** (4 / 3) * 0.3667), "was corrected"),
        (("--keep-qe-elf",), 0.6333, "left as it is"),
    ],
)
def test_the_elf_of_quantum_espresso(tmp_path, flags, phi, words):
    folder = made.write(tmp_path, made.espresso_run("7.2"))
    document = isotunnel("analyze", folder, *flags, "--no-files", "--json").json
    assert document["phi"] == pytest.approx(phi, abs=0.004)
    assert any(words in w for w in document["warnings"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("{empty}",), "no output of VASP"),
        (("{run}", "--correct-qe-elf", "--keep-qe-elf"), "contradict"),
        (("{run}", "--kind", "elf"), "is a folder"),
        (("{run}/ELFCAR", "--dos", "{run}"), "is no folder"),
        (("{run}", "--dos", "{run}/absent"), "no such file or folder"),
        (("{run}", "--h-dos", "1.5"), "share from 0 to 1"),
    ],
)
def test_refusals_are_one_line(folder, tmp_path, arguments, words):
    empty = tmp_path / "empty"
    empty.mkdir()
    given = [a.format(run=folder, empty=empty) for a in arguments]
    outcome = isotunnel("analyze", *given, "--no-files")
    assert outcome.status == 2
    assert words in outcome.problem


def test_tunnels_points_to_analyze(folder):
    outcome = isotunnel("tunnels", folder)
    assert outcome.status == 2
    assert "isotunnel analyze" in outcome.problem
