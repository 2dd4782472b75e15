"""The text of the 2024 resolution, section by section: the document's numbers, words of our own.

The document numbers two headings of part V with 2; addresses keep them apart ("V/2", "V/2b").
The lists of part V stand in `resolution_qna_activities`.
"""

from doan_portal.demo.facts.shapes import SectionFact


def _under(parent: str, *items: tuple[str, str], topic: str = "") -> tuple[SectionFact, ...]:
    """Numbered paragraphs without headings beneath `parent`."""
    return tuple(
        SectionFact(address=f"{parent}/{number}", number=number, text=text, parent=parent, topic=topic)
        for number, text in items
    )


OPENING = (
    SectionFact(
        address="0",
        text=(
            "Nhằm đưa Nghị quyết đại hội nhiệm kỳ 2022 - 2027 vào công việc của từng năm, Ban Thường vụ "
            "Đoàn Khối quyết nghị mục tiêu, chỉ tiêu và lịch hoạt động năm 2024 như sau:"
        ),
    ),
    SectionFact(
        address="I",
        number="I",
        heading="Chủ đề năm 2024",
        text="“Năm Thanh niên tình nguyện”",
    ),
)

FOCUS = (
    SectionFact(address="II", number="II", heading="Nhiệm vụ trọng tâm"),
    *_under(
        "II",
        (
            "1",
            "Làm tốt giáo dục lý tưởng, đạo đức và lối sống; đổi mới cách tuyên truyền bằng sản phẩm truyền "
            "thông hợp với từng nhóm đoàn viên; theo dõi dư luận, định hướng sớm và phản bác thông tin xấu, "
            "độc, nhất là trên mạng xã hội.",
        ),
        (
            "2",
            "Hoàn thành phần việc năm thứ hai của các chương trình hành động theo nghị quyết đại hội Đoàn "
            "cấp tỉnh và cấp Khối; đưa các chủ trương, kế hoạch trọng điểm của nhiệm kỳ vào cuộc sống.",
        ),
        (
            "3",
            "Triển khai “3 liên kết” trong tình nguyện; kết hợp đợt cao điểm với hoạt động thường xuyên, tại "
            "chỗ; ưu tiên xã nông thôn mới, địa bàn khó khăn, vùng biên và biển đảo; khuyến khích tình nguyện "
            "trực tuyến hoặc theo dự án nhiều năm; quản lý hoạt động bằng công cụ số.",
        ),
        (
            "4",
            "Nâng năng lực số cho thanh niên; đổi mới cách làm của Đoàn bằng công nghệ và chuyển đổi số.",
        ),
        (
            "5",
            "Chăm lo đội ngũ cán bộ Đoàn đủ bản lĩnh, uy tín và gương mẫu; rà soát quy hoạch, tạo nguồn. "
            "Bảo đảm 100% chi đoàn cơ sở đại hội cho nhiệm kỳ 2024 - 2027.",
        ),
    ),
)

