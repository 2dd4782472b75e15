"""The 38 targets of the 2024 resolution, encoded by the table of `domain.md` (Targets, 3).

A plain figure is a minimum; "100%" of people is a pooled ratio; "100%" of organisations is a
share of carriers. Kinds are kept apart as the document does: "chi đoàn cơ sở" and "đoàn cơ sở" are
one kind each, "tổ chức cơ sở Đoàn" and "cơ sở Đoàn" mean both. Where a text says the same thing
again, the target points to the original and is not counted twice.
"""

from calendar import monthrange
from datetime import date

from doan_portal.demo.facts.shapes import YEAR_STARTS_ON, PhaseFact, TargetFact

UNIONS = ("grassroots_union",)
STANDALONE_BRANCHES = ("grassroots_branch",)
BOTH = ("grassroots_union", "grassroots_branch")
END_OF_SECOND_QUARTER = date(2024, 6, 30)


def _own(
    code: str, name: str, indicator: str, section: str, label: int, minimum: int, maximum: int | None = None
) -> TargetFact:
    """Carried by the issuing body itself."""
    return TargetFact(
        code=code,
        name=name,
        indicator=indicator,
        carried_by="issuer_own",
        section=section,
        label_quote_index=label,
        minimum=minimum,
        maximum=maximum,
    )


def _pooled(
    code: str,
    name: str,
    indicator: str,
    section: str,
    label: int,
    minimum: int | None,
    maximum: int | None = None,
    restates: str | None = None,
) -> TargetFact:
    """Added up over the issuing body and all units; a ratio's minimum is in percent."""
    return TargetFact(
        code=code,
        name=name,
        indicator=indicator,
        carried_by="pooled",
        section=section,
        label_quote_index=label,
        minimum=minimum,
        maximum=maximum,
        restates=restates,
    )


def _each(
    code: str,
    name: str,
    indicator: str,
    label: int,
    kinds: tuple[str, ...],
    minimum: int | None = None,
    restates: str | None = None,
    note: str = "",
) -> TargetFact:
    """Carried by every grassroots unit of `kinds`, all of them; milestones have no minimum."""
    return TargetFact(
        code=code,
        name=name,
        indicator=indicator,
        carried_by="each_unit",
        section=f"III/2/{code.rstrip('abc')}",
        label_quote_index=label,
        minimum=minimum,
        required_share=100,
        carrier_kinds=kinds,
        restates=restates,
        note=note,
    )


def _congress(
    code: str, name: str, section: str, label: int, restates: str | None = None, note: str = ""
) -> TargetFact:
    """The congresses of the standalone branches, due with the second quarter."""
    return TargetFact(
        code=code,
        name=name,
        indicator="congress",
        carried_by="each_unit",
        section=section,
        label_quote_index=label,
        required_share=100,
        carrier_kinds=STANDALONE_BRANCHES,
        due_on=END_OF_SECOND_QUARTER,
        restates=restates,
        note=note,
    )


OF_THE_BLOC = (
    _own("1.1a", "Đối thoại của lãnh đạo tỉnh, Đảng ủy Khối với đoàn viên", "dialogues", "III/1/1.1", 0, 1),
    _pooled("1.1b", "Đoàn viên được học tập, quán triệt nghị quyết", "resolution_study", "III/1/1.1", 1, 100),
    _congress("1.2", "Chi đoàn cơ sở xong đại hội hoặc hội nghị kéo dài nhiệm kỳ", "III/1/1.2", 2),
    _own("1.3a", "Đợt tình nguyện ở vùng sâu, vùng xa", "remote_drives", "III/1/1.3", 3, 1, 2),
    _pooled("1.3b", "Khám bệnh, cấp thuốc miễn phí cho người dân", "free_care", "III/1/1.3", 4, 1000),
    _pooled("1.3c", "Trồng mới, chăm sóc cây xanh", "trees", "III/1/1.3", 5, 1500),
    _own("1.4a", "Hoạt động tình nguyện góp phần nông thôn mới", "village_activities", "III/1/1.4", 6, 1),
    _own("1.4b", "Thôn, bản khó khăn được Đoàn Khối giúp đỡ", "villages_helped", "III/1/1.4", 7, 1),
    _pooled("1.4c", "Xóa nhà tạm, nhà dột nát", "houses_replaced", "III/1/1.4", 8, 2, 3),
    _own("1.5a", "Hoạt động nâng cao ngoại ngữ, hội nhập quốc tế", "language_activities", "III/1/1.5", 9, 1),
    _own("1.5b", "Hoạt động văn hóa, văn nghệ, thể thao", "culture_sport", "III/1/1.5", 10, 1),
    _pooled("1.6a", "Giới thiệu đoàn viên ưu tú để Đảng xem xét", "party_introduced", "III/1/1.6", 11, 70, 80),
    _pooled("1.6b", "Kết nạp đảng viên mới là đoàn viên ưu tú", "party_admitted", "III/1/1.6", 12, 50, 60),
    _pooled("1.7", "Hiến máu tình nguyện", "blood", "III/1/1.7", 13, 150, 200),
    _pooled("1.8a", "Giúp đỡ thiếu nhi có hoàn cảnh khó khăn", "children_helped", "III/1/1.8", 14, 100),
    TargetFact(
        code="1.8b",
        name="Mỗi khối thi đua giúp hộ thanh niên thoát nghèo",
        indicator="households_lifted",
        carried_by="each_bloc",
        section="III/1/1.8",
        label_quote_index=15,
        minimum=1,
        maximum=2,
        required_share=100,
    ),
    _pooled("1.8c", "Không có hộ tái nghèo", "households_relapsed", "III/1/1.8", 16, None, 0),
    _own("1.9", "Hoạt động chuyển đổi số cấp Đoàn Khối", "digital_activities", "III/1/1.9", 17, 1),
    _own("1.10", "Công trình thanh niên của Đoàn Khối", "youth_works", "III/1/1.10", 18, 1),
    _own("1.11a", "Lớp tập huấn cán bộ Đoàn", "training_classes", "III/1/1.11", 19, 1),
    _own("1.11b", "Lớp học tập, quán triệt nghị quyết", "resolution_classes", "III/1/1.11", 20, 2),
    TargetFact(
        code="1.12",
        name="Danh hiệu Xuất sắc tiêu biểu",
        indicator="emulation_title",
        carried_by="issuer_own",
        section="III/1/1.12",
        label_quote_index=21,
    ),
)

