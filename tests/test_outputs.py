"""A report in every format: the same figures everywhere, nothing that people typed acts, and templates of one's own."""

from __future__ import annotations

import io
import json
import re
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from docx import Document
from office import Run, holds, tell_article

from danvan.errors import Invalid
from danvan.formatting.parsing import parse_area, parse_count, parse_money
from danvan.messages import LANGUAGES, catalogue
from danvan.render import picture
from danvan.reports import SECTIONS

GOLDEN = Path(__file__).parent / "golden"
FILES = ("md", "html", "svg", "xlsx", "docx", "txt", "json")
HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "+1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} {% for x in y %}",
    "{{ m.models }}",
    "a|b *c* _d_ `e` [f](http://evil.example) # g",
    "&amp; ]]> <!-- ' \\",
    "[bold]x[/bold] [link=http://evil.example]y[/link]",
)
WAYS = {"dong": parse_money, "m2": parse_area}
AS_JSON = ("--format", "docx", "--json")
UNKNOWN = ("unknown", "không rõ", "–", "")


@pytest.fixture
def full(run: Run) -> Run:
    """The article's year, a year before it, single records that know little, and an office."""
    tell_article(run)
    run("config", "set", "office", "Ban Dân vận Thành ủy")
    run("config", "set", "superior", "Thành ủy Hà Nội")
    run("add-model", "Camera", "--field", "defence", "--unit", "Phường Trung Hòa", "--date", "10/2/2023")
    run("add-model", "Hoa", "--field", "economy", "--unit", "Phường Trung Hòa", "--date", "10/2/2022")
    run("add-reception", "Đất", "--mode", "định kỳ", "--people", "12", "--cases-first", "2", "--date", "15/3/2023")
    run(
        *("add-audit", "Đất đai", "--type", "thanh tra", "--started", "1/11/2022", "--concluded", "20/5/2023"),
        *("--violations", "2 tỷ", "--recovery", "1,4 tỷ", "--other-handling", "500 triệu", "--recovery-land", "1080"),
    )
    return run


def written(run: Run, ending: str, *argv: object, lang: str = "vi") -> bytes:
    """The report of 2023 as a file of that ending."""
    path = run.home / f"report.{ending}"
    run("report", *(argv or ("2023",)), "-o", path, "--force", lang=lang)
    return path.read_bytes()


class Page(HTMLParser):
    """The elements of a page: their tags and attributes, and the texts of the cells by measure."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: dict[str, list[str]] = {}
        self.cells: list[str] = []
        self._row: list[str] = []
        self._open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self._row = self.rows.setdefault(dict(attrs).get("data-measure") or "", [])
        self._open = tag in ("td", "th")
        if self._open:
            self._row.append("")
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._open:
            self._row[-1] += data
            self.cells[-1] += data


def number(text: str, unit: str) -> int | None:
    """The figure that a cell shows."""
    bare = re.sub(r"^(ít nhất|at least|tăng|giảm|up|down) ", "", text.strip())
    return None if bare in UNKNOWN else WAYS.get(unit, parse_count)(bare)


def rows_of(document: Any) -> list[Any]:
    return [row for section in document["sections"] for row in section["rows"]]


def markdown_rows(text: str) -> Iterator[list[str]]:
    """The body rows of the tables, unescaped."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        is_rule = set(line) <= set("|-: ")
        is_head = at + 1 < len(lines) and lines[at + 1].startswith("| -")
        if line.startswith("|") and not is_rule and not is_head:
            yield cells_of(line)


def cells_of(line: str) -> list[str]:
    parts = re.split(r"(?<!\\)\|", line)[1:-1]
    return [re.sub(r"\\(.)", r"\1", part).replace("&emsp;", "").strip() for part in parts]


