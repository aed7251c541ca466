"""What is compared, on which rows, and when a descriptor is informed: fixed before any number.

**Rows.** The crystals of JARVIS whose coupling lambda, logarithmic mean frequency omega_log and Tc
were computed by linear response (Choudhary and Garrity, npj Comput. Mater. 8, 244 (2022)), in their
own cells at zero pressure. Not used: lambda above :data:`MOST_LAMBDA` (soft modes, not coupling),
a lambda or omega_log that is not positive, inputs that hold the same crystal as an earlier one, and
crystals whose screen failed.

**Descriptors.** Those of :data:`PROCRYSTAL`, of superposed free atoms, and, judged apart, those of
:data:`DFT`; the cell's beside them, for comparison, and for nothing else.

**Two correlations** of each descriptor with each of lambda, omega_log and Tc, both Spearman's:

* *plain*;
* *beyond composition*: of what is left of both when trees that were fitted to the compositions of
  other families have said what they can (Robinson, Econometrica 56, 931 (1988), with the fit left
  out: Chernozhukov et al., Econometrics J. 21, C1 (2018)). Families are those of
  :func:`isotunnel.studies.world.features.family_of`, dealt into five parts; trees and composition
  are those of the study of the world's crystals.

**The rule.** Intervals are percentiles over families redrawn, at the level :data:`LEVEL`: there are
33 pairs of a tunnel descriptor and a quantity (24 by DFT), so at 95 % one or two would pass by
chance, at 99 % a third of one. A descriptor *is informed beyond composition* where the second
correlation is at least :data:`LEAST` in size and its interval keeps clear of zero; *by itself only*
where just the first does; else *none is shown*. A descriptor that takes fewer than
:data:`FEWEST_VALUES` different values, or is known of fewer crystals than the screen's
``fewest_rows``, cannot say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

QUANTITIES = ("lambda_ep", "omega_log_k", "tc_k")
"""By linear response."""


@dataclass(frozen=True)
class Screened:
    """One screen of the crystals, and what of it is compared.

    Attributes:
        table, fits: names of the files shipped.
        tunnels: descriptors that the rule is for.
        cell: those beside them.
        differences: descriptors that are one column of the screen less another.
        ratios: descriptors that are one column over another.
        fewest_rows: crystals that a descriptor must be known of.
    """

    table: str
    fits: str
    tunnels: tuple[str, ...]
    cell: tuple[str, ...]
    differences: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    ratios: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    fewest_rows: int = 200

    @property
    def descriptors(self) -> tuple[str, ...]:
        """All that are compared."""
        return (*self.tunnels, *self.cell)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of a screen that are asked for."""
        made = {**self.differences, **self.ratios}
        plain = [d for d in self.descriptors if d not in made]
        return tuple(dict.fromkeys((*plain, *(c for pair in made.values() for c in pair))))


PROCRYSTAL = Screened(
    table="couplings.csv.gz",
    fits="left_out.csv.gz",
    tunnels=(
        "gap_atomic_3d_ev",
        "gap_density_3d",
        "rank_atomic",
        "threshold_procrystal_electrostatic_3d_ev",
        "threshold_procrystal_potential_3d_ev",
        "threshold_procrystal_density_3d_per_angstrom3",
        "anisotropy_procrystal_potential_ev",
        "bottleneck_procrystal_potential_3d_radius_angstrom",
        "bottleneck_procrystal_potential_3d_slope_angstrom2",
        "networks_procrystal_potential_1d",
        "segments_procrystal_potential",
    ),
    cell=("volume_per_atom_angstrom3", "mass_density_g_cm3", "packing_covalent"),
    differences={
        "anisotropy_procrystal_potential_ev": (
            "threshold_procrystal_potential_3d_ev",
            "threshold_procrystal_potential_1d_ev",
        )
    },
)
"""Of superposed free atoms: every crystal."""

DFT = Screened(
    table="networking.csv.gz",
    fits="networking_left_out.csv.gz",
    tunnels=(
        "phi",
        "threshold_gpaw_elf_1d",
        "anisotropy_gpaw_elf",
        "bottleneck_gpaw_elf_3d_radius_angstrom",
        "gap_ks_3d_ev",
        "threshold_gpaw_potential_3d_ev",
        "threshold_gpaw_electrostatic_3d_ev",
        "threshold_gpaw_density_3d_per_angstrom3",
    ),
    cell=("dos_fermi_per_ev_atom", "volume_per_atom_angstrom3"),
    differences={"anisotropy_gpaw_elf": ("threshold_gpaw_elf_1d", "threshold_gpaw_elf_3d")},
    ratios={"dos_fermi_per_ev_atom": ("dos_fermi_per_ev_cell", "n_atoms")},
    fewest_rows=150,
)
"""Of GPAW's self-consistent fields (PBE, spin-paired as linear response was): the smallest cells
first, in an order drawn once. phi is the networking value, the ELF at which the network connects in
three dimensions. The descriptors and the number of rows were written while the first crystals were
running, before any correlation."""

MOST_LAMBDA = 4.0
LEVEL = 0.99
LEAST = 0.1
"""Of a correlation's size."""
FEWEST_VALUES = 3

BEYOND = "informed beyond composition"
BY_ITSELF = "by itself only"
NONE = "none is shown"
