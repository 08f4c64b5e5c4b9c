"""Reports for publication: a small count of people is not printed, and cannot be worked out from what is."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import YEAR_2023, Run

from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import Reception, problems
from danvan.reports import BY_KEY, Figure, Ledger, Plan, Report, yearly
from danvan.reports.breakdowns import MERGED, Line, breakdown
from danvan.reports.small_cells import covered, published
from danvan.reports.suppression import covering, together

LEAST = 3
Equation = tuple[dict[str, int], int]  # coefficients of what is not printed, and the sum
WHO = {"regular": ("staff",), "leaders": ("leader", "delegated")}

SMALL = st.one_of(st.none(), st.integers(0, 4), st.integers(0, 60))


@st.composite
def receptions(draw: st.DrawFn) -> list[tuple[int, Reception]]:
    """Rows of a few units in two years, and single receptions."""
    found = []
    for number in range(1, draw(st.integers(1, 9)) + 1):
        receiver = draw(st.sampled_from(["staff", "leader", "delegated"]))
        mode = {"staff": "regular"}.get(receiver) or draw(st.sampled_from(["periodic", "unscheduled"]))
        first = date(draw(st.sampled_from([2022, 2023])), draw(st.integers(1, 12)), 1)
        is_row = draw(st.booleans())
        counts: dict[str, Any] = {"people": draw(SMALL), "cases_first": draw(SMALL), "cases_repeat": draw(SMALL)}
        if is_row:
            names = ("turns", "groups", "group_people", "group_cases")
            counts |= {name: draw(SMALL) for name in names}
        record = Reception(
            first,
            first.replace(day=28) if is_row else None,
            unit=draw(st.sampled_from(["A", "B", "C", "D"])),
            category=draw(st.sampled_from(["complaint", "petition", "feedback", None])),
            mode=mode,
            receiver=receiver,
            **counts,
        )
        if not problems(record):
            found.append((number, record))
    return found


PARTS = st.sampled_from(["year", "q1", "q2", "q3", "h2", "m4"])
PLANS = st.tuples(PARTS, st.sampled_from([None, 2022])).map(lambda drawn: Plan(2023, *drawn))


def determined(equations: Sequence[Equation]) -> set[str]:
    """The unknowns that linear equations leave one value, by elimination in whole fractions."""
    names = sorted({name for terms, _ in equations for name in terms})
    rows = [[Fraction(terms.get(name, 0)) for name in names] for terms, _ in equations]
    rank = 0
    for at in range(len(names)):
        pivot = next((row for row in range(rank, len(rows)) if rows[row][at]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [value / rows[rank][at] for value in rows[rank]]
        for row in range(len(rows)):
            if row != rank and rows[row][at]:
                factor = rows[row][at]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[rank], strict=True)]
        rank += 1
    alone = [[at for at, value in enumerate(row) if value] for row in rows]
    return {names[found[0]] for found in alone if len(found) == 1}


def facts(true: Report, shown: Report, column: str) -> Iterator[tuple[list[str], list[str]]]:
    """What anybody knows to add up in a column: names on both sides, "…/rest" for what no report prints."""

    def value(key: str) -> int:
        return true.row(key).figures.get(column, Figure(None)).value or 0

    def known(key: str) -> bool:
        return true.row(key).figures.get(column, Figure(None)).value is not None

    for name in ("turns", "people"):
        parts = [f"receptions.{who}.{name}" for who in WHO]
        yield [f"receptions.{name}"], [part for part in parts if known(part)]
    split = [f"receptions.{who}.{name}" for who in WHO for name in ("cases_first", "cases_repeat")]
    pairs = [(["receptions.cases"], split), (["receptions.leaders.turns"], ["receptions.delegated.turns"])]
    for who in WHO:
        pairs.append(([f"receptions.{who}.turns"], [f"receptions.{who}.groups"]))
        pairs.append(([f"receptions.{who}.people"], [f"receptions.{who}.group_people"]))
    for wholes, parts in pairs:
        rest = sum(map(value, wholes)) - sum(map(value, parts))
        is_open = rest or wholes != ["receptions.cases"]  # nobody knows that what is not printed is nought
        yield wholes, [part for part in parts if known(part)] + ([f"{wholes[0]}/{parts[0]}/rest"] if is_open else [])


def equations(true: Report, shown: Report) -> Iterator[tuple[Equation, dict[str, int]]]:
    """What the published figures leave open, and the values of what they do not print."""
    for column in true.sections[0].periods:
        for wholes, parts in facts(true, shown, column):
            if any(true.row(key).figures.get(column, Figure(None)).value is None for key in wholes):
                continue
            terms: dict[str, int] = {}
            values: dict[str, int] = {}
            total = 0
            for sign, names in ((1, wholes), (-1, parts)):
                for name in names:
                    if name.endswith("/rest"):
                        own = sum(true.row(key).figures[column].value or 0 for key in wholes)
                        others = (true.row(key).figures[column].value or 0 for key in parts if "/rest" not in key)
                        terms[f"{name} {column}"], values[f"{name} {column}"] = sign, own - sum(others)
                    elif shown.row(name).figures[column].hidden:
                        terms[f"{name} {column}"] = sign
                        values[f"{name} {column}"] = true.row(name).figures[column].value or 0
                    else:
                        total -= sign * (shown.row(name).figures[column].value or 0)
            if terms:
                yield (terms, total), values
    for whole, part in (("to_date", "now"), ("to_date_before", "before")):
        for row in true.rows:
            if row.measure.is_about_people and row.figures.get(whole, Figure(None)).value is not None:
                yield so_far(row, shown.row(row.measure.key), whole, part)


def so_far(row: Any, shown: Any, whole: str, part: str) -> tuple[Equation, dict[str, int]]:
    """That the year so far is a part of the year and what came before it."""
    key = row.measure.key
    own = {name: row.figures[name].value or 0 for name in (whole, part)}
    terms, values, total = {f"{key} {whole}/rest": -1}, {f"{key} {whole}/rest": own[whole] - own[part]}, 0
    for sign, name in ((1, whole), (-1, part)):
        if shown.figures[name].hidden:
            terms[f"{key} {name}"], values[f"{key} {name}"] = sign, own[name]
        else:
            total -= sign * own[name]
    return (terms, total), values


def is_small(value: int) -> bool:
    return 0 < value < LEAST


def is_printed(line: Line) -> bool:
    """Whether a line shows anything but noughts and what is not known."""
    return any(found.value for found in line.figures.values())


@settings(max_examples=150)
@given(receptions(), PLANS)
def test_no_small_count_of_a_report_is_printed_or_can_be_worked_out(
    entries: list[tuple[int, Reception]], plan: Plan
) -> None:
    true = yearly(Ledger(entries), plan)
    shown = published(true, LEAST)
    for row in shown.rows:
        for found in row.figures.values():
            assert not (row.measure.is_about_people and found.value is not None and is_small(found.value))
            is_few = row.measure.sum == "group_people" and 0 < (found.value or 0) < LEAST * plan.threshold
            assert not is_few, "that many people were few groups"
    found, values = [], {}
    for equation, hidden in equations(true, shown):
        found.append(equation)
        values |= hidden
    for name in determined(found):
        assert not is_small(values[name]), name
        if ".group_people" in name and ".people/" not in name:  # what is left of all people is in no large group
            assert not 0 < values[name] < LEAST * plan.threshold, name
    for who in WHO:
        groups, people = (shown.row(f"receptions.{who}.{name}").figures for name in ("groups", "group_people"))
        for column, found in groups.items():  # few people in groups of ten or more tell how many groups there are
            is_few = 0 < (people.get(column, Figure(None)).value or 0) < LEAST * plan.threshold
            assert not (found.hidden and is_few)


@settings(max_examples=100)
@given(
    receptions(),
    PLANS,
    st.sampled_from(["unit", "category", "month", "receiver", "mode"]),
    st.sampled_from(["turns", "people", "regular.turns", "leaders.turns"]),
    st.sampled_from([None, 1, 2]),
)
def test_no_line_of_a_breakdown_is_small(
    entries: list[tuple[int, Reception]], plan: Plan, by: str, name: str, top: int | None
) -> None:
    ledger, measure = Ledger(entries), BY_KEY[f"receptions.{name}"]
    shown = published(yearly(ledger, plan), LEAST)
    whole = breakdown(measure, ledger, plan, [by], top)
    table = covered(breakdown(measure, ledger, plan, [by], top, LEAST), shown)
    for column in table.whole:
        printed = [line.figures[column] for line in table.lines]
        assert not any(one.value is not None and is_small(one.value) for one in [*printed, table.whole[column]])
        if not table.whole[column].hidden:  # taking lines together loses nothing of the sum
            before = [line.figures[column].value or 0 for line in whole.lines]
            assert sum(one.value or 0 for one in printed) == sum(before)
    if "to_date" in table.whole and not table.whole["to_date"].hidden and not table.whole["now"].hidden:
        for line in table.lines:
            assert not is_small((line.figures["to_date"].value or 0) - (line.figures["now"].value or 0))
    if by in ("receiver", "mode"):  # told apart by the rows above as well
        assert len(table.lines) < 2 or len(table.lines) == len(whole.lines)
    values = [line.value for line in table.lines]
    assert values.count(MERGED) < 2
    if MERGED in values and len(values) > 1:  # one that stands beside others stands for two or more
        assert len({line.value for line in whole.lines} - {*values}) > 1
    if any(found.hidden for found in table.whole.values()):  # which lines stand tells of what is printed only
        assert values == [MERGED] or all(map(is_printed, table.lines))


TABLES = st.integers(1, 5).flatmap(
    lambda wide: st.lists(
        st.lists(st.one_of(st.integers(0, 4), st.integers(0, 50)), min_size=wide, max_size=wide), max_size=6
    )
)


def sums(cells: Sequence[Sequence[int]], hidden: set[tuple[int, int]], *, columns: bool) -> list[Equation]:
    """What the sums of rows, and if they are known those of columns, say of hidden cells."""
    lines = [[(r, c) for c in range(len(row))] for r, row in enumerate(cells)]
    if columns:
        lines += [[(r, c) for r in range(len(cells))] for c in range(len(cells[0]))]
    return [
        ({f"{r},{c}": 1 for r, c in line if (r, c) in hidden}, sum(cells[r][c] for r, c in line if (r, c) in hidden))
        for line in lines
        if any(place in hidden for place in line)
    ]


@settings(max_examples=150)
@given(TABLES)
def test_no_small_cell_of_a_cross_table_can_be_worked_out(cells: list[list[int]]) -> None:
    cells = [row for row in cells if not is_small(sum(row))]  # such lines are taken together before
    hidden = covering(cells, LEAST)
    if hidden is None:  # a single row, of which each cell is known to be somebody
        assert sum(any(row) for row in cells) == 1
        return
    small = {f"{r},{c}" for r, row in enumerate(cells) for c, count in enumerate(row) if is_small(count)}
    assert small <= {f"{r},{c}" for r, c in hidden}
    by_rows = sums(cells, hidden, columns=False)
    assert small.isdisjoint(determined(by_rows))
    for terms, total in by_rows:
        assert len(terms) >= 2
        assert total >= LEAST
    if all(count for row in cells for count in row) and len(cells) > 1 and len(cells[0]) > 1:
        assert small.isdisjoint(determined(sums(cells, hidden, columns=True)))


@settings(max_examples=100)
@given(st.integers(1, 4).flatmap(lambda wide: st.lists(st.lists(SMALL, min_size=wide, max_size=wide), max_size=8)))
def test_lines_taken_together_are_not_small(lines: list[list[int | None]]) -> None:
    taken = together(lines, LEAST)
    left = [line for at, line in enumerate(lines) if at not in taken]
    assert not any(is_small(count or 0) for line in left for count in line)
    sum_of = [sum(filter(None, column)) for column in zip(*(lines[at] for at in taken), strict=True)]
    assert len(taken) != 1 or len(lines) == 1
    assert not any(map(is_small, sum_of)) or len(taken) == len(lines)


ROWS = ("--from", "2023-01-01", "--to", "2023-12-31")


@pytest.fixture
def city(run: Run) -> Run:
    """Many regular turns, two of a leader of unit D, one person disciplined, little money."""
    for unit, turns in (("A", 50), ("B", 40), ("C", 6)):
        run("add-reception", "--receiver", "staff", "--turns", turns, "--unit", unit, "--category", "complaint", *ROWS)
    run("add-reception", "--receiver", "leader", "--turns", "2", "--people", "77", "--unit", "D", *ROWS)
    run("add-audit", "--type", "inspection", "--count", "2", "--individuals", "1", "--recovery", "2", *ROWS)
    run("add-model", "--count", "1", *ROWS)
    return run


def test_rows_are_hidden_with_what_gives_them_away(city: Run) -> None:
    rows = {
        row["measure"]: row
        for section in city("report", "2023", "--small-cells", "3", "--format", "json").document["sections"]
        for row in section["rows"]
    }
    assert rows["receptions.turns"]["value"] == 98
    for key in ("receptions.regular.turns", "receptions.leaders.turns", "inspections.individuals"):
        assert (rows[key]["value"], rows[key]["hidden"]) == (None, ["now"])
    for key, value in {"inspections.launched": 2, "inspections.recovery": 2, "models.registered": 1}.items():
        assert rows[key]["value"] == value  # money, inspections and models are no people


def test_small_units_stand_together(city: Run) -> None:
    document = city("report", "2023", "--by", "unit", "--small-cells", "3", "--format", "json").document
    assert document["small_cells"] == 3
    (table,) = [one for one in document["breakdowns"] if one["measure"] == "receptions.turns"]
    lines = {line["value"]: line["figures"]["now"]["figure"] for line in table["lines"]}
    assert lines == {"A": 50, "B": 40, "+": 8}


def lines_of(run: Run, *argv: str) -> dict[str, dict[str, Any]]:
    (table,) = run("report", *argv, "--small-cells", "3", "--format", "json").document["breakdowns"]
    return {line["value"]: line["figures"] for line in table["lines"]}


def test_lines_that_the_rows_tell_apart_as_well_stand_alone_or_not_at_all(run: Run) -> None:
    """Leaders' turns less unscheduled ones would be the one periodic turn."""
    for mode, turns in (("regular", 50), ("periodic", 1), ("unscheduled", 59)):
        run("add-reception", "--mode", mode, "--turns", turns, *ROWS)
    for by in ("mode", "receiver"):
        lines = lines_of(run, "2023", "--by", by)
        assert len(lines) == (1 if by == "mode" else 2)
        assert sum(one["now"]["figure"] for one in lines.values()) == 110
    document = run("report", "2023", "--by", "unit", "--by", "mode", "--small-cells", "3", "--format", "json").document
    (table,) = (one for one in document["breakdowns"] if one["measure"] == "receptions.turns")
    assert [[(one["value"], one["figure"]) for one in line["cells"]] for line in table["lines"]] == [[("+", 110)]]


def test_the_year_so_far_does_not_tell_what_came_before(run: Run) -> None:
    """So far less the second quarter would be the one turn of unit A in the first."""
    for unit, month, turns in (("A", 1, 1), ("A", 4, 20), ("B", 1, 30), ("B", 4, 30)):
        span = ("--from", f"2023-{month:02}-01", "--to", f"2023-{month:02}-28")
        run("add-reception", "--receiver", "staff", "--turns", turns, "--unit", unit, *span)
    assert set(lines_of(run, "2023", "--period", "q2", "--by", "unit")) == {"+"}
    run(
        "add-reception",
        "--receiver",
        "staff",
        "--turns",
        5,
        "--unit",
        "A",
        "--from",
        "2023-02-01",
        "--to",
        "2023-02-28",
    )
    assert set(lines_of(run, "2023", "--period", "q2", "--by", "unit")) == {"A", "B"}


FORMATS = ("table", "text", "json", "markdown", "html", "svg", "xlsx", "docx")


@pytest.mark.unmeasured
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("by", [(), ("--by", "unit"), ("--by", "unit", "--by", "category")])
def test_every_form_of_a_report_says_so_and_shows_none(
    run: Run, form: str, lang: LanguageCode, by: tuple[str, ...]
) -> None:
    for unit, turns in (("A", 5011), ("B", 4022), ("C", 6033)):
        run("add-reception", "--receiver", "staff", "--turns", turns, "--unit", unit, "--category", "complaint", *ROWS)
    run("add-reception", "--receiver", "leader", "--turns", "697", "--unit", "D", "--category", "petition", *ROWS)
    out = run.home / f"out.{form}"
    run("report", "2023", *by, "--small-cells", "700", "--format", form, "-o", out, lang=lang)
    texts = list(_texts(out.read_bytes()))
    said = catalogue(lang)["note.small_cells"].partition("{least}")[2]
    if form == "json":
        assert '"small_cells": 700' in texts[0]
    else:
        assert any(said in " ".join(text.split()) for text in texts)
    assert not any("697" in text for text in texts)


