"""Which cell of a breakdown `--only` names: dimensions and a value of each, as breakdowns print them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from danvan.cli.figures import period_asked
from danvan.cli.in_use import read_value
from danvan.errors import Invalid, given_for
from danvan.formatting.choosing import chosen
from danvan.formatting.language import word
from danvan.formatting.texts import fold
from danvan.messages import LANGUAGES
from danvan.overlaps import unit_key
from danvan.periods import ReportingCalendar
from danvan.records import KINDS, state_field
from danvan.reports import Ledger, Measure, Plan
from danvan.reports.breakdowns import MONTH, REGISTER, REST, SEVERAL, STATUS, THEME, UNIT, dimensions
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.store import Register, Union

BLANK = ("?", "unknown", "không rõ")  # besides what breakdowns print: that a record does not tell
OTHERS = (REST, "...")  # the lines beyond --top, which is how JSON calls them


def cell_of(
    session: Session,
    records: Register | Union,
    measure: Measure,
    ledger: Ledger,
    plan: Plan,
    only: Sequence[str],
    top: int | None = None,
) -> dict[str, str | None]:
    """The dimensions and values that the texts `only` name, by code or by word in either language.

    Args:
        top: after how many lines the breakdown sums up the others in one.

    Raises:
        Invalid: there is no such dimension, or no such value of it; or one of the line of the others and how many
            stand above it was named without the other.
    """
    with given_for("--only"):
        found = dict(_condition(session, records, measure, ledger, plan, text) for text in only)
        if (REST in found.values()) != bool(top):
            raise Invalid("rest", where="--top" if top else "--only")
        return found


def _condition(
    session: Session, records: Register | Union, measure: Measure, ledger: Ledger, plan: Plan, text: str
) -> tuple[str, str | None]:
    named, equals, value = text.partition("=")
    allowed = dimensions(measure.kind)
    if not equals:
        raise Invalid("only", value=text, choices=", ".join(allowed))
    dimension = chosen(named, allowed, "--only", "dimension")
    if dimension == REGISTER and not plan.registers:
        raise Invalid("one_register")
    words = (*(word(code, key) for code in LANGUAGES for key in ("report.value_unknown", "form.no_unit")), *BLANK)
    if value.strip() in ("", "?") or (fold(value) and fold(value) in map(fold, words)):
        return dimension, None
    if value.strip() in OTHERS:
        return dimension, REST
    if dimension == MONTH:
        return dimension, _month(value, plan, plan.calendar(measure.section))
    if dimension == REGISTER:
        return dimension, chosen(value, plan.registers, "--only")
    if dimension == UNIT:
        return dimension, _unit(value, measure, ledger, records, session.language.say("report.value_unknown"))
    kind = KINDS[measure.kind]
    name = {THEME: "themes", STATUS: state_field(kind)}.get(dimension, dimension)
    return dimension, read_value(session, kind, name, value)


def _month(text: str, plan: Plan, calendar: ReportingCalendar) -> str:
    """The month of the reported year that a text names ("5", "2025-05", "May"), as breakdowns have it.

    Raises:
        Invalid: it names none.
    """
    if text.strip() == SEVERAL or fold(text) in {fold(word(code, "report.several_months")) for code in LANGUAGES}:
        return SEVERAL
    year, part = period_asked(0, text, "--only")  # 0 where it says none
    begin = calendar.to_date(plan.year, plan.part).begin
    if not part.startswith("m") or (year and calendar.to_date(year, part).begin != begin):
        raise Invalid("month", value=text, year=str(plan.year))
    return f"{int(part[1:]):02}"


def _unit(text: str, measure: Measure, ledger: Ledger, records: Register | Union, blank: str) -> str | None:
    """The unit that a text names: one of the period, or one that a comparison with another year may show.

    Args:
        blank: what records without a unit are listed under.

    Raises:
        Invalid: the register has none of that name; those of the period are listed.
    """
    units = [record.unit for _, record in (*ledger.rows(measure.kind), *ledger.singles(measure.kind))]
    offers = [*sorted({*units} - {""}), *([blank] if "" in units else [])]
    try:
        found = _named(text, offers)
        return None if found == blank else found
    except Invalid:
        with suppress(Invalid):
            everywhere = {entry.record.unit for entry in records.scan([KINDS[measure.kind]])}
            return _named(text, sorted(filter(None, everywhere)))
        raise


def _named(text: str, units: Sequence[str]) -> str:
    """The unit that a text names; the way breakdowns spell it, if the text spells it another way."""
    same = {unit_key(unit): unit for unit in reversed(units)}
    return same.get(unit_key(text)) or chosen(text, units, "--only")
