"""Everything that one analysis of one crystal or grid file found out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from isotunnel.fields.engines.base import ElectronicStructure

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.levels import LiftingGap
    from isotunnel.theories.hydride_networks import TcEstimate
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
        structures: by engine name ("gpaw", "procrystal", or "file" for a grid file).
        tunnels: by engine name, then by field kind.
        gaps: one per reading, in the order of the registry; a reading that cannot say is there
            too, with its reason.
        phi: networking value, the rank-3 threshold of the ELF; None where there is no ELF.
        phi_error: its estimated grid error.
        phi_star: molecularity index; None without hydrogen or ELF.
        h_fraction: hydrogen atoms over all atoms; None where the atoms are unknown.
        h_dos: hydrogen's share of the projected density of states at the Fermi level.
        tc_estimates: one per published formula; empty without hydrogen.
        sources: where the crystal and the methods come from, one reference each.
        warnings: all warnings, most important first.
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
