"""What a CIF states about its content, and whether the atoms read are that content.

Compared are the composition with the formula, the number of formula units with Z, the volume with
the one stated, and the density with the one calculated by whoever wrote the file. No library for
CIFs does this, and nothing else shows that hydrogens were never located, that sites are doubled or
that an origin was mistaken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from isotunnel.crystal.cif.document import CifBlock
from isotunnel.crystal.cif.numbers import half_last_digit, number
from isotunnel.crystal.formula import formula_amounts
from isotunnel.units import AMU_PER_ANGSTROM3_G_CM3

_FORMULA = (
    "_chemical_formula_sum",
    "_chemical_formula.sum",
    "_chemical_formula_structural",
    "_chemical_formula.structural",
)
# Formulas in parts, charges and water of crystallisation among them: not counted, but read.
_PARTED = (
    "_chemical_formula_moiety",
    "_chemical_formula.moiety",
    "_chemical_formula_iupac",
    "_chemical_formula.iupac",
    "_chemical_formula_analytical",
    "_chemical_formula.analytical",
)
_HYDROGEN = re.compile(r"[HDT](?![a-z])")
_Z = ("_cell_formula_units_Z", "_cell.formula_units_Z")
_VOLUME = ("_cell_volume", "_cell.volume")
_DENSITY = ("_exptl_crystal_density_diffrn", "_exptl_crystal.density_diffrn")
_WEIGHT = ("_chemical_formula_weight", "_chemical_formula.weight")

_VOLUME_SHARE = 5e-3
_MASS_SHARE = 1.5e-2


@dataclass(frozen=True)
class Stated:
    """What the file says of its content; None where it says nothing.

    Attributes:
        formula: amounts by element; D and T count as H.
        formula_text: as written.
        slack: by how much an amount of the formula may be rounded.
        units: formula units per cell, Z.
        volume: of the cell, in cubic angstrom, and by how much it may be rounded.
        density: calculated from the diffraction data, in g/cm^3, and its rounding.
        weight: of one formula unit, in atomic mass units.
        hydrous: a formula in parts that names hydrogen, "" where none does.
    """

    formula: Mapping[str, float] | None
    formula_text: str
    slack: float
    units: float | None
    volume: tuple[float, float] | None
    density: tuple[float, float] | None
    weight: float | None
    hydrous: str = ""

    @property
    def states_content(self) -> bool:
        """Whether anything stated depends on the atoms."""
        return self.formula is not None or self.density is not None or self.mass is not None

    @property
    def mass(self) -> float | None:
        """Of all atoms in the cell, by weight and Z."""
        return None if self.weight is None or self.units is None else self.weight * self.units


@dataclass(frozen=True)
class Content:
    """What was read: numbers of atoms by element, mass in atomic mass units, volume."""

    atoms: Mapping[str, int]
    mass: float
    volume: float


def stated_of(block: CifBlock) -> Stated:
    """Read what the block states; what cannot be understood counts as not stated."""
    formula, text = None, ""
    for tag in _FORMULA:
        text = block.stated(tag) or ""
        formula = formula_amounts(text)
        if formula:
            break
    decimal = max((len(d) for d in re.findall(r"\.(\d+)", text)), default=0)
    return Stated(
        formula=formula or None,
        formula_text=" ".join(text.split())[:80] if formula else "",
        slack=0.6 * 10.0**-decimal if decimal else 0.0,
        units=_above_zero(block.stated(*_Z)),
        volume=_rounded(block.stated(*_VOLUME)),
        density=_rounded(block.stated(*_DENSITY)),
        weight=_above_zero(block.stated(*_WEIGHT)),
        hydrous=_hydrous(block),
    )


def _hydrous(block: CifBlock) -> str:
    text = " ".join((block.stated(*_PARTED) or "").split())
    return text[:80] if _HYDROGEN.search(text) else ""


def mismatches(stated: Stated, content: Content) -> list[str]:
    """One clause for each thing stated that is not so."""
    found = _against_formula(stated, content)
    if stated.volume is not None:
        said, rounding = stated.volume
        if abs(said - content.volume) > _VOLUME_SHARE * content.volume + rounding:
            found.append(
                f"the cell has {content.volume:.5g} cubic angstrom, the file states {said:g}"
            )
    if stated.density is not None:
        said, rounding = stated.density
        density = content.mass / content.volume * AMU_PER_ANGSTROM3_G_CM3
        if abs(said - density) > _MASS_SHARE * density + rounding:
            found.append(f"the atoms listed make {density:.4g} g/cm^3, the file states {said:g}")
    if stated.formula is None and stated.mass is not None:
        mass = stated.mass
        if abs(mass - content.mass) > _MASS_SHARE * content.mass:
            found.append(
                f"the atoms listed weigh {content.mass:.5g} u per cell, the file states {mass:.5g}"
            )
    return found


def _against_formula(stated: Stated, content: Content) -> list[str]:
    formula = stated.formula
    if formula is None:
        return []
    formula = _per_unit(formula, stated.units, content.atoms)
    present = {name: n for name, n in formula.items() if name in content.atoms}
    extra = sorted(set(content.atoms) - set(formula))
    missing = sorted(set(formula) - set(content.atoms))
    units = stated.units if stated.units is not None else _likely_units(present, content.atoms)
    found = [f"there is no site of {name}" for name in missing]
    found += [f"{name} is not in the formula" for name in extra]
    wrong = []
    for name, n in present.items():
        expected = units * n
        if abs(content.atoms[name] - expected) > units * stated.slack + 0.02:
            wrong.append((name, content.atoms[name], expected))
    if wrong:
        parts = ", ".join(f"{have} {name} instead of {want:g}" for name, have, want in wrong[:5])
        times = {round(have / want, 6) for _, have, want in wrong}
        hint = ""
        if len(times) == 1 and len(wrong) == len(formula) and min(times) > 1:
            hint = " (doubled sites, or a mistaken origin)"
        found.append(f"the cell holds {parts}{hint}")
    if found and missing == ["H"]:
        found[0] = (
            f"hydrogens are missing: there is no site of H ({units * formula['H']:g} per cell)"
        )
    return found


def _per_unit(
    formula: Mapping[str, float], units: float | None, atoms: Mapping[str, int]
) -> Mapping[str, float]:
    """The formula of one unit where the file gives that of the cell beside Z.

    Pymatgen writes ``Fe6 O8`` with Z = 2 for two units of Fe3O4. That is distinguished from a
    formula of one unit by its numbers, all of which Z divides, and by the atoms, which are those of
    the cell.
    """
    if units is None or units <= 1 or dict(formula) != dict(atoms):
        return formula
    shares = {name: n / units for name, n in formula.items()}
    whole = all(abs(n - round(n)) < 1e-9 for n in shares.values())
    return shares if whole else formula


def _likely_units(present: Mapping[str, float], atoms: Mapping[str, int]) -> float:
    """The number of formula units that most elements agree on."""
    ratios = [round(atoms[name] / n, 4) for name, n in present.items()]
    return Counter(ratios).most_common(1)[0][0] if ratios else 1.0


def _above_zero(text: str | None) -> float | None:
    value = None if text is None else number(text)
    return value if value is not None and value > 0 else None


def _rounded(text: str | None) -> tuple[float, float] | None:
    value = _above_zero(text)
    return None if value is None or text is None else (value, 1.2 * half_last_digit(text))
