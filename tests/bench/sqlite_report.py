"""The rival: a Python script with sqlite3 and Rich that prints the same yearly report as danvan.

`sqlite_report.py load REGISTER DATABASE` fills tables from a register (not measured); `sqlite_report.py report
DATABASE YEAR [--json]` is what a careful programmer would write without danvan: one row a record, an index that
holds every column the report needs, and the sums left to SQL. It counts single records only, which is all that
the generator makes.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

THRESHOLD = 10
# The days on which a model reached a status, and the day from which it was at work no longer.
REACHED = ("running", "recognised", "exemplary", "awarded", "replicated")
EXITS = ("rejected", "stopped", "ended")
# What each report query reads, so that an index alone answers it.
INDEXES: Mapping[str, tuple[str, ...]] = {
    "model_date": ("date", "holder"),
    "model_running": ("running", "over"),
    **{f"model_{status}": (status,) for status in REACHED[1:]},
    "reception_date": ("date", "receiver", "people", "cases_first", "cases_repeat"),
    "audit_date": ("date", "type", "mode"),
}
CHECKED = ("total", "unannounced", "directed", "planned")
FOUND = (
    "violations",
    "recovery",
    "other_handling",
    "violations_land",
    "recovery_land",
    "other_land",
    "collectives",
    "individuals",
    "referred",
    "referred_cases",
    "referred_persons",
)
COUNTED = ("turns", "people", "cases_first", "cases_repeat", "groups", "group_people", "group_cases")

MODELS = """
SELECT count(*), total(holder = 'collective'), total(holder = 'individual')
FROM model WHERE date >= :begin AND date < :end
"""
RUNNING = "SELECT count(*) FROM model WHERE running < :end AND (over IS NULL OR over >= :begin)"
AT_STATUS = "SELECT count(*) FROM model WHERE {} >= :begin AND {} < :end"
RECEPTIONS = """
SELECT receiver, count(*), sum(coalesce(people, 1)), sum(cases_first), sum(cases_repeat),
    total(people >= :threshold), total(CASE WHEN people >= :threshold THEN people END),
    total(CASE WHEN people >= :threshold THEN coalesce(cases_first, 0) + coalesce(cases_repeat, 0) END)
