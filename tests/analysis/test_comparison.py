"""Crystals side by side: each keeps its own numbers, and one level is the same for all."""

from __future__ import annotations

import numpy as np
import pytest

from isotunnel import Field, analyze
from isotunnel.analysis.comparison import compare_analyses
from isotunnel.errors import InputError


def _elf(shift: float, shape: tuple[int, int, int] = (12, 12, 12)) -> Field:
    axes = np.meshgrid(*(2 * np.pi * np.arange(n) / n for n in shape), indexing="ij")
    values = 0.5 + sum(np.cos(u) for u in axes) / 8 + shift
    return Field.from_array(values, (3.0, 3.0, 3.0), "elf")


@pytest.fixture(scope="module")
def pair():
    return [analyze(_elf(0.0)), analyze(_elf(0.05))]


def test_a_shifted_field_differs_by_the_shift_in_every_threshold(pair):
    found = compare_analyses(pair)
    for rank in ("1D", "2D", "3D"):
        line = found.line("thresholds", f"ELF, {rank}")
        assert line.difference == pytest.approx(0.05, abs=1e-9)
        own = [float(a.tunnels["file"]["elf"].thresholds[int(rank[0]) - 1]) for a in pair]
        assert [e.value for e in line.entries] == own
    back = compare_analyses(pair[::-1]).line("thresholds", "ELF, 3D")
    assert back.difference == pytest.approx(-0.05, abs=1e-9)


def test_one_level_opens_what_lies_above_it(pair):
    found = compare_analyses(pair)
    first = float(pair[0].tunnels["file"]["elf"].thresholds[2])
    assert found.shared is not None
    assert found.shared.level == first
    assert "3D threshold" in found.shared.meaning
    assert found.shared.ranks == (3, 3)
    assert compare_analyses(pair, level=first + 0.02).shared.ranks == (0, 3)
    assert compare_analyses(pair, level=first + 0.06).shared.ranks == (0, 0)


def test_a_crystal_beside_itself_differs_in_nothing(pair):
    found = compare_analyses([pair[0], pair[0]])
    differences = [line.difference for line in found.lines if line.difference is not None]
    assert differences
    assert set(differences) == {0.0}
    assert len(set(found.names)) == 2


def test_what_cannot_be_compared_is_refused(pair):
    with pytest.raises(InputError, match="needs two"):
        compare_analyses(pair[:1])
    with pytest.raises(InputError, match="has a density"):
        compare_analyses(pair, kind="density")
    with pytest.raises(InputError, match="no 'ELF, 4D' is compared"):
        compare_analyses(pair).line("thresholds", "ELF, 4D")


def test_the_document_and_the_page_hold_both(pair, tmp_path):
    from isotunnel.report import write_comparison
    from isotunnel.schemas import Comparison, validated

    found = compare_analyses(pair)
    document = validated(Comparison, found.as_dict())
    assert len(document["analyses"]) == 2
    assert document["shared"]["ranks"] == [3, 3]
    page = write_comparison(found, tmp_path / "pair").read_text("utf-8")
    for word in (*found.names, "At the same level", "data:image/png", "Lifting gaps"):
        assert word in page
    assert "http" not in page.split("<main>")[1]
