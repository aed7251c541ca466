"""C1 to C3 come out either way in made-up worlds, and helium's numbers agree with others'."""

from __future__ import annotations

import math

import pytest

from isotunnel.claims import judge
from isotunnel.claims.c1 import SLOPE
from isotunnel.claims.c1 import gather as gather_heats
from isotunnel.claims.c2 import (
    HEAT_CAPACITY,
    VISCOSITY,
    VISCOSITY_BY_FLOW,
    VISCOSITY_RATIO,
)
from isotunnel.evidence.sources import Sources
from isotunnel.scorecard import Verdict
from isotunnel.studies.helium_curves import two_fluid_normal_fraction
from made_up_worlds import made_up_world


def _rows(name: str, unit: str, values: dict[float, float], **other: object) -> list[dict]:
    base = {"property": name, "isotope": "4He", "unit": unit, "kind": "measured"}
    return [
        {**base, "temperature_k": t, "value": v, **other, "id": f"{name}-{t}"}
        for t, v in values.items()
    ]


def _vapour(latent_below: float, latent_above: float, authors: int = 2) -> Sources:
    """Vapour pressures of a liquid whose latent heat (in units of R) changes at 2.18 K.

    A second author measured the heat itself; a third only above the lambda point.
    """
    pressures, ln_p = {}, 0.0
    for step in range(41):
        at = 1.0 + 0.05 * step
        if step:
            latent = latent_below if at < 2.18 else latent_above
            ln_p += latent * (1 / (at - 0.05) - 1 / at)
        pressures[round(at, 3)] = math.exp(ln_p)
    rows = _rows("saturated vapour pressure", "MPa", pressures, author="A (1950)")
    heats = {t: 8.314 * (latent_below if t < 2.18 else latent_above) for t in (1.5, 2.0, 2.4)}
    if authors > 1:
        rows += _rows("latent heat of vaporization", "J/mol", heats, author="B (1952)")
    rows += _rows("latent heat of vaporization", "J/mol", {2.5: 90.0}, author="C (2000)")
    return made_up_world(helium=rows)


@pytest.mark.parametrize(
    ("below", "above", "paper", "rival"),
    [
        (0.2, 10.0, Verdict.SUPPORTED, Verdict.CONTRADICTED),
        (10.0, 10.0, Verdict.CONTRADICTED, Verdict.SUPPORTED),
    ],
)
def test_c1_flips(below: float, above: float, paper: Verdict, rival: Verdict) -> None:
    verdicts = judge("C1", _vapour(below, above)).verdicts
    assert (verdicts["paper"], verdicts["rival"]) == (paper, rival)


def test_c1_counts_authors_and_not_points() -> None:
    result = judge("C1", _vapour(10.0, 10.0, authors=1))
    number = result.numbers[0]
    assert number.rows == 1
    assert number.range_of == len(number.used) > 20
    assert result.verdict_of(number) == Verdict.UNDECIDED
    both = judge("C1", _vapour(10.0, 10.0)).numbers[0]
    assert both.rows == 2
    assert [d.reason for d in both.dropped] == [
        "its author has no value at 1.2 to 2.15 K to set against it"
    ]


def test_latent_heats_agree_with_the_reference_equation_of_state() -> None:
    """At 2.5 K the vapour is 8 % denser than an ideal gas; the liquid takes 1 % of its volume."""
    heats = [h for h in gather_heats(Sources()) if h.how == SLOPE]
    near = min(heats, key=lambda h: abs(h.temperature_k - 2.5))
    assert near.joule_per_mol == pytest.approx(92.59 * 1.1, rel=0.02)


def _liquid(viscous: float, fast: float, authors: int = 2) -> Sources:
    temperatures = [1.2, 1.5, 1.8, 2.1]
    flows = {**dict.fromkeys(temperatures, viscous), 2.3: 3.0, 2.6: 3.0}
    gas = {t: fast * math.sqrt(5 / 3 * 8.314462618 * t / 4.002602e-3) for t in temperatures}
    rows = []
    for i in range(authors):
        rows += _rows(VISCOSITY, "uPa s", flows, author=f"author {i}")
        rows += _rows("first sound speed", "m/s", gas, author=f"author {i}")
    bound = {"property": VISCOSITY_RATIO, "isotope": "4He", "unit": "1", "kind": "measured"}
    rows.append({**bound, "value_high": 0.1, "id": "bound"})
    return made_up_world(helium=rows)


@pytest.mark.parametrize(
    ("viscous", "fast", "verdict"),
    [(0.001, 1.0, Verdict.SUPPORTED), (2.0, 3.0, Verdict.CONTRADICTED)],
)
def test_c2_flips(viscous: float, fast: float, verdict: Verdict) -> None:
    verdicts = judge("C2", _liquid(viscous, fast)).verdicts
    other = {Verdict.SUPPORTED: Verdict.CONTRADICTED, Verdict.CONTRADICTED: Verdict.SUPPORTED}
    assert (verdicts["paper"], verdicts["rival"]) == (verdict, other[verdict])


