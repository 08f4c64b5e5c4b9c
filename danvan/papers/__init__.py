"""A report in words and figures, laid out once: what the terminal, the page and the workbook all show.

A paper is data: sheets of cells that carry both the figure and the words for it, so that every writer says the same.
What is not known has no figure, only the word for it; a lower bound says so. Nothing is escaped here: each writer
knows what its own format would obey.
"""

from danvan.papers.breakdowns import cell_said, is_bare
from danvan.papers.columns import figure_cell, strands
from danvan.papers.report import paper
from danvan.papers.sheets import PERCENT, UNKNOWN, Cell, Chart, Paper, Sheet, Strand
from danvan.papers.words import (
    aspects_said,
    closed_said,
    correction_said,
    ids_said,
    measure_in_full,
    measure_said,
    period_said,
    rounding_said,
    span_said,
    state_said,
    stated,
)

__all__ = [
    "PERCENT",
    "UNKNOWN",
    "Cell",
    "Chart",
    "Paper",
    "Sheet",
    "Strand",
    "aspects_said",
    "cell_said",
    "closed_said",
    "correction_said",
    "figure_cell",
    "ids_said",
    "is_bare",
    "measure_in_full",
    "measure_said",
    "paper",
    "period_said",
    "rounding_said",
    "span_said",
    "state_said",
    "stated",
    "strands",
]
