"""Which operations a CIF means: its own list, else its Hall symbol, name or number.

The order follows what cannot be misread: listed operations are explicit; a Hall symbol fixes the
origin and the axes; a Hermann-Mauguin name fixes the axes, but of some groups neither the origin
nor the kind of cell; a number fixes the type alone. Tables are gemmi's, which hold all settings
of International Tables A.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.cif.document import CifBlock
from isotunnel.crystal.cif.listed_operations import listed_operations
from isotunnel.crystal.operations import Operations, changed_by, operations, same_operations
from isotunnel.errors import CrystalError

_HALL = (
    "_space_group_name_Hall",
    "_symmetry_space_group_name_Hall",
    "_space_group.name_Hall",
    "_symmetry.space_group_name_Hall",
)
_NAME = (
    "_space_group_name_H-M_alt",
    "_symmetry_space_group_name_H-M",
    "_space_group.name_H-M_alt",
    "_space_group.name_H-M_ref",
    "_space_group_name_H-M_ref",
    "_space_group_name_H-M_full",
    "_space_group.name_H-M_full",
    "_symmetry.space_group_name_H-M",
    "_space_group_name_H-M",
    "_symmetry_space_group_name_H-M_alt",
)
_NUMBER = (
    "_space_group_IT_number",
    "_symmetry_Int_Tables_number",
    "_space_group.IT_number",
    "_symmetry.Int_Tables_number",
)
_CODE = ("_space_group_IT_coordinate_system_code", "_space_group.IT_coordinate_system_code")

# ":2", "(origin choice 2)", "O2", and ICSD's S (first origin), Z (at the centre), H and R (axes).
_SETTING = re.compile(
    r"\s*(?::\s*(-?[ABC][1-3]?|[12SZHR])|\(?\s*origin\s*(?:choice)?\s*([12])\s*\)?|\sO([12])|\s([SZHR])|_([12HR]))\s*$",
    re.IGNORECASE,
)
_EXTENSIONS = {"S": "1", "Z": "2"}


@dataclass(frozen=True)
class Candidate:
    """One way to read a file's symmetry.

    Attributes:
        name: of the setting, e.g. "F d -3 m:2", or "as listed".
        operations: what it means.
        remark: what was assumed, "" where nothing was.
    """

    name: str
    operations: Operations
    remark: str = ""


def candidates(block: CifBlock, metric: NDArray[np.float64]) -> list[Candidate]:
    """Every way to read the symmetry of a block; more than one only where it is ambiguous.

    Raises:
        CrystalError: no symmetry stated, one that no table knows, or that does not fit the cell.
    """
    listed = listed_operations(block)
    if listed is not None:
        return [Candidate("as listed", listed, _against_name(block, listed))]
    found = _by_hall(block)
    source = f"the Hall symbol {found[0].name!r}" if found else ""
    if not found:
        name = block.stated(*_NAME)
        found, source = (_by_name(block, name), f"the space group {name!r}") if name else ([], "")
    if not found:
        found, source = _by_number(block)
    fitting = [c for c in found if changed_by(c.operations, metric) is None]
    if not fitting:
        raise CrystalError(
            f"{block.shown}: {source} does not fit the cell, whose edges and angles it would "
            "change; list the symmetry operations (_space_group_symop_operation_xyz)"
        )
    return fitting


def _by_hall(block: CifBlock) -> list[Candidate]:
    text = block.stated(*_HALL)
    if text is None:
        return []
    found = _of_hall(" ".join(text.replace("_", " ").split()))
    if found is None:
        return []
    return [Candidate(text, found, _hall_against_name(block, text, found))]


def _hall_against_name(block: CifBlock, hall: str, found: Operations) -> str:
    """What to say where a name that the tables know means other operations than the Hall symbol."""
    name = block.stated(*_NAME)
    if name is None:
        return ""
    named = [_of_group(g.operations()) for g in _named(_without_setting(name)[0])]
    if not named or any(same_operations(found, other) for other in named):
        return ""
    return (
        f"the Hall symbol {hall!r} and the space group {name!r} mean different operations; those "
        "of the Hall symbol were taken"
    )


def _of_hall(symbol: str) -> Operations | None:
    import gemmi

    try:
        group = gemmi.symops_from_hall(symbol)
        return _of_group(group) if 0 < len(list(group)) <= 192 else None
    except Exception:  # gemmi raises by the kind of slip; the name is asked next
        return None


def _of_group(group: Any) -> Operations:
    members = list(group)
    return operations(
        [np.array(op.rot) // op.DEN for op in members],
        [np.array(op.tran) / op.DEN for op in members],
    )


def _by_name(block: CifBlock, text: str) -> list[Candidate]:
    name, extension = _without_setting(text)
    extension = extension or _coordinate_code(block)
    groups = list(_named(name))
    if extension:
        chosen = [g for g in groups if extension in (_extension(g), g.qualifier.upper())]
        groups = chosen or groups
    if not groups:
        raise CrystalError(
            f"{block.shown}: no table knows the space group {text[:40]!r}; list the symmetry "
            "operations (_space_group_symop_operation_xyz) or state the Hall symbol"
        )
    return [Candidate(g.xhm(), _of_group(g.operations())) for g in groups]


def _without_setting(text: str) -> tuple[str, str]:
    text = " ".join(text.split())
    match = _SETTING.search(text)
    if match is None:
        return text, ""
    mark = next(group for group in match.groups() if group).upper()
    return text[: match.start()].strip(), _EXTENSIONS.get(mark, mark)


def _coordinate_code(block: CifBlock) -> str:
    code = (block.stated(*_CODE) or "").strip().upper()
    return code[:1] if re.fullmatch(r"[12HR]|[12][A-Z-]+", code) else ""


def _extension(group: Any) -> str:
    return str(group.ext).strip("\0")


def _named(name: str) -> Iterator[Any]:
    """All settings of the tables that go by a name: one, or several that it does not tell apart."""
    import gemmi

    first = gemmi.find_spacegroup_by_name(name)
    wanted = _plain(name if first is None else first.hm)
    asked = {wanted, _plain(name)}
    for group in gemmi.spacegroup_table():
        names = {_plain(group.hm)}
        # P 2/m may be short for P 1 2/m 1 and for P 1 1 2/m; the cell tells which.
        short = _short(group.hm)
        if names & asked or (short and short == _plain(name)):
            yield group


def _plain(name: str) -> str:
    return re.sub(r"[\s_]+", "", name).lower()


def _short(name: str) -> str:
    """A monoclinic name without its ones; "" for other names."""
    words = name.split()
    if len(words) == 4 and words[1:].count("1") == 2:
        return _plain("".join(word for i, word in enumerate(words) if i == 0 or word != "1"))
    return ""


def _by_number(block: CifBlock) -> tuple[list[Candidate], str]:
    import gemmi

    text = block.stated(*_NUMBER)
    if text is None:
        raise CrystalError(
            f"{block.shown}: the CIF states no symmetry: neither operations nor a space group; "
            "state 'P 1' where it has none"
        )
    if not re.fullmatch(r"\d{1,3}", text) or not 1 <= int(text) <= 230:
        raise CrystalError(f"{block.shown}: there is no space group of number {text[:20]!r}")
    standard = gemmi.find_spacegroup_by_number(int(text))
    remark = (
        f"the file gives the space group as number {int(text)} only; its standard setting "
        "{name} was taken"
    )
    groups = [g for g in gemmi.spacegroup_table() if g.number == int(text) and g.hm == standard.hm]
    code = _coordinate_code(block)
    groups = [g for g in groups if _extension(g) == code] or groups
    found = [
        Candidate(g.xhm(), _of_group(g.operations()), remark.format(name=g.xhm())) for g in groups
    ]
    return found, f"the space group of number {int(text)}"


def _against_name(block: CifBlock, listed: Operations) -> str:
    """What to say where a centred name stands beside operations without its centring."""
    name = block.stated(*_NAME)
    if name is None:
        return ""
    orders = {len(_of_group(g.operations())) for g in _named(_without_setting(name)[0])}
    if not orders or len(listed) in orders:
        return ""
    listing = "one symmetry operation" if len(listed) == 1 else f"{len(listed)} symmetry operations"
    return (
        f"the file lists {listing}, its space group {name!r} has "
        f"{' or '.join(str(n) for n in sorted(orders))}; what is listed was taken"
    )
