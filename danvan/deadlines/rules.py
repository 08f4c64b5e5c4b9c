"""The deadlines of the law, as a table of dated rules.

State of the law as gathered in November 2026. A rule that changes gets an end and a successor, it is never
rewritten: a reception of last year keeps last year's deadline.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

GATHERED = date(2026, 11, 1)

Days = Literal["calendar", "working"]
ORDINARY, COMPLEX, VERY_COMPLEX = ("ordinary",), ("complex",), ("very-complex",)
ANY_COMPLEX = (*COMPLEX, *VERY_COMPLEX)
NEAR, REMOTE = ("no",), ("yes",)

# The days on which the texts came into force.
RECEPTION_LAW = date(2014, 7, 1)  # Luật Tiếp công dân 42/2013/QH13
COMPLAINTS_LAW = date(2012, 7, 1)  # Luật Khiếu nại 02/2011/QH13
DENUNCIATIONS_LAW = date(2019, 1, 1)  # Luật Tố cáo 25/2018/QH14
PETITIONS_CIRCULAR = date(2021, 11, 15)  # Thông tư 05/2021/TT-TTCP
DECREE_155 = date(2026, 7, 1)  # Nghị định 155/2026/NĐ-CP
BEFORE_DECREE_155 = date(2026, 6, 30)


class Rule(NamedTuple):
    """One deadline of the law.

    Attributes:
        key: what has to be done, `rule.<key>` in the catalogues.
        begin, end: the first and the last day on which it is in force; no end is known while that is None.
        days: how many days the law gives.
        sort: whether every day counts or working days only.
        source: the text that says so, `law.<source>` in the catalogues.
        complexity, remote: the values of these fields of a reception to which it applies; empty for all.
        granted: how many of the days are an extension already, so that a recorded one uses these up first.
    """

    key: str
    begin: date
    end: date | None
    days: int
    sort: Days
    source: str
    complexity: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    granted: int = 0

    def applies(self, key: str, day: date, complexity: str, remote: str) -> bool:
        """Whether it is the rule for such a case received on `day`."""
        return (
            self.key == key
            and self.begin <= day
            and (self.end is None or day <= self.end)
            and (not self.complexity or complexity in self.complexity)
            and (not self.remote or remote in self.remote)
        )


RULES: tuple[Rule, ...] = (
    Rule("answer", RECEPTION_LAW, None, 10, "working", "reception-28"),
    Rule("complaint-acceptance", COMPLAINTS_LAW, BEFORE_DECREE_155, 10, "calendar", "complaints-27"),
    Rule("complaint-acceptance", DECREE_155, None, 7, "working", "complaints-27-decree-155"),
    Rule("complaint-first", COMPLAINTS_LAW, None, 30, "calendar", "complaints-28", ORDINARY, NEAR),
    Rule("complaint-first", COMPLAINTS_LAW, None, 45, "calendar", "complaints-28", ANY_COMPLEX, NEAR),
    Rule("complaint-first", COMPLAINTS_LAW, None, 45, "calendar", "complaints-28", ORDINARY, REMOTE),
    Rule("complaint-first", COMPLAINTS_LAW, None, 60, "calendar", "complaints-28", ANY_COMPLEX, REMOTE),
    Rule("complaint-second", COMPLAINTS_LAW, None, 45, "calendar", "complaints-37", ORDINARY, NEAR),
    Rule("complaint-second", COMPLAINTS_LAW, None, 60, "calendar", "complaints-37", ANY_COMPLEX, NEAR),
    Rule("complaint-second", COMPLAINTS_LAW, None, 60, "calendar", "complaints-37", ORDINARY, REMOTE),
    Rule("complaint-second", COMPLAINTS_LAW, None, 70, "calendar", "complaints-37", ANY_COMPLEX, REMOTE),
    # Up to 10 where several places have to be checked: recorded as an extension.
    Rule("denunciation-acceptance", DENUNCIATIONS_LAW, None, 7, "working", "denunciations-24"),
    Rule("denunciation-resolution", DENUNCIATIONS_LAW, None, 30, "calendar", "denunciations-30", ORDINARY),
    Rule("denunciation-resolution", DENUNCIATIONS_LAW, None, 60, "calendar", "denunciations-30", COMPLEX, granted=30),
    Rule(
        "denunciation-resolution", DENUNCIATIONS_LAW, None, 90, "calendar", "denunciations-30", VERY_COMPLEX, granted=60
    ),
    Rule("petition", PETITIONS_CIRCULAR, None, 10, "working", "petitions-circular"),
)


@lru_cache(maxsize=4096)  # many receptions of a large register ask the same
def rule_for(key: str, day: date, complexity: str | None, remote: str | None) -> Rule | None:
    """The rule `key` that was in force on `day`; None where danvan knows of none.

    What is not said of a case is taken for the ordinary: not complex, not remote.
    """
    facts = complexity or ORDINARY[0], remote or NEAR[0]
    return next((rule for rule in RULES if rule.applies(key, day, *facts)), None)
