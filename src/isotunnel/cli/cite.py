"""``isotunnel cite``: what to cite."""

from __future__ import annotations

from typing import Annotated

import typer

from isotunnel.cli.options import JsonOption

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
    json: JsonOption = False,
) -> None:
    """List what to cite, grouped by what it is needed for."""
    from isotunnel.analysis.references import references
    from isotunnel.cli.show import console, print_json
    from isotunnel.schemas import Cite, document

    groups = references(crystal)
    if json:
        listed = [{"purpose": name, "references": found} for name, found in groups.items()]
        print_json(document(Cite, {"groups": listed}))
        return
    out = console()
    for purpose, found in groups.items():
        out.print(f"[bold]{purpose}[/bold]")
        for reference in found:
            out.print(f"  {reference}", soft_wrap=True, markup=False)
