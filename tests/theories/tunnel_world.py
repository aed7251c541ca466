"""Made-up worlds for the tunnel theory: a crystal whose gap and volume are known functions."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from isotunnel.atlas.library import from_document
from isotunnel.theories import MaterialData, Parameter

V0, K_GPA, K_PRIME, BETA = 20.0, 50.0, 4.0, 2e-4


def volume(p, t):
    """Murnaghan's law with a constant expansion, large so that Tc lies below melting."""
    return V0 * (1 + K_PRIME * p / K_GPA) ** (-1 / K_PRIME) * (1 + BETA * t)


def known(value, error=None):
    return Parameter(value, "made up for this test", error)


MADE_UP = MaterialData(
    "made-up",
    volume=volume,
    volume_per_atom_a3=known(volume(0.0, 300.0), 1e-6),
    valence_electrons=known(2.0),
    melting_k=lambda p: 1000.0 + 20 * p,
    rho_reference_uohm_cm=known(5.0, 0.1),
    rho_reference_temperature_k=known(300.0),
)


def described(name, reading, end):
    """What a column is in data: a gap of a rank, its error, or a state."""
    if name == f"state_{reading}":
        return {"quantity": "state", "of": reading}
    for d in (1, 2, 3):
        gap = f"gap_{reading}_{d}d"
        if name in (gap + end, f"{gap}_error{end}"):
            error_of = "" if name == gap + end else gap + end
            return {"quantity": "gap", "of": reading, "rank": d, "error_of": error_of}
    return {}


@lru_cache(maxsize=64)
def scan(slope=1.0, zero=20.4, ranks=(0.0, 0.0, 0.0), holes=(), reading="ks", unit="eV", n=9):
    """A scan whose gap is slope (V - zero) + ranks[d]; ranks in ``holes`` never open."""
    end = "_ev" if unit == "eV" else ""
    pressures = np.linspace(0.0, 40.0, n)
    points = []
    for p in pressures:
        # From a little above the coldest volume, so that heat does not leave the scan.
        v = float(1.12 * volume(p, 0.0))
        values = {
            "pressure_gpa": float(p),
            "volume_angstrom3": v,
            "volume_per_atom_angstrom3": v,
            "energy_ev": float(-p),
            f"state_{reading}": "made up",
        }
        reasons = {}
        for d in (1, 2, 3):
            name = f"gap_{reading}_{d}d"
            open_ = d not in holes
            values[name + end] = slope * (v - zero) + ranks[d - 1] if open_ else None
            values[f"{name}_error{end}"] = 1e-3 if open_ else None
            if not open_:
                for key in (name + end, f"{name}_error{end}"):
                    reasons[key] = "no tunnel opens below the escape level"
        points.append(
            {
                "asked": float(p), "status": "done", "reason": "", "values": values,
                "reasons": reasons, "crystal": None, "warnings": [],
            }
        )  # fmt: skip
    columns = [
        {
            "name": k,
            "unit": unit if k.startswith("gap") else "",
            "meaning": "made up",
            **described(k, reading, end),
        }
        for k in points[0]["values"]
    ]
    return from_document(
        {
            "schema": "isotunnel.scan/1", "name": "made-up", "title": "a made-up crystal",
            "over": "pressure_gpa", "engine": "none", "columns": columns, "points": points,
            "sources": [], "settings": {}, "versions": {},
        }
    )  # fmt: skip
