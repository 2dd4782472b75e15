"""An amendment issued with all that can hang on an activity: nothing is lost, and old addresses lead on."""

from datetime import date
from decimal import Decimal

import pytest

from activities.models import (
    Activity,
    ActivityFile,
    ActivityReminder,
    Comment,
    Occurrence,
    OutcomeReminder,
    Participation,
    ParticipationFigure,
    Recurrence,
    Registration,
)
from activities.occurrences.services import set_recurrence
from activities.registering.services import approve, register_activity
from activities.services import record_participation, revise_activity
from activities.services.comments import say
from activities.services.files import add_file, add_outcome_file
from plans.versions.amending import amend_plan
from tests.activities.files.scenes import paper
from tests.activities.occurrences.scenes import FIRST_SUNDAYS, days_of, sundays
from tests.making import indicator, issue

HANGS = (Occurrence, Recurrence, Participation, ActivityFile, Comment, OutcomeReminder, ActivityReminder)
A_DAY = (date(2024, 10, 20), date(2024, 10, 20), "day")


@pytest.fixture
def event(province, officer, secretary) -> Activity:
    """Four Sundays, the second recorded with a figure and a file; a file, a word, and an approved registration."""
    union, justice = province.bloc_union, province.justice
    trees = indicator(union, "Cây xanh", "cây")
    event = sundays(union, indicators=[trees])
    set_recurrence(actor=None, activity=event, rule=FIRST_SUNDAYS)
    second = event.occurrences.get(number=2)
    facts = {"activity": event, "unit": justice, "occurrence": second, "figures": {trees: Decimal(9)}}
    outcome = record_participation(actor=secretary, done_on=date(2024, 2, 4), **facts)
    add_file(actor=officer, activity=event, attachment=paper())
    add_outcome_file(actor=secretary, participation=outcome, attachment=paper("Biên bản"))
    say(actor=secretary, activity=event, unit=justice, text="Xin lùi một tuần.")
    wish = register_activity(actor=secretary, item=event, unit=justice, name="Trồng cây", window=A_DAY)
    approve(actor=officer, registration=wish)
    return event


def amended(event: Activity, **changes) -> Activity:
    plan = Activity.objects.get(pk=event.pk).plan
    amendment = amend_plan(actor=None, plan=plan)
    copied = amendment.activities.get(origin=event)
    if changes:
        copied = revise_activity(actor=None, activity=copied, **changes)
    issue(amendment, 99, date(2024, 5, 2))
    return Activity.objects.get(pk=copied.pk)


def test_nothing_that_hangs_on_it_is_lost(event):
    def all_rows():
        return {model: set(model.objects.values_list("pk", flat=True)) for model in (*HANGS, ParticipationFigure)}

    before = all_rows()
    after = amended(event)
    assert all_rows() == before
    assert {row.activity_id for model in HANGS for row in model.objects.all() if row.activity_id} == {after.pk}
    wish = Registration.objects.get()
    assert (wish.item, wish.activity.based_on) == (after, after)


def test_old_addresses_lead_to_the_new_version(client, event, secretary, officer):
    outcome = Participation.objects.get()
    after = amended(event)
    client.force_login(secretary)
    old, new = f"/activities/{event.pk}/", f"/activities/{after.pk}/"
    page = client.get(old).content.decode()
    assert f'<a href="{new}">Mở bản đang có hiệu lực</a>' in page
    for rest in ("comments/", "units/", "record/?unit=QNA-KCQ-003&occurrence=3", f"outcomes/{outcome.pk}/"):
        answer = client.get(f"{old}{rest}")
        assert (rest, answer.status_code, answer.headers.get("Location")) == (rest, 302, f"{new}{rest}")


def test_days_that_the_amendment_leaves_behind_do_not_stay(event):
    """Those that were recorded took place; of the others those outside the new time wait for a day again."""
    march_on = [(date(2024, 3, 1), date(2024, 6, 30), "months")]
    after = amended(event, windows=march_on)
    assert sorted(days_of(after), key=lambda one: str(one[1])) == [
        (2, date(2024, 2, 4)),
        (3, date(2024, 3, 3)),
        (4, date(2024, 4, 7)),
        (1, None),
    ]
    assert Recurrence.objects.count() == 0
