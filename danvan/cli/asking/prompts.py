"""Questions at a terminal, one by one: with defaults, numbered choices, and the reason where an answer will not do.

The convention: what they are about is not known here; Ctrl-C and Ctrl-D stop, and nothing has been written yet.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from danvan.cli.failures import explain
from danvan.cli.telling import aside, fitted
from danvan.errors import DanvanError, Invalid, InvalidRecord
from danvan.formatting.texts import fold
from danvan.session import Session

with suppress(ImportError):  # Windows has none, or somebody's stand-in that keeps no history by itself
    import readline  # with it the arrow keys work and accents are erased whole

    if sys.platform != "win32":
        readline.set_auto_history(False)  # what was typed here is nobody else's business

Answer = TypeVar("Answer")
YES = ("y", "yes", "c", "co")
NO = ("n", "no", "k", "khong")
BACK = "<"
BLANK = "-"


def ask(
    session: Session,
    question: str,
    read: Callable[[str], Answer],
    *,
    default: str = "",
    optional: bool = False,
    hint: str = "",
    blank: Answer | None = None,
) -> Answer | None:
    """The answer to a question, asked until `read` understands it; None where it may be left blank and is.

    Args:
        default: what Enter stands for.
        hint: what may be typed, where neither a default nor that it may be skipped says it.
        blank: what `BLANK` stands for where the answer may be left blank.

    Raises:
        KeyboardInterrupt: the person stopped, with Ctrl-C or at the end of the input.
    """
    skip = session.language.say("ask.skip") if optional else ""
    told = f" [{default}]" if default else f" ({hint or skip})" if hint or skip else ""
    while True:
        typed = _line(f"{question}{told}:").strip() or default
        if optional and typed in ("", BLANK):
            return blank if typed else None
        typed = "" if typed == BLANK else typed
        try:
            return read(typed)
        except DanvanError as fault:
            say_why(fault, session)


def is_confirmed(session: Session, question: str) -> bool:
    """Whether the person says yes; Enter says no."""

    def read(text: str) -> bool:
        if fold(text) not in (*YES, *NO):
            raise Invalid("yes_or_no", value=text)
        return fold(text) in YES

    answers = session.language.say("ask.yes_no")
    return bool(ask(session, f"{question} {answers}", lambda text: bool(text) and read(text)))


class _Back(Exception):
    """Typed in the place of an answer: `BACK`."""


class Dialogue:
    """Questions one after another, of which each may lead back to the one before.

    Attributes:
        known: what was known before.
        answers: what was answered, or known before.
        earlier: what was answered before the person went back.
    """

    def __init__(self, session: Session, known: Mapping[Any, Any] = {}) -> None:
        self.session = session
        self.known = known
        self.answers: dict[Any, Any] = dict(known)
        self.earlier: dict[Any, Any] = {}
        self._is_asked = False

    def walk(self, questions: Sequence[Callable[[], None]]) -> None:
        """Ask all questions; one that the person goes back to is open again."""
        asked: list[tuple[int, dict[Any, Any]]] = []
        at = 0
        while at < len(questions):
            before = at, dict(self.answers)
            self._is_asked = False
            try:
                questions[at]()
            except _Back:
                now = self.answers
                at, self.answers = asked.pop() if asked else before
                self.earlier |= {name: answer for name, answer in now.items() if name not in self.answers}
                continue
            if self._is_asked:
                asked.append(before)
            at += 1

    def ask(self, question: str, read: Callable[[str], Answer], **how: Any) -> Answer | None:
        """As the function `ask`, unless the person goes back, which only `walk` learns of."""

        def unless_back(text: str) -> Answer:
            if text == BACK:
                raise _Back
            return read(text)

        self._is_asked = True
        return ask(self.session, question, unless_back, **how)


def _line(question: str) -> str:
    try:
        return input(f"{fitted(question, sys.stdout)} ")
    except EOFError:
        raise KeyboardInterrupt from None


def say_why(fault: DanvanError, session: Session) -> None:
    if isinstance(fault, InvalidRecord):  # which field is meant is plain from the question
        lines = [session.language.say(f"problem.{problem.key}", **problem.facts) for problem in fault.problems]
    else:
        fault.facts.pop("where", None)
        lines = list(explain(fault, session.language, "").lines)
    for line in lines:
        complain(line)


def complain(line: str) -> None:
    aside(f"  ! {line}")
