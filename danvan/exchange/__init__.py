"""Records and reports as other programs and papers take them: JSON, CSV, sentences. Returns text; opens nothing."""

from danvan.exchange.documents import entry_json, report_json
from danvan.exchange.prose import prose

__all__ = ["entry_json", "prose", "report_json"]
