"""What stands at an address: asked anew at every fetch, of the owner as he or she stands then."""

import hashlib
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import RoleName
from accounts.models import Role, User
from accounts.services import end_role, grant_role
from activities.enums import Scope
from activities.feeds import services
from activities.feeds.services import make_feed, renew_feed, revoke_feed
from activities.models import Activity, ActivityEvent, CalendarFeed, Window
from activities.selectors import activities_visible_to, announced
from activities.services import postpone, record_participation
from activities.timing import spread
from core import clock
from core.folding import fold
from plans.versions.amending import amend_plan
from tests.activities.feeds.scenes import address, feed_of, fetch, names, properties
from tests.conftest import person
from tests.making import activity, draft, issue

JULY = [spread("day", date(2024, 7, 26))]


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def year(province):
    """An issued plan of the bloc union, one of the province, and what units do by themselves."""
    union, above = draft(province.bloc_union), draft(province.qna, title="Công tác Đoàn tỉnh năm 2024")
    facts = {"windows": JULY}
    activity(province.qna, "Tỉnh làm", plan=above, **facts)
    activity(province.qna, "Cả tỉnh làm", plan=above, scope="all_units", **facts)
    activity(province.bloc_union, "Khối làm", plan=union, **facts)
    activity(province.bloc_union, "Cả khối làm", plan=union, scope="all_units", **facts)
    activity(province.bloc_union, "Cụm 1 làm", plan=union, scope="bloc", bloc=province.bloc_1, **facts)
    activity(province.bloc_union, "Cụm 2 làm", plan=union, scope="bloc", bloc=province.bloc_2, **facts)
    for name, unit in {"Tư pháp làm": province.justice, "Tài chính làm": province.finance}.items():
        activity(unit, name, scope="unit", **facts)
    activity(province.hospital_surgery, "Khối Ngoại làm", scope="unit", **facts)
    activity(province.kgi, "Kiên Giang làm", scope="unit", **facts)
    issue(above, number=1)
    issue(union, number=2)
    return union


JUSTICE = {"Tư pháp làm", "Cụm 1 làm", "Cả khối làm", "Cả tỉnh làm"}
TOGETHER = {"Cả khối làm", "Cả tỉnh làm"}
UNION = {"Khối làm", "Cả khối làm", "Cụm 1 làm", "Cụm 2 làm", "Cả tỉnh làm"}


def test_what_concerns_each_person(
    year, secretary, neighbour, hospital_secretary, officer, leader, bloc_head, outsider, top_leader
):
    assert {who.username: names(feed_of(who)) for who in (secretary, neighbour, hospital_secretary, officer)} == {
        "thu.tuphap": JUSTICE,
        "thu.taichinh": {"Tài chính làm", "Cụm 2 làm"} | TOGETHER,
        "thu.benhvien": {"Cụm 1 làm"} | TOGETHER,
        "can.bo": UNION,
    }
    assert {who.username: names(feed_of(who)) for who in (leader, bloc_head, outsider, top_leader)} == {
        "lanh.dao": UNION,
        "khoi.truong": {"Cụm 1 làm", "Cả khối làm"},
        "can.bo.kg": {"Kiên Giang làm"},
        "lanh.dao.tw": set(),
    }


def test_a_second_role_adds_what_concerns_its_unit(year, province, secretary, officer):
    token = feed_of(secretary)
    grant_role(actor=None, user=secretary, unit=province.hospital_surgery, name=RoleName.SECRETARY)
    assert names(token) == JUSTICE | {"Khối Ngoại làm"}


def test_a_unit_s_calendar_for_who_reaches_it(year, province, officer, bloc_head, secretary):
    assert names(feed_of(officer, province.justice)) == JUSTICE
    assert names(feed_of(officer, province.hospital_surgery)) == {"Khối Ngoại làm"} | TOGETHER
    # A bloc head reads the members' page, not what they do by themselves.
    assert names(feed_of(bloc_head, province.justice)) == {"Cụm 1 làm", "Cả khối làm"}
    assert names(feed_of(secretary, province.justice)) == JUSTICE


def test_it_never_shows_more_than_the_portal(year, province, secretary, officer, bloc_head, neighbour):
    for who in (secretary, officer, bloc_head, neighbour):
        visible = set((activities_visible_to(who) & announced()).values_list("name", flat=True))
        assert names(feed_of(who)) <= visible


def test_drafts_and_earlier_versions_are_never_in_it(year, province, officer):
    writing = draft(province.bloc_union, title="Chương trình năm 2025")
    activity(province.bloc_union, "Còn dự thảo", plan=writing, windows=JULY)
    amendment = amend_plan(actor=None, plan=year)
    Activity.objects.filter(plan=amendment, name="Khối làm").update(name="Khối làm khác")
    token = feed_of(officer)
    assert names(token) == UNION
    issue(amendment, number=3)
    assert names(token) == UNION - {"Khối làm"} | {"Khối làm khác"}
    found = properties(token)
    assert len(found) == len({event["UID"] for event in found.values()}) == len(UNION)


