"""`import` of what is broken, huge, locked or odd: a clear message or the right thing, never a traceback or a half."""

from __future__ import annotations

import os
import struct
import sys
import threading
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import Run, holds

from danvan.exchange.incoming import files as incoming
from danvan.exchange.incoming import sources
from danvan.messages import LANGUAGES, LanguageCode, catalogue

HEAD = ("Tên mô hình", "Lĩnh vực", "Ngày", "Đơn vị")
ROW = ("Đường hoa", "kinh tế", "10/2/2023", "Phường Trúc Bạch")
LINE = "A,economy,2023-01-01"
LARGE = b'<row r="3"><c r="A3" t="inlineStr"><is><t>%s</t></is></c></row></sheetData>' % (b"x" * 50_000_000)
VIETNAMESE = "Tên mô hình,Lĩnh vực,Ngày\nĐường hoa,kinh tế,1/1/2023\n"
TCVN3 = "Tªn m« h×nh,LÜnh vùc,Ngµy\n§­êng hoa,kinh tÕ,1/1/2023\n"
VNI = "Teân moâ hình,Lónh vöïc,Ngaøy\nÑöôøng hoa,kinh teá,1/1/2023\n"
DEEP = '{"name":' + '{"a":' * 100_000 + "1" + "}" * 100_000 + "}\n"
LONG = '{"kind": "model", "name": "A", "field": "economy", "date": "2023-01-01", "by": "%s"}\n' % ("y" * 90_000)


def book(path: Path, *rows: tuple[Any, ...], change: Callable[[Any], None] = lambda _sheet: None) -> None:
    made = openpyxl.Workbook()
    assert made.active
    for row in rows or (HEAD, ROW):
        made.active.append(row)
    change(made.active)
    made.save(path)


def remade(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """A workbook whose parts are changed; None leaves one out."""
    book(path)
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            kept = change(name, data)
            if kept is not None:
                archive.writestr(name, kept)


def sheet(change: Callable[[bytes], bytes | None]) -> Callable[[Path], None]:
    return lambda path: remade(path, lambda name, data: change(data) if name.endswith("sheet1.xml") else data)


def text(content: str | bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content if isinstance(content, bytes) else content.encode())


def bomb(path: Path, *, says: int = 0) -> None:
    """A workbook of one gigabyte, in a megabyte; it may say of itself that it is smaller."""
    book(path)
    piece = b" " * (1 << 20)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/media/image1.bin", "w", force_zip64=True) as part,
    ):
        for _ in range(1 << 10):
            part.write(piece)
    if says:
        path.write_bytes(path.read_bytes().replace(struct.pack("<I", 1 << 30), struct.pack("<I", says)))


def expanding(path: Path) -> None:
    """A sheet whose entities are a billion laughs."""
    found = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {more} "{f"&{less};" * 100}">' for less, more in pairwise("abcdefgh")
    )
    remade(
        path,
        lambda name, data: (
            data.replace(b"<worksheet", f"<!DOCTYPE x [{found}]><worksheet".encode(), 1).replace(b"Tr\xc3\xbac", b"&h;")
            if name.endswith(".xml") and b"<worksheet" in data
            else data
        ),
    )


