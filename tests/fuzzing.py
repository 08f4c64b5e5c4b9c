"""Cases that nobody would think of: command lines, files and registers at random, and what must hold after each.

A case is made from a seed, so that one that fails can be made again: `python tests/bench/fuzz.py --seed N`. Commands,
options and the sorts of their values come from the tables of completion; a new command is fuzzed from its first day.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import random
import traceback
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import xlsxwriter
from office import Answer, Run, office
from tinydb import TinyDB

from danvan.completion.en import COMMANDS, VALUES
from danvan.errors import DanvanError
from danvan.formatting.texts import is_hidden
from danvan.store import Register

CODES = frozenset({0, 1, 2, 3, 4, 5, 6, 130})
SECRET = "Sentinel"
NAMES = tuple(name for name in COMMANDS if ":" not in name)
TEXTS = (
    *(
        "",
        " ",
        "Đường hoa",
        "Quận Ba Đình",
        "x" * 300,
        "[bold]x[/bold]",
        "[/]",
        "=1+1",
        "@SUM(A1)",
        "-5",
        "+84912345678",
    ),
    *(
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "{% for %}",
        "%s%n{0}{name}",
        "a\x1b[31mb",
        "a\x00b",
        "a\u202eb",
        "a\u200bb",
    ),
    *(
        "| a | b |",
        "[x](javascript:1)",
        "\\",
        "'",
        '"',
        "$(id)",
        "`id`",
        "..",
        "a\nb",
        "\udcff",
        "\ud800",
        "🙂",
        "ａ１２",
        "٣",
    ),
    *("null", "NaN", "1e999", "true", "0x10", "001093012345", "Tất cả", "ﬀ", "A\u0301", "A" * 11_000),
)
DAYS = (
    "2023-03-15",
    "15/3/2023",
    "today",
    "hôm nay",
    "31/2/2023",
    "1/1/1",
    "9999-12-31",
    "0000-00-00",
    "2023-03-15..",
    "..",
)
NUMBERS = (
    "0",
    "1",
    "7",
    "12.345",
    "1,5",
    "-1",
    "10..20",
    ">=5",
    "..",
    "1e9",
    "9" * 19,
    "9" * 400,
    "81,5 tỷ",
    "4.902 tỷ",
    "٣",
)
YEARS = (
    "2023",
    "2022",
    "2019..2023",
    "2023-04",
    "4/2023",
    "0001",
    "9999",
    "1945..2100",
    "20233",
    "",
    "2023..2019",
    "０００１",
)
IDS = ("1", "2", "3", "5", "9", "0", "-1", "01", "1" * 30, "1.0", "１", "x", "")
ODD = (
    "--",
    "-",
    "-o",
    "--json",
    "--help",
    "--no-color",
    "--lang=xx",
    "--today=never",
    "--nope",
    "-x",
    "--=",
    "=",
    "--year=",
)
COLUMNS = {
    "models": ("name", "field", "status", "holder", "level", "themes", "count"),
    "receptions": ("summary", "mode", "receiver", "category", "people", "turns", "citizen", "phone"),
    "audits": ("title", "type", "mode", "concluded", "recovery", "individuals", "count"),
}


class Case(NamedTuple):
    """One command line, and in what surroundings."""

    argv: tuple[str, ...]
    lang: str
    width: int | None
    stdin: bytes = b""


def make(rng: random.Random, run: Run) -> Case:
    """A case in an office of its own, which `settle` has furnished."""
    sort = rng.choices((arguments, importing, reading, filling, settling), (60, 22, 12, 3, 3))[0]
    argv = tuple(sort(rng, run))
    return Case(
        argv,
        rng.choice(("vi", "en")),
        rng.choice((None, None, 20, 80, 200)),
        rng.choice(TEXTS).encode("utf-8", "surrogatepass"),
    )


def settle(run: Run) -> None:
    """A register with records of every kind in both forms, and files to name."""
    who = run.home / "who.txt"
    who.write_text(f"họ tên: {SECRET}\nphone: 0900000000\n", "utf-8")
    half = ("--from", "1/1/2023", "--to", "30/6/2023")
    run("add-model", "Đường hoa", "--field", "economy", "--unit", "Quận Ba Đình", "--date", "2023-03-01")
    given = ("--mode", "regular", "--category", "complaint", "--people", "12", "--date", "2023-03-15")
    run("add-reception", "Đất [đai]", *given, "--identity-file", who)
    run(
        "add-audit",
        "Đất đai",
        "--type",
        "inspection",
        "--date",
        "1/2/2023",
        "--concluded",
        "1/3/2023",
        "--recovery",
        "7",
    )
    run("add-reception", "--receiver", "leader", "--turns", "40", "--groups", "2", *half, "--unit", "Quận Ba Đình")
    run("add-audit", "--type", "duty-check", "--count", "33", *half)
    run("edit", "1", "--status", "approved")
    run("void", "5", "--reason", "nhập hai lần")


def word(rng: random.Random) -> str:
    """A text: a known one, or any characters."""
    if rng.random() < 0.7:
        return rng.choice(TEXTS)
    codes = (
        rng.choice((rng.randrange(32, 127), rng.randrange(0x110000), rng.randrange(0x1E00, 0x1F00))) for _ in range(9)
    )
    return "".join(map(chr, codes)).replace("/", "")


def value(rng: random.Random, sort: str, run: Run) -> str:
    """A value of an option or argument, of the sort that it takes in four of five cases."""
    sort = sort.rstrip("…")
    if rng.random() < 0.2 and sort != "file":
        return word(rng)
    if sort in VALUES or sort.removeprefix("open ") in VALUES:
        return rng.choice(VALUES.get(sort) or VALUES[sort.removeprefix("open ")])[0]
    if sort.startswith("one "):
        return rng.choice(sort.removeprefix("one ").split("|"))
    if sort.startswith("columns"):
        return rng.choice(("id,date", "all", "uid", "citizen", "note,note", ",", "id"))
    match sort:
        case "file":
            return file(rng, run)
        case "id":
            return rng.choice(IDS)
        case "day":
            return rng.choice(DAYS)
    return rng.choice((*NUMBERS, *YEARS, *DAYS, *TEXTS))


def file(rng: random.Random, run: Run) -> str:
    """The name of a file, of nothing or of something else; all below the office's home but for devices."""
    return rng.choice(
        (
            *(
                "out.csv",
                "out.xlsx",
                "out.docx",
                "out.html",
                "out.svg",
                "out.json",
                "out.md",
                "out",
                "-",
                "",
                ".",
                "..//",
            ),
            *("/dev/null", "/dev/full", "register.json", "who.txt", "sub/deep/out.csv", "a\nb.csv", "~", "x" * 300),
            *(
                "./register.json",
                str(run.home),
                str(run.db),
                "link.json",
                "/proc/self/mem",
                "./-x",
                "🙂.csv",
                "con",
                "\udcff",
            ),
        )
    )


