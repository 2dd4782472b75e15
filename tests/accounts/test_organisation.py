"""Opening, renaming, counting, moving and closing units on their pages: role × action, and what each writes."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts import organisation
from accounts.enums import RoleName
from units.enums import Kind, SuccessionKind
from units.models import Succession, Unit
from units.selectors import bloc_by_unit, headcount_on, predecessors_of, split_off_units

from ..conftest import person

TODAY = date(2024, 10, 5)
PAGES = ("open", "rename", "members", "bloc", "close")
# At QNA-KCQ-001: who is let in at all, and to which of the pages.
REACH = {
    "administrator": dict.fromkeys(PAGES, 200),
    "local_administrator": {"open": 200, "rename": 200, "members": 200, "bloc": 403, "close": 403},
    "officer": dict.fromkeys(PAGES, 403),
    "leader": dict.fromkeys(PAGES, 403),
    "hospital_secretary": dict.fromkeys(PAGES, 403),
    "bloc_head": dict.fromkeys(PAGES, 403),
    "top_leader": dict.fromkeys(PAGES, 403),
    "secretary": dict.fromkeys(PAGES, 404),
    "outsider": dict.fromkeys(PAGES, 404),
    "nobody": dict.fromkeys(PAGES, 404),
}
OPEN = {
    "code": "QNA-KCQ-090",
    "name": "Chi đoàn Sở Y tế",
    "kind": Kind.GRASSROOTS_BRANCH,
    "opened_on": "2024-05-01",
    "is_reporting": "on",
}


@pytest.fixture
def local_administrator(province):
    return person("quan.tri.bv", "Quản trị Bệnh viện", province.hospital, RoleName.ADMINISTRATOR)


@pytest.mark.parametrize("who", REACH)
def test_who_reaches_which_page(who, request, client, province):
    client.force_login(request.getfixturevalue(who))
    for page, status in REACH[who].items():
        assert client.get(f"/units/QNA-KCQ-001/{page}/").status_code == status, page
        posted = client.post(f"/units/QNA-KCQ-001/{page}/", {})
        assert posted.status_code == {200: 422}.get(status, status), page


@pytest.mark.parametrize("who", ["officer", "leader", "secretary", "outsider", "nobody", "top_leader"])
def test_the_services_ask_by_themselves(who, request, province):
    actor, unit = request.getfixturevalue(who), province.hospital
    acts = [
        lambda: organisation.open_unit(
            actor=actor, parent=unit, code="QNA-X", name="X", kind=Kind.BRANCH, opened_on=TODAY
        ),
        lambda: organisation.rename_unit(actor=actor, unit=unit, name="X", short_name="X"),
        lambda: organisation.count_members(actor=actor, unit=unit, as_of=TODAY, members=1),
        lambda: organisation.move_into_bloc(actor=actor, unit=unit, bloc=province.bloc_2, on=TODAY),
        lambda: organisation.close_unit(actor=actor, unit=unit, on=TODAY, successor=None, kind=""),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_ones_own_topmost_unit_is_neither_closed_nor_moved(client, administrator, province):
    client.force_login(administrator)
    assert client.get("/units/QNA-KCQ/close/").status_code == 403
    assert client.get("/units/QNA-KCQ/bloc/").status_code == 403
    assert client.get("/units/QNA-KCQ/rename/").status_code == 200


def test_a_branch_has_no_units_beneath(client, administrator, province):
    client.force_login(administrator)
    shown = {code: client.get(f"/units/{code}/").content.decode() for code in ("QNA-KCQ-001", "QNA-KCQ-001-01")}
    assert {code: f"/units/{code}/open/" in page for code, page in shown.items()} == {
        "QNA-KCQ-001": True,
        "QNA-KCQ-001-01": False,
    }


def test_opening_a_unit_with_members_and_bloc(client, administrator, province):
    client.force_login(administrator)
    response = client.post("/units/QNA-KCQ/open/", {**OPEN, "members": "25", "bloc": province.bloc_2.pk})
    assert response.url == "/units/QNA-KCQ-090/"
    unit = Unit.objects.get(code="QNA-KCQ-090")
    assert (unit.parent, unit.opened_on, unit.is_reporting) == (province.bloc_union, date(2024, 5, 1), True)
    assert headcount_on(unit, TODAY) == 25
    assert bloc_by_unit(province.bloc_union, date(2024, 5, 1))[unit.pk] == province.bloc_2


def test_opening_a_unit_that_was_split_off(client, administrator, province):
    client.force_login(administrator)
    client.post("/units/QNA-KCQ/open/", {**OPEN, "origin": province.justice.pk})
    assert split_off_units(Unit.objects.filter(code="QNA-KCQ-090")) == {Unit.objects.get(code="QNA-KCQ-090").pk}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "QNA-KCQ-001"}, "code"),
        ({"code": "chữ thường"}, "code"),
        ({"kind": Kind.BLOC_UNION}, "kind"),
        ({"opened_on": "mai"}, "opened_on"),
        ({"members": "-1"}, "members"),
        ({"name": ""}, "name"),
        ({"origin": "999999"}, "origin"),
    ],
)
def test_a_wrong_field_says_so_and_keeps_what_was_typed(wrong, field, client, administrator, province):
    client.force_login(administrator)
    response = client.post("/units/QNA-KCQ/open/", {**OPEN, **wrong})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert 'value="Chi đoàn Sở Y tế"' in response.content.decode() or field == "name"
    assert Unit.objects.count() == 11


def test_nothing_of_a_refused_opening_stays(client, administrator, province):
    """The bloc is another body's: refused by the form; a parent that is closed by then: by the service."""
    client.force_login(administrator)
    organisation.close_unit(actor=administrator, unit=province.college, on=date(2024, 5, 1), successor=None, kind="")
    response = client.post(
        "/units/QNA-KCQ-002/open/",
        {**OPEN, "code": "QNA-KCQ-002-01", "kind": Kind.BRANCH, "opened_on": "2024-06-01", "members": "5"},
    )
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == ["Đơn vị cấp trên đã giải thể vào ngày đó."]
    assert not Unit.objects.filter(code="QNA-KCQ-002-01").exists()


