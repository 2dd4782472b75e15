"""How far units below have made a superior plan concrete: who should, who did, in percent; and naming the base."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.bases import name_bases
from plans.models import Plan
from plans.services import close_plan
from plans.versions.amending import amend_plan
from plans.versions.bases import name_base
from plans.versions.coverage import coverage_of
from tests.conftest import OPENED
from tests.making import activity, count_queries, draft, indicator, issue, milestone, target
from units.enums import Kind
from units.services import close_unit, create_unit, join_bloc

MAY = date(2024, 5, 2)
ITEMS = ("1.1", "1.2", "1.3", "1.4", "1.5")


@pytest.fixture
def superior(province) -> Plan:
    """The bloc union's plan: a target of each carrier, an activity of each scope."""
    union = province.bloc_union
    made = draft(union, "Nghị quyết Đoàn Khối")
    blood = target(made, "1.1")
    target(made, "1.2", on=indicator(union, "Đối thoại"), carried_by="issuer_own", maximum=None)
    target(
        made,
        "1.3",
        on=milestone(union),
        carried_by="each_unit",
        carrier_kinds=("grassroots_branch",),
        required_share=Decimal(100),
        minimum=None,
        maximum=None,
    )
    target(made, "1.4", on=indicator(union, "Hộ nghèo"), carried_by="each_bloc", required_share=Decimal(100))
    target(
        made,
        "1.5",
        on=indicator(union, "Sinh hoạt chi đoàn"),
        carried_by="each_unit",
        carrier_kinds=("branch",),
        carrier_reach="all",
        required_share=Decimal(100),
    )
    target(made, "1.6", on=blood.indicator, restates=blood)
    activity(union, "Hội nghị sơ kết", plan=made)
    activity(union, "Ngày Chủ nhật xanh", plan=made, scope="all_units")
    activity(union, "Hội thao", plan=made, scope="bloc", bloc=province.bloc_1)
    return issue(made)


def own_plan(unit, superior: Plan, codes=(), activities=(), **more) -> Plan:
    """A unit's own issued plan based on the superior one, with targets on its indicators and tied activities."""
    made = draft(unit, f"Chương trình {unit.name}", based_on=superior, **more)
    for code in codes:
        above = superior.targets.get(code=code)
        facts = {} if above.indicator.kind != "milestone" else {"minimum": None, "maximum": None}
        target(made, f"A{code}", on=above.indicator, carried_by="issuer_own", **facts)
    for name in activities:
        day = activity(unit, f"{name} của {unit.code}", plan=made, scope="unit")
        name_bases(actor=None, plan=made, bases={day.pk: superior.activities.get(name=name)})
    return issue(made)


def figures(plan: Plan, user, **wishes) -> dict[str, tuple[int, int]]:
    shown = coverage_of(plan, user, **wishes)
    return {item.code or item.name: (item.done, item.total) for group in shown.groups for item in group.items}


NOBODY_YET = {
    "1.1": (0, 4),
    "1.2": (0, 0),
    "1.3": (0, 2),
    "1.4": (0, 4),
    "1.5": (0, 1),
    "Hội nghị sơ kết": (0, 0),
    "Ngày Chủ nhật xanh": (0, 4),
    "Hội thao": (0, 2),
}


def test_who_should(superior, officer):
    assert figures(superior, officer) == NOBODY_YET


def test_who_did(superior, province, officer):
    own_plan(province.justice, superior, ["1.1", "1.3"], ["Hội thao"])
    own_plan(province.hospital, superior, ["1.1", "1.2"], ["Ngày Chủ nhật xanh", "Hội thao"])
    assert figures(superior, officer) == {
        **NOBODY_YET,
        "1.1": (2, 4),
        "1.3": (1, 2),
        "Ngày Chủ nhật xanh": (1, 4),
        "Hội thao": (2, 2),
    }
    shown = coverage_of(superior, officer, opened=f"t{superior.targets.get(code='1.1').pk}")
    assert shown.without_plan == [province.college, province.finance]
    assert [(line.unit, len(line.plans), [answer.words for answer in line.answers]) for line in shown.lines] == [
        (province.college, 0, []),
        (province.finance, 0, []),
        (province.hospital, 1, ["A1.1 Chỉ tiêu A1.1: 150–200 đơn vị máu"]),
        (province.justice, 1, ["A1.1 Chỉ tiêu A1.1: 150–200 đơn vị máu"]),
    ]
    assert shown.opened.percent == 50
    assert shown.opened.asked == {unit.pk for unit in province.grassroots}


