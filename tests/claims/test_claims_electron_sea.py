"""A1, A2 and A6 come out either way, by made-up metals."""

from __future__ import annotations

from typing import Any

import pytest

from isotunnel.bonding.electron_sea import ElectronSea, core_radius_bohr, predict
from isotunnel.claims import judge
from isotunnel.evidence.sources import Sources
from isotunnel.scorecard import Verdict
from isotunnel.studies.electron_sea import madelung_of
from isotunnel.units import KJ_PER_MOL_EV
from made_up_worlds import made_up_world

ALKALI = ("Li", "Na", "K", "Rb", "Cs")
METALS = (*ALKALI, "Fe", "Cr", "V", "Mo", "W", "Ta", "Nb", "Ba")
"""Elements with a bcc lattice; in these worlds each has one electron to give."""


def _metal(i: int, element: str, cohesion: float, stiffness: float) -> list[dict[str, Any]]:
    """Rows of which the sea gives ``cohesion`` and ``stiffness`` times the measured values."""
    volume = 30.0 + 4.0 * i
    madelung = madelung_of("bcc")
    sea = predict(ElectronSea(1, core_radius_bohr(1, volume, madelung), madelung))
    ionisation = 5.0
    energy = sea.cohesive_energy_ev(ionisation) / cohesion
    modulus = sea.bulk_modulus_gpa / stiffness
    return [
        _row(element, "atomisation_energy", energy / KJ_PER_MOL_EV, "kJ/mol"),
        _row(element, "ionisation_energy", ionisation, "eV", 1),
        _row(element, "volume", volume, "angstrom^3"),
        _row(element, "bulk_modulus", modulus, "GPa"),
    ]


def _row(element: str, quantity: str, value: float, unit: str, order: int | None = None):
    return {
        "element": element,
        "quantity": quantity,
        "value": value,
        "unit": unit,
        "order": order,
    }


def _world(cohesion: float = 1.0, stiffness: float = 1.0, count: int = 12) -> Sources:
    rows = [r for i, e in enumerate(METALS[:count]) for r in _metal(i, e, cohesion, stiffness)]
    theta = [
        {"element": e, "quantity": "debye_temperature", "value": 150.0, "unit": "K"} for e in METALS
    ]
    return made_up_world(metal_cohesion=rows, metals_transport=theta)


@pytest.mark.parametrize(
    ("cohesion", "paper", "rival"),
    [
        (1.1, Verdict.CONTRADICTED, Verdict.SUPPORTED),
        (-1.0, Verdict.SUPPORTED, Verdict.MIXED),
        (3.0, Verdict.MIXED, Verdict.MIXED),
    ],
)
def test_glue_or_not(cohesion, paper, rival):
    """Of a sea that would not hold metals, the stiffness alone is right."""
    verdicts = judge("A1", _world(cohesion)).verdicts
    assert verdicts["paper"] == paper
    assert verdicts["rival"] == rival


def test_a_stiffness_that_is_wrong_counts_against_the_sea():
    assert judge("A1", _world(1.0, 10.0)).verdicts["rival"] == Verdict.MIXED


def test_too_few_metals_decide_nothing():
    assert judge("A1", _world(count=4)).verdicts["paper"] == Verdict.UNDECIDED


def test_bare_ions_fly_apart_in_every_world():
    result = judge("A2", _world())
    assert result.numbers[0].low > 0
    assert result.numbers[0].rows == 12


def test_the_sign_of_the_displacement_decides_a6():
    """Dense seas draw the nearest ion, thin ones, where the response oscillates, push it."""
    numbers = {n.side: n for n in judge("A6", _world()).numbers}
    assert numbers["paper"].value == pytest.approx(1 - numbers["rival"].value)
    assert 0 < numbers["paper"].value < 1


def test_real_rows_are_traceable():
    for name in ("A1", "A2", "A6"):
        number = judge(name).numbers[0]
        assert number.rows >= 11
        assert all(r.source for r in number.used)
        assert number.dropped
