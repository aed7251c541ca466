"""How the coupling depends on the volume: fits to slopes, and calculated series."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from catalogue_makers.rows import Row, entry, rows
from isotunnel import measured
from isotunnel.matter import material, solid_volume
from isotunnel.theories.superconducting.tc_formulas import mcmillan_coupling, mcmillan_tc
from isotunnel.theories.volume import coupling_ratio, frequency_ratio
from isotunnel.units import ROOM_K

SLOPES = {("Pb", "fcc"): "dtc_dp:Pb-1", ("MgB2", "AlB2"): "dtc_dp:MgB2-1", ("Re", "hcp"): "Re"}
"""Initial slopes of Tc that d ln eta / d ln V is fitted to."""


def slope_row(key: str) -> measured.Row:
    """The row of a slope, by id, or the only one of a material."""
    table = measured.table("dtc_dp")
    if ":" in key:
        return table.row(key)
    return next(r for r in table.rows if r["material"] == key and r["kind"] == "slope")


def fit_eta(place: tuple[str, str], known: dict[str, float]) -> list[Row]:
    """d ln eta / d ln V that gives the measured initial dTc/dP with McMillan's formula.

    lambda is calibrated on Tc, mu* is that of the phase or 0.13; the step is 0.2 GPa.
    """
    if place not in SLOPES or "tc_k" not in known or "theta_d_k" not in known:
        return []
    row = slope_row(SLOPES[place])
    phase = next(p for p in rows("phases") if (p["substance"], p["phase"]) == place)
    eos = material(place[0]).phase(phase["eos"]).eos
    start = float(solid_volume(eos, 0.0, 0.0, extrapolate=True))
    ratio = float(solid_volume(eos, 0.2, 0.0, extrapolate=True)) / start
    # At 300 K, as the catalogue takes it.
    warm = float(solid_volume(eos, 0.0, ROOM_K, extrapolate=True))
    gamma = float(eos.vibrations.gruneisen(warm))  # type: ignore[union-attr]
    tc, theta, mu = known["tc_k"], known["theta_d_k"], known.get("mu_star", 0.13)
    coupling = mcmillan_coupling(tc, theta, mu)

    def slope(eta: float) -> float:
        here = coupling * coupling_ratio(ratio, gamma, eta, 1.0)
        return (mcmillan_tc(here, theta * frequency_ratio(ratio, gamma, 1.0), mu) - tc) / 0.2

    wanted, error = row.number("dtc_dp_k_per_gpa"), row["dtc_dp_k_per_gpa_error"]

    def solve(target: float) -> float:
        return float(brentq(lambda eta: slope(eta) - target, -20.0, 20.0))

    value = solve(wanted)
    width = None if error is None else abs(solve(wanted + float(str(error))) - value)
    return [
        entry(
            place,
            "dlneta_dlnv",
            value,
            "fitted",
            error=width,
            grade=row.grade,
            source="McMillan's formula with lambda from Tc, the equation of state's gamma",
            fitted_to=f"dTc/dP = {wanted:g} K/GPa [{row.id}]",
            fit_source=row.source,
            fit_quantities="dtc_dp_k_per_gpa",
            fit_rows=row.id,
            note="not to be judged on that slope",
        )
    ]


COUPLINGS = {("Li", "fcc"): ((8.0, 0.39), (14.0, 0.49), (20.0, 0.66))}
"""Calculated lambda at several pressures (GPa), inside the range of the equation of state."""


def eta_of_couplings(place: tuple[str, str]) -> list[Row]:
    """d ln eta / d ln V = d ln lambda / d ln V - 2 gamma, of lambda calculated at pressures."""
    if place not in COUPLINGS:
        return []
    eos = material(place[0]).phase(place[1]).eos
    volumes = [float(solid_volume(eos, p, 0.0, extrapolate=True)) for p, _ in COUPLINGS[place]]
    slope, _ = np.polyfit(np.log(volumes), np.log([c for _, c in COUPLINGS[place]]), 1)
    gamma = float(eos.vibrations.gruneisen(volumes[-1]))  # type: ignore[union-attr]
    said = ", ".join(f"{c:g} at {p:g} GPa" for p, c in COUPLINGS[place])
    return [
        entry(
            place,
            "dlneta_dlnv",
            float(slope) - 2 * gamma,
            "derived",
            error=1.0,
            grade="C",
            source=f"calculated lambda {said} (lam037 to lam041 of lambda_reference.csv, github "
            "kunyuan/dfpt-lambda-benchmark 05440d46) and the equation of state",
            note="the error is assumed",
        )
    ]


SERIES = {("LaH10", "Fm-3m"): ((163.0, 2.67, 96.4), (214.0, 2.06, 115.5), (264.0, 1.73, 126.6))}
"""Calculated lambda and omega_log (meV) at several pressures (GPa)."""


def scaling_of_series(place: tuple[str, str]) -> list[Row]:
    """gamma and d ln eta / d ln V from lambda and omega_log of one calculation at pressures."""
    if place not in SERIES:
        return []
    table = [r for r in rows("volumes") if (r["substance"], r["phase"]) == place]
    known = np.log([[float(r["pressure_gpa"]), float(r["volume_per_atom_a3"])] for r in table])
    at = np.array(SERIES[place])
    volumes = np.interp(np.log(at[:, 0]), known[:, 0], known[:, 1])
    gamma = -float(np.polyfit(volumes, np.log(at[:, 2]), 1)[0])
    slope = float(np.polyfit(volumes, np.log(at[:, 1]), 1)[0])
    said = ", ".join(f"{c:g} and {w:g} meV at {p:g} GPa" for p, c, w in SERIES[place])
    rest = {
        "grade": "C",
        "source": f"calculated lambda and omega_log ({said}: Errea et al. (2020) Nature 578, 66, "
        "second-hand copy) and the tabulated volumes",
    }
    return [
        entry(place, "gamma", gamma, "derived", error=0.3, note="the error is assumed", **rest),
        entry(
            place,
            "gamma_q",
            0.0,
            "assumed",
            error=1.0,
            grade="D",
            source="gamma is that of the mean over the pressures",
        ),
        entry(
            place,
            "dlneta_dlnv",
            slope - 2 * gamma,
            "derived",
            error=0.5,
            note="the error is assumed",
            **rest,
        ),
    ]
