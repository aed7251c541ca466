"""One theory's plane: columns, boundaries, and why it cannot say where it cannot."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from isotunnel.diagrams.axes import Axis
from isotunnel.diagrams.boundaries import Boundary, boundaries
from isotunnel.diagrams.calibration_marks import Inputs, is_input
from isotunnel.diagrams.isobar import Isobar
from isotunnel.diagrams.label import Label, state_of_key
from isotunnel.diagrams.regions import Region, common_text, regions
from isotunnel.measured.points import MeasuredPoint
from isotunnel.theories.base import Quantity, Theory, Used
from isotunnel.theories.calibration import PutIn

GRID = 41
"""Points along each axis at which shares of the plane are counted."""


CANNOT_SAY = "cannot say"
WORDS = {
    "superconductor": "superconducting",
    "metal": "conducting",
    "insulator": "insulating",
    CANNOT_SAY: CANNOT_SAY,
}
"""States as a person reads them."""


@dataclass(frozen=True)
class Reason:
    """Why a theory cannot say, over a region of the plane.

    Attributes:
        key: what tells it from others.
        text: the reason; numbers that differ from place to place are ranges.
        share: of the plane's area.
        pressures_gpa, temperatures_k: from where to where its region reaches.
        undecided: whether it is a conductor that may superconduct.
        texts: the reason at each isobar, with its own numbers.
    """

    key: str
    text: str
    share: float
    pressures_gpa: tuple[float, float]
    temperatures_k: tuple[float, float]
    undecided: bool = False
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panel:
    """The prediction of one theory over the plane.

    Attributes:
        theory, title: its names.
        references: its papers.
        assumptions: what it assumes, and where it breaks.
        pressures, temperatures: the axes.
        columns: the states, exact in temperature, by rising pressure; between two columns of the
            same states boundaries are straight along the axes.
        boundaries: lines between regions.
        shares: of the plane's area by state; "cannot say" is one of them.
        reasons: why it cannot say, the widest region first.
        used: parameters, each with the phase that it belongs to.
        notes: of the theory's answers.
        inputs: electrical facts that it was given, each with the phases that share it; None where
            the theory does not tell.
    """

    theory: str
    title: str
    references: tuple[str, ...]
    assumptions: tuple[str, ...]
    pressures: Axis
    temperatures: Axis
    columns: tuple[Isobar, ...]
    boundaries: tuple[Boundary, ...]
    shares: dict[str, float]
    reasons: tuple[Reason, ...]
    used: tuple[tuple[str, Used], ...]
    notes: tuple[str, ...]
    inputs: Inputs | None = None

    @property
    def regions(self) -> tuple[Region, ...]:
        """Every region, by rising pressure and temperature."""
        return tuple(regions(self.columns, self.pressures, self.temperatures))

    def possible_at(self, pressure_gpa: float, temperature_k: float) -> frozenset[str]:
        """States that the theory allows at a point, beyond doubt by its own stated error.

        None within two standard deviations of Tc, and where its confidence is below one.
        """
        p = min(max(pressure_gpa, self.pressures.low), self.pressures.high)
        tc = self.critical_at(p)
        near = tc.cannot_say is None and tc.error is not None
        if near and abs(temperature_k - tc.value) < 2 * (tc.error or 0.0):
            return frozenset()
        x = self.pressures.place(p)
        column = min(self.columns, key=lambda c: abs(self.pressures.place(c.pressure_gpa) - x))
        if any(low <= temperature_k <= high for low, high in column.unsure):
            return frozenset()
        return self.label_at(p, temperature_k).possible

    def cuts_at(self, pressure_gpa: float) -> tuple[tuple[Label, ...], tuple[float, ...]]:
        """Labels from cold to hot at a pressure, and the temperatures between them.

        Boundaries are interpolated between columns of the same states; between unlike ones the
        nearer column stands.
        """
        columns = self.columns
        place = bisect_right(columns, pressure_gpa, key=lambda c: c.pressure_gpa)
        before = columns[max(place - 1, 0)]
        after = columns[min(place, len(columns) - 1)]
        x = self.pressures.place(pressure_gpa)
        start, end = (self.pressures.place(c.pressure_gpa) for c in (before, after))
        share = min(max((x - start) / (end - start), 0.0), 1.0) if end > start else 0.0
        if before.keys != after.keys:
            nearer = before if share < 0.5 else after
            return nearer.labels, nearer.cuts
        axis = self.temperatures
        cuts = tuple(
            axis.value((1 - share) * axis.place(a) + share * axis.place(b))
            for a, b in zip(before.cuts, after.cuts, strict=True)
        )
        return before.labels, cuts

    def label_at(self, pressure_gpa: float, temperature_k: float) -> Label:
        """The label at a point."""
        labels, cuts = self.cuts_at(pressure_gpa)
        return labels[bisect_right(cuts, temperature_k)]

    def state_at(self, pressure_gpa: float, temperature_k: float) -> str | None:
        """The state at a point, None where the theory cannot say."""
        return self.label_at(pressure_gpa, temperature_k).state

    def prediction_at(
        self, pressure_gpa: float, temperature_k: float, *, tc: bool, error: bool = True
    ) -> str:
        """The state at a point in words; with ``tc`` the critical temperature, where it is known.

        Tc is that of the nearest column, or interpolated between two of the same states; without
        ``error`` its error is left out.
        """
        if tc:
            found = self.critical_at(pressure_gpa)
            if found.cannot_say is None:
                return _tc_in_words(found, error) if found.value > 0 else "no Tc"
        return WORDS[self.state_at(pressure_gpa, temperature_k) or CANNOT_SAY]

    def slope_remark(self, low_gpa: float, high_gpa: float) -> str | None:
        """dTc/dP between two pressures in words, as far as Tc is known; None without a Tc there."""
        known = [
            (c.pressure_gpa, c.critical.value)
            for c in self.columns
            if low_gpa <= c.pressure_gpa <= high_gpa and c.critical.cannot_say is None
        ]
        if len(known) < 2 or not any(tc > 0 for _, tc in known):
            return None
        (start, low), (end, high) = known[0], known[-1]
        slope = float(f"{(high - low) / (end - start):.2g}")
        until = "" if end > 0.99 * high_gpa else f" at {end:.3g} GPa"
        return f"dTc/dP = {slope:g} K/GPa, Tc = {low:.3g} to {high:.3g} K{until}"

    def input_of(self, point: MeasuredPoint) -> PutIn | None:
        """What was put into the theory that is this measured point, None where nothing is."""
        found = [item for _, item in self.inputs or () if is_input(item, point)]
        # Given outright, before a parameter fitted to it.
        return min(found, key=lambda item: item.kind == "parameter", default=None)

    def state_put_in(self, state: str | None, pressure_gpa: float) -> bool:
        """Whether a state is taken as given at a pressure, not derived."""
        return state is not None and any(
            item.state == state
            and item.pressure_gpa <= pressure_gpa <= (item.pressure_end_gpa or math.inf)
            for _, item in self.inputs or ()
        )

    def critical_at(self, pressure_gpa: float) -> Quantity:
        """Tc at a pressure: interpolated between columns of the same states, else the nearer's."""
        place = bisect_right(self.columns, pressure_gpa, key=lambda c: c.pressure_gpa)
        before = self.columns[max(place - 1, 0)]
        after = self.columns[min(place, len(self.columns) - 1)]
        width = after.pressure_gpa - before.pressure_gpa
        share = (pressure_gpa - before.pressure_gpa) / width if width > 0 else 0.0
        share = min(max(share, 0.0), 1.0)
        a, b = before.critical, after.critical
        known = a.cannot_say is None and b.cannot_say is None
        if before.keys != after.keys or not known:
            return a if share < 0.5 else b
        error = None
        if a.error is not None and b.error is not None:
            error = (1 - share) * a.error + share * b.error
        beside = None
        if a.beside is not None and b.beside is not None:
            between = (1 - share) * a.beside.value + share * b.beside.value
            beside = replace(a.beside, value=between)
        lacking = tuple(dict.fromkeys(a.error_unknown + b.error_unknown))
        between = (1 - share) * a.value + share * b.value
        return Quantity(between, error, beside=beside, error_unknown=lacking)

    def critical(self) -> tuple[tuple[float, Quantity], ...]:
        """Tc with its error at each column's pressure."""
        return tuple((c.pressure_gpa, c.critical) for c in self.columns)

    @property
    def grid(self) -> dict[str, Any]:
        """States on an even grid: pressures, temperatures, states by temperature, then pressure."""
        p_all = self.pressures.values(GRID).tolist()
        t_all = self.temperatures.values(GRID).tolist()
        return {
            "pressure_gpa": p_all,
            "temperature_k": t_all,
            "states": [[state_of_key(key) for key in row] for row in keys_on(self, p_all, t_all)],
        }