def arguments(rng: random.Random, run: Run) -> Iterator[str]:
    """A command with arguments and options that it has, and some that it has not."""
    name = rng.choice(NAMES)
    variants = [one for one in COMMANDS if one.partition(":")[0] == name]
    _, options, positional = COMMANDS[rng.choice(variants)]
    words: list[str] = []
    for sort in positional:
        is_year = name in ("report", "close", "form", "explain") and sort == "text"
        for _ in range(rng.choice((1, 1, 1, 1, 0, 2)) if sort.endswith("…") or rng.random() < 0.1 else 1):
            words.append(rng.choice(YEARS) if is_year and rng.random() < 0.7 else value(rng, sort, run))
    if name == "form" and rng.random() < 0.8:
        words[:1] = [rng.choice(("01/TCD", "01/TTr", "01TCD"))]
    for _ in range(rng.choice((0, 1, 1, 2, 3, 5))):
        option = rng.choice(list(options))
        sort = options[option][0]
        words += [option, *([value(rng, sort, run)] if sort or rng.random() < 0.05 else [])]
    if rng.random() < 0.1:
        words.insert(rng.randrange(len(words) + 1), rng.choice((*ODD, word(rng))))
    yield name if rng.random() < 0.98 else word(rng)
    yield from words


def importing(rng: random.Random, run: Run) -> Iterator[str]:
    """A file to import, sound for the most part or broken in some way, and how to read it."""
    name = rng.choice(("in.csv", "in.tsv", "in.xlsx", "in.json", "in.jsonl", "in.ods", "in"))
    kind = rng.choice(list(COLUMNS))
    content = rng.choice((_csv, _csv, _xlsx, _xlsx, _json, _jsonl, _bytes))(rng, kind)
    if rng.random() < 0.25:
        content = broken(rng, content)
    (run.home / name).write_bytes(content)
    yield from (rng.choice(("import", "import", "import", "merge")), name)
    for option, values in (
        ("--kind", (kind, "models", "x")),
        ("--map", ("note=", "Tên=name", "=", "a=b", word(rng))),
        ("--unit", TEXTS),
        ("--problems", ("problems.csv", "register.json", "/dev/full")),
        ("--sheet", ("Sheet1", "x")),
    ):
        if rng.random() < 0.2:
            yield from (option, rng.choice(values))
    yield from (flag for flag in ("--partial", "--dry-run", "--force", "--json") if rng.random() < 0.2)


