"""Records that wait to be written until the last row of the last file has been read.

The convention: a draft is the JSON text of a record, named by its `uid`. There may be half a million of them, so only
texts are kept.
"""

from __future__ import annotations

from array import array
from bisect import bisect
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import reduce
from operator import itemgetter, or_

import msgspec

from danvan.cautions import on_its_own
from danvan.errors import Problem
from danvan.exchange.incoming.doubles import Double, Doubles
from danvan.exchange.incoming.near import Met
from danvan.exchange.incoming.packed import Texts
from danvan.exchange.incoming.restated import Restated, Restating, Stated
from danvan.exchange.incoming.sums import Sums
from danvan.naming import PARTING, SIZE, Parted
from danvan.overlaps import added_below, has_larger
from danvan.records import KINDS, Record

UNNAMED = "0" * 2 * SIZE  # what stands for the `uid` of a record until its content is known
TAGS = tuple(KINDS)
FULL = 1000  # records of which cautions are kept with their facts
ORDER = {kind: order for order, kind in enumerate(KINDS.values())}
HIDDEN = Problem("", "hidden_row", {})  # of no field: whoever looks at the sheet does not see the record
Source = tuple[str, str]  # a file and a sheet
_decode: Callable[[bytes], Record] = msgspec.json.Decoder(reduce(or_, KINDS.values())).decode


class Drafts:
    """Records by their names.

    Attributes:
        uids: every name, and that of the content.
        blocks: the blocks of those about single citizens, by their names.
        unitless: of those that got the unit of the office what their blocks or else their names would be without it.
        cautions: what deserves a second look, by the place of the record; without facts where there are many.
        units: those of the records, with the place of the first of each.
        met: the records of the register that are worth comparing with these.
    """

    def __init__(self, today: date, threshold: int) -> None:
        self.today = today
        self.threshold = threshold
        self.uids: dict[bytes, bytes] = {}
        self.blocks: dict[bytes, bytes] = {}
        self.unitless: dict[bytes, bytes] = {}
        self.cautions: dict[int, Sequence[Problem]] = {}
        self.units: dict[str, int] = {}
        self._kinds = bytearray()
        self._sources: list[tuple[int, Source]] = [(0, ("", ""))]  # with the first place of each
        self._rows = array("L")
        self._doubles = Doubles()
        self._has_smaller = False  # whether an aggregate row is of a unit that lies in another
        self._sums = Sums()
        self._restating = Restating()
        self._texts = Texts()
        self.met = self._doubles.meeting()
        self._alike: dict[tuple[tuple[str, str], ...], Sequence[Problem]] = {}

    def __len__(self) -> int:
        return len(self.uids)

    def add(
        self,
        record: Record,
        uid: bytes,
        content: bytes,
        text: Parted,
        source: Source,
        row: int,
        *,
        is_hidden: bool = False,
        stated: Stated | None = None,
    ) -> None:
        """Keep a record under a name that no other has, and where it was found.

        Args:
            stated: what the row speaks of, where it brings the name of a record.
        """
        found = on_its_own(record, self.today, self.threshold)
        if is_hidden:
            found.append(HIDDEN)
        if found:
            self.cautions[len(self.uids)] = found if len(self.cautions) < FULL else self._bare(found)
        if source != self._sources[-1][1]:
            self._sources.append((len(self.uids), source))
        self._rows.append(row)
        self.units.setdefault(record.unit, len(self.uids))
        self._doubles.add(record)
        self._sums.add(record, len(self.uids), source)
        self._has_smaller = self._has_smaller or (record.is_aggregate and has_larger(record.unit))
        if stated:
            self._restating.add(uid, stated)
        self.uids[uid] = content
        self._kinds.append(ORDER[type(record)])
        self._texts.add(b'%s%s%s"%s' % (text[0], PARTING, uid, text[1]))

    def _bare(self, found: Sequence[Problem]) -> Sequence[Problem]:
        """The cautions without their facts, kept once."""
        key = tuple((problem.field, problem.key) for problem in found)
        return self._alike.setdefault(key, [problem._replace(facts={}) for problem in found])

    def kinds(self) -> Iterator[str]:
        """The kind of each record."""
        return (TAGS[order] for order in self._kinds)

    def origin(self, place: int) -> tuple[Source, int]:
        """The file and the sheet that brought the record at a place, and its row there."""
        at = bisect(self._sources, place, key=itemgetter(0)) - 1
        return self._sources[at][1], self._rows[place]

    def meet(self) -> Met:
        """What gathers the records of a register that are worth comparing with these; it forgets those of before."""
        self.met = self._doubles.meeting()
        self._restating.forget()
        return self.met

    @property
    def named(self) -> Collection[bytes]:
        """The names that rows brought along."""
        return self._restating.stated

    def recognise(self, uid: bytes, number: int, text: bytes) -> None:
        """Take what the register has under one of the names."""
        self._restating.meet(uid, self.uids[uid], number, text)

    def restated(self) -> Iterator[Restated]:
        """The records of the register that rows say something else of, in the order of the rows."""
        return self._restating.differing(self.uids, self._texts, _decode)

    def doubles(self) -> Iterator[Double]:
        """The records that may say the same twice, two by two; those that were met stand behind the last of these."""
        texts = self._texts.copy()
        for text in self.met.texts:
            texts.add(text)
        return self._doubles.joined(map(_decode, self.met.texts)).found(texts, _decode)

    def added_below(self) -> list[int]:
        """The places of aggregate rows that may hold what others of units below say, and of these."""
        texts = self._texts.some(set(self._doubles.rows())) if self._has_smaller else {}
        return sorted({place for place, _ in added_below([(place, _decode(text)) for place, text in texts.items()])})

    def totals(self) -> list[int]:
        """The places of aggregate rows that say what the others beside them say together."""
        return self._sums.found()

    def records(self) -> Iterator[Record]:
        """Each record, read once more."""
        return map(_decode, self._texts)

    def texts(self) -> Iterator[bytes]:
        """The JSON text of each record."""
        return iter(self._texts)
