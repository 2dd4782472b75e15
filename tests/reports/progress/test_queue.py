"""The reviewer's queue: what the filters leave, in which order, and where a decision leads on to."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import context
from reports.progress import nav, queue, queue_filter
from reports.progress.models import ProgressReport
from reports.progress.services import open_period, return_report, save_draft, submit_report
from tests.making import count_queries
from tests.reports.progress.scenes import amount, bring_to, report_of
from tests.reports.progress.test_pages import text_of
from units.enums import Kind
from units.services import create_unit, join_bloc

QUEUE = "/reports/review/"


@pytest.fixture
def reviewer(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def hand_in(officer, top_officer):
    """Hand a unit's report of a period in, with blood given where ``blood`` is a pair (indicator id, figure)."""

    def hand(unit, period, blood=None):
        said = {f"i{blood[0]}": amount(blood[1])} if blood else {}
        return bring_to("submitted", report_of(unit, period), secretary=top_officer, officer=officer, **said)

    return hand


@pytest.fixture
def waiting(province, september, hand_in):
    """Finance, Justice and the college of September, in the order in which they were handed in."""
    return [hand_in(unit, september) for unit in (province.finance, province.justice, province.college)]


def ids(answer) -> list[int]:
    return [one.report.pk for one in answer.context["queue"].waiting]


def test_the_oldest_comes_first_and_a_decision_goes_on_to_the_next(reviewer, waiting):
    finance, justice, college = waiting
    first = reviewer.get(QUEUE)
    assert ids(first) == [one.pk for one in waiting]
    assert first.context["queue"].open.report == finance
    chosen = reviewer.get(QUEUE, {"report": justice.pk})
    assert (chosen.context["queue"].open.report, chosen.context["queue"].place) == (justice, 2)
    onward = chosen.context["next"]
    assert onward == f"{QUEUE}?report={college.pk}#panel"
    html = chosen.content.decode()
    assert re.search(rf'data-key="k" href="\?report={finance.pk}#panel"', html)
    assert re.search(rf'data-key="j" href="\?report={college.pk}#panel"', html)
    assert {key for key in "at1234" if f'data-key="{key}"' in html} == set("at123")
    done = reviewer.post("/reports/QNA-KCQ-003/2024-09/approve/", {"next": onward, "version": justice.version})
    assert (done.status_code, done["Location"]) == (302, onward)
    after = reviewer.get(onward)
    assert (ids(after), after.context["queue"].open.report) == ([finance.pk, college.pk], college)
    assert "Đã duyệt: Chi đoàn Sở Tư pháp." in text_of(after)


def test_the_last_leads_back_and_the_only_one_to_a_queue_that_says_it_is_empty(reviewer, waiting):
    _finance, justice, college = waiting
    last = reviewer.get(QUEUE, {"report": college.pk})
    assert last.context["next"] == f"{QUEUE}?report={justice.pk}#panel"
    only = reviewer.get(QUEUE, {"q": "cao dang"})
    assert only.context["next"] == f"{QUEUE}?q=cao+dang#panel"
    left = reviewer.post("/reports/QNA-KCQ-002/2024-09/approve/", {"next": only.context["next"]}, follow=True)
    assert ids(left) == []
    assert "Đã duyệt: Đoàn cơ sở Trường Cao đẳng Y tế." in text_of(left)
    assert "Không có báo cáo nào chờ duyệt trong phạm vi đã lọc" in text_of(left)
    assert f'class="btn btn-primary" href="{QUEUE}"' in left.content.decode()


def test_what_was_handed_in_anew_meanwhile_is_not_approved_unseen(reviewer, report, secretary, officer):
    seen = bring_to("submitted", report, secretary=secretary, officer=officer)
    back = return_report(actor=officer, report=seen, reason="Thiếu.")
    draft = save_draft(actor=secretary, report=back, entries={}, narratives={}, version=back.version)
    submit_report(actor=secretary, report=draft, version=draft.version)
    answer = reviewer.post("/reports/QNA-KCQ-003/2024-09/approve/", {"version": seen.version}, follow=True)
    assert "Chi đoàn Sở Tư pháp vừa nộp lại báo cáo" in text_of(answer)
    assert ProgressReport.objects.get(pk=report.pk).state == "submitted"


