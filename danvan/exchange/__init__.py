"""Records and reports as other programs and papers take them: JSON, CSV, sentences, workbooks, documents.

Returns text and bytes; opens no register. Import from the modules: each command pays for what it writes only.
"""
