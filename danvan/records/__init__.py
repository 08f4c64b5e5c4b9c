"""The three kinds of record, and everything danvan knows about their fields.

A record is **single** (one model, one reception, one audit; `date` is its day) or an **aggregate row** (what a
unit reports for the days `date` to `to`, both included, as counts). What an aggregate leaves blank is unknown.
What a single record leaves blank takes the field's `blank`.

Options, filters, columns, labels, sums and masks derive from the `Field` beside each attribute: to describe a
new kind is to write its class here and its words in the two catalogues.
"""

from danvan.records.audit import FOLLOWED, Audit
from danvan.records.field import NUMBERS, Field, Form, option_name
from danvan.records.kinds import (
    COUNTED,
    KINDS,
    STORED,
    amount,
    completed,
    described,
    happenings,
    in_groups,
    problems,
    state_field,
    trail_texts,
)
from danvan.records.model import TWO_TIERS, Model
from danvan.records.office import LAYOUTS, Closing, Layout, Office, Reveal
from danvan.records.reception import Reception
from danvan.records.record import Record, fields, tag_of, unbalanced, wholes
from danvan.records.trails import TRAILS, WRITTEN, Arrival, Erasure, Extension, Movement, Pause, Step

__all__ = [
    "COUNTED",
    "FOLLOWED",
    "KINDS",
    "LAYOUTS",
    "NUMBERS",
    "STORED",
    "TRAILS",
    "TWO_TIERS",
    "WRITTEN",
    "Arrival",
    "Audit",
    "Closing",
    "Erasure",
    "Extension",
    "Field",
    "Form",
    "Layout",
    "Model",
    "Movement",
    "Office",
    "Pause",
    "Reception",
    "Record",
    "Reveal",
    "Step",
    "amount",
    "completed",
    "described",
    "fields",
    "happenings",
    "in_groups",
    "option_name",
    "problems",
    "state_field",
    "tag_of",
    "trail_texts",
    "unbalanced",
    "wholes",
]
