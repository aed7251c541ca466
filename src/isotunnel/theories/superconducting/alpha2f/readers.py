"""Reading alpha^2 F files: two columns, Quantum ESPRESSO, EPW, IsoME, Elk."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import FileFormatError, InputError
from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
from isotunnel.theories.superconducting.alpha2f.units import EV_PER, frequency_unit, unit_in

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; a spectrum has some thousand lines."""


@dataclass(frozen=True)
class _Table:
    """Rows of numbers with what was recognised about them."""

    rows: NDArray[np.float64]
    kind: str
    unit: str | None
    columns: int
    default: int | None


def read_alpha2f(
    path: str | Path,
    unit: str | None = None,
    column: int | None = None,
    allow_negative: bool = False,
) -> Alpha2F:
    """alpha^2 F from a text file.

    Recognised by their content: two columns; Quantum ESPRESSO's ``alpha2F.dat`` (lambda.x: THz,
    one column per broadening), ``a2F.dat`` (alpha2f.x: Ry, then densities of states) and
    ``a2F.dos`` (matdyn.x: Ry, records of several lines); EPW's ``.a2f`` (meV, one column per
    smearing, with or without the running integrals); IsoME's input (as alpha2F.dat); Elk's
    ``ALPHA2F.OUT`` (hartree, by its name).

    Args:
        path: the file.
        unit: meV, eV, THz, cm-1, Ry, Ha or K. Needed where neither the content nor the name
            tells; where the file names one, that of the file is overruled.
        column: which alpha^2 F column, 1 the first. Needed where a file has several
            broadenings, except for EPW, whose own solver takes the first.
        allow_negative: keep negative values, whatever they carry of lambda.

    Returns:
        The spectrum; its source says file and column.

    Raises:
        FileFormatError: what is wrong with the file, in one line.
        InputError: an unknown unit or an impossible column.
    """
    path = Path(path)
    declared = None if unit is None else frequency_unit(unit)
    table = _parse(path, _lines(path))
    used = declared or table.unit
    if used is None:
        raise FileFormatError(
            f"{path.name}: the unit of frequency is not named in the file; declare it with "
            f"unit= (one of {', '.join(EV_PER)})"
        )
    chosen = _column(path, table, column)
    source = path.name + (f", column {chosen}" if table.columns > 1 else "")
    try:
        return Alpha2F.from_arrays(
            table.rows[:, 0] * EV_PER[used], table.rows[:, chosen], source, allow_negative
        )
    except InputError as error:
        text = str(error).removeprefix(f"{source}: ")
        raise FileFormatError(f"{path.name}: {text}") from None


def _lines(path: Path) -> list[str]:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise FileFormatError(
                f"{path.name}: {size / 2**20:.0f} MiB is no alpha2F file "
                f"(at most {LARGEST_FILE / 2**20:.0f} MiB are read)"
            )
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise FileFormatError(f"{path.name}: not a text file") from None
    except OSError as error:
        raise FileFormatError(f"{path}: cannot be read ({error.strerror})") from None


def _parse(path: Path, lines: list[str]) -> _Table:
    numbers = [_numbers(line) for line in lines]
    first = next((i for i, row in enumerate(numbers) if row), None)
    if first is None:
        raise FileFormatError(f"{path.name}: no rows of numbers; is this an alpha2F file?")
    last = first
    while last < len(lines) and (numbers[last] or not lines[last].strip()):
        last += 1
    body = [row for row in numbers[first:last] if row]
    header = "\n".join(lines[:first])
    footer = "\n".join(lines[last:])
    if "a2F(mode)" in header or "per both spin" in header:
        return _matdyn(path, body)
    if any(numbers[last:]):
        raise FileFormatError(
            f"{path.name}: line {last + 1} is not a row of numbers: {lines[last].strip()[:40]!r}"
        )
    rows = _rectangular(path, body, first)
    return _recognised(path, rows, header, footer)


def _recognised(path: Path, rows: NDArray[np.float64], header: str, footer: str) -> _Table:
    width = rows.shape[1] - 1
    if "Integrated el-ph coupling" in footer or "integrated 2*a2f/w" in header:
        smearings = _footer_values(footer)
        # Older files hold the spectra alone, newer ones the running integrals behind them.
        columns = smearings if smearings and smearings <= width else width
        return _Table(rows, "EPW", "meV", columns, 1)
    if "PDOS" in header.upper() or "PARTIAL DOS" in header.upper():
        return _Table(rows, "alpha2f.x", unit_in(header) or "Ry", 1, 1)
    unit = unit_in(header)
    if unit is None and path.name.upper().startswith("ALPHA2F") and path.suffix == ".OUT":
        unit = "Ha"
    return _Table(rows, "columns", unit, width, 1 if width == 1 else None)


def _footer_values(footer: str) -> int:
    lines = footer.splitlines()
    for i, line in enumerate(lines[:-1]):
        if "Integrated el-ph coupling" in line:
            return len(lines[i + 1].replace("#", " ").split())
    return 0


def _matdyn(path: Path, body: list[list[float]]) -> _Table:
    """matdyn.x: frequency and total on one line, contributions of the modes on the next ones."""
    for period in range(1, 200):
        starts = body[::period]
        sizes = [len(row) for row in body[:period]]
        if len(body) % period or sizes[0] != 2 or len(starts) < 3:
            continue
        steady = all(len(row) == sizes[i % period] for i, row in enumerate(body))
        if steady and all(a[0] < b[0] for a, b in itertools.pairwise(starts)):
            return _Table(np.array(starts), "matdyn.x", "Ry", 1, 1)
    raise FileFormatError(
        f"{path.name}: looks like an a2F.dos file, but its records are not regular; is it cut off?"
    )


def _rectangular(path: Path, body: list[list[float]], first: int) -> NDArray[np.float64]:
    width = len(body[0])
    if width < 2:
        raise FileFormatError(
            f"{path.name}: line {first + 1} has one number; frequency and alpha2F are needed"
        )
    odd = next((i for i, row in enumerate(body) if len(row) != width), None)
    if odd is not None:
        raise FileFormatError(
            f"{path.name}: row {odd + 1} has {len(body[odd])} numbers, the first has {width}; "
            "is the file cut off?"
        )
    return np.array(body)


def _column(path: Path, table: _Table, column: int | None) -> int:
    chosen = table.default if column is None else column
    if chosen is None:
        raise FileFormatError(
            f"{path.name}: {table.columns} alpha2F columns (broadenings); "
            f"choose one with column=1 to {table.columns}"
        )
    if not 1 <= chosen <= table.columns:
        raise InputError(
            f"{path.name}: column {chosen} does not exist; it has {table.columns} alpha2F "
            f"column{'s' if table.columns > 1 else ''}"
        )
    return chosen


def _numbers(line: str) -> list[float]:
    """The numbers of a line; none where anything else stands in it. NaN counts as a number."""
    parts = line.replace("D", "E").split() if "D" in line else line.split()
    try:
        values = [float(part) for part in parts]
    except ValueError:
        return []
    return values if not any(math.isinf(v) for v in values) else [math.nan] * len(values)
