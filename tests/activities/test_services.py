"""Entering activities and what units did in them; what a merge of indicators does to outcomes."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.models import Activity, Participation, ParticipationFigure
from activities.selectors import Outcome, is_overdue, outcomes_for
from activities.services import cancel, mark_done, postpone, record_participation
from plans.services import add_section, close_plan
from targets.services import merge_indicators
from tests.making import activity, draft, indicator, issue, ratio

MARCH = (date(2024, 3, 1), date(2024, 3, 31), "month")
JULY = (date(2024, 7, 1), date(2024, 7, 31), "month")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"scope": "club"}, "scope"),
        ({"scope": "bloc"}, "bloc"),
        ({"repeats": 0}, "repeats"),
        ({"windows": [(date(2024, 3, 2), date(2024, 3, 1), "day")]}, "windows"),
        ({"windows": [(date(2024, 3, 2), date(2024, 3, 31), "month")]}, "windows"),
        ({"windows": [(date(2024, 3, 1), date(2024, 3, 31), "months")]}, "windows"),
        ({"windows": [(date(2024, 2, 1), date(2024, 4, 30), "quarter")]}, "windows"),
        ({"windows": [(date(2024, 3, 1), date(2024, 3, 31), "soon")]}, "windows"),
        ({"windows": [MARCH, MARCH]}, "windows"),
    ],
)
def test_a_wrong_activity_is_refused_at_its_field(province, facts, field):
    with pytest.raises(ValidationError) as refused:
        activity(province.bloc_union, **facts)
    assert set(refused.value.error_dict) == {field}
    assert Activity.objects.count() == 0


def test_times_are_kept_as_precisely_as_they_were_given(province):
    spans = [
        (date(2024, 7, 26), date(2024, 7, 26), "day"),
        (date(2024, 10, 11), date(2024, 10, 20), "part_of_month"),
        MARCH,
        (date(2024, 5, 1), date(2024, 6, 30), "months"),
        (date(2024, 7, 1), date(2024, 9, 30), "quarter"),
        (date(2024, 1, 1), date(2024, 12, 31), "year"),
    ]
    event = activity(province.bloc_union, windows=spans, is_tentative=True)
    kept = list(event.windows.values_list("starts_on", "ends_on", "precision"))
    assert kept == sorted(spans)
    assert activity(province.bloc_union, windows=[]).windows.count() == 0


def test_an_activity_hangs_on_its_own_plan_or_on_an_issued_one_above(province):
    own, above, beside = draft(province.bloc_union), draft(province.qna), draft(province.kgi)
    section = add_section(plan=beside, number="I", heading="Khác")
    closed = close_plan(actor=None, plan=issue(draft(province.bloc_union)))
    for facts, field in (
        ({"plan": above}, "plan"),
        ({"plan": beside}, "plan"),
        ({"plan": closed}, "plan"),
        ({"plan": own, "section": section}, "section"),
        ({"section": section}, "section"),
        ({"plan": own, "windows": [(date(2025, 3, 1), date(2025, 3, 31), "month")]}, "windows"),
        ({"scope": "bloc", "bloc": province.bloc_1, "unit": province.qna}, "bloc"),
    ):
        unit = facts.pop("unit", province.bloc_union)
        with pytest.raises(ValidationError) as refused:
            activity(unit, **facts)
        assert set(refused.value.error_dict) == {field}
    over_new_year = [(date(2024, 12, 1), date(2025, 1, 31), "months")]
    first, second = (
        activity(province.bloc_union, plan=own, windows=over_new_year),
        activity(province.bloc_union, plan=own),
    )
    assert (first.order, second.order) == (1, 2)
    assert activity(province.bloc_union, plan=issue(above)).plan == above


# --- outcomes --------------------------------------------------------------------------------------------------------


def record(event, unit, amount=47, on=date(2024, 3, 14), actor=None, of=None, **more):
    figures = {of or event.indicators.get(): Decimal(amount)}
    return record_participation(actor=actor, activity=event, unit=unit, done_on=on, figures=figures, **more)


@pytest.fixture
def drive(province):
    """A simultaneous blood drive of the bloc union, whose outcome counts as blood."""
    return activity(province.bloc_union, scope="all_units", indicators=[indicator(province.qna)])


def test_an_outcome_is_offered_to_the_month_in_which_it_was(province, drive):
    record(drive, province.justice, 47, people=60)
    record(drive, province.justice, 3, on=date(2024, 4, 2))
    record(drive, province.finance, 12)
    blood = drive.indicators.get()
    march = outcomes_for(province.justice, date(2024, 3, 1), date(2024, 3, 31))
    assert march == [Outcome(drive, date(2024, 3, 14), blood, Decimal(47))]
    both = outcomes_for(province.justice, date(2024, 3, 14), date(2024, 4, 2))
    assert [(outcome.done_on, outcome.amount) for outcome in both] == [(date(2024, 3, 14), 47), (date(2024, 4, 2), 3)]


def test_what_was_cancelled_offers_nothing(province, drive):
    record(drive, province.justice)
    cancel(actor=None, activity=drive, reason="Dịch bệnh")
    assert outcomes_for(province.justice, date(2024, 3, 1), date(2024, 3, 31)) == []
    with pytest.raises(ValidationError):
        record(drive, province.finance)


def test_the_same_day_again_corrects_and_never_counts_twice(province, drive, secretary):
    record(drive, province.justice, 47, people=60, note="Sáng")
    record(drive, province.justice, 45, actor=secretary)
    assert Participation.objects.count() == ParticipationFigure.objects.count() == 1
    row = Participation.objects.get()
    assert (row.figures.get().amount, row.people, row.note, row.recorded_by) == (45, None, "", secretary)
    correction = drive.events.last()
    assert (correction.from_state, correction.to_state, correction.actor) == ("", "planned", secretary)
    assert correction.reason == (
        "Sửa kết quả của Chi đoàn Sở Tư pháp ngày 14/3/2024; trước đó: 60 người; Máu hiến tình nguyện: 47"
    )


@pytest.mark.parametrize("name", ["secretary", "officer"])
def test_the_unit_s_secretary_records_or_an_officer_on_its_behalf(province, drive, request, name):
    person = request.getfixturevalue(name)
    assert record(drive, province.justice, actor=person).recorded_by == person


@pytest.mark.parametrize("name", ["neighbour", "leader", "administrator", "bloc_head", "outsider", "nobody"])
def test_nobody_else_records(province, drive, request, name):
    with pytest.raises(PermissionDenied):
        record(drive, province.justice, actor=request.getfixturevalue(name))
    assert Participation.objects.count() == 0


def test_a_wrong_outcome_is_refused_at_its_field(province, drive):
    studied = ratio(province.qna)
    hours = indicator(province.qna, "Giờ tình nguyện", "giờ", is_whole=False)
    for facts, field in (
        ({"amount": -1}, "figures"),
        ({"amount": "1.5"}, "figures"),
        ({"of": studied}, "figures"),
        ({"on": date(2024, 10, 6)}, "done_on"),
        ({"on": date(2019, 12, 31)}, "unit"),
        ({"people": -1}, "people"),
        ({"unit": province.rach_gia}, "unit"),
    ):
        unit = facts.pop("unit", province.justice)
        with pytest.raises(ValidationError) as refused:
            record(drive, unit, **facts)
        assert set(refused.value.error_dict) == {field}
    assert Participation.objects.count() == 0
    assert record(drive, province.justice, "1.5", of=hours).figures.get().amount == Decimal("1.5")


def test_who_takes_part_follows_from_the_scope(province):
    blood = [indicator(province.qna)]
    own = activity(province.bloc_union, indicators=blood)
    of_bloc = activity(province.bloc_union, scope="bloc", bloc=province.bloc_1, indicators=blood)
    record(own, province.bloc_union)
    record(of_bloc, province.justice)
    for event, unit in ((own, province.justice), (of_bloc, province.finance)):
        with pytest.raises(ValidationError) as refused:
            record(event, unit)
        assert set(refused.value.error_dict) == {"unit"}


def test_merged_indicators_add_up_where_one_outcome_has_both(province, drive):
    blood, donated = drive.indicators.get(), indicator(province.qna, "Hiến máu", "đơn vị")
    record_participation(
        actor=None,
        activity=drive,
        unit=province.justice,
        done_on=date(2024, 3, 14),
        figures={blood: Decimal(40), donated: Decimal(7)},
    )
    record(drive, province.finance, 5, of=donated)
    merge_indicators(actor=None, source=donated, into=blood)
    rows = ParticipationFigure.objects.order_by("amount").values_list("indicator", "amount")
    assert list(rows) == [(blood.pk, 5), (blood.pk, 47)]


# --- overdue ---------------------------------------------------------------------------------------------------------


def test_overdue_is_when_all_windows_are_over_and_nothing_came_of_it(province):
    event = activity(province.bloc_union, windows=[MARCH, JULY])
    assert not is_overdue(event, date(2024, 7, 31))
    assert is_overdue(event, date(2024, 8, 1))
    november = (date(2024, 11, 2), date(2024, 11, 2), "day")
    moved = postpone(actor=None, activity=event, windows=[november], reason="Chờ sân")
    assert not is_overdue(moved, date(2024, 11, 2))
    assert is_overdue(moved, date(2024, 11, 3))
    done = mark_done(actor=None, activity=moved, done_on=date(2024, 10, 5))
    assert not is_overdue(done, date(2025, 1, 1))


def test_without_a_time_nothing_is_ever_overdue(province):
    assert not is_overdue(activity(province.bloc_union, windows=[]), date(2030, 1, 1))
