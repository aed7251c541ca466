"""Claims put to made-up worlds from outside, through ``judge(id, sources)`` alone.

These read more than tables: the catalogue, the hydrogen molecule, tunnels of anisotropic crystals,
fits of resistivity.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from isotunnel.atlas.first_tunnels import FirstTunnels
from isotunnel.bonding.h2 import MoleculePoint, molecule
from isotunnel.claims import judge
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.measured import table
from isotunnel.scorecard.sample import FAR_OFF
from isotunnel.studies.fits.rho_laws import _bloch_shape
from isotunnel.studies.fits.select import metals, select
from isotunnel.substances import Substance
from isotunnel.theories import MaterialData, Parameter, Quantity, TheoryAnswer
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc
from made_up_worlds import made_up_table

FEWEST_METALS = 8
"""What the register asks of B6."""


def _substance(i: int, tc_k: float, coupling: float) -> Substance:
    """One phase with a computed coupling; Allen and Dynes's Tc is near 170 K at lambda 2."""
    said = "made up"
    phase = MaterialData(
        name=f"X{i}",
        tc_k=Parameter(tc_k, said),
        lambda_ep=Parameter(coupling, said, kind="calculated", grade="A"),
        omega_log_k=Parameter(1200.0, said),
        mu_star=Parameter(0.1, said),
    )
    return Substance(f"X{i}", f"X{i}", (), "", (phase,), ("x",))


def _landmarks(formula: str):
    rows = [
        {"material": f"{formula}{i}", "tc_k": 90.0, "pressure_gpa": 0.0, "status": "established"}
        for i in range(12)
    ]
    return made_up_table("landmarks", rows)


def _world(coupling: float, tc_k: float = 170.0, **other) -> Sources:
    """Superconductors whose computed Tc is that of the coupling, in catalogue and tables."""
    found = tuple(_substance(i, tc_k, coupling) for i in range(8))
    computed = allen_dynes_tc(coupling, 1200.0, 0.1, None)
    both = [("measured", tc_k), ("predicted", computed)]
    pairs = [
        {"compound": f"X{i}H", "kind": kind, "tc_k": tc, "pressure_gpa": 150.0}
        for i in range(5)
        for kind, tc in both
    ]
    tables = {
        "landmarks": _landmarks("YBa2Cu3O"),
        "hydrides_tc": made_up_table("hydrides_tc", pairs),
        "dtc_dp": made_up_table("dtc_dp", []),
        "couplings": made_up_table("couplings", []),
        "heat_jumps": made_up_table("heat_jumps", []),
        "elements_ambient": made_up_table("elements_ambient", []),
    }
    return Sources(table=tables.__getitem__, substances=lambda: found, **other)


@pytest.mark.parametrize(("coupling", "paper"), [(0.6, "supported"), (2.0, "contradicted")])
def test_a7_flips_by_the_catalogue(coupling: float, paper: str) -> None:
    result = judge("A7", _world(coupling))
    assert result.verdicts["paper"] == paper
    size = next(n for n in result.numbers if n.part == "size")
    turned = {"supported": "contradicted", "contradicted": "supported"}
    assert result.verdict_of(size) == turned[paper]


class NoSuperconductors:
    """Tc is zero for even numbers, unknown for odd ones."""

    name, title, references = "none", "No superconductors", ()

    def answer(self, material: MaterialData, pressure_gpa: float, temperature_k: float):
        unsaid = Quantity.refused("odd")
        odd = int(material.name[1:]) % 2
        return TheoryAnswer(
            "none", material.name, pressure_gpa, temperature_k, "metal", "", None,
            unsaid, unsaid if odd else Quantity(0.0), unsaid, unsaid, unsaid,
        )  # fmt: skip


def test_a_theory_without_superconductors_is_wrong_and_not_silent() -> None:
    numbers = judge("A7", _world(2.0, user_theory=NoSuperconductors())).numbers
    mine = next(n for n in numbers if n.side == "yours")
    assert mine.rows == 4
    assert mine.value == pytest.approx(FAR_OFF)
    assert [d.reason for d in mine.dropped] == ["odd"] * 4
    theirs = next(n for n in numbers if n.part == "size")
    assert theirs.rows == 8
    assert theirs.dropped == ()


@pytest.mark.parametrize(
    ("pass_ev", "paper"),
    [((-40.0, -3.0), "necessary, not telling"), ((-5.0, -20.0), "contradicted")],
)
def test_b2_flips_by_the_molecule(pass_ev: tuple[float, float], paper: str) -> None:
    real = molecule()
    points = tuple(
        MoleculePoint(times * real.bond.value, -10.0, saddle)
        for times, saddle in zip((1.0, 4.0), pass_ev, strict=True)
    )
    made = replace(real, points=points)
    assert judge("B2", Sources(molecule=lambda: made)).verdicts["paper"] == paper


@pytest.mark.parametrize(("easy", "paper"), [("b", "supported"), ("c", "contradicted")])
def test_b15_flips_by_the_tunnels(easy: str, paper: str) -> None:
    names = [f"X{i}" for i in range(12)]
    rows = made_up_table("anisotropy", [{"material": n, "easy": easy, "ratio": 9.0} for n in names])
    wire = np.eye(3)[1:2]
    tunnels = {
        n: FirstTunnels(
            n, np.diag([3.0, 3.0, 9.0]), (-9.0, -4.0, -4.0), (wire, np.eye(3)), "made up"
        )
        for n in names
    }
    world = Sources(table=lambda _: rows, first_tunnels=lambda: tunnels)
    assert judge("B15", world).verdicts["paper"] == paper


def _resistivities(law: str) -> Sources:
    """Real metals at their own temperatures and volumes, their resistivity by a law."""
    rows = []
    for metal in metals():
        try:
            points = select(metal).points
        except CannotSay:
            continue
        if law == "volume":
            rho = np.exp(90.0 * np.log1p(points.strain))
        else:
            rho = 0.01 + _bloch_shape(points.theta_d_k, points.temperature_k, None)
        rows += [
            {
                "element": metal,
                "temperature_k": float(t),
                "resistivity_microohm_cm": float(r),
                "state": "solid",
                "kind": "table",
            }
            for t, r in zip(points.temperature_k, rho, strict=True)
        ]
    made = made_up_table("resistivity_vs_temperature", rows)
    return Sources(table=lambda name: made if name == made.name else table(name))


@pytest.mark.parametrize(
    ("law", "paper", "rival"),
    [("volume", "supported", "contradicted"), ("phonons", "contradicted", "supported")],
)
def test_b6_flips_by_the_resistivities(law: str, paper: str, rival: str) -> None:
    result = judge("B6", _resistivities(law))
    assert (result.verdicts["paper"], result.verdicts["rival"]) == (paper, rival)
    assert result.numbers[0].rows >= FEWEST_METALS
    assert {row.source for row in result.numbers[0].used} == {"made up"}
