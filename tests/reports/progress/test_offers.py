"""Outcomes of activities in the month's report: ticked by who enters, held once, and told when they change."""

from datetime import date
from decimal import Decimal

import pytest

from activities.models import Participation, ParticipationFigure
from activities.occurrences.services import add_occurrence
from activities.services import cancel, plan_activity, record_participation
from activities.timing import Span
from core.models import Notice
from reports.progress.entries import EntryInput
from reports.progress.fields import base_of
from reports.progress.models import TakenOutcome
from reports.progress.services import open_period, save_draft, save_drafts
from reports.progress.services.saving import Draft
from reports.progress.sheet import sheet_of
from reports.progress.warnings import warnings_for
from targets.merging import follow_all
from tests.making import count_queries
from tests.reports.progress.scenes import amount, bring_to, indicator_of, report_of

FORM = "/reports/QNA-KCQ-003/2024-09/"
COUNTED = "Tính vào số của tháng"


@pytest.fixture
def day(province, resolution):
    return plan_activity(actor=None, unit=province.bloc_union, name="Ngày hội hiến máu", scope="all_units")


@pytest.fixture
def record(day, resolution, province):
    """Record what a unit did on a day: a figure of blood."""

    def recorded(figure: int | None, on: date = date(2024, 9, 14), unit=province.justice) -> ParticipationFigure:
        blood = resolution.blood.indicator
        figures = {} if figure is None else {blood: Decimal(figure)}
        row = record_participation(actor=None, activity=day, unit=unit, done_on=on, people=20, figures=figures)
        return row.figures.get(indicator=blood)

    return recorded


@pytest.fixture
def save(report, secretary, resolution):
    """Save the draft with an amount of blood and these figures ticked."""

    def saved(figure: int | None, *ticked: ParticipationFigure):
        report.refresh_from_db()
        blood = resolution.blood.indicator_id
        entry = EntryInput() if figure is None else amount(figure)
        return save_draft(
            actor=secretary,
            report=report,
            entries={blood: entry},
            narratives={},
            version=report.version,
            ticked={blood: {one.pk for one in ticked}},
        )

    return saved


def held(report) -> dict[int, Decimal]:
    return dict(TakenOutcome.objects.filter(report=report).values_list("figure", "amount"))


def offers(report, indicator) -> list[tuple]:
    line = next(line for line in sheet_of(report).lines if line.indicator.pk == indicator.pk)
    return [(one.amount, one.taken, one.elsewhere and str(one.elsewhere)) for one in line.offers]


def kinds(report) -> list[str]:
    return [odd.kind for odd in warnings_for(report)]


def test_what_is_ticked_is_held_and_can_be_taken_out_again(report, record, save):
    first, second = record(5), record(3, date(2024, 9, 21))
    save(8, first, second)
    assert held(report) == {first.pk: 5, second.pk: 3}
    save(3, second)
    assert held(report) == {second.pk: 3}
    save(None, second)
    assert held(report) == {}


def test_only_the_units_own_figures_of_the_month_can_be_held(report, record, save, province, resolution):
    others = record(9, unit=province.finance)
    earlier = record(4, date(2024, 8, 30))
    own = record(5)
    save(18, others, earlier, own)
    assert held(report) == {own.pk: 5}
    assert offers(report, resolution.blood.indicator) == [(5, 5, None)]


def test_a_figure_is_never_counted_in_two_months(report, record, save, periods, secretary, resolution):
    """The day was wrong: what September holds already is not October's, though its day is."""
    open_period(period=periods[10])
    october, blood = report_of(report.unit, periods[10]), resolution.blood.indicator
    figure = record(5)
    save(5, figure)
    Participation.objects.filter(pk=figure.participation_id).update(done_on=date(2024, 10, 2))
    assert offers(october, blood) == [(5, None, "2024-09")]
    ticked = {blood.pk: {figure.pk}}
    save_draft(actor=secretary, report=october, entries={blood.pk: amount(5)}, narratives={}, version=0, ticked=ticked)
    assert (held(october), held(report)) == ({}, {figure.pk: 5})
    assert "outcome" not in kinds(october)
    told = [(odd.lead, odd.reason) for odd in warnings_for(report)]
    assert told == [
        (
            "Kết quả hoạt động đã được sửa sau khi đưa vào báo cáo.",
            "Ngày hội hiến máu 2/10: không còn là kết quả của tháng này, trước là 5.",
        )
    ]
    save(None)
    assert offers(october, blood) == [(5, None, None)]


def test_a_correction_shows_until_the_figure_is_confirmed_anew(report, record, save, secretary, resolution):
    figure, blood = record(5), resolution.blood.indicator
    save(5, figure)
    assert record(7).pk == figure.pk
    assert offers(report, blood) == [(7, 5, None)]
    assert [odd.reason for odd in warnings_for(report) if odd.kind == "changed"] == [
        "Ngày hội hiến máu 14/9: trước là 5, nay là 7."
    ]
    save(5, figure)
    assert held(report) == {figure.pk: 5}
    save(7, figure)
    assert (held(report), kinds(report)) == ({figure.pk: 7}, [])


