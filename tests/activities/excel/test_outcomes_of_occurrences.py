"""Outcomes by Excel where the activity takes place several times: a row for each unit and time."""

from datetime import date
from decimal import Decimal

import pytest

from activities.models import Participation
from activities.occurrences.services import add_occurrence, number_occurrences, remove_occurrence
from activities.services import record_participation
from activities.timing import Span
from tests.activities.excel.test_outcomes import agree, brought, errors, lines, taken
from tests.making import activity, count_queries, indicator

FEBRUARY, MARCH, LATER = date(2024, 2, 4), date(2024, 3, 3), date(2024, 3, 10)
JUSTICE, FINANCE = "Chi đoàn Sở Tư pháp", "Chi đoàn Sở Tài chính"
FIRST, SECOND = "Lần 1 (ngày 4/2/2024)", "Lần 2 (ngày 3/3/2024)"
MEANWHILE = "Đơn vị này đã có kết quả khác được ghi cho lần này. Hãy lấy bảng Excel mới."


@pytest.fixture
def sundays(province):
    made = activity(
        province.bloc_union,
        "Ngày Chủ nhật xanh",
        scope="all_units",
        repeats=2,
        indicators=[indicator(province.bloc_union, "Cây trồng mới", "cây")],
    )
    for day in (FEBRUARY, MARCH):
        add_occurrence(actor=None, activity=made, when=Span(day, day, "day"))
    return made


@pytest.fixture
def page(sundays):
    return f"/activities/{sundays.pk}/outcomes/"


def held(sundays, unit, number, day, people):
    one = sundays.occurrences.get(number=number)
    return record_participation(
        actor=None, activity=sundays, unit=unit, occurrence=one, done_on=day, people=people, note="Sáng"
    )


def by_time(sheet):
    """The cells of each row by the unit's name and the time that stands beside it."""
    rows = [row for row in sheet.iter_rows() if isinstance(row[0].value, int)]
    return {(row[1].value, row[2].value): row for row in rows}


def fill(row, *values):
    """Day, people, trees, note; null leaves a cell as it is."""
    for cell, value in zip(row[3:], values, strict=False):
        if value is not None:
            cell.value = value


def outcomes():
    rows = Participation.objects.prefetch_related("figures").order_by("unit__path", "occurrence__number", "done_on")
    return [
        (
            row.unit.name,
            row.occurrence and row.occurrence.number,
            row.done_on,
            row.people,
            row.note,
            len(row.figures.all()),
        )
        for row in rows
    ]


