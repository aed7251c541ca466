"""Candidates: other elements in known structure types, ranked by what is at hand.

What is searched, how it is ranked, and how the ranking is judged stands in
:mod:`isotunnel.design.plan`; it was written before a candidate was ranked.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "candidates": ["Candidate", "candidates"],
        "prototypes": ["Prototype", "prototypes"],
        "rank": ["Ranked", "ranked"],
        "judge": ["Judged", "judge"],
        "search": ["Design", "design"],
    },
)
