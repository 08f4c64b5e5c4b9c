"""When the index of a register is made, carried on and asked.

The convention: an index is made by those who write, after their work and under their lock, and only when so much
was written that it pays, and by `check`; a failure to make one is no failure of the work. What makes and reads
indexes is loaded here alone, where one is due.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from danvan.errors import Damaged
from danvan.periods import Period
from danvan.records import Record
from danvan.store.decoding import Decoded
from danvan.store.file import disk, index
from danvan.store.file.image import Image
from danvan.store.file.log import Log

if TYPE_CHECKING:
    from danvan.reports.daily import Daily

SINCE = 1 << 20  # bytes written since the index was made: so many are looked through in no time
AT_ONCE = 1 << 23  # a register of this size gets its index while somebody waits


def keep(log: Log, register: Path, before: int, decoded: Decoded) -> None:
    """Make or carry on the index if so much was written that it pays.

    A register of a year needs none; a large one without any gets it when much is written at once, so that no
    single addition has to wait for it.

    Args:
        before: where the records ended before the work.
    """
    end = log.state.end
    covered = index.covered(index.path_of(register), log.image.uid)
    since = end - covered if covered <= end else end
    if since >= SINCE and (end <= AT_ONCE or since <= index.FARTHEST or end - before >= SINCE):
        make(log.image, register, decoded)


def make(image: Image, register: Path, decoded: Decoded) -> None:
    """Make the index anew, or carry it on."""
    from danvan.store import indexing

    path, known = index.path_of(register), _known(image)
    # A register without an index is only slower: where another program wrote it, where sums are beyond what JSON
    # can say, and where the folder takes no file.
    with suppress(indexing.Unindexable, OverflowError, Damaged, OSError):
        beside = disk.write_beside(path, indexing.Indexing(image, decoded, known).text())
        try:
            disk.replace(beside, path)
        except OSError:  # Windows replaces no index that somebody reads
            beside.unlink(missing_ok=True)


def summed(image: Image, decoded: Decoded, period: Period) -> tuple[Daily, list[tuple[int, Record]]] | None:
    """The figures of plain records by the day, and the other records that touch the years of a period.

    The cost does not depend on how many records there are, only on how many are not plain.

    Returns:
        None without an index.
    """
    from danvan.store import indexing

    known = _known(image)
    if known is None:
        return None
    try:
        carried = indexing.Indexing(image, decoded, known)
    except indexing.Unindexable:  # another program's TinyDB appended to a register that danvan indexed
        return None
    first, last = period.begin.year, period.last.year
    others = [one for one in carried.others.values() if one.years[0] <= last and one.years[1] >= first]
    lines = [image.line_at(one.offset) for one in sorted(others, key=lambda one: one.offset)]
    return carried.daily, [(line.number, decoded(line)) for line in lines]


def _known(image: Image) -> index.Index | None:
    """The index of a register, if it counts by the day what this danvan counts."""
    from danvan.reports import daily

    found = image.index
    return found if found and found.contents.counts == daily.FINGERPRINT else None
