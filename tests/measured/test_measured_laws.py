"""Physics that whole tables must keep; known exceptions are named with reasons."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np
import pytest
from ase.data import atomic_masses, atomic_numbers
from ase.geometry import cellpar_to_cell

from isotunnel import measured

LORENZ = 2.44e-8  # W ohm/K^2, Sommerfeld value
ELECTRONS_SHARE_HEAT = {
    # Heat is carried by the lattice too, or the sources are of different specimens or directions.
    "Cr": "antiferromagnetic, several bands",
    "Ga": "very anisotropic",
    "Pm": "estimated values",
    "Eu": "estimated values",
    "Tb": "magnetic",
}


def near_room(state="solid"):
    """Rows of resistivity between 270 and 301 K, by element."""
    found = defaultdict(list)
    for row in measured.table("resistivity_vs_temperature").where(state=state):
        if 270 <= row.number("temperature_k") <= 301:
            found[row.text("element")].append(row)
    return found


def thermal(quantity):
    """Rows of the thermal table worth using, by element."""
    found = defaultdict(list)
    for row in measured.table("thermal").where(quantity=quantity):
        if row.grade != "D":
            found[row.text("element")].append(row)
    return found


def spread(values):
    return max(values) / min(values)


def test_wiedemann_franz():
    """Thermal conductivity times resistivity over temperature is near Lorenz's number."""
    rows, checked = near_room(), 0
    for element, (kappa, *_) in thermal("thermal_conductivity").items():
        if element in ELECTRONS_SHARE_HEAT:
            continue
        for row in rows.get(element, []):
            rho = row.number("resistivity_microohm_cm") * 1e-8
            ratio = kappa.number("value") * rho / row.number("temperature_k") / LORENZ
            assert 0.65 < ratio < 1.5, row.id
            checked += 1
    assert checked > 60


def test_two_sources_of_a_resistivity_agree_or_are_flagged():
    checked = 0
    for element, rows in near_room().items():
        scaled = [r.number("resistivity_microohm_cm") / r.number("temperature_k") for r in rows]
        if len(rows) > 1 and not all("competing" in r.note for r in rows):
            assert spread(scaled) < 1.15, element
            checked += 1
    assert checked > 20


def test_resistivity_rises_with_temperature_within_a_source():
    series = defaultdict(list)
    for row in measured.table("resistivity_vs_temperature").where(state="solid"):
        series[row.text("element"), row.source].append(row)
    pairs = 0
    for rows in series.values():
        rows.sort(key=lambda r: r.number("temperature_k"))
        for low, high in pairwise(rows):
            rises = high["resistivity_microohm_cm"] >= low["resistivity_microohm_cm"]
            assert rises or "phase" in high.note, high.id  # zirconium turns bcc
            pairs += 1
    assert pairs > 300


def test_signs_of_pressure_coefficients():
    rows = [r for r in measured.table("pressure_coefficient") if r["dlnr_dp_per_gpa"] is not None]
    for row in rows:
        assert (row.number("dlnr_dp_per_gpa") > 0) == (row["sign"] == "rises"), row.id
    assert {r["sign"] for r in rows} == {"rises", "falls"}


def test_signs_of_pressure_effects_on_tc():
    signs = {"rises": 1, "falls": -1, "flat": 0}
    rows = [r for r in measured.table("dtc_dp") if r["dtc_dp_k_per_gpa"] is not None]
    for row in rows:
        assert np.sign(row.number("dtc_dp_k_per_gpa")) == signs[row.text("sign")], row.id
    assert len(rows) > 40


def test_slopes_of_one_material_agree_or_are_flagged():
    slopes = defaultdict(list)
    for row in measured.table("dtc_dp"):
        printed = row["dtc_dp_k_per_gpa"] is not None and row["from_ambient"]
        if printed and row["kind"] in ("slope", "two_point_average"):
            slopes[row.text("group")].append(row)
    assert sum(len(rows) > 1 for rows in slopes.values()) >= 5
    for group, rows in slopes.items():
        values = [abs(r.number("dtc_dp_k_per_gpa")) for r in rows if "competing" not in r.note]
        assert len(values) < 2 or spread(values) < 1.2, group


def test_superconductors_have_a_tc_and_others_none():
    statuses = Counter(r["status"] == "superconductor" for r in measured.table("elements_ambient"))
    assert min(statuses[True], statuses[False]) > 20
    for row in measured.table("elements_ambient"):
        if row["status"] == "superconductor":
            assert row.number("tc_k") > 0
            assert row["tested_down_to_k"] is None
        else:
            assert row["tc_k"] is None, row.id


