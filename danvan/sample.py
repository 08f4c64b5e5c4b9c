"""A year as a big city has it, record by record: invented units, people and texts, and the real figures of a year.

The convention: nothing but the seed decides what comes out. A year of `YEAR_COUNT` records has exactly the figures
of the article danvan began with (see `cli.demo`); a smaller or larger one has them in proportion. Every unit is
marked as a sample: none of them exists.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from random import Random
from typing import NamedTuple, TypeVar

from danvan.records import Audit, Model, Reception, Record, Step

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
    shares = dict(zip(SHARES, portions(list(SHARES.values()), count), strict=True))
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
        yield make[sort](day, pick(places, random), next(plans[sort]), random)


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


def pick(choices: Sequence[T], random: Random) -> T:
    """One of the choices."""
    return choices[int(random.random() * len(choices))]  # three times as fast as random.choice


def portions(weights: Sequence[int], total: int) -> list[int]:
    """`total` in whole parts as the weights are to each other; it adds up, and `sum(weights)` gives the weights."""
    whole = sum(weights) or 1
    bounds = [(bound * total + whole // 2) // whole for bound in accumulate(weights, initial=0)]
    return [after - before for before, after in pairwise(bounds)]


def _scaled(figure: int, count: int) -> int:
    """A figure of the article for a year of `count` records."""
    return (figure * count + YEAR_COUNT // 2) // YEAR_COUNT


def _spread(total: int, parts: int, random: Random) -> list[int]:
    """`total` in `parts` uneven parts."""
    return portions([random.randrange(1, 1000) ** 2 for _ in range(parts)], total)


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
    life = pick(LIVES, random)
    steps = tuple(Step(status, day + datetime.timedelta(25 * at)) for at, status in enumerate(life))
    return Model(
        day,
        unit=unit,
        steps=steps if len(life) > 1 else (),
        name=f"{pick(ACTIVITIES, random)} tại khu dân cư số {1 + int(random.random() * 40)}",
        field=pick(FIELDS, random),
        themes=pick(THEMES, random),
        type="model" if random.random() < 0.9 else "project",
        holder="collective" if random.random() < 0.85 else "individual",
        level=pick(LEVELS, random),
        status=life[-1],
    )


def _regular(day: Day, unit: str, plan: Plan, random: Random) -> Record:
    return _reception(day, unit, plan, "regular", "staff", random)


def _leader(day: Day, unit: str, plan: Plan, random: Random) -> Record:
    mode = "periodic" if random.random() < 0.85 else "unscheduled"
    return _reception(day, unit, plan, mode, "leader" if random.random() < 0.9 else "delegated", random)


def _reception(day: Day, unit: str, plan: Plan, mode: str, receiver: str, random: Random) -> Record:
    category = pick(CATEGORIES, random)
    subject, topic = pick(TOPICS, random)
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
        outcome=pick(OUTCOMES, random),
        citizen=_person(random) if is_named else "",
        address=f"Số {1 + int(random.random() * 300)}, ngõ {1 + int(random.random() * 90)}" if is_named else "",
        phone=f"0000 {int(random.random() * 1_000_000):06}" if is_named else "",
        people=plan.people if plan.people > 1 else None,
        cases_first=first,
        cases_repeat=repeat,
    )


def _person(random: Random) -> str:
    return f"{pick(SURNAMES, random)} {pick(MIDDLE_NAMES, random)} {pick(GIVEN_NAMES, random)}"


def _inspection(day: Day, unit: str, plan: Plan, random: Random) -> Record:
    end = min(day + datetime.timedelta(20 + int(random.random() * 60)), Day(day.year, 12, 31))
    return Audit(
        day,
        unit=unit,
        title=f"Thanh tra {pick(INSPECTED, random)}",
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
