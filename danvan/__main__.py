"""`python -m danvan`, and what the `danvan` command runs."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

from danvan import __version__

UNWRITTEN = 6  # the exit code of an answer that the disk did not take


def answered() -> int:
    """Answer `--version` and the Tab key at once; everything else goes through the command line.

    Returns:
        The exit code of the process.
    """
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"danvan {__version__}")  # noqa: T201 -- before any room is loaded, by intent
        return 0
    if sys.argv[1:2] == ["--complete"]:
        from danvan.completion import answer

        answer.run(sys.argv[2:])
        return 0
    gc.disable()  # one short run: looking for garbage costs more than the garbage
    from danvan.cli import main

    return main(sys.argv[1:])


def run() -> NoReturn:
    """Answer, and leave at once: taking the interpreter apart would take a sixth of the time of a report."""
    code = 0
    try:
        code = answered()
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError as fault:
        from danvan.errors import has_no_reader

        code = code if has_no_reader(fault) else code or UNWRITTEN
    os._exit(code)


if __name__ == "__main__":
    run()
