"""A Quantum ESPRESSO run's folder as one calculation."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.engines.finished.bands import BandEdges
from isotunnel.engines.finished.calculation import BY_USER, Calculation, Found
from isotunnel.engines.finished.crystals import REFUSED, check_same
from isotunnel.engines.finished.espresso.fields import Plots, read_espresso_fields
from isotunnel.engines.finished.espresso.log import Log, program_of, read_log
from isotunnel.engines.finished.espresso.printed import printed_crystal
from isotunnel.engines.finished.espresso.projwfc import ProjectedDos, read_projwfc
from isotunnel.engines.finished.espresso.schema import Schema, read_schema
from isotunnel.engines.finished.filling import edges_of_filling
from isotunnel.errors import FileFormatError, InputError
from isotunnel.fields.field import Field
from isotunnel.fields.readers.source import read_head

if TYPE_CHECKING:
    from ase import Atoms

_FERMI_TOLERANCE_EV = 0.05
_LARGEST_TEXT = 1 << 30
_NO_TEXT = (".cube", ".xsf", ".upf", ".dat", ".gz", ".xml", ".h5", ".hdf5", ".png", ".pdf", ".html")


@dataclass
class Files:
    """A folder's files by what they are, in the order of their names."""

    schemas: list[Path] = field(default_factory=list)
    pw: list[Path] = field(default_factory=list)
    pp: list[Path] = field(default_factory=list)
    inputs: list[Path] = field(default_factory=list)
    grids: list[Path] = field(default_factory=list)
    has_projections: bool = False

    def __bool__(self) -> bool:
        return bool(self.schemas or self.pw or self.pp or self.has_projections)


def sort_files(folder: Path) -> Files:
    """What of Quantum ESPRESSO a folder holds; nothing is read but the heads of files."""
    files = Files()
    for path in sorted(p for p in folder.iterdir() if p.is_file() and p.stat().st_size > 0):
        name = path.name.lower()
        plain = name.removesuffix(".gz").removesuffix(".bz2").removesuffix(".xz")
        if ".pdos_atm#" in name or ".pdos_tot" in name:
            files.has_projections |= ".pdos_atm#" in name
        elif plain.endswith((".cube", ".cub", ".xsf")):
            files.grids.append(path)
        elif plain.endswith(".xml"):
            if b"espresso" in read_head(path, 2048):
                files.schemas.append(path)
        elif not plain.endswith(_NO_TEXT):
            _sort_text(files, path)
    files.schemas += sorted(folder.glob("*.save/data-file-schema.xml"))
    return files


def _sort_text(files: Files, path: Path) -> None:
    head = read_head(path, 4096).decode("latin-1")
    program = program_of(head)
    if program == "PWSCF":
        files.pw.append(path)
    elif program == "POST-PROC":
        files.pp.append(path)
    elif "&inputpp" in head.lower():
        files.inputs.append(path)


@dataclass(frozen=True)
class _Run:
    """One output of pw.x, printed or stored, with its name."""

    name: str
    content: Log | Schema

    @property
    def is_nscf(self) -> bool:
        return isinstance(self.content, Log) and self.content.calculation == "nscf"


def read_espresso(
    folder: Path,
    *,
    files: Files | None = None,
    dos: Path | None = None,
    correct_elf: bool | None = None,
    fermi_ev: float | None = None,
) -> Calculation:
    """Read what of a Quantum ESPRESSO run is there.

    Args:
        folder: the run's folder.
        files: its files, if they have been sorted already.
        dos: another folder with the output of projwfc.x (and of its pw.x run).
        correct_elf: undo the wrong normalization of the ELF of 6.8 to 7.5 without spin; None does
            so where version and spin say that it is there.
        fermi_ev: stated Fermi level, for a folder that tells none.

    Raises:
        FileFormatError: a file is damaged or cut short.
        InputError: files of several runs.
    """
    files = files or sort_files(folder)
    runs = _runs(folder, files)
    plots = Plots.of(files.pp, files.inputs)
    version = plots.version or next((r.content.version for r in runs if r.content.version), "")
    nspin = next((r.content.nspin for r in runs if r.content.nspin is not None), None)
    fields, warnings = read_espresso_fields(
        files.grids, plots, version=version, nspin=nspin, correct_elf=correct_elf
    )
    atoms = _crystal(folder, files, runs, fields)
    for f in fields:
        if f.atoms is not None:
            other = (Path(f.provenance.source).name, f.atoms)
            warnings += check_same(str(folder), (atoms.source, atoms.value), other)
    for run in runs:
        if isinstance(run.content, Schema) and run.content.atoms is not None:
            other = (run.name, run.content.atoms)
            warnings += check_same(str(folder), (atoms.source, atoms.value), other)
    fermi = _first(runs, "fermi_ev")
    if fermi is None and fermi_ev is not None:
        fermi = Found(fermi_ev, BY_USER)
    states, no_states = _states(folder, dos, fermi, len(atoms.value))
    warnings += _doubts(runs)
    edges = _edges(runs, fermi)
    return Calculation(
        code="espresso",
        version=version,
        folder=str(folder),
        atoms=atoms,
        fermi_ev=fermi,
        edges=edges,
        pressure_gpa=_first(runs, "pressure_gpa"),
        energy_ev=_first(runs, "energy_ev"),
        dos_total=None if states is None else _total(states),
        dos_by_element=None if states is None else Found(states.by_element, states.source),
        fields=fields,
        settings={} if nspin is None else {"nspin": nspin},
        warnings=tuple(dict.fromkeys(warnings)),
        missing={**_missing(no_states), **_without_empty_bands(edges)},
    )


