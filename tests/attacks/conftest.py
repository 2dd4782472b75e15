"""A place worth attacking: something of every kind in Quảng Nam, and everybody who could want it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from accounts.enums import RoleName
from accounts.models import Role, User
from activities.enums import Precision
from activities.feeds.services import make_feed
from activities.occurrences.services import add_occurrence
from activities.proposals.services import add_from_selection
from activities.registering.services import register_activity, return_registration
from activities.services import record_participation
from activities.services.comments import say
from activities.services.files import add_file, add_outcome_file
from activities.timing import Span as DaySpan
from core.attachments import Attachment
from core.notices import stop_address
from core.workbooks import XLSX, keeping
from plans.models import FoundContradiction
from plans.services import add_section
from reports.documents.models import OfficialDocument
from reports.documents.services import request_report
from reports.documents.wording.services import save_wording
from reports.progress.models import ProgressReport
from reports.progress.services import (
    add_evidence,
    create_periods,
    keep_phrase,
    keep_rule,
    open_period,
    set_deadline,
)
from targets.calendar import Span
from targets.models import TargetProposal
from targets.services import allocate, propose_adjustment
from tests.conftest import Province, person
from tests.making import activity, draft, indicator, issue, target
from tests.plans.reading.scenes import DOCUMENT, read_plan
from tests.reports.progress.scenes import EntryInput, bring_to, report_of
from tests.reports.sample_report import quarterly_report

A_DAY = (date(2024, 10, 20), date(2024, 10, 20), "day")


@dataclass(frozen=True)
class Place:
    """What stands in Quảng Nam. ``words`` fill the blanks of every address, ``draft_words`` those about a draft."""

    province: Province
    people: dict[str, User]
    words: dict[str, object]
    draft_words: dict[str, object]
    report: ProgressReport

    @property
    def september(self):
        return self.report.period


def _workbook(person_of: User) -> int:
    book = Workbook()
    book.active.append(["Mã đơn vị", "Tên đơn vị"])
    book.active.append(["QNA-KCQ-003", "Chi đoàn Sở Tư pháp"])
    content = BytesIO()
    book.save(content)
    kept = keeping.keep(subject="accounts.units", name="don-vi.xlsx", content=content.getvalue(), user=person_of)
    assert kept.content_type == XLSX
    return kept.pk


@pytest.fixture
def people(
    province, secretary, neighbour, officer, leader, administrator, bloc_head, top_officer, outsider, nobody
) -> dict[str, User]:
    """Everybody by a short name; ``sibling`` is an officer of a unit beside, ``top_admin`` keeps the calendar."""
    return {
        "secretary": secretary,
        "neighbour": neighbour,
        "officer": officer,
        "leader": leader,
        "administrator": administrator,
        "bloc_head": bloc_head,
        "top_officer": top_officer,
        "top_admin": person("quan.tri.tw", "Quản trị Trung ương", province.top, RoleName.ADMINISTRATOR),
        "sibling": person("can.bo.bv", "Cán bộ Đoàn Bệnh viện", province.hospital, RoleName.OFFICER),
        "outsider": outsider,
        "nobody": nobody,
    }


@pytest.fixture
def place(province, people) -> Place:
    union, justice = province.bloc_union, province.justice
    officer, secretary = people["officer"], people["secretary"]
    plan = draft(union)
    section = add_section(plan=plan, number="1", heading="Hiến máu tình nguyện")
    blood = indicator(union)
    hearts = target(plan, on=blood, section=section)
    green = activity(union, "Ngày Chủ nhật xanh", plan=plan, scope="all_units")
    issue(plan, number=2)
    wished_for = register_activity(actor=secretary, item=green, unit=justice, name="Trồng cây", window=A_DAY)
    sent_back = register_activity(actor=secretary, item=green, unit=justice, name="Dọn vệ sinh", window=A_DAY)
    return_registration(actor=officer, registration=sent_back, reason="Trùng ngày")
    allocate(
        actor=None,
        target=hearts,
        unit=province.finance,
        handed_by=union,
        minimum=Decimal(5),
        effective_on=date(2024, 2, 1),
    )
    wished = propose_adjustment(
        actor=people["neighbour"],
        target=hearts,
        unit=province.finance,
        minimum=Decimal(3),
        maximum=None,
        reason="Đơn vị chỉ còn 20 đoàn viên.",
    )
    writing = draft(union, title="Chương trình công tác năm 2025")
    chapter = add_section(plan=writing, number="1", heading="Mở đầu")
    wish = target(writing, code="1", on=blood)
    idea = activity(union, plan=writing)
    above = draft(province.qna, title="Công tác Đoàn tỉnh năm 2024")
    theirs = activity(province.qna, "Tháng Thanh niên", plan=above, scope="all_units")
    based = draft(union, title="Kế hoạch năm 2024", based_on=issue(above))
    # Its deadline for reports lies before its own date: a contradiction.
    read = read_plan(union, text=DOCUMENT.replace("20/11/2024", "20/11/2023"))
    start = read.text.index("Vận động")
    proposed = add_from_selection(actor=None, plan=read, start=start, end=start + 8)
    day = activity(justice, scope="unit", indicators=[blood])
    outcome = record_participation(
        actor=None, activity=day, unit=justice, done_on=date(2024, 3, 9), figures={blood: Decimal(7)}
    )
    schedule = add_file(
        actor=secretary, activity=day, attachment=Attachment("lich.pdf", b"%PDF-1.6", "application/pdf")
    )
    minutes = add_outcome_file(
        actor=secretary, participation=outcome, attachment=Attachment("bien-ban.pdf", b"%PDF-1.5", "application/pdf")
    )
    word = say(actor=secretary, activity=day, unit=justice, text="Xin hỗ trợ loa đài.")
    again = activity(justice, "Ngày Chủ nhật xanh", scope="unit")
    sunday = add_occurrence(
        actor=None, activity=again, when=DaySpan(date(2024, 9, 1), date(2024, 9, 1), Precision.DAY)
    )[0]
    months = {month.month: month for month in create_periods(owner=province.top, year=2024)}
    open_period(period=months[9])
    photo = add_evidence(
        actor=secretary,
        report=report_of(justice, months[9]),
        attachment=Attachment("anh.pdf", b"%PDF-1.7", "application/pdf"),
    )
    waiting = bring_to(
        "submitted",
        report_of(justice, months[9]),
        secretary=secretary,
        officer=officer,
        **{f"i{blood.pk}": EntryInput(amount=Decimal(7))},
    )
    paper = request_report(actor=people["leader"], unit=union, span=Span.parse("2024-09"), basis="official")
    frozen = quarterly_report(target_groups=(), units=None, activities=(), next_activities=(), reporting=None)
    OfficialDocument.objects.filter(pk=paper.pk).update(snapshot=frozen.to_snapshot())
    save_wording(actor=officer, document=paper, words={"causes": ("Do sắp xếp tổ chức.",)}, seen=1)
    paper.refresh_from_db()
    other_days = set_deadline(
        period=months[9], unit=province.finance, due_on=date(2024, 10, 4), locks_on=date(2024, 10, 10)
    )
    standing = keep_rule(unit=province.finance, due_day=4, lock_day=10)
    feed, token = make_feed(actor=secretary, unit=justice)
    words = {
        "code": justice.code,
        "unit_code": justice.code,
        "month": "2024-09",
        "plan_id": plan.pk,
        "draft_id": writing.pk,
        "section_id": chapter.pk,
        "sheet": "sections",
        "reading_id": read.pk,
        "proposal_id": TargetProposal.objects.filter(plan=read).order_by("pk")[0].pk,
        "activity_proposal_id": proposed.pk,
        "contradiction_id": FoundContradiction.objects.get(plan=read).pk,
        "target_id": hearts.pk,
        "way": "even",
        "number": 1,
        "adjustment_id": wished.pk,
        "indicator_id": blood.pk,
        "activity_id": day.pk,
        "participation_id": outcome.pk,
        "activity_file_id": schedule.pk,
        "outcome_file_id": minutes.pk,
        "comment_id": word.pk,
        "outcome_id": outcome.pk,
        "divided_id": again.pk,
        "occurrence_id": sunday.pk,
        "item_id": green.pk,
        "based_id": based.pk,
        "above_id": theirs.pk,
        "registration_id": wished_for.pk,
        "returned_id": sent_back.pk,
        "document_id": paper.pk,
        "job_id": paper.job_id,
        "file_id": _workbook(people["administrator"]),
        "evidence_id": photo.pk,
        "period_id": months[9].pk,
        "deadline_id": other_days.pk,
        "token": token,
        "feed_id": feed.pk,
        "signed": stop_address(secretary, ["reports.returned"]).split("/")[-2],
        "phrase_id": keep_phrase(actor=officer, unit=union, text="Đề nghị bổ sung số liệu.").pk,
        "rule_id": standing.pk,
        "role_id": Role.objects.get(user=secretary).pk,
    }
    draft_words = {"plan_id": writing.pk, "target_id": wish.pk, "activity_id": idea.pk}
    return Place(province, people, words, draft_words, waiting)
