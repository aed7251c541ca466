"""Compute the first tunnels of the crystals of claim B15, without DFT.

    python scripts/make_first_tunnels.py            # about a minute
    python scripts/make_first_tunnels.py graphite   # prints one, writes nothing

For each material of the measured table ``anisotropy`` that has a structure, the potential of its
superposed free atoms (procrystal engine, defaults) is searched: at what level do tunnels run in
one, two and three dimensions, and along which directions. The conventional cell of the row is
used, so that its axes are those of the measurement.

Writes ``src/isotunnel/atlas/data/first_tunnels.json``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from isotunnel.crystal.named import NamedCrystal
    from isotunnel.measured import Row

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/isotunnel/atlas/data/first_tunnels.json"
SCHEMA = "isotunnel.anisotropy_tunnels/1"


def crystal_of(row: Row) -> NamedCrystal | None:
    """The structure of a row: a named crystal, or its own cell and sites; None without."""
    from isotunnel.crystal.named import NamedCrystal, find_named, read_site

    if row["crystal"] is not None:
        found = find_named(row.text("crystal"))
        if found is None:
            raise KeyError(f"{row.id}: no crystal is called {row['crystal']!r}")
        return found
    if row["sites"] is None:
        return None
    lengths = [row.number(f"{x}_angstrom") for x in "abc"]
    angles = [row.number(f"{x}_degree") for x in ("alpha", "beta", "gamma")]
    return NamedCrystal(
        name=row.text("material"),
        aliases=(),
        title=row.text("title"),
        space_group=row.text("space_group"),
        number=0,
        hall_number=int(row.number("hall_number")),
        cell=(lengths[0], lengths[1], lengths[2], angles[0], angles[1], angles[2]),
        sites=tuple(read_site(text) for text in row.text("sites").split("; ")),
        pressure_gpa=None,
        kind="measured",
        source=row.text("structure_source"),
        note="",
        tags=(),
    )


def tunnels_of(crystal: NamedCrystal) -> dict[str, Any]:
    """Thresholds and directions of the tunnels, by dimensions 1, 2, 3."""
    from isotunnel.engines.procrystal import ProcrystalEngine
    from isotunnel.tunnels import find_tunnels

    atoms = crystal.conventional()
    structure = ProcrystalEngine().compute(atoms)
    found = find_tunnels(structure.require_field("potential"))
    return {
        "source": crystal.source,
        "cell_angstrom": np.round(atoms.cell.array, 6).tolist(),
        "atoms": len(atoms),
        "level_ev": round(structure.require("atomic_level_ev"), 3),
        "thresholds_ev": np.round(found.thresholds, 3).tolist(),
        "errors_ev": np.round(found.thresholds_error, 3).tolist(),
        "directions": [
            [] if d is None else [_unit(v) for v in d.cartesian] for d in found.directions
        ],
    }


def document() -> dict[str, Any]:
    """Everything that is shipped."""
    from isotunnel import __version__
    from isotunnel.engines.procrystal import ProcrystalEngine
    from isotunnel.measured import table

    crystals: dict[str, Any] = {}
    for row in table("anisotropy"):
        material = row.text("material")
        crystal = crystal_of(row)
        if crystal is None or material in crystals:
            continue
        crystals[material] = tunnels_of(crystal)
        print(material, crystals[material]["thresholds_ev"], flush=True)
    engine = ProcrystalEngine()
    return {
        "schema": SCHEMA,
        "engine": engine.name,
        "settings": {
            "functional": engine.functional,
            "xc": engine.xc,
            "spacing_angstrom": engine.spacing_angstrom,
            "connectivity": 26,
        },
        "versions": {"isotunnel": __version__},
        "crystals": crystals,
    }


def _unit(vector: Any) -> list[float]:
    rounded: list[float] = np.round(vector / np.linalg.norm(vector), 5).tolist()
    return rounded


def main() -> int:
    """Write the file, or print one crystal."""
    if len(sys.argv) > 1:
        from isotunnel.measured import table

        row = next(r for r in table("anisotropy") if r["material"] == sys.argv[1])
        crystal = crystal_of(row)
        print(json.dumps(crystal and tunnels_of(crystal), indent=1))
        return 0
    TARGET.write_text(json.dumps(document(), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
