"""Open receptions and their deadlines for other programs: JSON (version 1) and CSV. Identity is in neither."""

from __future__ import annotations

import csv
import io
from typing import Any

from danvan.agenda import Agenda, Task
from danvan.deadlines import COUNTING_SOURCES, GATHERED, Rule
from danvan.exchange.documents import VERSION, as_json, csv_cell
from danvan.formatting.language import Language
from danvan.places import identified

RECORDED = ("date", "unit", "category", "summary", "outcome")
COLUMNS = ("id", *RECORDED, "rule", "from", "days", "count", "due", "left", "suspended_days", "source")


def agenda_json(agenda: Agenda, language: Language) -> str:
    """The tasks, most pressing first, and the rules they follow with their sources."""
    head = {"version": VERSION, "today": agenda.today, "total": agenda.total, "overdue": agenda.overdue}
    law = {
        "gathered": f"{GATHERED:%Y-%m}",
        "rules": [_rule(rule, language) for rule in agenda.rules],
        "counting": [language.say(f"law.{source}") for source in COUNTING_SOURCES],
    }
    return as_json(head | {"tasks": [_task(task) for task in agenda.tasks], "law": law})


def agenda_csv(agenda: Agenda, language: Language) -> str:
    """The tasks, one a row, each with the text that its rule stands in."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = COLUMNS if not agenda.tasks else (*identified(agenda.tasks[0].id), *COLUMNS[1:])
    writer.writerow(columns)
    for task in agenda.tasks:
        row = _task(task) | {"source": language.say(f"law.{task.deadline.rule.source}")}
        writer.writerow([csv_cell(row.get(name)) for name in columns])
    return out.getvalue().removesuffix("\n")


def _task(task: Task) -> dict[str, Any]:
    record, deadline = task.record, task.deadline
    return {
        **identified(task.id),
        **{name: value for name in RECORDED if (value := getattr(record, name))},
        "rule": deadline.rule.key,
        "from": deadline.event,
        "days": deadline.days,
        "count": deadline.rule.sort,
        "due": deadline.due,
        "left": task.left,
        "suspended_days": deadline.stopped,
    }


def _rule(rule: Rule, language: Language) -> dict[str, Any]:
    return {
        "rule": rule.key,
        "what": language.say(f"rule.{rule.key}"),
        "days": rule.days,
        "count": rule.sort,
        "since": rule.begin,
        "until": rule.end,
        "source": language.say(f"law.{rule.source}"),
    }
