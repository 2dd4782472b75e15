"""Pages of registering: who sees what before and after it is approved, deciding many at once, queries."""

import pytest

from activities.models import Activity, Registration
from activities.registering import services
from activities.registering.pages import registering_on
from activities.registering.selectors import items_open_to, overview_of, registrations_visible_to
from activities.selectors import activities_visible_to, with_details
from activities.services import cancel
from tests.activities.registering.scenes import asking, registered
from tests.making import count_queries

FORM = {
    "name": "Dọn vệ sinh cơ quan",
    "precision": "month",
    "starts_on": "1/11/2024",
    "ends_on": "",
    "place": "Cơ quan",
    "people": "40",
}


@pytest.fixture
def item(province):
    return asking(province.bloc_union)


CAST = [
    *("secretary", "neighbour", "hospital_secretary", "officer", "leader", "administrator"),
    *("bloc_head", "top_officer", "top_leader", "outsider", "nobody"),
]


@pytest.mark.parametrize(
    ("of", "before", "after"),
    [
        (
            "justice",
            {"secretary", "officer", "top_officer"},
            {"secretary", "officer", "top_officer", "leader", "top_leader", "administrator"},
        ),
        (
            "bloc_1",
            {"bloc_head", "officer", "top_officer"},
            {"bloc_head", "officer", "top_officer", "leader", "top_leader", "administrator"}
            | {"secretary", "hospital_secretary"},
        ),
    ],
)
def test_who_sees_it_before_and_after_it_is_approved(client, province, request, item, of, before, after):
    """Members of the bloc see what was approved; a bloc's head does not see what a member registered."""
    cast = {name: request.getfixturevalue(name) for name in CAST}
    bloc = province.bloc_1 if of == "bloc_1" else None
    row = registered(item, province.bloc_union if bloc else province.justice, bloc)

    def seers(address: str, status: int = 200) -> set[str]:
        found = set()
        for name, user in cast.items():
            client.force_login(user)
            found |= {name} if client.get(address).status_code == status else set()
        return found

    page = f"/activities/registrations/{row.pk}/"
    assert seers(page) == before
    assert seers(page, 404) == set(CAST) - before
    for name, user in cast.items():
        assert (name, registrations_visible_to(user).exists()) == (name, name in before)
        client.force_login(user)
        for address in (
            f"/activities/{item.pk}/",
            "/activities/board/",
            "/activities/list/",
            "/activities/registrations/",
        ):
            assert name in before or "Dọn vệ sinh" not in client.get(address).content.decode()
    made = services.approve(actor=None, registration=row).activity
    assert seers(f"/activities/{made.pk}/") == after
    assert seers(page) == before


def test_the_approved_one_stands_on_the_superior_board_under_the_item(client, province, officer, item):
    row = registered(item, province.justice)
    client.force_login(officer)
    assert "Dọn vệ sinh" not in client.get("/activities/board/").content.decode()
    services.approve(actor=officer, registration=row)
    page = client.get("/activities/board/").content.decode()
    assert "Dọn vệ sinh cơ quan" in page
    assert "theo “Ngày Chủ nhật xanh”" in page
    assert "Chi đoàn Sở Tư pháp" in page
    # A unit's own, planned by itself, is not the superior's affair there.
    assert Activity.objects.filter(unit=province.justice).count() == 1


def test_a_secretary_registers_from_the_items_page(client, province, secretary, item):
    client.force_login(secretary)
    page = client.get(f"/activities/{item.pk}/registering/").content.decode()
    address = f"/activities/{item.pk}/register/"
    assert f'href="{address}"' in page
    form = client.get(address).context["form"]
    assert form.fields["who"].choices == [(f"u{province.justice.pk}", "Chi đoàn Sở Tư pháp")]
    assert (form.initial["name"], form.initial["precision"]) == ("Ngày Chủ nhật xanh", "quarter")
    answer = client.post(address, {**FORM, "who": f"u{province.justice.pk}"})
    assert answer["Location"] == f"/activities/{item.pk}/"
    row = Registration.objects.get()
    assert (row.name, row.unit, row.people, row.made_by) == ("Dọn vệ sinh cơ quan", province.justice, 40, secretary)
    assert (str(row.starts_on), str(row.ends_on)) == ("2024-11-01", "2024-11-30")
    again = client.post(address, {**FORM, "who": f"u{province.justice.pk}"})
    assert again.status_code == 422
    assert list(again.context["form"].errors) == ["name"]


