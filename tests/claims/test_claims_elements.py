"""A7, B7, C10 and C11 come out either way; packing and families are those of textbooks."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from ase.data import chemical_symbols

from isotunnel import measured
from isotunnel.claims import claim, judge
from isotunnel.claims.a7 import PhononTests
from isotunnel.claims.a9 import Landmark
from isotunnel.claims.c10 import ElementTests, Packed, Tried
from isotunnel.claims.c11 import SOMMERFELD, Mirror, ThermalConductor, ThermalTests
from isotunnel.claims.c11 import gather as c11_gather
from isotunnel.claims.shared.elements import UNKNOWN, packing_fraction
from isotunnel.claims.shared.heat_jumps import heat_jumps
from isotunnel.claims.shared.hydride_pairs import hydride_pairs
from isotunnel.claims.shared.lustre import reflectivities
from isotunnel.crystal import reference_crystals
from isotunnel.crystal.families import family_of, is_phonon_family
from isotunnel.crystal.formula import formula_elements
from isotunnel.crystal.reference_crystals import reference_crystal
from isotunnel.crystal.symmetry import symmetry_of
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.matter.invert import solid_volume
from isotunnel.matter.library import materials
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard import Verdict
from isotunnel.scorecard.judging import judge_rows
from isotunnel.scorecard.sample import Case, Gathered
from made_up_worlds import made_up_world

ROW = RowUsed("made up", "1", "x", "made up")
METALS = [f"M{i}" for i in range(14)]
UNTOLD = ({"element": "U0", "status": "none found"},)


@pytest.mark.parametrize(
    ("element", "fraction"),
    [
        ("Cu", math.pi * math.sqrt(2) / 6),
        ("Na", math.pi * math.sqrt(3) / 8),
        ("Si", math.pi * math.sqrt(3) / 16),
        ("Po", math.pi / 6),
    ],
)
def test_packing_fractions_are_the_textbooks(element: str, fraction: float) -> None:
    assert packing_fraction(element) == pytest.approx(fraction, rel=1e-3)


@pytest.mark.parametrize(
    ("element", "fraction", "density", "group"),
    [("U", 0.527, 19.05, "Cmcm"), ("Np", 0.478, 20.45, "Pnma")],
)
def test_cells_hold_all_their_atoms(
    element: str, fraction: float, density: float, group: str
) -> None:
    """One atom in the cell of four of uranium made its packing 0.147; neptunium's cell holds 8."""
    crystal = reference_crystal(element)
    assert packing_fraction(element) == pytest.approx(fraction, abs=1e-3)
    mass_per_volume = crystal.get_masses().sum() / crystal.get_volume() / 0.602214
    assert mass_per_volume == pytest.approx(density, rel=0.01)
    assert symmetry_of(crystal).symbol == group


def test_every_cell_has_the_volume_of_the_measured_solid() -> None:
    """A cell with too few atoms would show as a volume per atom that is too large."""
    checked = 0
    for known in materials():
        solid = known.phases[0]
        # Kelvins do not matter here, and some laws answer at one temperature only.
        eos = replace(solid.eos, vibrations=None)
        if known.formula not in chemical_symbols or eos.p_min_gpa > 0:
            continue
        try:
            crystal = reference_crystal(known.formula)
        except CannotSay:
            continue
        theirs = float(solid_volume(eos, 0.0, eos.t_ref_k or 0.0))
        assert crystal.get_volume() / len(crystal) == pytest.approx(theirs, rel=0.08), known.name
        checked += 1
    assert checked >= 20


def test_cells_without_places_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference_crystals, "POSITIONS", {})
    for element in ("U", "Np"):
        with pytest.raises(CannotSay, match="places in the cell"):
            packing_fraction(element)


@pytest.mark.parametrize("element", ["Ga", "Te", "Se"])
def test_packing_without_a_structure_is_unknown(element: str) -> None:
    """ASE's reference states say hcp of the chains of tellurium and selenium."""
    with pytest.raises(CannotSay, match=r"structure|places"):
        packing_fraction(element)


