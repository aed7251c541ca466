"""The fenced blocks of the documentation, and when printed output is the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
GPAW_REMARK = "docs-test: gpaw"
RUN_REMARK = re.compile(r"docs-test: run(?P<slow> slow)?\b")
"""Before a ``bash`` block of our commands: they are run, one after the other."""


@dataclass(frozen=True)
class Block:
    """A fenced block of code: where it stands, its language, its text, the remark before it."""

    page: Path
    line: int
    language: str
    text: str
    remark: str

    @property
    def gpaw(self) -> bool:
        """Whether it needs GPAW."""
        return GPAW_REMARK in self.remark

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def _blocks(page: Path) -> Iterator[Block]:
    lines = page.read_text(encoding="utf-8").splitlines()
    at = 0
    while at < len(lines):
        fence = re.match(r"( *)```(\w+)", lines[at])
        if fence is None:
            at += 1
            continue
        start = at + 1
        while lines[(at := at + 1)].strip() != "```":
            pass
        indent = len(fence[1])
        text = "\n".join(line[indent:] for line in lines[start:at]) + "\n"
        yield Block(page, start, fence[2], text, lines[start - 2])
        at += 1


BLOCKS = [block for page in PAGES for block in _blocks(page)]


def chosen(*languages: str, gpaw: bool = False) -> list[Block]:
    """Blocks in these languages that need GPAW, or do not."""
    return [b for b in BLOCKS if b.language in languages and b.gpaw == gpaw]


RELATIVE, ABSOLUTE = 5e-3, 2e-3
"""How much a printed number may differ on another machine."""


def tokens(line: str) -> list[str]:
    """Words of a line, without rules and frames; places and atoms that symmetry may exchange go."""
    line = re.sub(r"[\u2500-\u257f]", " ", line)
    line = re.sub(r"\b[01]\.\d{3} [01]\.\d{3} [01]\.\d{3}\b", "PLACE", line)
    return re.sub(r"between \S+", "between ATOMS", line).split()


def agree(wanted: list[str], shown: list[str]) -> bool:
    """Whether two lines of words say the same, numbers within what machines differ by."""
    return len(wanted) == len(shown) and all(map(_same, wanted, shown))


def _same(wanted: str, shown: str) -> bool:
    if wanted == shown:
        return True
    numbers = [re.fullmatch(r"(-?\d+\.?\d*),?", word) for word in (wanted, shown)]
    if None in numbers:
        return False
    a, b = (float(number[1]) for number in numbers if number)
    return abs(a - b) <= ABSOLUTE + RELATIVE * abs(a)