def _tc_in_words(tc: Quantity, error: bool) -> str:
    """A critical temperature with its error, or that this is unknown, and what stands beside it."""
    known = tc.error is not None
    shown = f" ± {tc.error:.2g}" if error and known else ""
    remarks = [str(tc.beside)] if tc.beside is not None else []
    if error and not known and tc.error_unknown:
        remarks.append("error unknown")
    return f"Tc = {tc.value:.3g}{shown} K" + (f" ({', '.join(remarks)})" if remarks else "")


def make_panel(
    theory: Theory,
    columns: tuple[Isobar, ...],
    pressures: Axis,
    temperatures: Axis,
    used: Sequence[tuple[str, Used]],
    notes: Sequence[str],
    inputs: Inputs | None = None,
) -> Panel:
    """A panel with its boundaries, shares and reasons counted from the columns."""
    empty = Panel(
        theory=theory.name,
        title=theory.title,
        references=tuple(str(r) for r in theory.references),
        assumptions=assumptions(theory),
        pressures=pressures,
        temperatures=temperatures,
        columns=columns,
        boundaries=boundaries(columns, temperatures),
        shares={},
        reasons=(),
        used=tuple(used),
        notes=tuple(notes),
        inputs=inputs,
    )
    shares: dict[str, float] = {}
    unsaid: dict[str, float] = {}
    weight = 1 / GRID**2
    for p in _middles(pressures):
        labels, cuts = empty.cuts_at(p)
        for t in _middles(temperatures):
            label = labels[bisect_right(cuts, t)]
            state = label.state or CANNOT_SAY
            shares[state] = shares.get(state, 0.0) + weight
            if label.state is None:
                unsaid[label.key] = unsaid.get(label.key, 0.0) + weight
    reasons = [_reason(empty, key, unsaid[key]) for key in sorted(unsaid, key=lambda k: -unsaid[k])]
    return Panel(**{**vars(empty), "shares": shares, "reasons": tuple(reasons)})


