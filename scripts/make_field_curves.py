"""Raw tables of critical fields against temperature, from figures of the SuperCon database.

    python scripts/make_field_curves.py FOLDER LIST.tsv

``FOLDER`` holds SuperCon's figures of the National Institute for Materials Science (NIMS): text
files, each with a head (``XPROP``, ``YPROP``, units, ``SAMPLE``) and the points that NIMS read from
a published figure or table. ``LIST.tsv`` is its list of samples by number (MDR SuperCon Datasheet,
doi 10.48505/nims.4487, CC BY 4.0): number, name, formula, structure, unit, Tc, journal. A figure's
number is that of its sample. Writes ``critical_field_curves.csv`` (thermodynamic fields) and
``upper_critical_fields.csv`` in ``src/isotunnel/measured/data/raw``; then
``python scripts/make_measured_tables.py``.

Every figure counts that passes these rules, which were written before any law was fitted:

1. It shows one field, critical or upper critical, in a named unit, against temperature in kelvin
   (or T / Tc where the list has the sample's Tc).
2. The list names the sample. Elements: the stable phase, Tc within a tenth of the element's.
   Compounds: undoped, of whole numbers of atoms, so that no series of contents counts many times,
   and without a 4f or 5f element that has a moment, whose field is shaped by magnetism.
3. A curve is what one label marks: a field's direction, a method, an onset or midpoint. Zero
   resistance, other contents and pressures above zero are left out, and points at T = 0, which are
   extrapolations.
4. At least eight temperatures, the lowest below 0.3 Tc (thermodynamic fields 0.55, for there are
   fewer), the highest above 0.9 Tc, and Tc within 15 % of the list's; the field is highest at the
   lowest temperature, within a tenth.
5. Heat capacities of an element's two states give a curve of the thermodynamic field as well
   (``field_of_heat.py``), with the volume of the element's reference crystal.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from ase.data import atomic_numbers, reference_states

from field_of_heat import field_t
from isotunnel.crystal.reference_crystals import reference_crystal
from isotunnel.measured import table

RAW = Path(__file__).parents[1] / "src/isotunnel/measured/data/raw"
COPY = "https://github.com/tif-car/TcSUH-ML-Project"
TESLA = {"T": 1.0, "mT": 1e-3, "kOe": 0.1, "Oe": 1e-4, "kG": 0.1, "G": 1e-4, "Gauss": 1e-4}
MAGNETIC = frozenset(("Ce", "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy")) | frozenset(
    ("Ho", "Er", "Tm", "Yb", "U", "Np", "Pu", "Am")
)
FEWEST = 8
THERMODYNAMIC, UPPER = "critical_field_curves", "upper_critical_fields"
LOWEST = {THERMODYNAMIC: 0.55, UPPER: 0.3}
HIGHEST = 0.9
_FIELD = {
    THERMODYNAMIC: re.compile(r"hc|h0", re.IGNORECASE),
    UPPER: re.compile(r"hc2(//[a-z*]+)?", re.IGNORECASE),
}
_HEATS = (("C", "mJ/mol.K"), ("C/T", "mJ/mol.K2"))
_HEAD = re.compile(r"(XPROP|XUNIT|YPROP|YUNIT|PPROP)\s*:\s*(.*)")
_NAMED = re.compile(r"(?:p\s*=\s*)?(\d)\s*(?:for|=)?\s+([^,]+)")
_PART = re.compile(r"([A-Z][a-z]?)(\d*)")
_TOLD = re.compile(
    r"//|\[\d+\]|perp|mid|0\.5 ?Rn|0\.9 ?Rn|onset|\(on\)|^(SP|SUS|RES|M|C)\b(?!=)|sweep|scan",
    re.IGNORECASE,
)
_OTHER = re.compile(r"zero|offset|\(off|=\s*0|\(0\)|0\.1 ?Rn|irr|c1|GPa|Tc2", re.IGNORECASE)


@dataclass(frozen=True)
class Sample:
    """A line of the list."""

    name: str
    formula: str
    tc_k: float
    journal: str


@dataclass(frozen=True)
class Curve:
    """Points of one label of one figure."""

    material: str
    figure: str
    label: str
    points: tuple[tuple[float, float], ...]
    journal: str


def main() -> int:
    """Write both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("list", type=Path)
    options = parser.parse_args()
    listed = samples(options.list)
    elements = {
        r.text("element"): r.number("tc_k")
        for r in reversed(table("elements_ambient").rows)
        if r["tc_k"] is not None
    }
    found: dict[str, list[Curve]] = {THERMODYNAMIC: [], UPPER: []}
    for path in sorted(options.folder.iterdir()):
        number = re.match(r"M*(HC|SP)0*(\d+)", path.name)
        if number and number[2] in listed:
            of = curves if number[1] == "HC" else heat_curves
            for name, curve in of(path, listed[number[2]], elements):
                found[name].append(curve)
    write(THERMODYNAMIC, found[THERMODYNAMIC], "field_mt", 1e3)
    write(UPPER, found[UPPER], "field_t", 1.0)
    return 0


