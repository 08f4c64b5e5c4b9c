"""A register of any size, for measuring: `python tests/bench/generate.py OUT --records 500000 --years 2014..2023`.

The convention: everything down to `versions` is pure and depends on the seed alone; `write` is the one function
that touches a file. A year of `YEAR_COUNT` records has exactly the figures of the article danvan began with, a
smaller or larger one has them in proportion. All units, people and telephone numbers are invented.
"""

from __future__ import annotations

import argparse
import datetime
import heapq
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar
from zlib import crc32

import msgspec

from danvan.records import Audit, Model, Reception, Record, Step
from danvan.store import layout

T = TypeVar("T")
Day = datetime.date

# The article's figures of 2023: one record each.
SHARES = {"model": 13_660, "regular": 22_858, "leader": 11_751, "inspection": 370, "check": 38}
YEAR_COUNT = sum(SHARES.values())
LARGE_GROUPS, LARGE_GROUP_CASES = 75, 37
UNANNOUNCED_CHECKS = 33
CONCLUDED, RECOVERY, COLLECTIVES, INDIVIDUALS, REFERRED = 289, 81_500_000_000, 45, 158, 3
# Not in the article: what stands beside the recovery, and land.
OTHER_HANDLING, LAND = 38_200_000_000, 412_000

LARGE = 10  # people
LAG = 2_000  # after how many records, on the average, a record is edited or voided
SAMPLE = "(mẫu)"  # "(sample)" behind every unit: none of them exists


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_SYLLABLES = _words("An Bình Cẩm Đông Gia Hòa Kim Long Mỹ Nam Phú Quảng Tân Thanh Vĩnh Xuân Yên")
SECOND_SYLLABLES = _words("Bắc Châu Đình Giang Hà Khê Lâm Mai Ngọc Phong Sơn Thịnh Trung Viên")
SURNAMES = _words("Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh")
MIDDLE_NAMES = _words("Văn Thị Đức Hữu Thanh Minh Quang Ngọc Thu Xuân Hồng Công Đình Kim Bích Trọng")
GIVEN_NAMES = _words(
    "An Anh Bình Chi Cường Dũng Dung Giang Hà Hải Hạnh Hiền Hòa Hùng Hương Khánh Lan Linh Long Mai Nam "
    "Nga Ngân Nhung Oanh Phong Phúc Phương Quân Quyên Sơn Tâm Thảo Thắng Thủy Toàn Trang Trung Tuấn Yến"
)
CLERKS = ("hanh.bdv", "tuan.bdv", "oanh.tcd", "phuc.tcd", "quyen.tt")

ACTIVITIES = (
    "Vận động nhân dân bàn giao mặt bằng",
    "Tuyến đường hoa nở cùng nông thôn mới",
    "Tổ dân phố không rác thải nhựa",
    "Camera an ninh từ nguồn xã hội hóa",
    "Giúp nhau phát triển kinh tế hộ",
    "Đồng bào có đạo giữ gìn an ninh trật tự",
    "Hiến đất mở rộng đường làng, ngõ xóm",
    "Văn minh trong việc cưới, việc tang",
    "Chính quyền thân thiện, vì nhân dân phục vụ",
    "Hỗ trợ chuyển đổi số cho người cao tuổi",
)
FIELDS = ("economy",) * 3 + ("culture",) * 4 + ("defence",) * 2 + ("politics",) * 2 + ("other",)
THEMES = ((),) * 4 + (("urban",), ("urban",), ("new-rural",), ("clearance",), ("religious",), ("new-rural", "ethnic"))
LEVELS = ("village",) * 3 + ("commune",) * 5 + ("district",) * 2 + ("city",)
LIVES = (
    ("registered",),
    ("registered",),
    ("registered", "approved", "running"),
    ("registered", "approved", "running"),
    ("registered", "approved", "running", "evaluated", "recognised"),
)
CATEGORIES = ("petition",) * 5 + ("feedback",) * 4 + ("complaint",) * 3 + ("denunciation",)
ASKED = {"petition": "Kiến nghị", "feedback": "Phản ánh", "complaint": "Khiếu nại", "denunciation": "Tố cáo"}
TOPICS = (
    ("land", "việc bồi thường, hỗ trợ, tái định cư"),
    ("land", "việc cấp giấy chứng nhận quyền sử dụng đất"),
    ("land", "ranh giới thửa đất với hộ liền kề"),
    ("land", "công trình xây dựng sai phép"),
    ("policy", "chế độ đối với người có công"),
    ("policy", "mức trợ cấp xã hội hằng tháng"),
    ("officials", "thái độ tiếp dân của cán bộ bộ phận một cửa"),
    ("corruption", "việc thu, chi quỹ đóng góp"),
    ("justice", "việc thi hành bản án dân sự"),
    ("other", "nước thải tràn vào khu dân cư"),
)
OUTCOMES = ("guided",) * 5 + ("forwarded",) * 3 + ("accepted", "returned", "filed", "answered")
INSPECTED = (
    "việc quản lý, sử dụng đất đai",
    "công tác quản lý đầu tư xây dựng cơ bản",
    "việc thu, chi ngân sách",
    "trách nhiệm của thủ trưởng trong tiếp công dân",
)


