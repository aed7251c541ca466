"""Energies of the arrangements that a hydride with mixed-up labels may mean.

    python scripts/choose_hydride_arrangements.py

Writes ``data/arrangements.json`` in ``isotunnel.studies.hydrides``: by entry the energy and
the pressure of each arrangement, whose name is the list of its elements. Kept in the engine's
cache, so it may be stopped and run again. Needs the ``dft`` extra.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from isotunnel.engines.gpaw_pw import GpawEngine, GpawSettings
from isotunnel.files import whole_file
from isotunnel.studies.hydrides.arrangements import label_of
from isotunnel.studies.hydrides.compute import record_of
from isotunnel.studies.hydrides.entries import hydride_entries
from isotunnel.studies.hydrides.structures import FAMILY_GROUPS, HydrideStructure, arrangements

OUTPUT = (
    Path(__file__).resolve().parents[1] / "src/isotunnel/studies/hydrides/data/arrangements.json"
)
QUANTITIES = ("energy_ev", "pressure_gpa")
COMMON = ("xc", "spin_paired", "kpoint_spacing", "smearing_ev", "density_tolerance")
"""Settings that all share; the others follow from the engine's defaults and the elements."""


def main() -> int:
    """Compute all, write at the end."""
    engine = GpawEngine(GpawSettings())
    found: dict[str, dict[str, dict[str, float]]] = {}
    settings: dict[str, object] = {}
    for entry in hydride_entries():
        ways = arrangements(entry) if entry.family in FAMILY_GROUPS and entry.cell else ()
        if len(ways) < 2:
            continue
        for way in ways:
            record = record_of(HydrideStructure(entry, way, "Fm-3m"), engine)
            values = {
                n: round(float(record["values"][n]), 4) for n in ("energy_ev", "pressure_gpa")
            }
            found.setdefault(entry.short_id, {})[label_of(way)] = values
            settings = {k: record["settings"][k] for k in COMMON}
            sys.stderr.write(f"{entry.short_id} {label_of(way)} {values}\n")
    document = {
        "schema": "isotunnel.hydride_arrangements/1",
        "made_by": "scripts/choose_hydride_arrangements.py",
        "settings": settings,
        "arrangements": found,
    }
    with whole_file(OUTPUT) as temporary:
        temporary.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
