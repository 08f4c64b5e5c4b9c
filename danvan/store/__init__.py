"""The register: add, get, scan, revise, void; the only room that imports tinydb.

The convention: one file, always valid TinyDB JSON, and at the same time a log to which lines are only ever
added (see `file.layout`). Nothing here knows a language or masks a name.
"""

from danvan.store.reader import Entry
from danvan.store.register import Register
from danvan.store.undoing import Change
from danvan.store.union import Union

__all__ = ["Change", "Entry", "Register", "Union"]
