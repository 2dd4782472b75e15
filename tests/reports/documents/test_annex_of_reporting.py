"""The annex of reporting and the n of N: who owed a month, who gave it when, by which day."""

from dataclasses import replace
from datetime import date

from reports.documents.context import UnitAnnex
from reports.documents.layout import unit_tables
from reports.documents.punctuality import reporting_tables
from reports.documents.snapshot import from_plain, to_plain
from reports.progress.services import set_deadline
from tests.reports.documents.test_documents import report_in
from tests.reports.sample_report import BLOCS, unit_annex

FINANCE = "Chi đoàn Sở Tài chính"


def marks_of(report) -> dict[str, list[str]]:
    return {row.unit: [mark.timeliness for mark in row.marks] for row in report.reporting.rows}


def sums_of(report) -> list[str]:
    (table,) = unit_tables(report.units, report.basis.required)
    return [line.name for line in table.lines if line.css in ("sum", "total")]


def test_a_unit_owes_no_month_on_whose_last_day_it_was_gone(gave_in_july, close_finance, drafted):
    close_finance(date(2024, 8, 1))
    report = report_in(drafted())
    assert marks_of(report)[FINANCE] == ["on_time", "not_required", "not_required"]
    assert (report.basis.reported, report.basis.required) == (1, 3)
    assert not any(FINANCE in sentence for sentence in report.weaknesses)
    assert [len(bloc.rows) for bloc in report.units.blocs] == [2, 3]
    assert sums_of(report) == [
        "Cộng khối (1/2 đơn vị)",
        "Cộng khối (0/1 đơn vị)",
        "TỔNG CỘNG (1/3 đơn vị có báo cáo)",
    ]


def test_a_month_missed_by_a_unit_closed_since_stands_in_the_annex(close_finance, drafted):
    close_finance(date(2024, 9, 15))
    report = report_in(drafted())
    assert marks_of(report)[FINANCE] == ["missing", "missing", "not_required"]
    assert FINANCE not in {row.name for bloc in report.units.blocs for row in bloc.rows}


def test_the_note_names_the_days_that_judged_the_units(reported, province, periods, drafted):
    def say(unit) -> None:
        set_deadline(period=periods[9], unit=unit, due_on=date(2024, 9, 30), locks_on=date(2024, 10, 15))

    assert report_in(drafted()).reporting.deadline_note == "Hạn gửi báo cáo: 03/8, 03/9, 03/10."
    say(province.justice)
    assert report_in(drafted()).reporting.deadline_note == (
        "Hạn gửi báo cáo: 03/8, 03/9; riêng báo cáo tháng 9 theo quy định đối với từng đơn vị."
    )
    say(province.bloc_union)
    report = report_in(drafted())
    assert report.reporting.deadline_note == "Hạn gửi báo cáo: 03/8, 03/9, 30/9."
    late = next(row for row in report.reporting.rows if row.unit == "Chi đoàn Sở Tư pháp").marks[-1]
    assert (late.timeliness, late.days_late) == ("late", 3)


def test_where_no_month_has_one_day_the_note_names_none(reported, province, periods, drafted):
    for month, period in periods.items():
        if month in (7, 8, 9):
            day = period.last_day
            set_deadline(period=period, unit=province.justice, due_on=day, locks_on=period.locks_on)
    note = report_in(drafted()).reporting.deadline_note
    assert note == "Hạn gửi báo cáo theo quy định đối với từng đơn vị."


def test_who_still_has_time_is_neither_missing_nor_excused(settings, reported, drafted):
    settings.PORTAL_TODAY = date(2024, 10, 1)
    report = report_in(drafted())
    assert marks_of(report)[FINANCE] == ["missing", "missing", "not_due"]
    tables = reporting_tables(report.reporting)
    assert tables.not_due == "Chưa đến hạn, không tính là chưa gửi: tháng 9 có 2 đơn vị."
    month = replace(
        report.reporting,
        months=(9,),
        rows=tuple(replace(row, marks=row.marks[-1:]) for row in report.reporting.rows),
    )
    assert (reporting_tables(month).total.units, reporting_tables(month).faulty) == (4, ())


def test_what_was_frozen_before_the_owing_were_counted_opens_and_counts_every_row():
    annex = to_plain(unit_annex(columns=2, blocs=BLOCS[:1]))
    for bloc in annex["blocs"]:
        bloc.pop("required", None)
    (table,) = unit_tables(from_plain(UnitAnnex, annex), 9)
    assert "Cộng khối (9/9 đơn vị)" in {line.name for line in table.lines}
