"""Options that come together: one parameter of a function, several on its command line."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Protocol, get_args, get_type_hints, runtime_checkable

import typer

_CONTEXT = "option_context"


@runtime_checkable
class OptionGroup(Protocol):
    """What stands in ``Annotated[Values, group]``."""

    def parameters(self) -> list[inspect.Parameter]:
        """The single options, as parameters with typer's annotations and defaults."""
        ...

    def build(self, values: dict[str, Any], from_file: frozenset[str]) -> Any:
        """The value of the one parameter, made of the options' values by name.

        ``from_file`` are those that a configuration file says, which count less than others.

        Raises:
            InputError: they contradict each other.
        """
        ...


def expanded(function: Callable[..., None]) -> Callable[..., None]:
    """The function as typer is to see it: with the options of its groups in their places."""
    hints = get_type_hints(function, include_extras=True)
    groups: dict[str, OptionGroup] = {}
    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(function).parameters.values():
        hint = hints[parameter.name]
        group = next((a for a in get_args(hint)[1:] if isinstance(a, OptionGroup)), None)
        if group is None:
            parameters.append(parameter.replace(annotation=hint, kind=parameter.KEYWORD_ONLY))
        else:
            groups[parameter.name] = group
            parameters += group.parameters()
    # Typer hands its context to one parameter only; the function may have it already.
    own_context = next((p.name for p in parameters if p.annotation is typer.Context), None)
    if own_context is None:
        parameters.append(option(_CONTEXT, typer.Context))

    @wraps(function)
    def command(**given: Any) -> None:
        context = given[own_context] if own_context else given.pop(_CONTEXT, None)
        for name, group in groups.items():
            own = {p.name: given.pop(p.name) for p in group.parameters()}
            given[name] = group.build(own, _from_file(context, own))
        function(**given)

    # Typer would follow __wrapped__ to the function itself.
    del command.__wrapped__
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in parameters}
    return command


def _from_file(context: typer.Context | None, names: Iterable[str]) -> frozenset[str]:
    """Those of the options that a configuration file says."""
    if context is None:
        return frozenset()
    sources = {name: context.get_parameter_source(name) for name in names}
    return frozenset(n for n, s in sources.items() if s is not None and s.name == "DEFAULT_MAP")


def option(name: str, kind: Any, default: Any = None) -> inspect.Parameter:
    """A parameter of a group; ``kind`` carries typer's option."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default)
