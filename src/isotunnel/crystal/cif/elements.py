"""Chemical elements from a CIF's type symbols (Fe3+, O2-, D) and labels (Fe1, O-H, CA1)."""

from __future__ import annotations

import re
from collections.abc import Collection

from isotunnel.errors import CrystalError

ElementHints = Collection[str]
"""Elements of the file's formula, which decide what an ambiguous label means; may be empty."""

_ISOTOPES = {"D": 2, "T": 3}
_LETTERS = re.compile(r"[A-Za-z]+")


def element_of_type(shown: str, label: str, kind: str) -> tuple[str, int | None]:
    """Element and mass number (for D and T) of a type symbol, whatever its charge or case.

    Raises:
        CrystalError: no element.
    """
    match = _LETTERS.match(kind.strip().lstrip("0123456789"))
    letters = match[0] if match else ""
    # Upper case throughout is common (CU, FE3+); a second letter counts if it makes an element.
    for length in (2, 1):
        found = _element(letters[:length]) if len(letters) >= length else None
        rest = letters[length:]
        if found is not None and (not rest or rest[0].isupper() or rest.lower() in ("iso", "val")):
            return found
    raise CrystalError(
        f"{shown}: unknown element {kind.strip()[:20]!r} of {label}; dummy atoms, molecules and "
        "vacancies cannot be computed"
    )


def element_of_label(shown: str, label: str, hints: ElementHints) -> tuple[str, int | None]:
    """Element and mass number of a site that only its label describes.

    A capital followed by a small letter is one symbol (Co1 is cobalt). Two capitals (CA1, OH2)
    may be one symbol or two; the formula's elements decide.

    Raises:
        CrystalError: no element, or two that the label may mean.
    """
    match = _LETTERS.match(label.strip().lstrip("0123456789("))
    letters = match[0] if match else ""
    two = _element(letters[:2]) if len(letters) >= 2 else None
    one = _element(letters[:1]) if letters else None
    if len(letters) == 1 and one:
        return one
    if two and letters[1].islower() and (len(letters) == 2 or letters[2].isupper()):
        return two
    if two and letters[1].islower():
        two = None
    possible = [e for e in (two, one if _may_stand_alone(letters, hints) else None) if e]
    stated = [e for e in possible if e[0] in hints]
    chosen = stated if len(stated) == 1 else possible
    if len(chosen) == 1:
        return chosen[0]
    if not chosen:
        raise CrystalError(
            f"{shown}: the label {label[:20]!r} names no element; add _atom_site_type_symbol"
        )
    either = " or ".join(symbol for symbol, _ in chosen)
    raise CrystalError(
        f"{shown}: the label {label[:20]!r} may mean {either}; add _atom_site_type_symbol"
    )


def suggests_hydrogen(label: str) -> bool:
    """Whether a label speaks of hydrogens that have no site of their own: O-H, OH2, Ow, Wat."""
    return bool(re.match(r"(?:O-?H|OW|O-W|WAT|H2O|N-?H\d|NH)", label.strip(), re.IGNORECASE))


def _may_stand_alone(letters: str, hints: ElementHints) -> bool:
    """Whether the first letter may be the element and the rest a name: OH, CA, Ow; not Wat."""
    rest = letters[1:]
    if not rest or rest.isupper():
        return bool(rest)
    known = letters[0] == "O" or letters[0] in hints
    return len(rest) <= 2 and rest.islower() and rest != "at" and known


def _element(letters: str) -> tuple[str, int | None] | None:
    from ase.data import atomic_numbers

    symbol = letters.capitalize()
    if symbol in _ISOTOPES:
        return "H", _ISOTOPES[symbol]
    return (symbol, None) if symbol in atomic_numbers and symbol != "X" else None
