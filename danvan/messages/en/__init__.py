"""The English catalogue, by topic."""

from danvan.messages.en import (
    answers,
    changes,
    deadlines,
    errors,
    files,
    forms,
    help,
    kinds,
    manual,
    outputs,
    privacy,
    prose,
    query,
    registers,
    report,
    schema,
    settings,
    status,
    trust,
)

ENTRIES = (
    answers.ENTRIES
    | changes.ENTRIES
    | deadlines.ENTRIES
    | errors.ENTRIES
    | files.ENTRIES
    | forms.ENTRIES
    | help.ENTRIES
    | kinds.ENTRIES
    | manual.ENTRIES
    | outputs.ENTRIES
    | privacy.ENTRIES
    | prose.ENTRIES
    | query.ENTRIES
    | registers.ENTRIES
    | report.ENTRIES
    | schema.ENTRIES
    | settings.ENTRIES
    | status.ENTRIES
    | trust.ENTRIES
)
