"""The words of the page, explained once more in one place."""

from __future__ import annotations

from isotunnel.report.page.parts import definitions, section

_WORDS = (
    ("Isosurface", "All points at which a quantity has one value, like a contour line on a map."),
    ("ELF", "Electron localization function, from 0 to 1: high where electrons pair up in bonds, "
     "shells and lone pairs; 0.5 in a gas of electrons of even density. It is no density."),
    ("Kohn-Sham potential", "The potential energy that an electron feels in density functional "
     "theory: nuclei, the cloud of the others, exchange and correlation; in eV."),
    ("Electrostatic potential", "The same without exchange and correlation."),
    ("Valence level", "The energy of the outermost electrons: the Fermi level of a metal, the top "
     "of the filled bands of an insulator, or a free atom's highest filled level."),
    ("Fermi level", "The energy up to which states are filled in a metal."),
    ("Procrystal", "Free, unbonded atoms put at their places in the crystal and added up. Fast "
     "and rough: no charge flows between atoms."),
    ("Direction [1 0 0]", "Steps along the cell's edges a, b, c that lead from a point to the same "
     "point of another cell."),
    ("Å, eV, GPa", "1 Å (angstrom) = 0.1 nm, about an atom's radius; 1 eV (electronvolt) = 96.5 "
     "kJ/mol; 1 GPa (gigapascal) = 10 000 times the pressure of air, nearly."),
)  # fmt: skip


def glossary_section() -> str:
    """All words."""
    return section("words", "Words", definitions(_WORDS))
