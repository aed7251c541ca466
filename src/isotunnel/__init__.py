"""Isotunnel: the electron tunnels of crystals and what they say about conduction.

The names below are the public interface; they are imported on first use, so that ``import
isotunnel`` costs nothing.
"""

from __future__ import annotations

import os
from pathlib import Path

import lazy_loader

from isotunnel import notebook as _notebook

_attached, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def _give_numba_a_cache() -> None:
    """Where neither the package nor the home folder can be written, let numba cache in /tmp.

    Numba refuses to import a cached function that it has no place for, as in a container with a
    read-only file system.
    """
    if "NUMBA_CACHE_DIR" in os.environ or os.access(Path(__file__).parent, os.W_OK):
        return
    import tempfile

    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    try:
        home.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=home).close()
    except OSError:
        os.environ["NUMBA_CACHE_DIR"] = tempfile.mkdtemp(prefix="isotunnel-numba-")


_give_numba_a_cache()


def _html_of(result: object) -> str:
    from isotunnel.report.notebook import html_of

    return html_of(result)


_notebook.show_results_with(_html_of)


def __getattr__(name: str) -> object:
    if name == "__version__":
        from isotunnel.versions import isotunnel_version

        return isotunnel_version()
    return _attached(name)
