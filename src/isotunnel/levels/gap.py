"""The lifting gap: what a reading finds for one crystal."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from isotunnel.levels.state import ElectricalState


def _nothing() -> NDArray[np.float64]:
    return np.full(3, math.nan)


@dataclass(frozen=True, eq=False)
class LiftingGap:
    """Energy (or another cost) of lifting a valence electron into tunnels of 1, 2, 3 dimensions.

    gaps = tunnel_levels - valence_level: positive is a price, zero or less means that the valence
    level reaches the tunnel.

    Attributes:
        reading: name of the reading.
        title: the reading in one line.
        unit: unit of levels and gaps, "eV" or "1".
        engine: engine whose result was read, "" where none could serve.
        gaps: shape (3,), NaN where no tunnel opens that many dimensions below the escape level.
        errors: shape (3,), error of the gaps from the grid; the valence level's is not in it.
        valence_level: level of the valence electrons, NaN where unknown.
        tunnel_levels: shape (3,), levels at which tunnels open, also beyond the escape level.
        escape_level: level above which an electron has left the crystal, or None.
        dimensions: 0 to 3, how many dimensions tunnels open below the escape level.
        delta_c: gap up to which the state is conducting, same unit.
        state: what the rule makes of the gaps, None where the reading cannot say.
        cannot_say: the reason why there is no answer, or None.
        note: what a user should know of this result.
    """

    reading: str
    title: str
    unit: str
    delta_c: float
    engine: str = ""
    gaps: NDArray[np.float64] = field(default_factory=_nothing)
    errors: NDArray[np.float64] = field(default_factory=_nothing)
    valence_level: float = math.nan
    tunnel_levels: NDArray[np.float64] = field(default_factory=_nothing)
    escape_level: float | None = None
    dimensions: int = 0
    state: ElectricalState | None = None
    cannot_say: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("gaps", "errors", "tunnel_levels"):
            array = np.array(getattr(self, name), dtype=float)
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    @property
    def answered(self) -> bool:
        """Whether the reading has an answer."""
        return self.cannot_say is None
