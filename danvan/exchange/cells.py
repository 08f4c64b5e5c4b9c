"""One cell as the value of a field, and back: what `read` makes of `written` is the same value.

Texts that a spreadsheet would take for formulas are armoured as in `documents`. Reading is compiled
once for each column and remembers what it has read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple, get_type_hints

import msgspec

from danvan.errors import Invalid
from danvan.exchange.documents import ARMOUR
from danvan.exchange.headings import DAYS
from danvan.exchange.measures import is_money, size
from danvan.exchange.objects import Repeated, decoded
from danvan.exchange.parts import EPOCH
from danvan.formatting.language import Language, counted
from danvan.formatting.numbers import marked
from danvan.formatting.parsing import parse_area, parse_count, parse_day, parse_money
from danvan.formatting.texts import checked, fold, holding, is_suspicious
from danvan.privacy import MASK
from danvan.records import TRAILS, Record, fields

Kind = type[Record]
Read = Callable[[Any], Any]
ARMOURED = re.compile(r"'+[=+\-@\t\r]")
# What names a month, a quarter or a year, or a day without them: "1", "tháng 1", "Quý I/2023", "01/2023"; folded.
PARTIAL = re.compile(r"(?:(?:thang|quy|nam|ky|month|quarter|year|q|t) ?)?(?:\d{1,2}|[ivx]+|\d{4})(?: (?:nam )?\d{4})?")
BREAKS = re.compile(r"[ ]*[\r\n\t]+[ ]*")
CLOCK = re.compile(r"(?<=\d)[ T]\d\d?:\d\d(:\d\d(\.\d+)?)?$")
UID = re.compile(r"[0-9a-f]{32}")
REMEMBERED = 20_000
DASHES = ("-", "–", "—")  # which may say that there are none, or that nobody knows
PRINTED = {"true": "TRUE", "false": "FALSE"}


class Cells(NamedTuple):
    """What cells of a column are like.

    Attributes:
        is_table: whether texts may stand behind an apostrophe, several choices in one cell, and trails as JSON.
        is_export: whether records come as danvan gave them out, so that every text is as it should be. What people
            type into tables breaks names and units over lines to make columns narrow.
        measure: the unit of amounts that name none; empty for đồng and m².
        epoch: the day from which days are counted that are written as numbers.
        must_say: whether each amount has to say its unit.
    """

    is_table: bool
    is_export: bool = False
    measure: str = ""
    epoch: date = EPOCH
    must_say: bool = False


def compiled(kind: Kind, name: str, language: Language, today: date, cells: Cells) -> Read:
    """What reads the cells of a column; it raises `Invalid` on a cell that cannot be understood."""
    if name == "uid":
        return _uid
    if name in TRAILS:
        return _trail(get_type_hints(kind)[name])
    if name in DAYS:
        return _remembering(lambda cell: _day(cell, today, cells.epoch))
    field = fields(kind)[name]
    match field.sort:
        case "text":
            is_typed = cells.is_table and not cells.is_export
            value: Callable[[Any], str] = _line if is_typed and (field.argument or name == "unit") else _lines
            value = _sender(value) if name == "unit" else value
            text = _unarmoured(value) if cells.is_table else value
            return _personal(text, "" if cells.is_export else field.holds) if field.personal else text
        case "date":
            return _remembering(lambda cell: _day(cell, today, cells.epoch))
        case "choice":
            return _remembering(lambda cell: language.read_choice(kind, name, as_text(cell)))
        case "choices":
            return _choices(lambda text: language.read_choice(kind, name, text))
    words = counted(kind, name)
    parse = {"money": parse_money, "area": parse_area}.get(field.sort, lambda text: parse_count(text, words))
    read: Read = partial(_number, field.sort, parse, language)
    read = _saying(read) if cells.must_say else read
    return _remembering(_under(cells.measure, field.sort, read, language) if cells.measure else read)


def _remembering(read: Read) -> Read:
    """`read`, with the values and the faults of the cells that it has met."""
    known: dict[Any, Any] = {}
    faults: dict[Any, Invalid] = {}

    def remembered(cell: Any) -> Any:
        if cell.__class__ is bool:  # True would be found as 1
            return read(cell)
        try:
            return known[cell]
        except KeyError:
            return met(cell)
        except TypeError:  # a list or an object of JSON
            raise Invalid("cell.nested") from None

    def met(cell: Any) -> Any:
        if cell in faults:
            raise Invalid(faults[cell].key, **faults[cell].facts)
        try:
            value = read(cell)
        except Invalid as fault:
            if len(faults) < REMEMBERED:
                faults[cell] = Invalid(fault.key, **fault.facts)
            raise
        if len(known) < REMEMBERED:
            known[cell] = value
        return value

    return remembered


def as_text(cell: Any) -> str:
    """A cell as a person would type it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return PRINTED[str(cell).lower()]
    if isinstance(cell, float):
        cell = _rounded(cell)
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, (int, date, time, timedelta)):
        return str(cell)
    raise Invalid("cell.nested")


def _rounded(cell: float) -> float:
    """A number to the 15 figures that spreadsheets show: what `=1.1*3` leaves in a file is no 3.3."""
    return cell if cell.is_integer() else float(f"{cell:.15g}")


SERIALS = range(1980, 2050)  # years of which days may stand as numbers
FAR = 100_000


def _uid(cell: Any) -> str:
    text = as_text(cell).strip()
    if not UID.fullmatch(text):
        raise Invalid("uid", value=text)
    return text


def _day(cell: Any, today: date, epoch: date) -> date:
    is_number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    is_serial = is_number and 0 < cell < FAR and cell == int(cell)
    if is_serial and (day := epoch + timedelta(days=int(cell))).year in SERIALS:
        raise Invalid("cell.serial_day", value=as_text(cell), day=day)
    text = CLOCK.sub("", as_text(cell).strip())
    if not any(map(str.isdigit, text)):  # "today" would be another day at the next import
        raise Invalid("day", value=text)
    try:
        return parse_day(text, today)
    except Invalid as fault:
        if fault.key == "day_span" or (fault.key == "day" and PARTIAL.fullmatch(fold(text))):
            raise Invalid("cell.part_of_day", value=text) from None
        raise


def _under(unit: str, sort: str, read: Read, language: Language) -> Read:
    """`read` for cells under a unit; a fault tells the cell as it stands, and beside it the `measure`."""

    def under(cell: Any) -> Any:
        whole = in_unit(cell, unit)
        try:
            return read(whole)
        except Invalid as fault:
            if whole is cell:
                raise
            facts = {**fault.facts, "value": as_text(cell), "measure": unit}
            if fault.key == sort and isinstance(cell, float):  # a part of a đồng or m²
                places = len(str(size(sort, unit))) - 1
                facts |= {"value": marked(as_text(cell), language.code), "places": places}
                raise Invalid("cell.too_fine", **facts) from None
            raise Invalid(fault.key, **facts) from None

    return under


def _saying(read: Read) -> Read:
    """`read` for amounts that say their unit, as nothing else does."""

    def saying(cell: Any) -> Any:
        if lacks_unit(cell):
            raise Invalid("heading.no_unit")
        return read(cell)

    return saying


def lacks_unit(cell: Any) -> bool:
    """Whether a cell may be an amount that says no unit itself; nought needs none."""
    is_said = isinstance(cell, str) and (any(map(str.isalpha, cell)) or cell.strip() in (*DASHES, "0"))
    return not (is_said or cell == 0 or isinstance(cell, (bool, date, time, timedelta)))


