"""What is needed of vasprun.xml, read as a stream: big files are not held in memory.

Format: the XML that VASP writes beside OUTCAR; energies in eV, stress in kbar, positive where the
cell would expand. Band projections, most of a big file, are cut out before parsing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.finished.dos import Interpolated
from isotunnel.engines.finished.files import damage_told, float_or_none
from isotunnel.errors import FileFormatError
from isotunnel.fields.readers.source import CHUNK_BYTES, open_binary

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
        for chunk in _without_projections(path):
            parser.feed(chunk)
            reader.follow(parser)
        parser.close()
        reader.follow(parser)
    except ParseError as error:
        reason = str(error).split(":")[0]
        raise FileFormatError(
            f"{path}, line {error.position[0]}: the XML is damaged or ends too early, as when a "
            f"run is cut short ({reason}); let the run finish, or move this file away to go by "
            "OUTCAR"
        ) from None
    except (ValueError, IndexError, TypeError, AttributeError) as error:
        raise FileFormatError(f"{path}: a damaged vasprun.xml ({error})") from error
    return reader.run


def _without_projections(path: Path) -> Iterator[bytes]:
    """The file's bytes without its ``<projected>`` sections, in chunks."""
    begin, end = b"<projected>", b"</projected>"
    skipping, rest = False, b""
    with damage_told(path), open_binary(path) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            rest += chunk
            while True:
                at = rest.find(end if skipping else begin)
                if at < 0:
                    break
                if skipping:
                    rest = rest[at + len(end) :]
                else:
                    yield rest[:at]
                    rest = rest[at + len(begin) :]
                skipping = not skipping
            # A tag may lie across two chunks.
            keep = len(end) - 1
            if not skipping:
                yield rest[:-keep]
            rest = rest[-keep:]
    if not skipping:
        yield rest


class _Reader:
    """Takes what is needed off the elements as they end, and forgets them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run = Vasprun()
        self.stack: list[Element] = []
        self._bands: list[list[list[list[float]]]] = []
        self._rows: Interpolated | None = None
        self._largest_filling = 1.0

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
        if element.tag == "calculation":
            run = self.run
            run.fermi_ev = run.pressure_gpa = run.energy_ev = None
            run.eigenvalues, run.dos_total, run.dos_by_ion = None, None, None
            run.electronic_steps, self._bands = 0, []
        elif element.tag == "set":
            self._begin_set(element.get("comment", ""))

    def _begin_set(self, comment: str) -> None:
        section = self._section()
        if section == "eigenvalues":
            if comment.startswith("spin"):
                self._bands.append([])
            elif comment.startswith("kpoint"):
                self._bands[-1].append([])
        elif section in ("total", "partial") and comment.startswith("spin"):
            fermi = self.run.fermi_ev
            self._rows = None if fermi is None else Interpolated(fermi)
        elif section == "partial" and comment.startswith("ion"):
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
        if tag == "r":
            self._row(element)
            self.stack[-1].remove(element)
        elif tag == "set":
            self._end_set(element.get("comment", ""))
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

    def _row(self, element: Element) -> None:
        section = self._section()
        if section == "eigenvalues":
            energy, filling = (element.text or "").split()[:2]
            self._bands[-1][-1].append([float(energy), float(filling)])
        elif self._rows is not None and section in ("total", "partial"):
            self._rows.add([float(word) for word in (element.text or "").split()])

    def _end_set(self, comment: str) -> None:
        if not comment.startswith("spin") or self._rows is None:
            return
        section, rows, self._rows = self._section(), self._rows, None
        value = rows.value
        if section == "total":
            self.run.dos_window_ev = rows.window_ev
            if value is not None:
                self.run.dos_total = (self.run.dos_total or 0.0) + float(value[0])
        elif section == "partial" and self.run.dos_by_ion:
            # The further "spins" of a noncollinear run are components of the magnetization.
            counts = not self.run.flag("LNONCOLLINEAR") or comment.split()[-1] == "1"
            if value is not None and counts:
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
            rows = np.array([[float(w) for w in (v.text or "").split()] for v in array.iter("v")])
            if array.get("name") == "basis":
                self.run.cell = rows
            elif array.get("name") == "positions":
                self.run.positions = rows

    def _end_in_calculation(self, element: Element) -> None:
        run, tag = self.run, element.tag
        if tag == "scstep":
            run.electronic_steps += 1
        elif tag == "structure":
            self._structure(element)
        elif tag == "energy":
            run.energy_ev = float_or_none(_text(element, "i", "e_0_energy"))
        elif tag == "varray" and element.get("name") == "stress":
            rows = [[float(w) for w in (v.text or "").split()] for v in element.iter("v")]
            run.pressure_gpa = float(np.trace(np.array(rows))) / 3.0 * _KBAR_GPA
        elif tag == "i" and element.get("name") == "efermi":
            run.fermi_ev = float_or_none(element.text or "")
        elif tag == "eigenvalues" and self._bands:
            run.eigenvalues = np.array(self._bands)
            self._bands = []


def _text(element: Element, tag: str, name: str) -> str:
    """The text of the child with that name, stripped; empty where there is none."""
    for item in element.iter(tag):
        if item.get("name") == name:
            return (item.text or "").strip()
    return ""


def _element(name: str) -> str:
    """The element of a VASP type: hydrogen's isotopes are hydrogen, "r" is how old VASP cut Zr."""
    return {"D": "H", "T": "H", "r": "Zr"}.get(name, name)
