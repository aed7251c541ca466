"""How the numbers were made: settings, engines, versions, what is missing, sources."""

from __future__ import annotations

from typing import Any

from isotunnel.analysis.provenance import by_source
from isotunnel.analysis.results import Analysis
from isotunnel.engines.base import ElectronicStructure
from isotunnel.engines.magnetism import Magnetism, in_words
from isotunnel.report import text
from isotunnel.report.page.settings import settings_in_words
from isotunnel.report.page.templates import fill
from isotunnel.versions import isotunnel_version

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
        asked=settings_in_words(analysis.settings),
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
    if structure.magnetism is not None:
        facts += _magnetic_facts(structure.magnetism)
    return {
        "name": text.engine_name(structure.engine),
        "facts": facts,
        "settings": settings_in_words(structure.settings),
        "versions": ", ".join(f"{name} {v}" for name, v in structure.versions.items()),
        "missing": [f"{name}: {why}" for name, why in structure.cannot_say.items()],
    }


def _magnetic_facts(magnetism: Magnetism) -> list[tuple[str, str]]:
    facts = [("Magnetic state", in_words(magnetism).replace("mu_B", "μB"))]
    facts += [
        (
            f"Spin {channel.spin}",
            f"gap {text.number(channel.band_gap_ev, 'eV', missing='none: no electrons')}, "
            f"{text.number(channel.dos_fermi, 'states/eV/cell')} at the Fermi level",
        )
        for channel in magnetism.channels
    ]
    return [*facts, ("Magnetic states tried", ", ".join(t.name for t in magnetism.tried))]
