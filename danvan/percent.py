"""Percentages, for whoever counts and whoever writes.

The convention: they are not rounded here; a figure is exact, or precise far beyond what could tip a later rounding.
"""

from __future__ import annotations

from decimal import Context, Decimal


def percent_of(part: int, whole: int) -> Decimal | None:
    """How many percent of `whole` the `part` is, negative for a decrease; None of nothing."""
    if whole == 0:
        return None
    precision = len(str(abs(part))) + len(str(abs(whole))) + 32
    return Context(prec=precision).divide(Decimal(part * 100), Decimal(whole))
