"""A crystal at many pressures or volumes, in parallel, resumable."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from isotunnel.analysis.analyze import check_options
from isotunnel.analysis.engine_settings import EngineSettings
from isotunnel.analysis.engines import EngineName, choose_engine
from isotunnel.atlas.point import Column, ScanPoint
from isotunnel.atlas.scan import Scan
from isotunnel.crystal.cell_choice import CellChoice
from isotunnel.engines.base import Engine, Progress, part_of_progress
from isotunnel.engines.relaxing import RelaxingEngine, RelaxTolerance
from isotunnel.errors import InputError
from isotunnel.processors import usable_cores
from isotunnel.scan.identity import common_identity, point_key, subject_of
from isotunnel.scan.pairing import SCAN_SHARE, pairing_settings, with_pairing
from isotunnel.scan.plan import Step, independent_plan, relaxation_plan
from isotunnel.scan.point import Task, known_from
from isotunnel.scan.store import ScanStore
from isotunnel.scan.workers import Job, Message, Workers, do_job

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.topology.graph import Connectivity

LOWEST_PRESSURE = -20.0
"""GPa. No crystal is known to stand a stronger pull (diamond aside, which nobody pulls evenly)."""

HIGHEST_PRESSURE = 10000.0
"""GPa. Beyond this the frozen cores overlap in every element."""

VOLUME_RATIOS = (0.05, 5.0)


def scan(
    crystal: Any,
    *,
    pressures: Sequence[float] | None = None,
    volume_ratios: Sequence[float] | None = None,
    engine: EngineName | Engine = "auto",
    engine_settings: EngineSettings | None = None,
    connectivity: Connectivity = 26,
    refine: bool = True,
    delta_c: Mapping[str, float] | None = None,
    pairing: bool = False,
    tolerance: RelaxTolerance | None = None,
    workers: int | None = None,
    store: ScanStore | None = None,
    retry: bool = False,
    fresh: bool = False,
    cell: CellChoice = "primitive",
    accept_formula_mismatch: bool = False,
    progress: Progress | None = None,
) -> Scan:
    """Analyse a crystal at several pressures (relaxed, symmetry kept) or volumes (as they are).

    Each point is stored as soon as it is done; the same scan again takes it from there, so an
    interrupted scan goes on where it was. A point that fails is reported and the others go on.
    Results do not depend on the number of workers beyond the engine's convergence limit. With one
    worker all runs in this process; more are spawned, so a script needs the usual
    ``if __name__ == "__main__":``.

    Args:
        crystal: see :func:`~isotunnel.analysis.analyze`; no grid file.
        pressures: GPa; the engine must know forces ("gpaw").
        volume_ratios: volumes over that of the crystal as given, shape and fractional positions
            kept; any engine.
        engine: "gpaw", "procrystal", "auto", or an engine. For volume ratios "auto" is the
            procrystal where GPAW is not installed, cannot be imported or has no data set for an
            element; the latter two are remarked.
        engine_settings: see :func:`~isotunnel.analysis.analyze`.
        connectivity, refine, delta_c: see :func:`~isotunnel.analysis.analyze`.
        pairing: coupling and Tc at each point, too, by rigid muffin tins (GPAW, minutes a point);
            see :func:`~isotunnel.scan.pairing.with_pairing`.
        tolerance: of the relaxation.
        workers: processes; by default as many as there are cores to use.
        store: where points are kept; the user's cache by default.
        retry: compute points again that failed before.
        fresh: compute all points again.
        cell, accept_formula_mismatch: see :func:`~isotunnel.analysis.analyze`; here the primitive
            cell is the default, since each point costs as much as an analysis.
        progress: called with (message, fraction done).

    Raises:
        InputError: the crystal or a value cannot be used, or the engine cannot do what is asked.
        MissingExtraError: GPAW or phonopy is needed and not installed.
        EngineError: GPAW is needed and cannot be imported.
    """
    started = time.perf_counter()
    values, relax = _values(pressures, volume_ratios)
    count = _worker_count(workers)
    subject, atoms = subject_of(crystal, cell, accept_formula_mismatch)
    chosen, trouble = _engine(engine, relax or pairing, relax, atoms, engine_settings)
    coupling = pairing_settings(chosen) if pairing else None
    task = Task(
        atoms,
        chosen,
        relax,
        tolerance or RelaxTolerance(),
        connectivity,
        refine,
        dict(delta_c or {}),
    )
    _check_options(task)
    identity = common_identity(task)
    keys = [point_key(identity, v) for v in values]
    own_store = store or ScanStore()
    plan = (
        relaxation_plan(values, atoms.info.get("pressure_gpa"))
        if relax
        else independent_plan(len(values))
    )
    first = part_of_progress(progress, 0.0, SCAN_SHARE) if coupling else progress
    run = _Run(task, values, keys, plan, own_store, count, first)
    run.take_known(retry=retry, fresh=fresh)
    run.compute_rest()
    result = Scan(
        name=subject.name,
        title=subject.title,
        over="pressure_gpa" if relax else "volume_ratio",
        engine=chosen.name,
        columns=run.columns(),
        points=tuple(run.point(i) for i in range(len(values))),
        sources=subject.sources,
        remarks=(*subject.warnings, *((trouble,) if trouble else ())),
        settings={**run.settings(identity), "cell": subject.cell},
        versions=identity["versions"],
        computed=run.computed,
    )
    if coupling is not None:
        rest = part_of_progress(progress, SCAN_SHARE, 1.0)
        result = with_pairing(result, coupling, fresh=fresh, workers=count, progress=rest)
    return replace(result, seconds=time.perf_counter() - started)


class _Run:
    """The state of one scan."""

    def __init__(
        self,
        task: Task,
        values: Sequence[float],
        keys: Sequence[str],
        plan: Sequence[Step],
        store: ScanStore,
        workers: int,
        progress: Progress | None,
    ) -> None:
        self.task, self.values, self.keys, self.plan = task, values, keys, plan
        self.store, self.workers = store, workers
        self.progress = progress or (lambda _message, _fraction: None)
        self.records: dict[int, dict[str, Any]] = {}
        self.unkept: set[int] = set()
        self.computed = 0
        self.started = time.perf_counter()

    def take_known(self, *, retry: bool, fresh: bool) -> None:
        """Fetch what earlier runs have stored."""
        for index, key in enumerate(self.keys):
            record = None if fresh else self.store.load(key)
            if record is not None and not (retry and "failed" in record):
                self.records[index] = record

    def compute_rest(self) -> None:
        """Compute what is missing, each point as soon as those are done that it starts from."""
        todo = {s.index: s for s in self.plan if s.index not in self.records}
        if not todo:
            return
        self.total = len(todo)
        self._tell("")
        if self.workers == 1 or self.total == 1:
            for step in [s for s in self.plan if s.index in todo]:
                self._note(do_job(self._job(step), self.task, self.store, lambda n: self._note(n)))
            return
        with Workers(self.task, self.store, min(self.workers, self.total)) as workers:
            while todo or workers.working:
                for step in self._ready(todo):
                    if not workers.free:
                        break
                    workers.submit(self._job(todo.pop(step.index)))
                for message in workers.messages():
                    self._note(message)

    def point(self, index: int) -> ScanPoint:
        """A point's result."""
        record = self.records[index]
        if "failed" in record:
            name = "pressure_target_gpa" if self.task.relax else "volume_ratio"
            value = self.values[index]
            return ScanPoint(value, "failed", reason=record["failed"], values={name: value})
        point = ScanPoint.of(record["point"])
        if index not in self.unkept:
            return point
        warning = f"the point could not be kept in {self.store.directory}"
        return replace(point, warnings=(*point.warnings, warning))

    def columns(self) -> tuple[Column, ...]:
        """The columns of all points, in the order of the first that has them."""
        merged: list[Column] = []
        names: set[str] = set()
        asked = (
            Column("pressure_target_gpa", "GPa", "pressure asked for")
            if self.task.relax
            else Column("volume_ratio", "1", "cell volume over the given crystal's")
        )
        extra = [
            asked,
            Column("status", "", "done or failed"),
            Column("reason", "", "why the point failed, or why cells are empty, by column"),
        ]
        found = (
            Column(**c) for i in sorted(self.records) for c in self.records[i].get("columns", ())
        )
        last = Column("warnings", "", "what to know before trusting the numbers")
        for column in (*extra, *found, last):
            if column.name not in names:
                names.add(column.name)
                merged.append(column)
        return tuple(merged)

    def settings(self, identity: Mapping[str, Any]) -> dict[str, Any]:
        """What was asked for, and what the engines made of it."""
        kept = ("engine", "engine_settings", "relaxation", "connectivity", "refine", "delta_c")
        return {name: identity[name] for name in kept}

    def _job(self, step: Step) -> Job:
        known = [known_from(self.records.get(p)) for p in step.parents]
        usable = tuple(k for k in known if k is not None)
        return Job(step.index, self.values[step.index], usable, self.keys[step.index])

    def _ready(self, todo: Mapping[int, Step]) -> Iterator[Step]:
        for step in list(self.plan):
            if step.index in todo and all(p in self.records for p in step.parents):
                yield step

    def _note(self, message: Message) -> None:
        if message.kind == "step":
            self._tell(f"; {self._name(message.index)}: {message.payload}")
            return
        self.computed += 1
        if not message.kept:
            self.unkept.add(message.index)
        if message.kind == "done":
            self.records[message.index] = message.payload
            self._tell(f"; {self._name(message.index)} done")
        else:
            self.records[message.index] = {"failed": message.payload}
            self._tell(f"; {self._name(message.index)} failed: {message.payload}")

    def _name(self, index: int) -> str:
        value = self.values[index]
        return f"{value:g} GPa" if self.task.relax else f"volume ratio {value:g}"

    def _tell(self, what: str) -> None:
        words = f"{self.computed} of {self.total} points done"
        if 0 < self.computed < self.total:
            spent = time.perf_counter() - self.started
            left = spent / self.computed * (self.total - self.computed)
            words += f", about {_duration(left)} left"
        self.progress(words + what, self.computed / self.total)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{math.ceil(seconds)} s"
    return f"{math.ceil(seconds / 60)} min"


