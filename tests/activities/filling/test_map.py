"""The page of the map: who sees which units, what cells open, queries at 150 units, reminding."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from accounts.services import grant_role
from activities.filling.reminding import MISSING, remind_missing
from activities.filling.selectors import grid_of
from activities.models import OutcomeReminder, Participation
from activities.occurrences.services import add_occurrence
from activities.services import cancel, record_participation
from core.models import Notice
from tests.activities.occurrences.scenes import divided, sundays
from tests.conftest import OPENED, person
from tests.making import activity, count_queries, indicator
from units.enums import Kind
from units.services import close_unit, create_unit, join_bloc

TODAY = date(2024, 10, 5)


def page(event) -> str:
    return f"/activities/{event.pk}/units/"


def held(event, unit, number: int | None = 1, **more):
    occurrence = None if number is None else event.occurrences.get(number=number)
    facts = {"actor": None, "activity": event, "unit": unit, "done_on": date(2024, 1, 7), "occurrence": occurrence}
    return record_participation(**{**facts, **more})


ALL = {"hospital", "college", "justice", "finance"}
ROWS = {
    "officer": ALL,
    "leader": ALL,
    "secretary": {"justice"},
    "neighbour": {"finance"},
    "hospital_secretary": {"hospital", "hospital_surgery", "hospital_medicine"},
    "bloc_head": {"hospital", "justice"},
}
CLOSED = {"administrator": 403, "outsider": 404, "nobody": 404}


@pytest.mark.parametrize("name", [*ROWS, *CLOSED])
def test_each_sees_the_rows_of_their_own_units_only(client, province, request, name):
    event = divided(province.bloc_union)
    for number, unit in enumerate(province.grassroots, start=101):
        held(event, unit, people=number)
    client.force_login(request.getfixturevalue(name))
    answer = client.get(page(event))
    assert answer.status_code == CLOSED.get(name, 200)
    if name in ROWS:
        units = {row.unit for row in answer.context["grid"].rows}
        assert units == {getattr(province, short) for short in ROWS[name]}
        text = answer.content.decode()
        seen = {number for number in range(101, 105) if f">{number} người" in text}
        assert seen == {101 + n for n, unit in enumerate(province.grassroots) if unit in units}


@pytest.mark.parametrize("name", ["secretary", "hospital_secretary", "officer", "outsider"])
def test_another_subtree_is_not_there(client, province, request, name):
    event = divided(province.bloc_union)
    client.force_login(request.getfixturevalue(name))
    wished = {"secretary": {"justice"}, "hospital_secretary": {"hospital"}, "officer": ALL, "outsider": set()}[name]
    for short in sorted(ALL):
        code = getattr(province, short).code
        assert client.get(f"{page(event)}?unit={code}").status_code == (200 if short in wished else 404)
    assert client.get(f"{page(event)}?unit=KGI").status_code == 404


def test_the_head_of_a_bloc_opens_the_outcomes_of_members_and_nothing_beneath(client, province, bloc_head):
    event = divided(province.bloc_union)
    own = held(event, province.justice)
    beneath = held(event, province.hospital_surgery, people=5)
    elsewhere = held(event, province.finance)
    Participation.objects.filter(pk=elsewhere.pk).update(occurrence=None)  # it would stand in a column of its own
    client.force_login(bloc_head)
    answer = client.get(page(event))
    text = answer.content.decode()
    assert [column.title for column in answer.context["grid"].columns] == ["1", "2", "3", "4"]
    assert answer.context["whose"] == province.bloc_1.name
    assert ">5 người" in text
    assert "?unit=" not in text
    opened = [client.get(f"/activities/{event.pk}/outcomes/{one.pk}/").status_code for one in (own, beneath, elsewhere)]
    assert opened == [200, 404, 404]
    codes = (province.bloc_union.code, province.hospital.code, province.hospital_surgery.code)
    assert [client.get(f"{page(event)}?unit={code}").status_code for code in codes] == [404] * 3
    assert page(event) in client.get(f"/activities/{event.pk}/").content.decode()


def test_a_secretary_who_heads_the_bloc_sees_it_all_and_records_for_the_own_unit(client, province, hospital_secretary):
    grant_role(
        actor=None, user=hospital_secretary, unit=province.bloc_union, name=RoleName.BLOC_HEAD, bloc=province.bloc_1
    )
    event = divided(province.bloc_union)
    client.force_login(hospital_secretary)
    answer = client.get(page(event))
    assert {row.unit for row in answer.context["grid"].rows} == {province.hospital, province.justice}
    text = answer.content.decode()
    assert f"/activities/{event.pk}/record/?unit={province.hospital.code}&amp;occurrence=1" in text
    assert f"?unit={province.justice.code}" not in text
    below = client.get(f"{page(event)}?unit={province.hospital.code}")
    assert {row.unit for row in below.context["grid"].rows} == {
        province.hospital, province.hospital_surgery, province.hospital_medicine,
    }  # fmt: skip


def test_totals_missing_and_what_units_beneath_recorded(province):
    event = divided(province.bloc_union)
    trees = indicator(province.qna, "Cây xanh", "cây")
    held(event, province.justice, people=12, figures={trees: Decimal(7)})
    held(event, province.hospital_surgery, people=5, figures={trees: Decimal(2)})
    held(event, province.hospital, people=9)
    grid = grid_of(event, province.bloc_union, TODAY)
    assert [(group.bloc.number, [row.unit.code for row in group.rows]) for group in grid.groups] == [
        (1, ["QNA-KCQ-001", "QNA-KCQ-003"]),
        (2, ["QNA-KCQ-002", "QNA-KCQ-004"]),
    ]
    hospital = grid.rows[0].cells[0].recorded
    assert (hospital.count, hospital.people, [one.amount for one in hospital.amounts]) == (2, 14, [Decimal(2)])
    assert (grid.totals[0].done, grid.totals[0].asked, grid.totals[0].people) == (2, 4, 26)
    assert dict(grid.totals[0].amounts) == {trees: Decimal(9)}
    assert (grid.done, grid.asked, len(grid.missing)) == (0, 4, 4)  # times 2 to 4 are missing everywhere


def test_only_units_beneath_recorded_leads_to_their_map(client, province, officer):
    event = divided(province.bloc_union)
    held(event, province.hospital_surgery, people=5)
    client.force_login(officer)
    assert f"?unit={province.hospital.code}" in client.get(page(event)).content.decode()
    below = client.get(f"{page(event)}?unit={province.hospital.code}")
    assert below.status_code == 200
    assert ">5 người" in below.content.decode()


def test_a_time_that_has_not_come_is_not_missing(province):
    event = divided(province.bloc_union)
    grid = grid_of(event, province.bloc_union, date(2024, 2, 3))
    assert [column.is_due for column in grid.columns] == [True, False, False, False]
    held(event, province.justice)
    grid = grid_of(event, province.bloc_union, date(2024, 2, 3))
    assert {row.unit.code for row in grid.missing} == {"QNA-KCQ-001", "QNA-KCQ-002", "QNA-KCQ-004"}
    assert grid.done == 1


def test_an_activity_that_takes_place_once(client, province, officer):
    event = activity(province.bloc_union, scope="all_units")
    outcome = held(event, province.justice, None, people=3)
    client.force_login(officer)
    answer = client.get(page(event))
    text = answer.content.decode()
    assert "1/4 đơn vị đã ghi đủ" in text
    assert f"/activities/{event.pk}/outcomes/{outcome.pk}/" in text
    assert f"/activities/{event.pk}/record/?unit=QNA-KCQ-004" in text
    missing = client.get(f"{page(event)}?missing=1")
    assert {row.unit.code for _group, rows in missing.context["shown"] for row in rows} == {
        "QNA-KCQ-001",
        "QNA-KCQ-002",
        "QNA-KCQ-004",
    }
    assert "1/4 đơn vị đã ghi đủ" in missing.content.decode()


def test_outcomes_beyond_the_times_have_a_column_of_their_own(province):
    event = sundays(province.bloc_union, repeats=1)
    for day in (7, 8):
        held(event, province.justice, None, done_on=date(2024, 1, day), people=day)
    add_occurrence(actor=None, activity=event, when=None)
    grid = grid_of(event, province.bloc_union, TODAY)
    assert [(column.key is None, total.people) for column, total in zip(grid.columns, grid.totals, strict=True)] == [
        (False, 7),
        (True, 8),
    ]


def test_a_bloc_s_own_activity_asks_its_members(province):
    event = activity(province.bloc_union, scope="bloc", bloc=province.bloc_1)
    grid = grid_of(event, province.bloc_union, TODAY)
    assert [row.unit.code for row in grid.rows] == ["QNA-KCQ-001", "QNA-KCQ-003"]


def test_a_closed_unit_is_asked_no_more_but_what_it_did_stands(province):
    event = divided(province.bloc_union)
    held(event, province.justice, people=12)
    for unit in (province.justice, province.finance):
        close_unit(unit=unit, on=date(2024, 5, 1))
    grid = grid_of(event, province.bloc_union, TODAY)
    assert {row.unit.code: row.is_asked for row in grid.rows} == {
        "QNA-KCQ-001": True,
        "QNA-KCQ-002": True,
        "QNA-KCQ-003": False,
    }
    assert (grid.asked, grid.totals[0].people) == (2, 12)


def test_the_page_asks_as_little_for_150_units_as_for_four(client, province, officer):
    event = divided(province.bloc_union)
    trees = indicator(province.qna, "Cây xanh", "cây")
    held(event, province.justice, figures={trees: Decimal(1)})
    client.force_login(officer)
    few = count_queries(lambda: client.get(page(event)))
    for number in range(10, 40):
        facts = {"kind": Kind.GRASSROOTS_BRANCH, "parent": province.bloc_union, "opened_on": OPENED}
        unit = create_unit(code=f"QNA-KCQ-{number:03d}", name=f"Chi đoàn {number}", **facts)
        join_bloc(unit=unit, bloc=province.bloc_1 if number % 2 else province.bloc_2, on=OPENED)
        held(event, unit, people=number, figures={trees: Decimal(1)})
    assert count_queries(lambda: client.get(page(event))) == few
    assert few <= 15


def test_the_officer_reminds_each_unit_once_a_day(client, province, officer, secretary, neighbour, settings):
    event = divided(province.bloc_union)
    for number, day in ((1, 7), (2, 8), (3, 9), (4, 10)):
        held(event, province.finance, number, done_on=date(2024, 4, day))
    client.force_login(officer)
    answer = client.post(f"{page(event)}remind/")
    assert answer["Location"] == f"{page(event)}?unit=QNA-KCQ"
    # The neighbour has recorded all; for hospital and college nobody signs in.
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (secretary, MISSING)
    assert notice.text == (
        "Cán bộ Đoàn Khối nhắc: Chi đoàn Sở Tư pháp còn 4 lần chưa ghi kết quả của hoạt động “Ngày Chủ nhật xanh”."
    )
    assert notice.url == f"/activities/{event.pk}/record/?unit=QNA-KCQ-003"
    client.post(f"{page(event)}remind/")
    assert (Notice.objects.count(), OutcomeReminder.objects.count()) == (1, 1)
    settings.PORTAL_TODAY = date(2024, 10, 6)
    client.post(f"{page(event)}remind/")
    assert (Notice.objects.count(), OutcomeReminder.objects.count()) == (2, 2)


@pytest.mark.parametrize("name", ["secretary", "leader", "administrator", "bloc_head", "outsider", "nobody"])
def test_who_may_not_remind(client, province, request, name):
    event = divided(province.bloc_union)
    client.force_login(request.getfixturevalue(name))
    wished = 404 if name in {"outsider", "nobody"} else 403
    assert client.post(f"{page(event)}remind/").status_code == wished
    assert Notice.objects.count() == 0


def test_an_officer_below_reminds_the_units_beneath_only(province, secretary):
    event = divided(province.bloc_union)
    below = person("can.bo.bv", "Cán bộ Đoàn Bệnh viện", province.hospital, RoleName.OFFICER)
    surgery = person("thu.ngoai", "Bí thư Khối Ngoại", province.hospital_surgery, RoleName.SECRETARY)
    reminded = remind_missing(actor=below, activity=event, top=province.hospital)
    assert [unit.code for unit in reminded.told] == ["QNA-KCQ-001-01"]
    assert [notice.recipient for notice in Notice.objects.all()] == [surgery]


def test_nobody_is_reminded_of_what_was_cancelled(province, officer):
    event = divided(province.bloc_union)
    cancel(actor=None, activity=event, reason="Mưa bão")
    with pytest.raises(PermissionDenied):
        remind_missing(actor=officer, activity=event, top=province.bloc_union)
