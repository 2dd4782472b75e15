"""Notices in the portal: one's own alone, read at one stroke, forgotten after a year."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from core import clock, notices
from core.models import Notice
from tests.making import count_queries


@pytest.fixture
def told(quiet):
    secretary, neighbour = quiet
    notices.tell(recipients=[secretary, neighbour], kind="test.plain", text="Kỳ tháng 9 đã mở.")
    notices.tell(recipients=[secretary], kind="test.other", text="Báo cáo bị trả lại.", url="/reports/")


def test_an_unregistered_kind_is_refused(secretary):
    with pytest.raises(KeyError):
        notices.tell(recipients=[secretary], kind="unknown", text="")


def test_each_person_sees_and_reads_their_own_only(told, secretary, neighbour, client):
    assert (notices.unread_count(secretary), notices.unread_count(neighbour)) == (2, 1)
    client.force_login(secretary)
    assert {notice.text for notice in client.get("/notices/").context["page"]} == {
        "Kỳ tháng 9 đã mở.",
        "Báo cáo bị trả lại.",
    }
    client.post("/notices/read/")
    assert (notices.unread_count(secretary), notices.unread_count(neighbour)) == (0, 1)


def test_a_line_told_once_is_renewed_while_it_is_unread(told, secretary, neighbour):
    later = datetime(2024, 10, 6, 9, tzinfo=timezone.get_default_timezone())
    mailed = later - timedelta(hours=2)
    Notice.objects.filter(recipient=secretary).update(emailed_at=mailed)
    Notice.objects.filter(recipient=neighbour).update(read_at=mailed)
    with clock.travel_to(later):
        new = notices.tell_once(recipients=[secretary, neighbour], kind="test.plain", text="Kỳ tháng 9 đã mở.")
    assert [notice.recipient for notice in new] == [neighbour]
    lines = Notice.objects.filter(kind="test.plain", created_at=later)
    assert set(lines.values_list("recipient", "emailed_at")) == {(secretary.pk, mailed), (neighbour.pk, None)}
    other = notices.tell_once(recipients=[secretary], kind="test.plain", text="Kỳ tháng 9 đã mở.", url="/reports/")
    assert (len(other), notices.unread_count(secretary)) == (1, 3)
    with pytest.raises(KeyError):
        notices.tell_once(recipients=[secretary], kind="unknown", text="")


def test_what_was_read_more_than_a_year_ago_is_forgotten(told, secretary):
    read = datetime(2024, 10, 5, 9, tzinfo=timezone.get_default_timezone())
    with clock.travel_to(read):
        notices.mark_read(secretary)
    with clock.travel_to(read + timedelta(days=365)):
        assert notices.forget_old() == 0
    with clock.travel_to(read + timedelta(days=365, seconds=1)):
        assert notices.forget_old() == 2
    assert [notice.recipient.username for notice in Notice.objects.all()] == ["thu.taichinh"]


def test_a_longer_list_asks_no_more_of_the_database(told, secretary, client):
    client.force_login(secretary)
    client.get("/notices/")
    few = count_queries(lambda: client.get("/notices/"))
    for number in range(30):
        notices.tell(recipients=[secretary], kind="test.plain", text=f"Việc {number}")
    assert count_queries(lambda: client.get("/notices/")) == few
