"""`demo`: the year 2023 of Hanoi, from a register of its own.

The figures are those of the report "Đổi mới công tác dân vận theo hướng sâu sát cơ sở" on Chinhphu.vn of 26 December
2023. The base of 2022 was not published; 24 240 turns is one of the numbers that give its "giảm 5,7%".
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from random import Random
from typing import Annotated

import typer

from danvan.cli.figures import report_of
from danvan.cli.telling import tell
from danvan.errors import FileFault, Invalid
from danvan.exchange.outgoing.figures import report_json
from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.papers import paper
from danvan.places import at
from danvan.records import Audit, Model, Reception, Record
from danvan.reports import Plan
from danvan.sample import YEAR_COUNT, records
from danvan.session import Session

YEAR = 2023
UNIT = "Thành phố Hà Nội"

Full = Annotated[bool, typer.Option("--full", help="option.demo_full")]
Out = Annotated[str | None, typer.Option("--out", metavar="FILE", help="option.demo_out")]


def demo(session: Session, full: Full, out: Out) -> None:
    """Build the demonstration register and print its report of 2023.

    Raises:
        FileFault: the file it is to be built in is there already.
        Invalid: the register of all other commands is named, which is not touched here.
    """
    if "db" in session.asked:
        raise Invalid("demo_db", where="--db")
    path = at(out) if out else Path(tempfile.mkdtemp(prefix="danvan-demo-")) / "danvan.json"
    if path.exists():
        raise FileFault("demo_exists", path=path)
    register = session.open_register(path)
    reported = rows(session.language)
    register.add_many([reported[0], *records(YEAR, YEAR_COUNT, Random(YEAR))] if full else reported)
    plan = Plan(YEAR, compare=YEAR - 1)
    figures = report_of(register, plan)
    if session.json:
        typer.echo(report_json(figures, session.language))
        return
    say = session.language.say
    tell(say("demo.what_full" if full else "demo.what", path=path))
    typer.echo(session.render.report(paper(figures, session.language, Style()), is_screen=True))
    tell(say("demo.next", path=path))


def rows(language: Language) -> list[Record]:
    """The article's figures as aggregate rows, each with its source as a note."""
    first, last = date(YEAR, 1, 1), date(YEAR, 12, 31)
    source = language.say("demo.note")

    def audit(**figures: object) -> Record:
        return Audit(first, last, UNIT, note=source, **figures)  # type: ignore[arg-type]

    return [
        Reception(
            date(YEAR - 1, 1, 1),
            date(YEAR - 1, 12, 31),
            UNIT,
            note=language.say("demo.note_base"),
            mode="regular",
            receiver="staff",
            turns=24_240,
        ),
        audit(type="duty-check", mode="unannounced", count=33),
        audit(type="duty-check", mode="directed", count=5),
        audit(
            type="inspection",
            count=370,
            concluded_count=289,
            recovery=81_500_000_000,
            collectives=45,
            individuals=158,
            referred=3,
        ),
        Model(first, last, UNIT, note=language.say("demo.note_over"), status="registered", count=13_660),
        Reception(first, last, UNIT, note=source, mode="regular", receiver="staff", turns=22_858),
        Reception(first, last, UNIT, note=source, receiver="leader", turns=11_751, groups=75, group_cases=37),
    ]
