"""Records and reports as other programs and papers have them: JSON, CSV, sentences, workbooks, documents.

`incoming` reads files, `outgoing` makes texts and bytes; beside them stands what both know: cells, headings, units.
Opens no register. Import from the modules: each command pays for what it reads or writes only.
"""
