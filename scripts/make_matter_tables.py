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

from matter_makers.heat import thermal_part, thermal_rows
from matter_makers.isotherms import scanned, static_row, static_sets
from matter_makers.melting import MELTING_COLUMNS, melting
from matter_makers.raw import DATA, FORMULAS, Row, mean_mass, read, shown

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
