"""All views of the calendar alike: whose activities, which of them, what exists for whom, the bar, what they ask."""

import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from activities.board_page import CARDS_A_QUARTER
from activities.cutting import Cut, cut
from activities.models import Activity, Window
from activities.selectors import counts_by_sort, is_overdue, wished
from activities.services import cancel, mark_done, postpone
from activities.timing import Span
from activities.wishes import Wishes
from core.folding import fold
from targets.models import Target
from tests.making import activity, count_queries, draft, indicator, issue, target
from units.enums import Kind
from units.models import Unit
from units.services import create_unit

VIEWS = ("board", "month", "week", "timeline", "list")
TODAY = date(2024, 10, 5)
THIS_WEEK = [Span(date(2024, 10, 2), date(2024, 10, 2), "day")]
AHEAD = [Span(date(2024, 10, 6), date(2024, 10, 6), "day")]


def named(client, view, asked=""):
    """The names of the activities that a view shows, each of which leads to its own page."""
    answer = client.get(f"/activities/{view}/?{asked}")
    assert answer.status_code == 200
    opened = {int(number) for number in re.findall(r'href="/activities/(\d+)/"', answer.content.decode())}
    return set(Activity.objects.filter(pk__in=opened).values_list("name", flat=True))


@pytest.fixture
def scene(province):
    """In this week: activities of every kind in Quảng Nam, each found by another wish; one of another province."""
    blood, books = indicator(province.qna), indicator(province.qna, "Sách", "quyển")
    plan = draft(province.bloc_union)
    asks = target(plan, on=blood)
    target(plan, code="1.8", on=books)
    kcq = province.bloc_union
    activity(kcq, "Hiến máu", plan=plan, windows=THIS_WEEK, indicators=[blood])
    activity(kcq, "Đồng loạt", plan=plan, windows=AHEAD, scope="all_units")
    activity(kcq, "Của khối 1", plan=plan, windows=AHEAD, scope="bloc", bloc=province.bloc_1)
    issue(plan)
    activity(kcq, "Ngoài kế hoạch", windows=AHEAD)
    activity(kcq, "Đã hủy", windows=THIS_WEEK)
    cancel(actor=None, activity=Activity.objects.get(name="Đã hủy"), reason="gộp")
    activity(province.justice, "Của Tư pháp", windows=AHEAD, scope="unit", indicators=[blood])
    activity(province.finance, "Của Tài chính", windows=AHEAD, scope="unit")
    activity(province.hospital_surgery, "Của Khối Ngoại", windows=AHEAD, scope="unit")
    activity(province.kgi, "Của Kiên Giang", windows=AHEAD, scope="all_units")
    return {"plan": plan.pk, "target": asks.pk, "bloc": province.bloc_1.pk, "other_bloc": province.bloc_2.pk}


OWN = {"Hiến máu", "Đồng loạt", "Của khối 1", "Ngoài kế hoạch", "Đã hủy"}
BENEATH = {"Của Tư pháp", "Của Tài chính", "Của Khối Ngoại"}
WISHED = [
    ("unit=QNA-KCQ", OWN),
    ("unit=QNA-KCQ&reach=subtree", OWN | BENEATH),
    ("unit=QNA-KCQ&reach=abc&state=abc&scope=abc", OWN),
    ("unit=QNA-KCQ-003", {"Đồng loạt", "Của khối 1", "Của Tư pháp"}),
    ("unit=QNA-KCQ-001&reach=subtree", {"Đồng loạt", "Của khối 1", "Của Khối Ngoại"}),
    ("unit=QNA-KCQ&bloc={bloc}", {"Của khối 1"}),
    ("unit=QNA-KCQ&bloc={bloc}&reach=subtree", {"Của khối 1", "Của Tư pháp"}),
    ("unit=QNA-KCQ&bloc={other_bloc}&reach=subtree", {"Của Tài chính"}),
    ("unit=QNA-KCQ-003&bloc={bloc}", {"Của khối 1"}),
    ("unit=QNA-KCQ-003&bloc={other_bloc}", {"Đồng loạt", "Của khối 1", "Của Tư pháp"}),
    ("unit=QNA-KCQ&state=overdue", {"Hiến máu"}),
    ("unit=QNA-KCQ&state=cancelled", {"Đã hủy"}),
    ("unit=QNA-KCQ&state=planned", OWN - {"Đã hủy"}),
    ("unit=QNA-KCQ&scope=all_units", {"Đồng loạt"}),
    ("unit=QNA-KCQ&scope=unit&reach=subtree", BENEATH),
    ("unit=QNA-KCQ&plan={plan}", {"Hiến máu", "Đồng loạt", "Của khối 1"}),
    ("unit=QNA-KCQ&target={target}", {"Hiến máu"}),
    ("unit=QNA-KCQ&target={target}&reach=subtree", {"Hiến máu", "Của Tư pháp"}),
    ("unit=QNA-KCQ&q=hien+MAU", {"Hiến máu"}),
    ("unit=QNA-KCQ&q=dong&scope=issuer", set()),
]


