"""Settings and versions as a person reads them: no None, no braces, no True."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

DEFAULT = "default"
_LONGEST = 400


def settings_in_words(settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name and value of each setting; those of a mapping one by one, behind its name."""
    return list(_pairs(settings))


def _pairs(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in settings.items():
        label = str(name).replace("_", " ")
        if isinstance(value, Mapping) and value:
            for part, words in _pairs(value):
                yield f"{label}: {part}", words
        else:
            yield label, in_words(value)


def in_words(value: Any) -> str:
    """A value in one line: "yes", "no", "default" for nothing; long lists are cut."""
    if value is None or (isinstance(value, Mapping | list | tuple) and not value):
        return DEFAULT
    if isinstance(value, bool | np.bool_):
        words = "yes" if value else "no"
    elif isinstance(value, Mapping):
        words = ", ".join(f"{k}: {in_words(v)}" for k, v in value.items())
    elif isinstance(value, list | tuple | np.ndarray):
        words = ", ".join(in_words(v) for v in value)
    elif isinstance(value, float | np.floating):
        words = f"{value:.6g}"
    else:
        words = str(value)
    return words if len(words) <= _LONGEST else words[:_LONGEST] + " …"
