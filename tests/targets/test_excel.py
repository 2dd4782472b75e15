"""Targets of a draft in and out by Excel."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from core.workbooks import apply, preview, write_workbook
from plans.services import add_section
from targets.models import Indicator, Target
from targets.resources import TargetResource, targets_to_export
from targets.services import delete_target
from tests.making import draft, indicator, milestone, ratio, target

from ..core.workbook_samples import workbook

COLUMNS = {name: str(column.label) for name, column in TargetResource.fields.items()}


@pytest.fixture
def plan(province):
    """A section with a target of every kind."""
    plan = draft(province.bloc_union)
    section = add_section(plan=plan, number="1.7", heading="Hiến máu")
    first = target(plan, section=section, phases=[(date(2024, 6, 30), Decimal("75.5"))])
    target(plan, code="1.8", restates=first)
    people = ratio(province.bloc_union)
    target(plan, code="1.9", on=people, minimum=Decimal(100), maximum=None)
    target(
        plan,
        code="2",
        on=milestone(province.bloc_union),
        minimum=None,
        maximum=None,
        carried_by="each_unit",
        carrier_kinds=["grassroots_branch", "grassroots_union"],
        carrier_reach="all",
        required_share=Decimal(100),
        due_on=date(2024, 6, 30),
    )
    return plan


def book(*rows: dict[str, object]) -> io.BytesIO:
    """A workbook with the columns that some row names, under their Vietnamese headings."""
    names = [name for name in COLUMNS if any(name in row for row in rows)]
    heads = [TargetResource.fields[name].headings[1] for name in names]
    return io.BytesIO(workbook(heads, *[[row.get(name) for name in names] for row in rows]))


def bring_in(user, plan, *rows):
    content = book(*rows)
    shown = preview(TargetResource(plan), content, user=user)
    assert shown.errors == []
    return apply(TargetResource(plan), content, user=user, fingerprint=shown.fingerprint)


def errors(user, plan, *rows) -> list[tuple[int, str, str]]:
    found = preview(TargetResource(plan), book(*rows), user=user)
    return [(row.number, error.label, error.words) for row in found.errors for error in row.errors]


def test_what_was_taken_out_comes_in_without_a_difference(officer, plan):
    content = io.BytesIO(write_workbook(TargetResource(plan), targets_to_export(plan), title="Chỉ tiêu"))
    found = preview(TargetResource(plan), content, user=officer)
    assert [(row.name, str(row.state)) for row in found.rows] == [
        ("1.7", "unchanged"),
        ("1.8", "unchanged"),
        ("1.9", "unchanged"),
        ("2", "unchanged"),
    ]


def test_what_was_deleted_comes_back_from_the_workbook(officer, plan):
    content = io.BytesIO(write_workbook(TargetResource(plan), targets_to_export(plan), title="Chỉ tiêu"))
    facts = [TargetResource(plan).values_of(row) for row in targets_to_export(plan)]
    for row in Target.objects.order_by("-order"):
        delete_target(target=row)
    shown = preview(TargetResource(plan), content, user=officer)
    assert [str(row.state) for row in shown.rows] == ["new"] * 4
    apply(TargetResource(plan), content, user=officer, fingerprint=shown.fingerprint)
    assert [TargetResource(plan).values_of(row) for row in targets_to_export(plan)] == facts
    assert Indicator.objects.count() == 3


def test_only_changed_cells_change(officer, plan):
    done = bring_in(
        officer,
        plan,
        {"code": "1.7", "minimum": "160", "due_on": "30/11/2024"},
        {"code": "2", "carrier_kinds": "Chi đoàn cơ sở", "carrier_reach": "Các đơn vị trực thuộc"},
    )
    assert [[(change.label, change.old, change.new) for change in row.changes] for row in done.changed] == [
        [("Tối thiểu", "150", "160"), ("Hạn hoàn thành", "31/12/2024", "30/11/2024")],
        [
            ("Loại hình đơn vị", "Đoàn cơ sở, Chi đoàn cơ sở", "Chi đoàn cơ sở"),
            ("Những đơn vị nào", "Mọi đơn vị bên dưới", "Các đơn vị trực thuộc"),
        ],
    ]
    first, last = Target.objects.get(code="1.7"), Target.objects.get(code="2")
    assert (first.minimum, first.maximum, first.due_on, first.phases.count()) == (160, 200, date(2024, 11, 30), 1)
    assert (last.carrier_kinds, last.carrier_reach, last.required_share) == (["grassroots_branch"], "direct", 100)


def test_a_new_target_takes_the_indicator_that_is_known(officer, plan, province):
    bring_in(
        officer,
        plan,
        {
            "code": "1.10",
            "name": "Hiến máu đợt hai",
            "section": "1.7",
            "indicator": "máu hiến tinh nguyen",
            "carried_by": "Toàn đơn vị",
            "minimum": "1.500",
        },
        {
            "code": "3",
            "name": "Trồng cây",
            "indicator": "Cây xanh trồng mới",
            "measure": "cây",
            "kind": "Số lượng",
            "over_time": "Cộng dồn các tháng",
            "carried_by": "mỗi khối thi đua",
            "required_share": "100%",
            "minimum": 50,
        },
    )
    blood, trees = Target.objects.get(code="1.10"), Target.objects.get(code="3")
    assert (blood.indicator, blood.section.address, blood.carried_by, blood.minimum) == (
        indicator(province.bloc_union),
        "1.7",
        "pooled",
        1500,
    )
    facts = (trees.indicator.name, trees.indicator.confirmed_at, trees.required_share, trees.starts_on, trees.due_on)
    assert facts == ("Cây xanh trồng mới", None, 100, date(2024, 1, 1), date(2024, 12, 31))


def test_errors_name_row_and_column_in_words(officer, plan):
    whole = {"name": "Mới", "indicator": "Máu hiến tình nguyện", "carried_by": "Toàn đơn vị", "minimum": 1}
    needed = "Dòng mới phải có nội dung ô này."
    assert errors(
        officer,
        plan,
        {"code": "5"},
        {"code": "6", **whole, "section": "IX"},
        {"code": "7", **whole, "restates": "99"},
        {"code": "8", **whole, "indicator": "Chưa biết"},
        {"code": "9", **whole, "kind": "Tỷ lệ"},
        {"code": "10", **whole, "minimum": "nhiều", "due_on": "32/1/2024"},
        {"code": "1.7", "minimum": 300},
        {"code": "11", **whole, "carried_by": "Mỗi đơn vị"},
        {"code": "12", **whole, "plan_key": plan.pk + 1},
        {"code": "1.8", "phases": "tháng 6: 5"},
    ) == [
        (2, "Chỉ tiêu", needed),
        (2, "Chỉ số", needed),
        (2, "Ai thực hiện", needed),
        (3, "Đường dẫn mục", "Văn bản không có mục “IX”."),
        (4, "Nhắc lại chỉ tiêu", "Văn bản không có chỉ tiêu “99”. Chỉ tiêu được nhắc lại phải đứng ở dòng phía trên."),
        (5, "Đơn vị tính", needed),
        (5, "Loại số liệu", needed),
        (5, "Cách tính", needed),
        (6, "Loại số liệu", "Danh mục đã có “Máu hiến tình nguyện” với loại khác."),
        (7, "Tối thiểu", "Hãy viết một con số, ví dụ 1.500 hoặc 12,5."),
        (7, "Hạn hoàn thành", "“32/1/2024” không phải là ngày; hãy viết như 26/3/2024."),
        (8, "Tối đa", "Mức tối đa thấp hơn mức tối thiểu."),
        (9, "Tỷ lệ đơn vị hoặc khối phải đạt, %", "Cho biết bao nhiêu phần trăm đơn vị phải đạt."),
        (10, "Mã văn bản trên cổng", "Dòng này thuộc văn bản khác. Hãy tải tệp Excel của chính văn bản này."),
        (11, "Theo từng mốc", "Hãy viết ngày, ví dụ 26/3/2024."),
    ]
    assert Target.objects.count() == 4


def exported(plan, code: str, **changes) -> dict[str, object]:
    """The row of a target as it was taken out, with some cells written over."""
    book = load_workbook(io.BytesIO(write_workbook(TargetResource(plan), targets_to_export(plan), title="Chỉ tiêu")))
    heads, *rows = [line for line in book.active.iter_rows(values_only=True) if any(cell is not None for cell in line)]
    by_head = {head: name for name, field in TargetResource.fields.items() for head in field.headings}
    names = [by_head.get(head) for head in heads]
    cells = (dict(zip(names, line, strict=True)) for line in rows)
    row = next(row for row in cells if row["code"] == code)
    return {name: value for name, value in row.items() if name} | changes


def test_another_name_in_a_full_row_proposes_a_new_indicator(officer, plan):
    bring_in(officer, plan, exported(plan, "1.7", indicator="Máu hiến của đoàn viên"))
    new = Target.objects.get(code="1.7").indicator
    assert (new.name, new.measure, new.kind, new.over_time, new.confirmed_at) == (
        "Máu hiến của đoàn viên", "đơn vị máu", "amount", "sum", None,
    )  # fmt: skip
    assert Target.objects.get(code="1.8").indicator.name == "Máu hiến tình nguyện"


def test_another_name_in_a_full_row_takes_the_one_that_is_known(officer, plan, province):
    """Of several of that name the one of the row's measure; of one only, whatever measure and kind the row has."""
    indicator(province.bloc_union, "Ngày hội", "đợt")
    liters = indicator(province.bloc_union, "Ngày hội", "đơn vị máu", over_time="latest")
    people = indicator(province.bloc_union, "Người tham gia", "người", over_time="latest")
    rows = (exported(plan, "1.7", indicator="ngay hoi"), exported(plan, "1.9", indicator="người tham gia"))
    bring_in(officer, plan, *rows)
    assert Target.objects.get(code="1.7").indicator == liters
    assert Target.objects.get(code="1.9").indicator == people
