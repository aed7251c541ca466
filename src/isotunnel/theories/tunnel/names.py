"""Which scan of the atlas belongs to a material and phase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from isotunnel.errors import CannotSay, InputError
from isotunnel.materials import scans

if TYPE_CHECKING:
    from isotunnel.atlas import Scan
    from isotunnel.theories.parameters import MaterialData

SCANS: dict[str, tuple[str, tuple[str, ...]]] = {
    "He": ("He", ("hcp",)),
    "Ne": ("Ne", ("fcc",)),
    "Ar": ("Ar", ("fcc",)),
    "Kr": ("Kr", ("fcc",)),
    "Xe": ("Xe", ("fcc",)),
    "Li": ("Li", ("bcc",)),
    "Na": ("Na", ("bcc",)),
    "K": ("K", ("bcc",)),
    "Rb": ("Rb", ("bcc",)),
    "Cs": ("Cs", ("bcc",)),
    "Be": ("Be", ("hcp",)),
    "Mg": ("Mg", ("hcp",)),
    "Ca": ("Ca", ("fcc",)),
    "Al": ("Al", ("fcc",)),
    "Cu": ("Cu", ("fcc",)),
    "Ag": ("Ag", ("fcc",)),
    "Au": ("Au", ("fcc",)),
    "Pt": ("Pt", ("fcc",)),
    "Pd": ("Pd", ("fcc",)),
    "Fe": ("Fe", ("bcc", "alpha")),
    "Ni": ("Ni", ("fcc",)),
    "Nb": ("Nb", ("bcc",)),
    "Ta": ("Ta", ("bcc",)),
    "W": ("W", ("bcc",)),
    "Pb": ("Pb", ("fcc",)),
    "Sn": ("Sn", ("beta",)),
    "Si": ("Si", ("I", "A4", "diamond")),
    "Ge": ("Ge", ("A4", "I", "diamond")),
    "diamond": ("diamond", ("diamond", "A4")),
    "Te": ("Te", ("I", "A8", "trigonal")),
    "NaCl": ("NaCl", ("B1",)),
    "MgO": ("MgO", ("B1",)),
    "MgB2": ("MgB2", ("AlB2",)),
    "Na-hP4@320GPa": ("Na", ("hP4",)),
    "H2@5.4GPa": ("H2", ("I",)),
    "H-I41amd@500GPa": ("H2", ("I4_1/amd", "I41/amd")),
    "S-betaPo@160GPa": ("S", ("V", "beta-Po")),
    "H3S@200GPa": ("H3S", ("Im-3m",)),
    "LaH10@250GPa": ("LaH10", ("Fm-3m",)),
    "CaH6": ("CaH6", ("Im-3m",)),
    "YH6": ("YH6", ("Im-3m",)),
    "YH9": ("YH9", ("P63/mmc",)),
    "PdH": ("PdH", ("B1", "Fm-3m")),
}
"""Crystal of the atlas -> substance, and the names that its phase goes by.

A substance's first crystal here stands for it where no phase is named.
"""

STAND_INS: dict[tuple[str, str], str] = {
    ("Xe", "hcp"): "Xe",
    ("Xe", "hcp metal"): "Xe",
    ("Pb", "hcp"): "Pb",
}
"""Phases whose scan is that of the other close packing, at the same volume per atom.

fcc and hcp have the same neighbours at the same distances up to the second shell.
"""

_LABEL = re.compile(r"^(?P<substance>.*?)(?:\s*\((?P<phase>[^()]*)\))?$")


def phase_of(material: MaterialData) -> tuple[str, str]:
    """Substance and phase of a material; no phase is "".

    Of a material that a user made without them they stand in its name: "Pb (hcp)" is lead, hcp.
    """
    if material.substance:
        return material.substance, material.phase
    found = _LABEL.match(material.name.strip())
    assert found is not None, "the pattern matches every string"
    return found["substance"].strip(), (found["phase"] or "").strip()


def scan_of_material(material: MaterialData) -> Scan:
    """The scan of the crystal that a material is.

    The phase must be that of the scan, for the gap of another structure is another function; only
    the two close packings stand for each other (``STAND_INS``, stated by :func:`stand_in_note`).

    Raises:
        CannotSay: the atlas has no scan of the material in its phase.
    """
    from isotunnel import atlas

    substance, phase = phase_of(material)
    mine = [(scan, names) for scan, of, names in _scans() if _same(of, substance)]
    fitting = [scan for scan, names in mine if not phase or any(_same(n, phase) for n in names)]
    fitting += [scan for key, scan in STAND_INS.items() if key == (substance, phase)]
    wanted = fitting[0] if fitting else material.name
    if mine and not fitting:
        others = ", ".join(f"{scan} ({names[0]})" for scan, names in mine)
        raise CannotSay(
            f"no scan of {material.name} in the atlas; of {substance} it has the phase of {others}"
        )
    try:
        return atlas.scan_of(wanted)
    except (CannotSay, InputError):
        raise CannotSay(f"no scan of {material.name} in the atlas") from None


def _scans() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Crystal, substance and names of the phase: of this table, then of materials with a file."""
    for crystal, (substance, phases) in SCANS.items():
        yield crystal, substance, phases
    for crystal, (substance, phases, _) in scans().items():
        yield crystal, substance, phases


def stand_in_note(material: MaterialData) -> str:
    """What to say where another close packing's scan is taken, "" elsewhere."""
    scan = STAND_INS.get(phase_of(material))
    if scan is None:
        return ""
    return (
        f"no scan of {material.name}: that of {scan} ({SCANS[scan][1][0]}), the other close "
        "packing, stands for it at the same volume"
    )


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
