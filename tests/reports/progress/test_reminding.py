"""Reminders by the calendar: who is told what on which day, once, and who never."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.enums import RoleName
from accounts.services import end_role, grant_role
from core import clock
from core.models import Notice
from reports.progress.models import ProgressReport, Reminder
from reports.progress.services import grant_extension, remind_by_calendar, set_deadline
from tests.conftest import person
from tests.making import count_queries
from tests.reports.progress.scenes import bring_to, report_of
from units.enums import Kind
from units.services import close_unit, create_unit

KINDS = ("reports.due_day", "reports.overdue", "reports.reminded")
JUSTICE = "Báo cáo tháng 9/2024 của Chi đoàn Sở Tư pháp"


def on(month: int, day: int, hour: int = 6) -> datetime:
    return datetime(2024, month, day, hour, tzinfo=timezone.get_default_timezone())


def reminded(moment: datetime) -> int:
    with clock.travel_to(moment):
        return remind_by_calendar()


def lines_to(user) -> list[str]:
    return list(Notice.objects.filter(recipient=user, kind__in=KINDS).order_by("pk").values_list("text", flat=True))


@pytest.fixture
def only_justice(september):
    """Of the month only the report of the Department of Justice is there."""
    ProgressReport.objects.filter(period=september).exclude(unit__code="QNA-KCQ-003").delete()


@pytest.mark.parametrize(
    ("moment", "line"),
    [
        (on(9, 29), None),
        (on(9, 30), f"{JUSTICE}: hạn nộp ngày 3/10, còn 3 ngày."),
        (on(10, 1), f"{JUSTICE}: hạn nộp ngày 3/10, còn 2 ngày."),
        (on(10, 3), f"{JUSTICE}: hôm nay, ngày 3/10, là hạn nộp."),
        (on(10, 4), f"{JUSTICE} quá hạn 1 ngày (hạn nộp 3/10); cổng còn nhận đến hết ngày 15/10."),
        (on(10, 11), f"{JUSTICE} quá hạn 8 ngày (hạn nộp 3/10); cổng còn nhận đến hết ngày 15/10."),
        (on(10, 14), f"{JUSTICE} chưa nộp; cổng chỉ còn nhận đến hết ngày mai (15/10)."),
        (on(10, 15), f"{JUSTICE} chưa nộp; cổng chỉ còn nhận đến hết hôm nay."),
        (on(10, 16), None),
    ],
)
def test_what_a_secretary_is_told_on_which_day(moment, line, only_justice, secretary):
    assert reminded(moment) == (line is not None)
    assert lines_to(secretary) == ([] if line is None else [line])
    notices = Notice.objects.filter(recipient=secretary, kind__in=KINDS)
    assert set(notices.values_list("kind", "url")) <= {("reports.due_day", "/reports/QNA-KCQ-003/2024-09/")}


def test_every_day_twice_tells_each_step_once(only_justice, secretary, officer):
    days = [on(9, day, hour) for day in range(25, 31) for hour in (6, 12)]
    days += [on(10, day, hour) for day in range(1, 20) for hour in (6, 12)]
    assert [moment.strftime("%d/%m %H") for moment in days if reminded(moment)] == [
        *("30/09 06", "03/10 06", "04/10 06", "11/10 06", "14/10 06"),
    ]
    assert len(lines_to(secretary)) == 5
    rows = Reminder.objects.order_by("at").values_list("step", "day", "people", "actor")
    assert list(rows) == [
        ("before", date(2024, 9, 30), 1, None),
        ("due", date(2024, 10, 3), 1, None),
        ("after", date(2024, 10, 4), 1, None),
        ("after", date(2024, 10, 11), 1, None),
        ("locks", date(2024, 10, 14), 1, None),
    ]


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_who_has_handed_in_is_never_reminded(state, only_justice, report, secretary, officer):
    bring_to(state, report, secretary=secretary, officer=officer)
    for day in (1, 3, 4, 11, 14):
        assert reminded(on(10, day)) == 0
    assert (lines_to(secretary), lines_to(officer)) == ([], [])


def test_a_draft_is_reminded_of(only_justice, report, secretary, officer):
    bring_to("draft", report, secretary=secretary, officer=officer)
    assert reminded(on(10, 4)) == 1
    assert len(lines_to(secretary)) == 1


def test_what_was_returned_is_not_called_late_and_knows_no_lock(only_justice, report, secretary, officer):
    with clock.travel_to(on(10, 2)):
        bring_to("returned", report, secretary=secretary, officer=officer)
    assert [reminded(on(10, day)) for day in (3, 4, 11, 14)] == [1, 1, 1, 0]
    assert set(lines_to(secretary)) == {f"{JUSTICE} đã được trả lại, đang chờ đơn vị sửa và nộp lại."}
    assert lines_to(officer) == []


def test_a_unit_that_was_gone_before_the_months_end_is_never_reminded(only_justice, province, secretary, officer):
    close_unit(unit=province.justice, on=date(2024, 9, 30))
    assert [reminded(on(10, day)) for day in (1, 3, 4, 14)] == [0, 0, 0, 0]


def test_a_month_that_is_not_open_is_not_reminded_of(periods, secretary):
    assert reminded(on(10, 28)) == 0


def test_a_later_due_day_begins_anew(only_justice, province, september, secretary, officer):
    assert [reminded(on(10, day)) for day in (1, 3)] == [1, 1]
    grant_extension(
        actor=officer,
        report=report_of(province.justice, september),
        due_on=date(2024, 10, 10),
        locks_on=date(2024, 10, 20),
        reason="Bão số 4.",
    )
    assert [reminded(on(10, day)) for day in (4, 6, 7, 10, 11, 18, 19, 20, 21)] == [0, 0, 1, 1, 1, 1, 1, 0, 0]
    assert lines_to(secretary)[2:5] == [
        f"{JUSTICE}: hạn nộp ngày 10/10, còn 3 ngày.",
        f"{JUSTICE}: hôm nay, ngày 10/10, là hạn nộp.",
        f"{JUSTICE} quá hạn 1 ngày (hạn nộp 10/10); cổng còn nhận đến hết ngày 20/10.",
    ]


def test_a_levels_deadline_holds_for_its_units(province, september, secretary, hospital_secretary):
    set_deadline(
        period=september,
        unit=province.top,
        level=province.justice.level,
        due_on=date(2024, 10, 8),
        locks_on=date(2024, 10, 15),
    )
    assert province.hospital.level == province.justice.level
    branch = person("thu.ngoai", "Bí thư Khối Ngoại", province.hospital_surgery, RoleName.SECRETARY)
    reminded(on(10, 4))
    assert (lines_to(secretary), lines_to(hospital_secretary)) == ([], [])
    assert lines_to(branch) == [
        "Báo cáo tháng 9/2024 của Chi đoàn Khối Ngoại quá hạn 1 ngày (hạn nộp 3/10); cổng còn nhận đến hết ngày 15/10."
    ]


def test_a_secretary_of_several_units_gets_one_line(province, september, secretary):
    for unit in (province.finance, province.hospital, province.college):
        grant_role(actor=None, user=secretary, unit=unit, name=RoleName.SECRETARY)
    reminded(on(10, 3))
    assert lines_to(secretary) == [
        "Báo cáo tháng 9/2024 của Đoàn cơ sở Bệnh viện Đa khoa, Đoàn cơ sở Trường Cao đẳng Y tế, Chi đoàn Sở Tư pháp"
        " và 1 đơn vị khác: hôm nay, ngày 3/10, là hạn nộp."
    ]
    assert Notice.objects.get(recipient=secretary, kind="reports.due_day").url == "/reports/"


def test_every_secretary_of_a_unit_is_told_and_no_other(
    only_justice, province, secretary, neighbour, officer, leader, administrator, bloc_head, top_officer, outsider
):
    second = person("pho.tuphap", "Phó Bí thư Chi đoàn Sở Tư pháp", province.justice, RoleName.SECRETARY)
    former = person("cu.tuphap", "Bí thư cũ", province.justice, RoleName.SECRETARY)
    closed = person("nghi.tuphap", "Bí thư đã nghỉ", province.justice, RoleName.SECRETARY)
    end_role(actor=None, role=former.roles.get())
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    reminded(on(10, 3))
    told = set(Notice.objects.filter(kind__in=KINDS).values_list("recipient__username", flat=True))
    assert told == {"thu.tuphap", "pho.tuphap"}
    assert Reminder.objects.get().people == 2
    assert lines_to(second) == lines_to(secretary)


def test_the_officer_above_gets_one_line_a_month_once_it_is_due(province, september, officer, secretary, top_officer):
    for day in range(1, 16):
        reminded(on(10, day))
    assert [line for line in lines_to(officer) if "chưa có người dùng cổng nên" not in line] == [
        "6 đơn vị chưa nộp báo cáo tháng 9/2024 (hạn nộp 3/10): Đoàn cơ sở Bệnh viện Đa khoa, Chi đoàn Khối Ngoại,"
        " Chi đoàn Khối Nội và 3 đơn vị khác. Chưa có người dùng cổng: Đoàn cơ sở Bệnh viện Đa khoa,"
        " Chi đoàn Khối Ngoại, Chi đoàn Khối Nội và 2 đơn vị khác."
    ]
    # What the bloc union looks after is not told to the centre as well; its own report is.
    assert lines_to(top_officer)[-1] == (
        "1 đơn vị chưa nộp báo cáo tháng 9/2024 (hạn nộp 3/10): Đoàn Khối các cơ quan."
        " Chưa có người dùng cổng: Đoàn Khối các cơ quan."
    )


def test_a_unit_without_anybody_is_told_to_the_officer_above_before_it_is_due(only_justice, officer, leader):
    for day in (1, 2, 3):
        reminded(on(10, day))
    assert lines_to(officer) == [
        "1 đơn vị chưa có người dùng cổng nên chưa nhận được lời nhắc nộp báo cáo tháng 9/2024 (hạn nộp 3/10):"
        " Chi đoàn Sở Tư pháp."
    ]
    assert lines_to(leader) == []
    assert list(Reminder.objects.values_list("step", "people")) == [("before", 0), ("due", 0)]


@pytest.mark.parametrize(("email", "heard"), [("", 0), ("thu.tuphap@example.vn", 1)])
def test_who_neither_signs_in_nor_has_an_address_hears_nothing(email, heard, only_justice, secretary, officer):
    secretary.set_unusable_password()
    secretary.email = email
    secretary.save(update_fields=["password", "email"])
    reminded(on(10, 3))
    assert len(lines_to(secretary)) == heard
    assert len(lines_to(officer)) == 1 - heard


def test_officers_of_a_nearer_body_stand_in_for_those_above(province, september, officer):
    nearer = person("can.bo.bv", "Cán bộ Đoàn Bệnh viện", province.hospital, RoleName.OFFICER)
    reminded(on(10, 4))
    assert lines_to(nearer)[0].startswith(
        "2 đơn vị chưa nộp báo cáo tháng 9/2024 (hạn nộp 3/10): Chi đoàn Khối Ngoại, Chi đoàn Khối Nội."
    )
    assert lines_to(officer)[0].startswith("4 đơn vị chưa nộp báo cáo tháng 9/2024")


def test_thirty_units_ask_no_more_of_the_database_than_one(province, september, officer, secretary):
    """Also for the officers' lines, each unit with a secretary of its own and so a line of its own."""
    few = count_queries(lambda: reminded(on(10, 4)))
    Reminder.objects.all().delete()
    for number in range(30):
        unit = create_unit(
            code=f"QNA-KCQ-9{number:02d}",
            name=f"Chi đoàn số {number}",
            kind=Kind.GRASSROOTS_BRANCH,
            parent=province.bloc_union,
            opened_on=date(2020, 1, 1),
        )
        ProgressReport.objects.create(unit=unit, period=september)
        person(f"thu.{number}", f"Bí thư số {number}", unit, RoleName.SECRETARY)
    assert count_queries(lambda: reminded(on(10, 4))) == few
    assert Notice.objects.filter(kind="reports.due_day", recipient__username__startswith="thu.").count() == 2 + 30


