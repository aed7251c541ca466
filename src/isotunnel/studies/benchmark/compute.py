"""One benchmark crystal computed: lifting gaps by reading, band gap, settings and versions."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from isotunnel.errors import CannotSay
from isotunnel.measured import table
from isotunnel.studies.benchmark.crystals import crystal_of

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.analysis import Analysis

RECORD_VERSION = 1
"""Raised whenever a record would come out otherwise for the same crystal."""

DIGITS = 6


def key_of(atoms: Atoms) -> str:
    """What the record of a crystal is kept under: elements, cell and places."""
    text = json.dumps(
        {
            "record": RECORD_VERSION,
            "numbers": atoms.numbers.tolist(),
            # Adding zero turns -0.0 into 0.0.
            "cell": (atoms.cell.array.round(4) + 0.0).tolist(),
            "places": (atoms.get_scaled_positions().round(4) % 1.0 + 0.0).tolist(),
        }
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def missing(
    stored: Mapping[str, Any],
    engine: str,
    *,
    largest_cell: int | None = None,
    retry: bool = False,
) -> list[tuple[str, str, Atoms]]:
    """Rows of the table ``state_benchmark`` without a record of their cell: row, key, crystal.

    Small cells first, elements that need a higher cutoff last.

    Args:
        stored: records by row and engine.
        engine: "procrystal" or "gpaw".
        largest_cell: leave out cells of more atoms.
        retry: whether failures count as missing.
    """
    found = []
    for row in table("state_benchmark"):
        try:
            atoms = crystal_of(row)
        except CannotSay:
            continue
        key, there = key_of(atoms), stored.get(row.id, {}).get(engine)
        done = there and there["key"] == key and not (retry and "failed" in there)
        if not done and (largest_cell is None or len(atoms) <= largest_cell):
            found.append((row.id, key, atoms))
    return sorted(found, key=lambda f: _cost(f[2]))


def record_of(atoms: Atoms, engine: str) -> dict[str, Any]:
    """Every reading's gaps by one engine ("procrystal" or "gpaw").

    Returns:
        plain values: ``gaps`` by reading (three numbers, None where no tunnel opens that many
        dimensions below the escape level), ``reasons`` of readings that have no answer,
        ``band_gap_ev`` (None without orbitals), ``warnings``, ``settings``, ``versions``.

    Raises:
        IsotunnelError: the engine has no result.
    """
    from isotunnel.analysis import analyze

    plain = atoms.copy()
    plain.info = {}
    # Which phase is magnetic is not asked: all crystals are computed without spin.
    plain.set_initial_magnetic_moments(None)
    return assemble(analyze(plain, engine=engine))  # type: ignore[arg-type]


def assemble(analysis: Analysis) -> dict[str, Any]:
    """The record of a finished analysis."""
    found = analysis.as_dict()
    name = found["engine"]
    structure = analysis.structures[name]
    return {
        "record": RECORD_VERSION,
        "engine": name,
        "gaps": {
            g.reading: [_rounded(float(v)) for v in g.gaps] for g in analysis.gaps if g.answered
        },
        "reasons": {g.reading: g.cannot_say for g in analysis.gaps if not g.answered},
        "band_gap_ev": None if structure.band_gap_ev is None else _rounded(structure.band_gap_ev),
        "volume_per_atom_a3": _rounded(analysis.atoms.get_volume() / len(analysis.atoms))
        if analysis.atoms is not None
        else None,
        "warnings": list(found["warnings"]),
        "settings": found["engine_settings"][name],
        "versions": found["versions"],
    }


def _cost(atoms: Atoms) -> tuple[bool, int, float]:
    from isotunnel.engines.gpaw_pw.settings import HARD_ELEMENTS

    hard = bool(set(atoms.get_chemical_symbols()) & HARD_ELEMENTS)
    return hard, len(atoms), float(atoms.get_volume())


def _rounded(value: float) -> float | None:
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