TARGETS_OF_THE_BLOC = (
    SectionFact(address="III", number="III", heading="Chỉ tiêu và hoạt động"),
    SectionFact(address="III/1", number="1", heading="Cấp Đoàn Khối", parent="III"),
    *_under(
        "III/1",
        (
            "1.1",
            "Có 01 cuộc đối thoại của lãnh đạo tỉnh và lãnh đạo Đảng ủy Khối với tuổi trẻ trong Khối. "
            "100% cán bộ, đoàn viên học tập nghị quyết của Đảng, của Đoàn và chính sách, pháp luật mới.",
        ),
        (
            "1.2",
            "100% chi đoàn cơ sở hoàn thành đại hội nhiệm kỳ mới (2024 - 2027) hay hội nghị kéo dài nhiệm kỳ, "
            "chậm nhất hết quý II/2024.",
        ),
        (
            "1.3",
            "Mở 1 đến 2 đợt tình nguyện vì cộng đồng ở vùng sâu, vùng xa; trong Tháng Thanh niên và chiến dịch "
            "hè, khám bệnh và phát thuốc miễn phí 1.000 lượt người; toàn Khối trồng, chăm sóc 1.500 cây xanh.",
        ),
        (
            "1.4",
            "Thực hiện 01 hoạt động tình nguyện ở 01 thôn, bản còn khó khăn, giúp địa phương đạt thêm tiêu chí "
            "nông thôn mới. Huy động toàn Khối xóa từ 2 đến 3 căn nhà tạm, dột nát trong tỉnh.",
        ),
        (
            "1.5",
            "Có tối thiểu 01 hoạt động rèn luyện ngoại ngữ, hội nhập quốc tế và 01 hoạt động văn nghệ, thể thao.",
        ),
        (
            "1.6",
            "Giới thiệu 70 đến 80 đoàn viên ưu tú để Đảng xem xét; 50 đến 60 đoàn viên ưu tú được kết nạp.",
        ),
        ("1.7", "Vận động đoàn viên, thanh niên hiến từ 150 đến 200 đơn vị máu."),
        (
            "1.8",
            "Toàn Khối giúp tối thiểu 100 thiếu nhi khó khăn. Mỗi khối thi đua nhận giúp 01 đến 02 hộ thanh "
            "niên thoát nghèo bền vững, có địa chỉ rõ ràng; không để hộ nào tái nghèo.",
        ),
        ("1.9", "Có 01 hoạt động chuyển đổi số do Đoàn Khối tổ chức."),
        ("1.10", "Đoàn Khối hoàn thành tối thiểu 01 công trình thanh niên."),
        ("1.11", "Mở 01 lớp tập huấn cán bộ và 02 lớp quán triệt nghị quyết trong toàn Khối."),
        ("1.12", "Phấn đấu được công nhận đơn vị Xuất sắc tiêu biểu."),
    ),
)

TARGETS_OF_THE_GRASSROOTS = (
    SectionFact(address="III/2", number="2", heading="Cấp cơ sở", parent="III"),
    *_under(
        "III/2",
        ("2.1", "100% cán bộ, đoàn viên, thanh niên học tập nghị quyết, chủ trương của Đảng, Nhà nước và của Đoàn."),
        ("2.2", "100% chi đoàn cơ sở tổ chức đại hội hoặc hội nghị kéo dài nhiệm kỳ, xong trong quý II/2024."),
        (
            "2.3",
            "100% đoàn cơ sở tổ chức đối thoại của cấp ủy, lãnh đạo cơ quan với đoàn viên; mở đợt sinh hoạt "
            "chính trị về niềm tin với Đảng và giới thiệu danh sách đoàn viên ưu tú với cấp ủy.",
        ),
        ("2.4", "100% tổ chức cơ sở Đoàn mừng Đảng tròn 94 tuổi (3/2/2024)."),
        (
            "2.5",
            "100% tổ chức cơ sở Đoàn nhận phần việc chuyển đổi số ở cơ quan mình và tham gia đủ các hoạt động "
            "chuyển đổi số cấp Khối.",
        ),
        ("2.6", "100% đoàn cơ sở ra quân các Ngày Chủ nhật xanh theo lịch chung của Trung ương Đoàn."),
        (
            "2.7",
            "100% cơ sở Đoàn có công trình hoặc phần việc thanh niên về nông thôn mới, đô thị văn minh hoặc "
            "chuyển đổi số.",
        ),
        ("2.8", "100% cơ sở Đoàn có tối thiểu 01 hoạt động vì công sở xanh, sạch, đẹp."),
        ("2.9", "100% cơ sở Đoàn có mô hình chống rác thải nhựa ở nơi làm việc."),
        (
            "2.10",
            "100% đoàn cơ sở vận động mọi đoàn viên gửi ý tưởng, sáng kiến lên trang Ý tưởng sáng tạo của "
            "Trung ương Đoàn.",
        ),
        ("2.11", "Phấn đấu 100% đoàn viên làm tốt nhiệm vụ chuyên môn được giao."),
        ("2.12", "100% tổ chức cơ sở Đoàn dùng và cập nhật đều phần mềm quản lý đoàn viên."),
    ),
)

