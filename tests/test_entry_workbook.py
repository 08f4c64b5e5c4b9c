"""`template models|receptions|audits`: workbooks in which units enter what is then imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import Run, holds

from danvan.exchange.headings import meaning
from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import KINDS, fields

FORMS: dict[str, tuple[str, ...]] = {"single": (), "aggregate": ("--aggregate",)}


def made(run: Run, kind: str, form: str, lang: str) -> tuple[Path, Any]:
    path = run.home / f"{kind}-{form}-{lang}.xlsx"
    run("template", f"{kind}s", *FORMS[form], "-o", path, lang=lang)
    assert path.stat().st_mode & 0o077 == 0
    return path, openpyxl.load_workbook(path)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
class TestEntryWorkbook:
    def test_every_field_but_who_came_has_a_heading_that_is_understood(
        self, run: Run, kind: str, form: str, lang: str
    ) -> None:
        sheet = made(run, kind, form, lang)[1].worksheets[0]
        read = [meaning(KINDS[kind], cell.value, {}) for cell in sheet[1]]
        own = {name for name, field in fields(KINDS[kind]).items() if form in field.forms and not field.personal}
        assert set(read) == {"", "date", *own, *(["to"] if form == "aggregate" else [])}
        assert sheet.freeze_panes == "C2"
        assert all(sheet.column_dimensions[cell.column_letter].width >= 9 for cell in sheet[1])

    def test_the_example_is_not_imported_but_would_be_valid(self, run: Run, kind: str, form: str, lang: str) -> None:
        path, book = made(run, kind, form, lang)
        answer = run("import", path)
        assert "example" in answer.err
        assert "hidden" not in answer.err
        assert not run.db.exists()
        book.worksheets[0]["A2"] = 1
        book.save(path)
        assert "(number 1)" in run("import", path).out

    def test_lists_and_checks_keep_mistakes_out(self, run: Run, kind: str, form: str, lang: str) -> None:
        book = made(run, kind, form, lang)[1]
        checks = {check.type for check in book.worksheets[0].data_validations.dataValidation}
        has_numbers = any(field.is_number and form in field.forms for field in fields(KINDS[kind]).values())
        assert checks == {"list", "date", *(["whole"] if has_numbers else [])}
        assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "hidden"]
        assert book.worksheets[1].max_row > len(list(book.worksheets[0][1]))


@pytest.mark.parametrize(("form", "least"), [("single", 1), ("aggregate", 0)])
def test_the_least_that_is_asked_for_is_what_the_rules_let_in(run: Run, form: str, least: int) -> None:
    sheet, guide, _ = made(run, "reception", form, "vi")[1].worksheets
    said = {row[0].value: row[2].value for row in guide.iter_rows()}
    assert said["Số người"].startswith(f"số nguyên từ {least} trở lên")
    (at,) = (cell.column_letter for cell in sheet[1] if cell.value == "Số người")
    checks = sheet.data_validations.dataValidation
    assert [check.formula1 for check in checks if f"{at}2" in check.sqref] == [str(least)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("kind", "paper"), [(kind, paper) for kind in KINDS for paper in KINDS[kind].PAPERS])
def test_a_paper_form_is_asked_for_box_by_box_and_read_back(
    run: Run, kind: str, paper: str, lang: LanguageCode
) -> None:
    path = run.home / "form.xlsx"
    run("template", f"{kind}s", "--form", paper, "-o", path, lang=lang)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    names = [meaning(KINDS[kind], cell.value, {}) for cell in sheet[1]]
    boxes = KINDS[kind].PAPERS[paper]
    assert [name for name in names if name in boxes] == list(boxes)
    assert len(boxes) == 9
    told = "\n".join(str(row[2].value) for row in book.worksheets[1].iter_rows())
    assert all(holds(told, catalogue(lang)[f"entry.box.{kind}.{name}"]) for name in boxes[1:])
    sheet["A2"] = 1
    for at, name in enumerate(names, 1):
        if name in boxes:
            sheet.cell(2, at, f"Nội dung\n{name}")
    book.save(path)
    run("import", path, lang=lang)
    stored = run.stored()["1"]
    assert {name: stored[name] for name in boxes[1:]} == {name: f"Nội dung\n{name}" for name in boxes[1:]}
    assert stored[boxes[0]] == f"Nội dung {boxes[0]}"
    assert stored["status"] == "registered"


@pytest.mark.parametrize(
    ("lang", "kind", "heading", "older"),
    [
        ("vi", "models", "Ngày đăng ký *", "Ngày *"),
        ("vi", "receptions", "Ngày tiếp *", "Ngày *"),
        ("vi", "audits", "Ngày bắt đầu *", "Ngày *"),
        ("en", "models", "Registration date *", "Date *"),
        ("en", "receptions", "Reception date *", "Date *"),
        ("en", "audits", "Start date *", "Date *"),
    ],
)
def test_the_day_of_a_single_record_is_headed_by_what_it_is_and_older_workbooks_are_read(
    run: Run, lang: LanguageCode, kind: str, heading: str, older: str
) -> None:
    path = run.home / "entry.xlsx"
    run("template", kind, "-o", path, lang=lang)
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell for cell in book.worksheets[0][1]}
    assert heading in heads
    assert heading.removesuffix(" *") in {row[0].value for row in book.worksheets[1].iter_rows()}
    for name in (heading, older):
        heads[heading].value = name
        sheet = book.worksheets[0]
        for cell in sheet[2]:  # the example becomes a record
            sheet.cell(3, cell.column).value = cell.value
        sheet.cell(3, 1).value = None
        title = sheet.cell(2, 2).value
        sheet.cell(3, 2).value = f"{title} 2" if isinstance(title, str) else title
        other = run.home / "other.xlsx"
        book.save(other)
        assert sum(run("import", other, "--dry-run", "--json", lang=lang).document["added"].values()) == 1


def test_there_are_paper_forms_of_single_records_only(run: Run) -> None:
    for argv in (
        ("models", "--form", "1999"),
        ("audits", "--form", "2026"),
        ("models", "--form", "2026", "--aggregate"),
    ):
        answer = run("template", *argv, "-o", run.home / "a.xlsx", code=2)
        assert holds(answer.err, catalogue("en")["error.paper"])
        assert "models --form 2026" in answer.err
    for argv in (("--form", "2026"), ("--aggregate",)):
        answer = run("template", "a.docx", *argv, code=2)
        assert holds(answer.err, catalogue("en")["error.entry_only"])


def test_a_workbook_needs_a_name(run: Run) -> None:
    assert "FILE.xlsx" in run("template", "models", code=2).err
    assert "FILE.xlsx" in run("template", "models", "-o", "a.csv", code=2).err


def test_the_workbook_needs_a_name(run: Run) -> None:
    answer = run("template", "models", code=2)
    assert holds(answer.err, catalogue("en")["error.entry_file"])


def test_the_marks_of_excel_are_for_csv(run: Run) -> None:
    answer = run("export", "models", "--excel", "--format", "json", code=2)
    assert holds(answer.err, catalogue("en")["error.excel_csv"])
