"""Templates of the pages, filled in: what a template is handed is escaped, unless it says safe."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from isotunnel.report import text
from isotunnel.report.page.register_words import linked, raised

if TYPE_CHECKING:
    from jinja2 import Environment


def fill(template: str, **values: object) -> str:
    """The HTML of a template in ``report/templates``; a name that it lacks is an error."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("isotunnel.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Numbers come from any array: what a template asks of them is in one place.
    environment.filters |= {
        "number": text.number,
        "with_error": text.with_error,
        "short_engine": text.short_engine,
        "is_finite": math.isfinite,
        "raised": raised,
        "linked": linked,
    }
    return environment
