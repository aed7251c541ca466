"""What a plain terminal and a first run show."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import numpy as np
import pytest
from command import cube_text, poscar_text, process
from rich.console import Console

from isotunnel import Field, find_tunnels
from isotunnel.cli import first_run
from isotunnel.cli.plain import register_plain
from isotunnel.cli.show import show_tunnels
from isotunnel.kernels import library


@pytest.mark.parametrize(
    ("text", "encoding", "seen"),
    [
        ("S0–H3", "ascii", "S0-H3"),
        ("S0–H3 Å³", "latin-1", "S0-H3 Å³"),
        ("Å³ × 晶", "ascii", "A3 x ?"),
        ("S0–H3", "utf-8", "S0–H3"),
    ],
)
def test_lacking_characters_become_near_ones(text, encoding, seen):
    assert text.encode(encoding, errors=register_plain()).decode(encoding) == seen


def test_a_table_on_an_ascii_terminal_has_no_question_marks(tmp_path):
    (tmp_path / "POSCAR").write_text(poscar_text("Na Cl", ((0, 0, 0), (0.5, 0.5, 0.5))))
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    arguments = ("analyze", "POSCAR", "--engine", "procrystal", "--no-files")
    out, _ = process(*arguments, cwd=tmp_path, env=env).communicate(timeout=120)
    assert "between Na0-Cl1" in out or "between Cl1-Na0" in out or "Na0-Na0" in out, out
    assert "?" not in out
    assert out.isascii()


@pytest.fixture
def caches(tmp_path, monkeypatch):
    """Empty folders in place of all those in which numba keeps compiled kernels."""
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(first_run, "_TOPOLOGY", tmp_path / "topology")
    monkeypatch.setattr(first_run, "_user_cache", lambda: tmp_path / "user")
    monkeypatch.setenv("ISOTUNNEL_KERNELS", str(tmp_path / "ahead"))
    library.folder_of_library.cache_clear()
    # Nothing can be compiled ahead of time here.
    library.refusal().parent.mkdir()
    library.refusal().touch()
    yield tmp_path
    monkeypatch.undo()
    library.folder_of_library.cache_clear()


@pytest.mark.parametrize("folder", ["topology/__pycache__", "user/topology_ab", "own/topology_ab"])
def test_only_a_first_run_tells_of_compiling(caches, monkeypatch, capsys, folder):
    if folder.startswith("own"):
        monkeypatch.setenv("NUMBA_CACHE_DIR", str(caches / "own"))
    first_run.prepare_kernels()
    assert capsys.readouterr().err.startswith("... compiling kernels, once")
    (caches / folder).mkdir(parents=True)
    version = f"{sys.version_info.major}{sys.version_info.minor}"
    (caches / folder / f"basins.resolve_slab-26.py{version}.nbi").touch()
    first_run.prepare_kernels()
    assert capsys.readouterr().err == ""


def test_the_look_finds_what_numba_really_stored(tmp_path):
    (tmp_path / "elf.cube").write_text(cube_text())
    env = {**os.environ, "ISOTUNNEL_KERNELS": str(tmp_path / "ahead"), "CC": "/nowhere/compiler"}
    process("tunnels", tmp_path / "elf.cube", env=env).communicate(timeout=900)
    # It only looks at file names: what it saves a user from waiting for is never imported.
    look = (
        "import sys; from isotunnel.cli.first_run import kernels_cached; "
        "print(kernels_cached(), 'numba' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["True", "False"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(-12.99998, "-13.000"), (1.0, "1.0000"), (0.701894, "0.70189"), (12345.6, "12346")],
)
def test_grid_values_keep_their_zeros(value, shown):
    """-13 beside a refined -12.8607(6) would look like a rounded number."""
    cube = np.full((4, 4, 4), value)
    tunnels = find_tunnels(Field.from_array(cube, np.eye(3) * 3, "other"), side="below")
    out = Console(record=True, width=200, file=io.StringIO())
    show_tunnels(out, tunnels)
    row = next(line for line in out.export_text().splitlines() if "3D network" in line)
    assert [cell.strip() for cell in row.split("│")][3:5] == [shown, shown]
