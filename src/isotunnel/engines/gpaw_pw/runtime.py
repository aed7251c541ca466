"""The door to the GPAW package: imported late, its warnings, its versions."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from isotunnel.errors import EngineError, MissingExtraError

_SHARP_ANGLES = "The angles between your unit-cell vectors"
_OTHER_GRID = r"(Initial realspace|Using symmetrized) grid"


def import_gpaw() -> Any:
    """The ``gpaw`` package.

    Raises:
        MissingExtraError: it is not installed.
        EngineError: it is installed but cannot be imported, with the reason.
    """
    try:
        with third_party_warnings_silenced():
            import gpaw
    except Exception as error:
        # Whatever a broken installation raises: compiled parts fail with more than ImportError.
        if isinstance(error, ModuleNotFoundError) and error.name == "gpaw":
            raise MissingExtraError("GPAW", "dft", "the gpaw engine") from error
        raise EngineError(
            f"GPAW is installed but cannot be imported: {error}; repair it (see the installation "
            "page for system packages) or take the procrystal engine"
        ) from error
    return gpaw


@contextmanager
def third_party_warnings_silenced() -> Iterator[None]:
    """Hide the warnings which GPAW and ASE raise about their own code, and no others."""
    with warnings.catch_warnings():
        # Both still call functions that NumPy, SciPy or each other have deprecated; a user of
        # Isotunnel can do nothing about it, and no number depends on it.
        for category in (DeprecationWarning, PendingDeprecationWarning, FutureWarning):
            warnings.filterwarnings("ignore", category=category, module=r"(gpaw|ase)(\.|$)")
        # In a primitive cell whose axes symmetry mixes (Ca2N's) GPAW finds its first grid too
        # coarse, takes the next one that fits, and says so; what it took stands in the settings.
        warnings.filterwarnings("ignore", message=_OTHER_GRID, module=r"gpaw\.utilities\.gpts$")
        # Said in one line of our own, see checks.doubts.
        warnings.filterwarnings("ignore", message=_SHARP_ANGLES, module=r"gpaw\.new\.builder$")
        yield


def versions() -> dict[str, str]:
    """Versions of everything that can change a number of ours.

    Raises:
        MissingExtraError: GPAW is not installed.
    """
    gpaw = import_gpaw()
    import ase
    import numpy as np
    import scipy

    return {
        "gpaw": str(gpaw.__version__),
        "paw_datasets": _dataset_version(gpaw),
        "libxc": str(gpaw.get_libraries().get("libxc") or "none"),
        "ase": str(ase.__version__),
        "numpy": str(np.__version__),
        "scipy": str(scipy.__version__),
    }


def dataset_file(symbol: str, xc: str = "PBE") -> Path | None:
    """The PAW data set of an element, or None where the search path holds none."""
    gpaw = import_gpaw()
    for directory in gpaw.setup_paths:
        for suffix in (".gz", ""):
            candidate = Path(directory) / f"{symbol}.{xc}{suffix}"
            if candidate.is_file():
                return candidate
    return None


def _dataset_version(gpaw: Any) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        packaged = version("gpaw-data")
    except PackageNotFoundError:
        packaged = ""
    # A user may point GPAW_SETUP_PATH at other data sets, which then come first.
    first = next((str(p) for p in gpaw.setup_paths if Path(p).is_dir()), "none")
    return packaged if packaged and "gpaw_data" in first else first
