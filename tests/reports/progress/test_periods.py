"""The pages of the calendar: the topmost unit's administrators keep it, others say when their own units hand in."""

from datetime import date

import pytest

from accounts.enums import RoleName
from accounts.services import grant_role
from reports.progress.deadlines import deadline_of
from reports.progress.models import DeadlineRule, Period, PeriodDeadline, ProgressReport
from reports.progress.services import create_periods, grant_extension, keep_rule, open_period, set_deadline
from reports.progress.tasks import open_periods
from tests.conftest import person
from tests.reports.progress.scenes import report_of
from units.enums import Level
from units.services import close_unit, create_unit

DAYS = {"due_on": "2024-10-05", "locks_on": "2024-10-20"}
PERIODS = "/reports/periods/"


@pytest.fixture
def keeper(province):
    return person("quan.tri.tw", "Quản trị Trung ương Đoàn", province.top, RoleName.ADMINISTRATOR)


@pytest.fixture
def september(province) -> Period:
    create_periods(owner=province.top, year=2024)
    return Period.objects.get(year=2024, month=9)


def of(period: Period, page: str) -> str:
    return f"{PERIODS}{period.pk}/{page}/"


PAGES = ("open", "days", "bounds", "parts", "parts/1/end")


@pytest.mark.parametrize(
    "who", ["top_leader", "top_officer", "officer", "leader", "secretary", "bloc_head", "outsider", "nobody"]
)
def test_nobody_else_keeps_the_calendar(who, request, client, september):
    client.force_login(request.getfixturevalue(who))
    assert client.get(PERIODS).status_code == 403
    assert client.get(of(september, "days")).status_code == 403
    addresses = [PERIODS, f"{PERIODS}rules/keep/", f"{PERIODS}rules/1/end/", *(of(september, page) for page in PAGES)]
    assert {client.post(address, DAYS).status_code for address in addresses} == {403}
    assert PERIODS not in client.get("/notices/").content.decode()
    september.refresh_from_db()
    assert (september.opened_at, september.due_on) == (None, date(2024, 10, 3))


def test_strangers_sign_in_first(client, september):
    assert client.get(PERIODS).url == f"/accounts/login/?next={PERIODS}"


def test_a_period_of_another_calendar_does_not_exist(client, keeper, september):
    client.force_login(keeper)
    Period.objects.filter(pk=september.pk).update(owner=keeper.roles.get().unit.children.first())
    assert client.get(of(september, "days")).status_code == 404
    assert client.post(of(september, "open")).status_code == 404


def test_making_the_periods_of_a_year(client, keeper):
    client.force_login(keeper)
    assert PERIODS in client.get("/notices/").content.decode()
    empty = client.get(PERIODS)
    assert (empty.context["months"], empty.context["form"].initial["year"]) == ([], 2024)
    response = client.post(PERIODS, {"year": "2024", "due_day": "5", "lock_day": "20", "cut_off": "15"})
    assert response.url == f"{PERIODS}?year=2024"
    first = Period.objects.get(month=3)
    assert (first.first_day, first.last_day, first.due_on, first.locks_on) == (
        date(2024, 2, 16),
        date(2024, 3, 15),
        date(2024, 4, 5),
        date(2024, 4, 20),
    )
    assert len(client.get(response.url).context["months"]) == 12
    assert client.post(PERIODS, {"year": "nay"}).status_code == 422


def test_opening_asks_the_units_and_a_month_ahead_stays_shut(client, keeper, resolution, september):
    client.force_login(keeper)
    assert client.post(of(september, "open")).url == f"{PERIODS}?year=2024"
    september.refresh_from_db()
    assert september.opened_at is not None
    asked = ProgressReport.objects.filter(period=september)
    assert asked.filter(unit__code="QNA-KCQ-003").exists()
    count = asked.count()
    client.post(of(september, "open"))
    assert asked.count() == count
    november = Period.objects.get(year=2024, month=11)
    client.post(of(november, "open"))
    november.refresh_from_db()
    assert november.opened_at is None


def test_a_month_opened_before_its_end_asks_who_will_be_there_on_its_last_day(province, resolution, september):
    october = Period.objects.get(year=2024, month=10)
    close_unit(unit=province.finance, on=date(2024, 10, 31))
    assert open_period(period=october) == 6
    asked = ProgressReport.objects.filter(period=october)
    assert not asked.filter(unit=province.finance).exists()
    assert set(asked.values_list("state", flat=True)) == {"not_started"}


def test_beat_opens_what_has_ended_and_asks_units_that_came_to_owe_until_the_lock(
    province, resolution, september, settings
):
    settings.PORTAL_TODAY = date(2024, 10, 1)
    open_periods()
    september.refresh_from_db()
    assert september.opened_at is not None
    assert Period.objects.get(year=2024, month=10).opened_at is None
    before = ProgressReport.objects.filter(period=september).count()
    new = {"kind": "grassroots_branch", "parent": province.bloc_union}
    create_unit(code="QNA-KCQ-011", name="Chi đoàn mới", opened_on=date(2024, 9, 30), **new)
    create_unit(code="QNA-KCQ-012", name="Chi đoàn mở sau", opened_on=date(2024, 10, 1), **new)
    open_periods()
    asked = ProgressReport.objects.filter(period=september)
    assert asked.count() == before + 1
    assert asked.filter(unit__code="QNA-KCQ-011", state="not_started").exists()
    create_unit(code="QNA-KCQ-013", name="Chi đoàn ghi sổ muộn", opened_on=date(2024, 9, 1), **new)
    settings.PORTAL_TODAY = date(2024, 10, 16)
    open_periods()
    assert asked.count() == before + 1


