"""The grids of a VASP run's folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from isotunnel.engines.finished.files import find_file
from isotunnel.fields import Field, FieldKind, read_fields


def read_vasp_fields(
    folder: Path, settings: Mapping[str, str]
) -> tuple[tuple[Field, ...], list[str]]:
    """LOCPOT, CHGCAR (else CHG) and ELFCAR, all spin parts, and warnings.

    Raises:
        FileFormatError: one of them is damaged.
    """
    found: list[Field] = []
    warnings: list[str] = []
    if path := find_file(folder, "LOCPOT"):
        found += read_fields(path, format="vasp", kind=_kind_of_locpot(settings))
    density = find_file(folder, "CHGCAR") or find_file(folder, "CHG")
    if density:
        found += read_fields(density, format="vasp", kind=FieldKind.DENSITY)
    if path := find_file(folder, "ELFCAR"):
        found += read_fields(path, format="vasp", kind=FieldKind.ELF)
    return tuple(found), warnings


def _kind_of_locpot(settings: Mapping[str, str]) -> FieldKind | None:
    """What LOCPOT holds by the run's own parameters; None leaves it to the reader, which warns.

    LVHAR leaves exchange and correlation out, also where LVTOT is on as well.
    """
    if _on(settings, "LVHAR"):
        return FieldKind.ELECTROSTATIC
    return FieldKind.POTENTIAL if _on(settings, "LVTOT") else None


def _on(settings: Mapping[str, str], name: str) -> bool:
    return settings.get(name, "F").strip(" .").upper().startswith("T")
