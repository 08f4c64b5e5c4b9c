"""Questions to the register: which records, in which order, with which totals; and how versions of one differ.

The convention: a record is asked for what it counts as, not for what was typed. A single reception counts as one
turn although nobody stored that; filters, order and totals all see the figure that the report would count. What is
unknown meets no condition but the one that asks for the unknown, and stands last in every order.
"""

from danvan.queries.listing import Listing, Query, ask

__all__ = ["Listing", "Query", "ask"]
