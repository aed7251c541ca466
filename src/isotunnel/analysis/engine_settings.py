"""What a user may set of an engine, in words that fit every engine."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

from isotunnel.errors import InputError

if TYPE_CHECKING:
    from isotunnel.engines.gpaw_pw import GpawSettings

_OF_GPAW = {
    "kpoint_spacing": "kpoint_spacing",
    "cutoff_ev": "ecut_ev",
    "grid_spacing": "grid_spacing",
}
_OPTIONS = {"kpoint_spacing": "kpoints", "cutoff_ev": "cutoff", "grid_spacing": "grid"}
"""Names on the command line, which differ."""


@dataclass(frozen=True)
class EngineSettings:
    """Settings that differ from an engine's defaults; None leaves the default.

    Attributes:
        kpoint_spacing: largest distance of neighbouring k-points, 1/angstrom, 2 pi included (GPAW).
        cutoff_ev: plane-wave cutoff, eV (GPAW).
        grid_spacing: largest distance of neighbouring grid points of the fields, angstrom.
        xc: exchange and correlation: "PBE", "LDA", "RPBE" or "revPBE" (GPAW).
        spin: whether magnetic states are tried: "auto", "on" or "off" (GPAW).

    Raises:
        InputError: a number is not positive and finite.
    """

    kpoint_spacing: float | None = None
    cutoff_ev: float | None = None
    grid_spacing: float | None = None
    xc: Literal["PBE", "LDA", "RPBE", "revPBE"] | None = None
    spin: Literal["auto", "on", "off"] | None = None

    def __post_init__(self) -> None:
        for name, value in self.given().items():
            if isinstance(value, float) and not (math.isfinite(value) and value > 0):
                raise InputError(f"--{_option(name)} must be a positive number, got {value:g}")

    def given(self) -> dict[str, Any]:
        """Those that are set."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @property
    def of_gpaw_alone(self) -> tuple[str, ...]:
        """Options that are set and that only GPAW has."""
        return tuple(_option(name) for name in self.given() if name != "grid_spacing")

    def gpaw(self) -> GpawSettings:
        """Settings of the GPAW engine.

        Raises:
            InputError: one of them cannot be.
        """
        from isotunnel.engines.gpaw_pw import GpawSettings

        return GpawSettings(**{_OF_GPAW.get(n, n): value for n, value in self.given().items()})

    def procrystal(self) -> dict[str, Any]:
        """Arguments of the procrystal engine.

        Raises:
            InputError: something is set that superposed free atoms do not have.
        """
        if self.of_gpaw_alone:
            words = " and ".join(f"--{name}" for name in self.of_gpaw_alone)
            raise InputError(
                f"{words}: the procrystal engine has no such setting, only GPAW has; leave it out "
                "or add --engine gpaw"
            )
        return {} if self.grid_spacing is None else {"spacing_angstrom": self.grid_spacing}


def _option(name: str) -> str:
    return _OPTIONS.get(name, name.replace("_", "-"))


NAMES = tuple(f.name for f in fields(EngineSettings))
"""Of the settings."""
