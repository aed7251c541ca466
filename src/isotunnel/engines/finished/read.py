"""Telling which code's run a folder holds, and reading it."""

from __future__ import annotations

import os
from pathlib import Path

from isotunnel.engines.finished.calculation import Calculation
from isotunnel.engines.finished.espresso.folder import read_espresso
from isotunnel.engines.finished.espresso.sorting import sort_files
from isotunnel.engines.finished.files import find_file
from isotunnel.engines.finished.vasp.folder import NAMES, read_vasp
from isotunnel.errors import InputError


def is_run(folder: str | os.PathLike[str]) -> bool:
    """Whether a folder holds output of a VASP or Quantum ESPRESSO run; nothing is parsed."""
    place = Path(folder)
    try:
        return any(find_file(place, name) is not None for name in NAMES) or bool(sort_files(place))
    except (OSError, InputError):
        return False


def read_folder(
    folder: str | os.PathLike[str],
    *,
    dos: str | os.PathLike[str] | None = None,
    correct_qe_elf: bool | None = None,
    fermi_ev: float | None = None,
) -> Calculation:
    """Read the output folder of a finished VASP or Quantum ESPRESSO run.

    Args:
        folder: the folder; its files may be compressed.
        dos: folder (for VASP also the DOSCAR) of a second run of the crystal with the projected
            densities of states; by default they are looked for in ``folder``.
        correct_qe_elf: correct the ELF of Quantum ESPRESSO for the wrong normalization of 6.8 to
            7.5 (True), leave it (False), or correct it where the run's own output says that
            version and spin call for it (None).
        fermi_ev: the Fermi level, eV, at which to read densities of states where no file tells it.

    Raises:
        InputError: nothing there that we read, or files of several runs.
        FileFormatError: a file is damaged or cut short.
    """
    place = Path(folder)
    other = None if dos is None else Path(dos)
    if not place.is_dir():
        raise InputError(f"{place}: no such folder")
    try:
        is_vasp = any(find_file(place, name) is not None for name in NAMES)
        files = sort_files(place)
    except PermissionError as error:
        raise InputError(f"{place}: cannot be read ({error.strerror})") from None
    if is_vasp and files:
        raise InputError(
            f"{place}: holds files of VASP and of Quantum ESPRESSO; keep those of one run there"
        )
    if is_vasp:
        return read_vasp(place, other, fermi_ev)
    if files:
        return read_espresso(
            place, files=files, dos=other, correct_elf=correct_qe_elf, fermi_ev=fermi_ev
        )
    raise InputError(
        f"{place}: no output of VASP ({', '.join(NAMES)}) or Quantum ESPRESSO (output of pw.x or "
        "pp.x, data-file-schema.xml, PREFIX.pdos_atm#*) in this folder"
    )
