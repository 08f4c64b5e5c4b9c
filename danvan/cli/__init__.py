"""The command line: what people type, and the one place that prints errors and sets exit codes."""

from danvan.cli.door import main

__all__ = ["main"]
