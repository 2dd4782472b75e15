"""What waits to be recorded, one screen to record it, and what was recorded."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.enums import RoleName
from accounts.services import grant_role
from activities.models import Participation
from activities.occurrences.services import number_occurrences
from activities.recording.selectors import to_record
from activities.services import cancel, mark_done, record_participation
from tests.activities.occurrences.scenes import divided, sundays
from tests.conftest import Province
from tests.making import activity, count_queries, draft, indicator, issue

TODAY = date(2024, 10, 5)
WAITING = "/activities/to-record/"


def waiting(user, today=TODAY) -> list[tuple[str, str, int | None]]:
    return [
        (one.activity.name, one.unit.code, one.occurrence.number if one.occurrence else None)
        for one in to_record(user, today)
    ]


def held(event, unit, number=None, **more):
    occurrence = None if number is None else event.occurrences.get(number=number)
    facts = {"actor": None, "activity": event, "unit": unit, "done_on": date(2024, 3, 14), "occurrence": occurrence}
    return record_participation(**{**facts, **more})


@pytest.fixture
def scene(province) -> Province:
    """Of every sort one whose time has come, and what nobody shall be asked for."""
    union = province.bloc_union
    november = [(date(2024, 11, 1), date(2024, 11, 30), "month")]
    plan = draft(union)
    activity(union, "Đồng loạt", scope="all_units", plan=plan)
    activity(union, "Khối làm")
    activity(union, "Khối 1", scope="bloc", bloc=province.bloc_1)
    activity(province.justice, "Tư pháp", scope="unit")
    activity(province.finance, "Tài chính", scope="unit")
    activity(union, "Chưa đến", scope="all_units", windows=november, plan=plan)
    activity(union, "Không ghi thời gian", scope="all_units", windows=[], plan=plan)
    last_year = [(date(2023, 3, 1), date(2023, 3, 31), "month")]
    activity(union, "Năm ngoái", windows=last_year)
    activity(union, "Nháp", scope="all_units", plan=draft(union, "Nháp"))
    activity(province.kgi, "Tỉnh khác", scope="all_units")
    cancelled = activity(union, "Đã hủy", scope="all_units", plan=plan)
    issue(plan)
    cancel(actor=None, activity=cancelled, reason="Mưa")
    return province


def test_each_has_what_their_own_unit_takes_part_in(scene, secretary, neighbour, officer, leader, bloc_head, outsider):
    assert {name for name, _unit, _number in waiting(secretary)} == {"Đồng loạt", "Khối 1", "Tư pháp"}
    assert {name for name, _unit, _number in waiting(neighbour)} == {"Đồng loạt", "Tài chính"}
    assert {name for name, _unit, _number in waiting(officer)} == {"Khối làm"}
    assert [waiting(user) for user in (leader, bloc_head, outsider)] == [[], [], []]


def test_what_is_done_waits_even_before_its_window_and_what_is_recorded_no_more(province, secretary):
    early = activity(
        province.justice, "Làm sớm", scope="unit", windows=[(date(2024, 11, 1), date(2024, 11, 30), "month")]
    )
    assert waiting(secretary) == []
    mark_done(actor=None, activity=early, done_on=date(2024, 10, 1))
    assert waiting(secretary) == [("Làm sớm", "QNA-KCQ-003", None)]
    held(early, province.justice)
    assert waiting(secretary) == []


def test_times_wait_from_their_day_on_the_latest_first(province, secretary):
    event = divided(province.bloc_union)
    held(event, province.justice, 1)
    name, code = event.name, "QNA-KCQ-003"
    assert waiting(secretary) == [(name, code, 4), (name, code, 3), (name, code, 2)]
    assert waiting(secretary, date(2024, 3, 3)) == [(name, code, 3), (name, code, 2)]


def test_of_times_without_a_day_the_next_one_waits(province, secretary):
    event = sundays(province.bloc_union)
    number_occurrences(actor=None, activity=event)
    held(event, province.justice, 1)
    assert waiting(secretary) == [(event.name, "QNA-KCQ-003", 2)]


def test_the_list_leads_to_the_form_and_the_form_is_filled_in(client, province, secretary):
    event = divided(province.bloc_union)
    trees = indicator(province.qna, "Cây xanh", "cây")
    event.indicators.add(trees)
    client.force_login(secretary)
    listed = client.get(WAITING).content.decode()
    address = f"/activities/{event.pk}/record/?unit=QNA-KCQ-003"
    assert f"{address}&amp;occurrence=3" in listed
    form = client.get(f"{address}&occurrence=3").context["form"]
    assert (form["unit"].value(), form["occurrence"].value()) == (province.justice.pk, "3")
    assert form["unit"].is_hidden
    assert form["done_on"].value() == date(2024, 3, 3)
    assert form[f"figure_{trees.pk}"].field.widget.attrs["inputmode"] == "numeric"
    sent = {"unit": province.justice.pk, "occurrence": 3, "done_on": "10/3/2024", "people": "45"}
    answer = client.post(f"{address}&occurrence=3", {**sent, f"figure_{trees.pk}": "1.200"})
    row = Participation.objects.get()
    assert answer["Location"] == f"/activities/{event.pk}/outcomes/{row.pk}/"
    assert (row.occurrence.number, row.done_on, row.people, row.figures.get().amount) == (
        3,
        date(2024, 3, 10),
        45,
        Decimal(1200),
    )
    receipt = client.get(answer["Location"]).content.decode()
    assert "1.200 cây" in receipt
    assert "Còn 3 kết quả cần ghi" in receipt


def test_where_no_time_is_named_the_latest_missing_one_is_filled_in(client, province, secretary):
    event = divided(province.bloc_union)
    client.force_login(secretary)
    address = f"/activities/{event.pk}/record/"

    def filled_in():
        form = client.get(address).context["form"]
        return form["occurrence"].value(), form["done_on"].value()

    assert filled_in() == ("4", date(2024, 4, 7))
    held(event, province.justice, 4)
    assert filled_in() == ("3", date(2024, 3, 3))
    assert "Lần 4 (ngày 7/4/2024), đã ghi</option>" in client.get(address).content.decode()
    for number in (1, 2, 3):
        held(event, province.justice, number)
    assert filled_in() == (None, TODAY)
    # What stands is not written over by who chose nothing.
    sent = {"unit": province.justice.pk, "occurrence": "", "done_on": "5/10/2024", "people": "1"}
    assert client.post(address, sent).status_code == 422
    assert Participation.objects.filter(people=1).count() == 0


def test_who_records_for_many_units_chooses_the_time(client, province, officer):
    event = divided(province.bloc_union)
    client.force_login(officer)
    assert client.get(f"/activities/{event.pk}/record/").context["form"]["occurrence"].value() is None
    form = client.get(f"/activities/{event.pk}/record/?unit=QNA-KCQ-003").context["form"]
    assert form["occurrence"].value() == "4"


def test_a_day_ahead_is_filled_in_as_today(client, province, secretary):
    event = divided(province.bloc_union)
    event.occurrences.filter(number=4).update(starts_on=date(2024, 12, 1), ends_on=date(2024, 12, 1))
    client.force_login(secretary)
    form = client.get(f"/activities/{event.pk}/record/?occurrence=4").context["form"]
    assert form["done_on"].value() == TODAY


def test_a_correction_shows_what_stands_and_is_told_in_the_history(client, province, secretary):
    event = divided(province.bloc_union)
    trees = indicator(province.qna, "Cây xanh", "cây")
    event.indicators.add(trees)
    row = held(event, province.justice, 2, people=30, figures={trees: Decimal(9)}, note="Trồng ven sông")
    client.force_login(secretary)
    address = f"/activities/{event.pk}/record/?outcome={row.pk}"
    page = client.get(address)
    form = page.context["form"]
    values = [form[name].value() for name in ("people", "note", "done_on", "occurrence", f"figure_{trees.pk}")]
    assert values == [30, "Trồng ven sông", date(2024, 3, 14), "2", "9"]
    seen = form["seen"].value()
    sent = {"unit": province.justice.pk, "occurrence": 2, "done_on": "15/3/2024", "people": "31", "seen": seen}
    assert client.post(address, sent).status_code == 302
    row.refresh_from_db()
    assert (Participation.objects.count(), row.people, row.done_on) == (1, 31, date(2024, 3, 15))
    assert event.events.filter(reason__contains="30 người").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"people": "-1"}, 'class="error"'),
        ({"people": "nhiều"}, "nhiều"),
        ({"done_on": "6/10/2024"}, "Ngày này chưa đến"),
        ({"done_on": ""}, 'class="error"'),
        ({"occurrence": "9"}, 'class="error"'),
        ({"unit": "4"}, 'class="error"'),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(client, province, secretary, changes, words):
    event = divided(province.bloc_union)
    client.force_login(secretary)
    sent = {"unit": province.justice.pk, "occurrence": 1, "done_on": "7/1/2024", "people": "5", **changes}
    answer = client.post(f"/activities/{event.pk}/record/?occurrence=1", sent)
    assert (answer.status_code, Participation.objects.count()) == (422, 0)
    assert words in answer.content.decode()


def test_foreign_units_outcomes_and_times_are_not_there(client, province, secretary):
    event = divided(province.bloc_union)
    theirs = held(event, province.finance, 1)
    client.force_login(secretary)
    for query in ("unit=QNA-KCQ-004", "unit=KGI", "occurrence=5", f"outcome={theirs.pk}", "outcome=x"):
        assert client.get(f"/activities/{event.pk}/record/?{query}").status_code == 404
    assert client.get(f"/activities/{event.pk}/outcomes/{theirs.pk}/").status_code == 404


ROLES = {"secretary": (200, 200), "officer": (200, 200), "leader": (403, 200), "administrator": (403, 404)}
ROLES |= {"neighbour": (200, 404), "bloc_head": (403, 200), "outsider": (404, 404), "nobody": (404, 404)}


@pytest.mark.parametrize("name", ROLES)
def test_role_and_page(client, province, request, name):
    event = divided(province.bloc_union)
    row = held(event, province.justice, 1)
    client.force_login(request.getfixturevalue(name))
    found = [client.get(f"/activities/{event.pk}/{rest}/").status_code for rest in ("record", f"outcomes/{row.pk}")]
    assert tuple(found) == ROLES[name]
    records = {"secretary", "neighbour", "officer", "outsider"}
    assert client.get(WAITING).status_code == (200 if name in records else 403)


def test_home_and_calendar_lead_there(client, province, secretary, officer):
    event = activity(province.bloc_union, "Hội nghị")
    client.force_login(officer)
    home = client.get("/").content.decode()
    assert f"/activities/{event.pk}/record/?unit=QNA-KCQ" in home
    assert WAITING in home
    for page in ("board", "month", "week", "timeline", "list"):
        assert WAITING in client.get(f"/activities/{page}/").content.decode()


def test_the_list_asks_as_little_for_many(client, province, secretary):
    divided(province.bloc_union)
    client.force_login(secretary)
    few = count_queries(lambda: client.get(WAITING))
    grant_role(actor=None, user=secretary, unit=province.hospital, name=RoleName.SECRETARY)
    for number in range(5):
        activity(province.bloc_union, f"Hoạt động {number}", scope="all_units")
    assert count_queries(lambda: client.get(WAITING)) == few
    assert few <= 15