def _values(
    pressures: Sequence[float] | None, ratios: Sequence[float] | None
) -> tuple[tuple[float, ...], bool]:
    if (pressures is None) == (ratios is None):
        raise InputError("say either pressures or volume ratios, one of the two")
    given = pressures if pressures is not None else ratios
    assert given is not None
    values = tuple(sorted({float(v) for v in given}))
    if not values:
        raise InputError("no pressure or volume ratio was given")
    relax = pressures is not None
    low, high = (LOWEST_PRESSURE, HIGHEST_PRESSURE) if relax else VOLUME_RATIOS
    for value in values:
        if not low <= value <= high:
            what = f"pressure {value:g} GPa" if relax else f"volume ratio {value:g}"
            unit = " GPa" if relax else ""
            raise InputError(f"{what} is out of range: {low:g} to {high:g}{unit}")
    return values, relax


def _worker_count(workers: int | None) -> int:
    if workers is None:
        return usable_cores()
    if workers < 1:
        raise InputError(f"workers must be at least 1, got {workers}")
    return workers


def _engine(
    engine: EngineName | Engine,
    dft: bool,
    relax: bool,
    atoms: Atoms,
    settings: EngineSettings | None,
) -> tuple[Engine, str | None]:
    """The engine, and a warning where another was wanted; one that relaxes where that is asked."""
    if engine == "auto" and dft:
        # The procrystal, which "auto" may come to, knows no forces and no coupling: say what is
        # wrong with GPAW.
        engine = "gpaw"
    chosen, trouble = choose_engine(engine, atoms, settings)
    if relax and not isinstance(chosen, RelaxingEngine):
        raise InputError(
            f"the {chosen.name} engine knows no forces and cannot relax a crystal to a pressure; "
            "give volume ratios (--volume-ratio 1.0:0.4:-0.1) or take the gpaw engine"
        )
    return chosen, trouble


def _check_options(task: Task) -> None:
    from isotunnel.crystal import check_crystal

    check_options(task.connectivity, task.delta_c)
    check_crystal(task.atoms)
