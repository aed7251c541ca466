"""The Kohn-Sham gap of xenon in its hexagonal phase at the atlas's volumes.

The atlas holds face-centred cubic xenon; above 75 GPa the crystal is hexagonal close packed. GPAW
(extra ``dft``), PBE, default settings, ideal c/a, the atlas's volume per atom at round pressures.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

SCHEMA = "isotunnel.xenon_hcp/1"
PRESSURES_GPA = (80.0, 90.0, 100.0, 105.0, 110.0, 115.0, 120.0)
IDEAL = float(np.sqrt(8.0 / 3.0))


def gap_at(volume_per_atom: float) -> tuple[dict[str, float], dict[str, Any], dict[str, str]]:
    """Gap and pressure of hcp xenon at a volume per atom (angstrom^3), settings, versions."""
    from ase import Atoms

    from isotunnel.engines.gpaw_pw import GpawEngine

    a = float((2 * volume_per_atom / (np.sqrt(0.75) * IDEAL)) ** (1 / 3))
    cell = [[a, 0, 0], [-0.5 * a, np.sqrt(0.75) * a, 0], [0, 0, IDEAL * a]]
    places = [[1 / 3, 2 / 3, 1 / 4], [2 / 3, 1 / 3, 3 / 4]]
    atoms = Atoms("Xe2", scaled_positions=places, cell=cell, pbc=True)
    found = GpawEngine(cache=False).compute(atoms)
    point = {
        "volume_per_atom_angstrom3": round(volume_per_atom, 4),
        "pressure_gpa": round(found.require("pressure_gpa"), 2),
        "band_gap_ev": round(found.require("band_gap_ev"), 4),
        "energy_ev": round(found.require("energy_ev"), 4),
    }
    kept = {k: v for k, v in found.settings.items() if k != "scf_steps"}
    return point, kept, dict(found.versions)


def xenon_series(report: Callable[[dict[str, float]], None] = lambda _: None) -> dict[str, Any]:
    """The document that ``xenon_hcp`` reads; each point is reported when it is there."""
    from isotunnel.atlas import scan_of

    scan = scan_of("Xe")
    order = np.argsort(scan.pressures_gpa)
    volumes = np.interp(PRESSURES_GPA, scan.pressures_gpa[order], scan.volumes_a3[order])
    points = []
    for volume in volumes:
        point, settings, versions = gap_at(float(volume))
        report(point)
        points.append(point)
    return {
        "schema": SCHEMA,
        "title": "Xenon, hexagonal close packed, ideal c/a, at the volumes of the cubic scan",
        "settings": settings,
        "versions": versions,
        "points": points,
    }
