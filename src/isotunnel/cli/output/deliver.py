"""Hands out a result as its user wants it: on stdout, in files, as figures."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from isotunnel.cli.output.forms import Output
from isotunnel.cli.output.names import file_stem, free_stem, remember, source_of
from isotunnel.errors import InputError
from isotunnel.files import folder_of, write_whole


@dataclass(frozen=True)
class Product:
    """A command's result in every form; each is made only where it is wanted.

    Attributes:
        name: of its files, without an ending.
        show: prints it for a person.
        json: the document.
        csv: the table as text.
        files: writes another form to a path, by the ending.
        figures: draws all figures into a folder.
        source: what it was made from, where that is not its name: a file, for instance.
    """

    name: str
    show: Callable[[], None]
    json: Callable[[], Mapping[str, Any] | list[Any]]
    csv: Callable[[], str]
    files: Mapping[str, Callable[[Path], object]] = field(default_factory=dict)
    figures: Callable[[Path], object] | None = None
    source: str = ""


def deliver(output: Output, product: Product) -> None:
    """Print and write what is wanted, results on stdout first.

    Raises:
        InputError: a file cannot be written.
        OSError: standard output takes no more.
    """
    if output.json:
        sys.stdout.write(_document(product))
    elif output.csv:
        sys.stdout.write(product.csv())
    else:
        product.show()
    # A full disk behind stdout is told before anything else happens.
    sys.stdout.flush()
    write_files(output, product)


def write_files(output: Output, product: Product) -> None:
    """Write the files and figures that are wanted; nothing goes to stdout.

    Raises:
        InputError: a file cannot be written.
    """
    for form, path in places(output, product):
        _write(product, form, path)
        _tell(path)
    if output.figures is not None and product.figures is not None:
        product.figures(folder_of(output.figures / "figure").parent)
        _tell(output.figures, "figures in")


def places(output: Output, product: Product) -> Iterator[tuple[str, Path]]:
    """The files to write, with the form of each."""
    stem = file_stem(product.name)
    source = source_of(product.source or product.name)
    for target in output.targets:
        if target.folder:
            # Commands write some forms only where an extra is installed or there is something.
            forms = tuple(f for f in target.forms if f in ("csv", "json", *product.files))
            yield from _in_folder(target.path, stem, forms, source)
        else:
            yield target.forms[0], target.path
    if not output.targets and not output.no_files:
        yield from _in_folder(Path(), stem, output.forms.default, source)


def _in_folder(
    folder: Path, stem: str, forms: tuple[str, ...], source: str
) -> Iterator[tuple[str, Path]]:
    own = free_stem(folder, stem, forms, source)
    for form in forms:
        path = folder / f"{own}.{form}"
        yield form, path
        remember(path, source)


def _write(product: Product, form: str, path: Path) -> None:
    folder_of(path)
    if form in product.files:
        product.files[form](path)
    elif form == "json":
        write_whole(path, _document(product))
    elif form == "csv":
        write_whole(path, product.csv())
    else:
        raise InputError(f"{path}: this result has no .{form} form")


def _document(product: Product) -> str:
    # NaN is no JSON; a failure leaves no half of a document.
    return json.dumps(product.json(), indent=2, allow_nan=False) + "\n"


def _tell(path: Path, word: str = "wrote") -> None:
    from isotunnel.cli.show import console_for_problems

    console_for_problems().print(f"{word} {path}", soft_wrap=True, markup=False)
