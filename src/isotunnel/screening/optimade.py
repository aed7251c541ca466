"""Crystals of a database that answers OPTIMADE, page by page.

The address is that of its structures with a filter, as in
``https://optimade.example.org/v1/structures?filter=elements HAS "Nb" AND nelements=2``. See
C. W. Andersen et al., Sci. Data 8, 217 (2021), and the specification, versions 1.0 to 1.2.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit
from urllib.request import Request, urlopen

from isotunnel.errors import FileFormatError, InputError

if TYPE_CHECKING:
    from isotunnel.screening.one_crystal import CrystalInput

_ADDRESS = re.compile(r"https?://\S+/structures(\?|$)")
_FIELDS = "lattice_vectors,cartesian_site_positions,species_at_sites,species"
_PAGE = 100
_TRIES = 4
_WAIT_S = 2.0
_PATIENCE_S = 60.0
_MOST_BYTES = 256 << 20


def is_address(text: str) -> bool:
    """Whether a text is the address of a database's structures."""
    return bool(_ADDRESS.match(text))


def structures_of(address: str) -> Iterator[CrystalInput]:
    """Every structure that the filter finds; partly occupied ones with their problem.

    Raises:
        InputError: the database does not answer, or refuses the filter.
        FileFormatError: the answer is no OPTIMADE; what came before it was given.
    """
    from isotunnel.screening.one_crystal import CrystalInput

    host = urlsplit(address).netloc
    following: str | None = _asking(address, _PAGE)
    while following:
        page = _answer(following)
        for entry in page["data"]:
            payload, problem = _content(entry)
            yield CrystalInput(f"{host}/{entry.get('id')}", payload, not problem, problem)
        following = _next(page, following)


def count_of(address: str) -> int:
    """How many structures the database says that the filter finds.

    Raises:
        InputError, FileFormatError: as of :func:`structures_of`; also where it does not say.
    """
    meta = _answer(_asking(address, 1)).get("meta") or {}
    if not isinstance(meta.get("data_returned"), int):
        raise FileFormatError(f"{address}: does not say how many structures there are")
    return int(meta["data_returned"])


def _asking(address: str, page: int) -> str:
    """The address with what is wanted of each structure; what the user gave stays."""
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    asked = {"page_limit": str(page), "response_fields": _FIELDS, **asked}
    return urlunsplit(parts._replace(query=urlencode(asked, quote_via=quote)))


def _answer(address: str) -> Mapping[str, Any]:
    for left in reversed(range(_TRIES)):
        try:
            asked = Request(address, headers={"Accept": "application/vnd.api+json"})
            with urlopen(asked, timeout=_PATIENCE_S) as stream:
                text = stream.read(_MOST_BYTES)
            break
        except HTTPError as error:
            if error.code < 500 and error.code != 429:
                said = _said(error.read(10_000))
                raise InputError(f"{address}: refused ({error.code}{said})") from None
            trouble = str(error)
        except (URLError, OSError) as error:
            trouble = str(getattr(error, "reason", error))
        if not left:
            raise InputError(f"{address}: no answer ({trouble}); run again to go on")
        time.sleep(_WAIT_S * 2 ** (_TRIES - 1 - left))
    try:
        page: Mapping[str, Any] = json.loads(text)
        if isinstance(page["data"], list):
            return page
    except (ValueError, KeyError, TypeError):
        pass
    raise FileFormatError(f"{address}: the answer is no OPTIMADE list of structures")


def _said(body: bytes) -> str:
    """The reason that a refusal gives, if it is OPTIMADE's."""
    try:
        return f": {json.loads(body)['errors'][0]['detail']}"
    except (ValueError, KeyError, TypeError, IndexError):
        return ""


def _next(page: Mapping[str, Any], address: str) -> str | None:
    """Address of the next page: a text, or an object with one, on the same host."""
    link = (page.get("links") or {}).get("next")
    if isinstance(link, Mapping):
        link = link.get("href")
    if not link:
        return None
    following = urljoin(address, str(link))
    if urlsplit(following).scheme not in ("http", "https"):
        raise FileFormatError(f"{address}: the next page is at {following}, which is no address")
    return following


def _content(entry: Mapping[str, Any]) -> tuple[bytes, str]:
    """The structure as a dataset holds it, and why there is none."""
    import numpy as np

    from isotunnel.crystal.elements import atomic_number

    try:
        told = entry["attributes"]
        cell = np.array(told["lattice_vectors"], dtype=float)
        places = np.array(told["cartesian_site_positions"], dtype=float)
        symbols = {s["name"]: _element(s) for s in told["species"]}
        numbers = [atomic_number(symbols[name]) for name in told["species_at_sites"]]
        if cell.shape != (3, 3) or places.shape != (len(numbers), 3):
            raise ValueError("not a cell and a place for each atom")
        fractional = (places @ np.linalg.inv(cell)).tolist()
    except (KeyError, TypeError, ValueError, np.linalg.LinAlgError) as error:
        return b"", f"the database's structure cannot be used ({error})"
    structure = {"cell": cell.tolist(), "numbers": numbers, "positions": fractional}
    return json.dumps(structure).encode(), ""


def _element(species: Mapping[str, Any]) -> str:
    symbols = species["chemical_symbols"]
    if len(symbols) != 1 or abs(float(species["concentration"][0]) - 1.0) > 1e-6:
        raise ValueError(f"partial occupancy of {'/'.join(map(str, symbols))}")
    return str(symbols[0])
