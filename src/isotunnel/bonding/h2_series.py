"""The hydrogen molecule of claim B2 computed: its level and the pass between its atoms.

GPAW (extra ``dft``), PBE, spin-paired, plane waves, the molecule alone in a periodic box, with the
true potential put back inside the augmentation spheres. The molecule lies along z with its middle
on a grid point. The pass is the lowest level at which the wells of both atoms hang together, found
as for crystals. The zero of energy is the electrostatic potential at the corner of the box,
farthest from the molecule (PBE's own part of the potential is noise where there is no density).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from isotunnel.bonding.h2 import SCHEMA

BOND_ANGSTROM = 0.74144
"""Measured; see ``data/h2_references.toml``."""
DISTANCES = (0.5, 0.6, BOND_ANGSTROM, 0.9, 1.1, 1.4, 1.8, 2.2, 2.6, 4 * BOND_ANGSTROM, 3.5, 4.0)
WIDTH_ANGSTROM = 8.0
CUTOFF_EV = 700.0
CHECKS = ((6.0, CUTOFF_EV), (10.0, CUTOFF_EV), (6.0, 500.0), (6.0, 1000.0))
"""(width of the box in angstrom, cutoff in eV) of further runs at the bond length."""

Point = dict[str, float]


def molecule_at(
    distance: float, width: float = WIDTH_ANGSTROM, cutoff: float = CUTOFF_EV
) -> tuple[Point, dict[str, Any], dict[str, str]]:
    """Level and pass at one distance (angstrom), with settings and versions.

    Raises:
        EngineError: no convergence.
        ValueError: the molecule has no gap, so that its highest occupied level is not one.
    """
    from ase import Atoms

    from isotunnel.engines.gpaw_pw import GpawEngine, GpawSettings
    from isotunnel.tunnels import find_tunnels, molecularity_index

    height = width + distance
    half = 0.5 * distance / height
    atoms = Atoms(
        "H2", scaled_positions=[[0, 0, half], [0, 0, -half]], cell=[width, width, height], pbc=True
    )
    # One k-point: a molecule has no bands to sample, nor lines to look for their edges on. The
    # narrow smearing keeps the second orbital empty where the atoms are far apart.
    settings = GpawSettings(
        ecut_ev=cutoff, kpoint_spacing=10.0, edge_kpoints=0, smearing_ev=0.01, max_iterations=300
    )
    found = GpawEngine(settings, cache=False).compute(atoms)
    if found.require("band_gap_ev") <= 0:
        raise ValueError(f"at {distance} angstrom the molecule has no gap above its level")
    electrostatic = found.require_field("electrostatic").values
    n1, n2, n3 = electrostatic.shape
    vacuum = float(electrostatic[n1 // 2, n2 // 2, n3 // 2])
    tunnels = find_tunnels(found.require_field("potential"))
    point = {
        "distance_angstrom": round(distance, 5),
        "level_ev": round(found.require("vbm_ev") - vacuum, 3),
        "saddle_ev": round(molecularity_index(tunnels) - vacuum, 3),
        "gap_above_ev": round(found.require("band_gap_ev"), 3),
        "energy_ev": round(found.require("energy_ev"), 3),
    }
    kept = {k: v for k, v in found.settings.items() if k != "scf_steps"}
    return point, kept, dict(found.versions)


def h2_series(report: Callable[[dict[str, float]], None] = lambda _: None) -> dict[str, Any]:
    """The document that ``isotunnel.bonding.h2`` reads; each point is reported when it is there."""
    series, checks = [], []
    for distance in DISTANCES:
        point, settings, versions = molecule_at(distance)
        report(point)
        series.append(point)
    for width, cutoff in CHECKS:
        point, _, _ = molecule_at(BOND_ANGSTROM, width, cutoff)
        checks.append({"width_angstrom": width, "ecut_ev": cutoff, **point})
        report(checks[-1])
    return {
        "schema": SCHEMA,
        "title": "H2 molecule in a box: highest occupied level and pass of the potential",
        "zero": "the electrostatic potential at the corner of the box",
        "width_angstrom": WIDTH_ANGSTROM,
        "settings": settings,
        "versions": versions,
        "points": series,
        "checks": checks,
    }