def test_the_database_itself_takes_a_step_once(report, secretary):
    facts = {"report": report, "step": "due", "day": date(2024, 10, 3), "at": on(10, 3), "people": 1}
    Reminder.objects.create(**facts)
    with pytest.raises(IntegrityError, match="reports_reminder"), transaction.atomic():
        Reminder.objects.create(**facts)


@pytest.mark.parametrize("more", [{"step": "by_hand"}, {"step": "weekly"}, {"step": "due", "actor": True}])
def test_a_row_that_says_no_sense_is_refused(more, report, secretary):
    facts = {"report": report, "day": date(2024, 10, 3), "at": on(10, 3), "people": 1, **more}
    if more.get("actor"):
        facts["actor"] = secretary
    with pytest.raises(IntegrityError, match="reports_reminder"), transaction.atomic():
        Reminder.objects.create(**facts)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer; its tests share a connection")
def test_four_workers_at_once_tell_once(province, september, secretary, officer):
    gate = Barrier(4)

    def work(_number: int) -> int:
        try:
            gate.wait(timeout=20)
            return reminded(on(10, 4))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(work, range(4))) == [0, 0, 0, 7]
    assert (len(lines_to(secretary)), len(lines_to(officer))) == (1, 1)
    assert report_of(province.justice, september).reminders.count() == 1
