"""When a machine-learned pressure is believed: fixed before the pressures were compared.

What was known before: an earlier trial gave H3S 139 GPa (CHGNet) and -400 GPa (SevenNet) where GPAW
gives 202, and this potential gave lithium's cI16 cell 18 GPa where its source says 38.9.

**Compared** are the cells of the atlas, each relaxed by GPAW (PBE) under its pressure, from 0 to
:data:`MOST_GPA`. The potential computes the pressure of that very cell; nothing is relaxed.

**A point is met** where the two pressures differ by at most :data:`WITHIN` of GPAW's, or of
:data:`LOW_GPA` where GPAW's is lower: a share of a number near zero says nothing.

**A crystal's reach** is the pressure up to which every point from the lowest on is met, where these
are at least :data:`FEWEST_VOLUMES`; else it has none.

**A family** (:mod:`isotunnel.engines.mlip.families`) is shown where at least
:data:`FEWEST_CRYSTALS` of it have so many points and each has a reach; its own is the lowest.

**An answer** is given for pressures from 0 to a reach, and only where the potential's own pressure
falls with the volume all the way (:data:`SWEEP` cells scaled evenly, from the volume at 0 GPa times
:data:`BEYOND` to that at the highest pressure over it). The reach is that of the crystal itself
where the atlas has it (same formula and space group, compared on the spot). Else, where the user
asks for it, that of GPAW runs on :data:`CHECKED` of the relaxed cells, met as above. Else that of
its family. Hydrides are refused unless asked for, and then obey the same rule.
"""

from __future__ import annotations

MOST_GPA = 150.0
WITHIN = 0.15
LOW_GPA = 5.0
FEWEST_VOLUMES = 3
FEWEST_CRYSTALS = 3
SWEEP = 25
BEYOND = 1.02
CHECKED = 3


def met(pressure_gpa: float, gpaw_gpa: float) -> bool:
    """Whether a pressure is near enough to GPAW's."""
    return abs(pressure_gpa - gpaw_gpa) <= WITHIN * max(abs(gpaw_gpa), LOW_GPA)
