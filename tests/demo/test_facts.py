"""The demonstration facts: complete, consistent and in the portal's vocabulary.

Whether they are true to the documents and in words of our own: `test_facts_documents`.
"""

import re
from collections import Counter
from datetime import date

import pytest

from accounts.enums import RoleName
from activities.enums import ActivityState, Precision, Scope
from doan_portal.demo.facts.indicators import INDICATORS
from doan_portal.demo.facts.orientation_kgi import ORIENTATION
from doan_portal.demo.facts.people import OFFICERS_ABOVE, PEOPLE, secretary_name
from doan_portal.demo.facts.resolution_qna import RESOLUTION
from doan_portal.demo.facts.shapes import TOPICS, ActivityFact, PlanFact, TargetFact, UnitFact
from doan_portal.demo.facts.units import (
    BLOCS,
    BRANCHES,
    GRASSROOTS,
    KCQ,
    KGI_ATTACHED,
    KGI_DISTRICTS,
    PREDECESSOR,
    SUCCESSOR,
    UNITS,
)
from plans.enums import PLAN_SYMBOLS, PlanKind, Topic
from targets.enums import Carrier, IndicatorKind, OverTime, Reach
from units.enums import KIND_LEVELS, Kind, Level
from units.models import UNIT_CODE

DEMO_DAY = date(2024, 10, 5)
PLANS = (RESOLUTION, ORIENTATION)
each_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.issuer)


def unit(code: str) -> UnitFact:
    return next(fact for fact in UNITS if fact.code == code)


def target(code: str) -> TargetFact:
    return next(fact for fact in RESOLUTION.targets if fact.code == code)


# --- The organisation ---


def test_grassroots_sixty_open_at_any_time_of_two_kinds() -> None:
    for day in (date(2024, 1, 1), date(2024, 4, 30), date(2024, 5, 1), DEMO_DAY):
        open_units = [u for u in GRASSROOTS if u.opened_on <= day and (u.closed_on is None or u.closed_on > day)]
        assert Counter(u.kind for u in open_units) == {"grassroots_union": 22, "grassroots_branch": 38}


def test_branches_stand_under_five_unions_two_to_four_each() -> None:
    beneath = Counter(branch.parent for branch in BRANCHES)
    assert len(beneath) == 5
    assert set(beneath.values()) == {2, 3, 4}
    assert {unit(code).kind for code in beneath if code} == {"grassroots_union"}
    assert "QNA-KCQ-017-01" in {branch.code for branch in BRANCHES}


def test_blocs_are_seven_each_headed_by_two_of_its_own() -> None:
    assert [bloc.number for bloc in BLOCS] == [1, 2, 3, 4, 5, 6, 7]
    for bloc in BLOCS:
        assert bloc.head != bloc.deputy
        assert (unit(bloc.head).bloc, unit(bloc.deputy).bloc) == (bloc.number, bloc.number)
        assert unit(bloc.head).closed_on is None
        assert unit(bloc.deputy).closed_on is None


def test_blocs_hold_every_grassroots_unit_and_no_other() -> None:
    assert {u.code for u in UNITS if u.bloc is not None} == {u.code for u in GRASSROOTS}
    assert {u.bloc for u in GRASSROOTS} == {bloc.number for bloc in BLOCS}


def test_reorganisation_one_unit_closes_and_its_successor_opens_the_same_day() -> None:
    assert [u.code for u in UNITS if u.closed_on or u.successor] == [PREDECESSOR]
    old, new = unit(PREDECESSOR), unit(SUCCESSOR)
    assert (old.successor, old.closed_on, new.opened_on) == (new.code, date(2024, 5, 1), date(2024, 5, 1))
    assert (old.bloc, old.kind, old.parent) == (new.bloc, new.kind, new.parent)
    assert old.name != new.name


def test_kien_giang_has_fifteen_districts_and_attached_unions() -> None:
    assert Counter(u.name.split()[0] for u in KGI_DISTRICTS) == {"Thành": 3, "Huyện": 12}
    assert len(KGI_ATTACHED) == 6
    assert {u.parent for u in (*KGI_DISTRICTS, *KGI_ATTACHED)} == {"KGI"}


def test_units_are_unique_and_follow_their_parents() -> None:
    seen: set[str] = set()
    for fact in UNITS:
        assert fact.parent is None or fact.parent in seen
        seen.add(fact.code)
    assert len(seen) == len(UNITS)
    for values in ([u.name for u in UNITS], [(u.parent, u.short_name) for u in UNITS]):
        assert [value for value, times in Counter(values).items() if times > 1] == []


