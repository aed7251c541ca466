"""A5, B1 and B9 in worlds whose tunnels join when squeezed, and in worlds where they do not."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from isotunnel.claims import claim, judge
from isotunnel.claims.b9 import Metallisations, Metallised, _unfit
from isotunnel.claims.b9 import _metallised as metallised_of
from isotunnel.claims.shared.readings import ENERGIES, TUNNELS, ByReading
from isotunnel.claims.shared.scanned_crystals import (
    ScannedCrystal,
    crossing,
    nearest_neighbour,
    one_vote_per_element,
)
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard import Verdict
from isotunnel.scorecard.judging import judge_rows
from isotunnel.scorecard.sample import Gathered
from isotunnel.scorecard.user_theory import load_theory
from isotunnel.studies.benchmark.run import picked_reading
from made_up_worlds import made_up_table

T = TypeVar("T")

ROW = RowUsed("made up", "1", "x", "made up")


def _crystal(
    i: int, gaps: tuple[float, ...], first: float | None = None, band: float = 0.0
) -> ScannedCrystal:
    n = len(gaps)
    return ScannedCrystal(
        name=f"X{i}",
        symbols=frozenset({f"E{i}"}),
        known_at_gpa=None,
        pressures_gpa=tuple(10.0 * k for k in range(n)),
        first_gaps=tuple(gaps if first is None else (first,) * n),
        gaps=gaps,
        band_gaps_ev=(band,) * n,
        neighbour_angstrom=tuple(3.0 + 0.05 * i - 0.1 * k for k in range(n)),
    )


@pytest.mark.parametrize(
    ("gap", "paper", "rival"),
    [
        (2.0, Verdict.SUPPORTED, Verdict.CONTRADICTED),
        (-2.0, Verdict.CONTRADICTED, Verdict.SUPPORTED),
    ],
)
def test_a5_flips(gap: float, paper: Verdict, rival: Verdict) -> None:
    rows = Gathered(tuple(_crystal(i, (gap,)) for i in range(12)), ())
    verdicts = judge_rows(claim("A5"), _read(rows)).verdicts
    assert (verdicts["paper"], verdicts["rival"]) == (paper, rival)


def _read(rows: T, **others: T) -> ByReading[T]:
    """The rows of a world with one reading, and of others beside it."""
    return ByReading("ks", {"ks": rows, **others})


@pytest.mark.parametrize("id_", ["A5", "B1", "B9"])
def test_a_claim_is_judged_under_every_reading_and_says_which(id_: str) -> None:
    """These hard-coded ``ks``; the one that B18's cross-validation picks is shown first."""
    result = judge(id_)
    readings = [result.reading, *(o.reading for o in result.others)]
    assert set(readings) == set(TUNNELS if id_ != "A5" else ENERGIES)
    assert len(readings) == len(set(readings))
    assert result.reading == picked_reading(Sources(), tuple(sorted(readings)))
    for number in result.numbers:
        assert number.reading == result.reading
        assert number.cannot_say or number.reading in result.sentence_of(number)


@pytest.mark.parametrize("id_", ["A5", "B1", "B9"])
def test_the_choice_of_a_reading_knows_nothing_of_a_users_theory(id_: str) -> None:
    """A guarded theory has no hash, and ended these claims with an internal error."""
    example = Path(__file__).parents[2] / "examples" / "my_theory.py"
    own = load_theory(f"{example}:VolumeOnly")
    assert judge(id_, Sources(user_theory=own)).reading == judge(id_).reading


def test_another_reading_stands_beside_the_one_that_counts() -> None:
    up = Gathered(tuple(_crystal(i, (2.0,)) for i in range(12)))
    down = Gathered(tuple(_crystal(i, (-2.0,)) for i in range(12)))
    result = judge_rows(claim("A5"), _read(up, atomic=down))
    assert result.verdicts["paper"] == Verdict.SUPPORTED
    (other,) = result.others
    assert (other.reading, other.verdicts["paper"]) == ("atomic", Verdict.CONTRADICTED)
    turned = judge_rows(claim("A5"), replace(_read(up, atomic=down), reading="atomic"))
    assert turned.verdicts["paper"] == Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("sign", "verdict"), [(1, Verdict.NOT_TELLING), (-1, Verdict.CONTRADICTED)]
)
def test_b1_flips(sign: int, verdict: Verdict) -> None:
    """Gaps that follow the distance (or run against it) along scans and over the elements.

    Band theory predicts the same, so that it earns the same, and neither is supported by it.
    """
    crystals = []
    for i in range(20):
        start = 5.0 + sign * 0.2 * i
        crystals.append(_crystal(i, tuple(start - sign * 0.5 * k for k in range(4))))
    found = judge_rows(claim("B1"), _read(Gathered(tuple(crystals)))).verdicts
    assert found["paper"] == found["rival"] == verdict


