"""A draft with a text of our own, its sections, and activity proposals as a reader would store them."""

from datetime import date

from activities.extraction import ProposedActivity
from activities.models import ActivityProposal
from activities.proposals.reader import keep_activities
from activities.proposals.selectors import ActivityItem, items_of
from activities.timing import Span
from plans.models import FoundContradiction, Plan, Section
from plans.outline.shapes import Contradiction, Doubt
from plans.proposals.contradictions import keep_contradictions
from plans.proposals.deciding import version_of
from plans.vietnamese.times import Span as ReadSpan
from tests.making import draft
from units.models import Unit

TEXT = """V. CÁC HOẠT ĐỘNG LỚN
* Quý I:
1. Tổ chức Ngày hội hiến máu (tháng 3/2024).
2. Ra quân Tháng Thanh niên, trồng cây vào tháng 02 và tháng 3.
* Quý IV:
1. Liên hoan ca khúc cách mạng (dự kiến tháng 9/2024).
2. Thi đua chào mừng giữa các khối.
- Thăm hỏi gia đình chính sách.
"""
# (number, heading, words that it begins with, depth)
SECTIONS = (
    ("V", "Các hoạt động lớn", "V. ", 1),
    ("", "Quý I", "* Quý I:", 2),
    ("1", "", "1. Tổ chức", 3),
    ("2", "", "2. Ra quân", 3),
    ("", "Quý IV", "* Quý IV:", 2),
    ("1", "", "1. Liên hoan", 3),
    ("2", "", "2. Thi đua", 3),
)
BLOOD, MONTH, TREES = (
    "Tổ chức Ngày hội hiến máu (tháng 3/2024)",
    "Ra quân Tháng Thanh niên",
    "trồng cây vào tháng 02 và tháng 3",
)
SONGS, BLOC, VISITS = (
    "Liên hoan ca khúc cách mạng (dự kiến tháng 9/2024)",
    "Thi đua chào mừng giữa các khối",
    "Thăm hỏi gia đình chính sách",
)
NO_TIME = Doubt("no_time", "Văn bản không ghi thời gian.")


def month(number: int) -> Span:
    last = date(2024, number + 1, 1).toordinal() - 1
    return Span(date(2024, number, 1), date.fromordinal(last), "month")


def document(unit: Unit, **more) -> Plan:
    """The draft with its sections, nothing proposed yet."""
    plan = draft(unit, text=TEXT, **more)
    starts = [TEXT.index(words) for _number, _heading, words, _depth in SECTIONS]
    above: dict[int, Section] = {}
    for order, (number, heading, _words, depth) in enumerate(SECTIONS, start=1):
        beyond = [starts[n] for n in range(order, len(SECTIONS)) if SECTIONS[n][3] <= depth]
        above[depth] = Section.objects.create(
            plan=plan,
            parent=above.get(depth - 1),
            order=order,
            depth=depth,
            number=number,
            address=f"V/{order}",
            heading=heading,
            start=starts[order - 1],
            end=beyond[0] if beyond else len(TEXT),
        )
    return plan


def found(words: str, section: int | None, *windows: Span, **more) -> ProposedActivity:
    """The issuer's own, once, unless told otherwise; ``section`` counts from 1."""
    start = TEXT.index(words)
    facts = {"tentative": False, "scope": "issuer", "repeats": 1, "name": words, "time": None, "doubts": ()}
    return ProposedActivity(
        start=start,
        end=start + len(words),
        windows=tuple(ReadSpan(*window) for window in windows),
        section=section - 1 if section else None,
        **{**facts, **more},
    )


def everything() -> list[ProposedActivity]:
    """What a reader finds in the text: one without a time, one that stands under the wrong quarter, one of a bloc."""
    time = TEXT.index("tháng 3/2024")
    return [
        found(BLOOD, 3, month(3), name="Ngày hội hiến máu", time=(time, time + len("tháng 3/2024"))),
        found(MONTH, 4, doubts=(NO_TIME,), scope="all_units"),
        found(TREES, 4, month(2), month(3), name="Trồng cây", repeats=4, scope="all_units"),
        found(SONGS, 6, month(9), name="Liên hoan ca khúc", tentative=True),
        found(BLOC, 7, name="Thi đua khối", scope="bloc"),
    ]


def sections_of(plan: Plan) -> dict[int, Section]:
    return dict(enumerate(plan.sections.order_by("order")))


def keep(plan: Plan, *rows: ProposedActivity) -> None:
    keep_activities(plan=plan, found=rows, sections=sections_of(plan))


def read_document(unit: Unit, **more) -> Plan:
    plan = document(unit, **more)
    keep(plan, *everything())
    return plan


def contradiction(plan: Plan, words: str) -> FoundContradiction:
    start = TEXT.index(words)
    says = "Đặt dưới Quý IV nhưng ghi tháng 9."
    keep_contradictions(plan=plan, found=[Contradiction("outside_quarter", words, start, start + len(words), says)])
    return FoundContradiction.objects.get(plan=plan)


def proposal(plan: Plan, words: str) -> ActivityProposal:
    return ActivityProposal.objects.get(plan=plan, quote=words)


def item(plan: Plan, words: str) -> ActivityItem:
    return next(one for one in items_of(plan) if one.proposal.quote == words)


def version(plan: Plan, words: str) -> str:
    return version_of(proposal(plan, words))


def windows_of(row: ActivityProposal) -> list[tuple[str, str, str]]:
    """The windows of the activity that the proposal became."""
    rows = row.activity.windows.order_by("starts_on")
    return [(str(window.starts_on), str(window.ends_on), window.precision) for window in rows]
