"""Write docs/reference/crystals.md from the library of named crystals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from page_makers.markdown import one_line

if TYPE_CHECKING:
    from isotunnel.crystal import NamedCrystal

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "crystals.md"

_HEAD = """\
# Named crystals

<!-- Made by scripts/pages.py: edit src/isotunnel/crystal/data/named.toml instead. -->

{count} crystals have a name. `isotunnel analyze NAME` computes one, `isotunnel crystals NAME` shows
its row. Elements and simple compounds answer to their English names too, and upper and lower case
do not matter where there is [no doubt](../explanation/conventions.md#names).

- **Cell**: whether the lattice constants were measured or calculated. Sites that symmetry fixes
  are neither.
- **Pressure**: what the source gives for that cell. "Not stated" is not zero: the source gives
  none. The `gpaw` engine computes a pressure of its own, which is the one in its results.
- Cells are used as the table has them; nothing is relaxed.

| Name | What | Space group | Pressure (GPa) | Cell | Other names |
|---|---|---|---|---|---|
"""

_SOURCES = """\

## Sources and remarks

One reference for the cell of each crystal. `isotunnel cite NAME` prints it too.

"""


def render() -> str:
    """The whole page."""
    from isotunnel.crystal import named_crystals

    crystals = named_crystals()
    rows = "".join(_row(c) for c in crystals)
    sources = "".join(_source(c) for c in crystals)
    return _HEAD.format(count=len(crystals)) + rows + _SOURCES + sources


def _row(c: NamedCrystal) -> str:
    pressure = "not stated" if c.pressure_gpa is None else f"{c.pressure_gpa:g}"
    other = ", ".join(f"`{a}`" for a in c.aliases)
    cells = (f"`{c.name}`", c.title, f"`{c.space_group}`", pressure, c.kind, other)
    return "| " + " | ".join(one_line(x) for x in cells) + " |\n"


def _source(c: NamedCrystal) -> str:
    remark = f" {one_line(c.note)}" if c.note else ""
    return f"- **{c.name}**: {one_line(c.source).rstrip('.')}.{remark}\n"
