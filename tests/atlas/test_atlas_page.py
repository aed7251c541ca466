"""The page of the atlas is made from the packed scans."""

from __future__ import annotations

from isotunnel import atlas
from pages import PAGES


def test_the_page_names_every_scan():
    text = PAGES["atlas"].PAGE.read_text(encoding="utf-8")
    for name in atlas.names():
        assert f"| `{name}` |" in text
    assert '"gpaw": "' in text
    assert '"grid_spacing"' in text


def test_what_the_page_of_the_theory_says_of_the_gaps_is_so():
    """Sentences of docs/explanation/tunnel-theory.md under "Where it breaks"."""
    metals = [s for s in map(atlas.scan_of, atlas.names()) if s.band_gaps_ev[0] == 0]
    assert len(metals) >= 3
    for scan in [*metals, atlas.scan_of("Si"), atlas.scan_of("Xe")]:
        assert scan.gaps("ks").values[0] < 0, scan.name
    for name in ("Li", "Na", "Al", "Cu"):
        gaps = atlas.scan_of(name).gaps("atomic").values
        assert (gaps[1:] > gaps[:-1]).all(), name
    for name in ("Si", "Xe", "He"):
        gaps = atlas.scan_of(name).gaps("atomic").values
        assert (gaps[1:] < gaps[:-1]).all(), name
