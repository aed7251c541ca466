"""Rules of the benchmark: the package's own three-way rule, fitted without peeking."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.levels import StateRule
from isotunnel.measured import Row
from isotunnel.studies.benchmark.composition import FEATURES, composition_rule, features
from isotunnel.studies.benchmark.materials import STATES, BenchmarkMaterial, ReadGap
from isotunnel.studies.benchmark.rules import (
    Thresholds,
    best_reading,
    chosen_reading,
    commonest,
    fitted,
    folds,
    leave_one_family_out,
    reading_rule,
)
from isotunnel.studies.benchmark.run import contest
from isotunnel.studies.benchmark.scores import balanced, coded, confusion, difference, score
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR

WORDS = {"superconducting": SUPERCONDUCTOR, "conducting": METAL, "insulating": INSULATOR}
ELEMENTS = ("Al", "Na", "Si", "Cu", "Pb", "Ne", "Fe", "Te", "Mg", "V")


def material(
    i: int, state: str, gaps: dict[str, float], family: str = "", band: float = 0.0
) -> BenchmarkMaterial:
    """A made-up crystal."""
    row = Row("state_benchmark", {"id": f"made:{i}", "material": f"M{i}", "lambda_ep": None}, {})
    return BenchmarkMaterial(
        id=f"made:{i}",
        name=f"M{i}",
        formula=ELEMENTS[i % len(ELEMENTS)],
        family=family or f"family {i % 5}",
        state=state,
        pressure_gpa=0.0,
        temperature_k=1.0,
        row=row,
        gaps={name: ReadGap((gap, gap, gap), "made up") for name, gap in gaps.items()},
        band_gap_ev=band,
        missing={},
    )


GAP = {SUPERCONDUCTOR: -1.0, METAL: 0.5, INSULATOR: 3.0}


def told(right: float, seed: int = 0) -> list[BenchmarkMaterial]:
    """A world where one reading's gap tells the state of this share of the crystals."""
    rng = np.random.default_rng(seed)
    found = []
    for i in range(60):
        state = STATES[i % 3]
        seen = state if rng.random() < right else STATES[int(rng.integers(3))]
        found.append(
            material(i, state, {"ks": GAP[seen] + 0.1 * rng.random(), "elf": rng.normal()})
        )
    return found


@given(
    gaps=st.lists(st.floats(-5, 5) | st.just(math.nan), min_size=3, max_size=3),
    limit=st.floats(0, 5),
)
def test_the_rule_is_that_of_the_package(gaps: list[float], limit: float) -> None:
    found = StateRule(limit).classify(gaps)
    lowest = min(math.inf if math.isnan(g) else g for g in gaps)
    assert Thresholds(0.0, limit).classify(lowest) == WORDS[found.state.value]


@given(limit=st.floats(0, 5), gap=st.floats(0, 5))
def test_a_reading_without_overlap_never_says_superconductor(limit: float, gap: float) -> None:
    found = StateRule(limit, sees_overlap=False).classify([gap] * 3)
    assert Thresholds(0.0, limit).classify(gap, sees_overlap=False) == WORDS[found.state.value]


@given(data=st.data())
def test_the_fitted_limit_is_the_best_there_is(data: st.DataObject) -> None:
    size = data.draw(st.integers(3, 12))
    values = st.floats(-3, 3).map(lambda x: round(x, 1)) | st.just(math.inf)
    gaps = np.array(data.draw(st.lists(values, min_size=size, max_size=size)))
    states = np.array(data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size)))
    found = fitted(gaps, states)
    assert found.low == 0.0
    reached = balanced(states, found.codes(gaps))
    for limit in np.arange(0.0, 3.2, 0.05):
        assert balanced(states, Thresholds(0.0, limit).codes(gaps)) <= reached + 1e-9
    freer = fitted(gaps, states, both_free=True)
    assert balanced(states, freer.codes(gaps)) >= reached - 1e-9


def test_one_code_says_what_the_other_says() -> None:
    limits = Thresholds(0.0, 1.0)
    gaps = np.array([-1.0, 0.0, 0.5, 1.0, 2.0, math.inf])
    assert [STATES[c] for c in limits.codes(gaps)] == [limits.classify(g) for g in gaps]


def test_no_crystal_is_judged_by_a_rule_that_has_seen_its_family() -> None:
    crystals = told(1.0)
    seen: list[set[str]] = []

    def rule(known, asked):  # type: ignore[no-untyped-def]
        inside = {m.family for m in asked}
        assert len(inside) == 1
        assert not inside & {m.family for m in known}
        seen.append(inside)
        return commonest(known, asked)

    assert len(leave_one_family_out(crystals, rule)) == len(crystals)
    assert len(seen) == len(list(folds(crystals))) == 5


