"""Workbooks of September as the cast takes them out."""

from collections.abc import Callable

import pytest

from accounts.models import User
from core.workbooks import apply, preview
from reports.progress.excel.export import month_workbook, unit_workbook
from reports.progress.excel.months import reports_in_reach
from reports.progress.excel.resources import MonthResource, UnitResource
from reports.progress.models import ProgressReport

from .filled import Filled


@pytest.fixture
def month_of(september) -> Callable[[User], MonthResource]:
    """The whole of September as it stands now, for a person."""
    return lambda user: MonthResource(user, september, reports_in_reach(user, september))


@pytest.fixture
def month_book(month_of) -> Callable[[User], Filled]:
    return lambda user: Filled(month_workbook(month_of(user), user))


@pytest.fixture
def unit_book(report) -> Callable[[User], Filled]:
    """The Department of Justice's September."""
    return lambda user: Filled(unit_workbook(UnitResource(user, report), report, user))


@pytest.fixture
def bring_month(month_of):
    """Apply a whole month's workbook as a person who agrees with what is shown."""

    def bring(book: Filled, user: User):
        shown = preview(month_of(user), book.file(), user=user)
        return apply(month_of(user), book.file(), user=user, fingerprint=shown.fingerprint)

    return bring


@pytest.fixture
def bring_unit(report):
    def bring(book: Filled, user: User):
        now = ProgressReport.objects.select_related("unit", "period").get(pk=report.pk)
        shown = preview(UnitResource(user, now), book.file(), user=user)
        return apply(UnitResource(user, now), book.file(), user=user, fingerprint=shown.fingerprint)

    return bring
