"""What was asked of which code, as one name: the same question is answered once."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from isotunnel.versions import code_state

# The code of a running server is that of its start.
_code = cache(code_state)


def key_of(what: str, asked: Any) -> str:
    """64 hexadecimal digits; another key as soon as the code is another one."""
    content = json.dumps([what, asked, _code()], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()
