"""Coupling and Tc at the points of a scan, out of GPAW runs of their crystals.

They follow the scan: its points are stored before, without them, and nothing of theirs is stored
but the pieces of DFT that :mod:`isotunnel.analysis.pairing` keeps. So a scan gets them afterwards
as well, an interruption loses one piece at most, and what is learnt from the benchmark, the ranges,
is of the version that shows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from isotunnel.analysis.pairing.columns import COLUMNS, values_of
from isotunnel.engines.base import Engine, Progress, part_of_progress
from isotunnel.engines.gpaw_pw.settings import GpawSettings
from isotunnel.errors import CannotSay, EngineError, InputError

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.analysis.pairing.result import PairingResult
    from isotunnel.analysis.pairing.settings import PairingSettings
    from isotunnel.atlas.point import ScanPoint
    from isotunnel.atlas.scan import Scan

SCAN_SHARE = 0.3
"""Share of the wall time that the points themselves take, for the progress shown."""

_NO_RANGE = "the benchmark is too small for a range"


def pairing_settings(engine: Engine) -> PairingSettings:
    """Those of ``isotunnel pairing``, with the engine's own for the electrons.

    Raises:
        InputError: another engine than GPAW, or another functional than PBE.
        MissingExtraError: phonopy is not installed.
    """
    from isotunnel.analysis.pairing.settings import PairingSettings
    from isotunnel.engines.phonons.lattice import require_phonopy

    settings = getattr(engine, "settings", None)
    if not isinstance(settings, GpawSettings):
        raise InputError(
            f"pairing needs the electrons of DFT, not the {engine.name} engine: add --engine gpaw"
        )
    chosen = PairingSettings(gpaw=settings)
    # Before minutes of relaxing, not after.
    require_phonopy()
    return chosen


def with_pairing(
    result: Scan,
    settings: PairingSettings,
    *,
    fresh: bool = False,
    workers: int = 1,
    progress: Progress | None = None,
) -> Scan:
    """The scan with coupling and Tc at each point that was done.

    See :func:`isotunnel.analysis.pairing.pairing`: rigid muffin tins, minutes a point, with its
    limits. A point without a Tc (an insulator, a magnet, an unstable crystal) has the reason in
    each of these cells and keeps its others.

    Args:
        result: the scan.
        settings: of the calculation.
        fresh: compute pieces again that are kept.
        workers: processes, each for a point; of a single point for its displaced cells.
        progress: told of each step, or of each point where there are several processes.
    """
    crystals = {i: atoms for i, p in enumerate(result.points) if (atoms := p.atoms()) is not None}
    answers = _answers([*crystals.values()], settings, fresh, workers, progress)
    points = list(result.points)
    for place, answer in zip(crystals, answers, strict=True):
        points[place] = _paired_point(points[place], answer)
    *columns, warnings = result.columns
    return replace(
        result,
        points=tuple(points),
        columns=(*columns, *COLUMNS, warnings),
        settings={**result.settings, "pairing": _described(settings)},
    )


def _answers(
    crystals: Sequence[Atoms],
    settings: PairingSettings,
    fresh: bool,
    workers: int,
    progress: Progress | None,
) -> list[PairingResult | Exception]:
    """A result of each crystal, or what kept it from one."""
    from isotunnel.engines.gpaw_pw.processes import in_processes
    from isotunnel.engines.time_to_go import with_time_to_go

    progress = with_time_to_go(progress)
    count = len(crystals)
    if min(workers, count) > 1:

        def told(_index: int, done: int) -> None:
            if progress is not None:
                progress(f"coupling and Tc of {done} of {count} points done", done / count)

        told(0, 0)
        given = [(atoms, settings, fresh) for atoms in crystals]
        return in_processes(answer_of, given, workers=workers, told=told)
    parts = (part_of_progress(progress, i / count, (i + 1) / count) for i in range(count))
    one = partial(_caught, settings=settings, fresh=fresh, workers=workers)
    return [one(atoms, progress=part) for atoms, part in zip(crystals, parts, strict=True)]


def answer_of(
    atoms: Atoms,
    settings: PairingSettings,
    fresh: bool,
    progress: Progress | None = None,
    workers: int = 1,
) -> PairingResult:
    """Pairing of one crystal, from kept pieces where there are some: what a process does.

    Raises:
        CannotSay, EngineError: see :func:`isotunnel.analysis.pairing.pairing`.
    """
    from isotunnel.analysis.pairing.compute import paired
    from isotunnel.analysis.pairing.store import PieceStore

    store = PieceStore(fresh=fresh)
    return paired(atoms, settings=settings, store=store, progress=progress, workers=workers)


def _caught(
    atoms: Atoms,
    *,
    settings: PairingSettings,
    fresh: bool,
    progress: Progress | None,
    workers: int,
) -> PairingResult | Exception:
    try:
        return answer_of(atoms, settings, fresh, progress, workers)
    except (CannotSay, EngineError) as error:
        return error


def _paired_point(point: ScanPoint, answer: PairingResult | Exception) -> ScanPoint:
    """The point with its cells.

    Raises:
        Exception: what is no answer but a fault.
    """
    if isinstance(answer, Exception):
        if not isinstance(answer, CannotSay | EngineError):
            raise answer
        why = " ".join(str(answer).split())
        return _with_cells(point, {}, dict.fromkeys((c.name for c in COLUMNS), why), ())
    values = values_of(answer)
    why = answer.unstable or _NO_RANGE
    reasons = {c.name: why for c in COLUMNS if c.name not in values}
    return _with_cells(point, values, reasons, answer.warnings)


def _with_cells(
    point: ScanPoint,
    values: Mapping[str, float | None],
    reasons: Mapping[str, str],
    warnings: Sequence[str],
) -> ScanPoint:
    return replace(
        point,
        values={**point.values, **{c.name: values.get(c.name) for c in COLUMNS}},
        reasons={**point.reasons, **reasons},
        warnings=tuple(dict.fromkeys((*point.warnings, *warnings))),
    )


def without_coupling(result: Scan) -> Iterator[tuple[str, list[float]]]:
    """Each reason why points have no coupling, and where."""
    found: dict[str, list[float]] = {}
    for point in result.done:
        why = point.reasons.get(COLUMNS[0].name)
        if why is not None:
            found.setdefault(why, []).append(point.asked)
    yield from found.items()


def _described(settings: PairingSettings) -> dict[str, Any]:
    """What determines the cells beyond the engine's own settings."""
    own = {name: value for name, value in asdict(settings).items() if name != "gpaw"}
    return {**own, "supercell_atoms": settings.most_atoms}
