"""What is compared, on which rows, and when a descriptor is informed: fixed before any number.

**Rows.** The crystals of JARVIS whose coupling lambda, logarithmic mean frequency omega_log and Tc
were computed by linear response (Choudhary and Garrity, npj Comput. Mater. 8, 244 (2022)), in their
own cells at zero pressure. Not used: lambda above :data:`MOST_LAMBDA` (soft modes, not coupling),
a lambda or omega_log that is not positive, inputs that hold the same crystal as an earlier one, and
crystals whose screen failed.

**Descriptors.** :data:`TUNNELS`, of superposed free atoms; :data:`CELL` beside them, for
comparison, and for nothing else.

**Two correlations** of each descriptor with each of lambda, omega_log and Tc, both Spearman's:

* *plain*;
* *beyond composition*: of what is left of both when trees that were fitted to the compositions of
  other families have said what they can (Robinson, Econometrica 56, 931 (1988), with the fit left
  out: Chernozhukov et al., Econometrics J. 21, C1 (2018)). Families are those of
  :func:`isotunnel.studies.world.features.family_of`, dealt into five parts; trees and composition
  are those of the study of the world's crystals.

**The rule.** Intervals are percentiles over families redrawn, at the level :data:`LEVEL`: there are
33 pairs of a tunnel descriptor and a quantity, so at 95 % one or two would pass by chance, at 99 %
a third of one. A descriptor *is informed beyond composition* where the second correlation is at
least :data:`LEAST` in size and its interval keeps clear of zero; *by itself only* where just the
first does; else *none is shown*. A descriptor that takes fewer than
:data:`FEWEST_VALUES` different values, or is known of fewer than :data:`FEWEST_ROWS` crystals,
cannot say.
"""

from __future__ import annotations

QUANTITIES = ("lambda_ep", "omega_log_k", "tc_k")
"""By linear response."""
TUNNELS = (
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
)
"""Columns of a screen; the anisotropy is the threshold in three dimensions less that in one."""
CELL = ("volume_per_atom_angstrom3", "mass_density_g_cm3", "packing_covalent")
DESCRIPTORS = (*TUNNELS, *CELL)

MOST_LAMBDA = 4.0
LEVEL = 0.99
LEAST = 0.1
"""Of a correlation's size."""
FEWEST_ROWS = 200
FEWEST_VALUES = 3

BEYOND = "informed beyond composition"
BY_ITSELF = "by itself only"
NONE = "none is shown"