def test_changing_the_days_for_everyone(client, keeper, province, september):
    client.force_login(keeper)
    assert client.post(of(september, "days"), DAYS).status_code == 302
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
    response = client.post(of(september, "days"), {**DAYS, **days})
    assert response.status_code == 422
    assert response.context["form"].errors == errors
    september.refresh_from_db()
    assert september.due_on == date(2024, 10, 3)


def test_first_and_last_day_are_changed_and_refused_with_a_sentence(client, keeper, province, september):
    client.force_login(keeper)
    page = of(september, "days")
    assert client.post(of(september, "bounds"), {"first_day": "2024-09-01", "last_day": "2024-09-20"}).url == page
    assert Period.objects.get(month=10).first_day == date(2024, 9, 21)
    refused = client.post(of(september, "bounds"), {"first_day": "2024-09-01", "last_day": "2024-10-20"})
    assert (refused.status_code, refused.context["bounds_form"].errors) == (
        422,
        {"last_day": ["Ngày cuối phải nằm trong tháng 9/2024, là tháng của kỳ báo cáo."]},
    )


def other(**values: str) -> dict[str, str]:
    return {f"other-{name}": value for name, value in {**DAYS, **values}.items()}


def test_other_days_for_a_level_and_for_a_unit_and_their_end(client, keeper, province, september):
    client.force_login(keeper)
    address = of(september, "parts")
    client.post(of(september, "days"), {"due_on": "2024-10-03", "locks_on": "2024-10-20"})
    assert client.post(address, other(level=str(Level.GRASSROOTS.value))).status_code == 302
    assert client.post(address, other(unit="qna-kcq-003", due_on="2024-10-07")).status_code == 302
    assert client.post(address, other(unit="QNA-KCQ-003", due_on="2024-10-08")).status_code == 302
    assert PeriodDeadline.objects.count() == 2
    due = [deadline_of(unit, september).due_on.day for unit in (province.justice, province.finance, province.qna)]
    assert due == [8, 5, 3]
    page = client.get(of(september, "days")).content.decode()
    assert "Cấp cơ sở, trong toàn hệ thống" in page
    row = PeriodDeadline.objects.get(unit=province.justice)
    assert client.post(f"{address}{row.pk}/end/").status_code == 302
    assert deadline_of(province.justice, september).due_on.day == 5


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "__all__"),
        ({"unit": "KHONG-CO"}, "unit"),
        ({"level": "9"}, "level"),
        ({"level": "4", "due_on": "2024-09-01"}, "due_on"),
        ({"unit": "QNA", "locks_on": "2024-12-01"}, "locks_on"),
    ],
)
def test_other_days_that_cannot_be_are_refused(values, field, client, keeper, province, september):
    client.force_login(keeper)
    response = client.post(of(september, "parts"), other(**values))
    assert response.status_code == 422
    assert field in response.context["part_form"].errors
    assert not PeriodDeadline.objects.exists()


def test_an_administrator_beneath_says_when_the_own_units_hand_in_and_no_more(
    client, administrator, province, resolution, september
):
    client.force_login(administrator)
    page = client.get(PERIODS)
    assert PERIODS in client.get("/notices/").content.decode()
    assert "Lập kỳ" not in page.content.decode()
    assert client.post(PERIODS, {"year": "2025", "due_day": "5", "lock_day": "20"}).status_code == 403
    for page in ("open", "bounds"):
        assert client.post(of(september, page)).status_code == 403
    assert client.post(of(september, "days"), {"due_on": "2024-10-01", "locks_on": "2024-10-10"}).status_code == 302
    assert (deadline_of(province.justice, september).due_on, deadline_of(province.qna, september).due_on) == (
        date(2024, 10, 1),
        date(2024, 10, 3),
    )
    refused = client.post(of(september, "days"), {"due_on": "2024-10-01", "locks_on": "2024-10-16"})
    assert refused.context["form"].errors == {
        "locks_on": ["Cấp trên khóa kỳ 9/2024 sau ngày 15/10/2024; ngày khóa ở cấp dưới không thể muộn hơn."]
    }
    assert client.post(of(september, "parts"), other(unit="QNA", locks_on="2024-10-10")).status_code == 422
    above = set_deadline(period=september, unit=province.qna, due_on=date(2024, 10, 2), locks_on=date(2024, 10, 12))
    assert client.post(of(september, f"parts/{above.pk}/end")).status_code == 404
    assert f"{PERIODS}{september.pk}/parts/{above.pk}/end/" not in client.get(of(september, "days")).content.decode()


def rule(**values: str) -> dict[str, str]:
    return {f"rule-{name}": value for name, value in {"due_day": "1", "lock_day": "10", **values}.items()}