@pytest.mark.parametrize(
    ("name", "elements"),
    [
        ("Hg-1223 (HgBa2Ca2Cu3O8+d)", "Ba Ca Cu Hg O"),
        ("BaxLa5-xCu5Oy", "Ba Cu La O"),
        ("(La0.9Ba0.1)2CuO4-d", "Ba Cu La O"),
        ("LnFeAsO1-xFx", "As F Fe O"),
        ("H3S (sulfur hydride)", "H S"),
        ("MgB2", "B Mg"),
    ],
)
def test_a_compound_is_known_by_its_elements(name: str, elements: str) -> None:
    assert formula_elements(name) == frozenset(elements.split())


@pytest.mark.parametrize(
    ("formula", "family"),
    [
        ("YBa2Cu3O7-d", "cuprate"),
        ("La3Ni2O7", "nickelate"),
        ("LaFeAsO1-xFx (F-doped LaOFeAs)", "iron-based"),
        ("FeSe (under pressure)", "iron-based"),
        ("H3S (sulfur hydride)", "hydride"),
        ("MgB2", "boride"),
        ("Rb3C60", "fulleride"),
        ("Sc (element)", "element"),
        ("Nb3Sn", "alloy or compound"),
        ("Hg-1223 (HgBa2Ca2Cu3O8+d)", "cuprate"),
    ],
)
def test_families(formula: str, family: str) -> None:
    assert family_of(formula) == family
    assert is_phonon_family(family) == (family not in ("cuprate", "nickelate", "iron-based"))


RARE_EARTHS = ("Y", "La", "Ce", "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er")


def _a7(predicted: float, rest: str) -> PhononTests:
    phases = [Case(f"P{i}", 200.0, {"rival": 200.0 * predicted}, {}, (ROW,)) for i in range(8)]
    landmarks = [Landmark(f"{x}{rest}", 90.0, 0.0, ROW) for x in RARE_EARTHS]
    both = Gathered(tuple(phases))
    return PhononTests(both, both, Gathered(tuple(landmarks)))


def test_a7_flips() -> None:
    low = judge_rows(claim("A7"), _a7(0.1, "Ba2Cu3O7"))
    assert low.verdicts["paper"] == Verdict.SUPPORTED
    assert low.verdicts["rival"] == Verdict.CONTRADICTED
    right = judge_rows(claim("A7"), _a7(1.0, "H10"))
    assert right.verdicts["paper"] == Verdict.CONTRADICTED
    assert right.verdicts["rival"] == Verdict.SUPPORTED


def test_a7s_ceiling_takes_all_pairs_of_measured_and_computed_tc() -> None:
    """It rested on the two phases above 100 K whose coupling is in the catalogue."""
    ceiling = next(n for n in judge("A7").numbers if n.part == "ceiling")
    pairs = dict(ceiling.values)
    assert {"LaH10", "CaH6", "YH6", "H3S", "LaBeH8"} <= set(pairs)
    assert pairs["LaH10"]["measured"] == 250.0
    assert 220 < pairs["LaH10"]["predicted"] < 260
    assert ceiling.rows == len(pairs)
    assert {r.table for r in ceiling.used} == {"hydrides_tc", "couplings"}


def test_a7s_reach_has_one_vote_per_compound() -> None:
    reach = next(n for n in judge("A7").numbers if n.part == "reach")
    compounds = [formula_elements(name) for name, _ in reach.values]
    assert len(set(compounds)) == len(compounds) > 10


def test_a7_predicts_by_computed_couplings_only() -> None:
    """Lead's comes from tunnelling into the superconductor: it would predict itself."""
    size = next(n for n in judge("A7").numbers if n.part == "size")
    used = {r.label for r in size.used}
    assert "H3S (Im-3m), coupling" in used
    assert "Pb (fcc), coupling" not in used
    left = {d.label: d.reason for d in size.dropped}
    assert "not computed" in left["Pb (fcc)"]
    assert "not computed" in left["In (bct)"]


