"""Melting lines: Kechin's and Simon's parameters."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from matter_makers.raw import Row, number, read

MELTING_COLUMNS = [
    *("material", "form", "t0_k", "p0_gpa", "a_gpa", "b", "c", "p_min_gpa", "p_max_gpa"),
    *("source", "doi", "grade", "note"),
]


def kechin_through(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """a, b, c of T = T0 (1 + P/a)^b exp(-c P) through (0, T0), its maximum, and a third point."""
    (_, t0), (p1, t1), (p2, t2) = points

    def parameters(a: float) -> tuple[float, float]:
        # dT/dP = 0 at p1: b = c (a + p1).
        c = np.log(t1 / t0) / ((a + p1) * np.log1p(p1 / a) - p1)
        return c * (a + p1), c

    def miss(a: float) -> float:
        b, c = parameters(a)
        return float(b * np.log1p(p2 / a) - c * p2 - np.log(t2 / t0))

    a = brentq(miss, 1e-3, 1e3)
    b, c = parameters(a)
    return float(a), float(b), float(c)


def melting() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    points: dict[str, list[Row]] = {}
    for raw in read("melting.csv"):
        if raw["form"] == "points":
            points.setdefault(raw["material"], []).append(raw)
            continue
        row: dict[str, object] = {k: raw[k] for k in MELTING_COLUMNS}
        for name in ("t0_k", "p0_gpa", "a_gpa", "b", "c", "p_min_gpa", "p_max_gpa"):
            row[name] = number(raw[name])
        if raw["form"] == "power":
            # P = P0 + a T^c is Simon's law with T0 = 1 K and P0 + a for P0.
            row |= {"form": "simon", "p0_gpa": float(raw["p0_gpa"]) + float(raw["a_gpa"])}
        rows.append(row)
    for material, given in points.items():
        base: dict[str, object] = {k: given[0][k] for k in MELTING_COLUMNS}
        t = [float(g["t0_k"]) for g in given]
        base |= {"t0_k": t[0], "p0_gpa": 0.0, "p_min_gpa": 0.0, "grade": "C"}
        base["source"] = "; ".join(g["source"] for g in given)
        base["p_max_gpa"] = float(given[0]["p_max_gpa"])
        if len(given) == 3:
            a, b, c = kechin_through([(float(g["p0_gpa"]), float(g["t0_k"])) for g in given])
            base |= {"form": "kechin", "a_gpa": a, "b": b, "c": c}
        else:
            # Simon's law with c = 1 is a straight line; it ends where the next branch begins.
            after = next(r for r in rows if r["material"] == material)
            rise = float(str(after["t0_k"])) / t[0] - 1.0
            base |= {
                "form": "simon",
                "a_gpa": float(str(base["p_max_gpa"])) / rise,
                "c": 1.0,
                "b": "",
            }
        rows.append(base)
    rows.sort(key=lambda r: (str(r["material"]), float(str(r["p_min_gpa"]))))
    return rows
