"""Characters that the terminal's encoding lacks, as near ones that it has."""

from __future__ import annotations

import codecs
import unicodedata

_NEAR = str.maketrans(
    {
        "±": "+-",
        "–": "-",
        "—": "-",
        "−": "-",
        "…": "~",
        "×": "x",
        "·": ".",
        "→": ">",
        "’": "'",
        "‘": "'",
    }
)


def register_plain() -> str:
    """Register the error handler of streams; its name, for ``stream.reconfigure(errors=...)``.

    Only what cannot be encoded is replaced, one character for each, so that tables stay aligned:
    dashes by ``-``, accents and raised digits by the plain character, all else by ``?``. Of ``±``
    no single character would keep the meaning: ``+-``.
    """
    codecs.register_error("isotunnel.plain", _plain)
    return "isotunnel.plain"


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_near(character) for character in lost), error.end


def _near(character: str) -> str:
    near = character.translate(_NEAR)
    if not near.isascii():
        near = unicodedata.normalize("NFKD", near)[0]
    return near if near.isascii() else "?"
