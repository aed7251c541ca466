"""The shipped table of electrides: whole, and what the rule makes of its numbers."""

from __future__ import annotations

import numpy as np
import pytest

from isotunnel.crystal import named_crystal
from isotunnel.studies.electrides import (
    SETTINGS,
    ComputedElectride,
    computed_electrides,
    published,
    row_of,
)
from isotunnel.studies.electrides.table import REACHES, cells_of
from isotunnel.tunnels.interstitial_results import dimension_of

ROWS = {r.crystal: r for r in computed_electrides()}


def test_every_row_is_of_a_named_crystal_with_a_published_word() -> None:
    known = {p.crystal for p in published()}
    assert set(ROWS) <= known
    assert len(ROWS) >= 7
    for name, row in ROWS.items():
        assert len(named_crystal(name)) == row.atoms
    assert all(p.source and p.says for p in published())


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_the_dimension_follows_from_the_levels(row: ComputedElectride) -> None:
    """By the rule of the longest range, from the table's own digits."""
    if not row.sites:
        assert row.dimension is None
        assert row.reason == "no interstitial maximum"
        return
    levels = [np.nan if v is None else v for v in (row.elf_1d, row.elf_2d, row.elf_3d)]
    decided = dimension_of(row.site_elf, np.array(levels), np.zeros(3), row.contact, 0.0)
    assert decided["dimension"] == row.dimension
    assert decided["margin"] == pytest.approx(row.margin, abs=2e-4)


def test_controls_have_no_site_and_ca2n_has_a_layer() -> None:
    assert ROWS["NaCl"].sites == ROWS["Si"].sites == 0
    assert ROWS["Ca2N"].dimension == 2
    assert ROWS["Na-hP4@320GPa"].dimension == 0


@pytest.mark.slow
@pytest.mark.dft
def test_a_row_computed_anew_is_the_shipped_one() -> None:
    from isotunnel import electride

    name = "Li-fcc@36GPa"
    near, usual, far = (
        electride(name, engine="gpaw", engine_settings=SETTINGS, cell="primitive", reach=reach)
        for reach in (REACHES[0], None, REACHES[1])
    )
    now = row_of(name, usual, near, far)
    for text, cell in zip(cells_of(now), cells_of(ROWS[name]), strict=True):
        try:
            assert float(text) == pytest.approx(float(cell), rel=2e-3, abs=2e-3)
        except ValueError:
            assert text == cell
