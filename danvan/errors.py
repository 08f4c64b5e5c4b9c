"""The exceptions of danvan and `Problem`, a fault in data.

Both carry facts, never wording: `key` names an entry `error.<key>` (or `problem.<key>`) of the message
catalogues and `facts` fills its placeholders. One place, `cli`, turns them into sentences and exit codes.
A bad call is raised; bad data is returned as problems, all of them at once.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar, NamedTuple, Self


class DanvanError(Exception):
    """Something danvan refuses or cannot do; the subclass decides the exit code of the process."""

    exit_code: ClassVar[int] = 1

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.key} {self.facts}"


class Refused(DanvanError):
    """The request is understood, and a rule forbids it or what it names does not exist."""


class Invalid(DanvanError):
    """A value on the command line cannot be understood, or two of them contradict each other."""

    exit_code = 2


@contextmanager
def given_for(where: str) -> Iterator[None]:
    """What is `Invalid` inside says for which option or setting the value was given, unless it does already."""
    try:
        yield
    except Invalid as fault:
        fault.facts.setdefault("where", where)
        raise


class Busy(DanvanError):
    """Another process holds the register."""

    exit_code = 4


class Damaged(DanvanError):
    """The register file is not a register, or of a newer format."""

    exit_code = 5


class FileFault(DanvanError):
    """The disk or the file system said no."""

    exit_code = 6

    @classmethod
    def of(cls, key: str, path: object, fault: Exception) -> Self:
        """What happened to a file: the system's reason in its own words, and its name in `cause` if it has one.

        Windows gives the same one where a person may not and where another program has the file open.
        """
        facts: dict[str, object] = {"reason": getattr(fault, "strerror", None) or str(fault)}
        number: int = getattr(fault, "errno", None) or 0
        if number in errno.errorcode:
            facts["cause"] = errno.errorcode[number]
        if sys.platform == "win32" and isinstance(fault, PermissionError):
            facts["hint"] = "held"
        return cls(key, path=str(path), **facts)


def has_no_reader(fault: OSError) -> bool:
    """Whether an output could not be written because its reader has gone; Windows calls that an invalid argument."""
    is_invalid = sys.platform == "win32" and fault.errno == errno.EINVAL and fault.filename is None
    return isinstance(fault, BrokenPipeError) or is_invalid


class Problem(NamedTuple):
    """A fault in data, as a value: which field, which rule (`problem.<key>` in the catalogues), which facts."""

    field: str
    key: str
    facts: dict[str, object]


class InvalidRecord(DanvanError):
    """A record breaks rules of its kind (a key of `records.KINDS`); `problems` lists every one of them."""

    exit_code = 2
    says: ClassVar[str] = "record"

    def __init__(self, kind: str, problems: Sequence[Problem]) -> None:
        super().__init__(self.says)
        self.kind = kind
        self.problems = tuple(problems)


class Doubtful(InvalidRecord):
    """A record breaks no rule, but gives cautions, and cautions were asked to be refused."""

    exit_code = 1
    says = "doubtful"
