"""Where a formula or number was published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """A public source.

    Attributes:
        citation: authors, journal, year in one line.
        doi: digital object identifier, "" where there is none.
        url: where to read it, "" where the doi suffices.
    """

    citation: str
    doi: str = ""
    url: str = ""

    def __str__(self) -> str:
        parts = [self.citation]
        parts += [f"doi {self.doi}"] if self.doi else []
        parts += [self.url] if self.url else []
        return ", ".join(parts)