def _b7(found: int, course: str) -> Any:
    ambient = [{"element": m, "status": "none found"} for m in METALS]
    pressed = [{"element": m, "tc_max_k": 5.0, "after_maximum": course} for m in METALS[:found]]
    rho = [
        {
            "element": m,
            "temperature_k": 293.0,
            "resistivity_microohm_cm": 5.0,
            "state": "solid",
            "kind": "table",
        }
        for m in METALS
    ]
    return made_up_world(
        elements_ambient=[*ambient, {"element": "N0", "status": "none found"}, *UNTOLD],
        elements_pressure=pressed,
        resistivity_vs_temperature=rho,
        insulator_metal_transitions=[
            {"material": "N0", "direction": "insulator_to_metal", "pressure_gpa": 9.0},
            {"material": "M0", "direction": "insulator_to_metal", "pressure_gpa": 9.0},
            {
                "material": "FeO (B1)",
                "direction": "insulator_to_metal",
                "pressure_gpa": 9.0,
                "method": "experiment",
            },
            {"material": "CsI", "direction": "insulator_to_metal", "method": "experiment"},
        ],
        dtc_dp=[{"material": "La3Ni2O7", "kind": "pressure_induced", "sign": "induced"}],
    )


@pytest.mark.parametrize(
    ("found", "course", "verdict"),
    [
        (14, "end of study", Verdict.SUPPORTED),
        (1, "not stated", Verdict.CONTRADICTED),
        (14, "falls", Verdict.MIXED),
    ],
)
def test_b7_flips(found: int, course: str, verdict: Verdict) -> None:
    assert judge("B7", _b7(found, course)).verdicts["paper"] == verdict


def test_elements_of_which_nothing_tells_are_left_out_of_b7_and_c10_alike() -> None:
    """A resistivity comes first, then a transition; without either nobody knows."""
    world = _b7(3, "falls")
    metals = judge("B7", world).numbers[0]
    assert metals.rows == len(METALS)
    assert {d.label: d.reason for d in metals.dropped} == {"N0": "it is no metal", "U0": UNKNOWN}
    both = judge("C10", world).numbers[1]
    assert both.rows == len(METALS) + 2
    reasons = {d.label: d.reason for d in both.dropped}
    assert reasons == {"U0": UNKNOWN, "N0": "it is neither a metal nor a ceramic"}


def test_metals_of_which_nothing_is_recorded_count_against_nobody() -> None:
    """Manganese, cobalt, nickel, gadolinium and others counted as tried in vain."""
    for number in (judge("B7").numbers[0], judge("C10").numbers[1]):
        judged = dict(number.values)
        left = {d.label for d in number.dropped if "not recorded" in d.reason}
        assert {"Mn", "Co", "Ni", "Gd"} <= left
        assert not left & set(judged)
        assert "Cu" in judged


def test_ceramics_are_ceramics() -> None:
    """Elements that do not conduct stood for them."""
    tried = dict(judge("C10", _b7(3, "falls")).numbers[1].values)
    shown = {name: v["superconducts under pressure"] for name, v in tried.items() if v["ceramic"]}
    assert shown == {"FeO (B1)": False, "La3Ni2O7": True}
    real = {n for n, v in judge("C10").numbers[1].values if v["ceramic"]}
    assert {"NiO", "MnO"} <= real
    assert not real & {"S", "Se", "P", "Si", "CsI", "ZnSe"}


def _packed(sign: int) -> tuple[Packed, ...]:
    rng = np.random.default_rng(5)
    x = rng.uniform(0.3, 0.74, 40)
    return tuple(
        Packed(f"E{i}", float(p), float(10 + sign * 20 * p + rng.normal(0, 0.5)), ROW)
        for i, p in enumerate(x)
    )


@pytest.mark.parametrize(("sign", "verdict"), [(-1, "supported"), (1, "contradicted")])
def test_c10_flips(sign: int, verdict: str) -> None:
    tried = tuple(
        Tried(f"E{i}", metal=i < 20, found=(i < 20) == (sign > 0), rows=(ROW,)) for i in range(40)
    )
    result = judge_rows(claim("C10"), ElementTests(_packed(sign), tried, ()))
    assert result.verdicts["paper"] == verdict


