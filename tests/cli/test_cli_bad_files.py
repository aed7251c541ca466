"""Files that cannot be used: one line on stderr, a non-zero status, nothing left behind."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from command import DATA, chgcar_text, cube_text, isotunnel, poscar_text, refused, xsf_text

from isotunnel import Field, write_hdf5

both = pytest.mark.parametrize("command", ["tunnels", "analyze"])


def saved(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def hdf5_bytes(folder) -> bytes:
    path = folder / "whole.h5"
    write_hdf5(Field.from_array(np.random.default_rng(1).random((4, 4, 4)), np.eye(3), "elf"), path)
    return path.read_bytes()


@both
def test_a_missing_file(tmp_path, command):
    assert "missing.cube" in refused(command, tmp_path / "missing.cube")


@both
def test_a_folder(tmp_path, command):
    problem = refused(command, tmp_path)
    assert "director" in problem or "folder" in problem


@both
@pytest.mark.parametrize("name", ["a.cube", "CHGCAR", "a.xsf", "a.h5", "a.gpw", "nameless"])
def test_garbage(tmp_path, command, name):
    path = saved(tmp_path, name, np.random.default_rng(0).bytes(5000))
    assert name in refused(command, path)


@both
@pytest.mark.parametrize("name", ["a.cube", "CHGCAR", "a.xsf", "a.h5", "a.cif", "POSCAR"])
def test_an_empty_file(tmp_path, command, name):
    assert name in refused(command, saved(tmp_path, name, ""))


@both
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("name", ["elf.cube", "CHGCAR", "elf.xsf", "elf.h5", "h3s.gpw"])
def test_a_truncated_file(tmp_path, command, name, share):
    whole = {
        "elf.cube": lambda: cube_text().encode(),
        "CHGCAR": lambda: chgcar_text().encode(),
        "elf.xsf": lambda: xsf_text().encode(),
        "elf.h5": lambda: hdf5_bytes(tmp_path),
        "h3s.gpw": lambda: (DATA / "h3s.gpw").read_bytes(),
    }[name]()
    path = saved(tmp_path, name, whole[: int(share * len(whole))])
    assert name in refused(command, path)


@both
def test_the_whole_files_would_be_read(tmp_path, command):
    """Guard: above, it is the cut that is refused."""
    options = ["--no-refine", *(["--no-files"] if command == "analyze" else [])]
    for name, content in (
        ("elf.cube", cube_text()),
        ("CHGCAR", chgcar_text()),
        ("elf.xsf", xsf_text()),
        ("elf.h5", hdf5_bytes(tmp_path)),
    ):
        assert isotunnel(command, saved(tmp_path, name, content), *options).status == 0, name


@both
@pytest.mark.parametrize("word", ["nan", "inf", "*******"])
def test_values_that_are_no_numbers(tmp_path, command, word):
    lines = cube_text().splitlines()
    lines[10] = lines[10].replace(lines[10].split()[2], word)
    problem = refused(command, saved(tmp_path, "elf.cube", "\n".join(lines)))
    assert "line 11" in problem


@both
def test_a_nan_in_a_binary_grid(tmp_path, command):
    import h5py

    from isotunnel.fields.seal import write_seal

    path = saved(tmp_path, "elf.h5", hdf5_bytes(tmp_path))
    with h5py.File(path, "r+") as file:
        (values,) = (d for d in _data_sets(file) if d.shape == (4, 4, 4))
        values[1, 2, 3] = np.nan
    write_seal(path)
    assert "1 of 64 field values are NaN" in refused(command, path)


def _data_sets(group):
    for item in group.values():
        yield from _data_sets(item) if hasattr(item, "values") else [item]


@both
def test_zero_volume(tmp_path, command):
    lines = cube_text().splitlines()
    lines[4] = lines[3]
    assert "volume" in refused(command, saved(tmp_path, "elf.cube", "\n".join(lines)))


@both
def test_a_header_that_claims_a_million_million_voxels(tmp_path, command):
    text = cube_text().replace("\n    6 ", "\n10000 ")
    problem = refused(command, saved(tmp_path, "elf.cube", text))
    assert "elf.cube" in problem


@both
@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path, command):
    path = saved(tmp_path, "elf.cube", cube_text())
    path.chmod(0)
    assert "elf.cube" in refused(command, path)


@both
def test_a_file_that_the_system_refuses(tmp_path, command, monkeypatch):
    path = saved(tmp_path, "elf.cube", cube_text())
    real = Path.open

    def denied(self, *arguments, **options):
        if self.name == "elf.cube":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", denied)
    problem = refused(command, path)
    assert "elf.cube" in problem


@both
def test_a_named_pipe_does_not_hang(tmp_path, command):
    os.mkfifo(tmp_path / "pipe.cube")
    refused(command, tmp_path / "pipe.cube")


@both
def test_a_name_too_long_for_a_file(command):
    refused(command, "x" * 5000 + ".cube")


def test_a_file_of_unknown_kind_names_the_options(tmp_path):
    path = saved(tmp_path, "data.cube", cube_text(comment="values"))
    problem = refused("tunnels", path)
    assert "--kind" in problem
    assert "--side" in problem
    assert isotunnel("tunnels", path, "--side", "above", "--no-refine").status == 0
    outcome = isotunnel("analyze", path)
    assert outcome.status == 2
    assert "--kind" in outcome.problem
    assert "superposing" not in outcome.err
    assert isotunnel("analyze", path, "--kind", "elf", "--no-files", "--no-refine").status == 0


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("POSCAR", poscar_text("H H", ((0, 0, 0), (0.01, 0, 0))), ("0.030 angstrom apart", "0.4")),
        ("POSCAR", poscar_text("Qq"), ("Qq",)),
        ("POSCAR", poscar_text(edge=0), ("no complete cell",)),
        ("POSCAR", poscar_text(edge=float("nan")), ()),
        ("POSCAR", poscar_text(edge=1e9), ("angstrom",)),
        ("POSCAR", poscar_text().replace("1.0\n", "one\n"), ("POSCAR",)),
        ("a.cif", "data_\n_cell_length_a x\n", ("a.cif",)),
        ("a.xyz", "1\n\nH 0 0 0\n", ("cell",)),
        ("a.xyz", "2\nLattice='3 0 0 0 3 0 0 0 3'\nH 0 0 0\n", ("a.xyz",)),
        ("notes.txt", "Dear diary\n", ("notes.txt",)),
    ],
    ids=["overlap", "element", "flat", "nan", "huge", "scale", "cif", "molecule", "short", "text"],
)
def test_impossible_crystals(tmp_path, name, text, words):
    path = saved(tmp_path, name, text)
    problem = refused("analyze", path, "--engine", "procrystal", "--no-files")
    for word in words:
        assert word in problem


def test_an_element_that_the_engine_does_not_know(tmp_path):
    path = saved(tmp_path, "POSCAR", poscar_text("Lr"))
    problem = refused("analyze", path, "--engine", "procrystal", "--no-files")
    assert "Lr" in problem


def test_a_report_that_cannot_be_written_is_refused_at_once(tmp_path):
    path = saved(tmp_path, "POSCAR", poscar_text())
    (tmp_path / "file").write_text("in the way")
    for target in (tmp_path / "file", tmp_path / "file" / "report.html"):
        outcome = isotunnel("analyze", path, "--engine", "procrystal", "-o", target)
        assert outcome.status == 2
        assert "--output" in outcome.problem
        assert "superposing" not in outcome.err
    assert (tmp_path / "file").read_text() == "in the way"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["POSCAR", "file"]


def test_a_report_that_is_no_page_or_not_wanted_is_refused(tmp_path):
    path = saved(tmp_path, "POSCAR", poscar_text())
    assert ".html" in refused("analyze", path, "-o", tmp_path / "report.pdf")
    both = ("--no-files", "-o", tmp_path / "report.html")
    assert "contradict" in refused("analyze", path, *both)
    assert [p.name for p in tmp_path.iterdir()] == ["POSCAR"]


def test_a_disk_that_fails_is_one_line_and_the_results_stay(tmp_path, monkeypatch):
    """The report comes last: what was computed is printed whatever becomes of it."""
    path = saved(tmp_path, "elf.cube", cube_text())

    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device", "report.html")

    monkeypatch.setattr("isotunnel.report.write_report", full, raising=False)
    outcome = isotunnel("analyze", path, "--no-refine", "--json", "-o", tmp_path / "r.html")
    assert outcome.status == 2
    assert outcome.problem == "report.html: No space left on device"
    assert outcome.json["engine"] == "file"


def test_our_own_fault_asks_for_a_report_and_can_be_traced(monkeypatch):
    def broken():
        raise RuntimeError("a wheel\ncame off")

    monkeypatch.setattr("isotunnel.crystal.named_crystals", broken)
    problem = refused("crystals", status=1)
    assert problem.startswith("internal error, please report it: RuntimeError: a wheel came off")
    with pytest.raises(RuntimeError, match="a wheel"):
        isotunnel("crystals", ISOTUNNEL_DEBUG="1")


@pytest.mark.parametrize(
    ("error", "status", "word"),
    [
        (MemoryError(), 1, "out of memory"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (OSError(5, "Input/output error", "/dev/x"), 2, "/dev/x: Input/output error"),
    ],
)
def test_other_ends(monkeypatch, error, status, word):
    def ended():
        raise error

    monkeypatch.setattr("isotunnel.crystal.named_crystals", ended)
    assert word in refused("crystals", status=status)


@pytest.mark.parametrize(("name", "status"), [("MissingExtraError", 3), ("EngineError", 4)])
def test_every_error_has_its_status(monkeypatch, name, status):
    import isotunnel as package

    arguments = ("gpaw", "dft", "the engine") if status == 3 else ("no\nconvergence",)

    def failed():
        raise getattr(package, name)(*arguments)

    monkeypatch.setattr("isotunnel.crystal.named_crystals", failed)
    refused("crystals", status=status)
