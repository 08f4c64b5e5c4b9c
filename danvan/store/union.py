"""Several registers read as if they were one.

The convention: what is read here is never written. A record of several registers counts once (see `aligning`), in the
register that has its latest version (see `merging`), and without what was erased in any; one that is void there counts
nowhere. Its number says where it stands. What an office settled is taken from the first register; of records that name
no unit, the default unit of their own. Closings are about the figures of their register, not about those of several
together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from danvan.naming import again
from danvan.periods import Period
from danvan.places import Place
from danvan.records import COUNTED, Closing, Office, Record
from danvan.store.joining.sides import Side, Version, erasure, gone
from danvan.store.joining.undone import standing
from danvan.store.reader import Entry
from danvan.store.register import Register
from danvan.store.texts import stripped

if TYPE_CHECKING:
    from danvan.store.joining import aligning

# What settles how figures are counted; offices have names of their own.
COUNTING = ("threshold", "calendars", "custom_start", "local", "closed_days", "count_from")


class Union:
    """Registers by their names, in the order in which they were given; it reads as a `Register` does.

    Args:
        notice: is told what people should know of them: `settings_differ` (first, others: of each the settings by their
            attributes) and `same_records` (count).
    """

    def __init__(self, registers: Mapping[str, Register], notice: Callable[..., None]) -> None:
        self._registers = registers
        self._notice = notice
        self._only: Collection[str] = registers

    @property
    def names(self) -> list[str]:
        """The names of the registers."""
        return list(self._registers)

    @property
    def read(self) -> list[str]:
        """The names of those whose records are read."""
        return [name for name in self._registers if name in self._only]

    def located(self, name: str, number: int) -> tuple[Register, Place]:
        """The register of a name, and a record in it as it is called among all."""
        return self._registers[name], Place(self.names.index(name), name, number)

    def only(self, names: Collection[str]) -> Union:
        """The records that stand in some of the registers."""
        part = copy(self)
        part._only = names
        return part

    def office(self) -> Office:
        """What the office of the first register that is read has settled."""
        first, *others = self.read
        settled = {name: self._registers[name].office() for name in self.read}
        differing = {name: found for name in others if (found := _differing(settled[first], settled[name]))}
        if differing:
            self._notice("settings_differ", first=first, others=differing)
        return settled[first]

    def scan(
        self,
        kinds: Collection[type[Record]] = (),
        period: Period | None = None,
        *,
        voided: bool = False,
        status: str = "",
        skip: Callable[[bytes], object] | None = None,
    ) -> Iterator[Entry]:
        """The present version of every record that matches, register by register; see `Register.scan`."""
        read = COUNTED if len(self.read) > 1 else (*COUNTED, Closing)
        wanted = [kind for kind in kinds or COUNTED if kind in read]
        for at, (name, register) in enumerate(self._registers.items()):
            if not wanted or name not in self._only:
                continue
            elsewhere, unit = self._elsewhere[name], register.office().default_unit
            for number, record in register.scan(wanted, period, voided=voided, status=status, skip=skip):
                erased = elsewhere.get(record.uid, ())
                if erased is not None:
                    named = replace(record, unit=unit) if unit and not record.unit else record
                    yield Entry(Place(at, name, number), stripped(named, erased) if erased else named)

    def summed(self, period: Period) -> None:
        """No figures by the day: those of one register may hold records that another one has later versions of."""

    @cached_property
    def _elsewhere(self) -> Mapping[str, Mapping[str, Collection[str] | None]]:
        """What comes of records of each register which others have as well, by their `uid`s.

        None where another one has the version that counts, else the attributes of what was erased elsewhere.
        """
        found: dict[str, dict[str, Collection[str] | None]] = {name: {} for name in self._registers}
        same: dict[str, list[Side]] = defaultdict(list)
        sides, names = self._several()
        for uid, those in sides.items():
            same[names.get(uid, uid)] += those
        for those in same.values():
            if len(those) > 1:
                counting = {(one.source, one.number) for one in standing(those)}
                latest = max(those, key=lambda one: ((one.source, one.number) in counting, *_weight(one)))
                for one in those:
                    found[one.source][one.present.record.uid] = _erased(one, those) if one is latest else None
        if count := len({uid for told in found.values() for uid, erased in told.items() if erased is None}):
            self._notice("same_records", count=count)
        return found

    def _several(self) -> tuple[aligning.Sides, dict[str, str]]:
        """What several registers may have, by its `uid`s, and the names of what others call otherwise."""
        from danvan.store.joining import aligning

        own = [register.uids() for register in self._registers.values()]
        shared = {uid for uid, count in Counter(chain.from_iterable(own)).items() if count > 1}
        groups, seen = list[set[bytes]](), set[str]()
        for uids in own:  # what is shared stands for the first one that has it
            groups.append({*aligning.blocks_of(uids - seen)})
            seen |= uids
        blocks = aligning.met(groups)
        wanted = shared | self._alike(blocks) | _again(shared, own)
        sides: dict[str, list[Side]] = defaultdict(list)
        for (name, register), uids in zip(self._registers.items(), own, strict=True):
            for uid, side in register.offered(uids & wanted).items():
                sides[uid].append(side._replace(source=name))
        return sides, aligning.among(sides, blocks)

    def _alike(self, blocks: Collection[bytes]) -> set[str]:
        """The `uid`s of some blocks whose records may be those of another register: offices may share all blocks."""
        from danvan.store.joining import aligning

        read = self._registers.values() if blocks else ()
        erased = set[bytes]().union(*(register.erased(blocks) for register in read))
        told = [register.outline(blocks, erased) for register in read]
        met = aligning.met(set().union(*one.rests.values()) for one in told)
        alike = (uid for one in told for uid, said in one.rests.items() if not said.isdisjoint(met))
        return set().union(alike, *(one.unsure for one in told))


def _again(shared: Collection[str], own: Sequence[Collection[str]]) -> set[str]:
    """The names under which registers brought again what they had taken back, as far as others have it as well."""
    found, asked = set[str](), {*shared}
    while asked:
        names = {again(name.encode()).decode() for name in asked}
        asked = {name for name in names if any(name in uids for uids in own)} - found
        found |= asked
    return found


def _weight(side: Side) -> tuple[bool, Version]:
    """What decides which of several sides counts: the latest version, but that a guess is for its own register."""
    return not side.present.record.is_guess, side.present


def _erased(latest: Side, those: Iterable[Side]) -> Collection[str]:
    """What was erased from a record in other registers, and stands in the version that counts."""
    mark = erasure(one for one in those if not one.present.record.is_guess)
    return gone(latest.present.record, mark) if mark else ()


def _differing(one: Office, other: Office) -> list[str]:
    """The settings of how figures are counted that two offices have settled otherwise."""
    return [name for name in COUNTING if getattr(one, name) != getattr(other, name)]
