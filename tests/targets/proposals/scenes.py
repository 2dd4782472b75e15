"""A draft with a text of our own, its sections, and target proposals as a reader would store them."""

from datetime import date
from decimal import Decimal

from plans.models import FoundContradiction, Plan, Section
from plans.outline.shapes import Contradiction, Doubt
from plans.proposals.contradictions import keep_contradictions
from plans.proposals.deciding import version_of
from targets.extraction import Figure, Known, ProposedTarget
from targets.models import Indicator, TargetProposal
from targets.proposals.reader import keep_targets
from targets.proposals.selectors import TargetItem, items_of
from tests.making import draft
from units.models import Unit

TEXT = """II. HỆ THỐNG CHỈ TIÊU
1.2. 100% chi đoàn cơ sở tổ chức Đại hội trong Quý II/2024.
1.3. Tổ chức trên 1-2 đợt tình nguyện; khám bệnh cho 1.000 lượt người; trồng 1.500 cây xanh.
1.7. Vận động hiến máu đạt từ 150 - 200 đơn vị máu.
2.2. 100% chi đoàn cơ sở hoàn thành Đại hội trong Quý II/2024.
3. Mỗi khối thi đua giúp từ 01 - 02 hộ thanh niên. Chăm sóc 05 công trình thanh niên.
"""
NUMBERS = ("II", "1.2", "1.3", "1.7", "2.2", "3")


def place(words: str) -> tuple[int, int]:
    """Where the words stand in the text, the only time that they do."""
    assert TEXT.count(words) == 1, words
    return TEXT.index(words), TEXT.index(words) + len(words)


def document(unit: Unit, **more) -> Plan:
    """The draft with its sections, nothing proposed yet."""
    plan = draft(unit, text=TEXT, **more)
    starts = [TEXT.index(f"{number}. ") for number in NUMBERS]
    ends = [len(TEXT), *starts[2:], len(TEXT)]
    head = None
    for order, (number, start, end) in enumerate(zip(NUMBERS, starts, ends, strict=True), start=1):
        row = Section.objects.create(
            plan=plan,
            parent=head,
            order=order,
            depth=2 if head else 1,
            number=number,
            address=f"II/{number}" if head else "II",
            heading="" if head else "Hệ thống chỉ tiêu",
            text=TEXT[start:end].strip(),
            start=start,
            end=end,
        )
        head = head or row
    return plan


def sections_of(plan: Plan) -> dict[int, Section]:
    """The sections as a reader gets them: by their index in the outline."""
    return dict(enumerate(plan.sections.order_by("order")))


def found(words: str, number: str | None = "1.7", **more) -> ProposedTarget:
    """A pooled amount of 150 to 200 found at the words, unless told otherwise."""
    start, end = place(words)
    low, high = more.get("minimum", Decimal(150)), more.get("maximum", Decimal(200))
    facts = {
        "section": NUMBERS.index(number) if number else None,
        "figure": Figure("range", low, high, "đơn vị máu"),
        "name": "Hiến máu tình nguyện",
        "indicator": None,
        "indicator_name": "Máu hiến",
        "measure": "đơn vị máu",
        "kind": "amount",
        "over_time": "sum",
        "carried_by": "pooled",
        "carrier_kinds": (),
        "minimum": low,
        "maximum": high,
        "required_share": None,
        "due_on": None,
        "starts_on": None,
        "phases": (),
        "restates": None,
        "doubts": (),
    }
    return ProposedTarget(start=start, end=end, **{**facts, **more})


BLOOD = "Vận động hiến máu đạt từ 150 - 200 đơn vị máu"
DRIVES, CARE, TREES = "trên 1-2 đợt tình nguyện", "khám bệnh cho 1.000 lượt người", "trồng 1.500 cây xanh"
CONGRESS, AGAIN = "100% chi đoàn cơ sở tổ chức Đại hội", "100% chi đoàn cơ sở hoàn thành Đại hội"
HOMES = "Mỗi khối thi đua giúp từ 01 - 02 hộ thanh niên"
WORKS = "Chăm sóc 05 công trình thanh niên"
UNSURE = Doubt("over_range", "Văn bản viết “trên 1-2”: vừa là “hơn”, vừa là khoảng.")


def congress(words: str, number: str, **more) -> ProposedTarget:
    facts = {
        "name": "Đại hội chi đoàn cơ sở",
        "indicator_name": "Đại hội chi đoàn",
        "measure": "đơn vị",
        "kind": "milestone",
        "over_time": "latest",
        "carried_by": "each_unit",
        "carrier_kinds": ("grassroots_branch",),
        "minimum": None,
        "maximum": None,
        "required_share": Decimal(100),
        "due_on": date(2024, 6, 30),
        "figure": Figure("percent", Decimal(100), Decimal(100), "%", "chi đoàn cơ sở"),
    }
    return found(words, number, **{**facts, **more})


def everything() -> list[ProposedTarget]:
    """What a reader finds in the text: eight targets, one of them unsure, one said twice."""
    return [
        congress(CONGRESS, "1.2"),
        found(DRIVES, "1.3", name="Đợt tình nguyện", indicator_name="Đợt tình nguyện", measure="đợt",
              minimum=Decimal(1), maximum=Decimal(2), carried_by="issuer_own", doubts=(UNSURE,)),
        found(CARE, "1.3", name="Khám bệnh miễn phí", indicator_name="Khám bệnh", measure="lượt người",
              minimum=Decimal(1000), maximum=None),
        found(TREES, "1.3", name="Cây xanh", indicator_name="Cây trồng", measure="cây",
              minimum=Decimal(1500), maximum=None),
        found(BLOOD),
        congress(AGAIN, "2.2", restates=0),
        found(HOMES, "3", name="Giúp hộ thanh niên", indicator_name="Hộ được giúp", measure="hộ",
              minimum=Decimal(1), maximum=Decimal(2), carried_by="each_bloc", required_share=Decimal(100)),
    ]  # fmt: skip


def keep(plan: Plan, *rows: ProposedTarget) -> None:
    keep_targets(plan=plan, found=rows, sections=sections_of(plan))


def read_document(unit: Unit, **more) -> Plan:
    """The draft with everything proposed."""
    plan = document(unit, **more)
    keep(plan, *everything())
    return plan


def contradiction(plan: Plan, words: str, says: str = "Hai số không cùng đúng.") -> FoundContradiction:
    start, end = place(words)
    keep_contradictions(plan=plan, found=[Contradiction("over_range", words, start, end, says)])
    return FoundContradiction.objects.get(plan=plan, start=start, end=end)


def proposal(plan: Plan, words: str) -> TargetProposal:
    return TargetProposal.objects.get(plan=plan, quote=words)


def item(plan: Plan, words: str) -> TargetItem:
    return next(one for one in items_of(plan) if one.proposal.quote == words)


def version(plan: Plan, words: str) -> str:
    return version_of(proposal(plan, words))


def labels(plan: Plan) -> dict[str, str]:
    return {one.proposal.quote: one.label for one in items_of(plan)}


def known(indicator: Indicator) -> Known:
    return Known(indicator.pk, indicator.name, indicator.measure, indicator.kind)
