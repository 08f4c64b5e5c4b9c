"""What commands answer, and notices on the register file."""

ENTRIES = {
    "added.single": "Added {kind} {id}: {what}",
    "added.aggregate": "Added {kind} {id} ({form} {first} – {last}): {what}",
    "query.empty": "No record matches. Try fewer conditions (--year, --unit).",
    "query.shown": "{shown} of {total} records shown",
    "query.limit": "add --limit {total} to see all",
    "query.totals": "Total",
    "query.narrow": "The window is narrow; columns not shown: {columns}. Widen it or use --format csv.",
    "demo.what": "A demonstration: Hanoi's figures for 2023 after Chinhphu.vn, 26 December 2023; the base of 2022 is computed back from “down 5.7%”. Its register: {path}",
    "demo.next": "Your own register was not touched. Type next: danvan receptions --db {path}",
    "demo.note": "Chinhphu.vn 26/12/2023, “Đổi mới công tác dân vận theo hướng sâu sát cơ sở”",
    "demo.note_base": "Base derived from the “down 5.7%” of Chinhphu.vn 26/12/2023; not a published figure",
    "demo.note_over": "Chinhphu.vn 26/12/2023: “over 13,660 models”",
    "notice.torn": "The last write to {path} was cut short ({dropped} bytes); the unfinished part is dropped, every acknowledged record is there.",
    "notice.edited": "The register {path} was edited by another program; danvan reads it and carries on.",
    "notice.waiting": "Another window is writing to {path}; waiting …",
    "notice.encoding": "This console cannot show Vietnamese; on Windows type: chcp 65001",
}
