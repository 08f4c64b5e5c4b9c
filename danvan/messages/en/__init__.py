"""The English catalogue, by topic."""

from danvan.messages.en import answers, errors, files, help, kinds, prose, report

ENTRIES = answers.ENTRIES | errors.ENTRIES | files.ENTRIES | help.ENTRIES | kinds.ENTRIES | prose.ENTRIES | report.ENTRIES