def _runs(folder: Path, files: Files) -> list[_Run]:
    """Outputs of pw.x, those of a second, non-self-consistent run first: their mesh is the denser.

    Raises:
        InputError: more outputs than one chain of scf and nscf has, with different Fermi levels.
    """
    logs = [(path.name, read_log(path)) for path in files.pw]
    printed = [_Run(name, log) for name, log in logs]
    stored = [_Run(str(p.relative_to(folder)), read_schema(p)) for p in files.schemas]
    _refuse_other_crystals(folder, logs)
    runs = [*(r for r in printed if r.is_nscf), *stored, *(r for r in printed if not r.is_nscf)]
    for kind in ([r for r in printed if not r.is_nscf], [r for r in printed if r.is_nscf], stored):
        levels = {r.name: r.content.fermi_ev for r in kind if r.content.fermi_ev is not None}
        if levels and max(levels.values()) - min(levels.values()) > _FERMI_TOLERANCE_EV:
            told = ", ".join(f"{name}: {value:.3f} eV" for name, value in levels.items())
            raise InputError(
                f"{folder}: outputs of {len(levels)} runs of pw.x with different Fermi levels "
                f"({told}); keep the files of one run there"
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


def _first(runs: list[_Run], name: str) -> Found[float] | None:
    for run in runs:
        if (value := getattr(run.content, name)) is not None:
            return Found(value, run.name)
    return None


def _crystal(
    folder: Path, files: Files, runs: list[_Run], fields: tuple[Field, ...]
) -> Found[Atoms]:
    for run in runs:
        if isinstance(run.content, Schema) and run.content.atoms is not None:
            return Found(run.content.atoms, run.name)
    for f in fields:
        if f.atoms is not None:
            return Found(f.atoms, Path(f.provenance.source).name)
    for path in files.pw:
        if (atoms := printed_crystal(path)) is not None:
            return Found(atoms, path.name)
    raise InputError(
        f"{folder}: no file tells the crystal; put the run's data-file-schema.xml, output of pw.x "
        "or a cube there"
    )


def _edges(runs: list[_Run], fermi: Found[float] | None) -> Found[BandEdges] | None:
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


def _states(
    folder: Path, dos: Path | None, fermi: Found[float] | None, n_atoms: int
) -> tuple[ProjectedDos | None, str]:
    """Densities of states at the Fermi level, or the reason why there are none."""
    place = dos or folder
    if not place.is_dir():
        raise InputError(f"{place}: no folder with the output of projwfc.x")
    if dos is not None:
        levels = [_Run(str(p), read_log(p)) for p in sort_files(dos).pw]
        fermi = _first([r for r in levels if r.is_nscf] + levels, "fermi_ev") or fermi
    if fermi is None:
        return (
            None,
            "densities of states need the Fermi level, which no file tells; give --fermi "
            "or --h-dos",
        )
    states = read_projwfc(place, fermi.value, f"{dos.name}/" if dos else "")
    if states is None:
        return None, (
            f"no output of projwfc.x (PREFIX.pdos_atm#*) in {place}: the hydrogen share is "
            "unknown; give --h-dos"
        )
    if states.n_atoms != n_atoms:
        raise FileFormatError(
            f"{place}: projected densities of states of {states.n_atoms} atoms for a crystal of "
            f"{n_atoms}: files are missing, or of another run"
        )
    return states, ""


def _total(states: ProjectedDos) -> Found[float]:
    """The total, or without its file what the projections add up to."""
    if states.total is not None:
        return Found(states.total, states.total_source)
    return Found(sum(states.by_element.values()), f"{states.source}, projected part only")


def _doubts(runs: list[_Run]) -> list[str]:
    found = []
    levels = {r.name: r.content.fermi_ev for r in runs if r.content.fermi_ev is not None}
    if levels and max(levels.values()) - min(levels.values()) > _FERMI_TOLERANCE_EV:
        told = ", ".join(f"{name}: {value:.4f} eV" for name, value in levels.items())
        found.append(f"the Fermi levels differ ({told}); the first was taken")
    for run in runs:
        if isinstance(run.content, Log):
            if not run.content.finished:
                found.append(f"{run.name} does not end as a finished run's does: it was cut short")
            if not run.content.converged:
                found.append(f"{run.name} says that convergence was not achieved")
    return found


def _without_empty_bands(edges: Found[BandEdges] | None) -> dict[str, str]:
    reason = edges.value.reason if edges is not None else ""
    return dict.fromkeys(("cbm_ev", "band_gap_ev", "direct_gap_ev"), reason) if reason else {}


def _missing(no_states: str) -> dict[str, str]:
    levels = "neither the XML nor the output of pw.x lists all levels (verbosity = 'high' does)"
    plot = "no cube or XSF of it in the folder (pp.x with plot_num = {})"
    return {
        "fermi_ev": "neither the XML nor an output of pw.x gives one (fixed occupations print only "
        "band edges); --fermi states it",
        **dict.fromkeys(("vbm_ev", "cbm_ev", "band_gap_ev"), levels),
        "direct_gap_ev": "needs the levels of all k-points",
        "pressure_gpa": "no stress in the XML or an output of pw.x (tstress = .true.); --pressure "
        "states it",
        "energy_ev": "neither the XML nor an output of pw.x gives it",
        "dos_fermi": no_states,
        "dos_fermi_by_element": no_states,
        "elf": plot.format(8),
        "density": plot.format(0),
        "potential": plot.format(1),
        "electrostatic": plot.format(11),
    }
