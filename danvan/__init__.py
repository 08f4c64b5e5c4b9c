"""danvan keeps three registers of an office of mass mobilization in one file and reports the year from them.

Its rooms and the arrow of imports between them are the contracts of `pyproject.toml`; the README has a map of them.
"""

__version__ = "0.1.0"
