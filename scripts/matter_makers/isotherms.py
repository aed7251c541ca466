"""Cold curves and isotherms: published sets, and the scan of H3S."""

from __future__ import annotations

from scipy.optimize import brentq

from isotunnel.matter.fit import fit_pressures
from isotunnel.matter.isotherm import Isotherm
from matter_makers.raw import Row, number, read


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
