"""Bulk approval: how long a thousand reports take, and that it is one set of statements, not a thousand.

python -m benchmarks.approving --units 1001
"""

import argparse
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from benchmarks import make_province
from benchmarks.servers import databases
from benchmarks.telling import close, head

if TYPE_CHECKING:
    from accounts.models import User
    from reports.progress.models import ProgressReport

LIMIT_SECONDS = 3
FEW, TIMES = 10, 3


def main() -> None:
    words = argparse.ArgumentParser(description="Approve the waiting reports of a made-up organisation at once.")
    words.add_argument("--units", type=int, default=1001, help="one of them is the topmost, which hands nothing in")
    asked = words.parse_args()
    with databases():
        measure(asked.units)


def measure(units: int) -> None:
    from accounts.models import User
    from reports.progress.selectors import reports_awaiting_review
    from reports.rollups.services import rebuild

    make_province.make_province(units=units, months=8, waiting="submitted")
    rebuild()
    officer = User.objects.get(username=make_province.username("officer", "TW"))
    waiting = list(reports_awaiting_review(officer))
    head(reports=len(waiting), months_before=8, tries=TIMES)
    assert len(waiting) == units - 1
    few = _try(officer, waiting[:FEW])
    tries = [_try(officer, waiting) for _time in range(TIMES)]
    summary, told = _press(officer, "reports:approve-summary", {"all": "1"}, wished=200)
    seen = [f"{report.pk}.{report.version}" for report in waiting]
    page, asked = _press(officer, "reports:approve-many", {"report": seen}, wished=302)
    _check(waiting)
    seconds = min(one[0] for one in tries)
    print(f"{FEW} reports by the service: {1000 * few[0]:.0f} ms, {few[1]} statements")
    print(f"{len(waiting)} reports by the service: {seconds:.2f} s, {tries[0][1]} statements")
    print(f"what approving all will do, judged and shown: {summary:.2f} s, {told} statements")
    print(f"{len(waiting)} reports by the page, notices and marks included: {page:.2f} s, {asked} statements")
    close(
        ratios={
            "statements_many_to_few": round(tries[0][1] / few[1], 2),
            "page_to_limit": round(page / LIMIT_SECONDS, 3),
        },
        reports=len(waiting),
        seconds={
            "service": round(seconds, 3),
            "page": round(page, 3),
            "limit": LIMIT_SECONDS,
            "summary": round(summary, 3),
        },
        statements={"few": few[1], "many": tries[0][1], "page": asked, "summary": told},
    )


def _try(officer: "User", reports: Sequence["ProgressReport"]) -> tuple[float, int]:
    """Approve them and take it back; seconds without the commit, and how many statements."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from reports.progress.models import ProgressReport
    from reports.progress.services import approve_reports

    with transaction.atomic():
        with CaptureQueriesContext(connection) as statements:
            began = time.perf_counter()
            approved = approve_reports(actor=type(officer).objects.get(pk=officer.pk), reports=reports)
            seconds = time.perf_counter() - began
        assert len(approved) == len(reports)
        assert ProgressReport.objects.filter(pk__in=[one.pk for one in reports], state="approved").count() == len(
            reports
        )
        transaction.set_rollback(True)
    return seconds, len(statements)


def _press(officer: "User", name: str, form: dict[str, object], *, wished: int) -> tuple[float, int]:
    """A button of the queue, from the request to its answer, the commit and what follows it included."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    browser = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    browser.force_login(officer, "accounts.backends.PortalBackend")
    with CaptureQueriesContext(connection) as statements:
        began = time.perf_counter()
        answer = browser.post(reverse(name), form)
        seconds = time.perf_counter() - began
    assert answer.status_code == wished
    return seconds, len(statements)


def _check(reports: Sequence["ProgressReport"]) -> None:
    """Every report is approved, its history says so once, its secretary was told, and the totals follow."""
    from core.models import Notice
    from reports.progress.models import ProgressReport, ReportEvent
    from reports.rollups.audit import audit_rollups

    keys = [report.pk for report in reports]
    assert ProgressReport.objects.filter(pk__in=keys, state="approved").count() == len(keys)
    assert ReportEvent.objects.filter(report__in=keys, action="approve").values("report").distinct().count() == len(
        keys
    )
    assert ReportEvent.objects.filter(report__in=keys, action="approve").count() == len(keys)
    assert Notice.objects.filter(kind="reports.approved").count() == len(keys)
    differences = audit_rollups()
    assert differences == [], differences[:3]


if __name__ == "__main__":
    main()
