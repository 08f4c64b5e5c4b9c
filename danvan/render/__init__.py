"""Reports and records on the terminal: the only room that knows Rich.

Cells are `Text` with markup, emoji and highlighting off, so what users typed can never act as markup; a number
is never cut: a window that is too narrow loses columns, and says which.
"""

from danvan.render.screen import Screen

__all__ = ["Screen"]
