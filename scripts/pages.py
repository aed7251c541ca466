"""Write the pages and files of the documentation that are made from code or data.

python scripts/pages.py              write all of them
python scripts/pages.py cli json     write some
python scripts/pages.py --check      exit with 1 where one is stale
python scripts/pages.py --figures    also draw the pictures that pages show

Of a page whose words are written by hand, what stands between ``<!-- made: NAME -->`` and
``<!-- end -->`` is made; its numbers and verdicts never are by hand.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from types import ModuleType

from page_makers import (
    atlas,
    benchmark,
    claims,
    cli,
    couplings,
    crystals,
    data,
    design,
    electrides,
    hydride_study,
    hydride_table,
    json_documents,
    mlip,
    pairing,
    spacing,
    substances,
    trends,
    world,
)

PAGES: dict[str, ModuleType] = {
    "atlas": atlas,
    "benchmark": benchmark,
    "claims": claims,
    "cli": cli,
    "couplings": couplings,
    "crystals": crystals,
    "data": data,
    "design": design,
    "electrides": electrides,
    "hydride-study": hydride_study,
    "hydride-table": hydride_table,
    "json": json_documents,
    "mlip": mlip,
    "pairing": pairing,
    "spacing": spacing,
    "substances": substances,
    "trends": trends,
    "world": world,
}


def contents(name: str) -> dict[Path, str]:
    """Every file of a page by path, with its fresh text."""
    module = PAGES[name]
    return {module.PAGE: module.render(), **getattr(module, "more_files", dict)()}


def stale(name: str) -> list[Path]:
    """Files of a page that are not what they should be."""
    return [
        path
        for path, text in contents(name).items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def write(name: str) -> None:
    """Write every file of a page."""
    for path, text in contents(name).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Write or check; the exit status."""
    parser = argparse.ArgumentParser(description="Write the generated pages of the documentation.")
    parser.add_argument("names", nargs="*", help=f"all by default, or of {', '.join(PAGES)}")
    parser.add_argument("--check", action="store_true", help="only say what is stale")
    parser.add_argument("--figures", action="store_true", help="also draw the pages' pictures")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.names if name not in PAGES]
    if unknown:
        parser.error(f"no page {unknown[0]!r}; choose among {', '.join(PAGES)}")
    old = []
    for name in given.names or PAGES:
        if given.check:
            old += [f"{path} is stale: run python scripts/pages.py {name}" for path in stale(name)]
            continue
        if given.figures and hasattr(PAGES[name], "draw"):
            PAGES[name].draw()
        write(name)
    print(*old, sep="\n", end="\n" if old else "", file=sys.stderr)
    return int(bool(old))


if __name__ == "__main__":
    sys.exit(main())