def test_of_a_postponed_activity_only_the_new_time(year, province, secretary):
    moved = Activity.objects.get(name="Tư pháp làm")
    postpone(actor=None, activity=moved, windows=[spread("day", date(2024, 11, 2))], reason="Trùng lịch")
    found = properties(feed_of(secretary))
    assert [event["DESCRIPTION"].split("\n")[0] for name, event in found.items() if name == moved.name] == [
        "Thời gian: Ngày 2/11/2024"
    ]


def test_last_year_is_in_it_and_what_lies_before_is_not(province, secretary):
    for name, text in {"Cũ": "2022-12-31", "Năm trước": "2023-01-01", "Sau này": "2030-01-01"}.items():
        activity(province.justice, name, scope="unit", windows=[spread("day", date.fromisoformat(text))])
    assert names(feed_of(secretary)) == {"Năm trước", "Sau này"}


def test_a_title_of_a_plan_that_one_does_not_read_is_not_told(year, province, bloc_head, secretary):
    """As on the activity's page."""
    for who in (secretary, bloc_head):
        told = properties(feed_of(who))["Cụm 1 làm"]["DESCRIPTION"]
        page = Client()
        page.force_login(who)
        shown = page.get(f"/activities/{Activity.objects.get(name='Cụm 1 làm').pk}/").content.decode()
        assert ("Công tác Đoàn năm 2024" in told) == ("Công tác Đoàn năm 2024" in shown)


def test_404_once_the_last_role_has_ended(year, secretary):
    token, role = feed_of(secretary), Role.objects.get(user=secretary)
    assert fetch(token).status_code == 200
    end_role(actor=None, role=role)
    assert fetch(token).status_code == 404
    grant_role(actor=None, user=secretary, unit=role.unit, name=RoleName.SECRETARY)
    assert fetch(token).status_code == 200


def test_404_once_the_account_is_closed(year, secretary):
    token = feed_of(secretary)
    User.objects.filter(pk=secretary.pk).update(is_active=False)
    assert fetch(token).status_code == 404


def test_404_for_a_demo_account_outside_the_demo(year, secretary, settings):
    token = feed_of(secretary)
    User.objects.filter(pk=secretary.pk).update(is_demo=True)
    settings.DEMO = False
    assert fetch(token).status_code == 404
    settings.DEMO = True
    assert fetch(token).status_code == 200


def test_404_once_the_unit_is_out_of_reach(year, province, officer):
    token, own = feed_of(officer, province.justice), feed_of(officer)
    end_role(actor=None, role=Role.objects.get(user=officer))
    grant_role(actor=None, user=officer, unit=province.finance, name=RoleName.SECRETARY)
    assert (fetch(token).status_code, names(own)) == (404, {"Tài chính làm", "Cụm 2 làm"} | TOGETHER)


def test_nothing_is_made_for_what_is_out_of_reach(province, secretary, outsider, nobody):
    for who, unit in [(secretary, province.finance), (outsider, province.justice), (nobody, None)]:
        with pytest.raises(PermissionDenied):
            make_feed(actor=who, unit=unit)
    assert CalendarFeed.objects.count() == 0


def test_an_address_is_long_chance_and_only_its_hash_is_stored(secretary, province):
    feed, token = make_feed(actor=secretary, unit=None)
    _other, another = make_feed(actor=secretary, unit=province.justice)
    assert (len(token), token == another) == (32, False)  # 24 bytes in base64: 192 bits
    feed.refresh_from_db()
    assert feed.token_hash == hashlib.sha256(token.encode()).hexdigest()
    stored = [str(value) for row in CalendarFeed.objects.values() for value in row.values()]
    assert [value for value in stored if token in value] == []
    # The hash itself opens nothing.
    assert fetch(feed.token_hash).status_code == 404


def test_one_calendar_of_a_kind(secretary, province):
    for unit in (None, province.justice):
        make_feed(actor=secretary, unit=unit)
        with pytest.raises(ValidationError, match="Bạn đã có lịch này"):
            make_feed(actor=secretary, unit=unit)
    assert CalendarFeed.objects.count() == 2


def test_a_new_address_ends_the_old_one(year, secretary):
    feed, old = make_feed(actor=secretary, unit=None)
    new = renew_feed(actor=secretary, feed=feed)
    assert (fetch(old).status_code, fetch(new).status_code) == (404, 200)


def test_a_revoked_address_shows_nothing(year, secretary):
    feed, token = make_feed(actor=secretary, unit=None)
    revoke_feed(actor=secretary, feed=CalendarFeed.objects.get(pk=feed.pk))
    assert fetch(token).status_code == 404
    with pytest.raises(ValidationError, match="vừa được thu hồi"):
        renew_feed(actor=secretary, feed=feed)


def test_nobody_touches_another_s(secretary, officer):
    feed, token = make_feed(actor=secretary, unit=None)
    for act in (renew_feed, revoke_feed):
        with pytest.raises(PermissionDenied):
            act(actor=officer, feed=feed)
    assert fetch(token).status_code == 200


