"""What tests of pages are handed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from playwright.sync_api import Page


class OpenPage(Protocol):
    """Opens a file or an address in a window of a given size."""

    def __call__(
        self,
        where: Path | str,
        *,
        width: int = 1280,
        height: int = 720,
        dark: bool = False,
        allowed: tuple[str, ...] = (),
        before: str = "",
    ) -> Page:
        """``allowed``: pieces of console messages that the test expects;
        ``before``: JavaScript that runs before the page's own."""


class Shot(Protocol):
    """Keeps a picture of a page in build/screenshots, to be looked at."""

    def __call__(self, page: Page, name: str, *, full: bool = False) -> Path:
        """``full``: the whole page instead of what the window shows."""


SIDEWAYS = """
() => [...document.querySelectorAll("table.piled, table.stacked")]
    .filter(t => t.offsetParent && t.scrollWidth > t.parentElement.clientWidth + 1)
    .map(t => t.textContent.slice(0, 60))
"""
"""JavaScript: tables with long cells that have to be scrolled sideways."""