def samples(path: Path) -> dict[str, Sample]:
    """The list by number of the sample."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        lines = [r for r in csv.reader(file, delimiter="\t") if len(r) >= 7 and r[0].isdigit()]
    return {
        r[0]: Sample(r[1], r[2], float(r[5]) if re.fullmatch(r"[\d.]+", r[5]) else 0.0, r[6])
        for r in lines
    }


def curves(path: Path, sample: Sample, elements: dict[str, float]) -> list[tuple[str, Curve]]:
    """What of a figure passes the rules, with the table that it belongs to."""
    head, points = read(path)
    material = subject(sample, elements)
    unit, axis = TESLA.get(head.get("YUNIT", "")), head.get("XPROP", "")
    scale = 1.0 if axis == "T" and head.get("XUNIT") == "K" else sample.tc_k
    name = next((n for n, field in _FIELD.items() if field.fullmatch(head.get("YPROP", ""))), "")
    if not (material and unit and name):
        return []
    if scale == 0 or (scale != 1.0 and axis != "T/Tc"):
        return []
    words = {n: w.strip() for n, w in _NAMED.findall(head.get("PPROP", ""))}
    by_label: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for x, y, label in points:
        by_label[label].append((round(x * scale, 6), round(y * unit, 9)))
    of_pressure = head.get("PPROP", "").strip() == "P"
    made = []
    for label, all_points in by_label.items():
        ambient = of_pressure and re.fullmatch(r"0(\.0*)?", label)
        told = "" if ambient else words.get(label, label)
        told = "" if told == "1" and len(by_label) == 1 else told
        isotope = sample.name.startswith(f"{material}(")
        told = told or (sample.name if isotope else "")
        if told and not isotope and (_OTHER.search(told) or not _TOLD.search(told)):
            continue
        kept = tuple(sorted(p for p in all_points if p[0] > 0))
        if covers(kept, sample.tc_k, LOWEST[name]):
            made.append((name, Curve(material, path.stem, told, kept, sample.journal)))
    return made


def heat_curves(path: Path, sample: Sample, elements: dict[str, float]) -> list[tuple[str, Curve]]:
    """The thermodynamic field by the heat capacities of both states, if a figure has them."""
    material = subject(sample, elements)
    if material not in elements:
        return []
    head, points = read(path)
    what = (head.get("XPROP"), head.get("YPROP"), head.get("YUNIT"))
    if what[0] not in ("T", "T2") or what[1:] not in _HEATS:
        return []
    by_label: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for x, y, label in points:
        by_label[label].append((x, y))
    volume = volume_a3(material)
    of_heat = field_t(by_label, what[0] == "T2", what[1] == "C/T", sample.tc_k, volume)
    kept = tuple((round(t, 6), round(field, 9)) for t, field in of_heat)
    if not covers(kept, sample.tc_k, LOWEST[THERMODYNAMIC]):
        return []
    curve = Curve(material, path.stem, "by heat capacities", kept, sample.journal)
    return [(THERMODYNAMIC, curve)]


def volume_a3(element: str) -> float:
    """Per atom; of gallium, whose atoms' places ASE lacks, that of its cell of eight."""
    if element == "Ga":
        state = reference_states[atomic_numbers["Ga"]]
        return float(state["a"] ** 3 * state["b/a"] * state["c/a"] / 8)
    crystal = reference_crystal(element)
    return float(crystal.get_volume() / len(crystal))


