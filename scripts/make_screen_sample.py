"""Pick the 200 small crystals that come with the package, out of the archive of 3DSC_MP's CIFs.

python scripts/make_screen_sample.py CIFS.tar.xz

3DSC_MP (T. Sommer et al., Sci. Data 10, 816 (2023), github.com/aimat-lab/3DSC) joins structures of
the Materials Project with superconductors of SuperCon; its data are CC BY 4.0. Taken are, in the
order of a digest of their names, files as they are, without those that were doped by computer, of
at most 10 atoms, one for each formula.
"""

from __future__ import annotations

import hashlib
import io
import re
import sys
import tarfile
from pathlib import Path

COUNT = 200
MOST_ATOMS = 10
TARGET = Path(__file__).parents[1] / "src/isotunnel/screening/data/sample.tar.xz"
NOTICE = """Structures of the Materials Project (materialsproject.org, CC BY 4.0)
as selected by 3DSC_MP (T. Sommer, R. Willa, J. Schmalian, P. Friederich, Sci. Data 10, 816 (2023);
github.com/aimat-lab/3DSC; CC BY 4.0), unchanged.
File names: formula and Materials Project number.
"""


def main(archive: str) -> None:
    """Write the sample."""
    found: dict[str, tuple[str, bytes]] = {}
    with tarfile.open(archive) as whole:
        for member in whole:
            name = Path(member.name).name
            if not member.isfile() or not name.endswith(".cif") or "synth_doped" in name:
                continue
            content = whole.extractfile(member).read()
            if atoms_in(content) <= MOST_ATOMS:
                found[hashlib.sha256(name.encode()).hexdigest()] = (name, content)
    chosen: dict[str, tuple[str, bytes]] = {}
    for _, (name, content) in sorted(found.items()):
        chosen.setdefault(name.split("-")[0], (name, content))
        if len(chosen) == COUNT:
            break
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(TARGET, "w:xz", preset=9) as sample:
        for name, content in [("NOTICE.txt", NOTICE.encode()), *sorted(chosen.values())]:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            sample.addfile(entry, io.BytesIO(content))


def atoms_in(cif: bytes) -> int:
    """By the sum formula, which the Materials Project writes for the whole cell."""
    stated = re.search(rb"^_chemical_formula_sum\s+'?([^'\n]+)", cif, re.MULTILINE)
    if stated is None:
        return 10**6
    return sum(int(n or 1) for n in re.findall(r"[A-Z][a-z]?(\d*)", stated[1].decode()))


if __name__ == "__main__":
    main(sys.argv[1])
