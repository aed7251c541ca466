"""Tc, coupling, frequencies and penetration depth of elements."""

from __future__ import annotations

import math

import numpy as np

from catalogue_makers.rows import Row, cited, entry, of_element
from isotunnel import measured
from isotunnel.matter import material, solid_volume
from isotunnel.measured.agreed import agreed
from isotunnel.units import ROOM_K


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


def depth(place: tuple[str, str]) -> list[Row]:
    """Penetration depth at room pressure: the median of the rows of the best grade."""
    rows = measured.table("critical_fields").where(material=place[0], quantity="penetration depth")
    found = agreed(rows, place[0])
    if not found.rows:
        return []
    best = [r for r in rows if r["value"] is not None and r.grade == found.grade]
    nearest = min(best, key=lambda r: abs(r.number("value") - found.value))
    note = f"median of {len(best)}, of all {found.low:g} to {found.high:g} nm" if best[1:] else ""
    return [
        entry(
            place,
            "penetration_depth_nm",
            found.value,
            "measured",
            error=nearest["value_error"],
            note=note,
            **cited(nearest),
        )
    ]


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
