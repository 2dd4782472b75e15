"""Which kinds come by e-mail: chosen on a page, or stopped from a letter without signing in."""

import re

import pytest
from django.core import mail
from django.test import Client

from core import clock, notices
from core.models import NoticePreference
from tests.core.notices.test_digests import NEXT_MORNING, told_to
from tests.making import count_queries

ALL = {"accounts.role", "test.plain", "test.other", "test.soon"}
NOT_FOR_STRANGERS = ("Bí thư", "thu.tuphap", "example.vn", "Sở Tư pháp")


@pytest.fixture
def letter(quiet):
    """A digest of two kinds to the secretary."""
    secretary, _neighbour = quiet
    told_to(secretary)
    told_to(secretary, kind="test.soon", text="Báo cáo bị trả lại.")
    with clock.travel_to(NEXT_MORNING):
        notices.send_digests()
    return mail.outbox[0]


def path_of(address: str) -> str:
    assert address.startswith("http://127.0.0.1:8000/notices/stop/")
    return address.removeprefix("http://127.0.0.1:8000")


def ticked(page) -> set[str]:
    """The kinds whose box is ticked."""
    return set(
        re.findall(r'<input type="checkbox" name="by_email" value="([^"]+)"[^>]* checked>', page.content.decode())
    )


def test_everything_comes_by_mail_until_it_is_turned_off(client, secretary):
    client.force_login(secretary)
    page = client.get("/notices/settings/")
    assert ticked(page) == ALL
    assert secretary.email in page.content.decode()
    assert client.post("/notices/settings/", {"by_email": ["test.other"]}).status_code == 302
    assert notices.mailed_kinds(secretary) == {"test.other"}
    assert ticked(client.get("/notices/settings/")) == {"test.other"}
    client.post("/notices/settings/", {"by_email": ["test.other", "test.soon"]})
    assert notices.mailed_kinds(secretary) == {"test.other", "test.soon"}
    assert NoticePreference.objects.filter(user=secretary).count() == 4


def test_one_persons_wishes_are_not_anothers(client, secretary, neighbour):
    client.force_login(secretary)
    client.post("/notices/settings/", {})
    assert notices.mailed_kinds(secretary) == set()
    assert notices.mailed_kinds(neighbour) == ALL


def test_an_unknown_kind_changes_nothing(client, secretary):
    client.force_login(secretary)
    assert client.post("/notices/settings/", {"by_email": ["unknown"]}).status_code == 422
    assert not NoticePreference.objects.exists()


def test_who_has_no_address_is_told_so(client, secretary):
    type(secretary).objects.filter(pk=secretary.pk).update(email="")
    client.force_login(secretary)
    assert "Tài khoản của bạn chưa có địa chỉ thư điện tử" in client.get("/notices/settings/").content.decode()


def test_wishes_are_kept_in_one_statement(client, secretary):
    keep = count_queries(lambda: notices.prefer_only(user=secretary, wanted={"test.soon"}))
    for n in range(30):
        notices.register(f"test.more-{n}", f"Việc {n}")
    assert count_queries(lambda: notices.prefer_only(user=secretary, wanted={"test.soon"})) == keep


def test_a_letter_stops_its_kinds_by_one_click(letter, secretary, neighbour):
    header = letter.extra_headers["List-Unsubscribe"]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    mail_program = Client(enforce_csrf_checks=True)
    answer = mail_program.post(path_of(header.strip("<>")), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert notices.mailed_kinds(secretary) == ALL - {"test.plain", "test.soon"}
    assert notices.mailed_kinds(neighbour) == ALL


def test_the_link_below_a_letter_asks_first_and_stops_its_own_kind_only(letter, secretary):
    lines = [line.strip() for line in letter.body.splitlines() if "/notices/stop/" in line]
    assert len(lines) == 2
    address = path_of(lines[0])
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(address).content.decode()
    assert "Việc gấp" in page
    assert "Việc thường" not in page
    assert notices.mailed_kinds(secretary) == ALL
    done = browser.post(address).content.decode()
    assert notices.mailed_kinds(secretary) == ALL - {"test.soon"}
    for said in (page, done):
        assert [word for word in NOT_FOR_STRANGERS if word in said] == []
    assert browser.post(address).status_code == 200


@pytest.mark.parametrize("change", [lambda path: path[:-2] + "x/", lambda _path: "/notices/stop/x/"])
def test_an_address_that_was_not_given_out_is_none(change, letter, secretary):
    wrong = change(path_of(letter.extra_headers["List-Unsubscribe"].strip("<>")))
    for ask in (Client().get, Client().post):
        assert ask(wrong).status_code == 404
    assert notices.mailed_kinds(secretary) == ALL


def test_the_address_of_a_person_who_is_gone_is_none(nobody):
    address = path_of(notices.stop_address(nobody, ["test.soon"]))
    nobody.delete()
    assert Client().get(address).status_code == 404


def test_a_kind_that_no_longer_exists_is_left_out(secretary):
    address = path_of(notices.stop_address(secretary, ["test.soon", "test.gone"]))
    assert Client().post(address).status_code == 200
    assert list(NoticePreference.objects.values_list("kind", "by_email")) == [("test.soon", False)]