def test_units_are_found_without_diacritics_and_the_words_stay(reviewer, waiting):
    finance, justice, _college = waiting
    found = reviewer.get(QUEUE, {"q": "tu phap"})
    assert ids(found) == [justice.pk]
    assert 'value="tu phap"' in found.content.decode()
    both = reviewer.get(QUEUE, {"q": "chi doan so"})
    assert ids(both) == [finance.pk, justice.pk]
    assert both.context["next"] == f"{QUEUE}?report={justice.pk}&q=chi+doan+so#panel"
    html = both.content.decode()
    assert re.search(rf'data-key="j" href="\?q=chi\+doan\+so&amp;report={justice.pk}#panel"', html)
    assert 'action="/reports/QNA-KCQ-004/2024-09/return/?q=chi+doan+so"' in html


def test_without_a_reason_the_page_stays_in_the_same_filter(reviewer, waiting):
    finance, justice, _college = waiting
    address = "/reports/QNA-KCQ-004/2024-09/return/?q=chi+doan+so&order=newest"
    answer = reviewer.post(address, {"reason": " ", "next": QUEUE})
    assert (answer.status_code, ids(answer)) == (422, [justice.pk, finance.pk])
    assert answer.context["queue"].open.report == finance


def test_by_month_bloc_level_and_body(reviewer, province, periods, waiting, hand_in):
    finance, justice, college = (one.pk for one in waiting)
    open_period(period=periods[8])
    surgery = hand_in(province.hospital_surgery, periods[8]).pk
    join_bloc(unit=province.finance, bloc=province.bloc_1, on=date(2024, 10, 1))  # after the month's last day
    everything = {finance, justice, college, surgery}
    for words, wished in {
        "": everything,
        "period=2024-08": {surgery},
        "period=2023-01": set(),
        f"bloc={province.bloc_1.pk}": {justice},
        f"bloc={province.bloc_2.pk}": {finance, college},
        "level=5": {surgery},
        "level=4": {finance, justice, college},
        "beneath=QNA-KCQ-001": {surgery},
        "beneath=QNA-KCQ": everything,
        "beneath=KGI": set(),
        "mark=zzz&level=9&bloc=x&period=2024-13&order=zz": everything,  # words without sense
    }.items():
        assert set(ids(reviewer.get(f"{QUEUE}?{words}"))) == wished, words
    offered = reviewer.get(QUEUE).context["offered"]
    assert offered.periods == [("2024-09", "Tháng 9/2024"), ("2024-08", "Tháng 8/2024")]
    assert [name for _pk, name in offered.blocs] == ["Khối thi đua số 1", "Khối thi đua số 2"]
    assert [level for level, _word in offered.levels] == ["4", "5"]
    assert [code for code, _name in offered.parents] == ["QNA-KCQ", "QNA-KCQ-001"]


@pytest.fixture
def marked(province, periods, resolution, hand_in, officer, top_officer):
    """Of September: Finance far above its months before, the college as ever, Justice handed in late."""
    blood = resolution.blood.indicator_id
    for month in (7, 8):
        open_period(period=periods[month])
        earlier = report_of(province.finance, periods[month])
        bring_to("approved", earlier, secretary=top_officer, officer=officer, **{f"i{blood}": amount(1)})
    finance = hand_in(province.finance, periods[9], (blood, 40))
    college, justice = hand_in(province.college, periods[9]), hand_in(province.justice, periods[9])
    ProgressReport.objects.exclude(pk=justice.pk).exclude(first_submitted_at=None).update(
        first_submitted_at="2024-10-02T10:00:00+07:00"
    )
    return finance, college, justice


