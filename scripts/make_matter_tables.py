"""Derive the equation-of-state tables that ``isotunnel.matter`` ships from the raw evidence.

Reads ``src/isotunnel/matter/data/raw/*.csv`` (one published number per row, with unit,
uncertainty, conditions, source and grade) and writes ``src/isotunnel/matter/data/*.csv``::

    python scripts/make_matter_tables.py            # write
    python scripts/make_matter_tables.py --check    # compare with what is there, exit 1 if stale

What is derived, and how:

* volumes per cell to volumes per atom;
* E(V)-like parameters of H3S from the volume scan in ``raw/scan.csv``;
* K0' of a set with a ``volume_at_pressure`` row: so that the isotherm passes through that point;
* the thermal part, by the first of these that the raw data allow (column ``thermal_origin``):
  ``fitted`` to P-V-T data of that phase; ``expansion``: gamma0 such that the volume expansion at
  298 K and zero pressure is the measured one, with the measured low-temperature Debye temperature
  (where that is unknown or above 1000 K: the one that gives the heat capacity at 298 K) and q = 1;
  ``published`` gamma and Debye temperature; ``carried``: those of the material's first phase at
  the same volume; ``estimate``: quasi-harmonic from the bulk modulus (nu = 0.25, Slater);
* laws that sources print are kept: gamma with a limit at infinite compression, electronic and
  anharmonic terms; a cold curve to which the source adds the pressure of heat from 0 K on, zero
  point left out, is the isotherm at 0 K;
* Kechin's parameters from three points on a melting curve.

Rows of grade X are known to be wrong, kept for the record, and skipped. Other grades: A a fit to
data, read from a curated copy; B a table or abstract; C derived with an assumption; D quoted
without opening the source again, or estimated.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from pathlib import Path

import numpy as np
from ase.data import atomic_masses, atomic_numbers
from ase.formula import Formula
from scipy.optimize import brentq

from isotunnel.errors import InputError
from isotunnel.matter.debye import heat_capacity
from isotunnel.matter.fit import fit_pressures
from isotunnel.matter.invert import solid_volume
from isotunnel.matter.isotherm import Isotherm
from isotunnel.matter.quasiharmonic import quasiharmonic_solid
from isotunnel.matter.solid import SolidEos
from isotunnel.matter.state import AVOGADRO_EV_TO_J_MOL
from isotunnel.matter.vibrations import Vibrations

DATA = Path(__file__).parents[1] / "src/isotunnel/matter/data"
HEAT_K = 298.0
"""Temperature of the tabulated heat capacities and expansions: 25 degrees Celsius, rounded."""
FORMULAS = {"diamond": "C"}
OPEN_STRUCTURES = {"A4", "A7", "Fddd"}  # their vibrations say nothing of the dense phases'
PARTICLES = {"H2": 0.5}
FLUIDS = {
    "H2": "Hydrogen",
    "He": "Helium",
    "Ne": "Neon",
    "Ar": "Argon",
    "Kr": "Krypton",
    "Xe": "Xenon",
}
TITLES = {
    "H2": "hydrogen",
    "He": "helium",
    "H3S": "trihydrogen sulphide",
    "diamond": "diamond (metastable carbon below about 2 GPa)",
}
SOLID_COLUMNS = [
    *("material", "phase", "structure", "form", "v0_angstrom3", "v0_error", "k0_gpa", "k0_error"),
    *("k0_prime", "k0_prime_error", "t_ref_k", "p_min_gpa", "p_max_gpa", "theta0_k", "gamma0"),
    *("q", "gamma_inf", "thermal_v0_angstrom3", "particles_per_atom", "electronic_per_k"),
    *("electronic_exponent", "anharmonic_per_k", "anharmonic_exponent", "t_max_k"),
    *("thermal_origin", "source"),
    *("doi", "thermal_source", "grade", "note"),
]
MATERIAL_COLUMNS = [
    *("material", "formula", "title", "mass_u", "melting_k", "boiling_k", "critical_k"),
    *("critical_gpa", "vaporisation_kj_mol", "fluid", "source", "grade"),
]
MELTING_COLUMNS = [
    *("material", "form", "t0_k", "p0_gpa", "a_gpa", "b", "c", "p_min_gpa", "p_max_gpa"),
    *("source", "doi", "grade", "note"),
]

Row = dict[str, str]


def read(name: str) -> list[Row]:
    """Rows of one raw table."""
    with (DATA / "raw" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str | None) -> float | None:
    return float(text) if text not in (None, "") else None


def shown(value: object) -> str:
    """Six significant digits: enough to regenerate the same file on any machine."""
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def mean_mass(formula: str) -> float:
    counts = Formula(formula).count()
    total = sum(atomic_masses[atomic_numbers[s]] * n for s, n in counts.items())
    return float(total / sum(counts.values()))


def static_sets() -> dict[tuple[str, str], dict[str, Row]]:
    sets: dict[tuple[str, str], dict[str, Row]] = {}
    for row in read("static.csv"):
        sets.setdefault((row["material"], row["phase"]), {})[row["quantity"]] = row
    return sets


def scanned() -> dict[str, object]:
    """H3S: Vinet through the pressures of the DFT scan."""
    rows = read("scan.csv")
    volumes = [float(r["volume_angstrom3_per_atom"]) for r in rows]
    pressures = [float(r["pressure_gpa"]) for r in rows]
    fit = fit_pressures(volumes, pressures, form="vinet")
    first = rows[0]
    return {
        "material": first["material"],
        "phase": first["phase"],
        "structure": first["structure"],
        "form": "vinet",
        "v0_angstrom3": fit.isotherm.v0,
        "v0_error": fit.errors["v0"],
        "k0_gpa": fit.isotherm.k0_gpa,
        "k0_error": fit.errors["k0_gpa"],
        "k0_prime": fit.isotherm.k0_prime,
        "k0_prime_error": fit.errors["k0_prime"],
        "t_ref_k": "static",
        "p_min_gpa": min(pressures),
        "p_max_gpa": max(pressures),
        "source": first["source"],
        "doi": "",
        "grade": "C",
        "note": f"computed; fit rms {fit.rms:.2g} GPa; V0 is fictitious (unstable at low pressure)",
    }


def static_row(key: tuple[str, str], rows: dict[str, Row]) -> dict[str, object]:
    v0, k0, k0p = (rows[q] for q in ("cell_volume", "bulk_modulus", "bulk_modulus_derivative"))
    atoms = float(v0["per_cell_atoms"])
    volume, error = float(v0["value"]) / atoms, number(v0["uncertainty"])
    prime, grade, note = float(k0p["value"]), k0["grade"], k0p["note"] or v0["note"]
    prime_error = number(k0p["uncertainty"])
    point = rows.get("volume_at_pressure")
    if point:
        target, p = float(point["value"]), float(point["pressure_max_gpa"])

        def miss(x: float) -> float:
            return float(Isotherm(v0["form"], volume, float(k0["value"]), x).pressure(target)) - p

        old, prime = prime, brentq(miss, 2.0, 12.0)
        grade, prime_error = "C", None
        note = f"K0' {old:g} replaced by the one that meets {p:g} GPa of {point['source']}"
    return {
        "material": key[0],
        "phase": key[1],
        "structure": v0["structure"],
        "form": v0["form"],
        "v0_angstrom3": volume,
        "v0_error": None if error is None else error / atoms,
        "k0_gpa": float(k0["value"]),
        "k0_error": number(k0["uncertainty"]),
        "k0_prime": prime,
        "k0_prime_error": prime_error,
        "t_ref_k": v0["temperature_k"]
        if v0["temperature_k"] == "static"
        else float(v0["temperature_k"]),
        "p_min_gpa": float(v0["pressure_min_gpa"] or 0),
        "p_max_gpa": float(v0["pressure_max_gpa"]),
        "source": v0["source"],
        "doi": v0["doi"],
        "grade": grade,
        "note": note,
    }


def isotherm_of(row: dict[str, object]) -> Isotherm:
    return Isotherm(
        str(row["form"]), float(row["v0_angstrom3"]), float(row["k0_gpa"]), float(row["k0_prime"])
    )


def reference_of(row: dict[str, object]) -> float | None:
    return None if row["t_ref_k"] == "static" else float(str(row["t_ref_k"]))


def anchored_gamma(row: dict[str, object], theta: float, linear_per_k: float) -> float:
    """gamma0 for which 3 x ``linear_per_k`` is the expansion at 298 K and zero pressure, q = 1."""

    def excess(gamma: float) -> float:
        vibrations = Vibrations(theta, gamma, 1.0, float(row["v0_angstrom3"]))
        solid = SolidEos(isotherm_of(row), vibrations, reference_of(row))
        volume = solid_volume(solid, 0.0, HEAT_K, extrapolate=True)
        return float(solid.expansion(volume, HEAT_K)) - 3.0 * linear_per_k

    high = 0.2
    while high < 6.0:
        try:
            if excess(high) > 0:
                return float(brentq(excess, 0.02, high, xtol=1e-10))
        except InputError:  # the solid no longer holds together: the answer lies below
            return float(brentq(excess, 0.02, high - 0.2, xtol=1e-10))
        high += 0.2
    raise ValueError(f"{row['material']}: no gamma gives the measured expansion")


def warm_theta(capacity_j: float) -> float:
    """Debye temperature whose C_V is the measured heat capacity at 298 K.

    For stiff light solids only (theta above 1000 K), whose low-temperature value misses the heat
    content at 298 K by a third; C_P - C_V is below 2 per cent there and neglected.
    """

    def excess(theta: float) -> float:
        return float(heat_capacity(theta, HEAT_K)) * AVOGADRO_EV_TO_J_MOL - capacity_j

    return float(brentq(excess, 300.0, 4000.0))


def cold_or_warm_theta(whole: dict[str, Row]) -> tuple[Row | None, float]:
    """The row that a Debye temperature comes from, and its value in K (None, 0: no such row)."""
    theta, capacity = whole.get("debye_temperature"), whole.get("molar_heat_capacity")
    theta_k = float(theta["value"]) if theta else np.inf
    if theta_k <= 1000.0 or capacity is None:
        return theta, theta_k if theta else 0.0
    if theta is None and "linear_expansion" not in whole:
        return None, 0.0
    return capacity, warm_theta(float(capacity["value"]))


def thermal_rows() -> dict[tuple[str, str], dict[str, Row]]:
    rows: dict[tuple[str, str], dict[str, Row]] = {}
    for row in read("thermal.csv"):
        if row["grade"] == "X":  # known to be wrong, kept for the record
            continue
        rows.setdefault((row["material"], row["phase"]), {}).setdefault(row["quantity"], row)
    return rows


def fitted_thermal(rows: dict[str, Row], v0: float) -> dict[str, object]:
    def value(name: str) -> float | None:
        return float(rows[name]["value"]) if name in rows else None

    terms = ("electronic_per_k", "electronic_exponent", "anharmonic_per_k", "anharmonic_exponent")
    exponent = "gruneisen_exponent" if "gruneisen_exponent" in rows else "gruneisen_beta"
    return {
        "theta0_k": value("debye_temperature"),
        "gamma0": value("gruneisen"),
        "q": value(exponent),
        "gamma_inf": value("gruneisen_limit"),
        **{name: value(name) for name in terms},
        "thermal_v0_angstrom3": v0,
        "t_max_k": number(rows["gruneisen"]["temperature_k"]),
        "thermal_origin": "fitted",
        "thermal_source": rows["gruneisen"]["source"],
    }


def thermal_part(
    row: dict[str, object],
    tables: dict[tuple[str, str], dict[str, Row]],
    first: dict[str, object] | None,
) -> dict[str, object]:
    material, phase = str(row["material"]), str(row["phase"])
    v0 = float(row["v0_angstrom3"])
    own = tables.get((material, phase), {})
    if "gruneisen" in own:
        return fitted_thermal(own, v0)
    if first is not None and first["structure"] not in OPEN_STRUCTURES:
        keys = ("theta0_k", "gamma0", "q", "gamma_inf", "thermal_v0_angstrom3", "thermal_source")
        carried = {k: first.get(k) for k in keys}
        return {**carried, "thermal_origin": "carried"}
    whole = tables.get((material, ""), {})
    theta, theta_k = cold_or_warm_theta(whole)
    q = 1.0
    if first is None and theta and "linear_expansion" in whole:
        alpha = whole["linear_expansion"]
        gamma = anchored_gamma(row, theta_k, float(alpha["value"]) * 1e-6)
        origin, source = "expansion", f"theta: {theta['source']}; expansion: {alpha['source']}"
    elif first is None and theta and "gruneisen" in whole:
        gamma = float(whole["gruneisen"]["value"])
        if "gruneisen_exponent" in whole:
            q = float(whole["gruneisen_exponent"]["value"])
        origin = "published"
        source = "; ".join(dict.fromkeys((theta["source"], whole["gruneisen"]["source"])))
    else:
        mass = mean_mass(FORMULAS.get(material, material))
        model = quasiharmonic_solid(isotherm_of(row), mass).vibrations
        assert model is not None
        return {
            "theta0_k": model.theta0_k,
            "gamma0": model.gamma0,
            "q": model.q,
            "thermal_v0_angstrom3": v0,
            "thermal_origin": "estimate",
            "thermal_source": "quasi-harmonic Debye model, nu = 0.25, Slater gamma",
        }
    return {
        "theta0_k": theta_k,
        "gamma0": gamma,
        "q": q,
        "thermal_v0_angstrom3": v0,
        "thermal_origin": origin,
        "thermal_source": source,
    }


def solids() -> list[dict[str, object]]:
    tables = thermal_rows()
    rows = [static_row(key, quantities) for key, quantities in static_sets().items()]
    rows.append(scanned())
    firsts: dict[str, dict[str, object]] = {}
    for row in rows:
        material = str(row["material"])
        row["particles_per_atom"] = PARTICLES.get(material, 1.0)
        row.update(thermal_part(row, tables, firsts.get(material)))
        if "pressure_reference_temperature" in tables.get((material, str(row["phase"])), {}):
            own = tables[material, str(row["phase"])]["pressure_reference_temperature"]
            row["t_ref_k"] = float(own["value"])
        firsts.setdefault(material, row)
    return rows


def materials(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    tables = thermal_rows()
    found = []
    for material in dict.fromkeys(str(r["material"]) for r in rows):
        own = tables.get((material, ""), {})
        formula = FORMULAS.get(material, material)

        def value(name: str, scale: float = 1.0, own: dict[str, Row] = own) -> float | None:
            return float(own[name]["value"]) * scale if name in own else None

        sources = sorted(
            {own[q]["source"] for q in own if q.endswith(("_temperature", "_enthalpy"))}
        )
        found.append(
            {
                "material": material,
                "formula": formula,
                "title": TITLES.get(material, ""),
                "mass_u": mean_mass(formula),
                "melting_k": value("melting_temperature"),
                "boiling_k": value("boiling_temperature"),
                "critical_k": value("critical_temperature"),
                "critical_gpa": value("critical_pressure", 1e-3),
                "vaporisation_kj_mol": value("vaporisation_enthalpy"),
                "fluid": FLUIDS.get(material, ""),
                "source": "; ".join(sources),
                "grade": max((own[q]["grade"] for q in own), default=""),
            }
        )
    return found


def kechin_through(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """a, b, c of T = T0 (1 + P/a)^b exp(-c P) through (0, T0), its maximum, and a third point."""
    (_, t0), (p1, t1), (p2, t2) = points

    def parameters(a: float) -> tuple[float, float]:
        # dT/dP = 0 at p1: b = c (a + p1).
        c = np.log(t1 / t0) / ((a + p1) * np.log1p(p1 / a) - p1)
        return c * (a + p1), c

    def miss(a: float) -> float:
        b, c = parameters(a)
        return float(b * np.log1p(p2 / a) - c * p2 - np.log(t2 / t0))

    a = brentq(miss, 1e-3, 1e3)
    b, c = parameters(a)
    return float(a), float(b), float(c)


def melting() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    points: dict[str, list[Row]] = {}
    for raw in read("melting.csv"):
        if raw["form"] == "points":
            points.setdefault(raw["material"], []).append(raw)
            continue
        row: dict[str, object] = {k: raw[k] for k in MELTING_COLUMNS}
        for name in ("t0_k", "p0_gpa", "a_gpa", "b", "c", "p_min_gpa", "p_max_gpa"):
            row[name] = number(raw[name])
        if raw["form"] == "power":
            # P = P0 + a T^c is Simon's law with T0 = 1 K and P0 + a for P0.
            row |= {"form": "simon", "p0_gpa": float(raw["p0_gpa"]) + float(raw["a_gpa"])}
        rows.append(row)
    for material, given in points.items():
        base: dict[str, object] = {k: given[0][k] for k in MELTING_COLUMNS}
        t = [float(g["t0_k"]) for g in given]
        base |= {"t0_k": t[0], "p0_gpa": 0.0, "p_min_gpa": 0.0, "grade": "C"}
        base["source"] = "; ".join(g["source"] for g in given)
        base["p_max_gpa"] = float(given[0]["p_max_gpa"])
        if len(given) == 3:
            a, b, c = kechin_through([(float(g["p0_gpa"]), float(g["t0_k"])) for g in given])
            base |= {"form": "kechin", "a_gpa": a, "b": b, "c": c}
        else:
            # Simon's law with c = 1 is a straight line; it ends where the next branch begins.
            after = next(r for r in rows if r["material"] == material)
            rise = float(str(after["t0_k"])) / t[0] - 1.0
            base |= {
                "form": "simon",
                "a_gpa": float(str(base["p_max_gpa"])) / rise,
                "c": 1.0,
                "b": "",
            }
        rows.append(base)
    rows.sort(key=lambda r: (str(r["material"]), float(str(r["p_min_gpa"]))))
    return rows


def as_text(columns: list[str], rows: list[dict[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([shown(row.get(c)) for c in columns])
    return out.getvalue()


def tables() -> dict[str, str]:
    """Text of every derived table, by file name."""
    found = solids()
    transitions = read("transitions.csv")
    kept = [c for c in transitions[0] if c != "obtained_from"]
    return {
        "solids.csv": as_text(SOLID_COLUMNS, found),
        "materials.csv": as_text(MATERIAL_COLUMNS, materials(found)),
        "melting.csv": as_text(MELTING_COLUMNS, melting()),
        "transitions.csv": as_text(kept, [dict(r) for r in transitions]),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    arguments = parser.parse_args()
    stale = []
    for name, text in tables().items():
        path = DATA / name
        if arguments.check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
    if stale:
        print("stale tables: " + ", ".join(stale), file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