def _reason(panel: Panel, key: str, share: float) -> Reason:
    """The reason of a key, over all its regions."""
    found = [region for region in panel.regions if region.label.key == key]
    texts = [label.reason for region in found for label in region.labels]
    return Reason(
        key,
        common_text(texts),
        share,
        (min(r.pressure_gpa[0] for r in found), max(r.pressure_gpa[-1] for r in found)),
        (min(min(r.low_k) for r in found), max(max(r.high_k) for r in found)),
        found[0].label.undecided,
        tuple(dict.fromkeys(texts)),
    )


def _middles(axis: Axis) -> list[float]:
    return [axis.value((n + 0.5) / GRID) for n in range(GRID)]


def assumptions(theory: Theory) -> tuple[str, ...]:
    """What a theory assumes and where it breaks, each under its title.

    Of a combination, both; nothing of a theory that does not state it.
    """
    parts = (getattr(theory, "normal", None), getattr(theory, "pairing", None), theory)
    stated = ((part, getattr(part, "assumptions", "")) for part in parts if part is not None)
    return tuple(f"{part.title}. {words}" for part, words in stated if words)


def keys_on(
    panel: Panel, pressures: Sequence[float], temperatures: Sequence[float]
) -> list[list[str]]:
    """Keys of labels on a grid, by temperature and then pressure."""
    columns = []
    for p in pressures:
        labels, cuts = panel.cuts_at(float(p))
        columns.append([labels[bisect_right(cuts, float(t))].key for t in temperatures])
    return [list(row) for row in zip(*columns, strict=True)]
