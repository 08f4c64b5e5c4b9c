"""How long danvan takes beside other ways of doing the same.

`python tests/bench/bench.py startup|append|report|questions|import|all`

The convention: contenders run in turns (A B C A B C …) as whole processes, so that whatever else the machine does
hits all of them alike; what counts are the ratios of medians within one run. Beside the wall clock stands the
processor time, which a busy machine disturbs less. The peak memory of a child is never less than that of this
process, so nothing big is imported or loaded here. Needs Linux or macOS, and the packages of danvan in the
environment of the Python it runs under.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

HERE = Path(__file__).parent
PYTHON = sys.executable
DANVAN = str(Path(sys.executable).parent / "danvan")
RUNS = 7
SIZES = (0, 50_000, 500_000)
PACKAGES = ("danvan", "typer", "rich", "tinydb", "msgspec")
INDEX = ".index"  # behind the name of a register
MEGABYTE = 1 << 20 if sys.platform == "darwin" else 1 << 10  # in the units of ru_maxrss
OWN_VARIABLES = ("DANVAN_", "PYTHON", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM", "LC_", "LANG")
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith(OWN_VARIABLES)}
ENVIRONMENT |= {"COLUMNS": "120", "LC_ALL": "C.UTF-8", "DANVAN_LANG": "en"}

BARE = """
import typer

app = typer.Typer()


@app.command()
def hello(name: str) -> None:
    print(f"Hello {name}")


app()
"""
RECORD = {
    "kind": "model",
    "date": "2023-02-10",
    "unit": "Phường An Bắc (mẫu)",
    "name": "Tổ dân phố không rác thải nhựa",
    "field": "culture",
    "holder": "collective",
    "status": "registered",
}
ADD_MODEL = (
    *("add-model", "Tổ dân phố không rác thải nhựa", "--unit", "Phường An Bắc (mẫu)"),
    *("--date", "2023-02-10", "--field", "culture", "--holder", "collective"),
)
TINYDB_INSERT = f"""
import sys
from tinydb import TinyDB

with TinyDB(sys.argv[1]) as db:
    print(db.table("records").insert({RECORD!r}))
"""
# Register.add in one process, by turns in each register; with the disk's part (fsync) and without it.
ADD_INSIDE = f"""
import datetime, json, sys, time
from pathlib import Path
from statistics import median
from danvan.records import Model
from danvan.store import Register
from danvan.store.file import disk

values = {RECORD!r}
del values["kind"]
record = Model(**(values | {{"date": datetime.date(2023, 2, 10)}}))
registers = [Register(Path(path), now=lambda: "2023-02-10T09:00:00+07:00", author="bench") for path in sys.argv[1:]]
real, found = disk.sync, {{path: [] for path in sys.argv[1:]}}
for sync in (real, lambda _file: None):
    disk.sync = sync
    taken = [[] for _ in registers]
    for turn in range(220):
        for register, times in zip(registers, taken):
            start = time.perf_counter()
            register.add(record)
            times.append(time.perf_counter() - start)
    for path, times in zip(sys.argv[1:], taken):
        found[path].append(median(times[20:]))
print(json.dumps(found))
"""


class Contender(NamedTuple):
    """One way of doing the work: its name, the command line, the exit code it must have, and what it needs before."""

    name: str
    command: Sequence[str]
    exit_code: int = 0
    prepare: Callable[[], object] = int


class Sample(NamedTuple):
    """What one run took: seconds of the wall clock, seconds of the processor, and peak memory in MB."""

    wall: float
    processor: float
    peak: float


def run(contender: Contender) -> Sample:
    """Run it once as a process of its own.

    Raises:
        RuntimeError: it did not end with the exit code it should.
    """
    contender.prepare()
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(contender.command, stdin=quiet, stdout=quiet, stderr=quiet, env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != contender.exit_code:
        raise RuntimeError(f"{contender.name} ended with {process.returncode}: {' '.join(contender.command)}")
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MEGABYTE)


def race(contenders: Sequence[Contender], runs: int) -> list[list[Sample]]:
    """`runs` samples of each contender, taken in turns after one run each that does not count."""
    samples: list[list[Sample]] = [[] for _ in contenders]
    for turn in range(runs + 1):
        for contender, taken in zip(contenders, samples, strict=True):
            sample = run(contender)
            if turn:
                taken.append(sample)
    return samples


def show(title: str, contenders: Sequence[Contender], samples: Sequence[Sequence[Sample]], base: int = 0) -> None:
    """One table; ratios are against the contender at `base`."""
    rows = []
    unit, unit_processor = (median(getattr(one, name) for one in samples[base]) for name in ("wall", "processor"))
    for contender, taken in zip(contenders, samples, strict=True):
        walls = [sample.wall for sample in taken]
        processor = median(sample.processor for sample in taken)
        spread = f"{_seconds(min(walls))} – {_seconds(max(walls))}"
        ratios = [f"{median(walls) / unit:.2f}×", f"{processor / unit_processor:.2f}×"]
        peak = median(sample.peak for sample in taken)
        rows.append(
            [contender.name, _seconds(median(walls)), spread, ratios[0], _seconds(processor), ratios[1], _memory(peak)]
        )
    heads = ["", "median", "fastest – slowest", "ratio", "processor", "ratio", "peak memory"]
    _table(f"{title} ({len(samples[0])} runs each, by turns)", heads, rows)


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [f"\n### {title}\n", f"| {' | '.join(heads)} |", "|---|" + "---:|" * (len(heads) - 1)]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    _say("\n".join(lines))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _memory(peak: float) -> str:
    """A peak in MB; a child inherits that of this process, below which nothing can be seen."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return f"{peak:.0f} MB" if peak > own * 1.01 else f"≤ {peak:.0f} MB"


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.0f} ms" if value >= 0.01 else f"{value * 1000:.2f} ms"


