"""`export`: what goes out comes back in as the same records."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import msgspec
import openpyxl
import pytest
from drawing import OWN, records
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import HALF, MINIMAL, Run, office

from danvan.errors import Invalid
from danvan.exchange.cells import Cells, compiled, written
from danvan.formatting.language import Language
from danvan.formatting.texts import checked
from danvan.records import (
    KINDS,
    Audit,
    Model,
    Movement,
    Reception,
    Record,
    problems,
)

FORMS = ("csv", "xlsx", "json", "jsonl")
STORED = ("rev", "at", "by", "batch")


def content(run: Run) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in record.items() if name not in STORED}
        for record in run.stored().values()
        if record["kind"] in KINDS
    ]


@pytest.mark.parametrize("flags", [*(("--format", form) for form in FORMS), ("--excel",)])
@pytest.mark.parametrize("lang", ["vi", "en"])
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(records().filter(lambda record: not problems(record)), min_size=1, max_size=5))
def test_what_goes_out_comes_back_as_the_same_records(flags: tuple[str, ...], lang: str, made: list[Record]) -> None:
    with office() as run, office() as other:
        run.register().add_many(made)
        for one in (run, other):
            one.register().settle(lambda before: msgspec.structs.replace(before, local=OWN))
        path = run.home / "out"
        run("export", "all", "-o", path, *flags, lang=lang)
        assert path.stat().st_mode & 0o077 == 0
        other("import", path, lang=lang)
        by_uid = {record["uid"]: record for record in content(run)}
        assert {record["uid"]: record for record in content(other)} == by_uid
        assert run("import", path, "--json", lang=lang).document["differing"] == []
        assert len(content(run)) == len(made)


@given(st.text(max_size=20))
def test_every_text_survives_the_armour_of_a_cell(text: str) -> None:
    try:
        kept = checked(text)
    except Invalid:
        return
    for plain in (True, False):
        read = compiled(Model, "name", Language("en"), date(2023, 1, 1), Cells(is_table=True))
        assert read(written(kept, plain=plain) or "") == kept


def add_some(run: Run) -> None:
    for lines in MINIMAL.values():
        run(*lines.single, "--date", "2023-05-01", "--unit", "Tổ 1")
        run(*lines.aggregate, *HALF, "--unit", "Tổ 2")


def test_filters_of_the_queries_choose_the_records(run: Run) -> None:
    add_some(run)
    for flags, found in ((("--unit", "Tổ 1"), 1), (("--year", "2022"), 0), (("--field", "economy"), 1), ((), 2)):
        document = run("export", "models", "--format", "json", *flags).document
        assert (document["kind"], len(document["records"])) == ("model", found)
    assert len(run("export", "all", "--format", "jsonl", "--unit", "Tổ 2").out.splitlines()) == 3


def test_lines_of_json_each_say_their_kind(run: Run) -> None:
    add_some(run)
    lines = [json.loads(line) for line in run("export", "all", "--format", "jsonl").out.splitlines()]
    assert [line["kind"] for line in lines] == [kind for kind in KINDS for _ in range(2)]


def test_csv_has_stable_names_and_for_excel_the_words_of_the_language(run: Run) -> None:
    add_some(run)
    (_, row) = csv.DictReader(io.StringIO(run("export", "models").out))
    assert (row["name"], row["field"], row["date"], row["to"]) == ("Đường hoa", "economy", "2023-05-01", "")
    out = run("export", "models", "--excel", lang="vi").out
    assert out.startswith("\ufeff")
    (_, row) = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")), delimiter=";")
    assert (row["Tên mô hình"], row["Lĩnh vực"], row["Ngày"]) == ("Đường hoa", "kinh tế", "01/05/2023")
    run("export", "models", "--excel", "--format", "json", code=2)


def test_a_workbook_holds_days_and_numbers_and_no_formula(run: Run) -> None:
    run("add-audit", "=1+1", "--type", "inspection", "--recovery", "81,5 tỷ", "--date", "2023-05-01")
    path = run.home / "a.xlsx"
    run("export", "all", "-o", path, lang="vi")
    book = openpyxl.load_workbook(path)
    sheet = book["Thanh tra, kiểm tra công vụ"]
    (heads, cells) = sheet.iter_rows()
    row = {head.value: cell for head, cell in zip(heads, cells, strict=True)}
    assert row["Ngày"].is_date
    assert row["Kiến nghị thu hồi (đồng)"].value == 81_500_000_000
    assert (row["Tên cuộc"].value, row["Tên cuộc"].data_type, row["Tên cuộc"].quotePrefix) == ("=1+1", "s", True)
    assert sheet.freeze_panes
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert row["Mã bản ghi"].column_letter not in sheet.print_area  # which only programs read


def test_who_came_is_masked_and_a_mask_is_not_taken_back(run: Run) -> None:
    run.register().add(
        Reception(
            date(2023, 1, 1), mode="regular", receiver="staff", category="complaint", citizen="Nguyễn Thị Sentinel"
        )
    )
    for form in FORMS:
        path = run.home / f"out.{form}"
        assert "masked in 1" in run("export", "receptions", "-o", path).err
        assert b"Sentinel" not in path.read_bytes()
        with office() as other:
            assert "masked" in other("import", path, code=3).err
            assert not other.db.exists()
            column = next(one["column"] for one in other("import", path, "--json", code=3).document["problems"])
            other("import", path, "--map", f"{column}=")
            assert other.stored()["1"].get("citizen", "") == ""
    assert run("export", "receptions", "--format", "json").document["masked"] is True


def test_a_file_that_exists_is_overwritten_only_if_that_is_asked_for(run: Run) -> None:
    add_some(run)
    path = run.home / "a.csv"
    run("export", "models", "-o", path)
    run("export", "models", "-o", path, code=1)
    run("export", "models", "-o", path, "--force")


def test_what_is_to_be_exported_must_be_said(run: Run) -> None:
    run("export", code=2)
    assert "receptions" in run("export", "everything", code=2).err


def test_an_empty_register_exports_nothing_and_is_not_created(run: Run) -> None:
    for form in ("csv", "json", "jsonl"):
        run("export", "all", "--format", form)
    assert list(run.home.iterdir()) == []


def test_void_records_stay_where_they_are(run: Run) -> None:
    add_some(run)
    run("void", "1", "--reason", "twice")
    assert len(run("export", "models", "--format", "json").document["records"]) == 1


def test_records_are_written_as_they_are_stored(run: Run) -> None:
    entry = run.register().add(Audit(date(2023, 1, 1), type="inspection", movements=(Movement(date(2023, 2, 1), 5),)))
    (record,) = run("export", "audits", "--format", "json").document["records"]
    assert record == {"id": 1, **json.loads(msgspec.json.encode(entry.record))}
