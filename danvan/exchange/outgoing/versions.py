"""Single records and their versions as JSON (version 1). Identity is masked as it is in the versions given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import to_builtins

from danvan.exchange.documents import VERSION, as_json, document_of
from danvan.queries.facts import Fact
from danvan.queries.versions import Version, change_document
from danvan.records import Record, Reveal, tag_of


def records_json(found: Sequence[tuple[int, Sequence[Version], Sequence[Fact]]]) -> str:
    """Records in full, with what follows from each and what its versions changed."""
    return as_json(
        {
            "version": VERSION,
            "records": [
                {
                    **document_of(number, history[-1].record, _as_it_is),
                    "state": history[-1].record.state,
                    "computed": {fact.key: fact.value for fact in facts},
                    "versions": [_version(version) for version in history],
                }
                for number, history, facts in found
            ],
        }
    )


def history_json(number: int, history: Sequence[Version], reveals: Sequence[Reveal]) -> str:
    """The versions of one record, oldest first, and when its identity was shown."""
    kind = tag_of(type(history[-1].record))
    seen = [{name: getattr(one, name) for name in ("at", "by", "command", "reason")} for one in reveals]
    versions = [_version(version) for version in history]
    return as_json({"version": VERSION, "id": number, "kind": kind, "versions": versions, "reveals": seen})


def _as_it_is(record: Record) -> Record:
    """A version has been masked already."""
    return record


def _version(version: Version) -> dict[str, Any]:
    record = version.record
    return {
        "rev": record.rev,
        "at": record.at,
        "by": record.by,
        "void": record.void or None,
        "batch": record.batch or None,
        "undoes": record.undoes or None,
        "undone": record.undone or None,
        "base": version.base or None,
        "merged": record.merged,
        "erased": to_builtins(record.erased) if record.erased and record.erased.rev == record.rev else None,
        "changes": [change_document(change) for change in version.changes],
    }
