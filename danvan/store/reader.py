"""What a register says: its records, all their versions, and what the office has settled.

The convention: nothing here writes or creates a file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from danvan.errors import Refused
from danvan.periods import Period
from danvan.records import KINDS, STORED, Office, Record, Reveal, tag_of
from danvan.store import recent, settling, sifting, upkeep
from danvan.store.decoding import beginning, decoded, histories, name_in
from danvan.store.file.image import Line
from danvan.store.file.opening import RegisterFile

if TYPE_CHECKING:
    from danvan.reports.daily import Daily
    from danvan.store.joining import linking, sides


Versions = TypeVar("Versions", Line, Record)


class Entry(NamedTuple):
    """A record and the number people know it by."""

    id: int
    record: Record


class Reader:
    """A register that is read.

    Args:
        notice: is told `no_index` (path) where a large register has none.
    """

    read: Sequence[str] = ()  # the names of registers that are read together (see `union`); one needs none

    def __init__(self, file: RegisterFile, notice: Callable[..., None]) -> None:
        self._file = file
        self._notice = notice

    @property
    def path(self) -> Path:
        """Where the register is, or will be."""
        return self._file.path

    @property
    def file(self) -> RegisterFile:
        """The file itself, for those who copy, check or rewrite it."""
        return self._file

    def get(self, number: int) -> Entry:
        """The present version of a record, also when it is void; `Refused` where there is none."""
        return Entry(number, self.history(number)[-1])

    def history(self, number: int) -> list[Record]:
        """All versions of a record, oldest first; `Refused` where there is none."""
        return self.histories([number])[number]

    def histories(self, numbers: Collection[int]) -> dict[int, list[Record]]:
        """All versions of each of some records, oldest first, by one passage; `Refused` where one is not there."""
        with self._file.reading() as image:
            known = histories(image, set(numbers), self.decoded)
        return {n: existing(known.get(n, []), n) for n in numbers}

    def versions_before(self, number: int, others: Collection[int]) -> dict[int, Record]:
        """What each of some records said when another one was last written; those that came later are left out."""
        with self._file.reading() as image:
            lines = image.versions_of({number, *others})
            until = lines[number][-1].offset
            earlier = {one: [line for line in lines.get(one, ()) if line.offset < until] for one in others}
            return {one: self.decoded(found[-1]) for one, found in earlier.items() if found}

    def reveals(self, number: int, uid: str) -> list[Reveal]:
        """When identity of a record was shown, oldest first."""
        name = uid or str(number)
        with self._file.reading() as image:
            lines = image.present((beginning(Reveal),), kept=(tag_of(Reveal),))
            found = [self.decoded(line) for line in lines if name.encode() in line.text]
        return [one for one in found if isinstance(one, Reveal) and name in one.seen]

    def log(self) -> Iterator[Entry]:
        """Every version of everything that stands in the register, in the order in which it was written."""
        with self._file.reading() as image:
            for line in image.lines():
                yield Entry(line.number, self.decoded(line))

    def uids(self) -> set[str]:
        """The `uid` of every record, also of void ones, but for what only merges brought that were taken back."""
        from danvan.store.joining import undone

        with self._file.reading() as image:
            taken_back = {line.number for line in image.lines((undone.UNDOES,))}
            unheard = undone.unheard(image, self.decoded, taken_back)
            return {
                name_in(one.text).decode(errors="replace") for one in image.lines() if one.number not in unheard
            } - {""}

    def erased(self, blocks: Collection[bytes]) -> set[bytes]:
        """All blocks of those records of some blocks from which something was erased; see `linking.erased`."""
        from danvan.store.joining import linking

        with self._file.reading() as image:
            return set().union(*(one.blocks for one in linking.erased(image, self.decoded, blocks).values()))

    def outline(self, blocks: Collection[bytes], erased: Collection[bytes]) -> linking.Outline:
        """What the records of some blocks say, to see which other registers may have; see `linking.outline`."""
        from danvan.store.joining import linking

        with self._file.reading() as image:
            return linking.outline(image, self.decoded, blocks, erased)

    def offered(self, uids: Collection[str]) -> dict[str, sides.Side]:
        """What of the records with these `uid`s other registers may know, also when they are void.

        Merges that were taken back are not there.
        """
        from danvan.store.joining import merging, undone

        with self._file.reading() as image:
            found = merging.own(image, self.decoded, uids)
        return {uid: known for uid, side in found.items() if (known := undone.happened(side))}

    def office(self) -> Office:
        """What the office has settled, at a cost that does not depend on the size of the file."""
        with self._file.reading() as image:
            return settling.settled(image.office(), self.decoded)

    def summed(self, period: Period) -> tuple[Daily, list[Entry]] | None:
        """The figures of plain records by the day, and the other records that touch a period, if there is an index.

        The cost does not depend on how many records there are, only on how many are not plain.
        """
        with self._file.reading() as image:
            found = upkeep.summed(image, self.decoded, period)
            if found is None and image.state.end > upkeep.AT_ONCE:
                self._notice("no_index", path=str(self.path))
        return found and (found[0], [Entry(*one) for one in found[1]])

    def newest(self, kind: type[Record], unit: Callable[[str], bool]) -> Iterator[Entry]:
        """The newest records of a kind that are not void, newest first.

        The cost is bounded, however large the register is: only the last `recent.SIZE` bytes are read and at
        most `recent.MOST` records decoded. What was written before is not found.

        Args:
            unit: whether the records of a unit are wanted.
        """
        with self._file.reading() as image:
            yield from (Entry(*one) for one in recent.newest(image, kind, unit, self.decoded))

    def scan(
        self,
        kinds: Collection[type[Record]] = (),
        period: Period | None = None,
        *,
        voided: bool = False,
        status: str = "",
        skip: Callable[[bytes], object] | None = None,
    ) -> Iterator[Entry]:
        """The present version of every record that matches, in the order these versions were written.

        Args:
            kinds: the kinds wanted; all of `KINDS` without any.
            period: some date of the record must lie in it, or the days of an aggregate row overlap it.
            voided: whether void records are wanted as well.
            status: records that ever stood at it are wanted whatever their dates.
            skip: whether a record is not wanted, as far as its JSON tells without being decoded.
        """
        # What is of no known kind is decoded like what is wanted, and found to be damaged.
        others = tuple(beginning(kind) for kind in STORED if kind not in (kinds or KINDS.values()))
        kept = () if not kinds or any(kind in KINDS.values() for kind in kinds) else tuple(map(tag_of, kinds))
        with self._file.reading() as image:
            for line in image.present(sifting.needles(kinds, period, status), sifting.years(period, status), kept):
                if line.text.startswith(others) or (skip and skip(line.text)):
                    continue
                record = self.decoded(line)
                if (period is None or sifting.touches(record, period) or (status and record.stood_at(status))) and (
                    voided or not record.void
                ):
                    yield Entry(line.number, record)

    def decoded(self, line: Line, kind: type[Record] | None = None) -> Record:
        """The record in a line of this register; `Damaged` where it is none."""
        return decoded(line, self.path, kind)


def existing(versions: list[Versions], number: int) -> list[Versions]:
    """The versions of a record; `Refused` where there are none."""
    if not versions:
        raise Refused("no_record", id=str(number))
    return versions
