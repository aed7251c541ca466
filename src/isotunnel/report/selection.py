"""Which fields a report shows, and which of them first."""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.analysis.results import Analysis
from isotunnel.tunnels.results import Tunnels

_KINDS = ("elf", "potential", "electrostatic", "density", "other")
_ENGINES = ("file", "vasp", "espresso", "gpaw", "procrystal")


@dataclass(frozen=True, eq=False)
class FieldChoice:
    """A searched field.

    Attributes:
        id: letters, digits and hyphens only; unique in a report.
        engine: engine name.
        kind: field kind.
        tunnels: what was found.
    """

    id: str
    engine: str
    kind: str
    tunnels: Tunnels


def fields_of(analysis: Analysis) -> tuple[FieldChoice, ...]:
    """All searched fields, the one to look at first in front.

    Files and self-consistent fields come before superposed atoms; within an engine the ELF comes
    before potentials and the density.
    """
    found = [
        (engine, str(kind), tunnels)
        for engine, by_kind in analysis.tunnels.items()
        for kind, tunnels in by_kind.items()
    ]
    found.sort(
        key=lambda item: (_place(_ENGINES, item[0]), _place(_KINDS, item[1].partition("-")[0]))
    )
    return tuple(
        FieldChoice(f"field-{number}", engine, kind, tunnels)
        for number, (engine, kind, tunnels) in enumerate(found)
    )


def _base(kind: str) -> str:
    """ "elf" of "elf-up": a spin's field goes where its kind goes."""
    return kind.partition("-")[0]


def _place(order: tuple[str, ...], name: str) -> int:
    return order.index(name) if name in order else len(order)
