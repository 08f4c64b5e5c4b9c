"""What another threshold or calendar means for figures that are there already: said at once, for no report can tell.

The convention: nothing is changed. What units counted stays as they sent it, and what was closed stays closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from danvan.cli.telling import aside
from danvan.records import Closing, Office, Reception
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.cli.knobs import Knob


def tell_meant(session: Session, changed: Iterable[Knob]) -> None:
    """Say what settings mean that a session has changed."""
    settled = [knob for knob in changed if knob.level == "office"]
    fresh = session.anew() if settled else session
    for knob in settled:
        for key, said in _meant(session, knob, session.office, fresh.office):
            aside(said, key, as_json=session.json)


def _meant(session: Session, knob: Knob, before: Office, now: Office) -> Iterator[tuple[str, str]]:
    """Under keys of the catalogues, what the change of a setting means."""
    if knob.key == "threshold" and before.threshold != now.threshold:
        yield from _groups(session, before.threshold, now.threshold)
    elif knob.attribute == "calendars":
        yield from _closings(session, before, now, knob.part)
    elif knob.key == "year-start" and before.custom_start != now.custom_start:
        yield from _closings(session, before, now)


def _groups(session: Session, before: int, now: int) -> Iterator[tuple[str, str]]:
    """That rows tell of large groups as they were counted before."""
    from danvan.papers import ids_said

    found = session.register.scan([Reception])
    rows = [one.id for one in found if isinstance(one.record, Reception) and one.record.brings_groups]
    if rows:
        facts = {"ids": ids_said(rows, session.language), "old": before, "new": now}
        yield "groups_as_before", session.language.say("config.groups_as_before", **facts)


def _closings(session: Session, before: Office, now: Office, wanted: str = "") -> Iterator[tuple[str, str]]:
    """That what was closed by the calendar of before is not what reports speak of from now on."""
    told: dict[str, list[str]] = {}
    for _, record in session.register.scan([Closing]):
        if not isinstance(record, Closing) or record.section != (wanted or record.section):
            continue
        old, new = (one.calendars.get(record.section, "calendar") for one in (before, now))
        if record.calendar == old and (old != new or (not wanted and old == "custom")):
            told.setdefault(old, []).append(session.language.say(f"section.{record.section}"))
    for key, sections in told.items():
        facts = {
            "calendar": session.language.say(f"calendar-name.{key}").partition("|")[0],
            "sections": ", ".join(dict.fromkeys(sections)),
        }
        yield "closings_left", session.language.say("config.closings_left", **facts)
