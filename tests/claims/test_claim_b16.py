"""B16 comes out either way, by made-up planets."""

from __future__ import annotations

from isotunnel.claims import b16, judge
from isotunnel.claims.b16 import PlanetRows
from isotunnel.evidence.sources import Sources
from isotunnel.measured import table
from isotunnel.planets.anchors import solid_volume_a3
from isotunnel.planets.iron import hot_resistivity_uohm_cm
from isotunnel.scorecard import Verdict
from made_up_worlds import made_up_world


def _conductors(factor: float) -> list[dict[str, object]]:
    """Three experiments on iron whose conductivity is ``factor`` times the standard law's."""
    rows = []
    for i, (p, t) in enumerate(((100.0, 2000.0), (130.0, 3000.0), (160.0, 4000.0))):
        rho = hot_resistivity_uohm_cm(solid_volume_a3("Fe", "hcp", p, t), t)
        rows.append(
            {
                "material": "Fe", "state": "metal", "pressure_gpa": p, "temperature_k": t,
                "conductivity_s_m": factor * 1e8 / rho, "group": str(i), "label": "iron",
            }
        )  # fmt: skip
    return rows


def world(tc_k: float, factor: float, last_nt: float, onset_gpa: float = 15.0) -> Sources:
    hydrogen = [
        {"category": "superconductivity", "value": tc_k, "unit": "K", "pressure_gpa": 500.0},
        {"category": "metallization", "kind": "claimed", "pressure_gpa": 425.0},
    ]
    fluid = {"material": "H", "state": "metal", "pressure_gpa": 140.0}
    real = {
        n: [dict(r) for r in table(n)]
        for n in ("planets_prem", "planets_geotherm", "planets_giant", "hydrogen_fluid")
    }
    return made_up_world(
        **real,
        planets_interiors=[],
        resistivity_vs_temperature=[],
        hydrogen=hydrogen,
        elements_pressure=[{"element": "Fe", "onset_pressure_gpa": onset_gpa, "tc_max_k": tc_k}],
        planets_conductivity=[*_conductors(factor), fluid],
        earth_dipole=[
            {"epoch": e, "g10_nt": g, "g11_nt": 0.0, "h11_nt": 0.0}
            for e, g in ((1900, -30000.0), (2025, last_nt))
        ],
    )


def _parts(sources: Sources) -> dict[tuple[str, str], Verdict]:
    result = judge("B16", sources)
    return {(n.part, n.side): result.claim.part(n.part).judge(n) for n in result.numbers}


def test_cool_planets_of_superconductors_support_it():
    """Tc above the layers' heat, hundredfold conductivity, a dipole that stands still."""
    parts = _parts(world(6900.0, 1.0, -30001.0, onset_gpa=80.0))
    assert parts["temperature", "paper"] == Verdict.SUPPORTED
    assert parts["frozen", "paper"] == Verdict.SUPPORTED
    assert parts["resistivity", "paper"] == Verdict.CONTRADICTED
    assert parts["resistivity", "rival"] == Verdict.SUPPORTED


def test_hot_planets_and_a_waning_dipole_contradict_it():
    parts = _parts(world(2.0, 1.0, -27000.0))
    assert parts["temperature", "paper"] == Verdict.CONTRADICTED
    assert parts["frozen", "paper"] == Verdict.CONTRADICTED


def test_iron_that_heat_does_not_touch_supports_spacing():
    """Iron that superconducts only beyond these pressures, as conductive as when cold."""
    result = judge("B16", world(2.0, 12.0, -27000.0, onset_gpa=190.0))
    parts = {(n.part, n.side): n for n in result.numbers}
    paper, rival = parts["resistivity", "paper"], parts["resistivity", "rival"]
    assert paper.value < rival.value
    assert result.claim.part("resistivity").judge(paper) == Verdict.SUPPORTED
    assert result.claim.part("resistivity").judge(rival) == Verdict.CONTRADICTED


def test_real_rows_are_traceable():
    for number in judge("B16").numbers:
        assert number.cannot_say is None
        assert number.rows >= 2
        assert all(r.source for r in number.used)


def test_without_rows_nothing_is_decided():
    rows = PlanetRows((), (), None, (), None)
    assert all(n.cannot_say for n in b16.measure(rows))
