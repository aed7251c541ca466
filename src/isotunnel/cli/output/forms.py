"""What a command can write, and what its user wants written."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from isotunnel.cli.groups import option
from isotunnel.cli.output.places import Target, check_folder, check_writable, target_of
from isotunnel.errors import InputError


@dataclass(frozen=True)
class Forms:
    """What a command can write; an option group.

    Attributes:
        more: forms besides JSON and CSV, by the ending of their files.
        default: forms written into the current folder where the user says nothing.
        figures: whether there are figures to draw.
    """

    more: tuple[str, ...] = ()
    default: tuple[str, ...] = ()
    figures: bool = False

    @property
    def all(self) -> tuple[str, ...]:
        """Every form by its ending."""
        return (*self.more, "csv", "json")

    def parameters(self) -> list[inspect.Parameter]:
        """The options of the scheme."""
        endings = ", ".join(f".{form}" for form in self.all)
        where = f"Write this file ({endings}), or every form into this folder; may be repeated." + (
            " Default: " + self._default_words() + " in this folder." if self.default else ""
        )
        found = [
            option(
                "output",
                Annotated[
                    list[str] | None,
                    typer.Option("--output", "-o", metavar="DIR_OR_FILE", help=where),
                ],
            )
        ]
        if self.figures:
            found.append(
                option(
                    "figures",
                    Annotated[
                        str | None,
                        typer.Option(
                            "--figures", metavar="DIR", help="Write figures there, PNG and SVG."
                        ),
                    ],
                )
            )
        flags = (
            ("no_files", "Write no files."),
            ("csv", "CSV on stdout."),
            ("json", "One JSON document on stdout."),
        )
        for name, words in flags:
            kind = Annotated[bool, typer.Option("--" + name.replace("_", "-"), help=words)]
            found.append(option(name, kind, False))
        return found

    def _default_words(self) -> str:
        return " and ".join(f"NAME.{form}" for form in self.default)

    def build(self, values: dict[str, Any], from_file: frozenset[str]) -> Output:
        """The user's choice, after a look at the places.

        Raises:
            InputError: options contradict each other, or a place cannot be written to.
        """
        json, csv, no_files = values["json"], values["csv"], values["no_files"]
        paths, figures = values["output"] or [], values.get("figures")
        # What a file says gives way to what the command line asks for.
        if csv and json and from_file & {"csv", "json"}:
            csv, json = "csv" not in from_file, "json" not in from_file
        if "no_files" in from_file and {"output", "figures"} - from_file and (paths or figures):
            no_files = False
        if csv and json:
            raise InputError("give either --csv or --json, one of the two, for stdout")
        if no_files and (paths or figures):
            asked = "--output" if paths else "--figures"
            raise InputError(f"--no-files and {asked} contradict each other; give one of them")
        targets = tuple(target_of(text, self.all) for text in paths)
        for target in targets:
            check_writable(target.path, "--output", folder=target.folder)
        folder = None if figures is None else check_folder(figures, "--figures")
        if self.default and not (targets or no_files):
            check_writable(Path.cwd(), "the current folder", folder=True)
        return Output(self, json, csv, targets, folder, no_files)


@dataclass(frozen=True)
class Output:
    """The user's choice.

    Attributes:
        forms: what there is to choose from.
        json: one document on stdout.
        csv: a table on stdout.
        targets: files and folders to write.
        figures: folder for figures, None for none.
        no_files: write none.
    """

    forms: Forms = Forms()
    json: bool = False
    csv: bool = False
    targets: tuple[Target, ...] = ()
    figures: Path | None = None
    no_files: bool = True

    @property
    def writes_files(self) -> bool:
        """Whether any file is to be written, figures aside."""
        return bool(self.targets or (self.forms.default and not self.no_files))

    @property
    def single_files(self) -> tuple[Path, ...]:
        """Files that the user named, which can hold one result only."""
        return tuple(t.path for t in self.targets if not t.folder)

    def wanted_forms(self) -> frozenset[str]:
        """Endings of the files to be written."""
        if not self.targets:
            return frozenset(() if self.no_files else self.forms.default)
        return frozenset(f for t in self.targets for f in (t.forms))


NOTHING = Output()
"""Default of the parameter; typer's side always builds another."""
