"""Workbooks on paper: every text has the room it takes, no table is made smaller by a line, no chart is cut in two."""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import Run

from danvan.messages import LANGUAGES

LONG = "Phường Cẩm Giang, thành phố Quảng Bắc (trước là xã Cẩm Giang, huyện Quảng Châu và một phần xã Nam Đình)"
LETTER = 0.9  # of a digit: how wide a letter is on the average
LINE = 14.5  # points: what a line of Times New Roman takes at 12 points, as spreadsheets draw it


@pytest.fixture
def crowded(run: Run) -> Run:
    """Units with long names, and records that call for long remarks."""
    for day in range(1, 12):
        run(
            *("add-audit", f"Đất {day}", "--type", "thanh tra", "--unit", LONG, "--recovery", "1 tỷ"),
            *("--date", f"{day}/3/2023"),
        )
    run("add-audit", "--type", "duty-check", "--count", "3", "--from", "1/1/2022", "--to", "31/12/2022")
    run("add-audit", "--type", "duty-check", "--count", "4", "--from", "1/1/2023", "--to", "31/12/2023")
    run("add-reception", "Đất", "--mode", "thường xuyên", "--people", "12", "--date", "15/3/2023", "--unit", LONG)
    run("add-model", "Hoa", "--field", "economy", "--unit", LONG, "--date", "10/2/2023")
    return run


def book(run: Run, *argv: str, lang: str) -> Any:
    path = Path(run.home) / "paper.xlsx"
    run(*argv, "-o", path, "--force", lang=lang)
    return openpyxl.load_workbook(path)


def widths(page: Any) -> dict[int, float]:
    """The width of each column, in characters."""
    known = {}
    for one in page.column_dimensions.values():
        known |= dict.fromkeys(range(one.min, one.max + 1), one.width)
    return known


def spans(page: Any) -> dict[str, tuple[int, int]]:
    """The columns and the rows that each merged cell takes."""
    return {area.coord.split(":")[0]: (area.size["columns"], area.size["rows"]) for area in page.merged_cells.ranges}


def cramped(page: Any) -> list[str]:
    """The texts of a sheet that its cells do not show in full."""
    width, merged, found = widths(page), spans(page), []
    last = max(width)
    for cell in (cell for row in page.iter_rows() for cell in row if cell.data_type == "s"):
        columns, rows = merged.get(cell.coordinate, (1, 1))
        if not cell.alignment.wrap_text and columns == 1:
            columns = last - cell.column + 1  # it runs on over the blank cells beside it
        room = sum(width[at] for at in range(cell.column, cell.column + columns))
        size = cell.font.size / 12 * LETTER
        needed = max(sum(math.ceil(len(part) * size / room) for part in cell.value.split("\n")), 1)
        height = sum(
            page.row_dimensions[at].height or page.sheet_format.defaultRowHeight
            for at in range(cell.row, cell.row + rows)
        )
        if needed * LINE * cell.font.size / 12 > height + 1:
            found.append(f"{page.title}!{cell.coordinate}: {needed} lines in {height} points: {cell.value}")
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("argv", [("report", "2023", "--by", "unit"), ("form", "01/TTr"), ("form", "01/TCD")])
def test_every_text_of_a_workbook_has_the_room_it_takes(crowded: Run, argv: tuple[str, ...], lang: str) -> None:
    if argv[0] == "form":
        argv = (*argv, "2023")
    for page in book(crowded, *argv, lang=lang).worksheets:
        assert cramped(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_of_a_report_is_wider_than_its_table(crowded: Run, lang: str) -> None:
    said = 0
    for page in book(crowded, "report", "2023", lang=lang).worksheets:
        merged = spans(page)
        for row in page.iter_rows(min_row=4):
            texts = [cell for cell in row if cell.value is not None]
            if len(texts) == 1 and len(str(texts[0].value)) > 40:
                assert merged[texts[0].coordinate][0] == max(widths(page)), texts[0].value
                said += 1
    assert said


def test_charts_begin_a_page_where_they_would_be_cut(crowded: Run) -> None:
    page = next(page for page in book(crowded, "report", "2023", lang="vi").worksheets if page._charts)
    assert not page.sheet_properties.pageSetUpPr.fitToPage
    breaks = [one.id for one in page.row_breaks.brk]
    printed = page.page_setup.scale / 100
    assert (
        printed * sum(7 * width + 5 for width in widths(page).values()) < 660 / 1.33
    )  # A4 less the margins, in pixels, and room for LibreOffice
    ends = [0, *breaks, page.max_row + 100]
    heights = [page.row_dimensions[at].height or 20 for at in range(1, page.max_row + 100)]
    assert breaks
    assert len(page._charts) > 1
    for chart in page._charts:
        anchor = chart.anchor
        assert anchor.to.col < len(widths(page))
        start = anchor._from.row
        stop = anchor.to.row + 1
        begin, end = next((a, b) for a, b in itertools.pairwise(ends) if a <= start < b)
        assert stop <= end
        assert printed * sum(heights[begin:stop]) * 96 / 72 < 965
