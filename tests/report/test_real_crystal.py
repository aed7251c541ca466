"""A report of a real crystal, from superposed atoms, end to end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from isotunnel.analysis import analyze
from isotunnel.engines.procrystal import ProcrystalEngine
from isotunnel.report import write_report
from isotunnel.report.text import number


def test_procrystal_of_h3s(tmp_path: Path) -> None:
    engine = ProcrystalEngine(shape=(24, 24, 24))
    analysis = analyze("H3S@200GPa", engine=engine)
    files = write_report(analysis, tmp_path / "h3s.html", figures=tmp_path / "figures")
    html = files.html.read_text("utf-8")
    assert len(files.figures) == 6
    tunnels = analysis.tunnels["procrystal"]
    assert len(tunnels) >= 2
    scene = json.loads(re.search(r'id="scene">(.*?)</script>', html, re.DOTALL)[1])
    assert len(scene["fields"]) == len(tunnels)
    assert {e["symbol"]: e["count"] for e in scene["elements"]} == {"S": 1, "H": 3}
    for found in tunnels.values():
        assert number(float(found.thresholds[2]), found.field.unit) in html
    for gap in analysis.gaps:
        if gap.cannot_say is None:
            assert number(float(gap.valence_level), gap.unit) in html
        else:
            assert "cannot say" in html
    assert {gap.cannot_say is None for gap in analysis.gaps} == {True, False}
    assert files.html.stat().st_size == pytest.approx(4e6, rel=0.95)
