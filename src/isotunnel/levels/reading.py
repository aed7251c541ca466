"""What a reading is: a field, a valence level, and the rule that makes a gap of them.

The tunnel theory speaks of the energy that lifts an electron from its valence level into a tunnel.
A *reading* fixes what the tunnel and the valence level are, so that a number follows::

    gap_d = level(threshold_d) - valence level,      d = 1, 2, 3

``threshold_d`` is the value of the field at which one connected network first spans d dimensions
(see :mod:`isotunnel.tunnels`), and ``level`` turns a field value into the reading's own unit so
that a *higher level is harder to reach*: the value itself for a potential, minus its logarithm for
a density. A positive gap must be paid; a gap of zero or less means that the valence level reaches
the tunnel.

A reading of your own takes a few lines::

    from isotunnel.levels import FieldReading, register_reading

    register_reading(
        FieldReading(
            name="ks-hot",
            title="Kohn-Sham potential against a level 0.5 eV above the Fermi level",
            kind="potential",
            unit="eV",
            valence=lambda structure: structure.require("fermi_ev") + 0.5,
            delta_c=1.0,
            delta_c_reason="as in the ks reading",
        )
    )

From then on it is evaluated and reported beside the others. ``structure.require`` and
``structure.require_field`` raise :class:`~isotunnel.errors.CannotSay` with the engine's reason
where a quantity is missing; raise it yourself for a reason of your own. Anything with the
attributes and methods of :class:`Reading` may be registered; :class:`FieldReading` only spares the
writing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import CannotSay
from isotunnel.fields.kinds import DEFAULT_SIDES, FieldKind, Side

if TYPE_CHECKING:
    from isotunnel.engines.base import ElectronicStructure

Level = Callable[[float], float]
ValenceLevel = Callable[["ElectronicStructure"], float]
EscapeLevel = Callable[["ElectronicStructure"], float | None]


class TunnelThresholds(Protocol):
    """The part of a tunnel search that a reading needs (see :mod:`isotunnel.tunnels`)."""

    @property
    def thresholds(self) -> Any:
        """Shape (3,): field value at which one network spans 1, 2, 3 dimensions; NaN if never."""
        ...

    @property
    def thresholds_error(self) -> Any:
        """Shape (3,): estimated error of ``thresholds`` from the grid, same unit."""
        ...

    @property
    def side(self) -> Any:
        """Which side of the value the region lies on: "below" or "above"."""
        ...


@dataclass(frozen=True, eq=False)
class TunnelLevels:
    """Levels at which tunnels of 1, 2, 3 dimensions open, in the unit of the reading.

    Attributes:
        values: shape (3,), non-decreasing, NaN where no level opens that many dimensions.
        errors: shape (3,), same unit, NaN where unknown.
        escape: level above which an electron has left the crystal (the vacuum), or None where the
            field has none: then only a dimension that is never reached, up to the top of the
            field, counts as closed.
    """

    values: NDArray[np.float64]
    errors: NDArray[np.float64]
    escape: float | None = None

    def __post_init__(self) -> None:
        for name in ("values", "errors"):
            array = np.array(getattr(self, name), dtype=float)
            if array.shape != (3,):
                raise ValueError(f"{name} must have shape (3,), got {array.shape}")
            array.flags.writeable = False
            object.__setattr__(self, name, array)


@runtime_checkable
class Reading(Protocol):
    """A way to read a gap off an electronic structure and its tunnels.

    Attributes:
        name: short unique name.
        title: one line for tables and reports.
        kind: field kind whose tunnels are used, or "" where none is.
        unit: unit of levels and gaps ("eV" or "1").
        delta_c: gap up to which a crystal counts as conducting, same unit.
        delta_c_reason: where that number comes from.
        sees_overlap: whether the gap can be negative. Where it cannot, a gap of zero is a metal
            and the reading cannot tell a superconductor from a conductor.
        engines: names of the engines whose result it accepts, or None for any.
    """

    # Properties, so that frozen classes fit as well as plain attributes do.
    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def delta_c(self) -> float: ...

    @property
    def delta_c_reason(self) -> str: ...

    @property
    def sees_overlap(self) -> bool: ...

    @property
    def engines(self) -> tuple[str, ...] | None: ...

    def tunnel_levels(
        self, structure: ElectronicStructure, tunnels: Mapping[str, TunnelThresholds]
    ) -> TunnelLevels:
        """Levels of the tunnels; raises CannotSay with the reason where there are none."""
        ...

    def valence_level(self, structure: ElectronicStructure) -> float:
        """Level of the valence electrons; raises CannotSay with the reason where unknown."""
        ...


def itself(value: float) -> float:
    """The level of a potential is the potential."""
    return value


def one(_value: float) -> float:
    """The slope of :func:`itself`."""
    return 1.0


@dataclass(frozen=True)
class FieldReading:
    """A reading of one field: see the module's text for the rule and an example.

    Attributes:
        name, title, kind, unit, delta_c, delta_c_reason, sees_overlap, engines: see
            :class:`Reading`.
        valence: the valence level of an electronic structure, in ``unit``.
        level: turns a field value into a level; must be monotonic, rising for a field whose
            tunnels lie below the value and falling for one whose tunnels lie above.
        slope: absolute derivative of ``level``, which carries the error of a threshold over.
        escape: level beyond which an electron has left the crystal, where one is known.
        note: what a user should know of the reading, for reports.
    """

    name: str
    title: str
    kind: str
    unit: str
    valence: ValenceLevel
    delta_c: float
    delta_c_reason: str
    level: Level = itself
    slope: Level = one
    escape: EscapeLevel | None = None
    sees_overlap: bool = True
    engines: tuple[str, ...] | None = None
    note: str = ""

    def valence_level(self, structure: ElectronicStructure) -> float:
        """The valence level in ``unit``."""
        return float(self.valence(structure))

    def tunnel_levels(
        self, structure: ElectronicStructure, tunnels: Mapping[str, TunnelThresholds]
    ) -> TunnelLevels:
        """The field's thresholds as levels.

        Raises:
            CannotSay: the engine has no such field, no tunnels were looked for in it, or they
                were looked for on the other side.
        """
        return self.levels_in(self.kind, structure, tunnels)

    def levels_in(
        self, key: str, structure: ElectronicStructure, tunnels: Mapping[str, TunnelThresholds]
    ) -> TunnelLevels:
        """The same of another field of that kind, such as "potential-down"; raises likewise."""
        structure.require_field(key)
        if key not in tunnels:
            raise CannotSay(f"no tunnels were looked for in the {key} field")
        found = tunnels[key]
        side = DEFAULT_SIDES.get(FieldKind(self.kind))
        if side is not None and Side(found.side) is not side:
            raise CannotSay(
                f"the tunnels of the {self.kind} field were looked for {Side(found.side).value} "
                f"the level; this reading needs them {side.value}"
            )
        thresholds = np.asarray(found.thresholds, dtype=float)
        errors = np.asarray(found.thresholds_error, dtype=float)
        return TunnelLevels(
            values=np.array([_apply(self.level, x) for x in thresholds]),
            errors=np.array(
                [abs(e * _apply(self.slope, x)) for x, e in zip(thresholds, errors, strict=True)]
            ),
            escape=None if self.escape is None else self.escape(structure),
        )


def _apply(function: Level, value: float) -> float:
    """NaN stays NaN, and so does a value that the function has no answer for."""
    if not math.isfinite(value):
        return math.nan
    try:
        return float(function(float(value)))
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan
