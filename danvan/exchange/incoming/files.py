"""Files from elsewhere as records: which of their parts are read, and where in a sheet its headings stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path

from danvan.errors import FileFault, Invalid
from danvan.exchange import headings, measures
from danvan.exchange.incoming.fonts import font_of
from danvan.exchange.incoming.gathering import Gathered, Kind, Plan
from danvan.exchange.incoming.head import heading, words
from danvan.exchange.incoming.records import Reading
from danvan.exchange.incoming.sources import parts
from danvan.exchange.incoming.tables import SheetReading
from danvan.exchange.incoming.ticks import Ticked
from danvan.exchange.incoming.tiers import OF_WHICH, Tiers, unmerged
from danvan.exchange.incoming.values import Column
from danvan.exchange.objects import Repeated
from danvan.exchange.parts import Cell, Hidden, Objects, Part, Table, is_blank
from danvan.exchange.spreadsheets import LISTS
from danvan.formatting.texts import fold, visible
from danvan.records import KINDS, Reception, tag_of

DEEPEST = 30  # rows that are looked at to find the headings
BEGIN = 300  # rows that tell in which letters a table is written
Row = tuple[int, Sequence[Cell]]
OWNER = "~$"  # how Excel's notes of who has a workbook open are called


class Incoming(Gathered):
    """Files being read, one after the other.

    Attributes:
        sheets: the folded names of the sheets that were asked for and found.
    """

    def __init__(self, plan: Plan, on_row: Callable[[], None] = lambda: None) -> None:
        super().__init__(plan, on_row)
        self.sheets: set[str] = set()

    def read(self, name: str, path: Path | None, stdin: bytes = b"") -> None:
        """Read one file; that it cannot be opened is a finding like others, and stands among `unopened`."""
        if path and path.name.startswith(OWNER):
            self.remarks.append(("import.owner", {"file": name}))
            return
        reading = Reading(self, name, self._on_row)
        try:
            with parts(path, stdin) as found:
                self._read_parts(reading, found)
        except Invalid as fault:
            reading.find(0, "", "", f"error.{fault.key}", fault.facts)
        except OSError as fault:
            self.unopened.append(FileFault.of("unreadable", name, fault))
            reading.find(0, "", "", "error.file.unreadable", self.unopened[-1].facts)

    def _read_parts(self, reading: Reading, found: Iterator[Part]) -> None:
        """Read what a file holds: of a workbook the sheets that were asked for, if any were, and one must be there."""
        wanted = set(map(fold, self.plan.sheets))
        there: dict[str, str] = {}
        for part in found:
            name = "" if isinstance(part, Objects) else part.sheet  # only workbooks have sheets
            there |= {fold(name): name} if name else {}
            if not wanted or not name or fold(name) in wanted:
                _read_part(reading, part)
        self.sheets |= wanted & there.keys()
        if wanted and there and not wanted & there.keys():
            facts = {"value": ", ".join(self.plan.sheets), "sheets": ", ".join(there.values())}
            reading.find(0, "", "", "error.file.no_sheet", facts)


def _read_part(reading: Reading, part: Part) -> None:
    """Read a sheet or the objects of a document."""
    if isinstance(part, Objects):
        _read_objects(reading, part)
    elif isinstance(part, Hidden):
        if part.sheet != LISTS:
            reading.gathered.remarks.append(("import.hidden", {"file": reading.file, "sheet": part.sheet}))
    elif fold(part.sheet) not in words("sheet.instructions"):
        reading.sheet, reading.hidden, reading.epoch = part.sheet, part.hidden, part.epoch
        _read_table(reading, part)


def _read_table(reading: Reading, table: Table) -> None:
    rows, renamed = _filled(table.rows), reading.plan.renamed
    begin = list(islice(rows, BEGIN))
    top = begin[:DEEPEST]
    if not top:
        return
    if font := font_of(cell for _, cells in begin for cell in cells if isinstance(cell, str)):
        reading.find(0, "", "", "error.file.legacy", {"font": font})
        return
    table = table._replace(merged=[*table.merged, *unmerged(top, table, renamed)])
    lines = _headed(top, table, renamed)
    best = max(range(len(top)), key=lambda at: headings.matches(lines[at], renamed))
    place = _lowest(_first(best, lines, renamed), top, table)
    number, cells = top[place][0], lines[place]
    named = [cell for cell in cells if cell not in (None, "")]
    has_days = any(headings.meaning(kind, cell, renamed) == "date" for kind in KINDS.values() for cell in named)
    if not has_days and len(parts := headings.parts_of_year(named, renamed)) > 1:
        kind = reading.plan.kind or headings.likely(named, renamed, table.sheet) or Reception
        facts = {"kinds": f"{tag_of(kind)}s"}
        reading.find(number, f"{parts[0]} … {parts[-1]}", "", "error.heading.parts_of_year", facts)
        return
    if headings.matches(cells, renamed) < min(2, len(named)):
        reading.find(0, "", "", "error.file.no_heading", {})
        return
    reading.statements = list(measures.above(top[:place], table, number))
    below = begin[place + 1 :]
    about = reading.plan.kind or headings.likely(named, renamed, table.sheet)
    tiers = Tiers(list(map(heading, cells)), number, top[:place], table)
    if about and (ticked := Ticked.of(about, cells, tiers.over, below, reading.plan)):
        for choice in ticked.choices:
            told = ", ".join(map(visible, choice.values.values()))
            reading.remark("import.ticks", {"headings": told, "label": choice.label})
        cells, below, rows = ticked.headed(cells), [*ticked.read(below)], ticked.read(rows)
    SheetReading(reading, table, number, cells, below, top[: place + 1]).read(chain(below, rows))


def _first(best: int, lines: Sequence[Sequence[Cell]], renamed: Mapping[str, str]) -> int:
    """The first row of headings, unless the best is; a table above another one has headings and rows of its own."""
    for at in range(best):
        rows = [one for one in lines[at + 1 : best] if sum(not is_blank(cell) for cell in one) > 1]
        if headings.are_headings(lines[at], renamed) and any(not headings.matches(row, renamed) for row in rows):
            return at
    return best


def _lowest(place: int, top: Sequence[Row], table: Table) -> int:
    """The last row of the headings: where some of them are higher than others, the tier below goes with them."""
    number = top[place][0]
    areas = [one for one in table.merged if one[0][0] == number - 1]
    is_high = any(last >= number for _, (last, _) in areas)
    is_parted = any(last < number and left < right for (_, left), (last, right) in areas)
    has_more = place + 1 < len(top) and top[place + 1][0] == number + 1
    return place + 1 if is_high and is_parted and has_more else place


def _headed(top: Sequence[Row], table: Table, renamed: Mapping[str, str]) -> list[Sequence[Cell]]:
    """The first rows as headings: with what reaches down to them, and with what stands over them where that helps."""
    rows = {number: list(cells) for number, cells in top}
    above = [one for one in table.merged if one[0][0] < DEEPEST]
    for number, cells in rows.items() if above else ():
        for (first, left), (last, right) in above:
            over = rows.get(first + 1, [])
            at = left - table.first
            if first + 1 >= number or not 0 <= at < len(over) or not isinstance(over[at], str):
                continue
            if left == right and number <= last + 1 and at < len(cells) and cells[at] in (None, ""):
                cells[at] = over[at]
            for below in range(at, right - table.first + 1) if left < right and last + 2 == number else ():
                both = f"{OF_WHICH.sub('', str(over[at]))} {cells[below]}" if below < len(cells) else ""
                if both and headings.matches([both], renamed):
                    cells[below] = both
    return list(rows.values())


def _read_objects(reading: Reading, document: Objects) -> None:
    reading.head = 0
    known: dict[tuple[Kind, str], Column | None] = {}
    for number, found in document.objects:
        given = found.get("kind")
        kind = headings.kind_of(str(given)) if given else reading.plan.kind
        kind = kind or (None if given else headings.likely(found, reading.plan.renamed))
        if kind is None:
            reading.find_kindless(number, "kind", str(given or ""))
            continue
        cells = []
        twice = dict.fromkeys(found.keys_twice, "") if isinstance(found, Repeated) else {}
        called: dict[str, str] = {}
        for key, value in found.items():
            if key != "kind" and (kind, key) not in known:
                values = {value} if isinstance(value, str) else set()
                known[kind, key] = reading.column(kind, 0, key, number, values, is_table=False)
            if column := known.get((kind, key)):
                cells.append((column, value))
                if called.setdefault(column.name, key) != key:
                    twice[key] = called[column.name]
        for key, other in twice.items():
            says = "error.heading.twice" if other else "error.heading.repeated"
            reading.find(number, key, "", says, {"other": other, "column": key})
        reading.keep(kind, number, cells, {}, is_sound=not twice)


def _filled(rows: Iterable[tuple[int, Sequence[Cell]]]) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows in which something stands."""
    for row in rows:
        if any(row[1]) or any(cell is not None and cell != "" for cell in row[1]):
            yield row
