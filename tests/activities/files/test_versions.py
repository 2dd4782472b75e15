"""An amended plan takes files and comments over to its new version, and loses none of them."""

from datetime import date

import pytest

from activities.models import Activity, ActivityFile, Comment
from activities.services import record_participation
from activities.services.comments import say
from activities.services.files import add_file, add_outcome_file
from plans.models import Plan
from plans.versions.amending import amend_plan
from tests.activities.files.scenes import paper
from tests.making import activity, draft, issue


@pytest.fixture
def plan(province) -> Plan:
    made = draft(province.bloc_union)
    activity(province.bloc_union, plan=made, scope="all_units")
    issue(made)
    made.refresh_from_db()
    return made


@pytest.fixture
def event(plan, officer, secretary, province) -> Activity:
    """With a file of its own, an outcome with one, and a word of a unit."""
    event = plan.activities.get()
    add_file(actor=officer, activity=event, attachment=paper())
    row = record_participation(actor=None, activity=event, unit=province.justice, done_on=date(2024, 3, 9))
    add_outcome_file(actor=secretary, participation=row, attachment=paper("Biên bản"))
    say(actor=secretary, activity=event, unit=province.justice, text="Xin lùi một tuần.")
    return event


def issued(amendment: Plan) -> Activity:
    issue(amendment, number=9, issued_on=date(2024, 7, 1))
    return amendment.activities.get()


def test_files_and_comments_go_over_when_the_amendment_is_issued(client, plan, event, officer, secretary, province):
    amendment = amend_plan(actor=officer, plan=plan)
    copied = amendment.activities.get()
    assert (copied.files.count(), copied.comments.count()) == (0, 0)
    add_file(actor=officer, activity=event, attachment=paper("trong khi soạn"))
    say(actor=secretary, activity=event, unit=province.justice, text="Trong khi soạn.")
    after = issued(amendment)
    assert (event.files.count(), event.comments.count(), event.participations.count()) == (0, 0, 0)
    assert (after.files.count(), after.comments.count(), after.participations.get().files.count()) == (2, 2, 1)
    client.force_login(secretary)
    page = client.get(f"/activities/{after.pk}/").content.decode()
    for words in ("Trong khi soạn.", "ke-hoach.pdf", "Thêm ảnh, tệp vào kết quả của Chi đoàn Sở Tư pháp"):
        assert words in page
    for row in ActivityFile.objects.all():
        assert client.get(f"/files/{row.file_id}/").status_code == 200


def test_a_correction_stays_hidden_from_siblings_in_the_new_version(
    client, plan, event, officer, secretary, neighbour, province
):
    record_participation(actor=None, activity=event, unit=province.justice, done_on=date(2024, 3, 9), people=41)
    after = issued(amend_plan(actor=officer, plan=plan))
    for user, seen in ((secretary, True), (neighbour, False)):
        client.force_login(user)
        assert ("Sửa kết quả của" in client.get(f"/activities/{after.pk}/").content.decode()) == seen


def test_the_address_in_a_notice_leads_to_the_new_version(client, plan, event, officer):
    said = Comment.objects.get()
    after = issued(amend_plan(actor=officer, plan=plan))
    client.force_login(officer)
    assert client.get(f"/activities/comments/{said.pk}/")["Location"] == f"/activities/{after.pk}/comments/#c-{said.pk}"


def test_what_the_amendment_leaves_out_keeps_its_files_where_they_are(client, plan, officer, secretary, province):
    event = plan.activities.get()
    file = add_file(actor=officer, activity=event, attachment=paper())
    say(actor=secretary, activity=event, unit=province.justice, text="Xin lùi một tuần.")
    amendment = amend_plan(actor=officer, plan=plan)
    amendment.activities.all().delete()
    issue(amendment, number=9, issued_on=date(2024, 7, 1))
    assert (event.files.count(), event.comments.count()) == (1, 1)
    client.force_login(officer)
    assert client.get(f"/files/{file.file_id}/").status_code == 200
    page = client.get(f"/activities/{event.pk}/").content.decode()
    assert ("Xin lùi một tuần." in page, 'id="say"' in page, 'id="files-chosen"' in page) == (True, False, False)


def test_a_unit_s_own_activity_under_the_plan_keeps_all_of_it(plan, officer, secretary, province):
    own = activity(province.justice, "Đọc sách", plan=plan, scope="unit")
    add_file(actor=secretary, activity=own, attachment=paper())
    issue(amend_plan(actor=officer, plan=plan), number=9, issued_on=date(2024, 7, 1))
    own.refresh_from_db()
    assert (own.plan.number, own.files.count()) == (9, 1)
