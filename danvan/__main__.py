"""`python -m danvan`, and what the `danvan` command runs."""

from __future__ import annotations

import gc
import sys

from danvan import __version__


def run() -> None:
    """Answer `--version` and the Tab key at once; everything else goes through the command line."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"danvan {__version__}")  # noqa: T201 -- before any room is loaded, by intent
        return
    if sys.argv[1:2] == ["--complete"]:
        from danvan.completion import answer

        answer.run(sys.argv[2:])
        return
    gc.disable()  # one short run: looking for garbage costs more than the garbage
    from danvan.cli import main

    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
