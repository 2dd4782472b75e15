"""Activities of a draft changed and deleted by hand, and in and out by Excel."""

import io
import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.enums import Precision
from activities.models import Activity, ActivityProposal
from activities.resources import ActivityResource, activities_to_export
from activities.said_times import named_span, said_times, written_times
from activities.services import delete_activity, move_activity, postpone, record_participation, revise_activity, start
from activities.timing import Span
from core.workbooks import apply, preview, write_workbook
from plans.services import add_section, send_to_leader
from plans.versions.amending import amend_plan
from tests.making import activity, count_queries, draft, indicator, issue

from ..core.workbook_samples import workbook

MARCH = (date(2024, 3, 1), date(2024, 3, 31), "month")
SUMMER = (date(2024, 5, 1), date(2024, 6, 30), "months")


@pytest.fixture
def plan(province):
    return draft(province.bloc_union)


def windows(row: Activity) -> list[tuple[date, date, str]]:
    return list(row.windows.order_by("starts_on").values_list("starts_on", "ends_on", "precision"))


def test_only_what_is_named_changes(plan, province):
    blood = indicator(province.bloc_union)
    day = activity(plan.unit, plan=plan, indicators=[blood], place="Hội trường", windows=[MARCH, SUMMER])
    revise_activity(actor=None, activity=day, name="  Ngày  hội ")
    day = Activity.objects.get()
    assert (day.name, day.folded, day.place, list(day.indicators.all())) == (
        "Ngày hội",
        "ngay hoi",
        "Hội trường",
        [blood],
    )
    assert windows(day) == [MARCH, SUMMER]
    revise_activity(actor=None, activity=day, windows=[SUMMER], indicators=[], is_tentative=True)
    day = Activity.objects.get()
    assert (windows(day), day.indicators.count(), day.is_tentative) == ([SUMMER], 0, True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"repeats": 0}, "repeats"),
        ({"scope": "bloc"}, "bloc"),
        ({"name": " "}, "name"),
        ({"windows": [(date(2025, 1, 1), date(2025, 1, 31), "month")]}, "windows"),
        ({"windows": [(date(2024, 3, 2), date(2024, 3, 31), "month")]}, "windows"),
    ],
)
def test_a_wrong_change_is_named_and_nothing_changes(plan, changes, field):
    day = activity(plan.unit, plan=plan)
    with pytest.raises(ValidationError) as refused:
        revise_activity(actor=None, activity=day, **changes)
    assert set(refused.value.error_dict) == {field}
    day = Activity.objects.get()
    assert (day.name, day.scope, day.repeats, windows(day)) == ("Ngày hội hiến máu", "issuer", 1, [MARCH])


def test_only_who_may_enter_it_changes_it(plan, officer, neighbour):
    day = activity(plan.unit, plan=plan)
    for write in (
        lambda who: revise_activity(actor=who, activity=day, name="Khác"),
        lambda who: delete_activity(actor=who, activity=day),
    ):
        with pytest.raises(PermissionDenied):
            write(neighbour)
    revise_activity(actor=officer, activity=day, name="Khác")
    delete_activity(actor=officer, activity=day)
    assert Activity.objects.count() == 0


def names(plan) -> list[str]:
    return list(plan.activities.order_by("order").values_list("name", flat=True))


def test_activities_change_places_within_their_section(plan, officer, neighbour):
    one, two = (add_section(plan=plan, number=number, heading="Mục") for number in ("1", "2"))
    for name, section in (("c", two), ("a", one), ("d", two), ("b", one)):
        activity(plan.unit, name, plan=plan, section=section)
    last = plan.activities.get(name="d")
    move_activity(actor=officer, activity=last, step="up")
    assert names(plan) == ["a", "b", "d", "c"]
    for refusal, actor, step in ((ValidationError, officer, "up"), (PermissionDenied, neighbour, "down")):
        with pytest.raises(refusal):
            move_activity(actor=actor, activity=last, step=step)
    revise_activity(actor=officer, activity=plan.activities.get(name="a"), section=two)
    assert names(plan) == ["b", "d", "c", "a"]


def test_what_has_begun_moves_and_what_was_sent_does_not(plan):
    first, second = activity(plan.unit, "a", plan=plan), activity(plan.unit, "b", plan=plan)
    start(actor=None, activity=second)
    move_activity(actor=None, activity=second, step="up")
    assert names(plan) == ["b", "a"]
    send_to_leader(actor=None, plan=plan)
    with pytest.raises(ValidationError) as refused:
        move_activity(actor=None, activity=first, step="up")
    assert (refused.value.code, names(plan)) == ("not_draft", ["b", "a"])


