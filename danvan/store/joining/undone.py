"""What several registers make of what one of them took back (see `life.Undone`).

The convention: a merge that was taken back counts as not having happened: of it and of its undo no other register
hears. Any other undo is a version that goes wherever the record goes.

One that takes back how a record was added withdraws what its own office added, and no more than that. Other offices
may have added the same on their own, and every merge may have brought both together; so an undo names the addition
that it takes back (`undone`), and as long as there is one that nobody withdrew, that counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from danvan.life import Undone, handle, merge_of
from danvan.records import Record
from danvan.store.decoding import Decoded, histories
from danvan.store.file.image import Image
from danvan.store.joining.sides import Side, Version

UNDOES = b'"undoes":'
VOID = b'"void":"'


def _happened(history: Sequence[Record], batches: Sequence[str]) -> list[int]:
    """The places of the versions that other registers may know of; none where only merges taken back brought any."""
    said = [at for at, one in enumerate(history) if not one.erases]
    undone = Undone()
    for at in reversed(said):
        undone.passes(history[at], batches[at], at)
    gone = undone.merges
    return [at for at in range(len(history)) if at not in gone] if len(gone) < len(said) else []


def happened(side: Side) -> Side | None:
    """What other registers may know of a side; None where only merges that were taken back brought the record."""
    if not any(UNDOES in one.text and not batch for one, batch in zip(side.versions, side.batches, strict=True)):
        return side
    left = _happened([one.record for one in side.versions], side.batches)
    versions, batches = tuple(side.versions[at] for at in left), tuple(side.batches[at] for at in left)
    return side._replace(versions=versions, batches=batches) if left else None


def withdraws(record: Record) -> bool:
    """Whether a version takes back how its record was added; merges that were taken back are looked away from."""
    return bool(record.void) and record.undoes == 1


def is_back(history: Sequence[Record]) -> bool:
    """Whether all that brought a record to this register was taken back."""
    if not history[-1].void:
        return False
    left = _happened(history, [merge_of(one) for one in history])
    return not left or _is_withdrawn(history[at] for at in reversed(left))


def back(image: Image, decoded: Decoded, numbers: Collection[int]) -> set[int]:
    """Those of some records of which all that brought them to a register was taken back."""
    return {number for number, history in histories(image, numbers, decoded).items() if is_back(history)}


def unheard(image: Image, decoded: Decoded, numbers: Collection[int]) -> set[int]:
    """Those of some records that nothing but merges which were taken back brought to a register."""
    known = histories(image, numbers, decoded)
    return {n for n, history in known.items() if not _happened(history, [merge_of(one) for one in history])}


def is_withdrawn(side: Side) -> bool:
    """Whether a record was added and taken back in a register, or came there from where it was."""
    return VOID in side.present.text and _is_withdrawn(one.record for one in reversed(side.versions))


def _is_withdrawn(newest_first: Iterable[Record]) -> bool:
    return next((withdraws(one) for one in newest_first if not one.erases), False)


def standing(sides: Sequence[Side]) -> list[Side]:
    """The sides of a record that say what counts; as long as somebody's addition stands, nothing that withdrew one."""
    if not any(UNDOES in one.text for side in sides for one in side.versions):
        return [*sides]
    live = [side for side in sides if not is_withdrawn(side)]
    told = [_additions([one.record for one in side.versions]) for side in sides]
    added, gone = (set[str]().union(*sets) for sets in zip(*told, strict=True))
    if not (gone and live and added - gone):
        return [*sides]
    counting = (side._replace(versions=tuple(_left(side, gone))) for side in live)
    return [side for side in counting if side.versions]


def _additions(history: Sequence[Record]) -> tuple[set[str], set[str]]:
    """What tells the additions among some versions from others, and those of them that were withdrawn."""
    added = {handle(one) for one in history if one.rev == 1}
    return added, set[str]().union(*({one.undone} if one.undone else added for one in history if withdraws(one)))


def is_more(sides: Iterable[Side], history: Sequence[Record]) -> bool:
    """Whether some sides tell of an addition that is standing, of a record that was taken back here."""
    left = [history[at] for at in _happened(history, [merge_of(one) for one in history])]
    told = [_additions(left), *(_additions([one.record for one in side.versions]) for side in sides)]
    gone = set[str]().union(*(back for _, back in told))
    return any(added - gone for added, _ in told[1:])


def _left(side: Side, gone: Collection[str]) -> Iterator[Version]:
    """The versions of a side without additions that were withdrawn, and what withdrew them."""
    for one in side.versions:
        record = one.record
        if not withdraws(record) and (record.rev > 1 or handle(record) not in gone):
            yield one
