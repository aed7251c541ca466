"""What determines a GPAW run, with defaults chosen by the study in the documentation."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from isotunnel.errors import InputError

Part = Literal["all-electron", "valence", "pseudo"]
"""Which electrons and which wave functions a density or an ELF is made of.

``all-electron``: valence and core, PAW partial waves put back inside the augmentation spheres;
``valence``: the same without the core; ``pseudo``: the smooth valence functions alone.
"""

LEAST_CUTOFF_EV = 100.0
"""Below it not even the softest elements are described."""

SOFT_CUTOFF_EV = 500.0
"""Enough for 1 GPa in H3S at 200 GPa, 2 GPa in LaH10 at 250 GPa."""

HARD_CUTOFF_EV = 700.0
"""For elements whose 2p or 3d shell has no core shell of the same l to keep it out."""

HARD_ELEMENTS = frozenset(
    ["N", "O", "F", "Sc", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn"]
)
"""Measured for O: MgO's pressure is 18 GPa too low at 500 eV. The others are like it."""

PotentialPart = Literal["all-electron", "pseudo"]
"""Whether the potential inside the spheres is reconstructed or left as the smooth one."""


SpinChoice = Literal["auto", "on", "off"]
"""Whether magnetic states are tried: ``auto`` where an element is known for them, or where the
crystal brings moments; ``on`` everywhere; ``off`` nowhere (given moments are ignored)."""


Functional = Literal["PBE", "LDA", "RPBE", "revPBE"]
"""Exchange and correlation, with PAW data sets made for it."""


@dataclass(frozen=True)
class GpawSettings:
    """Settings of :class:`~isotunnel.engines.gpaw_pw.engine.GpawEngine`.

    Attributes:
        ecut_ev: plane-wave cutoff, eV; None for :data:`SOFT_CUTOFF_EV`, or
            :data:`HARD_CUTOFF_EV` if any of the :data:`HARD_ELEMENTS` is there.
        kpoint_spacing: largest distance of neighbouring k-points along each reciprocal vector
            (2 pi included), 1/angstrom; the mesh is centred on Gamma.
        smearing_ev: Fermi-Dirac width, eV.
        grid_spacing: largest distance of neighbouring grid points of the fields along each lattice
            vector, angstrom.
        edge_kpoints: k-points on the high-symmetry lines to look for band edges, in crystals that
            the mesh says are insulators; 0 to believe the mesh.
        elf: what the ELF is made of.
        density: what the density is made of.
        potential: what both potentials are inside the augmentation spheres.
        max_iterations: self-consistency steps before giving up.
        density_tolerance: convergence limit, electrons per valence electron.
        xc: exchange and correlation; defaults were chosen and checked with PBE.
        spin: whether magnetic states are tried, see
            :mod:`~isotunnel.engines.gpaw_pw.magnetic_starts`.

    Raises:
        InputError: a number is not positive and finite, or a choice is unknown.
    """

    ecut_ev: float | None = None
    kpoint_spacing: float = 0.3
    smearing_ev: float = 0.1
    grid_spacing: float = 0.07
    edge_kpoints: int = 20
    elf: Part = "all-electron"
    density: Part = "all-electron"
    potential: PotentialPart = "all-electron"
    max_iterations: int = 120
    density_tolerance: float = 1e-5
    spin: SpinChoice = "auto"
    xc: Functional = "PBE"

    def __post_init__(self) -> None:
        for name in (
            "ecut_ev",
            "kpoint_spacing",
            "smearing_ev",
            "grid_spacing",
            "max_iterations",
            "density_tolerance",
        ):
            value = getattr(self, name)
            if value is None and name == "ecut_ev":
                continue
            if not (math.isfinite(value) and value > 0):
                raise InputError(f"GPAW setting {name} must be a positive number, got {value!r}")
        if self.ecut_ev is not None and self.ecut_ev < LEAST_CUTOFF_EV:
            raise InputError(
                f"a plane-wave cutoff of {self.ecut_ev:g} eV cannot describe any element's valence "
                f"electrons: {LEAST_CUTOFF_EV:g} eV at least, {SOFT_CUTOFF_EV:g} by default"
            )
        if self.edge_kpoints < 0:
            raise InputError(f"GPAW setting edge_kpoints must not be negative: {self.edge_kpoints}")
        for name, allowed in (
            ("elf", Part),
            ("density", Part),
            ("potential", PotentialPart),
            ("spin", SpinChoice),
            ("xc", Functional),
        ):
            value = getattr(self, name)
            if value not in get_args(allowed):
                known = ", ".join(get_args(allowed))
                raise InputError(f"GPAW setting {name} must be one of {known}; got {value!r}")

    def cutoff_ev(self, symbols: Collection[str]) -> float:
        """The plane-wave cutoff for a crystal of these elements, eV."""
        if self.ecut_ev is not None:
            return self.ecut_ev
        return HARD_CUTOFF_EV if HARD_ELEMENTS.intersection(symbols) else SOFT_CUTOFF_EV

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for reports."""
        return asdict(self)
