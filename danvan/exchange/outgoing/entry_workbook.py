"""An empty workbook in which units enter records: what `import` reads, with lists, checks and instructions.

The row marked as an example is not imported. Who came is not asked for here: such columns must be added by hand.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from danvan.exchange import headings
from danvan.exchange.outgoing.record_book import DAY, EXACT, NUMBER, sheet_name, write
from danvan.exchange.spreadsheets import A4, LISTS, OPTIONS, SHEET_NAME, SHOWN_FIGURE
from danvan.formatting.language import Language
from danvan.periods import FIRST_YEAR, LAST_YEAR
from danvan.records import Form, Record, completed, fields, problems, tag_of

Kind = type[Record]
ROWS = 1000  # rows below the headings that are prepared
LINE = 15  # points
ONE_PAGE = 170  # characters of width that are still legible on the breadth of one page
LINES = 6  # of text in a row of a paper form's boxes
HEADING = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
EXAMPLE = {"italic": True, "font_color": "#777777", "valign": "top"}
LOOKS: dict[str, dict[str, Any]] = {
    "head": HEADING | {"bg_color": "#E8EEF4"},
    "needed": HEADING | {"bg_color": "#FCE9C8"},
    "title": {"bold": True, "font_size": 14},
    "cell": {"text_wrap": True, "valign": "top", "bottom": 4, "bottom_color": "#9AA5B1"},
    "text": EXAMPLE | {"text_wrap": True},
    "armoured": EXAMPLE | {"text_wrap": True},
    "number": EXAMPLE | {"num_format": NUMBER},
    "date": EXAMPLE | {"num_format": DAY, "align": "center"},
    "text column": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "number column": {"num_format": NUMBER, "valign": "top"},
    "date column": {"num_format": DAY, "valign": "top", "align": "center"},
}


class Asked(NamedTuple):
    """A column.

    Attributes:
        name: of its field.
        sort: how its values are typed.
        offers: the values of its list.
        example: what the example row says.
        expected: what the instructions say.
    """

    name: str
    heading: str
    sort: str
    is_needed: bool
    offers: tuple[str, ...]
    example: Any
    expected: str
    least: int = 0


def entry_workbook(kind: Kind, form: Form, language: Language, today: date, paper: str = "") -> bytes:
    """The workbook for one kind and form of record.

    Args:
        paper: the year of a paper form whose boxes are asked for, and little else.
    """
    file = io.BytesIO()
    names = _boxes(kind, paper) if paper else _names(kind, form)
    asked = [_asked(name, kind, form, language, today, paper) for name in names]
    with Workbook(file, OPTIONS) as book:
        looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        _entry_sheet(book.add_worksheet(sheet_name(kind, language)), asked, language, looks, is_paper=bool(paper))
        title = f"entry.paper.{tag_of(kind)}" if paper else "entry.title"
        said = [language.say(title, kind=language.say(f"kinds.{tag_of(kind)}"), year=paper)]
        said += [language.say(f"entry.what.{form}"), *language.say("entry.how").splitlines()]
        _instructions(book.add_worksheet(language.say("sheet.instructions")), said, asked, language, looks)
        lists = book.add_worksheet(LISTS)
        lists.hide()
        for at, column in enumerate(asked, 1):
            for row, offer in enumerate(column.offers):
                lists.write_string(row, at, offer)
    return file.getvalue()


def _names(kind: Kind, form: Form) -> list[str]:
    """The columns: what tells a record apart and its days, then what is needed or asked, then the rest."""
    own = {name: field for name, field in fields(kind).items() if form in field.forms and not field.personal}
    first = [name for name, field in own.items() if field.argument]
    days = ["date", "to"] if form == "aggregate" else ["date"]
    urgent = [name for name, field in own.items() if form in field.required or field.asked]
    return list(dict.fromkeys([*first, *days, "unit", *urgent, *own]))


def _boxes(kind: Kind, paper: str) -> list[str]:
    """The columns for a paper form: its boxes, and what a record needs besides or is asked for at registration."""
    boxes = kind.PAPERS[paper]
    urgent = [name for name, field in fields(kind).items() if "single" in field.required or field.asked]
    return list(dict.fromkeys([boxes[0], "date", "unit", *(name for name in urgent if name != kind.STATE), *boxes]))


def _asked(name: str, kind: Kind, form: Form, language: Language, today: date, paper: str = "") -> Asked:
    if name in headings.DAYS:
        day = date(today.year, 1, 1) if name == "date" else date(today.year, 6, 30)
        # A row that sums up begins on one day and ends on another; a single record has a day that means one thing.
        first = "entry.first_day" if form == "aggregate" else f"entry.day.{tag_of(kind)}"
        words = language.say(first) if name == "date" else headings.label(language, kind, name)
        return Asked(name, words, "date", True, (), day, language.say("entry.expected.date"))
    field = fields(kind)[name]
    follows = _follows(kind, form, name)
    is_needed = form in field.required and not follows
    offers = tuple(language.choice(kind, name, code) for code in (*field.choices, *language.local(kind, name)))
    example = _example(name, kind, language) if is_needed or field.asked or field.argument else None
    boxes = kind.PAPERS.get(paper, ())
    box = f"entry.box.{tag_of(kind)}.{name}"
    least = _least(kind, form, name, today)
    expected = language.say(box if name in boxes[1:] else f"entry.expected.{field.sort}", least=str(least))
    if name in boxes:
        expected = language.say("entry.box", number=str(boxes.index(name) + 1), expected=expected)
    if follows:
        value = language.choice(kind, name, next(iter(follows))) if len(follows) == 1 else ""
        expected = language.say("entry.empty" if value else "entry.follows", expected=expected, value=value)
    return Asked(name, language.label(kind, name), field.sort, is_needed, offers, example, expected, least)


def _least(kind: Kind, form: Form, name: str, today: date) -> int:
    """The least that a count may be, as the rules of the kind have it."""
    if fields(kind)[name].sort != "count":
        return 0
    to = today if form == "aggregate" else None
    record = kind(date=today, to=to, **completed(kind, {name: 0}, form))
    return int(any(fault.field == name for fault in problems(record)))


def _follows(kind: Kind, form: Form, name: str) -> frozenset[str]:
    """The values that a needed field takes where it is left empty; none if it may then be without one."""
    needed = {other: field for other, field in fields(kind).items() if form in field.required and field.choices}
    if needed.pop(name, None) is None:
        return frozenset()
    said = (dict(zip(needed, codes, strict=True)) for codes in product(*(field.choices for field in needed.values())))
    found: set[Any] = {completed(kind, values, form).get(name) for values in said}
    return frozenset() if None in found else frozenset(found)


def _example(name: str, kind: Kind, language: Language) -> Any:
    field = fields(kind)[name]
    if field.choices:
        return language.choice(kind, name, field.choices[0])
    if field.is_number:
        return SHOWN_FIGURE
    if field.argument:
        return language.say(f"entry.example.{tag_of(kind)}")
    return language.say("entry.example.unit") if name == "unit" else None


def _entry_sheet(sheet: Any, asked: Sequence[Asked], language: Language, looks: Any, *, is_paper: bool) -> None:
    sheet.write_string(0, 0, language.say("heading.ignored").partition("|")[0], looks["head"])
    sheet.write_string(1, 0, language.say("example.mark"), looks["text"])
    sheet.set_column(0, 0, 9)
    for at, column in enumerate(asked, 1):
        head = f"{column.heading} *" if column.is_needed else column.heading
        sheet.write_string(0, at, head, looks["needed" if column.is_needed else "head"])
        if column.example is not None:
            write(sheet, 1, at, column.example, looks)
        sheet.set_column(at, at, _width(column), looks[f"{_look(column.sort)} column"])
        check = _check(column, at, language)
        if check:
            sheet.data_validation(1, at, ROWS, at, check)
    if is_paper:
        sheet.set_default_row(LINE * LINES)
    sheet.set_row(0, LINE * 3)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.hide_gridlines(0)
    sheet.repeat_rows(0)
    if sum(map(_width, asked)) <= ONE_PAGE:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.repeat_columns(0, 1)


def _look(sort: str) -> str:
    return "date" if sort == "date" else "number" if sort in ("count", "money", "area") else "text"


def _width(column: Asked) -> int:
    longest = max([*map(len, column.heading.split()), *map(len, column.offers), 9])
    return min(40, max(longest + 3, 32 if column.sort == "text" else 0, 18 if column.sort in ("money", "area") else 0))


def _check(column: Asked, at: int, language: Language) -> dict[str, Any] | None:
    """What Excel lets in; of several choices and of amounts in words it only warns."""
    message = language.say(f"entry.expected.{column.sort}", least=str(column.least))
    said = {"error_title": column.heading[:SHEET_NAME], "error_message": message}
    if column.offers:
        letter = xl_col_to_name(at)
        source = f"={LISTS}!${letter}$1:${letter}${len(column.offers)}"
        kind = "warning" if column.sort == "choices" else "stop"
        return {**said, "validate": "list", "source": source, "error_type": kind}
    if column.sort == "date":
        span = {"minimum": date(FIRST_YEAR, 1, 1), "maximum": date(LAST_YEAR, 12, 31)}
        return {**said, **span, "validate": "date", "criteria": "between"}
    if column.sort in ("count", "money", "area"):
        kind = "stop" if column.sort == "count" else "warning"
        span_of_numbers = {"minimum": column.least, "maximum": EXACT}
        return {**said, **span_of_numbers, "validate": "integer", "criteria": "between", "error_type": kind}
    return None


def _instructions(sheet: Any, said: Sequence[str], asked: Sequence[Asked], language: Language, looks: Any) -> None:
    title, *lines = said
    sheet.write_string(0, 0, title, looks["title"])
    for row, line in enumerate(lines, 2):
        sheet.write_string(row, 0, line)
    top = len(lines) + 3
    for at, head in enumerate(("column", "needed", "expected", "offers")):
        sheet.write_string(top, at, language.say(f"entry.head.{head}"), looks["head"])
    for row, column in enumerate(asked, top + 1):
        needed = language.say("help.required") if column.is_needed else ""
        cells = (column.heading, needed, column.expected, "; ".join(column.offers))
        for at, cell in enumerate(cells):
            sheet.write_string(row, at, cell, looks["cell"])
        sheet.set_row(row, LINE * (1 + max(len(cells[2]) // 60, len(cells[3]) // 82)))
    for at, width in enumerate((34, 12, 50, 70)):
        sheet.set_column(at, at, width)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
