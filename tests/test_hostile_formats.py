"""What people typed, or wrote into files by hand, is only ever text: in every format that danvan writes."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import docx
import openpyxl
import pytest
from office import Run, office

TYPED = (
    *(
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "]]></text><script/>",
        "&lt;b&gt; &amp; &#x27;",
        "'; DROP--",
    ),
    *(
        "=1+1",
        "+84 24",
        "-5 độ",
        "@SUM(A1:A9)",
        '=HYPERLINK("http://x.example","y")',
        "http://x.example/a b",
        "mailto:a@x.example",
    ),
    *(
        "{{ 7*7 }}",
        "{% raw %}",
        "{{ m }}",
        "${7*7}",
        "%(x)s",
        "a | b || c",
        "[x](javascript:alert(1))",
        "![](http://x.example)",
    ),
    *("# Đầu", "> trích", "<!-- x -->", "`x`", "*x* _y_ ~z~", "\\", "[bold]x[/bold]", "1. x"),
)
# What only a file edited by hand can hold: it would act on a terminal, or cannot stand in XML at all.
SMUGGLED = {
    "an escape": "a\x1b[2Jb",
    "nothing": "a\x00b",
    "a control": "a\x0bb\x7f",
    "a noncharacter": "a\ufffeb",
    "an override": "a\u202eb",
    "half a pair": "a\ud800b",
    "an eight-bit escape": "a\x9b2Jb",
}
REPORTS = ("table", "text", "json", "markdown", "html", "svg", "xlsx", "docx")
REPORT = ("report", "2023", "--by", "unit", "--top", "40")
ROW = ("--receiver", "staff", "--turns", "7", "--from", "1/1/2023", "--to", "31/12/2023")


def enter(run: Run, text: str) -> None:
    """Records of a unit that is called `text`, and so are they."""
    run("add-reception", *ROW, f"--unit={text}", f"--note={text}")
    run("add-audit", "--type=inspection", f"--unit={text}", "--date=2023-03-01", "--", text)
    run("add-model", "--field=other", f"--unit={text}", "--date=2023-03-01", "--", text)


class Crowd(NamedTuple):
    """A register with a unit for each of some texts, of an office that is called all of them."""

    run: Run
    texts: tuple[str, ...]

    def unseen(self, said: str) -> list[str]:
        """The texts that are not in what was written, however its lines break."""
        words = " ".join(said.split()).casefold()
        return [text for text in (*self.texts, " ".join(self.texts)) if text.casefold() not in words]


@pytest.fixture(scope="module", params=(TYPED[::2], TYPED[1::2]), ids=("even", "odd"))
def crowd(request: pytest.FixtureRequest) -> Iterator[Crowd]:
    """A crowd that the tests only read; the name of an office has 200 characters at most."""
    with office() as run:
        run("config", "set", "--", "office", " ".join(request.param))
        for text in request.param:
            enter(run, text)
        yield Crowd(run, request.param)


def written(run: Run, *argv: str) -> bytes:
    """What a command writes into a file."""
    out = run.home / "out"
    run(*argv, "-o", out, "--force")
    return out.read_bytes()


class Tags(HTMLParser):
    """The tags, attributes and texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_a_page_shows_it_as_text(crowd: Crowd) -> None:
    page = Tags(written(crowd.run, *REPORT, "--format", "html").decode())
    assert not crowd.unseen(" ".join(page.texts))
    assert page.tags.isdisjoint(("script", "img", "a", "iframe", "b", "object"))
    assert not [name for name in page.attributes if name.startswith("on") or name in ("href", "src")]


def test_a_picture_shows_it_as_text(crowd: Crowd) -> None:
    picture = ET.fromstring(written(crowd.run, *REPORT, "--format", "svg"))
    tags = {node.tag.rpartition("}")[2] for node in picture.iter()}
    assert tags.isdisjoint(("script", "a", "image", "foreignObject"))
    said = " ".join("".join(picture.itertext()).replace("\xa0", " ").split())
    assert not [text for text in crowd.texts if " ".join(text.split())[:20] not in said]


@pytest.mark.parametrize(
    "argv",
    [REPORT, ("form", "01/TCD", "2023", "--calendar", "calendar"), ("export", "all")],
    ids=lambda argv: argv[0],
)
def test_a_workbook_holds_it_as_text(crowd: Crowd, argv: tuple[str, ...]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(crowd.run, *argv, "--format", "xlsx")))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    for text in crowd.texts:
        assert any(text in str(cell.value) for cell in cells)
        assert not [cell.value for cell in cells if text in str(cell.value) and cell.data_type != "s"]
    assert not [cell.value for cell in cells if cell.hyperlink]


