"""The calendar's views are kept as long as nothing on them changes, for all who hold the same roles."""

import re
from datetime import date

import pytest
from django.test import Client

from accounts.enums import RoleName
from accounts.services import end_role, grant_role
from activities.models import Activity
from activities.services import mark_done, record_participation
from reports.progress.services import create_periods
from tests.keeping import own_caches
from tests.making import activity, count_queries, draft, issue

pytestmark = pytest.mark.django_db(transaction=True)

VIEWS = ("board", "month", "week", "timeline", "list")
# Session, person, roles, unread notices, and what the bar has to count.
FRAME = 6


@pytest.fixture(autouse=True)
def _caches(settings):
    own_caches(settings)


@pytest.fixture
def day(province) -> Activity:
    plan = draft(province.bloc_union)
    made = activity(
        province.bloc_union,
        "Ngày hội hiến máu",
        scope="all_units",
        plan=plan,
        windows=[(date(2024, 10, 3), date(2024, 10, 3), "day")],
    )
    issue(plan, 41)
    return made


def page(client, view: str) -> str:
    answer = client.get(f"/activities/{view}/")
    assert answer.status_code == 200
    return re.sub(r'("X-CSRFToken": "|name="csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())


@pytest.mark.parametrize("view", VIEWS)
def test_the_second_time_it_is_the_same_and_only_the_frame_is_read(client, officer, day, view):
    client.force_login(officer)
    first = page(client, view)
    assert day.name in first
    assert page(client, view) == first
    assert count_queries(lambda: client.get(f"/activities/{view}/")) <= FRAME


@pytest.mark.parametrize("view", VIEWS)
def test_it_is_made_anew_when_an_activity_changed(client, officer, day, view):
    client.force_login(officer)
    before = page(client, view)
    mark_done(actor=None, activity=day, done_on=date(2024, 10, 3))
    assert page(client, view) != before


def test_what_does_not_show_leaves_it(client, officer, province, day):
    client.force_login(officer)
    page(client, "board")
    officer.full_name = "Tên khác"
    officer.save()
    for people in (9, 10):  # recorded, and corrected
        record_participation(actor=None, activity=day, unit=province.justice, done_on=date(2024, 10, 3), people=people)
    create_periods(owner=province.top, year=2024)  # of the reports
    assert count_queries(lambda: client.get("/activities/board/")) <= FRAME


def test_another_role_has_another_page_and_a_role_that_ends_takes_it_away(client, officer, secretary, province, day):
    client.force_login(officer)
    page(client, "list")
    other = Client()
    other.force_login(secretary)
    assert count_queries(lambda: other.get("/activities/list/")) > FRAME
    role = officer.roles.get()
    end_role(actor=None, role=role)
    grant_role(actor=None, user=officer, unit=province.rach_gia, name=RoleName.OFFICER)
    assert day.name not in page(client, "list")
