"""The resolution of the union of agencies for 2024, put together: number, date, parts, recipients.

Its text, targets and activities stand in the modules named after it; the sections of part V are
made here because they list the activities.
"""

from datetime import date

from doan_portal.demo.facts.resolution_qna_activities import (
    ACTIVITIES,
    FIRST_QUARTER,
    FOURTH_QUARTER,
    OF_ALL_UNITS,
    SECOND_QUARTER,
    THIRD_QUARTER,
)
from doan_portal.demo.facts.resolution_qna_sections import AFTER_THE_CALENDAR, BEFORE_THE_CALENDAR
from doan_portal.demo.facts.resolution_qna_targets import TARGETS
from doan_portal.demo.facts.shapes import (
    YEAR_ENDS_ON,
    YEAR_STARTS_ON,
    ActivityFact,
    PlanFact,
    RecipientFact,
    SectionFact,
)
from doan_portal.demo.facts.units import KCQ


def _listed(activities: tuple[ActivityFact, ...]) -> str:
    """One line an activity, under the number that its code ends in."""
    return "\n".join(f"{activity.code.rpartition('-')[2]}. {activity.name}." for activity in activities)


CALENDAR_SECTIONS = (
    SectionFact(address="V", number="V", heading="Các hoạt động lớn dự kiến"),
    SectionFact(
        address="V/1",
        number="1",
        heading="Hoạt động đồng loạt",
        text=_listed(OF_ALL_UNITS),
        parent="V",
    ),
    SectionFact(address="V/2", number="2", heading="Hoạt động của Đoàn Khối", parent="V"),
    *(
        SectionFact(
            address=f"V/2/Q{quarter_number}",
            heading=f"Quý {quarter_number}",
            text=_listed(activities),
            parent="V/2",
        )
        for quarter_number, activities in (
            ("I", FIRST_QUARTER),
            ("II", SECOND_QUARTER),
            ("III", THIRD_QUARTER),
            ("IV", FOURTH_QUARTER),
        )
    ),
    SectionFact(
        address="V/2b",
        number="2",
        heading="Hoạt động của các khối thi đua",
        text=(
            "Trưởng, Phó khối thi đua họp các đơn vị trong khối, đăng ký hoạt động chung theo định hướng của Đoàn Khối."
        ),
        parent="V",
    ),
)

RESOLUTION = PlanFact(
    number=2,
    symbol="02-NQ/ĐTN",
    kind="resolution",
    title="Công tác Đoàn, phong trào thanh niên của Khối năm 2024",
    theme="Năm Thanh niên tình nguyện",
    issuer=KCQ,
    issued_on=date(2024, 1, 2),
    place="Quảng Nam",
    starts_on=YEAR_STARTS_ON,
    ends_on=YEAR_ENDS_ON,
    signed_for="TM. BAN THƯỜNG VỤ",
    signer_title="BÍ THƯ",
    recipients=(
        RecipientFact(name="BTV Đảng ủy Khối", role="b/c"),
        RecipientFact(name="BTV Tỉnh đoàn", role="b/c"),
        RecipientFact(name="Các Ban của Đảng ủy Khối", role="b/c"),
        RecipientFact(name="Các Ban, Văn phòng Tỉnh đoàn", role="b/c"),
        RecipientFact(name="Cấp ủy, cơ sở Đảng", role="p/h"),
        RecipientFact(name="Tổ chức cơ sở Đoàn trực thuộc", role="t/h"),
        RecipientFact(name="Lưu (77b)"),
    ),
    sections=BEFORE_THE_CALENDAR + CALENDAR_SECTIONS + AFTER_THE_CALENDAR,
    targets=TARGETS,
    activities=ACTIVITIES,
)
