"""The atom sites of a CIF: element, position, and whether the place is fully taken."""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.crystal.cif.document import CifBlock
from isotunnel.crystal.cif.elements import ElementHints, element_of_label, element_of_type
from isotunnel.crystal.cif.numbers import NOT_STATED, decimals, half_last_digit, number
from isotunnel.errors import CrystalError

_FULL_OCCUPANCY = 1.5e-3


@dataclass(frozen=True)
class CifSite:
    """One row of the list of sites.

    Attributes:
        label: as in the file.
        symbol: chemical element, H for its isotopes.
        mass_number: 2 or 3 for D and T, else None.
        position: fractional.
        rounding: by how much each coordinate may be rounded.
        attached_hydrogens: hydrogens that the file says hang on this atom without sites.
        multiplicity: atoms of this site in the cell, as the file states; None where it does not.
    """

    label: str
    symbol: str
    mass_number: int | None
    position: tuple[float, float, float]
    rounding: tuple[float, float, float]
    attached_hydrogens: int = 0
    multiplicity: int | None = None


def sites_of(block: CifBlock, hints: ElementHints) -> list[CifSite]:
    """All sites of the block; dummy sites are left out.

    Raises:
        CrystalError: an unknown element or coordinate, or a partially occupied site.
    """
    coordinates = [_column(block, f"fract_{axis}") for axis in "xyz"]
    count = len(coordinates[0])
    if any(len(column) != count for column in coordinates):
        raise CrystalError(f"{block.shown}: the three coordinates of the sites are not one list")
    labels = _matching(block, "label", count)
    types = _matching(block, "type_symbol", count)
    flags = _matching(block, "calc_flag", count)
    hydrogens = _matching(block, "attached_hydrogens", count)
    multiplicities = _matching(block, "symmetry_multiplicity", count)
    occupancies = _matching(block, "occupancy", count)
    rows = [
        (_name(labels, i), types[i] if types else "", [c[i] for c in coordinates], i)
        for i in range(count)
        if not flags or flags[i].strip().lower() != "dum"
    ]
    _refuse_partial(block, [(n, t, xyz, occupancies[i]) for n, t, xyz, i in rows if occupancies])
    return [
        _site(
            block,
            label,
            kind,
            xyz,
            hints,
            attached_hydrogens=_count(hydrogens, i) or 0,
            multiplicity=_count(multiplicities, i),
        )
        for label, kind, xyz, i in rows
    ]


def _column(block: CifBlock, name: str) -> list[str]:
    return block.column(f"_atom_site_{name}", f"_atom_site.{name}")


def _matching(block: CifBlock, name: str, count: int) -> list[str]:
    """A column beside the coordinates, empty where the file has none."""
    column = _column(block, name)
    if column and len(column) != count:
        raise CrystalError(
            f"{block.shown}: {len(column)} values of _atom_site_{name} for {count} sites"
        )
    return column


def _name(labels: list[str], i: int) -> str:
    return labels[i].strip() if labels and labels[i] not in NOT_STATED else f"site {i + 1}"


def _count(column: list[str], i: int) -> int | None:
    """A whole number of a column, None where it is not stated."""
    value = number(column[i]) if column and column[i] not in NOT_STATED else None
    return round(value) if value is not None and 0 <= value < 1e6 else None


def _site(
    block: CifBlock,
    label: str,
    kind: str,
    xyz: list[str],
    hints: ElementHints,
    *,
    attached_hydrogens: int,
    multiplicity: int | None,
) -> CifSite:
    if kind.strip() and kind not in NOT_STATED:
        symbol, mass = element_of_type(block.shown, label, kind)
    else:
        symbol, mass = element_of_label(block.shown, label, hints)
    x, y, z = (_coordinate(block, label, text) for text in xyz)
    first, second, third = (_rounding(text) for text in xyz)
    return CifSite(
        label, symbol, mass, (x, y, z), (first, second, third), attached_hydrogens, multiplicity
    )


def _rounding(text: str) -> float:
    # 0, 0.5 and the like stand for exact places; 0.33 and 0.333 for a third.
    return half_last_digit(text) if decimals(text) >= 2 else 0.0


def _coordinate(block: CifBlock, label: str, text: str) -> float:
    value = number(text)
    if value is None or not abs(value) < 1e4:
        hint = "; write 0 if that is meant" if text == "." else ""
        hint = "; leave the site out, or give its place" if text == "?" else hint
        raise CrystalError(
            f"{block.shown}: the coordinate {text[:40]!r} of {label} is no number{hint}"
        )
    return value


def _refuse_partial(block: CifBlock, rows: list[tuple[str, str, list[str], str]]) -> None:
    for label, kind, xyz, text in rows:
        if text in NOT_STATED or not text.strip():
            continue
        share = number(text)
        if share is None:
            raise CrystalError(
                f"{block.shown}: the occupancy {text[:40]!r} of {label} is no number"
            )
        if abs(share - 1.0) > _FULL_OCCUPANCY:
            others = [(n, t, o) for n, t, place, o in rows if place == xyz] or [(label, kind, text)]
            mixture = ", ".join(f"{n} {number(o) or 0:g}" for n, _, o in others[:6])
            raise CrystalError(
                f"{block.shown}: a site is partially occupied ({mixture}); give an ordered "
                "structure, such as one supercell with whole atoms"
            )
