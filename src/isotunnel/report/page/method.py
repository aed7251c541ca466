"""How the numbers were made: settings, engines, versions, what is missing, sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from isotunnel.analysis.provenance import by_source
from isotunnel.analysis.results import Analysis
from isotunnel.engines.base import ElectronicStructure
from isotunnel.report import text
from isotunnel.report.page.templates import fill
from isotunnel.versions import isotunnel_version

_LONGEST = 400

_SCALARS = (
    ("fermi_ev", "Fermi level", "eV"),
    ("vbm_ev", "Valence-band maximum", "eV"),
    ("cbm_ev", "Conduction-band minimum", "eV"),
    ("band_gap_ev", "Kohn-Sham band gap", "eV"),
    ("direct_gap_ev", "Direct Kohn-Sham gap", "eV"),
    ("dos_fermi", "Density of states at the Fermi level", "states/eV/cell"),
    ("pressure_gpa", "Pressure", "GPa"),
    ("energy_ev", "Total energy", "eV/cell"),
    ("atomic_level_ev", "Highest free-atom level in the crystal", "eV"),
    ("valence_density", "Density at a free atom's edge", "1/angstrom^3"),
)


def method_section(analysis: Analysis) -> str:
    """Settings and versions, engine by engine; where crystal and methods come from."""
    by = by_source(analysis.provenance)
    return fill(
        "method.html",
        asked=_settings(analysis.settings),
        provenance=[(source, ", ".join(names)) for source, names in by.items()],
        engines=[_engine(structure) for structure in analysis.structures.values()],
        version=isotunnel_version(),
        sources=analysis.sources,
    )


def _engine(structure: ElectronicStructure) -> dict[str, Any]:
    facts = [
        (name, text.number(value, unit))
        for key, name, unit in _SCALARS
        if (value := getattr(structure, key)) is not None
    ]
    shares = structure.dos_fermi_by_element or {}
    facts += [
        (f"Projected density of states, {symbol}", text.number(value, "states/eV/cell"))
        for symbol, value in shares.items()
    ]
    return {
        "name": text.engine_name(structure.engine),
        "facts": facts,
        "settings": _settings(structure.settings),
        "versions": ", ".join(f"{name} {v}" for name, v in structure.versions.items()),
        "missing": [f"{name}: {why}" for name, why in structure.cannot_say.items()],
    }


def _settings(settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name, _plain(value)) for name, value in settings.items()]


def _plain(value: Any) -> str:
    """A setting in one line; long lists are cut."""
    if value is None or (isinstance(value, Mapping | list | tuple) and not value):
        return "default"
    if isinstance(value, bool):
        words = "yes" if value else "no"
    elif isinstance(value, Mapping):
        words = ", ".join(f"{k}: {_plain(v)}" for k, v in value.items())
    elif isinstance(value, list | tuple | np.ndarray):
        words = ", ".join(_plain(v) for v in value)
    elif isinstance(value, float):
        words = f"{value:.6g}"
    else:
        words = str(value)
    return words if len(words) <= _LONGEST else words[:_LONGEST] + " …"
