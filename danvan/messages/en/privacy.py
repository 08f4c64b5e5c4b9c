"""Who came and what it may be shown for; small counts."""

ENTRIES = {
    "option.reveal": "show who came, for a reason that stays in the register (never who denounces)",
    "option.reason_reveal": "what --reveal is for",
    "ask.reveal": "What is it needed for",
    "error.reveal_alone": "--reason says what --reveal is for; add --reveal or leave it out",
    "error.reveal_reason": "say what it is needed for: --reason; it stays in the register with your name",
    "notice.revealed": "Who came is shown in {count:record|records}; the register has noted it (danvan history).",
    "notice.reveals_nothing": "Nothing was revealed: nothing of what is shown here says who came.",
    "notice.identity_stays": "Earlier versions still hold who came. To remove it there too: danvan erase {id}",
    "problem.identity_there": "stands in this record and may not be kept with this category: who denounces is a state secret. Add --clear identity",
    "option.small_cells": "for publication: hide or merge counts of people below N (3 is usual), and what they could be worked out from",
    "error.small_cells_explain": "an explanation lists single records and is not for publication",
    "report.hidden": "hidden",
    "report.merged": "small ones together",
    "note.small_cells": "Counts of people, turns and cases from 1 to below {least} are hidden or merged, and with them figures from which they could be worked out.",
    "error.no_file": "{path} is no ordinary file",
    "error.too_large": "{path} is larger than {limit} MB",
    "caution.count": "{message} ({count:record|records})",
    "caution.records": "{message}: No. {ids}",
    "history.reveals": "Who came was shown",
    "history.revealed": "danvan {command}: {reason}",
}
