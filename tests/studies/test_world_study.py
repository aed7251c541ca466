"""Tunnels and Tc of the world's crystals: made-up worlds with one right answer; what is shipped."""

from __future__ import annotations

import gzip
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make_world_study
from isotunnel.errors import CannotSay, InputError
from isotunnel.studies.world import fit
from isotunnel.studies.world.features import (
    COMPOSITION,
    TUNNELS,
    amounts_of,
    composition_features,
    family_of,
    matrix,
)
from isotunnel.studies.world.fit import features_of, left_out, parts_of
from isotunnel.studies.world.plan import BEYOND_CELL, MAIN, MODELS, PLACEBO, QUESTIONS, SURE, TREES
from isotunnel.studies.world.sample import sample_of
from isotunnel.studies.world.shipped import (
    digest_of,
    packed_predictions,
    predictions,
    shipped_answers,
)
from isotunnel.studies.world.study import judge, study
from isotunnel.studies.world.table import (
    WorldRow,
    joined,
    packed_table,
    screen_by_name,
    world_table,
)

GAP = "gap_atomic_3d_ev"


def _words(text: str) -> list[str]:
    return text.split()


METALS = _words("Sc Ti V Cr Mn Fe Co Ni Cu Y Zr Nb Mo Ru Rh Pd Ag La Hf Ta W Re Os Ir")
OTHERS = _words("B C N O Al Si P S Ga Ge As Se In Sn Sb Te")


def world(kind: str, seed: int = 1) -> list[WorldRow]:
    """384 compositions. "tunnels": the gap decides; "composition": oxygen-like columns decide."""
    rng = np.random.default_rng(seed)
    rows = []
    for metal in METALS:
        for other in OTHERS:
            gap, noise = rng.normal(), rng.normal()
            carrier = {"tunnels": gap, "nothing": noise}.get(kind)
            if carrier is None:
                carrier = (OTHERS.index(other) - 7.5) / 4
            tc = 10 ** (0.7 * carrier + 0.05 * noise + 0.5)
            tc = tc if carrier > -0.3 else 0.0
            values = {GAP: gap, "volume_per_atom_angstrom3": 15 + rng.normal()}
            rows.append(
                WorldRow(f"{metal}{other}", f"{metal}1{other}1", "as in MP", tc, "done", "", values)
            )
    return rows


@pytest.fixture(autouse=True)
def small_trees(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer trees than the plan's, which take minutes; what is shipped is made with all."""
    if "shipped" not in request.node.name:
        monkeypatch.setattr(fit, "TREES", TREES | {"max_iter": 25, "learning_rate": 0.2})


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [("tunnels", "help"), ("nothing", "no gain is shown"), ("composition", "no gain is shown")],
)
@pytest.mark.parametrize("question", QUESTIONS)
def test_tunnels_help_where_they_carry_tc_and_not_where_they_do_not(
    kind: str, verdict: str, question: str
) -> None:
    answer = study(sample_of(world(kind), question))
    assert answer.verdict == answer.verdict_beyond_cell == verdict
    assert answer.gain(PLACEBO).passes == (kind == "tunnels")
    if kind == "composition":
        assert answer.gain(("composition", "always the same")).passes
    if kind == "tunnels":
        assert answer.gain(MAIN).share > 0.3
        assert answer.gain(("tunnels alone", "always the same")).passes


def test_noise_that_helps_as_much_takes_the_help_away() -> None:
    sample = sample_of(world("tunnels"), "tc")
    wobble = np.random.default_rng(5).normal(0, 0.05, len(sample.target))
    off = {"composition + tunnels": 0.1, "composition + cell + tunnels": 0.1}
    made = {m.name: sample.target + off.get(m.name, 1.0) + wobble for m in MODELS}
    assert judge(sample, made).verdict == "help"
    made["composition + shuffled tunnels"] = made["composition + tunnels"]
    assert judge(sample, made).verdict == "no gain is shown"
    assert judge(sample, made).verdict_beyond_cell == "help"
    made["composition + tunnels"] = made["composition"] + 2.0
    assert judge(sample, made).verdict == "no gain is shown"


