"""Which crystals are squeezed, and to which volumes: measured ones wherever there are any.

Volumes at a pressure are those of the measured equation of state at 300 K (``isotunnel.matter``);
hexagonal crystals keep the c/a of ASE's table of elements, rare gases the ideal one, which measured
helium and xenon keep closely.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from isotunnel.errors import InputError
from isotunnel.matter import material, solid_volume
from isotunnel.units import ROOM_K

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.gpaw_pw import GpawSettings

APART = "apart"
"""Name of the volume at which atoms are alone."""
APART_A3 = 216.0
IDEAL = (8 / 3) ** 0.5


@dataclass(frozen=True)
class Squeeze:
    """One crystal over pressure.

    Attributes:
        name: file of its results, such as "He-hcp".
        symbol: the element.
        structure: "fcc", "bcc", "hcp" or "diamond".
        pressures_gpa: measured pressures, from 0 or more.
        phase: of ``isotunnel.matter``, whose equation of state gives the volumes.
        extrapolate: go on beyond the range of that.
        family: "rare gas" or "metal".
    """

    name: str
    symbol: str
    structure: str
    pressures_gpa: tuple[float, ...]
    phase: str = ""
    extrapolate: bool = False
    family: str = "metal"

    def volume_a3(self, pressure_gpa: float) -> float:
        """Measured volume per atom at 300 K."""
        phase = material(self.symbol).phase(self.phase or self.structure)
        found = solid_volume(phase.eos, pressure_gpa, ROOM_K, extrapolate=self.extrapolate)
        return float(found)

    def crystal(self, volume_a3: float) -> Atoms:
        """The primitive cell at a volume per atom."""
        return crystal_of(self.symbol, self.structure, volume_a3)

    def settings(self) -> GpawSettings:
        """What it is computed with."""
        from isotunnel.engines.gpaw_pw import GpawSettings

        if self.family == "rare gas":
            return GpawSettings(
                ecut_ev=800.0, kpoint_spacing=0.35, grid_spacing=0.07, edge_kpoints=0
            )
        return GpawSettings(kpoint_spacing=0.4, grid_spacing=0.09, edge_kpoints=0)


def crystal_of(symbol: str, structure: str, volume_a3: float) -> Atoms:
    """Primitive cell of an element.

    Raises:
        InputError: another structure than fcc, bcc, hcp or diamond.
    """
    from ase.build import bulk

    count = {"fcc": 4, "bcc": 2, "diamond": 8}
    if structure in count:
        return bulk(symbol, structure, a=(count[structure] * volume_a3) ** (1 / 3))
    if structure != "hcp":
        raise InputError(f"no cell of structure {structure!r} here: fcc, bcc, hcp or diamond")
    ratio = _axial_ratio(symbol)
    a = (2 * volume_a3 / (ratio * 3**0.5 / 2)) ** (1 / 3)
    return bulk(symbol, "hcp", a=a, c=ratio * a)


def _axial_ratio(symbol: str) -> float:
    from ase.data import atomic_numbers, reference_states

    known: Any = reference_states[atomic_numbers[symbol]] or {}
    return float(known.get("c/a", IDEAL)) if known.get("symmetry") == "hcp" else IDEAL


def _metals(structure: str, symbols: str, pressures: tuple[float, ...] = (0.0,)) -> list[Squeeze]:
    phases = {"Ti": "alpha", "Zr": "alpha"}
    return [
        Squeeze(f"{s}-{structure}", s, structure, pressures, phase=phases.get(s, ""))
        for s in symbols.split()
    ]


SQUEEZES: tuple[Squeeze, ...] = (
    Squeeze("He-hcp", "He", "hcp", (12, 24.07, 40, 58, 67.04), "", True, "rare gas"),
    Squeeze("He-fcc", "He", "fcc", (24.07, 67.04), "hcp", True, "rare gas"),
    Squeeze("Ne-fcc", "Ne", "fcc", (5, 20, 50, 115), "", False, "rare gas"),
    Squeeze("Ar-fcc", "Ar", "fcc", (2, 10, 30, 64), "", False, "rare gas"),
    Squeeze("Kr-fcc", "Kr", "fcc", (1, 4), "", False, "rare gas"),
    Squeeze("Xe-fcc", "Xe", "fcc", (5, 30, 75), "", False, "rare gas"),
    Squeeze("Xe-hcp", "Xe", "hcp", (75, 137), "", False, "rare gas"),
    *_metals("bcc", "Na", (0, 20, 60)),
    *_metals("fcc", "Al", (0, 50, 150)),
    *_metals("hcp", "Mg", (0, 20, 40)),
    *_metals("bcc", "W Cr Mo Nb Ta V Fe K Li"),
    *_metals("fcc", "Ir Cu Ag Au Pt Pd Ni Pb Rh Ca"),
    *_metals("hcp", "Be Ti Zn Zr Cd Re Ru Co Hf Y Sc Os"),
)
"""Crystals of the shipped results."""


def squeeze(name: str) -> Squeeze:
    """The plan of a name.

    Raises:
        InputError: no such plan.
    """
    for found in SQUEEZES:
        if found.name == name:
            return found
    raise InputError(f"nothing is planned for {name!r}: {', '.join(s.name for s in SQUEEZES)}")
