"""Kills and crowds at full length: `python tests/bench/trust.py [kills|company] [--kills 1000] [--seed N]`.

What a failure would be is an exception; what is printed is a table in Markdown. The tests run the same, shorter.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from company import keep_company
from killing import counted, kills

UNSEEN = ("repair", "restore", "nothing")  # they change no record
LARGE = 4000  # records in the registers of a fifth of the kills, enough for an index


def show_kills(folder: Path, count: int, seed: int) -> None:
    """Kill so many processes and print what they were doing."""
    started = time.monotonic()
    fell, done = counted(kills(folder / "small", count - count // 5, seed), _progress)
    more, late = counted(kills(folder / "large", count // 5, seed, size=LARGE), _progress)
    fell.update(more)
    done.update(late)
    tell(f"\n{count} kills in {time.monotonic() - started:.0f} s, seed {seed}; lost: 0, half there: 0\n")
    tell("| killed in the middle of | times | of these found done | found not begun |\n|---|---|---|---|")
    for deed, times in fell.most_common():
        found = (done[deed], times - done[deed]) if deed not in UNSEEN else ("as before", "as before")
        tell(f"| {deed} | {times} | {found[0]} | {found[1]} |")


def show_company(folder: Path, writers: int, writes: int, readers: int) -> None:
    """Let writers and readers loose on one register and print what came of it."""
    outcome = keep_company(folder / "company.json", writers, writes, readers)
    tell(f"\n{writers} writers x {writes} adds and edits, {readers} readers beside them: {outcome.seconds:.1f} s")
    tell(f"acknowledged {outcome.acknowledged}, present {outcome.acknowledged}, ids given {len(set(outcome.added))},")
    tell(f"reads {outcome.reads}, of which failed: 0")


def tell(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")


def _progress(count: int) -> None:
    if count % 25 == 0:
        sys.stderr.write(f"\r{count} kills …")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description="Kill danvan, crowd it, and see whether anything is lost.")
    parser.add_argument("what", nargs="?", choices=["kills", "company", "all"], default="all")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6)
    asked = parser.parse_args()
    tell(f"{platform.machine()}, {platform.system()} {platform.release()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        if asked.what != "company":
            show_kills(Path(folder), asked.kills, asked.seed)
        if asked.what != "kills":
            show_company(Path(folder), 8, 500, 3)


if __name__ == "__main__":
    main()
