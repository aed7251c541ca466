"""When a potential's pressure is believed: the rule, on made-up points and on the shipped table."""

from __future__ import annotations

import pytest

from isotunnel.engines.mlip.compared import Compared, by_crystal, compared, reach_of
from isotunnel.engines.mlip.families import family_of
from isotunnel.engines.mlip.plan import FEWEST_VOLUMES, met
from isotunnel.engines.mlip.trust import by_family, by_points


def points(*pairs: tuple[float, float | None], crystal: str = "x") -> list[Compared]:
    return [Compared(crystal, "salt", 10.0 - n, gpaw, own) for n, (gpaw, own) in enumerate(pairs)]


def test_a_point_is_met_within_15_per_cent_and_near_zero_of_5_gpa() -> None:
    assert met(115.0, 100.0)
    assert not met(115.1, 100.0)
    assert met(0.75, 0.0)
    assert not met(0.76, 0.0)
    assert met(-0.7, 0.0)


def test_the_reach_ends_before_the_first_point_that_is_off() -> None:
    assert reach_of(points((0, 0), (10, 11), (20, 22))) == 20
    assert reach_of(points((0, 0), (10, 11), (20, 22), (30, 40), (40, 40))) == 20
    assert reach_of(points((0, 0), (10, 11))) is None
    assert reach_of(points((0, 5), (10, 11), (20, 22), (30, 30))) is None
    assert reach_of(points((0, 0), (10, None), (20, 22))) is None
    assert reach_of([]) is None


def test_words_say_what_failed_and_where() -> None:
    few = by_points(points((0, 0)), "b")
    assert (few.reach_gpa, few.reason) == (None, "GPAW has 1 of the 3 volumes that are needed")
    off = by_points(points((0, 0), (10, 20), (20, 20)), "b")
    assert off.reach_gpa is None
    assert "at 2 of 3 volumes, first off at 10 GPa, where it gives 20 GPa" in off.reason
    assert "up to 20 GPa" in by_points(points((0, 0), (10, 10), (20, 20)), "b").reason


def test_a_family_is_shown_by_three_crystals_that_all_have_a_reach() -> None:
    good = [(0, 0), (10, 10), (20, 20)]
    two = points(*good, crystal="a") + points(*good, (30, 30), crystal="b")
    assert by_family(two, "salt").reach_gpa is None
    assert by_family(two + points(*good, crystal="c"), "salt").reach_gpa == 20
    bad = by_family(two + points((0, 9), (10, 10), (20, 20), crystal="c"), "salt")
    assert bad.reach_gpa is None
    assert "2 of 3 crystals compared have a reach, without one: c" in bad.reason
    # A crystal with too few volumes counts neither way.
    assert by_family(two + points((0, 9), crystal="c"), "salt").reach_gpa is None
    assert by_family(two, "hydride").reach_gpa is None


@pytest.mark.parametrize(
    ("symbols", "family"),
    [
        ("La H", "hydride"),
        ("H", "hydride"),
        ("Xe", "noble gas"),
        ("Si", "covalent"),
        ("Si O", "covalent"),
        ("P Cl", "molecular"),
        ("Al", "simple metal"),
        ("Na K", "simple metal"),
        ("Fe", "transition metal"),
        ("Nb Ti", "transition metal"),
        ("Nb Al", "alloy or compound"),
        ("Na Cl", "salt"),
        ("Mg O", "salt"),
        ("Mg B", "alloy or compound"),
        ("Fe C", "alloy or compound"),
    ],
)
def test_families(symbols: str, family: str) -> None:
    assert family_of(symbols.split()) == family


def test_the_shipped_table_compares_at_least_twenty_crystals_up_to_150_gpa() -> None:
    crystals = by_crystal(compared())
    enough = {n: own for n, own in crystals.items() if len(own) >= FEWEST_VOLUMES}
    assert len(enough) >= 20
    assert max(p.gpaw_gpa for p in compared()) == pytest.approx(150, abs=0.5)
    for name, own in crystals.items():
        volumes = [p.volume_per_atom_a3 for p in own]
        assert volumes == sorted(volumes, reverse=True), name
    assert compared("nothing of the kind") == ()
