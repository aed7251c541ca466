"""Compute the electrides whose dimension others have published.

    python scripts/make_electrides.py [CRYSTAL ...] [--grids FOLDER]
    python scripts/pages.py electrides

Writes ``src/isotunnel/studies/electrides/data/computed.csv``, one row at a time: rows of crystals
that are not named stay. Needs GPAW; seconds to minutes each (Nb5Ir3 more), from the cache at once.
With ``--grids`` the ELF and the density are written as VASP does, for ``compare_baderkit.py``.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel import electride
from isotunnel.analysis.engines import choose_engine
from isotunnel.crystal import named_crystal, primitive_cell
from isotunnel.files import write_whole
from isotunnel.studies.electrides.published import published
from isotunnel.studies.electrides.table import COLUMNS, REACHES, SETTINGS, cells_of, row_of

if TYPE_CHECKING:
    from isotunnel.fields import Field

DATA = Path(__file__).resolve().parents[1] / "src/isotunnel/studies/electrides/data"
TABLE = DATA / "computed.csv"


def main(arguments: list[str] | None = None) -> int:
    """Compute and write."""
    known = [p.crystal for p in published()]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("crystals", nargs="*", help=f"of {', '.join(known)}; all by default")
    parser.add_argument("--grids", type=Path, help="folder for ELFCAR and CHGCAR of each")
    options = parser.parse_args(arguments)
    if unknown := set(options.crystals) - set(known):
        parser.error(f"no crystal {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    rows = _rows()
    for name in options.crystals or known:
        near, found, far = (_computed(name, reach) for reach in (REACHES[0], None, REACHES[1]))
        rows[name] = cells_of(row_of(name, found, near, far))
        print(dict(zip(COLUMNS, rows[name], strict=True)), flush=True)
        _write([rows[n] for n in known if n in rows])
        if options.grids is not None:
            _write_grids(name, options.grids)
    return 0


def _computed(name: str, reach: float | None):
    return electride(name, engine="gpaw", engine_settings=SETTINGS, cell="primitive", reach=reach)


def _rows() -> dict[str, list[str]]:
    if not TABLE.is_file():
        return {}
    lines = list(csv.reader(TABLE.read_text("utf-8").splitlines()))[1:]
    return {line[0]: line for line in lines}


def _write(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *rows])
    write_whole(TABLE, out.getvalue().encode("utf-8"))


def _write_grids(name: str, folder: Path) -> None:
    atoms = primitive_cell(named_crystal(name))
    structure = choose_engine("gpaw", atoms, SETTINGS)[0].compute(atoms)
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    elf, density = structure.require_field("elf"), structure.require_field("density")
    (place / "ELFCAR").write_text(_vasp(elf, 1.0))
    (place / "CHGCAR").write_text(_vasp(density, density.volume))


def _vasp(field: Field, factor: float) -> str:
    """The grid behind its crystal, the first index fastest."""
    atoms = field.atoms
    assert atoms is not None  # GPAW's fields have them
    symbols = list(dict.fromkeys(atoms.get_chemical_symbols()))
    order = [n for s in symbols for n, own in enumerate(atoms.get_chemical_symbols()) if own == s]
    lines = ["GPAW's field", "1.0"]
    lines += [" ".join(f"{x:.10f}" for x in vector) for vector in atoms.cell.array]
    lines += [" ".join(symbols)]
    lines += [" ".join(str(atoms.get_chemical_symbols().count(s)) for s in symbols), "Direct"]
    places = atoms.get_scaled_positions()[order]
    lines += [" ".join(f"{x:.10f}" for x in place) for place in places]
    lines += ["", " ".join(map(str, field.shape))]
    flat = (field.values * factor).reshape(-1, order="F")
    lines += [" ".join(f"{x:.8E}" for x in flat[n : n + 5]) for n in range(0, len(flat), 5)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
