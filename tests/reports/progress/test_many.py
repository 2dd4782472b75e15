"""Many reports approved at once: as many statements for some as for many, each with its history, mark and notice."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from core.models import Notice
from reports.enums import ReportState
from reports.progress.models import ProgressReport, ReportEvent
from reports.progress.services import approve_reports
from reports.rollups.models import DirtyMark
from units.models import Unit

# SQLite takes no more rows of history and notices than this in one statement.
MANY = 300 if connection.vendor == "postgresql" else 90


def waiting(province, september, author: User, first: int, count: int) -> list[ProgressReport]:
    """So many submitted reports of branches under one grassroots unit, each with a secretary of its own."""
    above, numbers = province.college, range(first, first + count)
    units = Unit.objects.bulk_create(
        Unit(
            path=Unit._get_path(above.path, above.depth + 1, number),
            depth=above.depth + 1,
            parent=above,
            code=f"{above.code}-{number}",
            name=f"Chi đoàn {number}",
            short_name=f"Chi đoàn {number}",
            folded=f"chi doan {number}",
            kind="branch",
            level=4,
            opened_on=date(2020, 1, 1),
        )
        for number in numbers
    )
    people = User.objects.bulk_create(User(username=f"bi-thu-{number}") for number in numbers)
    Role.objects.bulk_create(
        Role(user=user, unit=unit, name="secretary") for user, unit in zip(people, units, strict=True)
    )
    moment = {"submitted_at": "2024-10-02T09:00+07:00", "first_submitted_at": "2024-10-02T09:00+07:00"}
    reports = ProgressReport.objects.bulk_create(
        ProgressReport(unit=unit, period=september, state=ReportState.SUBMITTED, submitted_by=author, **moment)
        for unit in units
    )
    ReportEvent.objects.bulk_create(
        ReportEvent(report=report, action="submit", from_state="draft", to_state="submitted", actor=author, at=at)
        for report in reports
        for at in [moment["submitted_at"]]
    )
    return reports


@pytest.fixture
def statements(django_capture_on_commit_callbacks):
    """Count what a step asks of the database, notices after the commit included."""

    def count(step) -> int:
        with CaptureQueriesContext(connection) as asked, django_capture_on_commit_callbacks(execute=True):
            step()
        return len(asked)

    return count


def test_as_many_statements_for_ten_as_for_many(province, september, officer, secretary, statements):
    few = waiting(province, september, secretary, 1, 10)
    many = waiting(province, september, secretary, 11, MANY)
    DirtyMark.objects.all().delete()

    def approve(reports: list[ProgressReport]):
        # A person of each request's own, whose roles are read anew.
        approve_reports(actor=User.objects.get(pk=officer.pk), reports=reports)

    assert statements(lambda: approve(few)) == statements(lambda: approve(many))
    approved = {report.pk for report in [*few, *many]}
    assert set(ProgressReport.objects.filter(state="approved").values_list("pk", flat=True)) == approved
    assert sorted(ReportEvent.objects.filter(action="approve").values_list("report", flat=True)) == sorted(approved)
    assert sorted(DirtyMark.objects.values_list("unit", flat=True)) == sorted(one.unit_id for one in [*few, *many])
    assert Notice.objects.filter(kind="reports.approved").count() == 10 + MANY


def test_the_page_asks_no_more_for_many_than_for_ten(client, province, september, officer, secretary, statements):
    """From the button of the queue to its answer."""
    few = waiting(province, september, secretary, 1, 10)
    many = waiting(province, september, secretary, 11, MANY)
    client.force_login(officer)

    def press(reports: list[ProgressReport]):
        answer = client.post("/reports/review/approve/", {"report": [report.pk for report in reports]})
        assert answer.status_code == 302

    assert statements(lambda: press(few)) == statements(lambda: press(many))
    assert ProgressReport.objects.filter(state="approved").count() == 10 + MANY