@pytest.mark.parametrize("view", VIEWS)
def test_each_wish_finds_the_same_in_every_view(client, scene, officer, view):
    client.force_login(officer)
    assert {asked: named(client, view, asked.format(**scene)) for asked, _names in WISHED} == dict(WISHED)


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_out_of_reach_is_not_there(client, province, scene, officer, outsider, view):
    """A unit, a bloc, a plan, a target of Quảng Nam for somebody of Kiên Giang; and what is no number."""
    foreign = ["unit=QNA-KCQ", "bloc={bloc}", "plan={plan}", "target={target}"]
    nonsense = ["unit=khong-co", "bloc=x", "plan=x", "target=x", "plan=999999", "bloc=999999", "target=٣"]
    client.force_login(outsider)
    for asked in (*foreign, *nonsense):
        assert (asked, client.get(f"/activities/{view}/?{asked.format(**scene)}").status_code) == (asked, 404)
    assert named(client, view, "unit=KGI&reach=subtree") == {"Của Kiên Giang"}
    client.force_login(officer)
    for asked in foreign:
        assert client.get(f"/activities/{view}/?{asked.format(**scene)}").status_code == 200
    for asked in nonsense:
        assert (asked, client.get(f"/activities/{view}/?{asked}").status_code) == (asked, 404)


@pytest.mark.parametrize("view", VIEWS)
def test_a_sibling_s_own_stays_unseen_whatever_is_wished(client, scene, secretary, bloc_head, view):
    """The secretary of Tư pháp and the head of bloc 1: the subtree of a unit shows what exists for them, no more."""
    for user, own in ((secretary, "Của Tư pháp"), (bloc_head, "Của khối 1")):
        client.force_login(user)
        for asked in ("", "reach=subtree", f"bloc={scene['bloc']}&reach=subtree", f"target={scene['target']}"):
            found = named(client, view, asked)
            assert found.isdisjoint({"Của Tài chính", "Của Khối Ngoại", "Của Kiên Giang"})
        assert own in named(client, view, f"bloc={scene['bloc']}&reach=subtree")
    client.force_login(secretary)
    assert client.get(f"/activities/{view}/?bloc={scene['other_bloc']}").status_code == 404


def test_a_draft_of_another_body_is_no_choice(client, province, secretary):
    plan = draft(province.bloc_union, "Bản nháp kín")
    activity(province.bloc_union, "Việc kín", plan=plan, windows=AHEAD, scope="all_units")
    client.force_login(secretary)
    assert client.get(f"/activities/board/?plan={plan.pk}").status_code == 404
    assert "Bản nháp kín" not in client.get("/activities/board/").content.decode()


def tabs(page):
    """The bar's addresses: path → words of the query."""
    bar = re.search(r'<nav class="tabs.*?</nav>', page, re.DOTALL)[0]
    parts = [urlsplit(unescape(url)) for url in re.findall(r'href="([^"]+)"', bar)]
    return {part.path: {word: values[0] for word, values in parse_qs(part.query).items()} for part in parts}


def paths(**words):
    return {f"/activities/{view}/": words for view in VIEWS}


@pytest.mark.parametrize("view", VIEWS)
def test_the_bar_keeps_unit_time_and_wishes(client, scene, officer, view):
    client.force_login(officer)
    wishes = {"unit": "QNA-KCQ", "bloc": str(scene["bloc"]), "reach": "subtree", "q": "của khối", "state": "planned"}
    wishes |= {"scope": "bloc", "plan": str(scene["plan"]), "target": str(scene["target"])}
    time = {"year": "2023", "month": "3", "week": "10"}
    page = client.get(f"/activities/{view}/", {**wishes, **time, "page": "2", "whole": "1", "other": "x"})
    assert tabs(page.content.decode()) == paths(**wishes, **time)