def _cell(rng: random.Random, name: str) -> Any:
    if rng.random() < 0.25:
        return rng.choice((*TEXTS, *DAYS, *NUMBERS))
    if name in ("date", "to", "concluded"):
        return rng.choice(DAYS[:4])
    if name in ("count", "turns", "people", "recovery", "individuals"):
        return rng.choice((1, 7, 12.0, 1.5, "3", "1.234", None, -2, 10**18, 1e300, True))
    for kind in ("model", "reception", "audit"):
        for sort in (f"{kind}.{name}", f"open {kind}.{name}"):
            if sort in VALUES:
                return rng.choice(rng.choice(VALUES[sort]))
    return rng.choice(("Đường hoa", "", None, "Quận Ba Đình", *TEXTS))


def _rows(rng: random.Random, kind: str) -> list[list[Any]]:
    heads = [
        "date",
        *(["to"] if rng.random() < 0.4 else []),
        *rng.sample(COLUMNS[kind], rng.randrange(2, 7)),
        "unit",
        "note",
    ]
    rows = [[_cell(rng, head) for head in heads] for _ in range(rng.randrange(0, 8))]
    if rng.random() < 0.15:
        heads[rng.randrange(len(heads))] = rng.choice(TEXTS)
    return [heads, *rows]


def _csv(rng: random.Random, kind: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=rng.choice(",,;\t|")).writerows(_rows(rng, kind))
    return out.getvalue().encode(rng.choice(("utf-8", "utf-8-sig", "utf-16", "cp1258")), "replace")


