"""What a colleague recorded meanwhile is not written over by whoever has not seen it."""

import re
from datetime import date
from decimal import Decimal

import pytest

from activities.models import Participation
from activities.occurrences.services import add_occurrence
from activities.services import record_participation
from tests.making import activity, indicator

DAY = "2/10/2024"


@pytest.fixture
def blood(province):
    return indicator(province.top, "Máu hiến")


@pytest.fixture
def event(province, blood):
    return activity(
        province.justice,
        "Hiến máu",
        scope="unit",
        windows=[(date(2024, 10, 1), date(2024, 10, 31), "month")],
        indicators=[blood],
    )


def seen_in(page: str) -> str:
    return re.search(r'name="seen"(?: value="([^"]*)")?', page)[1] or ""


def form(blood, page, people, amount, **more):
    return {
        "seen": seen_in(page),
        "done_on": DAY,
        "people": people,
        f"figure_{blood.pk}": amount,
        "note": "",
        **more,
    }


def colleague(event, blood, amount=9, people=30, actor=None):
    return record_participation(
        actor=actor,
        activity=event,
        unit=event.unit,
        done_on=date(2024, 10, 2),
        people=people,
        figures={blood: Decimal(amount)},
    )


def stands() -> tuple[int, Decimal]:
    row = Participation.objects.get()
    return row.people, row.figures.get().amount


def test_what_stands_by_now_is_shown_first_and_replaced_knowingly(client, province, secretary, event, blood):
    client.force_login(secretary)
    address = f"/activities/{event.pk}/record/"
    unit = {"unit": province.justice.pk}
    sent = form(blood, client.get(address).content.decode(), 20, 5, **unit)
    colleague(event, blood, actor=secretary)
    answer = client.post(address, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"{secretary.get_full_name()} đã ghi kết quả này lúc" in page
    assert "30 người; Máu hiến: 9." in page
    assert 'value="20"' in page
    assert stands() == (30, 9)
    assert client.post(address, form(blood, page, 20, 5, **unit)).status_code == 302
    assert stands() == (20, 5)


def test_a_correction_of_a_correction_is_asked_too(client, province, secretary, event, blood):
    first = colleague(event, blood)
    client.force_login(secretary)
    address = f"/activities/{event.pk}/record/?outcome={first.pk}"
    unit = {"unit": province.justice.pk}
    sent = form(blood, client.get(address).content.decode(), 20, 5, **unit)
    colleague(event, blood, amount=11)
    answer = client.post(address, sent)
    assert (answer.status_code, stands()) == (422, (30, 11))
    assert client.post(address, form(blood, answer.content.decode(), 20, 5, **unit)).status_code == 302
    assert stands() == (20, 5)


def test_the_same_sent_twice_is_taken_as_said(client, province, secretary, event, blood):
    client.force_login(secretary)
    address = f"/activities/{event.pk}/record/"
    sent = form(blood, client.get(address).content.decode(), 20, 5, unit=province.justice.pk)
    assert [client.post(address, sent).status_code for _again in range(2)] == [302, 302]
    assert stands() == (20, 5)


def test_who_saw_it_corrects_it_at_once(client, province, secretary, event, blood):
    first = colleague(event, blood)
    client.force_login(secretary)
    address = f"/activities/{event.pk}/record/?outcome={first.pk}"
    sent = form(blood, client.get(address).content.decode(), 20, 5, unit=province.justice.pk)
    assert client.post(address, sent).status_code == 302
    assert stands() == (20, 5)


def test_another_day_of_the_same_time_is_asked_too(client, province, secretary, event, blood):
    """Of an activity in several times the day can be another one while all figures are the same."""
    occurrence = add_occurrence(actor=None, activity=event, when=None)[0]
    held = {"actor": None, "activity": event, "unit": event.unit, "occurrence": occurrence, "people": 30}
    first = record_participation(**held, done_on=date(2024, 10, 2), figures={blood: Decimal(9)})
    client.force_login(secretary)
    address = f"/activities/{event.pk}/record/?outcome={first.pk}"
    page = client.get(address).content.decode()
    sent = form(blood, page, 30, 9, unit=province.justice.pk, occurrence=occurrence.number)
    record_participation(**held, done_on=date(2024, 10, 3), figures={blood: Decimal(9)})
    assert client.post(address, sent).status_code == 422
    assert Participation.objects.get().done_on == date(2024, 10, 3)
