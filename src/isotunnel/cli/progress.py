"""Progress on stderr: a bar on a terminal, lines of text otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from isotunnel.engines.base import Progress


def but_for_numbers(message: str) -> str:
    """What two steps have in common that differ in their numbers only."""
    return re.sub(r"[\d.e+-]+", "#", message)


def whole_points(message: str) -> str:
    """Nothing but for what happens to whole points; the steps between would fill a log."""
    return message if ": " not in message or "failed" in message else ""


@contextmanager
def progress_bar(
    stem_of: Callable[[str], str] = but_for_numbers, *, words_last: bool = False
) -> Iterator[Progress]:
    """A function to tell progress to, as long as the context lasts.

    Args:
        stem_of: of a message; off a terminal a message is a line where its stem is not empty and
            differs from that of the message before.
        words_last: on a terminal, the message behind the bar.
    """
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from isotunnel.cli.show import console_for_problems

    err = console_for_problems()
    if not err.is_terminal:
        last = ""

        def line(message: str, _fraction: float | None) -> None:
            nonlocal last
            stem = stem_of(message)
            if stem and stem != last:
                err.print(f"... {message}", soft_wrap=True, markup=False)
            last = stem

        yield line
        return
    words, bar = TextColumn("{task.description}"), (BarColumn(), TimeElapsedColumn())
    columns = (SpinnerColumn(), *bar, words) if words_last else (SpinnerColumn(), words, *bar)
    with Progress(*columns, console=err, transient=True) as shown:
        task = shown.add_task("starting", total=1.0 if words_last else None)

        def tell(message: str, fraction: float | None) -> None:
            total = 1.0 if words_last or fraction is not None else None
            shown.update(task, description=message, total=total, completed=fraction or 0.0)

        yield tell