class Folder:
    """Where the registers and scripts of a run lie; what is there already is used again."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def script(self, name: str, text: str) -> str:
        """A script to run."""
        path = self.path / name
        path.write_text(text, "utf-8")
        return str(path)

    def register(self, records: int) -> Path:
        """A generated register: one year up to 50 000 records, ten years beyond."""
        path = self.path / f"register-{records}.json"
        if not path.exists():
            years = "2014..2023" if records > 50_000 else "2023"
            made = path.with_suffix(".part")
            made.unlink(missing_ok=True)
            generator = [PYTHON, str(HERE / "generate.py"), str(made), "--records", str(records), "--years", years]
            subprocess.run(generator, check=True)
            made.rename(path)
            index = Path(f"{made}{INDEX}")
            if index.exists():
                index.rename(f"{path}{INDEX}")
        return path

    def working_copy(self, records: int, name: str = "register") -> Path:
        """A copy of a generated register that may be written to."""
        path = self.path / f"{name}-{records}.copy.json"
        register = self.register(records)
        for suffix in ("", INDEX):  # with their times, by which danvan knows its own work
            if Path(f"{register}{suffix}").exists():
                shutil.copy2(f"{register}{suffix}", f"{path}{suffix}")
        return path

    def stock(self, records: int) -> Path:
        """The present records of a generated register as stock TinyDB keeps them."""
        path = self.path / f"stock-{records}.json"
        if not path.exists():
            # In a process of its own, as this one has to stay small.
            code = "import json, sys; json.dump({'records': json.load(open(sys.argv[1]))['records']}, sys.stdout)"
            with path.open("wb") as file:
                subprocess.run([PYTHON, "-c", code, str(self.register(records))], stdout=file, check=True)
        return path

    def database(self, records: int) -> Path:
        """The same records in SQLite."""
        path = self.path / f"register-{records}.sqlite"
        if not path.exists():
            made = path.with_suffix(".part")
            made.unlink(missing_ok=True)
            loader = [PYTHON, str(HERE / "sqlite_report.py"), "load", str(self.register(records)), str(made)]
            subprocess.run(loader, check=True)
            made.rename(path)
        return path


def startup(folder: Folder, runs: int) -> None:
    """Every command's start-up against a bare Typer program with one command."""
    bare = folder.script("bare.py", BARE)
    contenders = [
        Contender("bare Typer program", [PYTHON, bare, "World"]),
        Contender("bare Typer program, `--help`", [PYTHON, bare, "--help"]),
        Contender("`python -c pass`", [PYTHON, "-c", "pass"]),
        Contender("`danvan --version`", [DANVAN, "--version"]),
        Contender("`danvan --help`", [DANVAN, "--help"]),
        Contender("`danvan add-model --help`", [DANVAN, "add-model", "--help"]),
        Contender("`danvan report --help`", [DANVAN, "report", "--help"]),
        Contender("`danvan models --help`", [DANVAN, "models", "--help"]),
        Contender("`danvan edit --help`", [DANVAN, "edit", "--help"]),
        Contender("`danvan explain --help`", [DANVAN, "explain", "--help"]),
        Contender("`danvan import --help`", [DANVAN, "import", "--help"]),
        Contender("the Tab key (`danvan --complete`)", [DANVAN, "--complete", "fish", "models", "--status", ""]),
        Contender("`danvan nope`", [DANVAN, "nope"], exit_code=2),
    ]
    show("Start-up", contenders, race(contenders, max(runs, 3 * RUNS)))


