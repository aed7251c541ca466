"""The command line: a module per command, which holds a function of the same name and examples."""

from __future__ import annotations

import lazy_loader

COMMANDS = (
    "tunnels",
    "analyze",
    "compare",
    "scan",
    "screen",
    "query",
    "serve",
    "pairing",
    "electride",
    "eos",
    "diagram",
    "atlas",
    "hydrides",
    "design",
    "scorecard",
    "fits",
    "spacing",
    "metal",
    "squeeze",
    "bond",
    "meissner",
    "critical",
    "helium",
    "planet",
    "crystals",
    "data",
    "cite",
    "config",
)
"""In the order of ``isotunnel --help``."""

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=set(COMMANDS))