def test_a_figure_that_was_taken_back_or_cancelled_is_told(report, record, save, day, resolution):
    blood, figure = resolution.blood.indicator, record(5)
    save(5, figure)
    record(None)
    assert offers(report, blood) == [(0, 5, None)]
    record(5)
    assert kinds(report) == []
    cancel(actor=None, activity=day, reason="Mưa lũ.")
    assert offers(report, blood) == [(None, 5, None)]
    assert kinds(report) == ["changed"]


def test_whoever_answers_for_the_report_is_told_after_it_was_handed_in(
    record, save, secretary, officer, report, django_capture_on_commit_callbacks
):
    figure = record(5)
    save(5, figure)
    with django_capture_on_commit_callbacks(execute=True):
        record(6)
    assert not Notice.objects.filter(kind="reports.outcome_changed").exists()
    record(5)
    report.refresh_from_db()
    bring_to("submitted", report, secretary=secretary, officer=officer)
    with django_capture_on_commit_callbacks(execute=True):
        record(5)
        record(7)
    rows = Notice.objects.filter(kind="reports.outcome_changed")
    assert {row.recipient for row in rows} == {secretary, officer}
    assert {row.text for row in rows} == {
        "Kết quả “Ngày hội hiến máu” đã được sửa sau khi đưa vào báo cáo tháng 9/2024 của Chi đoàn Sở Tư pháp: "
        "Máu hiến trước là 5, nay là 7."
    }


def test_whoever_answers_is_told_that_a_time_was_held_in_another_month(
    record, save, secretary, officer, report, day, province, resolution, django_capture_on_commit_callbacks
):
    figure, blood = record(5), resolution.blood.indicator
    add_occurrence(actor=None, activity=day, when=Span(date(2024, 9, 14), date(2024, 9, 14), "day"))
    save(5, figure)
    report.refresh_from_db()
    bring_to("submitted", report, secretary=secretary, officer=officer)
    facts = {
        "actor": None,
        "activity": day,
        "unit": province.justice,
        "occurrence": day.occurrences.get(),
        "people": 20,
    }
    with django_capture_on_commit_callbacks(execute=True):
        record_participation(**facts, done_on=date(2024, 10, 1), figures={blood: Decimal(5)})
    assert offers(report, blood) == [(None, 5, None)]
    told = Notice.objects.filter(kind="reports.outcome_changed")
    assert set(told.values_list("recipient", flat=True)) == {secretary.pk, officer.pk}
    assert told.first().text == (
        "Kết quả “Ngày hội hiến máu” nay ghi ngày 1/10/2024, ngoài tháng của báo cáo tháng 9/2024 của "
        "Chi đoàn Sở Tư pháp, báo cáo đang tính Máu hiến 5."
    )


def test_whoever_answers_is_told_that_an_activity_was_cancelled(
    record, save, secretary, officer, report, day, django_capture_on_commit_callbacks
):
    save(5, record(5))
    with django_capture_on_commit_callbacks(execute=True):
        report.refresh_from_db()
        bring_to("submitted", report, secretary=secretary, officer=officer)
        cancel(actor=None, activity=day, reason="Mưa lũ.")
    told = Notice.objects.filter(kind="reports.outcome_changed")
    assert set(told.values_list("recipient", flat=True)) == {secretary.pk, officer.pk}
    assert {row.text for row in told} == {
        "“Ngày hội hiến máu” nay đã hủy; báo cáo tháng 9/2024 của Chi đoàn Sở Tư pháp đang tính Máu hiến 5."
    }


def test_a_cancelled_activity_says_nothing_to_a_draft(record, save, day, django_capture_on_commit_callbacks):
    save(5, record(5))
    with django_capture_on_commit_callbacks(execute=True):
        cancel(actor=None, activity=day, reason="Mưa lũ.")
    assert not Notice.objects.filter(kind="reports.outcome_changed").exists()


def test_the_form_has_a_tick_for_each_and_the_reading_view_says_what_changed(
    client, secretary, officer, report, record, save, resolution
):
    blood, figure = resolution.blood.indicator_id, record(5)
    client.force_login(secretary)
    tick = f'name="i{blood}-o{figure.pk}" value="1" data-adds="5.0000"'
    page = client.get(FORM).content.decode()
    assert f"{tick}>" in page
    assert COUNTED in page
    sent = {"version": 0, f"i{blood}-amount": "5", f"i{blood}-o{figure.pk}": "1"}
    assert client.post(FORM + "save/", sent).status_code == 302
    assert held(report) == {figure.pk: 5}
    assert f"{tick} checked>" in client.get(FORM).content.decode()
    report.refresh_from_db()
    bring_to("submitted", report, secretary=secretary, officer=officer)
    record(7)
    reading = client.get(FORM).content.decode()
    assert "Ngày hội hiến máu 14/9: trước là 5, nay là 7." in reading


