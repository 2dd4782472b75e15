"""The reports' own words, by heading: sentences that go with the month's figures, and sentences of the season.

All of it is written for the demonstration; nobody is named.
"""

from doan_portal.demo.facts.shapes import UnitFact
from doan_portal.demo.facts.units import KCQ, KGI

from .chance import Chance
from .shapes import Figures

SHARE_WITH_WORDS = 40  # percent of the units' reports

OF_FIGURES = {
    "movements": (
        ("blood", "Vận động đoàn viên hiến {amount} đơn vị máu tình nguyện."),
        ("trees", "Trồng mới, chăm sóc {amount} cây xanh tại cơ quan và địa bàn kết nghĩa."),
        ("free_care", "Khám bệnh, cấp thuốc miễn phí cho {amount} lượt người dân vùng khó khăn."),
        ("green_sundays", "Ra quân Ngày Chủ nhật xanh, tổng vệ sinh khuôn viên và tuyến đường được giao."),
        ("houses_replaced", "Bàn giao {amount} nhà nhân ái thay nhà tạm cho hộ đặc biệt khó khăn."),
        ("youth_works", "Hoàn thành {amount} công trình, phần việc thanh niên, đã nghiệm thu và đưa vào sử dụng."),
        ("digital_activities", "Cử đoàn viên hướng dẫn người dân nộp hồ sơ trực tuyến tại bộ phận một cửa."),
    ),
    "support": (("households_lifted", "Hỗ trợ {amount} hộ gia đình thanh niên vốn và cây, con giống để thoát nghèo."),),
    "children": (("children_helped", "Tặng quà, học bổng cho {amount} thiếu nhi có hoàn cảnh khó khăn."),),
    "organisation": (
        ("party_introduced", "Giới thiệu {amount} đoàn viên ưu tú để cấp ủy xem xét, bồi dưỡng."),
        ("party_admitted", "Có {amount} đoàn viên ưu tú được kết nạp Đảng."),
    ),
}

OF_THE_SEASON: dict[int, dict[str, tuple[str, ...]]] = {
    1: {
        "propaganda": (
            "Phổ biến nghị quyết công tác năm đến toàn thể đoàn viên ngay trong buổi sinh hoạt đầu năm.",
            "Tuyên truyền 94 năm Ngày thành lập Đảng bằng hình thức trực quan và trên trang nội bộ.",
        ),
        "advisory": ("Xây dựng chương trình công tác năm, trình cấp ủy và lãnh đạo cơ quan cho ý kiến.",),
    },
    2: {
        "propaganda": (
            "Sinh hoạt chuyên đề mừng Đảng, mừng Xuân; đoàn viên viết cảm nghĩ về Đảng.",
            "Đoàn viên dự lễ chào cờ và nghe kể chuyện truyền thống dịp 03/02.",
        ),
        "movements": ("Hưởng ứng Tết trồng cây ngay sau kỳ nghỉ Tết, gắn với vệ sinh công sở.",),
    },
    3: {
        "propaganda": (
            "Sinh hoạt Ngày Đoàn viên 26/3, trao thẻ và ôn truyền thống 93 năm ngày thành lập Đoàn.",
            "Tổ chức về nguồn tại di tích lịch sử trong Tháng Thanh niên.",
        ),
        "support": ("Phối hợp tổ chức giao lưu thể thao giữa đoàn viên các đơn vị trong khối thi đua.",),
        "advisory": ("Báo cáo cấp ủy kết quả Tháng Thanh niên, đề xuất khen thưởng đoàn viên tiêu biểu.",),
    },
    4: {
        "propaganda": (
            "Giới thiệu sách nhân Ngày Sách và Văn hóa đọc, lập tủ sách chung của chi đoàn.",
            "Tuyên truyền ngày 30/4 và 01/5, kỷ niệm 70 năm Chiến thắng Điện Biên Phủ.",
        ),
        "organisation": ("Cử cán bộ Đoàn dự lớp tập huấn nghiệp vụ do Đoàn Khối mở.",),
    },
    5: {
        "propaganda": (
            "Sinh hoạt chuyên đề học tập và làm theo Bác nhân kỷ niệm 134 năm ngày sinh Chủ tịch Hồ Chí Minh.",
            "Đoàn viên dự thi tìm hiểu trực tuyến về chiến thắng Điện Biên Phủ.",
        ),
        "organisation": ("Rà soát danh sách đoàn viên, chuẩn bị nội dung và nhân sự đại hội.",),
    },
    6: {
        "propaganda": ("Nắm tình hình tư tưởng đoàn viên trước kỳ sơ kết 6 tháng, không có vấn đề nổi cộm.",),
        "children": ("Tổ chức vui chơi dịp Quốc tế Thiếu nhi 01/6 cho con cán bộ, công chức, viên chức.",),
        "advisory": ("Sơ kết công tác 6 tháng đầu năm, kiến nghị cấp ủy bố trí thêm kinh phí hoạt động hè.",),
    },
    7: {
        "propaganda": (
            "Thắp nến tri ân tại nghĩa trang liệt sĩ tối 26/7, thăm gia đình chính sách của cơ quan.",
            "Tuyên truyền 77 năm Ngày Thương binh, Liệt sĩ; dâng hương tại đài tưởng niệm.",
        ),
        "support": ("Cử đoàn viên tham gia đội hình Tiếp sức mùa thi tại các điểm thi.",),
    },
    8: {
        "propaganda": ("Đoàn viên dự hội nghị thông tin thời sự, sinh hoạt Câu lạc bộ Lý luận trẻ.",),
        "support": ("Động viên đoàn viên học ngoại ngữ, tin học; cử người dự bồi dưỡng kỹ năng số.",),
        "advisory": ("Phối hợp công đoàn cơ quan tổng kết hoạt động hè.",),
    },
    9: {
        "propaganda": (
            "Tuyên truyền Quốc khánh 2/9 và 55 năm thực hiện Di chúc của Chủ tịch Hồ Chí Minh.",
            "Phổ biến quy định về sử dụng mạng xã hội cho đoàn viên.",
        ),
        "children": ("Phối hợp tổ chức Tết Trung thu cho thiếu nhi địa bàn kết nghĩa.",),
        "advisory": ("Báo cáo cấp ủy kết quả 9 tháng, thống nhất việc trọng tâm quý IV.",),
    },
}

