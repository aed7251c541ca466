"""A user's own theory: found by its name, and kept from failing unseen."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import math
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, SupportsFloat

from isotunnel.errors import CannotSay, InputError
from isotunnel.theories import MaterialData, Quantity, Reference, Theory, TheoryAnswer
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR

ATTRIBUTES = ("name", "title", "references")
STATES = (SUPERCONDUCTOR, METAL, INSULATOR, None)


@dataclass
class GuardedTheory:
    """A theory whose slips are remembered.

    Claims take an InputError as "cannot say"; a slip in a user's code must not pass for that, so
    the first one is kept and ``check`` raises it.
    """

    theory: Theory
    failure: str | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """The theory's own short name."""
        return str(self.theory.name)

    @property
    def title(self) -> str:
        """The theory's own title."""
        return str(self.theory.title)

    @property
    def references(self) -> tuple[Reference, ...]:
        """The theory's own references."""
        return tuple(self.theory.references)

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        """The theory's answer.

        Raises:
            CannotSay, InputError: the theory raised it.
            InputError: it raised anything else, or gave something that is not an answer.
        """
        where = f"{material.name} at {pressure_gpa:g} GPa and {temperature_k:g} K"
        try:
            found = self.theory.answer(material, pressure_gpa, temperature_k)
        except (CannotSay, InputError):
            raise
        except (Exception, SystemExit) as slip:
            return self._fail(f"failed on {where}: {type(slip).__name__}: {slip}")
        problem = _problem(found)
        return self._fail(f"answered {problem} on {where}") if problem else found

    def check(self) -> None:
        """Raise the first slip, if there was one.

        Raises:
            InputError: it, with the material and conditions.
        """
        if self.failure is not None:
            raise InputError(
                f"{self.failure}; what a theory cannot say is Quantity.refused(reason), or a "
                "raised isotunnel.CannotSay(reason)"
            )

    def _fail(self, words: str) -> TheoryAnswer:
        self.failure = self.failure or f"your theory {self.name!r} {words}"
        raise InputError(self.failure)


def load_theory(where: str) -> GuardedTheory:
    """A theory from "module:Name" or "path/to/file.py:Name".

    Name is a class without required arguments, a function that returns a theory, or a theory
    itself. Modules are looked for in the working directory first.

    Raises:
        InputError: the text has another form, nothing can be imported, there is no such name, it
            cannot be made, or it is not a theory; the message says which.
    """
    place, _, name = where.rpartition(":")
    if not place or not name.isidentifier():
        raise InputError(
            f"--theory {where!r} is not of the form module:Class or path/to/file.py:Class"
        )
    module = _module(place)
    if not hasattr(module, name):
        known = ", ".join(n for n, v in vars(module).items() if _own_class(module, v))
        raise InputError(f"{place} has no {name!r}; its classes: {known or 'none'}")
    found = getattr(module, name)
    if callable(found):
        try:
            found = found()
        except (Exception, SystemExit) as error:
            raise InputError(
                f"{where} cannot be made without arguments: {type(error).__name__}: {error}"
            ) from error
    return GuardedTheory(_checked(found, where))


def _module(place: str) -> ModuleType:
    try:
        if place.endswith(".py"):
            return _from_file(Path(place))
        here = str(Path.cwd())
        sys.path.insert(0, here)
        try:
            return importlib.import_module(place)
        finally:
            sys.path.remove(here)
    except InputError:
        raise
    except ModuleNotFoundError as error:
        raise InputError(
            f"no module {error.name!r} for --theory (looked in {Path.cwd()} and where Python "
            "looks); a file is given as path/to/file.py:Class"
        ) from error
    except (Exception, SystemExit) as error:
        raise InputError(f"{place} cannot be imported: {type(error).__name__}: {error}") from error


def _from_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise InputError(f"--theory {path}: there is no such file")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise InputError(f"--theory {path} cannot be read as Python")
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by name while they are made.
    sys.modules.setdefault(path.stem, module)
    spec.loader.exec_module(module)
    return module


def _checked(found: Any, where: str) -> Theory:
    missing = [a for a in ATTRIBUTES if not hasattr(found, a)]
    if not callable(getattr(found, "answer", None)):
        missing.append("answer(material, pressure_gpa, temperature_k)")
    if missing:
        raise InputError(
            f"{where} is no theory: it lacks {', '.join(missing)} "
            "(see the page on scoring your own theory)"
        )
    try:
        inspect.signature(found.answer).bind(None, 0.0, 0.0)
    except TypeError as error:
        raise InputError(
            f"{where}: answer must take (material, pressure_gpa, temperature_k): {error}"
        ) from error
    theory: Theory = found
    return theory


def _problem(found: object) -> str:
    """Why this is no answer, "" where it is one."""
    if not isinstance(found, TheoryAnswer):
        return f"with {type(found).__name__}, not a TheoryAnswer,"
    if found.state not in STATES:
        return f"with the unknown state {found.state!r}"
    for name in ("rho_uohm_cm", "tc_k"):
        value = getattr(found, name)
        if not isinstance(value, Quantity):
            return f"with {name} = {value!r}, not a Quantity,"
        if value.cannot_say is None and (wrong := _no_number(value.value)):
            return f"with {name} = {wrong} and no reason"
    return ""


def _no_number(value: object) -> str:
    """How a value reads that is not a finite number, "" for one that is."""
    if isinstance(value, bool) or not isinstance(value, SupportsFloat):
        return repr(value)
    try:
        plain = float(value)
    except (TypeError, ValueError):
        return repr(value)
    if math.isnan(plain):
        return "NaN"
    return "" if math.isfinite(plain) else f"{plain:g}"


def _own_class(module: ModuleType, value: object) -> bool:
    return isinstance(value, type) and value.__module__ == module.__name__