def test_what_does_not_count(superior, province, officer):
    """A draft, a plan based on another or on none, one of another term, of a closed unit, of a unit further below."""
    blood = superior.targets.get(code="1.1").indicator
    target(draft(province.justice, based_on=superior), on=blood)
    beside = draft(province.finance)
    target(beside, on=blood)
    issue(beside)
    later = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    own_plan(province.college, superior, ["1.1"], **later)
    own_plan(province.hospital_surgery, superior, ["1.1"])
    gone = create_unit(
        code="QNA-KCQ-009",
        name="Chi đoàn cũ",
        kind=Kind.GRASSROOTS_BRANCH,
        parent=province.bloc_union,
        opened_on=OPENED,
    )
    join_bloc(unit=gone, bloc=province.bloc_1, on=OPENED)
    own_plan(gone, superior, ["1.1"])
    close_unit(unit=gone, on=date(2024, 9, 1))
    assert figures(superior, officer) == NOBODY_YET


def test_a_closed_plan_of_the_unit_counts_and_an_amended_one_once(superior, province, officer):
    own = own_plan(province.justice, superior, ["1.1"])
    amended = amend_plan(actor=None, plan=own_plan(province.finance, superior, ["1.1", "1.3"]))
    amended.targets.get(code="A1.3").delete()
    issue(amended, 2, MAY)
    close_plan(actor=None, plan=own)
    assert figures(superior, officer, wish="chi tieu 1") == {
        "1.1": (2, 4),
        "1.2": (0, 0),
        "1.3": (0, 2),
        "1.4": (0, 4),
        "1.5": (0, 1),
    }
    shown = coverage_of(superior, officer, opened=f"t{superior.targets.get(code='1.1').pk}")
    assert [[answer.url.split("#")[0] for answer in line.answers] for line in shown.lines][2:] == [
        [f"/plans/{own.pk}/"],
        [f"/plans/{amended.pk}/"],
    ]


def test_the_superior_plan_amended_is_covered_by_what_was_based_on_the_version_before(superior, province, officer):
    own_plan(province.justice, superior, ["1.1"], ["Hội thao"])
    amended = issue(amend_plan(actor=None, plan=superior), 2, MAY)
    after = figures(amended, officer)
    assert (after["1.1"], after["Hội thao"]) == ((1, 4), (1, 2))


@pytest.mark.parametrize(
    ("name", "units"),
    [("leader", 4), ("administrator", 4), ("secretary", 1), ("hospital_secretary", 1), ("bloc_head", 0)],
)
def test_only_units_in_reach_are_shown(superior, request, name, units):
    person = request.getfixturevalue(name)
    assert len(coverage_of(superior, person).question.units) == units


def test_the_page(client, superior, province, officer):
    own = own_plan(province.justice, superior, ["1.1"], ["Ngày Chủ nhật xanh"])
    client.force_login(officer)
    address = f"/plans/{superior.pk}/coverage/"
    page = client.get(address)
    text = " ".join(page.content.decode().split())
    assert page.status_code == 200
    assert "1/4</span> đơn vị có chương trình riêng" in text
    assert "3 đơn vị chưa có chương trình cụ thể hóa" in text
    assert '<span class="v">25%</span>' in text
    found = client.get(address, {"q": "chu nhat"}).context["shown"]
    assert [item.name for group in found.groups for item in group.items] == ["Ngày Chủ nhật xanh"]
    key = f"t{superior.targets.get(code='1.1').pk}"
    opened = client.get(address, {"open": key}).content.decode()
    assert f'href="/plans/{own.pk}/#t-{own.targets.get().pk}"' in opened
    assert client.get(address, {"open": "t0"}).status_code == 404
    assert "Không tìm thấy" in client.get(address, {"q": "zzz"}).content.decode()


