"""Taking activities of the superior plan over into a draft: what is copied, never twice, by whom."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import RoleName
from activities.bases import name_bases, readable_base
from activities.cascade.taking_over import candidates_for, take_over
from activities.models import Activity
from activities.services import cancel, postpone, revise_activity
from plans.services import send_to_leader
from plans.versions.amending import amend_plan
from plans.versions.coverage import coverage_of
from tests.conftest import person
from tests.making import activity, count_queries, draft, indicator, issue

YEAR = {"starts_on": date(2024, 1, 1), "ends_on": date(2024, 12, 31)}


def span(first, last, precision):
    return (date(2024, *first), date(2024, *last), precision)


MARCH, JULY = span((3, 1), (3, 31), "month"), span((7, 1), (7, 31), "month")


@pytest.fixture
def superior(province):
    """The bloc union's plan: an activity of each scope, one in two months, one without a time."""
    union = province.bloc_union
    plan = draft(union, "Nghị quyết Đoàn Khối")
    blood = indicator(union)
    facts = {"plan": plan}
    activity(union, "Hiến máu", scope="all_units", windows=[MARCH, JULY], indicators=[blood], **facts)
    activity(union, "Khối 1 làm", scope="bloc", bloc=province.bloc_1, **facts)
    activity(union, "Khối 2 làm", scope="bloc", bloc=province.bloc_2, **facts)
    more = {"is_tentative": True, "repeats": 4, "place": "Nhà Văn hóa"}
    activity(union, "Đoàn Khối làm", scope="issuer", windows=[], **more, **facts)
    off = activity(union, "Đã hủy", scope="all_units", **facts)
    issued = issue(plan)
    cancel(actor=None, activity=off, reason="Gộp")
    return issued


def own_draft(unit, superior, **more):
    return draft(unit, f"Chương trình {unit.code}", based_on=superior, **more)


def candidates(plan, user):
    return candidates_for(plan, readable_base(plan, user=user), user=user)


def ids(plan, *names):
    return set(Activity.objects.filter(plan=plan, name__in=names).values_list("pk", flat=True))


def test_what_stands_to_choose(province, superior):
    found = candidates(own_draft(province.hospital, superior), user=None)
    assert [(one.activity.name, one.concerns, one.fits, one.taken) for one in found] == [
        ("Hiến máu", True, True, None),
        ("Khối 1 làm", True, True, None),
        ("Khối 2 làm", False, True, None),
        ("Đoàn Khối làm", False, True, None),
    ]


def test_what_is_copied(province, superior):
    plan = own_draft(province.hospital, superior)
    assert take_over(actor=None, plan=plan, chosen=ids(superior, "Hiến máu", "Đoàn Khối làm")) == 2
    blood, own = plan.activities.order_by("order")
    assert (blood.name, blood.unit, blood.based_on.name) == ("Hiến máu", province.hospital, "Hiến máu")
    assert blood.based_on.plan == superior
    assert list(blood.windows.values_list("starts_on", "ends_on", "precision")) == [MARCH, JULY]
    assert [one.name for one in blood.indicators.all()] == ["Máu hiến tình nguyện"]
    assert blood.scope == "all_units"  # the hospital has branches, which do it too
    assert (own.scope, own.is_tentative, own.repeats, own.place) == ("issuer", True, 4, "Nhà Văn hóa")
    assert list(own.windows.all()) == []


def test_a_unit_without_units_beneath_does_it_itself(province, superior):
    plan = own_draft(province.justice, superior)
    take_over(actor=None, plan=plan, chosen=ids(superior, "Hiến máu", "Khối 1 làm"))
    assert set(plan.activities.values_list("scope", "bloc")) == {("issuer", None)}


