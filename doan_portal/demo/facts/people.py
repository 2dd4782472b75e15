"""The six demo accounts, by role; and the roles under which everyone else acts without signing in.

No private person is named: a display name is the role at the unit.
"""

from doan_portal.demo.facts.shapes import PersonFact, UnitFact
from doan_portal.demo.facts.units import CENTRE, KCQ, KGI, QNA

PASSWORD = "demo-2024"  # noqa: S105 -- printed by the demo itself; accounts exist in demo mode only

PEOPLE = (
    PersonFact(
        username="bithu",
        display_name="Bí thư Chi đoàn Sở Tư pháp",
        title="BÍ THƯ",
        role="secretary",
        unit=f"{KCQ}-018",
    ),
    PersonFact(
        username="canbo",
        display_name="Cán bộ Đoàn Khối các cơ quan",
        title="CÁN BỘ CHUYÊN TRÁCH",
        role="officer",
        unit=KCQ,
    ),
    PersonFact(
        username="lanhdao",
        display_name="Bí thư Đoàn Khối các cơ quan",
        title="BÍ THƯ",
        role="leader",
        unit=KCQ,
    ),
    PersonFact(
        username="quantri",
        display_name="Quản trị Đoàn Khối các cơ quan",
        title="QUẢN TRỊ",
        role="administrator",
        unit=KCQ,
    ),
    PersonFact(
        username="canbo.kg",
        display_name="Cán bộ Tỉnh đoàn Kiên Giang",
        title="CÁN BỘ CHUYÊN TRÁCH",
        role="officer",
        unit=KGI,
    ),
    PersonFact(
        username="lanhdao.kg",
        display_name="Bí thư Tỉnh đoàn Kiên Giang",
        title="BÍ THƯ",
        role="leader",
        unit=KGI,
    ),
)

# They act in the loaded history only (a report is approved from strictly above) and get no password.
OFFICERS_ABOVE = (
    PersonFact(
        username="canbo.qna",
        display_name="Cán bộ Tỉnh đoàn Quảng Nam",
        title="CÁN BỘ CHUYÊN TRÁCH",
        role="officer",
        unit=QNA,
    ),
    PersonFact(
        username="canbo.tw",
        display_name="Cán bộ Trung ương Đoàn",
        title="CÁN BỘ CHUYÊN TRÁCH",
        role="officer",
        unit=CENTRE,
    ),
)


def secretary_name(unit: UnitFact) -> str:
    """The display name of whoever reports for `unit` ("Bí thư Chi đoàn Sở Tư pháp")."""
    return f"Bí thư {unit.name}"
