"""The orientation of the province of Kiên Giang for 2024: parts in words of our own, one target, 29 activities.

The dispatch and the orientation are dated 2023-07-29, the annex 2023-07-09: the former counts.
"""

from datetime import date

from doan_portal.demo.facts.orientation_kgi_activities import ACTIVITIES, ANNEX
from doan_portal.demo.facts.shapes import (
    YEAR_ENDS_ON,
    YEAR_STARTS_ON,
    PlanFact,
    RecipientFact,
    SectionFact,
    TargetFact,
)
from doan_portal.demo.facts.units import KGI


def _solution(number: str, heading: str, topic: str, text: str) -> SectionFact:
    return SectionFact(address=f"3/{number}", number=number, heading=heading, text=text, parent="3", topic=topic)


SECTIONS = (
    SectionFact(
        address="0",
        text=(
            "Ban Thường vụ Tỉnh đoàn gửi định hướng năm 2024 để các huyện đoàn, thành đoàn và đoàn trực thuộc cụ thể "
            "hóa thành chương trình của mình."
        ),
    ),
    SectionFact(
        address="1",
        number="1",
        heading="Chủ đề năm 2024",
        text="“Năm Thanh niên tình nguyện”",
    ),
    SectionFact(
        address="2",
        number="2",
        heading="Trọng tâm",
        text=(
            "Thực hiện chương trình hành động theo nghị quyết đại hội Đoàn tỉnh lần thứ XI. Giáo dục lý tưởng, đạo "
            "đức, lối sống; nắm và định hướng dư luận; đề xuất chính sách cho thanh niên.\n"
            "Tổ chức tốt tình nguyện cao điểm, thường xuyên và theo đối tượng, hướng về nơi khó khăn, biên giới, "
            "biển đảo; giúp thanh niên khởi nghiệp; ứng dụng công nghệ vào tình nguyện.\n"
            "Nâng chất tổ chức Đoàn và cán bộ Đoàn; củng cố Hội, Đội; chuẩn bị đại hội Hội LHTN Việt Nam các cấp."
        ),
    ),
    SectionFact(address="3", number="3", heading="Giải pháp"),
    _solution(
        "3.1",
        "Tuyên truyền, giáo dục",
        "propaganda",
        "Đẩy mạnh học tập và làm theo Bác, sinh hoạt chính trị dịp 55 năm thực hiện Di chúc; xây dựng nhật ký "
        "điện tử làm theo lời Bác. Đưa nghị quyết đại hội Đoàn đến cơ sở; tham mưu để người đứng đầu cấp "
        "ủy, chính quyền đối thoại với thanh niên.\n"
        "Duy trì các cuộc vận động về hình mẫu thanh niên, ứng xử văn minh trên mạng. Đổi mới phổ biến pháp luật; "
        "giúp thanh thiếu niên chậm tiến; củng cố báo cáo viên, cộng tác viên dư luận.",
    ),
    _solution(
        "3.2",
        "Phong trào hành động",
        "movements",
        "Lập kế hoạch tình nguyện theo chủ trương “3 liên kết”. Xây dựng tuyến đường kiểu mẫu ở mọi phường, thị "
        "trấn; trồng cây, chống rác nhựa, làm sạch biển. Sẵn sàng phòng chống thiên tai, dịch bệnh; giữ trật tự "
        "an toàn giao thông.\n"
        "Lập và duy trì tổ công nghệ số; khơi nguồn ý tưởng, sáng kiến trẻ; cổ vũ thanh niên nhập ngũ, tố giác "
        "tội phạm ma túy.",
    ),
    _solution(
        "3.3",
        "Đồng hành với thanh niên",
        "support",
        "Nâng năng lực nghiên cứu, tay nghề, tiếng Anh; xét chọn danh hiệu học sinh, sinh viên bằng công cụ số; "
        "trao học bổng. Tập huấn cán bộ Đoàn về khởi nghiệp, nối thanh niên với doanh nghiệp và quỹ đầu tư, giúp "
        "sản phẩm OCOP, hợp tác xã trẻ.\n"
        "Chăm lo đời sống tinh thần của công nhân trẻ, thanh niên dân tộc thiểu số, biên giới, hải đảo; mở câu lạc "
        "bộ kiểu mới; bồi dưỡng tài năng.",
    ),
    _solution(
        "3.4",
        "Phụ trách Đội, chăm sóc thiếu nhi",
        "children",
        "Tập huấn cán bộ phụ trách; duy trì thi đua làm theo 5 điều Bác dạy và rèn luyện đội viên gắn năng lực số. "
        "Vận động xã hội hóa sửa, xây điểm trường, điểm vui chơi, nhà vệ sinh. Dạy kỹ năng phòng đuối nước, xâm "
        "hại; nâng chất nhà thiếu nhi.",
    ),
    _solution(
        "3.5",
        "Quốc tế thanh niên",
        "",
        "Giao lưu với thanh niên các tỉnh giáp biên của Campuchia; rèn tiếng Anh và kỹ năng đối ngoại cho cán bộ.",
    ),
    _solution(
        "3.6",
        "Xây dựng Đoàn, tập hợp thanh niên",
        "organisation",
        "Luân chuyển cán bộ quá tuổi; thực hiện chế độ tự học và “1 + 2”; quản lý đoàn viên bằng phần mềm. Lập tổ "
        "chức Đoàn ở khu trọ, doanh nghiệp; nhân rộng mô hình “3 chủ động” và chi đoàn mạnh. Quan tâm thanh niên "
        "yếu thế, khuyết tật, tài năng trẻ, thanh niên các dân tộc, tôn giáo.",
    ),
    _solution(
        "3.7",
        "Tham gia xây dựng Đảng",
        "organisation",
        "Thực hiện Kết luận 21 của Trung ương và Nghị quyết 35 của Bộ Chính trị. Vận động đoàn viên phấn đấu vào "
        "Đảng, nâng chất giới thiệu đoàn viên ưu tú; chủ động giám sát, phản biện xã hội và theo dõi kiến nghị.",
    ),
    _solution(
        "3.8",
        "Tham mưu, phối hợp, chỉ đạo",
        "advisory",
        "Số hóa công tác chỉ đạo, điều hành. Mở rộng phối hợp để có thêm nguồn lực; chọn mô hình hay để nhân rộng; "
        "đổi mới thi đua, khen thưởng; củng cố đơn vị sự nghiệp của Đoàn.",
    ),
    SectionFact(
        address="4",
        number="4",
        heading="Hoạt động lớn trong năm",
        text="Danh mục hoạt động ở phụ lục.",
    ),
    SectionFact(
        address=ANNEX,
        number="Phụ lục",
        heading="Danh mục hoạt động lớn năm 2024",
        text="\n".join(f"{activity.label_index + 1}. {activity.name}." for activity in ACTIVITIES),
    ),
)

