"""The page of the atlas is made from the packed scans."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from isotunnel import atlas

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_fresh():
    spec = importlib.util.spec_from_file_location("page", ROOT / "scripts/make_atlas_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = module.PAGE.read_text(encoding="utf-8")
    assert text == module.render(), "stale: run python scripts/make_atlas_page.py"
    for name in atlas.names():
        assert f"| `{name}` |" in text
    assert '"gpaw": "' in text
    assert '"grid_spacing"' in text
