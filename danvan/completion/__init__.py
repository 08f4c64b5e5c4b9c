"""What the Tab key offers: commands, options, allowed values, known units, and records by their names.

The convention: an answer may cost no more than starting Python, so nothing is imported but tables that were
written down beforehand (`vi`, `en`: made by `danvan.cli.words`, and a test compares them with the commands as they
are) and the newest part of the register, however large that is.
"""
