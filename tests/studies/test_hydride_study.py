"""The study of Tc and tunnel geometry finds what made-up worlds hold, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotunnel.errors import CannotSay, InputError
from isotunnel.studies.hydrides.features import COMPOSITION, TUNNELS, group_of, matrix
from isotunnel.studies.hydrides.regression import (
    fit_ridge,
    left_out_predictions,
    log_error,
    mean_absolute_error,
    root_mean_square_error,
)
from isotunnel.studies.hydrides.study import study_hydrides
from isotunnel.studies.hydrides.table import HydrideRow
from isotunnel.theories.hydrides.formulas import FORMULAS
from isotunnel.theories.hydrides.networks import estimate_tc, hydrogen_fraction

METALS = ("Li", "Na", "K", "Mg", "Ca", "Sr", "Al", "Ga", "Cu", "Ag", "Pd", "Ni", "Y", "La")
FAMILIES = {"ABH3": ("{a}{b}H3", 5), "A2BH6": ("{a}2{b}H6", 9), "AB3H8": ("{a}{b}3H8", 12)}


def made_up_row(number: int, tc_of, rng: np.random.Generator) -> HydrideRow:
    """A hydride whose Tc is a rule of its phi, H fraction and H share of the states."""
    family = list(FAMILIES)[number % len(FAMILIES)]
    pattern, atoms = FAMILIES[family]
    first, second = rng.choice(METALS, size=2, replace=False)
    compound = pattern.format(a=first, b=second)
    symbols = [1] * int(pattern.rpartition("H")[2])
    h_fraction = hydrogen_fraction(symbols + [3] * (atoms - len(symbols)))
    phi, share = float(rng.uniform(0.2, 0.7)), float(rng.uniform(0.1, 0.9))
    phi_star = float(rng.uniform(phi, 0.9))
    values: dict[str, float | str | None] = {
        "phi": phi,
        "phi_star": phi_star,
        "h_dos": share,
        "pressure_gpa": float(rng.normal(0, 2)),
        "pressure_printed_gpa": 0.0,
        "volume_per_atom_angstrom3": float(rng.uniform(7, 13)),
        "gap_ks_3d_ev": float(rng.uniform(-20, -5)),
        "threshold_gpaw_density_3d_per_angstrom3": float(rng.uniform(0.2, 1.0)),
        "bottleneck_elf_distance_angstrom": float(rng.uniform(0.5, 1.2)),
        "bottleneck_potential_distance_angstrom": float(rng.uniform(0.5, 1.2)),
        "tc_predicted_k": max(float(tc_of(phi, phi_star, h_fraction, share)), 0.0),
    }
    for estimate in estimate_tc(phi, phi_star, h_fraction, share):
        values[f"tc_{estimate.id.lower()}_k"] = estimate.tc_k
    return HydrideRow(f"made:{number}", compound, family, "computed", "", values)


def world(tc_of, count: int = 60, seed: int = 1) -> list[HydrideRow]:
    rng = np.random.default_rng(seed)
    return [made_up_row(n, tc_of, rng) for n in range(count)]


def by_formula(name):
    return next(f for f in FORMULAS if f.id == name).rule


@pytest.fixture(scope="module")
def informative():
    """Tc follows phi, whatever the composition."""
    return study_hydrides(world(lambda phi, *_: 300 * (phi - 0.15)))


@pytest.fixture(scope="module")
def uninformative():
    """Tc is drawn by lot."""
    rng = np.random.default_rng(7)
    return study_hydrides(world(lambda *_: rng.uniform(0, 150)))


def test_where_phi_rules_the_tunnels_help(informative):
    gain = informative.gains[0]
    assert (gain.better, gain.than) == ("composition + tunnels", "composition")
    assert gain.by_row[1] > 0
    assert gain.by_row[0] > 0.5 * informative.score("composition").mae_k[0]


def test_where_tc_is_a_lottery_nothing_helps(uninformative):
    gain = uninformative.gains[0]
    assert gain.by_row[1] <= 0
    worst, best = uninformative.score("composition"), uninformative.score("mean")
    assert worst.mae_k[0] > 0.9 * best.mae_k[0]


def test_a_formula_that_is_the_truth_scores_so():
    study = study_hydrides(world(by_formula("SR4")))
    score = study.score("SR4")
    assert score.mae_k[0] == pytest.approx(0, abs=1e-9)
    assert score.bias_k == pytest.approx(0, abs=1e-9)
    assert score.rank[0] == pytest.approx(1)
    others = [s.mae_k[0] for s in study.formulas if s.name != "SR4"]
    assert min(others) > 1


def test_a_formula_off_by_a_factor_keeps_its_rank_but_not_its_error():
    study = study_hydrides(world(lambda *x: 0.2 * by_formula("SR4")(*x)))
    score = study.score("SR4")
    assert score.rank[0] == pytest.approx(1)
    assert score.bias_k > 20
    assert score.mae_k[0] > study.score("mean").mae_k[0]


def test_where_composition_rules_it_beats_the_mean():
    """Tc through the H fraction alone is the same within a family: no fit can know it there."""
    study = study_hydrides(world(lambda _p, _s, h, _d: 400 * h - 200), one_by_one=True)
    assert study.score("composition").mae_k[1] < study.score("mean").mae_k[0]
    gain = next(g for g in study.gains if (g.better, g.than) == ("composition", "mean"))
    assert gain.by_row[1] > 0


def test_all_are_judged_on_the_same_rows(informative):
    counts = {s.rows for s in (*informative.formulas, *informative.fits)}
    assert counts == {60}
    assert all(len(p) == 60 for p in informative.predictions.values())
    assert np.all(np.array(list(informative.predictions.values())) >= 0)


def test_rows_that_cannot_be_used_are_counted_with_reasons():
    rows = world(lambda phi, *_: 100 * phi)
    rows[3].values["h_dos"] = None
    rows[4].values["pressure_gpa"] = 23.0
    rows[5].values["tc_sr5_k"] = None
    failed = HydrideRow("made:x", "TcH3", "ABH3", "failed", "no data set", {"tc_predicted_k": 1.0})
    study = study_hydrides([*rows, failed], within_gpa=10)
    assert set(study.dropped) == {"made:3", "made:4", "made:5", "made:x"}
    assert "23.0 GPa" in study.dropped["made:4"]
    assert "no data set" in study.dropped["made:x"]
    assert len(study.rows) == 57


def test_one_family_is_no_study():
    with pytest.raises(CannotSay, match="1 family"):
        study_hydrides(world(lambda phi, *_: phi)[::3])


def test_rows_without_a_prediction_are_not_asked():
    rows = world(lambda phi, *_: 100 * phi)
    rows[0].values["tc_predicted_k"] = None
    study = study_hydrides(rows)
    assert rows[0].id not in study.rows
    assert rows[0].id not in study.dropped


@given(
    seed=st.integers(0, 10_000),
    scale=st.floats(0.1, 10),
    shift=st.floats(-5, 5),
)
@settings(max_examples=20, deadline=None)
def test_predictions_do_not_depend_on_the_units_of_a_feature(seed, scale, shift):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(30, 3))
    y = np.abs(x @ [3.0, -1.0, 0.5] + 20 + rng.normal(size=30))
    groups = np.repeat(["a", "b", "c"], 10)
    first = left_out_predictions(x, y, groups)
    second = left_out_predictions(x * [scale, 1, 1] + shift, y, groups)
    assert second == pytest.approx(first, rel=1e-6)


def test_a_family_is_predicted_without_itself():
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(40, 2)), rng.uniform(0, 90, size=40)
    groups = np.repeat(["a", "b"], 20)
    before = left_out_predictions(x, y, groups)
    changed = np.where(groups == "a", y + 1000, y)
    after = left_out_predictions(x, changed, groups)
    assert after[groups == "a"] == pytest.approx(before[groups == "a"])
    assert not np.allclose(after[groups == "b"], before[groups == "b"])


def test_an_exact_line_is_found_and_noise_is_shrunk():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(50, 4))
    exact = fit_ridge(x, 5 + x @ [1.0, 2.0, 0.0, -3.0])
    assert exact.predict(x) == pytest.approx(5 + x @ [1.0, 2.0, 0.0, -3.0], abs=1e-2)
    noise = fit_ridge(x, rng.normal(size=50))
    assert noise.penalty > exact.penalty
    with pytest.raises(CannotSay):
        fit_ridge(x[:5], np.ones(5))


def test_constant_features_do_no_harm():
    rng = np.random.default_rng(5)
    x = np.column_stack([rng.normal(size=30), np.full(30, 0.75)])
    found = fit_ridge(x, 2 * x[:, 0] + 1)
    assert found.slopes[1] == pytest.approx(0, abs=1e-12)
    assert np.isfinite(found.predict(x)).all()


def test_the_mean_is_that_of_the_others():
    y = np.array([1.0, 3.0, 10.0, 20.0])
    found = left_out_predictions(np.empty((4, 0)), y, ["a", "a", "b", "b"])
    assert found.tolist() == [15, 15, 2, 2]
    skewed = left_out_predictions(
        np.empty((4, 0)), np.array([1, 2, 9, 5.0]), list("aaab"), np.median
    )
    assert skewed.tolist() == [5, 5, 5, 2]
    with pytest.raises(InputError, match="one group"):
        left_out_predictions(np.empty((4, 0)), y, ["a"] * 4)


def test_errors_by_hand():
    target, predicted = np.array([0.0, 10.0]), np.array([9.0, 10.0])
    assert mean_absolute_error(target, predicted) == 4.5
    assert root_mean_square_error(target, predicted) == pytest.approx(np.sqrt(40.5))
    assert log_error(target, predicted) == pytest.approx(0.5)


def test_groups_of_the_periodic_table():
    from pymatgen.core import Element

    symbols = [e.symbol for e in Element if e.Z <= 118 and e.symbol not in ("D", "T")]
    assert {s: group_of(s) for s in symbols} == {s: Element(s).group for s in symbols}


@pytest.mark.filterwarnings("ignore:No Pauling electronegativity:UserWarning")
def test_electronegativities_are_those_of_their_source():
    from pymatgen.core import Element

    from isotunnel.crystal.elements import electronegativities

    table = electronegativities()
    assert len(table) > 90
    assert table == {s: pytest.approx(Element(s).X) for s in table}


def test_features_of_a_formula_need_no_calculation():
    row = HydrideRow("x", "Mg2IrH6", "A2BH6", "left out", "", {})
    values = matrix([row], COMPOSITION)[0][0]
    named = dict(zip([f.name for f in COMPOSITION], values, strict=True))
    assert named["h_fraction"] == pytest.approx(6 / 9)
    assert named["d_block"] == pytest.approx(1 / 3)
    assert named["valence"] == pytest.approx((2 * 2 + 9 + 6) / 9)
    assert named["electronegativity_spread"] == pytest.approx(2.20 - 1.31)
    assert {f.name for f in TUNNELS}.isdisjoint(named)
