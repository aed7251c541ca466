"""Write docs/reference/substances.md from the catalogue of substances."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from page_makers.markdown import escaped

if TYPE_CHECKING:
    from isotunnel.substances import Entry, Substance
    from isotunnel.theories.parameters import MaterialData

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "substances.md"

_HEAD = """\
# Substances

<!-- Made by scripts/pages.py: edit isotunnel/substances/data instead. -->

What the rival theories are given: {count} substances, {phases} phases, {entries} numbers, each with
where it comes from. Tc, resistivity and state that a theory says of a substance rest on these and
on nothing else.

```python
from isotunnel import substances as catalogue
from isotunnel.theories import rival

lead = catalogue.substance("Pb")
answer = lead.answer(rival("allen_dynes"), 2.0, 4.2)
print(answer.state, round(answer.tc_k.value, 1))
```

```text
superconductor 6.1
```

- **Kind**: *measured*; *calculated* from first principles; *fitted* to the data named, and never to
  be judged on them (`Substance.without_fits` leaves them out); *derived* from the equation of state
  or other rows; *assumed*, with the reason.
- **Grade**: A, the primary source was read; B, a compilation or a quotation; C, second-hand by
  machine or a rough fit; D, third-hand, from another pressure, or a guess.
- **Error**: one standard deviation; empty is not stated, and then not propagated.
- Parameters hold at the phase's reference pressure; the equation of state, the Grueneisen
  parameter and d ln η / d ln V carry them to others. `[table:row]` names a row of
  [the measured tables](data.md).
- Where nothing is tabulated a theory says that it cannot say, and which parameter it lacks.

"""


def render() -> str:
    """The whole page."""
    from isotunnel import substances as catalogue

    known = catalogue.substances()
    head = _HEAD.format(
        count=len(known),
        phases=sum(len(a.phases) for a in known),
        entries=sum(len(a.entries) for a in known),
    )
    return head + "\n".join(map(_section, known))


def _section(about: Substance) -> str:
    other = f" Also: {', '.join(f'`{a}`' for a in about.aliases)}." if about.aliases else ""
    notes = "".join(f" {_sentence(n)}" for n in about.notes)
    text = f"## {about.name}\n\n{about.title.capitalize()}.{other}{notes}\n"
    for name, phase in zip(about.phase_names, about.phases, strict=True):
        text += _phase(name, phase, about.entries_of(name))
    return text


def _sentence(note: str) -> str:
    return note[0].upper() + note[1:].rstrip(".") + "."


def _phase(name: str, phase: MaterialData, entries: tuple[Entry, ...]) -> str:
    low, high = phase.stable_gpa
    until = "on" if math.isinf(high) else f"{high:g} GPa"
    text = f"\n**{name}**, {low:g} to {until}; reference {phase.reference_pressure_gpa:g} GPa."
    text += "" if phase.volume is not None else " No equation of state."
    text += f" {_sentence(phase.insulator)}" if phase.insulator else ""
    text += _gaps(phase) + "\n"
    if not entries:
        return text
    text += "\n| Parameter | Value | Error | Kind | Grade | From |\n|---|---|---|---|---|---|\n"
    return text + "".join(map(_row, entries))


def _gaps(phase: MaterialData) -> str:
    points = getattr(phase.gap_law, "points", ())
    if not points:
        return ""
    gaps = [(p.pressure_gpa, p.gap_ev) for p in points]
    said = "; ".join(f"{gap.value:.3g} eV at {at:g} GPa ({gap.kind})" for at, gap in gaps)
    sources = "; ".join(dict.fromkeys(gap.source for _, gap in gaps))
    return f" Band gap: {said}. From: {escaped(sources)}."


def _row(entry: Entry) -> str:
    from isotunnel.theories.parameters import PARAMETERS

    known = entry.parameter
    error = "" if known.error is None else f"{known.error:.2g}"
    fitted = "" if known.fit is None else f"; fitted to {known.fit}"
    note = f" ({known.note})" if known.note else ""
    cells = (
        PARAMETERS[entry.field].meaning,
        f"{known.value:.4g} {known.unit}".strip(),
        error,
        known.kind,
        known.grade,
        f"{known.source}{fitted}{note}",
    )
    return "| " + " | ".join(map(escaped, cells)) + " |\n"
