"""What commands answer, and notices on the register file."""

ENTRIES = {
    "added.single": "Đã ghi {kind} số {id}: {what}",
    "added.aggregate": "Đã ghi {kind} số {id} ({form} {first} – {last}): {what}",
    "query.empty": "Không có bản ghi nào phù hợp. Thử bỏ bớt điều kiện (--year, --unit).",
    "query.shown": "hiện {shown}/{total} bản ghi",
    "query.limit": "thêm --limit {total} để xem tất cả",
    "query.totals": "Tổng",
    "query.narrow": "Cửa sổ hẹp, không hiện các cột: {columns}. Mở rộng cửa sổ hoặc dùng --format csv.",
    "demo.what": "Bản thử: số liệu năm 2023 của Hà Nội theo Chinhphu.vn ngày 26/12/2023, số nền năm 2022 tính ngược từ “giảm 5,7%”. Sổ thử: {path}",
    "demo.next": "Sổ của bạn chưa bị đụng tới. Lệnh tiếp theo: danvan receptions --db {path}",
    "demo.note": "Chinhphu.vn 26/12/2023, “Đổi mới công tác dân vận theo hướng sâu sát cơ sở”",
    "demo.note_base": "Số nền suy ra từ “giảm 5,7%” của Chinhphu.vn 26/12/2023; không phải số đã công bố",
    "demo.note_over": "Chinhphu.vn 26/12/2023: “trên 13.660 mô hình”",
    "notice.torn": "Sổ {path} bị ghi dở ({dropped} byte cuối); phần dở được bỏ, mọi bản ghi đã báo là ghi xong vẫn còn.",
    "notice.edited": "Sổ {path} đã bị một chương trình khác sửa; danvan đọc được và dùng tiếp.",
    "notice.waiting": "Một cửa sổ khác đang ghi sổ {path}; đang chờ …",
    "notice.encoding": "Cửa sổ này không hiện được tiếng Việt; trên Windows gõ: chcp 65001",
}