def test_pressure_raises_the_record_above_ambient():
    ambient = {
        r.text("element"): r.number("tc_k")
        for r in measured.table("elements_ambient").where(status="superconductor")
    }
    compared = 0
    for row in measured.table("elements_pressure"):
        element = row.text("element")
        assert row["ambient_superconductor"] == (element in ambient), row.id
        if row["tc_max_k"] is not None and element in ambient:
            assert row.number("tc_max_k") >= ambient[element], row.id
        for low, high in (
            ("onset_pressure_gpa", "pressure_at_tc_max_gpa"),
            ("tc_at_onset_k", "tc_max_k"),
        ):
            if row[low] is not None and row[high] is not None:
                assert row.number(low) <= row.number(high), row.id
                compared += 1
    assert compared > 20


def test_elements_among_the_landmarks_have_their_tc():
    ambient = {
        r.text("element"): r.number("tc_k")
        for r in measured.table("elements_ambient").where(status="superconductor")
    }
    compared = 0
    for row in measured.table("landmarks").where(status="established"):
        element = row.text("material").split(" ")[0]
        if element in ambient and not row["pressure_gpa"]:
            assert row.number("tc_k") == pytest.approx(ambient[element], rel=0.03), row.id
            compared += 1
    assert compared >= 5


def test_critical_field_slopes_fit_the_fields_at_zero():
    """-Tc (dHc/dT) / Hc0 is 2 for a parabola and 1.74 in weak coupling."""
    table = measured.table("critical_fields")
    fields = {r["material"]: r for r in table.where(quantity="Hc0")}
    checked = 0
    for row in table.where(quantity="-dHc/dT at Tc"):
        if row["material"] in fields:
            field = fields[row["material"]].number("value")
            assert 1.5 < row.number("value") * row.number("temperature_k") / field < 2.2, row.id
            checked += 1
    assert checked >= 3


def test_measured_isotope_exponents_lie_between_minus_one_and_one():
    """All but that of uranium, which is reported as about -2."""
    rows = [
        r for r in measured.table("isotope_effect").where(kind="measured") if r["material"] != "U"
    ]
    values = [r["alpha"] if r["alpha"] is not None else r["alpha_from_shift"] for r in rows]
    assert len(values) > 15
    assert all(v is None or -1 < v < 1 for v in values)


def test_two_compilations_agree_on_expansion():
    """Other thermal quantities have one source each; two tables are compared below."""
    every = thermal("linear_expansion")
    assert sum(len({r.source for r in rows}) > 1 for rows in every.values()) > 20
    for element, rows in every.items():
        assert spread([r.number("value") for r in rows]) <= 1.25, element


def test_two_tables_agree_on_debye_temperatures():
    other = thermal("debye_temperature")
    rows = measured.table("metals_transport").where(quantity="debye_temperature")
    both = [r for r in rows if r.text("element") in other]
    assert len(both) > 40
    for row in both:
        first = other[row.text("element")][0]
        assert 0.85 < row.number("value") / first.number("value") < 1.18, row.id


def test_molar_volume_is_mass_over_density():
    density, volumes = thermal("density"), thermal("molar_volume")
    assert len(volumes) > 40
    for element, (row, *_) in volumes.items():
        mass = atomic_masses[atomic_numbers[element]]
        expected = mass / density[element][0].number("value") * 1e3
        assert row.number("value") == pytest.approx(expected, rel=3e-3), row.id


def test_gruneisen_from_expansion_is_what_it_says():
    parts = {
        q: thermal(q)
        for q in ("linear_expansion", "bulk_modulus", "molar_volume", "molar_heat_capacity")
    }
    derived = thermal("gruneisen_from_expansion")
    assert len(derived) > 30
    for element, (row, *_) in derived.items():
        alpha, bulk, volume, heat = (p[element][0].number("value") for p in parts.values())
        expected = 3 * alpha * 1e-6 * bulk * 1e9 * volume * 1e-6 / heat
        assert row.number("value") == pytest.approx(expected, rel=0.01), row.id


def test_cubic_bulk_moduli_follow_from_the_constants():
    checked = 0
    for row in measured.table("elastic"):
        if row["averaging"] == "Voigt-Reuss-Hill (computed by us)" and row["c13_gpa"] is None:
            expected = (row.number("c11_gpa") + 2 * row.number("c12_gpa")) / 3
            assert row.number("bulk_modulus_gpa") == pytest.approx(expected, rel=0.01), row.id
            assert row.number("c11_gpa") > row.number("c12_gpa"), row.id  # stable under shear
            checked += 1
        if row["pugh_ratio"] is not None:
            ratio = row.number("shear_modulus_gpa") / row.number("bulk_modulus_gpa")
            assert row.number("pugh_ratio") == pytest.approx(ratio, abs=2e-3), row.id
    assert checked > 50