def test_deleting_opens_what_was_found_in_the_document_again(plan, officer):
    day = activity(plan.unit, plan=plan)
    found = ActivityProposal.objects.create(
        plan=plan, start=0, end=3, quote="Hội", state="accepted", activity=day, decided_by=officer
    )
    delete_activity(actor=None, activity=day)
    found.refresh_from_db()
    assert (found.state, found.activity, found.decided_by, Activity.objects.count()) == ("open", None, None, 0)


def test_outside_a_draft_it_is_postponed_or_called_off(plan, province):
    loose, begun, sent = activity(plan.unit), activity(plan.unit, plan=plan), activity(plan.unit, plan=plan)
    held = activity(plan.unit, plan=plan)
    start(actor=None, activity=begun)
    record_participation(actor=None, activity=held, unit=plan.unit, done_on=date(2024, 3, 9))
    for row in (loose, begun, held):
        with pytest.raises(ValidationError):
            delete_activity(actor=None, activity=row)
    send_to_leader(actor=None, plan=plan)
    for write in (revise_activity, delete_activity):
        with pytest.raises(ValidationError) as refused:
            write(actor=None, activity=sent)
        assert refused.value.code == "not_draft"
    assert Activity.objects.count() == 4


def test_an_activity_is_changed_and_deleted_in_the_browser(client, officer, plan):
    day = activity(plan.unit, plan=plan)
    client.force_login(officer)
    assert f"/activities/{day.pk}/revise/" in client.get(f"/activities/{day.pk}/").content.decode()
    form = client.get(f"/activities/{day.pk}/revise/").context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, "", False, [])}
    assert (sent["precision_0"], sent["starts_on_0"], sent["name"]) == ("month", MARCH[0], "Ngày hội hiến máu")
    late = {**sent, "starts_on_0": "1/1/2026"}
    refused = client.post(f"/activities/{day.pk}/revise/", late)
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"starts_on_0"})
    done = client.post(f"/activities/{day.pk}/revise/", {**sent, "starts_on_0": "15/7/2024"})
    assert (done.status_code, done.url) == (302, f"/plans/{plan.pk}/activities/")
    assert windows(day) == [(date(2024, 7, 1), date(2024, 7, 31), "month")]
    assert client.get(f"/activities/{day.pk}/delete/").status_code == 200
    assert client.post(f"/activities/{day.pk}/delete/").url == f"/plans/{plan.pk}/activities/"
    assert Activity.objects.count() == 0


def test_buttons_move_an_activity_without_a_script(client, officer, plan):
    section = add_section(plan=plan, number="V", heading="Hoạt động")
    for name in ("a", "b"):
        activity(plan.unit, name, plan=plan, section=section)
    begun = activity(plan.unit, "c", plan=plan)
    start(actor=None, activity=begun)
    second = plan.activities.get(name="b")
    client.force_login(officer)
    page = client.get(f"/plans/{plan.pk}/activities/")
    assert [
        (group.section, [[step for step, _words, _icon, is_open in row.steps if is_open] for row in group.rows])
        for group in page.context["rows"]
    ] == [(section, [["down"], ["up"]]), (None, [[]])]
    words = page.content.decode()
    assert f"/activities/{second.pk}/delete/" in words
    assert f"/activities/{begun.pk}/delete/" not in words
    done = client.post(f"/plans/{plan.pk}/activities/{second.pk}/move/", {"step": "up"})
    assert done.url == f"/plans/{plan.pk}/activities/?moved={second.pk}&step=up"
    assert names(plan) == ["b", "a", "c"]
    again = client.post(f"/plans/{plan.pk}/activities/{second.pk}/move/", {"step": "up"}, follow=True)
    assert "Không chuyển theo hướng đó được" in again.content.decode()


def test_the_list_asks_the_same_number_of_times_however_long_it_is(client, officer, plan, province):
    client.force_login(officer)
    address = f"/plans/{plan.pk}/activities/"
    counts = []
    for many in (1, 29):
        for number in range(many):
            section = add_section(plan=plan, number=str(number), heading="Mục")
            activity(plan.unit, f"{number}", plan=plan, section=section, scope="bloc", bloc=province.bloc_1)
        counts.append(count_queries(lambda: client.get(address)))
    assert counts[0] == counts[1]