def book_of(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def word_rows(data: bytes) -> list[list[str]]:
    """The rows of figures in a document's first table of figures, without its titles and its head."""
    table = next(table for table in Document(io.BytesIO(data)).tables if table.style.name == "danvan figures")
    rows = [[cell.text.replace("\xa0", "") for cell in row.cells] for row in table.rows]
    return [row for row in rows[1:] if len(set(row)) > 1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_format_has_the_figures_of_the_json(full: Run, lang: str) -> None:
    argv = ("2023", "--money", "dong")
    known = rows_of(json.loads(written(full, "json", *argv, lang=lang)))
    page = Page(written(full, "html", *argv, lang=lang).decode())
    book = book_of(written(full, "xlsx", *argv, lang=lang))
    sheets = [row for sheet in book.worksheets[:4] for row in sheet.iter_rows(min_row=5) if row[1].value is not None]
    word = word_rows(written(full, "docx", *argv, lang=lang))
    marked = list(markdown_rows(written(full, "md", *argv, lang=lang).decode()))
    assert len(known) == len(sheets) == len(word) == len(marked)
    for row, cells, words, marks in zip(known, sheets, word, marked, strict=True):
        values = [row["value"], row["previous"]]
        label = catalogue(lang)[f"measure.{row['measure']}"].strip()  # type: ignore[arg-type]
        for texts in (page.rows[row["measure"]], words, marks):
            assert texts[0] == label
            assert [number(text, row["unit"]) for text in texts[1:3]] == values
            assert number(texts[3].replace("bằng", "0").replace("equal", "0"), row["unit"]) == (
                None if row["change"] is None else abs(row["change"])
            )
            assert texts[1].startswith(("ít nhất", "at least")) == row["at_least"]
        numbers = [cell.value if isinstance(cell.value, (int, float)) else None for cell in cells[1:5]]
        assert [cell.value for cell in cells[:1]] == [label]
        assert numbers[:3] == [*values, row["change"]]
        assert (None if numbers[3] is None else round(numbers[3] * 100, 2)) == row["change_percent"]
        assert ("≥" in cells[1].number_format) == row["at_least"]


def test_breakdowns_stand_in_every_format_with_the_same_sums(full: Run) -> None:
    argv = ("2023", "--by", "unit")
    document = json.loads(written(full, "json", *argv))
    assert [table["measure"] for table in document["breakdowns"]] == [
        "duty_checks.total",
        "inspections.launched",
        "models.registered",
        "receptions.turns",
    ]
    for table in document["breakdowns"]:
        assert sum(line["figures"]["now"]["figure"] or 0 for line in table["lines"]) == table["total"]["now"]["figure"]
    models = {line["value"]: line["figures"]["now"]["figure"] for line in document["breakdowns"][2]["lines"]}
    assert models == {"Thành phố Hà Nội": 13_660, "Phường Trung Hòa": 1}
    book = book_of(written(full, "xlsx", *argv))
    sheet = next(sheet for sheet in book.worksheets[4:] if "Phong trào" in sheet.title)
    assert {row[0].value: row[1].value for row in sheet.iter_rows(min_row=5, max_row=7)} == models | {"Tổng": 13_661}
    for ending in ("md", "html", "txt"):
        assert "13.660" in written(full, ending, *argv).decode()
        assert "Phường Trung Hòa" in written(full, ending, *argv).decode()
    tables = Document(io.BytesIO(written(full, "docx", *argv))).tables
    assert [cell.text for cell in tables[-2].rows[-1].cells][:2] == ["Tổng", "13.661"]


def test_cross_tables_reach_json_and_the_workbook(full: Run) -> None:
    argv = ("2023", "--by", "unit", "--by", "field")
    (table,) = json.loads(written(full, "json", *argv))["breakdowns"]
    assert table["lines"][1]["cells"] == [{"value": "defence", "figure": 1, "at_least": False}]
    sheet = book_of(written(full, "xlsx", *argv)).worksheets[4]
    assert "quốc phòng - an ninh" in [cell.value for cell in sheet[4]]


@pytest.fixture
def hostile(full: Run) -> Run:
    """An office whose names and units are all traps."""
    full("config", "set", "office", " ".join(HOSTILE[3:9])[:190])
    full("config", "set", "superior", HOSTILE[5])
    for text in HOSTILE:
        full("add-model", text, "--field", "other", "--unit", text, "--date", "2023-05-05")
    return full


def test_a_page_holds_nothing_that_acts_and_asks_for_nothing(hostile: Run) -> None:
    text = written(hostile, "html", "2023", "--by", "unit").decode()
    page = Page(text)
    assert set(HOSTILE) <= set(page.cells)
    tags = {tag for tag, _ in page.tags}
    assert tags.isdisjoint({"script", "img", "link", "iframe", "a", "object", "base"})
    for _, attributes in page.tags:
        assert not any(name.startswith("on") or name in ("src", "href", "action") for name in attributes)
    outside = re.sub(r"&[a-z#0-9]+;", "", re.sub(r">[^<]*<|\"[^\"]*\"", "", text))
    assert not re.findall(r"https?:|//[a-z]|url\(|@import", outside)
    assert "default-src 'none'" in text
    assert dict(page.tags)["html"] == {"lang": "vi"}


@pytest.mark.parametrize("argv", [("2023",), ("2019..2023",), ("2023-04",), ("2023", "--by", "unit", "--by", "mode")])
def test_a_page_is_well_formed_and_says_what_its_charts_show(full: Run, argv: tuple[str, ...]) -> None:
    text = written(full, "html", *argv).decode()
    page = Page(text)
    for tag in ("section", "table", "tr", "td", "th", "figure", "svg", "text", "div"):
        assert len(re.findall(rf"<{tag}[ >]", text)) == text.count(f"</{tag}>")
    charts = [attributes for tag, attributes in page.tags if tag == "svg"]
    assert all(attributes["role"] == "img" and attributes["aria-label"] for attributes in charts)
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th" and "colspan" not in attributes)


def test_the_total_of_a_printed_table_stands_once_below_its_last_part(full: Run) -> None:
    """Browsers repeat the footer of a table on every page that it runs over."""
    text = written(full, "html", "2023", "--by", "unit").decode()
    assert "<tfoot" in text
    assert re.search(r"tfoot *{ *display: table-row-group", text.partition("@media print")[2])


def test_several_years_are_drawn_as_lines_and_what_is_unknown_as_a_gap(full: Run) -> None:
    for year in (2020, 2022):
        full("add-model", "--count", year, "--from", f"1/1/{year}", "--to", f"31/12/{year}")
    text = written(full, "html", "2019..2023").decode()
    models = re.search(r'<svg[^>]*aria-label="[^"]*mô hình.*?</svg>', text)
    assert models
    assert (models[0].count("<circle"), models[0].count("<line")) == (3, 1)


def test_a_workbook_has_no_formula_and_no_link(hostile: Run) -> None:
    data = written(hostile, "xlsx", "2023", "--by", "unit")
    book = book_of(data)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert set(HOSTILE) <= {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"n", "s", "d"}
    assert not any(cell.hyperlink for cell in cells)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_a_workbook_prints_well_and_holds_days_percents_and_charts(full: Run) -> None:
    book = book_of(written(full, "xlsx"))
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9
        if not sheet._charts:  # those have a scale and pages of their own
            assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert "&P" in sheet.oddFooter.center.text
        assert len(sheet.title) <= 31
    receptions = book["Tiếp công dân"]
    assert (receptions.freeze_panes, receptions.print_title_rows) == ("B5", "$4:$4")
    assert (receptions["E5"].number_format, round(receptions["E5"].value, 4)) == ("0.0%", -0.057)
    notes = book["Kỳ và ghi chú"]
    assert (notes["B5"].value, notes["C5"].value) == (datetime(2023, 1, 1), datetime(2023, 12, 31))
    assert len(book["Biểu đồ"]._charts) == 6
    unknown = [row[1].value for row in receptions.iter_rows(min_row=6, max_row=9)]
    assert unknown == ["không rõ"] * 4


@pytest.mark.parametrize(
    ("argv", "format_"),
    [
        (("--money", "billion"), '#,##0.0###,,, "tỷ đồng"'),
        (("--money", "million"), '#,##0.0###,, "triệu đồng"'),
        ((), '#,##0 "đ"'),
    ],
)
def test_the_scale_of_money_is_a_format_and_the_number_stays_whole(
    full: Run, argv: tuple[str, ...], format_: str
) -> None:
    cells = [row[1] for row in book_of(written(full, "xlsx", "2023", *argv))["Thanh tra"].iter_rows(min_row=5)]
    assert next(cell for cell in cells if cell.value == 82_900_000_000).number_format == format_


def test_options_of_style_reach_every_format(full: Run) -> None:
    argv = ("2023", "--decimals", "2", "--pad", "--money", "million")
    for ending in ("md", "html", "txt", "docx"):
        data = written(full, ending, *argv)
        text = "\n".join(" ".join(row) for row in word_rows(data)) if ending == "docx" else data.decode()
        assert "5,70%" in text
        assert "82.900,0 triệu đồng" in text
        assert "05" in text
    sheet = book_of(written(full, "xlsx", *argv)).worksheets[3]
    assert sheet["E5"].number_format == "0.00%"


def test_markdown_shows_what_was_typed(hostile: Run) -> None:
    text = written(hostile, "md", "2023", "--by", "unit").decode()
    cells = {cell for line in text.splitlines() if line.startswith("|") for cell in cells_of(line)}
    assert set(HOSTILE) <= cells
    assert not re.search(r"(?<!\\)(<script|<img|\[f\]|http://)", text)


def test_a_picture_is_xml_that_asks_for_nothing(hostile: Run) -> None:
    text = written(hostile, "svg", "2023", "--by", "unit").decode()
    ElementTree.fromstring(text)
    assert "alert(1)" in text
    urls = set(re.findall(r"https?://[^\"'\s<)&]+", text)) - {"http://www.w3.org/2000/svg"}
    assert all("evil" in url for url in urls)
    assert "<script" not in text
    assert "@font-face" not in text
    assert "url(" not in text.replace("url(#", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_of_the_demo_is_the_golden_one(run: Run, updating: bool, lang: str) -> None:
    run("demo", "--out", run.home / "demo.json", lang=lang)
    shown = written(run, "svg", "2023", "--db", run.home / "demo.json", "--today", "2024-01-15", lang=lang).decode()
    path = GOLDEN / f"report.{lang}.svg"
    if updating:
        path.write_text(shown, "utf-8")
    assert shown == path.read_text("utf-8"), f"if this is wanted, run pytest --update-golden {Path(__file__).name}"


def test_no_golden_picture_is_left_over() -> None:
    assert {path.name for path in GOLDEN.glob("*.svg")} == {f"report.{code}.svg" for code in LANGUAGES}


def test_a_picture_is_as_wide_as_it_says() -> None:
    assert 'viewBox="0 0' in picture.picture(["x" * 250], "title")


@pytest.mark.parametrize("layout", ["party", "state"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_document_has_the_heading_of_its_layout(full: Run, layout: str, lang: str) -> None:
    data = written(full, "docx", "2023", "--layout", layout, lang=lang)
    document = Document(io.BytesIO(data))
    left, right = (cell.text for cell in document.tables[0].rows[0].cells)
    assert "BAN DÂN VẬN THÀNH ỦY" in left
    assert "THÀNH ỦY HÀ NỘI" in left
    assert ("Độc lập" in right or "Independence" in right) == (layout == "state")
    assert ("ĐẢNG CỘNG SẢN" in right or "COMMUNIST PARTY" in right) == (layout == "party")
    assert "26" in right
    section = document.sections[0]
    sizes = (section.page_width.mm, section.page_height.mm, section.left_margin.mm, section.right_margin.mm)
    assert [round(size) for size in sizes] == [210, 297, 30, 15]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert document.styles["Normal"].font.name == "Times New Roman"
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "{" not in text
    assert all(mark in text for mark in ("I. ", "II. ", "III. ", "IV. ", "V. ", "2024"))


def test_a_document_says_the_sentences_of_the_text(full: Run) -> None:
    paragraphs = [paragraph.text for paragraph in Document(io.BytesIO(written(full, "docx"))).paragraphs]
    said = [line for line in written(full, "txt").decode().splitlines() if line and not line.startswith("Số liệu")]
    assert len(said) == 4
    assert set(said) <= set(paragraphs)
    assert any(paragraph.startswith("(cơ quan viết)") for paragraph in paragraphs)


def test_the_layout_is_the_office_s_unless_asked_for(full: Run) -> None:
    full("config", "set", "layout", "state")
    right = Document(io.BytesIO(written(full, "docx"))).tables[0].rows[0].cells[1].text
    assert right.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")


def test_hostile_texts_stand_in_a_document_as_they_were_typed(hostile: Run) -> None:
    data = written(hostile, "docx", "2023", "--by", "unit")
    document = Document(io.BytesIO(data))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert set(HOSTILE) <= cells
    assert "49" not in cells
    assert HOSTILE[5].upper() in document.tables[0].rows[0].cells[0].text


def template_of(run: Run, *texts: str) -> Path:
    """A Word file with these paragraphs."""
    path = run.home / "own.docx"
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def filled(run: Run, *texts: str, argv: tuple[str, ...] = ("2023",)) -> list[str]:
    data = written(run, "docx", *argv, "--template", str(template_of(run, *texts)))
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


def test_the_office_s_own_template_keeps_its_text(full: Run) -> None:
    assert filled(
        full,
        "Lời mở đầu của cơ quan & “trích”",
        "{{ office }} – {{ superior }} – {{ year }} – {{ span }}",
        "Tiếp {{ m.receptions.regular.turns }} lượt, {{ m.receptions.regular.turns.trend }}",
        "{{ m.receptions.regular.turns.before }}|{{ m.receptions.regular.turns.change }}"
        "|{{ m.receptions.regular.turns.percent }}|{{ m.receptions.regular.turns.label }}",
        "{% if m.models.registered.value > 13000 %}nhiều{% endif %}",
        "{{ m.inspections.recovery }} {{ m.models.awarded }} {{ m.models.awarded.trend }}",
        "{{ m.models.awarded.value }}|{% if m.models.awarded.value is none %}none{% endif %}",
        "{{ s.duty_checks }}",
        "{{ p.receptions }}",
    ) == [
        "Lời mở đầu của cơ quan & “trích”",
        "Ban Dân vận Thành ủy – Thành ủy Hà Nội – 2023 – năm 2023",
        "Tiếp 22.858 lượt, giảm 5,7% so với cùng kỳ năm 2022",
        "24.240|giảm 1.382|-5,7%|Tiếp thường xuyên: lượt",
        "nhiều",
        "82,9 tỷ đồng không rõ ",
        "|none",
        "Thực hiện 38 cuộc kiểm tra công vụ, trong đó có 33 cuộc kiểm tra đột xuất và 5 cuộc kiểm tra xác minh theo "
        "chỉ đạo.",
        "Số liệu tính từ ngày 01/01/2023 đến ngày 31/12/2023 · tạm tính, chưa hết kỳ",
    ]


def test_documents_tell_of_themselves_what_they_are_and_nothing_else(run: Run) -> None:
    run("add-reception", "Đất", "--mode", "regular", "--date", "2023-03-01")
    made = {name: run.home / f"{name}.docx" for name in ("report", "form", "template")}
    run("report", 2023, "-o", made["report"])
    run("form", "01/TCD", 2023, "-o", made["form"])
    run("template", made["template"])
    for name, path in made.items():
        with zipfile.ZipFile(path) as packed:
            assert {one for one in packed.namelist() if one.startswith("docProps/")} == {"docProps/core.xml"}
            told = packed.read("docProps/core.xml").decode()
        assert "2013" not in told
        assert told.count("2023-12-26T00:00:00Z") == (0 if name == "template" else 2)
        assert "…" not in told


@pytest.mark.parametrize("layout", ["party", "state"])
def test_a_copy_of_the_template_gives_the_same_report(full: Run, layout: str) -> None:
    path = full.home / "copy.docx"
    full("template", path, "--layout", layout)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    own = Document(io.BytesIO(written(full, "docx", "2023", "--template", str(path), lang="en")))
    brought = Document(io.BytesIO(written(full, "docx", "2023", "--layout", layout, lang="en")))
    assert own.element.xml == brought.element.xml
    full("template", path, code=1)
    full("template", path, "--force")


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("text", "key", "names"),
    [
        (
            "{{ m.inspections.recoverry }}",
            "template_placeholder",
            ("m.inspections.recoverry", "m.inspections.recovery"),
        ),
        ("{{ ofice }}", "template_placeholder", ("ofice", "office")),
        ("{% if nothing %}x{% endif %}", "template_placeholder", ("nothing",)),
        ("{% for x in nothing %}x{% endfor %}", "template_placeholder", ("nothing",)),
        ("{{ nothing.at.all }}", "template_placeholder", ("nothing",)),
        ("{{ m.models.registered.later }}", "template_placeholder", ("later",)),
        ("{{ m.receptions.regular }}", "template_branch", ("m.receptions.regular.turns",)),
        ("Tiếp {{ year lượt", "template_unclosed", ("“{{ year lượt”", "}}")),
        ("{{ office ", "template_unclosed", ("“{{ office”", "}}")),
        ("{{ office }", "template_unclosed", ("“{{ office }”", "}}")),
        ("{{ year, {{ office }}", "template_unclosed", ("“{{ year,”", "}}")),
        ("{{ year %}", "template_unclosed", ("“{{ year”", "}}")),
        ("{%p for line in periods", "template_unclosed", ("“{%p for line in periods”", "%}")),
        ("{% if year %}", "template_block", ("“{% if … %}”", "“{% endif %}”")),
        ("{%p for line in periods %}", "template_block", ("“{% for … %}”", "“{% endfor %}”")),
        ("{{ year|backwards }}", "template_filter", ("“backwards”",)),
        ("{{ year year }}", "template_syntax", ("{{ year year }}",)),
        ("{{ ''.__class__.__mro__ }}", "template_placeholder", ("__class__",)),
        ("{{ year + 1 }}", "template_failed", ()),
        ("{{ 1 / 0 }}", "template_failed", ()),
    ],
)
def test_a_broken_placeholder_is_named(full: Run, text: str, key: str, names: tuple[str, ...]) -> None:
    path = template_of(full, "Đầu", text)
    answer = full("report", "2023", "--template", path, "-o", full.home / "never.docx", *AS_JSON, code=1)
    error = json.loads(answer.err)["error"]
    assert error["key"] == key
    for name in names:
        assert name in " ".join(error["messages"])
    assert not (full.home / "never.docx").exists()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("text", "sign"),
    [("Kính gửi {{ office ", "}}"), ("{% if year %}", "endif"), ("{{ year|backwards }}", "backwards")],
)
def test_a_mistake_in_a_template_is_told_in_the_language_of_the_run(full: Run, text: str, sign: str, lang: str) -> None:
    path = template_of(full, "Đầu", text)
    err = full("report", "2023", "--template", path, "-o", full.home / "never.docx", code=1, lang=lang).err
    assert sign in err
    for word in ("unexpected", "expected token", "tag", "filter named", "Jinja"):
        assert word not in err


@pytest.mark.parametrize("data", [b"", b"no zip", None])
def test_a_template_that_is_no_document_is_refused(full: Run, data: bytes | None) -> None:
    path = full.home / "own.docx"
    if data is None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", "a")
    else:
        path.write_bytes(data)
    answer = full("report", "2023", "--template", path, "-o", full.home / "never.docx", *AS_JSON, code=1)
    assert json.loads(answer.err)["error"]["key"] == "template_file"


def test_a_template_that_is_not_there_is_a_file_error(full: Run) -> None:
    answer = full("report", "2023", "--template", full.home / "none.docx", "-o", full.home / "never.docx", code=6)
    assert "none.docx" in answer.err


@pytest.mark.parametrize(
    ("argv", "key"),
    [
        (("report", "2023", "-o", "report.odt"), "ending"),
        (("report", "2023", "--template", "a.docx", "--format", "html"), "only_docx"),
        (("report", "2023", "--layout", "church", "--format", "docx"), "choice"),
        (("template", "report.odt"), "template_ending"),
    ],
)
def test_what_does_not_go_together_is_refused(full: Run, argv: tuple[str, ...], key: str) -> None:
    frame = catalogue("en")[f"error.{key}"].partition("}")[2]
    assert frame.partition("{")[0] in full(*argv, code=2).err


@pytest.mark.parametrize("format_", ["xlsx", "docx"])
def test_binary_formats_do_not_go_to_a_terminal(full: Run, format_: str) -> None:
    answer = full("report", "2023", "--format", format_, code=2, width=80)
    assert "-o" in answer.err
    assert Invalid("binary_terminal").exit_code == 2
    assert answer.out == ""
    piped = subprocess.run(
        [sys.executable, "-m", "danvan", "report", "2023", "--format", format_],
        env=full.environment,
        capture_output=True,
        check=True,
    )
    assert piped.stdout.startswith(b"PK")


@pytest.mark.parametrize("ending", FILES)
def test_a_file_is_the_owner_s_and_is_not_overwritten_unasked(full: Run, ending: str) -> None:
    path = full.home / f"a.{ending}"
    full("report", "2023", "-o", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    full("report", "2023", "--compare", "none", "-o", path, code=1)
    assert path.read_bytes() == before
    full("report", "2023", "--compare", "none", "-o", path, "--force")
    assert path.read_bytes() != before
    assert not [one for one in full.home.iterdir() if one.suffix == ".tmp"]


@pytest.mark.unmeasured
@pytest.mark.parametrize("ending", FILES)
@pytest.mark.parametrize("argv", [("1999",), ("2023-04",), ("2019..2023",), ("2023", "--compare", "none")])
def test_every_format_takes_every_plan(full: Run, ending: str, argv: tuple[str, ...]) -> None:
    assert written(full, ending, *argv)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_folder_that_was_not_there_is_made_and_named(full: Run, lang: str) -> None:
    path = full.home / "bao-cao" / "2023" / "a.xlsx"
    assert holds(full("report", "2023", "-o", path, lang=lang).err, catalogue(lang)["notice.written_anew"])
    assert path.exists()
    again = full("report", "2023", "-o", path.with_name("b.xlsx"), lang=lang).err
    assert not holds(again, catalogue(lang)["notice.written_anew"])


def test_a_table_in_a_file_is_whole_and_uncoloured(full: Run) -> None:
    path = full.home / "a.tab"
    full("report", "2023", "--format", "table", "-o", path, width=40, lang="vi")
    text = path.read_text("utf-8")
    assert "\x1b" not in text
    assert "Tỷ lệ" in text
    assert "Kiến nghị xử lý hành chính: tập thể" in text


def test_no_writer_is_loaded_unasked(full: Run) -> None:
    code = "import sys; from danvan.cli import main; main({!r}); print(*sys.modules, file=sys.stderr)"
    for argv, absent in (
        (["report", "2023"], {"docx", "docxtpl", "jinja2", "xlsxwriter", "lxml"}),
        (["report", "2023", "--format", "html"], {"docx", "docxtpl", "jinja2", "xlsxwriter", "rich"}),
        (["report", "2023", "--format", "markdown"], {"docx", "docxtpl", "jinja2", "xlsxwriter", "rich"}),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code.format(argv)],
            env=full.environment,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert absent.isdisjoint(done.stderr.split())


def is_kept(row: Any) -> bool:
    """Whether a row of a Word table stands on the page of the next one."""
    (kept,) = {bool(one.paragraph_format.keep_with_next) for cell in row.cells for one in cell.paragraphs}
    return kept


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_of_the_word_report_ends_between_a_heading_and_what_stands_below(full: Run, lang: str) -> None:
    document = Document(io.BytesIO(written(full, "docx", "2023", "--by", "unit", lang=lang)))
    titles = {catalogue(lang)[f"section.{section}"] for section in SECTIONS}  # type: ignore[arg-type]
    figures, *others = document.tables[2:]
    for at, row in enumerate(figures.rows):
        is_title = len(row._tr.tc_lst) == 1 and row.cells[0].text in titles
        assert is_kept(row) == (at == 0 or is_title or at == len(figures.rows) - 2)
    assert others
    for table in others:  # short ones go to the next page as a whole
        assert [is_kept(row) for row in table.rows] == [True] * (len(table.rows) - 1) + [False]
    said = [paragraph for paragraph in document.paragraphs if paragraph.text == catalogue(lang)["letter.remarks"]]  # type: ignore[arg-type]
    assert [paragraph.paragraph_format.keep_with_next for paragraph in said] == [True]


@pytest.mark.unmeasured
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("span", ["2023", "2021..2023", "2019..2023", "2017..2023"])
def test_words_of_a_word_table_stay_whole_and_its_letters_are_small_only_where_they_must(
    full: Run, span: str, lang: str
) -> None:
    table = Document(io.BytesIO(written(full, "docx", span, lang=lang))).tables[2]
    size = table.rows[2].cells[0].paragraphs[0].runs[0].font.size.pt
    assert size == {"2023": 12, "2021..2023": 10}.get(span, size)
    for row in table.rows:
        for cell in row.cells if len(row._tr.tc_lst) > 1 else ():
            longest = max(map(len, cell.text.split()), default=0)
            assert cell.width.pt - 10.8 >= longest * size / 2  # half an em for a letter, beside the padding


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_table_of_many_columns_goes_on_below_and_loses_none(full: Run, lang: str) -> None:
    document = Document(io.BytesIO(written(full, "docx", "2003..2023", lang=lang)))
    tables = document.tables[2:]
    assert len(tables) > 1
    heads = [cell.text for table in tables for cell in table.rows[0].cells[1:]]
    assert [head for year in range(2003, 2024) for head in heads if str(year) in head] == heads[:21]
    assert len(heads) == 23  # the change and its share
    first = {tuple(row.cells[0].text for row in table.rows) for table in tables}
    assert len(first) == 1
    for table in tables:
        for row in table.rows:
            for cell in row.cells if len(row._tr.tc_lst) > 1 else ():
                assert cell.width.pt - 10.8 >= max(map(len, cell.text.split()), default=0) * 4


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("ending", "key", "instead"),
    [("csv", "error.no_csv", ("xlsx", "json")), ("PDF", "error.no_pdf", ("docx", "html"))],
)
def test_a_form_that_reports_do_not_take_is_refused_with_those_that_serve_for_it(
    run: Run, ending: str, key: str, instead: tuple[str, ...], lang: str
) -> None:
    for argv in (("-o", run.home / f"r.{ending}"), ("--format", ending)):
        told = run("report", "2023", *argv, code=2, lang=lang).err
        assert catalogue(lang)[key] in told  # type: ignore[index]
        assert all(word in told for word in instead)
    assert not list(run.home.glob("r.*"))
    run("report", "2023", "-o", run.home / f"r.{ending}", "--format", "json")


def test_charts_call_inspections_and_checks_by_their_names(run: Run) -> None:
    year = ("--from", "2023-01-01", "--to", "2023-12-31")
    for kind in ("inspection", "duty-check"):
        run("add-audit", "--type", kind, "--count", 3, *year)
    page = run("report", "2023", "--format", "html").out
    assert "Inspections (number)" in page
    assert "Public-duty checks (number)" in page
    assert "audits" not in page
    assert "Thanh tra (cuộc)" in run("report", "2023", "--format", "html", lang="vi").out


def test_a_page_with_more_columns_than_fit_upright_is_printed_across(run: Run) -> None:
    for month in range(1, 13):
        run("add-model", f"Model {month}", "--field", "other", "--unit", "A", "--date", f"2023-{month:02}-10")
    upright = run("report", "2023", "--format", "html").out
    across = run("report", "2023", "--by", "unit", "--by", "month", "--format", "html").out
    assert "<body>" in upright
    assert '<body class="wide">' in across
    assert "@page across { size: A4 landscape; }\n  body.wide { page: across; }" in across


@pytest.mark.parametrize(
    ("part", "after"),
    [("year", "NĂM 2024"), ("h1", "6 THÁNG CUỐI NĂM 2023"), ("q3", "QUÝ IV NĂM 2023"), ("4", "THÁNG 5 NĂM 2023")],
)
def test_the_tasks_of_a_document_are_those_of_the_period_after_it(run: Run, part: str, after: str) -> None:
    run("add-model", "A", "--field", "economy", "--date", "2023-04-01")
    document = Document(io.BytesIO(written(run, "docx", "2023", "--period", part)))
    assert f"IV. NHIỆM VỤ TRỌNG TÂM {after}" in [one.text for one in document.paragraphs]


def test_a_dash_stands_for_standard_output(full: Run) -> None:
    for argv in (("report", "2023"), ("export", "models"), ("receptions", "--format", "csv")):
        assert full(*argv, "-o", "-").out == full(*argv).out != ""
