"""Everything that one analysis of one crystal or grid file found out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from isotunnel.engines.base import ElectronicStructure
from isotunnel.notebook import ShownInNotebooks, data_frame

if TYPE_CHECKING:
    import pandas
    from ase import Atoms

    from isotunnel.analysis.measured import MeasuredBeside
    from isotunnel.analysis.pairing.result import PairingResult
    from isotunnel.levels import LiftingGap
    from isotunnel.theories.hydrides.networks import TcEstimate
    from isotunnel.tunnels.results import Tunnels


@dataclass(frozen=True, eq=False)
class Analysis(ShownInNotebooks):
    """The tunnels of a crystal, its levels and gaps, and what they suggest.

    Attributes:
        name: the crystal's name, or the file's.
        title: one line for a person.
        atoms: the crystal as computed, None where a grid file does not tell.
        structures: by engine name ("gpaw", "procrystal"; "file" for a grid file, "vasp" and
            "espresso" for a run's folder), the one that was asked for first.
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
        phi_pseudo, phi_star_pseudo: the same of the pseudo density's ELF, None where the engine
            keeps none beside that of all electrons.
        tc_estimates: one per published formula; empty without hydrogen. From ``phi_pseudo`` and
            ``phi_star_pseudo`` where they are there, for the formulas were fitted to such.
        tc_estimates_all_electron: the same from ``phi`` and ``phi_star``; empty where those are
            what ``tc_estimates`` took.
        sources: where the crystal comes from, one reference each.
        warnings: all warnings.
        settings: what was asked for.
        pairing: coupling and Tc by rigid muffin tins, where they were asked for.
        provenance: for numbers that were read or stated: the file, or "stated by the user", by
            the number's name; empty for a crystal that an engine computed.
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
    phi_pseudo: float | None = None
    phi_star_pseudo: float | None = None
    tc_estimates_all_electron: tuple[TcEstimate, ...] = ()
    sources: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)
    pairing: PairingResult | None = None

    @property
    def structure(self) -> ElectronicStructure:
        """The result of the engine that was asked for."""
        return next(iter(self.structures.values()))

    @property
    def crystal(self) -> dict[str, Any] | None:
        """The crystal as computed, in plain values; None where a grid file does not tell."""
        return None if self.atoms is None else _crystal(self.atoms)

    @cached_property
    def measured(self) -> MeasuredBeside | None:
        """What was measured of the crystal, beside its readings and formulas."""
        from isotunnel.analysis.measured import measured_beside

        structures = self.structures.values()
        return measured_beside(self.atoms, structures, self.gaps, self.tc_estimates)

    def to_pandas(self) -> pandas.DataFrame:
        """One row per reading and dimension: lifting gaps in the reading's unit; NaN where there is
        no tunnel, or where the reading cannot say, with its reason.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        columns = ("reading", "engine", "dimensions", "gap", "error", "unit", "cannot_say")
        rows = [
            (gap.reading, gap.engine, n + 1, gap.gaps[n], gap.errors[n], gap.unit, gap.cannot_say)
            for gap in self.gaps
            for n in range(3)
        ]
        return data_frame(columns, rows)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; unknown is None. Keys: ``isotunnel.schemas.analysis``."""
        from isotunnel.schemas import document
        from isotunnel.schemas.analysis import Analysis as Shape

        return document(Shape, self)


def _crystal(atoms: Atoms) -> dict[str, Any]:
    return {
        "formula": atoms.get_chemical_formula(mode="metal"),
        "cell_angstrom": atoms.cell.array.tolist(),
        "volume_angstrom3": float(atoms.get_volume()),
        "symbols": list(atoms.get_chemical_symbols()),
        "positions_fractional": atoms.get_scaled_positions().tolist(),
    }
