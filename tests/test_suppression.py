"""What a published report hides cannot be proven to be small: neither from its sums nor from what anybody knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import Run

from danvan.records import Reception, problems
from danvan.reports import BY_KEY, Ledger, Plan, Report, yearly
from danvan.reports.breakdowns import MERGED, Breakdown, breakdown
from danvan.reports.possibilities import Fact, Possibilities
from danvan.reports.small_cells import covered, published

LEAST = 3
MANY = 10**6
YEAR = ("--from", "2023-01-01", "--to", "2023-12-31")
QUARTERS = (("--from", "2023-01-01", "--to", "2023-03-31"), ("--from", "2023-04-01", "--to", "2023-06-30"))
COUNTED = ("turns", "people", "cases_first", "cases_repeat", "groups", "group_people", "group_cases")
Inequality = tuple[dict[str, int], int]  # counts, each times a factor, are so many or more


def column(facts: list[Inequality], end: str, threshold: int) -> None:
    """What anybody knows of one column, written down apart from how danvan does."""

    def at_least(least: int = 0, **factors: int) -> None:
        facts.append(
            ({f"receptions.{name.replace('__', '.')} {end}": factor for name, factor in factors.items()}, least)
        )

    def equal(**factors: int) -> None:
        at_least(**factors)
        at_least(**{name: -factor for name, factor in factors.items()})

    for who in ("regular__", "leaders__"):
        turns, people, first, repeat, groups, group_people, group_cases = (f"{who}{name}" for name in COUNTED)
        at_least(**{turns: 1, groups: -1})
        at_least(**{people: 1, group_people: -1, turns: -1, groups: 1})
        at_least(**{turns: threshold - 1, groups: 1 - threshold, people: -1, group_people: 1})
        at_least(**{group_people: 1, groups: -threshold})
        at_least(**{groups: MANY, group_people: -1})
        at_least(**{groups: MANY, group_cases: -1})
        at_least(**{first: 1, repeat: 1, group_cases: -1})
    at_least(leaders__turns=1, delegated__turns=-1)
    for name in ("turns", "people"):
        equal(**{name: 1, f"regular__{name}": -1, f"leaders__{name}": -1})
    split = {f"{who}__{name}": -1 for who in ("regular", "leaders") for name in ("cases_first", "cases_repeat")}
    equal(cases=1, **split)


def known(report: Report) -> list[Inequality]:
    """What anybody knows of a report, in each column and before a part of the year."""
    facts: list[Inequality] = []
    columns = list(report.sections[-1].periods)
    for whole, part in (("to_date", "now"), ("to_date_before", "before")):
        if whole in columns:
            columns.append(f"{whole}-{part}")
    for end in columns:
        column(facts, end, report.plan.threshold)
        whole, _, part = end.partition("-")
        for key in {name.partition(" ")[0] for terms, _ in facts for name in terms} if part else ():
            terms = {f"{key} {whole}": 1, f"{key} {part}": -1, f"{key} {end}": -1}
            facts += [(terms, 0), ({name: -factor for name, factor in terms.items()}, 0)]
    return facts


def counts(true: Report) -> dict[str, int]:
    """Every count of a report, and what came before a part of the year."""
    found = {f"{row.measure.key} {end}": one.value or 0 for row in true.rows for end, one in row.figures.items()}
    for whole, part in (("to_date", "now"), ("to_date_before", "before")):
        keys = [name.partition(" ")[0] for name in found if name.endswith(f" {whole}")]
        found |= {f"{key} {whole}-{part}": found[f"{key} {whole}"] - found[f"{key} {part}"] for key in keys}
    return found


def narrowed(ranges: dict[str, list[int]], facts: Sequence[Inequality]) -> None:
    """Take from ranges what inequalities rule out, again and again."""
    for _ in range(60):
        before = {name: [*ends] for name, ends in ranges.items()}
        for terms, least in facts:
            most = {name: factor * ranges[name][factor > 0] for name, factor in terms.items()}
            for name, factor in terms.items():
                need = least - (sum(most.values()) - most[name])
                if factor > 0:
                    ranges[name][0] = max(ranges[name][0], -(-need // factor))
                else:
                    ranges[name][1] = min(ranges[name][1], need // factor)
        if ranges == before:
            return


def lines_known(table: Breakdown, facts: list[Inequality], ranges: dict[str, list[int]]) -> None:
    """What anybody knows of each line of a breakdown: the same as of the report, and what it prints."""
    own = table.measure.key.rpartition(".")[0]  # a line by unit counts the receptions of this receiver only
    for end in table.whole if table.lines else ():
        names = [f"{end} of line {at}" for at in range(len(table.lines))]
        for name, line in zip(names, table.lines, strict=True):
            column(facts, name, 10)
            figure = line.figures[end]
            value = [figure.value or 0] * 2 if not figure.hidden else [0, MANY * MANY]
            ranges[f"{table.measure.key} {name}"] = value
        for key in {name.partition(" ")[0] for terms, _ in facts for name in terms if name.startswith(f"{own}.")}:
            terms = {f"{key} {end}": 1} | {f"{key} {name}": -1 for name in names}
            facts += [(terms, 0), ({name: -factor for name, factor in terms.items()}, 0)]


def proven_small(true: Report, shown: Report, tables: Sequence[Breakdown] = ()) -> Iterator[str]:
    """The small counts that what is printed leaves no room to be anything else."""
    told = counts(true)
    facts = known(true)
    for terms, _ in facts:
        for name in terms:
            told.setdefault(name, 0)
    facts = [(terms, least) for terms, least in facts if sum(told[name] * by for name, by in terms.items()) >= least]
    ranges = {name: [0, MANY * MANY] for name in told}
    for row in shown.rows:
        for end, found in row.figures.items():
            name = f"{row.measure.key} {end}"
            ranges[name] = [1, MANY * MANY] if found.hidden else [told[name]] * 2
    for table in tables:
        lines_known(table, facts, ranges)
    for terms, _ in facts:
        for name in terms:
            ranges.setdefault(name, [0, MANY * MANY])
    narrowed(ranges, facts)
    assert all(least <= most for least, most in ranges.values())
    for name, (least, most) in ranges.items():
        measure = BY_KEY.get(name.partition(" ")[0])
        if name in told and measure and measure.is_about_people and least > 0 and most < LEAST:
            yield f"{name}: {told[name]} is from {least} to {most}"


@st.composite
def registers(draw: st.DrawFn) -> list[tuple[int, Reception]]:
    """Single receptions and rows of three units, of which every count is known."""
    found = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        receiver = draw(st.sampled_from(["staff", "staff", "leader", "delegated"]))
        mode = {"staff": "regular"}.get(receiver) or draw(st.sampled_from(["periodic", "unscheduled"]))
        values: dict[str, Any] = {"people": draw(st.sampled_from([1, 1, 1, 2, 3, 9, 12, 15, 25, 40]))}
        values |= {"cases_first": draw(st.integers(0, 2)), "cases_repeat": draw(st.integers(0, 1))}
        first, last = date(2023, draw(st.integers(1, 6)), 1), None
        if draw(st.booleans()):
            last = first.replace(day=28)
            turns, groups = draw(st.integers(1, 6)), draw(st.integers(0, 2))
            size = draw(st.integers(10, 16)) * groups
            values |= {"turns": turns + groups, "groups": groups, "group_people": size, "group_cases": groups}
            values |= {
                "people": size + turns * draw(st.integers(1, 5)),
                "cases_first": groups + draw(st.integers(0, 3)),
            }
        unit = draw(st.sampled_from("ABC"))
        record = Reception(first, last, unit=unit, mode=mode, receiver=receiver, **values)
        assert not problems(record)
        found.append((number, record))
    return found


PLANS = st.sampled_from(["year", "q2", "m4"]).map(lambda part: Plan(2023, part))
BY = st.sampled_from([None, ("unit",), ("month",), ("unit", "month"), ("receiver",), ("mode",), ("unit", "receiver")])


@settings(max_examples=75)
@given(registers(), PLANS)
def test_no_count_of_a_report_can_be_proven_to_be_small(entries: list[tuple[int, Reception]], plan: Plan) -> None:
    true = yearly(Ledger(entries), plan)
    assert not [*proven_small(true, published(true, LEAST))]


@settings(max_examples=75)
@given(registers(), PLANS, BY, st.sampled_from(["turns", "people", "cases", "regular.people", "leaders.turns"]))
def test_no_breakdown_prints_what_the_rows_of_its_report_hide(
    entries: list[tuple[int, Reception]], plan: Plan, by: tuple[str, ...] | None, name: str
) -> None:
    ledger = Ledger(entries)
    true = yearly(ledger, plan)
    tables = [breakdown(BY_KEY[f"receptions.{name}"], ledger, plan, by, None, LEAST)] if by else []
    shown = published(true, LEAST, tables)
    tables = [covered(table, shown) for table in tables]
    assert not [*proven_small(true, shown, tables)]
    for table in tables:
        for line in table.lines:
            for end, found in line.figures.items():
                assert found.value in (None, 0) or found.value >= LEAST
                hidden = shown.row(f"receptions.{name}").figures[end].hidden
                assert not hidden or found.hidden or not found.value
                who = {"staff": "regular", "regular": "regular", "leader": "leaders"}.get(line.value or "")
                if who and f"receptions.{who}.{name}" in BY_KEY and found.value:
                    assert not shown.row(f"receptions.{who}.{name}").figures[end].hidden


def test_a_possible_set_of_counts_is_found_or_none_is_claimed() -> None:
    facts = [Fact({"a": 1, "b": 1, "c": -1}), Fact({"a": -1, "b": -1, "c": 1}), Fact({"a": 1, "b": -2})]
    near = {"a": 4, "b": 2, "c": 6}
    open_sum = Possibilities(near, facts, {"a": (1, 99), "b": (1, 99), "c": (6, 6)})
    assert open_sum.one_with("a", (5, 99)) == {"a": 5, "b": 1, "c": 6}
    assert open_sum.one_with("b", (3, 99)) is None  # twice as many are seven
    assert open_sum.one_with("b", (1, 1)) == {"a": 5, "b": 1, "c": 6}


def hidden(run: Run, *argv: object) -> set[str]:
    """The measures hidden in the reported period."""
    return {
        key for key, row in run.figures("2023", "--small-cells", 3, *argv).items() if "now" in row.get("hidden", ())
    }


def test_hidden_ones_that_add_up_to_their_number_have_their_sum_hidden(run: Run) -> None:
    for receiver, turns, repeat in (("staff", 30, 1), ("leader", 10, 0)):
        cases = ("--cases-first", 1, "--cases-repeat", repeat)
        run("add-reception", "--receiver", receiver, "--turns", turns, "--people", turns + 9, *cases, *YEAR)
    split = {"receptions.regular.cases_first", "receptions.regular.cases_repeat", "receptions.leaders.cases_first"}
    assert hidden(run) == {*split, "receptions.cases"}


def test_all_people_do_not_tell_how_many_large_groups_leaders_received(run: Run) -> None:
    run("add-reception", "--receiver", "staff", "--turns", 3, "--people", 3, *YEAR)
    group = ("--groups", 1, "--group-people", 15)
    run("add-reception", "--receiver", "leader", "--turns", 3, "--people", 19, *group, *YEAR)
    leaders = {f"receptions.leaders.{name}" for name in ("groups", "group_people", "people")}
    assert hidden(run) == {*leaders, "receptions.people"}


def test_the_people_of_the_quarter_before_do_not_tell_how_many_groups_there_were(run: Run) -> None:
    for days, turns, people, groups, size in ((QUARTERS[0], 7, 21, 1, 15), (QUARTERS[1], 4, 67, 2, 65)):
        group = ("--groups", groups, "--group-people", size)
        run("add-reception", "--receiver", "staff", "--turns", turns, "--people", people, *group, *days)
    rows = run.figures("2023", "--period", "q2", "--small-cells", 3)
    assert rows["receptions.regular.groups"]["hidden"] == ["now", "to_date"]


def test_cases_of_large_groups_do_not_tell_that_there_was_one(run: Run) -> None:
    run("add-reception", "a", "--mode", "regular", "--people", 11, "--cases", 3, "--date", "2023-01-05")
    for day in (1, 2, 3):
        run("add-reception", "b", "--mode", "regular", "--people", 1, "--cases", 0, "--date", f"2023-02-0{day}")
        leader = ("--mode", "periodic", "--receiver", "leader", "--date", f"2023-03-0{day}")
        run("add-reception", "c", "--people", 1, "--cases", 1, *leader)
    assert hidden(run, "--section", "receptions") >= {"receptions.people", "receptions.regular.people"}


def test_people_without_a_large_group_do_not_tell_how_few_turns_others_were(run: Run) -> None:
    """Ten people in no group of ten came in two turns at least, of four in all."""
    run("add-reception", "--receiver", "staff", "--turns", 2, "--people", 3, "--groups", 0, *YEAR)
    run("add-reception", "--receiver", "leader", "--turns", 2, "--people", 10, "--groups", 0, *YEAR)
    turns = {"receptions.regular.turns", "receptions.leaders.turns"}
    found = hidden(run)
    assert found >= turns
    assert found - turns


def test_the_people_of_each_unit_do_not_tell_how_many_large_groups_there_were(run: Run) -> None:
    for unit, people, group in (("A", 9, 0), ("B", 9, 0), ("C", 9, 0), ("D", 15, 1)):
        counted = ("--turns", 3, "--people", people, "--groups", group, "--group-people", 12 * group)
        run("add-reception", "--receiver", "staff", *counted, "--unit", unit, *YEAR)
    assert "receptions.people" not in hidden(run)
    asked = ("--by", "unit", "--measure", "receptions.people")
    document = run("report", "2023", "--small-cells", 3, *asked, "--format", "json").document
    (table,) = document["breakdowns"]
    assert "receptions.people" in hidden(run, *asked)
    assert [line["value"] for line in table["lines"]] == [MERGED]


@pytest.mark.parametrize("top", [(), ("--top", 1)])
def test_the_number_of_units_does_not_tell_how_few_turns_others_were(run: Run, top: tuple[object, ...]) -> None:
    """Ten units make ten turns at least, of twelve in all."""
    for unit in "ABCDEFGHIK":
        run("add-reception", "--receiver", "leader", "--turns", 1, "--people", 30, "--unit", unit, *YEAR)
    run("add-reception", "--receiver", "staff", "--turns", 2, "--people", 90, "--unit", "A", *YEAR)
    turns = {"receptions.regular.turns", "receptions.leaders.turns"}
    assert hidden(run) == turns
    assert hidden(run, "--by", "unit", "--measure", "receptions.leaders.people", *top) - turns


def test_a_breakdown_of_what_is_hidden_has_one_line(run: Run) -> None:
    """Neither the order of units nor how many there are tells of their figures."""
    for unit, turns in (("A", 5), ("B", 7), ("C", 6)):
        run("add-reception", "--receiver", "leader", "--turns", turns, "--unit", unit, *YEAR)
    run("add-reception", "--receiver", "staff", "--turns", 2, "--unit", "B", *YEAR)
    asked = ("--measure", "receptions.leaders.turns", "--by", "unit", "--by", "mode", "--format", "json")
    (table,) = run("report", "2023", "--small-cells", 3, *asked).document["breakdowns"]
    assert [(line["value"], line.get("cells", [])) for line in table["lines"]] == [(MERGED, [])]


@pytest.mark.parametrize("turns", [(1, 1, 1), (1, 2)])
def test_a_cross_table_of_one_line_does_not_tell_its_cells(run: Run, turns: tuple[int, ...]) -> None:
    for month, count in enumerate(turns, 1):
        for day in range(1, count + 1):
            run("add-reception", "x", "--receiver", "staff", "--unit", "C", "--date", f"2023-{month:02}-{day:02}")
    asked = ("--by", "unit", "--by", "month", "--format", "json")
    (table,) = run("report", "2023", "--small-cells", 3, "--section", "receptions", *asked).document["breakdowns"]
    assert [[(cell["value"], cell["figure"]) for cell in line["cells"]] for line in table["lines"]] == [[(MERGED, 3)]]


def test_a_breakdown_by_receiver_prints_nothing_that_its_report_hides(run: Run) -> None:
    group = ("--groups", 1, "--group-people", 12)
    run("add-reception", "--receiver", "staff", "--turns", 5, "--people", 16, *group, "--unit", "A", *YEAR)
    leader = ("--receiver", "leader", "--mode", "periodic")
    run("add-reception", *leader, "--turns", 30, "--people", 60, "--groups", 0, *YEAR)
    for by in ("receiver", "mode"):
        asked = ("--by", by, "--measure", "receptions.people", "--format", "markdown")
        said = run("report", "2023", "--small-cells", 3, *asked).out
        assert not [line for line in said.splitlines() if "16" in line or "60" in line]


def test_a_breakdown_is_hidden_where_its_report_does_not_show_the_measure() -> None:
    rows = [("leader", 2, "D"), ("staff", 50, "A")]
    entries = [
        (at, Reception(date(2023, 1, 1), date(2023, 12, 31), unit=unit, receiver=receiver, turns=turns))
        for at, (receiver, turns, unit) in enumerate(rows, 1)
    ]
    ledger, plan = Ledger(entries), Plan(2023, sections=("inspections",))
    table = breakdown(BY_KEY["receptions.leaders.turns"], ledger, plan, ["unit"], None, LEAST)
    shown = covered(table, published(yearly(ledger, plan), LEAST))
    assert all(figure.hidden for figure in shown.figures)
