"""The catalogue of what is counted: one indicator for one thing, whichever plan asks for it.

Names carry no figure and no year, so that they outlive the plan. Ratios are of people, entered as
two numbers. Milestones are done or not.
"""

from doan_portal.demo.facts.shapes import IndicatorFact


def _amount(key: str, name: str, unit_of_measure: str, topic: str) -> IndicatorFact:
    return IndicatorFact(
        key=key,
        name=name,
        unit_of_measure=unit_of_measure,
        kind="amount",
        over_time="sum",
        whole=True,
        topic=topic,
    )


def _ratio(key: str, name: str, topic: str) -> IndicatorFact:
    return IndicatorFact(
        key=key,
        name=name,
        unit_of_measure="đoàn viên",
        kind="ratio",
        over_time="latest",
        whole=True,
        topic=topic,
    )


def _milestone(key: str, name: str, topic: str) -> IndicatorFact:
    return IndicatorFact(
        key=key,
        name=name,
        unit_of_measure="đơn vị",
        kind="milestone",
        over_time="latest",
        whole=True,
        topic=topic,
    )


INDICATORS = (
    _amount("dialogues", "Hoạt động đối thoại với đoàn viên, thanh niên", "hoạt động", "propaganda"),
    _ratio("resolution_study", "Đoàn viên được học tập, quán triệt nghị quyết", "propaganda"),
    _amount("resolution_classes", "Lớp học tập, quán triệt nghị quyết", "lớp", "propaganda"),
    _milestone("party_anniversary", "Tổ chức hoạt động mừng Ngày thành lập Đảng", "propaganda"),
    _amount("remote_drives", "Đợt tình nguyện vì cộng đồng ở vùng sâu, vùng xa", "đợt", "movements"),
    _amount("free_care", "Người dân được khám bệnh, cấp thuốc miễn phí", "lượt người", "movements"),
    _amount("trees", "Cây xanh trồng mới, chăm sóc", "cây", "movements"),
    _amount("village_activities", "Hoạt động tình nguyện tại thôn, bản khó khăn", "hoạt động", "movements"),
    _amount("villages_helped", "Thôn, bản khó khăn được giúp đỡ", "thôn, bản", "movements"),
    _amount("houses_replaced", "Nhà tạm, nhà dột nát được xóa", "nhà", "movements"),
    _amount("blood", "Máu hiến tình nguyện", "đơn vị máu", "movements"),
    _amount("digital_activities", "Hoạt động, phần việc chuyển đổi số", "hoạt động", "movements"),
    _amount("youth_works", "Công trình, phần việc thanh niên", "công trình, phần việc", "movements"),
    _amount("green_sundays", "Ngày Chủ nhật xanh", "ngày", "movements"),
    _amount("green_office", "Hoạt động xây dựng công sở xanh, sạch, đẹp", "hoạt động", "movements"),
    _milestone("plastic_model", "Xây dựng mô hình chống rác thải nhựa", "movements"),
    _milestone("ideas_drive", "Vận động đoàn viên đăng ký ý tưởng, sáng kiến", "movements"),
    _amount("workplace_cleanups", "Lần dọn vệ sinh môi trường nơi làm việc", "lần", "movements"),
    _amount("language_activities", "Hoạt động nâng cao ngoại ngữ, hội nhập quốc tế", "hoạt động", "support"),
    _amount("culture_sport", "Hoạt động văn hóa, văn nghệ, thể thao", "hoạt động", "support"),
    _amount("households_lifted", "Hộ gia đình thanh niên được giúp thoát nghèo", "hộ", "support"),
    _amount("households_relapsed", "Hộ được giúp đỡ tái nghèo", "hộ", "support"),
    _amount("children_helped", "Thiếu nhi có hoàn cảnh khó khăn được giúp đỡ", "em", "children"),
    _milestone("congress", "Đại hội chi đoàn hoặc kéo dài nhiệm kỳ", "organisation"),
    _amount("training_classes", "Lớp tập huấn cán bộ Đoàn", "lớp", "organisation"),
    _amount("party_introduced", "Đoàn viên ưu tú được giới thiệu cho Đảng", "đoàn viên", "organisation"),
    _amount("party_admitted", "Đoàn viên ưu tú được kết nạp Đảng", "đảng viên", "organisation"),
    _ratio("duty_done", "Đoàn viên hoàn thành tốt nhiệm vụ chuyên môn", "organisation"),
    _milestone("member_software", "Cập nhật, sử dụng phần mềm quản lý đoàn viên", "organisation"),
    _ratio("app_assessment", "Đoàn viên đăng ký, được xếp loại qua ứng dụng Thanh niên Việt Nam", "organisation"),
    _milestone("emulation_title", "Đạt danh hiệu Xuất sắc tiêu biểu", "advisory"),
)
