"""The one exception tree of Isotunnel.

::

    IsotunnelError
    ├── InputError              the user's input cannot be used
    │   ├── FileFormatError     a file is truncated, garbled or of another format
    │   ├── CrystalError        an impossible or unknown crystal
    │   └── FieldError          an impossible field (NaN, zero volume, wrong shape, ...)
    ├── MissingExtraError       an optional dependency is not installed
    ├── EngineError             an engine ran but did not give a usable result
    └── CannotSay               a reading or theory has no answer here, with the reason

Messages carry the measured value, the limit it broke, and what to do next. The command line
prints them as one line; ``exit_code`` is the process's exit status.
"""

from __future__ import annotations


class IsotunnelError(Exception):
    """Base class: everything that Isotunnel raises on purpose."""

    exit_code = 1


class InputError(IsotunnelError):
    """The input cannot be used; the message says what to change.

    ``unknown_name`` is the name that nothing answers to, where that is the reason: another table
    may hold it. ``without_likeness`` is then the message without the names that look alike: where
    another table does hold the name, they would only mislead.
    """

    exit_code = 2
    unknown_name: str | None = None
    without_likeness: str | None = None


class FileFormatError(InputError):
    """A file is truncated, garbled, or of a format other than it claims."""


class CrystalError(InputError):
    """A crystal is unknown or impossible (zero volume, atoms on top of each other, ...)."""


class FieldError(InputError):
    """A field is impossible (NaN, fewer than three axes, zero cell volume, ...)."""


class MissingExtraError(IsotunnelError):
    """An optional dependency is absent.

    ``extra`` is the name to install, as in ``pip install 'isotunnel[dft]'``.
    """

    exit_code = 3

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        self.extra = extra
        super().__init__(
            f"{purpose} needs {package}, which is not installed: "
            f"pip install 'isotunnel[{extra}]' (see the installation page for system packages)"
        )


class EngineError(IsotunnelError):
    """An engine ran but gave no usable result (no convergence, missing data set, ...)."""

    exit_code = 4


class CannotSay(IsotunnelError):  # noqa: N818 - an answer as much as an error
    """A reading or a theory has no answer for this input; the message is the reason."""

    exit_code = 5
