"""The words of plans: what is counted, who carries things out, what is done. Only lists; no rules.

The lists are of the genre (plans of the Youth Union), not of one document. They are compared without diacritics.
"""

from plans.vietnamese.phrases import phrases

# Bodies of the organisation and places: their percentage is a share of carriers.
BODIES = phrases(
    "chi đoàn cơ sở,chi đoàn,chidoan,đoàn cơ sở,cơ sở đoàn,tổ chức cơ sở đoàn,cơ sở đoàn hội,cơ sở hội,"
    "cơ sở đội,cơ sở,chi hội,liên chi hội,liên chi đoàn,liên đội,chi đội,đoàn trường,đoàn xã,đoàn phường,"
    "đoàn thị trấn,đoàn cấp xã,đoàn cấp huyện,đoàn cấp tỉnh,đoàn khối,đoàn trực thuộc,đơn vị trực thuộc,đơn vị,"
    "huyện đoàn,quận đoàn,thị đoàn,thành đoàn,tỉnh đoàn,tỉnh thành đoàn,cấp bộ đoàn,cấp bộ hội,tổ chức đoàn,"
    "tổ chức hội,tổ chức đội,ban chấp hành,ban thường vụ,huyện thị thành đoàn,đoàn khoa,xã đoàn,phường đoàn,"
    "huyện,quận,xã,phường,thị trấn,thị xã,trường,trường học,nhà trường,cơ quan,doanh nghiệp,câu lạc bộ,clb,"
    "đội hình,địa phương,thôn,bản,ấp,buôn,khóm,khu phố,tổ dân phố,khu dân cư,địa bàn dân cư,đoàn bộ phận,"
    "phân đoàn,đoàn thanh niên,hội đồng đội,hội liên hiệp thanh niên,hội sinh viên,cấp cơ sở,đảng bộ,cấp ủy,"
    "khối thi đua,cụm thi đua,khối,cụm,lớp,tổ,đoàn cơ quan,đoàn doanh nghiệp,nghiệp đoàn,công đoàn,phòng,ban,"
    "đoàn,hội,thành phố,tỉnh,khu vực,điểm trường,nhà văn hóa,nhà thiếu nhi,thị,thành,bch đoàn,btv đoàn,"
    "đoàn cấp trên,tổ chức cơ sở,chi bộ,trung tâm,khoa,công ty,xí nghiệp,hợp tác xã,tổ hợp tác,cấp huyện,"
    "cấp xã,cấp tỉnh,bí thư đoàn"
)
BLOCS = phrases("khối thi đua,cụm thi đua,khối trực thuộc,cụm hoạt động,cụm khối thi đua,khối cụm thi đua,khối,cụm")
# People: their percentage is a ratio.
PEOPLE = phrases(
    "cán bộ đoàn,cán bộ hội,cán bộ đội,cán bộ,đoàn viên,hội viên,đội viên,thanh niên,thanh thiếu niên,"
    "thanh thiếu nhi,thiếu nhi,thiếu niên,nhi đồng,học sinh,sinh viên,học viên,đảng viên,công chức,viên chức,"
    "người,người dân,người lao động,công nhân,đvtn,đoanvien,chiến sĩ,chiến sỹ,tân binh,bí thư,phó bí thư,"
    "ủy viên,giáo viên,giảng viên,em,cháu,trẻ em,hộ,gia đình,hộ gia đình,hộ nghèo,đồng chí,tình nguyện viên,"
    "thành viên,nhân dân,tổng phụ trách,tổng phụ trách đội,báo cáo viên,người có uy tín,đối tượng,ứng viên,"
    "đại biểu,cựu thanh niên xung phong,mẹ việt nam anh hùng,cháu ngoan,lực lượng,quân nhân,cán bộ chiến sĩ,"
    "cán bộ công chức,giáo viên trẻ,cán bộ chủ chốt,quần chúng,hội viên thanh niên,thanh niên công nhân,hs,sv,"
    "hssv,cb,đv,tn"
)
# Events and works that a body does itself; the words behind them tell which, verbs among them.
WORKS = phrases(
    "hoạt động,hoạt động tình nguyện,chương trình,mô hình,lớp,lớp tập huấn,lớp học,khóa,khoá,khóa tập huấn,đợt,"
    "buổi,cuộc,cuộc thi,hội thi,hội nghị,hội thảo,hội trại,hội thao,hội diễn,hội khỏe,hội chợ,hội báo,diễn đàn,"
    "tọa đàm,toạ đàm,liên hoan,chuyên đề,chuyến,công trình,công trình phần việc,phần việc,việc tốt,"
    "việc làm tốt,việc,đội hình,đội,giải đấu,giải thi đấu,giải bóng đá,hành trình,chiến dịch,ngày hội,"
    "ngày cao điểm,ngày chủ nhật,ngày chủ nhật xanh,ngày thứ bảy,ngày thứ bảy tình nguyện,ngày ra quân,ngày,"
    "tuần lễ,lễ,đêm,cuộc vận động,phong trào,câu lạc bộ,clb,tổ hợp tác,hợp tác xã,dự án,đề án,đề tài,sáng kiến,"
    "ý tưởng,sản phẩm,hình thức,sân chơi,phiên,phiên tòa,tour,đoàn kiểm tra,đoàn giám sát,cuộc kiểm tra,"
    "cuộc giám sát,lần,đợt kiểm tra,lớp bồi dưỡng,khóa bồi dưỡng,tập huấn,đối thoại,gặp mặt,giao lưu,sinh hoạt,"
    "điểm,nhóm,tổ,phòng,website,trang,bản tin,phóng sự,video,clip,mô hình kinh tế,kỳ sinh hoạt,tiết học,tiết dạy,"
    "đội tuyển,tiết mục,trò chơi,mô hình điểm"
)
# Other things that plans count. The first syllables suffice where nothing else begins so.
THINGS = phrases(
    "cây,cây xanh,cây ăn quả,cây giống,đơn vị máu,suất,suất quà,suất học bổng,học bổng,phần quà,quà,phần,nhà,"
    "căn nhà,ngôi nhà,căn,ngôi,mái ấm,nhà tạm,nhà nhân ái,nhà tình nghĩa,tuyến,tuyến đường,tuyến phố,đường,"
    "con đường,đoạn đường,km,m,mét,mét vuông,mét khối,m2,m3,km2,m²,m³,kg,kilôgam,tấn,tạ,ha,hecta,héc ta,lít,"
    "khối,thùng,bộ,bộ sách,chiếc,cái,tấm,bài,bài viết,bài thu hoạch,tin bài,tin,cuốn,cuốn sách,quyển,đầu sách,"
    "sách,tủ sách,thư viện,đèn,bóng đèn,bóng,cột,cột cờ,lá cờ,bồn hoa,bồn,chậu hoa,giờ tình nguyện,ngày công,"
    "công,công lao động,cầu,cây cầu,giếng,bể nước,sân,sân bóng,khu,khu vui chơi,nhà vệ sinh,máy,máy tính,"
    "xe đạp,xe,điện thoại,sim,camera,bảng,biển,băng rôn,pa nô,áp phích,tờ rơi,bản,bản đồ,ghế,bàn,bộ bàn ghế,"
    "triệu đồng,tỷ đồng,tỉ đồng,đồng,nghìn đồng,ngàn đồng,vnđ,tài khoản,thẻ,mã,mã qr,fanpage,trang fanpage,"
    "nhóm zalo,kênh,ứng dụng,phần mềm,gương,gương điển hình,điển hình,cá nhân,tập thể,danh hiệu,tiểu phẩm,"
    "lượt người,lượt,lượt đoàn viên,lượt thanh niên,hộ,hộ dân,mẹ,thương binh,khoản,áo,áo ấm,bộ quần áo,mộ,"
    "phần mộ,nghĩa trang,địa chỉ đỏ,địa chỉ,cặp,đôi,cặp đôi,đám cưới,vườn,vườn ươm,vườn rau,ao cá,con,"
    "con giống,bò,tổ chức đoàn,tổ chức hội,tổ chức cơ sở đoàn,tiểu ban,tài liệu,sổ,sổ tiết kiệm,vốn,hạt,gói,"
    "hộp,chai,lon,túi,điểm truy cập,điểm đen,điểm vui chơi,điểm sinh hoạt,điểm trường,lớp học,phòng học,"
    "phòng máy,bức,bức tranh,tranh,cột mốc,hạng mục,phiếu,bức thư,thư,mẩu,kênh mương,mương,bữa ăn,bữa cơm,"
    "hình ảnh,ảnh,nghề,việc làm,thiết bị,bằng khen,giấy khen,sản phẩm ocop,cơ sở dữ liệu,trang thiết bị,"
    "dụng cụ,bảng hiệu,diện tích,mái nhà,cống,cổng chào,ca,ca khúc,địa điểm,hồ sơ,lá thư,cuộc gọi,"
    "giải pháp sáng tạo,giải pháp cải cách,giải pháp cải tiến,giải pháp hữu ích,giải pháp kỹ thuật,giải pháp số,"
    "giải pháp công nghệ,giải pháp chuyển đổi số,số báo,"
    "số tạp chí,số bản tin,số phát thanh,vụ,vụ việc,trường hợp,tai nạn,trụ,trụ đèn,khẩu hiệu,bích họa,quỹ,chỗ,"
    "suất cơm,sạp,gian hàng,loại,hội viên,xuất quà,giờ học,giờ học tốt,giờ dạy,giờ dạy tốt"
)
# Measures: their unit ends with the next word ("km đường", "tấn rác").
MEASURES = phrases("km,m,mét,m2,m3,km2,m²,m³,ha,hecta,tấn,tạ,kg,lít")
# Nouns before which a figure tells how a text is made, never what is to be reached.
OF_THE_TEXT = phrases(
    "chương trình mục tiêu quốc gia,chỉ tiêu,nội dung,nhiệm vụ,mục tiêu,tiêu chí,giải pháp,vấn đề,lĩnh vực,"
    "giai đoạn,bước,cấp,khâu,trọng tâm,"
    "mặt,nhóm chỉ tiêu,nhóm nhiệm vụ,nhóm giải pháp,nhóm nội dung,chương,điều,khoản,phụ lục,số,phương thức,"
    "nguyên tắc,đối tượng sau,tiêu chuẩn,nghị quyết,phong trào,chương trình đồng hành,phong trào hành động,"
    "nhóm quyền,quyền,"
    "đề án,kết luận,chỉ thị,luật,quan điểm,yêu cầu,chữ,từ,nhóm vấn đề,cuộc vận động"
)
# Of these, what is made or put to use is counted all the same.
COUNTED_ALL_THE_SAME = phrases(
    "giải pháp được,giải pháp áp dụng,giải pháp đề xuất,nội dung được số hóa,tiêu chí đạt chuẩn,yêu cầu được giải quyết"
)
# Verbs that begin what is done; they end the name of a population and of a thing counted.
DOINGS = phrases(
    "có,được,đạt,phải,thực hiện,triển khai,tổ chức,tham gia,xây dựng,hoàn thành,đăng ký,cập nhật,sử dụng,"
    "vận động,học tập,đồng loạt,hưởng ứng,ký,cam kết,chấp hành,nắm vững,nắm bắt,nắm được,nắm,biết,ra quân,"
    "thành lập,duy trì,sinh hoạt,tiến hành,bảo đảm,đảm bảo,đảm nhận,phát huy,tăng cường,cài đặt,khai thác,"
    "áp dụng,ứng dụng,hỗ trợ,giúp đỡ,giúp,nhận,giới thiệu,phấn đấu,tiếp tục,thường xuyên,ban hành,thiết lập,"
    "quản lý,không,đều,nộp,gửi,xếp loại,góp phần,góp ý,hiến,trao,trao tặng,tặng,thăm,thăm hỏi,trồng,trồng mới,"
    "sửa chữa,làm,phát động,kết nạp,bồi dưỡng,đào tạo,tuyên truyền,quán triệt,nghiên cứu,đề xuất,huy động,"
    "thu hút,tập hợp,phát triển,nâng cao,tư vấn,dạy nghề,giải quyết,kiểm tra,giám sát,khảo sát,đánh giá,"
    "công nhận,bình xét,tuyên dương,khen thưởng,đôn đốc,lập,mở,phụ trách,đồng hành,chăm sóc,khám,cấp phát,"
    "tiếp cận,tiếp nhận,truy cập,theo dõi,chia sẻ,đăng tải,chuyển đổi,xóa,xoá,bảo vệ,phòng chống,rèn luyện,"
    "vay vốn,trở thành,trở nên,tiến bộ,vươn lên,tái chế,thu gom,dọn vệ sinh,lắp đặt,thắp sáng,bê tông hóa,"
    "nạo vét,phát quang,tặng quà,phụng dưỡng,nhận phụng dưỡng,nhận đỡ đầu,đỡ đầu,kết nghĩa,ký kết,phối hợp,"
    "chủ trì,cử,chọn,lựa chọn,bầu,kiện toàn,củng cố,hoàn thiện,chuẩn bị,tổng kết,sơ kết,đạt danh hiệu,"
    "đạt chuẩn,giữ vững,lên,đi,đến,tìm hiểu,viết,vẽ,đọc,xem,nghe,tích cực,chủ động,gương mẫu,nghiêm túc,"
    "thi đua,tốt nghiệp,vi phạm,mắc,rơi vào,bỏ học,nghỉ học,đóng,thu,trích nộp,trưởng thành,thi,dự,dự thi,tự,"
    "tự học,ghi danh,triển lãm,trưng bày,đăng,nói,thoát nghèo,phân công,gắn biển,khánh thành,khởi công,"
    "bàn giao,lan tỏa,lấy ý kiến,hướng dẫn,vận hành,xây,xây mới,đủ,đủ điều kiện,đảm nhiệm,quyên góp,ủng hộ,"
    "tiết kiệm,cứu,chăm lo,tổ chức được,mở mới,bóc xóa,ra mắt,tư vấn hướng nghiệp,cảm hóa,giáo dục,hoạt động,"
    "quét,cải tạo,sửa,dọn,mua,dạy,đào,đắp,sơn,nuôi,nâng cấp,lắp,in,đưa,bố trí,khai giảng,tăng,giảm,số hóa,kích hoạt"
)
# Words that cannot begin the name of what is counted.
NO_UNIT = phrases(
    "và,hoặc,của,tại,ở,trong,ngoài,trên,dưới,cho,với,theo,để,do,từ,đến,tới,như,là,mà,thì,khi,nếu,vì,bởi,những,"
    "các,này,đó,kia,số,được,đạt,không,còn,sẽ,đã,đang,nhằm,gồm,bao gồm,trung ương,năm,tháng,quý,tuần,phút,giây,"
    "tuổi,h,thế kỷ,thập kỷ,tết,nhất,đầu,cuối,trước,sau,nữa,ương,trở lên,trở xuống,hằng,hàng,định kỳ,phấn đấu,"
    "tiếp tục,triển khai,tham gia,thực hiện,chủ đề,giờ,lên,so với,có,tiết kiệm,đúng"
)
# Prepositions and the like that end the name of what is counted.
LINKS = phrases(
    "cho,dài,rộng,tại,với,của,ở,vì,giữa,từ,nhằm,để,do,theo,đến,nhân,nhân dịp,trên,dưới,gồm,bao gồm,bằng,khi,là,"
    "gắn với,"
    "trong,trong đó,thuộc,trực thuộc,như,qua,thông qua,ứng,tương đương,trị giá,với tổng,năm,tháng,quý,trước,"
    "sau,trở lên,trở xuống,vào,ngoài,những,các,một số,hằng năm,hàng năm,hằng tháng,hàng tháng,hàng quý,"
    "hàng tuần,hằng tuần,hằng ngày,hàng ngày,định kỳ,phục vụ,chào mừng,kỷ niệm,hưởng ứng,hoặc,đầu tiên,cùng,"
    "đồng thời,đề nghị,so với,dịp,hiện có,đang,đã,sẽ,phấn đấu,tối thiểu,ít nhất,theo hướng,lần thứ,mỗi,cả,"
    "mỗi người,mỗi năm,mỗi tháng,lên"
)
# Pairs whose syllables look like a link or a verb once bare, and are none.
COMPOUNDS = phrases(
    "ưu tú,ngoại ngữ,ngoại khóa,ngoài trời,tự học,tự quản,tự nguyện,tư vấn,tự lập,từ thiện,tư tưởng,tủ sách,"
    "tài năng,tại chỗ,tài chính,tài nguyên,tài sản,đền ơn,đền bù,cung ứng,đề tài,ô tô,bằng khen,băng rôn,"
    "bảng hiệu,lá cờ,lá chắn,nhu yếu phẩm,nhân đạo,nhân ái,nhân dân,nhân lực,nhân cách,nhân thọ,nhận thức,"
    "nhân viên,đuối nước,quà tặng,giao thông,trọng tài,trọng tâm,trọng điểm,vi tính,đô thị,vệ sinh,về đích,"
    "theo chuyên đề,nam giới,cho vay,cửa biển,môi trường,đổi mới,mới kết nạp,đèn chiếu sáng,đèn năng lượng,"
    "đèn đường,đèn led,gốm sứ,đồ chơi,đồ dùng,cơ quan,cơ sở,cơ động,cơ giới,cơ khí,cổ phiếu,khí hậu,thư viện,"
    "thủ công,lâm nghiệp,lập trình,mồ côi,lên đoàn,hiến pháp,hiện đại,kỹ thuật,kỹ năng,ký ức,kỳ nghỉ,du lịch,"
    "dự án,việt nam,độc giả,nghệ thuật,nghề nghiệp,nội trú,đảng viên,đảng ủy,đảng bộ,thứ hai,đồng ruộng,"
    "đồng phục,đền thờ,thể thao,thể dục,trồng cây,di tích,di chúc,di sản,dân vụ,nông thôn mới,"
    "thanh niên công nhân,công nhân lao động,an toàn,văn nghệ,thiện nguyện,khởi nghiệp sáng tạo,"
    "hoàn cảnh khó khăn,trải nghiệm,hiến máu,đến trường,không gian,không dùng,tự phòng,biển đảo",
    exact=True,
)
# Levels at which a thing is counted once more: "40 công trình cấp xã, 02 cấp tỉnh".
LEVELS = phrases(
    "cấp tỉnh,cấp huyện,cấp xã,cấp trường,cấp cơ sở,cấp thành phố,cấp quận,cấp khoa,cấp bộ,cấp khối,cấp chi đoàn,"
    "cấp trung ương,cấp toàn quốc,cấp quốc gia,cấp quốc tế,cấp khu vực,cấp cụm,cấp phường,cấp đoàn khối,cấp lớp"
)
# Behind a numeral, the second half of a slogan or the name of an award: "3 chủ động", "5 tốt", "5 điều Bác Hồ dạy".
SLOGANS = phrases(
    "tốt,rèn luyện,trách nhiệm,chủ động,liên kết,xung kích,đồng hành,không,sẵn sàng,điều bác hồ dạy,"
    "điều bác hồ,điều bác dạy,nhất,biết,xây,chống,giảm,tăng,gọn,gương mẫu,tiên phong,yêu,sạch,an toàn,"
    "kiên định,thể,đúng,dám,tỉnh,hiện đại,giúp,chung,cùng,điều dạy,nhanh,rõ,có,xin,luôn,hóa,đề cao,tại chỗ,"
    "trước,thắng lợi,định,vững,cần,tiêu chuẩn công dân,tiết kiệm,đảm đang,khó,dễ,phải,cao,thật,dạy,sâu sát,"
    "trong"
)
