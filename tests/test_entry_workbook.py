"""`template models|receptions|audits`: workbooks in which units enter what is then imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import Run, holds

from danvan.exchange.headings import meaning
from danvan.messages import catalogue
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
        assert "(1)" in run("import", path).out

    def test_lists_and_checks_keep_mistakes_out(self, run: Run, kind: str, form: str, lang: str) -> None:
        book = made(run, kind, form, lang)[1]
        checks = {check.type for check in book.worksheets[0].data_validations.dataValidation}
        has_numbers = any(field.is_number and form in field.forms for field in fields(KINDS[kind]).values())
        assert checks == {"list", "date", *(["whole"] if has_numbers else [])}
        assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "hidden"]
        assert book.worksheets[1].max_row > len(list(book.worksheets[0][1]))


def test_a_workbook_needs_a_name(run: Run) -> None:
    assert "FILE.xlsx" in run("template", "models", code=2).err
    assert "FILE.xlsx" in run("template", "models", "-o", "a.csv", code=2).err


def test_the_workbook_needs_a_name(run: Run) -> None:
    answer = run("template", "models", code=2)
    assert holds(answer.err, catalogue("en")["error.entry_file"])


def test_the_marks_of_excel_are_for_csv(run: Run) -> None:
    answer = run("export", "models", "--excel", "--format", "json", code=2)
    assert holds(answer.err, catalogue("en")["error.excel_csv"])
