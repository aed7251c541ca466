"""A VASP run's folder as one calculation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.engines.finished.bands import BandEdges
from isotunnel.engines.finished.calculation import BY_USER, Calculation, Found
from isotunnel.engines.finished.crystals import check_same
from isotunnel.engines.finished.files import find_file, text_lines
from isotunnel.engines.finished.filling import edges_of_filling
from isotunnel.engines.finished.vasp.dos import Projected, projected
from isotunnel.engines.finished.vasp.fields import read_vasp_fields
from isotunnel.engines.finished.vasp.outcar import Outcar, read_outcar
from isotunnel.engines.finished.vasp.vasprun import Vasprun, read_vasprun
from isotunnel.errors import FileFormatError, InputError

if TYPE_CHECKING:
    from ase import Atoms

NAMES = ("vasprun.xml", "OUTCAR", "ELFCAR", "LOCPOT", "CHGCAR", "DOSCAR")
"""A folder with one of these is a VASP run's."""

_FERMI_TOLERANCE_EV = 0.05
_FULL = 1.0001
_NO_STATES = 1e-3


@dataclass(frozen=True)
class _Logs:
    """The two files that tell the same; each with its name, or None."""

    vasprun: tuple[str, Vasprun] | None
    outcar: tuple[str, Outcar] | None

    def first(self, name: str) -> Found[float] | None:
        """The value from vasprun.xml, else from OUTCAR."""
        for pair in (self.vasprun, self.outcar):
            if pair is not None and (value := getattr(pair[1], name)) is not None:
                return Found(value, pair[0])
        return None

    @property
    def settings(self) -> Mapping[str, str]:
        """Parameters by name, those of vasprun.xml first."""
        merged: dict[str, str] = {}
        for pair in (self.outcar, self.vasprun):
            merged |= pair[1].settings if pair is not None else {}
        return merged


def read_vasp(folder: Path, dos: Path | None = None, fermi_ev: float | None = None) -> Calculation:
    """Read what of a VASP run is there.

    Args:
        folder: the run's folder.
        dos: another folder (or its DOSCAR) with the projected densities of states of the crystal,
            as from a second, non-self-consistent run.
        fermi_ev: stated Fermi level, for a folder that tells none.

    Raises:
        FileFormatError: a file is damaged or cut short.
        InputError: files of several runs.
    """
    logs = _read_logs(folder)
    settings = {**_incar(folder), **logs.settings}
    fields, warnings = read_vasp_fields(folder, settings)
    atoms = _crystal(folder, logs, tuple(f.atoms for f in fields))
    warnings += _against_input(folder, logs, atoms)
    for field in fields:
        if field.atoms is not None:
            name = Path(field.provenance.source).name
            warnings += check_same(str(folder), (atoms.source, atoms.value), (name, field.atoms))
    fermi = logs.first("fermi_ev")
    if fermi is None and fermi_ev is not None:
        fermi = Found(fermi_ev, BY_USER)
    own = logs.vasprun if dos is None else None
    states = projected(dos or folder, atoms.value, settings, fermi, own, apart=dos is not None)
    warnings += _doubts(logs, states)
    return Calculation(
        code="vasp",
        version=next((p[1].version for p in (logs.vasprun, logs.outcar) if p), ""),
        folder=str(folder),
        atoms=atoms,
        fermi_ev=fermi,
        edges=_edges(logs, fermi),
        pressure_gpa=logs.first("pressure_gpa"),
        energy_ev=logs.first("energy_ev"),
        dos_total=states.total,
        dos_by_element=states.by_element,
        fields=fields,
        settings={name: settings[name] for name in sorted(settings) if name in _TOLD},
        warnings=tuple(dict.fromkeys(warnings)),
        missing=_missing(folder, states),
    )


_TOLD = {"ISPIN", "LNONCOLLINEAR", "LSORBIT", "LVTOT", "LVHAR", "LORBIT", "ISMEAR", "SIGMA"}


def _read_logs(folder: Path) -> _Logs:
    vasprun, outcar = find_file(folder, "vasprun.xml"), find_file(folder, "OUTCAR")
    return _Logs(
        (vasprun.name, read_vasprun(vasprun)) if vasprun else None,
        (outcar.name, read_outcar(outcar)) if outcar else None,
    )


def _incar(folder: Path) -> dict[str, str]:
    """Assignments of the input file, which a folder may have without any log."""
    path = find_file(folder, "INCAR")
    found: dict[str, str] = {}
    for line in text_lines(path) if path else ():
        for part in re.split(r"[#!]", line)[0].split(";"):
            name, equals, value = part.partition("=")
            if equals and value.strip():
                found[name.strip().upper()] = value.split()[0]
    return found


def _crystal(folder: Path, logs: _Logs, of_fields: tuple[Atoms | None, ...]) -> Found[Atoms]:
    if logs.vasprun is not None and (atoms := logs.vasprun[1].atoms) is not None:
        return Found(atoms, logs.vasprun[0])
    for name in ("CONTCAR", "POSCAR"):
        if path := find_file(folder, name):
            return Found(_poscar(path), path.name)
    if (printed := _outcar_crystal(folder)) is not None:
        return printed
    for atoms in of_fields:
        if atoms is not None:
            return Found(atoms, "the grid files")
    raise InputError(
        f"{folder}: no file tells the crystal; put the run's vasprun.xml, CONTCAR or POSCAR there"
    )


