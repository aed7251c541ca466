"""Tables that fit the terminal: nothing in them is ever cut, at any width.

Numbers stay whole. Where a table is wider than the terminal its headers break between words, then
its texts; where that is not enough it goes on below, with the first column again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console

if TYPE_CHECKING:
    from rich.table import Column, Table

_READABLE = 24
"""Cells to which a text may be squeezed before the table is split instead."""
_FRAME = 3
"""Cells of a column's two blanks and one line."""


class FittingConsole(Console):
    """A console whose tables fit."""

    def print(self, *objects: Any, **options: Any) -> None:
        """As rich does it, tables fitted."""
        from rich.table import Table

        if len(objects) == 1 and isinstance(objects[0], Table):
            for part in fitted(objects[0], self.width):
                super().print(part, **options)
        else:
            super().print(*objects, **options)


@dataclass(frozen=True)
class _Need:
    """Widths of a column: that it would like, and the least with nothing cut."""

    natural: int
    least: int


def fitted(table: Table, width: int) -> Iterator[Table]:
    """The table, or its columns in several tables below each other, none wider than ``width``."""
    needs = [_need(column, table.show_header) for column in table.columns]
    if not needs or sum(n.natural + _FRAME for n in needs) + 1 <= width:
        yield _part(table, list(range(len(needs))), [n.natural for n in needs], True, True)
        return
    blocks = list(_blocks(needs, width))
    for place, block in enumerate(blocks):
        widths = _widths([needs[i] for i in block], width)
        yield _part(table, block, widths, place == 0, place == len(blocks) - 1)


def _need(column: Column, with_header: bool) -> _Need:
    cells = [_plain(cell) for cell in column.cells]
    header = _plain(column.header) if with_header else ""
    lines = [line for cell in (*cells, header) for line in cell.splitlines()]
    natural = max((cell_len(line) for line in lines), default=1)
    longest_word = max((cell_len(w) for c in (*cells, header) for w in c.split()), default=1)
    if column.justify == "right":
        longest_number = max((cell_len(c) for c in cells), default=1)
        header_word = max((cell_len(w) for w in header.split()), default=1)
        return _Need(natural, max(longest_number, header_word))
    return _Need(natural, min(natural, max(min(longest_word, 2 * _READABLE), _READABLE)))


def _plain(renderable: Any) -> str:
    from rich.text import Text

    if isinstance(renderable, Text):
        return renderable.plain
    return Text.from_markup(str(renderable), emoji=False).plain


def _blocks(needs: list[_Need], width: int) -> Iterator[list[int]]:
    """Which columns stand together; the first stands in every block."""
    block = [0]
    used = 1 + _FRAME + needs[0].least
    for i in range(1, len(needs)):
        more = needs[i].least + _FRAME
        if len(block) > 1 and used + more > width:
            yield block
            block, used = [0], 1 + _FRAME + needs[0].least
        block.append(i)
        used += more
    yield block


def _widths(needs: list[_Need], width: int) -> list[int]:
    """The least widths, and what is left of the terminal where it is wished for most."""
    widths = [n.least for n in needs]
    room = width - 1 - sum(w + _FRAME for w in widths)
    while room > 0:
        wish = max(range(len(needs)), key=lambda i: needs[i].natural - widths[i])
        if needs[wish].natural <= widths[wish]:
            break
        widths[wish] += 1
        room -= 1
    # A text that must give way still: the widest, and rich folds it.
    while room < 0 and max(widths) > 1:
        widest = max(
            range(len(widths)), key=lambda i: (needs[i].natural > needs[i].least, widths[i])
        )
        widths[widest] -= 1
        room += 1
    return widths


def _part(table: Table, columns: list[int], widths: list[int], first: bool, last: bool) -> Table:
    from rich.table import Table as RichTable

    part = RichTable(
        title=table.title if first else None,
        caption=table.caption if last else None,
        title_justify=table.title_justify,
        caption_justify=table.caption_justify,
        show_header=table.show_header,
        show_edge=table.show_edge,
        pad_edge=table.pad_edge,
    )
    for i, width in zip(columns, widths, strict=True):
        column = table.columns[i]
        part.add_column(column.header, justify=column.justify, overflow="fold", width=width)
    rows = zip(*(list(table.columns[i].cells) for i in columns), strict=True)
    for row, cells in zip(table.rows, rows, strict=True):
        part.add_row(*cells, end_section=row.end_section)
    return part
