"""Electrides whose dimension others have published, computed here."""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "published": ["Published", "published"],
        "table": ["ComputedElectride", "computed_electrides", "row_of", "SETTINGS"],
    },
)