PROPAGANDA = (
    SectionFact(address="IV", number="IV", heading="Nội dung và giải pháp"),
    SectionFact(
        address="IV/1",
        number="1",
        heading="Công tác tuyên truyền, giáo dục",
        text=(
            "Học và làm theo Bác đi vào thực chất, gắn với việc làm hằng ngày. Đưa nghị quyết đến đoàn viên bằng "
            "cả lớp trực tiếp, trực tuyến và bộ tài liệu số. Giáo dục lý tưởng cả trên không "
            "gian mạng; củng cố lực lượng cộng tác viên dư luận, báo cáo viên và câu lạc bộ Lý luận trẻ.\n"
            "Giáo dục truyền thống qua các ngày kỷ niệm, hành trình đến địa chỉ đỏ, bảo tàng và lễ thắp nến tri "
            "ân dịp 27/7. Tìm và nhân rộng gương điển hình; duy trì các cuộc vận động về tin tốt, sách hay, gia "
            "đình trẻ.\n"
            "Phổ biến pháp luật, trọng tâm là Luật Thanh niên, an ninh mạng, giao thông, phòng chống ma túy. Tổ "
            "chức văn nghệ, thể thao cho đoàn viên giao lưu, rèn luyện."
        ),
        parent="IV",
        topic="propaganda",
    ),
)

MOVEMENTS = (
    SectionFact(
        address="IV/2",
        number="2",
        heading="Các phong trào hành động",
        parent="IV",
        topic="movements",
    ),
    SectionFact(
        address="IV/2/2.1",
        number="2.1",
        heading="Thanh niên tình nguyện",
        text=(
            "Đăng ký công trình, phần việc gắn với nhiệm vụ cơ quan, ưu tiên công nghệ mới. Tiếp tục kết nghĩa với "
            "Huyện đoàn Bắc Trà My và Huyện đoàn Hiệp Đức. Bảo vệ môi trường, ứng phó biến đổi khí hậu, giảm rác "
            "thải nhựa, làm sạch biển.\n"
            "Ra quân Thứ bảy tình nguyện và Chủ nhật xanh; quan tâm đoàn viên, trẻ em, người già gặp khó khăn. "
            "Xây dựng “Văn phòng xanh”; mỗi cơ sở Đoàn đăng ký dọn rác, vệ sinh cơ quan đều đặn mỗi tháng 01 lần."
        ),
        parent="IV/2",
        topic="movements",
    ),
    SectionFact(
        address="IV/2/2.2",
        number="2.2",
        heading="Tuổi trẻ sáng tạo",
        text=(
            "Mỗi cán bộ Đoàn góp ý tưởng, sáng kiến và đưa lên Ngân hàng ý tưởng sáng tạo; Đoàn Khối theo dõi, đôn "
            "đốc. Giúp công chức, viên chức trẻ nhận đề tài, chuyên đề; tham gia các cuộc thi, giải thưởng cấp "
            "trên. Hưởng ứng Ngày Chuyển đổi số, bồi dưỡng công nghệ thông tin, biểu dương sáng kiến hay."
        ),
        parent="IV/2",
        topic="movements",
    ),
    SectionFact(
        address="IV/2/2.3",
        number="2.3",
        heading="Tuổi trẻ xung kích",
        text=(
            "Bồi dưỡng kiến thức quốc phòng, an ninh, kỹ năng an toàn trên mạng; cổ vũ thanh niên nhập ngũ và chăm "
            "lo khi xuất ngũ. Phối hợp lực lượng vũ trang giao lưu, thăm hỏi chiến sĩ nơi biên giới, hải đảo; giới "
            "thiệu 60 cột mốc, 7 cọc dấu trên tuyến biên giới Quảng Nam - Sê Kông. Phát huy câu lạc bộ pháp lý và "
            "câu lạc bộ Lý luận trẻ."
        ),
        parent="IV/2",
        topic="movements",
    ),
)

