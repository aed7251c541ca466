"""Run `pairing` on superconductors as they are and squeezed a little: dTc/dP, computed; resumable.

    python scripts/pairing_slopes.py OUTPUT.csv --most-atoms 4

Taken are the materials of table `dtc_dp` that are superconductors at zero pressure and have a
crystal by name or one of the simple structures of the table of elements. All lengths shrink by one
per cent; both pressures are GPAW's, so that no measured stiffness enters. What the first run of a
crystal computed is kept in the cache and not computed again. Rows in OUTPUT.csv are kept.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.errors import CannotSay, IsotunnelError

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.analysis.pairing.result import PairingResult

SHRINKS_BY = 0.01
"""Relative change of all lengths: some 3 GPa for a hard metal, 1 GPa for lead."""

HEADER = (
    "material", "formula", "atoms", "shrinks_by", "pressure_gpa", "lambda", "omega_log_k",
    "omega_2_k", "squeezed_pressure_gpa", "squeezed_lambda", "squeezed_omega_log_k",
    "squeezed_omega_2_k", "status", "reason", "cpu_s",
)  # fmt: skip


def crystals(most_atoms: int) -> Iterator[tuple[str, str, Atoms]]:
    """Name in the table, formula and primitive cell, smallest first."""
    from isotunnel.crystal import named_crystal, named_crystals, primitive_cell
    from isotunnel.crystal.reference_crystals import reference_crystal
    from isotunnel.materials.names import plain_name
    from isotunnel.measured import table

    named = {entry.name for entry in named_crystals()}
    found = {}
    for row in table("dtc_dp"):
        material = row.text("group") or row.text("material")
        formula = plain_name(material)
        if row["use_in_bias_test"] is not True or material in found:
            continue
        try:
            atoms = named_crystal(formula) if formula in named else reference_crystal(formula)
        except IsotunnelError:
            continue
        found[material] = (formula, primitive_cell(atoms))
    for material, (formula, atoms) in sorted(found.items(), key=lambda f: (len(f[1][1]), f[0])):
        if len(atoms) <= most_atoms:
            yield material, formula, atoms


def run(material: str, formula: str, atoms: Atoms) -> dict[str, Any]:
    """One row of the table; a failure is a row too."""
    from isotunnel.analysis.pairing import PairingSettings, pairing

    row: dict[str, Any] = {
        "material": material, "formula": formula, "atoms": len(atoms), "shrinks_by": SHRINKS_BY,
    }  # fmt: skip
    cpu = time.process_time()
    squeezed = atoms.copy()
    squeezed.set_cell(atoms.cell.array * (1.0 - SHRINKS_BY), scale_atoms=True)
    settings = PairingSettings(mu_star=0.1)
    try:
        row |= _moments(pairing(atoms, settings=settings), "")
        row |= _moments(pairing(squeezed, settings=settings), "squeezed_")
    except IsotunnelError as error:
        row |= {"status": "cannot say", "reason": " ".join(str(error).split())}
    else:
        row["status"] = "done"
    return row | {"cpu_s": time.process_time() - cpu}


def _moments(found: PairingResult, before: str) -> dict[str, float]:
    if found.spectrum is None:
        raise CannotSay(found.unstable)
    return {
        f"{before}pressure_gpa": found.pressure_gpa,
        f"{before}lambda": found.spectrum.coupling,
        f"{before}omega_log_k": found.spectrum.omega_log_k,
        f"{before}omega_2_k": found.spectrum.omega_2_k,
    }


def main() -> None:
    from isotunnel.files import whole_file

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--most-atoms", type=int, default=4)
    asked = parser.parse_args()
    rows: list[dict[str, Any]] = []
    if asked.output.exists():
        with asked.output.open() as stream:
            rows = list(csv.DictReader(stream))
    done = {r["material"] for r in rows}
    for material, formula, atoms in crystals(asked.most_atoms):
        if material in done:
            continue
        rows.append(run(material, formula, atoms))
        print(material, rows[-1]["status"], rows[-1].get("reason", ""), flush=True)
        with whole_file(asked.output) as part, part.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, HEADER, lineterminator="\n")
            writer.writeheader()
            writer.writerows(
                {k: f"{v:.6g}" if isinstance(v, float) else v for k, v in r.items()} for r in rows
            )


if __name__ == "__main__":
    main()
