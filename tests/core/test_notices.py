"""Notices: one's own alone, read at one stroke, and one e-mail for all that gathered."""

import pytest
from django.core import mail

from core import notices
from core.models import Notice
from tests.making import count_queries


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    monkeypatch.setattr(notices, "_kinds", {**notices.kinds(), "test.kind": "Việc thử", "test.other": "Việc khác"})


@pytest.fixture
def told(secretary, neighbour):
    Notice.objects.all().delete()
    notices.tell(recipients=[secretary, neighbour], kind="test.kind", text="Kỳ tháng 9 đã mở.")
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


def test_a_digest_is_one_letter_a_person_and_is_sent_once(told, secretary, neighbour):
    assert notices.send_digests() == 2
    assert notices.send_digests() == 0
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert letters == {
        secretary.email: "- Kỳ tháng 9 đã mở.\n- Báo cáo bị trả lại.",
        neighbour.email: "- Kỳ tháng 9 đã mở.",
    }


def test_a_kind_turned_off_or_read_already_is_not_mailed(told, secretary, neighbour):
    notices.prefer(user=secretary, kind="test.kind", by_email=False)
    notices.mark_read(neighbour)
    assert notices.send_digests() == 1
    assert [letter.body for letter in mail.outbox] == ["- Báo cáo bị trả lại."]


def test_a_longer_list_asks_no_more_of_the_database(told, secretary, client):
    client.force_login(secretary)
    client.get("/notices/")
    few = count_queries(lambda: client.get("/notices/"))
    for number in range(30):
        notices.tell(recipients=[secretary], kind="test.kind", text=f"Việc {number}")
    assert count_queries(lambda: client.get("/notices/")) == few
