"""From records and a plan to a `Report`: plain data, without words or formatting.

What is counted stands in the table `MEASURES`. What a record adds to a measure is said by one function, on which
sums, breakdowns and explanations all rest.
"""

from danvan.reports.ledger import Ledger
from danvan.reports.measures import BY_KEY, MEASURES, SECTIONS, Measure
from danvan.reports.report import Column, Comparison, Plan, Report, Row, Section
from danvan.reports.tally import Figure
from danvan.reports.yearly import yearly

__all__ = [
    "BY_KEY",
    "MEASURES",
    "SECTIONS",
    "Column",
    "Comparison",
    "Figure",
    "Ledger",
    "Measure",
    "Plan",
    "Report",
    "Row",
    "Section",
    "yearly",
]
