"""Outcomes of an activity that many units do, as a workbook: out, filled in, looked at, recorded; or refused whole."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from activities.excel.outcomes import OutcomesResource, outcomes_workbook
from activities.models import Activity, Participation
from activities.services import cancel, record_participation
from core import jobs
from core.models import Job
from core.workbooks import XLSX, NotApplied, apply, background, preview
from tests.making import activity, count_queries, indicator

MAY, JUNE = date(2024, 5, 4), date(2024, 6, 8)


@pytest.fixture
def blood(province):
    return indicator(province.bloc_union)


@pytest.fixture
def item(province, blood):
    made = activity(province.bloc_union, "Ngày hội hiến máu", scope="all_units", repeats=2, indicators=[blood])
    facts = {"people": 20, "figures": {blood: Decimal(7)}, "note": "Tại trụ sở"}
    record_participation(actor=None, activity=made, unit=province.justice, done_on=MAY, **facts)
    return made


@pytest.fixture
def page(item):
    return f"/activities/{item.pk}/outcomes/"


def taken(client, page):
    book = load_workbook(BytesIO(client.get(f"{page}workbook/").content))
    return book, book.worksheets[0]


def lines(sheet) -> dict[tuple[str, object], list]:
    """The cells of each row by the unit's name and the day that stands in it."""
    found = {}
    for row in sheet.iter_rows():
        if row[0].value and isinstance(row[0].value, int):
            day = row[2].value
            found[row[1].value, day.date() if day else None] = row
    return found


def brought(client, page, book):
    content = BytesIO()
    book.save(content)
    upload = SimpleUploadedFile("ket-qua.xlsx", content.getvalue(), content_type=XLSX)
    return client.post(f"{page}excel/", {"file": upload}, follow=True)


def agree(client, answer):
    fingerprint = answer.context["preview"].fingerprint
    return client.post(answer.request["PATH_INFO"], {"fingerprint": fingerprint})


def fill(row, *values):
    """Day, people, blood, note; null leaves a cell as it is."""
    for cell, value in zip(row[2:], values, strict=False):
        if value is not None:
            cell.value = value


def states(answer):
    """Unit → what becomes of its row, where anything does."""
    rows = answer.context["preview"].rows
    return {row.name: str(row.state) for row in rows if str(row.state) != "unchanged"}


def errors(answer):
    return [(error.cell, error.words) for row in answer.context["preview"].errors for error in row.errors]


def outcomes():
    rows = Participation.objects.prefetch_related("figures").order_by("unit__path", "done_on")
    return [(row.unit.code, row.done_on, row.people, [f.amount for f in row.figures.all()], row.note) for row in rows]


KEPT_DAY = "Không đổi ngày của kết quả đã ghi (4/5/2024) tại đây. Ngày tổ chức khác thì ghi thành kết quả riêng."
BEFORE = [("QNA-KCQ-003", MAY, 20, [Decimal(7)], "Tại trụ sở")]


def test_it_goes_out_with_a_row_for_each_unit_and_comes_back_unchanged(client, province, page, officer):
    client.force_login(officer)
    book, sheet = taken(client, page)
    found = lines(sheet)
    assert [(name, day) for name, day in found] == [
        ("Đoàn Khối các cơ quan tỉnh Quảng Nam", None),
        ("Đoàn cơ sở Bệnh viện Đa khoa", None),
        ("Chi đoàn Khối Ngoại", None),
        ("Chi đoàn Khối Nội", None),
        ("Đoàn cơ sở Trường Cao đẳng Y tế", None),
        ("Chi đoàn Sở Tư pháp", MAY),
        ("Chi đoàn Sở Tư pháp", None),  # it takes place twice
        ("Chi đoàn Sở Tài chính", None),
    ]
    stands = found["Chi đoàn Sở Tư pháp", MAY]
    assert [cell.value for cell in stands[3:6]] == [20, 7, "Tại trụ sở"]
    assert [cell.protection.locked for cell in stands[:6]] == [True, True, True, False, False, False]
    assert sheet.column_dimensions["G"].hidden
    answer = brought(client, page, book)
    seen = answer.context["preview"]
    assert (len(seen.unchanged), len(seen.rows), seen.may_apply) == (8, 8, False)


