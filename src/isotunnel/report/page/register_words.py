"""Words of the register and sources of rows, taken apart for the templates that print them."""

from __future__ import annotations

import re
from typing import NamedTuple

from isotunnel.report.figures.claim.printed import printed

_POWER = re.compile(r"10\^([-\N{MINUS SIGN}+]?\d+(?:\.\d+)?)")
_DOI = re.compile(
    r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s;,\"'<>&]*[^\s;,\"'<>&.)])"
)
_URL = re.compile(r"https?://[^\s;,\"'<>&)]+[^\s;,\"'<>&.)]")


class Linked(NamedTuple):
    """A stretch of text and the link that follows it; the last has no link."""

    text: str
    href: str = ""
    shown: str = ""


def raised(plain: str) -> list[tuple[str, str]]:
    """Stretches of text, each with the power of ten that follows it, or "" at the end.

    Greek letters and units are put in place of what is typed for them.
    """
    texts = _POWER.split(printed(plain))
    return list(zip(texts[::2], [*texts[1::2], ""], strict=True))


def linked(source: str) -> list[Linked]:
    """A source, taken apart at its first DOI; where it has none, at its first address."""
    if found := _DOI.search(source):
        href, shown = f"https://doi.org/{found[1]}", f"doi:{found[1]}"
    elif found := _URL.search(source):
        href = shown = found[0]
    else:
        return [Linked(source)]
    return [Linked(source[: found.start()], href, shown), Linked(source[found.end() :])]
