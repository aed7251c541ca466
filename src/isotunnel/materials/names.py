"""Names of materials: how they are compared and looked up, and which substance one stands for."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

from isotunnel.errors import InputError, IsotunnelError

Entry = TypeVar("Entry")

CUTOFF = 0.5
"""Likeness from which a name is suggested."""

Pressures = Literal["own", "any", "zero"]
"""What becomes of the 200 in "H3S@200GPa": only an entry of exactly that name will do, an entry
"H3S" holds for any pressure, or for none but zero."""

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

_FORMS = {"diamond": "C", "graphite": "C"}
"""Names of crystals that do not begin with their formula."""
_AT_PRESSURE = re.compile(r"(?P<base>[^@]+)@\s*(?P<gpa>\d+(?:\.\d*)?|\.\d+)\s*GPa", re.IGNORECASE)
_FORMULA = re.compile(r"(?:[A-Z][a-z]?\d*)+")
_ATOMS = re.compile(r"([A-Z][a-z]?)(\d*)")


class Index(dict[str, Entry]):
    """Entries by the keys of all names that they answer to; ``spelled`` has each name as written.

    ``own`` has the keys of the names that tables give them: the others are words for a formula.
    """

    def __init__(self) -> None:
        self.spelled: dict[str, str] = {}
        self.own: set[str] = set()


def key(name: str) -> str:
    """What two spellings of one name share: blanks and case do not matter."""
    return "".join(name.split()).casefold()


def index(
    entries: Iterable[Entry],
    names_of: Callable[[Entry], Iterable[str]],
    error: type[IsotunnelError],
    what: str,
) -> Index[Entry]:
    """Entries by all their names, and by the English words for those that are formulas.

    Raises:
        IsotunnelError: of the given kind: one name stands for two entries.
    """
    found: Index[Entry] = Index()
    named = [(entry, name) for entry in entries for name in names_of(entry) if name]
    for entry, name in named:
        if found.setdefault(key(name), entry) != entry:
            raise error(f"the name {name!r} stands for two {what}: wrong table")
        found.spelled.setdefault(key(name), name)
        found.own.add(key(name))
    for entry, name in named:
        for word in words_for(name):
            if found.setdefault(key(word), entry) == entry:
                found.spelled.setdefault(key(word), word)
    return found


def index_names(names: Iterable[str], what: str) -> Index[str]:
    """The index of entries that are names and nothing else."""
    return index(names, lambda name: (name,), InputError, what)


def words_for(formula: str) -> tuple[str, ...]:
    """English words for an element's symbol or a compound's formula, as written there."""
    return _words().get(formula, ())


@cache
def _words() -> dict[str, tuple[str, ...]]:
    from ase.data import atomic_names, chemical_symbols

    found: dict[str, tuple[str, ...]] = {
        s: (n,) for s, n in zip(chemical_symbols[1:], atomic_names[1:], strict=True) if n
    }
    text = files("isotunnel.materials").joinpath("words.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        words = tuple(word.strip() for word in row["words"].split(";"))
        found[row["symbol"]] = (*found.get(row["symbol"], ()), *words)
    return found


def at_pressure(name: str) -> tuple[str, float | None]:
    """The name before "@200GPa" and the pressure in GPa; None where the name has no such end."""
    match = _AT_PRESSURE.fullmatch(name.strip())
    return (name, None) if match is None else (match["base"].strip(), float(match["gpa"]))


def spelled_atoms(name: str) -> dict[str, int] | None:
    """Atoms per element that a name spells as it is written; None for what is no formula.

    "CO" is carbon and oxygen, "Co" cobalt, "TiN" titanium and nitrogen; "lead" and "NACL" are none.
    """
    from ase.data import atomic_numbers

    if not _FORMULA.fullmatch(name):
        return None
    atoms: dict[str, int] = {}
    for symbol, count in _ATOMS.findall(name):
        if atomic_numbers.get(symbol, 0) == 0:
            return None
        atoms[symbol] = atoms.get(symbol, 0) + int(count or 1)
    return atoms


def find(name: str, known: Index[Entry], pressures: Pressures = "own") -> Entry | None:
    """The entry that answers to a name, or None; capital letters matter where they spell a formula.

    "nacl", "NACL" and "rock salt" are NaCl, but "CO" is not Co and "TiN" not tin.
    """
    found = known.get(key(name))
    if found is None and pressures != "own":
        base, pressure = at_pressure(name)
        if pressure is not None and (pressures == "any" or pressure == 0):
            return find(base, known)
    return None if found is None or in_doubt(name, known.spelled[key(name)]) else found


def answers(spelled: str, name: str) -> bool:
    """Whether what tables call ``spelled`` answers to a name, at whatever pressure that says."""
    base = at_pressure(name)[0] if at_pressure(spelled)[1] is None else name
    for each in (spelled, *words_for(spelled)):
        if key(each) == key(base):
            return not in_doubt(base, each)
    return False


def in_doubt(name: str, spelled: str) -> bool:
    """Whether a name that differs in its capitals from another spells other atoms than that."""
    atoms = None if name.strip() == spelled else spelled_atoms(name.strip())
    return atoms is not None and atoms != spelled_atoms(spelled)


def look_up(
    name: str,
    known: Index[Entry],
    named: Callable[[Entry], str],
    what: str,
    lists: str,
    *,
    pressures: Pressures = "any",
    error: type[InputError] = InputError,
) -> Entry:
    """The entry that answers to a name.

    Args:
        name: as a user gave it.
        known: the entries.
        named: the name of an entry that a message suggests.
        what: what they are, as in "unknown crystal 'x'".
        lists: the end of the message: what there is, or which command lists it.
        pressures: see :data:`Pressures`.
        error: what is raised.

    Raises:
        InputError: of the kind ``error``, with the name in ``unknown_name``: none answers, or one
            does whose capital letters spell something else. The message suggests names.
    """
    found = find(name, known, pressures)
    if found is None:
        raise _refusal(name, known, named, what, lists, pressures, error)
    return found


def _refusal(
    name: str,
    known: Index[Entry],
    named: Callable[[Entry], str],
    what: str,
    lists: str,
    pressures: Pressures,
    error: type[InputError],
) -> InputError:
    base, pressure = at_pressure(name)
    wanted = key(name) if pressure is None or pressures == "own" else key(base)
    spelled = known.spelled.get(wanted)
    unknown, plain = f"unknown {what} {shown(name, 60)!r};", None
    asked = base if wanted == key(base) else name
    if spelled is not None and in_doubt(asked, spelled):
        atoms, meant = " and ".join(spelled_atoms(asked.strip()) or ()), named(known[wanted])
        word = "" if meant == spelled else f" ({spelled.lower()})"
        hint = f"its capital letters spell {atoms}, not {meant}{word}: did you mean {meant}?"
    elif spelled is not None:
        hint = f"it is known at zero pressure only: did you mean {named(known[wanted])}?"
    else:
        names = closest(shown(name, 60), known, named)
        hint = f"did you mean {', '.join(names)}?" if names else "no known name comes close;"
        plain = f"{unknown} {lists}"
    trouble = error(f"{unknown} {hint} {lists}")
    trouble.unknown_name, trouble.without_likeness = name, plain
    return trouble


def shown(name: str, longest: int = 40) -> str:
    """A name as a message quotes it."""
    return name if len(name) <= longest else name[: longest - 3] + "..."


def closest(
    name: str, known: Mapping[str, Entry], named: Callable[[Entry], str], most: int = 4
) -> tuple[str, ...]:
    """Names of entries to suggest: those of the same element or formula, then by likeness."""
    same = _same_atoms(name, known, named)
    keys = difflib.get_close_matches(key(name), known, n=3 * most, cutoff=CUTOFF)
    return tuple(dict.fromkeys((*same, *(named(known[k]) for k in keys))))[:most]


def _same_atoms(
    name: str, known: Mapping[str, Entry], named: Callable[[Entry], str]
) -> Iterator[str]:
    """Entries whose name begins with the formula asked for: H2 and "H-I41amd@500GPa" for H."""
    wanted = _atoms_meant(name)
    for entry in known.values() if wanted else ():
        atoms = _leading_atoms(named(entry))
        if atoms == wanted or (len(wanted) == 1 and atoms.keys() == wanted.keys()):
            yield named(entry)


def _atoms_meant(name: str) -> dict[str, int]:
    """Atoms of a formula, or of the formula that a word stands for."""
    for formula, words in _words().items():
        if key(name) in (key(formula), *map(key, words)):
            return spelled_atoms(formula) or {}
    return _leading_atoms(name)


def _leading_atoms(name: str) -> dict[str, int]:
    """Atoms of the formula that a name begins with: "S-betaPo@160GPa" is sulphur."""
    formula = _FORMS.get(name, re.split(r"[-@ (,]", name, maxsplit=1)[0])
    return spelled_atoms(formula) or {}


def plain_name(name: str) -> str:
    """A name for one vote per substance: no brackets, molecules and forms of elements as one."""
    short = name.partition(" (")[0].strip()
    return SAME_ELEMENT.get(short, short)
