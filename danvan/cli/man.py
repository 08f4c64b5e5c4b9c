"""`man`: the manual page danvan(1), for `man` to show or a system to install."""

from __future__ import annotations

from danvan import __version__
from danvan.cli.output import Force, OutputFile, deliver
from danvan.completion.manual import manual
from danvan.session import Session


def man(session: Session, output: OutputFile, force: Force) -> None:
    """Print the manual page, or write it to a file."""
    language = session.language
    deliver(session, manual(language.code, __version__, language.say).rstrip("\n"), output, force)
