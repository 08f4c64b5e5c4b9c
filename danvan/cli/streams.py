"""Standard output and standard error, made fit for Vietnamese before anything is said.

The convention: into a pipe or a file goes UTF-8 with line feeds, on every system the same bytes as with `-o FILE`.
Where a code page is asked for (PYTHONIOENCODING, a locale, an old console), what it lacks is written as near as it can
be: Windows-1258 with its marks behind the letters, others without accents; and only then is it said that something is
missing.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Callable
from functools import partial

NEAR = {"đ": "d", "Đ": "D", "…": "...", "→": "->", "≥": ">=", "≤": "<=", "−": "-", "·": "-", "₫": "d", "⚠": "!"}
NEAR |= (
    dict.fromkeys("─–—▁▂▃▄", "-") | dict.fromkeys("█▅▆▇", "#") | dict.fromkeys("“”„", '"') | dict.fromkeys("‘’", "'")
)
ASCII = "danvan_ascii"
TONES = "\u0300\u0301\u0303\u0309\u0323"
VIRTUAL_TERMINAL = 0x4  # ENABLE_VIRTUAL_TERMINAL_PROCESSING
OUTPUT, ERROR = -11, -12  # STD_OUTPUT_HANDLE, STD_ERROR_HANDLE
lost: list[str] = []  # encodings that could not hold all of what was written


def prepare() -> None:
    """See to it that whatever is written can be read."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            _prepare(stream)
    if sys.platform == "win32" and sys.stdout.isatty() and not (_obeys(OUTPUT) and _obeys(ERROR)):
        os.environ["TERM"] = "dumb"  # colours would be told as they are spelled


def tell_losses(notice: Callable[..., None]) -> None:
    """Say once, if letters could not be written, how to have them."""
    if lost:
        notice("encoding", encoding=lost[0])
        lost.clear()  # the hint itself may lack letters


def _prepare(stream: io.TextIOWrapper) -> None:
    if sys.platform == "win32" and not (stream.isatty() or os.environ.get("PYTHONIOENCODING")):
        stream.reconfigure(encoding="utf-8", newline="\n")
    try:
        "ệ…─".encode(stream.encoding)
    except UnicodeEncodeError:
        encoding = stream.encoding
        name = f"danvan.{encoding}"
        codecs.register_error(name, partial(_readable, encoding=encoding))
        if codecs.lookup(encoding).name == "ascii":  # where a stream says so, Typer writes UTF-8 all the same
            codecs.register(_ascii_by_another_name)
            encoding = ASCII
        stream.reconfigure(encoding=encoding, errors=name)


def _ascii_by_another_name(name: str) -> codecs.CodecInfo | None:
    if name != ASCII:
        return None
    known = codecs.lookup("ascii")
    return codecs.CodecInfo(
        known.encode,
        known.decode,
        incrementalencoder=known.incrementalencoder,
        incrementaldecoder=known.incrementaldecoder,
        name=ASCII,
    )


def _readable(fault: UnicodeError, encoding: str) -> tuple[str, int]:
    """What stands for characters that an encoding lacks; see `codecs.register_error`."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    return "".join(_near(c, encoding) for c in fault.object[fault.start : fault.end]), fault.end


def _near(character: str, encoding: str) -> str:
    """The nearest to a character that an encoding has."""
    from unicodedata import normalize

    letters = normalize("NFD", character)
    base, marks = letters[0], letters[1:]
    tones = "".join(mark for mark in marks if mark in TONES)
    shape = normalize("NFC", base + "".join(mark for mark in marks if mark not in TONES))
    whole = shape + tones
    for attempt in (whole, shape, base, NEAR.get(base, "?")):
        try:
            attempt.encode(encoding)
        except UnicodeEncodeError:
            continue
        if character.isalpha() and attempt != whole:
            lost.append(encoding)
        return attempt
    return "?"


def _obeys(number: int) -> bool:
    """Whether a console of Windows obeys control sequences, now that it is asked to."""
    if sys.platform != "win32":
        return True
    import ctypes

    kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
    handle = ctypes.c_void_p(kernel.GetStdHandle(number))
    if not kernel.GetConsoleMode(handle, ctypes.byref(mode)):
        return True  # no console: what goes there is nobody's screen
    return bool(kernel.SetConsoleMode(handle, mode.value | VIRTUAL_TERMINAL))
