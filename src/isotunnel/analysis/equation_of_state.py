"""Volume, energy and cell under pressure by a machine-learned potential, where it is believed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from isotunnel.analysis.inputs import understand
from isotunnel.crystal.cell_choice import CellChoice
from isotunnel.errors import CannotSay, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ase import Atoms

    from isotunnel.engines.base import Progress
    from isotunnel.engines.mlip.compared import Compared
    from isotunnel.engines.mlip.engine import PotentialEngine
    from isotunnel.engines.mlip.isotherm import IsothermPoint
    from isotunnel.engines.mlip.trust import Trust


@dataclass(frozen=True, eq=False)
class EquationOfState:
    """A crystal under pressure.

    Attributes:
        name, title: of the crystal.
        engine: the potential.
        points: one per pressure, lowest first.
        trust: up to which pressure it is believed, on what ground, and what was compared.
        cell: which cell of the crystal was taken.
        versions: of programs and weights.
        sources: of the crystal.
        warnings: what a user should know.
    """

    name: str
    title: str
    engine: str
    points: tuple[IsothermPoint, ...]
    trust: Trust
    cell: str
    versions: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def equation_of_state(
    crystal: Any,
    pressures_gpa: Sequence[float],
    *,
    engine: str | PotentialEngine = "chgnet",
    hydrides: bool = False,
    check: bool | Callable[[Atoms], float] = False,
    cell: CellChoice = "primitive",
    progress: Progress | None = None,
) -> EquationOfState:
    """Relax a crystal under pressures with a machine-learned potential, symmetry kept.

    An answer is given only where the potential's pressure falls with the volume and was shown to
    come within 15 % of GPAW's, see :mod:`isotunnel.engines.mlip.plan`. Without heat and zero-point
    motion.

    Args:
        crystal: a name, a file, or atoms; see :func:`isotunnel.analyze`.
        pressures_gpa: at least one, none negative.
        engine: a potential's name or a :class:`~isotunnel.engines.mlip.PotentialEngine`.
        hydrides: whether crystals with hydrogen are tried at all.
        check: where the atlas lacks the crystal, compute GPAW's pressure of three of the cells;
            True for GPAW with its defaults, or a function that gives a cell's pressure in GPa.
        cell: which cell of the crystal is relaxed.
        progress: called with (message, fraction done or None).

    Raises:
        CannotSay: the rule gives no answer here; the message says which part of it failed.
        InputError: no or impossible pressures; what is no crystal.
        MissingExtraError: the potential's package, or with ``check`` GPAW, is not installed.
        EngineError: the potential fails at one of the cells.
    """
    pressures = _checked(pressures_gpa)
    subject = understand(crystal, cell=cell)
    if subject.atoms is None or subject.is_read:
        raise InputError(f"{subject.name} is a grid or a finished run; give a crystal")
    atoms = subject.atoms
    _refuse_hydrides(atoms, engine, hydrides)
    from isotunnel.engines.mlip.engine import PotentialEngine, open_potential
    from isotunnel.engines.mlip.isotherm import isotherm, rises_at

    potential = engine if isinstance(engine, PotentialEngine) else open_potential(engine)
    trust = _trust(potential, atoms)
    if trust.reach_gpa is None and not (check and _may_be_checked(trust)):
        raise CannotSay(f"{_no_answer(potential, subject.name, trust)}{_what_next(trust, check)}")
    if trust.reach_gpa is not None:
        _refuse_beyond(potential, subject.name, trust, pressures[-1])
    # From zero pressure on, so that the way from there to the first one asked is looked at too.
    found = isotherm(potential, atoms, (0.0, *(p for p in pressures if p > 0)), progress)
    if where := rises_at(potential, found[0].atoms, found[-1].atoms):
        raise CannotSay(
            f"{potential.name} gives no answer for {subject.name}: its pressure must fall with the "
            f"volume, but {where}"
        )
    if trust.reach_gpa is None:
        trust = _by_gpaw(potential, subject.name, [p.atoms for p in found], check)
        if trust.reach_gpa is None:
            raise CannotSay(_no_answer(potential, subject.name, trust))
        _refuse_beyond(potential, subject.name, trust, pressures[-1])
    return EquationOfState(
        subject.name,
        subject.title,
        potential.name,
        tuple(p for p in found if p.pressure_gpa in pressures),
        trust,
        subject.cell,
        potential.versions,
        subject.sources,
        subject.warnings,
    )


def _checked(pressures: Sequence[float]) -> tuple[float, ...]:
    wanted = tuple(sorted({float(p) for p in pressures}))
    if not wanted:
        raise InputError("give at least one pressure in GPa")
    if not all(math.isfinite(p) and p >= 0 for p in wanted):
        raise InputError(f"pressures are finite and not negative, got {wanted[0]:g} GPa")
    return wanted


def _refuse_hydrides(atoms: Atoms, engine: object, allowed: bool) -> None:
    if allowed or "H" not in atoms.get_chemical_symbols():
        return
    name = engine if isinstance(engine, str) else getattr(engine, "name", "the potential")
    raise CannotSay(
        f"{name} is off for hydrides: in a trial potentials of its kind gave H3S 139 and -400 GPa "
        "where GPAW gives 202; --hydrides (hydrides=True) tries it all the same"
    )


def _trust(potential: PotentialEngine, atoms: Atoms) -> Trust:
    """By the crystal itself where the atlas has it, else by its family."""
    from isotunnel.engines.mlip.compared import compare, compared, in_atlas
    from isotunnel.engines.mlip.families import family_of
    from isotunnel.engines.mlip.trust import by_family, by_points

    if (name := in_atlas(atoms)) is not None:
        return by_points(compare(potential, name), ITSELF)
    return by_family(compared(potential.name), family_of(atoms.get_chemical_symbols()))


ITSELF = "the crystal itself"
MADE_FOR_IT = "GPAW runs made for it"


def _may_be_checked(trust: Trust) -> bool:
    """Runs of our own count where the atlas has too few volumes, not where it says no."""
    from isotunnel.engines.mlip.plan import FEWEST_VOLUMES

    return trust.basis != ITSELF or len(trust.points) < FEWEST_VOLUMES


def _by_gpaw(
    potential: PotentialEngine,
    name: str,
    cells: list[Atoms],
    check: bool | Callable[[Atoms], float],
) -> Trust:
    from isotunnel.engines.mlip.compared import compare_cells
    from isotunnel.engines.mlip.plan import CHECKED
    from isotunnel.engines.mlip.trust import by_points

    if len(cells) < CHECKED:
        raise InputError(
            f"GPAW checks {CHECKED} volumes; ask for {CHECKED - 1} pressures above zero or more"
        )
    chosen = [cells[0], cells[len(cells) // 2], cells[-1]]
    gpaw = _gpaw_pressure if isinstance(check, bool) else check
    return by_points(compare_cells(potential, name, chosen, gpaw), MADE_FOR_IT)


def _gpaw_pressure(atoms: Atoms) -> float:
    from isotunnel.engines.gpaw_pw import GpawEngine

    return GpawEngine().compute(atoms).require("pressure_gpa")


def _no_answer(potential: PotentialEngine, name: str, trust: Trust) -> str:
    return f"{potential.name} gives no answer for {name}: {trust.reason}"


def _what_next(trust: Trust, check: object) -> str:
    if not check and _may_be_checked(trust):
        return "; --check compares it with GPAW at three volumes"
    return "; isotunnel scan relaxes it with GPAW"


def _refuse_beyond(potential: PotentialEngine, name: str, trust: Trust, highest: float) -> None:
    assert trust.reach_gpa is not None  # who calls has looked
    if highest > 1.001 * trust.reach_gpa:
        raise CannotSay(
            f"{potential.name} is believed up to {trust.reach_gpa:.3g} GPa for {name}, "
            f"{highest:g} was asked for: {trust.reason}"
        )


def beside(point: IsothermPoint, compared: Sequence[Compared]) -> Compared | None:
    """What GPAW said at that pressure, where it was compared there."""
    near = [c for c in compared if abs(c.gpaw_gpa - point.pressure_gpa) <= 0.1]
    return min(near, key=lambda c: abs(c.gpaw_gpa - point.pressure_gpa), default=None)
