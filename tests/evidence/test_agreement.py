"""Tables agree with each other, or say that they do not; faults that were found stay mended."""

from __future__ import annotations

import math

import pytest

from isotunnel import measured
from isotunnel.errors import CannotSay, InputError
from isotunnel.evidence import agreement
from isotunnel.evidence.agreement import Value, compare
from isotunnel.matter.library import materials


def test_the_scale_factor_is_that_of_the_particle_data_group():
    same = compare("X", "q", "1", [Value("a", 10.0, 1.0), Value("b", 10.5, 1.0)])
    assert same.scale == 1.0
    assert same.error == pytest.approx(1 / math.sqrt(2))
    assert not same.disagrees
    # chi^2 = 2 (3/1)^2 = 18 for two values six errors apart, one degree of freedom.
    apart = compare("X", "q", "1", [Value("a", 10.0, 1.0), Value("b", 16.0, 1.0)])
    assert apart.mean == 13.0
    assert apart.scale == pytest.approx(math.sqrt(18))
    assert apart.error == pytest.approx(math.sqrt(18) / math.sqrt(2))
    assert apart.disagrees
    # The surer value counts more.
    assert compare("X", "q", "1", [Value("a", 0.0, 0.1), Value("b", 10.0, 1.0)]).mean < 0.2


def test_without_an_error_there_is_no_scale_factor():
    vague = compare("X", "q", "1", [Value("a", 10.0, 1.0), Value("b", 12.0, None)])
    assert vague.error is vague.scale is None
    assert vague.mean == 11.0
    assert vague.disagrees
    assert not compare("X", "q", "1", [Value("a", 10.0, 1.0), Value("b", 10.5, None)]).disagrees
    with pytest.raises(CannotSay, match="nothing to compare"):
        compare("X", "q", "1", [Value("a", 10.0, 1.0)])
    with pytest.raises(InputError, match="zero or less"):
        compare("X", "q", "1", [Value("a", 10.0, 0.0), Value("b", 10.0, 1.0)])


def test_a_superconductor_of_one_table_is_absent_from_none():
    """Germanium was in the catalogue with its Tc, and absent from the elements under pressure."""
    told = agreement.superconducting_elements()
    assert len(told) >= 40
    assert any("catalogue" in where for where in told["Ge"])
    assert agreement.missing_superconductors() == {}
    listed = {r.text("element") for r in measured.table("elements_pressure")}
    assert {"Ge", "As", "I", "Br"} <= listed


def test_every_disagreement_holds_all_its_values():
    found = agreement.disagreements()
    assert len(found) >= 8
    by_quantity = {(c.material, c.quantity): c for c in found}
    slope = by_quantity["MgB2", "dTc/dP"]
    assert slope.scale > 5
    assert len(slope.values) == 3
    for one in found:
        assert len(one.values) > 1
        assert all(v.row for v in one.values)
        assert (one.scale is None) == any(v.error is None for v in one.values)


def test_moduli_of_the_equations_of_state_stand_near_the_elastic_constants():
    """K0 of zirconium was 113.7 GPa with K0' = 1, of scandium 44.5, beside 94 and 57 to 67."""
    checked = 0
    for one in agreement.comparisons():
        if one.quantity != "bulk modulus":
            continue
        mine = next((v.value for v in one.values if v.row.startswith("matter")), None)
        if mine is None:
            continue
        others = [v.value for v in one.values if not v.row.startswith("matter")]
        assert min(abs(mine / x - 1) for x in others) < 0.16, one.material
        checked += 1
    assert checked >= 25
    primes = {(m.name, p.name): p.eos.isotherm.k0_prime for m in materials() for p in m.phases}
    assert primes["Zr", "alpha"] > 2


def test_rows_known_to_be_wrong_are_gone():
    with pytest.raises(InputError):
        measured.table("thermal").row("thermal:C-9")
    with pytest.raises(InputError):
        measured.table("thermal").row("thermal:Te-6")
    stiff = [r for r in measured.table("elastic") if r["c11_gpa"] == 523.6]
    assert {r.text("material") for r in stiff} <= {"W"}


@pytest.mark.parametrize("element", ["Al", "Cd", "Zn"])
def test_an_average_to_an_extrapolated_pressure_is_no_slope(element):
    rows = [r for r in measured.table("dtc_dp") if r["material"] == element]
    assert rows
    for row in rows:
        assert row["sign"] == "falls"
        assert row["dtc_dp_k_per_gpa"] is None or row["kind"] == "slope"


def test_landmarks_list_what_superconducts_without_pressure():
    rows = list(measured.table("landmarks"))
    hg1212 = [r["pressure_gpa"] for r in rows if r.text("material") == "HgBa2CaCu2O6+d"]
    assert 0.0 in hg1212
    compounds = {r.text("material").split(" (")[0] for r in rows}
    assert "(La,Ba)2CuO4" in compounds
    assert not any("LaBaCuO" in c for c in compounds)
    # Ambient superconductors above 30 K of one table are in the other.
    known = {r.text("material").replace("O7-d", "O7").split(" ")[0] for r in rows}
    for row in measured.table("dtc_dp"):
        tc = row["tc_k"]
        if tc is None or tc <= 30 or row["use_in_bias_test"] is not True or row.grade == "D":
            continue
        name = row.text("group") or row.text("material")
        assert any(name[:6].startswith(k[:6]) for k in known) or name.startswith(
            ("Hg-12", "NdFe")
        ), name
