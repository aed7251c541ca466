"""One point of a scan: the crystal there, its analysis, its line of the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from isotunnel.analysis.descriptors import Descriptor, descriptors_of
from isotunnel.atlas.point import Column, ScanPoint
from isotunnel.engines.base import ElectronicStructure, Engine, Progress
from isotunnel.engines.relaxing import RelaxingEngine, RelaxTolerance
from isotunnel.errors import EngineError
from isotunnel.plain import plain
from isotunnel.scan.predict import Known, guess

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.analysis import Analysis
    from isotunnel.topology.graph import Connectivity


@dataclass(frozen=True, eq=False)
class Task:
    """What all points of a scan have in common; it travels to the workers.

    Attributes:
        atoms: the crystal as given, primitive.
        engine: gives fields, and forces where pressures were asked for.
        relax: whether what is asked are pressures.
        tolerance: of the relaxation.
        connectivity, refine, delta_c: see :func:`~isotunnel.analysis.analyze`.
    """

    atoms: Atoms
    engine: Engine
    relax: bool
    tolerance: RelaxTolerance = field(default_factory=RelaxTolerance)
    connectivity: Connectivity = 26
    refine: bool = True
    delta_c: Mapping[str, float] = field(default_factory=dict)


def compute_point(
    task: Task, asked: float, known: tuple[Known, ...], progress: Progress | None = None
) -> dict[str, Any]:
    """The record of a point, plain values throughout.

    Its keys: ``point`` (a ``ScanPoint``), ``columns``, ``known`` (what neighbours
    start from; None without relaxation), ``versions`` and ``engine_settings``.

    Raises:
        IsotunnelError: the point has no result.
    """
    if task.relax:
        structure, steps, neighbour = _relaxed(task, asked, known, progress)
    else:
        from isotunnel.crystal import with_volume_ratio

        structure = task.engine.compute(with_volume_ratio(task.atoms, asked), progress=progress)
        steps, neighbour = [], None
    analysis = _analysis(task, structure, progress)
    entries = [
        *_asked(task, asked),
        *descriptors_of(analysis, float(task.atoms.get_volume())),
        *steps,
    ]
    point = ScanPoint(
        asked,
        "done",
        values={e.column.name: e.value for e in entries},
        reasons={e.column.name: e.reason for e in entries if e.reason},
        crystal=_crystal(structure.atoms),
        warnings=analysis.warnings,
    )
    described = analysis.as_dict()
    return {
        "point": plain(point),
        "columns": plain([e.column for e in entries]),
        "known": neighbour,
        "versions": described["versions"],
        "engine_settings": described["engine_settings"],
    }


def known_from(record: Mapping[str, Any] | None) -> Known | None:
    """What a finished record tells its neighbours."""
    data = None if record is None else record.get("known")
    if data is None:
        return None
    return Known(
        pressure_gpa=data["pressure_gpa"],
        cell=np.array(data["cell"]),
        scaled_positions=np.array(data["scaled_positions"]),
        bulk_modulus_gpa=data["bulk_modulus_gpa"],
        hessian=np.array(data["hessian"]).reshape((data["coordinates"],) * 2),
    )


def _relaxed(
    task: Task, asked: float, known: tuple[Known, ...], progress: Progress | None
) -> tuple[ElectronicStructure, list[Descriptor], dict[str, Any]]:
    if not isinstance(task.engine, RelaxingEngine):
        raise EngineError(f"the {task.engine.name} engine knows no forces and cannot relax")
    atoms, start = guess(task.atoms, asked, known)
    found = task.engine.relax(
        atoms, asked, tolerance=task.tolerance, start=start, progress=progress
    )
    entries = [
        Descriptor(
            Column("stress_deviation_gpa", "GPa", "largest stress component's distance left over"),
            found.deviation_gpa,
        ),
        Descriptor(
            Column("largest_force_ev_angstrom", "eV/angstrom", "largest force left over"),
            found.largest_force,
        ),
        Descriptor(Column("relax_steps", "1", "evaluations of the forces"), found.steps),
    ]
    final = found.structure.atoms
    neighbour = {
        "pressure_gpa": asked,
        "cell": final.cell.array.tolist(),
        "scaled_positions": final.get_scaled_positions(wrap=False).tolist(),
        "bulk_modulus_gpa": found.bulk_modulus_gpa,
        "hessian": found.hessian.ravel().tolist(),
        "coordinates": len(found.hessian),
    }
    return found.structure, entries, neighbour


def _analysis(task: Task, structure: ElectronicStructure, progress: Progress | None) -> Analysis:
    from isotunnel.analysis import analyze_structure

    return analyze_structure(
        structure,
        connectivity=task.connectivity,
        refine=task.refine,
        delta_c=dict(task.delta_c),
        progress=progress,
    )


def _asked(task: Task, asked: float) -> list[Descriptor]:
    if not task.relax:
        return []
    return [Descriptor(Column("pressure_target_gpa", "GPa", "pressure asked for"), asked)]


def _crystal(atoms: Atoms) -> dict[str, Any]:
    return {
        "formula": atoms.get_chemical_formula(),
        "cell_angstrom": atoms.cell.array.tolist(),
        "symbols": list(atoms.get_chemical_symbols()),
        "positions_fractional": atoms.get_scaled_positions().tolist(),
    }
