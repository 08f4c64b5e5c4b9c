"""`import` takes rows and columns that nobody sees in the workbook, and says so."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest
from office import Run, holds

from danvan.messages import LANGUAGES, LanguageCode, catalogue

HEAD = ("Tên mô hình", "Lĩnh vực", "Ngày")
ROWS = [(name, "khác", "1/2/2023") for name in ("Hoa", "Chợ", "Rừng", "Camera")]
BEGIN = '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>'
END = "</office:spreadsheet></office:body></office:document-content>"
TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(path: Path, hidden: Iterable[int] = (), columns: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Mô hình"
    for row in (HEAD, *ROWS):
        sheet.append(row)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    for letter in columns:
        sheet.column_dimensions[letter].hidden = True
    book.save(path)
    return path


def ods(path: Path, hidden: Iterable[int] = (), columns: str = "") -> Path:
    def row(number: int, cells: tuple[str, ...]) -> str:
        told = ' table:visibility="filter"' if number in hidden else ""
        said = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
        )
        return f"<table:table-row{told}>{said}</table:table-row>"

    rows = "".join(row(number, cells) for number, cells in enumerate((HEAD, *ROWS), 1))
    seen = ("" if letter not in columns else ' table:visibility="collapse"' for letter in "ABC")
    above = "".join(f"<table:table-column{told}/>" for told in seen)
    above += '<table:table-column table:visibility="collapse" table:number-columns-repeated="16381"/>'
    space = "urn:oasis:names:tc:opendocument:xmlns"
    begin = BEGIN.replace('"o"', f'"{space}:office:1.0"').replace('"t"', f'"{space}:table:1.0"')
    begin = begin.replace('"x"', f'"{space}:text:1.0"')
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", TYPE)
        archive.writestr("content.xml", f'{begin}<table:table table:name="Mô hình">{above}{rows}</table:table>{END}')
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/></manifest:manifest>',
        )
    return path


WRITERS = {"xlsx": xlsx, "ods": ods}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("ending", WRITERS)
def test_hidden_rows_are_told_with_how_many_and_which(run: Run, ending: str, lang: LanguageCode) -> None:
    path = WRITERS[ending](run.home / f"a.{ending}", {3, 5})
    said = catalogue(lang)["problem.hidden_row"]
    answer = run("import", path, "--dry-run", lang=lang)
    assert said in answer.err
    assert answer.err.endswith(f"a.{ending} · Mô hình · {catalogue(lang)['import.row'].format(row='3, 5')}\n")
    assert said in run("import", path, "--strict", lang=lang, code=1).err
    assert holds(run("import", path, lang=lang).err, f"{said} (2 ")
    assert len(run.stored()) == 4


@pytest.mark.parametrize("ending", WRITERS)
def test_where_no_row_of_records_is_hidden_nothing_is_told(run: Run, ending: str) -> None:
    for hidden in ((), (1,)):
        path = WRITERS[ending](run.home / f"a.{ending}", hidden)
        assert run("import", path, "--strict", "--dry-run").err == ""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("ending", WRITERS)
def test_hidden_columns_are_told_once_by_their_letters_and_headings(run: Run, ending: str, lang: LanguageCode) -> None:
    path = WRITERS[ending](run.home / f"a.{ending}", columns="BC")
    columns = "B (Lĩnh vực), C (Ngày)"
    said = catalogue(lang)["import.hidden_column"].format(file=f"{path} · Mô hình", columns=columns)
    assert said in run("import", path, "--strict", lang=lang, code=1).err
    assert not run.db.exists()
    (notice,) = run("import", path, "--unit", "A", "--dry-run", "--json", lang=lang).err.splitlines()
    assert json.loads(notice)["notice"] == {"key": "hidden_column", "message": said}
    assert run("import", path, lang=lang).err == f"{catalogue(lang)['caution.line'].format(message=said)}\n"
    assert len(run.stored()) == 4


@pytest.mark.parametrize("ending", WRITERS)
def test_hidden_columns_from_which_nothing_is_taken_are_not_told(run: Run, ending: str) -> None:
    path = WRITERS[ending](run.home / f"a.{ending}", columns="A")
    answer = run("import", path, "--map", "Tên mô hình=", code=3)
    assert not holds(answer.err, catalogue("en")["import.hidden_column"])


def test_a_hidden_column_is_named_by_its_place_in_a_sheet_that_begins_further_right(run: Run) -> None:
    book = openpyxl.load_workbook(xlsx(run.home / "a.xlsx"))
    book.worksheets[0].insert_cols(1, 2)
    book.worksheets[0].column_dimensions.group("C", "D", hidden=True)
    book.save(run.home / "a.xlsx")
    assert "C (Tên mô hình), D (Lĩnh vực)" in run("import", run.home / "a.xlsx").err


def test_hidden_columns_of_kinds_and_of_units_of_amounts_are_told_too(run: Run) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(("Loại sổ", "Tên cuộc", "Loại", "Ngày", "Ngày kết luận", "Kiến nghị thu hồi", "ĐVT"))
    book.worksheets[0].append(("audit", "Đất", "thanh tra", "1/2/2023", "1/3/2023", 5, "tỷ đồng"))
    for letter in "AG":
        book.worksheets[0].column_dimensions[letter].hidden = True
    book.save(run.home / "a.xlsx")
    assert "A (Loại sổ), G (ĐVT)" in run("import", run.home / "a.xlsx").err


def test_a_hidden_column_in_which_nothing_stands_is_not_told(run: Run) -> None:
    book = openpyxl.load_workbook(xlsx(run.home / "a.xlsx"))
    book.worksheets[0]["D1"] = "Ghi chú"
    book.worksheets[0].column_dimensions.group("D", "XFD", hidden=True)
    book.save(run.home / "a.xlsx")
    assert run("import", run.home / "a.xlsx").err == ""
