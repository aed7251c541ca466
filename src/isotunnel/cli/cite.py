"""``isotunnel cite``: what to cite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_text, deliver

EXAMPLES = """
Examples:

    isotunnel cite

    isotunnel cite --json

    isotunnel cite H3S@200GPa
"""


def cite(
    crystal: Annotated[
        str | None, typer.Argument(help="Also the source of this named crystal.")
    ] = None,
    output: Annotated[Output, Forms()] = NOTHING,
) -> None:
    """List what to cite, grouped by what it is needed for."""
    from isotunnel.analysis.references import references
    from isotunnel.schemas import Cite, document

    groups = references(crystal)
    listed = [{"purpose": name, "references": found} for name, found in groups.items()]
    product = Product(
        name=f"{crystal}-cite" if crystal else "cite",
        show=lambda: _show(groups),
        json=lambda: document(Cite, {"groups": listed}),
        csv=lambda: csv_text(
            ("purpose", "reference"), ((name, r) for name, found in groups.items() for r in found)
        ),
    )
    deliver(output, product)


def _show(groups: Mapping[str, Sequence[object]]) -> None:
    from isotunnel.cli.show import console

    out = console()
    for purpose, found in groups.items():
        out.print(f"[bold]{purpose}[/bold]")
        for reference in found:
            out.print(f"  {reference}", soft_wrap=True, markup=False)
