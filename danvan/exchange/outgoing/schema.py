"""JSON Schema of what danvan gives to other programs: a kind of record, and the report.

The convention: shapes come from the types of the records, meanings from the descriptions of their fields and both
catalogues, so that a schema cannot say anything else than the program does. Within one version properties may be
added; none is taken away or changes its meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from danvan.exchange.documents import VERSION, as_json
from danvan.formatting.language import Language, word
from danvan.formatting.parsing import LARGEST
from danvan.messages import LANGUAGES, catalogue
from danvan.periods import CALENDARS
from danvan.privacy import MASK
from danvan.records import KINDS, Field, Record, described, fields, tag_of
from danvan.reports import MEASURES, SECTIONS

Kind = type[Record]
Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
DAY: Schema = {"type": "string", "format": "date"}
WHOLE: Schema = {"type": "integer", "minimum": 0, "maximum": LARGEST}
KNOWN: Schema = {"type": ["integer", "null"]}
NAME: Schema = {"type": "string"}
TRUTH: Schema = {"type": "boolean"}
# A record of one register has a number; where several are read as one, that in its register beside the register's name.
ID: Schema = {"type": "integer", "minimum": 1}
PLACE: Schema = {"type": ["integer", "string"]}


def record_schema(kind: Kind) -> str:
    """One record, as `export` and the queries give it; `$defs` holds the documents around it."""
    tag = tag_of(kind)
    _, parts = msgspec.json.schema_components((kind,), ref_template="#/$defs/{name}")
    shape = parts.pop(kind.__name__)
    properties = {"id": ID | _said("schema.id"), "register": NAME | _said("schema.register")}
    properties |= {name: _property(kind, name, found) for name, found in shape["properties"].items()}
    properties |= {name: _valued(kind, name) for name in kind.COMPUTED}
    for part in parts.values():
        part["description"] = " ".join(part.get("description", "").partition("\n\n")[0].split())
    return as_json(
        _head(tag)
        | _object(properties, ("id", "kind", "date"))
        | {
            "description": _both(lambda code: catalogue(code)[f"kinds.{tag}"]),
            "if": {"required": ["to"]},
            "then": {"required": _needed(kind, "aggregate")},
            "else": {"required": _needed(kind, "single")},
            "$defs": parts | {"export": _export(tag), "listing": _listing(kind), "history": _history(tag)},
        }
    )


def report_schema() -> str:
    """The report, as `report --format json` gives it."""
    head: dict[str, Schema] = {"version": {"const": VERSION}, "year": {"type": "integer"}, "part": NAME}
    head |= {"threshold": WHOLE, "registers": _list(NAME), "small_cells": WHOLE}
    head |= {"sections": _list({"$ref": "#/$defs/section"}), "breakdowns": _list({"$ref": "#/$defs/breakdown"})}
    needed = ("version", "year", "part", "threshold", "sections")
    parts = {"section": _section(), "row": _row(), "breakdown": _breakdown(), "line": _line(), "figure": _figure()}
    return as_json(_head("report") | _object(head, needed) | _said("schema.report") | {"$defs": parts})


def _head(name: str) -> Schema:
    return {"$schema": DRAFT, "$id": f"urn:danvan:{name}:{VERSION}"}


def _said(key: str) -> Schema:
    return {"description": _both(lambda code: catalogue(code)[key])}


def _both(say: Any) -> str:
    """A text in both languages; once where they are the same."""
    return " · ".join(dict.fromkeys(say(code) for code in LANGUAGES))


def _object(properties: Mapping[str, Schema], needed: Iterable[str] = ()) -> Schema:
    return {"type": "object", "properties": dict(properties), "required": list(needed)}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _by_key(value: Schema) -> Schema:
    return {"type": "object", "additionalProperties": value}


def _needed(kind: Kind, form: str) -> list[str]:
    return [name for name, field in fields(kind).items() if form in field.required]


def _property(kind: Kind, name: str, found: Schema) -> Schema:
    """An attribute; the register's own, and trails, as their types say. What is blank is left out, never null."""
    if name in fields(kind):
        return _valued(kind, name)
    if name == "kind":
        return {"const": tag_of(kind)} | _said("schema.kind")
    variants = [one for one in found.get("anyOf", (found,)) if one.get("type") != "null"]
    kept = {key: value for key, value in variants[0].items() if key != "default"}
    return kept | _said(f"schema.{name}")


def _valued(kind: Kind, name: str) -> Schema:
    """A field with its words and values."""
    field = described(kind)[name]
    found = _typed(kind, name, field) | {"description": _both(lambda code: Language(code).label(kind, name))}
    if field.personal:
        told = _both(lambda code: catalogue(code)["schema.personal"].format(mask=MASK))
        found |= {"description": f"{found['description']}: {told}", "x-personal": True}
    if field.is_number and field.unit:
        found |= {"x-unit": _both(lambda code: word(code, f"unit.{field.unit}"))}
    return found | ({"x-forms": list(field.forms)} if len(field.forms) == 1 else {})


def _typed(kind: Kind, name: str, field: Field) -> Schema:
    match field.sort:
        case "date":
            return DAY
        case "choice":
            return _choice(kind, name, field)
        case "choices":
            return _list(_choice(kind, name, field))
        case "text":
            return NAME
    return WHOLE


def _choice(kind: Kind, name: str, field: Field) -> Schema:
    """The codes with their words; besides them any text where an office may have values of its own."""
    codes = list(_codes((code, f"{tag_of(kind)}.{name}.{code}") for code in field.choices))
    return {"anyOf": [*codes, NAME]} if field.open else {"oneOf": codes}


