"""Files that a command line names to be read whole: ordinary ones only, for a device may never end."""

from __future__ import annotations

from pathlib import Path

from danvan.errors import FileFault

MOST = 100 << 20  # bytes; what people write and lay out by hand is far smaller


def content_of(path: Path) -> bytes:
    """All of a file.

    Raises:
        FileFault: it is not there, no ordinary file, too large, or cannot be read.
    """
    if path.exists() and not path.is_file():
        raise FileFault("no_file", path=path)
    try:
        if path.stat().st_size > MOST:
            raise FileFault("too_large", path=path, limit=MOST >> 20)
        return path.read_bytes()
    except OSError as fault:
        raise FileFault.of("unreadable", path, fault) from fault
