"""One run of danvan: which register, which language, which day, how the answer goes out.

This is the one seam where rooms are loaded late: a command pays only for the rooms it enters, so in-function
imports stand here and nowhere else. It is also the one place that asks what day it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from danvan import settings
from danvan.errors import FileFault
from danvan.formatting.language import Language, reading
from danvan.formatting.parsing import parse_day
from danvan.messages import LanguageCode
from danvan.records import Office

if TYPE_CHECKING:
    import danvan.render
    from danvan.records import Office
    from danvan.store import Register


class Session:
    """What a command works with.

    Args:
        db: the register file; by default DANVAN_DB, then the person's settings, else a file in the user's data folder.
        today: a day that stands for today; by default DANVAN_TODAY, else the clock's.
        notice: told about what people should know of the register file (see `store`).
        asked: which of "lang" and "db" the command line itself says.
    """

    def __init__(
        self,
        code: LanguageCode,
        notice: Callable[..., None],
        *,
        db: str | None = None,
        today: str | None = None,
        json: bool = False,
        color: bool = True,
        asked: frozenset[str] = frozenset(),
    ) -> None:
        self.language = Language(code, lambda: self.office.local)
        self.notice = notice
        self.json = json
        self.color = color
        self.asked = asked
        self._db = db or os.environ.get("DANVAN_DB")
        self._today = today or os.environ.get("DANVAN_TODAY")

    @cached_property
    def path(self) -> Path:
        """The register file."""
        return Path(self._db or self.person.get("db") or settings.default_register()).expanduser()

    @cached_property
    def person(self) -> Mapping[str, str]:
        """The person's own settings."""
        return person_settings()

    def anew(self) -> Session:
        """The same run, with settings read again."""
        code = self.language.code if "lang" in self.asked else spoken()
        fresh = Session(code, self.notice, json=self.json, color=self.color, asked=self.asked)
        fresh._db, fresh._today = self._db, self._today
        return fresh

    @cached_property
    def office(self) -> Office:
        """What the office has settled, as it stood when it was first asked for."""
        return self.register.office()

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
        """The register, opened when it is first asked."""
        return self.open_register(self.path)

    def open_register(self, path: Path) -> Register:
        """A register at a place of its own."""
        from danvan.store import Register

        return Register(path, now=_now, author=self.person.get("author") or system_user(), notice=self.notice)

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
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise FileFault("settings_file", path=settings.path(), reason=reason) from fault


def spoken(asked: str = "") -> LanguageCode:
    """The language of a run: the one asked for, DANVAN_LANG, the person's settings, then the system's."""
    wish = asked or os.environ.get("DANVAN_LANG", "")
    return reading([wish or person_settings().get("language", "") or system_language()])


def system_language() -> str:
    """The language code the operating system speaks, as far as danvan cares: "vi", or "" for any other."""
    if sys.platform == "win32":
        import ctypes

        vietnamese = 0x2A
        return "vi" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == vietnamese else ""
    wishes = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next((wish for wish in wishes if wish), "")
    return "vi" if spoken.startswith("vi") else ""


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def system_user() -> str:
    """The name by which the operating system knows who runs danvan; empty if it has none."""
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return ""
