"""Open receptions and their deadlines: what presses most on top, the sources of the rules below, each once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from danvan.agenda import Agenda, Task, days_left, rule_words
from danvan.deadlines import GATHERED, Rule
from danvan.formatting.language import Language
from danvan.records import Reception
from danvan.render.layout import Column, fitted
from danvan.render.table import Cells, drawn

# The place of the column that may break where others would find no room, and how many columns tell what is to be done:
# up to the summary, and with the unit.
LEFT, SUMMARY, TELLING = 2, 5, 6
COMFORTABLE = 24  # how much of a text should stand in a line before less telling columns find room
OVERDUE, SOON, SUSPENDED = "bold red", "yellow", "dim"


def agenda_view(agenda: Agenda, language: Language, width: int, *, counts_same_day: bool) -> Iterator[object]:
    """The table, how many of how many it shows, then the rules and how days are counted."""
    columns = list(_columns(agenda, language))
    widths = _widths(columns, width)
    yield drawn(columns, widths, is_list=True)
    yield Text(_count(agenda, language), "dim")
    left_out = [column.head for column in columns[len(widths) :]]
    if left_out:
        yield Text(language.say("due.columns_hidden", columns=", ".join(left_out)), "dim")
    yield Text()
    for number, rule in enumerate(agenda.rules, 1):
        yield Text(f"[{number}] {rule_words(rule, language)}")
    yield Text(language.say("due.counting_same_day" if counts_same_day else "due.counting"), "dim")
    yield Text(language.say("due.gathered", month=f"{GATHERED.month}/{GATHERED.year}"), "dim")


def _widths(columns: Sequence[Cells], width: int) -> list[int]:
    """The widths of the columns that are shown: the telling ones, and more where these have room enough."""
    sizes = [column.size() for column in columns]
    whole = [*sizes[:LEFT], Column(sizes[LEFT].full, sizes[LEFT].full), *sizes[LEFT + 1 :]]
    if len(fitted(whole, width)) >= min(len(fitted(sizes, width)), SUMMARY):
        sizes = whole
    roomy = [Column(max(size.least, min(size.full, COMFORTABLE)), size.full) for size in sizes]
    return fitted(sizes[: max(len(fitted(roomy, width)), TELLING)], width)


def _columns(agenda: Agenda, language: Language) -> Iterator[Cells]:
    say, tasks = language.say, agenda.tasks
    numbers = {rule: number for number, rule in enumerate(agenda.rules, 1)}
    yield Cells(say("record.id"), tuple(Text(str(task.id)) for task in tasks), is_number=True)
    yield Cells(say("due.due"), tuple(_due(task, language) for task in tasks), is_number=True)
    yield Cells(say("due.left"), tuple(_left(task, language) for task in tasks))
    yield Cells(say("due.rule"), tuple(_rule(task, numbers, language) for task in tasks))
    yield _text("summary", agenda, language)
    yield _text("unit", agenda, language)
    yield Cells(say("due.received"), tuple(Text(language.fact(task.record.date)) for task in tasks), is_number=True)
    yield _text("category", agenda, language)
    yield _text("outcome", agenda, language)


def _text(name: str, agenda: Agenda, language: Language) -> Cells:
    cells = (Text(language.show(Reception, name, getattr(task.record, name))) for task in agenda.tasks)
    return Cells(language.label(Reception, name), tuple(cells))


def _due(task: Task, language: Language) -> Text:
    due = task.deadline.due
    return Text(language.fact(due) if due else "–", style_of(task))


def _left(task: Task, language: Language) -> Text:
    return Text(days_left(task.left, language), style_of(task))


def style_of(task: Task) -> str:
    """The colour of a deadline; the words beside it say the same."""
    if task.left is None:
        return SUSPENDED
    return OVERDUE if task.is_overdue else SOON if task.is_soon else ""


def _rule(task: Task, numbers: dict[Rule, int], language: Language) -> Text:
    rule = task.deadline.rule
    return Text(f"[{numbers[rule]}] {language.say(f'rule.{rule.key}')}")


def _count(agenda: Agenda, language: Language) -> str:
    shown = language.say("due.shown", shown=len(agenda.tasks), total=agenda.total, overdue=agenda.overdue)
    more = agenda.total > len(agenda.tasks)
    return f"{shown} · {language.say('query.limit', total=str(agenda.total))}" if more else shown