def test_a_row_for_each_unit_and_time_goes_out_and_comes_back_unchanged(client, province, sundays, page, officer):
    held(sundays, province.justice, 2, LATER, 20)
    client.force_login(officer)
    book, sheet = taken(client, page)
    heads = [[cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == "TT"]
    names = ["TT", "Đơn vị", "Lần nào", "Ngày tổ chức", "Số người tham gia", "Cây trồng mới (cây)", "Ghi chú", "Dòng"]
    assert heads == [names]
    found = by_time(sheet)
    assert {which for _name, which in found} == {FIRST, SECOND}
    assert len(found) == 14
    stands = found[JUSTICE, SECOND]
    assert [_plain(cell.value) for cell in stands[3:7]] == [LATER, 20, None, "Sáng"]
    assert [cell.protection.locked for cell in stands[:7]] == [True, True, True, False, False, False, False]
    seen = brought(client, page, book).context["preview"]
    assert (len(seen.unchanged), len(seen.rows), seen.may_apply) == (14, 14, False)


def _plain(value):
    return value.date() if hasattr(value, "hour") else value


def test_each_time_is_recorded_and_corrected_by_itself(client, province, sundays, page, officer):
    held(sundays, province.justice, 2, MARCH, 20)
    client.force_login(officer)
    book, sheet = taken(client, page)
    found = by_time(sheet)
    fill(found[JUSTICE, FIRST], FEBRUARY, 15, 30)
    fill(found[JUSTICE, SECOND], LATER, 25)
    fill(found[FINANCE, FIRST], FEBRUARY, 8, None, "Chiều")
    fill(found[FINANCE, SECOND], FEBRUARY, 9)
    answer = brought(client, page, book)
    assert (len(answer.context["preview"].changed), errors(answer)) == (4, [])
    names = [row.name for row in answer.context["preview"].changed]
    assert names[:2] == [f"{JUSTICE} · {FIRST}", f"{JUSTICE} · {SECOND}"]
    assert agree(client, answer).status_code == 302
    assert outcomes() == [
        (JUSTICE, 1, FEBRUARY, 15, "", 1),
        (JUSTICE, 2, LATER, 25, "Sáng", 0),
        (FINANCE, 1, FEBRUARY, 8, "Chiều", 0),
        (FINANCE, 2, FEBRUARY, 9, "", 0),
    ]
    assert Participation.objects.get(unit=province.justice, occurrence__number=1).figures.get().amount == Decimal(30)
    again = brought(client, page, taken(client, page)[0]).context["preview"]
    assert (len(again.unchanged), again.may_apply) == (14, False)


def test_the_same_workbook_again_changes_nothing_and_another_outcome_is_not_written_over(
    client, province, sundays, page, officer
):
    client.force_login(officer)
    book, sheet = taken(client, page)
    row = by_time(sheet)[FINANCE, FIRST]
    fill(row, FEBRUARY, 8)
    agree(client, brought(client, page, book))
    assert brought(client, page, book).context["preview"].changed == []
    held(sundays, province.finance, 1, MARCH, 8)
    assert errors(brought(client, page, book)) == [(f"D{row[0].row}", MEANWHILE)]


def test_recording_between_looking_and_agreeing_refuses_all(client, province, sundays, page, officer):
    client.force_login(officer)
    book, sheet = taken(client, page)
    fill(by_time(sheet)[FINANCE, FIRST], FEBRUARY, 8)
    fill(by_time(sheet)[JUSTICE, FIRST], FEBRUARY, 8)
    answer = brought(client, page, book)
    held(sundays, province.finance, 1, MARCH, 31)
    assert agree(client, answer).status_code == 409
    assert outcomes() == [(FINANCE, 1, MARCH, 31, "Sáng", 0)]


def test_a_time_that_moved_or_went_is_not_guessed(client, province, sundays, page, officer):
    client.force_login(officer)
    book, sheet = taken(client, page)
    found = by_time(sheet)
    rows = [found[FINANCE, FIRST][0].row, found[FINANCE, SECOND][0].row]
    fill(found[FINANCE, FIRST], FEBRUARY, 8)
    fill(found[FINANCE, SECOND], MARCH, 9)
    remove_occurrence(actor=None, occurrence=sundays.occurrences.get(number=1))
    said = errors(brought(client, page, book))
    assert [cell for cell, _words in said if cell[1:] in map(str, rows)] == [f"B{rows[0]}", f"C{rows[1]}"]
    assert (
        f"C{rows[1]}",
        "Dòng này nay là “Lần 1 (ngày 3/3/2024)”. Không sửa lần tổ chức tại đây; hãy lấy bảng Excel mới.",
    ) in said
    assert outcomes() == []


def test_a_workbook_from_before_it_was_divided_is_refused(client, province, page, officer):
    made = activity(province.bloc_union, "Ngày hội", scope="all_units", repeats=2)
    client.force_login(officer)
    page = f"/activities/{made.pk}/outcomes/"
    book, sheet = taken(client, page)
    lines(sheet)[FINANCE, None][2].value = FEBRUARY
    number_occurrences(actor=None, activity=made)
    answer = brought(client, page, book)
    assert not answer.context["preview"].may_apply
    assert len(errors(answer)) >= 1


def test_it_takes_the_same_number_of_queries_whatever_its_times(client, province, sundays, page, officer):
    held(sundays, province.justice, 1, FEBRUARY, 3)
    client.force_login(officer)
    at_two = count_queries(lambda: client.get(f"{page}workbook/"))
    for month in range(4, 10):
        day = date(2024, month, 7)
        add_occurrence(actor=None, activity=sundays, when=Span(day, day, "day"))
    for number in (1, 2):
        held(sundays, province.finance, number, LATER, 3)
    assert count_queries(lambda: client.get(f"{page}workbook/")) == at_two
