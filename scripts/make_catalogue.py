"""Derive the catalogue's table of parameters: curated rows, measured tables and fits to them.

    python scripts/make_catalogue.py [--check]

Reads src/isotunnel/substances/data/{substances,phases,curated,curated_gaps}.csv, the
tables of isotunnel.measured and the scans of isotunnel.atlas; writes parameters.csv and gaps.csv
beside them. A curated row wins over a measured table, that over a fit to few rows. With --check
nothing is written; the exit status says whether anything changed.
"""

from __future__ import annotations

import csv
import io
import sys

from catalogue_makers.gaps import gaps
from catalogue_makers.metals import resistivity, transport
from catalogue_makers.rows import COLUMNS, DATA, Row, rows
from catalogue_makers.superconductors import (
    NOBLE,
    assumed_frequency,
    assumed_mu_star,
    coupling_from_transport,
    depth,
    superconducting,
)
from catalogue_makers.volume_dependence import eta_of_couplings, fit_eta, scaling_of_series


def parameters() -> list[Row]:
    """Every parameter, once per phase and field, in the order of the phases."""
    substances = {r["name"]: r for r in rows("substances")}
    curated = rows("curated")
    result = []
    for phase in rows("phases"):
        place = (phase["substance"], phase["phase"])
        chosen: dict[str, Row] = {}
        found = [r for r in curated if (r["substance"], r["phase"]) == place]
        element = substances[place[0]]["element"]
        if element and phase["ambient"] == "y":
            found += superconducting(place, element) + depth(place)
            fits = resistivity(place, element)
            good = [r for r in fits if r["kind"] != "fitted" or r["grade"] == "B"]
            found += good + transport(place, element) + fits
        for row in found:
            chosen.setdefault(row["field"], row)
        if place[0] in NOBLE:
            count = float(chosen["valence_electrons"]["value"])
            for row in coupling_from_transport(place, count):
                chosen.setdefault(row["field"], row)
            chosen["omega_log_k"] = assumed_frequency(place, float(chosen["theta_d_k"]["value"]))
        if "lambda_ep" in chosen and "mu_star" not in chosen:
            chosen["mu_star"] = assumed_mu_star(place)
        known = {field: float(row["value"]) for field, row in chosen.items()}
        for row in fit_eta(place, known) + eta_of_couplings(place) + scaling_of_series(place):
            chosen.setdefault(row["field"], row)
        result += [{c: r.get(c, "") for c in COLUMNS} for r in chosen.values()]
    return result


def text(table: list[Row]) -> str:
    """A table as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(table[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


def main() -> int:
    """Write the tables, or compare them."""
    stale = 0
    for name, table in (("parameters", parameters()), ("gaps", gaps())):
        path, new = DATA / f"{name}.csv", text(table)
        if "--check" in sys.argv[1:]:
            stale += path.read_text(encoding="utf-8") != new
        else:
            path.write_text(new, encoding="utf-8")
            print(f"{path.name}: {len(table)} rows")
    return int(stale > 0)


if __name__ == "__main__":
    raise SystemExit(main())
