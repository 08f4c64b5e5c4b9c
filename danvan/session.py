"""One run of danvan: which register, which language, which day, how the answer goes out.

This is the one seam where rooms are loaded late: a command pays only for the rooms it enters, so in-function
imports stand here and nowhere else. It is also the one place that asks what day it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from danvan import settings
from danvan.errors import FileFault, Invalid, Refused
from danvan.formatting.language import Language, reading
from danvan.formatting.parsing import parse_day
from danvan.formatting.texts import fold, visible
from danvan.messages import LANGUAGES, LanguageCode
from danvan.places import expanded, is_pattern, names
from danvan.records import Office

if TYPE_CHECKING:
    import danvan.render
    from danvan.formatting.style import Style
    from danvan.papers import Paper
    from danvan.records import Layout
    from danvan.store import Register, Union


class Session:
    """What a command works with.

    Args:
        db: the register files, or patterns of their names; by default DANVAN_DB, then the person's settings, else a
            file in the user's data folder.
        today: a day that stands for today; by default DANVAN_TODAY, else the clock's.
        notice: told about what people should know of the register file (see `store`).
        asked: which of "lang" and "db" the command line itself says.
    """

    def __init__(
        self,
        code: LanguageCode,
        notice: Callable[..., None],
        *,
        db: Sequence[str] = (),
        today: str | None = None,
        json: bool = False,
        color: bool = True,
        asked: frozenset[str] = frozenset(),
    ) -> None:
        self._typed = db
        self.speak(code)
        self.notice = notice
        self.json = json
        self.color = color
        self.asked = asked
        self._db = db or list(filter(str.strip, [os.environ.get("DANVAN_DB", "")]))
        self._today = today or os.environ.get("DANVAN_TODAY")

    def speak(self, code: LanguageCode) -> None:
        """Say all else in a language."""
        self.language = Language(code, lambda: self.office.local, self._typed)

    @cached_property
    def paths(self) -> Sequence[Path]:
        """The register files.

        Raises:
            FileFault: one of several is not there, no file is called as a pattern says, or nobody said where.
            Invalid: a text names nothing.
        """
        if not all(text.strip() for text in self._db):  # as where a variable of a script is not set
            raise Invalid("no_file_named", where="--db")
        texts = self._db or [self.person.get("db") or settings.default_register()]
        if not texts[0]:
            raise FileFault("no_home", option="--db")
        paths = expanded(texts)
        for path in paths if len(paths) > 1 or is_pattern(texts[0]) else ():
            if not path.exists():
                raise FileFault("no_register", path=path, cause="ENOENT")
        return paths

    @property
    def path(self) -> Path:
        """The register file.

        Raises:
            Refused: there are several.
        """
        if len(self.paths) > 1:
            raise Refused("several_registers", count=len(self.paths))
        return self.paths[0]

    @cached_property
    def person(self) -> Mapping[str, str]:
        """The person's own settings."""
        return person_settings()

    def anew(self) -> Session:
        """The same run, with settings read again."""
        code = self.language.code if "lang" in self.asked else spoken()
        fresh = Session(code, self.notice, db=self._typed, json=self.json, color=self.color, asked=self.asked)
        fresh._db, fresh._today = self._db, self._today
        return fresh

    @cached_property
    def office(self) -> Office:
        """What the office has settled, as it stood when it was first asked for."""
        return (self.union or self.register).office()

    @cached_property
    def today(self) -> date:
        """The day this run takes for today."""
        clock = date.today()
        return parse_day(self._today, clock) if self._today else clock

    @property
    def is_interactive(self) -> bool:
        """Whether a person sits at both ends and may be asked."""
        return not self.json and sys.stdin.isatty() and sys.stdout.isatty()

    @cached_property
    def register(self) -> Register:
        """The register, opened when it is first asked.

        Raises:
            Refused: there are several.
        """
        return self.open_register(self.path)

    @cached_property
    def union(self) -> Union | None:
        """Several registers as one; None where there is only one."""
        if len(self.paths) == 1:
            return None
        from danvan.store import Union

        return Union({name: self.open_register(path) for name, path in self.registers.items()}, self._told)

    @property
    def records(self) -> Register | Union:
        """What queries and reports read: the register, or several as one.

        That the file somebody named is not there is told: it may be mistyped.
        """
        if self._db and len(self.paths) == 1 and not self.path.exists():
            self.notice("not_there", path=self.path)
        return self.union or self.register

    @property
    def registers(self) -> Mapping[str, Path]:
        """The register files by the names that tell them apart."""
        return dict(zip(map(visible, names(self.paths)), self.paths, strict=True))

    def reading(self, wanted: Sequence[str]) -> Register | Union:
        """What queries and reports read, of several registers only those that are wanted, if any are named.

        Raises:
            Invalid: there is no such register.
        """
        known = {fold(name): name for name in self.registers} if wanted else {}
        for text in wanted:
            if fold(text) not in known:
                raise Invalid("choice", value=text, choices=", ".join(known.values()), where="--register")
        if not (wanted and self.union):
            return self.records
        part = self.union.only([known[fold(text)] for text in wanted])
        self.office = part.office()
        return part

    def open_register(self, path: Path) -> Register:
        """A register at a place of its own."""
        from danvan.store import Register

        return Register(path, now=_now, author=self.person.get("author") or system_user(), notice=self._told)

    def _told(self, key: str, **facts: object) -> None:
        """Tell what a register says: that it is new only to who has just typed its name, and may have mistyped it."""
        if isinstance(differing := facts.get("others"), dict):
            facts["others"] = "; ".join(map(self._differing_said, differing, differing.values()))
        if key != "created" or "db" in self.asked:
            self.notice(key, **facts)

    def _differing_said(self, register: str, settings: Sequence[str]) -> str:
        return f"{register} ({', '.join(self.language.say(f'differing.{name}') for name in settings)})"

    def report_html(self, paper: Paper, sentences: Mapping[str, str]) -> str:
        """A report as a page."""
        from danvan.exchange.outgoing.page import report_html

        return report_html(paper, self.language, sentences)

    def report_xlsx(self, paper: Paper, style: Style) -> bytes:
        """A report as a workbook."""
        from danvan.exchange.outgoing.workbook import report_xlsx

        return report_xlsx(paper, self.language, style, self.today)

    def report_docx(self, paper: Paper, style: Style, template: bytes) -> bytes:
        """A report filled into a Word template."""
        from danvan.exchange.outgoing.filling import report_docx

        return report_docx(paper, self.language, style, self.office, self.today, template)

    def template_docx(self, layout: Layout) -> bytes:
        """The Word template of a layout."""
        from danvan.exchange.outgoing.letter import template_docx

        return template_docx(layout, self.language)

    @property
    def render(self) -> danvan.render.Screen:
        """The way to the terminal."""
        from danvan.render import Screen

        return Screen(self.language, color=self.color)


def person_settings() -> Mapping[str, str]:
    """The person's own settings; none where there is no file.

    Raises:
        FileFault: the file cannot be read or is no TOML.
    """
    try:
        return settings.read()
    except (OSError, ValueError, RecursionError) as fault:
        raise FileFault.of("settings_file", settings.path(), fault) from fault


def spoken(asked: str = "") -> LanguageCode:
    """The language of a run: the one asked for, DANVAN_LANG, the person's settings, then the system's."""
    wish = asked or os.environ.get("DANVAN_LANG", "")
    return reading([wish or person_settings().get("language", "") or settings.system_language()])


def understood() -> LanguageCode:
    """The language of a run that asks for one that nobody speaks: that of the other wishes."""
    wishes = [os.environ.get("DANVAN_LANG", "")]
    with suppress(FileFault):
        wishes.append(person_settings().get("language", ""))
    spoken = [known for wish in wishes for known in LANGUAGES if known == wish.casefold()]
    return spoken[0] if spoken else reading([settings.system_language()])


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def system_user() -> str:
    """The name by which the operating system knows who runs danvan; empty if it has none."""
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError, ImportError):  # a container's user may have no name; Windows has no list of users
        return ""
