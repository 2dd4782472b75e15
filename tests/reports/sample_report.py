"""A periodic report of invented figures, as large as a real one: 60 units in 7 blocs, 38 targets. Nobody is named."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from reports.documents.context import (
    ActivityRow,
    Basis,
    BlocOfUnits,
    Figure,
    Head,
    MonthlyAmount,
    MonthlyChart,
    PeriodicReport,
    PlanReference,
    Recipient,
    ReportingAnnex,
    ReportingMark,
    ReportingRow,
    Signer,
    SpanWords,
    TargetGroup,
    TargetRow,
    Topic,
    UnitAnnex,
    UnitColumn,
    UnitRow,
    Verification,
)

BLOCS = (
    ("Khối thi đua số 1 – Đảng, Mặt trận, đoàn thể", 9),
    ("Khối thi đua số 2 – Nội chính, tổng hợp", 9),
    ("Khối thi đua số 3 – Kinh tế", 9),
    ("Khối thi đua số 4 – Văn hóa, xã hội", 9),
    ("Khối thi đua số 5 – Y tế", 8),
    ("Khối thi đua số 6 – Trường học", 7),
    ("Khối thi đua số 7 – Tài chính, ngân hàng", 9),
)
NAMES = (
    "Văn phòng Tỉnh ủy", "Ban Tổ chức", "Ban Tuyên giáo", "Cơ quan Ủy ban Kiểm tra", "Ủy ban Mặt trận Tổ quốc",
    "Hội Nông dân", "Hội Liên hiệp Phụ nữ", "Liên đoàn Lao động", "Sở Nội vụ", "Sở Tư pháp", "Thanh tra",
    "Tòa án nhân dân", "Viện Kiểm sát nhân dân", "Sở Công Thương", "Sở Giao thông vận tải",
    "Sở Tài nguyên và Môi trường", "Đài Phát thanh - Truyền hình", "Bệnh viện Đa khoa khu vực phía Bắc", "Cục Thuế",
    "Trường Cao đẳng Y tế",
)  # fmt: skip
STATUSES = ("met", "on_track", "at_risk", "exceeded", "on_track", "behind", "not_due", "missed")
CONTENTS = (
    "Hoạt động đối thoại giữa lãnh đạo với cán bộ, đoàn viên",
    "Cán bộ, đoàn viên được học tập, quán triệt nghị quyết, chủ trương, chính sách, pháp luật",
    "Chi đoàn cơ sở hoàn thành Đại hội nhiệm kỳ trong quý II",
    "Đợt tình nguyện vì cộng đồng về vùng sâu, vùng xa",
    "Lượt người dân được khám bệnh, cấp thuốc miễn phí",
)
SHORT = ("Đối thoại", "Học tập nghị quyết", "Đại hội, hội nghị", "Tình nguyện vùng sâu", "Khám bệnh")


def quarterly_report(**changes: Any) -> PeriodicReport:
    """The report of a third quarter, issued and official, unless `changes` says otherwise."""
    report = PeriodicReport(
        kind="quarterly",
        draft=False,
        provisional=False,
        head=Head(
            superior_name="Tỉnh Đoàn Quảng Nam",
            issuer_name="BCH Đoàn Khối các cơ quan",
            number=86,
            symbol="BC/ĐTN",
            place="Quảng Nam",
            dated=date(2024, 10, 4),
        ),
        span=SpanWords(
            code="2024-Q3",
            label="quý III năm 2024",
            short="quý III",
            to_date="9 tháng năm 2024",
            next_label="quý IV năm 2024",
            ends_on=date(2024, 9, 30),
        ),
        subject="công tác Đoàn và phong trào thanh thiếu nhi",
        reporter="Ban Thường vụ Đoàn Khối các cơ quan tỉnh Quảng Nam",
        reporter_short="Ban Thường vụ Đoàn Khối",
        issuer_short="Đoàn Khối",
        plan=PlanReference(
            type_name="Nghị quyết",
            number="02-NQ/ĐTN",
            dated=date(2024, 1, 2),
            issued_by="Ban Thường vụ Đoàn Khối các cơ quan tỉnh Quảng Nam",
            about="công tác Đoàn và phong trào thanh niên năm 2024",
        ),
        basis=Basis(reported=58, required=60, units_name="tổ chức cơ sở Đoàn trực thuộc"),
        topics=_topics(),
        strengths=("Công tác Đoàn và phong trào thanh niên bám sát nghị quyết năm, có trọng tâm.",),
        weaknesses=("Việc gửi báo cáo ở một số đơn vị còn muộn; số liệu đoàn viên có nơi chưa thống nhất.",),
        causes=("Cán bộ Đoàn ở các cơ quan, đơn vị đều kiêm nhiệm, biến động nhiều do luân chuyển, điều động.",),
        tasks=(
            "Tập trung hoàn thành các chỉ tiêu chưa đạt, trước hết là kết nạp thêm ít nhất 17 đảng viên mới.",
            "Tổ chức các hoạt động hưởng ứng Ngày Chuyển đổi số quốc gia (10/10) trong tháng 10.",
            "Chấn chỉnh chế độ báo cáo: các đơn vị gửi báo cáo tháng trước ngày 25 hằng tháng.",
        ),
        target_groups=_target_groups(),
        units=unit_annex(),
        activities=_activities(),
        next_activities=_activities()[:4],
        reporting=reporting_annex(months=(7, 8, 9)),
        recipients=(
            Recipient(name="BTV Đảng ủy Khối", role="b/c"),
            Recipient(name="BTV Tỉnh đoàn", role="b/c"),
            Recipient(name="Cấp ủy các cơ quan, đơn vị", role="p/h"),
            Recipient(name="Các đồng chí UV BCH Đoàn Khối"),
            Recipient(name="Các tổ chức cơ sở Đoàn trực thuộc", role="t/h"),
        ),
        archive="VP",
        signer=Signer(capacity=("TM. BAN THƯỜNG VỤ",), title="BÍ THƯ", name="Người Ký Mẫu"),
        verification=Verification(code="QN24-7K3M-Q9TD", url="https://congtacdoan.example/verify/QN24-7K3M-Q9TD/"),
    )
    return replace(report, **changes)


def unit_annex(*, columns: int = 38, blocs: tuple[tuple[str, int], ...] = BLOCS) -> UnitAnnex:
    number, groups = 0, []
    for name, size in blocs:
        rows = []
        for _ in range(size):
            rows.append(_unit_row(number, columns))
            number += 1
        sums = tuple(_sum_cell(column, size) for column in range(columns))
        groups.append(BlocOfUnits(name=name, rows=tuple(rows), sums=sums, reported=size - (size == 8) * 2))
    return UnitAnnex(
        columns=tuple(_unit_column(column) for column in range(columns)),
        blocs=tuple(groups),
        own_name="Đoàn Khối trực tiếp tổ chức",
        own_cells=tuple(
            Figure.of_amount(Decimal(640)) if c % 5 == 4 else Figure.not_applicable() for c in range(columns)
        ),
        totals=tuple(_sum_cell(column, 60) for column in range(columns)),
        kinds_note="ĐCS: Đoàn cơ sở; CĐCS: chi đoàn cơ sở.",
    )


def reporting_annex(*, months: tuple[int, ...]) -> ReportingAnnex:
    rows = []
    for bloc, size in BLOCS:
        for _ in range(size):
            number = len(rows)
            marks = tuple(_mark(number, month) for month in months)
            rows.append(ReportingRow(unit=unit_name(number), bloc=bloc, marks=marks))
    note = "Hạn gửi báo cáo là hết ngày 25 hằng tháng."
    return ReportingAnnex(months=months, rows=tuple(rows), deadline_note=note)


def unit_name(number: int) -> str:
    return f"{NAMES[number % len(NAMES)]} {('tỉnh', 'khu vực I', 'khu vực II')[number // len(NAMES)]}"


def _mark(number: int, month: int) -> ReportingMark:
    if number in (23, 41):
        return ReportingMark(timeliness="missing")
    if (number * 7 + month) % 17 == 0:
        return ReportingMark(timeliness="late", days_late=1 + number % 4)
    return ReportingMark(timeliness="not_required" if number == 59 and month < 9 else "on_time")


def _unit_column(column: int) -> UnitColumn:
    units = ("lượt", "%", "ngày", "đạt", "đơn vị")
    return UnitColumn(clause=f"{1 + column // 20}.{column % 20 + 1}", short_name=SHORT[column % 5],
                      unit_of_figure=units[column % 5])  # fmt: skip


def _unit_row(number: int, columns: int) -> UnitRow:
    silent = number in (23, 41)
    cells = tuple(Figure.missing() if silent else _unit_cell(number, column) for column in range(columns))
    return UnitRow(name=unit_name(number), kind_short="ĐCS" if number % 3 == 0 else "CĐCS", cells=cells)


def _unit_cell(number: int, column: int) -> Figure:
    match column % 5:
        case 0 | 4:
            return Figure.of_amount(Decimal((number * 37 + column * 11) % 1500), carried=number == 5 and column == 0)
        case 1:
            return Figure.of_ratio(Decimal(30 + number % 9), Decimal(40))
        case 2:
            return (
                Figure.not_applicable() if number % 3 == 0 else Figure.done(date(2024, 5 + number % 2, 1 + number % 28))
            )
        case _:
            return Figure.done() if number % 4 else Figure.not_done()


def _sum_cell(column: int, size: int) -> Figure:
    match column % 5:
        case 0 | 4:
            return Figure.of_amount(Decimal(size * 97))
        case 1:
            return Figure.of_ratio(Decimal(size * 35), Decimal(size * 40))
        case _:
            return Figure.of_share(size - 1, size)


def _target_row(number: int) -> TargetRow:
    kind = number % 5
    base: dict[str, Any] = {
        "clause": f"{1 + number // 20}.{number % 20 + 1}",
        "content": CONTENTS[kind],
        "short_name": SHORT[kind],
        "measure": ("hoạt động", "người", "chi đoàn", "đợt", "lượt người")[kind],
        "minimum": Decimal(1),
        "maximum": None,
        "required_share": None,
        "carriers": None,
        "measured": "amount",
        "carried_by": "pooled",
        "in_span": Figure.of_amount(Decimal(number % 3)),
        "status": STATUSES[number % len(STATUSES)],
    }
    match kind:
        case 0:
            return TargetRow(
                **base, to_date=Figure.of_amount(Decimal(1 + number % 2)), percent=Decimal(100 * (1 + number % 2))
            )
        case 1:
            changed = {"measured": "ratio", "minimum": Decimal(100), "in_span": Figure.not_applicable()}
            ratio = Figure.of_ratio(Decimal(3389), Decimal(3409))
            return TargetRow(**(base | changed), to_date=ratio, percent=Decimal(338900) / 3409)
        case 2:
            changed = {"measured": "milestone", "carried_by": "each_unit", "required_share": Decimal(100),
                       "carriers": 38, "minimum": None, "in_span": Figure.not_applicable()}  # fmt: skip
            return TargetRow(**(base | changed), to_date=Figure.of_share(36, 38), percent=Decimal(3600) / 38)
        case 3:
            changed = {"minimum": Decimal(1), "maximum": Decimal(2)}
            return TargetRow(**(base | changed), to_date=Figure.of_amount(Decimal(3)), percent=Decimal(300))
        case _:
            changed = {"minimum": Decimal(1500), "maximum": Decimal(2000), "in_span": Figure.of_amount(Decimal(520))}
            return TargetRow(**(base | changed), to_date=Figure.of_amount(Decimal("1240.5")), percent=Decimal("82.7"))


def _target_groups() -> tuple[TargetGroup, ...]:
    rows = [_target_row(number) for number in range(38)]
    rows[17] = replace(rows[17], measured="amount", minimum=None, maximum=Decimal(0), percent=None, status="met",
                       to_date=Figure.of_amount(Decimal(0)), in_span=Figure.of_amount(Decimal(0)),
                       content="Hộ gia đình thanh niên tái nghèo", short_name="Hộ tái nghèo",
                       carried_by="pooled")  # fmt: skip
    rows[34] = replace(rows[34], to_date=Figure.missing(), in_span=Figure.missing(), percent=None, status="no_data")
    rows[36] = replace(rows[36], status="missed", done_late=True, to_date=Figure.of_amount(Decimal(2), carried=True))
    return (
        TargetGroup(heading="II. Một số nhiệm vụ trọng tâm", rows=tuple(rows[:1]), tally="Cấp Đoàn Khối"),
        TargetGroup(heading="III.1. Chỉ tiêu cấp Đoàn Khối", rows=tuple(rows[1:23]), tally="Cấp Đoàn Khối"),
        TargetGroup(heading="III.2. Chỉ tiêu cấp cơ sở", rows=tuple(rows[23:]), tally="Cấp cơ sở"),
    )


def _topics() -> tuple[Topic, ...]:
    text = (
        "Các cấp bộ Đoàn tiếp tục tổ chức học tập, quán triệt và tuyên truyền các nghị quyết, chỉ thị bằng hình thức "
        "trực tiếp kết hợp trực tuyến. Đến cuối quý III, 3.389/3.409 cán bộ, đoàn viên đã được học tập, đạt 99,4%; "
        "tặng 164 suất quà cho gia đình chính sách, người có công; tổ chức 12 buổi tuyên truyền tại 8 đơn vị."
    )
    blood = MonthlyChart(
        title="Máu hiến tình nguyện lũy kế theo tháng năm 2024",
        measure="đơn vị máu",
        minimum=Decimal(150),
        maximum=Decimal(200),
        months=tuple(
            MonthlyAmount(month=m, amount=Decimal(a) if a is not None else None)
            for m, a in enumerate((96, 0, 22, 14, 9, 11, 8, 23, 4, None, None, None), start=1)
        ),
    )
    return (
        Topic(code="propaganda", heading="Công tác tuyên truyền, giáo dục", paragraphs=(text, text)),
        Topic(code="movements", heading="Các phong trào hành động cách mạng", paragraphs=(text, text), charts=(blood,)),
        Topic(code="support", heading="Các chương trình đồng hành với thanh niên", paragraphs=(text,)),
        Topic(code="children", heading="Công tác Đội và phong trào thiếu nhi", paragraphs=(text,)),
        Topic(code="organisation", heading="Xây dựng Đoàn, tham gia xây dựng Đảng", paragraphs=(text, text)),
        Topic(code="advisory", heading="Công tác tham mưu, chỉ đạo", paragraphs=(text,)),
    )


def _activities() -> tuple[ActivityRow, ...]:
    names = (
        ("Chương trình Tiếp sức mùa thi năm 2024", "Tháng 7/2024", "138 tình nguyện viên; 2.300 lượt thí sinh"),
        ("Ngày hội Tuổi trẻ đền ơn đáp nghĩa và Thắp nến tri ân các anh hùng liệt sĩ", "26/7/2024", "47 đơn vị"),
        ("Hội thao cấp Đoàn Khối (chuyển từ tháng 5)", "10–11/8/2024", "4 môn, 36 đội"),
        ("Chiến dịch Kỳ nghỉ hồng năm 2024", "Tháng 8/2024", "96 đoàn viên; bàn giao 01 nhà"),
        ("Ngày Chủ nhật xanh (lần thứ 3 trong năm)", "15/9/2024", ""),
        ("Ngày thứ bảy tình nguyện giải quyết thủ tục hành chính", "Quý III", "31 đơn vị; 4.860 hồ sơ"),
    )
    return tuple(ActivityRow(name=n, time=t, who="Đoàn Khối", result=r) for n, t, r in names)
