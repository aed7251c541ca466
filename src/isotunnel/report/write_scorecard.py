"""Writes the scorecard as one HTML page."""

from __future__ import annotations

import os
from pathlib import Path

from isotunnel.errors import InputError
from isotunnel.files import whole_file
from isotunnel.scorecard.scoring import Scorecard


def write_scorecard(card: Scorecard, path: str | os.PathLike[str]) -> Path:
    """Write the page with its figures inside, whole or not at all; missing folders are made.

    Raises:
        InputError: the file cannot be written.
        MissingExtraError: matplotlib is not installed.
    """
    from isotunnel.report.page.scorecard import scorecard_page

    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{target.parent}: the folder cannot be made ({reason})") from error
    text = scorecard_page(card)
    with whole_file(target) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return target
