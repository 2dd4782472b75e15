"""The grid as a workbook: out with sums and days, back without a change, or with differences that are handed down."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from core.workbooks import XLSX
from targets.models import Allocation
from tests.making import draft, issue, target
from tests.targets.sharing.scenes import JULY, NEW_YEAR, TODAY, D, give, issued_targets


@pytest.fixture
def goals(province):
    made = issued_targets(province)
    give(made["blood"], province.justice, 40, maximum=50)
    give(made["blood"], province.finance, "12.5", on=JULY)
    give(made["relapse"], province.justice, None, maximum=0)
    give(made["studied"], province.justice, 90)
    return made


@pytest.fixture
def page(goals):
    return f"/allocations/{goals['blood'].plan_id}/excel/"


def taken(client, page):
    book = load_workbook(BytesIO(client.get(page).content))
    return book, book.worksheets[0]


def rows_of(sheet) -> dict[str, list]:
    """The cells of each row by what stands in its second column."""
    return {row[1].value: row for row in sheet.iter_rows() if row[1].value}


def plain(value):
    """A day without the midnight that Excel adds."""
    return value.date() if hasattr(value, "hour") else value


def brought(client, page, book):
    content = BytesIO()
    book.save(content)
    upload = SimpleUploadedFile("giao.xlsx", content.getvalue(), content_type=XLSX)
    return client.post(f"{page}import/", {"file": upload}, follow=True)


def agree(client, answer):
    fingerprint = answer.context["preview"].fingerprint
    return client.post(answer.request["PATH_INFO"], {"fingerprint": fingerprint})


def states(answer) -> dict[str, str]:
    return {row.name: str(row.state) for row in answer.context["preview"].rows}


def test_it_goes_out_with_sums_and_days(client, goals, page, officer):
    client.force_login(officer)
    _book, sheet = taken(client, page)
    rows = {name: [plain(cell.value) for cell in row] for name, row in rows_of(sheet).items()}
    assert rows["Phải giao"][3:12] == [150, 200, None, 1000, None, 0, None, 90, None]
    assert rows["Đã giao"][3:12] == [52.5, None, None, None, None, 0, None, None, None]
    assert rows["Vượt (+) hoặc thiếu (−)"][3:9] == [-97.5, None, None, None, None, 0]
    assert rows["Đơn vị được giao"][3:12] == [2, None, None, 0, None, 1, None, 1, None]
    assert rows["Chi đoàn Sở Tư pháp"][:12] == [
        *("QNA-KCQ-003", "Chi đoàn Sở Tư pháp", TODAY, 40, 50, NEW_YEAR, None, None, 0, NEW_YEAR, 90, NEW_YEAR),
    ]
    assert rows["Chi đoàn Sở Tài chính"][3:6] == [12.5, None, JULY]


def test_out_and_in_again_changes_nothing(client, goals, page, officer):
    client.force_login(officer)
    book, _sheet = taken(client, page)
    answer = brought(client, page, book)
    assert set(states(answer).values()) == {"unchanged"}
    assert len(states(answer)) == 4
    assert not answer.context["preview"].may_apply
    assert agree(client, answer).status_code == 409
    assert Allocation.objects.count() == 4


def test_what_differs_is_shown_row_by_row_and_handed_down_from_its_day_on(client, province, goals, page, officer):
    client.force_login(officer)
    book, sheet = taken(client, page)
    rows = rows_of(sheet)
    rows["Chi đoàn Sở Tư pháp"][3].value = 45
    rows["Chi đoàn Sở Tư pháp"][6].value = "1.200"
    rows["Chi đoàn Sở Tài chính"][2].value = date(2024, 8, 1)
    rows["Chi đoàn Sở Tài chính"][4].value = 20
    rows["Đoàn cơ sở Bệnh viện Đa khoa"][2].value = date(2024, 9, 1)  # a day alone
    rows["Đoàn cơ sở Trường Cao đẳng Y tế"][3].value = None
    answer = brought(client, page, book)
    assert sorted(states(answer).values()) == ["changed", "changed", "unchanged", "unchanged"]
    (first, _second) = answer.context["preview"].changed
    assert [(change.old, change.new) for change in first.changes] == [("–", "5/10/2024"), ("40", "45"), ("–", "1.200")]
    assert Allocation.objects.count() == 4
    assert agree(client, answer).status_code == 302
    made = Allocation.objects.order_by("-pk")[:3]
    said = {(row.target.code, row.unit.code, row.minimum, row.maximum, row.effective_on, row.actor) for row in made}
    assert said == {
        ("1.1", "QNA-KCQ-003", D(45), D(50), TODAY, officer),
        ("1.2", "QNA-KCQ-003", D(1200), None, TODAY, officer),
        ("1.1", "QNA-KCQ-004", D("12.5"), D(20), date(2024, 8, 1), officer),
    }


def test_one_wrong_cell_names_itself_and_nothing_is_handed_down(client, goals, page, officer):
    client.force_login(officer)
    book, sheet = taken(client, page)
    rows = rows_of(sheet)
    rows["Chi đoàn Sở Tư pháp"][3].value = 45
    rows["Chi đoàn Sở Tài chính"][4].value = 3
    rows["Đoàn cơ sở Trường Cao đẳng Y tế"][10].value = 101
    rows["Đoàn cơ sở Bệnh viện Đa khoa"][2].value = date(2025, 3, 1)
    rows["Đoàn cơ sở Bệnh viện Đa khoa"][3].value = 1
    answer = brought(client, page, book)
    said = {row.name: [error.cell[:1] for error in row.errors] for row in answer.context["preview"].errors}
    assert said == {
        "Chi đoàn Sở Tài chính": ["E"],
        "Đoàn cơ sở Trường Cao đẳng Y tế": ["K"],
        "Đoàn cơ sở Bệnh viện Đa khoa": ["C"],
    }
    assert agree(client, answer).status_code == 409
    assert Allocation.objects.count() == 4


def test_what_changed_since_the_look_is_not_handed_down(client, province, goals, page, officer):
    client.force_login(officer)
    book, sheet = taken(client, page)
    rows_of(sheet)["Chi đoàn Sở Tư pháp"][3].value = 45
    answer = brought(client, page, book)
    give(goals["blood"], province.justice, 44, on=TODAY)
    assert agree(client, answer).status_code == 409
    assert Allocation.objects.filter(minimum=45).count() == 0


def test_the_workbook_of_another_unit_or_plan_is_refused(client, province, goals, page, officer):
    client.force_login(officer)
    book, _sheet = taken(client, page)
    other = target(draft(province.bloc_union, "Kế hoạch khác"))
    issue(other.plan, 7)
    answer = brought(client, f"/allocations/{other.plan_id}/excel/", book)
    assert answer.status_code == 422
    assert "Tệp này của văn bản khác, hoặc của đơn vị giao khác." in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "out", "back"),
    [("officer", 200, 200), ("leader", 200, 403), ("secretary", 404, 403), ("administrator", 404, 404)],
)
def test_who_takes_and_who_brings(client, goals, page, request, who, out, back):
    client.force_login(request.getfixturevalue(who))
    assert (client.get(page).status_code, client.get(f"{page}import/").status_code) == (out, back)