@pytest.mark.parametrize(
    "argv", [REPORT, ("form", "01/TCD", "2023", "--calendar", "calendar")], ids=lambda argv: argv[0]
)
def test_a_document_holds_it_as_text(crowd: Crowd, argv: tuple[str, ...]) -> None:
    document = docx.Document(io.BytesIO(written(crowd.run, *argv, "--format", "docx")))
    said = " ".join(node.text or "" for node in document.element.body.iter() if str(node.tag).endswith("}t"))
    assert not crowd.unseen(said)
    kinds = {one.reltype.rpartition("/")[2] for one in document.part.rels.values()}
    assert "hyperlink" not in kinds
    assert "49" not in said.replace("TT-", "").split()


def test_markdown_holds_it_as_text(crowd: Crowd) -> None:
    for argv in (("models", "--limit", "40", "--format", "markdown"), (*REPORT, "--format", "markdown")):
        lines = crowd.run(*argv).out.splitlines()
        tables = [line for line in lines if line.startswith("|")]
        heads = {len(re.findall(r"(?<!\\)\|", line)) for line in tables if set(line) <= set("|-: ")}
        for text in crowd.texts:
            start = text[:3].replace("\\", "")
            widths = [len(re.findall(r"(?<!\\)\|", line)) for line in tables if start in line.replace("\\", "")]
            assert widths
            assert set(widths) <= heads
        for line in lines:
            assert not re.search(r"(?<!\\)<(script|img|/?b|!--)|(?<![\\!])\[[^\]]*(?<!\\)\]\(", line)


def test_csv_and_json_hold_it_as_text(crowd: Crowd) -> None:
    records = crowd.run("models", "--limit", "40", "--json").document["records"]
    assert {record["name"] for record in records} == set(crowd.texts)
    assert crowd.run(*REPORT, "--json").document["breakdowns"]
    for argv in (("models", "--limit", "40", "--format", "csv"), ("export", "models"), ("export", "models", "--excel")):
        for cell in re.split(r"[,;\r\n]", crowd.run(*argv).out):
            assert not re.match(r'"?[=+@\t]|"?-[^0-9]', cell)


