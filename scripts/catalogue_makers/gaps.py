"""Band gaps: measured ones, and those of the atlas where nothing was measured."""

from __future__ import annotations

import gzip
import json

from catalogue_makers.rows import DATA, Row, rows

SCANS = {("Xe", "fcc"): "Xe", ("Xe", "hcp"): "Xe", ("He", "hcp"): "He", ("Na", "hP4"): "Na-hP4*"}
"""Scans of the atlas whose Kohn-Sham gap stands for that of a phase."""
GAP_NOTES = {
    "Xe": "PBE gaps of the static fcc crystal",
    "He": "PBE gaps; the measured absorption edge at 13.4 GPa is 23.7 eV, Phys. Rev. Lett. 105, "
    "186404 (2010)",
    "Na": "PBE gaps of the static crystal",
}


def gaps() -> list[Row]:
    """Measured gaps, and Kohn-Sham gaps of the atlas where nothing was measured."""
    result = rows("curated_gaps")
    for place, pattern in SCANS.items():
        path = next((DATA.parents[1] / "atlas/data").glob(f"{pattern}.json.gz"))
        scan = json.loads(gzip.decompress(path.read_bytes()))
        name = path.name.removesuffix(".json.gz")
        for point in scan["points"]:
            gap = point["values"].get("band_gap_ev")
            if point["status"] != "done" or not gap:
                continue
            found = dict.fromkeys(result[0], "")
            found |= {"substance": place[0], "phase": place[1], "kind": "calculated"}
            found |= {"pressure_gpa": f"{point['asked']:g}", "gap_ev": f"{gap:.4g}", "grade": "C"}
            found["source"] = f"Kohn-Sham gap of the scan {name} in isotunnel's atlas"
            result.append(found | {"note": GAP_NOTES[place[0]]})
    return result
