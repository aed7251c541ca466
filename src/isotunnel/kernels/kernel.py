"""A Python function that runs compiled: from a library built ahead of time, or by numba.

Numba takes 0.3 s to import and as long again to load what it has compiled, several times the search
for the tunnels of a usual grid. So the kernels are also compiled into one extension module
(:mod:`isotunnel.kernels.build`) that runs without numba. Source, types and compiler are the same:
the Python function below the decorator, for the types of arguments that an example search hands
over. A call with any other types, or without such a library, goes to numba as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from importlib import import_module
from typing import Any, Generic, ParamSpec, TypeVar

import numpy as np

from isotunnel.kernels import library

P = ParamSpec("P")
R = TypeVar("R")

_LARGEST = 1 << 63
_SAME = {"int": "int64", "float": "float64"}


class _Mode:
    """Of this process; None: from the library where it can be."""

    in_place_of_library: Callable[[Kernel[..., Any], tuple[Any, ...]], Any] | None = None


class Kernel(Generic[P, R]):
    """Calls go to the library where it has the types of the arguments, else to numba."""

    def __init__(self, function: Callable[P, R]) -> None:
        self.function = function
        self.name = f"{function.__module__.rpartition('.')[2]}_{function.__name__}"
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__
        self.__module__ = function.__module__
        self.__wrapped__ = function

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if kwargs:
            return self.dispatcher(*args, **kwargs)  # type: ignore[no-any-return]
        if _Mode.in_place_of_library is not None:
            return _Mode.in_place_of_library(self, args)  # type: ignore[no-any-return]
        built = library.functions().get((self.name, types_of(args)), self)
        return (self.dispatcher if built is self else built)(*args)  # type: ignore[no-any-return]

    @cached_property
    def dispatcher(self) -> Any:
        """The same function, compiled by numba when called and kept on the disk."""
        import numba

        tell_numba()
        return numba.njit(cache=True, nogil=True)(self.function)


def kernel(function: Callable[P, R]) -> Kernel[P, R]:
    """Decorate a function that numba can compile; kernels may call each other."""
    return Kernel(function)


@cache
def tell_numba() -> None:
    """Let numba take a kernel for its compiled function, where one kernel calls another."""
    extending: Any = import_module("numba.extending")

    @extending.typeof_impl.register(Kernel)  # type: ignore[untyped-decorator, unused-ignore]
    def _(kernel: Kernel[..., Any], context: Any) -> Any:
        return extending.typeof_impl(kernel.dispatcher, context)


@contextmanager
def calls_go_to(other: Callable[[Kernel[..., Any], tuple[Any, ...]], Any]) -> Iterator[None]:
    """Meanwhile ``other(kernel, arguments)`` answers every call in this process."""
    before = _Mode.in_place_of_library
    _Mode.in_place_of_library = staticmethod(other)
    try:
        yield
    finally:
        _Mode.in_place_of_library = before


def just_in_time(kernel: Kernel[..., Any], args: tuple[Any, ...]) -> Any:
    """A call that numba answers, whatever the library holds."""
    return kernel.dispatcher(*args)


def types_of(args: tuple[Any, ...]) -> str:
    """The types of arguments as far as compiled code depends on them.

    Of an array: the numbers it holds, its axes, whether it lies in one piece in C order, may be
    written to and is aligned.
    """
    return ",".join(_type_of(arg) for arg in args)


def _type_of(arg: Any) -> str:
    if isinstance(arg, np.ndarray):
        flags = arg.flags
        return (
            f"{arg.dtype.str}[{arg.ndim}{'C' if flags.c_contiguous else '-'}"
            f"{'W' if flags.writeable else 'R'}{'' if flags.aligned else '?'}]"
        )
    if type(arg) is tuple:
        return f"({types_of(arg)})"
    if type(arg) is int and not -_LARGEST <= arg < _LARGEST:
        return "large"
    name = type(arg).__name__
    return _SAME.get(name, name)
