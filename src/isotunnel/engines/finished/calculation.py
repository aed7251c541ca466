"""The shape in which every reader of output folders hands over what it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from isotunnel.engines.finished.bands import BandEdges
from isotunnel.fields.field import Field

if TYPE_CHECKING:
    from ase import Atoms

BY_USER = "stated by the user"
"""The source of a number that no file states."""

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Found(Generic[T_co]):
    """A value and the file of the folder that states it."""

    value: T_co
    source: str


@dataclass(frozen=True, eq=False)
class Calculation:
    """What one finished DFT run left behind; what it did not is None, with a reason.

    Attributes:
        code: "vasp" or "espresso".
        version: of the code as its output names it; empty where it does not.
        folder: path of the folder.
        atoms: the crystal.
        fermi_ev: Fermi level, eV, on the energy zero of the potentials.
        edges: band edges on the k-points of the run.
        pressure_gpa: pressure of the cell, GPa, positive where it would expand.
        energy_ev: total energy of the cell, eV.
        dos_total: density of states at the Fermi level, states/eV/cell, both spins.
        dos_by_element: its projected parts by element, which may come from another file.
        fields: the grids; ``provenance.source`` of each is its file.
        settings: what the run was made with, as far as it matters here.
        warnings: what a user should know, one sentence each.
        missing: reason per quantity of :class:`~isotunnel.engines.ElectronicStructure` that is not
            there.
    """

    code: str
    version: str
    folder: str
    atoms: Found[Atoms]
    fermi_ev: Found[float] | None = None
    edges: Found[BandEdges] | None = None
    pressure_gpa: Found[float] | None = None
    energy_ev: Found[float] | None = None
    dos_total: Found[float] | None = None
    dos_by_element: Found[Mapping[str, float]] | None = None
    fields: tuple[Field, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
