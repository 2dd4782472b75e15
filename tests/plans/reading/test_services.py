"""A document becomes a plan: nothing lost, every section with its place; read again, every decision stays."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from plans.models import FoundContradiction, ReportDeadline
from plans.outline import Head
from plans.outline.read import read_outline
from plans.proposals.contradictions import look_at
from plans.reading import steps
from plans.reading.head import facts_of, number_of
from plans.reading.services import correct_head, read_again, version_of_head
from plans.services import add_section, delete_section, revise_section, send_to_leader

from .scenes import DOCUMENT, read_plan

HEAD = {
    "kind": "programme",
    "title": "Chương trình công tác năm 2024",
    "number": 6,
    "issued_on": date(2024, 1, 12),
    "place": "Tam Kỳ",
    "starts_on": date(2024, 1, 1),
    "ends_on": date(2024, 12, 31),
}


def _rows(plan) -> list[tuple]:
    return list(plan.sections.order_by("order").values_list("number", "heading", "text", "start", "end", "depth"))


def test_the_whole_document_stands_in_the_plan(province, officer):
    plan = read_plan(province.bloc_union, officer)
    assert plan.text == DOCUMENT
    assert (plan.unit, plan.created_by, plan.state) == (province.bloc_union, officer, "draft")
    assert (plan.kind, plan.title) == ("programme", "Công tác Đoàn và phong trào thanh niên năm 2024")
    assert (plan.starts_on, plan.ends_on) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (plan.number, plan.symbol, plan.issued_on, plan.place) == (5, "", date(2024, 1, 10), "Quảng Nam")
    assert [row["name"] for row in plan.recipients] == ["Tỉnh đoàn (b/c)", "Lưu: VP"]


def test_every_section_has_its_row_its_words_and_its_place(province):
    plan = read_plan(province.bloc_union)
    outline = read_outline(DOCUMENT)
    rows = list(plan.sections.order_by("order"))
    assert [(row.start, row.end) for row in rows] == [(found.start, found.end) for found in outline.sections]
    assert [(row.number, row.heading, row.text) for row in rows] == [
        ("I", "MỤC ĐÍCH", "Nâng cao chất lượng tổ chức Đoàn & phong trào, tỷ lệ yếu < 5%."),
        ("II", "HỆ THỐNG CHỈ TIÊU", ""),
        ("1", "Cấp Đoàn Khối", ""),
        ("1.1", "", "Vận động hiến máu đạt từ 120 - 160 đơn vị máu."),
        ("1.2", "", "Trồng mới 900 cây xanh."),
        ("2", "Cấp cơ sở", ""),
        ("2.1", "", "100% chi đoàn cơ sở tổ chức Đại hội trong Quý II/2024."),
        ("III", "TỔ CHỨC THỰC HIỆN", ""),
        ("", "", "Các đơn vị gửi báo cáo về Đoàn Khối trước ngày 20/11/2024."),
        ("", "", "Giao Văn phòng theo dõi việc thực hiện."),
    ]
    by_number = {row.number: row for row in rows if row.number}
    assert by_number["1.2"].parent == by_number["1"]
    assert by_number["1"].parent == by_number["II"]
    assert {row.start for row in rows} == {DOCUMENT.index(DOCUMENT[row.start : row.end]) for row in rows}


def test_numbers_that_repeat_and_a_text_without_sections_derail_nothing(province):
    twice = read_plan(province.bloc_union, text="I. MỘT\n1. Việc đầu.\n1. Việc sau.\nI. HAI\n1. Việc ba.\n")
    assert twice.sections.count() == 5
    assert len(set(twice.sections.values_list("address", flat=True))) == 5
    bare = read_plan(province.bloc_union, text="Chỉ một câu không có số mục.")
    assert (bare.sections.count(), bare.text) == (0, "Chỉ một câu không có số mục.")
    assert (bare.title, bare.kind) != ("", "")


def test_headings_longer_than_a_heading_become_text(province):
    words = "Tổ chức các hoạt động " * 40
    plan = read_plan(province.bloc_union, text=f"I. {words}\n1. Việc.\n")
    row = plan.sections.order_by("order").first()
    assert " ".join(f"{row.heading} {row.text}".split()) == words.strip()


def test_deadlines_for_reports_are_kept_apart(province):
    plan = read_plan(province.bloc_union)
    (duty,) = ReportDeadline.objects.filter(plan=plan)
    assert duty.due_on == date(2024, 11, 20)
    assert plan.text[duty.start : duty.end] == duty.quote
    assert "trước ngày 20/11/2024" in duty.quote


def test_contradictions_are_flagged_with_their_words(province):
    plan = read_plan(province.bloc_union, text=DOCUMENT.replace("20/11/2024", "20/11/2023"))
    found = FoundContradiction.objects.get(plan=plan)
    assert (found.kind, plan.text[found.start : found.end]) == ("due_before_document", found.quote)


@pytest.mark.parametrize(
    ("number", "read"), [("02-NQ/ĐTN", 2), ("347-CV/TĐTN-VP", 347), ("", None), ("/NQ-ĐTN", None), ("-NQ/ĐTN", None)]
)
def test_the_running_number_of_a_head(number, read):
    assert number_of(Head(number=number)) == read


def test_a_head_that_says_nothing_gets_a_sensible_start(province):
    facts = facts_of(Head(), province.bloc_union)
    assert (facts["kind"], facts["starts_on"], facts["ends_on"]) == ("plan", date(2024, 1, 1), date(2024, 12, 31))
    assert facts["title"] == "Chương trình công tác năm 2024"


def test_the_registered_readers_get_the_rows_of_the_sections(province, monkeypatch):
    monkeypatch.setattr(steps, "_readers", [])
    calls = []

    def reader(*, plan, outline, sections):
        calls.append([(index, sections[index].pk) for index in range(len(outline.sections))])

    steps.register(reader)
    steps.register(reader)
    plan = read_plan(province.bloc_union)
    assert calls == [list(enumerate(plan.sections.order_by("order").values_list("pk", flat=True)))]


def test_outsiders_make_no_plan_of_the_unit(province, secretary, leader, outsider):
    for person in (secretary, leader, outsider):
        with pytest.raises(PermissionDenied):
            read_plan(province.bloc_union, person)


def test_reading_again_changes_nothing_where_nothing_is_new(province, officer):
    plan = read_plan(province.bloc_union)
    before = _rows(plan), list(plan.sections.order_by("order").values_list("pk", flat=True))
    read_again(actor=officer, plan=plan)
    assert (_rows(plan), list(plan.sections.order_by("order").values_list("pk", flat=True))) == before
    assert [reading.actor for reading in plan.readings.all()] == [None, officer]
    assert ReportDeadline.objects.filter(plan=plan).count() == 1


def test_reading_again_keeps_what_was_written_and_finds_what_is_missing(province, officer):
    plan = read_plan(province.bloc_union)
    changed = plan.sections.get(number="1.1")
    revise_section(section=changed, number="1.1", heading="Hiến máu", text="Đã sửa.")
    added = add_section(plan=plan, number="1.3", heading="Thêm bằng tay", parent=plan.sections.get(number="1"))
    plan.sections.get(number="1.2").delete()
    read_again(actor=officer, plan=plan)
    rows = list(plan.sections.order_by("order"))
    assert [row.number for row in rows] == ["I", "II", "1", "1.1", "1.2", "1.3", "2", "2.1", "III", "", ""]
    assert [row.order for row in rows] == list(range(1, 12))
    assert (rows[3].pk, rows[3].heading, rows[3].text) == (changed.pk, "Hiến máu", "Đã sửa.")
    assert (rows[4].text, rows[4].parent_id) == ("Trồng mới 900 cây xanh.", rows[2].pk)
    assert rows[5].pk == added.pk


def test_reading_again_brings_nothing_back_that_was_deleted_by_hand(province, officer, monkeypatch):
    readings = []
    monkeypatch.setattr(steps, "_readers", [lambda **found: readings.append(found["sections"])])
    plan = read_plan(province.bloc_union)
    count = plan.sections.count()
    for number in ("1.2", "2.1", "2", "I"):
        delete_section(section=plan.sections.get(number=number))
    plan.refresh_from_db()
    read_again(actor=officer, plan=plan)
    rows = list(plan.sections.order_by("order"))
    assert [row.number for row in rows] == ["II", "1", "1.1", "III", "", ""]
    # What is found in them hangs on the section above, where there is one.
    given = [readings[-1].get(index) for index in range(count)]
    assert [row and row.number for row in given] == [None, "II", "1", "1.1", "1", "II", "II", "III", "", ""]
    plan.sections.get(number="1.1").delete()
    read_again(actor=officer, plan=plan)
    assert [row.number for row in plan.sections.order_by("order")] == ["II", "1", "1.1", "III", "", ""]


def test_what_somebody_has_looked_at_stays_looked_at(province, officer):
    late = "- Các đơn vị gửi danh sách đăng ký trước ngày 05/01/2024.\nNơi nhận:"
    text = DOCUMENT.replace("20/11/2024", "20/11/2023").replace("Nơi nhận:", late)
    plan = read_plan(province.bloc_union, text=text)
    seen, unseen = FoundContradiction.objects.filter(plan=plan).order_by("start")
    look_at(actor=officer, contradiction=seen)
    read_again(actor=officer, plan=plan)
    rows = FoundContradiction.objects.filter(plan=plan).order_by("start")
    assert [(row.start, row.seen_by) for row in rows] == [(seen.start, officer), (unseen.start, None)]


def test_only_a_draft_is_read_again_and_only_by_its_officers(province, officer, leader):
    plan = read_plan(province.bloc_union)
    with pytest.raises(PermissionDenied):
        read_again(actor=leader, plan=plan)
    send_to_leader(actor=officer, plan=plan)
    with pytest.raises(ValidationError) as refused:
        read_again(actor=officer, plan=plan)
    assert refused.value.code == "not_draft"
    assert plan.readings.count() == 1


def test_the_head_is_corrected(province, officer):
    plan = read_plan(province.bloc_union)
    correct_head(actor=officer, plan=plan, version=version_of_head(plan), **HEAD)
    plan.refresh_from_db()
    assert {name: getattr(plan, name) for name in HEAD} == HEAD
    assert plan.folded == "chuong trinh cong tac nam 2024"


def test_a_head_that_another_changed_meanwhile_is_not_written_over(province, officer):
    plan = read_plan(province.bloc_union)
    seen = version_of_head(plan)
    correct_head(actor=officer, plan=plan, version=seen, **HEAD)
    with pytest.raises(ValidationError) as refused:
        correct_head(actor=officer, plan=plan, version=seen, **{**HEAD, "title": "Tên khác"})
    assert refused.value.code == "stale"
    plan.refresh_from_db()
    assert plan.title == HEAD["title"]


def test_the_head_is_the_officers_and_its_term_runs_on(province, officer, leader):
    plan = read_plan(province.bloc_union)
    with pytest.raises(PermissionDenied):
        correct_head(actor=leader, plan=plan, version=version_of_head(plan), **HEAD)
    with pytest.raises(ValidationError) as refused:
        correct_head(actor=officer, plan=plan, version=version_of_head(plan), **{**HEAD, "ends_on": date(2023, 1, 1)})
    assert set(refused.value.error_dict) == {"ends_on"}