def test_who_may_be_registered_for(client, province, request, item):
    offered = {
        "secretary": ["Chi đoàn Sở Tư pháp"],
        "hospital_secretary": ["Đoàn cơ sở Bệnh viện Đa khoa"],
        "bloc_head": ["Khối thi đua số 1"],
        "officer": ["Khối thi đua số 1", "Khối thi đua số 2", *(unit.name for unit in province.grassroots)],
    }
    for name, wished in offered.items():
        client.force_login(request.getfixturevalue(name))
        form = client.get(f"/activities/{item.pk}/register/").context["form"]
        assert (name, [word for _key, word in form.fields["who"].choices]) == (name, wished)
    for name, status in {"leader": 403, "administrator": 403, "outsider": 404, "nobody": 404}.items():
        client.force_login(request.getfixturevalue(name))
        assert (name, client.get(f"/activities/{item.pk}/register/").status_code) == (name, status)
    client.force_login(request.getfixturevalue("secretary"))
    foreign = client.post(f"/activities/{item.pk}/register/", {**FORM, "who": f"u{province.finance.pk}"})
    assert foreign.status_code == 422
    assert Registration.objects.count() == 0


def test_what_is_offered_to_register_under(province, request, item):
    asking(province.bloc_union, "Của Đoàn Khối", scope="issuer", number=2)
    over = asking(province.bloc_union, "Đã hủy", number=3)
    cancel(actor=None, activity=over, reason="Gộp")
    asking(province.bloc_union, "Khối 1 làm", scope="bloc", bloc=province.bloc_1, number=4)
    both = {"Ngày Chủ nhật xanh", "Khối 1 làm"}
    for name, wished in {
        "secretary": both,
        "hospital_secretary": both,
        "bloc_head": both,
        "neighbour": {"Ngày Chủ nhật xanh"},
        "officer": set(),
        "leader": set(),
        "outsider": set(),
    }.items():
        found = items_open_to(request.getfixturevalue(name))
        assert (name, {one.name for one in found}) == (name, wished)


def test_the_officer_sees_who_has_registered_and_who_has_not(client, province, officer, leader, item):
    registered(item, province.justice)
    services.approve(actor=None, registration=registered(item, province.finance))
    services.withdraw(actor=None, registration=registered(item, province.college))
    registered(item, province.bloc_union, province.bloc_1)
    registered(item, province.hospital_surgery)  # not asked by itself: its superior is
    found = overview_of(item)
    assert (found.done, found.asked) == (2, 4)
    assert found.absent == [province.hospital, province.college]
    assert (len(found.approved), len(found.waiting), len(found.returned)) == (1, 3, 0)
    client.force_login(officer)
    page = client.get(f"/activities/{item.pk}/registering/").content.decode()
    assert "2/4" in page
    assert "2 đơn vị chưa đăng ký" in page
    client.force_login(leader)
    page = client.get(f"/activities/{item.pk}/registering/").content.decode()
    assert "2/4" not in page
    assert page.count("Dọn vệ sinh cơ quan") == 1  # the approved one


def test_the_calendar_leads_there_those_who_register_or_decide(client, province, request):
    cast = ("officer", "secretary", "bloc_head", "leader", "administrator")
    led = set()
    for name in cast:
        client.force_login(request.getfixturevalue(name))
        led |= (
            {name} if 'href="/activities/registrations/"' in client.get("/activities/list/").content.decode() else set()
        )
    assert led == {"officer", "secretary", "bloc_head"}


def choices(*rows):
    return {"registration": [f"{row.pk}.{row.version}" for row in rows]}


