"""Why something is done to records, or why who came is to be shown: as given, or asked for at a terminal."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from danvan.errors import Invalid
from danvan.formatting.texts import checked, fold
from danvan.session import Session


def read_reason(
    session: Session,
    given: str | None,
    ask: str = "ask.reason",
    missing: str = "reason_missing",
    refuse: Callable[[str], None] = lambda _: None,
) -> str:
    """A reason; at a terminal it is asked for until it will do.

    Args:
        ask: the question where none is given.
        missing: what to say of a blank one.
        refuse: raises for one that will not do for what is to be done.

    Raises:
        Invalid: it is blank, or refused.
    """

    def read(text: str) -> str:
        reason = checked(text)
        if not fold(reason):  # "…", as it stands in an advice
            raise Invalid(missing)
        refuse(reason)
        return reason

    if given is None and session.is_interactive:
        return str(import_module("danvan.cli.asking.prompts").ask(session, session.language.say(ask), read))
    return read(given or "")
