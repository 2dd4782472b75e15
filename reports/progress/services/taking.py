"""Outcomes of activities that a report's entries hold, as the person who enters ticks them."""

from collections.abc import Collection, Mapping

from activities.models import ParticipationFigure
from activities.selectors import offered_in
from reports.progress.models import ProgressReport, TakenOutcome


def take_over(report: ProgressReport, chosen: Mapping[int, Collection[int]], *, renewed: Collection[int] = ()) -> None:
    """Let the report hold these figures (ids by indicator id) and no other ones of these indicators.

    What cannot be taken (any more) is passed over: of another unit or month, cancelled, held by another report. One
    that this report holds already keeps the amount that was confirmed, unless its indicator is among ``renewed``. The
    caller holds the report's row.
    """
    wanted = {figure for figures in chosen.values() for figure in figures}
    held = TakenOutcome.objects.filter(report=report, figure__indicator__in=list(chosen))
    held.exclude(figure__in=wanted).delete()
    if not wanted:
        return
    figures = _locked(report, wanted, chosen)
    known = {row.figure_id: row for row in TakenOutcome.objects.filter(figure__in=figures)}
    TakenOutcome.objects.bulk_create(
        TakenOutcome(report=report, figure=figure, amount=figure.amount) for figure in figures if figure.pk not in known
    )
    for figure in figures:
        row = known.get(figure.pk)
        if row is not None and row.report_id == report.pk and figure.indicator_id in renewed:
            row.amount = figure.amount
            row.save(update_fields=["amount"])


def _locked(report: ProgressReport, wanted: Collection[int], indicators: Collection[int]) -> list[ParticipationFigure]:
    """The wanted figures that belong to the report's unit and month, held until the transaction ends."""
    period = report.period
    rows = ParticipationFigure.objects.select_for_update(of=("self",)).filter(
        offered_in(period.first_day, period.last_day),
        pk__in=wanted,
        indicator__in=list(indicators),
        participation__unit=report.unit_id,
    )
    return list(rows.order_by("pk"))