OF_THE_UNION: dict[int, dict[str, str]] = {
    1: {
        "propaganda": "Ban hành và quán triệt Nghị quyết công tác năm 2024 đến các tổ chức cơ sở Đoàn.",
        "movements": "Tổ chức Ngày hội hiến máu tình nguyện đầu xuân, thu nhận 47 đơn vị máu.",
        "children": "Tặng quà Tết cho 30 em nhỏ ở xã vùng cao trong chương trình Xuân tình nguyện.",
        "advisory": "Tham mưu Đảng ủy Khối chương trình lãnh đạo công tác thanh niên năm 2024.",
    },
    2: {
        "propaganda": "Gặp mặt, dâng hương mừng 94 năm Ngày thành lập Đảng; mở 01 lớp quán triệt nghị quyết.",
        "movements": "Phát động Tết trồng cây trong toàn Khối.",
    },
    3: {
        "propaganda": "Lãnh đạo Đảng ủy Khối đối thoại với đoàn viên; chuỗi hoạt động mừng 93 năm thành lập Đoàn.",
        "movements": "Chương trình Tháng ba biên giới: 01 đợt tình nguyện, nhận giúp đỡ 01 thôn khó khăn.",
        "advisory": "Sơ kết quý I và tổng kết Tháng Thanh niên với 58 đơn vị dự.",
    },
    4: {
        "support": "Hội thi tiếng Anh cán bộ, công chức với 42 thí sinh.",
        "organisation": "Mở 01 lớp tập huấn cán bộ Đoàn, 95 học viên; hướng dẫn đại hội các chi đoàn cơ sở.",
    },
    5: {
        "propaganda": "Phiên tòa giả định tại trường cao đẳng, 320 sinh viên dự.",
        "movements": "Tổ chức đợt tình nguyện thứ hai tại xã miền núi.",
        "organisation": "Hoàn thành việc chuyển giao chi đoàn trung tâm hành chính công sau sắp xếp tổ chức.",
        "support": "Hội thao Đoàn Khối lùi sang quý IV vì sân thi đấu đang sửa chữa.",
    },
    6: {
        "movements": "Giúp 01 thôn khó khăn làm đường bê tông và nhà sinh hoạt cộng đồng.",
        "organisation": "Đôn đốc các chi đoàn cơ sở xong đại hội trong quý II; còn 01 chi đoàn xin lùi.",
        "advisory": "Sơ kết 6 tháng đầu năm theo hình thức trực tuyến tại bảy khối thi đua.",
    },
    7: {
        "propaganda": "Ngày hội Tuổi trẻ đền ơn đáp nghĩa; các đơn vị đồng loạt thắp nến tri ân tối 26/7.",
        "movements": "Khám bệnh, cấp thuốc miễn phí cho 120 lượt gia đình chính sách; bốn đội hình Tiếp sức mùa thi.",
        "support": "Hội thi Tin học công chức, viên chức trẻ lần thứ V: 56 thí sinh của 31 đơn vị.",
        "children": "Các cơ sở Đoàn duy trì sinh hoạt hè cho con đoàn viên, cán bộ.",
        "organisation": "Chi đoàn cơ sở cuối cùng tổ chức đại hội ngày 12/7.",
        "advisory": "Kiểm tra công tác sáu tháng tại tám đơn vị.",
    },
    8: {
        "propaganda": "Hội nghị thông tin thời sự kết hợp sinh hoạt Câu lạc bộ Lý luận trẻ, 110 người dự.",
        "movements": "Đợt tình nguyện thứ ba trong năm ở vùng sâu, vượt số đợt dự kiến; bàn giao 01 nhà nhân ái.",
        "support": "Gộp chiến dịch Kỳ nghỉ hồng vào tình nguyện hè để tập trung nguồn lực.",
        "children": "Trao học bổng, dụng cụ học tập trước năm học mới.",
        "organisation": "Các cơ sở tiếp tục giới thiệu đoàn viên ưu tú cho Đảng; số kết nạp còn chậm so với tiến độ.",
        "advisory": "Mở lớp học tập, quán triệt nghị quyết thứ hai trong năm.",
    },
    9: {
        "propaganda": "Tuyên truyền Quốc khánh và 55 năm thực hiện Di chúc của Chủ tịch Hồ Chí Minh.",
        "movements": "Khối thi đua Nội chính tổ chức ngày hội hiến máu 14/9; các đơn vị duy trì Thứ bảy tình nguyện.",
        "support": "Liên hoan ca khúc cách mạng lùi sang tháng 10 chờ thống nhất lịch với đơn vị phối hợp.",
        "children": "Các cơ sở Đoàn tổ chức Tết Trung thu cho thiếu nhi địa bàn kết nghĩa.",
        "organisation": "Rà soát nguồn kết nạp Đảng quý IV; đôn đốc cập nhật phần mềm quản lý đoàn viên.",
        "advisory": "Chuẩn bị sơ kết giữa nhiệm kỳ 2022 - 2027; nhắc các đơn vị báo cáo chậm.",
    },
}