# Row 29 of the annex is the only figure that asks something of every unit.
TARGETS = (
    TargetFact(
        code=f"{ANNEX}.29",
        name="Tổ chức 04 Ngày Chủ nhật xanh",
        indicator="green_sundays",
        carried_by="each_unit",
        section=ANNEX,
        label_quote_index=0,
        minimum=4,
        required_share=100,
        carrier_kinds=("district_union", "attached_union"),
    ),
)

ORIENTATION = PlanFact(
    number=347,
    symbol="347-CV/TĐTN-VP",
    kind="orientation",
    title="Định hướng hoạt động Đoàn và phong trào thanh, thiếu nhi Kiên Giang năm 2024",
    theme="Năm Thanh niên tình nguyện",
    issuer=KGI,
    issued_on=date(2023, 7, 29),
    place="Kiên Giang",
    starts_on=YEAR_STARTS_ON,
    ends_on=YEAR_ENDS_ON,
    signed_for="TM. BAN THƯỜNG VỤ TỈNH ĐOÀN",
    signer_title="BÍ THƯ",
    addressees="Ban Thường vụ huyện đoàn, thành đoàn và đoàn trực thuộc",
    recipients=(
        RecipientFact(name="Như trên"),
        RecipientFact(name="Thường trực Tỉnh đoàn"),
        RecipientFact(name="Phòng, ban, đơn vị sự nghiệp của Tỉnh đoàn"),
        RecipientFact(name="Lưu: VP"),
    ),
    sections=SECTIONS,
    targets=TARGETS,
    activities=ACTIVITIES,
    note="Công văn và định hướng ghi ngày 29/7/2023, phụ lục ghi ngày 9/7/2023.",
)