def test_an_activity_has_a_row_for_each_window(client, officer, plan):
    day = activity(plan.unit, plan=plan, windows=[MARCH, SUMMER])
    client.force_login(officer)
    page = client.get(f"/activities/{day.pk}/revise/")
    buttons = re.findall(r'<button [^>]*type="submit"[^>]*>', page.content.decode().partition("<main")[2])
    assert "another_time" not in buttons[0]  # pressed by Enter in a field
    form = page.context["form"]
    rows = [[field.value() for field in row] for row in form.window_rows]
    assert rows == [["month", MARCH[0], None], ["months", SUMMER[0], SUMMER[1]]]
    sent = {
        "name": "Khác",
        "scope": "issuer",
        "repeats": 2,
        "precision_0": "month",
        "starts_on_0": "",
        "ends_on_0": "",
        "precision_1": "months",
        "starts_on_1": "1/5/2024",
        "ends_on_1": "30/6/2024",
        "precision_2": "day",
        "starts_on_2": "9/3/2024",
    }
    assert client.post(f"/activities/{day.pk}/revise/", sent).status_code == 302
    day.refresh_from_db()
    assert (day.name, day.repeats) == ("Khác", 2)
    assert windows(day) == [(date(2024, 3, 9), date(2024, 3, 9), "day"), SUMMER]


@pytest.mark.parametrize("address", ["/activities/new/?plan={plan}", "/activities/{day}/revise/"])
def test_another_time_is_asked_for_without_losing_what_was_typed(client, officer, plan, province, address):
    blood = indicator(province.bloc_union)
    day = activity(plan.unit, plan=plan, indicators=[blood], is_tentative=True)
    client.force_login(officer)
    sent = {"name": "", "scope": "bloc", "repeats": "x", "starts_on_0": "9/", "precision_0": "day", "another_time": "1"}
    answer = client.post(address.format(plan=plan.pk, day=day.pk), sent)
    form = answer.context["form"]
    assert (answer.status_code, form.errors) == (200, {})
    assert [[field.value() for field in row] for row in form.window_rows] == [["day", "9/", None], [None] * 3]
    typed = [form[name].value() for name in ("name", "scope", "repeats", "is_tentative", "indicators")]
    assert typed == ["", "bloc", "x", False, []]
    assert Activity.objects.get().name == "Ngày hội hiến máu"


def test_there_is_an_end_to_the_times_of_one_activity(client, officer, plan):
    client.force_login(officer)
    sent = {**{f"starts_on_{row}": "" for row in range(60)}, "another_time": "1"}
    assert client.post(f"/activities/new/?plan={plan.pk}", sent).context["form"].rows == 24


def test_an_officer_above_changes_a_blocs_own_of_a_lower_unit(client, top_officer, plan, province):
    day = activity(plan.unit, plan=plan, scope="bloc", bloc=province.bloc_1)
    client.force_login(top_officer)
    form = client.get(f"/activities/{day.pk}/revise/").context["form"]
    assert set(form.fields["bloc"].queryset) == {province.bloc_1, province.bloc_2}
    sent = {"name": "Khác", "scope": "bloc", "bloc": province.bloc_1.pk, "precision_0": "month", "repeats": 1}
    done = client.post(f"/activities/{day.pk}/revise/", {**sent, "starts_on_0": "1/3/2024"})
    assert done.status_code == 302
    day.refresh_from_db()
    assert (day.name, day.bloc) == ("Khác", province.bloc_1)


def test_what_has_begun_is_changed_in_the_version_in_force(client, officer, plan):
    day, still = activity(plan.unit, plan=plan), activity(plan.unit, "Hội trại", plan=plan)
    issue(plan)
    postpone(actor=None, activity=day, windows=[SUMMER], reason="Mưa bão")
    amendment = amend_plan(actor=None, plan=plan)
    begun, planned = amendment.activities.get(origin=day), amendment.activities.get(origin=still)
    for write in (revise_activity, delete_activity):
        with pytest.raises(ValidationError) as refused:
            write(actor=None, activity=begun)
        assert refused.value.messages == [
            "Hoạt động này đã được triển khai, hoãn hoặc hủy ở bản đang có hiệu lực. "
            "Hãy ghi thay đổi ở bản đó; thay đổi sẽ được chuyển sang khi ban hành bản sửa đổi."
        ]
    client.force_login(officer)
    for row, is_offered in ((begun, False), (planned, True)):
        page = client.get(f"/activities/{row.pk}/").content.decode()
        for step in ("revise", "delete"):
            assert (f"/activities/{row.pk}/{step}/" in page) is is_offered


# --- times in words ---------------------------------------------------------------------------------------------------

