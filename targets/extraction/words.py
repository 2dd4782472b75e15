"""The words around a figure that speak for a target or against one. Only lists; ``choosing`` says how they are used."""

from plans.vietnamese.phrases import phrases

PAST = phrases(
    "đã đạt được,đã tổ chức,đã thực hiện,đã triển khai,đã có,đã trao,đã vận động,đã kết nạp,đã hỗ trợ,"
    "đã xây dựng,đã huy động,đã hoàn thành,đã tham gia,đã thu hút,đã giới thiệu,đã thành lập,đã đạt,đã tặng,"
    "đã ra quân,đã trồng,đã phát triển,đã được tổ chức,kết quả đã,năm qua,nhiệm kỳ qua,thời gian qua,"
    "năm học qua,kết quả đạt được,kết quả là,hiện toàn,tính đến nay,tính đến,"
    "tổng số hiện có,đã hiến,đã phối hợp,đã tiếp nhận,đã đảm nhận,đã sửa chữa,đã tư vấn,đã khám,đã thăm,đã cử,"
    "đã đăng ký được"
)
# What a body has now, where a figure stands behind it: not "các tuyến hiện có".
HAS_NOW = phrases("hiện có,hiện nay có,hiện đang có")
# Of the past where a clause opens with it; "so với năm trước" is none.
BEFORE_NOW = phrases(
    "năm trước,năm học trước,nhiệm kỳ trước,khóa trước,năm ngoái,năm vừa qua,năm học vừa qua,nhiệm kỳ vừa qua,"
    "quý trước,học kỳ trước,hè năm trước"
)
ONLY_SO_FAR = phrases("mới chỉ đạt,chỉ mới đạt,mới chỉ có,chỉ mới có")
# What is planned, behind what was: "…; năm nay tiếp tục …".
NOW = phrases("năm nay,năm học này,nhiệm kỳ này,năm học mới,năm tới,thời gian tới,tiếp tục,phấn đấu,sẽ")
PRIZES = phrases(
    "giải nhất,giải nhì,giải ba,giải tư,giải khuyến khích,giải đặc biệt,giải phụ,giải tập thể,giải cá nhân,"
    "giải a,giải b,giải c,giải toàn đoàn,giải xuất sắc,giải thưởng,giải triển vọng,giấy chứng nhận,"
    "trang giấy,trang a,điểm trừ,bản chính,bản sao,bản photo,đĩa cd,file,ảnh chân dung,câu hỏi,phần thi,"
    "vòng thi,đầu mối,người trở lên,cấp độ,hạng,tuần đầu,lần thi,bộ hồ sơ,người có"
)
# Who takes part in a contest or an examination: outside targets that is a rule of it.
CONTESTANTS = phrases("thí sinh")
# What bodies and teams are made up of; how many there are of them is laid down, not striven for.
POSTS = phrases(
    "ủy viên,uỷ viên,đội trưởng,đội phó,nhóm trưởng,nhóm phó,trưởng nhóm,tổ trưởng,tổ phó,trưởng đoàn,"
    "phó trưởng đoàn,phó đoàn,thư ký,thủ quỹ,trưởng ban,phó trưởng ban,chi ủy viên,giám khảo"
)
DELEGATES = phrases("đại biểu")
CONGRESSES = phrases("đại hội,triệu tập,bầu,bầu cử")
# As a unit by themselves: scores, rounds, copies. With a noun they are places ("điểm đen", "bản vùng cao").
ALONE = phrases("điểm,vòng,bản,trang,tiếng,bên,cấp độ,hạng")
PLACE_NAMES = phrases("xã,phường,thị trấn,huyện,quận,thị xã,thành phố,tỉnh,thôn,bản,ấp,khu phố,địa phương,khu vực")
HANDS_IN = phrases("gửi,nộp")
GOT = phrases("được")
HAS = phrases("có,hiện có,gồm có")
OFTEN_BEFORE_A_BODY = phrases("đối với,với,những,các,ở,tại,riêng,cho,nơi")
THROUGH = phrases("qua,thông qua")
CHANGES = phrases("tăng,giảm,tăng thêm,giảm xuống,tăng lên")
NONE_OF = phrases("không có,không để có,không còn,không để xảy ra,không xảy ra")
# How points are given, also among targets.
SCORING = phrases("chấm điểm,tính điểm,điểm cộng,điểm trừ,cộng điểm,trừ điểm,điểm thưởng,thang điểm,biểu điểm")
POINTS = phrases("điểm")
GIVES_POINTS = phrases("cộng,trừ,tính,được tính,thưởng,cộng thêm,trừ đi,không quá,tối đa")
MONEY = phrases("đồng,triệu đồng,tỷ đồng,tỉ đồng,nghìn đồng,ngàn đồng,vnđ,đ")
WORTH = phrases(
    "trị giá,giá trị,mức,mỗi suất,mỗi phần,mỗi phần quà,mỗi suất quà,mỗi suất học bổng,mỗi căn,mỗi căn nhà,"
    "số tiền,lệ phí,thưởng,tiền thưởng,định mức,mức hỗ trợ,kinh phí,mỗi giải,giá,mỗi người,mức thu,mức đóng,"
    "tiền mặt,suất,kinh phí hỗ trợ,được hỗ trợ,được nhận,được cấp,được thưởng,thu nhập,doanh thu,mỗi nhà,mỗi hộ,mỗi em"
)
TOTAL = phrases(
    "tổng trị giá,tổng giá trị,tổng kinh phí,tổng số tiền,tổng nguồn lực,tổng mức,vận động,huy động,quyên góp,"
    "ủng hộ,tiết kiệm"
)
RATE_OF_ONE = phrases("suất,phần,căn,người,giải,quà,nhà,em,hộ,bộ,cái,chiếc,căn nhà,suất quà,người dân,năm")
# A figure right behind these is no object of a verb: "tuyên truyền về 60 cột mốc", "gồm 05 thành viên".
SPEAKS_OF = phrases(
    "cự ly,dự kiến khoảng,mỗi đội,mỗi nhóm,mỗi đội hình,mỗi lớp,mỗi buổi,mỗi lượt,mỗi phòng,về,của,thuộc,giữa,"
    "theo,trong số,gồm,"
    "bao gồm,gồm có,với thành phần,cử,chọn cử,cử đi,lựa chọn cử,thành phần,"
    "với số lượng,đối với,ngoài,gắn với,liên quan đến,với diện tích,với chiều dài,dài,rộng,kể từ,trong tổng số,"
    "tổng số hiện có,cứ,có đủ,cùng với,qua,như,chiếm,cách,từ nguồn,quá,nhân kỷ niệm,kỷ niệm,mừng,chào mừng,"
    "ứng với,đạt giải,đánh giá theo,phân thành,chia thành,chia làm,thành,phân chia,lưu,tại mục,nội dung,trích,"
    "cả,sau,tối đa không quá,vì,do,và các,cùng,khoảng cách,số điện thoại,các,những,hỗ trợ tối đa"
)
PLACES = phrases("tại,ở,trên địa bàn,tổ chức tại,đến với,đến tại,địa bàn,trên toàn,ở tại")
DURING = phrases("trong,trong vòng,trong thời gian")
WITH = phrases("với,với sự tham gia của,với khoảng,với trên,với hơn,với ít nhất,có sự tham gia của,với quy mô,quy mô")
CONDITIONS = phrases(
    "trắc nghiệm,bài thi,câu hỏi,phần thi,vòng thi,vòng chung kết,đề nghị khen thưởng,xét khen thưởng,thí sinh,"
    "dự thi,điều kiện tham gia,thể lệ,giải thưởng,cơ cấu giải,"
    "thời lượng,dung lượng,kích thước,"
    "khuôn khổ,hồ sơ gồm,số lượng đăng ký,mỗi đội gồm,mỗi đội có,thành phần gồm,thành phần tham gia,"
    "số lượng tham gia,nộp phí,lệ phí,trao giải,độ tuổi,bài viết dài,thời gian thi,số lượng đại biểu,"
    "đại biểu dự,chiều dài,font,cỡ chữ,đánh máy,lưu vp,thành phần,số lượng,cơ cấu giải thưởng,tiêu chuẩn,"
    "đơn vị cử,ban tổ chức sẽ,cân nặng,phải từ đủ,người hiến máu phải,mới được xét,"
    "biểu quyết,đại biểu tán thành,nhất trí thông qua"
)
COMMITS = phrases(
    "phấn đấu,chỉ tiêu,cam kết,đảm nhận,mục tiêu,giao chỉ tiêu,đăng ký đảm nhận,đăng ký thực hiện,đạt chỉ tiêu,"
    "đạt mức,đảm bảo,bảo đảm,giao cho"
)
EACH = phrases("mỗi,từng,mỗi một,môi,mối")
TOGETHER = phrases(
    "toàn đoàn,toàn tỉnh,toàn huyện,toàn khối,toàn thành phố,toàn quận,toàn trường,toàn đoàn khối,toàn thành đoàn,"
    "toàn phường,toàn xã,các cấp bộ đoàn,các cấp bộ,các cơ sở đoàn,các đơn vị,các chi đoàn,toàn đơn vị,toàn thị xã,"
    "toàn tập đoàn,toàn tổng công ty,toàn địa bàn"
)
TIMES = phrases("tháng,quý,tuần,năm")
REPORTS = phrases(
    "báo cáo,gửi về,gửi báo cáo,nộp về,địa chỉ email,email,hộp thư,liên hệ,qua email,chấp hành chế độ,"
    "danh sách,văn bản,hồ sơ"
)
TREES = phrases(
    "cây,cây xanh,hoa,ha,rừng,gốc,chậu,giỏ,luống,vườn,cây ăn quả,cây hoa,cây phân tán,m2,mét vuông,km,m,"
    "nghìn cây,triệu cây"
)
OF_AGE = phrases("đủ tuổi,đến tuổi,quá tuổi,đúng tuổi,đúng độ tuổi,trong độ tuổi")
# Where something is drawn from: "bầu từ 30 chi đoàn".
DRAWN = phrases("bầu,bầu chọn,bầu cử,đến,chọn,lựa chọn,tuyển chọn,đề cử,giới thiệu đến,tập hợp,tham dự đến")
STRUCTURE = phrases("nữ,cán bộ nữ,số dư,tuổi,chiếm,cơ cấu,tỷ lệ nữ,nữ chiếm,trong đó nữ,tỷ lệ trẻ")
# Words that two clauses share without saying the same, bare.
EMPTY = frozenset(
    "cac cho co cua den duoc hoac it la moi mot nam nhat nhung o so tai theo thieu toi trong tu va ve voi".split()  # noqa: SIM905 - read as words
)
