"""Which plans exist for whom: the list, the filter and the page agree; what could leak is made first."""

import pytest

from accounts.enums import RoleName
from activities.enums import Scope
from plans.models import Plan
from plans.selectors import plans_visible_to
from targets.models import Target
from tests.conftest import person
from tests.making import activity, draft, indicator, issue, milestone, target

EXPECTED = {
    "secretary": {"KCQ ban hành", "QNA giao chung", "QNA đồng loạt", "Tư pháp ban hành"},
    "neighbour": {"KCQ ban hành", "QNA giao chung", "QNA đồng loạt"},
    "officer": {"KCQ ban hành", "KCQ bản nháp", "QNA giao chung", "QNA đồng loạt", "Tư pháp ban hành"},
    "leader": {"KCQ ban hành", "KCQ bản nháp", "QNA giao chung", "QNA đồng loạt", "Tư pháp ban hành"},
    "administrator": {"KCQ ban hành", "Tư pháp ban hành"},
    "bloc_head": {"KCQ ban hành"},
    "outsider": {"KGI ban hành", "KGI bản nháp"},
    "outside_leader": {"KGI ban hành", "KGI bản nháp"},
    "top_leader": {
        "KCQ ban hành",
        "KCQ bản nháp",
        "QNA giao chung",
        "QNA đồng loạt",
        "QNA tự làm",
        "QNA bản nháp",
        "Tư pháp ban hành",
        "KGI ban hành",
        "KGI bản nháp",
        "TW tự làm",
    },
    "nobody": set(),
}


@pytest.fixture
def plans(province):
    """Drafts and issued plans at every level, some of which ask something of the units below and some nothing."""
    target(draft(province.bloc_union, "KCQ bản nháp"))
    plan = draft(province.bloc_union, "KCQ ban hành")
    target(plan)
    issue(plan)
    issue(draft(province.justice, "Tư pháp ban hành"))
    target(draft(province.qna, "QNA bản nháp"))
    plan = draft(province.qna, "QNA giao chung")
    target(plan)
    issue(plan, 1)
    plan = draft(province.qna, "QNA tự làm")
    target(plan, carried_by="issuer_own")
    activity(province.qna, plan=plan)
    issue(plan, 2)
    plan = draft(province.qna, "QNA đồng loạt")
    activity(province.qna, plan=plan, scope=Scope.ALL_UNITS)
    issue(plan, 3)
    plan = draft(province.top, "TW tự làm")
    target(plan, carried_by="issuer_own")
    issue(plan)
    target(draft(province.kgi, "KGI bản nháp"))
    plan = draft(province.kgi, "KGI ban hành")
    target(plan)
    issue(plan)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_of_the_cast_sees_just_these_plans_listed_and_opened(plans, request, client, name):
    user = request.getfixturevalue(name)
    assert {plan.title for plan in plans_visible_to(user)} == EXPECTED[name]
    client.force_login(user)
    listed = client.get("/plans/").content.decode()
    for plan in Plan.objects.all():
        seen = plan.title in EXPECTED[name]
        assert (plan.title in listed) == seen
        assert client.get(f"/plans/{plan.pk}/").status_code == (200 if seen else 404)


def each_unit(plan, **more):
    facts = {"carried_by": "each_unit", "required_share": 100, "minimum": 1, "maximum": None, **more}
    return target(plan, "2.3", **facts)


CARRIERS = [
    ("each of all kinds, directly below", {}, {"province.bloc_union", "province.justice", "province.hospital_surgery"}),
    ("of a kind that nobody here is", {"carrier_kinds": ["district_union"], "carrier_reach": "all"}, set()),
    (
        "of a kind further down, all",
        {"carrier_kinds": ["grassroots_union"], "carrier_reach": "all"},
        {"province.bloc_union", "province.hospital_surgery"},
    ),
    ("of a kind further down, direct only", {"carrier_kinds": ["grassroots_union"]}, set()),
]


@pytest.mark.parametrize(("case", "facts", "asked"), CARRIERS)
@pytest.mark.parametrize("unit", ["bloc_union", "justice", "hospital_surgery"])
def test_a_superior_plan_is_readable_where_its_units_carry_it(province, case, facts, asked, unit):
    plan = draft(province.qna)
    each_unit(plan, **facts)
    # Issued without asking whether anyone carries it: the check of issuing is another test's matter.
    type(plan).objects.filter(pk=plan.pk).update(state="issued", symbol="01-NQ/ĐTN", issued_on="2024-01-02")
    user = person("ai.do", "Ai đó", getattr(province, unit), RoleName.SECRETARY)
    assert plans_visible_to(user).exists() == (f"province.{unit}" in asked)


def test_a_milestone_asks_the_carriers_and_nobody_beneath_them(province, hospital_secretary):
    plan = draft(province.bloc_union)
    each_unit(plan, on=milestone(province.qna), minimum=None, carrier_kinds=["grassroots_union"])
    issue(plan)
    branch = person("thu.ngoai", "Bí thư Khối Ngoại", province.hospital_surgery, RoleName.SECRETARY)
    assert plans_visible_to(hospital_secretary).count() == 1
    assert plans_visible_to(branch).count() == 0


def test_blocs_members_read_what_is_asked_of_blocs(province, secretary, outsider):
    plan = draft(province.bloc_union)
    target(plan, "1.8b", carried_by="each_bloc", required_share=100, minimum=1, maximum=2)
    issue(plan)
    assert plans_visible_to(secretary).count() == 1
    assert plans_visible_to(outsider).count() == 0


def test_a_restatement_asks_nothing_of_its_own(province, secretary):
    plan = draft(province.qna)
    original = target(plan, "1.2", carried_by="issuer_own")
    target(plan, "2.2", on=indicator(province.qna), restates=original)
    issue(plan)
    assert Target.objects.filter(carried_by="pooled").count() == 1
    assert plans_visible_to(secretary).count() == 0
