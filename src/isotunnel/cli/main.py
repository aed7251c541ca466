"""The command ``isotunnel``: arguments in, results on stdout, problems on stderr.

A command is imported when it is asked for, and heavy modules inside it, so that ``--help`` answers
at once.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, NoReturn, TextIO

import typer

from isotunnel.cli import COMMANDS
from isotunnel.cli.commands import Commands
from isotunnel.cli.output.gone import instead_of
from isotunnel.errors import InputError, IsotunnelError

app = typer.Typer(
    name="isotunnel",
    cls=Commands,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 our own fault, 2 unusable input, 3 a missing package, "
    "4 an engine without a result, 5 no answer, 130 interrupted.",
)


def _print_version(asked: bool) -> None:
    if asked:
        from isotunnel.versions import isotunnel_version

        typer.echo(f"isotunnel {isotunnel_version()}")
        raise typer.Exit


@app.callback()
def isotunnel(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="TOML file of options, see `isotunnel config`."),
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback does it all
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Electron tunnels of crystals: percolating networks of potential, density and ELF."""
    from isotunnel.cli.configuration import files_in_force, in_force, read_settings

    settings = tuple(s for path in files_in_force(config) for s in read_settings(path))
    context.obj = settings
    name = context.invoked_subcommand
    if settings and name is not None:
        chosen = in_force(settings, name)
        context.default_map = {name: {key: s.value for key, s in chosen.items()}}


_AGAIN_SECONDS = 0.05


def deliver_interrupt_again(lost: Any) -> None:
    """Ctrl-C once more where it fell into a place that cannot pass it on; all else as ever.

    Python drops an exception that comes up in a callback from C, such as numba's when it loads a
    kernel, or in a finaliser: the run would go on to its end.
    """
    if not issubclass(lost.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    later = threading.Timer(_AGAIN_SECONDS, _interrupt_main_thread)
    later.daemon = True
    later.start()


def _interrupt_main_thread() -> None:
    """As the terminal does it: a signal wakes the main thread from a sleep, too."""
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, signal.SIGINT)
    else:
        _thread.interrupt_main()


def run() -> None:
    """Entry point: turn every failure into one line and an exit status."""
    sys.unraisablehook = deliver_interrupt_again
    try:
        _need_stdout()
        _invoke()
        # What is still in the buffer would otherwise meet a closed pipe after our last word.
        sys.stdout.flush()
    except IsotunnelError as error:
        _fail(_with_commands(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        _fail(f"interrupted; {_how_to_go_on()}", 130)
    except BrokenPipeError:
        _leave_closed_pipe()
    except MemoryError:
        _fail("out of memory; a coarser grid (--grid) or a smaller cell may fit", 1)
    except OSError as error:
        # Files are named by their errors; what has no name is standard output.
        where = f"{error.filename}: " if error.filename else "writing the results: "
        _fail(f"{where}{error.strerror or error}", 2)
    except Exception as error:
        if hasattr(error, "format_message"):  # what typer says of a wrong argument
            _usage(error)
        if os.environ.get("ISOTUNNEL_DEBUG"):
            raise
        _fail(
            f"internal error, please report it: {type(error).__name__}: {error} "
            "(ISOTUNNEL_DEBUG=1 shows where)",
            1,
        )


def _with_commands(error: IsotunnelError) -> str:
    """The message; of a name that nothing answers to here, with the commands that know it."""
    if not isinstance(error, InputError) or error.unknown_name is None:
        return str(error)
    from isotunnel.cli.names import with_commands

    return with_commands(error, error.unknown_name)


def _invoke() -> None:
    """Run the command; typer's own exits come out as exceptions."""
    from isotunnel.cli.plain import register_plain

    plain = register_plain()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character gets a plain one, not an error.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=plain)
    if len(sys.argv) == 1:
        sys.argv.append("--help")
    # Without standalone mode an early exit (--help, an interruption) is the returned status.
    status = app(standalone_mode=False)
    if status == 130:
        raise KeyboardInterrupt
    if status:
        sys.exit(status)


def _usage(error: Any) -> NoReturn:
    """A wrong option or argument as one line, with the command whose help explains it."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "isotunnel"
    message = error.format_message().replace("Value error, ", "").rstrip(".")
    if instead := instead_of(context, getattr(error, "option_name", "")):
        message = f"{error.option_name} is gone; write {instead}"
    if getattr(error, "option_name", "") == "--config":
        message = "--config FILE stands before the command, as in isotunnel --config FILE analyze"
    if source := _file_behind(error):
        message = f"{source}: {message}"
    _fail(f"{message}; see {command} --help", 2)


def _file_behind(error: Any) -> str:
    """The configuration file that a wrong value is from, "" for the command line."""
    context, parameter = getattr(error, "ctx", None), getattr(error, "param", None)
    if context is None or parameter is None or context.parent is None:
        return ""
    from isotunnel.cli.configuration import in_force

    source = context.get_parameter_source(parameter.name)
    if source is None or source.name != "DEFAULT_MAP":
        return ""
    setting = in_force(context.find_root().obj or (), context.info_name).get(parameter.name)
    return "" if setting is None else str(setting.file)


_RESUMABLE = {
    "scan": "points that are done are kept, and the same command goes on from there",
    "screen": "rows that are done are kept, and the same command goes on from there",
    "pairing": "pieces that are done are kept, and the same command goes on from there",
}
"""What an interrupted command has kept."""


def _how_to_go_on() -> str:
    command = next((word for word in sys.argv[1:] if word in COMMANDS), "")
    return _RESUMABLE.get(command, "nothing was left half-written")


def _need_stdout() -> None:
    """Refuse a closed stdout (``>&-``) before the work: the next file opened would take its place.

    A closed stderr is only lost words.
    """
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - as long as the process
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        raise InputError("standard output is closed; send it to a file, a pipe or /dev/null")


def _leave_closed_pipe() -> NoReturn:
    """The reader of our output has gone (as in ``| head``): Python must not complain at exit.

    Status 1, as typer and rich have it where they notice first.
    """
    for stream in (sys.stdout, sys.stderr):
        _drop_unwritten(stream)
    sys.exit(1)


def _drop_unwritten(stream: TextIO) -> None:
    """Flush a stream; what it cannot take goes nowhere, or Python would complain at exit."""
    try:
        stream.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        with suppress(OSError):
            stream.flush()


def _fail(message: str, code: int) -> NoReturn:
    try:
        # Results printed before the failure stand before its line where both go to one place.
        _drop_unwritten(sys.stdout)
        print(f"isotunnel: {' '.join(message.split())}", file=sys.stderr, flush=True)
    except OSError:
        _drop_unwritten(sys.stderr)
    sys.exit(code)