def in_unit(cell: Any, unit: str) -> Any:
    """A cell with a unit that counts for it behind it, unless it says one itself."""
    if not lacks_unit(cell):
        return cell
    if not isinstance(cell, float) or _rounded(cell).is_integer():
        return f"{as_text(cell)} {unit}"
    wholes, _, decimals = f"{Decimal(as_text(cell)):f}".partition(".")
    return f"{wholes},{decimals}{'0' * (len(decimals) == 3)} {unit}"  # three might be thousands


def _number(sort: str, parse: Callable[[str], int], language: Language, cell: Any) -> int:
    if isinstance(cell, (bool, date, time, timedelta)):
        raise Invalid(sort, value=as_text(cell))
    text = as_text(cell)
    if isinstance(cell, float) and not _rounded(cell).is_integer():  # as a text, 1.234 would be a thousand and more
        raise Invalid("cell.fraction", value=marked(text, language.code))
    if text.strip() in DASHES:
        raise Invalid("cell.dash", value=text.strip())
    return parse(text)


def _line(cell: Any) -> str:
    text = as_text(cell)
    return checked(BREAKS.sub(" ", text.strip()) if is_suspicious(text) else text)


def _lines(cell: Any) -> str:
    text = as_text(cell)
    if not is_suspicious(text):
        return checked(text)
    return checked(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "), multiline=True)


def _sender(read: Callable[[Any], str]) -> Callable[[Any], str]:
    def sender(cell: Any) -> str:
        if is_money(found := read(cell)):
            raise Invalid("cell.unit_of_money", value=found)
        return found

    return _remembering(sender)


def _unarmoured(read: Callable[[Any], str]) -> Read:
    def text(cell: Any) -> str:
        found = read(cell)
        return found[1:] if found[:1] == "'" and ARMOURED.match(found) else found

    return text


def _personal(read: Callable[[Any], str], holds: str) -> Read:
    def text(cell: Any) -> str:
        found = read(cell)
        if MASK in found:
            raise Invalid("masked")
        is_dash = holds and not any(map(str.isalnum, found))  # which stands for nothing
        return "" if is_dash else holding(found, holds)

    return text


def _choices(read: Callable[[str], str]) -> Read:
    def several(cell: Any) -> tuple[str, ...]:
        if isinstance(cell, (list, tuple)):
            return tuple(dict.fromkeys(read(as_text(one)) for one in cell))
        text = as_text(cell)
        try:
            return (read(text),)
        except Invalid:
            parts = [part for part in re.split(r"[;\n]", text) if part.strip()]
            if len(parts) < 2:
                parts = [part for part in text.split(",") if part.strip()]
            if len(parts) < 2:
                raise
        return tuple(dict.fromkeys(read(part) for part in parts))

    return several


def _trail(hint: Any) -> Read:
    def trail(cell: Any) -> Any:
        try:
            said = decoded(cell) if isinstance(cell, str) else cell
            found = msgspec.convert(said, hint)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            raise Invalid("trail") from None
        if any(isinstance(step, Repeated) for step in said):
            raise Invalid("trail")
        return tuple(_clean(step) for step in found)

    return trail


def _clean(step: msgspec.Struct) -> msgspec.Struct:
    """A step with its texts as records keep them."""
    held = msgspec.structs.asdict(step)
    texts = {name: checked(value, multiline=True) for name, value in held.items() if isinstance(value, str)}
    return msgspec.structs.replace(step, **texts)


def written(value: Any, *, plain: bool = True) -> Any:
    """A value as the cell of a table: text that no spreadsheet obeys, a number, a day, blank.

    Args:
        plain: whether the file has no types, so that text may be taken for a formula.
    """
    if value in (None, "", ()):
        return None
    if isinstance(value, tuple):
        return joined(value)
    if isinstance(value, str) and (ARMOUR if plain else ARMOURED).match(value):
        return f"'{value}"
    return value


def joined(values: Sequence[Any]) -> str:
    """Several values in one cell: choices with semicolons between them, a trail as JSON."""
    if all(isinstance(value, str) for value in values):
        return "; ".join(values)
    return msgspec.json.encode(values).decode()
