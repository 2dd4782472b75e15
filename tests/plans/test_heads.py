"""Title, theme, kind and term of a draft corrected by hand, whether it was written here or amends a plan."""

from datetime import date

import pytest

from plans.services import send_to_leader
from plans.versions.amending import amend_plan
from tests.making import draft, issue, target

HEAD = {
    "kind": "programme",
    "title": "  Chương trình  công tác năm 2025 ",
    "theme": "Năm chuyển đổi số",
    "starts_on": "1/1/2025",
    "ends_on": "31/12/2025",
}


@pytest.fixture
def plan(province):
    return draft(province.bloc_union)


def sent(client, plan, **changes) -> dict:
    """What the page would send: the version that it shows, with the changes."""
    page = client.get(f"/plans/{plan.pk}/head/")
    return {**HEAD, "version": page.context["form"]["version"].value(), **changes}


def test_the_head_of_a_draft_is_corrected_on_a_page_that_the_plan_links(client, officer, plan):
    only = target(plan)
    client.force_login(officer)
    address = f"/plans/{plan.pk}/head/"
    assert f'href="{address}"' in client.get(f"/plans/{plan.pk}/").content.decode()
    shown = client.get(address).context["form"]
    assert (shown["title"].value(), shown["starts_on"].value()) == (plan.title, date(2024, 1, 1))
    assert client.post(address, sent(client, plan))["Location"] == f"/plans/{plan.pk}/"
    plan.refresh_from_db()
    only.refresh_from_db()
    assert (plan.kind, plan.title, plan.theme) == ("programme", "Chương trình công tác năm 2025", "Năm chuyển đổi số")
    assert plan.folded == "chuong trinh cong tac nam 2025"
    assert (plan.starts_on, plan.ends_on) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (only.starts_on, only.due_on) == (date(2025, 1, 1), date(2025, 12, 31))


def test_an_amendment_gets_another_term_and_the_version_before_keeps_its_own(client, officer, plan):
    amended = amend_plan(actor=None, plan=issue(plan))
    client.force_login(officer)
    assert client.post(f"/plans/{amended.pk}/head/", sent(client, amended)).status_code == 302
    amended.refresh_from_db()
    plan.refresh_from_db()
    assert (amended.ends_on, plan.ends_on) == (date(2025, 12, 31), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"title": " "}, "title"), ({"ends_on": "31/12/2024"}, "ends_on"), ({"version": "x"}, "__all__")],
)
def test_a_wrong_head_is_refused_and_what_was_typed_stays(client, officer, plan, changes, field):
    client.force_login(officer)
    page = client.post(f"/plans/{plan.pk}/head/", sent(client, plan, **changes))
    assert (page.status_code, set(page.context["form"].errors)) == (422, {field})
    assert page.context["form"]["theme"].value() == "Năm chuyển đổi số"
    plan.refresh_from_db()
    assert (plan.title, plan.theme) == ("Công tác Đoàn năm 2024", "")


def test_a_sent_plan_is_frozen_and_its_page_links_no_correction(client, officer, leader, plan):
    client.force_login(leader)
    assert client.get(f"/plans/{plan.pk}/head/").status_code == 403
    client.force_login(officer)
    facts = sent(client, plan)
    send_to_leader(actor=None, plan=plan)
    page = client.post(f"/plans/{plan.pk}/head/", facts)
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"__all__"})
    assert f"/plans/{plan.pk}/head/" not in client.get(f"/plans/{plan.pk}/").content.decode()
    plan.refresh_from_db()
    assert plan.title == "Công tác Đoàn năm 2024"