def test_standing_days_are_kept_shown_and_taken_back(client, administrator, province, september):
    client.force_login(administrator)
    assert client.post(f"{PERIODS}rules/keep/", rule(unit="QNA-KCQ-001")).url == PERIODS
    kept = DeadlineRule.objects.get()
    assert (kept.unit, kept.level, kept.due_day, kept.lock_day) == (province.hospital, None, 1, 10)
    assert "Đoàn cơ sở Bệnh viện Đa khoa và các đơn vị trực thuộc" in client.get(PERIODS).content.decode()
    for values, field in (({"unit": "KGI"}, "unit"), ({"due_day": "32"}, "due_day"), ({"lock_day": "20"}, "lock_day")):
        refused = client.post(f"{PERIODS}rules/keep/", rule(**values))
        assert (refused.status_code, set(refused.context["rule_form"].errors)) == (422, {field})
    assert client.post(f"{PERIODS}rules/{kept.pk}/end/").url == PERIODS
    assert not DeadlineRule.objects.exists()
    above = keep_rule(unit=province.qna, due_day=1, lock_day=10)
    assert client.post(f"{PERIODS}rules/{above.pk}/end/").status_code == 404


def test_standing_days_are_not_taken_out_of_one_month_to_come_only_to_come_again(
    client, administrator, province, resolution, september
):
    kept = keep_rule(unit=province.hospital, due_day=1, lock_day=10)
    row = kept.rows.get(period=september)
    end = of(september, f"parts/{row.pk}/end")
    client.force_login(administrator)
    assert end not in client.get(of(september, "days")).content.decode()
    assert client.post(end).status_code == 404
    open_period(period=september)
    assert end in client.get(of(september, "days")).content.decode()
    assert client.post(end).status_code == 302
    assert not kept.rows.filter(period=september).exists()


def test_what_a_body_above_said_is_not_replaced_or_taken_back_from_beneath(
    client, administrator, keeper, province, september
):
    days = {"due_on": "2024-10-01", "locks_on": "2024-10-04"}
    client.force_login(keeper)
    client.post(of(september, "parts"), other(unit="QNA-KCQ", **days))
    client.post(f"{PERIODS}rules/keep/", rule(unit="QNA-KCQ"))
    said, kept = PeriodDeadline.objects.get(period=september, rule=None), DeadlineRule.objects.get()
    client.force_login(administrator)
    words = "Trung ương Đoàn đã đặt các ngày này; chỉ cấp đó và cấp trên của cấp đó được đổi."
    for answer in (
        client.post(of(september, "days"), {"due_on": "2024-10-15", "locks_on": "2024-10-15"}),
        client.post(of(september, f"parts/{said.pk}/end"), follow=True),
        client.post(f"{PERIODS}rules/keep/", rule(lock_day="12")),
        client.post(f"{PERIODS}rules/{kept.pk}/end/", follow=True),
    ):
        assert words in answer.content.decode()
    assert deadline_of(province.justice, september).locks_on == date(2024, 10, 4)
    assert DeadlineRule.objects.get().lock_day == 10
    assert client.post(of(september, "parts"), other(unit="QNA-KCQ-003", **days)).status_code == 302
    client.force_login(keeper)
    assert client.post(of(september, f"parts/{said.pk}/end")).status_code == 302
    assert not PeriodDeadline.objects.filter(unit=province.bloc_union, period=september).exists()


def test_who_administers_two_bodies_chooses_one(client, administrator, province, september):
    grant_role(actor=None, user=administrator, unit=province.kgi, name=RoleName.ADMINISTRATOR)
    client.force_login(administrator)
    assert client.get(PERIODS).context["keeper"].body == province.bloc_union
    page = client.get(f"{PERIODS}?unit=KGI")
    assert page.context["keeper"].body == province.kgi
    assert f"{PERIODS}{september.pk}/days/?unit=KGI" in page.content.decode()
    kept = client.post(f"{of(september, 'days')}?unit=KGI", {"due_on": "2024-10-01", "locks_on": "2024-10-10"})
    assert kept.url == f"{of(september, 'days')}?unit=KGI"
    assert PeriodDeadline.objects.get().unit == province.kgi
    assert client.get(f"{PERIODS}?unit=QNA").status_code == 404


def test_the_page_takes_the_same_number_of_queries_whatever_was_granted(
    client, keeper, province, resolution, september, officer, django_assert_num_queries
):
    client.force_login(keeper)
    open_period(period=september)
    with django_assert_num_queries(11):
        client.get(PERIODS)
    for unit in (province.justice, province.finance):
        set_deadline(period=september, unit=unit, due_on=date(2024, 10, 4), locks_on=date(2024, 10, 10))
        grant_extension(
            actor=officer, report=report_of(unit, september), locks_on=date(2024, 10, 20), reason="Bão số 4."
        )
        keep_rule(unit=unit, due_day=1, lock_day=10)
    with django_assert_num_queries(11):
        page = client.get(PERIODS)
    assert page.context["months"][8].others == 4
    with django_assert_num_queries(11):
        client.get(of(september, "days"))
