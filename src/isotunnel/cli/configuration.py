"""Options from TOML files: default < user's file < project's < ``--config FILE`` < option.

A key at the top is an option of every command that has it; a table holds those of one command::

    engine = "procrystal"
    kpoints = 0.25

    [diagram]
    temperature = "1:300"
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from isotunnel.errors import FileFormatError, InputError

PROJECT_FILE = "isotunnel.toml"
MOST_BYTES = 1 << 20


@dataclass(frozen=True)
class Setting:
    """One option from a file.

    Attributes:
        command: it is for, "" for every command that has it.
        option: its long name without dashes, words joined by ``-``.
        value: as TOML has it.
        file: where it stands.
    """

    command: str
    option: str
    value: Any
    file: Path


def user_file() -> Path | None:
    """``$ISOTUNNEL_CONFIG`` where it is set ("" for none), else in the platform's folder."""
    chosen = os.environ.get("ISOTUNNEL_CONFIG")
    if chosen is not None:
        return Path(chosen).expanduser() if chosen else None
    from platformdirs import user_config_path

    return user_config_path("isotunnel") / "config.toml"


def files_in_force(given: Path | None) -> tuple[Path, ...]:
    """The files that there are, those that count less first.

    Raises:
        InputError: the one given is none.
    """
    if given is not None and not given.is_file():
        raise InputError(f"--config: {given}: no such file")
    candidates = (user_file(), Path(PROJECT_FILE), given)
    return tuple(f for f in candidates if f is not None and f.is_file())


def read_settings(path: Path) -> tuple[Setting, ...]:
    """The options of one file.

    Raises:
        FileFormatError: it is no TOML.
        InputError: it cannot be read, or names a command or option that there is not.
    """
    found: list[Setting] = []
    for key, value in _parsed(path).items():
        if isinstance(value, dict):
            command = _known(key, _commands(), f"{path}: no command [{key}]")
            options = _options_of(command)
            for name, inner in value.items():
                plain = name.replace("_", "-")
                _known(plain, options, f"{path}: {command} has no option {name!r}")
                found.append(Setting(command, plain, inner, path))
        else:
            plain = key.replace("_", "-")
            every = {o for c in _commands() for o in _options_of(c)}
            _known(plain, every, f"{path}: no command has an option {key!r}")
            found.append(Setting("", plain, value, path))
    return tuple(found)


def in_force(settings: Iterable[Setting], command: str) -> dict[str, Setting]:
    """What holds for a command, by the names of its parameters; later files, then tables, win."""
    options = _options_of(command)
    general: dict[str, Setting] = {}
    own: dict[str, Setting] = {}
    for setting in settings:
        if setting.option in options and setting.command in ("", command):
            (own if setting.command else general)[options[setting.option]] = setting
    return {**general, **own}


def _parsed(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    if len(content) > MOST_BYTES:
        raise FileFormatError(f"{path}: more than {MOST_BYTES} bytes; that is no configuration")
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileFormatError(f"{path}: no TOML: {error}") from None


def _commands() -> tuple[str, ...]:
    from isotunnel.cli import COMMANDS

    return COMMANDS


def _options_of(command: str) -> Mapping[str, str]:
    """Names of parameters by the long names of options."""
    from isotunnel.cli.commands import built

    names = {}
    for parameter in built(command).params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            # Of a pair such as --refine and --no-refine the first has a name here, true or false.
            for word in parameter.opts:
                if word.startswith("--"):
                    names[word.removeprefix("--")] = str(parameter.name)
    return names


def _known(name: str, known: Iterable[str], complaint: str) -> str:
    names = sorted(known)
    if name in names:
        return name
    close = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(names)}"
    raise InputError(f"{complaint}; {hint}")
