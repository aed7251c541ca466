"""Machine-learned interatomic potentials (extra ``mlip``): cells, energies, pressures; no fields.

When their pressures are believed stands in :mod:`isotunnel.engines.mlip.plan`; it was written
before a pressure was compared.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "compared": ["Compared", "compared", "reach_of"],
        "engine": ["PotentialEngine", "open_potential"],
        "families": ["family_of"],
        "trust": ["Trust", "by_family", "by_points"],
    },
)
