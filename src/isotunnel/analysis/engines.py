"""Which engine computes: by name, and what "auto" comes to where GPAW is absent or broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from isotunnel.analysis.engine_settings import EngineSettings
from isotunnel.engines.base import Engine
from isotunnel.errors import EngineError, InputError, MissingExtraError

if TYPE_CHECKING:
    from ase import Atoms

EngineName = Literal["auto", "gpaw", "procrystal"]


def choose_engine(
    engine: EngineName | Engine,
    atoms: Atoms | None = None,
    settings: EngineSettings | None = None,
) -> tuple[Engine, str | None]:
    """The engine of a name, and a warning where "auto" had to pass over GPAW.

    Args:
        engine: "gpaw", "procrystal", "auto" (GPAW where it is installed, can be imported and has a
            data set for every element, else the procrystal), or an engine, which is given back.
        atoms: what is to be computed, if known; "auto" then sees whether GPAW has its elements.
        settings: those that differ from the engine's own. Where some are GPAW's alone, "auto" is
            GPAW and nothing else.

    Raises:
        InputError: an unknown name, or settings that the engine does not have.
        MissingExtraError: GPAW was asked for and is not installed.
        EngineError: GPAW was asked for and cannot be imported, with the reason.
    """
    if not isinstance(engine, str):
        if not callable(getattr(engine, "compute", None)):
            raise InputError(f"an engine is a name or has a method compute; got {engine!r}")
        if settings is not None and settings.given():
            raise InputError("an engine that is no name has its settings already")
        return engine, None
    chosen = settings or EngineSettings()
    if engine == "procrystal":
        return _procrystal(chosen), None
    if engine not in ("auto", "gpaw"):
        raise InputError(f"unknown engine {engine!r}; known engines: auto, gpaw, procrystal")
    only_gpaw = engine == "gpaw" or bool(chosen.of_gpaw_alone)
    try:
        return _gpaw(chosen, None if only_gpaw else atoms), None
    except MissingExtraError:
        if only_gpaw:
            raise
        return _procrystal(chosen), None
    except EngineError as error:
        if only_gpaw:
            raise
        return _procrystal(chosen), f"computed by the procrystal engine instead of GPAW: {error}"


def _gpaw(settings: EngineSettings, atoms: Atoms | None) -> Engine:
    from isotunnel.engines.gpaw_pw import GpawEngine
    from isotunnel.engines.gpaw_pw.checks import check_datasets
    from isotunnel.engines.gpaw_pw.runtime import import_gpaw

    import_gpaw()
    if atoms is not None:
        check_datasets(atoms)
    return GpawEngine(settings.gpaw())


def _procrystal(settings: EngineSettings) -> Engine:
    from isotunnel.engines.procrystal import ProcrystalEngine

    return ProcrystalEngine(**settings.procrystal())
