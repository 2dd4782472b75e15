"""Unit by unit, how many of the superior's activities were made concrete, with the way to them."""

from decimal import Decimal

import pytest

from activities.cascade.covering import covering_of
from activities.cascade.taking_over import take_over
from activities.models import Activity
from activities.registering.services import approve
from activities.services import cancel
from tests.activities.registering.scenes import registered
from tests.making import activity, count_queries, draft, issue


@pytest.fixture
def superior(province):
    plan = draft(province.bloc_union, "Nghị quyết Đoàn Khối")
    for name in ("Hiến máu", "Trồng cây"):
        activity(province.bloc_union, name, scope="all_units", plan=plan)
    activity(province.bloc_union, "Khối 1 làm", scope="bloc", bloc=province.bloc_1, plan=plan)
    activity(province.bloc_union, "Đoàn Khối làm", plan=plan)
    return issue(plan)


def made_concrete(unit, superior, number, *names):
    plan = draft(unit, f"Chương trình {unit.code}", based_on=superior)
    take_over(
        actor=None, plan=plan, chosen=set(superior.activities.filter(name__in=names).values_list("pk", flat=True))
    )
    return issue(plan, number=number)


def test_each_unit_with_what_it_has_and_what_it_lacks(province, superior, officer):
    made_concrete(province.justice, superior, 11, "Hiến máu", "Trồng cây", "Khối 1 làm")
    made_concrete(province.finance, superior, 12, "Trồng cây", "Đoàn Khối làm")
    found = covering_of(superior, officer)
    rows = {row.unit: (row.count, row.total, [item.name for item in row.missing]) for row in found.rows}
    assert rows == {
        province.hospital: (0, 3, ["Hiến máu", "Trồng cây", "Khối 1 làm"]),
        province.college: (0, 2, ["Hiến máu", "Trồng cây"]),
        province.finance: (1, 2, ["Hiến máu"]),
        province.justice: (3, 3, []),
    }
    assert [row.percent for row in found.rows] == [0, 0, Decimal(50), Decimal(100)]
    assert found.activities == 4


def test_what_was_registered_counts_once_it_is_approved(client, province, superior, officer):
    item = Activity.objects.get(name="Trồng cây")
    approved = registered(item, province.justice, name="Trồng cây ở cơ quan")
    registered(item, province.finance)
    by_bloc = registered(Activity.objects.get(name="Khối 1 làm"), province.bloc_union, bloc=province.bloc_1)
    for one in (approved, by_bloc):
        approve(actor=None, registration=one, seen=None)
    rows = {row.unit: (row.count, row.total) for row in covering_of(superior, officer).rows}
    assert rows[province.justice] == (1, 3)
    assert rows[province.finance] == (0, 2)
    client.force_login(officer)
    page = client.get(f"/plans/{superior.pk}/activities/coverage/").content.decode()
    approved.refresh_from_db()
    assert f'href="/activities/{approved.activity_id}/"' in page
    cancel(actor=None, activity=approved.activity, reason="Mưa bão")
    assert {row.count for row in covering_of(superior, officer).rows} == {0}


def test_the_page_is_reached_from_the_board_and_leads_on(client, province, superior, officer, neighbour):
    own = made_concrete(province.justice, superior, 11, "Hiến máu")
    client.force_login(officer)
    address = f"/plans/{superior.pk}/activities/coverage/"
    assert f'href="{address}"' in client.get("/activities/board/").content.decode()
    page = client.get(address).content.decode()
    made = Activity.objects.get(plan=own)
    assert f'href="/plans/{own.pk}/#a-{made.pk}"' in page
    assert "1/3" in page
    client.force_login(neighbour)  # a sibling: of the others it sees nothing
    page = client.get(address).content.decode()
    assert "Sở Tư pháp" not in page
    client.force_login(officer)
    assert client.get(f"/plans/{draft(province.bloc_union).pk}/activities/coverage/").status_code == 404


def test_the_page_asks_the_same_of_the_database_at_1_and_at_4_units(client, province, superior, officer):
    made_concrete(province.justice, superior, 11, "Hiến máu")
    client.force_login(officer)
    address = f"/plans/{superior.pk}/activities/coverage/"
    at_one = count_queries(lambda: client.get(address))
    assert at_one <= 15
    for number, unit in enumerate((province.hospital, province.college, province.finance), start=12):
        made_concrete(unit, superior, number, "Hiến máu", "Trồng cây")
    assert count_queries(lambda: client.get(address)) == at_one
