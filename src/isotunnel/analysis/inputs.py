"""What a user may hand in: a crystal in any form, a grid file, or a field."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.crystal.cell_choice import CellChoice
from isotunnel.errors import FileFormatError, InputError
from isotunnel.fields.field import Field

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.engines.base import ElectronicStructure

_GRID_NAMES = re.compile(r"chgcar|aeccar|locpot|elfcar|parchg|(^|[^a-z])chg([^a-z]|$)")
# The blank line behind the positions tells grid counts from counts of atoms and whole positions.
_GRID_COUNTS = re.compile(r"^[ \t]*\r?\n(?:[ \t]*[1-9]\d*){3}[ \t]*\r?$", re.MULTILINE)
_SEARCHED_BYTES = 4 << 20


@dataclass(frozen=True)
class Subject:
    """What to analyse: a crystal to compute, the fields of a grid file, or a calculation.

    ``finished`` is a calculation that another program did: fields and levels read from its files.
    ``cell`` says which cell of a crystal that is to be computed was taken.
    """

    name: str
    title: str
    atoms: Atoms | None
    fields: tuple[Field, ...] = ()
    sources: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    finished: ElectronicStructure | None = None
    cell: str = ""

    @property
    def is_read(self) -> bool:
        """Whether the numbers come from files, not from an engine."""
        return bool(self.fields) or self.finished is not None


def understand(
    thing: Any,
    *,
    cell: CellChoice = "as-given",
    accept_formula_mismatch: bool = False,
    **read_options: Any,
) -> Subject:
    """Tell a crystal from a grid file and read it.

    Args:
        thing: a :class:`Field` or several, ASE Atoms, a pymatgen Structure, the name of a crystal,
            the path of a crystal or grid file, or a run's output folder.
        cell: of a crystal that is to be computed, see :func:`~isotunnel.crystal.in_cell`.
        accept_formula_mismatch: see :func:`~isotunnel.crystal.as_atoms`.
        read_options: passed on to :func:`~isotunnel.fields.read_fields` for a grid file, to
            :func:`~isotunnel.engines.finished.read_folder` for a folder.

    Raises:
        InputError: ``read_options`` for what is no file; otherwise see
            :func:`~isotunnel.fields.read_fields` and :func:`~isotunnel.crystal.as_atoms`.
    """
    if is_folder(thing):
        return _of_folder(thing, **read_options)
    if isinstance(thing, str | os.PathLike) and is_grid_file(thing):
        from isotunnel.fields import read_fields

        subject = _of_fields(read_fields(thing, **read_options), Path(thing).name)
        return _with_levels(subject, Path(thing))
    fields = (thing,) if isinstance(thing, Field) else thing
    if isinstance(fields, list | tuple) and fields and all(isinstance(f, Field) for f in fields):
        subject = _of_fields(tuple(fields), Path(fields[0].provenance.source).name)
    else:
        subject = _of_crystal(thing, cell, accept_formula_mismatch)
    if read_options:
        raise InputError(
            f"{' and '.join(read_options)}: only for reading a grid file, "
            f"which {subject.name} is not"
        )
    return subject


def is_folder(thing: Any) -> bool:
    """Whether a path is a folder; the name of a crystal goes before a folder of that name."""
    if not isinstance(thing, str | os.PathLike):
        return False
    from isotunnel.crystal import find_named

    text = os.fspath(thing)
    if isinstance(thing, str) and os.sep not in text and find_named(text) is not None:
        return False
    try:
        return Path(text).is_dir()
    except (OSError, ValueError):
        return False


def _of_folder(folder: str | os.PathLike[str], **read_options: Any) -> Subject:
    from isotunnel.engines.finished import electronic_structure, read_folder

    unknown = sorted(set(read_options) - {"dos", "correct_qe_elf", "fermi_ev"})
    if unknown:
        raise InputError(
            f"{' and '.join(unknown)}: only for a grid file; {os.fspath(folder)} is a folder, the "
            "files of which tell what they hold"
        )
    calculation = read_folder(folder, **read_options)
    finished = electronic_structure(calculation)
    name = Path(folder).resolve().name
    formula = finished.atoms.get_chemical_formula(mode="metal")
    kinds = ", ".join(dict.fromkeys(str(f.kind) for f in calculation.fields)) or "no grid"
    return Subject(
        name,
        f"{formula}, {kinds} from {name}",
        finished.atoms,
        calculation.fields,
        finished=finished,
    )


def is_grid_file(path: str | os.PathLike[str]) -> bool:
    """Whether a path is an existing file that holds a grid, not just a crystal.

    POSCAR and XSF files may hold either: they count as grids where a grid header follows, and a
    VASP file also where its name says so (CHGCAR, LOCPOT, ELFCAR, ...).
    """
    from isotunnel.crystal import find_named
    from isotunnel.fields.readers.detect import ForeignGridError, detect_format
    from isotunnel.fields.readers.source import read_head

    text = os.fspath(path)
    if re.search(r"\.m?cif(\.(gz|bz2|xz))?$", text, re.IGNORECASE):
        # Whatever else its name says: Na_chg.cif.
        return False
    if isinstance(path, str) and os.sep not in text and find_named(text) is not None:
        return False
    try:
        if not Path(text).is_file():
            return False
    except (OSError, ValueError):
        return False
    try:
        format = detect_format(Path(text))
    except (ForeignGridError, OSError):
        # The reader of grid files tells best why it cannot be opened.
        return True
    except FileFormatError:
        return False
    if format not in ("vasp", "xsf"):
        return True
    head = read_head(Path(text), _SEARCHED_BYTES).decode("latin-1")
    if format == "xsf":
        return "DATAGRID_3D" in head.upper()
    return bool(_GRID_NAMES.search(Path(text).name.lower()) or _GRID_COUNTS.search(head))


def _with_levels(subject: Subject, path: Path) -> Subject:
    """The subject of a file that knows more than its grids, with what it knows."""
    if subject.fields[0].provenance.format != "gpw":
        return subject
    from isotunnel.engines.finished import read_gpw_calculation
    from isotunnel.engines.finished.structure import fields_by_key

    finished = read_gpw_calculation(path, fields_by_key(subject.fields))
    return replace(subject, finished=finished, atoms=finished.atoms)


def _of_fields(fields: tuple[Field, ...], name: str) -> Subject:
    atoms = next((f.atoms for f in fields if f.atoms is not None), None)
    kinds = ", ".join(dict.fromkeys(str(f.kind) for f in fields))
    formula = f"{atoms.get_chemical_formula(mode='metal')}, " if atoms is not None else ""
    return Subject(name, f"{formula}{kinds} from {name}", atoms, fields)


def _of_crystal(thing: Any, choice: CellChoice, accept: bool) -> Subject:
    from isotunnel.atlas import crystal_at, is_at_pressure
    from isotunnel.crystal import as_atoms, in_cell

    if isinstance(thing, str) and os.sep not in thing and is_at_pressure(thing):
        thing = crystal_at(thing)
    atoms, cell = in_cell(as_atoms(thing, accept_formula_mismatch=accept), choice)
    info = atoms.info
    formula = atoms.get_chemical_formula(mode="metal")
    if "name" in info:
        name, title = info["name"], info["title"]
    else:
        name = Path(thing).name if isinstance(thing, str | os.PathLike) else formula
        title = formula
    warnings = tuple(info.get("read_warnings", ()))
    source = info.get("source")
    return Subject(name, title, atoms, (), (source,) if source else (), warnings, cell=cell)
