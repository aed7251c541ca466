"""B4, B5, B6, B8 and B10 in worlds where spacing decides and in worlds where it does not."""

from __future__ import annotations

from statistics import median

import numpy as np
import pytest

from isotunnel.claims import claim, judge
from isotunnel.claims.b4 import Lifted, LiftingTests
from isotunnel.claims.b6 import HeldOut
from isotunnel.claims.b8 import SpacingTests
from isotunnel.claims.b10 import CompressionTests, Gap
from isotunnel.claims.shared.fitted_laws import LawContest
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard import Verdict
from isotunnel.scorecard.judging import judge_rows
from isotunnel.studies.spacing import measured_isotopes
from isotunnel.studies.spacing.compression import FirstCompression, Transition, reentrant
from isotunnel.studies.spacing.isochore import Superconductor, isochores
from isotunnel.studies.spacing.isotope import IsotopeShift, exponents_by_group, isotopes
from isotunnel.studies.spacing.volume_collapse import Metal, collapse
from isotunnel.theories import Parameter

USED = (RowUsed("made up", "1", "x", "made up"),)


def _p(value: float) -> Parameter:
    return Parameter(value, "made up", abs(value) * 0.01)


def _metal(i: int, squeeze: float) -> Metal:
    """alpha/beta = 100; -K d ln R/dP + 1/3 = 100 x (squeeze)."""
    return Metal(
        f"M{i}",
        300.0,
        alpha=_p(4e-3),
        beta=_p(4e-5),
        bulk_modulus=_p(100.0),
        squeeze=_p((1 / 3 - 100 * squeeze) / 100),
        theta=_p(300.0),
        gamma=_p(2.0),
    )


def test_b5_flips() -> None:
    spacing = judge_rows(claim("B5"), collapse([_metal(i, 1.0) for i in range(9)]))
    assert spacing.verdicts["paper"] == Verdict.SUPPORTED
    assert spacing.verdicts["rival"] == Verdict.CONTRADICTED
    # Bloch and Grueneisen: about 2 gamma by squeezing, whatever heating does.
    phonons = judge_rows(claim("B5"), collapse([_metal(i, 0.04) for i in range(9)]))
    assert phonons.verdicts["paper"] == Verdict.CONTRADICTED
    assert phonons.verdicts["rival"] in (Verdict.SUPPORTED, Verdict.MIXED)


def test_b5_counts_a_wrong_sign_against_the_theory() -> None:
    result = judge_rows(claim("B5"), collapse([_metal(i, -1.0) for i in range(9)]))
    assert result.verdicts["paper"] == Verdict.CONTRADICTED


def _contests(tunnel: float, rival: float) -> HeldOut:
    rng = np.random.default_rng(4)
    scatter = np.exp(rng.normal(0, 0.1, 12))
    found = [LawContest(f"M{i}", "t", tunnel * s, "b", rival) for i, s in enumerate(scatter)]
    return HeldOut(tuple(found), USED, ())


@pytest.mark.parametrize(
    ("tunnel", "rival", "verdict"),
    [
        (0.01, 0.1, Verdict.SUPPORTED),
        (0.1, 0.01, Verdict.CONTRADICTED),
        (0.1, 0.1, Verdict.MIXED),
    ],
)
def test_b6_flips_and_mirrors(tunnel: float, rival: float, verdict: Verdict) -> None:
    assert judge_rows(claim("B6"), _contests(tunnel, rival)).verdicts["paper"] == verdict
    assert judge_rows(claim("B6"), _contests(rival, tunnel)).verdicts["rival"] == verdict


@pytest.mark.parametrize(
    ("ratio", "better", "verdict"),
    [(1.5, True, Verdict.SUPPORTED), (1e10, False, Verdict.CONTRADICTED)],
)
def test_b4_flips(ratio: float, better: bool, verdict: Verdict) -> None:
    lifted = tuple(Lifted(f"M{i}", "ks", 1.0, ratio) for i in range(5))
    fits = _contests(0.01, 0.1) if better else _contests(0.1, 0.01)
    rows = LiftingTests(lifted, HeldOut(fits.contests * 2, USED, ()), USED, ())
    result = judge_rows(claim("B4"), rows)
    assert result.verdicts["paper"] == verdict
    assert result.verdicts["rival"] != verdict


def _b8(slope: float, alpha: float, predicted: float = 0.45) -> SpacingTests:
    superconductors = [
        Superconductor(f"S{i}", "element", _p(5.0), _p(slope), 1, thermal_pressure=_p(1e-3))
        for i in range(9)
    ]
    shifts = [IsotopeShift(f"S{i}", "all", _p(alpha), f"S{i}", simple=i < 7) for i in range(9)]
    exponents = {f"S{i}": predicted for i in range(9)}
    return SpacingTests(isochores(superconductors), isotopes(shifts), exponents)


def test_b8_flips() -> None:
    spacing = judge_rows(claim("B8"), _b8(1e3, 0.01))
    assert spacing.verdicts["paper"] == Verdict.SUPPORTED
    assert spacing.verdicts["rival"] == Verdict.CONTRADICTED
    phonons = judge_rows(claim("B8"), _b8(-0.3, 0.48))
    assert phonons.verdicts["paper"] == Verdict.CONTRADICTED
    assert phonons.verdicts["rival"] == Verdict.SUPPORTED