def test_that_it_was_fetched_is_written_once_an_hour(year, secretary, monkeypatch):
    feed, token = make_feed(actor=secretary, unit=None)
    start = timezone.now()
    noted = []
    for minutes in (0, 1, 59, 60, 119, 120):
        monkeypatch.setattr(services.timezone, "now", lambda minutes=minutes: start + timedelta(minutes=minutes))
        with CaptureQueriesContext(connection) as asked:
            assert fetch(token).status_code == 200
        writes = [query["sql"] for query in asked if not query["sql"].startswith("SELECT")]
        noted.append((minutes, len(writes)))
    assert noted == [(0, 1), (1, 0), (59, 0), (60, 1), (119, 0), (120, 1)]
    feed.refresh_from_db()
    assert feed.fetched_at == start + timedelta(minutes=120)


def many(province, count: int) -> None:
    """Issued activities of the bloc's plan and of the unit, with their history."""
    plan = draft(province.bloc_union, title="Kế hoạch lớn")
    issue(plan, number=count)
    rows = [
        Activity(
            plan=plan if number % 2 else None,
            unit=province.bloc_union if number % 2 else province.justice,
            name=f"Hoạt động {number}",
            folded=fold(f"Hoạt động {number}"),
            scope=Scope.ALL_UNITS if number % 2 else Scope.UNIT,
        )
        for number in range(count)
    ]
    made = Activity.objects.bulk_create(rows)
    Window.objects.bulk_create(Window(activity=row, **JULY[0]._asdict()) for row in made)
    ActivityEvent.objects.bulk_create(ActivityEvent(activity=row, to_state="planned", at=clock.now()) for row in made)


def test_few_questions_however_many_activities(province, secretary):
    counts = {}
    own, unit = feed_of(secretary), feed_of(secretary, province.justice)
    for count in (2, 500):
        Activity.objects.all().delete()
        many(province, count)
        for token in (own, unit):
            fetch(token)  # noted
            with CaptureQueriesContext(connection) as asked:
                answer = fetch(token)
            assert answer.content.count(b"BEGIN:VEVENT") == count
            counts.setdefault(token, []).append(len(asked))
    assert [found[0] == found[1] for found in counts.values()] == [True, True]
    assert max(max(found) for found in counts.values()) <= 10


def test_a_document_s_text_is_not_fetched(year, secretary):
    token = feed_of(secretary)
    with CaptureQueriesContext(connection) as asked:
        fetch(token)
    assert [query["sql"] for query in asked if '"plans_plan"."text"' in query["sql"]] == []


SAID = {
    "Content-Type": "text/calendar; charset=utf-8",
    "Cache-Control": "private, max-age=900",
    "Content-Disposition": 'inline; filename="hoat-dong.ics"',
    "X-Robots-Tag": "noindex",
}


def test_what_the_answer_says_of_itself(year, secretary):
    answer = fetch(feed_of(secretary))
    assert {name: answer[name] for name in SAID} == SAID
    assert (dict(answer.cookies), isinstance(answer.wsgi_request.user, AnonymousUser)) == ({}, True)


def test_only_looked_at(year, secretary):
    token = feed_of(secretary)
    methods = ("GET", "HEAD", "POST", "PUT")
    statuses = {method: Client().generic(method, address(token)).status_code for method in methods}
    assert statuses == {"GET": 200, "HEAD": 200, "POST": 405, "PUT": 405}


def test_signing_in_as_someone_else_changes_nothing(year, secretary, outsider):
    other = Client()
    other.force_login(outsider)
    answer = other.get(address(feed_of(secretary)))
    assert answer["Cache-Control"] == "private, max-age=900"
    assert answer.content.count(b"BEGIN:VEVENT") == len(JUSTICE)


def test_many_fetches_from_one_place_are_refused(secretary, monkeypatch):
    monkeypatch.setattr("activities.feeds.views.FETCHES_IN_FIVE_MINUTES", 3)
    token = feed_of(secretary)
    assert [fetch(one).status_code for one in (token, "x", token, token)] == [200, 404, 200, 429]


def test_one_calendar_is_not_made_over_and_over(secretary, province, monkeypatch):
    monkeypatch.setattr("activities.feeds.views.FETCHES_OF_ONE", 2)
    token, other = feed_of(secretary), feed_of(secretary, province.justice)
    assert [fetch(one).status_code for one in (token, token, token, other)] == [200, 200, 429, 200]


def test_what_leads_out_of_the_tree(year, secretary):
    person("khac", "Người khác")
    for wrong in ("", "..", "a.b", "x" * 5000, "%00", "⚡"):
        assert (wrong, Client(raise_request_exception=False).get(address(wrong)).status_code) == (wrong, 404)


def test_a_correction_is_not_told_as_the_reason_of_a_postponement(year, province, neighbour):
    """It names what a unit beside did."""
    moved = year.activities.get(name="Cả khối làm")
    postpone(actor=None, activity=moved, windows=[spread("day", date(2024, 11, 2))], reason="Trùng lịch")
    for people in (37, 41):
        record_participation(actor=None, activity=moved, unit=province.justice, done_on=date(2024, 3, 9), people=people)
    told = str(fetch(feed_of(neighbour)).content.decode().replace("\r\n ", ""))
    assert ("Trùng lịch" in told, "37 người" in told) == (True, False)
