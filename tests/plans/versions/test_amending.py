"""An amendment as a new version: begun, written, discarded, issued; the chain of versions and who may do what."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from activities.bases import name_bases
from activities.models import Activity
from activities.services import cancel, mark_done, postpone, record_participation, start
from core import files
from core.models import StoredFile
from plans.models import Plan, PlanEvent, Section
from plans.reading.services import plan_from_source
from plans.services import add_section, close_plan, return_to_draft, revise_section, send_to_leader
from plans.sources import read_pasted
from plans.versions.amending import amend_plan, chain_of, discard_draft, line_of_ids
from targets.models import Allocation, Target, TargetProposal
from targets.proposals.services import accept_sure
from targets.services import allocate
from tests.making import activity, draft, indicator, issue, milestone, target
from tests.plans.reading.scenes import DOCUMENT

MARCH = (date(2024, 3, 1), date(2024, 3, 31), "month")
JULY = (date(2024, 7, 1), date(2024, 7, 31), "month")
MAY = date(2024, 5, 2)
SUMMER = date(2024, 7, 5)


@pytest.fixture
def plan(province) -> Plan:
    """An issued plan with two nested sections, three targets (one restates), a phase, a share and two activities."""
    made = draft(province.bloc_union)
    first = add_section(plan=made, number="I", heading="Chỉ tiêu", topic="movements")
    clause = add_section(plan=made, number="1", heading="", text="Đạt từ 150 đến 200 đơn vị máu", parent=first)
    blood = target(made, section=clause, phases=[(date(2024, 6, 30), Decimal(80))])
    target(made, "1.8", restates=blood, on=blood.indicator)
    target(made, "1.9", on=milestone(province.bloc_union), carried_by="issuer_own", minimum=None, maximum=None)
    issue(made)
    activity(province.bloc_union, plan=made, section=clause, indicators=[blood.indicator])
    activity(province.bloc_union, "Tết trồng cây", plan=made, windows=[JULY, MARCH])
    allocate(
        actor=None,
        target=blood,
        unit=province.finance,
        handed_by=province.bloc_union,
        minimum=Decimal(5),
        effective_on=date(2024, 2, 1),
    )
    made.refresh_from_db()
    return made


def told(version: Plan) -> dict[str, list[object]]:
    """All that a version says, without who is whose copy."""
    return {
        "plan": [(version.unit_id, version.kind, version.title, version.starts_on, version.ends_on)],
        "sections": list(
            version.sections.order_by("order").values_list("address", "parent__address", "heading", "text", "topic")
        ),
        "targets": list(
            version.targets.order_by("order").values_list(
                "code", "section__address", "indicator", "minimum", "maximum", "restates__code", "due_on"
            )
        ),
        "phases": list(version.targets.values_list("code", "phases__due_on", "phases__minimum").order_by("code")),
        "activities": list(
            version.activities.order_by("order", "windows__starts_on").values_list(
                "name", "section__address", "scope", "windows__starts_on", "windows__precision", "indicators"
            )
        ),
    }


def rows() -> dict[type, int]:
    return {model: model.objects.count() for model in (Plan, Section, Target, Allocation, Activity)}


def test_an_amendment_begins_as_a_copy(plan, officer):
    amendment = amend_plan(actor=officer, plan=plan)
    assert (amendment.state, amendment.amends, amendment.created_by) == ("draft", plan, officer)
    assert (amendment.symbol, amendment.number, amendment.issued_on) == ("", None, None)
    assert told(amendment) == told(plan)
    for copies, originals in (
        (amendment.sections, plan.sections),
        (amendment.targets, plan.targets),
        (amendment.activities, plan.activities),
    ):
        assert set(copies.values_list("origin", flat=True)) == set(originals.values_list("pk", flat=True))
    assert amendment.targets.filter(allocations__isnull=False).count() == 0
    assert [event.action for event in plan.events.all()] == ["create", "send", "issue", "amend"]


def test_only_the_latest_issued_version_is_amended_and_once_at_a_time(plan, province):
    waiting = draft(province.bloc_union, "Nháp")
    with pytest.raises(ValidationError) as refused:
        amend_plan(actor=None, plan=waiting)
    assert refused.value.code == "wrong_state"
    second = amend_plan(actor=None, plan=plan)
    with pytest.raises(ValidationError) as refused:
        amend_plan(actor=None, plan=plan)
    assert refused.value.code == "under_way"
    issue(second, 2, MAY)
    with pytest.raises(ValidationError) as refused:
        amend_plan(actor=None, plan=plan)
    assert refused.value.code == "not_latest"
    third = amend_plan(actor=None, plan=second)
    assert [version.pk for version in chain_of(third)] == [plan.pk, second.pk, third.pk]
    assert [version.pk for version in chain_of(plan)] == [plan.pk, second.pk, third.pk]
    assert line_of_ids(second) == [second.pk, plan.pk]


def test_a_closed_plan_is_not_amended(plan):
    close_plan(actor=None, plan=plan)
    with pytest.raises(ValidationError) as refused:
        amend_plan(actor=None, plan=plan)
    assert refused.value.code == "wrong_state"


def test_the_database_keeps_the_versions_in_a_line(plan):
    amend_plan(actor=None, plan=plan)
    facts = {"unit": plan.unit, "kind": "plan", "title": "x", "starts_on": plan.starts_on, "ends_on": plan.ends_on}
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(amends=plan, **facts)
    first, second = Target.objects.filter(plan__amends=plan)[:2]
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(pk=second.pk).update(origin=first.origin)


@pytest.mark.parametrize("name", ["secretary", "leader", "administrator", "bloc_head", "outsider", "nobody"])
def test_only_officers_begin_and_discard(plan, request, name):
    person = request.getfixturevalue(name)
    with pytest.raises(PermissionDenied):
        amend_plan(actor=person, plan=plan)
    amendment = amend_plan(actor=None, plan=plan)
    with pytest.raises(PermissionDenied):
        discard_draft(actor=person, plan=amendment)
    assert Plan.objects.filter(amends=plan).count() == 1


def test_while_it_is_a_draft_the_issued_version_stands(plan):
    blood = plan.targets.get(code="1.7")
    amendment = amend_plan(actor=None, plan=plan)
    assert set(Plan.objects.in_force()) == set(Plan.objects.current()) == {plan}
    assert allocate(
        actor=None,
        target=blood,
        unit=plan.unit.children.get(code="QNA-KCQ-003"),
        handed_by=plan.unit,
        minimum=Decimal(3),
        effective_on=date(2024, 2, 1),
    )
    mark_done(actor=None, activity=plan.activities.get(name="Ngày hội hiến máu"), done_on=date(2024, 3, 9))
    copied = amendment.activities.get(name="Ngày hội hiến máu")
    for step in (
        lambda: start(actor=None, activity=copied),
        lambda: cancel(actor=None, activity=copied, reason="x"),
        lambda: record_participation(actor=None, activity=copied, unit=plan.unit, done_on=date(2024, 3, 9)),
        lambda: allocate(
            actor=None,
            target=amendment.targets.get(code="1.7"),
            unit=plan.unit.children.get(code="QNA-KCQ-003"),
            handed_by=plan.unit,
            minimum=Decimal(3),
            effective_on=date(2024, 3, 1),
        ),
    ):
        with pytest.raises(ValidationError) as refused:
            step()
        assert refused.value.code == "not_in_force"


def test_a_discarded_amendment_leaves_nothing_behind(plan, officer):
    before, was = rows(), told(plan)
    amendment = amend_plan(actor=officer, plan=plan)
    assert discard_draft(actor=officer, plan=amendment) == plan
    assert (rows(), told(plan)) == (before, was)
    assert [event.action for event in plan.events.all()][3:] == ["amend", "discard"]
    assert amend_plan(actor=officer, plan=plan).amends == plan


def test_only_a_draft_is_discarded(plan):
    amendment = send_to_leader(actor=None, plan=amend_plan(actor=None, plan=plan))
    for standing in (plan, amendment):
        with pytest.raises(ValidationError) as refused:
            discard_draft(actor=None, plan=standing)
        assert refused.value.code == "not_draft"
    discard_draft(actor=None, plan=return_to_draft(actor=None, plan=amendment, reason="Bỏ"))
    assert list(plan.amendments.all()) == []


def test_a_draft_of_its_own_goes_with_all_that_was_found_in_it(province, officer, django_capture_on_commit_callbacks):
    file = files.store(kind="plans.source", subject="1", name="nq.txt", content=b"x", content_type="text/plain")
    read = plan_from_source(actor=officer, unit=province.bloc_union, source=read_pasted(DOCUMENT), stored=file)
    accept_sure(actor=officer, plan=read)
    assert read.targets.count() == 3
    with django_capture_on_commit_callbacks(execute=True):
        assert discard_draft(actor=officer, plan=read) is None
    left = (Plan, Section, Target, TargetProposal, PlanEvent, StoredFile)
    assert [model.objects.count() for model in left] == [0] * 6
    assert not file.content.storage.exists(file.content.name)


def test_issued_it_takes_the_place_of_the_version_before(plan, province):
    amendment = amend_plan(actor=None, plan=plan)
    clause = amendment.sections.get(address="I/1")
    revise_section(section=clause, number="1", heading="", text="Đạt từ 180 đơn vị máu")
    issue(amendment, 2, MAY)
    assert set(Plan.objects.in_force()) == set(Plan.objects.current()) == {amendment}
    assert set(Plan.objects.issued()) == {plan, amendment}
    last = plan.events.last()
    assert (last.action, last.from_state, last.to_state, last.reason) == ("supersede", "issued", "issued", "02-NQ/ĐTN")
    with pytest.raises(ValidationError) as refused:
        close_plan(actor=None, plan=plan)
    assert refused.value.code == "superseded"
    with pytest.raises(ValidationError) as refused:
        activity(province.bloc_union, "Muộn", plan=plan)
    assert set(refused.value.error_dict) == {"plan"}
    assert close_plan(actor=None, plan=amendment).state == "closed"
    assert set(Plan.objects.in_force()) == {amendment}


def test_an_amendment_is_not_issued_before_what_it_amends(plan):
    amendment = amend_plan(actor=None, plan=plan)
    with pytest.raises(ValidationError) as refused:
        issue(amendment, 2, date(2024, 1, 1))
    assert refused.value.messages == ["Văn bản sửa đổi không được ghi ngày trước văn bản mà nó sửa đổi."]
    assert Plan.objects.get(pk=amendment.pk).state == "in_review"


def test_an_amendment_of_a_plan_closed_meanwhile_is_not_issued(plan):
    amendment = amend_plan(actor=None, plan=plan)
    close_plan(actor=None, plan=plan)
    with pytest.raises(ValidationError) as refused:
        issue(amendment, 2, MAY)
    assert refused.value.messages == ["Văn bản được sửa đổi đã đóng."]


def test_shares_go_over_dated_as_they_were(plan, province):
    amendment = amend_plan(actor=None, plan=plan)
    blood = plan.targets.get(code="1.7")
    allocate(
        actor=None,
        target=blood,
        unit=province.finance,
        handed_by=province.bloc_union,
        minimum=Decimal(8),
        effective_on=SUMMER,
    )
    issue(amendment, 2, MAY)
    dated = ("unit", "minimum", "effective_on", "handed_by", "at")
    assert list(amendment.targets.get(code="1.7").allocations.values_list(*dated)) == list(
        blood.allocations.values_list(*dated)
    )
    assert Allocation.objects.count() == 4


def test_shares_of_what_is_counted_otherwise_do_not_go_over(plan, province):
    amendment = amend_plan(actor=None, plan=plan)
    amendment.targets.filter(code="1.7").update(indicator=indicator(province.bloc_union, "Lượt hiến máu", "lượt"))
    issue(amendment, 2, MAY)
    assert Allocation.objects.filter(target__plan=amendment).count() == 0


def test_what_was_done_goes_over_once(plan, province):
    """Its state, what the units did and its history; the earlier version keeps its row."""
    amendment = amend_plan(actor=None, plan=plan)
    before = plan.activities.get(name="Ngày hội hiến máu")
    blood = before.indicators.get()
    mark_done(actor=None, activity=before, done_on=date(2024, 3, 9))
    record_participation(
        actor=None, activity=before, unit=province.bloc_union, done_on=date(2024, 3, 9), figures={blood: Decimal(47)}
    )
    issue(amendment, 2, MAY)
    after = amendment.activities.get(name="Ngày hội hiến máu")
    before.refresh_from_db()
    assert (before.state, before.done_on) == (after.state, after.done_on) == ("done", date(2024, 3, 9))
    assert before.participations.count() == 0
    assert after.participations.get().figures.get().amount == 47
    assert [event.to_state for event in after.events.all()] == ["planned", "done"]


def test_what_an_amendment_leaves_out_is_dropped_unless_it_has_begun(plan, province):
    amendment = amend_plan(actor=None, plan=plan)
    amendment.activities.all().delete()
    start(actor=None, activity=plan.activities.get(name="Ngày hội hiến máu"))
    own = activity(province.justice, "Hiến máu ở Sở", scope="unit", plan=plan, section=plan.sections.get(address="I/1"))
    issue(amendment, 2, MAY)
    assert [row.name for row in amendment.activities.filter(unit=plan.unit_id)] == ["Ngày hội hiến máu"]
    own.refresh_from_db()
    assert (own.plan, own.section.address, own.section.plan) == (amendment, "I/1", amendment)


def test_what_was_entered_since_goes_over(plan, province, settings):
    amendment = amend_plan(actor=None, plan=plan)
    settings.PORTAL_TODAY = date(2024, 10, 6)
    activity(province.bloc_union, "Hội trại", plan=plan, section=plan.sections.get(address="I"))
    issue(amendment, 2, MAY)
    added = amendment.activities.get(name="Hội trại")
    assert (added.origin.plan, added.section.plan, added.windows.count()) == (plan, amendment, 1)


@pytest.mark.parametrize(
    ("is_moved", "held"), [(False, (date(2024, 11, 1), "month")), (True, (date(2024, 7, 1), "month"))]
)
def test_a_time_postponed_meanwhile_holds_unless_the_draft_moved_it(plan, is_moved, held):
    november = (date(2024, 11, 1), date(2024, 11, 30), "month")
    before = plan.activities.get(name="Ngày hội hiến máu")
    amendment = amend_plan(actor=None, plan=plan)
    after = amendment.activities.get(name="Ngày hội hiến máu")
    if is_moved:
        after.windows.update(starts_on=date(2024, 7, 1), ends_on=date(2024, 7, 31))
    postpone(actor=None, activity=before, windows=[november], reason="Mưa bão")
    issue(amendment, 2, MAY)
    after.refresh_from_db()
    assert after.state == "postponed"
    assert after.windows.filter(superseded=False).values_list("starts_on", "precision").get() == held


@pytest.mark.parametrize("is_named_in_draft", [False, True])
def test_what_was_made_concrete_meanwhile_goes_over_unless_the_draft_names_another(province, is_named_in_draft):
    above = issue(draft(province.qna, "Chương trình của Tỉnh đoàn"))
    march, summer = (activity(province.qna, name, plan=above) for name in ("Tháng Thanh niên", "Mùa hè xanh"))
    plan = draft(province.bloc_union, based_on=above)
    day = activity(province.bloc_union, plan=plan)
    issue(plan, issued_on=date(2024, 1, 3))
    amendment = amend_plan(actor=None, plan=plan)
    after = amendment.activities.get()
    if is_named_in_draft:
        name_bases(actor=None, plan=amendment, bases={after.pk: summer})
    name_bases(actor=None, plan=plan, bases={day.pk: march})
    issue(amendment, 2, MAY)
    after.refresh_from_db()
    assert after.based_on == (summer if is_named_in_draft else march)