def test_renaming(client, administrator, province):
    client.force_login(administrator)
    assert client.post("/units/QNA-KCQ-003/rename/", {"name": "Chi đoàn Sở Nội vụ"}).url == "/units/QNA-KCQ-003/"
    province.justice.refresh_from_db()
    assert (province.justice.name, province.justice.short_name) == ("Chi đoàn Sở Nội vụ", "Chi đoàn Sở Nội vụ")


def test_counting_members_up_to_today(client, administrator, province):
    client.force_login(administrator)
    client.post("/units/QNA-KCQ-003/members/", {"as_of": "2024-09-01", "members": "30"})
    assert [headcount_on(province.justice, day) for day in (date(2024, 8, 31), TODAY)] == [32, 30]
    response = client.post("/units/QNA-KCQ-003/members/", {"as_of": "2024-10-06", "members": "31"})
    assert response.context["form"].errors == {"as_of": ["Ngày này chưa tới."]}
    assert headcount_on(province.justice, date(2024, 12, 31)) == 30


def test_moving_into_a_bloc_and_out_of_all(client, administrator, province):
    client.force_login(administrator)
    address = "/units/QNA-KCQ-003/bloc/"
    assert client.get(address).context["form"].initial["bloc"] == province.bloc_1.pk
    client.post(address, {"bloc": province.bloc_2.pk, "starts_on": "2024-07-01"})
    assert bloc_by_unit(province.bloc_union, date(2024, 7, 1))[province.justice.pk] == province.bloc_2
    early = client.post(address, {"bloc": province.bloc_1.pk, "starts_on": "2024-06-01"})
    assert early.context["form"].errors == {"starts_on": ["Đơn vị đã vào một khối thi đua từ ngày đó hoặc sau đó."]}
    assert client.post(address, {"bloc": "", "starts_on": "2024-06-01"}).status_code == 422
    client.post(address, {"bloc": "", "starts_on": "2024-10-01"})
    assert province.justice.pk in bloc_by_unit(province.bloc_union, date(2024, 9, 30))
    assert province.justice.pk not in bloc_by_unit(province.bloc_union, date(2024, 10, 1))


def test_closing_with_a_successor(client, administrator, province):
    client.force_login(administrator)
    client.post("/units/QNA-KCQ/open/", OPEN)
    heir = Unit.objects.get(code="QNA-KCQ-090")
    form = {"closed_on": "2024-05-01", "successor": heir.pk, "kind": SuccessionKind.WHOLE}
    assert client.post("/units/QNA-KCQ-003/close/", form).status_code == 302
    province.justice.refresh_from_db()
    assert province.justice.closed_on == date(2024, 5, 1)
    assert predecessors_of([heir]) == {heir.pk: [province.justice]}
    page = client.get("/units/QNA-KCQ-003/").content.decode()
    assert "/units/QNA-KCQ-003/close/" not in page
    assert client.post("/units/QNA-KCQ-003/close/", form).status_code == 422


def test_a_successor_that_opened_on_another_day_is_refused_whole(client, administrator, province):
    client.force_login(administrator)
    form = {"closed_on": "2024-05-01", "successor": province.finance.pk, "kind": SuccessionKind.WHOLE}
    response = client.post("/units/QNA-KCQ-003/close/", form)
    assert response.context["form"].errors == {
        "closed_on": ["Đơn vị kế thừa phải thành lập đúng ngày đơn vị này giải thể."]
    }
    assert not Succession.objects.exists()
    province.justice.refresh_from_db()
    assert province.justice.closed_on is None
    assert client.post("/units/QNA-KCQ-003/close/", {**form, "kind": SuccessionKind.MERGED}).status_code == 302


def test_the_closing_page_offers_only_open_siblings(client, administrator, province):
    client.force_login(administrator)
    form = client.get("/units/QNA-KCQ-003/close/").context["form"]
    assert {unit.code for unit in form.fields["successor"].queryset} == {
        "QNA-KCQ-001",
        "QNA-KCQ-002",
        "QNA-KCQ-004",
    }
