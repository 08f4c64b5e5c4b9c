"""A text handed to the person's own editor, in a private folder that is gone afterwards."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from danvan.errors import Refused

FALLBACKS = ("notepad",) if sys.platform == "win32" else ("sensible-editor", "editor", "nano", "vim", "vi")
AT_ONCE = 2.0  # seconds in which nobody edits anything


def edited(text: str, name: str, opening: Callable[[str], None], finished: Callable[[], None]) -> str:
    """The text as the person left it.

    The file is readable by its owner only (0600 in a folder of 0700, so that what an editor puts beside it is as
    private) and removed whatever happens.

    Args:
        opening: is told the name of the editor before it opens.
        finished: comes back when the person has finished. On Windows an editor may hand the file over to a window that
            is open already, and end at once.

    Raises:
        Refused: there is no editor, the one that is named is not there, or it ended with an error.
    """
    command = _command()
    opening(_name(command[0]))
    folder = Path(tempfile.mkdtemp(prefix="danvan-"))
    try:
        file = folder / name
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(text)
        before, began = file.read_bytes(), monotonic()
        _run([*command, str(file)])
        if sys.platform == "win32" and monotonic() - began < AT_ONCE and file.read_bytes() == before:
            finished()
        return _text_of(file.read_bytes()).replace("\r\n", "\n")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def set_aside(text: str, name: str) -> Path:
    """A file of its own for a text that an editor had and lost, readable by its owner only; nobody else removes it."""
    stem, _, ending = name.rpartition(".")
    number, path = tempfile.mkstemp(prefix=f"{stem}-", suffix=f".{ending}")
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(text)
    return Path(path)


def _text_of(data: bytes) -> str:
    """The text of a file as editors write it; what is neither UTF-8 nor UTF-16 has replacement characters."""
    is_wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    return data.decode("utf-16" if is_wide else "utf-8-sig", errors="replace")


def _command() -> list[str]:
    usual = next(filter(shutil.which, FALLBACKS), None)
    variable = next((name for name in ("VISUAL", "EDITOR") if os.environ.get(name, "").strip()), None)
    if variable:
        return _wished(variable, usual)
    if usual is None:
        raise Refused("no_editor", tried=", ".join(FALLBACKS))
    return [usual]


def _wished(variable: str, usual: str | None) -> list[str]:
    """The command that a variable names; `usual` is what would be taken without it."""
    wish = os.environ[variable].strip()
    try:
        words = shlex.split(wish, posix=sys.platform != "win32")
    except ValueError:  # a quote that is not closed
        words = [wish]
    program, *options = [word.strip('"') for word in words]
    found = shutil.which(program)  # what is a .cmd, Windows does not find by itself
    if found is None and usual is None:
        raise Refused("no_editor", tried=", ".join((wish, *FALLBACKS)))
    if found is None:
        raise Refused("editor_missing", variable=variable, editor=wish, usual=usual)
    return [found, *options]


def _name(program: str) -> str:
    """What an editor is called; an alternative of Debian ("editor") by what it stands for."""
    found = shutil.which(program)
    is_alias = Path(program).name in ("editor", "vi") and found
    name = Path(os.path.realpath(found) if is_alias and found else program).name
    return name.partition(".")[0]


def _run(command: list[str]) -> None:
    with _interruptions_left_to_the_editor():
        try:
            status = subprocess.call(command)
        except OSError as fault:
            raise Refused("editor_failed", editor=command[0]) from fault
    if status:
        raise Refused("editor_failed", editor=command[0])


@contextmanager
def _interruptions_left_to_the_editor() -> Iterator[None]:
    # Ctrl-C reaches every process of the terminal. A handler of ours is not inherited, "ignore" would be.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
