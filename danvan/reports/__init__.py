"""From records and a year to a `Report`: plain data, without words or formatting.

What is counted stands in the table `MEASURES`; one function, `contributions`, says what each record adds to a
measure, so the figure in a report and the list of records behind it cannot disagree.
"""

from danvan.reports.measures import MEASURES, SECTIONS, Measure
from danvan.reports.yearly import Contribution, Figure, Note, Report, Row, Section, contributions, yearly

__all__ = [
    "MEASURES",
    "SECTIONS",
    "Contribution",
    "Figure",
    "Measure",
    "Note",
    "Report",
    "Row",
    "Section",
    "contributions",
    "yearly",
]
