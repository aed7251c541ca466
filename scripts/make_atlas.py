"""Scan named crystals over sensible pressure ranges: the data of the atlas.

    python scripts/make_atlas.py                          all (hours); run again to go on
    python scripts/make_atlas.py H3S Na --workers 2       some
    python scripts/make_atlas.py H3S --pressure 110,150,200
    python scripts/make_atlas.py --list                   what would be computed

Each point is stored in the cache as it is done, so the script may be stopped at any time; a crystal
is written to ``src/isotunnel/atlas/data/NAME.json.gz`` when all its points are there. The
files hold the same document as ``isotunnel scan --json`` (schema isotunnel.scan/1) with numbers
rounded to ten digits, without the wall time, so that the same points give the same bytes. Needs the
``dft`` extra. The page docs/reference/atlas.md is written anew.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pages
from isotunnel.crystal import find_named
from isotunnel.errors import IsotunnelError
from isotunnel.files import whole_file
from isotunnel.materials import scans
from isotunnel.scan import Scan, scan
from isotunnel.scan.ranges import parse_values

OUTPUT = Path(__file__).resolve().parents[1] / "src/isotunnel/atlas/data"
DIGITS = 10

RANGES: dict[str, str] = {
    # Rare gases: from where neither dispersion nor the cutoff decides the volume, to past the
    # closing of xenon's Kohn-Sham gap.
    "He": "20:200:20",
    "Ne": "20:200:20",
    "Ar": "20:200:20",
    "Kr": "20:200:20",
    "Xe": "10:200:10",
    # Simple metals: as far as their ambient structure is of interest.
    "Li": "0:40:4",
    "Na": "0:120:10",
    "K": "0:20:2",
    "Rb": "0:14:2",
    "Cs": "0:5:1",
    "Be": "0:100:10",
    "Mg": "0:100:10",
    "Ca": "0:40:4",
    "Al": "0:200:20",
    "Cu": "0:200:20",
    "Ag": "0:100:10",
    "Au": "0:100:10",
    "Pt": "0:100:10",
    "Pd": "0:100:10",
    "Fe": "0:100:10",
    "Ni": "0:100:10",
    "Nb": "0:100:10",
    "Ta": "0:100:10",
    "W": "0:100:10",
    "Pb": "0:100:10",
    "Sn": "0:20:2",
    # Semiconductors and insulators.
    "Si": "0:20:2",
    "Ge": "0:14:2",
    "diamond": "0:500:50",
    "Te": "0:10:1",
    "S-betaPo@160GPa": "100:200:20",
    "NaCl": "0:40:4",
    "MgO": "0:200:20",
    # High-pressure phases and superconductors, around where each exists.
    "Na-hP4@320GPa": "160:320:20",
    "H2@5.4GPa": "5:150:15",
    "H-I41amd@500GPa": "400:800:50",
    "MgB2": "0:60:6",
    "H3S@200GPa": "110:250:10",
    "LaH10@250GPa": "150:300:25",
    "CaH6": "140:260:20",
    "YH6": "110:250:20",
    "YH9": "180:320:20",
    "PdH": "0:50:5",
}
"""Pressures in GPa. Graphite is left out: PBE does not bind its layers."""


def main() -> int:
    """Compute what is missing; 0 where every crystal asked for is complete."""
    options = _options()
    ranges = RANGES | {crystal: text for crystal, (_, _, text) in scans().items()}
    names = [_name(n) for n in options.names] or list(ranges)
    complete = True
    for name in names:
        text = options.pressure or ranges.get(name)
        if text is None:
            sys.exit(f"{name} has no range here: give --pressure")
        pressures = parse_values(text, "--pressure")
        target = options.output / f"{name}.json.gz"
        if options.list:
            state = "there" if target.exists() else "missing"
            sys.stdout.write(f"{name:18s} {text:12s} {len(pressures):3d} points  {state}\n")
            continue
        complete &= _one(name, pressures, target, options)
        if target.exists() and options.output == OUTPUT:
            # A test compares the page with the files.
            pages.write("atlas")
    return 0 if complete else 1


def _one(
    name: str, pressures: tuple[float, ...], target: Path, options: argparse.Namespace
) -> bool:
    started, cpu = time.perf_counter(), _cpu_seconds()
    try:
        result = scan(
            name,
            pressures=pressures,
            engine="gpaw",
            workers=options.workers,
            retry=options.retry,
            progress=_tell(name),
        )
    except IsotunnelError as error:
        sys.stderr.write(f"{name}: {error}\n")
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    data = packed(result)
    with whole_file(target) as temporary:
        temporary.write_bytes(data)
    failed = [p for p in result.points if p.status == "failed"]
    for point in failed:
        sys.stderr.write(f"{name} at {point.asked:g} GPa: {point.reason}\n")
    sys.stderr.write(
        f"{name}: {result.computed} of {len(pressures)} points computed in "
        f"{time.perf_counter() - started:.0f} s (CPU {_cpu_seconds() - cpu:.0f} s), "
        f"{len(data)} bytes\n"
    )
    return not failed


def packed(result: Scan) -> bytes:
    """The document, rounded and compressed; the same points give the same bytes."""
    document = result.as_dict()
    for name in ("computed", "seconds", "remarks"):
        document.pop(name, None)
    text = json.dumps(_rounded(document), allow_nan=False, separators=(",", ":"), sort_keys=True)
    stream = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as archive:
        archive.write(text.encode())
    return stream.getvalue()


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, Mapping):
        return {k: _rounded(v) for k, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, list) else value


def _name(given: str) -> str:
    entry = find_named(given)
    if entry is None:
        sys.exit(f"unknown crystal {given!r}")
    return entry.name


def _tell(name: str):
    def tell(message: str, _fraction: float | None) -> None:
        if ": " not in message:
            sys.stderr.write(f"  {name}: {message}\n")

    return tell


def _cpu_seconds() -> float:
    """Of this process and its finished workers."""
    import os

    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", help="crystals; default: all")
    parser.add_argument("--pressure", help="another range, start:stop:step or a,b,c, GPa")
    parser.add_argument("--workers", type=int, help="processes; default: one per core")
    parser.add_argument("--retry", action="store_true", help="try points again that failed")
    parser.add_argument("--list", action="store_true", help="only say what there is to do")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder of the files")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
