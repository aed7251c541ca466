"""Write docs/reference/cli.md from the command line itself.

What is written comes from the commands' signatures, not from ``--help``, whose layout depends on
the terminal and on the version of the library that prints it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import typer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "cli.md"

_HEAD = """\
# Command line

<!-- Made by scripts/pages.py: edit the commands in src/isotunnel/cli instead. -->

Results go to standard output; progress, warnings and errors go to standard error. So
`isotunnel tunnels ELFCAR --json > result.json` gives a clean file whatever happens.

`-h` or `--help` after any command prints its help, `isotunnel --version` the version.
`isotunnel --config FILE COMMAND` takes options from [a file](../how-to/settings.md).
"""

_TAIL = """\
## Environment variables

| Variable | Effect |
|---|---|
| `ISOTUNNEL_CACHE` | folder of the [result cache](../how-to/cache.md) of the `gpaw` engine |
| `ISOTUNNEL_CONFIG` | [options](../how-to/settings.md) in place of the user's file; empty: none |
| `ISOTUNNEL_DEBUG` | set to `1`, an internal error shows where it happened |
| `NO_COLOR` | set to anything, the terminal output has no colours |

Exit codes are on the page [errors and exit codes](errors.md).
"""


def render() -> str:
    """The whole page."""
    from isotunnel.cli.commands import examples_of, function_of
    from isotunnel.cli.main import app

    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    parts = [_HEAD]
    for name, command in commands.items():
        parts.append(_command(name, function_of(name), command.params, examples_of(name)))
    parts.append(_TAIL)
    return "\n".join(parts)


def words(parameter: Any) -> list[str]:
    """What a user types for a parameter: its options, or its name in capitals."""
    if parameter.param_type_name == "argument":
        return [str(parameter.name).upper()]
    return [*parameter.opts, *parameter.secondary_opts]


def _command(name: str, function: Callable[..., Any], parameters: list[Any], epilog: str) -> str:
    hints = get_type_hints(function)
    arguments, options = [], []
    usage = f"isotunnel {name}"
    for parameter in parameters:
        spelled = words(parameter)
        if parameter.param_type_name == "argument":
            usage += f" {spelled[0]}" if parameter.required else f" [{spelled[0]}]"
            arguments.append(f"| `{spelled[0]}` | {_cell(parameter.help)} |")
        elif parameter.name in hints:
            cells = (
                ", ".join(f"`{w}`" for w in spelled),
                _value(hints[parameter.name], parameter.metavar),
                _default(parameter.default),
                _cell(parameter.help),
            )
            options.append(f"| {' | '.join(cells)} |")
    lines = [f"## isotunnel {name}", "", inspect.cleandoc(function.__doc__ or ""), ""]
    lines += ["```text", f"{usage} [OPTIONS]", "```", ""]
    if arguments:
        lines += ["| Argument | Meaning |", "|---|---|", *arguments, ""]
    if options:
        lines += ["| Option | Value | Default | Meaning |", "|---|---|---|---|", *options, ""]
    lines += _examples(epilog)
    return "\n".join(lines)


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", r"\|")


def _plain_type(kind: Any) -> Any:
    """The type inside ``X | None`` and ``list[X]``."""
    inner = [a for a in get_args(kind) if a is not type(None)]
    return _plain_type(inner[0]) if get_origin(kind) is not None and inner else kind


def _value(kind: Any, metavar: str | None) -> str:
    plain = _plain_type(kind)
    if plain is bool:
        return ""
    if metavar:
        repeated = (
            ", may be repeated" if get_origin(kind) is not None and "list" in str(kind) else ""
        )
        return f"`{metavar}`{repeated}"
    if isinstance(plain, type) and issubclass(plain, Enum):
        return ", ".join(f"`{choice.value}`" for choice in plain)
    return {"str": "text", "Path": "path", "int": "whole number", "float": "number"}.get(
        plain.__name__, plain.__name__
    )


def _default(default: Any) -> str:
    if default is None or default is False:
        return ""
    if default is True:
        return "on"
    return f"`{default.value if isinstance(default, Enum) else default}`"


def _examples(epilog: str) -> list[str]:
    commands = [
        line.strip() for line in epilog.splitlines() if line.strip().startswith("isotunnel")
    ]
    return ["Examples:", "", "```bash", *commands, "```", ""] if commands else []
