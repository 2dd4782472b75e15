"""Which superior plans an officer is offered as the one that a draft makes concrete, and its activities."""

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import RoleName
from activities.base_views import BasesForm
from activities.bases import name_bases, offered_bases
from plans.forms import BaseForm, PlanForm
from plans.versions.bases import name_base
from tests.conftest import person
from tests.making import activity, draft, issue, target


@pytest.fixture
def clerk(province):
    """Officer of the Department of Justice alone: of bodies above, only what asks something exists for them."""
    return person("can.bo.tuphap", "Cán bộ Chi đoàn Sở Tư pháp", province.justice, RoleName.OFFICER)


@pytest.fixture
def asking(province):
    """Asks something of every unit of the bloc union."""
    made = draft(province.bloc_union, "Nghị quyết Đoàn Khối")
    target(made)
    activity(province.bloc_union, "Ngày Chủ nhật xanh", plan=made, scope="all_units")
    return issue(made)


@pytest.fixture
def silent(province):
    """Issued, and asks nothing of anybody below."""
    made = draft(province.bloc_union, "Chương trình riêng của Văn phòng")
    activity(province.bloc_union, "Hội nghị Văn phòng", plan=made)
    return issue(made, 2)


def offered(form) -> list[str]:
    return [plan.title for plan in form.fields["based_on"].queryset]


def test_the_base_is_named_again_where_two_plans_make_it_concrete(client, province, asking, officer):
    own, other = draft(province.justice, based_on=asking), draft(province.finance, based_on=asking)
    client.force_login(officer)
    assert client.post(f"/plans/{own.pk}/base/", {"based_on": asking.pk})["Location"] == f"/plans/{own.pk}/"
    assert offered(BaseForm(plan=own, user=officer)) == ["Nghị quyết Đoàn Khối"]
    assert other.based_on_id == asking.pk


def test_a_plan_that_a_person_cannot_read_is_not_offered(client, province, asking, silent, clerk):
    own = draft(province.justice)
    assert offered(BaseForm(plan=own, user=clerk)) == ["Nghị quyết Đoàn Khối"]
    assert offered(PlanForm(user=clerk)) == ["Nghị quyết Đoàn Khối"]
    client.force_login(clerk)
    assert client.post(f"/plans/{own.pk}/base/", {"based_on": silent.pk}).status_code == 422
    with pytest.raises(ValidationError) as refused:
        name_base(actor=clerk, plan=own, based_on=silent)
    assert set(refused.value.error_dict) == {"based_on"}
    assert name_base(actor=clerk, plan=own, based_on=asking).based_on == asking


def test_the_officer_above_is_offered_all_that_they_read(province, asking, silent, officer):
    own = draft(province.justice)
    assert set(offered(BaseForm(plan=own, user=officer))) == {asking.title, silent.title}


def test_a_base_named_already_stays_though_it_cannot_be_read(client, province, silent, clerk):
    own = draft(province.justice, based_on=silent)
    client.force_login(clerk)
    assert client.get(f"/plans/{silent.pk}/").status_code == 404
    assert offered(BaseForm(plan=own, user=clerk)) == [silent.title]
    assert client.post(f"/plans/{own.pk}/base/", {"based_on": silent.pk})["Location"] == f"/plans/{own.pk}/"


def test_activities_of_a_plan_that_a_person_cannot_read_have_no_page(client, province, silent, clerk, officer):
    own = draft(province.justice, based_on=silent)
    activity(province.justice, "Hội nghị của Sở", plan=own, scope="unit")
    address = f"/plans/{own.pk}/bases/"
    client.force_login(clerk)
    assert client.get(address).status_code == 404
    assert offered_bases(own, user=clerk) == []
    assert address not in client.get(f"/plans/{own.pk}/").content.decode()
    client.force_login(officer)
    assert client.get(address).status_code == 200
    assert address in client.get(f"/plans/{own.pk}/").content.decode()


def test_only_activities_that_exist_for_the_person_are_offered(province, clerk):
    above = draft(province.bloc_union, "Nghị quyết Đoàn Khối")
    shared = activity(province.bloc_union, "Ngày Chủ nhật xanh", plan=above, scope="all_units")
    foreign = activity(province.bloc_union, "Hội thao khối 2", plan=above, scope="bloc", bloc=province.bloc_2)
    own = draft(province.justice, based_on=issue(above))
    day = activity(province.justice, "Ngày của Sở", plan=own, scope="unit")
    assert offered_bases(own, user=clerk) == [shared]
    assert offered_bases(own, user=None) == [shared, foreign]
    with pytest.raises(ValidationError) as refused:
        name_bases(actor=clerk, plan=own, bases={day.pk: foreign})
    assert refused.value.code == "not_offered"
    name_bases(actor=None, plan=own, bases={day.pk: foreign})
    # Named already: it stays a choice, so that keeping the page does not drop it.
    assert offered_bases(own, user=clerk) == [shared, foreign]
    form = BasesForm({f"a{day.pk}": str(foreign.pk)}, plan=own, user=clerk)
    assert form.is_valid()
    assert name_bases(actor=clerk, plan=own, bases=form.bases) == 0
