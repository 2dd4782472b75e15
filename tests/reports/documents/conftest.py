"""A quarter of the bloc union's year that is reported in part, ready to be put on paper."""

from datetime import date
from decimal import Decimal

import pytest

from core import files, jobs
from reports.documents.building import build_report
from reports.documents.models import OfficialDocument
from reports.documents.services import FILE_KIND, request_report
from reports.progress.services import approve_report, open_period, save_draft, submit_report
from reports.rollups.services import drain_dirty
from targets.calendar import Span
from targets.services import allocate
from tests.reports.progress.conftest import periods, resolution  # noqa: F401 - fixtures are used by name
from tests.reports.progress.scenes import amount, report_of
from units.enums import Kind, SuccessionKind
from units.models import Unit
from units.services import close_unit, create_unit, join_bloc

Q3 = Span.parse("2024-Q3")


@pytest.fixture
def reported(settings, province, resolution, periods, secretary, hospital_secretary, officer):  # noqa: F811
    """July to September: Justice 3, 4 and 5 units of blood, approved; the hospital 20 in September, submitted."""
    blood = resolution.blood.indicator

    def submit(unit: Unit, month: int, person, value: int, words: str):
        report = report_of(unit, periods[month])
        report = save_draft(
            actor=person,
            report=report,
            entries={blood.pk: amount(value)},
            narratives={"movements": words},
            version=report.version,
        )
        return submit_report(actor=person, report=report, version=report.version)

    for month, value in ((7, 3), (8, 4), (9, 5)):
        settings.PORTAL_TODAY = periods[month].due_on
        open_period(period=periods[month])
        report = submit(province.justice, month, secretary, value, f"Đã vận động {value} đoàn viên hiến máu.")
        approve_report(actor=officer, report=report)
    submit(province.hospital, 9, hospital_secretary, 20, "Tổ chức Ngày hội hiến máu tại bệnh viện.")
    settings.PORTAL_TODAY = date(2024, 10, 5)
    drain_dirty()
    return resolution


@pytest.fixture
def made(reported, leader, province):
    """Have a report of the third quarter made; the job is run in place of the worker."""

    def make(basis: str = "official", *, actor=leader, unit=province.bloc_union, span=Q3) -> OfficialDocument:
        document = request_report(actor=actor, unit=unit, span=span, basis=basis)
        document.refresh_from_db()
        jobs.run(document.job_id)
        document.refresh_from_db()
        return document

    return make


@pytest.fixture
def drafted(reported, leader, province):
    """A draft whose figures are frozen, with a file of a few bytes: for tests in which no page has to be set."""

    def draft(basis: str = "official") -> OfficialDocument:
        document = request_report(actor=leader, unit=province.bloc_union, span=Q3, basis=basis)
        document.snapshot = build_report(document).to_snapshot()
        document.file = files.store(
            kind=FILE_KIND,
            subject=str(document.pk),
            name="bao-cao.pdf",
            content=b"%PDF-1.7",
            content_type="application/pdf",
        )
        document.save(update_fields=["snapshot", "file"])
        document.refresh_from_db()
        return document

    return draft


@pytest.fixture
def gave_in_july(settings, reported, province, periods, neighbour, officer):  # noqa: F811
    """Finance has 10 units of blood handed down and gave 6 in July."""
    blood = reported.blood
    allocate(
        actor=officer,
        target=blood,
        unit=province.finance,
        minimum=Decimal(10),
        effective_on=date(2024, 1, 15),
        handed_by=province.bloc_union,
    )
    settings.PORTAL_TODAY = periods[7].due_on
    report = report_of(province.finance, periods[7])
    said = {blood.indicator_id: amount(6)}
    report = save_draft(actor=neighbour, report=report, entries=said, narratives={}, version=report.version)
    approve_report(actor=officer, report=submit_report(actor=neighbour, report=report, version=report.version))


@pytest.fixture
def close_finance(settings, province):
    """Close Finance by a decision that is recorded on 5/10: what was asked of it after that day stays in the table."""

    def record(on: date) -> None:
        settings.PORTAL_TODAY = date(2024, 10, 5)
        successor = create_unit(
            code="QNA-KCQ-099",
            name="Chi đoàn Sở Kế hoạch - Tài chính",
            kind=Kind.GRASSROOTS_BRANCH,
            parent=province.bloc_union,
            opened_on=on,
        )
        close_unit(unit=province.finance, on=on, successors=[(successor, SuccessionKind.WHOLE)])
        join_bloc(unit=successor, bloc=province.bloc_2, on=on)
        drain_dirty()

    return record
