"""A number with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal["measured", "calculated", "fitted", "derived", "assumed", ""]
"""How a number came about.

"fitted" was adjusted to the data of its ``Fit``, and must not be judged on them; "derived" follows
from other rows by a law that the source names; "assumed" has a reason in its source; "" is not
stated: worked out on the way, or given by a user who does not say.
"""

KINDS: tuple[str, ...] = tuple(k for k in get_args(Kind) if k)
"""The kinds that a row of a table may be of."""


@dataclass(frozen=True)
class Fit:
    """What a fitted number was adjusted to.

    Attributes:
        to: the data in words, as people read them.
        source: where those come from, "" where the words say it.
        quantities: what was reproduced, such as ("tc_k",) or ("dtc_dp_k_per_gpa",).
        rows: ids of the measured rows, "table:row"; empty where none is tabulated.
        tc_k: the critical temperature among them, None where there is none.
    """

    to: str
    source: str = ""
    quantities: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    tc_k: float | None = None

    def rests_on(self, what: str) -> bool:
        """Whether it was adjusted to a quantity ("tc_k"), table ("dtc_dp") or row of one."""
        return (
            what in self.quantities
            or what in self.rows
            or any(row.startswith(f"{what}:") for row in self.rows)
        )

    def __str__(self) -> str:
        return f"{self.to}: {self.source}" if self.source else self.to


@dataclass(frozen=True)
class Parameter:
    """One number with what it rests on.

    It is made once, where the row is read, and handed through unchanged; ``str`` of its basis for
    people is :func:`printed_source`. No program reads anything out of ``source`` or ``note``.

    Attributes:
        value: the number, in ``unit``.
        source: paper, table, law or reason, for people.
        error: one standard deviation, None where unknown.
        error_assumed: whether the error is a customary one that no source states.
        unit: "" of a pure number, or where the field that holds it says it.
        kind: how it came about, see ``Kind``.
        grade: A (primary source read) to D (third hand, or an estimate), "" where not graded.
        fit: what a fitted number was adjusted to, None of others.
        note: conditions, and what a user should know.
    """

    value: float
    source: str
    error: float | None = None
    error_assumed: bool = field(default=False, kw_only=True)
    unit: str = field(default="", kw_only=True, hash=False)
    kind: Kind = field(default="", kw_only=True)
    grade: str = field(default="", kw_only=True, hash=False)
    fit: Fit | None = field(default=None, kw_only=True, hash=False)
    note: str = field(default="", kw_only=True, hash=False)

    @property
    def basis(self) -> str:
        """What it rests on, as people read it; see :func:`printed_source`."""
        return printed_source(self)


def printed_source(parameter: Parameter) -> str:
    """What a number rests on as people read it: kind, what it was fitted to, source and grade."""
    assumed = "; its error is assumed" if parameter.error_assumed else ""
    if not parameter.kind:
        return f"{parameter.source}{assumed}"
    fitted = "" if parameter.fit is None else f" to {parameter.fit}"
    grade = f" (grade {parameter.grade})" if parameter.grade else ""
    return f"{parameter.kind}{fitted}: {parameter.source}{grade}{assumed}"