def test_bulk_moduli_of_one_material_agree():
    groups = defaultdict(list)
    for row in measured.table("elastic"):
        if row["bulk_modulus_gpa"] is not None and row.grade != "D":
            groups[row.text("material")].append(row.number("bulk_modulus_gpa"))
    assert sum(len(v) > 1 for v in groups.values()) > 15
    for material, values in groups.items():
        assert spread(values) < 1.3, material


def test_fluids_boil_between_triple_and_critical_point():
    assert len(measured.table("conventional_phases")) > 3
    for row in measured.table("conventional_phases"):
        assert row.number("triple_point_k") < row.number("critical_point_k"), row.id
        if row["boiling_point_k"] is not None:
            boiling = row.number("boiling_point_k")
            assert boiling < row.number("critical_point_k"), row.id
            assert boiling >= row.number("triple_point_k") or row.note, row.id


def test_helium_under_its_own_vapour():
    """Everything said of it lies below the critical point; its pressure rises with temperature."""
    critical_k = 5.2
    every = measured.table("helium").where(condition="SVP", isotope="4He")
    rows = [r for r in every if r["temperature_k"] is not None]
    assert len(rows) > 100
    for row in rows:
        assert 0 <= row.number("temperature_k") < critical_k, row.id
    pressure = sorted(
        (r.source, r.number("temperature_k"), r.number("value"))
        for r in rows
        if r["property"] == "saturated vapour pressure"
    )
    same_source = [(low, high) for low, high in pairwise(pressure) if low[0] == high[0]]
    assert len(same_source) > 10
    for low, high in same_source:
        assert low[1] < high[1], (low, high)
        assert low[2] < high[2], (low, high)


def test_helium_freezes_at_11_gpa_at_room_temperature():
    """Not at 113 GPa, which a factor of ten has made of 115 kbar."""
    rows = [
        r.number("value")
        for r in measured.table("helium").where(unit="GPa", isotope="4He")
        if "melting" in r.text("property") and 290 <= r.number("temperature_k") <= 301
    ]
    assert len(rows) >= 2
    assert all(10.5 < v < 12.5 for v in rows)


def test_pressure_rises_with_depth_in_the_earth():
    rows = measured.table("planets_prem").rows
    assert len(rows) > 50
    for above, below in pairwise(rows):
        assert below.number("depth_km") >= above.number("depth_km")
        assert below.number("pressure_gpa") >= above.number("pressure_gpa")
        assert (below["depth_km"] == above["depth_km"]) == (below["side"] == "below")


def test_dipole_moments_follow_from_the_coefficients():
    rows = [r for r in measured.table("planets_magnetic") if r["dipole_moment_a_m2"] is not None]
    assert len(rows) > 3
    for row in rows:
        g = math.hypot(*(row.number(f"{c}_nt") for c in ("g10", "g11", "h11"))) * 1e-9
        moment = 1e7 * (row.number("reference_radius_km") * 1e3) ** 3 * g
        assert row.number("dipole_moment_a_m2") == pytest.approx(moment, rel=1e-3), row.id


def test_hydride_cells_have_the_volume_they_say():
    checked = 0
    for row in measured.table("hydrides_structures"):
        if row["a_angstrom"] is None or row["volume_per_formula_angstrom3"] is None:
            continue
        lengths = [row.number(f"{x}_angstrom") for x in "abc"]
        angles = [row.number(f"{x}_degree") for x in ("alpha", "beta", "gamma")]
        volume = abs(np.linalg.det(cellpar_to_cell(lengths + angles)))
        per_formula = volume / row.number("formula_units")
        assert row.number("volume_per_formula_angstrom3") == pytest.approx(per_formula, rel=2e-3)
        checked += 1
    assert checked > 25


def test_hydride_rows_point_to_rows():
    rows = [r for r in measured.table("hydrides_structures") if r["tc_row"] is not None]
    assert len(rows) > 20
    for row in rows:
        assert measured.find_row(row.text("tc_row")).table == "hydrides_tc"


def test_benchmark_hydrides_have_as_many_atoms_as_sites():
    assert len(measured.table("hydrides_htsc2025")) > 50
    for row in measured.table("hydrides_htsc2025"):
        sites = re.findall(r"(?:^|; )\S+ (\d+)[a-zA-Z] ", row.text("sites"))
        assert sum(map(int, sites)) == row["atoms"], row.id


def test_no_measured_hydride_superconducts_above_the_record():
    rows = measured.table("hydrides_tc").where(kind="measured", superconductivity="found")
    values = [r.quantity("tc_k") for r in rows]
    assert len(values) > 20
    assert all((q.value or q.low or 0) <= 260 for q in values)
    assert all(
        r["tc_k"] is None
        for r in measured.table("hydrides_tc").where(superconductivity="none found")
    )


def test_grades_are_not_all_one():
    """A grade that never varies would say nothing."""
    grades = [r.grade for n in measured.tables() for r in measured.table(n)]
    assert all(grades.count(g) > 3 for g in measured.GRADES)