def covers(points: tuple[tuple[float, float], ...], tc_k: float, lowest: float) -> bool:
    """Rule 4."""
    temperatures = {t for t, _ in points}
    if len(temperatures) < FEWEST:
        return False
    top = max(temperatures)
    near = tc_k == 0 or abs(top / tc_k - 1) <= 0.15
    falls = points[0][1] >= 0.9 * max(field for _, field in points)
    tc = max(top, tc_k)
    return near and falls and min(temperatures) <= lowest * tc and top >= HIGHEST * tc


def subject(sample: Sample, elements: dict[str, float]) -> str:
    """Name of what was measured; "" where rule 2 leaves it out."""
    parts = _PART.findall(sample.formula)
    if "".join(a + n for a, n in parts) != sample.formula or not parts:
        return ""
    symbols = {a for a, _ in parts}
    if len(symbols) == 1:
        symbol = parts[0][0]
        known = elements.get(symbol, 0.0)
        plain = sample.name.startswith(symbol) and known > 0
        return symbol if plain and abs(sample.tc_k / known - 1) <= 0.1 else ""
    if symbols & MAGNETIC or not all(n for _, n in parts) or "doped" in sample.name:
        return ""
    own = _PART.findall(sample.name)
    same = "".join(a + n for a, n in own) == sample.name and counts(own) == counts(parts)
    return "".join(a + n * (n != "1") for a, n in (own if same else parts))


def counts(parts: list[tuple[str, str]]) -> dict[str, int]:
    """Atoms by element."""
    total: dict[str, int] = defaultdict(int)
    for symbol, number in parts:
        total[symbol] += int(number or 1)
    return dict(total)


def read(path: Path) -> tuple[dict[str, str], list[tuple[float, float, str]]]:
    """Head and points (x, y, label) of a figure."""
    raw = path.read_bytes()
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = raw.decode("utf-16" if wide else "latin-1")
    head: dict[str, str] = {}
    points, within = [], False
    for line in csv.reader(re.split(r"\r\n|\r|\n", text), delimiter="\t"):
        cells = [c.strip() for c in line]
        if not cells or not cells[0]:
            continue
        if within:
            try:
                x, y = float(cells[0]), float(cells[1])
            except (ValueError, IndexError):
                continue
            points.append((x, y, cells[2] if len(cells) > 2 else ""))
        elif cells[0].lower().startswith("xdata"):
            within = True
        elif pair := _HEAD.fullmatch(cells[0]):
            head[pair[1]] = pair[2].strip()
    return head, points


def write(name: str, found: list[Curve], column: str, scale: float) -> None:
    """A raw table: a row per point, numbered within each material."""
    number: dict[str, int] = defaultdict(int)
    with (RAW / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        common = ("source", "url", "grade", "note")
        out.writerow(("id", "material", "curve", "what", "temperature_k", column, *common))
        for curve in sorted(found, key=lambda c: (c.material, c.figure, c.label)):
            source = f"{curve.journal}; points by NIMS SuperCon, figure {curve.figure}"
            title = f"{curve.figure} {curve.label}".strip()
            for t, field in dict.fromkeys(curve.points):
                number[curve.material] += 1
                key = f"{name}:{curve.material}-{number[curve.material]}"
                value = f"{field * scale:.6g}"
                what = (title, curve.label, f"{t:.6g}", value)
                out.writerow((key, curve.material, *what, source, COPY, "B", ""))
    materials = {c.material for c in found}
    points = sum(number.values())
    print(f"{name}: {len(materials)} materials, {len(found)} curves, {points} points")


if __name__ == "__main__":
    sys.exit(main())
