"""Numbers and names as a reader sees them, and strings made safe for HTML."""

from __future__ import annotations

import html
import json
import math
from typing import Any

from isotunnel import number_text

NOT_REACHED = "not reached"
UNKNOWN = "not known"
MINUS = "\N{MINUS SIGN}"

_UNITS = {
    "1": "",
    "": "",
    "1/angstrom^3": "e/Å³",
    "angstrom": "Å",
    "angstrom^2": "Å²",
}
_ENGINES = {
    "gpaw": "GPAW (density functional theory)",
    "procrystal": "Procrystal (superposed free atoms)",
    "file": "Grid file",
    "vasp": "VASP (read from its output folder)",
    "espresso": "Quantum ESPRESSO (read from its output folder)",
}
_FIELDS = {
    "potential": "Kohn-Sham potential",
    "electrostatic": "Electrostatic potential",
    "density": "Electron density",
    "elf": "Electron localization function (ELF)",
    "other": "Field",
}
_SHORT_ENGINES = {
    "gpaw": "GPAW",
    "procrystal": "procrystal",
    "file": "file",
    "vasp": "VASP",
    "espresso": "Quantum ESPRESSO",
}
_SHORT_FIELDS = {
    "potential": "KS potential",
    "electrostatic": "Electrostatic",
    "density": "Density",
    "elf": "ELF",
    "other": "Field",
}


def esc(text: object) -> str:
    """Any text, safe inside HTML elements and quoted attributes."""
    return html.escape(str(text), quote=True)


def json_for_script(value: Any) -> str:
    """JSON that may stand inside a <script> element; NaN is refused."""
    text = json.dumps(value, allow_nan=False, separators=(",", ":"), ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def number(value: float | None, unit: str = "", digits: int = 4, missing: str = UNKNOWN) -> str:
    """A number with its unit, to ``digits`` significant digits; ``missing`` for None and NaN."""
    if value is None or not math.isfinite(value):
        return missing
    if value == 0:
        text = "0"
    elif not 1e-4 <= abs(value) < 1e6:
        text = f"{value:.{digits - 1}e}"
        mantissa, exponent = text.split("e")
        text = f"{mantissa} × 10{_superscript(int(exponent))}"
    else:
        magnitude = math.floor(math.log10(abs(value)))
        text = f"{value:.{max(0, digits - 1 - magnitude)}f}"
    return _with_unit(text.replace("-", MINUS), unit)


def critical_temperature(kelvin: float | None, digits: int = 3) -> str:
    """A computed Tc with its unit; what is below a millikelvin is only said to be."""
    if kelvin is not None and kelvin < number_text.LEAST_TC_K:
        return number_text.critical_temperature(kelvin)
    return number(kelvin, "K", digits=digits)


def with_error(
    value: float | None, error: float | None, unit: str = "", missing: str = NOT_REACHED
) -> str:
    """``0.6951 ± 0.0020 eV``, see :func:`isotunnel.number_text.with_error`."""
    if value is None or not math.isfinite(value):
        return missing
    if error is None or not math.isfinite(error) or error <= 0:
        return number(value, unit)
    return _with_unit(number_text.with_error(value, error).replace("-", MINUS), unit)


def unit_text(unit: str) -> str:
    """The unit as printed; dimensionless is empty."""
    return _UNITS.get(unit, unit)


def axis_label(kind: str, unit: str) -> str:
    """Name and unit of a field for an axis."""
    shown = unit_text(unit)
    return f"{short_field(kind)} ({shown})" if shown else f"{short_field(kind)} (no unit)"


def field_name(kind: str) -> str:
    """The field's full name."""
    base, _, spin = str(kind).partition("-")
    return _FIELDS.get(base, base) + (f", spin {spin}" if spin else "")


def short_field(kind: str) -> str:
    """The field's short name."""
    base, _, spin = str(kind).partition("-")
    return _SHORT_FIELDS.get(base, base) + (f" {spin}" if spin else "")


def engine_name(engine: str) -> str:
    """The engine's name and what it does."""
    return _ENGINES.get(engine, engine)


def short_engine(engine: str) -> str:
    """The engine's short name."""
    return _SHORT_ENGINES.get(engine, engine)


def shortened(words: str, most: int = 16) -> str:
    """Cut to ``most`` characters, for drawings with little room."""
    return words if len(words) <= most else words[: most - 1] + "…"


def vector_text(vector: Any) -> str:
    """A lattice vector as crystallographers write it: [1 0 −1]."""
    return "[" + " ".join(f"{int(x)}".replace("-", MINUS) for x in vector) + "]"


def _with_unit(text: str, unit: str) -> str:
    shown = unit_text(unit)
    return f"{text} {shown}" if shown else text


def _superscript(exponent: int) -> str:
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
