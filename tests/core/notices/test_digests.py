"""One letter a person, in time, with all that waits; no line twice, none lost while the mail server is away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts.enums import RoleName
from core import clock, notices
from core.models import Notice
from tests.conftest import person
from tests.core.notices.backends import Server, delivered
from tests.making import count_queries

TOLD = datetime(2024, 10, 4, 9, tzinfo=timezone.get_default_timezone())
NEXT_MORNING = TOLD.replace(day=5, hour=6, minute=30)


@pytest.fixture
def server(monkeypatch, settings):
    monkeypatch.setattr(Server, "refused", set())
    monkeypatch.setattr(Server, "lost", set())
    monkeypatch.setattr(Server, "away", False)
    settings.EMAIL_BACKEND = "tests.core.notices.backends.Server"
    return Server


def told_to(*people, kind="test.plain", text="Kỳ tháng 9 đã mở.", at=TOLD, url=""):
    with clock.travel_to(at):
        return notices.tell(recipients=people, kind=kind, text=text, url=url)


def sent_at(moment=NEXT_MORNING) -> int:
    with clock.travel_to(moment):
        return notices.send_digests()


def half_an_hour_later():
    """The waiting after a failed try is over."""
    Notice.objects.filter(tried_at__isnull=False).update(tried_at=timezone.now() - timedelta(minutes=31))


@pytest.mark.parametrize(
    ("kind", "told", "asked", "letters"),
    [
        ("test.plain", TOLD, TOLD, 0),
        ("test.plain", TOLD, NEXT_MORNING - timedelta(seconds=1), 0),
        ("test.plain", TOLD, NEXT_MORNING, 1),
        ("test.plain", NEXT_MORNING, NEXT_MORNING, 1),
        ("test.plain", NEXT_MORNING + timedelta(seconds=1), NEXT_MORNING + timedelta(hours=9), 0),
        ("test.plain", TOLD, TOLD + timedelta(days=6), 1),
        ("test.plain", TOLD, TOLD + timedelta(days=7), 0),
        ("test.soon", TOLD, TOLD, 1),
        ("test.soon", TOLD, TOLD + timedelta(days=7), 0),
    ],
)
def test_when_a_line_goes_by_mail(kind, told, asked, letters, quiet):
    secretary, _neighbour = quiet
    told_to(secretary, kind=kind, at=told)
    assert sent_at(asked) == letters
    assert delivered() == [secretary.email] * letters


def test_an_urgent_line_takes_all_that_waits_along(quiet):
    secretary, neighbour = quiet
    told_to(secretary, neighbour)
    told_to(secretary, kind="test.soon", text="Báo cáo bị trả lại.")
    assert sent_at(TOLD) == 1
    assert delivered() == [secretary.email]
    assert sent_at() == 1
    assert delivered() == [secretary.email, neighbour.email]
    assert sent_at() == 0


def test_a_letter_is_grouped_by_kind_with_the_urgent_first(quiet, settings):
    settings.PORTAL_URL = "https://doan.example"
    secretary, _neighbour = quiet
    told_to(secretary, text="Kỳ tháng 9 đã mở.", url="/reports/")
    told_to(secretary, kind="test.other", text="Văn bản đã đọc xong.")
    told_to(secretary, kind="test.soon", text="Báo cáo tháng 9/2024 bị trả lại:\nThiếu số cây.", url="/reports/x/")
    told_to(secretary, text="Kỳ tháng 10 đã mở.")
    sent_at()
    (letter,) = mail.outbox
    assert letter.subject == "Báo cáo tháng 9/2024 bị trả lại: Thiếu số cây. (và 3 thông báo khác)"
    head, _rule, _foot = letter.body.partition("\n--\n")
    assert head == (
        "Kính gửi: Bí thư Chi đoàn Sở Tư pháp\n"
        "\nViệc gấp\n- Báo cáo tháng 9/2024 bị trả lại:\nThiếu số cây.\n  https://doan.example/reports/x/\n"
        "\nViệc thường\n- Kỳ tháng 9 đã mở.\n  https://doan.example/reports/\n- Kỳ tháng 10 đã mở.\n"
        "\nViệc khác\n- Văn bản đã đọc xong.\n"
    )
    ((html, mimetype),) = letter.alternatives
    assert mimetype == "text/html"
    assert '<a href="https://doan.example/reports/x/">Báo cáo tháng 9/2024 bị trả lại:' in html
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_single_line_is_the_subject_and_a_long_one_is_cut(quiet):
    secretary, neighbour = quiet
    told_to(secretary, text="Kỳ tháng 9 đã mở.")
    told_to(neighbour, text="Báo cáo " * 40)
    sent_at()
    subjects = {letter.to[0]: letter.subject for letter in mail.outbox}
    assert subjects[secretary.email] == "Kỳ tháng 9 đã mở."
    assert subjects[neighbour.email] == "Báo cáo " * 14 + "Báo …"


def test_what_a_line_says_is_no_markup_in_the_letter(quiet):
    secretary, _neighbour = quiet
    told_to(secretary, text="Trả lại: <b>sai</b> & thiếu")
    sent_at()
    assert "- Trả lại: <b>sai</b> & thiếu\n" in mail.outbox[0].body
    assert "Trả lại: &lt;b&gt;sai&lt;/b&gt; &amp; thiếu" in mail.outbox[0].alternatives[0][0]


def test_who_is_not_written_to(quiet, officer, leader, bloc_head):
    """Kinds turned off, lines read already, people without an address or whose account is closed."""
    secretary, neighbour = quiet
    everyone = (secretary, neighbour, officer, leader, bloc_head)
    Notice.objects.all().delete()
    told_to(*everyone)
    told_to(secretary, kind="test.other", text="Báo cáo được duyệt.")
    notices.prefer(user=secretary, kind="test.plain", by_email=False)
    notices.mark_read(neighbour)
    type(officer).objects.filter(pk=officer.pk).update(email="")
    type(leader).objects.filter(pk=leader.pk).update(is_active=False)
    assert sent_at() == 2
    assert sorted(delivered()) == sorted([secretary.email, bloc_head.email])
    assert [one.subject for one in mail.outbox if one.to == [secretary.email]] == ["Báo cáo được duyệt."]


def test_a_refused_address_does_not_stop_the_others_and_is_given_up_in_the_end(quiet, server):
    secretary, neighbour = quiet
    server.refused = {secretary.email}
    told_to(secretary, neighbour)
    assert sent_at() == 1
    assert delivered() == [neighbour.email]
    assert sent_at() == 0
    for _try in range(6):
        half_an_hour_later()
        sent_at()
    assert Notice.objects.get(recipient=secretary).refusals == 5
    server.refused = set()
    half_an_hour_later()
    assert sent_at() == 0
    assert notices.unread_count(secretary) == 1


@pytest.mark.parametrize("address", ["khong phai dia chi", "a@b@c", "xin\nchao@example.vn"])
def test_an_address_that_is_none_does_not_stop_the_others(address, quiet):
    secretary, neighbour = quiet
    type(secretary).objects.filter(pk=secretary.pk).update(email=address)
    told_to(secretary, neighbour)
    sent_at()
    assert neighbour.email in delivered()


def test_a_greylisted_letter_goes_at_the_next_try(quiet, server):
    secretary, _neighbour = quiet
    server.refused = {secretary.email}
    told_to(secretary)
    assert sent_at() == 0
    server.refused = set()
    assert sent_at() == 0
    half_an_hour_later()
    assert sent_at() == 1
    assert delivered() == [secretary.email]


def test_nothing_is_lost_while_the_mail_server_is_away(quiet, server):
    secretary, neighbour = quiet
    told_to(secretary, neighbour)
    server.away = True
    assert [sent_at() for _round in range(10)] == [0] * 10
    server.away = False
    assert sent_at(NEXT_MORNING + timedelta(hours=5)) == 2
    assert sorted(delivered()) == sorted([secretary.email, neighbour.email])


def test_a_line_that_breaks_ends_the_round_and_nothing_goes_twice(quiet, server):
    secretary, neighbour = quiet
    first, second = sorted((secretary, neighbour), key=lambda one: one.pk)
    server.lost = {first.email}
    told_to(secretary, neighbour)
    assert sent_at() == 0
    assert sent_at() == 1
    assert delivered() == [second.email]
    server.lost = set()
    half_an_hour_later()
    assert sent_at() == 1
    assert sent_at() == 0
    assert delivered() == [second.email, first.email]
    assert set(Notice.objects.values_list("refusals", flat=True)) == {0}


def test_a_worker_killed_between_claim_and_letter_loses_nothing(quiet, monkeypatch):
    secretary, _neighbour = quiet
    told_to(secretary)
    with monkeypatch.context() as patched:
        patched.setattr("core.notices.digests.letter_to", lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            sent_at()
    assert sent_at() == 0
    half_an_hour_later()
    assert sent_at() == 1
    assert delivered() == [secretary.email]


def test_gathering_asks_the_same_of_the_database_for_one_person_and_thirty(quiet, province):
    secretary, _neighbour = quiet
    told_to(secretary)
    one = count_queries(sent_at)
    people = [person(f"nguoi.{n}", f"Người {n}", province.justice, RoleName.SECRETARY) for n in range(30)]
    told_to(*people)
    # Of each letter: claim, read, mark.
    assert count_queries(sent_at) == one + 29 * 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer; its tests share a connection")
def test_four_workers_at_once_send_each_line_once(quiet, province):
    people = [person(f"nguoi.{n}", f"Người {n}") for n in range(12)]
    told_to(*people)
    gate = Barrier(4)

    def work(_number: int) -> int:
        try:
            gate.wait(timeout=20)
            return sent_at()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 12
    assert sorted(delivered()) == sorted(one.email for one in people)
