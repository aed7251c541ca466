"""Write the shapes of the JSON documents as TypeScript, for the web lab's page.

    python scripts/make_frontend_types.py [--check]

One module per module of ``isotunnel.schemas``, into ``frontend/app/documents``. With --check
nothing is written; the exit status is 1 where a module is not what the shapes make.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from typing_extensions import is_typeddict

from isotunnel import schemas
from isotunnel.schemas import meanings, shapes

TARGET = Path(__file__).parents[1] / "frontend" / "app" / "documents"
PLAIN = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    NoneType: "null",
    object: "unknown",
}


def modules() -> dict[str, str]:
    """The text of each module, by its name."""
    public = [getattr(schemas, name) for name in schemas.__all__]
    every = {part for whole in filter(is_typeddict, public) for part in shapes(whole)}
    by_module: dict[str, list[Any]] = {}
    for shape in every:
        by_module.setdefault(_module(shape), []).append(shape)
    return {name: _text(name, found) for name, found in sorted(by_module.items())}


def _text(name: str, found: list[Any]) -> str:
    ordered = sorted(found, key=lambda shape: str(shape.__name__))
    others = sorted({_module(p) for s in found for p in shapes(s)} - {name})
    lines = [
        f"// Made from isotunnel/schemas/{name}.py by scripts/make_frontend_types.py.",
        "",
    ]
    lines += [
        f'import type * as {other} from "./{other}.ts";' for other in others if _names(found, other)
    ]
    for shape in ordered:
        lines += ["", *_interface(shape, name)]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _names(found: list[Any], other: str) -> bool:
    return any(f"{other}." in _type(h, "") for s in found for h in get_type_hints(s).values())


def _interface(shape: Any, module: str) -> Iterator[str]:
    yield f"export interface {shape.__name__} {{"
    known = meanings(shape)
    for key, hint in get_type_hints(shape).items():
        unit, meaning = known[key]
        words = " ".join(f"{meaning} ({unit})".split() if unit else meaning.split())
        if words:
            yield f"  /** {words.replace('*/', '* /')} */"
        optional = "?" if key in shape.__optional_keys__ else ""
        yield f"  {key}{optional}: {_type(hint, module)};"
    yield "}"


def _type(hint: Any, module: str) -> str:
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _type(inside[0], module)
    if origin in (Union, UnionType):
        return " | ".join(dict.fromkeys(_type(kind, module) for kind in inside))
    if origin is Literal:
        return " | ".join(
            f'"{value}"' if isinstance(value, str) else str(value) for value in inside
        )
    if origin is list:
        item = _type(inside[0], module)
        return f"({item})[]" if " | " in item else f"{item}[]"
    if origin is dict:
        key, value = (_type(part, module) for part in inside)
        partial = get_origin(inside[0]) is Literal
        return f"Partial<Record<{key}, {value}>>" if partial else f"Record<{key}, {value}>"
    if is_typeddict(hint):
        home = _module(hint)
        return hint.__name__ if home == module else f"{home}.{hint.__name__}"
    return PLAIN.get(hint, "unknown")


def _module(shape: Any) -> str:
    return str(shape.__module__.rpartition(".")[2])


def stale() -> list[str]:
    """Modules that are not what the shapes make."""
    wanted = {f"{name}.ts": text for name, text in modules().items()}
    have = {path.name: path.read_text("utf-8") for path in TARGET.glob("*.ts")}
    return sorted(n for n in {*wanted, *have} if wanted.get(n) != have.get(n))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        found = stale()
        print("\n".join(found), end="\n" if found else "")
        return 1 if found else 0
    TARGET.mkdir(parents=True, exist_ok=True)
    for path in TARGET.glob("*.ts"):
        path.unlink()
    for name, text in modules().items():
        (TARGET / f"{name}.ts").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
