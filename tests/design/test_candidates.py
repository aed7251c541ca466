"""Candidates by substitution: filters, cells, the order, and what the ranking is worth."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from isotunnel.crystal.elements import electronegativities
from isotunnel.design import Prototype, candidates, judge, prototypes, ranked
from isotunnel.design.candidates import parent_of, radius, scaled, spread_of, volume_errors
from isotunnel.design.judge import CANNOT_SAY, HELPS, HURTS, Made, made
from isotunnel.design.plan import HIGH_TC_K, SLACK, SPREAD_SHOWN
from isotunnel.design.rank import Ranked, mass_ratio, order, packed_ranking
from isotunnel.errors import InputError


@cache
def by_name() -> dict[str, Prototype]:
    """The prototypes, when a test first asks: to build them takes seconds."""
    return {p.name: p for p in prototypes()}


def test_sites_keep_their_kind_of_element() -> None:
    """The small cation stands first, whatever its name."""
    assert by_name()["XYH8"].members[0].roles == ("B", "La")
    assert by_name()["X2MH6"].members
    for member in by_name()["X2MH6"].members:
        counts = Counter(member.atoms.get_chemical_symbols())
        assert [counts[s] for s in member.roles] == [1, 2]
    perovskites = {m.name.rpartition("-")[2]: m.roles for m in by_name()["MXH3"].members}
    assert perovskites["SrTcH3"] == ("Tc", "Sr")
    assert perovskites["KHgH3"] == ("Hg", "K")
    assert by_name()["ZMX3"].members[0].roles == ("C", "Mg", "Ni")
    assert not by_name()["A15"].hydride


@pytest.mark.parametrize("name", ["XH6", "X2MH6", "A15"])
def test_candidates_pass_the_filters_and_hold_their_prototype(name: str) -> None:
    prototype = by_name()[name]
    found = candidates(prototype)
    assert found
    shape = sorted(Counter(prototype.members[0].atoms.get_chemical_symbols()).values())
    for c in found:
        assert sorted(Counter(c.atoms.get_chemical_symbols()).values()) == shape
        assert 0 <= c.beyond_size <= SLACK / (1 - SLACK) + 1e-9
        if prototype.hydride:
            assert "H" in c.atoms.get_chemical_symbols()
    sites = zip(*(m.roles for m in prototype.members), strict=True)
    for n, known in enumerate(sites):
        radii = [radius(s) for s in known]
        for c in found:
            assert min(radii) * (1 - SLACK) <= radius(c.elements[n]) <= max(radii) * (1 + SLACK)


def test_cations_of_hydrides_give_electrons_to_hydrogen() -> None:
    scale = electronegativities()
    assert all(scale[c.elements[0]] < scale["H"] for c in candidates(by_name()["XH6"]))
    assert {"CaH6", "YH6", "LaH6"} <= {c.formula for c in candidates(by_name()["XH6"])}


def test_a_known_member_is_built_on_another() -> None:
    prototype = by_name()["XH6"]
    calcium = next(c for c in candidates(prototype) if c.formula == "CaH6")
    assert calcium.known
    assert calcium.cell_of == "YH6"
    assert parent_of(by_name()["H3X"], ("S",)).name == "H3S@200GPa"


def test_volumes_follow_covalent_spheres() -> None:
    parent = by_name()["XH6"].members[0]
    atoms, ratio = scaled(parent, ("Y",))
    spheres = [sum(radius(s) ** 3 for s in (x, *"HHHHHH")) for x in ("Y", "Ca")]
    assert ratio == pytest.approx(spheres[0] / spheres[1])
    assert atoms.get_volume() == pytest.approx(parent.atoms.get_volume() * ratio)
    assert scaled(parent, ("Ca",))[1] == 1.0
    errors = dict(volume_errors([by_name()["XH6"]]))
    assert errors["CaH6"] == pytest.approx(-errors["YH6"])
    assert spread_of([by_name()["XH6"]]) == pytest.approx(abs(errors["CaH6"]))


def _made_up(formula: str, prototype: str, gap: float | None, mass: float) -> Ranked:
    reason = "" if gap is not None else "no 3D tunnel"
    return Ranked(
        formula, prototype, "x", None, 1.0, 0.0, False, gap, 0.1, None, None, mass, reason
    )


def _field(sign: float) -> tuple[list[Ranked], list[Made]]:
    """20 candidates in two prototypes; the five that superconduct lie lowest, or highest."""
    metals = ("Ca", "Y", "La", "Sr", "Sc", "Tb", "Lu", "Dy", "Na", "K")
    field, known = [], []
    for prototype in ("XH6", "XH9"):
        for n, metal in enumerate(metals):
            formula = f"{metal}{prototype[1:]}"
            field.append(_made_up(formula, prototype, sign * (n - 4.0), 10.0))
            if n < 5:
                known.append(Made(formula, prototype, 200.0 if n < 3 else 5.0, 150.0, "made up"))
    return field, known


def test_a_ranking_that_knows_helps_and_one_that_errs_hurts() -> None:
    for sign, verdict in ((1.0, HELPS), (-1.0, HURTS)):
        field, known = _field(sign)
        found = judge(field, known)
        by_name = {(a.name, a.within): a for a in found.areas}
        assert by_name["found", True].verdict == by_name["found", False].verdict == verdict
        assert by_name["found", True].composition == (0.5, 0.5, 0.5)
        # Six successes, but four failures: too few to say.
        assert by_name["told apart", True].verdict == CANNOT_SAY
        assert found.precision[0][1] == (0.6 if sign > 0 else 0.0)
        assert found.precision[0][3] == pytest.approx(6 / 20)


def test_places_and_what_is_lost() -> None:
    field, known = _field(1.0)
    found = judge(field, [*known, Made("LaBeH8", "XYH8", 110.0, 80.0, "made up")])
    assert [m.formula for m in found.lost] == ["LaBeH8"]
    assert found.made[0] == (known[0], 1)
    assert found.candidates == 20


def test_order_and_words() -> None:
    none, low, high = (_made_up("CaH6", "XH6", g, 1.0) for g in (None, -1.0, 1.0))
    assert order([none, high, low]) == [low, high, none]
    assert none.predicted == "cannot say: no 3D tunnel"
    assert "other volumes not computed" in low.predicted
    assert replace(low, gap_denser_ev=-2.0, gap_wider_ev=-0.1).predicted == "superconducts"
    assert "not at every volume" in replace(high, gap_denser_ev=-0.2, gap_wider_ev=2.0).predicted


def test_the_shipped_ranking_is_that_of_the_candidates(tmp_path: Path) -> None:
    every = {(c.formula, c.prototype, c.elements): c for p in prototypes() for c in candidates(p)}
    found = ranked()
    assert Counter(r.prototype for r in found) == Counter(c.prototype for c in every.values())
    assert list(found) == order(found)
    assert sum(r.gap_denser_ev is not None for r in found) >= 0.9 * SPREAD_SHOWN
    again = tmp_path / "again.gz"
    again.write_bytes(packed_ranking(found))
    assert ranked(again) == found
    masses = {(c.formula, c.prototype): mass_ratio(c) for c in every.values()}
    assert all(r.mass_ratio == pytest.approx(masses[r.formula, r.prototype], rel=1e-5)
               for r in found if r.mass_ratio is not None)  # fmt: skip
    with pytest.raises(InputError, match="no ranking"):
        ranked(tmp_path / "none.gz")


def test_shipped_gaps_are_computed_again() -> None:
    from isotunnel.design.rank import _ranked

    there = {(r.formula, r.prototype): r for r in ranked()}
    for name, formula in (("XH6", "CaH6"), ("H3X", "H3S")):
        candidate = next(c for c in candidates(by_name()[name]) if c.formula == formula)
        gap = there[formula, name].gap_ev
        assert gap == pytest.approx(_ranked(candidate).gap_ev, abs=1e-4)


def test_every_hydride_that_was_made_has_a_source() -> None:
    assert sum(m.success for m in made()) >= 6
    assert all(m.source and m.pressure_gpa > 0 for m in made())
    assert {m.formula for m in made() if not m.success} == {
        m.formula for m in made() if m.tc_k < HIGH_TC_K
    }
