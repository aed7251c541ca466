"""Telling apart the files of a Quantum ESPRESSO run's folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from isotunnel.engines.finished.espresso.log import program_of
from isotunnel.fields.readers.source import read_head

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
