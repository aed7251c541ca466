"""Interstitial electrons of crystals whose answer is known, computed with GPAW."""

from __future__ import annotations

import pytest

from isotunnel import electride
from isotunnel.analysis.engine_settings import EngineSettings

pytestmark = [pytest.mark.slow, pytest.mark.dft]

COARSE = EngineSettings(grid_spacing=0.12, kpoint_spacing=0.4)


def test_sodium_hp4_has_cavities_of_two_electrons() -> None:
    """Two voids a cell at site 2c, an electron pair each (Y. Ma et al., Nature 458, 182, 2009)."""
    network = electride("Na-hP4@320GPa", engine="gpaw", engine_settings=COARSE).network
    assert network.dimension == 0
    assert network.margin > 10 * network.margin_error
    places = sorted(s.position_fractional.round(2).tolist() for s in network.sites)
    assert places == [[0.33, 0.67, 0.25], [0.67, 0.33, 0.75]]
    for site in network.sites:
        assert site.charge_e == pytest.approx(1.8, abs=0.1)
        assert [n.symbol for n in site.nearest] == ["Na"] * 3


def test_dicalcium_nitride_has_layers_of_one_electron() -> None:
    """[Ca2N]+ e-: one electron per formula between the layers (K. Lee et al., Nature 494, 336)."""
    network = electride("Ca2N", engine="gpaw", engine_settings=COARSE, cell="primitive").network
    assert network.dimension == 2
    assert network.margin > 0.1
    (site,) = network.sites
    assert site.charge_e == pytest.approx(1.0, abs=0.1)
    assert [n.symbol for n in site.nearest] == ["Ca"] * 6


@pytest.mark.parametrize("name", ["NaCl", "Si"])
def test_salt_and_silicon_have_none(name: str) -> None:
    found = electride(name, engine="gpaw", engine_settings=COARSE, cell="primitive")
    assert found.network.sites == ()
    assert found.network.dimension is None