@pytest.mark.parametrize(
    ("view", "asked", "kept"),
    [
        ("board", "year=2023", {"year": "2023"}),
        ("month", "year=2024&month=10", {"year": "2024", "month": "10", "week": "40"}),
        ("month", "year=2024&month=3", {"year": "2024", "month": "3", "week": "10"}),
        ("month", "year=2024&month=3&week=40", {"year": "2024", "month": "3", "week": "10"}),
        ("month", "year=2024&month=3&week=11", {"year": "2024", "month": "3", "week": "11"}),
        ("week", "year=2024&week=11&month=7", {"year": "2024", "month": "3", "week": "11"}),
        ("week", "year=2025&week=1", {"year": "2025", "month": "1", "week": "1"}),
        ("timeline", "year=2023&month=13&week=99", {"year": "2023"}),
    ],
)
def test_the_time_that_the_bar_hands_on(client, officer, view, asked, kept):
    client.force_login(officer)
    page = client.get(f"/activities/{view}/?{asked}").content.decode()
    assert tabs(page) == paths(unit="QNA-KCQ", **kept)
    current = {"board": "Quý", "month": "Tháng", "week": "Tuần", "timeline": "Trục năm"}[view]
    assert re.findall(r'<a href="[^"]+" aria-current="page">([^<]+)</a>', page)[-1] == current


def test_what_is_chosen_is_said_and_leads_out_of_itself(client, scene, officer):
    client.force_login(officer)
    asked = f"unit=QNA-KCQ&year=2024&q=hien&state=overdue&target={scene['target']}&reach=subtree"
    page = client.get(f"/activities/board/?{asked}").content.decode()
    said = re.search(r'<div class="chosen".*?</div>', page, re.DOTALL)[0]
    assert re.findall(r"<span>([^<]+)</span>", said) == [
        "Đang chọn:",
        "tên có “hien”",
        "Quá hạn",
        "chỉ tiêu 1.7 Chỉ tiêu 1.7",
        "gồm cả hoạt động riêng của các đơn vị cấp dưới",
    ]
    links = [unescape(url) for url in re.findall(r'<a [^>]*href="([^"]+)"', said)]
    target_word = f"target={scene['target']}"
    assert links == [
        f"/activities/board/?unit=QNA-KCQ&reach=subtree&state=overdue&{target_word}&year=2024",
        f"/activities/board/?unit=QNA-KCQ&reach=subtree&q=hien&{target_word}&year=2024",
        "/activities/board/?unit=QNA-KCQ&reach=subtree&q=hien&state=overdue&year=2024",
        f"/activities/board/?unit=QNA-KCQ&q=hien&state=overdue&{target_word}&year=2024",
        "/activities/board/?unit=QNA-KCQ&year=2024",
    ]
    assert 'class="chosen"' not in client.get("/activities/board/?unit=QNA-KCQ").content.decode()


def test_the_form_offers_what_stands_at_the_unit(client, scene, officer):
    client.force_login(officer)

    def offered(asked, name):
        page = client.get(f"/activities/timeline/?{asked}").content.decode()
        select = re.search(rf'<select class="form-select" id="{name}".*?</select>', page, re.DOTALL)
        return re.findall(r'<option value="[^"]*"( selected)?>([^<]+)', select[0]) if select else None

    assert offered("", "bloc") == [("", "Tất cả"), ("", "Khối thi đua số 1"), ("", "Khối thi đua số 2")]
    assert offered(f"unit=QNA-KCQ-003&bloc={scene['bloc']}", "bloc") == [
        ("", "Tất cả"),
        (" selected", "Khối thi đua số 1"),
    ]
    assert offered("", "target") == [("", "Tất cả"), ("", "1.7 Chỉ tiêu 1.7")]
    assert offered("year=2023", "target") is None
    assert offered(f"year=2023&target={scene['target']}", "target") == [
        ("", "Tất cả"),
        (" selected", "1.7 Chỉ tiêu 1.7"),
    ]
    assert offered("unit=QNA-KCQ-001-01", "unit")[-1] == (" selected", "Chi đoàn Khối Ngoại")
    assert offered("unit=QNA-KCQ-001-01", "reach") is None


def test_the_sorts_are_counted_whichever_is_looked_at(client, scene, officer):
    client.force_login(officer)
    for asked in ("", "scope=bloc", "state=overdue"):
        page = client.get(f"/activities/board/?{asked}").content.decode()
        row = re.search(r'<div class="seg" role="group" aria-label="Lọc">.*?</div>', page, re.DOTALL)[0]
        found = re.findall(r">([^<>]+ \d+)</a>", row)
        assert found == ["Tất cả 5", "Cần xử lý 1", "Cấp ban hành 3", "Đồng loạt 1", "Khối thi đua 1"]


