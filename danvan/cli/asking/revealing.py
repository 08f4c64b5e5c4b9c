"""Showing who came: on request, for a reason, and never without a line about it in the register.

The convention: the line is on the disk before anything is shown, all records of one answer on one line. Where it
cannot be written nothing is shown. This is the one command that reads and writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from danvan.cli.asking.reasons import read_reason
from danvan.cli.asking.second_look import look_at_reason
from danvan.errors import Invalid
from danvan.privacy import Mask, masked, revealed, told
from danvan.records import Record, Reveal
from danvan.session import Session

RevealOption = Annotated[bool, typer.Option("--reveal", help="option.reveal", rich_help_panel="who")]
RevealReason = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help="option.reason_reveal", rich_help_panel="who")
]


def reason_of(session: Session, reveal: bool, reason: str | None) -> str:
    """What identity is to be shown for; empty where it stays masked.

    Raises:
        Invalid: no reason is given, or one without `--reveal`.
    """
    if not reveal:
        if reason is not None:
            raise Invalid("reveal_alone")
        return ""
    return read_reason(session, reason, "ask.reveal", "reveal_reason")


def mask_of(reason: str) -> Mask:
    """What records pass through before they are shown."""
    return revealed if reason else masked


def leave_trace(session: Session, command: str, reason: str, shown: Iterable[tuple[int, Record]]) -> None:
    """Write down of which of the records that are about to be shown somebody will see who came.

    Args:
        shown: numbered records as they are stored.

    Raises:
        FileFault, Busy: the register cannot be written.
    """
    named = [(number, record) for number, record in shown if record.may_name_people and told(record)]
    seen = [record.uid or str(number) for number, record in named]
    if not seen:
        session.notice("reveals_nothing")
        return
    look_at_reason(session, reason, named)
    names = tuple(dict.fromkeys(seen))
    session.register.add(Reveal(session.today, seen=names, command=command, reason=reason))
    session.notice("revealed", count=len(names))
