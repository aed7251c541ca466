"""A Quantum ESPRESSO run's folder as one calculation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.engines.finished.bands import BandEdges
from isotunnel.engines.finished.calculation import BY_USER, Calculation, Found
from isotunnel.engines.finished.crystals import check_same
from isotunnel.engines.finished.espresso.fields import Plots, read_espresso_fields
from isotunnel.engines.finished.espresso.log import read_log
from isotunnel.engines.finished.espresso.printed import printed_crystal
from isotunnel.engines.finished.espresso.projwfc import ProjectedDos, read_projwfc
from isotunnel.engines.finished.espresso.runs import Run, doubts_of, edges_of, first_of, runs_of
from isotunnel.engines.finished.espresso.schema import Schema
from isotunnel.engines.finished.espresso.sorting import Files, sort_files
from isotunnel.errors import FileFormatError, InputError
from isotunnel.fields.field import Field

if TYPE_CHECKING:
    from ase import Atoms


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
    runs = runs_of(folder, files)
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
    fermi = first_of(runs, "fermi_ev")
    if fermi is None and fermi_ev is not None:
        fermi = Found(fermi_ev, BY_USER)
    states, no_states = _states(folder, dos, fermi, len(atoms.value))
    warnings += doubts_of(runs)
    edges = edges_of(runs, fermi)
    return Calculation(
        code="espresso",
        version=version,
        folder=str(folder),
        atoms=atoms,
        fermi_ev=fermi,
        edges=edges,
        pressure_gpa=first_of(runs, "pressure_gpa"),
        energy_ev=first_of(runs, "energy_ev"),
        dos_total=None if states is None else _total(states),
        dos_by_element=None if states is None else Found(states.by_element, states.source),
        fields=fields,
        settings={} if nspin is None else {"nspin": nspin},
        warnings=tuple(dict.fromkeys(warnings)),
        missing={**_missing(no_states), **_without_empty_bands(edges)},
    )


def _crystal(
    folder: Path, files: Files, runs: list[Run], fields: tuple[Field, ...]
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


def _states(
    folder: Path, dos: Path | None, fermi: Found[float] | None, n_atoms: int
) -> tuple[ProjectedDos | None, str]:
    """Densities of states at the Fermi level, or the reason why there are none."""
    place = dos or folder
    if not place.is_dir():
        raise InputError(f"{place}: no folder with the output of projwfc.x")
    if dos is not None:
        levels = [Run(str(p), read_log(p)) for p in sort_files(dos).pw]
        fermi = first_of([r for r in levels if r.is_nscf] + levels, "fermi_ev") or fermi
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
