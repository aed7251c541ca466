"""C4 to C9 come out either way in made-up worlds of squeezed atoms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isotunnel.bonding.squeezed.library import BondBetween
from isotunnel.claims import claim
from isotunnel.claims.c5 import BOND_EV, Metallisation
from isotunnel.claims.c5 import gather as gather_hydrogen
from isotunnel.claims.c6 import HeldMetal, HeldMetals
from isotunnel.claims.c8 import PulledMetal, PulledMetals
from isotunnel.claims.c9 import IronAndCarbon, Steel
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard import Verdict
from isotunnel.scorecard.judging import judge_rows
from isotunnel.studies.squeezed import SqueezedGas, SqueezedHydrogen, SqueezedMetal

GASES = ("He", "Ne", "Ar", "Kr", "Xe")


def _row(name: str) -> RowUsed:
    return RowUsed("squeezed", name, name, "made up")


def _gas(symbol: str, **other: object) -> SqueezedGas:
    gas = SqueezedGas(
        f"{symbol}-hcp",
        symbol,
        "hcp",
        *(50.0, False, 5.0),
        cost_ev=1.0,
        multipole_ev=(0.001, 0.002),
        dispersion_ev=-0.3,
        frozen_ev=1.02,
        anisotropy=(0.0, 0.0),
        quadrupole=0.0,
        hexadecapole=0.001,
        spread_change=-0.03,
        moved=0.03,
        static_gpa=50.0,
        pbe_gpa=52.0,
        dispersion_gpa=-3.0,
        work_ev=0.9,
        gap_ev=18.0,
        rows=(_row(symbol),),
    )
    return replace(gas, **other)  # type: ignore[arg-type]


def _verdicts(name: str, rows: object) -> dict[str, Verdict]:
    result = judge_rows(claim(name), rows)
    return {f"{n.part} {n.side}": result.verdict_of(n) for n in result.numbers}


def test_round_clouds_that_repel():
    found = _verdicts("C4", tuple(_gas(s) for s in GASES))
    assert {found[f"{p} paper"] for p in ("contraction", "attraction", "relief", "bound")} == {
        Verdict.CONTRADICTED
    }
    assert found["repelled rival"] == Verdict.SUPPORTED


def test_flat_clouds_that_attract():
    bound = tuple(
        _gas(
            s,
            anisotropy=(-0.1, -0.12),
            multipole_ev=(-3.0, -4.0),
            frozen_ev=4.0,
            work_ev=-0.5,
        )
        for s in GASES
    )
    found = _verdicts("C4", bound)
    assert {found[f"{p} paper"] for p in ("contraction", "attraction", "relief", "bound")} == {
        Verdict.SUPPORTED
    }
    assert found["repelled rival"] == Verdict.CONTRADICTED


def test_only_measured_pressures_count():
    beyond = tuple(_gas(s, extrapolated=True) for s in GASES)
    assert set(_verdicts("C4", beyond).values()) == {Verdict.UNDECIDED}


def test_dispersion_and_repulsion_are_enough():
    found = _verdicts("C7", tuple(_gas(s) for s in GASES))
    assert found == {
        "strength paper": Verdict.CONTRADICTED,
        "whole paper": Verdict.CONTRADICTED,
        "missing paper": Verdict.CONTRADICTED,
        "explained rival": Verdict.SUPPORTED,
    }


def test_a_strong_attraction_is_missing():
    world = tuple(
        _gas(
            s,
            multipole_ev=(-2.0, -2.5),
            frozen_ev=3.0,
            static_gpa=20.0,
        )
        for s in GASES
    )
    found = _verdicts("C7", world)
    assert found == {
        "strength paper": Verdict.SUPPORTED,
        "whole paper": Verdict.SUPPORTED,
        "missing paper": Verdict.SUPPORTED,
        "explained rival": Verdict.CONTRADICTED,
    }


def _hydrogen(asked: float, gap: float, next_a: float, pull: float) -> SqueezedHydrogen:
    numbers = (asked, 1.5, gap, 0.5, 0.9, 0.8, next_a, (pull, pull), 0.1)
    return SqueezedHydrogen("H2-x", "x", *numbers, rows=(_row("H2"),))


@pytest.mark.parametrize(
    ("closes", "next_a", "pull", "paper", "rival"),
    [
        (420.0, 1.3, 0.01, Verdict.CONTRADICTED, Verdict.SUPPORTED),
        (1000.0, 0.82, 0.9 * BOND_EV, Verdict.SUPPORTED, Verdict.CONTRADICTED),
    ],
)
def test_hydrogen(closes, next_a, pull, paper, rival):
    points = (_hydrogen(100.0, 3.0, next_a, pull), _hydrogen(closes, 0.0, next_a, pull))
    rows = Metallisation({"a": 425.0, "b": 480.0}, (_row("a"), _row("b")), points)
    found = _verdicts("C5", rows)
    assert found["molecules paper"] == found["strength paper"] == paper
    assert found["gap rival"] == rival
    assert found["pressure paper"] == Verdict.NOT_TELLING


def test_a_stand_in_has_no_say_on_the_gap():
    points = tuple(
        replace(_hydrogen(p, gap, 1.3, 0.01), name="H2-I") for p, gap in ((50.0, 2.0), (150.0, 0.0))
    )
    found = _verdicts("C5", Metallisation({"a": 425.0, "b": 480.0}, (_row("a"),), points))
    assert found["gap rival"] == found["molecules paper"] == Verdict.UNDECIDED


def test_hydrogen_turned_metal_elsewhere():
    rows = Metallisation({"a": 1200.0, "b": 1500.0}, (_row("a"), _row("b")), ())
    assert _verdicts("C5", rows)["pressure paper"] == Verdict.CONTRADICTED


def test_experiments_of_the_table():
    measured = gather_hydrogen(Sources()).measured
    assert len(measured) >= 2
    assert all(350 < p < 550 for p in measured.values())


METALS = ("Na", "K", "Li", "Mg", "W", "Ir", "Ta", "Cu", "Ag", "Au", "Pt", "Mo")


def _metal(symbol: str, pull: float) -> SqueezedMetal:
    numbers = (0.0, 15.0, (-pull, -pull), (0.0, 0.0), 0.0, 0.01, 0.1, 0.0)
    return SqueezedMetal(f"{symbol}-bcc", symbol, "bcc", *numbers, rows=(_row(symbol),))


def _held(pulls: list[float], energies: list[float], bands: bool) -> HeldMetals:
    metals = tuple(
        HeldMetal(_metal(s, p), e, _row(s)) for s, p, e in zip(METALS, pulls, energies, strict=True)
    )
    filled = {
        f"T{n}{i}": (n, float(n * (10 - n) if bands else -n * (10 - n)) + 0.01 * i)
        for n in range(2, 10)
        for i in range(3)
    }
    rows = tuple(_row(k) for k in filled)
    return HeldMetals(metals, filled, rows, ())


def test_metals_held_by_multipoles():
    energies = [1.0, 1.1, 1.2, 1.3, *(3.0 + 0.3 * i for i in range(8))]
    found = _verdicts("C6", _held([0.9 * e for e in energies], energies, bands=False))
    assert {found[f"{p} paper"] for p in ("share", "rank", "shells")} == {Verdict.SUPPORTED}
    assert found["bands rival"] == Verdict.CONTRADICTED


def test_metals_held_by_bands():
    energies = [1.0, 1.1, 1.2, 1.3, *(3.0 + 0.3 * i for i in range(8))]
    pulls = [1e-3 * (10 - e) for e in energies]
    found = _verdicts("C6", _held(pulls, energies, bands=True))
    assert {found[f"{p} paper"] for p in ("share", "rank", "shells")} == {Verdict.CONTRADICTED}
    assert found["bands rival"] == Verdict.SUPPORTED


def _pulled(order: list[float], signs: list[float], elongations: list[float]) -> PulledMetals:
    return PulledMetals(
        tuple(
            PulledMetal(f"M{i}", e, e >= 5, a, s, s, (_row(f"M{i}"),))
            for i, (a, s, e) in enumerate(zip(order, signs, elongations, strict=True))
        ),
        (),
    )


def test_ductility_by_the_bond_measure_or_against_it():
    stretch = [float(x) for x in (1, 2, 3, *range(10, 100, 2))]
    up, down = sorted(stretch), sorted(stretch, reverse=True)
    good = _verdicts("C8", _pulled(up, down, stretch))
    assert good["measure paper"] == good["brittle paper"] == Verdict.SUPPORTED
    assert good["pugh rival"] == good["brittle rival"] == Verdict.CONTRADICTED
    bad = _verdicts("C8", _pulled(down, up, stretch))
    assert bad["measure paper"] == bad["brittle paper"] == Verdict.CONTRADICTED
    assert bad["pugh rival"] == bad["cauchy rival"] == bad["brittle rival"] == Verdict.SUPPORTED
    assert bad["metals paper"] == Verdict.NOT_TELLING


def test_brittle_metals_everywhere():
    stretch = [1.0] * 19 + [20.0]
    found = _verdicts("C8", _pulled(stretch, stretch, stretch))
    assert found["metals paper"] == Verdict.CONTRADICTED


def test_hardened_pieces_have_no_vote():
    from isotunnel.claims.c8 import gather

    rows = gather(Sources())
    by_element = {m.element: m for m in rows.metals}
    assert len(by_element) == len(rows.metals) >= 15
    assert by_element["Au"].elongation_percent == 45.0
    assert {e for e, m in by_element.items() if not m.ductile} == {"W", "Be", "Cr", "Ir"}
    assert {d.label for d in rows.dropped} == {"Cu", "Au"}


def _iron(elf: float, ratio: float, falls: bool, spread: float) -> IronAndCarbon:
    bonds = tuple(BondBetween("cementite", "C-Fe", 2.0 + 0.05 * i, 0.5, elf) for i in range(3))
    steels = tuple(
        Steel(f"s{i}", 0.1 * i, True, (("annealed", 30.0 - 2 * i if falls else 30.0 + i),), ())
        for i in range(1, 12)
    )
    pieces = (("annealed", 20.0 * spread), ("quenched and tempered", 20.0))
    treated = tuple(Steel(f"t{i}", None, False, pieces, (_row("t"),)) for i in range(4))
    return IronAndCarbon(bonds, {"a": ratio}, (_row("a"),), (*steels, *treated), ())


@pytest.mark.parametrize(
    ("rows", "paper", "rival"),
    [
        (_iron(0.8, 1.5, falls=True, spread=1.0001), Verdict.SUPPORTED, Verdict.CONTRADICTED),
        (_iron(0.2, 3.0, falls=False, spread=2.0), Verdict.CONTRADICTED, Verdict.SUPPORTED),
    ],
)
def test_carbon_in_iron(rows, paper, rival):
    found = _verdicts("C9", rows)
    assert {found[f"{p} paper"] for p in ("covalent", "moduli", "carbon")} == {paper}
    assert found["treatment rival"] == rival


def test_steels_of_the_table():
    from isotunnel.claims.c9 import gather

    steels = gather(Sources()).steels
    assert len(steels) > 30
    by_name = {s.name: s for s in steels}
    assert by_name["steel 1040 (W. D. Callister)"].plain
    assert not by_name["steel 4140 (W. D. Callister)"].plain
