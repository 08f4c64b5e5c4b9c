"""The Vietnamese catalogue, in the terms of the field, by topic."""

from danvan.messages.vi import answers, errors, help, kinds, prose, report

ENTRIES = answers.ENTRIES | errors.ENTRIES | help.ENTRIES | kinds.ENTRIES | prose.ENTRIES | report.ENTRIES
