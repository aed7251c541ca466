"""What is needed of vasprun.xml, read as a stream: big files are not held in memory.

Format: the XML that VASP writes beside OUTCAR; energies in eV, stress in kbar, positive where the
cell would expand.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.finished.dos import value_at
from isotunnel.engines.finished.files import float_or_none
from isotunnel.engines.finished.vasp.condensed import ROWS, condensed, numbers
from isotunnel.errors import FileFormatError

if TYPE_CHECKING:
    from ase import Atoms

_KBAR_GPA = 0.1


@dataclass
class Vasprun:
    """The last ionic step of a run; None and empty where the file does not tell.

    Attributes:
        version: of VASP.
        elements: one symbol per atom.
        cell, positions: lattice vectors in angstrom and fractional positions.
        fermi_ev, pressure_gpa, energy_ev: as their names say; the energy is extrapolated to zero
            smearing.
        eigenvalues: shape (spins, k-points, bands, 2): energy in eV, and filling from 0 to 1.
        dos_total: at the Fermi level, states/eV/cell, summed over spins.
        dos_by_ion: the projected part of each atom, same unit.
        dos_window_ev: energies between which the densities of states are tabulated.
        electronic_steps: of the last ionic step.
        settings: values of the ``parameters`` and ``incar`` sections, as words.
    """

    version: str = ""
    elements: list[str] = field(default_factory=list)
    cell: NDArray[np.float64] | None = None
    positions: NDArray[np.float64] | None = None
    fermi_ev: float | None = None
    pressure_gpa: float | None = None
    energy_ev: float | None = None
    eigenvalues: NDArray[np.float64] | None = None
    dos_total: float | None = None
    dos_by_ion: list[float] | None = None
    dos_window_ev: tuple[float, float] | None = None
    electronic_steps: int = 0
    settings: dict[str, str] = field(default_factory=dict)

    def flag(self, name: str) -> bool:
        """Whether a logical setting is on."""
        return self.settings.get(name, "F").strip(" .").upper().startswith("T")

    @property
    def atoms(self) -> Atoms | None:
        """The crystal of the last step."""
        if self.cell is None or self.positions is None or not self.elements:
            return None
        from ase import Atoms

        return Atoms(self.elements, scaled_positions=self.positions, cell=self.cell, pbc=True)


def read_vasprun(path: Path) -> Vasprun:
    """Read the last ionic step.

    Raises:
        FileFormatError: no vasprun.xml, or one that ends too early: the run was cut short.
    """
    reader = _Reader(path)
    parser: XMLPullParser[Element] = XMLPullParser(events=("start", "end"))
    try:
        for chunk in condensed(path, reader.rows):
            parser.feed(chunk)
            reader.follow(parser)
        parser.close()
        reader.follow(parser)
    except ParseError as error:
        reason = str(error).split(":")[0]
        raise FileFormatError(
            f"{path}: the XML is damaged or ends too early, as when a run is cut short "
            f"({reason}); let the run finish, or move this file away to go by OUTCAR"
        ) from None
    except (ValueError, IndexError, TypeError, AttributeError) as error:
        raise FileFormatError(f"{path}: a damaged vasprun.xml ({error})") from error
    return reader.run


class _Reader:
    """Takes what is needed off the elements as they end, and forgets them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run = Vasprun()
        self.rows: deque[bytes] = deque()
        self.stack: list[Element] = []
        self._bands: list[list[NDArray[np.float64]]] = []
        self._step_energies: dict[str, float | None] = {}

    def follow(self, parser: XMLPullParser[Element]) -> None:
        """Work off what the parser has read."""
        for item in parser.read_events():
            event, element = cast(tuple[str, Element], item)
            if event == "start":
                self.stack.append(element)
                self._begin(element)
            else:
                self.stack.pop()
                self._end(element)

    def _begin(self, element: Element) -> None:
        if len(self.stack) == 1 and element.tag != "modeling":
            raise FileFormatError(f"{self.path}: XML, but not VASP's (<{element.tag}>)")
        comment = element.get("comment", "")
        if element.tag == "calculation":
            run = self.run
            run.fermi_ev = run.pressure_gpa = run.energy_ev = None
            run.eigenvalues, run.dos_total, run.dos_by_ion = None, None, None
            run.electronic_steps, self._bands = 0, []
        elif element.tag == "dos" and element.get("comment") is None:
            # A molecular dynamics run may write two; the last counts.
            self.run.dos_total = self.run.dos_by_ion = None
        elif element.tag == "set" and self._section() == "eigenvalues":
            if comment.startswith("spin"):
                self._bands.append([])
        elif element.tag == "set" and self._section() == "partial" and comment.startswith("ion"):
            self.run.dos_by_ion = [*(self.run.dos_by_ion or []), 0.0]

    def _section(self) -> str:
        """What a row belongs to: "eigenvalues", "total" or "partial" DOS, or nothing of ours."""
        tags = [e.tag for e in self.stack]
        if len(tags) < 3 or tags[1] != "calculation":
            return ""
        if tags[2] == "eigenvalues":
            return "eigenvalues"
        if tags[2] == "dos" and self.stack[2].get("comment") is None and len(tags) > 3:
            return tags[3]
        return ""

    def _end(self, element: Element) -> None:
        tag, depth = element.tag, len(self.stack)
        if tag == ROWS:
            self._rows(numbers(self.rows.popleft()))
        elif tag == "set" and self._section():
            self.stack[-1].remove(element)
        elif depth == 1:
            self._end_of_section(element)
            element.clear()
        elif depth == 2 and self.stack[1].tag == "calculation":
            self._end_in_calculation(element)
            element.clear()
        elif depth == 3 and tag == "i" and self.stack[2].tag == "dos":
            self._level(element)

    def _level(self, element: Element) -> None:
        if element.get("name") == "efermi" and self.stack[-1].get("comment") is None:
            self.run.fermi_ev = float_or_none(element.text or "")

    def _rows(self, table: NDArray[np.float64]) -> None:
        section, comment = self._section(), self.stack[-1].get("comment", "")
        if section == "eigenvalues":
            self._bands[-1].append(table[:, :2])
        elif section in ("total", "partial") and self.run.fermi_ev is not None:
            value = value_at(table, self.run.fermi_ev)
            if section == "total":
                self.run.dos_window_ev = float(table[0, 0]), float(table[-1, 0])
                if value is not None:
                    self.run.dos_total = (self.run.dos_total or 0.0) + float(value[0])
            # The further "spins" of a noncollinear run are components of the magnetization.
            elif (
                value is not None
                and self.run.dos_by_ion
                and (not self.run.flag("LNONCOLLINEAR") or comment.split()[-1] == "1")
            ):
                self.run.dos_by_ion[-1] += float(value.sum())

    def _end_of_section(self, element: Element) -> None:
        run = self.run
        if element.tag == "generator":
            run.version = _text(element, "i", "version")
        elif element.tag in ("incar", "parameters"):
            for item in element.iter("i"):
                run.settings.setdefault(str(item.get("name")), (item.text or "").strip())
        elif element.tag == "atominfo":
            self._elements(element)
        elif element.tag == "structure":
            self._structure(element)

    def _elements(self, element: Element) -> None:
        for array in element.iter("array"):
            if array.get("name") == "atoms":
                names = [(row[0].text or "").strip() for row in array.iter("rc")]
                self.run.elements = [_element(name) for name in names]

    def _structure(self, element: Element) -> None:
        for array in element.iter("varray"):
            if array.get("name") == "basis":
                self.run.cell = _vectors(array)
            elif array.get("name") == "positions":
                self.run.positions = _vectors(array)

    def _end_in_calculation(self, element: Element) -> None:
        run, tag = self.run, element.tag
        if tag == "scstep":
            run.electronic_steps += 1
            self._step_energies = _energies(element)
        elif tag == "energy":
            run.energy_ev = _at_zero_smearing(_energies(element), self._step_energies)
        elif tag == "structure":
            self._structure(element)
        elif tag == "varray" and element.get("name") == "stress":
            run.pressure_gpa = float(np.trace(_vectors(element))) / 3.0 * _KBAR_GPA
        elif tag == "i" and element.get("name") == "efermi":
            run.fermi_ev = float_or_none(element.text or "")
        elif tag == "eigenvalues" and self._bands:
            run.eigenvalues = np.array(self._bands)
            self._bands = []


