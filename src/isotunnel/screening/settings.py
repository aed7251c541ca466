"""What is computed of every crystal of a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from isotunnel.errors import InputError

if TYPE_CHECKING:
    from isotunnel.engines.base import Engine
    from isotunnel.topology.graph import Connectivity

EngineName = Literal["procrystal", "gpaw"]
_ENGINES = ("procrystal", "gpaw")


@dataclass(frozen=True)
class Settings:
    """The same for all rows of one dataset.

    Attributes:
        engine: "procrystal" (superposed free atoms) or "gpaw" (DFT).
        spacing_angstrom: grid spacing of the procrystal, which stands beside GPAW too where it is
            the engine asked for; GPAW keeps its own grid.
        connectivity: 26 or 6, see :func:`~isotunnel.tunnels.find_tunnels`.
        refine: find thresholds between grid points.
    """

    engine: EngineName = "procrystal"
    spacing_angstrom: float = 0.2
    connectivity: Connectivity = 26
    refine: bool = True

    def __post_init__(self) -> None:
        if self.engine not in _ENGINES:
            raise InputError(f"a screen's engine is procrystal or gpaw, not {self.engine!r}")
        if not 0.02 <= self.spacing_angstrom <= 1.0:
            raise InputError(
                f"the grid spacing must be 0.02 to 1 angstrom, got {self.spacing_angstrom:g}"
            )
        if self.connectivity not in (6, 26):
            raise InputError(f"connectivity must be 6 or 26, got {self.connectivity!r}")

    def make_engine(self) -> Engine:
        """The engine that does it.

        Raises:
            MissingExtraError: GPAW is asked for and not installed.
        """
        if self.engine == "procrystal":
            from isotunnel.engines.procrystal import ProcrystalEngine

            return ProcrystalEngine(spacing_angstrom=self.spacing_angstrom)
        from isotunnel.engines.gpaw_pw import GpawEngine

        return GpawEngine()

    def values(self) -> dict[str, Any]:
        """By column name of the dataset."""
        return {
            "engine": self.engine,
            "spacing_angstrom": self.spacing_angstrom if self.engine == "procrystal" else None,
            "connectivity": self.connectivity,
            "refine": self.refine,
        }
