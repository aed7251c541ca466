"""Claims that rest on a reading of the theory, judged under every one that can say something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from isotunnel.evidence.sources import Sources
from isotunnel.studies.benchmark.run import picked_reading

ENERGIES = ("ks", "atomic", "electrostatic")
"""Readings whose tunnels are passes of a potential, in eV."""
TUNNELS = (*ENERGIES, "density", "elf")
"""All readings that look at tunnels."""

Rows = TypeVar("Rows")


@dataclass(frozen=True)
class ByReading(Generic[Rows]):
    """What a claim is judged on, by reading; ``reading`` is the one that is shown first."""

    reading: str
    rows: Mapping[str, Rows]

    @property
    def shown(self) -> Rows:
        """The rows of the reading that is shown first."""
        return self.rows[self.reading]


def by_reading(
    sources: Sources, names: Sequence[str], gather: Callable[[Sources, str], Rows]
) -> ByReading[Rows]:
    """Rows under each reading; first that which B18's cross-validation picks among them.

    That choice knows measured states of matter and nothing of the claim.
    """
    rows = {name: gather(sources, name) for name in names}
    return ByReading(picked_reading(sources, tuple(names)), rows)