def test_outcomes_are_recorded_as_they_were_shown(client, province, page, officer):
    client.force_login(officer)
    book, sheet = taken(client, page)
    found = lines(sheet)
    fill(found["Chi đoàn Sở Tài chính", None], JUNE, 30, 12, "Đợt 1")
    fill(found["Chi đoàn Sở Tư pháp", None], JUNE, None, 3)
    fill(found["Chi đoàn Sở Tư pháp", MAY], None, 25)
    answer = brought(client, page, book)
    seen = answer.context["preview"]
    assert (len(seen.changed), len(seen.unchanged), seen.errors) == (3, 5, [])
    assert outcomes() == BEFORE
    assert agree(client, answer).status_code == 302
    assert outcomes() == [
        ("QNA-KCQ-003", MAY, 25, [Decimal(7)], "Tại trụ sở"),
        ("QNA-KCQ-003", JUNE, None, [Decimal(3)], ""),
        ("QNA-KCQ-004", JUNE, 30, [Decimal(12)], "Đợt 1"),
    ]
    assert set(Participation.objects.values_list("recorded_by__username", flat=True)) == {"can.bo"}
    # The correction stands in the activity's history, as by hand.
    assert "20" in Activity.objects.get().events.last().reason
    again = brought(client, page, book).context["preview"]
    assert (len(again.unchanged), again.may_apply) == (8, False)


def test_one_wrong_row_keeps_all_from_being_recorded(client, province, page, officer):
    client.force_login(officer)
    book, sheet = taken(client, page)
    found = lines(sheet)
    fill(found["Chi đoàn Sở Tài chính", None], JUNE, 30, 12)
    fill(found["Đoàn cơ sở Bệnh viện Đa khoa", None], date(2024, 12, 24), 5)
    fill(found["Chi đoàn Khối Nội", None], None, 5)
    fill(found["Chi đoàn Khối Ngoại", None], JUNE, 5, 2.5)
    fill(found["Chi đoàn Sở Tư pháp", MAY], JUNE)
    fill(found["Đoàn cơ sở Trường Cao đẳng Y tế", None], JUNE, "mười", 1)
    answer = brought(client, page, book)
    first = found["Đoàn Khối các cơ quan tỉnh Quảng Nam", None][0].row
    assert errors(answer) == [
        (f"C{first + 1}", "Ngày này chưa đến."),
        (f"E{first + 2}", "“Máu hiến tình nguyện” chỉ nhận số nguyên."),
        (f"C{first + 3}", "Hãy ghi ngày tổ chức."),
        (f"D{first + 4}", "“mười” không phải là số nguyên."),
        (f"C{first + 5}", KEPT_DAY),
    ]
    assert agree(client, answer).status_code == 409
    assert outcomes() == BEFORE


def test_names_are_not_changed_and_nothing_of_a_cancelled_one_is_recorded(client, province, item, page, officer):
    client.force_login(officer)
    book, sheet = taken(client, page)
    found = lines(sheet)
    found["Chi đoàn Sở Tài chính", None][1].value = "Chi đoàn khác"
    assert [words for _cell, words in errors(brought(client, page, book))] == [
        "Đơn vị của dòng này là “Chi đoàn Sở Tài chính”. Không sửa tên đơn vị; hãy lấy bảng Excel mới."
    ]
    book, sheet = taken(client, page)
    fill(lines(sheet)["Chi đoàn Sở Tài chính", None], JUNE, 5)
    cancel(actor=None, activity=item, reason="Gộp")
    assert len(errors(brought(client, page, book))) == 1
    assert outcomes() == BEFORE


def test_what_was_recorded_meanwhile_is_not_written_over(client, province, item, page, officer):
    client.force_login(officer)
    book, sheet = taken(client, page)
    fill(lines(sheet)["Chi đoàn Sở Tài chính", None], JUNE, 30)
    answer = brought(client, page, book)
    record_participation(actor=None, activity=item, unit=province.finance, done_on=JUNE, people=31)
    refused = agree(client, answer)
    assert refused.status_code == 409
    assert len(refused.context["preview"].errors) == 1
    assert Participation.objects.get(unit=province.finance).people == 31