def test_a_tick_left_out_takes_it_out_and_a_line_that_is_not_sent_keeps_it(
    client, secretary, report, record, save, resolution
):
    blood, figure = resolution.blood.indicator_id, record(5)
    save(5, figure)
    client.force_login(secretary)
    other = {"version": 1, f"i{resolution.works.indicator_id}-amount": "1"}
    assert client.post(FORM + "autosave/", other).json()["version"] == 2
    assert held(report) == {figure.pk: 5}
    assert client.post(FORM + "autosave/", {"version": 2, f"i{blood}-amount": "5"}).json()["version"] == 3
    assert held(report) == {}
    again = client.post(FORM + "autosave/", {"version": 3, f"i{blood}-amount": "5"}).json()
    assert again["version"] == 3


def test_ticks_are_among_what_two_people_may_clash_over(report, record, save, resolution):
    blood, figure = resolution.blood.indicator_id, record(5)
    assert f"o{figure.pk}" not in base_of(sheet_of(report))
    save(5, figure)
    assert f'"i{blood}-o{figure.pk}": "1"' in base_of(sheet_of(report))


def test_many_drafts_saved_at_once_leave_the_ticks(report, record, save, secretary, resolution):
    figure = record(5)
    save(5, figure)
    report.refresh_from_db()
    said = {resolution.blood.indicator_id: amount(6)}
    save_drafts(actor=secretary, drafts=[Draft(report, report.version, said)])
    assert held(report) == {figure.pk: 5}


def test_when_two_indicators_become_one_the_report_holds_the_sum(
    report, record, save, day, secretary, province, resolution
):
    blood, plasma = resolution.blood.indicator, indicator_of(province.top, "Huyết tương")
    row = record_participation(
        actor=None,
        activity=day,
        unit=province.justice,
        done_on=date(2024, 9, 14),
        figures={blood: Decimal(5), plasma: Decimal(2)},
    )
    mine, other = row.figures.get(indicator=blood), row.figures.get(indicator=plasma)
    save(5, mine)
    TakenOutcome.objects.create(report=report, figure=other, amount=2)
    follow_all(plasma, blood)
    assert (held(report), row.figures.get().amount) == ({mine.pk: 7}, 7)
    assert "changed" not in kinds(report)


def test_the_form_takes_one_query_more_whatever_is_offered_and_held(client, secretary, report, record, save):
    client.force_login(secretary)
    before = count_queries(lambda: client.get(FORM))
    record(1, date(2024, 8, 31))
    assert count_queries(lambda: client.get(FORM)) == before
    save(9, *(record(3, date(2024, 9, number)) for number in (3, 4, 5)))
    record(1, date(2024, 9, 6))
    assert count_queries(lambda: client.get(FORM)) == before + 1


def test_the_form_shows_what_is_held_though_its_day_is_in_another_month(
    client, secretary, report, record, save, day, resolution
):
    figure = record(5)
    save(5, figure)
    Participation.objects.update(done_on=date(2024, 10, 1))
    client.force_login(secretary)
    page = client.get(FORM)
    line = next(line for line in page.context["sheet"].lines if line.indicator == resolution.blood.indicator)
    assert [(one.figure_id, one.amount, one.taken) for one in line.offers] == [(figure.pk, None, 5)]


def test_cancelling_is_no_dearer_for_many_outcomes(
    province, resolution, report, save, secretary, officer, django_capture_on_commit_callbacks
):
    blood = resolution.blood.indicator

    def held_on(count: int):
        """An activity of the unit with so many outcomes, and their figures."""
        event = plan_activity(actor=None, unit=province.bloc_union, name=f"{count} buổi hiến máu", scope="all_units")
        common = {"actor": None, "activity": event, "unit": province.justice, "figures": {blood: Decimal(1)}}
        rows = [record_participation(done_on=date(2024, 9, n), people=20, **common) for n in range(1, count + 1)]
        return event, [row.figures.get() for row in rows]

    few, many = held_on(2), held_on(20)
    save(22, *few[1], *many[1])
    report.refresh_from_db()
    bring_to("submitted", report, secretary=secretary, officer=officer)

    def cancelling(event) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            cancel(actor=None, activity=event, reason="Mưa lũ.")

    asked = [count_queries(lambda event=event: cancelling(event)) for event, _figures in (few, many)]
    assert asked[0] == asked[1]
    told = Notice.objects.filter(kind="reports.outcome_changed")
    assert [told.filter(text__startswith=f"“{n} buổi hiến máu”").count() for n in (2, 20)] == [2 * 2, 20 * 2]