TIMES = [
    ("Tháng 3/2024", [MARCH]),
    ("tháng 3", [MARCH]),
    ("5–6/2024", [SUMMER]),
    ("Quý II", [(date(2024, 4, 1), date(2024, 6, 30), "quarter")]),
    ("26/3/2024", [(date(2024, 3, 26), date(2024, 3, 26), "day")]),
    ("Từ 10/8 đến 11/8/2024", [(date(2024, 8, 10), date(2024, 8, 11), "day")]),
    ("Cả năm 2024", [(date(2024, 1, 1), date(2024, 12, 31), "year")]),
    ("Cuối tháng 10", [(date(2024, 10, 21), date(2024, 10, 31), "part_of_month")]),
    ("Tháng 3 và tháng 5–6/2024", [MARCH, SUMMER]),
    ("Tháng 3; tháng 5 - 6", [MARCH, SUMMER]),
]


@pytest.mark.parametrize(("words", "meant"), TIMES)
def test_a_time_as_people_type_it(words, meant):
    said = said_times(words, year=2024)
    assert ([tuple(span) for span in said.windows], said.tentative) == (meant, False)


@pytest.mark.parametrize(("_words", "meant"), TIMES)
def test_what_is_written_is_read_again(_words, meant):
    spans = [Span(*window) for window in meant]
    assert said_times(written_times(spans), year=1999).windows == spans


def test_a_tentative_time():
    assert said_times("Dự kiến tháng 3", year=2024) == ([Span(*MARCH)], True)


@pytest.mark.parametrize("words", ["sau Tết", "31/2/2024", "tháng 3 tại Hội An", "=1+1", "trước ngày 15/10", "x" * 300])
def test_what_is_no_time(words):
    with pytest.raises(ValueError, match="không phải là thời gian"):
        said_times(words, year=2024)


@pytest.mark.parametrize(
    ("first", "last", "precision"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), Precision.YEAR),
        (date(2024, 4, 1), date(2024, 6, 30), Precision.QUARTER),
        (date(2024, 5, 1), date(2024, 6, 30), Precision.MONTHS),
        (date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
        (date(2024, 2, 1), date(2024, 2, 28), Precision.DAY),
    ],
)
def test_two_days_under_the_name_that_fits(first, last, precision):
    assert named_span(first, last) == Span(first, last, precision)


# --- Excel ------------------------------------------------------------------------------------------------------------


def book(*rows: dict[str, object]) -> io.BytesIO:
    """A workbook with the columns that some row names, under their Vietnamese headings."""
    fields = ActivityResource.fields
    names = [name for name in fields if name == "name" or any(name in row for row in rows)]
    heads = [fields[name].headings[1] for name in names]
    return io.BytesIO(workbook(heads, *[[row.get(name) for name in names] for row in rows]))


def bring_in(user, plan, *rows):
    content = book(*rows)
    shown = preview(ActivityResource(plan), content, user=user)
    assert shown.errors == []
    return apply(ActivityResource(plan), content, user=user, fingerprint=shown.fingerprint)


def errors(user, plan, *rows) -> list[tuple[int, str, str]]:
    found = preview(ActivityResource(plan), book(*rows), user=user)
    return [(row.number, error.label, error.words) for row in found.errors for error in row.errors]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_was_taken_out_comes_in_without_a_difference(language, officer, plan, province, settings):
    from django.utils.translation import override

    section = add_section(plan=plan, number="V", heading="Hoạt động")
    activity(plan.unit, plan=plan, section=section, windows=[MARCH, SUMMER], is_tentative=True, repeats=4, place="=1+1")
    activity(plan.unit, "Không thời gian", plan=plan, windows=[])
    activity(plan.unit, "Của khối", plan=plan, scope="bloc", bloc=province.bloc_2)
    with override(language):
        content = io.BytesIO(write_workbook(ActivityResource(plan), activities_to_export(plan), title="Hoạt động"))
        found = preview(ActivityResource(plan), content, user=officer)
    assert [str(row.state) for row in found.rows] == ["unchanged"] * 3


