"""Kept analyses: the same as computed ones, found again only where nothing has changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from ase.build import bulk
from ase.io import write

from isotunnel import versions
from isotunnel.analysis import Analysis, analyze, kept
from isotunnel.analysis.kept import KeptAnalyses, entry_name


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyze(bulk("NaCl", "rocksalt", a=5.64), engine="procrystal", refine=False)


def test_an_analysis_comes_back_as_it_was(analysis: Analysis, tmp_path: Path) -> None:
    store = KeptAnalyses(tmp_path)
    assert store.analysis("name") is None
    store.keep_analysis("name", analysis)
    back = store.analysis("name")
    assert back is not None
    assert back is not analysis
    assert back.as_dict() == analysis.as_dict()
    for kind, field in analysis.structure.fields.items():
        same = back.structure.fields[kind].values
        np.testing.assert_array_equal(same, field.values)
        assert not same.flags.writeable
    with pytest.raises(TypeError):
        back.structure.settings["x"] = 1  # type: ignore[index]


def test_a_damaged_entry_is_none(analysis: Analysis, tmp_path: Path) -> None:
    store = KeptAnalyses(tmp_path)
    store.keep_analysis("name", analysis)
    store.keep_page("name", b"<html>")
    assert store.page("name") == b"<html>"
    for path in tmp_path.iterdir():
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content)
    assert store.analysis("name") is None
    assert store.page("name") is None
    assert list(tmp_path.iterdir()) == []


def test_the_oldest_entries_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 3)
    store = KeptAnalyses(tmp_path)
    for number in range(3):
        store.keep_page(f"{number}", b"page")
        os.utime(tmp_path / f"{number}.page", ns=(number, number))
    assert store.page("0") is not None  # used just now, so the oldest no longer
    store.keep_page("3", b"page")
    assert sorted(p.stem for p in tmp_path.iterdir()) == ["0", "2", "3"]


def test_any_change_makes_another_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crystal = tmp_path / "salt.cif"
    write(crystal, bulk("NaCl", "rocksalt", a=5.64))
    options = {"engine": "procrystal", "connectivity": 26}
    first = entry_name(str(crystal), options)
    assert first == entry_name(str(crystal), dict(reversed(options.items())))
    names = {first, entry_name(str(crystal), {**options, "connectivity": 6})}
    write(crystal, bulk("NaCl", "rocksalt", a=5.65))
    names.add(entry_name(str(crystal), options))
    own = list(versions._own_files())
    assert any(path.endswith("isotunnel/topology/basins.py") for path, _, _ in own)
    path, size, age = own[7]
    monkeypatch.setattr(versions, "_own_files", lambda: [*own[:7], (path, size, age + 1), *own[8:]])
    names.add(entry_name(str(crystal), options))
    monkeypatch.setattr(versions, "_package", lambda name: (name, "elsewhere", 0, 0))
    names.add(entry_name(str(crystal), options))
    assert len(names) == 5
    assert None not in names
    assert entry_name(str(tmp_path), options) is None


def test_the_second_command_takes_everything_from_the_first(tmp_path: Path) -> None:
    environment = {**os.environ, "ISOTUNNEL_CACHE": str(tmp_path / "cache")}
    script = tmp_path / "isotunnel"
    script.write_text("import sys\nfrom isotunnel.cli.main import run\nsys.exit(run())\n")
    command = [sys.executable, str(script), "analyze", "NaCl", "--engine", "procrystal"]
    outputs, pages = [], []
    for number in (1, 2):
        page = tmp_path / f"{number}.html"
        done = subprocess.run(
            [*command, "--no-refine", "-o", str(page)],
            capture_output=True,
            text=True,
            env=environment,
            cwd=tmp_path,
            check=True,
        )
        outputs.append(done.stdout)
        pages.append(page.read_bytes())
        # Finding tunnels is told on stderr; the second time there is nothing to find.
        assert ("finding the tunnels" in done.stderr) == (number == 1)
    assert outputs[0].replace("1.html", "2.html") == outputs[1]
    assert pages[0] == pages[1]