def _outcar_crystal(folder: Path) -> Found[Atoms] | None:
    """The last crystal of OUTCAR, by ASE; None where ASE finds none."""
    from ase.io import read

    path = find_file(folder, "OUTCAR")
    if path is None:
        return None
    try:
        found = read(path, format="vasp-out")
    except Exception:
        # ASE raises whatever its parsing stumbles over; a grid may tell the crystal.
        return None
    atoms = found[-1] if isinstance(found, list) else found
    atoms.calc = None
    return Found(atoms, path.name)


def _poscar(path: Path) -> Atoms:
    atoms = _read_poscar(path)
    if "X" in atoms.get_chemical_symbols():
        raise FileFormatError(
            f"{path}: a VASP 4 file without element symbols; add a line of symbols above the "
            "numbers of atoms"
        )
    return atoms


def _read_poscar(path: Path) -> Atoms:
    from isotunnel.fields.readers.poscar import read_poscar_head
    from isotunnel.fields.readers.source import TextSource

    with TextSource(path) as source:
        return read_poscar_head(source)[1]


def _against_input(folder: Path, logs: _Logs, atoms: Found[Atoms]) -> list[str]:
    """Hold CONTCAR, or the composition of POSCAR, against the crystal of vasprun.xml.

    Of POSCAR only the composition counts, for a relaxation may have moved far from it.
    """
    if logs.vasprun is None or logs.vasprun[1].atoms is None:
        return []
    for name in ("CONTCAR", "POSCAR"):
        path = find_file(folder, name)
        if path is None:
            continue
        other = _read_poscar(path)
        if name == "POSCAR" and len(other) == len(atoms.value):
            other.set_cell(atoms.value.cell)
            other.set_scaled_positions(atoms.value.get_scaled_positions())
        return check_same(str(folder), (atoms.source, atoms.value), (path.name, other))
    return []


def _edges(logs: _Logs, fermi: Found[float] | None) -> Found[BandEdges] | None:
    """Band edges; None also where levels that cross and a DOS of 0 contradict each other."""
    for pair in (logs.vasprun, logs.outcar):
        if pair is None or pair[1].eigenvalues is None:
            continue
        levels = pair[1].eigenvalues
        full = 1.0 if levels[..., 1].max() <= _FULL else 2.0
        edges = edges_of_filling(
            levels[..., 0], levels[..., 1] / full, fermi.value if fermi else None
        )
        dos = pair[1].dos_total if isinstance(pair[1], Vasprun) else None
        if edges is not None and edges.gap_ev == 0 and dos is not None and dos < _NO_STATES:
            return None
        if edges is not None:
            return Found(edges, pair[0])
    return None


def _doubts(logs: _Logs, states: Projected) -> list[str]:
    found = list(states.warnings)
    if logs.vasprun is not None and logs.outcar is not None:
        one, two = logs.vasprun[1].fermi_ev, logs.outcar[1].fermi_ev
        if one is not None and two is not None and abs(one - two) > _FERMI_TOLERANCE_EV:
            found.append(
                f"{logs.vasprun[0]} has the Fermi level at {one:.4f} eV, {logs.outcar[0]} at "
                f"{two:.4f} eV: are they of one run? The former was taken."
            )
    if logs.vasprun is not None:
        run = logs.vasprun[1]
        most = run.settings.get("NELM", "")
        if most.isdigit() and run.electronic_steps >= int(most) > 1:
            found.append(
                f"the last ionic step took all NELM = {most} electronic steps ({logs.vasprun[0]}): "
                "it may not be converged"
            )
    elif logs.outcar is not None and not logs.outcar[1].finished:
        found.append(f"{logs.outcar[0]} does not end as a finished run's does: it was cut short")
    return found


def _missing(folder: Path, states: Projected) -> dict[str, str]:
    logs = "neither vasprun.xml nor OUTCAR tells it"
    levels = (
        "neither vasprun.xml nor OUTCAR lists filled and empty levels, or the number of filled "
        "bands changes between k-points while the density of states at the Fermi level is 0"
    )
    return {
        "fermi_ev": f"{logs}; --fermi states it",
        **dict.fromkeys(("vbm_ev", "cbm_ev", "band_gap_ev", "direct_gap_ev"), levels),
        "pressure_gpa": f"{logs}; --pressure states it",
        "energy_ev": logs,
        "dos_fermi": states.no_total,
        "dos_fermi_by_element": states.no_projections + _elsewhere(folder),
        "elf": "no ELFCAR in the folder (VASP writes one with LELF = .TRUE.)",
        "density": "no CHGCAR in the folder (VASP writes one with LCHARG = .TRUE.)",
        "potential": "no LOCPOT of the whole potential in the folder (LVTOT = .TRUE.)",
        "electrostatic": "no LOCPOT of the electrostatic potential in the folder (LVHAR = .TRUE.)",
    }


def _elsewhere(folder: Path) -> str:
    """Point to a folder inside that has densities of states, as second runs mostly lie."""
    for inside in sorted(p for p in folder.iterdir() if p.is_dir()):
        if find_file(inside, "DOSCAR") or find_file(inside, "vasprun.xml"):
            return f"; {inside} holds another run: --dos {inside} reads it there"
    return ""
