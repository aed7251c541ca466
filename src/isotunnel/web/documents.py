"""The documents that the page shows, as the terminal's ``--json`` prints them; plain functions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.errors import InputError

if TYPE_CHECKING:
    from ase import Atoms

Range = tuple[float, float]


def atlas_scan(name: str) -> dict[str, Any]:
    """``isotunnel atlas NAME --json``."""
    from isotunnel import atlas

    return dict(atlas.document_of(name))


def atlas_picture(name: str, pressure_gpa: float) -> dict[str, Any]:
    """The cell of a scan at one of its pressures, with the fields of superposed free atoms.

    Returns:
        ``scene``: what the 3D view draws, as of an analysis; ``grids``: by field, its packed values
        in base64; ``levels``: by field, the reading that uses it and the level of its valence
        electrons, in the field's unit: where the field is open at that level, the reading has
        tunnels for them.
    """
    from isotunnel.atlas.cells import crystal_at
    from isotunnel.materials.names import at_pressure

    base = at_pressure(name)[0]
    return _picture(crystal_at(f"{base}@{pressure_gpa:g}GPa"))


def job_picture(document: str, at: float) -> dict[str, Any]:
    """The same of a scan that was asked for; ``document`` is the path of its document.

    Raises:
        InputError: no scan, or no cell at ``at``; the message says where there is one.
    """
    found = json.loads(Path(document).read_text("utf-8"))
    cells = {one["asked"]: one["crystal"] for one in found.get("points", ()) if one.get("crystal")}
    if at not in cells:
        there = ", ".join(f"{value:g}" for value in cells) or "none"
        raise InputError(f"no cell is known at {at:g}; this result has {there}")
    from ase import Atoms

    cell = cells[at]
    return _picture(
        Atoms(
            cell["symbols"],
            scaled_positions=cell["positions_fractional"],
            cell=cell["cell_angstrom"],
            pbc=True,
        )
    )


def _picture(atoms: Atoms) -> dict[str, Any]:
    from isotunnel.analysis import analyze
    from isotunnel.report.scene.payload import build_scene
    from isotunnel.report.selection import fields_of

    analysis = analyze(atoms, engine="procrystal")
    scene = build_scene(analysis)
    levels = {
        "potential": {"reading": "atomic", "level": analysis.structure.atomic_level_ev},
        "density": {"reading": "density", "level": analysis.structure.valence_density},
    }
    return {
        "scene": scene.description,
        "grids": scene.blobs,
        "levels": {one.id: levels[one.kind] for one in fields_of(analysis) if one.kind in levels},
    }


def diagram(
    name: str,
    theories: list[str] | None,
    pressure_gpa: Range | None,
    temperature_k: Range | None,
    log_pressure: bool | None,
    log_temperature: bool,
) -> dict[str, Any]:
    """``isotunnel diagram NAME --json``."""
    from isotunnel.diagrams import diagram as build

    return build(
        name,
        theories,
        pressure=pressure_gpa,
        temperature=temperature_k,
        log_pressure=log_pressure,
        log_temperature=log_temperature,
    ).as_dict()


def scorecard() -> dict[str, Any]:
    """``isotunnel scorecard --json``: every claim."""
    from isotunnel.claims import register
    from isotunnel.claims import scorecard as judge
    from isotunnel.evidence.sources import Sources

    return judge(Sources(), register()).as_dict()


def fits(metal: str) -> dict[str, Any]:
    """``isotunnel fits METAL --json``."""
    from isotunnel.studies.fits import fit_metals

    return fit_metals((metal,)).as_dict()


def critical(element: str) -> dict[str, Any]:
    """``isotunnel critical ELEMENT --json``."""
    from isotunnel.schemas import Critical, document
    from isotunnel.studies.critical import critical_element

    return document(Critical, critical_element(element))


def point(name: str, pressure_gpa: float, temperature_k: float) -> dict[str, Any]:
    """What every theory says of a substance at one point, and what each answer rests on."""
    from isotunnel.substances import substance
    from isotunnel.theories.registry import FIRST_PRINCIPLES, RIVALS, TUNNEL_THEORIES

    phase = substance(name).at(pressure_gpa)
    every = (*TUNNEL_THEORIES, *RIVALS, *FIRST_PRINCIPLES)
    answers = [theory.answer(phase, pressure_gpa, temperature_k) for theory in every]
    titles = {theory.name: theory.title for theory in every}
    return {"titles": titles, "answers": [answer.as_dict() for answer in answers]}


def hydrides() -> dict[str, Any]:
    """``isotunnel hydrides --json``."""
    from isotunnel.studies.hydrides.document import hydrides_document
    from isotunnel.studies.hydrides.table import hydride_table

    table = hydride_table()
    return hydrides_document(table, table.rows)
