"""Throw cases at random at every command and every importer: `python tests/bench/fuzz.py [--cases N] [--from SEED]`.

Prints how many cases there were of each command and how they ended, and every case that ended as none may, with the
seed that makes it again (`--seed SEED`). What must hold after a case is said in `tests/fuzzing.py`. Cases run in
batches, each in a process of its own: one that takes the process along is found like any other.
"""

from __future__ import annotations

import argparse
import json
import resource
import signal
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

import fuzzing

PATIENCE = 20  # seconds that no case may take
MEMORY = 3 << 30  # bytes that no case may take
BATCH = 100


class Played(NamedTuple):
    """One case: its seed, what was typed, what was wrong."""

    seed: int
    argv: list[str]
    code: int | None
    fault: str


def play(seed: int) -> Played:
    """Play a case against the clock."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"longer than {PATIENCE} s")

    signal.signal(signal.SIGALRM, late)
    signal.alarm(PATIENCE)
    try:
        case, code, fault = fuzzing.play(seed)
    except Exception as found:
        return Played(seed, [], None, f"in the making: {traceback.format_exception_only(found)[-1].strip()}")
    finally:
        signal.alarm(0)
    return Played(seed, list(case.argv), code, fault)


def tell(seeds: range) -> None:
    """Play some cases, one after the other, a line of JSON for each."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for seed in seeds:
        print(json.dumps(play(seed)), flush=True)


def batch(seeds: range) -> list[Played]:
    """Some cases in a process of their own."""
    asked = [sys.executable, __file__, "--batch", "--from", str(seeds.start), "--cases", str(len(seeds))]
    done = subprocess.run(asked, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    found = [Played(*json.loads(line)) for line in done.stdout.splitlines()]
    if len(found) < len(seeds):
        found.append(Played(seeds[len(found)], [], None, f"the process ended with {done.returncode}"))
        found += batch(seeds[len(found) :]) if len(found) < len(seeds) else []
    return found


def played(first: int, count: int) -> Iterator[Played]:
    """All cases, on two processors."""
    pieces = [range(at, min(at + BATCH, first + count)) for at in range(first, first + count, BATCH)]
    with ThreadPoolExecutor(2) as pool:
        yield from chain.from_iterable(pool.map(batch, pieces))


def report(cases: Iterator[Played]) -> bool:
    """Print how cases ended; whether all ended as they may."""
    begin, count, faults = monotonic(), 0, 0
    commands: Counter[str] = Counter()
    codes: Counter[int | None] = Counter()
    for one in cases:
        count += 1
        commands[one.argv[0] if one.argv and one.argv[0] in fuzzing.NAMES else "(none)"] += 1
        codes[one.code] += 1
        if one.fault:
            faults += 1
            print(f"seed {one.seed}: {one.fault[:300]!r}\n    {[word[:60] for word in one.argv]}", flush=True)
    print(f"\n{count} cases in {monotonic() - begin:.0f} s, {faults} ended as none may")
    print("by command:", ", ".join(f"{name} {n}" for name, n in commands.most_common()))
    print("by exit code:", ", ".join(f"{code} {n}" for code, n in codes.most_common()))
    return not faults


def main() -> int:
    """Run the bench; 1 if any case ended as none may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--seed", type=int, help="this case alone")
    parser.add_argument("--batch", action="store_true", help="tell each case as JSON")
    asked = parser.parse_args()
    if asked.seed is not None:
        print(*fuzzing.play(asked.seed), sep="\n")
    elif asked.batch:
        tell(range(asked.first, asked.first + asked.cases))
    else:
        return not report(played(asked.first, asked.cases))
    return 0


if __name__ == "__main__":
    sys.exit(main())
