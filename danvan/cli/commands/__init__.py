"""The commands, a module each: their names, their panels in the overview, and where each one's function stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from danvan.records import KINDS

BY_ID = "by-id"


class Command(NamedTuple):
    """One command: its panel in the overview, where its function stands, and the kind it is about, if any.

    Where the kind is that of a record named on the command line (`BY_ID`), the module's `variant` tells which
    function to run and on which kind.
    """

    panel: str
    place: str
    kind: str = ""


COMMANDS: Mapping[str, Command] = {
    "add-model": Command("add", "add:add", "model"),
    "add-reception": Command("add", "add:add_reception", "reception"),
    "add-audit": Command("add", "add:add_audit", "audit"),
    **{f"{kind}s": Command("query", "query:query", kind) for kind in KINDS},
    "status": Command("query", "status:status"),
    "show": Command("query", "show:show"),
    "history": Command("query", "show:history"),
    "due": Command("query", "due:due"),
    "edit": Command("correct", "edit:edit", BY_ID),
    "follow-up": Command("correct", "follow_up:follow_up"),
    "void": Command("correct", "void:void"),
    "undo": Command("correct", "undo:undo"),
    "report": Command("report", "report:report"),
    "form": Command("report", "statutory_form:form"),
    "explain": Command("report", "explain:explain"),
    "close": Command("report", "close:close"),
    "template": Command("report", "template:template"),
    "import": Command("files", "importing:import_files"),
    "merge": Command("files", "merge:merge"),
    "export": Command("files", "exporting:export", BY_ID),
    "schema": Command("files", "schema:print_schema"),
    "check": Command("keep", "check:check_register"),
    "backup": Command("keep", "backup:backup"),
    "restore": Command("keep", "restore:restore"),
    "erase": Command("keep", "erase:erase_records"),
    "demo": Command("start", "demo:demo"),
    "init": Command("start", "init:init"),
    "config": Command("start", "config:config"),
    "man": Command("start", "man:man"),
    "completion": Command("start", "completion:completion"),
}
