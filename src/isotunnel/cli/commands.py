"""The commands as a group of typer's, which imports each when it is asked for."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from isotunnel import cli
from isotunnel.cli.groups import expanded


def function_of(name: str) -> Callable[..., None]:
    """The function behind a command, with an option for each of its parameters."""
    return expanded(_written(name))


def _written(name: str) -> Callable[..., None]:
    """The function as its module has it, where options may stand together in one parameter."""
    function: Callable[..., None] = getattr(getattr(cli, name), name)
    return function


def examples_of(name: str) -> str:
    """The end of its help."""
    return str(getattr(cli, name).EXAMPLES)


class Commands(TyperGroup):
    """All of :data:`isotunnel.cli.COMMANDS`."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given | {"commands": _Imported(built)})

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Help of all commands, which are listed without building their options."""
        self.commands = cast("Any", _Imported(_heading))
        super().format_help(ctx, formatter)


class _Imported(Mapping[str, Any]):
    """Commands by name; looking one up imports its module."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        self._make = make

    def __getitem__(self, name: str) -> Any:
        if name not in cli.COMMANDS:
            raise KeyError(name)
        return self._make(name)

    def __iter__(self) -> Iterator[str]:
        return iter(cli.COMMANDS)

    def __len__(self) -> int:
        return len(cli.COMMANDS)


@cache
def built(name: str) -> Any:
    """The command as typer has it."""
    single = typer.Typer(add_completion=False, rich_markup_mode="markdown")
    single.command(name, epilog=examples_of(name))(function_of(name))
    return typer.main.get_command(single)


def _heading(name: str) -> Any:
    return TyperCommand(name, help=inspect.getdoc(_written(name)), rich_markup_mode="markdown")
