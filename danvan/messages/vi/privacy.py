"""Who came and what it may be shown for; small counts."""

ENTRIES = {
    "option.reveal": "hiện danh tính công dân, vì một lý do được ghi lại trong sổ (không bao giờ hiện người tố cáo)",
    "option.reason_reveal": "lý do dùng --reveal",
    "ask.reveal": "Cần xem danh tính để làm gì",
    "error.reveal_alone": "--reason là lý do của --reveal; hãy thêm --reveal hoặc bỏ --reason",
    "error.reveal_reason": "hãy cho biết lý do bằng --reason; lý do được ghi vào sổ cùng tên của bạn",
    "notice.revealed": "Danh tính công dân được hiện trong {count} bản ghi; sổ đã ghi lại việc này (danvan history).",
    "notice.reveals_nothing": "Không có gì để hiện: phần này không có danh tính công dân.",
    "notice.identity_stays": "Các lần ghi trước vẫn còn danh tính. Muốn xóa hẳn: danvan erase {id}",
    "problem.identity_there": "đang có trong bản ghi này và không được giữ với loại việc này: danh tính người tố cáo là bí mật nhà nước. Hãy thêm --clear identity",
    "option.small_cells": "để công bố: ẩn hoặc gộp các số người, số lượt dưới N (thường là 3) và những số từ đó suy ra được",
    "error.small_cells_explain": "phần giải thích liệt kê từng bản ghi, không dùng để công bố",
    "report.hidden": "ẩn",
    "report.merged": "gộp các số nhỏ",
    "note.small_cells": "Số người, số lượt, số vụ việc từ 1 đến dưới {least} được ẩn hoặc gộp, cùng với những số có thể dùng để suy ra chúng.",
    "error.no_file": "{path} không phải là tệp thường",
    "error.too_large": "{path} lớn hơn {limit} MB",
    "caution.count": "{message} ({count} bản ghi)",
    "caution.records": "{message}: số {ids}",
    "history.reveals": "Danh tính đã được xem",
    "history.revealed": "danvan {command}: {reason}",
}
