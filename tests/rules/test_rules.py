"""The number rules of the domain, 1 to 17, by their number: real services, real engine, real selectors."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from reports.enums import Timeliness
from reports.progress import services as progress
from reports.progress.deadlines import deadline_of, timeliness_of
from reports.progress.errors import SubmissionBlocked
from reports.progress.models import ProgressEntry, ProgressReport
from reports.progress.warnings import warnings_for
from reports.rollups.audit import audit_rollups
from reports.rollups.models import Rollup
from reports.rollups.selectors import (
    carrier_results,
    child_results,
    history,
    own_result,
    reporting_counts,
    target_results,
)
from reports.rollups.services import drain_dirty
from targets.figures import display_percent
from targets.services import allocate
from tests.rules.world import END_OF, NOT_DONE, amount, done, ratio
from units.enums import Kind, SuccessionKind
from units.services import close_unit, create_bloc, join_bloc, set_headcount, split_off

OFFICIAL, PROVISIONAL = "official", "provisional"


def test_rule_01_ratios_are_added_and_divided_once(world):
    studied = world.indicator("ratio")
    large, small = world.units(2)
    target = world.target(studied, minimum=50)
    world.issue()
    world.approve(large, 3, {studied: ratio(90, 100)})
    world.approve(small, 3, {studied: ratio(0, 10)})

    result = world.result(target, 3)

    assert (result.numerator, result.denominator) == (90, 110)
    assert result.value == Decimal(9000) / 110  # and not (90 % + 0 %) / 2


def test_rule_01_division_by_zero_is_no_value(world):
    studied = world.indicator("ratio")
    unit = world.unit("QNA-001")
    target = world.target(studied, minimum=50)
    world.issue()
    world.approve(unit, 3, {studied: ratio(0, 0)})

    result = world.result(target, 3)

    assert (result.value, result.numerator, result.denominator) == (None, 0, 0)
    assert (result.status, result.completion, result.reported) == ("no_data", None, 1)


def test_rule_01_the_typed_denominator_counts_and_warns(world):
    studied = world.indicator("ratio", measure="đoàn viên")
    unit = world.unit("QNA-001")
    set_headcount(unit=unit, as_of=date(2024, 1, 1), members=100)
    target = world.target(studied, minimum=50)
    world.issue()
    report = world.approve(unit, 3, {studied: ratio(20, 40)})

    assert world.result(target, 3).denominator == 40
    assert [oddity.kind for oddity in warnings_for(report)] == ["headcount"]


def test_rule_02_missing_is_not_zero(world):
    blood = world.indicator()
    speaks, silent = world.units(2)
    target = world.target(blood, minimum=10)
    world.issue()
    world.approve(speaks, 3, {blood: amount(0)})
    world.open(4)

    zero, none = world.result(target, 3), world.result(target, 2)
    contributions = {
        row.unit: row.value
        for row in child_results(target=target, unit=world.body, period=world.periods[3], basis=OFFICIAL)
    }

    assert (zero.value, zero.in_period, zero.status) == (0, 0, "behind")
    assert (none.value, none.in_period, none.status) == (None, None, "no_data")
    assert contributions == {speaks: 0, silent: None}


def test_rule_02_totals_say_how_many_reported_and_what_is_carried(world):
    studied = world.indicator("ratio")
    first, second, _silent = world.units(3)
    target = world.target(studied, minimum=50)
    world.issue()
    world.approve(first, 3, {studied: ratio(1, 2)})
    world.approve(first, 4, {studied: ratio(2, 2)})
    world.approve(second, 3, {studied: ratio(1, 2)})

    april = world.result(target, 4)

    assert (april.numerator, april.denominator) == (3, 4)
    assert (april.reported, april.required, april.carried) == (2, 4, 1)  # the body itself is the fourth


def test_rule_03_sum_and_latest(world):
    given = world.indicator("amount", "sum")
    using = world.indicator("amount", "latest")
    unit = world.unit("QNA-001")
    added, stands = world.target(given, minimum=10), world.target(using, minimum=10)
    world.issue()
    for month, value in ((1, 4), (3, 5)):
        world.approve(unit, month, {given: amount(value), using: amount(value)})
    world.open(4)

    assert [world.result(added, month).value for month in (1, 2, 3, 4)] == [4, 4, 9, 9]
    assert [world.result(stands, month).value for month in (1, 2, 3, 4)] == [4, 4, 5, 5]
    assert [world.result(stands, month).carried for month in (1, 2, 3, 4)] == [0, 1, 0, 1]


def test_rule_03_latest_never_looks_before_the_targets_first_period(world):
    using = world.indicator("amount", "latest")
    unit = world.unit("QNA-001")
    year = world.target(using, minimum=10)
    second_half = world.target(using, minimum=10, starts_on=date(2024, 7, 1))
    world.issue()
    world.approve(unit, 5, {using: amount(6)})
    world.open(8)
    assert [world.result(target, 8).value for target in (year, second_half)] == [6, None]

    world.approve(unit, 9, {using: amount(7)})
    assert [world.result(target, 9).value for target in (year, second_half)] == [7, 7]


def test_rule_03_figures_belong_to_the_unit_and_not_to_who_typed(world):
    using = world.indicator("amount", "latest")
    unit = world.unit("QNA-001")
    target = world.target(using, minimum=10)
    world.issue()
    world.approve(unit, 1, {using: amount(4)})
    world.clerk, world.officer = world.officer, world.clerk
    world.approve(unit, 2, {using: amount(5)})

    result = world.result(target, 2)
    assert (result.value, result.reported) == (5, 1)


def test_rule_04_milestones_from_the_earliest_day(world):
    elected = world.indicator("milestone")
    first, second, third = world.units(3)
    target = world.target(elected, "each_unit", required_share=60)
    world.issue()
    world.approve(first, 3, {elected: done(date(2024, 3, 9))})
    world.approve(first, 4, {elected: done(date(2024, 3, 5))})
    world.approve(second, 4, {elected: NOT_DONE})
    world.approve(third, 4, {elected: done(date(2024, 4, 1))})

    result = world.result(target, 4)
    by_carrier = carrier_results(target=target, period=world.periods[4], basis=OFFICIAL)

    assert (result.numerator, result.denominator, result.status) == (2, 3, "met")
    assert [(row.unit, row.done_on, row.value) for row in by_carrier] == [
        (first, date(2024, 3, 5), 100),
        (second, None, 0),
        (third, date(2024, 4, 1), 100),
    ]
    assert world.result(target, 3).numerator == 1


def test_rule_04_a_milestone_done_in_time_and_reported_late_counts(world):
    elected = world.indicator("milestone")
    unit = world.unit("QNA-001")
    target = world.target(elected, "each_unit", required_share=100, due_on=END_OF[6])
    world.issue()
    world.open(6)
    assert world.result(target, 6).status == "missed"

    world.approve(unit, 7, {elected: done(date(2024, 6, 28))})
    assert [world.result(target, month).status for month in (6, 7)] == ["missed", "met"]


def test_rule_04_a_milestone_of_the_units_below_is_not_the_issuers(world):
    awarded = world.indicator("milestone")
    unit = world.unit("QNA-001")
    own = world.target(awarded, "issuer_own")
    world.target(awarded, "each_unit", required_share=100)
    world.issue()
    world.approve(unit, 3, {awarded: done(date(2024, 3, 1))})
    assert world.result(own, 3).value is None

    world.approve(world.body, 3, {awarded: done(date(2024, 3, 2))})
    result = world.result(own, 3)
    assert (result.value, result.status, result.done_on) == (100, "met", date(2024, 3, 2))


def test_rule_05_denominators_follow_the_period(world):
    elected = world.indicator("milestone")
    stays, goes = world.units(2)
    target = world.target(elected, "each_unit", required_share=100)
    # Open on the last day of May, on the very last, and not yet.
    world.unit("QNA-003", opened_on=date(2024, 5, 1))
    world.unit("QNA-004", opened_on=date(2024, 5, 31))
    world.unit("QNA-005", opened_on=date(2024, 6, 1))
    world.issue()
    world.approve(stays, 3, {elected: done(date(2024, 3, 1))})
    close_unit(unit=goes, on=date(2024, 7, 1))
    world.open(7)

    of = [(world.result(target, month).numerator, world.result(target, month).denominator) for month in (4, 5, 6, 7)]

    assert of == [(1, 2), (1, 4), (1, 5), (1, 4)]


def test_rule_05_who_opens_after_the_due_period_changes_nothing(world):
    elected = world.indicator("milestone")
    unit = world.unit("QNA-001")
    target = world.target(elected, "each_unit", required_share=100, due_on=END_OF[6])
    world.issue()
    world.approve(unit, 6, {elected: done(date(2024, 6, 1))})
    world.unit("QNA-002", opened_on=date(2024, 8, 1))
    world.open(8)

    result = world.result(target, 8)
    assert (result.numerator, result.denominator, result.status) == (1, 1, "met")


@pytest.mark.parametrize(
    ("given", "status", "completion"), [(9, "at_risk", 90), (10, "met", 100), (12, "met", 120), (20, "exceeded", 200)]
)
def test_rule_06_below_within_above_and_never_capped(world, given, status, completion):
    trips = world.indicator()
    unit = world.unit("QNA-001")
    target = world.target(trips, minimum=10, maximum=12, due_on=END_OF[10])
    world.issue()
    world.approve(unit, 10, {trips: amount(given)})

    result = world.result(target, 10, today=date(2024, 10, 31))

    assert (result.value, result.status, result.completion) == (given, status, completion)


def test_rule_06_a_limit_has_no_completion(world):
    poor_again = world.indicator()
    unit = world.unit("QNA-001")
    target = world.target(poor_again, maximum=3)
    world.issue()
    world.approve(unit, 1, {poor_again: amount(3)})

    result = world.result(target, 1)
    assert (result.status, result.completion, result.expected) == ("on_track", None, None)


def test_rule_07_each_unit_is_held_by_itself(world):
    dialogues = world.indicator()
    eager, lazy, hidden = world.units(3)
    branch = world.unit("QNA-003-01", parent=hidden)
    target = world.target(dialogues, "each_unit", minimum=1, maximum=2, required_share=100)
    world.issue()
    world.approve(eager, 3, {dialogues: amount(30)})
    world.approve(lazy, 3, {dialogues: amount(0)})
    world.approve(branch, 3, {dialogues: amount(1)})

    result = world.result(target, 3)

    # 31 dialogues in all prove nothing: one of three units has none.
    assert (result.numerator, result.denominator, result.reported) == (2, 3, 3)
    assert result.status == "on_track"
    own = [world.result(target, 3, unit=unit) for unit in (eager, lazy, hidden, branch)]
    assert [(row.value, row.status) for row in own] == [(30, "exceeded"), (0, "on_track"), (1, "met"), (1, None)]


def test_rule_07_only_units_of_the_named_kind_carry(world):
    congress = world.indicator("milestone")
    branch_of_body = world.unit("QNA-001", kind=Kind.GRASSROOTS_BRANCH)
    world.unit("QNA-002", kind=Kind.GRASSROOTS_UNION)
    target = world.target(congress, "each_unit", required_share=100, carrier_kinds=[Kind.GRASSROOTS_BRANCH])
    world.issue()
    world.approve(branch_of_body, 3, {congress: done(date(2024, 3, 1))})

    result = world.result(target, 3)
    assert (result.numerator, result.denominator, result.status) == (1, 1, "met")


def test_rule_07_each_bloc_adds_its_members_up(world):
    households = world.indicator()
    units = world.units(4)
    blocs = [create_bloc(owner=world.body, number=number, name=f"Khối {number}") for number in (1, 2)]
    for number, unit in enumerate(units):
        join_bloc(unit=unit, bloc=blocs[number // 2], on=date(2024, 1, 1))
    target = world.target(households, "each_bloc", minimum=2, required_share=100)
    world.issue()
    for unit, given in zip(units, (1, 1, 1, 0), strict=True):
        world.approve(unit, 3, {households: amount(given)})

    result = world.result(target, 3)
    blocs_held = carrier_results(target=target, period=world.periods[3], basis=OFFICIAL)

    assert (result.numerator, result.denominator) == (1, 2)
    assert [(row.bloc, row.value, row.status, row.reported, row.required) for row in blocs_held] == [
        (blocs[0], 2, "met", 2, 2),
        (blocs[1], 1, "on_track", 2, 2),
    ]
    member = world.result(target, 3, unit=units[0])
    assert (member.value, member.status) == (1, None)


def test_rule_08_a_ratio_is_met_only_when_all_have_reported(world):
    studied = world.indicator("ratio")
    first, second = world.units(2)
    target = world.target(studied, minimum=90)
    world.issue()
    world.approve(world.body, 3, {studied: ratio(5, 5)})
    world.approve(first, 3, {studied: ratio(50, 50)})
    two = world.result(target, 3)
    assert (two.value, two.reported, two.required, two.status) == (100, 2, 3, "not_due")

    world.approve(second, 3, {studied: ratio(9, 10)})
    three = world.result(target, 3)
    assert (three.numerator, three.denominator, three.reported, three.status) == (64, 65, 3, "met")


def test_rule_08_holds_for_each_carrier_too(world):
    studied = world.indicator("ratio")
    unit = world.unit("QNA-001")
    branch = world.unit("QNA-001-01", parent=unit)
    target = world.target(studied, "each_unit", minimum=100, required_share=100)
    world.issue()
    world.approve(unit, 3, {studied: ratio(5, 5)})
    assert world.result(target, 3).numerator == 0

    world.approve(branch, 3, {studied: ratio(4, 4)})
    assert world.result(target, 3).numerator == 1


def test_rule_09_two_bases(world):
    blood = world.indicator()
    approved, waiting, drafting, sent_back = world.units(4)
    target = world.target(blood, minimum=10)
    world.issue()
    world.approve(approved, 3, {blood: amount(1)})
    world.submit(waiting, 3, {blood: amount(20)})
    world.draft(drafting, 3, {blood: amount(300)})
    progress.return_report(
        actor=world.officer, report=world.submit(sent_back, 3, {blood: amount(4000)}), reason="Xem lại"
    )

    official, provisional = (world.result(target, 3, basis=basis) for basis in (OFFICIAL, PROVISIONAL))

    assert (official.value, official.reported, official.required) == (1, 1, 5)
    assert (provisional.value, provisional.reported, provisional.required) == (21, 2, 5)


def test_rule_10_every_way_in_and_back_out(world):
    blood = world.indicator()
    units = world.units(2)
    target = world.target(blood, minimum=10)
    world.issue()
    reports = [world.submit(unit, 3, {blood: amount(5)}) for unit in units]

    def figures():
        both = (world.result(target, 3, basis=basis) for basis in (OFFICIAL, PROVISIONAL))
        return [(result.value, result.reported) for result in both]

    assert figures() == [(None, 0), (10, 2)]
    progress.approve_reports(actor=world.officer, reports=reports)
    assert figures() == [(10, 2), (10, 2)]
    reopened = progress.reopen_report(actor=world.officer, report=reports[0], reason="Sai số")
    assert figures() == [(5, 1), (5, 1)]
    world.draft(units[0], 3, {blood: amount(7)})
    assert figures() == [(5, 1), (5, 1)]
    reopened.refresh_from_db()
    resubmitted = progress.submit_report(actor=world.clerk, report=reopened, version=reopened.version)
    assert figures() == [(5, 1), (12, 2)]
    progress.return_report(actor=world.officer, report=resubmitted, reason="Chưa đúng")
    assert figures() == [(5, 1), (5, 1)]
    world.approve(units[0], 3, {blood: amount(6)})
    assert figures() == [(11, 2), (11, 2)]


def test_rule_11_late_is_not_absent(world):
    blood = world.indicator()
    on_time, late, missing = world.units(3)
    not_required = world.unit("QNA-009", opened_on=date(2024, 5, 1))
    target = world.target(blood, minimum=10)
    world.issue()
    period = world.periods[3]
    world.approve(on_time, 3, {blood: amount(1)})
    report = world.draft(late, 3, {blood: amount(2)})
    world.on(period.due_on + timedelta(days=1))
    progress.submit_report(actor=world.clerk, report=report, version=report.version)
    now = datetime.combine(period.locks_on, datetime.min.time(), timezone(timedelta(hours=7)))

    said = [timeliness_of(world.report_of(unit, 3), now) for unit in (on_time, late, missing)]
    counts = reporting_counts(unit=world.body, period=period, now=now).total

    assert said == [Timeliness.ON_TIME, Timeliness.LATE, Timeliness.MISSING]
    assert not ProgressReport.objects.filter(unit=not_required, period=period).exists()
    assert (counts.required, counts.on_time, counts.late, counts.missing) == (3, 1, 1, 1)
    assert world.result(target, 3, basis=PROVISIONAL).value == 3  # what is late counts in full


def test_rule_11_late_and_locked_are_different_settings(world):
    blood = world.indicator()
    unit = world.unit("QNA-001")
    world.target(blood, minimum=10)
    world.issue()
    report = world.draft(unit, 3, {blood: amount(1)})
    deadline = deadline_of(unit, world.periods[3])
    assert deadline.due_on < deadline.locks_on
    world.on(deadline.locks_on + timedelta(days=1))

    with pytest.raises(SubmissionBlocked):
        progress.submit_report(actor=world.clerk, report=report, version=report.version)
    world.on(deadline.locks_on)
    assert progress.submit_report(actor=world.clerk, report=report, version=report.version).state == "submitted"


def test_rule_12_one_owner_per_number(world):
    blood = world.indicator()
    unit = world.unit("QNA-001")
    branch = world.unit("QNA-001-01", parent=unit)
    target = world.target(blood, minimum=100)
    world.issue()
    for owner, given in ((world.body, 1), (unit, 20), (branch, 300)):
        world.approve(owner, 3, {blood: amount(given)})

    at = {"target": target, "period": world.periods[3], "basis": OFFICIAL}
    totals = [world.result(target, 3, unit=owner).value for owner in (world.body, unit, branch)]

    assert totals == [321, 320, 300]
    assert [own_result(unit=owner, **at).value for owner in (world.body, unit, branch)] == [1, 20, 300]
    assert [(row.unit, row.value) for row in child_results(unit=world.body, **at)] == [(unit, 320)]


def test_rule_12_the_units_own_work_is_not_the_issuers(world):
    dialogues = world.indicator()
    units = world.units(3)
    own = world.target(dialogues, "issuer_own", minimum=1)
    pooled = world.target(dialogues, minimum=40)
    world.issue()
    for unit in units:
        world.approve(unit, 3, {dialogues: amount(15)})
    assert world.result(own, 3).value is None

    world.approve(world.body, 4, {dialogues: amount(1)})
    result = world.result(own, 4)
    assert (result.value, result.status, result.reported, result.required) == (1, "met", 1, 1)
    assert world.result(pooled, 4).value == 46


def test_rule_13_reorganisation_never_rewrites_history(world):
    blood, studied = world.indicator(), world.indicator("ratio")
    first, second = world.units(2)
    blocs = [create_bloc(owner=world.body, number=number, name=f"Khối {number}") for number in (1, 2)]
    for unit in (first, second):
        join_bloc(unit=unit, bloc=blocs[0], on=date(2024, 1, 1))
    targets = [
        world.target(blood, minimum=20),
        world.target(studied, minimum=80),
        world.target(blood, "each_unit", minimum=5, required_share=100),
        world.target(blood, "each_bloc", minimum=5, required_share=100),
    ]
    world.issue()
    for month in (1, 2, 3, 4):
        for unit in (first, second):
            world.approve(unit, month, {blood: amount(2), studied: ratio(month, 10)})
    world.open(5)
    drain_dirty()

    def printed():
        drain_dirty()
        return [
            [
                (row.value, row.numerator, row.reported, row.required)
                for row in target_results(targets=targets, unit=world.body, period=world.periods[month], basis=OFFICIAL)
            ]
            for month in (1, 2, 3, 4)
        ]

    before = printed()
    heir = world.unit("QNA-010", opened_on=date(2024, 5, 1))
    for unit in (first, second):
        close_unit(unit=unit, on=date(2024, 5, 1), successors=[(heir, SuccessionKind.MERGED)])
    join_bloc(unit=heir, bloc=blocs[1], on=date(2024, 5, 1))
    world.approve(heir, 5, {blood: amount(1), studied: ratio(7, 20)})

    assert printed() == before
    pooled, learned, each_unit, each_bloc = target_results(
        targets=targets, unit=world.body, period=world.periods[5], basis=OFFICIAL
    )
    assert pooled.value == 17
    assert (learned.numerator, learned.denominator) == (7, 20)
    assert (each_unit.numerator, each_unit.denominator) == (1, 1)
    assert (each_bloc.numerator, each_bloc.denominator) == (0, 1)


def test_rule_13_a_successor_takes_over_what_was_done(world):
    elected, using = world.indicator("milestone"), world.indicator("amount", "latest")
    first, second = world.units(2)
    done_by = world.target(elected, "each_unit", required_share=100)
    stands = world.target(using, "each_unit", minimum=10, required_share=100)
    world.issue()
    world.approve(first, 2, {elected: done(date(2024, 2, 3)), using: amount(6)})
    world.approve(second, 3, {elected: NOT_DONE, using: amount(5)})
    world.open(4)
    heir = world.unit("QNA-010", opened_on=date(2024, 5, 1))
    for unit in (first, second):
        close_unit(unit=unit, on=date(2024, 5, 1), successors=[(heir, SuccessionKind.MERGED)])
    world.open(6)

    assert [world.result(done_by, month, unit=heir).done_on for month in (5, 6)] == [date(2024, 2, 3)] * 2
    inherited = world.result(stands, 6, unit=heir)
    assert (inherited.value, inherited.status, inherited.carried) == (11, "met", 2)

    world.approve(heir, 7, {using: amount(9)})
    own = world.result(stands, 7, unit=heir)
    assert (own.value, own.status, own.carried) == (9, "not_due", 0)


def test_rule_13_a_unit_split_off_owes_only_targets_that_start_later(world):
    elected = world.indicator("milestone")
    origin = world.unit("QNA-001")
    year = world.target(elected, "each_unit", required_share=100)
    second_half = world.target(elected, "each_unit", required_share=100, starts_on=date(2024, 7, 1))
    world.issue()
    world.approve(origin, 3, {elected: done(date(2024, 3, 1))})
    split_off(unit=world.unit("QNA-002", opened_on=date(2024, 5, 1)), origin=origin)
    world.open(8)

    assert (world.result(year, 8).numerator, world.result(year, 8).denominator) == (1, 1)
    assert world.result(second_half, 8).required == 2


def test_rule_13_who_was_split_off_and_takes_over_its_origin_inherits_what_that_reached(world):
    blood, elected = world.indicator(), world.indicator("milestone")
    origin = world.unit("QNA-001")
    pooled = world.target(blood, minimum=100)
    second_half = world.target(blood, "each_unit", minimum=15, required_share=100, starts_on=date(2024, 7, 1))
    world.target(elected, "each_unit", required_share=100, starts_on=date(2024, 7, 1))
    world.issue()
    allocate(
        actor=None,
        target=pooled,
        unit=origin,
        minimum=Decimal(40),
        effective_on=date(2024, 1, 1),
        handed_by=world.body,
    )
    young = world.unit("QNA-002", opened_on=date(2024, 5, 1))
    split_off(unit=young, origin=origin)
    for month in (6, 7, 8):
        world.approve(origin, month, {blood: amount(6)})
    close_unit(unit=origin, on=date(2024, 9, 1), successors=[(young, SuccessionKind.MERGED)])
    world.approve(young, 9, {blood: amount(5)})

    share, test = world.result(pooled, 9, unit=young), world.result(second_half, 9, unit=young)
    assert (share.minimum, share.value, share.inherited) == (40, 23, 18)
    assert (test.value, test.inherited, test.status) == (17, 12, "met")
    whole = world.result(second_half, 9)
    assert (whole.numerator, whole.denominator) == (1, 1)


def test_rule_14_the_plans_target_is_a_field(world):
    blood = world.indicator()
    first, second = world.units(2)
    target = world.target(blood, minimum=100)
    world.issue()
    for unit, minimum in ((first, 60), (second, 46)):
        allocate(
            actor=None,
            target=target,
            unit=unit,
            minimum=Decimal(minimum),
            effective_on=date(2024, 1, 1),
            handed_by=world.body,
        )
    world.approve(first, 12, {blood: amount(60)})
    world.approve(second, 12, {blood: amount(40)})

    whole = world.result(target, 12)
    parts = [world.result(target, 12, unit=unit) for unit in (first, second)]

    assert (whole.minimum, whole.value, whole.status) == (100, 100, "met")
    assert [(row.minimum, row.status) for row in parts] == [(60, "met"), (46, "missed")]


def test_rule_14_shares_are_handed_down_further_and_taken_over(world):
    blood = world.indicator()
    unit = world.unit("QNA-001")
    branch, unasked = world.unit("QNA-001-01", parent=unit), world.unit("QNA-001-02", parent=unit)
    target = world.target(blood, minimum=100)
    world.issue()
    for receiver, handed_by, minimum in ((unit, world.body, 15), (branch, unit, 10)):
        allocate(
            actor=None,
            target=target,
            unit=receiver,
            minimum=Decimal(minimum),
            effective_on=date(2024, 1, 1),
            handed_by=handed_by,
        )
    for month in (1, 2, 3, 4):
        world.approve(branch, month, {blood: amount(2)})
    heir = world.unit("QNA-001-03", parent=unit, opened_on=date(2024, 5, 1))
    close_unit(unit=branch, on=date(2024, 5, 1), successors=[(heir, SuccessionKind.WHOLE)])
    world.approve(heir, 5, {blood: amount(3)})

    results = [world.result(target, 5, unit=one) for one in (unit, branch, heir, unasked)]

    assert [(row.minimum, row.value, row.status) for row in results] == [
        (15, 11, "on_track"),
        (None, 8, None),
        (10, 11, "met"),
        (None, None, None),
    ]
    assert results[2].inherited == 8


def test_rule_15_one_report_per_unit_and_period(world):
    blood = world.indicator()
    unit = world.unit("QNA-001")
    world.target(blood, minimum=1)
    world.issue()
    world.open(3)

    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport.objects.create(unit=unit, period=world.periods[3])


def test_rule_15_one_entry_per_report_and_indicator(world):
    blood = world.indicator()
    unit = world.unit("QNA-001")
    world.target(blood, minimum=1)
    world.issue()
    report = world.draft(unit, 3, {blood: amount(1)})

    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressEntry.objects.create(report=report, indicator=blood, amount=2)


def test_rule_16_the_audit_finds_nothing_and_every_tampering(world, capsys):
    blood, studied, elected = world.indicator(), world.indicator("ratio"), world.indicator("milestone")
    unit = world.unit("QNA-001")
    branch = world.unit("QNA-001-01", parent=unit)
    for indicator in (blood, studied):
        world.target(indicator, minimum=1)
    world.target(elected, "each_unit", required_share=100)
    world.issue()
    for month in (2, 4):
        world.approve(branch, month, {blood: amount(month), studied: ratio(month, 9)})
    world.approve(unit, 3, {elected: done(date(2024, 3, 2))})
    world.open(5)
    assert audit_rollups() == []
    call_command("audit_rollups")

    changed = Rollup.objects.filter(unit=world.body, indicator=blood, basis=OFFICIAL).first()
    Rollup.objects.filter(pk=changed.pk).update(amount=99)
    Rollup.objects.filter(unit=unit, indicator=elected, period=world.periods[5], basis=OFFICIAL).delete()

    differences = audit_rollups()
    assert len(differences) == 2
    assert {(row.stored or row.expected)[0] for row in differences} == {99, 1}
    with pytest.raises(CommandError):
        call_command("audit_rollups")
    assert "stored" in capsys.readouterr().out
    call_command("rebuild_rollups")
    assert audit_rollups() == []


def test_rule_17_decimals_are_exact(world):
    rice = world.indicator(is_whole=False)
    units = world.units(3)
    target = world.target(rice, minimum="0.3001")
    world.issue()
    for unit, given in zip(units, ("0.1", "0.2", "0.0001"), strict=True):
        world.approve(unit, 3, {rice: amount(given)})

    result = world.result(target, 3)

    assert (result.value, result.status) == (Decimal("0.3001"), "met")


def test_rule_17_just_below_a_hundred_is_not_shown_as_a_hundred(world):
    studied = world.indicator("ratio")
    unit = world.unit("QNA-001")
    target = world.target(studied, minimum=100)
    world.issue()
    world.approve(unit, 3, {studied: ratio(9996, 10000)})

    result = world.result(target, 3)

    assert result.value == Decimal("99.96")
    assert display_percent(result.value) == Decimal("99.9")


def test_history_tells_each_month_as_it_was(world):
    blood = world.indicator()
    unit = world.unit("QNA-001")
    target = world.target(blood, minimum=10, due_on=END_OF[4])
    world.issue()
    for month in (1, 3, 5):
        world.approve(unit, month, {blood: amount(month)})
    drain_dirty()

    points = history(targets=[target], unit=world.body, period=world.periods[5], basis=OFFICIAL)[target.pk]

    assert [(point.period.month, point.value, point.in_period) for point in points] == [
        (1, 1, 1),
        (2, 1, None),
        (3, 4, 3),
        (4, 4, None),
        (5, 4, None),
    ]
