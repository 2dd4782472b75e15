"""The pages of the calendar: for administrators of the topmost unit alone; opening, days, exceptions."""

from datetime import date

import pytest

from accounts.enums import RoleName
from reports.progress.deadlines import deadline_of
from reports.progress.models import Period, PeriodDeadline, ProgressReport
from reports.progress.services import create_periods
from tests.conftest import person
from units.enums import Level

DAYS = {"due_on": "2024-10-05", "locks_on": "2024-10-20"}


@pytest.fixture
def keeper(province):
    return person("quan.tri.tw", "Quản trị Trung ương Đoàn", province.top, RoleName.ADMINISTRATOR)


@pytest.fixture
def september(province) -> Period:
    create_periods(owner=province.top, year=2024)
    return Period.objects.get(year=2024, month=9)


def addresses(period: Period) -> list[str]:
    return [f"/reports/periods/{period.pk}/{page}/" for page in ("open", "days", "exceptions", "exceptions/1/end")]


@pytest.mark.parametrize(
    "who",
    ["administrator", "top_leader", "top_officer", "officer", "leader", "secretary", "bloc_head", "outsider", "nobody"],
)
def test_nobody_else_keeps_the_calendar(who, request, client, september):
    client.force_login(request.getfixturevalue(who))
    assert client.get("/reports/periods/").status_code == 403
    assert client.get(addresses(september)[1]).status_code == 403
    assert {client.post(address, DAYS).status_code for address in ["/reports/periods/", *addresses(september)]} == {403}
    assert "/reports/periods/" not in client.get("/notices/").content.decode()
    september.refresh_from_db()
    assert (september.opened_at, september.due_on) == (None, date(2024, 10, 3))


def test_strangers_sign_in_first(client, september):
    assert client.get("/reports/periods/").url == "/accounts/login/?next=/reports/periods/"


def test_a_period_of_another_calendar_does_not_exist(client, keeper, september):
    client.force_login(keeper)
    Period.objects.filter(pk=september.pk).update(owner=keeper.roles.get().unit.children.first())
    assert client.get(addresses(september)[1]).status_code == 404
    assert client.post(addresses(september)[0]).status_code == 404


def test_making_the_periods_of_a_year(client, keeper):
    client.force_login(keeper)
    assert "/reports/periods/" in client.get("/notices/").content.decode()
    empty = client.get("/reports/periods/")
    assert (empty.context["periods"], empty.context["form"].initial["year"]) == ([], 2024)
    response = client.post("/reports/periods/", {"year": "2024", "due_day": "5", "lock_day": "20", "cut_off": "15"})
    assert response.url == "/reports/periods/?year=2024"
    first = Period.objects.get(month=3)
    assert (first.first_day, first.last_day, first.due_on, first.locks_on) == (
        date(2024, 2, 16),
        date(2024, 3, 15),
        date(2024, 4, 5),
        date(2024, 4, 20),
    )
    assert len(client.get(response.url).context["periods"]) == 12
    assert client.post("/reports/periods/", {"year": "nay"}).status_code == 422


def test_opening_asks_the_units_and_a_month_ahead_stays_shut(client, keeper, resolution, september):
    client.force_login(keeper)
    assert client.post(addresses(september)[0]).url == "/reports/periods/?year=2024"
    september.refresh_from_db()
    assert september.opened_at is not None
    asked = ProgressReport.objects.filter(period=september)
    assert asked.filter(unit__code="QNA-KCQ-003").exists()
    count = asked.count()
    client.post(addresses(september)[0])
    assert asked.count() == count
    november = Period.objects.get(year=2024, month=11)
    client.post(addresses(november)[0])
    november.refresh_from_db()
    assert november.opened_at is None


def test_changing_the_days_for_everyone(client, keeper, province, september):
    client.force_login(keeper)
    assert client.post(addresses(september)[1], DAYS).status_code == 302
    september.refresh_from_db()
    assert (september.due_on, september.locks_on) == (date(2024, 10, 5), date(2024, 10, 20))


@pytest.mark.parametrize(
    ("days", "errors"),
    [
        ({"due_on": "2024-09-29"}, {"due_on": ["Hạn nộp sớm nhất là ngày cuối của kỳ."]}),
        ({"locks_on": "2024-10-04"}, {"locks_on": ["Ngày khóa sớm nhất là ngày hạn nộp."]}),
        ({"due_on": "mai"}, {"due_on": ["Nhập một ngày hợp lệ."]}),
    ],
)
def test_days_that_cannot_be_are_refused_at_the_field(days, errors, client, keeper, september):
    client.force_login(keeper)
    response = client.post(addresses(september)[1], {**DAYS, **days})
    assert response.status_code == 422
    assert response.context["form"].errors == errors
    september.refresh_from_db()
    assert september.due_on == date(2024, 10, 3)


def other(**values: str) -> dict[str, str]:
    return {f"other-{name}": value for name, value in {**DAYS, **values}.items()}


def test_exceptions_for_a_level_and_for_a_unit_and_their_end(client, keeper, province, september):
    client.force_login(keeper)
    address = addresses(september)[2]
    assert client.post(address, other(level=str(Level.GRASSROOTS.value))).status_code == 302
    assert client.post(address, other(unit_code="qna-kcq-003", due_on="2024-10-07")).status_code == 302
    assert client.post(address, other(unit_code="QNA-KCQ-003", due_on="2024-10-08")).status_code == 302
    assert PeriodDeadline.objects.count() == 2
    due = [deadline_of(unit, september).due_on.day for unit in (province.justice, province.finance, province.qna)]
    assert due == [8, 5, 3]
    row = PeriodDeadline.objects.get(unit=province.justice)
    assert client.post(f"{address}{row.pk}/end/").status_code == 302
    assert deadline_of(province.justice, september).due_on.day == 5


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "__all__"),
        ({"level": "4", "unit_code": "QNA"}, "__all__"),
        ({"unit_code": "KHONG-CO"}, "unit_code"),
        ({"level": "9"}, "level"),
        ({"level": "4", "due_on": "2024-09-01"}, "due_on"),
    ],
)
def test_an_exception_is_for_one_level_or_one_unit(values, field, client, keeper, province, september):
    client.force_login(keeper)
    response = client.post(addresses(september)[2], other(**values))
    assert response.status_code == 422
    assert field in response.context["exception_form"].errors
    assert not PeriodDeadline.objects.exists()
