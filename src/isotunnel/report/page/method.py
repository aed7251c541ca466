"""How the numbers were made: settings, engines, versions, what is missing, sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from isotunnel.analysis.provenance import by_source
from isotunnel.analysis.results import Analysis
from isotunnel.engines.base import ElectronicStructure
from isotunnel.report import text
from isotunnel.report.page.parts import bullets, definitions, section
from isotunnel.report.text import esc
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
    """Settings and versions, engine by engine."""
    blocks = [_engine(structure) for structure in analysis.structures.values()]
    asked = _settings(analysis.settings)
    told = definitions(
        (esc(source), esc(", ".join(names)))
        for source, names in by_source(analysis.provenance).items()
    )
    return section(
        "method",
        "How it was computed",
        f"<h3>Asked for</h3>{asked}" if asked else "",
        f"<h3>Where each number comes from</h3>{told}" if analysis.provenance else "",
        *blocks,
        f"<p class='hint'>Isotunnel {esc(isotunnel_version())}.</p>",
    )


def sources_section(analysis: Analysis) -> str:
    """Where the crystal and the methods come from."""
    return section("sources", "Sources", bullets(analysis.sources))


def _engine(structure: ElectronicStructure) -> str:
    facts = [
        (esc(name), esc(text.number(value, unit)))
        for key, name, unit in _SCALARS
        if (value := getattr(structure, key)) is not None
    ]
    shares = structure.dos_fermi_by_element or {}
    facts += [
        (f"Projected density of states, {esc(symbol)}", esc(text.number(value, "states/eV/cell")))
        for symbol, value in shares.items()
    ]
    missing = bullets(f"{name}: {why}" for name, why in structure.cannot_say.items())
    versions = ", ".join(f"{name} {version}" for name, version in structure.versions.items())
    return (
        f"<h3>{esc(text.engine_name(structure.engine))}</h3>{definitions(facts)}"
        f"<details><summary>Settings and versions</summary>{_settings(structure.settings)}"
        f"<p class='hint'>{esc(versions)}</p></details>"
        + (f"<details><summary>What it cannot say</summary>{missing}</details>" if missing else "")
    )


def _settings(settings: Mapping[str, Any]) -> str:
    return definitions((esc(name), esc(_plain(value))) for name, value in settings.items())


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