def test_overdue_in_the_database_agrees_with_overdue_on_the_card(province):
    kcq = province.bloc_union
    activity(kcq, "Qua", windows=THIS_WEEK)
    activity(kcq, "Một nửa", windows=THIS_WEEK + AHEAD)
    activity(kcq, "Không ghi", windows=[])
    moved = activity(kcq, "Lùi", windows=THIS_WEEK)
    postpone(actor=None, activity=moved, windows=AHEAD, reason="chờ")
    lost = activity(kcq, "Mất ngày", windows=THIS_WEEK)
    lost.windows.update(superseded=True)
    found = wished(Activity.objects.all(), Wishes(state="overdue"), TODAY)
    assert (
        {event.name for event in found} == {e.name for e in Activity.objects.all() if is_overdue(e, TODAY)} == {"Qua"}
    )
    assert counts_by_sort(Activity.objects.all(), TODAY)["overdue"] == 1


def test_a_long_row_is_cut_about_its_middle():
    rows = list(range(10))
    assert cut(rows, 20, 3) == Cut(rows, 0, 0)
    assert cut(rows, 4) == Cut([0, 1, 2, 3], 0, 6)
    assert cut(rows, 4, 5) == Cut([3, 4, 5, 6], 3, 3)
    assert cut(rows, 4, 10) == Cut([6, 7, 8, 9], 6, 0)
    assert (cut(rows, 4, 1), cut([], 4, 0).left_out) == (Cut([0, 1, 2, 3], 0, 6), 0)


@pytest.fixture
def crowded(province):
    """The bloc union with 150 units and 500 activities, in all scopes and precisions."""
    kcq = province.bloc_union
    for n in range(144):
        kind = Kind.GRASSROOTS_BRANCH
        create_unit(code=f"QNA-KCQ-{n + 100}", name=f"Chi đoàn {n}", kind=kind, parent=kcq, opened_on=date(2020, 1, 1))
    units = list(Unit.objects.filter(path__startswith=kcq.path))
    plan = issue(draft(kcq))
    made = []
    for n in range(500):
        scope = ("issuer", "all_units", "bloc", "unit")[n % 4]
        facts = {"scope": scope, "bloc": province.bloc_1 if scope == "bloc" else None, "name": f"Việc {n}"}
        unit = units[n % len(units)] if scope == "unit" else kcq
        made.append(Activity(unit=unit, plan=None if n % 3 else plan, order=n, folded=fold(facts["name"]), **facts))
    made = Activity.objects.bulk_create(made)
    Window.objects.bulk_create(_window(event, n) for n, event in enumerate(made))
    return plan


def _window(event, n):
    """Every other one on a day of the year, the rest in months, each quarter having its part."""
    if n % 2:
        month = n // 2 % 12 + 1
        return Window(activity=event, starts_on=date(2024, month, 1), ends_on=_end(month), precision="month")
    day = date(2024, 1, 1) + timedelta(days=n * 7 % 366)
    return Window(activity=event, starts_on=day, ends_on=day, precision="day")


