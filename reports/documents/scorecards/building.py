"""From the database to one unit's scorecard."""

from activities.models import Participation
from core import clock
from core.jobs import JobFailed
from plans.models import Plan
from reports.documents.building import head_of, plans_told_in, signer_of, symbol_of
from reports.documents.building.reporting import reporting_of
from reports.documents.building.targets import figure_of
from reports.documents.context import Figure, Recipient, ReportingMark, TargetRow
from reports.enums import Basis
from reports.progress.models import Period
from reports.rollups.selectors import TargetResult, target_results
from targets.calendar import Month, Span
from targets.models import Target
from units.models import Unit
from units.selectors import ancestors_and_self, top_unit

from .context import Scorecard, ScoreRow, TakenPart

SYMBOL = "PĐG"


def title_of(unit: Unit, month: Month) -> str:
    """Return the scorecard's title as the register shows it."""
    return f"Phiếu đánh giá {unit.name} {Span.of_month(month).paper_name}"[:300]


def build_scorecard(*, issuer: Unit, unit: Unit, month: Month, basis: str) -> Scorecard:
    """Gather what the month's scorecard of the unit says now. Raises JobFailed, in words, where the month is not open.

    Its targets are those that the plans of bodies above ask of it; its own plans are its own affair.
    """
    periods = _periods(unit, month)
    last = periods[-1]
    marks, months = _marks(unit, periods, basis)
    return Scorecard(
        draft=True,
        provisional=basis == Basis.PROVISIONAL,
        head=head_of(issuer, symbol_of(issuer, SYMBOL)),
        unit=unit.name,
        month_label=Span.of_month(month).paper_name,
        year=month.year,
        ends_on=last.last_day,
        rows=_rows(unit, last, basis),
        months=months,
        marks=marks,
        activities=_activities(unit, last),
        recipients=(Recipient(name=unit.name, role="t/h"),),
        archive="VP",
        signer=signer_of(issuer),
    )


def _periods(unit: Unit, month: Month) -> list[Period]:
    """The opened months of the year up to this one, oldest first."""
    opened = Period.objects.filter(owner=top_unit(unit), year=month.year, opened_at__isnull=False)
    periods = list(opened.filter(month__lte=month.month).order_by("month"))
    if not periods or periods[-1].month != month.month:
        raise JobFailed(f"Chưa mở kỳ báo cáo {Span.of_month(month).paper_name}, nên chưa lập được phiếu đánh giá.")
    return periods


def _rows(unit: Unit, period: Period, basis: str) -> tuple[ScoreRow, ...]:
    above = ancestors_and_self(unit).exclude(pk=unit.pk)
    plans = Plan.objects.filter(pk__in=plans_told_in(period).filter(unit__in=above).values("pk"))
    rows = Target.objects.counted().filter(plan__in=plans)
    targets = list(
        rows.select_related("plan__unit", "indicator", "section__parent").order_by(
            "-plan__unit__depth", "plan__issued_on", "plan", "order"
        )
    )
    results = target_results(targets=targets, unit=unit, period=period, basis=basis)
    return tuple(_row(result) for result in results if result.concerned)


def _row(result: TargetResult) -> ScoreRow:
    """The target as this one carrier sees it: with its own bounds, whoever else carries it.

    A unit that stands above those who carry it sees how many of these have reached theirs.
    """
    target = result.target
    row = TargetRow(
        clause=target.code,
        content=target.name,
        short_name=target.name,
        measure=target.indicator.measure,
        measured=target.indicator.kind,  # type: ignore[arg-type]
        carried_by=target.carried_by if result.is_share else "issuer_own",  # type: ignore[arg-type]
        minimum=result.minimum,
        maximum=result.maximum,
        required_share=target.required_share if result.is_share else None,
        carriers=result.required if result.is_share else None,
        in_span=Figure.missing(),
        to_date=figure_of(result),
        percent=result.completion,
        status=str(result.status or "no_data"),  # type: ignore[arg-type]
        done_late=result.reached_late,
    )
    return ScoreRow(row=row, judged=result.status is not None)


def _marks(unit: Unit, periods: list[Period], basis: str) -> tuple[tuple[ReportingMark, ...], tuple[int, ...]]:
    """The unit's marks with their months; none where it owed no report at all."""
    annex = reporting_of(units=[unit], periods=periods, blocs={}, basis=basis, now=clock.now()).annex
    return (annex.rows[0].marks, annex.months) if annex else ((), ())


def _activities(unit: Unit, period: Period) -> tuple[TakenPart, ...]:
    """What the unit took part in this year, newest first, each activity once with all its people."""
    rows = Participation.objects.filter(unit=unit, done_on__year=period.year, done_on__lte=period.last_day)
    found: dict[int, TakenPart] = {}
    for row in rows.select_related("activity").order_by("-done_on", "activity__name", "pk"):
        before = found.get(row.activity_id)
        counted = [people for people in (before.people if before else None, row.people) if people is not None]
        found[row.activity_id] = TakenPart(
            name=row.activity.name,
            on=before.on if before else row.done_on,
            people=sum(counted) if counted else None,
        )
    return tuple(found.values())