def test_losses_and_ranking_of_known_predictions() -> None:
    sample = sample_of(world("tunnels"), "recorded")
    share = float(sample.target.mean())
    sure = np.where(sample.target > 0, SURE, 1 - SURE)
    made = {m.name: sure for m in MODELS} | {"always the same": np.full(len(sure), share)}
    answer = judge(sample, made)
    by_name = {s.name: s for s in answer.scores}
    entropy = -(share * np.log(share) + (1 - share) * np.log(1 - share))
    assert by_name["always the same"].loss[0] == pytest.approx(entropy)
    assert np.isnan(by_name["always the same"].ranking)
    assert by_name["composition"].loss[0] == pytest.approx(-np.log(SURE))
    assert by_name["composition"].ranking == 1.0
    assert answer.recorded == sample.target.sum()
    assert answer.gain(BEYOND_CELL).gain == (0.0, 0.0, 0.0)


def test_families_stay_whole_and_parts_alike() -> None:
    sample = sample_of(world("nothing"), "recorded")
    parts = parts_of(sample)
    where: dict[str, set[int]] = {}
    for family, part in zip(sample.families, parts.tolist(), strict=True):
        where.setdefault(family, set()).add(part)
    assert all(len(found) == 1 for found in where.values())
    sizes = Counter(parts.tolist())
    assert len(sizes) == 5
    assert max(sizes.values()) - min(sizes.values()) <= max(Counter(sample.families).values())


def test_crystals_of_one_composition_have_one_vote() -> None:
    """Copies of a crystal change neither the fits nor the scores."""
    rows = world("tunnels")
    copies = [replace(r, id=f"{r.id}-{n}") for r in rows for n in range(1 + 3 * (r.id < "Ga"))]
    assert len(copies) > 1.5 * len(rows)
    one, many = (sample_of(r, "tc") for r in (rows, copies))
    assert many.formulas == one.formulas
    assert len(many.rows) > len(one.rows)
    assert many.weights.sum() == pytest.approx(len(one.formulas))
    assert many.by_composition(np.ones(len(many.rows))) == pytest.approx(1.0)
    # The linear fit shows it exactly: trees bin their features by rows.
    linear = next(m for m in MODELS if m.name == "composition, linear")
    assert np.corrcoef(left_out(many, linear), left_out(one, linear))[0, 1] > 0.95


def test_what_is_left_out_is_counted_with_its_reason() -> None:
    rows = world("tunnels")
    rows[0] = replace(rows[0], doping="synth_doped")
    rows[1] = replace(rows[1], tc_k=None)
    rows[2] = replace(rows[2], status="failed", reason="timeout")
    rows[3] = replace(rows[3], status="not screened yet", values={})
    sample = sample_of(rows, "recorded")
    assert sample.dropped == {
        "doped by computer": 1,
        "no entry of SuperCon matched": 1,
        "screen failed: timeout": 1,
        "not screened yet": 1,
    }
    assert len(sample.rows) == len(rows) - 4
    cold = sample_of(rows, "tc")
    assert cold.dropped["no Tc recorded"] == (sample.target == 0).sum()
    assert len(cold.formulas) == sample.target.sum()
    with pytest.raises(CannotSay, match="compositions of"):
        sample_of(rows[:30], "tc")
    with pytest.raises(CannotSay, match="rarer"):
        sample_of([replace(r, tc_k=1.0) for r in rows], "recorded")
    with pytest.raises(InputError, match="choose among"):
        sample_of(rows, "beauty")


