"""The same button pressed twice at the same moment, or by two people: one lawful outcome, no error page.

On PostgreSQL only: SQLite has one writer.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from activities.models import Activity, Participation, Registration
from activities.occurrences.services import add_occurrence
from activities.services import record_participation
from activities.timing import Span as DaySpan
from core import jobs
from core.models import Job
from plans.models import Plan
from plans.proposals.deciding import version_of
from plans.services import send_to_leader
from plans.versions.amending import amend_plan
from reports.documents.models import OfficialDocument
from reports.documents.services import request_report
from reports.progress.models import Period, PeriodDeadline, ProgressReport, ReportEvent
from reports.rollups.audit import audit_rollups
from targets.calendar import Span
from targets.models import Allocation, Indicator, Target, TargetProposal
from tests.making import activity, draft, target
from tests.reports.progress.scenes import bring_to, check_history
from units.models import Headcount, Succession, Unit

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has one writer; its tests share a connection"
    ),
]


PAPER = {"number": "8", "issued_on": "4/10/2024", "place": "Quảng Nam"}


def at_once(*asked: tuple[object, str, dict[str, object]]) -> list[int]:
    """Send all (person, address, form) together, each from a browser of its own; the statuses, sorted."""
    gate = Barrier(len(asked))
    browsers = [Client(raise_request_exception=False) for _one in asked]
    for browser, (person, _address, _form) in zip(browsers, asked, strict=True):
        browser.force_login(person)

    def send(number: int) -> int:
        try:
            gate.wait(timeout=20)
            _person, address, form = asked[number]
            return browsers[number].post(address, form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(asked)) as pool:
        return sorted(pool.map(send, range(len(asked))))


def twice(person, address: str, form: dict[str, object], times: int = 6) -> list[int]:
    return at_once(*[(person, address, form)] * times)


def test_a_report_is_handed_in_once(place):
    finance, words = place.province.finance, place.words
    form = {"version": "0", f"i{words['indicator_id']}-amount": "5"}
    statuses = twice(place.people["neighbour"], reverse("reports:submit", args=[finance.code, "2024-09"]), form)
    assert set(statuses) <= {302, 409}
    submitted = ReportEvent.objects.filter(report__unit=finance, action="submit")
    assert submitted.count() == 1


def test_an_amendment_is_begun_once(place):
    plan_id = place.words["plan_id"]
    statuses = twice(place.people["officer"], reverse("plans:amend", args=[plan_id]), {})
    assert set(statuses) == {302}
    assert Plan.objects.filter(amends=plan_id).count() == 1


def test_an_outcome_recorded_while_an_amendment_is_issued_is_not_left_behind(place):
    """It goes over with its activity, or the person is told that another version stands."""
    plan, union = Plan.objects.get(pk=place.words["plan_id"]), place.province.bloc_union
    day = activity(union, "Ngày hội", plan=plan)
    amendment = send_to_leader(actor=None, plan=amend_plan(actor=None, plan=plan))
    issuing = {"number": "8", "issued_on": "4/10/2024", "place": "Quảng Nam"}
    outcome = {"unit": str(union.pk), "done_on": "1/3/2024", "people": "9"}
    at_once(
        (place.people["leader"], reverse("plans:issue", args=[amendment.pk]), issuing),
        (place.people["officer"], reverse("activities:recording", args=[day.pk]), outcome),
    )
    assert Plan.objects.get(pk=amendment.pk).state == "issued"
    assert day.participations.count() == 0
    assert amendment.activities.get(name="Ngày hội").participations.count() in (0, 1)


def test_an_activity_is_registered_once(place):
    """Two people of one unit, pressing together."""
    form = {"who": f"u{place.province.justice.pk}", "name": "Thắp nến tri ân", "precision": "day"}
    form |= {"starts_on": "20/10/2024", "ends_on": "", "place": "", "people": ""}
    address = reverse("activities:register", args=[place.words["item_id"]])
    statuses = at_once(*[(place.people[who], address, form) for who in ("secretary", "officer") * 3])
    assert Counter(statuses) == {302: 1, 422: 5}
    assert Registration.objects.filter(name="Thắp nến tri ân").count() == 1


def test_a_registration_is_approved_returned_or_withdrawn_once(place):
    number = place.words["registration_id"]
    page, people = partial(reverse, args=[number]), place.people
    approve = (people["officer"], page("activities:registration-approve"), {"version": 1})
    send_back = (people["top_officer"], page("activities:registration-return"), {"version": 1, "reason": "Thiếu."})
    take_back = (people["secretary"], page("activities:registration-withdraw"), {})
    many = (people["officer"], reverse("activities:registrations-approve"), {"registration": f"{number}.1"})
    assert set(at_once(*[approve, send_back, take_back, many] * 3)) == {302}
    row = Registration.objects.get(pk=number)
    # Returned, it may still be withdrawn; nothing follows an approval.
    steps = list(row.events.values_list("from_state", "to_state"))
    assert [before for before, _after in steps[1:]] == [after for _before, after in steps[:-1]]
    assert steps[-1][1] == row.state != "registered"
    assert Activity.objects.filter(name=row.name).count() == (1 if row.state == "approved" else 0)


def test_a_registration_approved_while_the_plan_is_amended_follows_it(place):
    plan, number = Plan.objects.get(pk=place.words["plan_id"]), place.words["registration_id"]
    amendment = send_to_leader(actor=None, plan=amend_plan(actor=None, plan=plan))
    issuing = {"number": "8", "issued_on": "4/10/2024", "place": "Quảng Nam"}
    at_once(
        (place.people["leader"], reverse("plans:issue", args=[amendment.pk]), issuing),
        (place.people["officer"], reverse("activities:registration-approve", args=[number]), {"version": 1}),
    )
    row, newest = Registration.objects.get(pk=number), amendment.activities.get(name="Ngày Chủ nhật xanh")
    assert Plan.objects.get(pk=amendment.pk).state == "issued"
    assert row.item == newest
    assert row.activity is None or row.activity.based_on == newest


def test_activities_are_taken_over_once(place):
    """Two officers, each ticking everything."""
    draft_id, above = place.words["based_id"], place.words["above_id"]
    address, form = reverse("activities:take-over", args=[draft_id]), {"activity": above}
    statuses = at_once(*[(place.people[who], address, form) for who in ("officer", "top_officer") * 3])
    assert set(statuses) == {302}
    assert list(Activity.objects.filter(plan=draft_id).values_list("based_on", flat=True)) == [above]


def test_a_report_is_approved_or_returned_once(place):
    code, month = place.words["code"], "2024-09"
    approve = (place.people["officer"], reverse("reports:approve", args=[code, month]), {})
    send_back = (place.people["top_officer"], reverse("reports:return", args=[code, month]), {"reason": "Thiếu."})
    many = (place.people["officer"], reverse("reports:approve-many"), {"report": place.report.pk})
    assert set(at_once(*[approve, send_back, many] * 3)) == {302}
    steps = ReportEvent.objects.filter(report=place.report, action__in=["approve", "return"])
    assert steps.count() == 1


def test_twenty_people_at_the_pages_of_the_same_reports(place):
    """Approving, returning, reopening, saving, handing in, one and many: everybody gets an answer, no error page."""
    people, blood = place.people, place.words["indicator_id"]
    neighbours = ProgressReport.objects.select_related("unit", "period").get(
        unit=place.province.finance, period=place.september
    )
    both = [place.report, bring_to("submitted", neighbours, secretary=people["neighbour"], officer=people["officer"])]

    def page(name: str, report: ProgressReport) -> str:
        return reverse(f"reports:{name}", args=[report.unit.code, "2024-09"])

    asked: list[tuple[object, str, dict[str, object]]] = []
    for report, secretary in zip(both, ("secretary", "neighbour"), strict=True):
        typed = {"version": report.version, f"i{blood}-amount": "9"}
        asked += [
            (people["officer"], page("approve", report), {}),
            (people["top_officer"], page("approve", report), {}),
            (people["officer"], page("return", report), {"reason": "Thiếu."}),
            (people["top_officer"], page("reopen", report), {"reason": "Sai."}),
            (people[secretary], page("autosave", report), typed),
            (people[secretary], page("save", report), {**typed, "version": report.version + 1}),
            (people["officer"], page("submit", report), {**typed, "version": report.version + 1}),
        ]
    every = [report.pk for report in both]
    asked += [(people["officer"], reverse("reports:approve-many"), {"report": order}) for order in (every, every[::-1])]
    asked += [(people["top_officer"], reverse("reports:approve-many"), {"report": every})] * 4
    assert len(asked) == 20
    assert set(at_once(*asked)) <= {200, 302, 409}
    for report in both:
        check_history(report)
    assert audit_rollups() == []


def test_a_plan_is_issued_once(place):
    plan = Plan.objects.get(pk=place.words["draft_id"])
    target(plan, "1.1")
    send_to_leader(actor=None, plan=plan)
    form = {"number": "9", "issued_on": "1/10/2024", "place": "Quảng Nam"}
    statuses = twice(place.people["leader"], reverse("plans:issue", args=[plan.pk]), form)
    assert Counter(statuses) == {302: 1, 422: 5}
    assert plan.events.filter(action="issue").count() == 1


def test_two_plans_do_not_get_one_number(place):
    plans = [draft(place.province.bloc_union, title=f"Kế hoạch số {n}", kind="plan") for n in range(4)]
    for plan in plans:
        target(plan, "1.1")
        send_to_leader(actor=None, plan=plan)
    form = {"number": "9", "issued_on": "1/10/2024", "place": "Quảng Nam"}
    statuses = at_once(*[(place.people["leader"], reverse("plans:issue", args=[plan.pk]), form) for plan in plans])
    assert Counter(statuses) == {302: 1, 422: 3}


def _whole_draft(place) -> OfficialDocument:
    asked = request_report(
        actor=place.people["leader"], unit=place.province.bloc_union, span=Span.parse("2024-09"), basis="official"
    )
    OfficialDocument.objects.filter(pk=asked.pk).update(snapshot={})
    return asked


def test_two_documents_do_not_get_one_number(place):
    papers = [_whole_draft(place) for _number in range(4)]
    leader, form = place.people["leader"], {"number": "9", "dated": "2024-10-05"}
    statuses = at_once(*[(leader, reverse("reports:document-issue", args=[paper.pk]), form) for paper in papers])
    assert Counter(statuses) == {302: 1, 422: 3}
    assert Job.objects.filter(kind="reports.issue_document").count() == 1


def test_a_document_gets_its_number_once(place):
    paper, leader = _whole_draft(place), place.people["leader"]
    address = reverse("reports:document-issue", args=[paper.pk])
    statuses = at_once(*[(leader, address, {"number": n, "dated": "2024-10-05"}) for n in range(1, 6)])
    assert Counter(statuses) == {302: 1, 422: 4}
    assert Job.objects.filter(kind="reports.issue_document").count() == 1


def test_a_job_is_taken_by_one_worker(place):
    gate = Barrier(8)

    def take(_number: int) -> bool:
        try:
            gate.wait(timeout=20)
            return jobs.claim(place.words["job_id"]) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(take, range(8))) == [False] * 7 + [True]


def test_an_outcome_is_recorded_once(place):
    unit, address = place.province.justice, reverse("activities:recording", args=[place.words["activity_id"]])
    form = {"unit": unit.pk, "done_on": "1/10/2024", "people": "4"}
    assert set(twice(place.people["secretary"], address, form)) == {302}
    assert Participation.objects.filter(unit=unit, done_on="2024-10-01").count() == 1


def test_an_outcome_of_one_time_is_recorded_once(place):
    """Six say different days of the same time: the first stands, the others are shown it and asked."""
    day, unit = Activity.objects.get(occurrences=place.words["occurrence_id"]), place.province.justice
    address, number = reverse("activities:recording", args=[day.pk]), day.occurrences.get().number
    form = {"unit": unit.pk, "occurrence": number, "people": "4"}
    asked = [(place.people["secretary"], address, {**form, "done_on": f"{on}/9/2024"}) for on in range(1, 7)]
    assert Counter(at_once(*asked)) == {302: 1, 422: 5}
    row = Participation.objects.get(activity=day)
    assert (row.occurrence, row.people) == (day.occurrences.get(), 4)
    assert not day.events.filter(unit=unit).exists()


def test_times_added_and_set_at_once_are_numbered_one_by_one(place):
    day, secretary = Activity.objects.get(occurrences=place.words["occurrence_id"]), place.people["secretary"]
    add = reverse("activities:occurrence-add", args=[day.pk])
    many = [(secretary, add, {"starts_on": f"{on}/10/2024", "ends_on": ""}) for on in range(1, 6)]
    same = [(secretary, add, {"starts_on": "9/10/2024", "ends_on": ""})] * 3
    assert Counter(at_once(*many, *same)) == {302: 6, 422: 2}
    rows = list(day.occurrences.order_by("starts_on").values_list("number", flat=True))
    assert rows == list(range(1, 8))


def test_a_time_is_not_removed_while_it_is_recorded(place):
    """Whichever comes first: an outcome is never left without its time."""
    day, secretary = Activity.objects.get(occurrences=place.words["occurrence_id"]), place.people["secretary"]
    time = day.occurrences.get()
    form = {"unit": place.province.justice.pk, "occurrence": time.number, "people": "4", "done_on": "1/9/2024"}
    statuses = at_once(
        (secretary, reverse("activities:recording", args=[day.pk]), form),
        (secretary, reverse("activities:occurrence-remove", args=[day.pk, time.pk]), {}),
    )
    assert 500 not in statuses
    recorded = Participation.objects.filter(activity=day)
    assert (recorded.count(), day.occurrences.count()) in {(1, 1), (0, 0), (1, 0)}
    assert not recorded.filter(occurrence__isnull=True).exists() or not day.occurrences.exists()


def test_words_and_corrections_while_an_amendment_is_issued_are_not_left_behind(place):
    plan, people = Plan.objects.get(pk=place.words["plan_id"]), place.people
    green, unit = Activity.objects.get(pk=place.words["item_id"]), place.province.justice
    first = add_occurrence(actor=None, activity=green, when=DaySpan(date(2024, 9, 1), date(2024, 9, 1), "day"))[0]
    facts = {"actor": None, "activity": green, "unit": unit, "occurrence": first}
    record_participation(**facts, done_on=date(2024, 9, 1), people=1)
    amendment = send_to_leader(actor=None, plan=amend_plan(actor=None, plan=plan))
    correction = {"unit": unit.pk, "occurrence": first.number, "done_on": "1/9/2024", "people": "9"}
    statuses = at_once(
        (people["leader"], reverse("plans:issue", args=[amendment.pk]), PAPER),
        (people["secretary"], reverse("activities:recording", args=[green.pk]), correction),
        (people["secretary"], reverse("activities:comments", args=[green.pk]), {"text": "Xin lùi một tuần."}),
        (people["officer"], reverse("activities:occurrence-add", args=[green.pk]), {"starts_on": "6/10/2024"}),
    )
    assert 500 not in statuses
    newest = amendment.activities.get(name=green.name)
    assert Plan.objects.get(pk=amendment.pk).state == "issued"
    assert (green.participations.count(), green.occurrences.count(), green.comments.count()) == (0, 0, 0)
    outcome = newest.participations.get()
    assert (outcome.occurrence.activity, outcome.people in (1, 9)) == (newest, True)
    assert newest.occurrences.count() in (1, 2)


def test_a_share_is_handed_down_once(place):
    """Who comes after it was written sees that nothing differs any more; who read the page before is refused."""
    unit, words = place.province.finance, place.words
    address = reverse("targets:allocations", args=[words["plan_id"]])
    seen = Allocation.objects.order_by("pk").last()
    form = {f"c{words['target_id']}-{unit.pk}": "5", "effective_on": "1/10/2024", "seen": seen.pk if seen else 0}
    assert 302 in (found := set(twice(place.people["officer"], address, form)))
    assert found <= {302, 422}
    assert Allocation.objects.filter(unit=unit).count() == 1


def test_a_role_is_granted_once(place):
    unit = place.province.finance
    address, form = reverse("accounts:role-grant", args=[unit.code]), {"username": "khach", "name": "officer"}
    assert Counter(twice(place.people["administrator"], address, form)) == {302: 1, 422: 5}
    assert Role.objects.filter(unit=unit, name="officer").count() == 1


def test_two_units_do_not_take_over_from_each_other(place):
    one, other, administrator = place.province.finance, place.province.justice, place.people["administrator"]
    asked = [
        (
            administrator,
            reverse("accounts:unit-close", args=[gone.code]),
            {"closed_on": "2024-10-01", "successor": heir.pk, "kind": "merged"},
        )
        for gone, heir in ((one, other), (other, one))
    ]
    assert at_once(*asked) == [302, 422]
    assert Unit.objects.filter(pk__in=[one.pk, other.pk], closed_on__isnull=False).count() == 1
    assert Succession.objects.filter(kind="merged").count() == 1


def test_a_unit_is_opened_once(place):
    address = reverse("accounts:unit-open", args=["QNA-KCQ"])
    form = {"code": "QNA-KCQ-077", "kind": "grassroots_branch", "opened_on": "2024-03-01", "name": "Chi đoàn mới"}
    assert Counter(twice(place.people["administrator"], address, form)) == {302: 1, 422: 5}
    union = Unit.objects.get(code="QNA-KCQ")
    assert union.numchild == Unit.objects.filter(parent=union).count() == 5


def test_different_units_opened_at_once_all_stand(place):
    address, admin = reverse("accounts:unit-open", args=["QNA-KCQ"]), place.people["administrator"]
    forms = [
        {"code": f"QNA-KCQ-07{n}", "kind": "grassroots_branch", "opened_on": "2024-03-01", "name": f"Chi đoàn {n}"}
        for n in range(5)
    ]
    assert set(at_once(*[(admin, address, form) for form in forms])) == {302}
    union = Unit.objects.get(code="QNA-KCQ")
    assert union.numchild == Unit.objects.filter(parent=union).count() == 9


def test_a_headcount_is_recorded_once(place):
    address = reverse("accounts:unit-members", args=["QNA-KCQ-003"])
    form = {"as_of": "2024-09-01", "members": "40"}
    assert set(twice(place.people["administrator"], address, form)) == {302}
    assert Headcount.objects.filter(unit__code="QNA-KCQ-003", as_of="2024-09-01").count() == 1


def test_a_move_into_a_bloc_happens_once(place):
    address = reverse("accounts:unit-bloc", args=["QNA-KCQ-003"])
    form = {"bloc": place.province.bloc_2.pk, "starts_on": "2024-10-01"}
    assert Counter(twice(place.people["administrator"], address, form)) == {302: 1, 422: 5}
    assert place.province.justice.bloc_memberships.filter(ends_on__isnull=True).count() == 1


def test_a_unit_closes_once(place):
    address = reverse("accounts:unit-close", args=["QNA-KCQ-003"])
    form = {"closed_on": "2024-10-05", "successor": place.province.finance.pk, "kind": "merged"}
    assert Counter(twice(place.people["administrator"], address, form)) == {302: 1, 422: 5}


def test_the_periods_of_a_year_are_made_once(place):
    form = {"year": "2026", "due_day": "3", "lock_day": "15"}
    assert set(twice(place.people["top_admin"], reverse("reports:periods"), form)) == {302}
    assert Period.objects.filter(year=2026).count() == 12


def test_other_days_are_kept_once(place):
    address = reverse("reports:period-part", args=[place.words["period_id"]])
    days = {"other-due_on": "2024-10-04", "other-locks_on": "2024-10-10"}
    form = {"other-level": "", "other-unit": "QNA-KCQ-002", **days}
    assert set(twice(place.people["top_admin"], address, form)) == {302}
    assert PeriodDeadline.objects.filter(unit__code="QNA-KCQ-002").count() == 1


def test_a_new_indicator_is_proposed_once(place):
    plans = [draft(place.province.bloc_union, title=f"Kế hoạch số {n}") for n in range(4)]
    form = {
        "code": "9",
        "name": "Cây xanh",
        "new_name": "Cây xanh trồng mới",
        "new_measure": "cây",
        "new_kind": "amount",
        "new_over_time": "sum",
        "carried_by": "pooled",
        "carrier_reach": "direct",
        "minimum": "5",
    }
    officer = place.people["officer"]
    assert set(at_once(*[(officer, reverse("targets:add", args=[plan.pk]), form) for plan in plans])) == {302}
    assert Indicator.objects.filter(name="Cây xanh trồng mới").count() == 1


def test_a_section_is_added_each_time(place):
    plan = place.words["draft_id"]
    form = {"number": "2", "heading": "Nội dung"}
    assert set(twice(place.people["officer"], reverse("plans:section-add", args=[plan]), form)) == {302}
    addresses = Plan.objects.get(pk=plan).sections.values_list("address", flat=True)
    assert sorted(addresses) == ["1", "2", "2#2", "2#3", "2#4", "2#5", "2#6"]


def test_a_proposal_is_accepted_once(place):
    """Two officers nod at the same target at the same moment: one target, and the others are told."""
    read, proposal_id = place.words["reading_id"], place.words["proposal_id"]
    row = TargetProposal.objects.get(pk=proposal_id)
    address = reverse("targets:proposal-accept", args=[read, proposal_id])
    form = {"version": version_of(row)}
    people = (place.people["officer"], place.people["top_officer"])
    statuses = at_once(*[(person, address, form) for person in people * 3])
    assert Counter(statuses) == {302: 1, 409: 5}
    assert Target.objects.filter(plan=read).count() == 1


def test_all_sure_ones_are_accepted_once(place):
    read = place.words["reading_id"]
    statuses = twice(place.people["officer"], reverse("targets:reading-accept-sure", args=[read]), {})
    assert set(statuses) == {302}
    accepted = TargetProposal.objects.filter(plan=read, state="accepted").count()
    assert Target.objects.filter(plan=read).count() == accepted > 0
