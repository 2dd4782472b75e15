"""Role × unit × action → 200/302, 403, 404; and the list filters agree with the rules."""

import pytest

from reports.enums import ReportState
from reports.progress import rules, selectors
from reports.progress.models import ProgressReport
from reports.progress.services import open_period
from tests.reports.progress.scenes import bring_to, report_of

PEOPLE = [
    "secretary",
    "neighbour",
    "hospital_secretary",
    "officer",
    "leader",
    "administrator",
    "bloc_head",
    "top_leader",
    "top_officer",
    "outsider",
    "nobody",
]
# The report of the Department of Justice: what each person gets for reading and for each step.
READ = dict.fromkeys(["secretary", "officer", "leader", "bloc_head", "top_leader", "top_officer"], 200) | {
    "administrator": 403
}
ENTER = {"secretary": 302, "officer": 302, "top_officer": 302} | dict.fromkeys(
    ["leader", "bloc_head", "top_leader", "administrator"], 403
)
REVIEW = {"officer": 302, "top_officer": 302} | dict.fromkeys(
    ["secretary", "leader", "bloc_head", "top_leader", "administrator"], 403
)
STEPS = {
    "save": ("draft", ENTER),
    "submit": ("draft", ENTER),
    "approve": ("submitted", REVIEW),
    "return": ("submitted", REVIEW),
    "reopen": ("approved", REVIEW),
}
ADDRESS = "/reports/QNA-KCQ-003/2024-09/"


@pytest.fixture
def author(province):
    """Another secretary of the unit, so that nobody of the cast has had a hand in the report."""
    from accounts.enums import RoleName
    from accounts.services import create_person, grant_role

    user = create_person(
        username="pho.tuphap", full_name="Phó Bí thư", password="mat-khau-thu-2024", email="pho@example.vn"
    )
    grant_role(actor=None, user=user, unit=province.justice, name=RoleName.SECRETARY)
    return user


@pytest.fixture
def clerk(province):
    """Another officer who returns and approves in the making of states."""
    from accounts.enums import RoleName
    from accounts.services import create_person, grant_role

    user = create_person(
        username="can.bo.hai", full_name="Cán bộ hai", password="mat-khau-thu-2024", email="cb2@example.vn"
    )
    grant_role(actor=None, user=user, unit=province.bloc_union, name=RoleName.OFFICER)
    return user


@pytest.mark.parametrize("state", ReportState.values)
def test_reading(state, request, client, report, author, clerk):
    bring_to(state, report, secretary=author, officer=clerk)
    for who in PEOPLE:
        client.force_login(request.getfixturevalue(who))
        assert client.get(ADDRESS).status_code == READ.get(who, 404), who


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", PEOPLE)
def test_steps(who, step, request, client, report, author, clerk):
    state, expected = STEPS[step]
    found = bring_to(state, report, secretary=author, officer=clerk)
    client.force_login(request.getfixturevalue(who))
    answer = client.post(f"{ADDRESS}{step}/", {"version": found.version, "reason": "Xin kiểm tra."})
    assert answer.status_code == expected.get(who, 404)
    found.refresh_from_db()
    moved = {"save": "draft", "submit": "submitted", "approve": "approved", "return": "returned", "reopen": "returned"}
    assert found.state == (moved[step] if answer.status_code == 302 else state)


@pytest.mark.parametrize("who", PEOPLE)
def test_autosave(who, request, client, report):
    client.force_login(request.getfixturevalue(who))
    expected = {302: 200}.get(ENTER.get(who, 404), ENTER.get(who, 404))
    assert client.post(f"{ADDRESS}autosave/", {"version": 0}).status_code == expected


@pytest.mark.parametrize(
    ("page", "allowed", "refused"),
    [
        ("/reports/", PEOPLE, []),
        (
            "/reports/review/",
            ["officer", "top_officer", "outsider", "top_leader"],
            ["secretary", "leader", "administrator", "bloc_head", "nobody"],
        ),
        (
            "/reports/lateness/",
            ["secretary", "officer", "leader", "top_officer", "outsider"],
            ["administrator", "bloc_head", "nobody"],
        ),
    ],
)
def test_lists(page, allowed, refused, request, client, report):
    for who, status in [*((one, 200) for one in allowed), *((one, 403) for one in refused)]:
        client.force_login(request.getfixturevalue(who))
        assert client.get(page).status_code == status, who


@pytest.mark.parametrize(
    "address",
    [
        "/reports/QNA-KCQ-003/2024-13/",
        "/reports/QNA-KCQ-003/2024-9/",
        "/reports/QNA-KCQ-003/2024-10/",
        "/reports/QNA-KCQ-003/2031-01/",
        "/reports/QNA-KCQ-003/thang-chin/",
        "/reports/KHONG-CO/2024-09/",
        "/reports/QNA/2024-09/",
    ],
)
def test_unknown_months_and_codes_are_not_found(address, client, report, officer):
    client.force_login(officer)
    assert client.get(address).status_code == 404


def test_strangers_are_asked_to_sign_in(client, report):
    for address in ("/", "/reports/", ADDRESS, "/reports/review/", "/reports/lateness/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/"), address


@pytest.mark.parametrize("step", ["save", "submit", "approve", "return", "reopen", "autosave"])
def test_steps_are_taken_by_post_only(step, client, report, secretary):
    client.force_login(secretary)
    assert client.get(f"{ADDRESS}{step}/").status_code == 405


@pytest.mark.parametrize("who", PEOPLE)
def test_list_filters_and_rules_agree(who, request, province, periods, author, clerk, secretary, officer):
    for month in (7, 8):
        open_period(period=periods[month])
    for unit in (province.justice, province.hospital, province.bloc_union):
        found = report_of(unit, periods[8])
        ProgressReport.objects.filter(pk=found.pk).update(
            state="submitted", submitted_at="2024-09-02T10:00:00+07:00", first_submitted_at="2024-09-02T10:00:00+07:00"
        )
    user = request.getfixturevalue(who)
    reports = list(ProgressReport.objects.select_related("unit", "period"))
    assert set(selectors.reports_visible_to(user)) == {one for one in reports if rules.can_read.test(user, one)}
    assert set(selectors.reports_awaiting_review(user)) == {
        one for one in reports if one.state == "submitted" and rules.can_review.test(user, one)
    }
    assert bool(selectors.reports_awaiting_review(user)) <= rules.reviews_any(user)


def test_approving_many_takes_only_what_this_person_reviews(
    client, province, periods, secretary, officer, neighbour, clerk
):
    """Ids of reports out of reach, of own work and of nothing at all do no harm."""
    open_period(period=periods[8])
    mine = bring_to("submitted", report_of(province.justice, periods[9]), secretary=secretary, officer=clerk)
    by_hand = bring_to("submitted", report_of(province.finance, periods[9]), secretary=officer, officer=clerk)
    own_unit = report_of(province.bloc_union, periods[9])
    client.force_login(officer)
    answer = client.post(
        "/reports/review/approve/", {"report": [mine.pk, by_hand.pk, own_unit.pk, 999999, "1 or 1", "²"]}
    )
    assert answer.status_code == 302
    states = {one.pk: ProgressReport.objects.get(pk=one.pk).state for one in (mine, by_hand, own_unit)}
    assert states == {mine.pk: "approved", by_hand.pk: "submitted", own_unit.pk: "not_started"}
