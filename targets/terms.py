"""How a draft's targets go along when the plan's term is corrected; registered with ``plans.terms``."""

from datetime import date

from plans.models import Plan

from .models import Target


def follow_term(plan: Plan, old_start: date, old_end: date) -> None:
    """Move the days that were the old term's own to the new one's; a day that a person chose stays.

    A target never comes to run backwards: it stays as it was then, and ``checks.outside_the_term`` names it.
    """
    moved = []
    for target in Target.objects.filter(plan=plan):
        starts_on = plan.starts_on if target.starts_on == old_start else target.starts_on
        due_on = plan.ends_on if target.due_on == old_end else target.due_on
        if starts_on <= due_on and (starts_on, due_on) != (target.starts_on, target.due_on):
            target.starts_on, target.due_on = starts_on, due_on
            moved.append(target)
    Target.objects.bulk_update(moved, ["starts_on", "due_on"])
