"""One file per material: the one place through which a new material enters every room.

A TOML file in ``data/`` (or one registered while the program runs) holds what is known of a
material: names, equation of state, phases with parameters, crystal, range of its scan, rows of
measured tables. The libraries of substances, of matter, of crystals and of measured facts each read
their part beside their own tables, and so diagrams, scans and claims meet it. Users register one by
:func:`isotunnel.substances.register_material`, which reads it as every room does.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
