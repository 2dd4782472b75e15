"""When two indicators become one, what was reported goes over too (domain: Targets, 1).

Registered with ``targets.merging`` when Django starts. Where one report speaks of both, amounts are
added; of ratios and milestones the indicator that stays keeps its own, and the note says what the
other one was.
"""

from django.utils.translation import gettext as _

from activities.models import ParticipationFigure
from reports.enums import BASIS_STATES, Basis
from reports.progress.entries import EntryInput
from reports.progress.figures import written
from reports.progress.models import Evidence, ProgressEntry, ProgressReport, TakenOutcome
from targets.enums import IndicatorKind
from targets.models import Indicator

from .keeping import forget_plans_of
from .services import mark_many_dirty

FIGURES = ("amount", "numerator", "denominator", "is_done", "done_on")


def follow(source: Indicator, into: Indicator) -> int:
    """Move the entries and the evidence of ``source`` to ``into`` and mark their totals; return how many entries."""
    entries = list(ProgressEntry.objects.filter(indicator=source).select_related("indicator"))
    reports = [entry.report_id for entry in entries]
    twins = {twin.report_id: twin for twin in ProgressEntry.objects.filter(indicator=into, report__in=reports)}
    for entry in entries:
        twin = twins.get(entry.report_id)
        if twin is not None:
            _join(entry, twin)
        else:
            entry.indicator = into
            entry.save(update_fields=["indicator"])
    Evidence.objects.filter(indicator=source).update(indicator=into)
    _join_outcomes(source, into)
    forget_plans_of(into.pk)
    counted = ProgressReport.objects.filter(pk__in=reports, state__in=BASIS_STATES[Basis.PROVISIONAL])
    mark_many_dirty((report.unit, report.period) for report in counted.select_related("unit", "period"))
    return len(entries)


def _join_outcomes(source: Indicator, into: Indicator) -> None:
    """Where an outcome has a figure of each, the one that stays is held in place of the one that goes."""
    for taken in TakenOutcome.objects.filter(figure__indicator=source).select_related("figure"):
        twin = ParticipationFigure.objects.filter(participation=taken.figure.participation_id, indicator=into).first()
        if twin is None:
            continue
        held = TakenOutcome.objects.filter(figure=twin).first()
        if held is None:
            taken.figure = twin
            taken.save(update_fields=["figure"])
            continue
        held.amount += taken.amount
        held.save(update_fields=["amount"])
        taken.delete()


def _join(entry: ProgressEntry, twin: ProgressEntry) -> None:
    """Bring two entries of one report together in ``twin``."""
    if EntryInput.of(twin).is_silent:
        for name in FIGURES:
            setattr(twin, name, getattr(entry, name))
    elif entry.amount is not None and twin.amount is not None:
        twin.amount += entry.amount
    elif not EntryInput.of(entry).is_silent and not _say_the_same(entry, twin):
        twin.note = f"{twin.note} {_said(entry)}".strip()[:500]
    if not twin.note:
        twin.note = entry.note
    twin.save(update_fields=[*FIGURES, "note"])
    entry.delete()


def _say_the_same(entry: ProgressEntry, twin: ProgressEntry) -> bool:
    return all(getattr(entry, name) == getattr(twin, name) for name in FIGURES)


def _said(entry: ProgressEntry) -> str:
    if entry.indicator.kind == IndicatorKind.RATIO:
        figure = f"{written(entry.numerator)}/{written(entry.denominator)}"
    elif entry.done_on is not None:
        figure = f"{entry.done_on.day}/{entry.done_on.month}/{entry.done_on.year}"
    else:
        figure = _("not done")
    return _("“%(name)s”, merged into this one, said: %(figure)s.") % {"name": entry.indicator.name, "figure": figure}
