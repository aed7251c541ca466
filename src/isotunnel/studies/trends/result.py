"""One known trend: what was computed, what is known, how far they are apart."""

from __future__ import annotations

from dataclasses import dataclass

from isotunnel.measured.rows_used import RowUsed


@dataclass(frozen=True)
class Span:
    """A number between two bounds.

    Attributes:
        value: best estimate; None where only the bounds are known.
        low: lower bound.
        high: upper bound.
    """

    value: float | None
    low: float
    high: float

    @property
    def middle(self) -> float:
        """The estimate, or the middle of the bounds."""
        return 0.5 * (self.low + self.high) if self.value is None else self.value


@dataclass(frozen=True)
class Trend:
    """A known trend beside what the atlas gives.

    Attributes:
        substance: as in the atlas.
        title: the trend in words.
        unit: of both numbers.
        computed: from the scan; None where it is unknown.
        known: measured, or of an independent calculation; None for a trend without a number.
        shown: whether the scan shows the trend at all (its sign, its order); None where
            it is unknown.
        rows: where both come from.
        cannot_say: why there is nothing, None where there is something.
    """

    substance: str
    title: str
    unit: str
    computed: Span | None
    known: Span | None
    shown: bool | None
    rows: tuple[RowUsed, ...] = ()
    cannot_say: str | None = None

    @property
    def deviation(self) -> float | None:
        """Computed over known, less one; None without both."""
        if self.computed is None or self.known is None:
            return None
        return self.computed.middle / self.known.middle - 1.0

    @classmethod
    def silent(cls, substance: str, title: str, reason: str) -> Trend:
        """A trend that cannot be looked for."""
        return cls(substance, title, "", None, None, None, (), reason)