def _phase(name: str, lowest: float, *symbols: str, known: float | None = None) -> ScannedCrystal:
    pressures = (lowest, lowest + 20.0, lowest + 40.0)
    return replace(
        _crystal(0, (1.0, 2.0, 3.0)),
        name=name,
        symbols=frozenset(symbols),
        known_at_gpa=known,
        pressures_gpa=pressures,
    )


def test_an_element_votes_once_by_its_phase_at_the_lowest_pressure() -> None:
    high, low = _phase("Na-hP4@180GPa", 160.0, "Na", known=180.0), _phase("Na", 0.0, "Na")
    salt, brine = _phase("NaCl", 0.0, "Na", "Cl"), _phase("NaCl-B2@30GPa", 20.0, "Na", "Cl")
    kept, dropped = one_vote_per_element((high, low, salt, brine))
    assert [c.name for c in kept] == ["Na", "NaCl", "NaCl-B2@30GPa"]
    assert [d.row for d in dropped] == ["Na-hP4@180GPa"]
    assert "Na has its vote by Na" in dropped[0].reason
    assert "near 180 GPa" in dropped[0].reason


@pytest.mark.parametrize(("known", "place"), [(179.0, 1), (None, 0), (500.0, 2)])
def test_a_phase_counts_at_the_pressure_where_it_is_known(known: float | None, place: int) -> None:
    """By the named crystal, whatever stands in the name."""
    assert _phase("S@1GPa", 160.0, "S", known=known).home == place


@pytest.mark.parametrize("id_", ["A5", "B1"])
def test_no_element_has_two_votes_in_the_atlas(id_: str) -> None:
    for number in judge(id_).numbers:
        names = [r.row for r in number.used]
        assert "Na" in names
        assert "Na-hP4@320GPa" not in names
        assert any(d.row == "Na-hP4@320GPa" for d in number.dropped)


def _metallised(off_tunnel: float, off_band: float) -> tuple[Metallised, ...]:
    return tuple(
        Metallised(
            f"X{i}",
            100.0,
            100.0 * math.exp(off_tunnel),
            abs(off_tunnel),
            100.0 * math.exp(off_band),
            abs(off_band),
            (ROW,),
        )
        for i in range(6)
    )


def test_b9_flips() -> None:
    apart = tuple(_crystal(i, (3.0,), band=5.0) for i in range(12))
    right = judge_rows(claim("B9"), _read(Metallisations(apart, _metallised(0.1, 2.0), (), ())))
    assert right.verdicts["paper"] == Verdict.SUPPORTED
    assert right.verdicts["rival"] == Verdict.CONTRADICTED
    joined = tuple(_crystal(i, (-3.0,), band=5.0) for i in range(12))
    wrong = judge_rows(claim("B9"), _read(Metallisations(joined, _metallised(2.0, 0.1), (), ())))
    assert wrong.verdicts["paper"] == Verdict.CONTRADICTED
    assert wrong.verdicts["rival"] == Verdict.SUPPORTED


def _transitions(*rows: dict[str, object]):
    common = {"direction": "insulator_to_metal", "method": "experiment", "material": "X0"}
    return made_up_table("insulator_metal_transitions", [{**common, **r} for r in rows]).rows


def test_two_measurements_of_a_metallisation_are_averaged() -> None:
    """The upper of two was taken for their median."""
    rows = list(_transitions({"pressure_gpa": 5.0}, {"pressure_gpa": 9.0}))
    closing = replace(_crystal(0, (3.0, 1.0, -1.0)), band_gaps_ev=(2.0, 1.0, 0.0))
    found = metallised_of(closing, rows)
    assert found is not None
    assert found.measured_gpa == 7.0


def test_a_fluid_is_no_crystal() -> None:
    hot, cold = _transitions(
        {"pressure_gpa": 5.0, "temperature_k": 3000.0},
        {"pressure_gpa": 5.0, "temperature_k": 300.0},
    )
    assert "3000 K" in _unfit(hot)
    assert _unfit(cold) == ""


def test_a_crossing_is_found_between_points() -> None:
    assert crossing((0.0, 10.0, 20.0), (3.0, 1.0, -1.0)) == (15.0, "")
    assert crossing((0.0, 10.0, 20.0), (2.0, 1.0, 0.0)) == (20.0, "")
    closing = crossing((0.0, 10.0, 20.0), (1.2, 0.2, 0.0))
    assert closing[0] == pytest.approx(12.0)
    assert crossing((0.0, 10.0), (-1.0, -2.0)) == (None, "before")
    assert crossing((0.0, 10.0), (2.0, 1.0)) == (None, "after")


def test_neighbours_are_found_across_the_cell() -> None:
    crystal = {"cell_angstrom": np.eye(3) * 4, "positions_fractional": [[0, 0, 0], [0.9, 0, 0]]}
    assert nearest_neighbour(crystal) == pytest.approx(0.4)
    fcc = {
        "cell_angstrom": [[0, 2, 2], [2, 0, 2], [2, 2, 0]],
        "positions_fractional": [[0, 0, 0]],
    }
    assert nearest_neighbour(fcc) == pytest.approx(2 * math.sqrt(2))
