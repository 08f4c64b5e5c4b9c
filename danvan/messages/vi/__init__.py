"""The Vietnamese catalogue, in the terms of the field, by topic."""

from danvan.messages.vi import answers, errors, files, help, kinds, prose, report

ENTRIES = answers.ENTRIES | errors.ENTRIES | files.ENTRIES | help.ENTRIES | kinds.ENTRIES | prose.ENTRIES | report.ENTRIES
