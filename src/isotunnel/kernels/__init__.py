"""Compiled loops: Python functions that numba compiles, ahead of time where that is possible."""

from isotunnel.kernels.kernel import Kernel, calls_go_to, just_in_time, kernel

__all__ = ["Kernel", "calls_go_to", "just_in_time", "kernel"]
