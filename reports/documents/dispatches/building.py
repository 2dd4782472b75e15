"""From the database to a reminder dispatch."""

from core import clock
from core.jobs import JobFailed
from reports.documents.building import head_of, signer_of, symbol_of
from reports.documents.context import Recipient
from reports.enums import Timeliness
from reports.progress.deadlines import Deadlines, timeliness
from reports.progress.models import Period, ProgressReport
from targets.calendar import Month, Span
from units.models import Unit
from units.selectors import bloc_by_unit_in_year, top_unit

from .context import Dispatch, LateUnit

SYMBOL = "CV"


def title_of(month: Month) -> str:
    """Return the summary as it stands under the number, and in the register."""
    return f"V/v đôn đốc gửi báo cáo công tác {Span.of_month(month).paper_name}"


def late_units(body: Unit, month: Month) -> list[LateUnit]:
    """Return the units directly beneath whose due day has passed without a report, by bloc; four queries."""
    period = Period.objects.filter(owner=top_unit(body), year=month.year, month=month.month).first()
    if period is None:
        return []
    rows = ProgressReport.objects.filter(period=period, unit__parent=body, first_submitted_at__isnull=True)
    reports = list(rows.select_related("unit").order_by("unit__path"))
    deadlines = Deadlines([period], of=[report.unit for report in reports], beneath=[body.path])
    blocs = bloc_by_unit_in_year(body, period.last_day)
    now, today, found = clock.now(), clock.today(), []
    for report in reports:
        unit = report.unit
        deadline = deadlines.of(unit, period)
        if not unit.is_open_on(period.last_day) or timeliness(report, deadline, now) != Timeliness.MISSING:
            continue
        bloc = blocs.get(unit.pk)
        row = LateUnit(
            unit=unit.name,
            bloc=bloc.name if bloc else "",
            due_on=deadline.due_on,
            days_late=(today - deadline.due_on).days,
        )
        found.append((bloc is None, bloc.number if bloc else 0, row))
    return [row for _none, _number, row in sorted(found, key=lambda item: item[:2])]


def build_dispatch(*, body: Unit, month: Month) -> Dispatch:
    """Gather who is late now. Raises JobFailed, in words, where nobody is."""
    units = late_units(body, month)
    label = Span.of_month(month).paper_name
    if not units:
        raise JobFailed(f"Không còn đơn vị trực thuộc nào chậm gửi báo cáo {label}.")
    return Dispatch(
        draft=True,
        provisional=False,
        head=head_of(body, symbol_of(body, SYMBOL)),
        sender=f"Ban Thường vụ {body.name}",
        sender_short=f"Ban Thường vụ {body.short_name}",
        month_label=label,
        as_of=clock.today(),
        units=tuple(units),
        recipients=(Recipient(name="Như trên"),),
        archive="VP",
        signer=signer_of(body),
    )
