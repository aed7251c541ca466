"""``isotunnel config``: which options come from configuration files, and from which."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_text, deliver

if TYPE_CHECKING:
    from isotunnel.cli.configuration import Setting

EXAMPLES = """
Examples:

    isotunnel config

    isotunnel config analyze

    isotunnel --config mine.toml config --json
"""

SCHEMA = "isotunnel.config/1"


def config(
    context: typer.Context,
    command: Annotated[
        str | None, typer.Argument(help="Only what is in force for this command.")
    ] = None,
    output: Annotated[Output, Forms()] = NOTHING,
) -> None:
    """Show the configuration files, and the options that they set.

    Default < the user's file < isotunnel.toml in this folder < --config FILE < option.
    """
    from isotunnel.cli import COMMANDS
    from isotunnel.cli.configuration import PROJECT_FILE, in_force, user_file
    from isotunnel.errors import InputError

    if command is not None and command not in COMMANDS:
        raise InputError(f"no command {command!r}; isotunnel --help lists them")
    settings: tuple[Setting, ...] = context.find_root().obj or ()
    if command is not None:
        settings = tuple(in_force(settings, command).values())
    places = {"user": user_file(), "project": Path(PROJECT_FILE)}
    rows = [(s.command or "all", s.option, s.value, str(s.file)) for s in settings]
    product = Product(
        name="config",
        show=lambda: _show(places, settings),
        json=lambda: {
            "schema": SCHEMA,
            "files": {name: None if path is None else str(path) for name, path in places.items()},
            "settings": [
                dict(zip(("command", "option", "value", "file"), row, strict=True)) for row in rows
            ],
        },
        csv=lambda: csv_text(("command", "option", "value", "file"), rows),
    )
    deliver(output, product)


def _show(places: dict[str, Path | None], settings: tuple[Setting, ...]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from isotunnel.cli.show import console

    out = console()
    for name, path in places.items():
        state = "none" if path is None else f"{path}" + ("" if path.is_file() else " (not there)")
        out.print(f"{name} file: {escape(state)}", soft_wrap=True)
    if not settings:
        out.print("no option is set by a file")
        return
    table = Table()
    for header in ("command", "option", "value", "file"):
        table.add_column(header, overflow="fold")
    for s in settings:
        table.add_row(s.command or "all", s.option, escape(str(s.value)), escape(str(s.file)))
    out.print(table)
