"""The data block of a CIF that holds its one crystal, parsed by gemmi."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from isotunnel.crystal.cif.numbers import NOT_STATED
from isotunnel.errors import CrystalError, FileFormatError

_BLOCKS_NAMED = 5
_COORDINATES = ("_atom_site_fract_x", "_atom_site.fract_x")
_WEIGHTY = ("_cell_", "_cell.", "_symmetry_", "_space_group", "_atom_site_", "_atom_site.")
_CARTESIAN = ("_atom_site_Cartn_x", "_atom_site.Cartn_x")
# Commas and spaces without quotes: x, y, z. Gemmi takes that for three values.
_PART = "[-+xyzXYZ0-9/. \\t]+"
_BARE_OPERATION = re.compile(
    rf"^([ \t]*(?:(?:_\S+|[-+]?\d+)[ \t]+)?)(?=[-+xyzXYZ0-9.])({_PART},{_PART},{_PART})$",
    re.MULTILINE,
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_PLACE = re.compile(r"^string:(\d+):\d+(?:\(\d+\))?:\s*(.*)$", re.DOTALL)


@dataclass(frozen=True)
class CifBlock:
    """One data block.

    Attributes:
        shown: the file's name for messages.
        block: gemmi's block.
    """

    shown: str
    block: Any

    def column(self, *tags: str) -> list[str]:
        """The values of the first of ``tags`` that the block has, from a loop or a pair."""
        from gemmi import cif

        for tag in tags:
            values = [v if v in NOT_STATED else cif.as_string(v) for v in _raw(self.block, tag)]
            if values:
                return values
        return []

    def stated(self, *tags: str) -> str | None:
        """The first value under any of ``tags`` that says something."""
        for tag in tags:
            for value in self.column(tag):
                text = value.strip()
                if text and text not in NOT_STATED:
                    return text
        return None


def _raw(block: Any, tag: str) -> list[str]:
    return list(block.find_values(tag))


def crystal_block(text: str, shown: str) -> CifBlock:
    """The one block of a CIF that has atom sites.

    Raises:
        FileFormatError: what is no CIF, or holds no atom sites.
        CrystalError: several crystals, of which nobody knows which is meant.
    """
    blocks = [CifBlock(shown, block) for block in _parsed(text, shown)]
    found = [block for block in blocks if block.column(*_COORDINATES)]
    if not found:
        if any(block.column(*_CARTESIAN) for block in blocks):
            raise FileFormatError(
                f"{shown} gives Cartesian coordinates only, whose axes no CIF has to state; write "
                "it with fractional ones (_atom_site_fract_x)"
            )
        raise FileFormatError(
            f"{shown}: no crystal in this CIF: no data block holds atom sites with coordinates"
        )
    if len(found) > 1:
        names = ", ".join(f"data_{b.block.name}" for b in found[:_BLOCKS_NAMED])
        more = f" and {len(found) - _BLOCKS_NAMED} more" if len(found) > _BLOCKS_NAMED else ""
        raise CrystalError(
            f"{shown} holds {len(found)} crystals, in the blocks {names}{more}; keep one block "
            "in the file, or write the one you mean to a file of its own"
        )
    _refuse_twice(found[0])
    return found[0]


def _refuse_twice(block: CifBlock) -> None:
    """Raise where the block gives the cell, the symmetry or the sites twice, and not alike."""
    tags: Counter[str] = Counter()
    values: dict[str, set[str]] = {}
    for item in block.block:
        if item.pair is not None:
            tags[item.pair[0].lower()] += 1
            values.setdefault(item.pair[0].lower(), set()).add(item.pair[1])
        elif item.loop is not None:
            for tag in item.loop.tags:
                tags[tag.lower()] += 1
                values.setdefault(tag.lower(), set()).add(f"loop {tags[tag.lower()]}")
    for tag, count in tags.items():
        if count > 1 and len(values[tag]) > 1 and tag.startswith(_WEIGHTY):
            raise CrystalError(
                f"{block.shown} gives {tag} {count} times, not alike; nobody knows which is meant"
            )


def _quoted(match: re.Match[str]) -> str:
    operation = match[2].strip()
    bare = re.search("[xyzXYZ]", operation) and re.search(r"\s", operation)
    return f"{match[1]}'{operation}'" if bare else match[0]


def _parsed(text: str, shown: str) -> Any:
    from gemmi import cif

    if "\0" in text:
        raise FileFormatError(f"{shown}: not a CIF: it holds binary data")
    try:
        # Letters beyond ASCII stand in names and comments only, and some files have them unquoted.
        plain = _BEYOND_ASCII.sub("_", text)
        return cif.read_string(_BARE_OPERATION.sub(_quoted, plain), 0)
    except Exception as problem:  # of several kinds, by the parser's version
        place = _PLACE.match(str(problem))
        where = f", line {place[1]}" if place else ""
        reason = " ".join((place[2] if place else "").split())[:120] or "it cannot be parsed"
        raise FileFormatError(f"{shown}{where}: not a CIF that can be read: {reason}") from None