def test_rows_change_and_add(officer, plan, province):
    day, camp = activity(plan.unit, plan=plan), activity(plan.unit, "Trại hè", plan=plan, windows=[MARCH, SUMMER])
    done = bring_in(
        officer,
        plan,
        {"key": day.pk, "time": "Quý II"},
        {"key": camp.pk, "name": "Hội trại", "tentative": "có"},
        {"name": "Ngày Chủ nhật xanh", "scope": "Đồng loạt", "time": "Cả năm", "repeats": 4},
        {"name": "Hội thi", "scope": "Khối thi đua", "bloc": 1, "starts_on": "1/4/2024", "ends_on": "30/4/2024"},
        {"name": "Ra quân", "scope": "Cấp ban hành", "time": date(2024, 3, 26)},
        {"name": "Gặp mặt", "scope": "Cấp ban hành", "time": "dự kiến tháng 5"},
        {"name": "Chưa rõ", "scope": "Cấp ban hành"},
    )
    assert [row.name for row in done.new][:2] == ["Ngày Chủ nhật xanh", "Hội thi"]
    rows = {row.name: row for row in Activity.objects.select_related("bloc")}
    quarter = (date(2024, 4, 1), date(2024, 6, 30), "quarter")
    assert windows(rows["Ngày hội hiến máu"]) == [quarter]
    assert (windows(rows["Hội trại"]), rows["Hội trại"].is_tentative) == ([MARCH, SUMMER], True)
    sunday, contest = rows["Ngày Chủ nhật xanh"], rows["Hội thi"]
    assert (sunday.scope, sunday.repeats, sunday.unit, sunday.plan) == ("all_units", 4, plan.unit, plan)
    assert windows(sunday) == [(date(2024, 1, 1), date(2024, 12, 31), "year")]
    assert (contest.bloc, windows(contest)) == (province.bloc_1, [(date(2024, 4, 1), date(2024, 4, 30), "month")])
    assert windows(rows["Ra quân"]) == [(date(2024, 3, 26), date(2024, 3, 26), "day")]
    assert (rows["Gặp mặt"].is_tentative, windows(rows["Chưa rõ"])) == (True, [])


def test_a_workbook_brought_in_twice_enters_nothing_twice(officer, plan):
    new = {"name": "Ngày hội", "scope": "Cấp ban hành", "time": "Quý II"}
    bring_in(officer, plan, new)
    words = "Văn bản đã có hoạt động này vào thời gian này. Hãy tải lại tệp Excel mới nhất."
    assert errors(officer, plan, new, {**new, "time": "Quý III"}) == [(2, "Hoạt động", words)]
    assert Activity.objects.count() == 1


def test_errors_name_row_and_column_in_words(officer, plan, province):
    day = activity(plan.unit, plan=plan)
    stranger = activity(plan.unit, plan=draft(plan.unit, title="Văn bản khác"))
    new = {"name": "Mới", "scope": "Cấp ban hành"}
    key = "Mã hoạt động (để trống nếu thêm mới)"
    assert errors(
        officer,
        plan,
        {"key": stranger.pk, "name": "Lấy của văn bản khác"},
        {"key": "abc", "name": "Mới"},
        {"name": "Mới"},
        {**new, "time": "sau Tết"},
        {**new, "time": "Quý II", "starts_on": "1/3/2024"},
        {**new, "ends_on": "1/3/2024"},
        {**new, "time": "Quý II/2026"},
        {**new, "scope": "Khối thi đua", "bloc": 9},
        {**new, "repeats": 0},
        {"key": day.pk, "plan_key": stranger.plan_id},
        {"key": day.pk, "name": "Lặp"},
    ) == [
        (2, key, "Văn bản này không có hoạt động mang mã này. Để trống ô này nếu thêm hoạt động mới."),
        (3, key, "“abc” không phải là số nguyên."),
        (4, "Cấp thực hiện", "Dòng mới phải có nội dung ô này."),
        (
            5,
            "Thời gian",
            "“sau Tết” không phải là thời gian; hãy ghi như Tháng 3/2024, Quý II, 5–6/2024 hoặc 26/3/2024.",
        ),
        (6, "Thời gian", "Thời gian ghi bằng chữ và các ngày không khớp nhau. Hãy để trống một trong hai."),
        (7, "Ngày đầu", "Hãy ghi ngày bắt đầu."),
        (8, "Thời gian", "Thời gian nằm ngoài thời hạn của văn bản."),
        (9, "Khối thi đua số", "Cấp ban hành không có khối thi đua mang số này."),
        (10, "Số lần", "Hoạt động diễn ra ít nhất một lần."),
        (11, "Mã văn bản trên cổng", "Dòng này thuộc văn bản khác. Hãy tải tệp Excel của chính văn bản này."),
        (12, "", "Dòng này lặp lại dòng 11."),
    ]
    assert Activity.objects.count() == 2


def test_what_somebody_else_deleted_is_told(plan):
    day = activity(plan.unit, plan=plan)
    Activity.objects.filter(pk=day.pk).delete()
    for write in (
        lambda: revise_activity(actor=None, activity=day, name="Khác"),
        lambda: delete_activity(actor=None, activity=day),
    ):
        with pytest.raises(ValidationError) as refused:
            write()
        assert refused.value.code == "gone"
