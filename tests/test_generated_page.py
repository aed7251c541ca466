"""Writing and checking a generated page, which the scripts share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generated_page import write_or_check


def test_a_page_is_written_then_fresh_then_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "docs" / "page.md"
    monkeypatch.setattr(sys, "argv", ["scripts/make_it.py", "--check"])
    assert write_or_check(page, "new") == 1
    assert not page.exists()
    assert f"{page} is stale: run python make_it.py" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["scripts/make_it.py"])
    assert write_or_check(page, "new") == 0
    assert page.read_text() == "new"
    monkeypatch.setattr(sys, "argv", ["scripts/make_it.py", "--check"])
    assert write_or_check(page, "new") == 0
    assert write_or_check(page, "newer") == 1
    assert page.read_text() == "new"
