"""Isotunnel: the electron tunnels of crystals and what they say about conduction.

The names below are the public interface; they are imported on first use, so that ``import
isotunnel`` costs nothing.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from isotunnel.analysis import Analysis, analyze
    from isotunnel.crystal import as_atoms, named_crystal, named_crystals
    from isotunnel.errors import (
        CannotSay,
        CrystalError,
        EngineError,
        FieldError,
        FileFormatError,
        InputError,
        IsotunnelError,
        MissingExtraError,
    )
    from isotunnel.fields import (
        Field,
        correct_qe_elf,
        read_field,
        read_fields,
        write_cube,
        write_field,
        write_hdf5,
    )
    from isotunnel.levels import FieldReading, LiftingGap, readings, register_reading
    from isotunnel.report import write_report
    from isotunnel.theories.hydride_networks import estimate_tc
    from isotunnel.tunnels import Tunnels, find_tunnels, molecularity_index, segments_at

_HOMES = {
    "Analysis": "analysis",
    "CannotSay": "errors",
    "CrystalError": "errors",
    "EngineError": "errors",
    "Field": "fields",
    "FieldError": "errors",
    "FieldReading": "levels",
    "FileFormatError": "errors",
    "InputError": "errors",
    "IsotunnelError": "errors",
    "LiftingGap": "levels",
    "MissingExtraError": "errors",
    "Tunnels": "tunnels",
    "analyze": "analysis",
    "as_atoms": "crystal",
    "correct_qe_elf": "fields",
    "estimate_tc": "theories.hydride_networks",
    "find_tunnels": "tunnels",
    "molecularity_index": "tunnels",
    "named_crystal": "crystal",
    "named_crystals": "crystal",
    "read_field": "fields",
    "read_fields": "fields",
    "readings": "levels",
    "register_reading": "levels",
    "segments_at": "tunnels",
    "write_cube": "fields",
    "write_field": "fields",
    "write_hdf5": "fields",
    "write_report": "report",
}

__all__ = [
    "Analysis",
    "CannotSay",
    "CrystalError",
    "EngineError",
    "Field",
    "FieldError",
    "FieldReading",
    "FileFormatError",
    "InputError",
    "IsotunnelError",
    "LiftingGap",
    "MissingExtraError",
    "Tunnels",
    "analyze",
    "as_atoms",
    "correct_qe_elf",
    "estimate_tc",
    "find_tunnels",
    "molecularity_index",
    "named_crystal",
    "named_crystals",
    "read_field",
    "read_fields",
    "readings",
    "register_reading",
    "segments_at",
    "write_cube",
    "write_field",
    "write_hdf5",
    "write_report",
]


def _give_numba_a_cache() -> None:
    """Where neither the package nor the home folder can be written, let numba cache in /tmp.

    Numba refuses to import a cached function that it has no place for, as in a container with a
    read-only file system.
    """
    if "NUMBA_CACHE_DIR" in os.environ or os.access(Path(__file__).parent, os.W_OK):
        return
    import tempfile

    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    try:
        home.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=home).close()
    except OSError:
        os.environ["NUMBA_CACHE_DIR"] = tempfile.mkdtemp(prefix="isotunnel-numba-")


_give_numba_a_cache()


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("isotunnel")
    if name in _HOMES:
        value = getattr(import_module(f"isotunnel.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
