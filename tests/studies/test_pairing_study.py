"""The benchmark of rigid muffin tins: perfect predictions score perfectly, families stay unseen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from isotunnel.studies.hydrides.study import HydrideStudy
from isotunnel.studies.pairing.groups import SOFT_K, error_by_group, error_in_proportion
from isotunnel.studies.pairing.guesses import Guess, lambda_guesses
from isotunnel.studies.pairing.hydrides import FITS, judged_hydrides
from isotunnel.studies.pairing.judged import FEWEST, Judged, judged_lambda, judged_tc
from isotunnel.studies.pairing.measured_tc import (
    LEAST_TC_K,
    MOST_OFF,
    BesideMeasured,
    compounds_measured,
    measured_scores,
    metals_measured,
)
from isotunnel.studies.world.features import family_of
from isotunnel.theories.hydrides import formulas
from isotunnel.theories.superconducting.rigid_muffin_tin.benchmark import (
    PUBLISHED,
    BenchmarkRow,
    benchmark_rows,
)

FORMULAS = ("NbC", "TaN", "TiB", "VRu", "ZrPd", "NbRu", "YCu", "ScAg")


def made_up(factor: float = 1.0) -> list[BenchmarkRow]:
    """Crystals whose lambda and Tc here are ``factor`` times those of linear response."""
    rng = np.random.default_rng(3)
    rows = []
    for place, formula in enumerate(FORMULAS):
        reference, density = 0.2 + 0.1 * place, float(rng.uniform(0.1, 1.0))
        rows.append(
            BenchmarkRow(
                f"JVASP-{place}", formula, coupling=factor * reference, reference=reference,
                coupling_flat=0.5 * reference, tc_k=factor * 10 * reference,
                tc_reference_k=10 * reference, tc_flat_k=1.0, density_per_ev_spin_atom=density,
                space_group=225,
            )
        )  # fmt: skip
    return rows


def by_words(found: tuple[Judged, ...], part: str) -> Judged:
    return next(j for j in found if part in j.words)


@pytest.mark.parametrize("factor", [1.0, 0.5])
def test_a_prediction_off_by_a_factor_shows_it_as_bias_and_keeps_its_ranks(factor: float) -> None:
    found = by_words(judged_lambda(made_up(factor)), "1/ω")
    references = [0.2 + 0.1 * n for n in range(len(FORMULAS))]
    assert found.bias == pytest.approx(factor)
    assert found.error == pytest.approx(abs(factor - 1) * np.mean(references))
    assert found.rank is not None
    assert found.rank[0] == pytest.approx(1.0)
    tc = by_words(judged_tc(made_up(factor)), "1/ω")
    assert tc.error == pytest.approx(10 * abs(factor - 1) * np.mean(references))


def test_too_few_crystals_are_not_judged() -> None:
    assert judged_lambda(made_up()[: FEWEST - 1]) == ()
    assert judged_tc(made_up()[: FEWEST - 1]) == ()
    assert measured_scores([BesideMeasured(made_up()[0], 1.0)]) == ()


def guess(found: tuple[Guess, ...], part: str) -> Guess:
    return next(g for g in found if part in g.words)


def test_what_is_fitted_has_not_seen_the_family_that_it_is_judged_on() -> None:
    """Another lambda of NbRu's and VRu's family changes predictions of all families but its own."""
    before = made_up()
    family = family_of("VRu")
    mine = [family_of(r.formula) == family for r in before]
    assert sum(mine) == 2
    changed = [replace(r, reference=9.0) if own else r for r, own in zip(before, mine, strict=True)]
    for part in ("straight line", "median"):
        first, second = (guess(lambda_guesses(rows), part).values for rows in (before, changed))
        assert first[mine] == pytest.approx(second[mine])
        assert not np.allclose(first[~np.array(mine)], second[~np.array(mine)])


def test_measured_tc_of_zero_is_a_false_alarm_not_a_ratio() -> None:
    rows = made_up()
    pairs = [BesideMeasured(r, 2.0 * (r.tc_k or 0.0)) for r in rows]
    pairs.append(BesideMeasured(rows[0], 0.0))
    found = measured_scores(pairs)[0]
    assert found.crystals == len(rows)
    assert found.factor == pytest.approx(2.0)
    assert found.bias == pytest.approx(0.5)
    silent = [BesideMeasured(replace(r, tc_k=0.0), 1.0) for r in rows]
    assert measured_scores(silent)[0].factor == pytest.approx(MOST_OFF)


def test_the_shipped_table_meets_measured_values() -> None:
    rows = benchmark_rows()
    metals = {p.row.formula: p.tc_measured_k for p in metals_measured(rows)}
    assert metals["Nb"] == pytest.approx(9.25, abs=0.1)
    assert metals["Cu"] == 0.0
    assert all(p.row.is_metal and p.row.tc_k is not None for p in metals_measured(rows))
    for pair in compounds_measured(rows):
        assert pair.row.is_drawn
        assert pair.tc_measured_k > 0
    assert LEAST_TC_K > 0
    assert {r.id for r in rows if r.is_drawn} >= {"JVASP-19657"}


def test_compounds_meet_their_measured_tc_by_composition_and_space_group() -> None:
    rock_salt = BenchmarkRow("JVASP-1", "NbC", tc_k=9.0, space_group=225)
    elsewhere = replace(rock_salt, space_group=1)
    found = compounds_measured([rock_salt, elsewhere])
    assert [p.row.space_group for p in found] == [225]
    assert 8.0 < found[0].tc_measured_k < 13.0


def hydride_study(tc_k: np.ndarray) -> HydrideStudy:
    names = tuple(f"hydrides_benchmark:T{n}" for n in range(len(tc_k)))
    said = {f.id: 2.0 * tc_k for f in formulas.FORMULAS} | dict.fromkeys(FITS, 0.0 * tc_k)
    return HydrideStudy(names, names, names, tc_k, said, (), (), (), {})


def test_hydrides_meet_the_formulas_of_the_same_hydride() -> None:
    """Shuffled rows, one without a Tc, one unknown to the study: each meets its own numbers."""
    study = hydride_study(10.0 * np.arange(1.0, 9.0))
    rows = [
        BenchmarkRow(f"hydride-T{n}", "KH3", tc_k=10.0 * (n + 1), tc_flat_k=5.0 * (n + 1))
        for n in (3, 1, 0, 7, 5, 2)
    ]
    rows += [BenchmarkRow("hydride-T4", "KH3"), BenchmarkRow("hydride-X", "KH3", tc_k=1.0)]
    rows += [replace(made_up()[0], id="JVASP-T6")]
    found = judged_hydrides(rows, study)
    assert {j.crystals for j in found} == {6}
    assert by_words(found, "1/ω").error == pytest.approx(0.0)
    assert by_words(found, "constant").bias == pytest.approx(0.5)
    assert by_words(found, f"formula {formulas.FORMULAS[0].id}").bias == pytest.approx(2.0)
    assert by_words(found, "median").rank is None
    assert judged_hydrides(rows[:4], study) == ()


def test_drawn_crystals_alone_are_judged_by_their_tc() -> None:
    rows = made_up()
    hydride = replace(rows[0], id="hydride-X", structure=PUBLISHED, tc_k=900.0)
    with_it, without = judged_tc([*rows, hydride]), judged_tc(rows)
    assert [(j.crystals, j.error) for j in with_it] == [(j.crystals, j.error) for j in without]
    assert without[0].crystals == len(rows)


def test_errors_are_told_by_group() -> None:
    """Crystals of a zone centre alone are off by two, the others right; soft ones are few."""
    rows = [
        replace(
            r, coupling=(r.reference or 0.0) * (0.5 if n < 5 else 1.0),
            supercell_cells=1 if n < 5 else 4, omega_log_reference_k=SOFT_K * (0.5 if n < 2 else 1),
        )
        for n, r in enumerate([*made_up(), *made_up()])
    ]  # fmt: skip
    found = {g.words.partition(" ")[0] + str(g.crystals): g for g in error_by_group(rows)}
    assert found["all16"].bias == pytest.approx(1.0)
    (zone_centre,) = (g for g in found.values() if "zone centre" in g.words)
    assert (zone_centre.crystals, zone_centre.bias) == (5, pytest.approx(0.5))
    assert zone_centre.factor == pytest.approx(2.0)
    (larger,) = (g for g in found.values() if "larger" in g.words)
    assert (larger.crystals, larger.factor) == (11, pytest.approx(1.0))
    assert not any("below" in g.words for g in found.values())
    assert error_by_group([replace(rows[0], reference=None)] * 9) == ()


def test_more_drawn_of_one_kind_does_not_change_the_error_in_proportion() -> None:
    """Binaries are off by 0.2, ternaries by 0.1; the collection has thrice as many ternaries."""

    def drawn(formula: str, off: float) -> BenchmarkRow:
        return BenchmarkRow("JVASP-1", formula, 0.5 + off, reference=0.5)

    binaries, ternaries = [drawn("NbC", 0.2)] * 6, [drawn("LiSiRu2", -0.1)] * 6
    sizes = {1: 5, 2: 10, 3: 30}
    for some in (binaries + ternaries, 3 * binaries + ternaries, binaries + 4 * ternaries):
        assert error_in_proportion(some, sizes) == pytest.approx(0.125)
        groups = {g.words: g for g in error_by_group(some)}
        assert groups["ternaries of JARVIS"].error == pytest.approx(0.1)
        assert groups["binaries of JARVIS"].bias == pytest.approx(1.4)
    assert error_in_proportion([*binaries, ternaries[0]], sizes) == pytest.approx(0.2)
    assert error_in_proportion(ternaries[:2], sizes) is None