def test_what_changes_between_judging_and_writing_undoes_all(province, item, officer):
    def resource():
        return OutcomesResource(item, officer)

    book = load_workbook(BytesIO(outcomes_workbook(resource())))
    found = lines(book.worksheets[0])
    fill(found["Đoàn cơ sở Bệnh viện Đa khoa", None], JUNE, 8)
    fill(found["Chi đoàn Sở Tài chính", None], JUNE, 30)
    content = BytesIO()
    book.save(content)
    seen = preview(resource(), content, user=officer)
    late = resource()
    judge = late.notes

    def meanwhile():
        record_participation(actor=None, activity=item, unit=province.finance, done_on=JUNE, people=31)
        return judge()

    late.notes = meanwhile  # type: ignore[method-assign]
    with pytest.raises(NotApplied):
        apply(late, content, user=officer, fingerprint=seen.fingerprint)
    assert not Participation.objects.filter(unit=province.hospital).exists()


def test_a_large_workbook_is_looked_at_and_recorded_by_jobs(client, province, page, officer, monkeypatch):
    monkeypatch.setattr(background, "LARGE", 10)
    client.force_login(officer)
    book, sheet = taken(client, page)
    fill(lines(sheet)["Chi đoàn Sở Tài chính", None], JUNE, 30, 12)
    brought(client, page, book)
    look = Job.objects.get()
    jobs.run(look.pk)
    look.refresh_from_db()
    assert states(client.get(look.result_url)) == {"Chi đoàn Sở Tài chính": "changed"}
    agree(client, client.get(look.result_url))
    jobs.run(Job.objects.exclude(pk=look.pk).get().pk)
    assert outcomes() == [*BEFORE, ("QNA-KCQ-004", JUNE, 30, [Decimal(12)], "")]


def test_another_workbook_is_refused_in_words(client, province, blood, page, officer):
    client.force_login(officer)
    other = activity(province.bloc_union, "Hội khác", scope="all_units", indicators=[blood])
    book, _sheet = taken(client, f"/activities/{other.pk}/outcomes/")
    answer = brought(client, page, book)
    assert answer.status_code == 422
    assert "Đây là bảng Excel của hoạt động khác. Hãy lấy bảng ở trang này." in answer.content.decode()
    calendar = load_workbook(BytesIO(client.get("/activities/calendar.xlsx").content))
    answer = brought(client, page, calendar)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_it_is_for_officers_of_the_body_and_for_what_many_do(client, province, request, page):
    own = activity(province.bloc_union, "Đoàn Khối làm")
    for name, status in {"secretary": 404, "leader": 403, "bloc_head": 404, "outsider": 404, "officer": 200}.items():
        client.force_login(request.getfixturevalue(name))
        for address in (f"{page}workbook/", f"{page}excel/"):
            assert (name, client.get(address).status_code) == (name, status)
    assert client.get(f"/activities/{own.pk}/outcomes/workbook/").status_code == 404


def test_the_workbook_takes_the_same_number_of_queries_whatever_its_size(client, province, item, page, officer):
    client.force_login(officer)
    at_one = count_queries(lambda: client.get(f"{page}workbook/"))
    assert at_one <= 15
    for unit in province.grassroots:
        record_participation(actor=None, activity=item, unit=unit, done_on=JUNE, people=5)
    assert count_queries(lambda: client.get(f"{page}workbook/")) == at_one


def test_what_was_held_together_stays_with_its_host(client, province, item, page, officer):
    record_participation(
        actor=None, activity=item, unit=province.finance, done_on=JUNE, people=9, host=province.justice
    )
    client.force_login(officer)
    book, sheet = taken(client, page)
    fill(lines(sheet)["Chi đoàn Sở Tài chính", JUNE], None, 11)
    assert agree(client, brought(client, page, book)).status_code == 302
    row = Participation.objects.get(unit=province.finance)
    assert (row.people, row.host) == (11, province.justice)
    book, sheet = taken(client, page)
    fill(lines(sheet)["Chi đoàn Sở Tài chính", JUNE], None, None, 4)
    assert [words for _cell, words in errors(brought(client, page, book))] == [
        "Số liệu do đơn vị chủ trì ghi; ở đây hãy để trống."
    ]
