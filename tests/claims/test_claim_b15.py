"""B15: packed tunnels of anisotropic crystals, and worlds where they run elsewhere."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

from isotunnel import measured
from isotunnel.atlas.first_tunnels import FirstTunnels, first_tunnels, same_span
from isotunnel.claims import claim
from isotunnel.claims.b15 import DEGREES, STEP_EV, compared, gather
from isotunnel.evidence.sources import Sources
from isotunnel.scorecard import Verdict
from isotunnel.scorecard.judging import judge_rows
from made_up_worlds import made_up_table

ROOT = Path(__file__).resolve().parents[2]
X, Y, Z = np.eye(3)


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("b15", ROOT / "scripts/make_first_tunnels.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sheets(name, step=5.0):
    """Tunnels that run in the plane ab first."""
    return FirstTunnels(
        name, np.diag([3.0, 3.0, 9.0]), (-9.0, -9.0, -9.0 + step), (np.eye(3)[:2],) * 2, "made up"
    )


def world(easy, count=12, ratio=10.0, step=5.0):
    rows = [{"material": f"X{i}", "easy": easy, "ratio": ratio} for i in range(count)]
    tunnels = {f"X{i}": sheets(f"X{i}", step) for i in range(count)}
    return compared(tuple(made_up_table("anisotropy", rows)), tunnels)


def wires(name, axis):
    """Tunnels that run along one axis of the cell first."""
    return FirstTunnels(
        name,
        np.diag([3.0, 4.0, 9.0]),
        (-9.0, -4.0, -4.0),
        (np.eye(3)[axis : axis + 1], np.eye(3)),
        "made up",
    )


def chains(easy, axis, count=12):
    rows = [{"material": f"X{i}", "easy": easy, "ratio": 10.0} for i in range(count)]
    tunnels = {f"X{i}": wires(f"X{i}", axis) for i in range(count)}
    return compared(tuple(made_up_table("anisotropy", rows)), tunnels)


@pytest.mark.parametrize(("axis", "verdict"), [(1, Verdict.SUPPORTED), (2, Verdict.CONTRADICTED)])
def test_b15_flips(axis, verdict):
    """Chains along b, which nobody would guess."""
    assert judge_rows(claim("B15"), chains("b", axis)).verdicts["paper"] == verdict


def test_what_saying_in_plane_always_earns_supports_nothing():
    """Layered crystals alone: the theory has all of them right, and so has the guess."""
    layered = judge_rows(claim("B15"), world("ab"))
    directions, gain = layered.numbers
    assert (directions.value, directions.guess) == (1.0, ("saying in-plane always", 1.0))
    assert (gain.value, layered.verdict_of(gain)) == (0.0, Verdict.CONTRADICTED)
    assert layered.verdict_of(directions) == Verdict.NOT_TELLING
    assert layered.verdicts["paper"] != Verdict.SUPPORTED


def test_tunnels_that_open_together_are_isotropic():
    below = judge_rows(claim("B15"), world("ab", step=0.5 * STEP_EV))
    assert below.verdicts["paper"] == Verdict.CONTRADICTED
    at_once = judge_rows(claim("B15"), world("all", step=0.5 * STEP_EV))
    assert at_once.numbers[0].value == 1.0


def test_crystals_that_are_hardly_anisotropic_are_dropped():
    found = world("ab", ratio=1.5)
    assert found.cases == ()
    assert "not anisotropic" in found.dropped[0].reason
    result = judge_rows(claim("B15"), found)
    number = result.numbers[0]
    assert result.verdict_of(number) == Verdict.UNDECIDED
    assert number.cannot_say


def test_rows_of_one_material_that_disagree_are_dropped():
    rows = [{"material": "X0", "easy": e, "ratio": 5.0} for e in ("ab", "c")]
    found = compared(tuple(made_up_table("anisotropy", rows)), {"X0": sheets("X0")})
    assert [d.reason for d in found.dropped] == ["its rows name different easy directions"] * 2


def test_a_wire_before_a_sheet_is_a_wire():
    wire = FirstTunnels(
        "X", np.eye(3), (-9.0, -5.0, -1.0), (Z[None], np.array([Y, Z]), np.eye(3)), "made up"
    )
    assert same_span(wire.easy(STEP_EV), Z[None], DEGREES)
    late = FirstTunnels("X", np.eye(3), (-9.0, -8.99, -1.0), wire.directions, "made up")
    assert same_span(late.easy(STEP_EV), np.array([Y, Z]), DEGREES)


def test_spans_do_not_depend_on_the_vectors_that_span_them():
    plane = np.array([X, Y])
    assert same_span(plane, np.array([X + Y, X - 2 * Y]), 1e-6)
    assert not same_span(plane, np.array([X, Z]), DEGREES)
    assert not same_span(plane, X[None], DEGREES)
    tilted = np.array([X, Y + np.tan(np.radians(9.0)) * Z])
    assert same_span(plane, tilted, DEGREES)
    assert not same_span(plane, tilted, 8.0)


def test_every_crystal_with_a_structure_is_packed(script):
    wanted = {
        r.text("material") for r in measured.table("anisotropy") if script.crystal_of(r) is not None
    }
    assert set(first_tunnels()) == wanted
    assert len(wanted) >= 8


def test_thresholds_rise_with_the_dimensions():
    for tunnels in first_tunnels().values():
        first, second, third = tunnels.thresholds_ev
        assert first <= second <= third
        assert all(np.allclose(np.linalg.norm(d, axis=1), 1, atol=1e-4) for d in tunnels.directions)


def test_structures_have_the_formula_of_their_name(script):
    formulas = {
        "YBa2Cu3O7": "YBa2Cu3O7",
        "CaC6": "CaC6",
        "BaFe2As2": "BaFe2As2",
        "NbSe3": "NbSe3",
        "TlSe": "TlSe",
        "Ga": "Ga",
        "Y": "Y",
        "La2-xSrxCuO4": "La2CuO4",
    }
    from ase.formula import Formula

    for row in measured.table("anisotropy"):
        crystal = script.crystal_of(row)
        if crystal is not None and row["material"] in formulas:
            found = crystal.conventional().get_chemical_formula()
            reduced = Formula(found).reduce()[0]
            assert reduced == Formula(formulas[row.text("material")]).reduce()[0], row.id


def test_the_claim_uses_every_row_or_says_why_not():
    found = gather(Sources())
    used = {r.row for c in found.cases for r in c.rows if r.table == "anisotropy"}
    dropped = {d.row for d in found.dropped}
    assert used | dropped == {r.id for r in measured.table("anisotropy")}
    assert not used & dropped
    assert len({c.right("paper") for c in found.cases}) == 2, "nothing is told apart"


def _again(script, material):
    row = measured.table("anisotropy").where(material=material)[0]
    packed = json.loads(script.TARGET.read_text(encoding="utf-8"))["crystals"][material]
    now = script.tunnels_of(script.crystal_of(row))
    assert now["thresholds_ev"] == pytest.approx(packed["thresholds_ev"], abs=2e-3)
    for new, old in zip(now["directions"], packed["directions"], strict=True):
        assert same_span(np.array(new), np.array(old), 0.1)


def test_yttrium_computed_again_agrees(script):
    _again(script, "Y")


@pytest.mark.slow
@pytest.mark.parametrize("material", sorted(first_tunnels()))
def test_tunnels_computed_again_agree(script, material):
    _again(script, material)
