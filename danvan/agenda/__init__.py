"""What is to be done, by when: open receptions and their deadlines as of one day, and how to say so."""

from danvan.agenda.tasks import Agenda, Task
from danvan.agenda.words import days_left, deadline_facts, rule_words

__all__ = ["Agenda", "Task", "days_left", "deadline_facts", "rule_words"]
