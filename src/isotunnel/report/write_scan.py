"""Writes everything that a scan leaves: tables, figures, one HTML page."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from isotunnel.errors import InputError
from isotunnel.files import whole_file

if TYPE_CHECKING:
    from isotunnel.scan import ScanResult


@dataclass(frozen=True)
class ScanFiles:
    """What was written.

    Attributes:
        csv: the table.
        parquet: the same table, None where it was not asked for.
        html: the page.
        figures: PNG and SVG files.
    """

    csv: Path
    parquet: Path | None
    html: Path
    figures: tuple[Path, ...] = ()


def write_scan(
    result: ScanResult,
    stem: str | os.PathLike[str],
    *,
    figures: bool = True,
    parquet: bool = False,
) -> ScanFiles:
    """Write ``STEM.csv``, ``STEM.html``, ``STEM-volume.png`` and so on, each whole or not at all.

    Args:
        result: the scan.
        stem: path without a suffix; missing folders are made.
        figures: also PNG and SVG figures; the page shows them.
        parquet: also ``STEM.parquet``.

    Raises:
        InputError: a file cannot be written.
        MissingExtraError: ``parquet`` without pyarrow.
    """
    from isotunnel.report.page.scan import scan_page
    from isotunnel.scan import write_csv, write_parquet

    target = Path(stem)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{target.parent}: the folder cannot be made ({reason})") from error
    table = _beside(target, ".csv")
    write_csv(result, table)
    binary = _beside(target, ".parquet") if parquet else None
    if binary is not None:
        write_parquet(result, binary)
    drawn: list[Path] = []
    images: dict[str, tuple[str, bytes]] = {}
    if figures and result.done:
        from isotunnel.report.figures.draw import draw_all
        from isotunnel.report.figures.scan import scan_figures

        makers = list(scan_figures(result))
        written = draw_all([(name, make) for name, _, make in makers], target)
        drawn = [path for forms in written.values() for path in forms.values()]
        images = {
            name: (words, written[name]["png"].read_bytes())
            for name, words, _ in makers
            if name in written
        }
    page = _beside(target, ".html")
    with whole_file(page) as temporary:
        temporary.write_text(scan_page(result, images), encoding="utf-8")
    return ScanFiles(table, binary, page, tuple(drawn))


def _beside(target: Path, suffix: str) -> Path:
    # with_suffix would eat the "5" of "H2@0.5".
    return target.with_name(target.name + suffix)
