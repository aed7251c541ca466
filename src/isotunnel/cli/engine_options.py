"""The options of an engine, the same on every command that runs one."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from isotunnel.cli.groups import option

if TYPE_CHECKING:
    from isotunnel.analysis.engine_settings import EngineSettings


class EngineChoice(StrEnum):
    """What computes the fields."""

    AUTO = "auto"
    GPAW = "gpaw"
    PROCRYSTAL = "procrystal"


class XcChoice(StrEnum):
    """Exchange and correlation."""

    PBE = "PBE"
    LDA = "LDA"
    RPBE = "RPBE"
    REVPBE = "revPBE"


class SpinChoice(StrEnum):
    """Whether magnetic states are tried."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True)
class EngineChosen:
    """The user's choice: a name, and settings that differ from the engine's own."""

    name: Literal["auto", "gpaw", "procrystal"] = "auto"
    kpoints: float | None = None
    cutoff: float | None = None
    grid: float | None = None
    xc: Literal["PBE", "LDA", "RPBE", "revPBE"] | None = None
    spin: Literal["auto", "on", "off"] | None = None

    @property
    def settings(self) -> EngineSettings:
        """As the analysis takes them.

        Raises:
            InputError: one of them cannot be.
        """
        from isotunnel.analysis.engine_settings import EngineSettings

        return EngineSettings(self.kpoints, self.cutoff, self.grid, self.xc, self.spin)


@dataclass(frozen=True)
class EngineGroup:
    """The options; an option group.

    Attributes:
        default: the engine, None where a command has but one, or a choice of its own.
        procrystal_grid: what the grid is with superposed atoms, angstrom.
        without: options that would change nothing in the command, or that it refuses.
    """

    default: EngineChoice | None = EngineChoice.AUTO
    procrystal_grid: float = 0.1
    without: tuple[str, ...] = ()

    def parameters(self) -> list[inspect.Parameter]:
        """The single options."""
        found = []
        if self.default is not None:
            words = "auto takes GPAW where it is installed."
            kind = Annotated[EngineChoice, typer.Option(help=words)]
            found.append(option("engine", kind, self.default))
        for name, unit, words in (
            ("kpoints", "1/ANGSTROM", "Largest distance of k-points (GPAW; its default 0.3)."),
            ("cutoff", "EV", "Plane-wave cutoff (GPAW; 500, or 700 where an element needs it)."),
            (
                "grid",
                "ANGSTROM",
                "Largest distance of the fields' grid points (GPAW 0.07, else "
                f"{self.procrystal_grid:g}).",
            ),
        ):
            number = Annotated[float | None, typer.Option(metavar=unit, help=words)]
            found.append(option(name, number))
        words = "Exchange and correlation (GPAW); PBE by default."
        functional = Annotated[XcChoice | None, typer.Option(help=words, case_sensitive=False)]
        found.append(option("xc", functional))
        words = "Try magnetic states (GPAW): where an element is known for them (auto), on or off."
        found.append(option("spin", Annotated[SpinChoice | None, typer.Option(help=words)]))
        return [parameter for parameter in found if parameter.name not in self.without]

    def build(self, values: dict[str, Any], from_file: frozenset[str]) -> EngineChosen:  # noqa: ARG002
        """The user's choice, after a look at the numbers.

        Raises:
            InputError: one of them cannot be.
        """
        engine = values.pop("engine", EngineChoice.GPAW)
        for name in values.keys() & {"xc", "spin"}:
            values[name] = values[name] and values[name].value
        chosen = EngineChosen(engine.value, **values)
        _ = chosen.settings
        if engine is EngineChoice.PROCRYSTAL:
            chosen.settings.procrystal()
        return chosen


ENGINE = EngineGroup()
DEFAULT_ENGINE = EngineChosen()