def append(folder: Folder, runs: int) -> None:
    """Adding one record to registers of growing size, and the same with stock TinyDB."""
    new = folder.path / "new.json"
    copies = {size: folder.working_copy(size) for size in SIZES}
    contenders = [
        Contender(f"`danvan add-model`, {_sized(size)}", [DANVAN, *ADD_MODEL, "--db", str(copies[size])])
        for size in SIZES
    ]
    contenders.append(
        Contender(
            "`danvan add-model`, no register yet",
            [DANVAN, *ADD_MODEL, "--db", str(new)],
            prepare=partial(new.unlink, missing_ok=True),
        )
    )
    bare = folder.script("bare.py", BARE)
    contenders.append(Contender("bare Typer program", [PYTHON, bare, "World"]))
    show("One record added, whole process", contenders, race(contenders, max(runs, 3 * RUNS)))
    _inside(folder, copies)
    insert = folder.script("tinydb_insert.py", TINYDB_INSERT)
    rivals = [contenders[0], contenders[len(SIZES) - 1]]
    for size in SIZES:
        stock = folder.path / f"stock-{size}.copy.json"
        shutil.copyfile(folder.stock(size), stock)
        rivals.append(Contender(f"stock TinyDB insert, {_sized(size)}", [PYTHON, insert, str(stock)]))
    show("One record added, against stock TinyDB", rivals, race(rivals, runs))


def _inside(folder: Folder, copies: dict[int, Path]) -> None:
    script = folder.script("add_inside.py", ADD_INSIDE)
    paths = [str(path) for path in copies.values()]
    outcome = subprocess.run([PYTHON, script, *paths], env=ENVIRONMENT, stdout=subprocess.PIPE, check=True)
    found = json.loads(outcome.stdout)
    base = found[paths[0]]
    rows = []
    for size, path in copies.items():
        synced, unsynced = found[str(path)]
        ratios = f"{synced / base[0]:.2f}×", f"{unsynced / base[1]:.2f}×"
        rows.append([_sized(size), _seconds(synced), ratios[0], _seconds(unsynced), ratios[1]])
    title = "`Register.add` inside one process (medians of 200, by turns)"
    _table(title, ["", "on the disk", "ratio", "without fsync", "ratio"], rows)


def _sized(records: int) -> str:
    return f"{records:,} records".replace(",", " ")


def report(folder: Folder, runs: int) -> None:
    """The yearly report against SQLite, after a look that both give the same figures."""
    contenders = []
    for size in reversed(SIZES[1:]):
        register, database = folder.register(size), folder.database(size)
        rival = [PYTHON, str(HERE / "sqlite_report.py"), "report", str(database), "2023"]
        own = [DANVAN, "report", "2023", "--db", str(register)]
        _compare(own, rival)
        contenders.append(Contender(f"sqlite3 and Rich, {_sized(size)}", rival))
        contenders.append(Contender(f"`danvan report 2023`, {_sized(size)}", own))
    show("The report of 2023", contenders, race(contenders, runs))


def _compare(own: Sequence[str], rival: Sequence[str]) -> None:
    printed = [
        json.loads(subprocess.run([*command, "--json"], env=ENVIRONMENT, stdout=subprocess.PIPE, check=True).stdout)
        for command in (own, rival)
    ]
    rows = [row for section in printed[0]["sections"] for row in section["rows"]]
    figures = {row["measure"]: [row["value"], row["previous"]] for row in rows}
    unknown = [None, None]  # danvan leaves out most measures of which nothing is known
    different = {
        key: (figures.get(key), value) for key, value in printed[1].items() if figures.get(key, unknown) != value
    }
    if different:
        raise RuntimeError(f"danvan and SQLite differ: {different}")
    more = sorted(figures.keys() - printed[1].keys())
    if more:
        _say(f"\nMeasures that the SQLite script does not compute: {', '.join(more)}")


def machine() -> str:
    """The heading: what was measured on, and when."""
    names = Path("/proc/cpuinfo")
    lines = names.read_text("utf-8").splitlines() if names.exists() else []
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return "\n".join(
        [
            f"- {datetime.datetime.now().astimezone():%Y-%m-%d %H:%M %Z}, load before the run {load}",
            f"- {model}, {os.cpu_count()} processors, {memory:.0f} GB, {platform.platform(terse=True)}",
            f"- Python {platform.python_version()}; {packages}",
        ]
    )


def main() -> None:
    """Run what the command line asks for and print the tables as Markdown."""
    from imports import imports  # they take their tools from here
    from questions import questions

    work = {"startup": startup, "append": append, "report": report, "questions": questions, "import": imports}
    parser = argparse.ArgumentParser(description="Measure danvan against other ways of doing the same.")
    parser.add_argument("work", choices=(*work, "all"))
    parser.add_argument("--runs", type=int, default=RUNS, help=f"samples of each contender (at least {RUNS} to count)")
    parser.add_argument("--folder", type=Path, help="keep the generated registers here and use them again")
    asked = parser.parse_args()
    _say(machine())
    with tempfile.TemporaryDirectory(prefix="danvan-bench-") as scratch:
        path = asked.folder or Path(scratch)
        path.mkdir(parents=True, exist_ok=True)
        for name in work if asked.work == "all" else (asked.work,):
            work[name](Folder(path), asked.runs)


if __name__ == "__main__":
    main()
