"""The one interface behind which fields are computed from a crystal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from isotunnel.engines.magnetism import Magnetism
from isotunnel.errors import CannotSay
from isotunnel.fields.field import Field

if TYPE_CHECKING:
    from ase import Atoms

Progress = Callable[[str, float | None], None]
"""Called with a short message and the fraction done in [0, 1], or None where it is unknown."""


def part_of_progress(progress: Progress | None, low: float, high: float) -> Progress | None:
    """Progress of one step of a longer calculation: its 0 to 1 becomes ``low`` to ``high``."""
    if progress is None:
        return None

    def report(message: str, fraction: float | None) -> None:
        progress(message, None if fraction is None else low + (high - low) * fraction)

    return report


_READABLE = {
    "fermi_ev": "Fermi level",
    "vbm_ev": "valence-band maximum",
    "cbm_ev": "conduction-band minimum",
    "band_gap_ev": "band gap",
    "direct_gap_ev": "direct gap",
    "dos_fermi": "density of states at the Fermi level",
    "energy_ev": "total energy",
    "pressure_gpa": "pressure",
    "atomic_level_ev": "free-atom level",
    "valence_density": "valence density of free atoms",
    "magnetism": "magnetic state",
}


def _frozen(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(mapping))


PSEUDO_ELF = "elf_pseudo"
"""Key of the ELF of the smooth valence density beside that of all electrons: published formulas
for Tc were fitted to such. It is not searched like the other fields."""

SPIN_PARTS = frozenset(["density-up", "density-down", "elf-up", "elf-down"])
"""Fields of one spin beside those of both; the engine's result holds them, they are not searched
for tunnels."""


@dataclass(frozen=True, eq=False)
class ElectronicStructure:
    """What an engine found out about one crystal.

    A quantity that the engine cannot give is None (or absent from ``fields``), and
    ``cannot_say`` tells why, keyed by the quantity's name.

    Attributes:
        atoms: the crystal as computed.
        engine: engine name, e.g. "procrystal" or "gpaw".
        fields: by field kind ("potential", "electrostatic", "density", "elf"); of a magnetic
            crystal also by spin: "potential" is that of spin up, the majority, "potential-down" the
            other; "density" and "elf" are of both spins, and "density-up", "density-down", "elf-up"
            and "elf-down" beside them of one.
        fermi_ev: Fermi level, eV, on the energy zero of the potential fields.
        vbm_ev: valence-band maximum, eV; equal to ``fermi_ev`` in a metal.
        cbm_ev: conduction-band minimum, eV; equal to ``fermi_ev`` in a metal.
        band_gap_ev: Kohn-Sham gap, eV, 0 in a metal.
        direct_gap_ev: smallest direct Kohn-Sham gap, eV.
        dos_fermi: density of states at the Fermi level, states/eV/cell, both spins.
        dos_fermi_by_element: the projected part of each element, same unit; the projections need
            not add up to ``dos_fermi``.
        energy_ev: total energy of the cell, eV.
        pressure_gpa: pressure of the cell as given (not relaxed), GPa.
        atomic_level_ev: highest occupied free-atom level, shifted to first order by the
            neighbours' potential, the highest over the atoms; eV.
        valence_density: density at which a free atom's valence shell holds 95 % of its charge
            (the lowest over the atoms), 1/angstrom^3.
        magnetism: the magnetic state; None where the run was spin-paired without a look for one.
        augmentation_radii: per atom, angstrom: inside these spheres the fields are pseudo fields
            or reconstructed ones, as ``settings`` say; empty where an engine has no spheres.
        settings: everything that determines the result, as plain values.
        versions: versions of the programs and data sets used.
        warnings: what a user should know before trusting the numbers.
        cannot_say: reason per missing quantity.
        sources: for what was read from a finished calculation: the file that states it, by quantity
            and by field; empty where the engine computed everything.
    """

    atoms: Atoms
    engine: str
    fields: Mapping[str, Field]
    fermi_ev: float | None = None
    vbm_ev: float | None = None
    cbm_ev: float | None = None
    band_gap_ev: float | None = None
    direct_gap_ev: float | None = None
    dos_fermi: float | None = None
    dos_fermi_by_element: Mapping[str, float] | None = None
    energy_ev: float | None = None
    pressure_gpa: float | None = None
    atomic_level_ev: float | None = None
    valence_density: float | None = None
    magnetism: Magnetism | None = None
    augmentation_radii: tuple[float, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    cannot_say: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("fields", "settings", "versions", "cannot_say", "sources"):
            object.__setattr__(self, name, _frozen(getattr(self, name)))
        if self.dos_fermi_by_element is not None:
            object.__setattr__(self, "dos_fermi_by_element", _frozen(self.dos_fermi_by_element))

    @property
    def _who(self) -> str:
        return f"the {self.engine} {'run' if self.sources else 'engine'}"

    def require_field(self, kind: str) -> Field:
        """The field of that kind, or :class:`CannotSay` with the engine's reason."""
        if kind in self.fields:
            return self.fields[kind]
        reason = self.cannot_say.get(kind, "it was not computed")
        raise CannotSay(f"{self._who} gives no {kind} field: {reason}")

    def require(self, name: str) -> float:
        """The scalar attribute ``name``, or :class:`CannotSay` with the engine's reason."""
        value = getattr(self, name)
        if value is None:
            reason = self.cannot_say.get(name, "it was not computed")
            words = _READABLE.get(name, name)
            raise CannotSay(f"{self._who} gives no {words}: {reason}")
        return float(value)


class Engine(Protocol):
    """Computes the fields and levels of a crystal."""

    @property
    def name(self) -> str:
        """Short name by which results are kept apart."""
        ...

    def compute(self, atoms: Atoms, *, progress: Progress | None = None) -> ElectronicStructure:
        """Run on ``atoms`` as given (no relaxation).

        Raises:
            CrystalError: the crystal is impossible (zero volume, overlapping atoms, ...).
            MissingExtraError: the engine's packages are not installed.
            EngineError: it ran but gave no usable result.
        """
        ...