def _codes(found: Iterable[tuple[str, str]]) -> Iterator[Schema]:
    for code, key in found:
        yield {"const": code, "title": _both(lambda language, key=key: word(language, key).strip())}


def _export(tag: str) -> Schema:
    """The document of `export --format json`."""
    head: dict[str, Schema] = {
        "version": {"const": VERSION},
        "kind": {"enum": [tag, "all"]},
        "masked": TRUTH | _said("schema.masked"),
    }
    # Among records of all kinds, those of other kinds are described by the schemas of these.
    own = {"if": {"properties": {"kind": {"const": tag}}}, "then": {"$ref": "#"}}
    return _object(head | {"records": _list(own)}, ("version", "kind", "masked", "records"))


def _listing(kind: Kind) -> Schema:
    """The document of `models --json` and its like; with `--columns` records hold these alone, null where blank."""
    total = _object({"value": WHOLE, "at_least": TRUTH}, ("value", "at_least"))
    lot = {"sums": _by_key(total)} | {name: NAME for name, field in fields(kind).items() if field.sort == "choice"}
    head: dict[str, Schema] = {
        "version": {"const": VERSION},
        "kind": {"const": tag_of(kind)},
        "total": WHOLE,
        "shown": WHOLE,
    }
    head |= {"totals": _list(_object(lot, ["sums"])), "beyond": _list(PLACE), "records": _list({"$ref": "#"})}
    return _object(head, head)


def _history(tag: str) -> Schema:
    """The document of `history --json`."""
    kept = dict.fromkeys(("void", "batch", "undone"), NAME) | dict.fromkeys(("undoes", "base"), ID)
    kept |= {name: {"$ref": f"#/$defs/{shape}"} for name, shape in (("merged", "Arrival"), ("erased", "Erasure"))}
    change: dict[str, Schema] = {"field": NAME, "old": {}, "new": {}}
    version: dict[str, Schema] = {"rev": ID | _said("schema.rev"), "at": NAME, "by": NAME}
    version |= {name: {"anyOf": [shape, {"type": "null"}]} | _said(f"schema.{name}") for name, shape in kept.items()}
    version["changes"] = _list(_object(change, change))
    seen = dict.fromkeys(("at", "by", "command", "reason"), NAME)
    found: dict[str, Schema] = {"version": {"const": VERSION}, "id": PLACE, "kind": {"const": tag}}
    found |= {"versions": _list(_object(version, version)), "reveals": _list(_object(seen, seen))}
    return _object(found, found)


def _section() -> Schema:
    period = _object({"from": DAY, "to": DAY, "calendar": {"enum": [*CALENDARS, "custom"]}}, ("from", "to", "calendar"))
    remark = _object({"key": NAME, "ids": _list(PLACE)}, ("key", "ids"))
    correction: dict[str, Schema] = {
        "measure": NAME,
        "closed": KNOWN,
        "closed_at_least": {"type": "boolean"},
        "now": KNOWN,
        "now_at_least": {"type": "boolean"},
    }
    found: dict[str, Schema] = {
        "key": {"oneOf": list(_codes((key, f"section.{key}") for key in SECTIONS))},
        "title": NAME,
        "period": period,
        "closed": {"type": ["string", "null"]} | _said("schema.closed"),
        "rows": _list({"$ref": "#/$defs/row"}),
        "notes": _list(remark) | _said("schema.notes"),
        "corrections": _list(_object(correction, correction)) | _said("schema.corrections"),
    }
    optional = {
        "closed_threshold": WHOLE | _said("schema.closed_threshold"),
        "corrections_withheld": {"const": True} | _said("schema.corrections_withheld"),
    }
    return _object(found | optional, found)


def _row() -> Schema:
    found: dict[str, Schema] = {
        "measure": {"oneOf": list(_codes((one.key, f"measure.{one.key}") for one in MEASURES))},
        "label": NAME,
        "unit": NAME,
        "value": KNOWN | _said("schema.value"),
        "previous": KNOWN,
        "change": KNOWN,
        "change_percent": {"type": ["number", "null"]},
        "at_least": TRUTH | _said("schema.at_least"),
        "previous_at_least": TRUTH,
    }
    more = {
        "columns": _by_key(KNOWN) | _said("schema.columns"),
        "columns_at_least": _list(NAME) | _said("schema.columns_at_least"),
        "hidden": _list(NAME) | _said("schema.hidden"),
    }
    return _object(found | more, found)


def _breakdown() -> Schema:
    found: dict[str, Schema] = {
        "measure": NAME,
        "unit": NAME,
        "dimensions": _list(NAME),
        "total": _by_key({"$ref": "#/$defs/figure"}),
        "overlaps": TRUTH,
        "others": WHOLE,
        "lines": _list({"$ref": "#/$defs/line"}),
    }
    return _object(found | {"others_across": WHOLE}, found)


def _line() -> Schema:
    figure: Schema = {"$ref": "#/$defs/figure"}
    value = {"type": ["string", "null"]} | _said("schema.line")
    share = {"type": ["number", "null"]} | _said("schema.share")
    found: dict[str, Schema] = {"value": value, "figures": _by_key(figure), "share": share}
    return _object(found | {"cells": _list(_figure({"value": value}))}, found)


def _figure(more: Mapping[str, Schema] = {}) -> Schema:
    return _object({**more, "figure": KNOWN, "at_least": TRUTH, "hidden": TRUTH}, (*more, "figure", "at_least"))


SCHEMAS = (*(f"{tag}s" for tag in KINDS), "report")


def schema(what: str) -> str:
    """The schema of a kind in the plural, or of the report."""
    return report_schema() if what == "report" else record_schema(KINDS[what.removesuffix("s")])
