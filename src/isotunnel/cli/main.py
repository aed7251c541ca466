"""The command ``isotunnel``: arguments in, results on stdout, problems on stderr.

Heavy modules are imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from isotunnel.errors import IsotunnelError

app = typer.Typer(
    name="isotunnel",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 our own fault, 2 unusable input, 3 a missing package, "
    "4 an engine without a result, 5 no answer, 130 interrupted.",
)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"isotunnel {version('isotunnel')}")
        raise typer.Exit


@app.callback()
def isotunnel(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Electron tunnels of crystals: percolating networks of potential, density and ELF."""


def _register() -> None:
    from isotunnel.cli import analyze, cite, crystals, tunnels

    app.command("tunnels", epilog=tunnels.EXAMPLES)(tunnels.tunnels)
    app.command("analyze", epilog=analyze.EXAMPLES)(analyze.analyze)
    app.command("crystals", epilog=crystals.EXAMPLES)(crystals.crystals)
    app.command("cite", epilog=cite.EXAMPLES)(cite.cite)


_register()


def run() -> None:
    """Entry point: turn every failure into one line and an exit status."""
    try:
        app(standalone_mode=True)
    except IsotunnelError as error:
        _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        _fail("interrupted; nothing was left half-written", 130)
    except BrokenPipeError:
        # The reader of our output has gone (as in `| head`); Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except MemoryError:
        _fail("out of memory; a coarser grid or fewer fields may fit", 1)
    except Exception as error:
        if os.environ.get("ISOTUNNEL_DEBUG"):
            raise
        _fail(
            f"internal error, please report it: {type(error).__name__}: {error} "
            "(ISOTUNNEL_DEBUG=1 shows where)",
            1,
        )


def _fail(message: str, code: int) -> None:
    print(f"isotunnel: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(code)
