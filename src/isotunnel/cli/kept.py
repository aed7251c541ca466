"""What ``isotunnel analyze`` keeps of its results between one command and the next."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from isotunnel.analysis.kept import KeptAnalyses
    from isotunnel.analysis.results import Analysis


@dataclass(frozen=True)
class Kept:
    """The entry of one command; nothing is kept where there is no name.

    Attributes:
        name: of the entry, see :func:`~isotunnel.analysis.kept.entry_name`.
        store: where entries lie.
    """

    name: str | None = None
    store: KeptAnalyses | None = None

    @classmethod
    def of(cls, crystal: str, asked: Mapping[str, Any], *, corrected: bool) -> Kept:
        """The entry of a crystal and everything that was asked for.

        Only a process that is the command alone keeps results: in any other, readings or
        substances of the user's own may be at work, which no file tells of.
        """
        if Path(sys.argv[0]).stem != "isotunnel":
            return cls()
        from isotunnel.analysis.kept import KeptAnalyses, entry_name

        return cls(entry_name(crystal, {**asked, "corrected": corrected}), KeptAnalyses())

    @classmethod
    def nothing(cls) -> Kept:
        """Of a result that is not kept."""
        return cls()

    def analysis(self) -> Analysis | None:
        """The result of an equal command, None where there is none."""
        return None if self.store is None else self.store.analysis(self.name)

    def keep(self, analysis: Analysis) -> None:
        """Keep a result."""
        if self.store is not None:
            self.store.keep_analysis(self.name, analysis)

    def write_page(self, path: Path) -> bool:
        """Write the page of an equal command; False where there is none."""
        page = None if self.store is None else self.store.page(self.name)
        if page is None:
            return False
        from isotunnel.files import folder_of, write_whole

        write_whole(folder_of(path), page)
        return True

    def keep_page(self, page: Path) -> None:
        """Keep a page that was written."""
        if self.store is not None:
            self.store.keep_page(self.name, page.read_bytes())
