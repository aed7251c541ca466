"""The thermal part of an equation of state: Debye temperature, gamma, volume dependence."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from isotunnel.errors import InputError
from isotunnel.matter.debye import heat_capacity
from isotunnel.matter.invert import solid_volume
from isotunnel.matter.quasiharmonic import quasiharmonic_solid
from isotunnel.matter.solid import SolidEos
from isotunnel.matter.state import AVOGADRO_EV_TO_J_MOL
from isotunnel.matter.vibrations import Vibrations
from matter_makers.isotherms import isotherm_of, reference_of
from matter_makers.raw import FORMULAS, Row, mean_mass, number, read

HEAT_K = 298.0
"""Temperature of the tabulated heat capacities and expansions: 25 degrees Celsius, rounded."""
OPEN_STRUCTURES = {"A4", "A7", "Fddd"}  # their vibrations say nothing of the dense phases'


def anchored_gamma(row: dict[str, object], theta: float, linear_per_k: float) -> float:
    """gamma0 for which 3 x ``linear_per_k`` is the expansion at 298 K and zero pressure, q = 1."""

    def excess(gamma: float) -> float:
        vibrations = Vibrations(theta, gamma, 1.0, float(row["v0_angstrom3"]))
        solid = SolidEos(isotherm_of(row), vibrations, reference_of(row))
        volume = solid_volume(solid, 0.0, HEAT_K, extrapolate=True)
        return float(solid.expansion(volume, HEAT_K)) - 3.0 * linear_per_k

    high = 0.2
    while high < 6.0:
        try:
            if excess(high) > 0:
                return float(brentq(excess, 0.02, high, xtol=1e-10))
        except InputError:  # the solid no longer holds together: the answer lies below
            return float(brentq(excess, 0.02, high - 0.2, xtol=1e-10))
        high += 0.2
    raise ValueError(f"{row['material']}: no gamma gives the measured expansion")


def warm_theta(capacity_j: float) -> float:
    """Debye temperature whose C_V is the measured heat capacity at 298 K.

    For stiff light solids only (theta above 1000 K), whose low-temperature value misses the heat
    content at 298 K by a third; C_P - C_V is below 2 per cent there and neglected.
    """

    def excess(theta: float) -> float:
        return float(heat_capacity(theta, HEAT_K)) * AVOGADRO_EV_TO_J_MOL - capacity_j

    return float(brentq(excess, 300.0, 4000.0))


def cold_or_warm_theta(whole: dict[str, Row]) -> tuple[Row | None, float]:
    """The row that a Debye temperature comes from, and its value in K (None, 0: no such row)."""
    theta, capacity = whole.get("debye_temperature"), whole.get("molar_heat_capacity")
    theta_k = float(theta["value"]) if theta else np.inf
    if theta_k <= 1000.0 or capacity is None:
        return theta, theta_k if theta else 0.0
    if theta is None and "linear_expansion" not in whole:
        return None, 0.0
    return capacity, warm_theta(float(capacity["value"]))


def thermal_rows() -> dict[tuple[str, str], dict[str, Row]]:
    rows: dict[tuple[str, str], dict[str, Row]] = {}
    for row in read("thermal.csv"):
        if row["grade"] == "X":  # known to be wrong, kept for the record
            continue
        rows.setdefault((row["material"], row["phase"]), {}).setdefault(row["quantity"], row)
    return rows


def fitted_thermal(rows: dict[str, Row], v0: float) -> dict[str, object]:
    def value(name: str) -> float | None:
        return float(rows[name]["value"]) if name in rows else None

    terms = ("electronic_per_k", "electronic_exponent", "anharmonic_per_k", "anharmonic_exponent")
    exponent = "gruneisen_exponent" if "gruneisen_exponent" in rows else "gruneisen_beta"
    return {
        "theta0_k": value("debye_temperature"),
        "gamma0": value("gruneisen"),
        "q": value(exponent),
        "gamma_inf": value("gruneisen_limit"),
        **{name: value(name) for name in terms},
        "thermal_v0_angstrom3": v0,
        "t_max_k": number(rows["gruneisen"]["temperature_k"]),
        "thermal_origin": "fitted",
        "thermal_source": rows["gruneisen"]["source"],
    }


def thermal_part(
    row: dict[str, object],
    tables: dict[tuple[str, str], dict[str, Row]],
    first: dict[str, object] | None,
) -> dict[str, object]:
    material, phase = str(row["material"]), str(row["phase"])
    v0 = float(row["v0_angstrom3"])
    own = tables.get((material, phase), {})
    if "gruneisen" in own:
        return fitted_thermal(own, v0)
    if first is not None and first["structure"] not in OPEN_STRUCTURES:
        keys = ("theta0_k", "gamma0", "q", "gamma_inf", "thermal_v0_angstrom3", "thermal_source")
        carried = {k: first.get(k) for k in keys}
        return {**carried, "thermal_origin": "carried"}
    whole = tables.get((material, ""), {})
    theta, theta_k = cold_or_warm_theta(whole)
    q = 1.0
    if first is None and theta and "linear_expansion" in whole:
        alpha = whole["linear_expansion"]
        gamma = anchored_gamma(row, theta_k, float(alpha["value"]) * 1e-6)
        origin, source = "expansion", f"theta: {theta['source']}; expansion: {alpha['source']}"
    elif first is None and theta and "gruneisen" in whole:
        gamma = float(whole["gruneisen"]["value"])
        if "gruneisen_exponent" in whole:
            q = float(whole["gruneisen_exponent"]["value"])
        origin = "published"
        source = "; ".join(dict.fromkeys((theta["source"], whole["gruneisen"]["source"])))
    else:
        mass = mean_mass(FORMULAS.get(material, material))
        model = quasiharmonic_solid(isotherm_of(row), mass).vibrations
        assert model is not None
        return {
            "theta0_k": model.theta0_k,
            "gamma0": model.gamma0,
            "q": model.q,
            "thermal_v0_angstrom3": v0,
            "thermal_origin": "estimate",
            "thermal_source": "quasi-harmonic Debye model, nu = 0.25, Slater gamma",
        }
    return {
        "theta0_k": theta_k,
        "gamma0": gamma,
        "q": q,
        "thermal_v0_angstrom3": v0,
        "thermal_origin": origin,
        "thermal_source": source,
    }
