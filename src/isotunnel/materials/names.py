"""Names of materials: how they are compared and looked up, and which substance one stands for."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from isotunnel.errors import IsotunnelError

Entry = TypeVar("Entry")

CUTOFF = 0.5
"""Likeness from which a name is suggested."""

SAME_ELEMENT = {
    "H2": "H",
    "H2 and D2": "H",
    "N2": "N",
    "O2": "O",
    "Br2": "Br",
    "I2": "I",
    "Black P": "P",
    "White P": "P",
    "Violet P": "P",
}
"""Molecules and forms of an element, in the names that tables print."""


def key(name: str) -> str:
    """What two spellings of one name share: blanks and case do not matter."""
    return "".join(name.split()).casefold()


def index(
    entries: Iterable[Entry],
    names_of: Callable[[Entry], Iterable[str]],
    error: type[IsotunnelError],
    what: str,
) -> dict[str, Entry]:
    """Entries by the keys of all their names.

    Raises:
        IsotunnelError: of the given kind: one name stands for two entries.
    """
    found: dict[str, Entry] = {}
    for entry in entries:
        for name in names_of(entry):
            if name and found.setdefault(key(name), entry) != entry:
                raise error(f"the name {name!r} stands for two {what}: wrong table")
    return found


def shown(name: str, longest: int = 40) -> str:
    """A name as a message quotes it."""
    return name if len(name) <= longest else name[: longest - 3] + "..."


def closest(
    name: str, known: Mapping[str, Entry], named: Callable[[Entry], str], most: int = 4
) -> tuple[str, ...]:
    """Names of the entries whose keys come closest, the nearest first."""
    keys = difflib.get_close_matches(key(name), known, n=3 * most, cutoff=CUTOFF)
    return tuple(dict.fromkeys(named(known[k]) for k in keys))[:most]


def plain_name(name: str) -> str:
    """A name for one vote per substance: no brackets, molecules and forms of elements as one."""
    short = name.partition(" (")[0].strip()
    return SAME_ELEMENT.get(short, short)