def _texts(content: bytes) -> Iterator[str]:
    """The words of a file, of every part of a packed one; marks between letters taken out."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        yield re.sub(r"</text>\s*<text[^>]*>", "", content.decode("utf-8")).replace("&#160;", " ")
        return
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            if name.endswith(".xml"):
                yield packed.read(name).decode("utf-8")


def test_what_is_not_small_stays(city: Run) -> None:
    plain = city("report", "2023", "--format", "json").document
    assert "small_cells" not in plain
    city("void", "4", "5", "--reason", "x")
    before, notes = city("report", "2023", "--by", "unit").out.rsplit("\n\n", 1)
    assert notes.startswith("Note on ")  # which names records, so what is published does without
    after = city("report", "2023", "--by", "unit", "--small-cells", "3").out
    assert [line for line in after.splitlines() if line in before.splitlines()] == before.splitlines()


def test_remarks_for_the_office_are_not_published(city: Run) -> None:
    city("add-reception", "--receiver", "leader", "--turns", "9", "--unit", "D", *ROWS)
    assert "May be counted twice" in city("report", "2023").out
    assert "May be counted twice" not in city("report", "2023", "--small-cells", "3").out


def test_sentences_tell_what_is_left(city: Run) -> None:
    city("add-reception", "--receiver", "leader", "--turns", "30", "--category", "petition", *ROWS)
    said = city("report", "2023", "--small-cells", "3", "--format", "text", lang="vi").out
    assert "Tổng số tiếp 128 lượt công dân" in said
    city("add-reception", "--receiver", "delegated", "--turns", "1", *ROWS)
    said = city("report", "2023", "--small-cells", "3", "--format", "text", lang="vi").out
    assert "Lãnh đạo" in said
    assert "ủy quyền" not in said


@pytest.mark.parametrize("unit", ["A", "B", None])
def test_which_lines_stand_tells_nothing_of_what_is_hidden(run: Run, unit: str | None) -> None:
    """One large group came this year; that it came to another unit than people did before is hidden as well."""
    days = ("--from", "2022-01-01", "--to", "2022-12-31")
    run("add-reception", "--mode", "regular", "--turns", 30, "--people", 50, "--groups", 0, "--unit", "A", *days)
    where = ("--unit", unit) if unit else ()
    run("add-reception", "Đất", "--mode", "regular", "--date", "2023-02-02", "--people", 12, *where)
    asked = ("2023", "--by", "unit", "--measure", "receptions.people", "--compare", "2022")
    lines = lines_of(run, *asked)
    assert {value: line["before"]["figure"] for value, line in lines.items()} == {"A": 50}
    assert lines["A"]["now"]["hidden"]


def test_it_takes_a_number_from_2_and_no_explanation(city: Run) -> None:
    assert "--small-cells" in city("report", "2023", "--small-cells", "1", code=2).err
    answer = city("report", "2023", "--small-cells", "3", "--explain", "receptions.turns", code=2)
    assert catalogue("en")["error.small_cells_explain"] in answer.err


def test_the_sums_of_columns_stand_where_nothing_is_hidden(run: Run) -> None:
    for unit in ("A", "B"):
        for receiver in ("staff", "leader"):
            run("add-reception", "--receiver", receiver, "--turns", 40, *YEAR_2023, "--unit", unit)
    asked = ("report", "2023", "--by", "unit", "--by", "receiver", "--small-cells", 3, "--compare", "none")
    total = next(line for line in run(*asked).out.splitlines() if line.startswith("Total"))
    assert total.split() == ["Total", "160", "80", "80"]
    run("add-reception", "--receiver", "delegated", "--turns", 1, *YEAR_2023, "--unit", "A")
    total = next(line for line in run(*asked).out.splitlines() if line.startswith("Total"))
    assert total.split() == ["Total", "161", "161"]  # in one column


def test_a_column_of_which_no_cell_is_hidden_keeps_its_sum(run: Run) -> None:
    for unit, turns in {"A": (40, 1, 60), "B": (30, 50, 70), "C": (20, 90, 80)}.items():
        for category, count in zip(("complaint", "petition", "feedback"), turns, strict=True):
            run("add-reception", "--receiver", "staff", "--turns", count, "--unit", unit, "--category", category, *ROWS)
    asked = ("report", "2023", "--by", "unit", "--by", "category", "--small-cells", 3, "--compare", "none")
    out = run(*asked, "--measure", "receptions.regular.turns").out
    head, *lines, total = [re.split(r"  +", line) for line in out.splitlines() if re.match("Unit|[ABC] |Total", line)]
    for at, name in enumerate(head[2:], 2):
        cells = [line[at] for line in lines]
        assert total[at] == ("hidden" if "hidden" in cells else str(sum(map(int, cells)))), name
    assert sum("hidden" in line for line in lines) == 2
    assert total.count("hidden") == 2


@pytest.mark.parametrize("largest", ["A", "B", "C"])
@pytest.mark.parametrize("empty", ["A", "B", "C"])
def test_the_order_of_lines_and_cells_tells_nothing_of_what_is_hidden(run: Run, largest: str, empty: str) -> None:
    counts = {("01", unit): 3 * (unit != empty) for unit in "ABC"} | {("02", unit): 4 for unit in "ABC"}
    counts |= {("03", unit): 50 + (unit == largest) for unit in "ABC"}
    for (month, unit), turns in counts.items():
        days = ("--from", f"2023-{month}-01", "--to", f"2023-{month}-28")
        if turns:
            run("add-reception", "--mode", "regular", "--turns", turns, "--people", turns, "--unit", unit, *days)
    by = ("--by", "month", "--by", "unit", "--small-cells", 5, "--format", "json")
    (table,) = [
        one for one in json.loads(run("report", "2023", *by).out)["breakdowns"] if one["measure"] == "receptions.turns"
    ]
    january, *others = [[cell["value"] for cell in line["cells"]] for line in table["lines"]]
    assert all(cell.get("hidden") for line in table["lines"][:2] for cell in line["cells"])
    assert [january, *others] == [["A", "B", "C"]] * 3


@pytest.mark.parametrize("form", ["table", "text", "markdown"])
def test_that_figures_are_hidden_is_said_where_some_are(run: Run, form: str) -> None:
    days = ("--from", "2023-01-01", "--to", "2023-12-31")
    for unit, people in (("A", 1), ("B", 1), ("C", 90)):
        run("add-reception", "--mode", "regular", "--turns", 100, "--people", people + 100, "--unit", unit, *days)
    said = catalogue("en")["note.small_cells"].partition("{least}")[0]
    by = ("report", "2023", "--by", "unit", "--small-cells", "3", "--format", form)
    warned = catalogue("en")["notice.public"]
    for asked in (("report", "2023", "--small-cells", "3", "--format", form), by):
        answer = run(*asked)
        assert said not in answer.out
        assert warned not in answer.err
    run("add-reception", "--mode", "regular", "--turns", 1, "--unit", "D", *days)
    answer = run(*by)
    assert answer.out.count(said) == 1
    assert warned in answer.err


def test_a_published_report_says_that_closed_figures_were_corrected_and_not_by_how_much(run: Run) -> None:
    run("add-reception", "--mode", "regular", "--turns", 20, *YEAR_2023)
    run("close", "2023")
    asked = ("report", "2023", "--section", "receptions", "--small-cells", 3)
    say = catalogue("en")
    corrected = say["report.closed_corrected"].partition("{day}")[2]
    assert corrected not in run(*asked).out
    run("add-reception", "--mode", "regular", "--turns", 1, *YEAR_2023)
    answer = run(*asked)
    assert corrected in answer.out
    assert say["report.corrected"].partition("{")[0] not in answer.out
    assert say["notice.public"] in answer.err
    (section,) = run(*asked, "--format", "json").document["sections"]
    assert (section["corrections"], section["corrections_withheld"]) == ([], True)
    assert "corrections_withheld" not in run(*asked[:4], "--format", "json").document["sections"][0]


def test_the_people_of_a_large_group_do_not_tell_that_it_was_one(run: Run) -> None:
    for unit, sizes in {"A": (12, 14, 11), "B": (12,), "C": (19, 10), "D": (15, 16, 17, 18)}.items():
        for people in sizes:
            run("add-reception", "Đất", "--mode", "regular", "--date", "2023-02-02", "--people", people, "--unit", unit)
    asked = ("report", "2023", "--by", "unit", "--measure", "receptions.regular.group_people", "--format", "json")
    (table,) = run(*asked, "--small-cells", 3).document["breakdowns"]
    assert {line["value"]: line["figures"]["now"]["figure"] for line in table["lines"]} == {"A": 37, "D": 66, "+": 41}


def test_few_people_in_large_groups_are_hidden_in_a_row_that_does_not_tell_of_how_many_groups(run: Run) -> None:
    run("add-reception", "--mode", "regular", "--turns", 90, "--people", 300, "--group-people", 12, *YEAR_2023)
    rows = run.figures("2023", "--small-cells", "3")
    people = rows["receptions.regular.group_people"]
    assert (people["value"], people["hidden"], rows["receptions.regular.people"]["value"]) == (None, ["now"], 300)
    assert (
        run.figures("2023", "--small-cells", "3", "--threshold", "4")["receptions.regular.group_people"]["value"] == 12
    )


@pytest.mark.parametrize("alone", [True, False])
def test_few_people_do_not_tell_how_many_large_groups_were_among_them(run: Run, alone: bool) -> None:
    for month in range(1, 5):
        run("add-reception", "Đất", "--mode", "regular", "--date", f"2023-{month:02}-05", "--people", 1)
    run("add-reception", "Đất", "--mode", "regular", "--date", "2023-05-05", "--people", 12)
    if not alone:
        run("add-reception", "Đất", "--mode", "regular", "--date", "2023-06-05", "--people", 9)
        run("add-reception", "Đất", "--mode", "regular", "--date", "2023-06-05", "--people", 9)
    rows = run.figures("2023", "--small-cells", "3")
    names = ("turns", "groups", "group_people", "people")
    told = {name: rows[f"receptions.regular.{name}"]["value"] for name in names}
    few = {
        "turns": 5,
        "groups": None,
        "group_people": None,
        "people": None,
    }  # two groups would be of twenty; three leave four others
    assert told == (few if alone else {**few, "turns": 7, "people": 34})
    assert rows["receptions.people"]["value"] == (None if alone else 34)
