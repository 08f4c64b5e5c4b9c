"""Names in texts of denunciations where no capitals show them, and what people write there that only looks so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from office import Run, holds

from danvan.formatting.texts import plain
from danvan.messages import catalogue

# Texts that name somebody, and texts that name nobody; each is tried in small letters and in capitals.
NAMING = """
Nguyễn Văn An tố cáo trưởng thôn | Đơn của Nguyễn Thị Bích Ngọc về đất đai | Trần Văn Bình khiếu nại
Lê Thị Hoa tố cáo Chủ tịch xã | Phạm Minh Tuấn gửi đơn lần hai | Hoàng Đức Long tố cáo
Huỳnh Thị Mai yêu cầu giữ bí mật | Phan Thanh Hải đến lần thứ ba | Vũ Ngọc Anh tố cáo hiệu trưởng
Võ Thị Sáu tố cáo ban quản lý | Đặng Quang Huy gửi đơn | Bùi Xuân Hòa tố cáo | Đỗ Thị Lan rút đơn
Đỗ Minh Đức rút đơn | Hồ Văn Nam gửi đơn | Hồ Thị Thu tố cáo | Ngô Quốc Việt tố cáo | Dương Thị Yến gửi đơn
Lý Văn Sơn tố cáo | Đào Thị Thủy tố cáo | Đào Duy Anh gửi đơn | Đoàn Văn Hậu hỏi về đất | Vương Đình Khoa tố cáo
Trịnh Công Tâm gửi đơn | Trương Thị Hiền tố cáo | Đinh Văn Toàn gửi đơn | Lâm Thị Phương tố cáo
Phùng Văn Quân gửi đơn | Mai Thị Trang tố cáo | Mai Văn Phúc tố cáo | Tô Thị Hoa xin đất | Tạ Văn Dũng tố cáo
Hà Thị Bí tố cáo trưởng thôn | Hà Văn Bí tố cáo trưởng thôn | Cao Thị Hạnh tố cáo | Cao Minh Đức tố cáo
Lương Văn Tám tố cáo | Lương Thị Ngân gửi đơn | Lưu Đức Thắng tố cáo | Châu Thị Linh gửi đơn
Thái Văn Cường tố cáo | Quách Thị Oanh gửi đơn | Kiều Thị Nhung tố cáo | Nghiêm Xuân Trường gửi đơn
La Văn Hùng tố cáo | Lò Thị Em gửi đơn | Lò Văn Pành tố cáo | Quàng Văn Inh tố cáo | Hứa Thị Dung gửi đơn
Khuất Duy Tiến tố cáo | Thân Văn Hiếu gửi đơn | Mạc Thị Hương tố cáo | Bạch Văn Giang gửi đơn
Chu Văn Thành tố cáo | Nông Thị Nga gửi đơn | Triệu Thị Xuân tố cáo | Quan Văn Tám hỏi đất | Khu Văn Lợi tố cáo
Xa Thị Bình tố cáo | Bế Văn Đàn tố cáo | Nguyễn Hữu Phước tố cáo | Nguyễn Bá Ngọc tố cáo
Nguyễn Lê Minh An gửi đơn | Nguyễn Bảo Châu tố cáo | Trần Đại Nghĩa gửi đơn | Phạm Tuấn Kiệt gửi đơn
Công dân Nguyễn Văn Tám tố cáo cán bộ địa chính | Theo đơn của bà Trần Thị Ngọc Ánh ở thôn 2
Ông Lê Văn Luyện ở tổ 3 tố cáo | Người tố cáo: Phạm Thị Hồng | Người tố cáo là Nguyễn Đình Chiến
Nhập nhầm tên Nguyễn Văn Kín | Nhầm với đơn của Lê Thị Mơ | Trùng đơn của Hoàng Thị Tuyết
Người tố cáo trần quốc tuấn trú tại xóm 3 | Người gửi Lê Minh Hải | Người tố cáo: Phan Đăng Lưu
Phạm Minh Chính gửi đơn | Người đứng đơn: Lê Hoa | Người làm đơn Trần Bình, thôn 2 | Họ và tên: Phan Thanh Cúc
Người nộp đơn là Võ Quốc Tuân | chị Hoa ở tổ 5 tố cáo tổ trưởng | bà Thơm trú ở xóm 3 gửi đơn | Đơn của Đỗ Bích Diệp
Gặp Bùi Thị Nhàn ngày 26/12 | Tố cáo trưởng thôn Nguyễn Văn Tám nhận tiền | Tố cáo Chủ tịch UBND xã Nguyễn Văn Tám
"""
OTHERS = """
Khiếu nại về đất đai | Khiếu nại quyết định thu hồi đất của UBND phường | Tố cáo cán bộ phường nhận tiền của dân
Tố cáo trưởng thôn thu tiền trái quy định | Tố cáo Chủ tịch UBND xã buông lỏng quản lý đất đai
Tố cáo Ban Quản lý chợ thu phí không có hóa đơn | UBND phường Láng Hạ chậm giải quyết đơn
UBND phường Lê Đại Hành không trả lời đơn | UBND quận Ba Đình đã chuyển đơn
Đề nghị xem xét lại giá đền bù giải phóng mặt bằng | Đề nghị cấp giấy chứng nhận quyền sử dụng đất
Kiến nghị về môi trường ở bãi rác Nam Sơn | Phản ánh đường Trần Hưng Đạo bị ngập
Phản ánh đường Nguyễn Trãi ùn tắc | Phản ánh phố Lê Văn Lương đào đường
Phản ánh ngõ 12 phố Nguyễn Văn Cừ mất vệ sinh | Đường Phạm Văn Đồng chưa có đèn chiếu sáng
Trần nhà văn hóa thôn bị dột | Trần nhà lớp học bị sập | Trần tình về việc nộp chậm hồ sơ
Phạm vi thu hồi đất không rõ ràng | Phạm luật giao thông mà không bị xử lý | Vi phạm trật tự xây dựng ở tổ 5
Vi phạm pháp luật về đất đai của cán bộ địa chính | Vi phạm quy định về quản lý tài chính
Hồ sơ xin cấp sổ đỏ bị trả lại nhiều lần | Hồ sơ thiếu chữ ký của các hộ | Hồ nước của thôn bị lấp
Hồ Tây bị ô nhiễm, cá chết nhiều | Hồ công cộng bị lấn chiếm | Ao hồ trong khu dân cư bị ô nhiễm
Đỗ xe trái phép trên vỉa hè | Đỗ xe công vụ trước nhà dân | Đỗ xe thu phí trái phép
Đoàn thanh tra làm việc không khách quan | Đoàn kiểm tra công vụ nhận quà của dân
Đoàn công tác của huyện không đến | Đoàn thanh niên xã sử dụng quỹ sai mục đích | Đoàn văn công biểu diễn gây ồn
Đoàn văn hóa văn nghệ của phường | Đoàn đông người đến khiếu nại về đền bù | Đào đường làm hỏng nhà dân
Đào đất trái phép ban đêm | Đào ao nuôi cá trên đất lúa | Cao tốc qua xã làm mất đường dân sinh
Cao điểm kiểm tra trật tự đô thị | Giá đền bù quá cao so với quy định | Nhà cao tầng xây không phép
Cao thị trường, thấp bảng giá đất | Mai táng phí chưa được chi trả | Mai công an xã mời lên làm việc
Thái độ phục vụ của bộ phận một cửa | Thái độ thiếu văn minh của cán bộ | Lương hưu bị cắt không rõ lý do
Lương giáo viên mầm non chậm chi trả | Lương công nhân công ty chưa trả | Lương thị trường thấp
Lưu thông trên đường liên xã khó khăn | Lưu đơn, không đủ điều kiện thụ lý | Lưu hồng cầu
Lý do bị từ chối không được nêu rõ | Lý lịch đảng viên khai không đúng | Quản lý thị trường tịch thu hàng
Quản lý đô thị cưỡng chế không thông báo | Quản lý văn hóa buông lỏng karaoke
Chủ trương quốc gia về nông thôn mới | Chủ trương thu hồi đất không được công khai
Dương tính với chất cấm trong lò mổ | Hoàng hôn mới có nước sinh hoạt | Hoàng thành Thăng Long mở cửa muộn
Vũ trường gây ồn sau 23 giờ | Vũ lực đe dọa người dân | Cán bộ dùng vũ lực khi cưỡng chế
Võ đường hoạt động không phép | Võ thuật dạy ngoài công viên gây ồn | Ngô khoai của dân bị phá khi giải tỏa
Trồng ngô trên đất công | Ngô đình cũ bị phá dỡ | Lâm sản bị khai thác trái phép | Lâm trường lấn đất của dân
Đất lâm nghiệp bị chuyển mục đích | Tạ thanh toán chậm | Tô vẽ sai lệch báo cáo | Hà Nội chưa giải quyết
Thành ủy Hà Nội chuyển đơn | Châu chấu phá lúa | Kiều bào hỏi về quốc tịch | Kiều hối gửi về bị giữ
La hét gây rối trật tự công cộng | Nghiêm cấm đổ rác mà vẫn đổ | Nghiêm minh xử lý cán bộ sai phạm
Đề nghị xử lý nghiêm minh, công khai | Nông thôn mới thu tiền quá sức dân | Nông thị trấn bị thu hồi đất
Chu kỳ thu tiền điện không đúng | Thị trấn thu phí vệ sinh hai lần | Thị trường đất đai không minh bạch
Thị xã chưa trả lời | Đô thị hóa làm ngập ruộng | Đô thị văn minh chưa được thực hiện | Nếp sống văn minh đô thị
Đăng ký mô hình văn hóa văn nghệ | Văn phòng đăng ký đất đai trả hồ sơ chậm | Văn bản trả lời không đúng nội dung
Văn thư phường làm mất đơn | Công an phường Đội Cấn lập biên bản sai | Công an xã đánh người
Công chức địa chính nhũng nhiễu | Công chức tư pháp sách nhiễu khi chứng thực | Công ty xây dựng làm nứt nhà dân
Công khai tài chính của thôn không đầy đủ | Công tác giải phóng mặt bằng thiếu minh bạch
Minh bạch thu chi quỹ khuyến học | Quang cảnh ồn ào trước trụ sở | Thanh tra xây dựng bao che vi phạm
Thanh toán tiền đền bù chậm | Xuân này vẫn chưa có điện | Hữu quan không phối hợp
Đức tính của cán bộ không gương mẫu | Đình làng bị lấn chiếm | Ngọc phả đình làng bị mất
Hồng lâu nhà hàng gây ồn | Kim loại nặng trong nước giếng | Thu tiền học thêm trái quy định
Thu hồi đất không có quyết định | Trường tiểu học thu tiền sai | Trường THCS Nguyễn Du thu tiền sai quy định
Trường mầm non Hoa Mai nhận trẻ không phép | Hiệu trưởng trường tiểu học lạm thu | Nhà trường ép học thêm
Bệnh viện đa khoa từ chối bảo hiểm | Trạm y tế phường đóng cửa giờ hành chính
Tổ trưởng tổ dân phố ăn chặn tiền hỗ trợ | Tổ dân phố 3 phường Hai Bà Trưng | Phường Hai Bà Trưng chuyển đơn
Bà con nhân dân hỏi về đất | Một số hộ dân thôn Đoài khiếu nại | Các hộ tiểu thương chợ Đồng Xuân phản đối di dời
Cử tri phường Láng Thượng kiến nghị | Người dân khu tập thể Thành Công hỏi về cải tạo chung cư
Cư dân chung cư tố cáo ban quản trị | Ban quản trị chung cư chi sai quỹ bảo trì | Chủ đầu tư không bàn giao hồ sơ
Chủ tịch xã ký hồ sơ đất sai thẩm quyền | Phó Chủ tịch xã bao che vi phạm | Bí thư chi bộ lạm dụng quyền hạn
Kế toán xã chi khống | Thủ quỹ hợp tác xã tham ô | Hợp tác xã nông nghiệp không chia lãi
Giám đốc doanh nghiệp nợ bảo hiểm xã hội | Đội quản lý trật tự xây dựng nhận hối lộ
Đội trưởng đội thuế đe dọa hộ kinh doanh | Chi cục thuế tính sai tiền thuê đất | Kiểm lâm bao che phá rừng
Cảnh sát giao thông nhận tiền | Tòa án xử không đúng, đề nghị xem xét | Viện kiểm sát chưa trả lời
Thi hành án kê biên sai | Nhập nhầm, trùng với đơn số 15 | Nhập trùng hai lần | Ghi nhầm loại đơn
Ghi nhầm ngày tiếp | Ghi nhầm lĩnh vực, đã sửa | Đơn không thuộc thẩm quyền | Đơn nặc danh, không xử lý
Rút đơn ngày 26/12/2023 | Theo công văn số 15 của Ban Dân vận | Theo Nghị định 13 về dữ liệu cá nhân
Theo Luật Tố cáo năm 2018 | Theo yêu cầu của công dân | Theo kết luận của Ủy ban Kiểm tra
Đã chuyển Công an thành phố | Đã chuyển Thanh tra tỉnh | Đã hướng dẫn gửi đơn đúng nơi
Chuyển đơn đến Sở Tài nguyên và Môi trường | Chờ ý kiến của Ban Thường vụ | Chờ xác minh của đoàn liên ngành
Cần xác minh thêm ở địa bàn | Giải quyết theo Quyết định số 20 của Hà Nội
Học tập và làm theo tư tưởng Hồ Chí Minh | Công viên Hồ Chí Minh bị lấn chiếm
Đường Hồ Chí Minh qua xã làm hỏng mương | Khu đô thị Nam Trung Yên mất nước | Khu công nghiệp xả thải ra sông
Cầu Long Biên xuống cấp | Chợ tạm họp lấn đường | Chùa làng bị xâm hại | Nghĩa trang thôn hết chỗ
Bãi cát ven sông khai thác đêm | Mỏ đá nổ mìn làm nứt nhà | Trại lợn gây ô nhiễm | Lò gạch xả khói
Nhà máy xi măng xả bụi | Điện lực cắt điện không báo | Nước sạch chưa về thôn | Internet công cộng không dùng được
Hỗ trợ tiền điện hộ nghèo | Bình xét hộ nghèo không công bằng | Chế độ cho thanh niên xung phong
Chế độ chất độc da cam cho người có công | Truy tặng danh hiệu Bà mẹ Việt Nam anh hùng
Trợ cấp mai táng phí cho cựu chiến binh | Bảo hiểm y tế hết hạn | Đền bù cây cao su, cây cà phê
Đền bù hoa màu trên đất bãi | Tái định cư chưa có hạ tầng | Ranh giới đất giữa hai hộ | Lối đi chung bị bịt
Lấn chiếm hành lang giao thông | Lấn chiếm đất công ven hồ | Xây dựng sai phép ở tổ 7
Xây nhà trên đất nông nghiệp | Chia tách thửa trái phép | Đo đạc sai diện tích
Bốc thăm đất tái định cư thiếu công khai | Lập khống danh sách nhận hỗ trợ | Khai man tuổi Đảng
Dùng bằng giả để bổ nhiệm | Bổ nhiệm người nhà vào cơ quan | Chạy chức, chạy quyền | Nhận hối lộ khi tuyển dụng
Sinh con thứ ba nhưng không bị kỷ luật | Quan hệ bất chính, vi phạm đạo đức | Uống rượu trong giờ làm việc
Gây phiền hà cho doanh nghiệp | Đe dọa người tố cáo | Trù dập người khiếu nại | Lộ thông tin người tố cáo
Họp dân không có biên bản | Bầu trưởng thôn không đúng quy trình | Thu quỹ an ninh trật tự hai lần
Quỹ vì người nghèo không công khai | Tiền cứu trợ bão lụt bị ăn chặn | Quà Tết cho hộ nghèo phát thiếu
Phí rác thải tăng gấp đôi | Đò ngang không có áo phao | Xe quá tải phá đường liên thôn | Karaoke gây ồn sau 22 giờ
Chó thả rông cắn người | Cây xanh đổ đè nhà dân | Cống thoát nước bị tắc | Đèn đường hỏng nhiều tháng
Trạm biến áp đặt sát nhà dân | Cột phát sóng đặt trên mái nhà | Đề án sáp nhập xã lấy ý kiến hình thức
Tên xã mới sau sáp nhập chưa hợp lòng dân | Cán bộ không chuyên trách nghỉ việc chưa được hỗ trợ
Giáo viên hợp đồng bị cắt hợp đồng | Hội người cao tuổi chi sai quỹ | Hội nông dân thu hội phí cao
Hội phụ nữ cho vay không đúng đối tượng | Mặt trận phường giám sát hình thức
Ban Thanh tra nhân dân không hoạt động | Ban Dân vận đã nghe và hướng dẫn | Trần Phú là đường một chiều
Phường Trần Phú chưa lập biên bản | Phường Lê Hồng Phong chậm trả kết quả | Xã Võ Miếu thu tiền làm đường
Xã Đặng Xá bán đất trái thẩm quyền | Thôn Trần Xá khiếu nại việc chia đất | Trịnh trọng tuyên bố rồi không làm
Đinh tán cầu treo bị rỉ | Bùi nhùi rác thải đốt gần trường | Phan rang đường sá hỏng
Đặng không được xem xét thì gửi tiếp | Tống tiền hộ kinh doanh | Từ chối tiếp vì không đủ giấy tờ
Từ tháng 3 chưa thu hồi | Ông Chủ tịch xã bao che | Bà Bí thư chi bộ không họp dân
Đồng chí Chủ tịch không tiếp dân | Gia đình chính sách chưa được hỗ trợ | Vợ chồng trưởng thôn chiếm đất công
Con trai Chủ tịch xã được giao đất | Hộ liền kề xây lấn | Nhóm công nhân đòi lương
Tập thể giáo viên trường mầm non | Đại diện các hộ dân tổ 3 | Người tố cáo giấu tên
Người bị tố cáo là cán bộ địa chính | Cấp giấy phép xây dựng chậm | Thủ tục hành chính rườm rà
Đề nghị thanh tra toàn diện dự án | Dự án khu dân cư mới chậm tiến độ | Đất của hợp tác xã cho thuê trái luật
Tranh chấp đất với tập đoàn Nam Cường | Cầu vượt Ngã Tư Sở kẹt xe | Chợ Hàng Da mới ế khách
Cao ốc văn phòng che nắng | Tiền công thợ không được trả | Mai thi công không báo trước
Khu công viên hồ điều hòa bị lấp | Hồ thủy lợi cạn nước | Hồ thủy điện xả lũ gây ngập
Lý trưởng làng xưa để lại đất | Cao su bị chặt phá | Cao nguyên thiếu nước
Đoàn đại biểu Quốc hội tiếp xúc cử tri | Đoàn đại biểu HĐND giám sát | Đoàn tiếp công dân tỉnh
Đoàn thể phường không hoạt động | Đoàn hải quan kiểm tra | Đoàn thanh niên tình nguyện xây cầu
Thái độ công an khi tiếp dân | Lương tâm nghề nghiệp của bác sĩ | Lương hợp đồng thấp | Lưu trữ hồ sơ không đúng
Lưu ban học sinh | Chu cấp cho con | An ninh trật tự chợ đêm | An sinh xã hội | An toàn thực phẩm
An toàn giao thông trường học | Hà đê bị sạt | Trang trại nuôi heo ô nhiễm | Trang thiết bị y tế hỏng
Tăng giá điện | Tăng học phí trái quy định | Tiêu cực trong thi tuyển | Tiêu chí nông thôn mới
Quan liêu, hách dịch | Quan tâm người có công | Quan trường nhũng nhiễu | Vi bằng lập sai
Ông công an khu vực đòi tiền | Ông Trưởng ban quản lý chợ | Từ thiện sai mục đích | Từ công ty chuyển sang
Hoa lan trồng ven đường bị nhổ | Hoa hồng môi giới không trả | Sơn tường nhà văn hóa | Danh sách hộ nghèo
Danh hiệu gia đình văn hóa | Tô hồng báo cáo thành tích | Đàm phán giá đền bù | Triệu tập công dân không lý do
Triệu hồi sản phẩm | Ứng tiền công quỹ | Thân nhân liệt sĩ | Thân thế người nhận trợ cấp | Kim ngạch thu hộ
Khu Nam Thăng Long ngập | Khu tái định cư Tân Phú | Khu đường Đại Cồ Việt | Lâm nghiệp trồng thuần loài
Phí thị trường | Phí công chứng cao | Phí thanh toán điện | La liệt xe bán hàng rong | Lại thu tiền lần hai
Lại minh oan | Lê thê chờ đợi | Trần gian khổ vì bụi | Đỗ đại học mà không được trợ cấp | Đỗ tiến sĩ giả
Đặng hành chính hóa | Bùi đất bay mù | Vũ khí tự chế | Vũ công biểu diễn phản cảm | Võ quốc gia tập luyện gây ồn
Hoàng gia resort lấn biển | Hoàng anh gia lai nợ thuế | Phan đăng ký muộn | Phùng hưng đường bị ngập
Đinh ninh là được đền bù | Trương bảng quảng cáo sai phép | Biển quảng cáo trương thái quá
Chủ trương đại đoàn kết | Hồ đại thủy nông | Hồ Thành Công bị ô nhiễm | Công viên Thống Nhất thu vé
Chung cư Hoàng Anh mất nước | Chung cư Phú Mỹ Hưng tăng phí | Công ty Hoàng Long nợ lương | Công ty TNHH Đức Thành
Xe khách Hoàng Long phóng nhanh | Bệnh viện Hồng Ngọc thu sai
"""
# What people denounce in the words of the trade, and places that are called after people, with and without their kind.
TRADE = """
Tố cáo vi phạm an toàn giao thông | Vi phạm an toàn thực phẩm tại bếp ăn | Vi phạm tài chính tại trường mầm non
Tố cáo công ty vi phạm hợp đồng lao động | Vi phạm quyền sở hữu | Vi phạm định mức biên chế | Vi phạm lợi ích người dân
Vi phạm bình đẳng giới | Vi phạm tính mạng người khác | Vi phạm học tập nghị quyết | Vi phạm tiến độ dự án
Vi phạm chi tiêu ngân sách | Vi phạm nguyên tắc tập trung dân chủ | Tố cáo vi phạm đình chùa | Xâm phạm đình làng
Tố cáo tội phạm công nghệ cao | Tố cáo hành vi xâm phạm đời tư | Tái phạm nhiều lần | Sai phạm tài chính kéo dài
Khu hoàng thành bị xâm hại | Khu hồng hà | Khu thanh xuân bắc | Khu thị tứ lấn đất | Sơn hải trường học kém chất lượng
Trường Phan Đình Phùng dạy thêm | Trường Tiểu học Lê Văn Tám thu sai | Trường THPT chuyên Lê Hồng Phong lạm thu
Lãnh đạo Bệnh viện Phạm Ngọc Thạch | Bệnh viện đa khoa Hoàng Quốc Việt | Khu đô thị Nguyễn Văn Cừ mất nước
Khu tập thể Bùi Thị Xuân xuống cấp | Công viên Lý Tự Trọng thu vé | Trung tâm tiếng Anh Thành Đạt lừa đảo
Trung tâm Nguyễn Văn Trỗi | Tố cáo việc tại 17 Nguyễn Thái Học | Xây dựng tại số 5 Đặng Văn Ngữ sai phép
Nhà số 12A/3 Nguyễn Văn Linh lấn ngõ | Ngõ 25 Lê Thanh Nghị bị lấn chiếm | Ngõ 44 phố Trần Thái Tông
Đại lộ Nguyễn Văn Linh ùn tắc | Vỉa hè đường Hoàng Văn Thụ | Dự án đường Phạm Văn Đồng kéo dài
Công ty TNHH Hoàng Đức Minh nợ lương | Doanh nghiệp Trần Minh Đức trốn thuế | Tượng đài Trần Hưng Đạo xuống cấp
Tố cáo công trình sai phép tại Hoàng Văn Thụ | UBND phường Bùi Thị Xuân không giải quyết đơn | Thôn Nguyễn Văn Tám
Cán bộ địa chính phường Hoàng Văn Thụ vòi tiền | Công an phường Võ Thị Sáu bao che | Quận Hai Bà Trưng chậm trả lời
Ông địa chính xã nhận tiền | Ông hàng xóm lấn đất | Bà hội trưởng phụ nữ | Ông Hạt trưởng Hạt Kiểm lâm bao che
Ông Đại úy công an | Bà Chánh Văn phòng | Người đàn ông lạ mặt | Núi Bà Đen bị đào | Khu Bà Triệu mất nước
Đe dọa người tố cáo, đoàn kiểm tra không xử lý | Lộ danh tính người tố cáo cho cán bộ xã
Người gửi không ghi địa chỉ | Người tố cáo đề nghị giữ bí mật | Người tố cáo vũ lực | Người tố cáo trần tình
Người đứng đơn không đến | Họ và tên giấu kín | Đơn của cao niên trong thôn | Đơn của đoàn thanh niên
Người nộp đơn là hội viên | Kính gửi Đoàn đại biểu | Bà bí thư ở thôn | Anh hùng ở xã được tặng đất
Anh linh ở nghĩa trang | Cụ thể ở thôn 3 có sai phạm | Cô giáo ở trường tố cáo | Tố cáo hồ thanh bình bị lấp
Chú trọng đến an toàn | Hộ dân ở thôn 2 tố cáo | Cô chủ nhiệm gửi | Quận Hoàng Mai chưa trả lời
Đường Võ Nguyên Giáp ngập
Học tập tấm gương Bác Hồ | Lãnh đạo huyện Anh Sơn | Nguyên trưởng thôn chiếm đất | Trần văn phòng bị dột
"""
CASES = [str, str.lower, str.upper]
WARNING = catalogue("en")["problem.person_in_text"]


def _sentences(text: str) -> list[str]:
    return [one.strip() for line in text.strip().splitlines() for one in line.split("|")]


def _imported(run: Run, texts: list[str], unit: str = "") -> str:
    rows = "".join(
        f'{1 + place % 28}/3/2023,regular,denunciation,"{text}","{unit}"\n' for place, text in enumerate(texts)
    )
    (run.home / "a.csv").write_text(f"date,mode,category,summary,unit\n{rows}", "utf-8")
    return run("import", run.home / "a.csv", "--kind", "receptions").err


@pytest.mark.parametrize("spelled", CASES)
def test_a_name_of_three_words_is_seen_in_any_letters(run: Run, spelled: Callable[[str], str]) -> None:
    texts = [*map(spelled, _sentences(NAMING))]
    assert f"{WARNING} ({len(texts)} records)" in _imported(run, texts)


@pytest.mark.parametrize("spelled", CASES)
def test_what_begins_like_a_surname_is_no_name(run: Run, spelled: Callable[[str], str]) -> None:
    texts = [*map(spelled, _sentences(OTHERS))]
    assert len(texts) > 300
    assert WARNING not in _imported(run, texts)


@pytest.mark.parametrize("spelled", [*CASES, plain])
def test_neither_the_words_of_the_trade_nor_places_are_people(run: Run, spelled: Callable[[str], str]) -> None:
    texts = [*map(spelled, _sentences(TRADE))]
    assert len(texts) > 60
    assert WARNING not in _imported(run, texts)
    assert WARNING not in run("check").out


# Of a unit that is called after somebody: who is named for sure, who perhaps is, and who is not, but the unit is.
UNIT = "Phường Hoàng Văn Thụ, Quận Bùi Thị Xuân"
FOR_SURE = [
    "Ông Hoàng Văn Thụ nhận tiền",
    "Phạm Văn Tám tố cáo trưởng thôn",
    "Bà Hoa tố cáo",
    "ông trần minh đức tố cáo",
]
PERHAPS = ["Chủ tịch UBND xã Nguyễn Văn Tám bao che", "Phạm Minh Tuấn gửi đơn", "Hồ Xuân Hương bị lấn", "bà Bí tố cáo"]
THE_UNIT = ["Sai phép, Hoàng Văn Thụ chưa xử lý", "Cán bộ Hoàng Văn Thụ vòi tiền", "Bùi Thị Xuân bao che"]


def test_what_is_told_of_a_text_for_ever_is_surer_than_what_is_asked_once(run: Run) -> None:
    texts = [*FOR_SURE, *PERHAPS, *THE_UNIT]
    asked = len(FOR_SURE) + len(PERHAPS)
    assert f"{WARNING} ({asked} records)" in _imported(run, texts, UNIT)
    told = run("check").out
    assert told.count(WARNING) == len(FOR_SURE)
    assert all(f"reception {number}: Summary" in told for number in range(1, len(FOR_SURE) + 1))
    notice = catalogue("en")["notice.texts_name"].split("{")[0]
    assert holds(run("export", "receptions", "--format", "json").err, notice)
    for number in range(1, len(FOR_SURE) + 1):
        run("erase", number, "--fields", "summary", "--reason", "bí mật", "--yes")
    assert WARNING not in run("check").out
    assert not holds(run("export", "receptions", "--format", "json").err, notice)


def test_a_fault_in_a_file_shows_ordinary_words_and_no_names(run: Run) -> None:
    shown, hidden = ["vi phạm an toàn", "VI PHẠM TÀI CHÍNH", "số 5 Đặng Văn Ngữ"], ["NGUYEN THI HOA", "lê văn kín"]
    rows = "".join(f"1/3/2023,regular,denunciation,{value}\n" for value in (*shown, *hidden))
    (run.home / "a.csv").write_text(f"date,mode,category,people\n{rows}", "utf-8")
    said = run("import", run.home / "a.csv", "--kind", "receptions", code=3).err
    assert all(value in said for value in shown)
    assert not any(value in said for value in hidden)


@pytest.mark.parametrize("spelled", CASES)
@pytest.mark.parametrize(
    ("text", "reason", "code"),
    [
        ("gặp nguyễn văn tám ở thôn 2", "ghi nhầm tên nguyễn văn tám", 2),
        ("gặp nguyễn văn tám ở thôn 2", "theo ý ông Tám", 2),
        ("gặp lê thị bích ngọc", "theo ý bà Ngọc", 2),
        ("đỗ xe trái phép trên vỉa hè", "đỗ xe trái phép trên vỉa hè", 0),
        ("vi phạm quy định về quản lý văn hóa", "vi phạm quy định về quản lý văn hóa", 0),
    ],
)
def test_a_reason_repeats_no_such_name_of_the_texts_that_it_erases(
    run: Run, text: str, reason: str, code: int, spelled: Callable[[str], str]
) -> None:
    run("add-reception", spelled(text), "--mode", "regular", "--category", "denunciation")
    run("erase", 1, "--reason", spelled(reason), "--yes", code=code)


@pytest.mark.parametrize("spelled", CASES)
def test_a_reason_to_void_a_denunciation_is_looked_at_alike(run: Run, spelled: Callable[[str], str]) -> None:
    run("add-reception", "Nhận tiền của dân", "--mode", "regular", "--category", "denunciation")
    reason = spelled("theo ý của lê minh tuấn")
    assert WARNING in run("void", 1, "--reason", reason, "--strict", code=1).err
    assert WARNING not in run("void", 1, "--reason", spelled("thu tiền trái quy định")).err
