"""`man`: the manual page danvan(1), for `man` to show or a system to install."""

from __future__ import annotations

import sys

from danvan import __version__
from danvan.cli.output import Force, OutputFile, deliver
from danvan.cli.telling import window
from danvan.completion.manual import manual, plain
from danvan.session import Session


def man(session: Session, output: OutputFile, force: Force) -> None:
    """Print the manual page, readable on a terminal, else in roff; or write it to a file."""
    language = session.language
    page = manual(language.code, __version__, language.say).rstrip("\n")
    if output is None and sys.stdout.isatty():  # roff is for man, not for people
        page = plain(page, window())
    deliver(session, page, output, force)