SUPPORT = (
    SectionFact(
        address="IV/3",
        number="3",
        heading="Chương trình đồng hành, hỗ trợ",
        parent="IV",
        topic="support",
    ),
    SectionFact(
        address="IV/3/3.1",
        number="3.1",
        heading="Học tập, nghiên cứu, làm chủ công nghệ",
        text=(
            "Thi đua tự học, học suốt đời, nâng tay nghề; khuyến khích học ngoại ngữ, tin học, lý luận chính trị. "
            "Xét chọn các danh hiệu học sinh, sinh viên tiêu biểu bằng công cụ số và phát huy gương sau tuyên dương."
        ),
        parent="IV/3",
        topic="support",
    ),
    SectionFact(
        address="IV/3/3.2",
        number="3.2",
        heading="Khởi nghiệp, lập nghiệp",
        text=(
            "Tư vấn việc làm, xuất khẩu lao động, hướng nghiệp và mùa thi, nhất là cho học sinh, sinh viên trường "
            "nghề. Giúp mô hình kinh tế trẻ ứng dụng công nghệ tìm đầu ra; tham gia thi ý tưởng khởi nghiệp. Giúp "
            "công chức mới vào ngành hiểu và gắn bó với nghề."
        ),
        parent="IV/3",
        topic="support",
    ),
    SectionFact(
        address="IV/3/3.3",
        number="3.3",
        heading="Kỹ năng xã hội, thể chất, đời sống tinh thần",
        text=(
            "Tổ chức về nguồn, trò chơi tập thể, bồi dưỡng kỹ năng; truyền thông phòng tác hại rượu bia, thuốc lá, "
            "ma túy, HIV/AIDS. Giữ hoạt động ngân hàng máu sống trực tuyến của Khối và của Trường Cao đẳng Y tế. "
            "Phát triển văn hóa đọc, câu lạc bộ văn nghệ, thể thao, đội tuyên truyền ca khúc cách mạng."
        ),
        parent="IV/3",
        topic="support",
    ),
)

ORGANISATION = (
    SectionFact(
        address="IV/4",
        number="4",
        heading="Xây dựng tổ chức Đoàn, tập hợp thanh niên",
        text=(
            "Chuẩn hóa cán bộ Đoàn, thực hiện “1 + 2”; xây dựng chi đoàn mạnh, đổi mới sinh hoạt theo hướng số hóa. "
            "Nâng chất lượng kết nạp đoàn viên, thực hiện “1 + 1”, duy trì Ngày Đoàn viên.\n"
            "Dùng thống nhất cơ sở dữ liệu đoàn viên. 100% đoàn viên đăng ký rèn luyện và được xếp loại trên ứng "
            "dụng Thanh niên Việt Nam.\n"
            "Ủy ban Kiểm tra giám sát tiến độ chỉ tiêu; kiểm tra, đánh giá đúng chất lượng "
            "cơ sở. Chủ động đảm nhận hội thi, tập huấn của ngành; mở rộng kết nối thanh niên trên mạng."
        ),
        parent="IV",
        topic="organisation",
    ),
    SectionFact(
        address="IV/5",
        number="5",
        heading="Tham gia xây dựng Đảng và hệ thống chính trị",
        text=(
            "Thực hiện Nghị quyết 35 của Bộ Chính trị, kiện toàn Ban Chỉ đạo 35 và lực lượng đấu tranh trên mạng. "
            "Chọn, bồi dưỡng và giới thiệu đoàn viên ưu tú theo chỉ thị của Trung ương Đoàn và của Tỉnh ủy; theo "
            "dõi chất lượng đảng viên trẻ sau kết nạp."
        ),
        parent="IV",
        topic="organisation",
    ),
    SectionFact(
        address="IV/6",
        number="6",
        heading="Tham mưu, phối hợp, chỉ đạo",
        text=(
            "Hướng về cơ sở, gần thanh niên; lấy ý kiến sau từng chiến dịch để rút kinh nghiệm. Báo cáo nhanh, "
            "chính xác, ít giấy tờ; ban hành khung báo cáo định kỳ ngay đầu năm. Chọn mô hình hay để nhân rộng; "
            "đổi mới thi đua, khen thưởng."
        ),
        parent="IV",
        topic="advisory",
    ),
)

CARRYING_OUT = (
    SectionFact(
        address="VI",
        number="VI",
        heading="Tổ chức thực hiện",
        text=(
            "Ban Chấp hành các cơ sở Đoàn trực thuộc lập chương trình, kế hoạch sát điều kiện cơ quan để đạt kết quả "
            "cao; trình cấp ủy, lãnh đạo bảo đảm kinh phí cùng với chương trình công tác năm."
        ),
    ),
    SectionFact(
        address="VII",
        text="Nghị quyết được phổ biến đến mọi cán bộ, đoàn viên trong Khối để cùng thực hiện./.",
    ),
)

BEFORE_THE_CALENDAR = (
    *OPENING,
    *FOCUS,
    *TARGETS_OF_THE_BLOC,
    *TARGETS_OF_THE_GRASSROOTS,
    *PROPAGANDA,
    *MOVEMENTS,
    *SUPPORT,
    *ORGANISATION,
)
AFTER_THE_CALENDAR = CARRYING_OUT