@pytest.mark.parametrize(
    ("sign", "lorenz", "paper", "rival"),
    [(1, 9.0, "supported", "contradicted"), (-1, 1.0, "contradicted", "supported")],
)
def test_c11_flips(sign: int, lorenz: float, paper: str, rival: str) -> None:
    rng = np.random.default_rng(6)
    conductors = []
    for i, rho in enumerate(rng.uniform(1, 50, 30)):
        held = 51 - rho if lorenz > 1 else rho
        kappa = lorenz * SOMMERFELD * 298.0 / (held * 1e-8)
        conductors.append(ThermalConductor(f"E{i}", float(kappa), float(rho), 298.0, (ROW, ROW)))
    result = judge_rows(claim("C11"), ThermalTests(_packed(sign), tuple(conductors), ()))
    assert (result.verdicts["paper"], result.verdicts["rival"]) == (paper, rival)


def test_sommerfelds_number() -> None:
    """2.44e-8 W ohm/K^2, as in every textbook."""
    assert pytest.approx(2.443e-8, rel=1e-3) == SOMMERFELD


@pytest.mark.parametrize(
    ("ratio", "verdict"), [(1.45, "necessary, not telling"), (5.0, "contradicted")]
)
def test_a7s_heat_jumps_flip_and_tell_nothing(ratio: float, verdict: str) -> None:
    """Any pairs have the jump: it can speak against the rival, not for it."""
    cases = tuple(Case(f"E{i}", ratio + 0.001 * i, {"rival": 1.426}, {}, (ROW,)) for i in range(9))
    nothing: Any = Gathered(())
    result = judge_rows(claim("A7"), PhononTests(nothing, nothing, nothing, Gathered(cases)))
    (number,) = (n for n in result.numbers if n.part == "jump")
    assert result.part_of(number).judge(number) == verdict


def test_heat_jumps_are_over_the_electrons_heat() -> None:
    jumps = {c.group: c for c in heat_jumps(Sources()).cases}
    assert len(jumps) >= 5
    assert jumps["Al"].measured == pytest.approx(1.87 / 1.35, rel=0.02)
    assert jumps["Hg"].measured > 2  # strong coupling, as textbooks have it
    assert all(c.predicted["rival"] == pytest.approx(1.426, rel=1e-3) for c in jumps.values())
    assert {c.rows[1].table for c in jumps.values()} == {"elements_ambient"}


def test_published_couplings_count_unless_they_know_tc() -> None:
    pairs = hydride_pairs(measured.table("hydrides_tc"), measured.table("couplings"))
    used = {r.row for c in pairs.cases for r in c.rows}
    assert {"couplings:YH6-1", "couplings:YH6-2", "couplings:H3S-2"} <= used
    dropped = {d.row: d.reason for d in pairs.dropped}
    fitted = [r for r in measured.table("couplings") if r["kind"] != "calculated"]
    assert fitted
    for row in (*fitted, measured.find_row("couplings:H3S-1")):
        assert "fitted to Tc" in dropped[row.id]


def _c11_light(sign: int) -> ThermalTests:
    mirrors = tuple(
        Mirror(p.element, p.value, 50 - 40 * p.packing if sign < 0 else 1 + 40 * p.packing, (ROW,))
        for p in _packed(1)
    )
    return ThermalTests((), (), (), _packed(sign), (), mirrors)


@pytest.mark.parametrize(
    ("sign", "paper", "rival"),
    [(1, "supported", "contradicted"), (-1, "contradicted", "supported")],
)
def test_c11s_lustre_flips(sign: int, paper: str, rival: str) -> None:
    result = judge_rows(claim("C11"), _c11_light(sign))
    found = {n.part: result.part_of(n).judge(n) for n in result.numbers}
    assert (found["lustre"], found["mirror"]) == (paper, rival)


def test_reflectivity_is_the_median_of_an_elements_sets() -> None:
    values, rows = reflectivities(Sources())
    assert 0.9 < values["Ag"].value < 1
    assert values["Ag"].value > values["Cu"].value > values["Si"].value
    assert len(rows["Au"]) > 10
    assert values["Au"].row in rows["Au"]
    assert "Hg" not in {n.element for n in c11_gather(Sources()).mirrors}