def test_by_what_stands_out(reviewer, marked):
    finance, college, justice = (one.pk for one in marked)
    for words, wished in {
        "mark=odd": [finance],
        "mark=plain": [college, justice],
        "mark=late": [justice],
        "mark=late&q=tai+chinh": [],
        "order=newest": [justice, college, finance],
        "order=unit": [college, justice, finance],
        "order=newest&mark=plain": [justice, college],
        "order=oddest": [finance, college, justice],
    }.items():
        assert ids(reviewer.get(f"{QUEUE}?{words}")) == wished, words
    onward = reviewer.get(f"{QUEUE}?order=newest&mark=plain").context["next"]
    assert onward == f"{QUEUE}?report={college}&mark=plain&order=newest#panel"


@pytest.fixture
def many(province, september):
    """Thirty-one reports waiting, one more than a page holds."""
    for number in range(100, 131):
        create_unit(
            code=f"QNA-KCQ-{number}",
            name=f"Chi đoàn {number}",
            kind=Kind.GRASSROOTS_BRANCH,
            parent=province.bloc_union,
            opened_on=date(2024, 1, 1),
        )
    open_period(period=september)
    ProgressReport.objects.filter(unit__code__gte="QNA-KCQ-100", period=september).update(
        state="submitted", submitted_at="2024-10-02T10:00:00+07:00", first_submitted_at="2024-10-02T10:00:00+07:00"
    )
    return list(ProgressReport.objects.filter(state="submitted").order_by("submitted_at", "pk"))


def test_going_on_crosses_the_pages(reviewer, many):
    last_of_page = reviewer.get(QUEUE, {"report": many[29].pk})
    assert last_of_page.context["next"] == f"{QUEUE}?report={many[30].pk}#panel"
    second = reviewer.get(QUEUE, {"report": many[30].pk})
    shown = second.context["queue"]
    assert (second.context["page"].number, shown.place, shown.before) == (2, 31, many[29].pk)
    assert [one.report for one in shown.waiting] == many[30:]
    assert reviewer.get(QUEUE, {"page": 2}).context["queue"].open.report == many[30]
    assert [one.report for one in reviewer.get(QUEUE, {"page": "x"}).context["queue"].waiting] == many[:30]


def test_the_pages_lead_on_also_from_an_open_report(reviewer, many):
    first = reviewer.get(QUEUE, {"report": many[3].pk})
    address = re.search(r'<a href="(\?[^"]*)" rel="next"', first.content.decode())[1].replace("&amp;", "&")
    assert f"report={many[3].pk}" in address
    second = reviewer.get(f"{QUEUE}{address}").context["queue"]
    assert (second.page.number, second.open.report, second.place) == (2, many[30], 31)
    back = reviewer.get(QUEUE, {"page": 1, "report": many[3].pk}).context["queue"]
    assert (back.page.number, back.open.report, back.place) == (1, many[3], 4)


@pytest.mark.parametrize("order", ["", "newest", "unit", "oddest"])
def test_each_has_the_same_place_and_neighbours_in_every_order(reviewer, waiting, many, order):
    pages = [reviewer.get(QUEUE, {"order": order, "page": page}) for page in (1, 2)]
    line = [pk for page in pages for pk in ids(page)]
    assert (len(line), set(line)) == (34, {one.pk for one in many})
    for place in (1, 2, 29, 30, 31, 32, 34):
        shown = reviewer.get(QUEUE, {"order": order, "report": line[place - 1]}).context["queue"]
        around = (line[place - 2] if place > 1 else None, line[place] if place < 34 else None)
        assert (shown.place, shown.open.report.pk, (shown.before, shown.after)) == (place, line[place - 1], around)


def test_what_others_decide_meanwhile_opens_no_other_report(reviewer, waiting, monkeypatch):
    finance, justice, college = waiting
    place_of = queue._Line.place_of

    def and_then(line, chosen: str) -> int:
        place = place_of(line, chosen)
        ProgressReport.objects.filter(pk=finance.pk).update(state="draft")
        return place

    monkeypatch.setattr(queue._Line, "place_of", and_then)
    shown = reviewer.get(QUEUE, {"report": justice.pk}).context["queue"]
    assert (shown.open.report, shown.before, shown.after) == (justice, None, college.pk)


