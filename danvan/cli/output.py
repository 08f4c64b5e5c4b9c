"""Where an answer goes: to standard output, or with `-o` into a file of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from danvan.cli.options import offers
from danvan.errors import FileFault, Invalid, Refused, given_for
from danvan.formatting.choosing import chosen
from danvan.formatting.texts import checked
from danvan.places import at
from danvan.session import Session

OutputFile = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="option.output", rich_help_panel="output")
]
Force = Annotated[bool, typer.Option("--force", help="option.force", rich_help_panel="output")]

# The format that the ending of a file's name asks for; ".txt" asks for the plainest.
ENDINGS = {
    ".md": "markdown",
    ".htm": "html",
    **{f".{name}": name for name in ("csv", "json", "jsonl", "html", "svg", "xlsx", "docx")},
}


def format_option(formats: Sequence[str]) -> Any:
    """`--format`, of a command that answers in `formats`."""
    return typer.Option(
        "--format", metavar="FORMAT", help=offers("option.format", "format", formats), rich_help_panel="output"
    )


def deliver(session: Session, answer: str | bytes, output: str | None, force: bool, *, is_sheet: bool = False) -> None:
    """Print an answer, or write it to the file `output` for its owner's eyes only, all of it or nothing.

    Args:
        is_sheet: whether spreadsheets open the file, which take its letters for what they are behind a mark only.

    Raises:
        Invalid, Refused: see `target`.
        FileFault: the file cannot be written.
    """
    path = target(session, answer, output, force)
    if path is None:
        typer.echo(answer, nl=isinstance(answer, str) and bool(answer))
        return
    made = [folder for folder in path.parents if not folder.exists()]
    if isinstance(answer, str):
        answer = f"{answer}\n".encode("utf-8-sig" if is_sheet else "utf-8") if answer else b""
    _write(Path(os.path.realpath(path)), answer)
    if made:  # a folder misspelt would be looked for in vain
        session.notice("written_anew", path=path, folder=made[-1])
    else:
        session.notice("written", path=path)


def target(session: Session, answer: str | bytes, output: str | None, force: bool) -> Path | None:
    """The file that an answer goes to; None where that is standard output, which "-" stands for as well.

    Raises:
        Invalid: bytes would go to a terminal, or the name is none.
        Refused: the file exists and may not be overwritten, is the register itself, or a folder or device.
    """
    if output in (None, "-"):
        if isinstance(answer, bytes) and sys.stdout.isatty():
            raise Invalid("binary_terminal")
        return None
    with given_for("-o"):
        path = at(checked(output))
    if any(os.path.realpath(path) == os.path.realpath(one) or _is_same(path, one) for one in session.paths):
        raise Refused("output_is_register", path=str(path))
    if path.exists() and not path.is_file():
        raise Refused("output_is_directory" if path.is_dir() else "output_is_device", path=str(path))
    if (path.exists() or path.is_symlink()) and not force:
        raise Refused("output_exists", path=str(path))
    return path


def _is_same(path: Path, other: Path) -> bool:
    """Whether two names stand for one file, as hard links do."""
    return path.exists() and other.exists() and path.samefile(other)


def format_of(session: Session, text: str | None, output: str | None, formats: Sequence[str]) -> str:
    """The format of an answer: the one asked for, or that of the file's name, or JSON where `--json` asks for it.

    Raises:
        Invalid: the command, one that can answer in `formats`, the first by itself, has no such format.
    """
    if text:
        return chosen(text, formats, "--format", "format")
    ending = Path(output).suffix.casefold() if output else ""
    known = {ending: format for ending, format in ENDINGS.items() if format in formats}
    known[".txt"] = "text" if "text" in formats else formats[0]
    if ending not in known and (session.json or not ending):
        return "json" if session.json else formats[0]
    if ending not in known:
        raise Invalid("ending", value=ending, choices=", ".join(known), where="-o")
    return known[ending]


def _write(path: Path, data: bytes) -> None:
    from danvan.store.file import disk  # only where a file is written

    try:
        disk.put(path, data)
    except OSError as fault:
        raise FileFault.of("write_failed", path, fault) from fault
