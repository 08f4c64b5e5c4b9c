"""The statutory forms: every cell against an independent count, sums, unknowns, and the papers read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from office import Run, holds, office, spelled_out

from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import Audit, Reception, Record, problems
from danvan.reports.forms import FORMS, INSPECTED, RECEPTIONS, head_of

BEGIN, LAST = date(2022, 12, 15), date(2023, 12, 14)
WHOLE = ("--from", "15/12/2022", "--to", "14/12/2023")
LATER = ("--from", "1/7/2023", "--to", "31/7/2023")
UNITS = ("Quận Đống Đa", "Quận Ba Đình", "Huyện Đông Anh")
INSPECTION = ("add-audit", "--type", "inspection")
SINCE = ("--from", "2022-07-01", "--to", "2022-12-14")


def figures(run: Run, code: str, *argv: object) -> dict[str, dict[int, int | None]]:
    """The figures of a form by unit, "" for the total."""
    found = run("form", code, "2023", "--format", "json", *argv).document
    rows = {row["unit"]: row["cells"] for row in found["rows"]} | {"": found["total"]}
    return {unit: {int(at): cell["value"] for at, cell in cells.items()} for unit, cells in rows.items()}


# An independent count, written as plainly as the rules are stated.

Amount = tuple[int | None, bool]
Number = Callable[[Any], Amount]


def inside(record: Any, day: date | None = None) -> bool:
    if record.to is not None:
        return bool(record.date >= BEGIN and record.to <= LAST)
    return day is not None and BEGIN <= day <= LAST


def added(parts: Iterable[Amount]) -> Amount:
    """What is known, and whether that is all; at least 0 is not known at all."""
    known = list(parts)
    values = [value for value, _ in known if value is not None]
    exact = all(exact for _, exact in known)
    return (sum(values), exact) if values and (exact or sum(values)) else (None, exact)


def plain(name: str, single: int | None) -> Number:
    def number(record: Any) -> Amount:
        value = getattr(record, name)
        if value is None and record.to is None:
            value = single
        return value, value is not None

    return number


def cases(record: Any) -> Amount:
    if record.cases is not None:
        return record.cases, True
    first, repeat = TCD["cases_first"](record), TCD["cases_repeat"](record)
    if first[1] and repeat[1]:
        return (first[0] or 0) + (repeat[0] or 0), True
    of_groups = record.group_cases or sum(filter(None, (record.group_cases_first, record.group_cases_repeat)))
    least = max((first[0] or 0) + (repeat[0] or 0), of_groups)
    return least or None, False


def at_least(number: Number, part: str) -> Number:
    """What a row does not know is at least what it knows to be in large groups."""

    def whole(record: Any) -> Amount:
        value, exact = number(record)
        least = 0 if record.to is None or exact else getattr(record, part) or 0
        return (least, False) if least else (value, exact)

    return whole


def sort_of_cases(name: str, other: str) -> Number:
    """First or repeated cases; of a single reception they are what the other ones leave of all."""

    def number(record: Any) -> Amount:
        own, rest, whole = getattr(record, name), getattr(record, other), record.cases
        if own is None and rest is not None and record.to is None:
            own = max(whole - rest, 0) if whole is not None else 0 if rest else None
        return own, own is not None

    return number


def large(name: str, own: str, threshold: int = 10) -> Number:
    def number(record: Any) -> Amount:
        if record.to is not None:
            return plain(own, None)(record)
        if (record.people or 1) < threshold:
            return 0, True
        return SINGLE[name](record)

    return number


SINGLE = {
    "turns": plain("turns", 1),
    "people": plain("people", 1),
    "cases_first": sort_of_cases("cases_first", "cases_repeat"),
    "cases_repeat": sort_of_cases("cases_repeat", "cases_first"),
}


TCD = {
    "turns": at_least(SINGLE["turns"], "groups"),
    "people": at_least(SINGLE["people"], "group_people"),
    **{name: at_least(SINGLE[name], f"group_{name}") for name in ("cases_first", "cases_repeat")},
    "groups": large("turns", "groups"),
    "group_people": large("people", "group_people"),
    "group_cases_first": large("cases_first", "group_cases_first"),
    "group_cases_repeat": large("cases_repeat", "group_cases_repeat"),
}


def receptions_of(records: list[Reception], everybodys: list[Reception]) -> dict[int, Amount]:
    """One row of 01/TCD: of what somebody recorded, a unit that has no record of it has none."""
    counted = [spelled_out(record) for record in records if inside(record, record.date)]
    staff = [record for record in counted if record.receiver == "staff"]
    leaders = [record for record in counted if record.receiver != "staff"]
    all_of_them = {record.receiver == "staff" for record in everybodys if inside(record, record.date)}
    row = {at: added(number(record) for record in staff) for at, number in enumerate(TCD.values(), 4)}
    for start, receiver in ((12, "leader"), (21, "delegated")):
        row[start] = sessions_of(leaders, receiver)
        for at, number in enumerate(TCD.values(), start + 1):
            row[at] = added(number(record) if record.receiver == receiver else (0, True) for record in leaders)
    for at, number in ((1, TCD["turns"]), (2, TCD["people"]), (3, cases)):
        half = [] if len(all_of_them) == 2 else [(None, False)]
        row[at] = added([*map(number, counted), *half]) if counted else (None, True)
    for columns, part, is_staff in ((range(4, 12), staff, True), (range(12, 30), leaders, False)):
        if not part and is_staff in all_of_them:
            row |= dict.fromkeys(columns, (0, True))
    return row


def sessions_of(leaders: list[Reception], receiver: str) -> Amount:
    days = {record.date for record in leaders if record.to is None and record.receiver == receiver}
    rows = [record for record in leaders if record.to is not None and record.receiver == receiver]
    parts: list[Amount] = [(len(days), True), *((record.sessions, record.sessions is not None) for record in rows)]
    only_rows = len(rows) == len(leaders)
    return added(parts[1:] if only_rows else parts) if leaders else (None, True)


def audits_of(records: list[Audit], everybodys: list[Audit]) -> dict[int, Amount]:
    """One row of 01/TTr, in which there is none of what only others recorded."""
    whole = audits_of(everybodys, []) if everybodys else {}
    wanted = [record for record in records if record.type == "inspection" and record.branch != "specialised"]
    rows = [record for record in wanted if record.to and inside(record)]
    carried = [r for r in wanted if not r.to and r.date < BEGIN and (r.concluded is None or r.concluded >= BEGIN)]
    launched = [r for r in wanted if not r.to and inside(r, r.date)]
    present = bool(carried or launched)
    past = [record for record in wanted if record.to and record.date < BEGIN and record.to <= LAST]

    def may_be_like(one: Audit, other: Audit) -> bool:
        names = ("branch", "mode")
        pairs = [(getattr(one, name), getattr(other, name)) for name in names]
        return one.unit == other.unit and all(a == b or None in (a, b) for a, b in pairs)

    def leaves_open(row: Audit) -> bool:
        own = [one for one in past if (one.unit, one.branch, one.mode) == (row.unit, row.branch, row.mode)]
        same = [one for one in own if (one.date, one.to) == (row.date, row.to)]
        begun = sum((one.count or 0) + (one.carried or 0) for one in same)
        ended = sum(one.concluded_count or 0 for one in same) if row.to < BEGIN else 0
        ended += sum(
            max((o.concluded_count or 0) - (o.count or 0), 0) for o in own if o.date > row.date and o.to < BEGIN
        )
        blank = all(one.count is None for one in same)
        blank = blank or (begun > 0 and all(one.concluded_count is None for one in same))
        later = [one for one in (*past, *rows) if one.date > row.date and may_be_like(one, row)]
        return (blank or begun > ended) and not any(one.carried is not None or one in rows for one in later)

    def follows(row: Audit) -> bool:
        """Whether what it carries over was performed before, as an earlier row of the unit has it."""
        return any(one.date < row.date and may_be_like(one, row) for one in rows)

    def begun(is_part: Callable[[Audit], bool | None]) -> tuple[Amount, Amount]:
        def one(record: Audit, number: Number) -> Amount:
            belongs = is_part(record)
            return (None, False) if belongs is None else number(record) if belongs else (0, True)

        first = [one(r, lambda _: (1, True)) for r in carried]
        first += [one(r, plain("carried", None)) for r in rows if not follows(r)]
        first += [one(r, lambda _: (None, False)) for r in past if leaves_open(r)]
        second = [one(r, lambda _: (1, True)) for r in launched] + [one(r, plain("count", None)) for r in rows]
        return total(first, 2), total(second, 3)

    def total(parts: list[Amount], at: int) -> Amount:
        is_told = present or whole.get(at, (None, True)) != (None, True)
        return added(parts) if parts else (0, True) if is_told else (None, True)

    def both(pair: tuple[Amount, Amount]) -> Amount:
        return added((value, exact and value is not None) for value, exact in pair)

    def mode(code: str) -> Callable[[Audit], bool | None]:
        return lambda record: None if record.mode is None else record.mode == code

    pair = begun(lambda _: True)
    row = {1: both(pair), 2: pair[0], 3: pair[1], 4: both(begun(mode("planned"))), 5: both(begun(mode("unannounced")))}
    ended = [*rows, *(r for r in wanted if not r.to and inside(r, r.concluded))]
    names = ("concluded_count", "units", "violations", "violations_land", "recovery", "recovery_land")
    names += ("other_handling", "other_land", "collectives", "individuals", "referred_cases", "referred_persons")
    for at, name in enumerate((*names, "policies"), 6):
        row[at] = total([concluded(name, record) for record in ended], at)
    return row


def concluded(name: str, record: Audit) -> Amount:
    number = plain(name, {"concluded_count": 1, "units": None}.get(name, 0))
    if name in ("violations", "violations_land") and getattr(record, name) is None:
        land = name == "violations_land"
        parts = (record.recovery_land, record.other_land) if land else (record.recovery, record.other_handling)
        known = [part for part in parts if part is not None]
        return (sum(known), True) if len(known) == 2 or record.to is None else (sum(known) or None, False)
    return number(record)


DAYS = st.dates(date(2022, 11, 1), date(2024, 1, 15))
COUNTS = st.none() | st.integers(0, 30)


def several(kind: type[Record], choices: dict[str, Any], single: Iterable[str], both: Iterable[str]) -> Any:
    """Valid records of a kind, single ones and rows; `single` are fields of rows only."""
    numbers = dict.fromkeys(both, COUNTS)
    rows = numbers | dict.fromkeys(single, COUNTS)
    shared = {"date": DAYS, "unit": st.sampled_from(UNITS), **choices}
    one = st.fixed_dictionaries({**shared, **numbers})
    row = st.fixed_dictionaries({**shared, **rows, "to": DAYS}).map(
        lambda given: (
            {name: value for name, value in given.items() if name not in ("ended", "concluded")}
            | dict(zip(("date", "to"), sorted((given["date"], given["to"])), strict=True))
        )
    )
    made = st.one_of(one, row).map(lambda given: kind(**given))
    return st.lists(made, min_size=8, max_size=14).map(
        lambda drawn: [record for record in drawn if not problems(record)]
    )


RECEIVED = several(
    Reception,
    {"receiver": st.sampled_from(("staff", "leader", "delegated"))},
    ("turns", "sessions", "groups", "group_people", "group_cases_first", "group_cases_repeat"),
    ("people", "cases", "cases_first", "cases_repeat"),
)
LOOKED_INTO = several(
    Audit,
    {
        "type": st.sampled_from(("inspection", "inspection", "duty-check")),
        "branch": st.sampled_from((None, "administrative", "specialised")),
        "mode": st.sampled_from((None, "planned", "unannounced")),
        "concluded": st.none() | DAYS,
    },
    ("count", "concluded_count", "carried"),
    ("units", "violations", "recovery", "other_handling", "violations_land", "recovery_land", "policies"),
)


def agrees(records: list[Any], code: str, counted: Callable[[list[Any], list[Any]], dict[int, Amount]]) -> None:
    """Every cell, and that a total is the sum of what is known above it."""
    with office() as run:
        run.register().add_many(records)
        found = run("form", code, "2023", "--format", "json").document
    rows = {row["unit"]: row["cells"] for row in found["rows"]}
    own = {unit: counted([record for record in records if record.unit == unit], records) for unit in UNITS}
    for unit, row in rows.items():
        shown = {int(at): (cell["value"], cell["value"] is not None and cell["at_least"]) for at, cell in row.items()}
        assert shown == {at: (value, value is not None and not exact) for at, (value, exact) in own[unit].items()}
    for at, cell in found["total"].items():
        known = [row[at]["value"] for row in rows.values() if row[at]["value"] is not None]
        assert (cell["value"] or 0) == sum(known)
        assert cell["at_least"] or not any(row[at]["at_least"] for row in rows.values())
    for unit in UNITS:
        speaks = any(value for value, _ in own[unit].values())
        assert not speaks or unit in rows


def test_the_form_and_the_report_say_the_same_of_the_same_records(run: Run) -> None:
    days = ("--from", "2023-01-01", "--to", "2023-06-30")
    for mode, turns in (("regular", 2), ("periodic", 3)):
        run("add-reception", "--mode", mode, "--turns", turns, "--people", turns, "--unit", UNITS[0], *days)
    run("add-reception", "Đất", "--mode", "regular", "--date", "2023-02-02", "--people", 1)
    assert run("explain", "2023", "receptions.delegated.turns", "--json").document["value"] == 0
    form = run("form", "01/TCD", "2023", "--format", "json").document
    rows = [*(row["cells"] for row in form["rows"]), form["total"]]
    for column, told in (("1", (5, 1, 6)), ("13", (3, 0, 3)), ("22", (0, 0, 0))):
        assert [(row[column]["value"], row[column]["at_least"]) for row in rows] == [(one, False) for one in told]
    report = run("report", "2023", "--section", "receptions", "--format", "json").document
    (row,) = [one for one in report["sections"][0]["rows"] if one["measure"] == "receptions.turns"]
    assert (row["value"], row["at_least"]) == (6, False)
    assert "≥" not in run("explain", "2023", "01/TCD:1").out
    for blank in ("unit=", "unit=not recorded", "unit=(không ghi đơn vị)"):
        assert "≥" not in run("explain", "2023", "01/TCD:1", "--only", blank).out
    assert "not recorded" in run("explain", "2023", "01/TCD:1", "--only", "unit=none", code=2).err


@settings(max_examples=80)
@given(RECEIVED)
def test_every_cell_of_the_form_of_receptions_agrees_with_an_independent_count(records: list[Any]) -> None:
    agrees(records, "01/TCD", receptions_of)


@settings(max_examples=80)
@given(LOOKED_INTO)
def test_every_cell_of_the_form_of_inspections_agrees_with_an_independent_count(records: list[Any]) -> None:
    agrees(records, "01/TTr", audits_of)


@settings(max_examples=15)
@given(
    RECEIVED, LOOKED_INTO, st.sampled_from([(c, o.number) for c, f in FORMS.items() for o in f.columns if o.measures])
)
def test_explain_names_the_records_behind_any_cell(received: Any, audits: Any, cell: tuple[str, int]) -> None:
    code, number = cell
    with office() as run:
        run.register().add_many([*received, *audits])
        form = run("form", code, "2023", "--format", "json").document
        cells = [((), form["total"])] + [(("--only", f"unit={row['unit']}"), row["cells"]) for row in form["rows"]]
        for only, row in cells:
            if only and row[str(number)]["value"] is None:
                continue
            found = run("explain", "2023", f"{code}:{number}", "--format", "json", *only).document
            assert (found["value"], found["at_least"]) == (row[str(number)]["value"], row[str(number)]["at_least"])
            assert sum(record["adds"] for record in found["records"]) == (found["value"] or 0)


# The form itself.


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_columns_are_numbered_and_their_heads_tile_the_head_of_the_form(form: Any) -> None:
    assert [column.number for column in form.columns] == list(range(1, len(form.columns) + 1))
    cells = [
        (row, column)
        for head in head_of(form)
        for row in range(head.row, head.row + head.rows)
        for column in range(head.column, head.column + head.columns)
    ]
    assert sorted(cells) == [(row, column) for row in range(form.depth) for column in range(len(form.columns))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_heading_has_its_words(lang: Any) -> None:
    for form in FORMS.values():
        for column in form.columns:
            for head in column.heads:
                assert catalogue(lang)[f"form.head.{head}"]


@pytest.mark.parametrize("code", ["01/TCD", "01/tcd", "01-TCD", "tcd", "TCD"])
def test_a_form_is_known_by_its_code_in_any_spelling(run: Run, code: str) -> None:
    assert run("form", code, "2023", "--json").document["form"] == "01/TCD"


def test_a_form_that_is_not_there_is_refused_with_those_that_are(run: Run) -> None:
    said = run("form", "02/TCD", "2023", code=2).err
    assert "01/TCD, 01/TTr" in said
    run("form", "01/TCD", "2019..2023", code=2)
    run("explain", "2023", "01/TCD:30", code=2)
    run("explain", "2023", "01/TCD:31", code=2)


def test_a_form_follows_the_calendar_of_its_circular_until_told_otherwise(run: Run) -> None:
    run("config", "set", "calendar.receptions", "assembly")
    run("add-reception", "--mode", "regular", "--turns", 5, *WHOLE)
    run("add-reception", "--mode", "regular", "--turns", 7, "--from", "1/1/2023", "--to", "31/12/2023")
    found = run("form", "01/TCD", "2023", "--json").document
    assert found["period"] == {"from": "2022-12-15", "to": "2023-12-14", "calendar": "inspectorate"}
    assert found["total"]["4"]["value"] == 5
    assert {"key": "straddles", "ids": [3]} in found["notes"]
    shown = run("form", "01/TCD", "2023", "--calendar", "calendar")
    assert "The form follows the calendar of the inspectorate" in shown.out
    assert figures(run, "01/TCD", "--calendar", "calendar")[""][4] == 7
    assert run("form", "01/TCD", "2023", "--period", "q1", "--json").document["period"]["to"] == "2023-03-14"


def test_an_empty_form_says_so_and_which_rows_were_left_out(run: Run) -> None:
    run("add-reception", "--mode", "regular", "--turns", 7, "--from", "1/1/2023", "--to", "31/12/2023")
    shown = run("form", "01/TCD", "2023").out
    assert "There are no figures for this period." in shown
    assert "aggregate rows No. 1" in shown
    assert "add --calendar calendar" in shown


def test_units_stand_in_the_order_of_the_alphabet_and_the_nameless_last(run: Run) -> None:
    for unit in ("Xã Đa Tốn", "Xã Dương Xá", "", "Phường Ô Chợ Dừa", "Phường Ngọc Hà"):
        run("add-reception", "--mode", "regular", "--turns", 1, *WHOLE, *(("--unit", unit) if unit else ()))
    rows = run("form", "01/TCD", "2023", "--json").document["rows"]
    assert [row["unit"] for row in rows] == [
        "Phường Ngọc Hà",
        "Phường Ô Chợ Dừa",
        "Xã Dương Xá",
        "Xã Đa Tốn",
        None,
    ]
    assert "(no unit given)" in run("form", "01/TCD", "2023").out


def test_a_form_can_be_of_some_units_only(run: Run) -> None:
    for at, unit in enumerate(UNITS, 1):
        run("add-reception", "--mode", "regular", "--turns", at, *WHOLE, "--unit", unit)
    found = figures(run, "01/TCD", "--unit", "Ba Đình", "--unit", "dong anh")
    assert {unit: row[4] for unit, row in found.items()} == {"Quận Ba Đình": 2, "Huyện Đông Anh": 3, "": 5}


def test_a_session_is_a_day_on_which_a_leader_received(run: Run) -> None:
    periodic = ("--mode", "periodic", "--unit", UNITS[0])
    for day in ("5/7/2023", "5/7/2023", "6/7/2023"):
        run("add-reception", "Đất", *periodic, "--date", day)
    run("add-reception", "Đất", "--mode", "unscheduled", "--date", "5/7/2023", "--unit", UNITS[0])
    run("add-reception", "Đất", *periodic, "--receiver", "delegated", "--date", "5/7/2023")
    run("add-reception", "Đất", "--mode", "periodic", "--date", "5/7/2023", "--unit", UNITS[1])
    run("add-reception", "--receiver", "leader", "--sessions", 12, "--turns", 90, *LATER, "--unit", UNITS[2])
    found = figures(run, "01/TCD")
    assert [found[unit][12] for unit in (*UNITS, "")] == [2, 1, 12, 15]
    assert [found[unit][21] for unit in (*UNITS, "")] == [1, 0, 0, 1]
    explained = run("explain", "2023", "01/TCD:12", "--json").document
    assert [record["id"] for record in explained["records"]] == [7, 1, 6, 3]


def test_large_groups_count_in_regular_receptions_too_from_the_number_that_the_form_tells(run: Run) -> None:
    run("add-reception", "Đất", "--mode", "regular", "--people", 7, "--date", "5/7/2023")
    assert figures(run, "01/TCD")[""][8] == 0
    shown = run("form", "01/TCD", "2023").out
    assert "Large group: 10 people or more" in shown
    assert "The form counts large groups from 5 people; these figures from 10" in shown
    assert "--threshold 5" in shown
    assert figures(run, "01/TCD", "--threshold", 5)[""][8] == 1
    assert "The form counts large groups" not in run("form", "01/TCD", "2023", "--threshold", 5).out


HALF = ("--from", "2023-01-01", "--to", "2023-06-30", "--unit")
KNOWN = {UNITS[0]: {1: "10", 3: "8", 13: "0", 12: "0", 17: "0", 24: "0"}, UNITS[1]: {1: "–", 3: "–", 4: "0", 6: "0"}}


@pytest.mark.parametrize(
    ("more", "known"),
    [
        ((), {UNITS[0]: {1: "≥ 10", 13: "–", 12: "–", 3: "≥ 8"}}),
        (("--receiver", "leader", "--people", 6, *HALF, UNITS[1]), KNOWN),
        (("--receiver", "leader", "--turns", 0, *HALF, UNITS[0]), {UNITS[0]: {1: "10", 3: "8", 15: "0", 17: "0"}}),
    ],
    ids=["recorded by nobody", "by another unit that does not know", "that there was none"],
)
def test_what_a_unit_has_no_record_of_it_has_none_of_if_anybody_recorded_any(
    run: Run, more: tuple[object, ...], known: dict[str, dict[int, str]]
) -> None:
    run("add-reception", "--receiver", "staff", "--turns", 10, "--cases", 8, *HALF, UNITS[0])
    if more:
        run("add-reception", *more)
    form = run("form", "01/TCD", "2023", "--json").document
    rows = {row["unit"]: row["cells"] for row in form["rows"]}
    for unit, cells in known.items():
        for column, told in cells.items():
            cell = rows[unit][str(column)]
            assert said(cell) == told, (unit, column)
            asked = ("explain", "2023", f"01/TCD:{column}", "--only", f"unit={unit}", "--json")
            assert said(run(*asked).document) == told
    for name, column in (("turns", "1"), ("cases", "3")):
        of_units = run("report", "2023", "--by", "unit", "--measure", f"receptions.{name}", "--json").document
        for line in of_units["breakdowns"][0]["lines"]:
            assert said(line["figures"]["now"]) == said(rows[line["value"]][column])


def said(cell: dict[str, Any]) -> str:
    """A figure of a document as a form shows it."""
    value = cell.get("figure", cell.get("value"))
    return "–" if value is None else f"≥ {value}" if cell["at_least"] else str(value)


def test_a_sum_that_does_not_hold_is_named_with_its_unit_and_records(run: Run) -> None:
    found = ("--started", "1/3/2023", "--concluded", "1/5/2023", "--branch", "administrative", "--mode", "planned")
    run("add-audit", "Đất đai", "--type", "inspection", *found, "--unit", UNITS[0], "--recovery", "3 tỷ")
    wrong = ("--violations", "5 tỷ", "--recovery", "3 tỷ", "--other-handling", "1 tỷ")
    run("add-audit", "Đầu tư", "--type", "inspection", *found, "--unit", UNITS[1], *wrong)
    failures = run("form", "01/TTr", "2023", "--json").document["failures"]
    assert failures == [{"whole": 8, "parts": [10, 12], "row": "unit", "unit": UNITS[1], "ids": [2]}]
    said = run("form", "01/TTr", "2023", lang="vi").out
    assert "Không khớp 8 = 10 + 12 ở Quận Ba Đình: 5.000 khác 4.000 (bản ghi số 2)" in said
    assert figures(run, "01/TTr")[UNITS[0]][8] == 3_000_000_000


def found_and_handled(run: Run) -> Run:
    """Two rows: of one it is known what is to be recovered, of the other what is handled otherwise as well."""
    row = (*INSPECTION, "--count", 3, "--concluded-count", 3, *WHOLE)
    run(*row, "--unit", UNITS[0], "--recovery", "5 tỷ")
    run(*row, "--unit", UNITS[1], "--recovery", "1 tỷ", "--other-handling", "2 tỷ")
    return run


def test_violations_are_at_least_what_is_recommended_wherever_they_are_told(run: Run) -> None:
    found_and_handled(run)
    year, billion = ("2023", "--calendar", "inspectorate"), 10**9
    row = run.figures(*year)["inspections.violations"]
    assert (row["value"], row["at_least"]) == (8 * billion, True)
    document = run("form", "01/TTr", *year, "--json").document
    cells = [cells["8"] for cells in (*(row["cells"] for row in document["rows"]), document["total"])]
    told = [(3 * billion, False), (5 * billion, True), (8 * billion, True)]
    assert [(cell["value"], cell["at_least"]) for cell in cells] == told
    assert document["failures"] == []
    for asked in ("inspections.violations", "01/TTr:8"):
        explained = run("explain", year[0], asked, *year[1:], "--json").document
        assert (explained["value"], explained["at_least"], explained["unknown"]) == (8 * billion, True, [1])
        assert {one["id"]: one["adds"] for one in explained["records"]} == {1: 5 * billion, 2: 3 * billion}
    by_unit = run("report", *year, "--by", "unit", "--measure", "inspections.violations", "--json").document
    (table,) = by_unit["breakdowns"]
    assert [tuple(line["figures"]["now"].values()) for line in table["lines"]] == [told[1], told[0]]
    listed = run("audits", "--columns", "unit,violations").out
    assert "≥ 5,000,000,000" in listed
    assert "≥ 8,000,000,000" in listed


def test_violations_of_which_nobody_knows_more_than_what_is_recommended_are_no_news(run: Run) -> None:
    found_and_handled(run)
    sentences = ("report", "2023", "--calendar", "inspectorate", "--format", "text")
    told = run(*sentences).out
    assert "recovery of 6 billion" in told
    assert "violations" not in told
    run(*INSPECTION, "--count", 1, "--concluded-count", 1, *LATER, "--unit", UNITS[2], "--violations", "1 tỷ")
    assert "violations of at least 9 billion" in run(*sentences).out


GROUPS = ("--groups", 2, "--group-people", 30, "--group-cases-first", 4, "--group-cases-repeat", 3)


def test_what_is_not_known_of_receptions_is_at_least_what_large_groups_brought(run: Run) -> None:
    known = ("--turns", 3, "--people", 5, "--cases-first", 1, "--cases-repeat", 1)
    run("add-reception", "--receiver", "staff", *known, *WHOLE, "--unit", UNITS[0])
    run("add-reception", "--receiver", "staff", *GROUPS, *WHOLE, "--unit", UNITS[1])
    year = ("2023", "--calendar", "inspectorate")
    names = {"turns": 5, "people": 35, "cases_first": 5, "cases_repeat": 4}
    figures = run.figures(*year)
    told = {name: figures[f"receptions.regular.{name}"] for name in names}
    assert {name: row["value"] for name, row in told.items()} == names
    assert all(row["at_least"] for row in told.values())
    assert figures["receptions.cases"]["value"] == 9
    document = run("form", "01/TCD", *year, "--json").document
    cells = [[row["cells"][at]["value"] for at in ("4", "5", "6", "7")] for row in document["rows"]]
    assert sorted(cells) == [[2, 30, 4, 3], [3, 5, 1, 1]]
    assert [document["total"][at]["value"] for at in ("4", "5", "6", "7")] == [*names.values()]
    explained = run("explain", year[0], "receptions.regular.people", *year[1:], "--json").document
    assert (explained["value"], explained["at_least"], explained["unknown"]) == (35, True, [2])
    listed = run("receptions", "--columns", "unit,people").out
    assert "≥ 30" in listed
    assert "≥ 35" in listed


def test_of_what_nobody_knows_more_than_what_large_groups_brought_nothing_is_said(run: Run) -> None:
    run("add-reception", "--receiver", "staff", "--turns", 9, *GROUPS, *WHOLE, "--unit", UNITS[0])
    run("add-reception", "--receiver", "leader", "--turns", 9, *WHOLE, "--unit", UNITS[0])
    told = run("report", "2023", "--calendar", "inspectorate", "--format", "text").out
    assert "at least 30" not in told
    assert "at least 7" not in told
    assert "30 people" in told


def test_how_many_units_were_inspected_is_unknown_where_nobody_said_so(run: Run) -> None:
    inspection = ("add-audit", "Đất", "--type", "inspection", "--date", "2023-02-01", "--concluded", "2023-05-02")
    run(*inspection, "--unit", "A")
    run(*inspection, "--unit", "B", "--units", 3)
    document = run("form", "01/TTr", "2023", "--format", "json").document
    cells = [cells["7"] for cells in (*(row["cells"] for row in document["rows"]), document["total"])]
    assert [(cell["value"], cell["at_least"]) for cell in cells] == [(None, False), (3, False), (3, True)]


def test_a_sum_is_not_blamed_for_what_nobody_knows(run: Run) -> None:
    run(*INSPECTION, "--count", 9, "--violations", "5 tỷ", "--recovery", "3 tỷ", *WHOLE)
    run("add-reception", "--receiver", "staff", "--cases", 9, "--cases-first", 4, *WHOLE)
    assert run("form", "01/TTr", "2023", "--json").document["failures"] == []
    assert run("form", "01/TCD", "2023", "--json").document["failures"] == []


def test_what_was_carried_over_counts_once_a_year(run: Run) -> None:
    row = (*INSPECTION, "--branch", "administrative", "--mode", "planned", "--unit", UNITS[0])
    run(*row, "--count", 10, "--carried", 3, "--from", "15/12/2022", "--to", "14/6/2023")
    run(*row, "--count", 8, "--carried", 4, "--from", "15/6/2023", "--to", "14/12/2023")
    found = figures(run, "01/TTr")[""]
    assert [found[at] for at in range(1, 6)] == [21, 3, 18, 21, 0]
    half = figures(run, "01/TTr", "--period", "h2")[""]
    assert [half[at] for at in range(1, 4)] == [12, 4, 8]


@pytest.mark.parametrize(
    ("others", "asked"),
    [
        (("--branch", "specialised", "--count", 20, "--carried", 9), [8, 3, 5, 8, 0]),
        (("--branch", "administrative", "--mode", "unannounced", "--count", 2, "--carried", 1), [11, 4, 7, 8, 3]),
        (("--count", 2, "--carried", 4), [11, 4, 7, 5, None]),
    ],
    ids=["another branch", "another mode", "perhaps the same"],
)
def test_what_a_row_carried_over_is_left_out_for_the_sake_of_rows_of_the_like_only(
    run: Run, others: tuple[str, ...], asked: list[int]
) -> None:
    run(*INSPECTION, "--unit", UNITS[0], *others, "--from", "2022-12-15", "--to", "2023-01-14")
    row = (*INSPECTION, "--branch", "administrative", "--mode", "planned", "--unit", UNITS[0])
    run(*row, "--count", 5, "--carried", 3, "--from", "2023-01-15", "--to", "2023-06-14")
    found = figures(run, "01/TTr")[""]
    assert [found[at] for at in range(1, 6)] == asked


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("more", "told", "left"),
    [
        ((), ["≥ 1", "–", "1"], [1]),
        (("--count", 0, "--concluded-count", 3, *SINCE), ["1", "0", "1"], []),
        (("--count", 4, "--concluded-count", 5, *SINCE), ["≥ 1", "–", "1"], [1]),
        (("--count", 4, *SINCE), ["≥ 1", "–", "1"], [1, 3]),
        (("--recovery", 9, *SINCE), ["≥ 1", "–", "1"], [1, 3]),
        (
            ("--count", 4, "--concluded-count", 9, "--from", "2022-07-01", "--to", "2022-12-31"),
            ["≥ 1", "–", "1"],
            [1, 3],
        ),
        (("--count", 2, "--carried", 3, "--from", "2023-01-01", "--to", "2023-06-30"), ["6", "3", "3"], []),
        (("--branch", "specialised", "--carried", 0, *SINCE), ["≥ 1", "–", "1"], [1]),
    ],
    ids=[
        *("no more told", "concluded since", "not all concluded since", "not told to be concluded", "not told at all"),
        *("told of both sides of the first day", "told by the period's own row", "told of specialised ones alone"),
    ],
)
def test_what_a_row_of_before_leaves_open_is_carried_over_nobody_knows_in_what_number(
    run: Run, more: tuple[object, ...], told: list[str], left: list[int], lang: LanguageCode
) -> None:
    unit = ("--branch", "administrative", "--unit", UNITS[0])
    run(*INSPECTION, *unit, "--count", 8, "--concluded-count", 5, "--from", "2021-12-15", "--to", "2022-06-14")
    run(*INSPECTION, "Đất", *unit, "--started", "2023-03-01")
    if more:
        run(*INSPECTION, *unit, *more)
    form = run("form", "01/TTr", "2023", "--json").document
    assert [said(form["rows"][0]["cells"][at]) for at in ("1", "2", "3")] == told
    assert [said(form["total"][at]) for at in ("1", "2", "3")] == told
    assert [note["ids"] for note in form["notes"] if note["key"] == "left_open"] == [left] * bool(left)
    assert holds(run("form", "01/TTr", "2023", lang=lang).out, catalogue(lang)["note.left_open"]) == bool(left)
    asked = run("explain", "2023", "01/TTr:2", "--json").document
    assert (said(asked), asked["unknown"]) == (told[1], left)


def test_an_open_inspection_of_years_ago_is_carried_over_and_a_specialised_one_is_not(run: Run) -> None:
    run(*INSPECTION, "Đất đai", "--branch", "administrative", "--mode", "planned", "--started", "1/3/2015")
    run(*INSPECTION, "Môi trường", "--branch", "specialised", "--started", "1/3/2023")
    run(*INSPECTION, "Tài chính", "--started", "1/3/2023")
    found = run("form", "01/TTr", "2023", "--json").document
    cells = {int(at): cell["value"] for at, cell in found["total"].items()}
    assert [cells[at] for at in range(1, 7)] == [2, 1, 1, 1, None, 0]
    assert {"key": "no_branch", "ids": [3]} in found["notes"]
    assert {"key": "specialised", "ids": [2]} in found["notes"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_that_leaves_all_inspections_out_names_them(run: Run, lang: str) -> None:
    run(*INSPECTION, "Môi trường", "--branch", "specialised", "--started", "1/3/2023")
    run("add-audit", "Công vụ", "--type", "duty-check", "--started", "1/3/2023")
    shown = run("form", "01/TTr", "2023", lang=lang).out
    assert catalogue(lang)["form.empty"] in shown
    assert catalogue(lang)["note.specialised"].format(ids="1") in shown


def test_a_form_is_provisional_until_its_period_is_closed(run: Run) -> None:
    run("add-reception", "--mode", "regular", "--turns", 5, *WHOLE)
    assert "provisional" in run("form", "01/TCD", "2023").out
    run("close", "2023", "--calendar", "inspectorate", "--section", "receptions")
    assert "closed on" in run("form", "01/TCD", "2023").out
    assert "corrected" not in run("form", "01/TCD", "2023").out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_says_that_closed_figures_were_corrected_whichever_unit_it_shows(run: Run, lang: LanguageCode) -> None:
    said = catalogue(lang)["report.closed_corrected"]
    for unit in ("Xã A", "Xã B"):
        run("add-reception", "Đất", "--mode", "regular", "--date", "2023-03-01", "--unit", unit)
    run("close", "2023", "--calendar", "inspectorate", "--section", "receptions")
    for narrowed in ((), ("--unit", "Xã A")):
        assert not holds(run("form", "01/TCD", "2023", *narrowed, lang=lang).out, said)
    run("void", 2, "--reason", "trùng")
    for narrowed in ((), ("--unit", "Xã A")):
        assert holds(run("form", "01/TCD", "2023", *narrowed, lang=lang).out, said)


# Its papers.


def tell(run: Run) -> None:
    """Two units of which much is known, and one with a name that a spreadsheet could take for a formula."""
    inspection = (*INSPECTION, "--branch", "administrative", *WHOLE)
    run(*inspection, "--mode", "planned", "--count", 370, "--carried", 2, "--recovery", "81,5 tỷ", "--unit", UNITS[0])
    run(*inspection, "--count", 4, "--violations", "754,8 triệu", "--unit", UNITS[1])
    run(*inspection, "--count", 1, "--carried", 0, "--unit", "=1+1")
    run("add-reception", "--receiver", "staff", "--turns", 22858, "--people", 30000, *WHOLE, "--unit", UNITS[0])
    run("add-reception", "--receiver", "leader", "--turns", 11751, *WHOLE, "--unit", UNITS[0])


def written(run: Run, code: str, ending: str, *argv: str, lang: str = "vi") -> Path:
    path = run.home / f"form.{ending}"
    run("form", code, "2023", "-o", path, "--force", *argv, lang=lang)
    assert path.stat().st_mode & 0o777 == 0o600
    return path


def test_a_file_is_not_overwritten_unless_told_to(run: Run) -> None:
    tell(run)
    path = written(run, "01/TTr", "xlsx")
    before = path.read_bytes()
    run("form", "01/TTr", "2023", "-o", path, code=1)
    assert path.read_bytes() == before


def test_csv_has_the_headings_the_numbers_the_units_and_the_total(run: Run) -> None:
    tell(run)
    text = run("form", "01/TTr", "2023", "--format", "csv", lang="vi").out
    head, numbers, *rows = list(csv.reader(io.StringIO(text)))
    assert head[:2] == ["Đơn vị", "Số cuộc thanh tra thực hiện – Tổng số"]
    assert numbers == ["", *map(str, range(1, 19)), ""]
    assert [row[0] for row in rows] == ["'=1+1", "Quận Ba Đình", "Quận Đống Đa", "Tổng"]
    ba_dinh, total = rows[1], rows[3]
    assert (ba_dinh[1], ba_dinh[2], ba_dinh[8], ba_dinh[19]) == ("4", "", "754.8", "1")
    assert (total[1], total[10]) == ("377", "81500")


def sheet(path: Path) -> Any:
    return openpyxl.load_workbook(path).worksheets[0]


def test_the_workbook_is_the_form_with_real_numbers(run: Run) -> None:
    tell(run)
    page = sheet(written(run, "01/TTr", "xlsx"))
    depth, first = INSPECTED.depth, 7
    numbers = [cell.value for cell in page[first + depth]]
    assert numbers[1:3] == ["1 = 2 + 3 = 4 + 5", "2"]
    rows = {row[0].value: row for row in page.iter_rows(min_row=first + depth + 1, max_row=first + depth + 4)}
    assert list(rows) == ["=1+1", "Quận Ba Đình", "Quận Đống Đa", "Tổng"]
    assert rows["=1+1"][0].data_type == "s"
    assert rows["Quận Đống Đa"][10].value == 81_500
    assert rows["Quận Ba Đình"][8].value == pytest.approx(754.8)
    assert rows["Quận Ba Đình"][2].value is None
    assert "≥" in rows["Quận Ba Đình"][1].number_format
    assert rows["Quận Ba Đình"][1].value == 4


def test_the_workbook_is_set_up_for_print_with_merged_headings(run: Run) -> None:
    tell(run)
    page = sheet(written(run, "01/TCD", "xlsx"))
    depth = RECEPTIONS.depth
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == f"$7:${7 + depth}"
    assert page.freeze_panes == f"B{7 + depth + 1}"
    texts = [str(cell.value) for row in page.iter_rows(max_row=6) for cell in row if cell.value]
    assert "Biểu số: 01/TCD" in texts
    assert "Ban hành kèm theo Thông tư 01/2024/TT-TTCP" in texts
    assert any("Số liệu tính từ ngày 15/12/2022 đến ngày 14/12/2023" in text for text in texts)
    merged = {str(page.cell(area.min_row, area.min_col).value): area for area in page.merged_cells.ranges}
    assert merged["Tiếp thường xuyên"].size == {"columns": 8, "rows": 1}
    assert merged["Tiếp định kỳ và đột xuất của thủ trưởng"].size == {"columns": 18, "rows": 1}
    assert merged["Tổng số lượt tiếp"].size == {"columns": 1, "rows": depth}
    assert page.cell(7 + depth + 1, 2).border.left.style == "thin"


def test_what_has_to_be_looked_at_stands_apart_from_the_form(run: Run) -> None:
    tell(run)
    run(*INSPECTION, "--count", 1, "--from", "1/1/2023", "--to", "31/12/2023")
    book = openpyxl.load_workbook(written(run, "01/TTr", "xlsx"))
    assert book.sheetnames == ["01-TTr", "Cần xem lại trước khi gửi"]
    said = [row[0].value for row in book.worksheets[1].iter_rows()]
    assert any("vắt qua ranh giới" in str(text) for text in said)


def test_the_document_is_a_landscape_page_with_merged_and_repeated_headings(run: Run) -> None:
    tell(run)
    document = Document(str(written(run, "01/TCD", "docx")))
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    table = document.tables[1]
    head = table.rows[0].cells
    assert [head[at].text for at in (0, 1, 4, 11, 12, 29)] == [
        "Đơn vị",
        "Tổng số lượt tiếp",
        "Tiếp thường xuyên",
        "Tiếp thường xuyên",
        "Tiếp định kỳ và đột xuất của thủ trưởng",
        "Tiếp định kỳ và đột xuất của thủ trưởng",
    ]
    assert head[4]._tc is head[11]._tc
    marked = [row for row in table.rows if row._tr.xpath("./w:trPr/w:tblHeader")]
    assert len(marked) == RECEPTIONS.depth + 1
    row = next(row for row in table.rows if row.cells[0].text == UNITS[0])
    assert [row.cells[at].text for at in (1, 4, 5, 6, 13, 30)] == ["34.609", "22.858", "30.000", "", "11.751", ""]
    names = {run.font.name or document.styles["Normal"].font.name for part in document.paragraphs for run in part.runs}
    assert names == {"Times New Roman"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", FORMS)
def test_every_paper_can_be_written_of_an_empty_register(run: Run, code: str, lang: str) -> None:
    for ending in ("xlsx", "docx", "csv", "json", "txt"):
        assert written(run, code, ending, lang=lang).stat().st_size


@pytest.mark.parametrize("width", [60, 80, 160])
def test_on_the_terminal_no_figure_is_cut_and_no_line_is_too_long(run: Run, width: int) -> None:
    for at in range(9):
        run("add-reception", "--receiver", "staff", "--turns", 1234567 + at, *WHOLE, "--unit", f"Phường Số {at}")
    lines = run("form", "01/TCD", "2023", width=width, lang="vi").plain.splitlines()
    assert all(len(line) <= width for line in lines)
    for at in range(9):
        assert any(f"1.234.{567 + at}" in line for line in lines)
    assert "…" not in "".join(lines)


@pytest.mark.parametrize("typed", ["01/TTr", "01/TTr:", "01/TTr:99", "01/ttr:x"])
def test_a_form_without_a_column_of_it_says_which_there_are(run, typed):
    said = run("explain", "2023", typed, code=2).err
    assert holds(said, catalogue("en")["error.form_column"])
    assert "1–18" in said
    assert "01/TTr:1" in said