def test_every_page_counts_what_waits_no_further_than_it_shows(reviewer, many, monkeypatch):
    assert re.search(
        r'/reports/review/">[^<]* <span class="count">31</span>', reviewer.get("/reports/lateness/").content.decode()
    )
    monkeypatch.setattr(nav, "COUNTED_TO", 20)
    monkeypatch.setattr(context, "COUNTED_TO", 20)
    with CaptureQueriesContext(connection) as queries:
        page = reviewer.get("/reports/lateness/").content.decode()
    assert re.search(r'/reports/review/">[^<]* <span class="count">20\+</span>', page)
    assert [one["sql"] for one in queries if "submitted" in one["sql"] and "LIMIT 21" in one["sql"]]


def test_one_click_approves_so_many_at_most(reviewer, waiting, many, monkeypatch):
    monkeypatch.setattr(queue, "AT_ONCE", 20)
    page = reviewer.get(QUEUE)
    assert "Duyệt 20 báo cáo đầu tiên…" in text_of(page)
    asked = reviewer.post(f"{QUEUE}summary/", {"all": "1"})
    assert [one.report for one in asked.context["summary"].plain.waiting] == many[:20]


def test_so_many_are_judged_and_the_page_says_so(reviewer, marked, monkeypatch):
    _finance, college, _justice = (one.pk for one in marked)
    words = "nên cổng chỉ rà soát 2 báo cáo đầu tiên"
    assert words not in text_of(reviewer.get(QUEUE, {"mark": "plain"}))
    monkeypatch.setattr(queue, "AT_ONCE", 2)
    monkeypatch.setattr(queue.Queue, "most", 2)
    none = text_of(reviewer.get(QUEUE, {"mark": "late"}))
    assert "Không có báo cáo như vậy trong số đã rà soát" in none
    assert "Không có báo cáo nào chờ duyệt" not in none
    cut = reviewer.get(QUEUE, {"mark": "plain"})
    assert (ids(cut), cut.context["queue"].count, words in text_of(cut)) == ([college], 1, True)
    whole = reviewer.get(QUEUE)
    assert (whole.context["queue"].count, words in text_of(whole)) == (3, False)


def test_of_too_many_choices_those_near_the_top_are_offered(client, top_officer, province, waiting, monkeypatch):
    client.force_login(top_officer)

    def codes() -> list[str]:
        return [code for code, _name in client.get(QUEUE).context["offered"].parents]

    everything = codes()
    assert {province.top.code, "QNA", "KGI"} < set(everything)
    assert len(everything) > 4
    monkeypatch.setattr(queue_filter, "MOST_OFFERED", 4)
    assert codes() == [province.top.code, "QNA", "KGI"]
    chosen = client.get(QUEUE, {"beneath": "QNA-KCQ-001"}).context["offered"]  # what is chosen stays to be seen
    assert [code for code, _name in chosen.parents] == [province.top.code, "QNA", "KGI", "QNA-KCQ-001"]


def test_of_too_many_blocs_a_body_is_offered_its_own(reviewer, client, top_officer, waiting, monkeypatch):
    monkeypatch.setattr(queue_filter, "MOST_OFFERED", 2)
    assert len(reviewer.get(QUEUE).context["offered"].blocs) == 2
    client.force_login(top_officer)
    assert len(client.get(QUEUE).context["offered"].blocs) == 2
    monkeypatch.setattr(queue_filter, "MOST_OFFERED", 1)
    assert client.get(QUEUE).context["offered"].blocs == []


def test_the_number_of_queries_does_not_grow_with_what_waits(reviewer, province, september, waiting, request):
    addresses = [QUEUE, f"{QUEUE}?mark=plain", f"{QUEUE}?order=oddest&level=4", f"{QUEUE}?bloc={province.bloc_2.pk}"]
    before = [count_queries(lambda address=address: reviewer.get(address)) for address in addresses]
    request.getfixturevalue("many")
    assert reviewer.get(QUEUE).context["queue"].count == 34
    assert [count_queries(lambda address=address: reviewer.get(address)) for address in addresses] == before