OF_KIEN_GIANG: dict[int, tuple[str, ...]] = {
    1: ("Ra quân Xuân tình nguyện, chăm lo Tết cho gia đình khó khăn, thanh niên công nhân.",),
    2: ("Phát động Tết trồng cây tại các xã, phường; trồng cây ven kênh và trường học.",),
    3: ("Ra quân Tháng Thanh niên và Ngày Chủ nhật xanh đồng loạt, dọn rác bãi biển và kênh rạch.",),
    4: ("Tuyên truyền chủ quyền biển đảo, đăng ký tham gia Hành trình vì biển đảo quê hương.",),
    5: ("Chủ nhật xanh đợt hai gắn với Ngày Môi trường; thu gom rác nhựa ven biển.",),
    6: ("Hưởng ứng chiến dịch Hãy làm sạch biển; sinh hoạt hè cho thiếu nhi.",),
    7: ("Thắp nến tri ân dịp 27/7; ngày cao điểm chung sức xây dựng nông thôn mới.",),
    8: ("Chủ nhật xanh đợt ba và tổng kết chiến dịch tình nguyện hè.",),
    9: ("Tổ chức Tết Trung thu cho thiếu nhi vùng biên giới, hải đảo.",),
}


def narratives_of(unit: UnitFact, month: int, figures: Figures, chance: Chance) -> dict[str, str]:
    """Return topic → the report's words; empty where the unit wrote none this month."""
    if unit.code == KCQ:
        return dict(OF_THE_UNION[month])
    if not chance.percent(SHARE_WITH_WORDS):
        return {}
    if unit.code.startswith(KGI):
        return {"movements": chance.pick(OF_KIEN_GIANG[month])}
    words: dict[str, list[str]] = {
        topic: [] for topic in ("propaganda", "movements", "support", "children", "organisation", "advisory")
    }
    for topic, sentences in OF_FIGURES.items():
        for key, sentence in sentences:
            amount = figures[key].amount if key in figures else None
            if amount:
                words[topic].append(sentence.format(amount=amount))
    for topic, choices in OF_THE_SEASON[month].items():
        if chance.percent(60):
            words[topic].append(chance.pick(choices))
    return {topic: " ".join(sentences) for topic, sentences in words.items() if sentences}
