"""The list of commands in the README: complete, and true."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from isotunnel.cli.main import app

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
LIST = re.search(r"## All commands\n.*?```bash\n(.*?)```", README, re.DOTALL)
EXAMPLES = [
    line.partition("#")[0].strip() for line in (LIST[1].splitlines() if LIST else []) if line
]


def test_every_command_is_named_with_an_example():
    known = set(get_command(app).commands)
    shown = set(re.findall(r"^(?:\$ )?isotunnel (\w+)", README, re.MULTILINE))
    assert shown == known
    elsewhere = {"tunnels", "analyze", "diagram", "electride", "serve"}
    assert {line.split()[1] for line in EXAMPLES} == known - elsewhere


@pytest.mark.parametrize("line", EXAMPLES)
def test_the_examples_run(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ISOTUNNEL_CACHE", str(tmp_path / "cache"))
    words = shlex.split(line)[1:]
    if words[0] == "eos":
        pytest.importorskip("chgnet", reason="the extra mlip is not installed")
    if words[0] == "scan":
        words += ["--workers", "1"]
    if words[0] == "query":
        CliRunner().invoke(app, ["screen", "NaCl", "MgO", "-o", words[1], "--workers", "1"])
    outcome = CliRunner().invoke(app, words)
    assert outcome.exit_code == 0, outcome.output
    assert len(outcome.stdout.splitlines()) >= 3
