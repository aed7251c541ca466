"""Generated pages of the documentation are fresh, and how they are written and checked."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

import pages
from isotunnel import schemas
from page_makers.markdown import escaped, one_line, renewed


@pytest.mark.parametrize("name", pages.PAGES)
def test_generated_pages_are_fresh(name: str) -> None:
    assert pages.stale(name) == [], f"run python scripts/pages.py {name}"


def test_a_page_is_written_then_fresh_then_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "docs" / "page.md"
    made_up = SimpleNamespace(PAGE=page, render=lambda: "new")
    monkeypatch.setattr(pages, "PAGES", {"it": made_up})
    assert pages.main(["it", "--check"]) == 1
    assert not page.exists()
    assert f"{page} is stale: run python scripts/pages.py it" in capsys.readouterr().err
    assert pages.main([]) == 0
    assert page.read_text() == "new"
    assert pages.main(["--check"]) == 0
    made_up.render = lambda: "newer"
    assert pages.main(["--check"]) == 1
    assert page.read_text() == "new"
    with pytest.raises(SystemExit):
        pages.main(["none"])
    assert "no page 'none'; choose among it" in capsys.readouterr().err


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


def test_every_shape_of_a_json_document_is_on_its_page() -> None:
    page = pages.PAGES["json"].PAGE.read_text(encoding="utf-8")
    whole = schemas.documents()
    assert len(whole) >= 12
    for name, shape in whole.items():
        assert f": `{name}`" in page
        for part in schemas.shapes(shape):
            keys = [f"\n| `{key}` | " for key in schemas.meanings(part)]
            block = "".join(keys[:1])
            assert block in page, part.__name__
            assert all(key in page for key in keys), part.__name__


def test_json_schema_files_hold_what_each_key_means() -> None:
    for path, text in pages.PAGES["json"].more_files().items():
        schema = json.loads(text)
        assert schema["$id"].replace("/", "-") == path.stem
        assert schema["additionalProperties"] is False
        parts = [schema, *schema.get("$defs", {}).values()]
        assert all(p["description"] for part in parts for p in part["properties"].values())