def test_only_a_version_in_force_has_the_page(client, superior, officer):
    client.force_login(officer)
    amended = amend_plan(actor=None, plan=superior)
    assert client.get(f"/plans/{amended.pk}/coverage/").status_code == 404
    issue(amended, 2, MAY)
    assert client.get(f"/plans/{superior.pk}/coverage/").status_code == 404
    assert client.get(f"/plans/{amended.pk}/coverage/").status_code == 200


def test_queries_are_the_same_for_one_unit_and_for_thirty(client, superior, province, officer):
    client.force_login(officer)
    own_plan(province.justice, superior, ["1.1"], ["Hội thao"])
    address = f"/plans/{superior.pk}/coverage/?open=t{superior.targets.get(code='1.1').pk}"
    client.get(address)
    few = count_queries(lambda: client.get(address))
    for number in range(30):
        unit = create_unit(
            code=f"QNA-KCQ-1{number:02d}",
            name=f"Chi đoàn {number}",
            kind=Kind.GRASSROOTS_BRANCH,
            parent=province.bloc_union,
            opened_on=OPENED,
        )
        own_plan(unit, superior, ["1.1", "1.3"], ["Ngày Chủ nhật xanh"])
    assert count_queries(lambda: client.get(address)) == few
    assert figures(superior, officer)["1.1"] == (31, 34)


def test_the_base_is_named_in_a_draft(client, province, superior, request):
    own = draft(province.justice)
    person = request.getfixturevalue("officer")
    client.force_login(person)
    address = f"/plans/{own.pk}/base/"
    assert client.post(address, {"based_on": superior.pk})["Location"] == f"/plans/{own.pk}/"
    own.refresh_from_db()
    assert own.based_on == superior
    assert client.post(address, {"based_on": issue(draft(province.kgi), 7).pk}).status_code == 422
    assert name_base(actor=None, plan=own, based_on=None).based_on is None
    name_base(actor=None, plan=own, based_on=superior)
    issue(own, 3)
    assert client.post(address, {"based_on": ""}).status_code == 422
    own.refresh_from_db()
    assert own.based_on == superior


def test_the_base_named_before_stays_a_choice_when_it_was_amended(province, superior):
    own = draft(province.justice, based_on=superior)
    amended = issue(amend_plan(actor=None, plan=superior), 2, MAY)
    assert name_base(actor=None, plan=own, based_on=superior).based_on == superior
    assert name_base(actor=None, plan=own, based_on=amended).based_on == amended
    with pytest.raises(ValidationError) as refused:
        name_base(actor=None, plan=own, based_on=superior)
    assert set(refused.value.error_dict) == {"based_on"}


def test_what_activities_make_concrete_is_said_on_one_page(client, officer, province, superior):
    own = draft(province.justice, based_on=superior)
    day = activity(province.justice, "Hội thao ở Sở", plan=own)
    above = superior.activities.get(name="Hội thao")
    client.force_login(officer)
    address = f"/plans/{own.pk}/bases/"
    assert client.get(address).status_code == 200
    assert client.post(address, {f"a{day.pk}": above.pk})["Location"] == f"/plans/{own.pk}/"
    day.refresh_from_db()
    assert day.based_on == above
    assert client.post(address, {f"a{day.pk}": day.pk}).status_code == 422
    amended = issue(amend_plan(actor=None, plan=superior), 2, MAY)
    now = amended.activities.get(name="Hội thao")
    assert client.get(address).context["form"].fields[f"a{day.pk}"].initial == str(now.pk)
    assert name_bases(actor=None, plan=own, bases={day.pk: None}) == 1


def test_who_names_what_activities_make_concrete(province, superior, secretary, leader):
    own = draft(province.justice, based_on=superior)
    day = activity(province.justice, plan=own)
    above = superior.activities.get(name="Hội thao")
    for person in (secretary, leader):
        with pytest.raises(PermissionDenied):
            name_bases(actor=person, plan=own, bases={day.pk: above})
    foreign = activity(province.qna, "Ngày hội tỉnh")
    with pytest.raises(ValidationError) as refused:
        name_bases(actor=None, plan=own, bases={day.pk: foreign})
    assert refused.value.code == "not_offered"
    close_plan(actor=None, plan=issue(own, 3))
    with pytest.raises(ValidationError) as refused:
        name_bases(actor=None, plan=own, bases={day.pk: above})
    assert refused.value.code == "not_in_force"
