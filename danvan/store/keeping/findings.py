"""What a check finds: faults of the file, of its lines, of records, and of records together.

The convention: a finding says which record and which rule, and nothing of what the record holds, which may name people.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from danvan.errors import Problem

# What `repair` mends; the rest is for people to decide.
MENDABLE = frozenset(
    {
        *("torn", "edited", "closing", "checksum", "next_id", "office", "comma", "mark"),
        *("no_record", "unreadable", "identity", "no_uid"),
    }
)
# What may be right as it is: a conclusion may have brought in more than it recommended.
REMARKS = frozenset({"order", "sums", "texts", "overlaps"})
# What says that the file itself cannot be trusted to hold what it once held.
DAMAGE = frozenset({"torn", "closing", "comma", "no_record", "unreadable"})


class Finding(NamedTuple):
    """One fault, or one remark.

    Attributes:
        key: `finding.<key>` of the catalogues, and `advice.<key>`.
        id: the number of the record it is about; 0 where it is about none.
        line: the line of the file, counted from 1; 0 where that says nothing.
        kind: the tag of the record's kind, if it is known.
        problem: the rule that the record breaks.
    """

    key: str
    id: int = 0
    line: int = 0
    facts: Mapping[str, Any] = {}
    kind: str = ""
    problem: Problem | None = None

    @property
    def is_mendable(self) -> bool:
        """Whether `repair` mends it."""
        return self.key in MENDABLE

    @property
    def is_fault(self) -> bool:
        """Whether it is wrong, and not only worth a look."""
        return self.key not in REMARKS
