"""Until when the law wants an answer: dated rules, and how their days are counted.

The convention: a deadline is a fact about a record on no particular day; how many days are left is asked with
the day given. The rule in force on the day of receipt applies, whatever came after it.
"""

from danvan.deadlines.counting import AFTER_ACCEPTANCE, COUNTING_SOURCES, Deadline, deadline
from danvan.deadlines.daysoff import is_day_off
from danvan.deadlines.rules import GATHERED, RULES, Rule

__all__ = ["AFTER_ACCEPTANCE", "COUNTING_SOURCES", "GATHERED", "RULES", "Deadline", "Rule", "deadline", "is_day_off"]
