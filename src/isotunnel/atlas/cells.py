"""The cell that a name with a pressure stands for: "H3S@150GPa" out of the atlas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isotunnel.atlas.library import scan_of
from isotunnel.errors import CannotSay, CrystalError, InputError
from isotunnel.materials.names import at_pressure

if TYPE_CHECKING:
    from ase import Atoms

    from isotunnel.atlas.point import ScanPoint
    from isotunnel.atlas.scan import Scan


def is_at_pressure(name: str) -> bool:
    """Whether a name is that of a known crystal with a pressure at its end that is not its own."""
    from isotunnel.crystal import find_named

    base, pressure = at_pressure(name)
    return pressure is not None and find_named(name) is None and find_named(base) is not None


def crystal_at(name: str) -> Atoms:
    """The cell of a named crystal as relaxed under the pressure that its name ends in.

    Cells are those of the atlas (GPAW, PBE, symmetry kept, no thermal pressure), at its pressures
    only: nothing is interpolated, for atoms may move between them. A cell that the library of
    crystals has at just that pressure goes before, see :func:`~isotunnel.crystal.as_atoms`.

    Raises:
        CrystalError: no crystal of that name, or none at that pressure; the message lists those
            that there are.
    """
    from isotunnel.crystal.named import named_entry

    base, pressure = at_pressure(name)
    crystal = named_entry(base)
    base = at_pressure(crystal.name)[0]
    how = f"'isotunnel scan {base} --pressure {pressure or 0:g}' relaxes one"
    try:
        scan = scan_of(base)
    except (CannotSay, InputError):
        raise CrystalError(f"no cell of {base} is known at {pressure:g} GPa; {how}") from None
    for point in scan.done:
        if point.asked == pressure and point.crystal is not None:
            return _atoms(crystal.title, base, scan, point)
    there = ", ".join(f"{p.asked:g}" for p in scan.done)
    raise CrystalError(f"no cell of {base} is known at {pressure:g} GPa, only at {there}; {how}")


def _atoms(title: str, base: str, scan: Scan, point: ScanPoint) -> Atoms:
    atoms = point.atoms()
    assert atoms is not None  # only points with a crystal come here
    engine = f"{scan.engine.upper()} {scan.versions.get(scan.engine, '')}".strip()
    atoms.info = {
        "name": f"{base}@{point.asked:g}GPa",
        "title": f"{title}, relaxed at {point.asked:g} GPa",
        "source": f"the atlas of Isotunnel: relaxed by {engine}, PBE; started from "
        + "; ".join(scan.sources),
        "pressure_gpa": point.asked,
        "cell_kind": "calculated",
    }
    return atoms
