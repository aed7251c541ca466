"""Progress on stderr: a bar on a terminal, lines of text otherwise."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from isotunnel.engines.base import Progress

SECONDS_BETWEEN_LINES = 30.0
"""Off a terminal, of a step that goes on or is silent."""


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
        with _lines(stem_of) as line:
            yield line
        return
    # As written: no markup, and no emoji in "0:100:10".
    words = TextColumn("{task.description}", markup=False)
    bar = BarColumn(), TimeElapsedColumn()
    columns = (SpinnerColumn(), *bar, words) if words_last else (SpinnerColumn(), words, *bar)
    with Progress(*columns, console=err, transient=True) as shown:
        task = shown.add_task("starting", total=1.0 if words_last else None)

        def tell(message: str, fraction: float | None) -> None:
            total = 1.0 if words_last or fraction is not None else None
            shown.update(task, description=message, total=total, completed=fraction or 0.0)

        yield tell


@contextmanager
def _lines(stem_of: Callable[[str], str]) -> Iterator[Progress]:
    """Progress as lines: new steps at once, the like of the last one every half minute.

    Where a step is silent for longer, a line tells that it still runs.
    """
    from isotunnel.cli.show import console_for_problems

    err = console_for_problems()
    lock, over = threading.Lock(), threading.Event()
    last: dict[str, Any] = {
        "stem": "",
        "message": "",
        "told": time.monotonic(),
        "began": time.monotonic(),
    }

    def line(message: str, _fraction: float | None) -> None:
        stem, now = stem_of(message), time.monotonic()
        with lock:
            new = stem != last["stem"]
            last.update(stem=stem, message=message, began=now)
            if stem and (new or now - last["told"] >= SECONDS_BETWEEN_LINES):
                last["told"] = now
                err.print(f"... {message}", soft_wrap=True, markup=False)

    def remind() -> None:
        while not over.wait(SECONDS_BETWEEN_LINES / 10.0):
            now = time.monotonic()
            with lock:
                if now - max(last["told"], last["began"]) >= SECONDS_BETWEEN_LINES:
                    last["told"] = now
                    words = f"... still: {last['message'] or 'starting'}"
                    err.print(
                        f"{words} ({now - last['began']:.0f} s)", soft_wrap=True, markup=False
                    )

    reminder = threading.Thread(target=remind, daemon=True)
    reminder.start()
    try:
        yield line
    finally:
        over.set()
        reminder.join()