def test_it_is_never_taken_twice(province, superior):
    plan = own_draft(province.justice, superior)
    chosen = ids(superior, "Hiến máu", "Khối 1 làm")
    assert take_over(actor=None, plan=plan, chosen=ids(superior, "Hiến máu")) == 1
    assert take_over(actor=None, plan=plan, chosen=chosen) == 1
    assert take_over(actor=None, plan=plan, chosen=chosen) == 0
    named = activity(province.justice, "Việc riêng", plan=plan)
    base = Activity.objects.get(plan=superior, name="Đoàn Khối làm")
    name_bases(actor=None, plan=plan, bases={named.pk: base})
    assert take_over(actor=None, plan=plan, chosen={base.pk}) == 0
    taken = {one.activity.name: one.taken and one.taken.name for one in candidates(plan, user=None)}
    assert taken == {
        "Hiến máu": "Hiến máu",
        "Khối 1 làm": "Khối 1 làm",
        "Khối 2 làm": None,
        "Đoàn Khối làm": "Việc riêng",
    }


def test_it_is_not_taken_again_from_an_amended_superior_plan(province, superior):
    plan = own_draft(province.justice, superior)
    take_over(actor=None, plan=plan, chosen=ids(superior, "Hiến máu"))
    newest = issue(amend_plan(actor=None, plan=superior), number=2)
    assert take_over(actor=None, plan=plan, chosen=ids(newest, "Hiến máu", "Khối 1 làm")) == 1
    with pytest.raises(ValidationError) as refused:
        take_over(actor=None, plan=plan, chosen=ids(superior, "Đoàn Khối làm"))
    assert refused.value.code == "not_offered"


def test_name_and_time_are_changed_afterwards_and_the_base_stays(province, superior):
    plan = own_draft(province.justice, superior)
    take_over(actor=None, plan=plan, chosen=ids(superior, "Hiến máu"))
    made = plan.activities.get()
    revise_activity(actor=None, activity=made, name="Hiến máu của Chi đoàn", windows=[JULY])
    made.refresh_from_db()
    assert (made.name, made.based_on.name, made.windows.count()) == ("Hiến máu của Chi đoàn", "Hiến máu", 1)


def test_only_what_lies_in_the_drafts_term_is_taken(province, superior):
    later = own_draft(province.justice, superior, starts_on=date(2024, 6, 1), ends_on=date(2024, 12, 31))
    fits = {one.activity.name: one.fits for one in candidates(later, user=None)}
    assert fits == {"Hiến máu": True, "Khối 1 làm": False, "Khối 2 làm": False, "Đoàn Khối làm": True}
    take_over(actor=None, plan=later, chosen=ids(superior, "Hiến máu"))
    assert list(later.activities.get().windows.values_list("starts_on", "ends_on", "precision")) == [JULY]
    with pytest.raises(ValidationError) as refused:
        take_over(actor=None, plan=later, chosen=ids(superior, "Đoàn Khối làm", "Khối 1 làm"))
    assert refused.value.code == "outside"
    assert later.activities.count() == 1  # nothing half done


def test_the_time_that_holds_is_taken_and_not_the_one_before_a_postponement(province, superior):
    own = Activity.objects.get(plan=superior, name="Hiến máu")
    postpone(actor=None, activity=own, windows=[span((8, 1), (8, 31), "month")], reason="Chờ sân")
    plan = own_draft(province.justice, superior)
    take_over(actor=None, plan=plan, chosen={own.pk})
    assert [str(window) for window in plan.activities.get().windows.all()] == ["2024-08-01..2024-08-31"]


def test_an_issued_plan_takes_nothing_over(province, superior):
    plan = own_draft(province.justice, superior)
    send_to_leader(actor=None, plan=plan)
    with pytest.raises(ValidationError) as refused:
        take_over(actor=None, plan=plan, chosen=ids(superior, "Hiến máu"))
    assert refused.value.code == "not_draft"