def test_spellings_of_a_composition_are_one_and_a_recorded_tc_wins() -> None:
    rows = world("tunnels")
    again = [replace(rows[5], formula="Sc2Al2" if "Al" in rows[5].id else "Sc3Si3", tc_k=7.0)]
    twin = next(
        r for r in rows if r.formula == again[0].formula.replace("2", "1").replace("3", "1")
    )
    rows = [replace(r, tc_k=0.0) if r is twin else r for r in rows]
    sample = sample_of([*rows, *again], "tc")
    assert len(sample.formulas) == len(sample_of(rows, "tc").formulas) + 1
    place = sample.formulas.index(twin.formula)
    assert 10 ** sample.target[place] == pytest.approx(7.0)


def test_families_by_columns_of_the_periodic_table() -> None:
    assert family_of("Ba1Fe2As2") == family_of("SrFe2P2") == "2-8-15"
    assert family_of("NbC") == family_of("Ta1C1") == family_of("Nb3Sn") == "5-14"
    assert family_of("YNi2B2C") == family_of("Lu1Ni2B2C1") == "3-10-13-14"
    assert amounts_of("Nb3Sn") == amounts_of("Sn2Nb6")
    with pytest.raises(InputError, match="Qq"):
        amounts_of("Qq2")


@given(st.permutations(["Ba2", "Y1", "Cu3", "O7"]), st.integers(1, 4))
@settings(deadline=None)
def test_a_composition_has_features_whatever_its_spelling(parts: list[str], times: int) -> None:
    text = "(" + "".join(parts) + ")" + str(times)
    found = composition_features(text)
    assert len(found) == len(COMPOSITION)
    assert np.allclose(found, composition_features("YBa2Cu3O7"), atol=1e-3)
    shares = dict(zip(COMPOSITION, found, strict=True))
    assert shares["share of Z 8"] == pytest.approx(7 / 13, abs=1e-3)
    assert sum(v for k, v in shares.items() if k.startswith("share of Z")) == pytest.approx(1)
    assert sum(v for k, v in shares.items() if k.startswith("share of bl")) == pytest.approx(1)


def test_shuffled_tunnels_are_the_same_numbers_of_other_crystals() -> None:
    sample = sample_of(world("tunnels"), "recorded")
    models = {m.name: m for m in MODELS}
    right = features_of(sample, models["composition + tunnels"])
    wrong = features_of(sample, models["composition + shuffled tunnels"])
    at = len(COMPOSITION) + TUNNELS.index(GAP)
    assert (right[:, : len(COMPOSITION)] == wrong[:, : len(COMPOSITION)]).all()
    assert sorted(right[:, at]) == sorted(wrong[:, at])
    assert abs(np.corrcoef(right[:, at], wrong[:, at])[0, 1]) < 0.2
    assert np.isnan(matrix("tunnels", ["Nb1"], [{}])).all()


def test_columns_are_those_of_a_screen() -> None:
    from isotunnel.screening import all_columns
    from isotunnel.studies.world.table import COLUMNS

    known = {c.name: c for c in all_columns()}
    assert set(COLUMNS) <= set(known)
    assert all(known[n].kind in ("number", "count") and not known[n].is_error for n in COLUMNS)


def test_a_table_is_packed_and_read_again_as_it_was(tmp_path: Path) -> None:
    listed = [
        {"cif_file": "A.cif", "formula": "Nb1", "doping": "as in MP", "tc_k": "9.2"},
        {"cif_file": "B.cif", "formula": "Cu1", "doping": "as in MP", "tc_k": "0"},
        {"cif_file": "C.cif", "formula": "Cu1", "doping": "synth_doped", "tc_k": ""},
        {"cif_file": "D.cif", "formula": "Al1", "doping": "as in MP", "tc_k": "1.2"},
    ]
    screened = [
        {"source": "x.tar.xz/./A.cif", "status": "done", "reason": None, GAP: -1.25, "rank": 3},
        {"source": "x.tar.xz/B.cif", "status": "failed", "reason": "timeout", GAP: None},
        {"source": "C.cif", "status": "done", "reason": None, GAP: float("nan"), "rank": 0},
    ]
    rows = joined(listed, screen_by_name(screened))
    assert [r.status for r in rows] == ["done", "failed", "done", "not screened yet"]
    assert rows[0].values == {GAP: -1.25, "rank": 3.0}
    assert (rows[2].tc_k, rows[2].values) == (None, {"rank": 0.0})
    path = tmp_path / "world.csv.gz"
    path.write_bytes(packed_table(rows))
    assert list(world_table(path)) == rows
    assert digest_of(world_table(path)) != digest_of(tuple(rows[1:]))
    path.write_bytes(b"no table")
    with pytest.raises(InputError, match="no table of the world"):
        world_table(path)
    with pytest.raises(InputError, match="cif_file"):
        joined([{"formula": "Nb1"}], {})