def test_units_speak_the_vocabulary_of_the_organisation() -> None:
    for fact in UNITS:
        UNIT_CODE(fact.code)
        assert KIND_LEVELS[Kind(fact.kind)] is Level[fact.level.upper()]


def test_headcounts_are_those_of_grassroots_units() -> None:
    counts = [u.members for u in GRASSROOTS]
    assert (min(counts, key=int), max(counts, key=int)) == (9, 260)  # type: ignore[arg-type]
    assert all(u.members for u in UNITS if u.is_reporting and u.code != KCQ)


def test_issuing_bodies_have_what_paper_needs() -> None:
    for plan in PLANS:
        issuer = unit(plan.issuer)
        assert issuer.paper_name.startswith("BCH ĐOÀN")
        assert issuer.place_of_issue == plan.place
        assert issuer.symbol_suffix in plan.symbol


# --- People ---


def test_people_are_the_six_accounts_and_hold_known_roles() -> None:
    assert {p.username: (p.role, p.unit) for p in PEOPLE} == {
        "bithu": ("secretary", "QNA-KCQ-018"),
        "canbo": ("officer", "QNA-KCQ"),
        "lanhdao": ("leader", "QNA-KCQ"),
        "quantri": ("administrator", "QNA-KCQ"),
        "canbo.kg": ("officer", "KGI"),
        "lanhdao.kg": ("leader", "KGI"),
    }
    assert {p.role for p in (*PEOPLE, *OFFICERS_ABOVE)} <= set(RoleName.values)
    assert {p.unit for p in (*PEOPLE, *OFFICERS_ABOVE)} <= {u.code for u in UNITS}


def test_people_are_named_by_role_only() -> None:
    assert PEOPLE[0].display_name == secretary_name(unit(PEOPLE[0].unit))
    for person in (*PEOPLE, *OFFICERS_ABOVE):
        role, _, rest = person.display_name.partition(" ")
        assert role in {"Bí", "Cán", "Quản"}
        assert any(rest.endswith(fact.short_name) for fact in UNITS)


# --- The catalogue ---


def test_indicators_are_one_for_one_thing() -> None:
    assert len({i.key for i in INDICATORS}) == len(INDICATORS)
    assert len({(i.name.casefold(), i.unit_of_measure) for i in INDICATORS}) == len(INDICATORS)


def test_indicators_speak_the_vocabulary() -> None:
    for indicator in INDICATORS:
        assert indicator.kind in IndicatorKind.values
        assert indicator.over_time == (OverTime.SUM if indicator.kind == "amount" else OverTime.LATEST)
        assert indicator.topic in TOPICS
    assert set(TOPICS) == set(Topic.values)


def test_indicators_are_all_asked_by_some_target() -> None:
    asked = {t.indicator for plan in PLANS for t in plan.targets}
    assert asked == {i.key for i in INDICATORS}


def test_indicators_hold_no_figure_and_no_year() -> None:
    assert [i.name for i in INDICATORS if re.search(r"\d", i.name)] == []


# --- The plans ---


def test_plans_hold_what_the_documents_hold() -> None:
    assert [(len(p.targets), len(p.activities)) for p in PLANS] == [(38, 34), (1, 29)]
    assert [(p.symbol, p.issued_on) for p in PLANS] == [
        ("02-NQ/ĐTN", date(2024, 1, 2)),
        ("347-CV/TĐTN-VP", date(2023, 7, 29)),
    ]


@each_plan
def test_plan_number_and_kind_agree_with_its_symbol(plan: PlanFact) -> None:
    number, _, rest = plan.symbol.partition("-")
    assert int(number) == plan.number
    assert plan.kind in PlanKind.values
    # The orientation went out under a dispatch's symbol.
    assert rest.startswith({"orientation": "CV"}.get(plan.kind, PLAN_SYMBOLS[PlanKind(plan.kind)]))


@each_plan
def test_sections_are_a_tree_in_order(plan: PlanFact) -> None:
    seen: set[str] = set()
    for section in plan.sections:
        assert section.parent is None or section.parent in seen
        assert section.address not in seen
        assert section.heading or section.text
        assert section.topic in {"", *TOPICS}
        seen.add(section.address)


