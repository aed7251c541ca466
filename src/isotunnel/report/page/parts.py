"""Building blocks of the page: tables, folded explanations. Callers escape what they pass in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from isotunnel.report.text import esc


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """A table of ready HTML cells; it scrolls sideways where the screen is narrow."""
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "".join(
        '<tr><th scope="row">'
        + row[0]
        + "</th>"
        + "".join(f"<td>{c}</td>" for c in row[1:])
        + "</tr>"
        for row in rows
    )
    words = f"<caption>{caption}</caption>" if caption else ""
    return (
        f'<div class="wide"><table>{words}<thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def explanation(question: str, *paragraphs: str) -> str:
    """An explanation that is folded away until it is asked for."""
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f"<details><summary>{question}</summary>{body}</details>"


def section(identifier: str, title: str, *content: str) -> str:
    """A section with a heading; nothing where there is no content."""
    body = "".join(content)
    if not body:
        return ""
    return f'<section id="{identifier}"><h2>{title}</h2>{body}</section>'


def bullets(items: Iterable[str]) -> str:
    """A list of plain texts, escaped here; nothing where there is none."""
    lines = "".join(f"<li>{esc(item)}</li>" for item in items)
    return f"<ul>{lines}</ul>" if lines else ""


def definitions(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values as a two-column list; ready HTML."""
    lines = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in pairs)
    return f'<dl class="facts">{lines}</dl>' if lines else ""