def test_the_choice_of_a_reading_does_not_see_what_is_asked() -> None:
    """Whatever the states of the family left out, the same reading is chosen for it."""
    crystals = told(0.9)
    known = [m for m in crystals if m.family != "family 0"]
    asked = [m for m in crystals if m.family == "family 0"]
    first = chosen_reading(("ks", "elf"))(known, asked)
    turned = [replace(m, state=STATES[(STATES.index(m.state) + 1) % 3]) for m in asked]
    assert chosen_reading(("ks", "elf"))(known, turned) == first
    assert best_reading(known, ("elf", "ks"), False) == "ks"


@pytest.mark.parametrize(("right", "low", "high"), [(1.0, 0.99, 1.0), (0.0, 0.0, 0.6)])
def test_a_reading_is_as_good_as_its_world(right: float, low: float, high: float) -> None:
    crystals = told(right)
    found = score("ks", "", crystals, leave_one_family_out(crystals, reading_rule("ks")))
    assert low <= found.balanced_accuracy[0] <= high
    assert sum(found.matrix.values()) == len(crystals)
    assert len(found.failures) == round((1 - found.accuracy) * len(crystals))


@pytest.mark.parametrize("right", [True, False])
def test_the_contest_comes_out_either_way(right: bool) -> None:
    """Tunnels that tell and bands that do not, and the other way round."""
    rng = np.random.default_rng(1)
    crystals = []
    for i in range(60):
        state = STATES[i % 3]
        noise = float(rng.normal())
        gaps = dict.fromkeys(("ks", "atomic", "electrostatic", "density", "elf"), noise)
        band = noise
        if right:
            gaps["ks"] = GAP[state]
        else:
            band = 1.0 if state == INSULATOR else 0.0
        gaps["band"] = max(band, 0.0)
        crystals.append(material(i, state, gaps, band=max(band, 0.0)))
    found = contest(crystals)
    value, low, high = found.gain("paper", "rival")
    assert (low > 0) if right else (high < 0)
    back = found.gain("rival", "paper")
    assert back[0] == pytest.approx(-value)
    if right:
        assert set(found.chosen.values()) == {"ks"}


def test_a_crystal_without_a_reading_is_dropped_with_the_reason() -> None:
    crystals = told(1.0)
    all_of = dict.fromkeys(("ks", "atomic", "electrostatic", "density", "elf", "band"), 1.0)
    whole = [material(i, m.state, all_of) for i, m in enumerate(crystals)]
    lacking = replace(whole[0], missing={"elf": "not computed"})
    found = contest([lacking, *whole[1:]])
    assert found.dropped == ((lacking.id, lacking.name, "not computed"),)
    assert len(found.materials) == len(whole) - 1


def test_composition_learns_what_composition_tells() -> None:
    """Oxides insulate and metals conduct, in every family of this world."""
    formulas = {"MgO": INSULATOR, "CaO": INSULATOR, "BeO": INSULATOR, "SrO": INSULATOR}
    formulas |= {"Cu": METAL, "Ag": METAL, "Au": METAL, "Ni": METAL}
    crystals = [
        replace(material(i, state, {}), formula=formula, family=f"f{i}")
        for i, (formula, state) in enumerate(formulas.items())
    ]
    said = leave_one_family_out(crystals, composition_rule)
    assert [p.state for p in said] == list(formulas.values())


def test_composition_does_not_see_pressure_or_structure() -> None:
    crystals = told(1.0)
    known, asked = crystals[5:], crystals[:5]
    squeezed = [replace(m, pressure_gpa=100.0, name="x", gaps={}) for m in asked]
    assert composition_rule(known, squeezed) == composition_rule(known, asked)


def test_every_feature_is_a_number() -> None:
    for formula in ("Al", "He", "LaH10", "NaCl", "Th", "MgB2", "Lu"):
        values = features(formula)
        assert len(values) == len(FEATURES)
        assert all(math.isfinite(v) for v in values)


def test_balanced_accuracy_counts_states_alike() -> None:
    truth = coded([METAL] * 9 + [INSULATOR])
    assert balanced(truth, coded([METAL] * 10)) == pytest.approx(0.5)
    assert confusion([METAL], [INSULATOR])[METAL, INSULATOR] == 1


def test_a_difference_of_a_side_and_itself_is_nothing() -> None:
    states = [STATES[i % 3] for i in range(12)]
    assert difference(states, states, states, list("abcdefghijkl")) == (0.0, 0.0, 0.0)