def _energies(element: Element) -> dict[str, float | None]:
    return {str(i.get("name")): float_or_none(i.text or "") for i in element.iter("i")}


def _at_zero_smearing(
    final: dict[str, float | None], step: dict[str, float | None]
) -> float | None:
    """The total energy without smearing, eV.

    Behind the electronic steps VASP writes the free energy, dispersion included, but in place of
    the energy at zero smearing only its difference; the last step has both, without dispersion.
    """
    free, step_free, step_zero = (
        final.get("e_fr_energy"),
        step.get("e_fr_energy"),
        step.get("e_0_energy"),
    )
    if free is None:
        return None
    return free if step_free is None or step_zero is None else free + step_zero - step_free


def _vectors(element: Element) -> NDArray[np.float64]:
    return np.array([[float(w) for w in (v.text or "").split()] for v in element.iter("v")])


def _text(element: Element, tag: str, name: str) -> str:
    """The text of the child with that name, stripped; empty where there is none."""
    for item in element.iter(tag):
        if item.get("name") == name:
            return (item.text or "").strip()
    return ""


def _element(name: str) -> str:
    """The element of a VASP type: isotopes are hydrogen; old VASP cut Xe and Zr to one letter.

    Raises:
        ValueError: no element.
    """
    from ase.data import atomic_numbers

    symbol = {"D": "H", "T": "H", "X": "Xe", "r": "Zr"}.get(name, name)
    if symbol not in atomic_numbers:
        raise ValueError(f"{name!r} is no element")
    return symbol
