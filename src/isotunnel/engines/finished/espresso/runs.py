"""The outputs of pw.x in one folder: printed ones and stored ones, as one chain of runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from isotunnel.engines.finished.bands import BandEdges
from isotunnel.engines.finished.calculation import Found
from isotunnel.engines.finished.crystals import REFUSED
from isotunnel.engines.finished.espresso.log import Log, read_log
from isotunnel.engines.finished.espresso.schema import Schema, read_schema
from isotunnel.engines.finished.espresso.sorting import Files
from isotunnel.engines.finished.filling import edges_of_filling
from isotunnel.errors import InputError

_FERMI_TOLERANCE_EV = 0.05


@dataclass(frozen=True)
class Run:
    """One output of pw.x, printed or stored, with its name."""

    name: str
    content: Log | Schema

    @property
    def is_nscf(self) -> bool:
        """Whether it is the output of a run with a fixed density."""
        return isinstance(self.content, Log) and self.content.calculation == "nscf"


def runs_of(folder: Path, files: Files) -> list[Run]:
    """Outputs of pw.x, those of a second, non-self-consistent run first: their mesh is the denser.

    Raises:
        InputError: more outputs than one chain of scf and nscf has, with different Fermi levels.
    """
    logs = [(path.name, read_log(path)) for path in files.pw]
    printed = [Run(name, log) for name, log in logs]
    stored = [Run(str(p.relative_to(folder)), read_schema(p)) for p in files.schemas]
    _refuse_other_crystals(folder, logs)
    runs = [*(r for r in printed if r.is_nscf), *stored, *(r for r in printed if not r.is_nscf)]
    for kind in ([r for r in printed if not r.is_nscf], [r for r in printed if r.is_nscf], stored):
        levels = {r.name: r.content.fermi_ev for r in kind if r.content.fermi_ev is not None}
        if levels and max(levels.values()) - min(levels.values()) > _FERMI_TOLERANCE_EV:
            listed = ", ".join(f"{name}: {value:.3f} eV" for name, value in levels.items())
            raise InputError(
                f"{folder}: outputs of {len(levels)} runs of pw.x with different Fermi levels "
                f"({listed}); keep the files of one run there"
            )
    return runs


def _refuse_other_crystals(folder: Path, logs: list[tuple[str, Log]]) -> None:
    """Hold numbers of atoms and electrons and the cell's volume of the outputs side by side."""
    known = [(name, log) for name, log in logs if log.n_atoms and log.volume_angstrom3]
    for name, log in known[1:]:
        first_name, first = known[0]
        same = (first.n_atoms, first.n_electrons) == (log.n_atoms, log.n_electrons)
        ratio = log.volume_angstrom3 / first.volume_angstrom3
        if not same or abs(ratio - 1.0) > 3 * REFUSED:
            raise InputError(
                f"{folder}: {first_name} is of {first.cell_in_words}, {name} of "
                f"{log.cell_in_words}: outputs of two runs in one folder; keep the files of one "
                "run there"
            )


def first_of(runs: list[Run], name: str) -> Found[float] | None:
    """The value of that name from the first run that tells it."""
    for run in runs:
        if (value := getattr(run.content, name)) is not None:
            return Found(value, run.name)
    return None


def edges_of(runs: list[Run], fermi: Found[float] | None) -> Found[BandEdges] | None:
    """Band edges from the first run that prints or stores them, or all levels."""
    level = fermi.value if fermi else None
    for run in runs:
        content = run.content
        if content.vbm_ev is not None and content.cbm_ev is not None:
            vbm, cbm = content.vbm_ev, content.cbm_ev
            return Found(
                BandEdges(0.5 * (vbm + cbm), vbm, cbm, max(cbm - vbm, 0.0), None), run.name
            )
        if content.vbm_ev is not None and content.fermi_ev is None:
            why = "no empty band was computed; ask for more bands (nbnd)"
            edges = BandEdges(content.vbm_ev, content.vbm_ev, None, None, None, why)
            return Found(edges, run.name)
        found = None
        if isinstance(content, Schema) and content.eigenvalues is not None:
            levels = content.eigenvalues
            found = edges_of_filling(levels[..., 0], levels[..., 1], level)
        elif isinstance(content, Log) and content.eigenvalues is not None and level is not None:
            found = edges_of_filling(
                content.eigenvalues, (content.eigenvalues <= level).astype(float), level
            )
        if found is not None:
            return Found(found, run.name)
    return None


def doubts_of(runs: list[Run]) -> list[str]:
    """What a user should know of the runs: levels that differ, ends that are missing."""
    found = []
    levels = {r.name: r.content.fermi_ev for r in runs if r.content.fermi_ev is not None}
    if levels and max(levels.values()) - min(levels.values()) > _FERMI_TOLERANCE_EV:
        listed = ", ".join(f"{name}: {value:.4f} eV" for name, value in levels.items())
        found.append(f"the Fermi levels differ ({listed}); the first was taken")
    for run in runs:
        if isinstance(run.content, Log):
            if not run.content.finished:
                found.append(f"{run.name} does not end as a finished run's does: it was cut short")
            if not run.content.converged:
                found.append(f"{run.name} says that convergence was not achieved")
    return found