OF_THE_GRASSROOTS = (
    _pooled(
        "2.1",
        "Đoàn viên ở cơ sở được học tập, quán triệt nghị quyết",
        "resolution_study",
        "III/2/2.1",
        22,
        100,
        restates="1.1b",
    ),
    _congress("2.2", "Chi đoàn cơ sở đại hội hoặc kéo dài nhiệm kỳ", "III/2/2.2", 23, restates="1.2"),
    _each("2.3", "Đối thoại của cấp ủy, lãnh đạo với đoàn viên", "dialogues", 24, UNIONS, 1),
    _each("2.4", "Hoạt động mừng 94 năm thành lập Đảng", "party_anniversary", 25, BOTH),
    _each("2.5", "Phần việc chuyển đổi số ở cơ quan, đơn vị", "digital_activities", 26, BOTH, 1),
    _each(
        "2.6",
        "Đồng loạt tổ chức Ngày Chủ nhật xanh",
        "green_sundays",
        27,
        UNIONS,
        4,
        note="Số ngày lấy từ mục V.1, điểm 1.1: 04 ngày trong năm.",
    ),
    _each("2.7", "Công trình, phần việc thanh niên ở cơ sở", "youth_works", 28, BOTH, 1),
    _each("2.8a", "Hoạt động vì công sở xanh, sạch, đẹp", "green_office", 29, BOTH, 1),
    _each("2.8b", "Mỗi cơ sở ít nhất 01 hoạt động công sở xanh", "green_office", 34, BOTH, 1, restates="2.8a"),
    _each("2.9", "Mô hình chống rác thải nhựa", "plastic_model", 30, BOTH),
    _each("2.10", "Vận động đề xuất ý tưởng, sáng kiến", "ideas_drive", 31, UNIONS),
    _pooled("2.11", "Đoàn viên hoàn thành tốt nhiệm vụ chuyên môn", "duty_done", "III/2/2.11", 32, 100),
    _each("2.12", "Cập nhật, dùng phần mềm quản lý đoàn viên", "member_software", 33, BOTH),
)

MONTHLY = tuple(
    PhaseFact(due_on=date(YEAR_STARTS_ON.year, month, monthrange(YEAR_STARTS_ON.year, month)[1]), minimum=month)
    for month in range(1, 13)
)

OUTSIDE_THE_LIST = (
    _congress(
        "II.5",
        "Chi đoàn cơ sở đại hội cho nhiệm kỳ 2024 - 2027",
        "II/5",
        35,
        restates="1.2",
        note="Mục này không nhắc hội nghị kéo dài nhiệm kỳ như mục 1.2 và 2.2.",
    ),
    TargetFact(
        code="IV.2.1",
        name="Dọn vệ sinh môi trường cơ quan mỗi tháng một lần",
        indicator="workplace_cleanups",
        carried_by="each_unit",
        section="IV/2/2.1",
        label_quote_index=37,
        minimum=12,
        required_share=100,
        carrier_kinds=BOTH,
        phases=MONTHLY,
    ),
    _pooled("IV.4", "Đoàn viên đăng ký, được xếp loại qua ứng dụng", "app_assessment", "IV/4", 36, 100),
)

# An original always stands before the target that restates it.
TARGETS = OF_THE_BLOC + OF_THE_GRASSROOTS + OUTSIDE_THE_LIST
