"""What is computed of every crystal of a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from isotunnel.analysis.engine_settings import EngineSettings
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from isotunnel.engines.base import Engine
    from isotunnel.topology.graph import Connectivity

EngineName = Literal["procrystal", "gpaw"]
OF_GPAW_ITSELF = EngineSettings()
_ENGINES = ("procrystal", "gpaw")
_OF_GPAW = {
    "kpoint_spacing_per_angstrom": "kpoint_spacing",
    "cutoff_ev": "cutoff_ev",
    "xc": "xc",
    "spin": "spin",
}
"""Columns of GPAW's settings, and their names there."""


@dataclass(frozen=True)
class Settings:
    """The same for all rows of one dataset.

    Attributes:
        engine: "procrystal" (superposed free atoms) or "gpaw" (DFT).
        spacing_angstrom: grid spacing of the procrystal; of GPAW's fields see ``gpaw``.
        connectivity: 26 or 6, see :func:`~isotunnel.tunnels.find_tunnels`.
        refine: find thresholds between grid points.
        gpaw: settings of GPAW that differ from its own.
        pairing: coupling and Tc of each crystal, too, by rigid muffin tins.
    """

    engine: EngineName = "procrystal"
    spacing_angstrom: float = 0.2
    connectivity: Connectivity = 26
    refine: bool = True
    gpaw: EngineSettings = OF_GPAW_ITSELF
    pairing: bool = False

    def __post_init__(self) -> None:
        if self.engine not in _ENGINES:
            raise InputError(f"a screen's engine is procrystal or gpaw, not {self.engine!r}")
        if not 0.02 <= self.spacing_angstrom <= 1.0:
            raise InputError(
                f"the grid spacing must be 0.02 to 1 angstrom, got {self.spacing_angstrom:g}"
            )
        if self.connectivity not in (6, 26):
            raise InputError(f"connectivity must be 6 or 26, got {self.connectivity!r}")
        if self.engine == "procrystal":
            self.gpaw.procrystal()
            if self.pairing:
                raise InputError("pairing needs the electrons of DFT: add --engine gpaw")
        elif self.pairing and self.gpaw.xc not in (None, "PBE"):
            raise InputError(f"pairing is with PBE alone, not --xc {self.gpaw.xc}")

    def make_engine(self) -> Engine:
        """The engine that does it.

        Raises:
            MissingExtraError: GPAW is asked for and not installed.
        """
        if self.engine == "procrystal":
            from isotunnel.engines.procrystal import ProcrystalEngine

            return ProcrystalEngine(spacing_angstrom=self.spacing_angstrom)
        from isotunnel.engines.gpaw_pw import GpawEngine

        return GpawEngine(self.gpaw.gpaw())

    def values(self) -> dict[str, Any]:
        """By column name of the dataset; None where the engine's own value is taken."""
        ours = self.engine == "procrystal"
        return {
            "engine": self.engine,
            "spacing_angstrom": self.spacing_angstrom if ours else self.gpaw.grid_spacing,
            "connectivity": self.connectivity,
            "refine": self.refine,
            "kpoint_spacing_per_angstrom": self.gpaw.kpoint_spacing,
            "cutoff_ev": self.gpaw.cutoff_ev,
            "xc": self.gpaw.xc,
            "spin": self.gpaw.spin,
            "pairing": self.pairing,
        }


def settings_of(values: Mapping[str, Any]) -> Settings:
    """The settings whose :meth:`Settings.values` a dataset tells of.

    Raises:
        InputError: there are none of that kind.
    """
    told = {k: v for k, v in values.items() if v is not None}
    spacing = told.pop("spacing_angstrom", None)
    own = {name: told.pop(key) for key, name in _OF_GPAW.items() if key in told}
    if told.get("engine") == "gpaw":
        own["grid_spacing"] = spacing
    elif spacing is not None:
        told["spacing_angstrom"] = spacing
    return Settings(**told, gpaw=EngineSettings(**own))
