"""B17 comes out either way, by made-up searches; the distance of hydrogen atoms has slow twins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk

from isotunnel.claims import claim, judge
from isotunnel.claims.shared.hydride_searches import shortest_distance
from isotunnel.claims.shared.search_outcome import search_measurements
from isotunnel.design import judge as judge_ranking
from isotunnel.design import ranked
from isotunnel.errors import CannotSay
from isotunnel.scorecard import Verdict
from made_up_worlds import made_up_world

METALS = ("Li", "Na", "K", "Rb", "Cs", "Be", "Mg", "Ca", "Sr", "Ba", "Sc", "Y", "La")


def _slow_twin(atoms: Atoms) -> float:
    """Every pair of hydrogen atoms with every image up to three cells away."""
    places = atoms.positions[[a.symbol == "H" for a in atoms]]
    steps = np.stack(np.meshgrid(*(np.arange(-3, 4),) * 3), axis=-1).reshape(-1, 3) @ atoms.cell
    apart = places[:, None, None] - places[None, :, None] + steps
    far = np.linalg.norm(apart, axis=-1)
    return float(far[far > 1e-8].min())


def test_the_shortest_distance_is_that_of_all_images():
    rng = np.random.default_rng(3)
    for count in (1, 2, 5):
        cell = np.eye(3) * 3 + rng.uniform(-0.8, 0.8, (3, 3))
        atoms = Atoms(f"H{count}Pd", cell=cell, pbc=True,
                      scaled_positions=rng.random((count + 1, 3)))  # fmt: skip
        assert shortest_distance(atoms) == pytest.approx(_slow_twin(atoms), rel=1e-9)
    with pytest.raises(CannotSay, match="no H"):
        shortest_distance(bulk("Cu"))


def _search(metal: str, edge: float, tc: float):
    """A made-up MH3 with hydrogen on the faces of a cube: H-H = edge / sqrt(2)."""
    sites = f"{metal} 1a (0 0 0); H 3c (0 0.5 0.5)"
    return {
        "id": f"hydrides_htsc2025:{metal}", "formula": f"{metal}H3", "family": "MXH3",
        "space_group": "Pm-3m", "number": 221, "a_angstrom": edge, "b_angstrom": edge,
        "c_angstrom": edge, "atoms": 4, "sites": sites, "tc_predicted_k": tc, "pressure_gpa": 0.0,
    }  # fmt: skip


def _tc(compound: str, tc: float, kind: str):
    return {"compound": compound, "tc_k": tc, "kind": kind, "pressure_gpa": 100.0}


def _world(rising: bool, highest: float, computed: float):
    """Hydrides whose Tc rises with closeness or falls; the highest Tc; computed over measured."""
    edges = [3.0 + 0.1 * i for i in range(len(METALS))]
    tcs = [100.0 - 5 * i if rising else 100.0 + 5 * i for i in range(len(METALS))]
    rows = [_search(*one) for one in zip(METALS, edges, tcs, strict=True)]
    known = ("CaH6", "YH6", "YH9", "LaH10", "H3S")
    temperatures = [_tc(c, highest * 0.5**i, "measured") for i, c in enumerate(known)]
    temperatures += [_tc(c, computed * highest * 0.5**i, "predicted") for i, c in enumerate(known)]
    return made_up_world(
        hydrides_htsc2025=rows, hydrides_structures=[], hydrides_tc=temperatures, landmarks=[],
        couplings=[],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("world", "paper", "rival"),
    [
        ((True, 300.0, 1.0), Verdict.SUPPORTED, Verdict.SUPPORTED),
        ((False, 40.0, 10.0), Verdict.CONTRADICTED, Verdict.CONTRADICTED),
        ((False, 300.0, 1.5), Verdict.MIXED, Verdict.MIXED),
    ],
)
def test_b17_comes_out_either_way(world, paper, rival):
    verdicts = judge("B17", _world(*world)).verdicts
    assert (verdicts["paper"], verdicts["rival"]) == (paper, rival)


def test_claims_that_are_not_established_do_not_count():
    rows = [{"material": "LuH2", "status": "claimed", "tc_k": 294.0, "pressure_gpa": 1.0}]
    world = made_up_world(
        hydrides_htsc2025=[], hydrides_structures=[], landmarks=rows, couplings=[], hydrides_tc=[]
    )
    result = judge("B17", world)
    assert result.verdicts["paper"] == Verdict.UNDECIDED
    assert "claimed, not established" in result.numbers[0].dropped[0].reason


def test_real_searches():
    numbers = {n.part: n for n in judge("B17").numbers}
    assert numbers["reached"].value == pytest.approx(250 / 293)
    assert numbers["ambient"].rows == 78
    assert numbers["closeness"].rows > 80
    distances = dict(numbers["closeness"].values)
    assert distances["LaH10"]["H-H (angstrom)"] == pytest.approx(1.086, abs=0.001)
    assert all(r.source for n in numbers.values() for r in n.used)


def _judged(areas: dict[bool, tuple], found: str = "found"):
    """The packaged search with other areas: by whether within prototypes, tunnel, composition."""
    real = judge_ranking(ranked())
    changed = tuple(
        replace(a, tunnel=areas[a.within][0], composition=areas[a.within][1])
        if a.name == found and a.within in areas
        else a
        for a in real.areas
    )
    return replace(real, areas=changed)


@pytest.mark.parametrize(
    ("tunnel", "composition", "verdict"),
    [
        ((0.8, 0.6, 0.9), (0.6, 0.5, 0.7), Verdict.SUPPORTED),
        ((0.8, 0.6, 0.9), (0.85, 0.7, 0.9), Verdict.UNDECIDED),
        ((0.3, 0.2, 0.4), (0.2, 0.1, 0.3), Verdict.CONTRADICTED),
        ((0.6, 0.3, 0.9), (0.5, 0.4, 0.6), Verdict.UNDECIDED),
        (None, None, Verdict.UNDECIDED),
    ],
)
def test_the_search_is_judged_by_its_own_rule(tunnel, composition, verdict):
    """Helps, hurts and no help of the plan are supported, contradicted and undecided."""
    found = search_measurements(_judged({True: (tunnel, composition)}))
    part = next(p for p in claim("B17").parts if p.name == "search")
    assert part.judge(next(m for m in found if m.part == "search")) == verdict


def test_the_real_search():
    result = judge("B17")
    numbers = {n.part: n for n in result.numbers}
    areas = {(a.name, a.within): a for a in judge_ranking(ranked()).areas}
    within = areas["found", True]
    assert (numbers["search"].value, numbers["search"].high) == (within.tunnel[0], within.tunnel[2])
    assert within.verdict == "hurts"
    assert result.verdict_of(numbers["search"]) == Verdict.CONTRADICTED
    assert result.verdict_of(numbers["search_over_all"]) == Verdict.UNDECIDED
    assert result.verdict_of(numbers["search_failures"]) == Verdict.UNDECIDED  # two failures
    assert {d.label for d in numbers["search"].dropped} == {"LaBeH8"}
    first = dict(numbers["search_first"].values)
    assert first["first 10"]["by tunnel gap"] == 0.0
    assert first["first 50"]["by chance"] == pytest.approx(9 / 273)
