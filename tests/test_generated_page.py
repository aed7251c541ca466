"""Writing and checking a generated page, which the scripts share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generated_page import escaped, one_line, renewed, write_or_check


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


def test_only_what_stands_between_the_marks_is_made_afresh(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("By hand.\n<!-- made: one -->\nold\n<!-- end -->\nAlso by hand.\n")
    fresh = renewed(page, {"one": lambda: "new\n", "two": lambda: "unused"})
    assert fresh == "By hand.\n<!-- made: one -->\n\nnew\n\n<!-- end -->\nAlso by hand.\n"
    page.write_text(fresh)
    assert renewed(page, {"one": lambda: "new"}) == fresh
    with pytest.raises(KeyError, match="one"):
        renewed(page, {})


def test_text_in_tables_means_itself() -> None:
    assert one_line("a |\n  b") == r"a \| b"
    assert escaped("<b>*x*_[y]|") == r"\<b\>\*x\*\_\[y\]\|"
