"""Points of the atlas computed again with DFT: the packed numbers are what the code gives now."""

from __future__ import annotations

import pytest

from isotunnel import atlas

pytestmark = [pytest.mark.slow, pytest.mark.dft]

# Energies to 1 meV per cell and volumes to 0.3 per mille: the relaxation stops within 0.05 GPa.
# Gaps to 10 meV (their derivative is below 0.2 eV per GPa), phi to 0.002.
ENERGY_EV, VOLUME, GAP_EV, PHI = 1e-3, 3e-4, 1e-2, 2e-3


@pytest.mark.parametrize(("name", "which"), [("Al", 0), ("Al", -1), ("He", 1), ("H3S", 4)])
def test_a_point_computed_again_agrees(name, which, tmp_path, monkeypatch):
    pytest.importorskip("gpaw")
    from isotunnel.scan import scan

    monkeypatch.setenv("ISOTUNNEL_CACHE", str(tmp_path))
    packed = atlas.scan_of(name)
    asked = float(packed.asked[which])
    again = scan(packed.name, pressures=(asked,), engine="gpaw", workers=1)
    assert again.computed == 1, "the point came from a store and tests nothing"
    values = again.points[0].values
    settings = {k: v for k, v in packed.settings.items() if k != "relaxation"}
    assert {k: again.settings[k] for k in settings} == settings
    for column, tolerance in (
        ("energy_ev", ENERGY_EV),
        ("volume_ratio", VOLUME),
        ("gap_ks_3d_ev", GAP_EV),
        ("gap_atomic_3d_ev", GAP_EV),
        ("gap_electrostatic_3d_ev", GAP_EV),
        ("band_gap_ev", GAP_EV),
        ("phi", PHI),
    ):
        stored = packed.column(column).cells[which]
        assert values[column] == pytest.approx(stored, abs=tolerance), column
