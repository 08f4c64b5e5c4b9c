"""Imports beside `sqlite-utils insert --csv` of the same file: part of `bench.py`.

`sqlite-utils` is needed here alone and no extra brings it: `pip install sqlite-utils`. It stores each cell as it finds
it; danvan understands and checks each row, knows it again, and syncs the file.
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

from bench import DANVAN, HERE, PYTHON, Contender, Folder, race, show

SQLITE_UTILS = str(Path(sys.executable).parent / "sqlite-utils")
ROWS = 50_000
LONG = 10 * ROWS


def imports(folder: Folder, runs: int) -> None:
    """Files of receptions against `sqlite-utils`, which stores each cell as it finds it; the memory of a long one."""
    new, rival = folder.path / "new.json", folder.path / "new.sqlite"
    files = {ending: str(sheet(folder, ROWS, ending)) for ending in (".csv", ".xlsx")}
    insert = [SQLITE_UTILS, "insert", str(rival), "receptions", files[".csv"], "--csv"]
    away = {path: partial(remove, path, path.with_name(f"{path.name}.index")) for path in (rival, new)}
    contenders = [Contender("`sqlite-utils insert --csv`", insert, prepare=away[rival])]
    for ending, file in files.items():
        command = [DANVAN, "import", file, "--db", str(new)]
        contenders.append(Contender(f"`danvan import`, {ending[1:].upper()}", command, prepare=away[new]))
    show(f"{ROWS:,} rows imported".replace(",", " "), contenders, race(contenders, runs))
    long = str(sheet(folder, LONG, ".csv"))
    contenders = [
        Contender("`sqlite-utils insert --csv`", [*insert[:4], long, "--csv"], prepare=away[rival]),
        Contender("`danvan import`, CSV", [DANVAN, "import", long, "--db", str(new)], prepare=away[new]),
        Contender("`danvan import`, CSV, once more", [DANVAN, "import", long, "--db", str(new)]),
    ]
    show(f"{LONG:,} rows imported".replace(",", " "), contenders, race(contenders, min(runs, 3)))


def remove(*paths: Path) -> None:
    """Take files away, if they are there."""
    for path in paths:
        path.unlink(missing_ok=True)


def sheet(folder: Folder, records: int, ending: str) -> Path:
    """A file of receptions as units send it: ".csv" or ".xlsx"."""
    path = folder.path / f"receptions-{records}{ending}"
    if not path.exists():
        # In a process of its own, as the bench has to stay small.
        made = path.with_stem(f"{path.stem}.part")
        subprocess.run([PYTHON, str(HERE / "sheets.py"), str(made), "--records", str(records)], check=True)
        made.rename(path)
    return path
