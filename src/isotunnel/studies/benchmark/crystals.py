"""The crystal of a benchmark row: from the library, or built from its prototype and cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.errors import CannotSay
from isotunnel.measured import Row

if TYPE_CHECKING:
    from ase import Atoms

_BY_ASE = {
    "fcc": "fcc",
    "bcc": "bcc",
    "sc": "sc",
    "diamond": "diamond",
    "rocksalt": "rocksalt",
    "cesiumchloride": "cesiumchloride",
    "zincblende": "zincblende",
}


def crystal_of(row: Row) -> Atoms:
    """The primitive cell of a row of the table ``state_benchmark``.

    Raises:
        CannotSay: the library's cell belongs to another pressure than the row.
    """
    if row.text("crystal"):
        return _named(row)
    prototype, symbol = row.text("prototype"), row.text("formula")
    if prototype == "delta test":
        from ase.collections import dcdft

        found: Atoms = dcdft[symbol]
        return found
    from ase.build import bulk

    a = row.number("a_angstrom")
    if prototype in _BY_ASE:
        return bulk(symbol, _BY_ASE[prototype], a=a)
    if prototype in ("hcp", "bct"):
        return bulk(symbol, prototype, a=a, c=row.number("c_angstrom"))
    if prototype in ("rhombohedral", "A7"):
        return _rhombohedral(row)
    return _hexagonal(row)


def _named(row: Row) -> Atoms:
    """The library's cell, if it belongs to the row's pressure or to one that is not stated."""
    from isotunnel.crystal.named import named_crystal

    atoms = named_crystal(row.text("crystal"))
    at = atoms.info["pressure_gpa"]
    pressure = row.number("pressure_gpa")
    if at is None and pressure > 0 and atoms.info["cell_kind"] == "measured":
        at = 0.0
    if at is not None and abs(at - pressure) > 0.5:
        raise CannotSay(
            f"the library's cell of {row['crystal']} is that of {at:g} GPa, not {pressure:g} GPa"
        )
    return atoms


def _rhombohedral(row: Row) -> Atoms:
    """One atom, or two at +-x along the diagonal (A7)."""
    from ase import Atoms

    a, angle = row.number("a_angstrom"), row.number("angle_deg")
    places = [0.0] if row["x"] is None else [row.number("x"), -row.number("x")]
    return Atoms(
        [row.text("formula")] * len(places),
        scaled_positions=[[p % 1.0] * 3 for p in places],
        cell=[a, a, a, angle, angle, angle],
        pbc=True,
    )


def _hexagonal(row: Row) -> Atoms:
    """Simple hexagonal (layers AAAA) or double hexagonal close packed (ABAC)."""
    from ase import Atoms

    a, c = row.number("a_angstrom"), row.number("c_angstrom")
    third = 1 / 3
    layers = {
        "simple hexagonal": [[0.0, 0.0, 0.0]],
        "dhcp": [
            [0.0, 0.0, 0.0],
            [third, 2 * third, 0.25],
            [0.0, 0.0, 0.5],
            [2 * third, third, 0.75],
        ],
    }[row.text("prototype")]
    return Atoms(
        [row.text("formula")] * len(layers),
        scaled_positions=layers,
        cell=[a, a, c, 90, 90, 120],
        pbc=True,
    )