def smuggle(run: Run, text: str) -> None:
    """The text where an editor can put it."""
    run("config", "set", "office", "MARKER")
    enter(run, "MARKER")
    run("edit", "2", "--outcome", "guided", "--note", "MARKER")
    escaped = "".join(c if c.isascii() and c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    run.db.write_text(run.db.read_text("utf-8").replace("MARKER", escaped), "utf-8")


def packed(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels")))


@pytest.fixture(scope="module", params=SMUGGLED.values(), ids=SMUGGLED.keys())
def smuggled(request: pytest.FixtureRequest) -> Iterator[tuple[Run, str]]:
    """A register with such a text in it, which the tests only read."""
    with office() as run:
        smuggle(run, request.param)
        yield run, request.param


@pytest.mark.unmeasured
@pytest.mark.parametrize("form", REPORTS)
def test_what_was_smuggled_into_the_register_breaks_no_report(smuggled: tuple[Run, str], form: str) -> None:
    run, text = smuggled
    if text == SMUGGLED["half a pair"]:  # not UTF-8, so no register
        run("report", "2023", "--by", "unit", "--format", form, "-o", run.home / "out", code=5)
        return
    content = written(run, "report", "2023", "--by", "unit", "--format", form)
    if form in ("xlsx", "docx"):
        for _, part in packed(content):
            ET.fromstring(part)
        assert text.encode() not in content
    elif form == "svg":
        ET.fromstring(content)
    if form != "json":  # JSON is for programs and gives what is stored
        assert text[1] not in content.decode("utf-8", "replace").replace("\x1b[0m", "") or form in ("xlsx", "docx")


@pytest.mark.parametrize("text", SMUGGLED.values(), ids=SMUGGLED.keys())
def test_what_was_smuggled_into_the_register_reaches_no_terminal(run: Run, text: str) -> None:
    smuggle(run, text)
    for argv in (
        *(("models",), ("receptions",), ("audits",), ("show", "2", "3", "4"), ("history", "2"), ("due",), ("config",)),
        *(("report", "2023"), ("report", "2023", "--by", "unit"), ("explain", "2023", "receptions.turns")),
        *(("form", "01/TCD", "2023", "--calendar", "calendar"), ("void", "2", "--reason", "x"), ("undo", "--yes")),
    ):
        for width in (None, 60):
            answer = run(*argv, width=width, code=None)
            assert answer.code in (0, 1, 5), argv
            assert text[1] not in answer.plain + answer.err, argv


@pytest.mark.unmeasured
def test_an_endless_name_is_refused_and_if_smuggled_shown_within_bounds(run: Run) -> None:
    run("add-model", "x" * 200_000, "--field", "other", code=2)
    path = run.home / "in.csv"
    path.write_text(f"date,name,field\n2023-03-01,{'x' * 1_000_000},other\n", "utf-8")
    assert len(run("import", path, code=3).err) < 5000
    assert not run.db.exists()
    smuggle(run, "y" * 200_000)
    for argv in (("models",), ("show", "2"), ("report", "2023", "--by", "unit"), ("receptions", "--json")):
        run(*argv, width=80)
    for form in ("xlsx", "html", "svg"):
        assert written(run, "report", "2023", "--by", "unit", "--format", form)
    assert run("report", "2023", "--by", "unit", "-o", run.home / "out.docx", code=None).code in (
        0,
        1,
    )  # Word has its limits


REGISTERS: dict[str, Any] = {
    "a number too large": {"people": 10**40},
    "not a number": {"people": float("nan")},
    "infinity": {"people": float("inf")},
    "a fraction": {"people": 1.5},
    "a text for a number": {"people": "12"},
    "a list for a text": {"summary": ["x"]},
    "an object for a day": {"date": {}},
    "a day that is none": {"date": "2023-02-30"},
    "another kind": {"kind": "denouncer"},
    "no kind": {"kind": None},
    "a step of nothing": {"steps": [None]},
    "deep nesting": {"steps": json.loads("[" * 200 + "]" * 200)},
    "a negative version": {"rev": -1},
}
READING = (
    ("receptions",),
    ("show", "1"),
    ("history", "1"),
    ("report", "2023"),
    ("due",),
    ("export", "all"),
    ("undo", "--yes"),
)


@pytest.mark.parametrize("change", REGISTERS.values(), ids=REGISTERS.keys())
def test_a_register_that_somebody_spoilt_is_refused_or_read_and_never_a_traceback(run: Run, change: Any) -> None:
    run("add-reception", "Đất", "--mode", "regular", "--date", "2023-03-01")
    document = json.loads(run.db.read_text("utf-8"))
    document["records"]["1"] |= change
    run.db.write_text(json.dumps(document), "utf-8")
    for argv in (*READING, ("edit", "1", "--note", "x"), ("add-model", "x", "--field", "other")):
        before = run.db.read_bytes()
        answer = run(*argv, code=None)
        assert answer.code in (0, 1, 5), argv
        if answer.code:
            assert "Nothing was changed." in answer.err
            assert run.db.read_bytes() == before or argv[0] == "add-model"


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"danvan":{"1":{"format":1}},"records":' + b'{"1":' * 5000 + b"}" * 5001,
        b'{"danvan":{"1":{"format":1e999}},"records":{}}',
        b'{"danvan":{"1":{"format":1}},"records":{"1":{"kind":"model"},"1":{"kind":7}}}',
        b'{"danvan":{"1":{"format":1}},"records":{"99999999999999999999999":{"kind":"model"}}}',
        b'{"danvan":{"1":{"format":1}},"other":{"1":{"x":NaN}},"records":{}}',
        b"\xff\xfe\x00{",
        b"\x00" * 5000,
    ],
)
def test_a_file_that_is_no_register_is_refused_and_left_alone(run: Run, content: bytes) -> None:
    run.db.write_bytes(content)
    for argv in READING:
        assert run(*argv, code=None).code in (0, 1, 5), argv
    assert run("show", "1", code=None).code in (1, 5)


@pytest.mark.parametrize("before", [b'\n"1":', b'"unit":"A"'])
def test_a_line_that_the_disk_spoilt_is_named(run: Run, before: bytes) -> None:
    for name in ("Đường hoa", "Camera", "Vườn"):
        run("add-model", name, "--field", "other", "--unit", "A", "--date", "2023-03-01")
    sound = run.db.read_bytes()
    spoilt = bytes(c if c != ord(":") else 0x1E for c in before)
    run.db.write_bytes(sound.replace(before, spoilt, 1))
    for argv in (("models",), ("show", "1"), ("report", "2023"), ("export", "all"), ("edit", "1", "--note", "x")):
        answer = run(*argv, code=None)
        assert answer.code in (1, 5), argv
    err = run("models", code=5).err
    assert "line 3" in err or "record 1" in err
    run("add-model", "Chợ", "--field", "other", "--unit", "A")  # an addition looks at the newest lines only
    assert "line 3" in run("check", code=3).out or "1" in run("check", code=3).out


SETTINGS = {
    "a number": "language = 7",
    "no TOML": "a = [",
    "nothing but zeros": "\x00" * 50,
    "another language": 'language = "klingon"',
    "an escape in a name": 'author = "\\u001b[2J"',
    "a folder": "db = '/'",
    "a table": "[language]\nx = 1",
    "deep": "a = " + "[" * 500 + "]" * 500,
}


@pytest.mark.parametrize("text", SETTINGS.values(), ids=SETTINGS.keys())
def test_settings_that_somebody_spoilt_are_a_calm_error_or_nothing(run: Run, text: str) -> None:
    folder = run.home / "config" / "danvan"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(text, "utf-8")
    del run.environment["DANVAN_DB"]
    for argv in (("models",), ("config",), ("add-model", "x", "--field", "other"), ("config", "set", "author", "An")):
        answer = run(*argv, code=None)
        assert answer.code in (0, 2, 5, 6)
        assert "\x1b" not in answer.plain + answer.err


ENVIRONMENT = (
    *(
        ("DANVAN_LANG", "xx"),
        ("DANVAN_LANG", "\x1b[2J"),
        ("DANVAN_TODAY", "never"),
        ("DANVAN_TODAY", "\x1b[2J"),
        ("COLUMNS", "-5"),
    ),
    *(
        ("COLUMNS", "x"),
        ("COLUMNS", "1"),
        ("DANVAN_CONFIG", "/dev/null"),
        ("DANVAN_DB", "/"),
        ("DANVAN_DB", "/dev/full"),
    ),
    *(
        ("TERM", "\x1b"),
        ("LC_ALL", "xx_XX.xx"),
        ("XDG_CONFIG_HOME", "/dev/full"),
        ("NO_COLOR", ""),
        ("EDITOR", "false"),
    ),
)


@pytest.mark.parametrize(("name", "value"), ENVIRONMENT)
def test_surroundings_are_a_calm_error_or_nothing(run: Run, name: str, value: str) -> None:
    run("add-model", "x", "--field", "other")
    run.environment[name] = value
    for argv in (
        ("models",),
        ("report", "2023"),
        ("add-model", "y", "--field", "other"),
        ("config",),
        ("models", "--help"),
    ):
        for width in (None, 80):
            answer = run(*argv, width=width if name != "COLUMNS" else None, code=None)
            assert answer.code in (0, 2, 5, 6)
            assert "\x1b" not in answer.err


TEMPLATES = {
    "the way to Python": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "the way over a figure": "{{ m.receptions.turns.__class__.__init__.__globals__ }}",
    "the way over a method": "{{ office.format.__self__.__class__ }}",
    "a format": "{{ '{0.__class__}'.format(office) }}",
    "a file": "{% include '/etc/passwd' %}",
    "an import": "{% import 'os' as os %}",
    "an endless loop": "{% for i in range(999999999) %}x{% endfor %}",
    "a long text": "{{ 'a' * 99999999999 }}",
    "a high power": "{{ 9 ** 9 ** 9 }}",
    "a list made long": "{{ [0] * 99999999999 }}",
    "what is not there": "{{ cycler(1) }}",
    "a branch": "{{ m }}",
}


@pytest.mark.parametrize("text", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_a_template_reaches_nothing_but_the_report(run: Run, tmp_path: Path, text: str) -> None:
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(tmp_path / "t.docx"))
    run("add-reception", *ROW)
    argv = ("report", "2023", "--template", tmp_path / "t.docx", "-o", tmp_path / "out.docx")
    answer = run(*argv, code=None)
    assert "root:" not in answer.err
    if answer.code == 0:
        said = " ".join(one.text for one in docx.Document(str(tmp_path / "out.docx")).paragraphs)
        assert "class" not in said
    else:
        assert answer.code == 1
        assert not (tmp_path / "out.docx").exists()


@pytest.mark.parametrize("key", ["no_file", "unreadable", "too_large"])
def test_only_an_ordinary_file_is_read_whole(run: Run, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    named = {"no_file": "/dev/zero", "unreadable": "nowhere.docx", "too_large": str(run.home / "large.docx")}
    (run.home / "large.docx").write_bytes(b"x" * 20)
    monkeypatch.setattr("danvan.cli.inputs.MOST", 10)
    said = {"no_file": "is no ordinary file", "unreadable": "nowhere.docx", "too_large": "is larger than"}
    for argv in (
        ("report", "2023", "--template", named[key], "-o", run.home / "out.docx"),
        ("add-reception", "--mode", "regular", "--category", "petition", "--identity-file", named[key]),
    ):
        assert said[key] in run(*argv, code=6).err
