"""Guessing what a file holds from its name and comments, and converting its values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from isotunnel.errors import InputError
from isotunnel.fields.field import Spin
from isotunnel.fields.kinds import UNITS, FieldKind
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV, RYDBERG_EV

# The order matters: "Hartree potential" is electrostatic, "charge density" is a density.
_KIND_WORDS: tuple[tuple[FieldKind, str], ...] = (
    (FieldKind.ELF, r"(?<![a-z])elf(car)?(?![a-z])|electron locali[sz]ation"),
    (
        FieldKind.ELECTROSTATIC,
        r"electrostatic|hartree[ _-]*pot|v[ _-]?hartree|(?<![a-z])(esp|v_?h|v_?es)(?![a-z])",
    ),
    (FieldKind.POTENTIAL, r"potential|locpot|(?<![a-z])(v_?(ks|eff|tot)|pot)(?![a-z])"),
    (
        FieldKind.DENSITY,
        r"densit|dens(?![a-z])|charge|(?<![a-z])(rho|chg)(?![a-z])|chgcar|aeccar|parchg",
    ),
)
_SPIN_DENSITY = re.compile(r"spin[ _-]?(polari[sz]ed[ _-])?(dens|charge)|magneti[sz]ation")

_CONVERSIONS: dict[FieldKind, dict[str, float]] = {
    FieldKind.DENSITY: {
        "1/angstrom^3": 1.0,
        "1/bohr^3": BOHR_ANGSTROM**-3,
    },
    FieldKind.POTENTIAL: {"eV": 1.0, "hartree": HARTREE_EV, "rydberg": RYDBERG_EV},
    FieldKind.ELF: {"1": 1.0},
}
_CONVERSIONS[FieldKind.ELECTROSTATIC] = _CONVERSIONS[FieldKind.POTENTIAL]

_SYNONYMS = {
    "ev": "eV",
    "ha": "hartree",
    "hartree": "hartree",
    "ry": "rydberg",
    "rydberg": "rydberg",
    "1/bohr^3": "1/bohr^3",
    "e/bohr^3": "1/bohr^3",
    "bohr^-3": "1/bohr^3",
    "1/angstrom^3": "1/angstrom^3",
    "e/angstrom^3": "1/angstrom^3",
    "angstrom^-3": "1/angstrom^3",
    "b^-3": "1/bohr^3",
    "b^(-3)": "1/bohr^3",
    "a^-3": "1/angstrom^3",
    "a^(-3)": "1/angstrom^3",
    "h": "hartree",
    "1": "1",
}


@dataclass(frozen=True)
class Conversion:
    """How the numbers of a file become the values of a field."""

    factor: float
    unit: str
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def guess_kind(*texts: str) -> FieldKind | None:
    """Kind of field named by the first of the texts that names one, else None."""
    for text in texts:
        lowered = text.lower()
        for kind, words in _KIND_WORDS:
            if re.search(words, lowered):
                return kind
    return None


def guess_spin(*texts: str) -> Spin:
    """ "difference" where a text speaks of a spin density or magnetization, else "total"."""
    spoken = any(_SPIN_DENSITY.search(text.lower()) for text in texts)
    return "difference" if spoken else "total"


def guess_program(text: str) -> str:
    """Program that wrote a file, from its comments; empty where they do not tell."""
    for program, words in (
        ("Quantum ESPRESSO", r"pwscf|quantum espresso|3d_pwscf"),
        ("CP2K", r"quickstep|cp2k"),
        ("ASE", r"cube file from ase"),
        ("CASTEP", r"castep"),
        ("FHI-aims", r"fhi-aims"),
        ("Octopus", r"octopus|units: coords ="),
        ("SIESTA", r"siesta|sisl"),
        ("Gaussian", r"gaussian"),
        ("Isotunnel", r"isotunnel"),
    ):
        if re.search(words, text.lower()):
            return program
    return ""


def is_unit_of(kind: FieldKind, word: str) -> bool:
    """Whether a word in a file is a unit that we know for values of that kind."""
    unit = _SYNONYMS.get(word.strip().lower())
    return unit is not None and unit in _CONVERSIONS.get(kind, {})


def conversion(
    kind: FieldKind, value_unit: str | None, program: str = "", *, declared: bool = False
) -> Conversion:
    """The factor from the file's unit to ours, with what had to be assumed.

    Without ``value_unit`` densities count as 1/bohr^3 and potentials as hartree, or rydberg where
    Quantum ESPRESSO wrote them. Values of kind ``other`` are left as they are. ``declared`` says
    that ``value_unit`` stood in the file.

    Raises:
        InputError: a unit that is unknown, or not one of that kind.
    """
    if kind is FieldKind.OTHER:
        return Conversion(1.0, value_unit or UNITS[kind])
    if value_unit is not None:
        unit = _SYNONYMS.get(value_unit.strip().lower())
        factors = _CONVERSIONS[kind]
        if unit is None or unit not in factors:
            known = ", ".join(factors)
            raise InputError(
                f"unit {value_unit!r} does not fit a field of kind {kind.value}; known: {known}"
            )
        source = "as the file says" if declared else "as asked for"
        return Conversion(factors[unit], UNITS[kind], (f"Values read in {unit}, {source}.",))
    if kind is FieldKind.ELF:
        return Conversion(1.0, UNITS[kind])
    if kind is FieldKind.DENSITY:
        note = "Values assumed to be in 1/bohr^3, the custom for densities."
        return Conversion(_CONVERSIONS[kind]["1/bohr^3"], UNITS[kind], (note,))
    unit = "rydberg" if program == "Quantum ESPRESSO" else "hartree"
    return Conversion(
        _CONVERSIONS[kind][unit],
        UNITS[kind],
        (f"Values assumed to be in {unit}.",),
        (
            f"The file does not name the unit of its values: {unit} was assumed; "
            "pass value_unit='eV', 'hartree' or 'rydberg' to decide it.",
            "The values were taken as the potential energy of an electron; negate them if the "
            "program wrote the potential of a positive charge.",
        ),
    )
