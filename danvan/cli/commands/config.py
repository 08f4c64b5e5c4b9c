"""`config`: every setting, its value and where that comes from; one of them read, set or taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from danvan import settings
from danvan.cli.asking.resettled import tell_meant
from danvan.cli.in_use import used
from danvan.cli.knobs import KNOBS, Knob, is_settled, keep, knob_of, meaning, read, shown, source_of, stable, value_of
from danvan.cli.telling import aside, tell
from danvan.errors import Invalid
from danvan.exchange.documents import VERSION, as_json
from danvan.formatting.texts import fold
from danvan.records import KINDS
from danvan.render.settings_view import Row, settings_view
from danvan.session import Session

Action = Annotated[str | None, typer.Argument(metavar="[ACTION]", help="option.config_action", show_default=False)]
Key = Annotated[str | None, typer.Argument(metavar="[KEY]", help="option.config_key", show_default=False)]
Values = Annotated[
    list[str] | None, typer.Argument(metavar="[VALUE…]", help="option.config_values", show_default=False)
]


def config(session: Session, action: Action, key: Key, values: Values) -> None:
    """Do what `action` says with the setting `key`."""
    match action or "list", key, values or []:
        case "list", None, []:
            _list(session)
        case "get", str(), []:
            _get(session, knob_of(key))
        case "set", str(), [_, *_]:
            _set(session, knob_of(key), values or [])
        case "unset", str(), []:
            _unset(session, knob_of(key))
        case _:
            raise Invalid("config_words")


def _list(session: Session) -> None:
    found = [(knob, value_of(knob, session), source_of(knob, session)) for knob in KNOBS.values()]
    if session.json:
        entries = {knob.key: {"value": stable(value), "from": source} for knob, value, source in found}
        places = {"person": settings.path(), "office": str(session.path)}
        typer.echo(as_json({"version": VERSION, "settings": entries, "files": places}))
        return
    language = session.language
    rows = [
        Row(knob.key, shown(knob, value, language), _from(source, session), meaning(knob, language), source)
        for knob, value, source in found
    ]
    screen = session.render
    typer.echo(screen.text(*settings_view(rows, language, screen.width)))
    aside(language.say("config.places", file=settings.path(), path=session.path))


def _get(session: Session, knob: Knob) -> None:
    value = stable(value_of(knob, session))
    if session.json:
        typer.echo(as_json({"version": VERSION, "key": knob.key, "value": value, "from": source_of(knob, session)}))
    else:
        text = "\n".join(value) if isinstance(value, list) else str(value)
        tell(text or session.language.say("config.none"))


def _set(session: Session, knob: Knob, texts: list[str]) -> None:
    value, before = read(knob, texts, session), value_of(knob, session)
    where = ", ".join(keep(session, {knob: value}))
    told = {"key": knob.key, "value": _words(knob, value, session), "place": where}
    is_other = before != value and before and source_of(knob, session) != "default"
    said = session.language.say("config.set_anew", **told, old=_words(knob, before, session)) if is_other else ""
    _answer(session, knob, said or session.language.say("config.set", **told))
    fresh = session.anew()
    _tell_in_use(session, knob, before, value)
    tell_meant(session, [knob])
    if value_of(knob, fresh) != value:
        told = {"value": _words(knob, value_of(knob, fresh), session), "source": _from(source_of(knob, fresh), session)}
        aside(session.language.say("config.overridden", **told), "overridden", as_json=session.json)


def _unset(session: Session, knob: Knob) -> None:
    if not is_settled(knob, session):
        value = shown(knob, value_of(knob, session), session.language) or session.language.say("config.blank")
        told = {"key": knob.key, "value": value, "source": _from(source_of(knob, session), session)}
        _answer(session, knob, session.language.say("config.unset_nothing", **told))
        return
    before, where = value_of(knob, session), ", ".join(keep(session, {knob: None}))
    fresh = session.anew()
    value, source = value_of(knob, fresh), _from(source_of(knob, fresh), session)
    told = {"value": shown(knob, value, session.language), "source": source, "key": knob.key, "place": where}
    _answer(session, knob, session.language.say("config.unset" if told["value"] else "config.unset_blank", **told))
    _tell_in_use(session, knob, before, ())
    tell_meant(session, [knob])


def _tell_in_use(session: Session, knob: Knob, before: Sequence[str], now: Sequence[str]) -> None:
    """Say which values of the office's own are no longer there for those to come, although records have them."""
    gone = [value for value in before if fold(value) not in map(fold, now)] if knob.sort == "values" else []
    kind, _, name = knob.part.partition(".")
    counts = Counter[str]()
    for value, count in used(session.register, KINDS[kind], name).items() if gone else ():
        counts[fold(value)] += count
    kept = [value for value in gone if counts[fold(value)]]
    if kept:
        say = session.language.say
        values = "; ".join(say("config.records", value=value, count=counts[fold(value)]) for value in kept)
        wanted = " ".join(f'"{value}"' for value in (*now, *kept))
        aside(say("config.in_use", values=values, key=knob.key, wanted=wanted), "in_use", as_json=session.json)


def _answer(session: Session, knob: Knob, text: str) -> None:
    if session.json:
        _get(session.anew(), knob)
    else:
        tell(text)


def _words(knob: Knob, value: object, session: Session) -> str:
    return shown(knob, value, session.language) or session.language.say("config.blank")


def _from(source: str, session: Session) -> str:
    return session.language.say(f"config.from_{source}")