def test_predictions_belong_to_one_table(tmp_path: Path) -> None:
    found = {"tc": {"composition": np.array([0.5, -1.25])}}
    path = tmp_path / "predictions.csv.gz"
    path.write_bytes(packed_predictions(found, "abc"))
    assert predictions("abc", path)["tc"]["composition"].tolist() == [0.5, -1.25]
    assert predictions("abd", path) == {}
    with pytest.raises(InputError, match="no predictions"):
        predictions("abc", tmp_path / "none")


def test_the_script_goes_on_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = world("tunnels")
    fits: list[str] = []

    def quick(sample: object, model: object) -> np.ndarray:
        fits.append(f"{sample.question} {model.name}")  # type: ignore[attr-defined]
        if len(fits) == 4:
            raise KeyboardInterrupt
        return np.full(len(sample.formulas), 0.5)  # type: ignore[attr-defined]

    monkeypatch.setattr(make_world_study, "_table", lambda _s, _l: packed_table(rows))
    monkeypatch.setattr(make_world_study, "left_out", quick)
    arguments = ["screen", "list.csv", "--output", str(tmp_path)]
    with pytest.raises(KeyboardInterrupt):
        make_world_study.main(arguments)
    assert make_world_study.main(arguments) == 0
    assert Counter(fits).most_common(1)[0] == (fits[3], 2)
    assert len(fits) == 2 * len(MODELS) + 1
    assert make_world_study.main(arguments) == 0
    assert len(fits) == 2 * len(MODELS) + 1


def test_shipped_files_are_small_and_hold_every_crystal_of_the_list() -> None:
    rows = world_table()
    assert len(rows) == len({r.id for r in rows}) == 10904
    assert Counter(r.doping for r in rows) == {"as in MP": 4266, "synth_doped": 6638}
    assert sum(r.tc_k is None for r in rows) == 3
    assert len(packed_table(rows)) < 2e6


def test_shipped_predictions_are_those_of_the_shipped_table() -> None:
    """The constant, and composition with tunnels by the linear model: quick, and any version's."""
    rows = world_table()
    found = predictions(digest_of(rows))
    answers = shipped_answers()
    assert set(answers) == set(QUESTIONS)
    for question, answer in answers.items():
        if isinstance(answer, str):
            with pytest.raises(CannotSay, match="needed"):
                sample_of(rows, question)
            continue
        sample = sample_of(rows, question)
        assert sum(answer.dropped.values()) + answer.crystals == len(rows)
        for model in (m for m in MODELS if m.name in RECOMPUTED):
            again = left_out(sample, model)
            assert found[question][model.name] == pytest.approx(again, abs=2e-3), model.name


RECOMPUTED = ("always the same", "composition + tunnels, linear")


@pytest.mark.slow
def test_every_shipped_prediction_comes_again() -> None:
    rows = world_table()
    found = predictions(digest_of(rows))
    for question in found:
        sample = sample_of(rows, question)
        for model in MODELS:
            again = left_out(sample, model)
            assert np.mean(np.abs(found[question][model.name] - again)) < 0.01, model.name


def test_packing_is_the_same_every_time() -> None:
    rows = world_table()[:50]
    assert gzip.decompress(packed_table(rows)) == gzip.decompress(packed_table(rows))