def test_sections_of_the_resolution_keep_the_documents_numbers() -> None:
    numbers = {s.address: s.number for s in RESOLUTION.sections}
    children = {parent: [s.number for s in RESOLUTION.sections if s.parent == parent] for parent in numbers}
    assert [s.number for s in RESOLUTION.sections if s.parent is None] == ["", "I", "II", "III", "IV", "V", "VI", ""]
    assert children["II"] == ["1", "2", "3", "4", "5"]
    assert children["III/1"] == [f"1.{n}" for n in range(1, 13)]
    assert children["III/2"] == [f"2.{n}" for n in range(1, 13)]
    assert children["IV"] == ["1", "2", "3", "4", "5", "6"]
    assert children["IV/2"] == ["2.1", "2.2", "2.3"]
    assert children["IV/3"] == ["3.1", "3.2", "3.3"]
    assert children["V"] == ["1", "2", "2"]


@each_plan
def test_sections_are_known_to_targets_and_activities(plan: PlanFact) -> None:
    addresses = {s.address for s in plan.sections}
    assert {t.section for t in plan.targets} <= addresses
    assert {a.section for a in plan.activities} <= addresses


def test_topics_cover_the_six_headings() -> None:
    assert {s.topic for plan in PLANS for s in plan.sections} == {"", *TOPICS}


# --- Targets ---


@each_plan
def test_targets_speak_the_vocabulary(plan: PlanFact) -> None:
    kinds = {u.kind for u in UNITS if u.parent == plan.issuer}
    for fact in plan.targets:
        assert fact.carried_by in Carrier.values
        assert fact.carriers == Reach.DIRECT
        assert set(fact.carrier_kinds) <= kinds
        assert bool(fact.carrier_kinds) == (fact.carried_by == "each_unit")
        assert (fact.required_share is None) == (not fact.carried_by.startswith("each_"))
        assert plan.starts_on <= fact.starts_on <= fact.due_on <= plan.ends_on


@each_plan
def test_targets_bounds_fit_their_indicators_kind(plan: PlanFact) -> None:
    kind_of = {i.key: i.kind for i in INDICATORS}
    for fact in plan.targets:
        has_bounds = (fact.minimum, fact.maximum) != (None, None)
        assert has_bounds == (kind_of[fact.indicator] != "milestone"), fact.code
        if kind_of[fact.indicator] == "ratio":
            assert (fact.carried_by, fact.minimum, fact.maximum) == ("pooled", 100, None)


@each_plan
def test_targets_codes_are_unique(plan: PlanFact) -> None:
    assert len({t.code for t in plan.targets}) == len(plan.targets)


def test_targets_codes_are_their_sections_numbers() -> None:
    numbers = {s.address: s.number for s in RESOLUTION.sections}
    elsewhere = {t.code: t.section for t in RESOLUTION.targets if not t.section.startswith("III/")}
    assert elsewhere == {"II.5": "II/5", "IV.2.1": "IV/2/2.1", "IV.4": "IV/4"}
    for fact in RESOLUTION.targets:
        if fact.code not in elsewhere:
            assert re.fullmatch(re.escape(numbers[fact.section]) + "[abc]?", fact.code)


def test_targets_of_one_section_are_lettered_in_order() -> None:
    for section in {t.section for t in RESOLUTION.targets}:
        codes = [t.code for t in RESOLUTION.targets if t.section == section]
        if len(codes) > 1:
            assert [code[-1] for code in codes] == list("abc"[: len(codes)])


def test_targets_that_restate_point_to_an_earlier_equal_one() -> None:
    pairs = {t.code: t.restates for t in RESOLUTION.targets if t.restates}
    assert pairs == {"2.1": "1.1b", "2.2": "1.2", "2.8b": "2.8a", "II.5": "1.2"}
    order = [t.code for t in RESOLUTION.targets]
    for code, original in pairs.items():
        assert order.index(original) < order.index(code)
        for field in ("indicator", "carried_by", "carrier_kinds", "minimum", "required_share", "due_on"):
            assert getattr(target(code), field) == getattr(target(original), field)


def test_targets_encoding_of_the_table() -> None:
    def shape(code: str) -> tuple[str, int | None, int | None, int | None]:
        fact = target(code)
        return fact.carried_by, fact.minimum, fact.maximum, fact.required_share

    assert shape("1.7") == ("pooled", 150, 200, None)
    assert shape("1.10") == ("issuer_own", 1, None, None)
    assert shape("1.3b") == ("pooled", 1000, None, None)
    assert shape("1.1b") == ("pooled", 100, None, None)
    assert shape("1.2") == ("each_unit", None, None, 100)
    assert shape("2.8a") == ("each_unit", 1, None, 100)
    assert shape("1.8b") == ("each_bloc", 1, 2, 100)
    assert shape("1.8c") == ("pooled", None, 0, None)
    assert shape("1.12") == ("issuer_own", None, None, None)
    assert shape("IV.2.1") == ("each_unit", 12, None, 100)


