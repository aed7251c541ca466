"""How results show themselves in a notebook, and as data frames.

Results lie far below what knows how to draw them: the root package, which sees both, says here who
makes the HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from isotunnel.errors import MissingExtraError

if TYPE_CHECKING:
    import pandas

_makers: list[Callable[[object], str]] = []


class ShownInNotebooks:
    """A result that Jupyter shows as a small table and a picture."""

    def _repr_html_(self) -> str:
        return _makers[-1](self)


def show_results_with(maker: Callable[[object], str]) -> None:
    """Let ``maker`` make the HTML of all results from now on."""
    _makers.append(maker)


def data_frame(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> pandas.DataFrame:
    """A pandas data frame; what is unknown, None, is NaN in columns of numbers.

    Raises:
        MissingExtraError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtraError("pandas", "notebook", "a data frame") from error
    return pandas.DataFrame.from_records([tuple(row) for row in rows], columns=list(columns))