def _xlsx(rng: random.Random, kind: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": True, "strings_to_urls": False}) as book:
        for _ in range(rng.choice((1, 1, 2))):
            sheet = book.add_worksheet()
            for at, row in enumerate(_rows(rng, kind), rng.choice((0, 0, 3))):
                for column, cell in enumerate(row):
                    if isinstance(cell, str) and rng.random() < 0.1:
                        sheet.write_datetime(at, column, datetime(2023, 3, 15, rng.randrange(24)))
                    elif isinstance(cell, str):
                        sheet.write(at, column, "".join(c for c in cell if not 0xD800 <= ord(c) < 0xE000))
                    else:
                        sheet.write(at, column, cell)
            if rng.random() < 0.1:
                sheet.merge_range(0, 0, 2, 2, "x")
    return out.getvalue()


def _objects(rng: random.Random, kind: str) -> list[Any]:
    heads, *rows = _rows(rng, kind)
    found: list[Any] = [dict(zip(heads, row, strict=True)) for row in rows]
    for one in found:
        if rng.random() < 0.3:
            one["kind"] = rng.choice((kind[:-1], "office", "reveal", "", 7))
        if rng.random() < 0.1:
            one[rng.choice(heads)] = rng.choice(([], {}, [[]], {"a": 1}, ["land"], [1, 2]))
    return found if rng.random() < 0.9 else [*found, 1, None, "x", []]


def _json(rng: random.Random, kind: str) -> bytes:
    found: Any = _objects(rng, kind)
    if rng.random() < 0.5:
        found = {"version": rng.choice((1, 2, "x")), "kind": kind[:-1], "records": found}
    if rng.random() < 0.05:
        return b"[" * rng.choice((10, 100_000))
    return json.dumps(found, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")


def _jsonl(rng: random.Random, kind: str) -> bytes:
    return b"\n".join(json.dumps(one).encode() for one in _objects(rng, kind))


def _bytes(rng: random.Random, kind: str) -> bytes:
    return rng.choice(
        (b"", b"\x00" * 100, b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 9, rng.randbytes(300), b"\xef\xbb\xbf", b"\n" * 9)
    )


def broken(rng: random.Random, content: bytes) -> bytes:
    """Bytes changed, cut or doubled; of a workbook the packed members as well."""
    if zipfile.is_zipfile(io.BytesIO(content)) and rng.random() < 0.5:
        return _repacked(rng, content)
    for _ in range(rng.choice((1, 1, 3, 20))):
        at = rng.randrange(len(content) + 1)
        content = rng.choice(
            (
                content[:at],
                content[:at] + rng.randbytes(1) + content[at + 1 :],
                content[:at] + content[at // 2 : at] + content[at:],
                content[:at] + content[at + rng.randrange(9) :],
            )
        )
    return content


def _repacked(rng: random.Random, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if rng.random() > 0.1:
                data = old.read(name)
                new.writestr(name, broken(rng, data) if rng.random() < 0.3 else data)
    return out.getvalue()


HOSTILE: tuple[Callable[[random.Random, dict[str, Any]], Any], ...] = (
    lambda rng, row: rng.choice(
        (1, -1, 10**30, 1e999, 1.5, True, None, [], {}, [[]], "x", "\x1b[31m", "\u202e", "a" * 99_999)
    ),
    lambda rng, row: rng.choice([value for value in row.values() if SECRET not in str(value)]),
)


def reading(rng: random.Random, run: Run) -> Iterator[str]:
    """A register that somebody has edited or a disk has spoilt, and any command on it."""
    content = run.db.read_bytes()
    if rng.random() < 0.5:
        run.db.write_bytes(broken(rng, content))
    else:
        run.db.write_text(_edited(rng, content.decode()), "utf-8", "surrogatepass")
    if rng.random() < 0.3:
        yield from arguments(rng, run)
        return
    yield from rng.choice(
        (
            *(
                ("models",),
                ("receptions", "--columns", "all"),
                ("audits", "--json"),
                ("show", "2"),
                ("history", "1"),
                ("due",),
            ),
            *(
                ("report", "2023"),
                ("report", "2023", "--by", "unit", "--format", "html"),
                ("undo", "--yes"),
                ("config",),
            ),
            *(("add-model", "x", "--field", "other"), ("edit", "1", "--note", "x"), ("void", "1", "--reason", "x")),
            *(
                ("export", "all"),
                ("form", "01/TCD", "2023"),
                ("explain", "2023", "receptions.turns"),
                ("close", "2023"),
            ),
        )
    )


def _edited(rng: random.Random, text: str) -> str:
    """A register edited by hand: a value of another type, keys doubled, nested, missing or new."""
    found = json.loads(text)
    table = found[rng.choice(("records", "records", "records", "danvan", "state"))]
    row = table[rng.choice(list(table))]
    for _ in range(rng.choice((1, 1, 2))):
        row[rng.choice((*row, "kind", "date", "to", "people", "steps", "new"))] = rng.choice(HOSTILE)(rng, row)
    match rng.randrange(6):
        case 0:
            row.pop(rng.choice(list(row)))
        case 1:
            table[rng.choice(("0", "-1", "x", "99999999999999999999", "1.0", ""))] = row
        case 2:
            found[rng.choice(("new", "", "records2"))] = {"1": row}
    said = json.dumps(found, ensure_ascii=rng.random() < 0.5, indent=rng.choice((None, 1)))
    if rng.random() < 0.1:
        said = said.replace('"records": {', '"records": {"1": {"kind": "model"}, "1": {"date": 1}, ', 1)
    return said if rng.random() < 0.97 else "[" * 100_000


def filling(rng: random.Random, run: Run) -> Iterator[str]:
    """A Word template that somebody has changed."""
    run("template", "report.docx", "--force") if not (run.home / "report.docx").exists() else None
    blank = run.home / "report.docx"
    blank.write_bytes(_repacked(rng, blank.read_bytes()) if rng.random() < 0.6 else broken(rng, blank.read_bytes()))
    yield from ("report", "2023", "--template", "report.docx", "-o", "filled.docx")


def settling(rng: random.Random, run: Run) -> Iterator[str]:
    """Settings of a person that somebody has written by hand."""
    folder = run.home / "config" / "danvan"
    folder.mkdir(parents=True, exist_ok=True)
    lines = (
        'language = "vi"',
        "language = 7",
        'language = "xx"',
        "db = '/dev/full'",
        'author = "\\u0007"',
        "a = [",
        "[x]",
        "\x00",
    )
    said = "\n".join(rng.sample(lines, rng.randrange(1, 4)))
    (folder / "config.toml").write_bytes(said.encode() if rng.random() < 0.8 else rng.randbytes(40))
    yield from rng.choice(
        (("config",), ("models",), ("add-model", "x", "--field", "other"), ("config", "set", "author", "An"))
    )


class Outcome(NamedTuple):
    """A case, the exit code it ended with, and what was wrong; empty if all was well."""

    case: Case
    code: int | None
    fault: str


def play(seed: int) -> Outcome:
    """Make the case of a seed and play it."""
    rng = random.Random(seed)
    with office() as run, contextlib.chdir(run.home):
        settle(run)
        (run.home / "link.json").symlink_to(run.db)
        case = make(rng, run)
        before, is_sound = run.db.read_bytes(), not any(damage(run))
        try:
            answer = run(*case.argv, lang=case.lang, width=case.width, stdin=case.stdin, code=None)
        except Exception as fault:  # what the door lets through would be a page of traceback
            return Outcome(case, None, f"{type(fault).__name__} at {place(fault)}: {fault}")
        return Outcome(case, answer.code, "; ".join(wrong(run, case, answer, before, is_sound)))


def place(fault: Exception) -> str:
    """The last line of danvan that an exception passed."""
    own = [frame for frame in traceback.extract_tb(fault.__traceback__) if "/danvan/" in frame.filename]
    return f"{own[-1].filename.rpartition('/danvan/')[2]}:{own[-1].lineno}" if own else "?"


def wrong(run: Run, case: Case, answer: Answer, before: bytes, is_sound: bool) -> Iterator[str]:
    """What must not be after any command, whatever it was asked; of a register that was `is_sound`, that it is not."""
    if answer.code not in CODES:
        yield f"exit code {answer.code}"
    if "Traceback" in answer.err:
        yield "a traceback"
    said = answer.plain + answer.err
    if "--reveal" not in case.argv and SECRET in said:
        yield "who came"
    acting = {c for c in answer.err if is_hidden(c) and c != "\n"}
    if acting:
        yield f"characters that act on a terminal: {acting}"
    if answer.code in (1, 2) and "--json" not in case.argv and not answer.err.strip():
        yield "no reason"
    left = [path.name for path in run.home.rglob("*") if path.name.endswith(".tmp")]
    if left:
        yield f"left behind: {left}"
    if is_sound and run.db.read_bytes() != before:
        yield from damage(run)
        checked = run("check", code=None)
        if checked.code not in (0, 3):  # what looks wrong about records is for people to judge
            yield f"danvan check: {checked.err}"


def damage(run: Run) -> Iterator[str]:
    """What is wrong with a register that was written to."""
    notices: list[str] = []
    register = Register(run.db, now=lambda: "", author="", notice=lambda key, **_: notices.append(key))
    try:
        ids = [entry.id for entry in register.scan(voided=True)]
    except DanvanError as fault:
        yield f"no longer read: {fault}"
        return
    if notices:
        yield f"not as danvan leaves it: {notices}"
    try:
        with TinyDB(run.db) as stock:
            there = {row.doc_id for row in stock.table("records")}
    except (ValueError, TypeError, AttributeError, RecursionError) as fault:
        yield f"stock TinyDB cannot read it: {fault}"
        return
    if not set(ids) <= there:
        yield "stock TinyDB reads something else"
    if os.name == "posix" and run.db.stat().st_mode & 0o077:
        yield "readable by others"