def test_targets_name_one_kind_or_both_as_the_document_does() -> None:
    by_kinds = {
        kinds: {t.code for t in RESOLUTION.targets if t.carrier_kinds == kinds}
        for kinds in {t.carrier_kinds for t in RESOLUTION.targets if t.carrier_kinds}
    }
    assert by_kinds == {
        ("grassroots_branch",): {"1.2", "2.2", "II.5"},
        ("grassroots_union",): {"2.3", "2.6", "2.10"},
        ("grassroots_union", "grassroots_branch"): {
            "2.4", "2.5", "2.7", "2.8a", "2.8b", "2.9", "2.12", "IV.2.1",
        },
    }  # fmt: skip


def test_targets_monthly_phases_ask_one_more_each_month() -> None:
    phased = [t for t in RESOLUTION.targets if t.phases]
    assert [t.code for t in phased] == ["IV.2.1"]
    assert [p.minimum for p in phased[0].phases] == list(range(1, 13))
    assert [(p.due_on.month, (p.due_on.toordinal() + 1)) for p in phased[0].phases] == [
        (month, date(2024 + month // 12, month % 12 + 1, 1).toordinal()) for month in range(1, 13)
    ]


# --- Activities ---


@each_plan
def test_activities_speak_the_vocabulary(plan: PlanFact) -> None:
    assert len({a.code for a in plan.activities}) == len(plan.activities)
    keys = {i.key for i in INDICATORS}
    for activity in plan.activities:
        assert activity.scope in Scope.values
        assert activity.state in ActivityState.values
        assert activity.feeds is None or activity.feeds in keys
        assert {w.precision for w in activity.windows} <= set(Precision.values)


@each_plan
def test_activities_states_carry_what_they_need(plan: PlanFact) -> None:
    for activity in plan.activities:
        assert (activity.done_on is not None) == (activity.state == "done"), activity.code
        assert (activity.new_window is not None) == (activity.state == "postponed")
        assert bool(activity.reason) == (activity.state in {"postponed", "cancelled"})
        assert activity.outcome is None or (activity.state, activity.scope) == ("done", "issuer")
        if activity.done_on:
            assert activity.done_on <= DEMO_DAY
        if activity.new_window:
            assert activity.new_window.ends_on >= DEMO_DAY


@each_plan
def test_activities_done_are_done_within_a_window_of_theirs(plan: PlanFact) -> None:
    for activity in plan.activities:
        if activity.done_on and activity.windows:
            assert any(w.starts_on <= activity.done_on <= w.ends_on for w in activity.windows), activity.code


@each_plan
def test_activities_show_every_state(plan: PlanFact) -> None:
    assert {a.state for a in plan.activities} == set(ActivityState.values)


def test_activities_green_sundays_are_four_in_both_plans() -> None:
    assert [(p.issuer, a.repeats, a.feeds) for p in PLANS for a in p.activities if a.repeats > 1] == [
        ("QNA-KCQ", 4, "green_sundays"),
        ("KGI", 4, "green_sundays"),
    ]


def test_activities_two_months_are_two_windows() -> None:
    row = ORIENTATION.activities[12]
    assert [(w.starts_on.month, w.ends_on.month, w.precision) for w in row.windows] == [
        (3, 3, "month"),
        (7, 7, "month"),
    ]


def test_activities_of_the_resolution_stand_under_their_quarters() -> None:
    assert Counter(a.section for a in RESOLUTION.activities) == {
        "V/1": 9, "V/2/QI": 8, "V/2/QII": 6, "V/2/QIII": 6, "V/2/QIV": 5,
    }  # fmt: skip
    assert {a.scope for a in RESOLUTION.activities if a.section == "V/1"} == {"all_units"}
    assert {a.scope for a in RESOLUTION.activities if a.section != "V/1"} == {"issuer"}


def test_words_fit_their_columns() -> None:
    assert max(len(u.name) for u in UNITS) <= 200
    assert max(len(u.short_name) for u in UNITS) <= 80
    for plan in PLANS:
        items: list[TargetFact | ActivityFact] = [*plan.targets, *plan.activities]
        assert max(len(item.name) for item in items) <= 300