def records(year: int, count: int, random: Random) -> Iterator[Record]:
    """`count` single records of `year` in the order of their days, as they would be given to a register."""
    shares = dict(zip(SHARES, _portions(list(SHARES.values()), count), strict=True))
    sorts = [sort for sort, share in shares.items() for _ in range(share)]
    random.shuffle(sorts)
    plans: dict[str, Iterator[Plan]] = {
        "inspection": _inspection_plans(shares["inspection"], count, random),
        "check": _check_plans(shares["check"], count),
        "leader": _reception_plans(shares["leader"], count, random),
        "regular": _reception_plans(shares["regular"], 0, random),
        "model": iter([Plan()] * shares["model"]),
    }
    make = {"model": _model, "regular": _regular, "leader": _leader, "inspection": _inspection, "check": _check}
    first = Day(year, 1, 1)
    length = (Day(year + 1, 1, 1) - first).days
    places = units()
    for at, sort in enumerate(sorts):
        day = first + datetime.timedelta(at * length // count)
        yield make[sort](day, _pick(places, random), next(plans[sort]), random)


class Plan(NamedTuple):
    """What a record must hold for the year's figures to come out."""

    mode: str = ""
    people: int = 1
    cases: tuple[int, int] = (1, 0)
    is_concluded: bool = False
    recovery: int = 0
    other: int = 0
    land: int = 0
    collectives: int = 0
    individuals: int = 0
    referred: int = 0


def units() -> tuple[str, ...]:
    """A city, its 30 districts and 16 wards or communes in each."""
    names = [f"{first} {second}" for second in SECOND_SYLLABLES for first in FIRST_SYLLABLES]
    found = [f"Thành phố {SAMPLE}"]
    for district in range(30):
        is_urban = district < 12
        above = f"{'Quận' if is_urban else 'Huyện'} {names[district]}"
        found.append(f"{above} {SAMPLE}")
        for ward in range(16):
            name = names[(district * 16 + ward * 7 + 31) % len(names)]
            found.append(f"{'Phường' if is_urban else 'Xã'} {name}, {above} {SAMPLE}")
    return tuple(found)


def _pick(choices: Sequence[T], random: Random) -> T:
    return choices[int(random.random() * len(choices))]  # three times as fast as random.choice


def _portions(weights: Sequence[int], total: int) -> list[int]:
    """`total` in whole parts as the weights are to each other; it adds up, and `sum(weights)` gives the weights."""
    whole = sum(weights) or 1
    bounds = [(bound * total + whole // 2) // whole for bound in accumulate(weights, initial=0)]
    return [after - before for before, after in pairwise(bounds)]


def _scaled(figure: int, count: int) -> int:
    """A figure of the article for a year of `count` records."""
    return (figure * count + YEAR_COUNT // 2) // YEAR_COUNT


def _spread(total: int, parts: int, random: Random) -> list[int]:
    """`total` in `parts` uneven parts."""
    return _portions([random.randrange(1, 1000) ** 2 for _ in range(parts)], total)


def _scattered(total: int, parts: int, random: Random) -> Counter[int]:
    """Which of `parts` have one, two … of `total` small things."""
    return Counter(random.randrange(parts) for _ in range(total)) if parts else Counter()


def _inspection_plans(share: int, count: int, random: Random) -> Iterator[Plan]:
    concluded = min(_scaled(CONCLUDED, count), share)
    recovery = _spread(_scaled(RECOVERY, count), concluded, random)
    other = _spread(_scaled(OTHER_HANDLING, count), concluded, random)
    land = _spread(_scaled(LAND, count), concluded, random)
    collectives = _scattered(_scaled(COLLECTIVES, count), concluded, random)
    individuals = _scattered(_scaled(INDIVIDUALS, count), concluded, random)
    referred = _scaled(REFERRED, count)
    for at in range(share):
        mode = "planned" if random.random() < 0.8 else "unannounced"
        if at < concluded:
            money = (recovery[at], other[at], land[at])
            yield Plan(mode, 1, (0, 0), True, *money, collectives[at], individuals[at], int(at < referred))
        else:
            yield Plan(mode)


def _check_plans(share: int, count: int) -> Iterator[Plan]:
    unannounced = min(_scaled(UNANNOUNCED_CHECKS, count), share)
    for at in range(share):
        yield Plan("unannounced" if at < unannounced else "directed")


def _reception_plans(share: int, count: int, random: Random) -> Iterator[Plan]:
    """One plan for each reception; the large groups are those of a year of `count` records."""
    groups, cases = min(_scaled(LARGE_GROUPS, count), share), _scaled(LARGE_GROUP_CASES, count)
    large = {at: turn for turn, at in enumerate(random.sample(range(share), groups))}
    for at in range(share):
        if at in large:
            yield Plan(people=LARGE + int(random.expovariate(0.1)), cases=(int(large[at] < cases), 0))
        else:
            people = 1 if random.random() < 0.8 else 2 + int(random.random() * 8)
            yield Plan(people=people, cases=(1, 0) if random.random() < 0.7 else (0, 1))


def _model(day: Day, unit: str, _plan: Plan, random: Random) -> Record:
    life = _pick(LIVES, random)
    steps = tuple(Step(status, day + datetime.timedelta(25 * at)) for at, status in enumerate(life))
    return Model(
        day,
        unit=unit,
        steps=steps if len(life) > 1 else (),
        name=f"{_pick(ACTIVITIES, random)} tại khu dân cư số {1 + int(random.random() * 40)}",
        field=_pick(FIELDS, random),
        themes=_pick(THEMES, random),
        type="model" if random.random() < 0.9 else "project",
        holder="collective" if random.random() < 0.85 else "individual",
        level=_pick(LEVELS, random),
        status=life[-1],
    )


def _regular(day: Day, unit: str, plan: Plan, random: Random) -> Record:
    return _reception(day, unit, plan, "regular", "staff", random)


def _leader(day: Day, unit: str, plan: Plan, random: Random) -> Record:
    mode = "periodic" if random.random() < 0.85 else "unscheduled"
    return _reception(day, unit, plan, mode, "leader" if random.random() < 0.9 else "delegated", random)


def _reception(day: Day, unit: str, plan: Plan, mode: str, receiver: str, random: Random) -> Record:
    category = _pick(CATEGORIES, random)
    subject, topic = _pick(TOPICS, random)
    is_named = category != "denunciation" and random.random() < 0.7
    first, repeat = plan.cases
    return Reception(
        day,
        unit=unit,
        summary=f"{ASKED[category]} {topic}",
        mode=mode,
        receiver=receiver,
        channel="in-person" if random.random() < 0.95 else "online",
        category=category,
        subject=subject,
        outcome=_pick(OUTCOMES, random),
        citizen=_person(random) if is_named else "",
        address=f"Số {1 + int(random.random() * 300)}, ngõ {1 + int(random.random() * 90)}" if is_named else "",
        phone=f"0000 {int(random.random() * 1_000_000):06}" if is_named else "",
        people=plan.people if plan.people > 1 else None,
        cases_first=first,
        cases_repeat=repeat,
    )


def _person(random: Random) -> str:
    return f"{_pick(SURNAMES, random)} {_pick(MIDDLE_NAMES, random)} {_pick(GIVEN_NAMES, random)}"


def _inspection(day: Day, unit: str, plan: Plan, random: Random) -> Record:
    end = min(day + datetime.timedelta(20 + int(random.random() * 60)), Day(day.year, 12, 31))
    return Audit(
        day,
        unit=unit,
        title=f"Thanh tra {_pick(INSPECTED, random)}",
        type="inspection",
        branch="administrative" if random.random() < 0.6 else "specialised",
        mode=plan.mode,
        ended=end if plan.is_concluded else None,
        concluded=end if plan.is_concluded else None,
        units=1 + int(random.random() * 4),
        violations=plan.recovery + plan.other or None,
        recovery=plan.recovery or None,
        other_handling=plan.other or None,
        violations_land=plan.land or None,
        recovery_land=plan.land or None,
        collectives=plan.collectives or None,
        individuals=plan.individuals or None,
        referred=plan.referred or None,
    )


def _check(day: Day, unit: str, plan: Plan, _random: Random) -> Record:
    return Audit(day, unit=unit, title="Kiểm tra công vụ", type="duty-check", mode=plan.mode)


class Version(NamedTuple):
    """One line to be: the record's number, one version of it, and whether it is a later one."""

    number: int
    record: Record
    is_later: bool


def versions(made: Iterable[Record], edits: float, voids: float, random: Random) -> Iterator[Version]:
    """The records numbered and stamped, a share of them edited and a share voided some time after their first line."""
    waiting: list[tuple[int, int, Record]] = []
    number, at = 0, ""
    for number, record in enumerate(made, 1):
        at = f"{record.date}T{8 + int(random.random() * 9):02}:{int(random.random() * 60):02}:00+07:00"
        uid = f"{random.getrandbits(128):032x}"
        first = msgspec.structs.replace(record, uid=uid, at=at, by=_pick(CLERKS, random))
        yield Version(number, first, False)
        chance = random.random()
        if chance < edits + voids:
            later = _edited(first, random) if chance < edits else msgspec.structs.replace(first, void="Nhập trùng")
            heapq.heappush(waiting, (number + 1 + int(random.expovariate(1 / LAG)), number, later))
        while waiting and waiting[0][0] <= number:
            yield _later(heapq.heappop(waiting), at)
    while waiting:
        yield _later(heapq.heappop(waiting), at)


def _later(due: tuple[int, int, Record], at: str) -> Version:
    _, number, record = due
    return Version(number, msgspec.structs.replace(record, rev=record.rev + 1, at=at), True)


def _edited(record: Record, random: Random) -> Record:
    """A correction such as people make; one in fifty puts the record into the year before."""
    if random.random() < 0.02:
        day = record.date.replace(year=record.date.year - 1, day=min(record.date.day, 28))
        return msgspec.structs.replace(record, date=day)
    if isinstance(record, Model):
        return msgspec.structs.replace(record, holder="individual" if record.holder == "collective" else "collective")
    if isinstance(record, Reception):
        people = record.people or 1
        return msgspec.structs.replace(record, people=people + 1 if people != LARGE - 1 else people - 1)
    return msgspec.structs.replace(record, note="Đã bổ sung hồ sơ")


def register(count: int, years: Sequence[int], edits: float, voids: float, seed: int) -> Iterator[Version]:
    """All lines of a register of `count` records, spread evenly over `years`; a year's records depend on it alone."""
    made = (
        record
        for year, part in zip(years, _portions([1] * len(years), count), strict=True)
        for record in records(year, part, Random(f"{seed} {year}"))
    )
    return versions(made, edits, voids, Random(f"{seed}"))


def write(path: Path, lines: Iterable[Version], seed: int) -> int:
    """Write a new register file, for the owner's eyes only, and return how many versions it holds.

    Raises:
        FileExistsError: `path` is there already.
    """
    encode = msgspec.json.Encoder().encode
    top = layout.head(layout.new_row(f"{seed:032x}"), {})
    crc, end, next_id, count = crc32(top), len(top), 1, 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", 1 << 20) as file:
        file.write(top)
        for number, record, is_later in lines:
            text = (b",\n" if count else b"\n") + layout.line(number, encode(record), again=is_later)
            file.write(text)
            crc, end, next_id, count = crc32(text, crc), end + len(text), max(next_id, number + 1), count + 1
        file.write(layout.closing(layout.State(next_id, end, crc)))
    return count


def _years(text: str) -> range:
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)


def _share(text: str) -> float:
    return float(text.removesuffix("%")) / 100 if text.endswith("%") else float(text)


def main() -> None:
    """Write the register that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a generated register.")
    parser.add_argument("out", type=Path, metavar="OUT", help="the file to write; it must not exist")
    parser.add_argument("--records", type=int, default=YEAR_COUNT, help="how many records, without later versions")
    parser.add_argument("--years", type=_years, default=range(2023, 2024), help="2023 or 2014..2023")
    parser.add_argument("--edits", type=_share, default=0.05, help="share of records with a later version: 5%% or 0.05")
    parser.add_argument("--voids", type=_share, default=0.01, help="share of records that are void")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    lines = register(asked.records, asked.years, asked.edits, asked.voids, asked.seed)
    try:
        count = write(asked.out, lines, asked.seed)
    except FileExistsError:
        parser.error(f"{asked.out} exists")
    sys.stderr.write(f"{asked.out}: {asked.records} records, {count} versions, {asked.out.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
