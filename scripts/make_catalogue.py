"""Derive the catalogue's table of parameters: curated rows, measured tables and fits to them.

    python scripts/make_catalogue.py [--check]

Reads src/isotunnel/substances/data/{substances,phases,curated,curated_gaps}.csv, the
tables of isotunnel.measured and the scans of isotunnel.atlas; writes parameters.csv and gaps.csv
beside them. A curated row wins over a measured table, that over a fit to few rows. With --check
nothing is written; the exit status says whether anything changed.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import brentq

from isotunnel import measured
from isotunnel.least_squares import covariance, minimise
from isotunnel.matter import material, solid_volume
from isotunnel.theories.normal.bloch_grueneisen import phonon_resistivity
from isotunnel.theories.superconducting.tc_formulas import mcmillan_coupling, mcmillan_tc
from isotunnel.theories.volume import coupling_ratio, frequency_ratio
from isotunnel.units import ROOM_K

DATA = Path(__file__).parent.parent / "src/isotunnel/substances/data"
COLUMNS = (
    "substance",
    "phase",
    "field",
    "value",
    "error",
    "kind",
    "grade",
    "source",
    "fitted_to",
    "fit_source",
    "fit_quantities",
    "fit_rows",
    "fit_tc_k",
    "note",
)
MAGNETS = ("Fe", "Co", "Ni", "Cr")
"""Magnetic scattering: Bloch's law does not hold, and is not fitted."""

