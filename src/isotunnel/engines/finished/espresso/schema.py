"""data-file-schema.xml (or PREFIX.xml): what pw.x stores of a run, in hartree and bohr."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, iterparse

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.finished.files import reporting_damage
from isotunnel.errors import FileFormatError
from isotunnel.fields.readers.source import open_binary
from isotunnel.units import BOHR_ANGSTROM, EV_PER_ANGSTROM3_GPA, HARTREE_EV

if TYPE_CHECKING:
    from ase import Atoms

_HARTREE_PER_BOHR3_GPA = HARTREE_EV / BOHR_ANGSTROM**3 * EV_PER_ANGSTROM3_GPA


@dataclass
class Schema:
    """The output section of the file; None where it does not tell.

    Attributes:
        version: of Quantum ESPRESSO.
        nspin: 1, 2 or 4.
        eigenvalues: shape (spins, k-points, bands, 2): energy in eV, and filling from 0 to 1.
    """

    version: str = ""
    nspin: int | None = None
    atoms: Atoms | None = None
    fermi_ev: float | None = None
    vbm_ev: float | None = None
    cbm_ev: float | None = None
    pressure_gpa: float | None = None
    energy_ev: float | None = None
    eigenvalues: NDArray[np.float64] | None = None


def read_schema(path: Path) -> Schema:
    """Read the general information and the output section.

    Raises:
        FileFormatError: other XML, or one that ends too early.
    """
    found = Schema()
    try:
        with reporting_damage(path), open_binary(path) as stream:
            for event, element in iterparse(stream, ("start", "end")):
                if event == "start":
                    continue
                name = _name(element)
                if name == "creator":
                    found.version = element.get("VERSION", "")
                elif name in ("input", "step"):
                    # Steps of a relaxation have the tags of the output; only the end counts.
                    element.clear()
                elif name == "output":
                    _take(found, element)
                    element.clear()
    except ParseError as error:
        raise FileFormatError(
            f"{path}, line {error.position[0]}: the XML is damaged or ends too early, as when a "
            f"run is cut short ({str(error).split(':')[0]})"
        ) from None
    except (ValueError, IndexError, TypeError, AttributeError) as error:
        raise FileFormatError(f"{path}: a damaged XML of pw.x ({error})") from error
    return found


def _name(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _take(found: Schema, output: Element) -> None:
    found.atoms = _atoms(output)
    lsda, noncolin = _flag(output, "lsda"), _flag(output, "noncolin")
    found.nspin = 4 if noncolin else 2 if lsda else 1
    levels = [_number(t) for t in (output.findtext(".//two_fermi_energies") or "").split()]
    single = output.findtext(".//band_structure/fermi_energy")
    if single is not None:
        levels.append(_number(single))
    found.fermi_ev = max(levels) * HARTREE_EV if levels else None
    found.vbm_ev = _level(output, "highestOccupiedLevel")
    found.cbm_ev = _level(output, "lowestUnoccupiedLevel")
    found.energy_ev = _level(output, "etot")
    stress = np.array([_number(w) for w in (output.findtext("stress") or "").split()])
    if stress.size == 9:
        found.pressure_gpa = float(np.trace(stress.reshape(3, 3))) / 3.0 * _HARTREE_PER_BOHR3_GPA
    found.eigenvalues = _eigenvalues(output, 2 if lsda and not noncolin else 1)


def _number(text: str) -> float:
    return float(text.strip().replace("D", "e").replace("d", "e"))


def _flag(output: Element, tag: str) -> bool:
    return (output.findtext(f".//{tag}") or "").strip().lower() == "true"


def _level(output: Element, tag: str) -> float | None:
    text = output.findtext(f".//{tag}")
    return None if text is None else _number(text) * HARTREE_EV


def _eigenvalues(output: Element, spins: int) -> NDArray[np.float64] | None:
    """With two spins each k-point lists the bands of spin up, then those of spin down."""
    rows = []
    for point in output.iter("ks_energies"):
        energies = [_number(w) for w in (point.findtext("eigenvalues") or "").split()]
        fillings = [_number(w) for w in (point.findtext("occupations") or "").split()]
        rows.append(np.array([energies, fillings]).T.reshape(spins, -1, 2))
    if not rows:
        return None
    levels = np.stack(rows, axis=1)
    levels[..., 0] *= HARTREE_EV
    return levels


def _atoms(output: Element) -> Atoms | None:
    from ase import Atoms

    structure = output.find("atomic_structure")
    if structure is None:
        return None
    cell = [
        [_number(w) for w in (structure.findtext(f"cell/{a}") or "").split()]
        for a in ("a1", "a2", "a3")
    ]
    names = []
    positions = []
    for atom in structure.iter("atom"):
        names.append(element_of(atom.get("name", "")))
        positions.append([_number(w) for w in (atom.text or "").split()])
    return Atoms(
        names,
        positions=np.array(positions) * BOHR_ANGSTROM,
        cell=np.array(cell) * BOHR_ANGSTROM,
        pbc=True,
    )


def element_of(label: str) -> str:
    """The element of a species label of Quantum ESPRESSO, such as H, H1, Fe_up, fe2, D.

    Raises:
        ValueError: no element begins like it.
    """
    from ase.data import atomic_numbers

    letters = "".join(c for c in label.strip() if c.isalpha())
    if label.strip() in ("D", "T"):
        return "H"
    for length in (2, 1):
        name = letters[:length].capitalize()
        # "Hup" is hydrogen, but "HE1" helium: two letters count where both were one label's start.
        if len(name) == length and name in atomic_numbers and label.strip()[:length].isalpha():
            return name
    raise ValueError(f"no element begins like the label {label!r}")
