"""A crystal under pressure: a cell of the atlas, or one relaxed now, and what follows from it."""

from __future__ import annotations

from typing import Any

from isotunnel.analysis.analyze import analyze, analyze_structure, check_options
from isotunnel.analysis.engine_settings import EngineSettings
from isotunnel.analysis.engines import EngineName, choose_engine
from isotunnel.analysis.inputs import understand
from isotunnel.analysis.results import Analysis
from isotunnel.atlas import crystal_at
from isotunnel.crystal.cell_choice import CellChoice
from isotunnel.engines.base import Engine, Progress
from isotunnel.engines.relaxing import RelaxingEngine, RelaxTolerance
from isotunnel.errors import CrystalError, EngineError, InputError
from isotunnel.materials.names import at_pressure


def analyze_at(
    crystal: Any,
    pressure_gpa: float,
    *,
    engine: EngineName | Engine = "auto",
    engine_settings: EngineSettings | None = None,
    cell: CellChoice = "as-given",
    accept_formula_mismatch: bool = False,
    progress: Progress | None = None,
    **options: Any,
) -> Analysis:
    """What :func:`~isotunnel.analyze` gives of a crystal whose cell is relaxed under a pressure.

    A named crystal's cell is that of the atlas where it has one at just this pressure. Otherwise
    GPAW relaxes cell and positions with the symmetry kept, as ``isotunnel scan`` does.

    Args:
        crystal: a name, a crystal file, ASE Atoms or a pymatgen Structure.
        pressure_gpa: the pressure.
        engine, engine_settings, cell, progress: see :func:`~isotunnel.analyze`.
        accept_formula_mismatch: likewise.
        options: ``connectivity``, ``refine`` and ``delta_c`` of it.

    Raises:
        InputError: a grid file, or an input or option that cannot be used.
        EngineError: the engine knows no forces and the atlas has no such cell.
    """
    check_options(options.get("connectivity", 26), options.get("delta_c") or {})
    known = _of_atlas(crystal, pressure_gpa)
    if known is not None:
        return analyze(
            known,
            engine=engine,
            engine_settings=engine_settings,
            cell=cell,
            progress=progress,
            **options,
        )
    subject = understand(crystal, cell=cell, accept_formula_mismatch=accept_formula_mismatch)
    if subject.is_read or subject.atoms is None:
        raise InputError(
            f"{subject.name} is no crystal that can be squeezed; leave the pressure out"
        )
    chosen, _ = choose_engine(engine, subject.atoms, engine_settings)
    if not isinstance(chosen, RelaxingEngine):
        raise EngineError(
            f"the {chosen.name} engine knows no forces and cannot relax {subject.name} at "
            f"{pressure_gpa:g} GPa; use --engine gpaw, or a pressure at which the atlas has it"
        )
    relaxed = chosen.relax(
        subject.atoms, pressure_gpa, tolerance=RelaxTolerance(), progress=progress
    )
    relaxed.structure.atoms.info.update(
        name=f"{subject.name}@{pressure_gpa:g}GPa",
        title=f"{subject.title}, relaxed at {pressure_gpa:g} GPa",
    )
    return analyze_structure(relaxed.structure, progress=progress, **options)


def _of_atlas(crystal: Any, pressure_gpa: float) -> Any:
    """The atlas's cell, or None."""
    if not isinstance(crystal, str):
        return None
    try:
        return crystal_at(f"{at_pressure(crystal)[0]}@{pressure_gpa:g}GPa")
    except CrystalError:
        return None