FAULTY: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "a gigabyte in a zip": ("a.xlsx", bomb, "file.too_large"),
    "a cut workbook": ("a.xlsx", lambda path: (book(path), path.write_bytes(path.read_bytes()[:900])), "file.broken"),
    "a workbook without its end": (
        "a.xlsx",
        lambda path: (book(path), path.write_bytes(path.read_bytes()[:-30])),
        "file.broken",
    ),
    "half a sheet": ("a.xlsx", sheet(lambda data: data[: len(data) // 2]), "file.broken"),
    "no sheet": ("a.xlsx", sheet(lambda _data: None), "file.broken"),
    "a sheet of rubbish": ("a.xlsx", sheet(lambda _data: b"\0\xff" * 500), "file.broken"),
    "a path out of the archive": (
        "a.xlsx",
        lambda path: remade(path, lambda _name, data: data.replace(b"worksheets/sheet1.xml", b"../../../etc/passwd")),
        "file.broken",
    ),
    "16 384 columns": ("a.csv", text(f"name,date,{','.join('x' * 16_381)}\nA,2023-01-01\n"), "heading.strange"),
    "a cell of 50 MB": ("a.csv", text(f'name,field,date\n"{"x" * 50_000_000}",economy,2023-01-01\n'), "file.long_cell"),
    "a cell of 50 MB in JSON": (
        "a.json",
        text('[{"name": "%s", "field": "economy", "date": "2023-01-01"}]' % ("x" * 50_000_000)),
        "too_long",
    ),
    "a cell of 50 MB in a workbook": ("a.xlsx", sheet(lambda data: data.replace(b"</sheetData>", LARGE)), "too_long"),
    "a quotation mark that stays open": ("a.csv", text(f'name,field,date\n{LINE}\n"A,economy\n'), "file.open_quote"),
    "a quotation mark inside": ("a.csv", text('name,field,date\n"A"B,economy,2023-01-01\n'), "file.inner_quote"),
    "a separator of two characters": ("a.csv", text(f"sep=,,\nname,field,date\n{LINE}\n"), "file.csv"),
    "a NUL in a cell": ("a.csv", text(b"name,field,date\nA\0B,economy,2023-01-01\n"), "control"),
    "UTF-16 that does not say so": ("a.csv", text(VIETNAMESE.encode("utf-16-le")), "file.unknown"),
    "UTF-16 with half a letter": ("a.csv", text(f"name,field,date\n{LINE}\n".encode("utf-16") + b"x"), "file.encoding"),
    "Windows-1258": ("a.csv", text(VIETNAMESE.encode("cp1258", "replace")), "file.encoding"),
    "TCVN3": ("a.csv", text(TCVN3.encode("latin-1", "replace")), "file.encoding"),
    "VNI": ("a.csv", text(VNI.encode("cp1252")), "file.encoding"),
    "VNI in Unicode letters": ("a.csv", text(VNI), "file.legacy"),
    "objects in each other, in a line": ("a.jsonl", text(DEEP), "file.json_value"),
    "lists in each other": ("a.json", text('[{"name":' + "[" * 200_000 + "]" * 200_000 + "}]"), "file.json_value"),
    "a number without end": ("a.json", text('[{"count": %s}]' % ("9" * 100_000)), "file.json_value"),
    "no number": ("a.json", text('[{"type": "inspection", "recovery": NaN}]'), "file.json"),
    "no list of records": ("a.json", text('{\n"records": 5}'), "file.no_kind"),
    "records that are none": ("a.json", text('{\n"records": ["x"]}'), "file.no_object"),
    "a page called a workbook": ("a.xls", text("<table><tr><td>Tên mô hình</td></tr></table>"), "file.unknown"),
    "nothing": ("a.xlsx", text(b""), "file.empty"),
    "merged units": (
        "a.xlsx",
        lambda path: book(path, HEAD, ROW, (*ROW[:3], None), change=lambda sheet: sheet.merge_cells("D2:D3")),
        "cell.merged",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "key", "facts"),
    [
        ("a.json", '{"x": [1,2', "json_cut", {"line": 1}),
        ("a.json", '[{"x": 1},\n{"y": 2\n', "json_cut", {"line": 2}),
        ("a.json", '[{"x": "Ước mơ" "y"}]', "json", {"line": 1, "column": 17}),
        ("a.jsonl", '{"x": 1}\nnot json\n', "json", {"line": 2, "column": 5}),
        ("a.jsonl", '{"x": 1}\n{"y": \n', "json_cut", {"line": 2}),
        ("a.csv", f"sep=,,\nname,field,date\n{LINE}\n", "csv", {"row": 1}),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_a_broken_file_is_broken_is_said_in_the_words_of_the_language(
    run: Run, lang: LanguageCode, name: str, content: str, key: str, facts: dict[str, int]
) -> None:
    (run.home / name).write_text(content, "utf-8")
    said = catalogue(lang)[f"error.file.{key}"].format(**facts)
    assert f"{said}\n" in run("import", run.home / name, lang=lang, code=3).err


HUGE = {case for case in FAULTY if case.startswith(("a gigabyte", "a cell of 50 MB", "16 384"))}


@pytest.mark.parametrize(
    ("lang", "case"), [(lang, case) for lang in LANGUAGES for case in FAULTY if lang == "vi" or case not in HUGE]
)
def test_what_cannot_be_read_is_told_and_nothing_is_written(run: Run, lang: LanguageCode, case: str) -> None:
    name, make, key = FAULTY[case]
    path = run.home / name
    make(path)
    answer = run("import", path, lang=lang, code=3)
    assert holds(answer.err, catalogue(lang)[f"error.{key}"]), answer.err[-600:]
    assert name in answer.err
    assert key != "file.broken" or "(" not in answer.err  # what went wrong inside says nothing to people
    assert not run.db.exists()


SOUND: dict[str, tuple[str, Callable[[Path], object], int]] = {
    "a workbook with the ending of a text": ("a.csv", book, 1),
    "a text with the ending of a workbook": ("a.xlsx", text(f"name,field,date\n{LINE}\n"), 1),
    "line ends of all systems": ("a.csv", text(f"name,field,date\r{LINE}\r\n{LINE}\n{LINE}\r\r\n"), 3),
    "UTF-32": ("a.csv", text(VIETNAMESE.encode("utf-32")), 1),
    "a billion laughs that are never told": ("a.xlsx", expanding, 1),
    "100 000 rows of separators": ("a.csv", text(f"name,field,date\n{LINE}\n" + ",,\n" * 100_000), 1),
    "spaces where nothing is meant": (
        "a.xlsx",
        lambda path: book(path, HEAD, ROW, (None, " "), change=lambda sheet: sheet.cell(9, 7, "\u00a0 ")),
        1,
    ),
    "a merged title, and merged cells that are empty": (
        "a.xlsx",
        lambda path: book(
            path,
            ("DANH SÁCH", None, None, None),
            HEAD,
            ROW,
            change=lambda sheet: (sheet.merge_cells("A1:D1"), sheet.merge_cells("A5:B7")),
        ),
        1,
    ),
    "many parts": ("a.xlsx", lambda path: (book(path), stuffed(path)), 1),
    "lines longer than a look at the beginning": ("a.jsonl", text(LONG * 2), 2),
}  # fmt: skip


NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}


def cell(value: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{value}</text:p></table:table-cell>'


TITLE = cell("DANH SÁCH", ' table:number-columns-spanned="4"')
ERROR = cell("#DIV/0!", ' calcext:value-type="error"')
EMPTY = '<table:table-row table:number-rows-repeated="1048500"><table:table-cell/></table:table-row>'


def ods(path: Path, *rows: str, top: str = "", manifest: str = "<manifest/>") -> None:
    """A spreadsheet as LibreOffice writes it, with endless empty rows below."""
    spaces = " ".join(f'xmlns:{short}="{name}"' for short, name in NAMES.items())
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    table = f'<table:table table:name="A">{lines}{EMPTY}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f'<?xml version="1.0"?>{top}<office:document-content {spaces}>{body}</office:document-content>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)


REPEATED = ' table:number-columns-repeated="16384"'
ODS_HEAD, ODS_ROW = "".join(map(cell, HEAD)), "".join(map(cell, ROW))
ODS_FAULTY: dict[str, tuple[tuple[str, ...], dict[str, str], str]] = {
    "merged units": (
        (TITLE, ODS_HEAD, "".join(map(cell, ROW[:3])) + cell(ROW[3], ' table:number-rows-spanned="2"'), ODS_ROW),
        {},
        "cell.merged",
    ),
    "a formula that ends in an error": ((ODS_HEAD, "".join(map(cell, ROW[:3])) + ERROR), {}, "cell.error"),
    "a password": ((ODS_HEAD, ODS_ROW), {"manifest": "<manifest:encryption-data/>"}, "file.encrypted"),
    "no XML": ((ODS_HEAD, f"{ERROR}</table:table-cell>"), {}, "file.broken"),
    "entities": ((ODS_HEAD, ERROR), {"top": '<!DOCTYPE x [<!ENTITY a "ha">]>'}, "file.broken"),
    "rows repeated for ever": (
        (ODS_HEAD, f'</table:table-row><table:table-row table:number-rows-repeated="1048570">{cell("x", REPEATED)}'),
        {},
        "file.broken",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ODS_FAULTY)
def test_what_is_wrong_with_a_sheet_of_libreoffice_is_told(run: Run, case: str) -> None:
    rows, more, key = ODS_FAULTY[case]
    path = run.home / "a.ods"
    ods(path, *rows, **more)
    answer = run("import", path, code=3)
    assert holds(answer.err, catalogue("en")[f"error.{key}"]), answer.err
    assert not run.db.exists()


def test_a_sheet_of_libreoffice_is_read_below_a_merged_title(run: Run) -> None:
    path = run.home / "a.ods"
    ods(path, TITLE, ODS_HEAD, f'</table:table-row><table:table-row table:number-rows-repeated="2">{ODS_ROW}')
    run("import", path)
    assert [record["unit"] for record in run.stored().values()] == [ROW[3]] * 2


def stuffed(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(20_000):
            archive.writestr(f"a/{number}", "")


@pytest.mark.parametrize("case", SOUND)
def test_what_is_only_odd_is_read(run: Run, case: str) -> None:
    name, make, count = SOUND[case]
    path = run.home / name
    make(path)
    run("import", path)
    assert run("models", "--count").out.strip() == str(count)


def test_a_workbook_that_lies_about_its_size_is_found_out(run: Run) -> None:
    path = run.home / "a.xlsx"
    bomb(path, says=1000)
    content = path.read_bytes()
    name = b"xl/worksheets/sheet1.xml"
    assert name in content
    run("import", path)  # nobody unpacks a part that holds no cells
    remade(path, lambda name, data: b" " * (1 << 26) if name.endswith("sheet1.xml") else data)
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 1 << 26), struct.pack("<I", 1000)))
    assert holds(run("import", path, code=3).err, catalogue("en")["error.file.broken"])


@pytest.mark.parametrize("name", ["a\uda6cb", "a\0b"])
def test_a_name_that_no_file_can_have_is_a_file_error(run: Run, name: str) -> None:
    assert "cannot be read" in run("import", name, code=6).err


def test_a_folder_is_a_file_error(run: Run) -> None:
    (run.home / "a.xlsx").mkdir()
    assert "a.xlsx" in run("import", run.home / "a.xlsx", code=6).err


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_a_pipe_is_read_as_it_flows(run: Run) -> None:
    path = run.home / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_text(f"name,field,date\n{LINE}\n", "utf-8"))
    writer.start()
    run("import", path)
    writer.join()
    assert run("models", "--count").out.strip() == "1"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device")
def test_a_device_that_never_ends_is_not_read_to_its_end(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "WHOLE", 1 << 20)
    assert holds(run("import", "/dev/zero", code=3).err, catalogue("en")["error.file.too_large"])


def test_a_file_that_is_being_written_is_not_believed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = run.home / "a.csv"
    path.write_text(f"name,field,date\n{LINE}\n", "utf-8")
    kept = incoming.Reading.keep

    def meanwhile(*args: Any, **named: Any) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{LINE}\n")
        kept(*args, **named)

    monkeypatch.setattr(incoming.Reading, "keep", meanwhile)
    assert holds(run("import", path, code=3).err, catalogue("en")["error.file.changed"])
    assert not run.db.exists()


def test_files_of_a_pattern_are_read_and_notes_of_excel_are_passed_over(run: Run) -> None:
    book(run.home / "a.xlsx")
    (run.home / "~$a.xlsx").write_bytes(b"\x05Office" + b"\0" * 150)
    answer = run("import", run.home / "*.xlsx")
    assert holds(answer.err, catalogue("en")["import.owner"])
    assert run("models", "--count").out.strip() == "1"
    assert "b*.xlsx" in run("import", run.home / "b*.xlsx", code=6).err
