"""Many target proposals at once: accepting the sure ones, adding from the document, reading again over decisions."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from plans.models import FoundContradiction
from targets.models import Target, TargetProposal
from targets.proposals import services
from targets.proposals.keys import TargetValues, values_of
from tests.making import issue
from tests.targets.proposals.scenes import (
    AGAIN,
    BLOOD,
    CARE,
    CONGRESS,
    DRIVES,
    HOMES,
    TEXT,
    TREES,
    WORKS,
    contradiction,
    document,
    everything,
    found,
    item,
    keep,
    place,
    proposal,
    read_document,
)


@pytest.fixture
def plan(province):
    return read_document(province.bloc_union)


def accept(plan, words):
    return services.accept(actor=None, proposal=proposal(plan, words), version=None)


def test_all_that_is_sure_at_once(plan, officer):
    contradiction(plan, CARE)
    services.save_wish(
        actor=None, proposal=proposal(plan, TREES), wish=TargetValues(name="Sửa dở").as_json(), version=None
    )
    done = services.accept_sure(actor=officer, plan=plan)
    assert {row.quote for row in done} == {CONGRESS, BLOOD, HOMES}
    # Left: unsure, contradicted, being corrected, said twice.
    assert set(TargetProposal.objects.filter(state="open").values_list("quote", flat=True)) == {
        DRIVES,
        CARE,
        TREES,
        AGAIN,
    }
    assert set(Target.objects.values_list("code", flat=True)) == {"1.2", "1.7", "II.3"}


def test_one_that_cannot_be_is_left_with_the_reason_and_the_others_are_accepted(province):
    plan = document(province.bloc_union)
    keep(plan, found(BLOOD, measure=""), found(CARE, "1.3", minimum=Decimal(1000), maximum=None, indicator_name="Khám"))
    assert [row.quote for row in services.accept_sure(actor=None, plan=plan)] == [CARE]
    left = proposal(plan, BLOOD)
    assert (left.state, [doubt["code"] for doubt in left.doubts]) == ("open", ["refused"])
    assert services.accept_sure(actor=None, plan=plan) == []


def test_deciding_looks_at_the_contradiction_beside_it_only(plan, officer):
    here, elsewhere = contradiction(plan, DRIVES), contradiction(plan, TREES)
    services.reject(actor=officer, proposal=proposal(plan, DRIVES), version=None)
    here.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (here.seen_by, elsewhere.seen_by, elsewhere.seen_at) == (officer, None, None)
    assert FoundContradiction.objects.filter(seen_at__isnull=False).count() == 1


def test_adding_from_a_selection(plan, officer):
    start, end = place(WORKS)
    row = services.add_from_selection(actor=officer, plan=plan, start=start - 1, end=end)
    assert (row.quote, row.start, row.end, row.section.number) == (WORKS, start, end, "3")
    assert (row.state, row.found, values_of(row.found, row.wish).name) == ("open", None, WORKS)
    assert services.add_from_selection(actor=officer, plan=plan, start=start, end=end) == row
    values = replace(values_of(row.found, row.wish), measure="công trình", minimum=Decimal(5))
    accepted = services.accept(actor=officer, proposal=row, version=None, values=values)
    assert (accepted.target.code, accepted.target.minimum, accepted.target.quote) == ("II.3b", 5, WORKS)


@pytest.mark.parametrize(
    ("start", "end"),
    [(5, 5), (9, 3), (-4, 3), (0, len(TEXT) + 1), (10**17, 10**18), (TEXT.index("\n"), TEXT.index("\n") + 1)],
)
def test_a_place_without_words_is_refused(plan, start, end):
    with pytest.raises(ValidationError):
        services.add_from_selection(actor=None, plan=plan, start=start, end=end)
    assert TargetProposal.objects.filter(found__isnull=True).count() == 0


def test_reading_again_leaves_every_decision(plan):
    accept(plan, BLOOD)
    services.reject(actor=None, proposal=proposal(plan, DRIVES), version=None)
    services.save_wish(
        actor=None, proposal=proposal(plan, TREES), wish=TargetValues(name="Sửa dở").as_json(), version=None
    )
    start, end = place(WORKS)
    added = services.add_from_selection(actor=None, plan=plan, start=start, end=end)
    kept = {words: proposal(plan, words).pk for words in (BLOOD, DRIVES, TREES, WORKS)}
    keep(plan, *everything())
    assert {words: proposal(plan, words).pk for words in kept} == kept
    assert {words: proposal(plan, words).state for words in kept} == {
        BLOOD: "accepted", DRIVES: "rejected", TREES: "open", WORKS: "open",
    }  # fmt: skip
    assert proposal(plan, TREES).wish["name"] == "Sửa dở"
    assert (added.quote, TargetProposal.objects.filter(plan=plan).count()) == (WORKS, 8)
    # What repeats another still names it, though that row is a new one.
    assert proposal(plan, AGAIN).found["restates"] == proposal(plan, CONGRESS).pk


def test_a_correction_still_names_what_it_repeats_after_reading_again(plan):
    first = proposal(plan, CONGRESS).pk
    wish = replace(values_of(proposal(plan, AGAIN).found, None), name="Sửa dở").as_json()
    services.save_wish(actor=None, proposal=proposal(plan, AGAIN), wish=wish, version=None)
    # Undecided and untouched, the original makes room for itself, made anew.
    keep(plan, *everything())
    anew = proposal(plan, CONGRESS).pk
    assert anew != first
    assert proposal(plan, AGAIN).wish == {**wish, "restates": anew}
    accept(plan, CONGRESS)
    assert item(plan, AGAIN).may_merge is True
    row = services.merge(actor=None, proposal=proposal(plan, AGAIN), version=None)
    assert (row.target.name, row.target.restates) == ("Sửa dở", proposal(plan, CONGRESS).target)


def test_linking_makes_no_correction_of_what_nobody_touched(plan):
    """What has none holds no null of JSON in its place: it still makes room when the document is read again."""
    keep(plan, *everything())
    assert TargetProposal.objects.filter(plan=plan, wish__isnull=True).count() == len(everything())
    assert proposal(plan, AGAIN).found["restates"] == proposal(plan, CONGRESS).pk


def test_another_figure_on_decided_words_is_proposed(plan):
    accept(plan, CARE)
    keep(plan, found("khám bệnh cho 1.000 lượt người; trồng", "1.3", minimum=Decimal(2000), maximum=None))
    assert TargetProposal.objects.filter(quote__startswith="khám bệnh", state="open").count() == 1


def test_an_open_one_that_is_found_no_more_is_gone(plan):
    keep(plan, found(BLOOD))
    assert set(TargetProposal.objects.values_list("quote", flat=True)) == {BLOOD}


def test_accepted_targets_are_issued(plan):
    services.accept_sure(actor=None, plan=plan)
    assert issue(plan).state == "issued"
