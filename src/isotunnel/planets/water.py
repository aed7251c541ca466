"""Conductivity of hot dense water: protons, as measured."""

from __future__ import annotations

import math

import numpy as np

from isotunnel.measured.rows import Tables
from isotunnel.planets.composition import WATER

METALLIC_GPA = 4800.0
"""Below it ice is computed to be an insulator: Hermann, Ashcroft & Hoffmann, Proc. Natl. Acad.
Sci. 109, 745 (2012), abstract. Shocked, much hotter water reflects from 100 GPa on, as by carriers
across a gap of 2.5 eV: Celliers et al., Phys. Plasmas 11, L41 (2004), abstract."""


def ionic_s_m(pressure_gpa: float, tables: Tables) -> float:
    """Conductivity by protons, S/m: measured points, logarithms between, constant beyond the last.

    NaN below the first. The points were measured along a shock, so that pressure and temperature
    rise together; at the same pressure a planet is cooler.
    """
    rows = [
        r
        for r in tables("planets_conductivity").where(material=WATER, state="ionic")
        if r["conductivity_s_m"] is not None
    ]
    points = sorted((r.number("pressure_gpa"), r.number("conductivity_s_m")) for r in rows)
    if not points or pressure_gpa < points[0][0]:
        return math.nan
    p, sigma = np.array(points).T
    return float(np.exp(np.interp(pressure_gpa, p, np.log(sigma))))