HOTTEST_FIT_K = 420.0
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """A table of the catalogue."""
    return list(csv.DictReader((DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def entry(place: tuple[str, str], field: str, value: float, kind: str, **rest: Any) -> Row:
    """One row of the result."""
    found = dict.fromkeys(COLUMNS, "")
    error = rest.pop("error", None)
    found |= {"substance": place[0], "phase": place[1], "field": field, "kind": kind}
    found |= {"value": f"{value:.6g}", "error": "" if error is None else f"{error:.3g}"}
    return found | {k: str(v) for k, v in rest.items()}


def cited(row: measured.Row, source: str = "") -> dict[str, str]:
    """Source, grade and the row's id."""
    return {"source": f"{source or row.source} [{row.id}]", "grade": row.grade}


def of_element(table: str, element: str) -> list[measured.Row]:
    """Rows of one element."""
    return [r for r in measured.table(table).rows if r["element"] == element]


# --- superconductivity ---------------------------------------------------------------------------


def superconducting(place: tuple[str, str], element: str) -> list[Row]:
    """Tc, Debye temperature, Sommerfeld coefficient and coupling at room pressure."""
    wanted = place[1] if element == "La" else ""
    ambient = [r for r in of_element("elements_ambient", element) if wanted in r.text("phase")]
    found: list[Row] = []
    for row in ambient[:1]:
        if row["status"] == "superconductor" and row["tc_k"] is not None:
            found.append(
                entry(
                    place,
                    "tc_k",
                    row.number("tc_k"),
                    "measured",
                    error=row["tc_k_error"],
                    **cited(row),
                )
            )
        elif row["status"] == "none found":
            limit = row["tested_down_to_k"]
            note = f"none seen down to {limit:g} K" if limit is not None else "none seen"
            found.append(entry(place, "tc_k", 0.0, "measured", note=note, **cited(row)))
        pairs = (
            ("debye_temperature_k", "theta_d_k", "source_debye"),
            ("gamma_mj_mol_k2", "sommerfeld_mj_mol_k2", "source_debye"),
        )
        for column, field, source in pairs:
            if row[column] is not None:
                known = cited(row, row.text(source))
                found.append(entry(place, field, row.number(column), "measured", **known))
        for column in ("lambda_ep", "mu_star", "omega_log_k"):
            if row[column] is not None:
                kind = "calculated" if row["lambda_kind"] == "calculated" else "measured"
                known = cited(row, row.text("source_lambda"))
                found.append(entry(place, column, row.number(column), kind, **known))
    return found


def transport(place: tuple[str, str], element: str) -> list[Row]:
    """What the table of transport adds: Debye temperature, Sommerfeld coefficient, electrons."""
    names = {
        "debye_temperature": "theta_d_k",
        "electronic_heat_capacity": "sommerfeld_mj_mol_k2",
        "resistive_debye_temperature": "theta_r_k",
    }
    found = []
    for row in of_element("metals_transport", element):
        field = names.get(str(row["quantity"]))
        if field == "theta_r_k" and element in MAGNETS:
            continue
        if field is not None and row["value"] is not None:
            found.append(entry(place, field, row.number("value"), "measured", **cited(row)))
        if row["quantity"] == "fermi_energy":
            found += electrons(place, row)
    return found


def electrons(place: tuple[str, str], row: measured.Row) -> list[Row]:
    """Electrons per atom that a free-electron Fermi energy of a handbook stands for."""
    phase = next(p for p in rows("phases") if (p["substance"], p["phase"]) == place)
    if not phase["eos"]:
        return []
    volume = float(solid_volume(material(place[0]).phase(phase["eos"]).eos, 0.0, ROOM_K))
    hbar2_2m = 3.80998212  # eV angstrom^2
    number = (row.number("value") / hbar2_2m) ** 1.5 / (3 * math.pi**2) * volume
    if abs(number - round(number)) > 0.2 or round(number) < 1:
        return []
    return [
        entry(
            place,
            "valence_electrons",
            round(number),
            "derived",
            note=f"{number:.3g} follow from the Fermi energy and the volume",
            **cited(row),
        )
    ]


def depth(place: tuple[str, str]) -> list[Row]:
    """Penetration depth: the first row of a substance at room pressure."""
    for row in measured.table("critical_fields").rows:
        if row["material"] == place[0] and row["quantity"] == "penetration depth":
            return [
                entry(
                    place,
                    "penetration_depth_nm",
                    row.number("value"),
                    "measured",
                    error=row["value_error"],
                    **cited(row),
                )
            ]
    return []


# --- resistivity and its fit ---------------------------------------------------------------------


def resistivity(place: tuple[str, str], element: str) -> list[Row]:
    """The resistivity near 293 K, and theta_R and the residual part fitted to the cold rows."""
    solid = [
        r
        for r in of_element("resistivity_vs_temperature", element)
        if r["state"] == "solid" and r["kind"] in ("table", "single")
    ]
    near = [r for r in solid if 270 < r.number("temperature_k") < 301]
    if not near:
        return []
    best = min(
        near, key=lambda r: (r["kind"] != "table", abs(r.number("temperature_k") - 293.15), r.grade)
    )
    known = cited(best)
    found = [
        entry(place, "rho_reference_uohm_cm", best.number("resistivity_microohm_cm"), "measured",
              **known),
        entry(place, "rho_reference_temperature_k", best.number("temperature_k"), "measured",
              **known),
    ]  # fmt: skip
    return found + ([] if element in MAGNETS else fit_bloch(place, solid))


def fit_bloch(place: tuple[str, str], solid: list[measured.Row]) -> list[Row]:
    """theta_R, and with enough rows the residual part, by least squares of relative residuals."""
    used = [r for r in solid if r["kind"] == "table" and r.number("temperature_k") <= HOTTEST_FIT_K]
    t = np.array([r.number("temperature_k") for r in used])
    rho = np.array([r.number("resistivity_microohm_cm") for r in used])
    if len(set(t)) < 3 or t.min() > 100 or t.max() < 250:
        return []
    cold = bool((t < 30).any())
    start_theta = 150.0

    def law(x: np.ndarray) -> np.ndarray:
        phonons = np.exp(x[0]) * np.asarray(phonon_resistivity(t, math.exp(x[1]), 1.0))
        return phonons + (np.exp(x[2]) if cold else 0.0)

    def residuals(x: np.ndarray) -> np.ndarray:
        return np.log(law(x) / rho)

    first = [math.log(rho.max() * start_theta**2 * 4 / t.max()), math.log(start_theta)]
    if cold:
        first.append(math.log(rho.min()))
    fit = minimise(residuals, [np.array(first)], loss="soft_l1", f_scale=0.05)
    assert fit is not None, "resistivities are positive and finite"
    count = len(t) - len(first)
    scale = 2 * fit.cost / count if count > 0 else 0.0
    errors = np.sqrt(np.diag(covariance(fit.jacobian, variance=scale))) if count > 0 else None
    theta = math.exp(fit.values[1])
    if not 20 < theta < 1500:
        return []
    ids = f"{len(used)} rows of resistivity_vs_temperature, {t.min():g} to {t.max():g} K"
    rms = math.sqrt(np.mean(fit.residuals**2))
    rest = {
        "source": f"Bloch-Grueneisen law, root mean square {rms:.1%}",
        "fitted_to": f"{ids} ({used[0].id} to {used[-1].id})",
        "fit_quantities": "resistivity_microohm_cm",
        "fit_rows": "; ".join(r.id for r in used),
        "grade": "B" if cold else "C",
    }
    found = [
        entry(place, "theta_r_k", theta, "fitted",
              error=None if errors is None else theta * errors[1], **rest)
    ]  # fmt: skip
    if cold:
        value = math.exp(fit.values[2])
        found.append(
            entry(
                place,
                "rho_residual_uohm_cm",
                value,
                "fitted",
                error=None if errors is None else value * min(float(errors[2]), 1.0),
                note="of the samples measured, not of the element",
                **rest,
            )
        )
    return found


NOBLE = ("Cu", "Ag", "Au")
"""Metals whose coupling was not found, and free-electron-like enough for one from transport."""


def coupling_from_transport(place: tuple[str, str], electrons_per_atom: float) -> list[Row]:
    """lambda = hbar n e^2 / (2 pi k m) d rho / dT of free electrons, and a frequency to go with it.

    From 1 / tau = 2 pi lambda k T / hbar far above theta. It is lambda of transport, which weighs
    large angles more; in simple metals it is near lambda.
    """
    rows_near = [
        r
        for r in of_element("resistivity_vs_temperature", place[0])
        if r["kind"] == "table" and r["state"] == "solid" and 240 < r.number("temperature_k") < 410
    ]
    slope = np.polyfit(
        [r.number("temperature_k") for r in rows_near],
        [r.number("resistivity_microohm_cm") for r in rows_near],
        1,
    )[0]
    volume = float(solid_volume(material(place[0]).phases[0].eos, 0.0, ROOM_K))
    density = electrons_per_atom / volume * 1e30
    factor = 1.054571817e-34 * density * 1.602176634e-19**2
    coupling = factor / (2 * math.pi * 1.380649e-23 * 9.1093837e-31) * slope * 1e-8
    said = f"{rows_near[0].id} to {rows_near[-1].id}"
    return [
        entry(
            place,
            "lambda_ep",
            float(coupling),
            "derived",
            error=0.3 * float(coupling),
            grade="D",
            source=f"lambda of transport: slope {slope:.3g} uohm cm/K of rho(T) near room "
            f"temperature ({said}), free electrons",
            note="the error is assumed: the measured optical mass is not that of free electrons",
        )
    ]


def assumed_frequency(place: tuple[str, str], theta: float) -> Row:
    """omega_log from the Debye temperature."""
    return entry(
        place,
        "omega_log_k",
        0.7 * theta,
        "assumed",
        error=0.2 * theta,
        grade="D",
        source="0.7(2) of the Debye temperature, as in Al, Li, Na, Mg and Ta of this table",
        note="of no weight: the coupling is too weak for any Tc that could be measured",
    )


# --- fits of the volume dependence of the coupling -----------------------------------------------

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


# --- all together --------------------------------------------------------------------------------


def assumed_mu_star(place: tuple[str, str]) -> Row:
    """The customary value where lambda is known and mu* is not."""
    return entry(
        place,
        "mu_star",
        0.12,
        "assumed",
        error=0.02,
        grade="D",
        source="customary for metals, 0.10 to 0.15",
    )


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


SCANS = {("Xe", "fcc"): "Xe", ("Xe", "hcp"): "Xe", ("He", "hcp"): "He", ("Na", "hP4"): "Na-hP4*"}
"""Scans of the atlas whose Kohn-Sham gap stands for that of a phase."""

GAP_NOTES = {
    "Xe": "PBE gaps of the static fcc crystal",
    "He": "PBE gaps; the measured absorption edge at 13.4 GPa is 23.7 eV, Phys. Rev. Lett. 105, "
    "186404 (2010)",
    "Na": "PBE gaps of the static crystal",
}


def gaps() -> list[Row]:
    """Measured gaps, and Kohn-Sham gaps of the atlas where nothing was measured."""
    result = rows("curated_gaps")
    for place, pattern in SCANS.items():
        path = next((DATA.parents[1] / "atlas/data").glob(f"{pattern}.json.gz"))
        scan = json.loads(gzip.decompress(path.read_bytes()))
        name = path.name.removesuffix(".json.gz")
        for point in scan["points"]:
            gap = point["values"].get("band_gap_ev")
            if point["status"] != "done" or not gap:
                continue
            found = dict.fromkeys(result[0], "")
            found |= {"substance": place[0], "phase": place[1], "kind": "calculated"}
            found |= {"pressure_gpa": f"{point['asked']:g}", "gap_ev": f"{gap:.4g}", "grade": "C"}
            found["source"] = f"Kohn-Sham gap of the scan {name} in isotunnel's atlas"
            result.append(found | {"note": GAP_NOTES[place[0]]})
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
