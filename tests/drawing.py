"""Sound records of every kind and form, drawn with whatever people type, for tests of what brings them in and out."""

from __future__ import annotations

from datetime import date
from typing import Any
from unicodedata import normalize

from hypothesis import strategies as st

from danvan.errors import Invalid
from danvan.formatting.texts import checked
from danvan.records import KINDS, Extension, Field, Movement, Pause, Reception, Record, Step, fields, problems

WORDS = ("=1+1", "+84", "-5", "@x", "'=1", "''+", "'", "_x0041_", 'a"b', "a,b;c\td", "1.5", "007", "TRUE", "2023-01-01")
LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u2800")
TYPED = st.one_of(
    st.sampled_from([*WORDS, "Đường hoa", normalize("NFD", "Nguyễn Ái Quốc"), "Tổ\u00a05", "một\nhai\n=3", "\n'-x"]),
    st.text(LETTERS, min_size=1, max_size=12),
    st.lists(st.text(LETTERS, max_size=5), min_size=2, max_size=3).map("\n".join),
)
DATES = st.dates(date(1945, 1, 1), date(2100, 12, 31))
OWN = {"model.field": ("nông thôn mới", "a; b"), "model.themes": ("biển",), "reception.subject": ("=rác",)}
KEPT = st.sampled_from(["x", "00001", "1e5", "#N/A", "NULL"])


def said(typed: str) -> str:
    """A text as a register keeps it."""
    try:
        return checked(typed, multiline=True) or "x"
    except Invalid:
        return "x"


texts = (TYPED | KEPT).map(said)
TRAILS: dict[str, st.SearchStrategy[Any]] = {
    "steps": st.builds(Step, st.just("approved"), DATES),
    "movements": st.builds(Movement, DATES, recovered=st.integers(0, 10**15), note=texts),
    "pauses": st.builds(Pause, DATES, st.none() | DATES, texts),
    "extensions": st.builds(Extension, DATES, st.integers(1, 90), texts),
}


def values(tag: str, name: str, field: Field) -> st.SearchStrategy[Any]:
    """Whatever a field may hold."""
    codes = st.sampled_from([*field.choices, *OWN.get(f"{tag}.{name}", ())]) if field.choices else st.nothing()
    match field.sort:
        case "choice":
            return codes
        case "choices":
            return st.lists(codes, unique=True, max_size=3).map(tuple)
        case "date":
            return DATES
        case "text":
            return texts
    return st.integers(0, 10**18)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Sound records of every kind and form, with any of their fields."""
    tag = draw(st.sampled_from(sorted(KINDS)))
    kind, form = KINDS[tag], draw(st.sampled_from(["single", "aggregate"]))
    day = draw(DATES)
    own = {name: field for name, field in fields(kind).items() if form in field.forms and not field.personal}
    needed = [name for name, field in own.items() if form in field.required]
    names = {*needed, *draw(st.lists(st.sampled_from(sorted(own)), max_size=8))}
    found: dict[str, Any] = {name: draw(values(tag, name, own[name])) for name in sorted(names)}
    trails = [name for name in TRAILS if name in kind.__struct_fields__ and (form == "single" or name == "movements")]
    for name in trails:
        found[name] = tuple(draw(st.lists(TRAILS[name], max_size=2)))
    if kind is Reception:
        found |= {"mode": "periodic", "receiver": "leader"}
    if form == "aggregate":
        found |= {"to": draw(st.dates(day, date(2100, 12, 31))), next(n for n in own if own[n].is_number): 3}
    record = kind(day, **found)
    for problem in problems(record):  # parts beyond their whole, conclusions before the start
        found.pop(problem.field, None)
    return kind(day, **found)