def test_only_its_officers_take_over(province, superior, secretary, outsider, officer):
    plan = own_draft(province.justice, superior)
    for user in (secretary, outsider):
        with pytest.raises(PermissionDenied):
            take_over(actor=user, plan=plan, chosen=ids(superior, "Hiến máu"))
    assert take_over(actor=officer, plan=plan, chosen=ids(superior, "Hiến máu")) == 1


def test_what_was_taken_over_counts_as_made_concrete(province, superior):
    plan = own_draft(province.justice, superior)
    take_over(actor=None, plan=plan, chosen=ids(superior, "Hiến máu"))
    officer = person("can.bo.2", "Cán bộ", province.bloc_union, RoleName.OFFICER)

    def done():
        groups = coverage_of(superior, officer).groups
        return {item.name: (item.done, item.total) for group in groups for item in group.items}

    assert done()["Hiến máu"] == (0, 4)  # a draft counts nowhere
    issue(plan, number=9)
    assert done() == {"Hiến máu": (1, 4), "Khối 1 làm": (0, 2), "Khối 2 làm": (0, 2), "Đoàn Khối làm": (0, 0)}


# --- The page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def hospital_officer(province):
    return person("can.bo.bv", "Cán bộ Đoàn Bệnh viện", province.hospital, RoleName.OFFICER)


def test_the_page_ticks_what_concerns_the_unit_and_copies(client, province, superior, hospital_officer):
    plan = own_draft(province.hospital, superior)
    client.force_login(hospital_officer)
    address = f"/plans/{plan.pk}/taking-over/"
    assert f'href="{address}"' in client.get(f"/plans/{plan.pk}/").content.decode()
    assert f'href="{address}"' in client.get(f"/plans/{plan.pk}/activities/").content.decode()

    def ticked(query=""):
        rows = client.get(f"{address}{query}").context["rows"]
        return [row.activity.name for row, _when, is_ticked in rows if is_ticked]

    # Of the other bloc's it knows nothing.
    assert ticked() == ["Hiến máu", "Khối 1 làm"]
    assert ticked("?choose=all") == ["Hiến máu", "Khối 1 làm", "Đoàn Khối làm"]
    assert ticked("?choose=none") == []
    answer = client.post(address, {"activity": list(ids(superior, "Hiến máu", "Khối 1 làm"))})
    assert answer["Location"] == f"/plans/{plan.pk}/activities/"
    assert ticked("?choose=all") == ["Đoàn Khối làm"]
    page = client.get(address).content.decode()
    assert "2/3 hoạt động đã có trong dự thảo." in page
    assert client.post(address, {}).status_code == 422
    foreign = client.post(address, {"activity": list(ids(superior, "Khối 2 làm"))})
    assert foreign.status_code == 422
    assert plan.activities.count() == 2


def test_the_page_does_not_exist_without_a_superior_plan(client, province, officer):
    client.force_login(officer)
    assert client.get(f"/plans/{draft(province.bloc_union).pk}/taking-over/").status_code == 404


def test_the_page_asks_the_same_of_the_database_at_few_and_at_many_rows(client, province, hospital_officer):
    superior = draft(province.bloc_union, "Nghị quyết Đoàn Khối")
    activity(province.bloc_union, "Hiến máu", scope="all_units", plan=superior)
    superior = issue(superior)
    plan = own_draft(province.hospital, superior)
    take_over(actor=None, plan=plan, chosen=ids(superior, "Hiến máu"))
    client.force_login(hospital_officer)
    address = f"/plans/{plan.pk}/taking-over/"
    at_one = count_queries(lambda: client.get(address))
    assert at_one <= 15
    newest = amend_plan(actor=None, plan=superior)
    for n in range(29):
        activity(province.bloc_union, f"Việc {n}", scope="all_units", plan=newest)
    issue(newest, number=2)
    take_over(actor=None, plan=plan, chosen=set(newest.activities.values_list("pk", flat=True)[:10]))
    at_many = count_queries(lambda: client.get(address))
    # One step more to the version in force, and one more back.
    assert at_many <= 15
    assert at_many - at_one <= 2
