"""What the scripts share that write a page of the documentation from code or data."""

from __future__ import annotations

import sys
from pathlib import Path


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
