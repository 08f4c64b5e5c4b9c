"""Trang hướng dẫn man: các đề mục, biến môi trường, mã kết thúc."""

ENTRIES = {
    "example.man": "danvan man -o danvan.1\ndanvan man | man -l -",
    "man.name": "TÊN",
    "man.about": "sổ theo dõi và báo cáo năm công tác dân vận",
    "man.synopsis": "CÁCH GỌI",
    "man.description": "MÔ TẢ",
    "man.commands": "CÁC LỆNH",
    "man.environment": "BIẾN MÔI TRƯỜNG",
    "man.variable.DANVAN_DB": "tệp sổ, thay cho tệp trong thư mục dữ liệu của người dùng",
    "man.variable.DANVAN_LANG": "ngôn ngữ: vi hoặc en",
    "man.variable.DANVAN_TODAY": "ngày lấy làm hôm nay",
    "man.variable.NO_COLOR": "nếu được đặt thì không tô màu",
    "man.exit": "MÃ KẾT THÚC",
    "man.exit.0": "xong",
    "man.exit.1": "bị từ chối, hoặc không có thứ được nêu",
    "man.exit.2": "không hiểu được lệnh hoặc một giá trị trong lệnh",
    "man.exit.3": "dữ liệu có lỗi",
    "man.exit.4": "sổ đang bị tiến trình khác giữ",
    "man.exit.5": "sổ hỏng, có định dạng mới hơn, hoặc không phải sổ",
    "man.exit.6": "lỗi đĩa hoặc tệp",
    "man.exit.130": "bị dừng",
}
