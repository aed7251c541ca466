"""Resistivity, electrons, and the Bloch-Grueneisen law fitted to measured rows."""

from __future__ import annotations

import math

import numpy as np

from catalogue_makers.rows import MAGNETS, Row, cited, entry, of_element, rows
from isotunnel import measured
from isotunnel.least_squares import covariance, minimise
from isotunnel.matter import material, solid_volume
from isotunnel.theories.normal.bloch_grueneisen import phonon_resistivity
from isotunnel.units import ROOM_K

HOTTEST_FIT_K = 420.0


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
