"""A screen: inputs to workers, rows to the disk; goes on where it was ended."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from isotunnel.engines.base import Progress
from isotunnel.errors import FileFormatError, InputError
from isotunnel.files import folder_of
from isotunnel.screening import dataset
from isotunnel.screening.crystal_inputs import arguments_of, inputs_of
from isotunnel.screening.lock import locked
from isotunnel.screening.optimade import count_of, is_address
from isotunnel.screening.packages import need
from isotunnel.screening.settings import Settings, settings_of

PathLike = str | os.PathLike[str]


@dataclass(frozen=True)
class Outcome:
    """What a screen came to.

    Attributes:
        out: folder of the dataset, as it was given.
        inputs: how many were given.
        done: of these, rows with values.
        duplicates: of these, how many share the values of another input's crystal.
        failed: of these, rows that say why there is none, by reason.
        computed: crystals that were computed in this run.
        wall_s: time of this run from the first crystal on, the workers' start apart.
        cpu_s: processor time of the workers for the crystals of this run.
        damaged: why not all inputs could be read, "" where they could.
    """

    out: str
    inputs: int
    done: int
    duplicates: int
    failed: dict[str, int]
    computed: int
    wall_s: float
    cpu_s: float
    damaged: str = ""


def screen(
    inputs: Sequence[PathLike],
    out: PathLike,
    *,
    settings: Settings | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
    memory_per_worker: str = "auto",
    timeout_s: float = 600.0,
    rerun: Iterable[str] = (),
    progress: Progress | None = None,
) -> Outcome:
    """Compute the descriptors of many crystals into a dataset.

    Every input gets one row, a failure as well. Rows are on the disk two seconds after they are
    computed; called again, it computes what has no row yet. An input whose crystal (see
    :mod:`isotunnel.screening.fingerprint`) came before it gets that one's values and its id in
    ``duplicate_of``.

    Args:
        inputs: see :func:`~isotunnel.screening.inputs_of`; empty to take those the dataset was
            made of.
        out: folder of the dataset.
        settings: what is computed; must be those of the dataset where there is one.
        scheduler: address of a Dask scheduler; None starts workers on this machine.
        workers: how many of these; None for one per core.
        memory_per_worker: see :func:`~isotunnel.screening.cluster.client_of`.
        timeout_s: wall time after which a crystal fails, its worker's process with it.
        rerun: reason codes; rows that failed for these are removed first.
        progress: hears how far it is.

    Raises:
        InputError: no inputs, other settings than the dataset's, another screen at work there, or
            the dataset cannot be written.
        MissingExtraError: the extra ``scale``, or GPAW where asked for, is not installed.
        EngineError: the workers do not come up or were lost.
    """
    for package in ("pyarrow", "distributed"):
        need(package, "screening many crystals")
    target = folder_of(Path(out) / "crystals" / "rows").parent.parent
    # A file in the way, or an engine that is not there, is told before workers start.
    with locked(target):
        dataset.tidy(target)
        chosen, given = _agreed(target, inputs, settings)
        chosen.make_engine()
        if timeout_s <= 0:
            raise InputError(f"the time for a crystal must be more than 0 s, got {timeout_s:g}")
        reasons = _checked(rerun)
        if reasons:
            dataset.drop(target, lambda row: row["reason"] in reasons)
        from isotunnel.screening.work import Work

        work = Work(target, chosen, timeout_s, progress or (lambda _m, _f: None))
        damaged = ""
        pending = inputs_of(given)

        def careful() -> Any:
            nonlocal damaged
            try:
                yield from pending
            except FileFormatError as error:
                damaged = str(error)

        work.run(careful(), scheduler, workers, memory_per_worker, expected=_expected(given))
        dataset.merge_all(target)
        return _outcome(target, work, damaged)


def _agreed(
    out: Path, inputs: Sequence[PathLike], settings: Settings | None
) -> tuple[Settings, list[str]]:
    before = dataset.about(out)
    known_settings = settings_of(before["settings"]) if before else None
    there = None if known_settings is None else known_settings.values()
    chosen = settings or known_settings or Settings()
    differ = ", ".join(
        f"{k} {there.get(k)} there, {v} now"
        for k, v in chosen.values().items()
        if there is not None and there.get(k) != v
    )
    if differ:
        raise InputError(f"{out}: was made with other settings ({differ}); give another -o")
    given = arguments_of(inputs)
    known = before["inputs"] if before else []
    if not given and not known:
        raise InputError("nothing to screen: give files, folders, archives or names of crystals")
    dataset.write_about(out, chosen.values(), list(dict.fromkeys([*known, *given])))
    return chosen, given or known


def _checked(reasons: Iterable[str]) -> frozenset[str]:
    from isotunnel.screening.worker import REASONS

    wanted = frozenset(reasons)
    for reason in sorted(wanted - set(REASONS)):
        raise InputError(f"--rerun: unknown reason {reason!r}; known: {', '.join(REASONS)}")
    return wanted


def _expected(given: list[str]) -> Callable[[], int]:
    """Counts the inputs, which reads all files: done beside the work. Databases are asked."""
    addresses = [g for g in given if is_address(g)]
    rest = [g for g in given if not is_address(g)]
    return lambda: sum(map(count_of, addresses)) + sum(1 for _ in inputs_of(rest))


def _outcome(out: Path, work: Any, damaged: str) -> Outcome:
    mine = [k for k in dataset.known_rows(out) if k.id in work.asked]
    failed = Counter(k.reason or "internal" for k in mine if k.status == "failed")
    return Outcome(
        str(out),
        len(work.asked),
        sum(k.status == "done" for k in mine),
        sum(k.duplicate_of is not None for k in mine),
        dict(failed),
        work.computed,
        work.wall_s,
        work.cpu_s,
        damaged,
    )
