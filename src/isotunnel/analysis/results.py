"""Everything that one analysis of one crystal or grid file found out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from isotunnel.engines.base import ElectronicStructure

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.levels import LiftingGap
    from isotunnel.theories.hydrides.networks import TcEstimate
    from isotunnel.tunnels.results import Tunnels

SCHEMA = "isotunnel.analysis/1"
"""Name and version of the dictionary that :meth:`Analysis.as_dict` returns."""


@dataclass(frozen=True, eq=False)
class Analysis:
    """The tunnels of a crystal, its levels and gaps, and what they suggest.

    Attributes:
        name: the crystal's name, or the file's.
        title: one line for a person.
        atoms: the crystal as computed, None where a grid file does not tell.
        structures: by engine name ("gpaw", "procrystal", or "file" for a grid file), the one that
            was asked for first.
        tunnels: by engine name, then by field kind ("elf"; "elf-down" for a second spin part).
        gaps: one per reading, in the order of the registry; a reading that cannot say is there
            too, with its reason.
        phi: networking value, the rank-3 threshold of the ELF; None where there is no ELF or its
            network never spans three dimensions.
        phi_error: its estimated grid error.
        phi_star: molecularity index; None without hydrogen or ELF.
        h_fraction: hydrogen atoms over all atoms; None where the atoms are unknown.
        h_dos: hydrogen's share of the projected density of states at the Fermi level; None where
            unknown, and in an insulator.
        tc_estimates: one per published formula; empty without hydrogen.
        sources: where the crystal comes from, one reference each.
        warnings: all warnings.
        settings: what was asked for.
    """

    name: str
    title: str
    atoms: Atoms | None
    structures: Mapping[str, ElectronicStructure]
    tunnels: Mapping[str, Mapping[str, Tunnels]]
    gaps: tuple[LiftingGap, ...] = ()
    phi: float | None = None
    phi_error: float | None = None
    phi_star: float | None = None
    h_fraction: float | None = None
    h_dos: float | None = None
    tc_estimates: tuple[TcEstimate, ...] = ()
    sources: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def structure(self) -> ElectronicStructure:
        """The result of the engine that was asked for."""
        return next(iter(self.structures.values()))

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and lists, JSON-ready; unknown is None. Schema: :data:`SCHEMA`."""
        main = self.structure
        return {
            "schema": SCHEMA,
            "name": self.name,
            "title": self.title,
            "engine": main.engine,
            "crystal": _crystal(self.atoms),
            "pressure_gpa": main.pressure_gpa,
            "energy_ev": main.energy_ev,
            "fermi_ev": main.fermi_ev,
            "vbm_ev": main.vbm_ev,
            "cbm_ev": main.cbm_ev,
            "band_gap_ev": main.band_gap_ev,
            "direct_gap_ev": main.direct_gap_ev,
            "dos_fermi_per_ev_cell": main.dos_fermi,
            "dos_fermi_by_element": _mapping(main.dos_fermi_by_element),
            "phi": self.phi,
            "phi_error": self.phi_error,
            "phi_star": self.phi_star,
            "h_fraction": self.h_fraction,
            "h_dos": self.h_dos,
            "tc_estimates": [t.as_dict() for t in self.tc_estimates],
            "readings": [g.as_dict() for g in self.gaps],
            "tunnels": {
                engine: {kind: t.as_dict() for kind, t in by_kind.items()}
                for engine, by_kind in self.tunnels.items()
            },
            "cannot_say": _mapping(main.cannot_say),
            "warnings": list(self.warnings),
            "sources": list(self.sources),
            "settings": _mapping(self.settings),
            "engine_settings": {n: _mapping(s.settings) for n, s in self.structures.items()},
            "versions": {n: _mapping(s.versions) for n, s in self.structures.items()},
        }


def _crystal(atoms: Atoms | None) -> dict[str, Any] | None:
    if atoms is None:
        return None
    return {
        "formula": atoms.get_chemical_formula(mode="metal"),
        "cell_angstrom": atoms.cell.array.tolist(),
        "volume_angstrom3": float(atoms.get_volume()),
        "symbols": list(atoms.get_chemical_symbols()),
        "positions_fractional": atoms.get_scaled_positions().tolist(),
    }


def _mapping(mapping: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Plain values: tuples and arrays become lists."""
    if mapping is None:
        return None
    return {str(k): _plain(v) for k, v in mapping.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if hasattr(value, "tolist"):
        return value.tolist()
    return value
