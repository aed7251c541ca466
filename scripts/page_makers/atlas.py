"""Write docs/reference/atlas.md from the scans that are packed with Isotunnel."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from isotunnel.atlas import Scan

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "atlas.md"

_HEAD = """\
# Atlas

<!-- Made by scripts/pages.py from src/isotunnel/atlas/data. -->

{count} crystals have a scan over pressure that was computed beforehand ({points} points). How to
use them: [the atlas](../how-to/atlas.md). Each was written by `scripts/make_atlas.py` with GPAW and
PBE: cell and positions relaxed at each pressure, symmetry kept, then all that
[`isotunnel scan`](../how-to/scan.md) computes.

| Crystal | What | Pressures (GPa) | Points | Volume (Å³ per atom) | Band gap (eV) |
|---|---|---|---|---|---|
"""

_FAILED = """\

## Points without a result

"""

_MISSING = """\

## Named crystals without a scan

{names}.

"""

_SETTINGS = """\
## Settings and versions

The same for {whom}:

```json
{settings}
```

"""


def render() -> str:
    """The whole page."""
    from isotunnel import atlas
    from isotunnel.crystal import named_crystals

    scans = [atlas.scan_of(name) for name in atlas.names()]
    page = _HEAD.format(count=len(scans), points=sum(len(s.asked) for s in scans))
    page += "".join(map(_row, scans))
    failed = [(s.name, p) for s in scans for p in s.failed]
    if failed:
        lines = "".join(f"- `{n}` at {p.asked:g} GPa: {p.reason}\n" for n, p in failed)
        page += _FAILED + lines
    there = set(atlas.names())
    missing = [c.name for c in named_crystals() if c.name not in there]
    if missing:
        page += _MISSING.format(names=", ".join(f"`{n}`" for n in missing))
    return page + _settings(scans)


def _row(scan: Scan) -> str:
    volumes = scan.volumes_a3
    gaps = scan.band_gaps_ev
    gap = "0" if not gaps.any() else f"{gaps[0]:.2f} to {gaps[-1]:.2f}"
    cells = (
        f"`{scan.name}`",
        scan.title,
        f"{scan.asked[0]:g} to {scan.asked[-1]:g}",
        str(len(scan.asked)),
        f"{volumes.max():.3f} to {volumes.min():.3f}",
        gap,
    )
    return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |\n"


def _settings(scans: list[Scan]) -> str:
    groups: dict[str, list[str]] = {}
    for scan in scans:
        both: dict[str, Any] = {"settings": scan.settings, "versions": scan.versions}
        groups.setdefault(json.dumps(both, indent=2, sort_keys=True), []).append(scan.name)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[1]))
    text = ""
    for n, (settings, names) in enumerate(ordered):
        whom = ", ".join(f"`{name}`" for name in names)
        part = _SETTINGS.format(whom="all" if len(ordered) == 1 else whom, settings=settings)
        text += part if n == 0 else part.partition("\n\n")[2]
    return text.rstrip("\n") + "\n"


def write() -> None:
    """Write the page."""
    PAGE.write_text(render(), encoding="utf-8")
