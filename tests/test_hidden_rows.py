"""`import` takes rows that nobody sees in the workbook, and says so."""

from __future__ import annotations

import zipfile
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


def xlsx(path: Path, hidden: set[int]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Mô hình"
    for row in (HEAD, *ROWS):
        sheet.append(row)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.save(path)
    return path


def ods(path: Path, hidden: set[int]) -> Path:
    def row(number: int, cells: tuple[str, ...]) -> str:
        told = ' table:visibility="filter"' if number in hidden else ""
        said = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
        )
        return f"<table:table-row{told}>{said}</table:table-row>"

    rows = "".join(row(number, cells) for number, cells in enumerate((HEAD, *ROWS), 1))
    space = "urn:oasis:names:tc:opendocument:xmlns"
    begin = BEGIN.replace('"o"', f'"{space}:office:1.0"').replace('"t"', f'"{space}:table:1.0"')
    begin = begin.replace('"x"', f'"{space}:text:1.0"')
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", TYPE)
        archive.writestr("content.xml", f'{begin}<table:table table:name="Mô hình">{rows}</table:table>{END}')
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
    for hidden in (set[int](), {1}):
        path = WRITERS[ending](run.home / f"a.{ending}", hidden)
        assert run("import", path, "--strict", "--dry-run").err == ""
