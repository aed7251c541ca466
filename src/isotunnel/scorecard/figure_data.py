"""What a claim's figure shows, as plain numbers; the report draws it."""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.measured.parameter import Parameter


@dataclass(frozen=True)
class Mark:
    """One point of a figure.

    Attributes:
        label: name of the row.
        y: value.
        y_low: lower end of its interval; None where no error is known.
        y_high: upper end, None likewise.
        x: abscissa, None in a figure of labelled rows.
        series: which of the figure's series it belongs to.
    """

    label: str
    y: float
    y_low: float | None = None
    y_high: float | None = None
    x: float | None = None
    series: str = ""


@dataclass(frozen=True)
class Line:
    """A reference line: y = value across the figure, or through (x, y) points."""

    label: str
    y: float | None = None
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class FigureData:
    """A figure of labelled intervals (no abscissa), of points, or of a table of counts.

    Attributes:
        title: one line.
        y_axis: title of the ordinate with unit.
        x_axis: title of the abscissa with unit; "" for labelled rows.
        marks: the points.
        lines: references, such as what each theory needs.
        log_x: logarithmic abscissa.
        log_y: logarithmic ordinate.
        matrix: instead of marks: (row label, column label, count) of a table.
    """

    title: str
    y_axis: str
    x_axis: str = ""
    marks: tuple[Mark, ...] = ()
    lines: tuple[Line, ...] = ()
    log_x: bool = False
    log_y: bool = False
    matrix: tuple[tuple[str, str, float], ...] = ()


def two_errors(given: Parameter) -> tuple[float, float] | tuple[None, None]:
    """Ends of the interval of two errors on either side; none where the error is unknown."""
    if given.error is None:
        return None, None
    return given.value - 2 * given.error, given.value + 2 * given.error
