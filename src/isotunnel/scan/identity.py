"""What determines the result of a point: the keys of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from isotunnel.analysis.inputs import Subject, is_grid_file, understand
from isotunnel.crystal.cell_choice import CellChoice
from isotunnel.engines.base import Engine
from isotunnel.engines.cache import cache_key
from isotunnel.errors import InputError
from isotunnel.scan.point import Task
from isotunnel.scan.store import RECORD_VERSION, digest_of
from isotunnel.versions import isotunnel_version

if TYPE_CHECKING:
    from ase import Atoms


def subject_of(
    crystal: Any, cell: CellChoice = "primitive", accept_formula_mismatch: bool = False
) -> tuple[Subject, Atoms]:
    """The crystal to scan, and the cell that it is computed in.

    Raises:
        InputError: a grid file, or see :func:`~isotunnel.crystal.as_atoms`.
    """
    if isinstance(crystal, str) and is_grid_file(crystal):
        raise InputError(f"{crystal} is a grid file; a scan needs a crystal that can be squeezed")
    subject = understand(crystal, cell=cell, accept_formula_mismatch=accept_formula_mismatch)
    if subject.fields or subject.atoms is None:
        raise InputError("a scan needs a crystal, not a field")
    return subject, subject.atoms


def common_identity(task: Task) -> dict[str, Any]:
    """Everything that the points of a scan share, as plain values.

    Where a point started from is not part of it: the result is the same within the tolerance, and
    a finer scan may use the points of a coarser one.
    """
    settings, versions = _described(task.engine, task.atoms)
    return {
        "record": RECORD_VERSION,
        "crystal": cache_key(task.atoms, "", {}, {}),
        "engine": task.engine.name,
        "engine_settings": settings,
        "relaxation": task.tolerance.as_dict() if task.relax else None,
        "connectivity": task.connectivity,
        "refine": task.refine,
        "delta_c": dict(task.delta_c),
        "versions": versions,
    }


def point_key(identity: Mapping[str, Any], value: float) -> str:
    """The key of one point."""
    return digest_of({**identity, "asked": round(value, 9) + 0.0})


def _described(engine: Engine, atoms: Atoms) -> tuple[dict[str, Any], dict[str, str]]:
    """Settings and versions of an engine."""
    from isotunnel.engines.gpaw_pw import GpawEngine
    from isotunnel.engines.gpaw_pw.magnetic_starts import identity

    versions = {"isotunnel": isotunnel_version()}
    if engine.name == "gpaw":
        from isotunnel.engines.gpaw_pw.runtime import versions as of_gpaw
        from isotunnel.engines.gpaw_pw.structure import ENGINE_VERSION

        versions |= {**of_gpaw(), "isotunnel_gpaw_engine": ENGINE_VERSION}
    settings = getattr(engine, "settings", None)
    if isinstance(engine, GpawEngine):
        return identity(engine.settings, atoms), versions
    if settings is not None and hasattr(settings, "as_dict"):
        return dict(settings.as_dict()), versions
    if is_dataclass(engine):
        every = ((f.name, getattr(engine, f.name)) for f in fields(engine) if f.name != "name")
        return {name: _plain(value) for name, value in every}, versions
    return {"engine": repr(engine)}, versions


def _plain(value: Any) -> Any:
    """A setting as JSON has it; of what is no plain value, what it calls itself."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int | float) else repr(value)
