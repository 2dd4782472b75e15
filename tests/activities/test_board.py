"""The quarter board: what stands where, what is due, what a postponement leaves, what the document contradicts."""

from datetime import date

from activities.board_page import board_page
from activities.clash_marks import marks_of
from activities.listing import listed_quarter
from activities.models import Activity
from activities.selectors import board, counts_by_sort, in_plan_order, wished, within
from activities.services import cancel, mark_done, postpone, start
from activities.wishes import Wishes
from plans.models import Section
from plans.services import add_section
from tests.making import activity, draft

TODAY = date(2024, 10, 5)


def span(first, last, precision):
    return [(date(2024, *first), date(2024, *last), precision)]


SEPTEMBER = span((9, 1), (9, 30), "month")
OCTOBER = span((10, 1), (10, 31), "month")


def page_of(unit, year=2024, **wished_for):
    wishes = Wishes(unit=unit, **wished_for)
    found = within(wished(Activity.objects.all(), wishes, TODAY), date(year, 1, 1), date(year, 12, 31))
    rows = list(in_plan_order(found))
    return board_page(rows, year=year, today=TODAY, clashes=marks_of(None, rows))


def counts(unit):
    found = wished(Activity.objects.all(), Wishes(unit=unit), TODAY)
    return counts_by_sort(within(found, date(2024, 1, 1), date(2024, 12, 31)), TODAY)


def names(quarter):
    return [(card.activity.name, card.look) for card in quarter.cards]


def test_each_activity_stands_in_the_quarter_of_its_time(province):
    kcq = province.bloc_union
    activity(kcq, "Hai lần", windows=span((3, 1), (3, 31), "month") + span((7, 1), (7, 31), "month"))
    activity(kcq, "Cả quý", windows=span((4, 1), (6, 30), "quarter"))
    activity(kcq, "Cả năm", windows=span((1, 1), (12, 31), "year"))
    activity(kcq, "Không ghi", windows=[])
    activity(kcq, "Đồng loạt", scope="all_units", windows=span((3, 26), (3, 26), "day"))
    shown = page_of(kcq)
    assert [[name for name, _look in names(quarter)] for quarter in shown.quarters] == [
        ["Hai lần"],
        ["Cả quý"],
        ["Hai lần"],
        [],
    ]
    assert [card.activity.name for card in shown.all_year.shown] == ["Cả năm"]
    assert [card.activity.name for card in shown.timeless.shown] == ["Không ghi"]
    assert [mark.placed.label for mark in shown.lane] == ["Đồng loạt · ngày 26/3 · Quá hạn 193 ngày"]
    assert counts(kcq) == {"all": 5, "overdue": 3, "issuer": 4, "all_units": 1, "bloc": 0, "unit": 0}


def test_states_and_overdue_on_the_day(province):
    kcq = province.bloc_union
    mark_done(actor=None, activity=activity(kcq, "Xong", windows=SEPTEMBER), done_on=date(2024, 9, 20))
    cancel(actor=None, activity=activity(kcq, "Hủy", windows=SEPTEMBER), reason="gộp vào hè")
    activity(kcq, "Trễ", windows=SEPTEMBER)
    start(actor=None, activity=activity(kcq, "Đang làm", windows=OCTOBER))
    shown = page_of(kcq)
    assert names(shown.quarters[2]) == [("Xong", "done"), ("Hủy", "cancelled"), ("Trễ", "overdue")]
    assert [card.note for card in shown.quarters[2].cards] == ["", "gộp vào hè", "Quá hạn 5 ngày"]
    assert names(shown.quarters[3]) == [("Đang làm", "under_way")]
    assert (shown.quarters[2].done, shown.quarters[2].total) == (1, 3)
    assert [card.activity.name for quarter in page_of(kcq, state="overdue").quarters for card in quarter.cards] == [
        "Trễ"
    ]


def test_today_s_line_stands_before_what_is_not_over(province):
    kcq = province.bloc_union
    activity(kcq, "Ngày 3/10", windows=span((10, 3), (10, 3), "day"))
    activity(kcq, "Tháng 10", windows=OCTOBER)
    shown = page_of(kcq)
    assert [name for name, _look in names(shown.quarters[3])] == ["Tháng 10", "Ngày 3/10"]
    assert [quarter.today_at for quarter in shown.quarters] == [None, None, None, 0]
    assert page_of(kcq, year=2023).today_x == ""


def test_a_postponed_activity_leaves_a_dashed_card_behind(province):
    event = activity(province.bloc_union, "Hội thao", windows=span((5, 1), (5, 31), "month"), is_tentative=True)
    postpone(actor=None, activity=event, windows=span((11, 2), (11, 2), "day"), reason="chờ sân")
    shown = page_of(province.bloc_union)
    (left,), (moved,) = shown.quarters[1].cards, shown.quarters[3].cards
    assert (left.is_former, left.when, left.note) == (True, "Dự kiến tháng 5", "sang ngày 2/11: chờ sân")
    assert (moved.is_former, moved.when) == (False, "Dự kiến ngày 2/11, lùi từ tháng 5")
    assert (shown.quarters[1].total, shown.quarters[3].total, counts(province.bloc_union)["all"]) == (0, 1, 1)


def test_what_the_document_lists_under_another_quarter_is_marked(province):
    plan = draft(province.bloc_union)
    section = add_section(plan=plan, number="", heading="Quý IV")
    activity(province.bloc_union, "Liên hoan", plan=plan, section=section, windows=SEPTEMBER)
    activity(province.bloc_union, "Hội nghị", plan=plan, section=section, windows=OCTOBER)
    shown = page_of(province.bloc_union)
    assert shown.quarters[2].cards == []
    first, second = shown.quarters[3].cards
    assert (first.activity.name, first.clashes, list(first.marks)) == (
        "Liên hoan",
        ["Xếp ở Quý IV nhưng ghi tháng 9, thuộc Quý III."],
        [],
    )
    assert (second.activity.name, second.clashes) == ("Hội nghị", ())


def test_which_quarter_a_heading_names():
    found = [
        listed_quarter(Section(heading=text)) for text in ("Quý I", "* QUÝ II:", "quý iii năm 2024", "Quý IV", "Quý")
    ]
    assert found == [1, 2, 3, 4, None]
    assert listed_quarter(None) is None


def test_a_unit_s_board_has_its_own_its_bloc_s_and_the_simultaneous_ones(province):
    activity(province.justice, "Của Tư pháp", scope="unit")
    activity(province.finance, "Của Tài chính", scope="unit")
    activity(province.bloc_union, "Của Đoàn Khối")
    activity(province.bloc_union, "Đồng loạt", scope="all_units")
    activity(province.qna, "Đồng loạt toàn tỉnh", scope="all_units")
    activity(province.bloc_union, "Của khối 1", scope="bloc", bloc=province.bloc_1)
    activity(province.bloc_union, "Của khối 2", scope="bloc", bloc=province.bloc_2)
    activity(province.kgi, "Đồng loạt Kiên Giang", scope="all_units")
    assert {event.name for event in board(province.justice, 2024)} == {
        "Của Tư pháp",
        "Đồng loạt",
        "Đồng loạt toàn tỉnh",
        "Của khối 1",
    }