def test_b8_counts_whole_exponents_and_elements_apart() -> None:
    """Elements at 0.5, compounds at 0.1; exponents of one site count for nobody."""
    shifts = [IsotopeShift(f"E{i}", "all", _p(0.5), f"E{i}", simple=True) for i in range(7)]
    shifts += [IsotopeShift(f"S{i}", "all", _p(0.1), f"S{i}") for i in range(9)]
    shifts += [IsotopeShift(f"P{i}", "O", _p(0.9), f"P{i}", partial=True) for i in range(9)]
    predicted = {f"{kind}{i}": 0.5 for kind in "ES" for i in range(9)}
    found = judge_rows(claim("B8"), SpacingTests(isochores([]), isotopes(shifts), predicted))
    numbers = {(n.side, n.part): n for n in found.numbers}
    assert numbers["rival", "isotope"].value == pytest.approx(0.4)
    assert numbers["rival", "isotope"].rows == 16
    elements = numbers["rival", "isotope_elements"]
    assert elements.rows == 7
    assert found.verdict_of(elements) == Verdict.SUPPORTED
    assert found.verdict_of(numbers["paper", "isotope_elements"]) == Verdict.CONTRADICTED


def test_b8_judges_the_rival_by_the_exponents_that_it_predicts() -> None:
    """0.5 stood for all, though McMillan's formula gives less where electrons repel each other."""
    result = judge_rows(claim("B8"), _b8(-0.3, 0.25, predicted=0.25))
    assert result.verdicts["rival"] == Verdict.SUPPORTED
    assert judge_rows(claim("B8"), _b8(-0.3, 0.25, predicted=0.5)).verdicts["rival"] == (
        Verdict.CONTRADICTED
    )
    real = next(n for n in judge("B8").numbers if (n.side, n.part) == ("rival", "isotope"))
    predicted = dict(real.values)
    assert predicted["Pb"]["predicted"] == pytest.approx(0.48, abs=0.03)
    assert predicted["Zn"]["predicted"] < 0.42
    assert len({round(v["predicted"], 3) for v in predicted.values()}) > 5


def test_b8_misses_to_both_sides_do_not_cancel() -> None:
    shifts = [IsotopeShift(f"S{i}", "all", _p(a), f"S{i}") for i, a in enumerate((0.1, 0.8) * 5)]
    predicted = {f"S{i}": 0.45 for i in range(10)}
    result = judge_rows(claim("B8"), SpacingTests(isochores([]), isotopes(shifts), predicted))
    number = next(n for n in result.numbers if (n.side, n.part) == ("rival", "isotope"))
    assert number.value == pytest.approx(0.35)
    assert result.verdict_of(number) == Verdict.CONTRADICTED


def test_b8_counts_as_t3_does() -> None:
    test = measured_isotopes()
    exponents = exponents_by_group(test.rows)
    part = next(
        n
        for n in judge_rows(claim("B8"), SpacingTests(isochores([]), test)).numbers
        if (n.side, n.part) == ("paper", "isotope")
    )
    assert part.value == pytest.approx(median(abs(a) for a in exponents.values()))
    assert part.rows == test.statistic("median").rows == len(exponents) > 10
    assert any("were not exchanged" in d.reason for d in part.dropped)


def test_b8_exponents_near_and_far_decide_nothing_firm() -> None:
    shifts = [IsotopeShift(f"S{i}", "all", _p(a), f"S{i}") for i, a in enumerate((0.05, 0.8) * 5)]
    rows = SpacingTests(isochores([]), isotopes(shifts))
    result = judge_rows(claim("B8"), rows)
    numbers = {(n.side, n.part): n for n in result.numbers}
    assert result.verdict_of(numbers["paper", "isotope"]) == Verdict.UNDECIDED
    assert numbers["paper", "slope"].cannot_say


@pytest.mark.parametrize(
    ("worse", "gap", "verdict"),
    [(0, 0.0, Verdict.SUPPORTED), (4, 1.5, Verdict.CONTRADICTED), (0, 1.5, Verdict.MIXED)],
)
def test_b10_flips(worse: int, gap: float, verdict: Verdict) -> None:
    transitions = [
        Transition(f"M{i}", "metal_to_insulator" if i < worse else "insulator_to_metal", 10.0)
        for i in range(9)
    ]
    rows = CompressionTests(
        reentrant(transitions, [FirstCompression("M0", -1)]), (Gap(100.0, 0.0), Gap(300.0, gap))
    )
    assert judge_rows(claim("B10"), rows).verdicts["paper"] == verdict


def test_marks_of_unknown_error_have_no_interval() -> None:
    """An unknown error drew an interval of no length, as if the number were exact."""
    for entry in ("B5", "B8"):
        marks = judge(entry).figure.marks
        known = [m for m in marks if m.y_low is not None and m.y_high is not None]
        assert known
        assert all(m.y_low < m.y < m.y_high for m in known)  # type: ignore[operator]
    bare = [m for m in judge("B8").figure.marks if m.y_low is None]
    printed = {r.name for r in measured_isotopes().rows if r.alpha.error is None}
    assert printed
    assert {m.label.partition(" (")[0] for m in bare} == {n.partition(" (")[0] for n in printed}
