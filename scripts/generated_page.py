"""What the scripts share that write a page of the documentation from code or data."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

_BLOCK = re.compile(r"(<!-- (?:made|numbers): (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def one_line(text: str) -> str:
    """Text that may stand in a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", r"\|")


def escaped(text: str) -> str:
    """Text in which no character means anything to Markdown or HTML."""
    return re.sub(r"([|*_<>\[\]])", r"\\\1", text)


def renewed(page: Path, makers: Mapping[str, Callable[[], str]]) -> str:
    """A page whose words are written by hand, with what stands between its marks made afresh.

    Args:
        page: holds ``<!-- made: NAME -->`` (or ``numbers:``) and ``<!-- end -->``, a line each.
        makers: by name, what gives the text between the two, set off by an empty line.
    """
    text = page.read_text(encoding="utf-8")
    return _BLOCK.sub(lambda m: f"{m[1]}\n{makers[m[2]]().rstrip()}\n\n{m[3]}", text)


def write_or_check(page: Path, text: str) -> int:
    """Write a page; with ``--check`` on the command line, only say whether it is stale.

    Returns:
        The exit status: 1 for a stale page that was checked, else 0.
    """
    if "--check" in sys.argv[1:]:
        if page.is_file() and page.read_text(encoding="utf-8") == text:
            return 0
        print(f"{page} is stale: run python {Path(sys.argv[0]).name}", file=sys.stderr)
        return 1
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, encoding="utf-8")
    return 0