FROM reception WHERE date >= :begin AND date < :end GROUP BY receiver
"""
CHECKS = """
SELECT count(*), total(mode = 'unannounced'), total(mode = 'directed'), total(mode = 'planned')
FROM audit WHERE date >= :begin AND date < :end AND type = 'duty-check'
"""
LAUNCHED = "SELECT count(*) FROM audit WHERE date >= :begin AND date < :end AND type = 'inspection'"
CONCLUDED = f"""
SELECT count(*), {", ".join(f"sum({name})" for name in FOUND)}
FROM audit WHERE concluded >= :begin AND concluded < :end AND type = 'inspection'
"""
SECTIONS: Mapping[str, Mapping[str, str]] = {
    "Public-duty checks": {
        "duty_checks.total": "Public-duty checks",
        "duty_checks.unannounced": "  of these, unannounced",
        "duty_checks.directed": "  verification as directed",
        "duty_checks.planned": "  planned",
    },
    "Inspections": {
        "inspections.launched": "Inspections launched",
        "inspections.concluded": "Inspections concluded",
        "inspections.violations": "Violations found",
        "inspections.recovery": "Recovery recommended",
        "inspections.other_handling": "Other handling recommended",
        "inspections.violations_land": "Land in violation",
        "inspections.recovery_land": "Recovery of land recommended",
        "inspections.other_land": "Other handling of land recommended",
        "inspections.collectives": "Discipline recommended: collectives",
        "inspections.individuals": "Discipline recommended: individuals",
        "inspections.referred": "Referred to investigators",
        "inspections.referred_cases": "  cases",
        "inspections.referred_persons": "  persons",
    },
    "Models": {
        "models.registered": "Models registered",
        "models.collective": "  of these, by collectives",
        "models.individual": "  by individuals",
        "models.running": "Models running in the period",
        "models.recognised": "Models recognised",
        "models.exemplary": "Exemplary models",
        "models.awarded": "Models awarded",
        "models.replicated": "Models replicated",
    },
    "Receptions of citizens": {
        "receptions.regular.turns": "Regular reception: turns",
        "receptions.regular.people": "  people",
        "receptions.regular.cases_first": "  cases, first time",
        "receptions.regular.cases_repeat": "  cases, repeated",
        "receptions.regular.groups": "  large groups",
        "receptions.regular.group_people": "  people in large groups",
        "receptions.regular.group_cases": "  cases of large groups",
        "receptions.leaders.turns": "Leaders' reception: turns",
        "receptions.leaders.people": "  people",
        "receptions.leaders.cases_first": "  cases, first time",
        "receptions.leaders.cases_repeat": "  cases, repeated",
        "receptions.leaders.groups": "  large groups",
        "receptions.leaders.group_people": "  people in large groups",
        "receptions.leaders.group_cases": "  cases of large groups",
        "receptions.delegated.turns": "  by delegates: turns",
        "receptions.turns": "All reception turns",
        "receptions.people": "All people received",
        "receptions.cases": "All cases",
    },
}


def load(register: Path, database: Path) -> None:
    """Copy the present version of every record that is not void into a new database."""
    import msgspec

    from danvan.records import KINDS
    from danvan.store import Register

    tags = {kind: tag for tag, kind in KINDS.items()}
    with sqlite3.connect(database) as connection:
        for tag, kind in KINDS.items():
            names = [*kind.__struct_fields__, *((*REACHED, "over") if tag == "model" else ())]
            quoted = ", ".join(f'"{name}"' for name in names)
            connection.execute(f"CREATE TABLE {tag} (id INTEGER PRIMARY KEY, {quoted})")
        source = Register(register, now=str, author="")
        for number, record in source.scan(tuple(KINDS.values())):
            values = [number, *msgspec.structs.astuple(record)]
            tag = tags[type(record)]
            if tag == "model":
                first = dict(reversed(record.reached()))
                values += [first.get(status) for status in REACHED]
                values.append(min((first[status] for status in EXITS if status in first), default=None))
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO {tag} VALUES ({marks})", [_plain(value) for value in values])
        for name, indexed in INDEXES.items():
            connection.execute(f"CREATE INDEX {name} ON {name.partition('_')[0]} ({', '.join(indexed)})")
        indexed = ("concluded", "type", *FOUND)
        connection.execute(f"CREATE INDEX audit_concluded ON audit ({', '.join(indexed)})")
        connection.execute("ANALYZE")
    connection.close()


def _plain(value: Any) -> Any:
    """A value as SQLite holds it: dates as text, lists as JSON."""
    import msgspec

    if value is None or isinstance(value, int | str):
        return value
    if isinstance(value, tuple | dict):
        return msgspec.json.encode(value).decode() if value else None
    return value.isoformat()


def figures(connection: sqlite3.Connection, year: int) -> dict[str, int | None]:
    """Every measure of a calendar year, None where nothing is known of it."""
    period = {"begin": f"{year}-01-01", "end": f"{year + 1}-01-01", "threshold": THRESHOLD}
    found: dict[str, int | None] = dict.fromkeys(key for rows in SECTIONS.values() for key in rows)

    def put(section: str, names: tuple[str, ...], values: tuple[Any, ...]) -> None:
        found.update({f"{section}.{name}": int(value or 0) for name, value in zip(names, values, strict=True)})

    def one(query: str) -> tuple[Any, ...]:
        return tuple(connection.execute(query, period).fetchone())

    checks, models, concluded = one(CHECKS), one(MODELS), one(CONCLUDED)
    (launched,) = one(LAUNCHED)
    if checks[0]:
        put("duty_checks", CHECKED, checks)
    if launched or concluded[0]:
        put("inspections", ("launched", "concluded", *FOUND), (launched, *concluded))
    if models[0]:
        put("models", ("registered", "collective", "individual"), models)
    for status in REACHED:
        (count,) = one(RUNNING if status == "running" else AT_STATUS.format(status, status))
        found[f"models.{status}"] = count or None
    _put_receptions(found, {who: counts for who, *counts in connection.execute(RECEPTIONS, period)})
    return found


def _put_receptions(found: dict[str, int | None], counts: Mapping[str, Sequence[float]]) -> None:
    """The receptions by staff, by leaders and their delegates together, and by all."""
    leaders = [counts[who] for who in ("leader", "delegated") if who in counts]
    for section, rows in (("regular", [counts["staff"]] if "staff" in counts else []), ("leaders", leaders)):
        if rows:
            sums = [int(sum(part)) for part in zip(*rows, strict=True)]
            found.update({f"receptions.{section}.{name}": value for name, value in zip(COUNTED, sums, strict=True)})
    if "delegated" in counts:
        found["receptions.delegated.turns"] = int(counts["delegated"][0])
    for name, parts in {"turns": ("turns",), "people": ("people",), "cases": ("cases_first", "cases_repeat")}.items():
        known = [found[f"receptions.{section}.{part}"] for section in ("regular", "leaders") for part in parts]
        if any(part is not None for part in known):
            found[f"receptions.{name}"] = sum(part or 0 for part in known)


def report(database: Path, year: int, *, as_json: bool) -> None:
    """Print the figures of a year beside those of the year before."""
    with sqlite3.connect(database) as connection:
        now, before = figures(connection, year), figures(connection, year - 1)
    if as_json:
        import json

        sys.stdout.write(json.dumps({key: [now[key], before[key]] for key in now}))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    for title, rows in SECTIONS.items():
        table = Table("Measure", title=title)
        for head in (str(year), str(year - 1), "Change", "Percent"):
            table.add_column(head, justify="right")
        for key, label in rows.items():
            table.add_row(label, *_cells(now[key], before[key]))
        console.print(table)


def _cells(now: int | None, before: int | None) -> Iterator[str]:
    yield "unknown" if now is None else f"{now:,}"
    yield "unknown" if before is None else f"{before:,}"
    if now is None or before is None:
        yield from ("–", "–")
        return
    yield f"{now - before:+,}"
    yield f"{(now - before) / before:+.1%}" if before else "–"


if __name__ == "__main__":
    if sys.argv[1] == "load":
        load(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        report(Path(sys.argv[2]), int(sys.argv[3]), as_json="--json" in sys.argv)
