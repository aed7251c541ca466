"""Results rest on data: other words in the tables change no number, mark or verdict."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reworded_world import PARTS, reworded

PROGRAM = Path(__file__).parent / "reworded_world.py"
LEAST = 1000
"""Fewest results that are compared."""


def _results(part: str, *options: str) -> dict:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), part, *options], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("part", PARTS)
def test_other_words_in_every_source_and_note_move_no_result(part: str) -> None:
    """A source once held the kind of a number, and rewording it changed what a theory was told."""
    told, other = _results(part), _results(part, "--reword")
    assert told["everything"] != other["everything"], "nothing was reworded"
    assert len(told["results"]) > LEAST
    for before, after in zip(told["results"], other["results"], strict=True):
        assert before == after


def test_texts_that_differ_still_differ_in_other_words() -> None:
    assert reworded("") == ""
    assert reworded("a") == reworded("a") != reworded("b")
    assert reworded("a").startswith("assumed: fitted to Tc")
