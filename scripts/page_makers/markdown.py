"""What the makers of pages share: cells of tables, and what stands between marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

_BLOCK = re.compile(r"(<!-- made: ([\w.]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def one_line(text: str) -> str:
    """Text that may stand in a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", r"\|")


def escaped(text: str) -> str:
    """Text in which no character means anything to Markdown or HTML."""
    return re.sub(r"([|*_<>\[\]])", r"\\\1", text)


def renewed(page: Path, makers: Mapping[str, Callable[[], str]]) -> str:
    """A page whose words are written by hand, with what stands between its marks made afresh.

    Args:
        page: holds ``<!-- made: NAME -->`` and ``<!-- end -->``, a line each.
        makers: by name, what gives the text between the two, set off by an empty line.
    """
    text = page.read_text(encoding="utf-8")
    return _BLOCK.sub(lambda m: f"{m[1]}\n{makers[m[2]]().rstrip()}\n\n{m[3]}", text)