def test_many_are_approved_at_once_and_what_changed_is_left(client, province, officer, item):
    rows = [registered(item, unit) for unit in province.grassroots]
    stale = services.send_again(
        actor=None,
        registration=services.return_registration(actor=None, registration=rows[0], reason="Trùng ngày"),
        name="Trồng cây",
        window=(rows[0].starts_on, rows[0].ends_on, "month"),
    )
    services.withdraw(actor=None, registration=rows[1])
    client.force_login(officer)
    page = client.get("/activities/registrations/").content.decode()
    assert page.count('name="registration"') == 3
    answer = client.post("/activities/registrations/approve/", choices(*rows), follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert said[0] == "Đã duyệt 2 đăng ký."
    assert said[1].startswith("1 đăng ký giữ nguyên")
    states = dict(Registration.objects.values_list("unit", "state"))
    assert states == {
        stale.unit_id: "registered",
        rows[1].unit_id: "withdrawn",
        rows[2].unit_id: "approved",
        rows[3].unit_id: "approved",
    }


def test_many_are_returned_for_one_reason(client, province, officer, item):
    rows = [registered(item, unit) for unit in province.grassroots[:2]]
    client.force_login(officer)
    bare = client.post("/activities/registrations/return/", {**choices(*rows), "reason": " "})
    assert bare.status_code == 422
    assert bare.content.decode().count(" checked") == 2
    client.post("/activities/registrations/return/", {**choices(*rows), "reason": "Trùng Đại hội"})
    assert set(Registration.objects.values_list("state", "reason")) == {("returned", "Trùng Đại hội")}


def test_choosing_what_is_not_ones_own_to_decide_changes_nothing(client, province, secretary, outsider, item):
    rows = [registered(item, province.justice), registered(item, province.finance)]
    for user in (secretary, outsider):
        client.force_login(user)
        for address, more in (("approve", {}), ("return", {"reason": "x"})):
            answer = client.post(f"/activities/registrations/{address}/", {**choices(*rows), **more})
            assert answer.status_code == 302
    assert set(Registration.objects.values_list("state", flat=True)) == {"registered"}


def test_one_is_returned_corrected_and_approved_on_its_page(client, province, officer, secretary, item):
    row = registered(item, province.justice, actor=secretary)
    page = f"/activities/registrations/{row.pk}/"
    client.force_login(officer)
    assert client.post(f"{page}return/", {"reason": "", "version": "1"}).status_code == 422
    client.post(f"{page}return/", {"reason": "Trùng ngày", "version": "1"})
    client.force_login(secretary)
    assert "Trùng ngày" in client.get(page).content.decode()
    form = client.get(f"{page}again/").context["form"]
    assert (form.initial["name"], form.initial["people"]) == ("Dọn vệ sinh cơ quan", 40)
    client.post(f"{page}again/", {**FORM, "name": "Trồng cây"})
    client.force_login(officer)
    assert client.post(f"{page}approve/", {"version": "1"}).status_code == 302
    assert Registration.objects.get().state == "registered"  # another version was seen
    client.post(f"{page}approve/", {"version": "2"})
    assert Registration.objects.get().activity.name == "Trồng cây"


@pytest.mark.parametrize("url", ["/activities/registrations/", "/activities/board/"])
def test_pages_ask_the_same_of_the_database_at_1_and_at_30_rows(client, province, officer, item, url):
    address = url.format(item.pk)
    client.force_login(officer)
    for n in range(2):
        services.approve(actor=None, registration=registered(item, province.justice, name=f"Việc {n}"))
    registered(item, province.justice)
    at_few = count_queries(lambda: client.get(address))
    assert at_few <= 15
    for n in range(28):
        row = registered(item, province.grassroots[n % 4], name=f"Hoạt động {n}")
        if n % 2:
            services.approve(actor=None, registration=row)
    assert count_queries(lambda: client.get(address)) == at_few
    assert activities_visible_to(officer).count() == 17


@pytest.mark.parametrize(("name", "queries"), [("officer", 3), ("secretary", 4)])
def test_what_an_activitys_page_shows_of_it_takes_few_queries(province, request, item, name, queries):
    user = request.getfixturevalue(name)
    registered(item, province.justice)
    for n in range(30):
        row = registered(item, province.grassroots[n % 4], name=f"Hoạt động {n}")
        if n % 2:
            services.approve(actor=None, registration=row)
    activity = with_details(activities_visible_to(user)).get(pk=item.pk)
    assert count_queries(lambda: registering_on(user, activity)) == queries
