"""The 29 rows of the annex to the province's orientation, and their state on 2024-10-05.

The annex gives months; "tháng 03 và tháng 07" is two windows, not a span. Slips of the scanned
original are put right in the names. States and reasons are made up.
"""

from datetime import date

from doan_portal.demo.facts.shapes import ActivityFact, WindowFact
from doan_portal.demo.facts.spans import month, months, quarter, year

ANNEX = "PL"


def _row(
    number: int,
    name: str,
    *windows: WindowFact,
    scope: str = "issuer",
    state: str = "planned",
    done_on: date | None = None,
    note: str = "",
) -> ActivityFact:
    """One row of the annex that needs no more than a name, times and a state."""
    return ActivityFact(
        code=f"{ANNEX}.{number}",
        name=name,
        scope=scope,
        section=ANNEX,
        label_index=number - 1,
        windows=windows,
        state="done" if done_on else state,
        done_on=done_on,
        note=note,
    )


ACTIVITIES = (
    _row(1, "Kỷ niệm 74 năm Ngày Học sinh - Sinh viên Việt Nam", month(1), done_on=date(2024, 1, 9)),
    _row(2, "Xuân tình nguyện 2024", months(1, 2), scope="all_units", done_on=date(2024, 2, 4)),
    _row(
        3,
        "Chăm lo Tết Giáp Thìn cho công nhân trẻ, người lao động",
        months(1, 2),
        done_on=date(2024, 2, 3),
    ),
    _row(4, "Hưởng ứng “Tết Quân - Dân”", months(1, 2), done_on=date(2024, 1, 31)),
    _row(
        5,
        "Xuân biên giới, Tết hải đảo",
        months(1, 2),
        done_on=date(2024, 1, 26),
        note="Bản quét ghi “hai đảo”.",
    ),
    _row(
        6,
        "Họp mặt giáo viên, học sinh, sinh viên đầu xuân",
        months(1, 2),
        done_on=date(2024, 2, 20),
        note="Bản quét ghi “Hợp mắt”.",
    ),
    _row(7, "Tết trồng cây", month(2), scope="all_units", done_on=date(2024, 2, 16)),
    _row(8, "Chuỗi hoạt động mừng 93 năm thành lập Đoàn", months(2, 3), done_on=date(2024, 3, 26)),
    _row(9, "Chuỗi hoạt động mừng 83 năm thành lập Đội", months(2, 5), done_on=date(2024, 5, 15)),
    _row(10, "Lễ ra quân Tháng Thanh niên", month(3), scope="all_units", done_on=date(2024, 3, 2)),
    _row(11, "Ngày Đoàn viên", month(3), scope="all_units", done_on=date(2024, 3, 26)),
    _row(12, "Tháng ba biên giới", month(3), done_on=date(2024, 3, 15)),
    _row(
        13,
        "Ngày cao điểm chung sức xây dựng nông thôn mới",
        month(3),
        month(7),
        scope="all_units",
        done_on=date(2024, 7, 14),
        note="Hai đợt riêng: tháng 3 và tháng 7.",
    ),
    _row(14, "Hành trình vì biển đảo quê hương", months(4, 5), done_on=date(2024, 5, 18)),
    _row(15, "Thi dự án khởi nghiệp thanh niên nông thôn", months(4, 11), state="under_way"),
    _row(
        16,
        "Hội thi Tin học trẻ công chức, viên chức, người lao động",
        months(4, 6),
        done_on=date(2024, 6, 14),
    ),
    _row(17, "Đồng hành với công nhân trẻ trong Tháng Công nhân", month(5), done_on=date(2024, 5, 25)),
    _row(18, "Olympic tiếng Anh cho cán bộ trẻ", months(5, 10), state="under_way"),
    _row(19, "Chiến dịch Hãy làm sạch biển", month(6), scope="all_units", done_on=date(2024, 6, 8)),
    ActivityFact(
        code=f"{ANNEX}.20",
        name="Diễn đàn thanh niên khởi nghiệp",
        scope="issuer",
        section=ANNEX,
        label_index=19,
        windows=(quarter(3),),
        state="postponed",
        reason="Ghép với vòng chung kết cuộc thi dự án khởi nghiệp.",
        new_window=month(11),
    ),
    _row(21, "Chiến dịch tình nguyện hè", months(5, 8), scope="all_units", done_on=date(2024, 8, 18)),
    _row(
        22,
        "Tháng hành động vì trẻ em, sinh hoạt hè và Tết Trung thu",
        months(6, 9),
        scope="all_units",
        done_on=date(2024, 9, 17),
        note="Văn bản ghi Tết Trung thu 2023 trong kế hoạch năm 2024.",
    ),
    ActivityFact(
        code=f"{ANNEX}.23",
        name="Ngày cao điểm tình nguyện xây dựng đô thị văn minh",
        scope="issuer",
        section=ANNEX,
        label_index=22,
        windows=(months(6, 8),),
        state="cancelled",
        reason="Lồng ghép vào chiến dịch tình nguyện hè.",
    ),
    _row(24, "Đền ơn đáp nghĩa, thắp nến tri ân dịp 27/7", month(7), scope="all_units", done_on=date(2024, 7, 26)),
    _row(25, "Liên hoan Tuổi trẻ sáng tạo", months(9, 11), state="under_way"),
    _row(26, "Đại hội Hội LHTN Việt Nam tỉnh lần thứ XII, nhiệm kỳ 2024 - 2029", month(10)),
    _row(
        27,
        "Tôi yêu Tổ quốc tôi; 68 năm truyền thống Hội; trao giải 15/10 và Thanh niên sống đẹp",
        month(10),
        note="“15/10” là tên giải thưởng, không phải ngày tổ chức.",
    ),
    _row(28, "Hỗ trợ thanh niên lập nghiệp, khởi nghiệp", year(), state="under_way"),
    ActivityFact(
        code=f"{ANNEX}.29",
        name="04 Ngày Chủ nhật xanh đồng loạt",
        scope="all_units",
        section=ANNEX,
        label_index=28,
        windows=(year(),),
        repeats=4,
        state="under_way",
        result="Đã ra quân ba lần.",
        feeds="green_sundays",
    ),
)
