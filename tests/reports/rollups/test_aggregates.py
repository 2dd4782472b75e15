"""Statuses counted: by plan, unit, target and bloc, and what of them counts as good, red, judged."""

from fractions import Fraction
from types import SimpleNamespace

from reports.rollups.selectors import StatusCounts, TargetResult, by_bloc, by_plan, by_target, by_unit, count_statuses
from targets.compliance import Status
from units.models import Bloc

BLOCS = {11: Bloc(pk=1, number=1), 12: Bloc(pk=1, number=1), 13: Bloc(pk=2, number=2)}


def result(status, *, unit=11, target=1, plan=1, concerned=True):
    return TargetResult(
        target=SimpleNamespace(pk=target, plan_id=plan),
        unit=SimpleNamespace(pk=unit),
        status=status,
        concerned=concerned,
    )


def test_every_status_is_counted_and_none_twice():
    counts = count_statuses([result(status) for status in Status] + [result(Status.MET)])
    assert counts.numbers == {status: 1 + (status == Status.MET) for status in Status}
    assert (counts.total, counts.judged, counts.good, counts.red, counts.unjudged) == (9, 8, 4, 2, 0)
    assert counts.share == Fraction(1, 2)


def test_contributions_without_a_verdict_and_what_asks_nothing_stand_apart():
    counts = count_statuses([result(None), result(None, concerned=False), result(Status.MET, concerned=False)])
    assert counts == StatusCounts({}, unjudged=1)
    assert (counts.total, counts.share, counts.by_word) == (0, None, {})


def test_what_is_not_due_is_counted_but_not_judged():
    counts = count_statuses([result(Status.NOT_DUE)] * 3)
    assert (counts.total, counts.judged, counts.share) == (3, 0, None)


def test_silence_and_risk_are_judged_and_neither_good_nor_red():
    counts = count_statuses([result(Status.NO_DATA), result(Status.AT_RISK), result(Status.ON_TRACK)])
    assert (counts.judged, counts.good, counts.red) == (3, 1, 0)


def test_counts_by_plan_unit_target_and_bloc():
    results = [
        result(Status.MET, unit=11, target=1, plan=1),
        result(Status.BEHIND, unit=12, target=1, plan=1),
        result(None, unit=13, target=1, plan=1),
        result(Status.MET, unit=11, target=2, plan=2),
        result(None, unit=12, target=2, plan=2, concerned=False),
        result(Status.MISSED, unit=14, target=2, plan=2),
    ]
    met, behind, missed = ({status: 1} for status in (Status.MET, Status.BEHIND, Status.MISSED))
    assert by_plan(results) == {1: StatusCounts({**met, **behind}, 1), 2: StatusCounts({**met, **missed})}
    assert by_target(results) == by_plan(results)
    assert by_unit(results) == {
        11: StatusCounts({Status.MET: 2}),
        12: StatusCounts(behind),
        13: StatusCounts({}, 1),
        14: StatusCounts(missed),
    }
    # The fourth unit is in no bloc.
    assert by_bloc(results, BLOCS) == {
        BLOCS[11]: StatusCounts({Status.MET: 2, Status.BEHIND: 1}),
        BLOCS[13]: StatusCounts({}, 1),
    }
