"""The page of an activity's days: seen before saved, refused in words, kept from others."""

from datetime import date

import pytest

from activities.occurrences.services import number_occurrences
from activities.services import record_participation
from tests.activities.occurrences.scenes import days_of, divided, sundays
from tests.making import activity, count_queries

RULE = {"every": "month_weekday", "nth": "1", "weekday": "6", "starts_on": "1/1/2024", "times": "4", "lasts": "1"}
CAST = ["secretary", "neighbour", "officer", "leader", "administrator", "bloc_head", "outsider", "nobody"]
UNSEEN = {"outsider", "nobody"}


def page(event) -> str:
    return f"/activities/{event.pk}/occurrences/"


@pytest.mark.parametrize("name", CAST)
def test_role_and_page(client, province, request, name):
    event = sundays(province.bloc_union)
    client.force_login(request.getfixturevalue(name))
    wished = 404 if name in UNSEEN else 302 if name == "officer" else 403
    assert client.post(page(event), RULE).status_code == wished
    assert client.get(page(event)).status_code == (200 if name == "officer" else wished)
    assert event.occurrences.count() == (4 if name == "officer" else 0)


def test_the_days_are_seen_before_anything_is_saved(client, province, officer):
    event = sundays(province.bloc_union)
    client.force_login(officer)
    shown = client.get(page(event), RULE).content.decode()
    for day in ("7/1", "4/2", "3/3", "7/4"):
        assert f"<li>ngày {day}/2024</li>" in shown
    assert event.occurrences.count() == 0
    assert client.post(page(event), RULE)["Location"] == page(event)
    assert len(days_of(event)) == 4
    assert "Chủ nhật đầu tiên trong mỗi tháng, từ ngày 1/1/2024, 4 lần" in client.get(page(event)).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"times": ""}, "Chưa rõ lặp lại đến khi nào"),
        ({"times": "99"}, "Vượt quá 60 lần"),
        ({"starts_on": "1/1/2023"}, "nằm ngoài thời hạn của văn bản"),
        ({"starts_on": ""}, ""),
        ({"weekday": "9"}, ""),
        ({"every": "always"}, ""),
        ({"lasts": "0"}, ""),
    ],
)
def test_a_wrong_rule_comes_back_with_words_and_nothing_is_done(client, province, officer, changes, words):
    event = sundays(province.bloc_union)
    client.force_login(officer)
    answer = client.post(page(event), {**RULE, **changes})
    assert (answer.status_code, event.occurrences.count()) == (422, 0)
    assert answer.content.decode().count('class="error"') >= 1
    seen = client.get(page(event), {**RULE, **changes})
    assert seen.status_code == 200
    for shown in (answer, seen):
        assert words in shown.content.decode()
        assert "Lưu các ngày này" not in shown.content.decode()


def test_one_by_one(client, province, officer):
    event = sundays(province.bloc_union)
    client.force_login(officer)
    assert client.post(f"{page(event)}number/").status_code == 302
    first = event.occurrences.get(number=1)
    assert client.post(f"{page(event)}{first.pk}/move/", {"starts_on": "3/3/2024", "ends_on": ""}).status_code == 302
    wrong = client.post(f"{page(event)}{first.pk}/move/", {"starts_on": "3/3/2024", "ends_on": "2/3/2024"})
    assert (wrong.status_code, 'value="2/3/2024"' in wrong.content.decode()) == (422, True)
    wrong = client.post(f"{page(event)}add/", {"starts_on": "3/3/2025"})
    assert (wrong.status_code, "nằm ngoài thời hạn" in wrong.content.decode()) == (422, True)
    assert client.post(f"{page(event)}add/", {"starts_on": ""}).status_code == 302
    assert client.post(f"{page(event)}{event.occurrences.get(number=5).pk}/remove/").status_code == 302
    assert days_of(event) == [(1, date(2024, 3, 3)), (2, None), (3, None), (4, None)]


def test_an_occurrence_of_another_activity_is_not_reached(client, province, officer):
    event, other = divided(province.bloc_union), activity(province.bloc_union, "Khác")
    client.force_login(officer)
    address = f"/activities/{other.pk}/occurrences/{event.occurrences.get(number=1).pk}/"
    assert client.post(f"{address}move/", {"starts_on": ""}).status_code == 404
    assert client.post(f"{address}remove/").status_code == 404
    assert len(days_of(event)) == 4


def test_the_activity_s_page_tells_of_its_times(client, province, secretary, officer):
    event = divided(province.bloc_union)
    for unit in (province.justice, province.finance):
        first = event.occurrences.get(number=1)
        record_participation(actor=None, activity=event, unit=unit, done_on=date(2024, 1, 7), occurrence=first)
    address = f"/activities/{event.pk}/"
    for user, units, may_set in ((secretary, 1, False), (officer, 2, True)):
        client.force_login(user)
        shown = client.get(address).content.decode()
        assert "Chủ nhật đầu tiên trong mỗi tháng" in shown
        assert f"{units} đơn vị đã ghi" in shown
        assert (page(event) in shown) == may_set


def test_the_page_asks_no_more_for_sixty_times_than_for_four(client, province, officer):
    event = divided(province.bloc_union)
    client.force_login(officer)
    few = count_queries(lambda: client.get(page(event)))
    many = sundays(province.bloc_union, repeats=60)
    number_occurrences(actor=None, activity=many)
    assert count_queries(lambda: client.get(page(many))) == few
    assert few <= 15
    assert count_queries(lambda: client.get(f"/activities/{many.pk}/")) <= 25