def test_c2_counts_one_curve_once_and_no_upper_limit() -> None:
    result = judge("C2", _liquid(2.0, 3.0, authors=1))
    assert result.verdicts["paper"] == Verdict.UNDECIDED
    found = {n.part: n for n in result.numbers}
    viscosity, sound = found["viscosity"], found["sound"]
    assert (viscosity.rows, sound.rows) == (1, 1)
    assert (viscosity.range_of, sound.range_of) == (6, 4)
    assert [d.row for d in viscosity.dropped] == ["bound"]


def test_c2_counts_no_compilation_beside_those_it_compiled() -> None:
    cold = {1.5: 1.3, 1.8: 1.3}
    rows = _rows(VISCOSITY, "uPa s", {**cold, 2.4: 3.0}, author="Compilers (1998)")
    for name in ("A", "B"):
        rows += _rows(VISCOSITY, "uPa s", {1.7: 1.5}, author=name, compiled_in="Compilers (1998)")
    found = judge("C2", made_up_world(helium=rows)).numbers[0]
    assert (found.rows, found.value) == (2, pytest.approx(0.5))
    assert (found.low, found.high) == (pytest.approx(1.3 / 3), pytest.approx(0.5))


def test_c2_judges_flow_apart_and_both_sides_predict_it() -> None:
    """By narrow openings helium II flows freely, as the claim says; it was dropped as a bound."""
    result = judge("C2")
    flow = [n for n in result.numbers if n.part == "capillary"]
    assert [n.side for n in flow] == ["paper", "rival"]
    for number in flow:
        assert number.rows == 2
        assert number.high < 1e-3
        assert result.verdict_of(number) == Verdict.NOT_TELLING
        assert "viscosity_by_flow" in number.used[0].row
    viscous = [
        {**_rows(VISCOSITY_BY_FLOW, "uPa s", {1.5: 2.0}, author=who)[0], "id": who} for who in "AB"
    ]
    warm = _rows(VISCOSITY, "uPa s", {2.3: 3.0, 2.6: 3.0}, author="A")
    slow = judge("C2", made_up_world(helium=[*warm, *viscous]))
    assert slow.verdicts["paper"] == slow.verdicts["rival"] == Verdict.CONTRADICTED


@pytest.mark.parametrize(("shift", "verdict"), [(0.0, Verdict.UNDECIDED), (0.6, "contradicted")])
def test_c2_two_fluid_flips(shift: float, verdict: str) -> None:
    """Second sound made by the model from C = T^3 and a normal fraction, then tampered with."""
    temperatures = [1.0 + 0.1 * i for i in range(11)]
    normal = {t: 0.3 * t / 2 for t in temperatures}
    u2 = {}
    for t in temperatures:
        heat, entropy = t**3, t**3 / 3
        ratio = (1 - normal[t]) / normal[t]
        u2[t] = math.sqrt(ratio * t * entropy**2 / (heat * 4.002602e-3))
    rows = _rows(HEAT_CAPACITY, "J/(mol K)", {t / 50: (t / 50) ** 3 for t in range(1, 121)})
    rows += _rows("second sound speed", "m/s", u2, author="one author")
    rows += _rows("second sound speed", "m/s", u2, author="another")
    rows += _rows("superfluid fraction", "1", {t: 1 - normal[t] - shift for t in temperatures})
    result = judge("C2", made_up_world(helium=rows))
    part = {n.part: result.verdict_of(n) for n in result.numbers}
    assert result.verdicts["rival"] == verdict
    assert part["normal"] == (Verdict.NOT_TELLING if verdict == Verdict.UNDECIDED else verdict)
    assert two_fluid_normal_fraction(u2[2.0], 2.0, 8 / 3, 8.0) == pytest.approx(normal[2.0])


@pytest.mark.parametrize(
    ("cold", "room", "verdict"),
    [
        (2.5e-3, 113.0, Verdict.SUPPORTED),
        (2.5e-3, 11.3, Verdict.MIXED),
        (0.5, 11.3, Verdict.CONTRADICTED),
    ],
)
def test_c3_flips(cold: float, room: float, verdict: Verdict) -> None:
    curve = {1.0: cold, 1.4: cold, 295.0: room}
    rows = _rows("melting pressure", "GPa", curve, author="one author")
    assert judge("C3", made_up_world(helium=rows)).numbers[0].rows == 1
    assert judge("C3", made_up_world(helium=[])).verdicts["paper"] == Verdict.UNDECIDED
    rows += _rows("melting pressure", "GPa", curve, author="another")
    assert judge("C3", made_up_world(helium=rows)).verdicts["paper"] == verdict


def test_the_slip_of_c3_is_found_by_the_data() -> None:
    """Nothing in the code knows it: the rows of the melting curve do."""
    numbers = {n.part: n for n in judge("C3").numbers}
    assert numbers["room"].value == pytest.approx(math.log(10), abs=0.15)
    assert numbers["room"].used
