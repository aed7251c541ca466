"""Reads the Sphinx roles of our docstrings as Markdown when the documentation is built.

The docstrings say ``:class:`~isotunnel.fields.field.Field``` so that editors can follow them;
Markdown would print that as it stands.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

_ROLE = re.compile(r":(?:class|func|meth|mod|data|attr|exc):`~?([^`]+)`")
_MATH = re.compile(r":math:`([^`]+)`")
_BLOCK = re.compile(r"::(\s*\n)")


class DocstringRoles(griffe.Extension):
    """Turns roles into code spans and ``::`` blocks into Markdown code blocks."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite the docstring of every object as it is loaded."""
        if obj.docstring is None:
            return
        text = _ROLE.sub(lambda role: f"`{role[1].rpartition('.')[2]}`", obj.docstring.value)
        text = _MATH.sub(r"`\1`", text)
        obj.docstring.value = _BLOCK.sub(r":\1", text)