def _end(month):
    return date(2024 + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@pytest.mark.parametrize("view", VIEWS)
def test_a_crowded_calendar_asks_little_and_stays_short(client, crowded, province, officer, view):
    asks = target(draft(province.bloc_union, "Khác"), on=indicator(province.qna))
    client.force_login(officer)
    bare, full = f"/activities/{view}/", f"/activities/{view}/?reach=subtree&bloc={province.bloc_1.pk}"
    every = f"{full}&plan={crowded.pk}&target={asks.pk}&state=overdue&scope=bloc&q=viec&unit=QNA-KCQ-001-01"
    for url in (bare, f"{bare}?reach=subtree", full, every):
        assert (url, count_queries(lambda url=url: client.get(url)) <= 15) == (url, True)
    assert client.get(f"{bare}?reach=subtree").content.count(b'href="/activities/') < 400


@pytest.mark.parametrize("view", VIEWS)
def test_a_crowded_calendar_is_marked_in_few_queries(client, crowded, province, officer, view):
    """Two large ones on one day, and twenty postponed past the day on which a target of their plan is due."""
    blood, late = indicator(province.qna), [Span(date(2024, 12, 30), date(2024, 12, 30), "day")]
    asks = target(draft(province.bloc_union, "Khác"), on=blood, due_on=date(2024, 6, 30))
    Target.objects.filter(pk=asks.pk).update(plan=crowded)
    for name in ("Ra quân", "Tổng kết"):
        activity(province.bloc_union, name, scope="all_units", windows=late)
    for event in Activity.objects.filter(scope="issuer", plan__isnull=False)[:20]:
        event.indicators.add(blood)
        postpone(actor=None, activity=event, windows=late, reason="Mưa")
    client.force_login(officer)
    troubled = f"/activities/{view}/?year=2024&month=12&week=53&reach=subtree&state=troubled"
    if view == "week":
        troubled = troubled.replace("year=2024&month=12&week=53", "year=2025&week=1")
    if view in ("timeline", "list"):
        assert len(named(client, view, troubled.split("?")[1])) == 22
    for url in (troubled, f"{troubled}&scope=issuer&q=viec", troubled.replace("&state=troubled", "")):
        assert (url, count_queries(lambda url=url: client.get(url)) <= 15) == (url, True)


def test_a_crowded_board_says_how_many_more_there_are(client, crowded, officer):
    client.force_login(officer)
    page = client.get("/activities/board/?reach=subtree&year=2024").content.decode()
    more = re.findall(r'<a href="([^"]+)">((?:Còn )?\d+ hoạt động (?:nữa|trước đó))', page)
    assert {url.split("whole=")[1] for url, _text in more} == {"lane", "1#q1", "2#q2", "3#q3", "4#q4"}
    for number in (1, 2, 3, 4):
        left = sum(int(re.search(r"\d+", text)[0]) for url, text in more if url.endswith(f"#q{number}"))
        shown = quarter(page, number)
        whole = quarter(
            client.get(f"/activities/board/?reach=subtree&year=2024&whole={number}").content.decode(), number
        )
        assert (shown, shown + left) == (CARDS_A_QUARTER, whole)
    assert page.count('class="today"') == 1


def quarter(page, number):
    """How many cards the column shows."""
    return re.search(rf'aria-labelledby="q{number}".*?</section>', page, re.DOTALL)[0].count("<article")


def test_a_crowded_day_of_the_month_leads_to_its_week(client, province, officer):
    day = [Span(date(2024, 10, 9), date(2024, 10, 9), "day")]
    for n in range(9):
        activity(province.bloc_union, f"Việc {n}", windows=day)
    client.force_login(officer)
    page = client.get("/activities/month/?q=viec").content.decode()
    assert len(re.findall(r'href="/activities/\d+/"', page)) == 6
    link = re.search(r'<a href="([^"]+)">Còn 3 hoạt động nữa</a>', page)[1]
    assert unescape(link).split("?")[0] == "/activities/week/"
    assert named(client, "week", unescape(link).split("?")[1].split("#")[0]) == {f"Việc {n}" for n in range(9)}


@pytest.mark.parametrize("view", VIEWS)
def test_paper_bears_the_name_of_the_body_and_what_is_chosen(client, scene, officer, view):
    client.force_login(officer)
    page = client.get(f"/activities/{view}/?unit=QNA-KCQ&state=planned").content.decode()
    assert '<div class="only-print paperhead"><span>BCH ĐOÀN KHỐI CÁC CƠ QUAN</span></div>' in page
    assert '<body class="is-board"' in page
    assert re.findall(r'<div class="chosen"[^>]*>\s*<span>Đang chọn:</span>\s*<ul><li><span>([^<]+)</span>', page) == [
        "Kế hoạch"
    ]


def test_a_card_says_whose_it_is_where_it_is_another_unit_s(client, province, officer):
    for unit in (province.bloc_union, province.justice):
        activity(unit, f"Của {unit.code}", scope="unit", windows=AHEAD)
    mark_done(actor=None, activity=Activity.objects.get(name="Của QNA-KCQ-003"), done_on=TODAY)
    client.force_login(officer)
    page = client.get("/activities/board/?reach=subtree").content.decode()
    cards = re.findall(r"<article.*?</article>", page, re.DOTALL)
    assert [province.justice.short_name in card for card in cards] == ["Của QNA-KCQ-003" in card for card in cards]
    assert len(cards) == 2


def test_a_bloc_s_board_is_headed_by_its_name(client, scene, officer):
    client.force_login(officer)
    page = client.get(f"/activities/board/?unit=QNA-KCQ&bloc={scene['bloc']}").content.decode()
    assert '<h2 class="t-14 strong mb-2">Hoạt động của Khối thi đua số 1</h2>' in page
