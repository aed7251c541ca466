"""Reading grid files of any known format."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from isotunnel.errors import FieldError, FileFormatError, InputError, IsotunnelError
from isotunnel.fields.field import Field
from isotunnel.fields.kinds import FieldKind
from isotunnel.fields.readers.detect import FORMATS, detect_format
from isotunnel.fields.readers.options import ReadOptions, checked_options
from isotunnel.fields.readers.plausibility import checked_density


def read_field(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    kind: FieldKind | str | None = None,
    spin: str | None = None,
    dataset: int | None = None,
    length_unit: str | None = None,
    value_unit: str | None = None,
    end_planes: str = "auto",
    dtype: Any = float,
) -> Field:
    """Read one field from a grid file.

    Reads Gaussian cube, VASP (CHGCAR, CHG, AECCAR, PARCHG, LOCPOT, POT, ELFCAR), XSF, GPAW's .gpw
    and Isotunnel's HDF5, all but .gpw and HDF5 also compressed by gzip, bzip2 or xz. What the file
    does not say is assumed and recorded: read ``field.provenance.notes`` and ``.warnings``.
    Peak memory stays below three times the size of the values.

    Args:
        path: the file.
        format: "cube", "vasp", "xsf", "gpw" or "hdf5"; by default recognized by content and name.
        kind: "potential", "electrostatic", "density", "elf" or "other"; by default guessed from
            the file's name and comments.
        spin: "total", "up", "down" or "difference", where the file has spin parts. By default the
            first: total for a density, up for a potential or an ELF. A cube or XSF file has only
            the part that its comments tell, else the total; another is refused.
        dataset: which of several data sets of a cube or XSF file, from 0; by default the first.
        length_unit: "bohr" or "angstrom" for a cube file; by default bohr, or angstrom where the
            numbers of points are negative.
        value_unit: unit of the values in the file: "1/bohr^3" or "1/angstrom^3" for a density;
            "eV", "hartree" or "rydberg" for a potential. By default the format's custom.
        end_planes: "auto" looks for last planes that repeat the first and drops them, "keep"
            leaves all planes, "drop" drops the last plane of every axis (cube and XSF only).
        dtype: float64 (default) or float32.

    Returns:
        The field in eV, 1/angstrom^3 or pure numbers, lengths in angstrom.

    Raises:
        FileFormatError: the file is truncated, garbled, empty or of another format.
        InputError: it cannot be opened, or an argument does not fit it.
        FieldError: its cell has no volume.
        MissingExtraError: a .gpw field that needs GPAW, which is not installed.
    """
    options = checked_options(
        kind=kind,
        spin=spin,
        dataset=dataset,
        length_unit=length_unit,
        value_unit=value_unit,
        end_planes=end_planes,
        dtype=dtype,
        every=False,
    )
    return _read(path, format, options)[0]


def read_fields(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    kind: FieldKind | str | None = None,
    length_unit: str | None = None,
    value_unit: str | None = None,
    end_planes: str = "auto",
    dtype: Any = float,
) -> tuple[Field, ...]:
    """Read all fields of a grid file: both spin parts, every data set, everything in a .gpw.

    The arguments and errors are those of :func:`read_field`.
    """
    options = checked_options(
        kind=kind,
        spin=None,
        dataset=None,
        length_unit=length_unit,
        value_unit=value_unit,
        end_planes=end_planes,
        dtype=dtype,
        every=True,
    )
    return tuple(_read(path, format, options))


def _reader(name: str) -> Callable[[Path, ReadOptions], list[Field]]:
    """The reader of a format; imported when needed, for some bring heavy packages along."""
    module = import_module(f"isotunnel.fields.readers.{name}")
    reader: Callable[[Path, ReadOptions], list[Field]] = getattr(module, f"read_{name}")
    return reader


def _read(path: str | os.PathLike[str], format: str | None, options: ReadOptions) -> list[Field]:
    if format is not None and format not in FORMATS:
        raise InputError(f"unknown format {format!r}; known: {', '.join(FORMATS)}")
    file = Path(path)
    try:
        if file.is_dir():
            raise InputError(
                f"{file}: is a directory, not a grid file; 'isotunnel analyze {file}' reads the "
                "output folder of a run"
            )
        if not file.is_file() and file.exists():
            raise InputError(f"{file}: is not a regular file")
        if file.stat().st_size == 0:
            raise FileFormatError(f"{file}: the file is empty")
        fields = _reader(format or detect_format(file))(file, options)
        return [checked_density(_with_range_warning(field)) for field in fields]
    except FieldError as error:
        raise FieldError(_with_path(file, error)) from error
    except InputError as error:
        raise type(error)(_with_path(file, error)) from error
    except IsotunnelError:
        raise
    except FileNotFoundError:
        raise InputError(f"{file}: no such file") from None
    except (OSError, ValueError) as error:
        # ValueError: a NUL in the path; OSError: permissions, a name too long, a failing disk.
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{file}: cannot be read ({reason})") from error
    except MemoryError as error:
        raise InputError(f"{file}: the grid does not fit into memory") from error


def _with_range_warning(field: Field) -> Field:
    """A field that is called an ELF but leaves [0, 1] is hardly one."""
    if field.kind is not FieldKind.ELF:
        return field
    lowest, highest = float(field.values.min()), float(field.values.max())
    if lowest > -0.01 and highest < 1.01:
        return field
    return field.with_warnings(
        f"An ELF lies in [0, 1], these values in [{lowest:.4g}, {highest:.4g}]; "
        "pass kind=... if the file holds something else."
    )


def _with_path(path: Path, error: IsotunnelError) -> str:
    text = str(error)
    return text if text.startswith(str(path)) else f"{path}: {text}"
