"""What goes when something is deleted: nothing that anybody reported, decided or was told on paper.

No page deletes these things; this holds for the day on which someone deletes one from a shell.
"""

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import CASCADE, ProtectedError

from activities.models import Activity
from plans.models import Plan, Section
from reports.documents.models import OfficialDocument
from reports.progress.models import Period, ProgressEntry, ProgressReport
from targets.models import Indicator, Target
from units.models import Unit

OWN = ("core", "units", "accounts", "plans", "targets", "activities", "reports")

# Parts that have no meaning without the whole. Whatever is a fact is held by PROTECT somewhere beneath.
MAY_GO = {
    ("Notice.recipient", "a line to a person who is gone"),
    ("NoticePreference.user", "a wish of a person who is gone"),
    ("Role.user", "held by RoleEvent"),
    ("Headcount.unit", "of a unit that never reported"),
    ("BlocMembership.unit", "of a unit that never reported"),
    ("BlocMembership.bloc", "of a bloc that never did anything"),
    ("Section.plan", "held by PlanEvent"),
    ("Reading.plan", "held by PlanEvent"),
    ("FoundContradiction.plan", "held by PlanEvent"),
    ("ReportDeadline.plan", "held by PlanEvent"),
    ("TargetProposal.plan", "held by PlanEvent"),
    ("ActivityProposal.plan", "held by PlanEvent"),
    ("Section.parent", "part of the section above"),
    ("Target.plan", "held by PlanEvent"),
    ("Phase.target", "part of the target"),
    ("Window.activity", "part of the activity"),
    ("Occurrence.activity", "held by the outcomes that units recorded of it"),
    ("Recurrence.activity", "part of the activity"),
    ("OutcomeReminder.activity", "of an activity in which nobody took part"),
    ("OutcomeReminder.unit", "of a unit that never reported"),
    ("ActivityEvent.activity", "history of an activity in which nobody took part"),
    ("ActivityReminder.activity", "that people were reminded of an activity in which nobody took part"),
    ("CalendarFeed.owner", "an address of a person who is gone"),
    ("CalendarFeed.unit", "an address of a unit that never reported"),
    ("ParticipationFigure.participation", "part of the outcome"),
    ("PeriodDeadline.period", "part of the period"),
    ("PeriodDeadline.unit", "of a unit that never reported"),
    ("DeadlineRule.unit", "of a unit that never reported"),
    ("ProgressEntry.report", "held by ReportEvent: who enters a figure leaves one"),
    ("TakenOutcome.report", "held by ReportEvent: who ticks an outcome leaves one"),
    ("Narrative.report", "held by ReportEvent"),
    ("Reminder.report", "of a report that nobody began"),
    ("ReasonPhrase.unit", "a body's own saved words"),
    ("Rollup.unit", "worked out anew"),
    ("Rollup.bloc", "worked out anew"),
    ("Rollup.indicator", "worked out anew"),
    ("Rollup.period", "worked out anew"),
    ("Rollup.since", "worked out anew"),
    ("KeptState.indicator", "worked out anew"),
    ("KeptState.since", "worked out anew"),
    ("KeptState.period", "worked out anew"),
    ("KeptPlan.plan", "worked out anew"),
    ("CarrierCase.target", "worked out anew"),
    ("CarrierCase.period", "worked out anew"),
    ("CarrierCase.upto", "worked out anew"),
    ("CarrierCase.since", "worked out anew"),
    ("CarrierCount.unit", "worked out anew"),
    ("CarrierCount.case", "worked out anew"),
    ("LastChange.unit", "worked out anew"),
    ("LastChange.period", "worked out anew"),
    ("DirtyMark.unit", "worked out anew"),
    ("ScorecardPiece.job", "a page of a job, made anew; gone when the job has ended"),
    ("ScorecardPiece.unit", "a page of a job, made anew; gone when the job has ended"),
    ("DirtyMark.period", "worked out anew"),
}


def test_what_may_go_with_something_else():
    found = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OWN
        for field in model._meta.fields
        if field.remote_field and field.remote_field.on_delete is CASCADE
    }
    assert found == {name for name, _why in MAY_GO}


@pytest.mark.parametrize(
    "model", [Unit, Plan, Section, Target, Indicator, Activity, Period, ProgressReport, OfficialDocument]
)
def test_nothing_with_facts_can_be_deleted(place, model):
    keys = {
        Unit: place.report.unit_id,
        Plan: place.words["plan_id"],
        Section: Target.objects.get(pk=place.words["target_id"]).section_id,
        Target: place.words["target_id"],
        Indicator: place.words["indicator_id"],
        Activity: place.words["activity_id"],
        Period: place.words["period_id"],
        ProgressReport: place.report.pk,
        OfficialDocument: place.words["document_id"],
    }
    thing = model.objects.get(pk=keys[model])
    with pytest.raises(ProtectedError), transaction.atomic():
        thing.delete()
    assert ProgressEntry.objects.filter(report=place.report).count() == 1
    assert list(model.objects.filter(pk=thing.pk)) == [thing]


def test_a_whole_subtree_cannot_be_deleted(place):
    """The tree's own way of deleting asks as well."""
    before = Unit.objects.count()
    for delete in (place.province.qna.delete, Unit.objects.under(place.province.qna).delete):
        with pytest.raises(ProtectedError), transaction.atomic():
            delete()
    assert Unit.objects.count() == before
