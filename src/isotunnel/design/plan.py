"""What is searched, how it is ranked and judged: fixed before a candidate was ranked.

The measured Tc of the hydrides below were known to whoever wrote this; their ranks were not.

**Candidates.** Every way to put other elements on the sites (not hydrogen's) of the prototypes in
``data/prototypes.toml``, each site's element taken from those that pass two filters:

* *size*: the covalent radius (Cordero 2008) lies within :data:`SLACK` of the range of the elements
  that known members of the prototype have on that site;
* *charge*: the electronegativity (Pauling) is on the same side of hydrogen's as that of all known
  members on that site (of the mean of the other sites' known members where there is no hydrogen),
  and the outer electrons of a formula unit (three for a lanthanide or actinide) lie within the
  range of the known members, widened by :data:`ELECTRON_SLACK`.

Where a prototype has :data:`MANY_MEMBERS` or more, a site takes only elements that a known member
has there. Noble gases and elements beyond :data:`HEAVIEST` are left out. (The first draft had no
such limit, no slack of electrons, and lanthanides with all their f electrons; it let 5,337
candidates through and neither ThH9 nor LaBeH8. It was changed before a candidate was ranked.)

**Cell.** That of the known member whose mean covalent radius comes nearest, and which is not the
candidate itself unless there is no other; its volume times the ratio of the sums of covalent
spheres of all atoms. Positions stay. Nothing is relaxed, so the pressure is that of the member's
cell as far as its source states one. How far such volumes are off is measured on the known members,
each from another one: the root mean square of the logarithm is the *spread*. (It is no smaller by
other powers of the radius, from 0 to 3, tried on the members before anything was ranked.)

**Rank.** By the lifting gap of the reading ``atomic`` in three dimensions (superposed free atoms),
lowest first: by the tunnel theory it superconducts where the gap is not positive, the surer the
lower. Crystals without a gap come last. Of the first ones the gaps at the volume divided and
multiplied by exp(spread) stand beside it. Stability is unknown: no hull, no phonons and no energies
are at hand.

**Judged** on hydrides that were made (``data/measured.toml``): *successes* have a measured Tc of
at least :data:`HIGH_TC_K` at any pressure, *failures* a lower one. Two areas under the receiver's
curve:

* *found*: successes against all other candidates of the hydride prototypes. These were mostly never
  made, so this asks whether the ranking brings the known ones to the top, not whether it is right;
* *told apart*: successes against failures.

Each within every prototype (only pairs of candidates of one prototype count), so that what a
prototype has in common decides nothing, and over all. With them the share of successes among the
first :data:`FIRST`. Beside the tunnel gap stands *composition only*: the mass of the other atoms
over that of the hydrogen, lowest first (Wrona, Niegodajew and Durajski, arXiv:2409.16070); and
*random*, whose area is 1/2.
The rank *helps* where its area lies above 1/2 and above composition's, both with 95 % intervals
over prototypes redrawn; *hurts* where its interval lies below 1/2; else *no help is shown*. With
fewer than :data:`FEWEST` successes, or failures, it cannot say.
"""

from __future__ import annotations

SLACK = 0.10
"""Of the smallest and largest radius."""
ELECTRON_SLACK = 1.0
"""Per formula unit."""
MANY_MEMBERS = 10
HEAVIEST = 92
HIGH_TC_K = 77.0
"""Boiling nitrogen."""
FIRST = (10, 50)
FEWEST = 5
SPREAD_SHOWN = 50
"""So many of the first have their gaps at other volumes computed too."""
SPACING_ANGSTROM = 0.2
