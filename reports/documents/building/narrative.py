"""The words of a report: figures told in sentences, the units' own narratives, what to say of the year.

A draft's sentences are a beginning for the officer; every figure in them is one of the annex.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from plans.enums import Topic as TopicName
from reports.documents import words
from reports.documents.context import ActivityRow, MonthlyAmount, MonthlyChart, TargetRow, Topic
from reports.enums import BASIS_STATES, Basis
from reports.progress.models import Narrative, Period
from reports.rollups.selectors import MonthPoint, TargetResult
from targets.enums import Carrier, OverTime
from units.models import Unit

HEADINGS = {
    TopicName.PROPAGANDA: "Công tác tuyên truyền, giáo dục",
    TopicName.MOVEMENTS: "Các phong trào hành động cách mạng",
    TopicName.SUPPORT: "Các chương trình đồng hành với thanh niên",
    TopicName.CHILDREN: "Công tác Đội và chăm sóc, giáo dục thiếu niên, nhi đồng",
    TopicName.ORGANISATION: "Công tác xây dựng Đoàn, tham gia xây dựng Đảng",
    TopicName.ADVISORY: "Công tác tham mưu, phối hợp, chỉ đạo",
}
UNIT_PARAGRAPHS = 4
LAGGING = ("at_risk", "behind", "missed")
REACHED = ("met", "exceeded")
ZERO = Decimal(0)


def topics(
    *,
    unit: Unit,
    periods: Sequence[Period],
    basis: str,
    rows: Sequence[tuple[TargetResult, TargetRow]],
    history: dict[int, list[MonthPoint]],
) -> tuple[Topic, ...]:
    """Return the six headings, each with its figures in a paragraph, then the units' own words, newest first."""
    said = _narratives(unit, periods, basis)
    found = []
    for name in TopicName:
        own = [(result, row) for result, row in rows if result.target.indicator.topic == name]
        figures = [sentence(row) for _result, row in own if row.to_date.kind not in ("missing", "not_applicable")]
        paragraphs = ([f"Kết quả các chỉ tiêu: {'; '.join(figures)}."] if figures else []) + said.get(name, [])
        found.append(
            Topic(code=name, heading=HEADINGS[name], paragraphs=tuple(paragraphs), charts=_charts(own, history))
        )
    return tuple(found)


def sentence(row: TargetRow) -> str:
    """Return a target's figure as a clause of a sentence."""
    figure = words.figure_text(replace(row.to_date, carried=False))
    name = words.lowered(row.short_name)
    if row.to_date.kind in ("done", "not_done"):
        return f"{name}: {'đã hoàn thành' if row.to_date.kind == 'done' else 'chưa hoàn thành'}"
    measure = f" {row.measure}" if row.to_date.kind == "amount" else ""
    if row.percent is None:
        return f"{name}: {figure}{measure}"
    return f"{name} đạt {figure}{measure}, bằng {words.percent_text(row.percent)}% chỉ tiêu"


def _narratives(unit: Unit, periods: Sequence[Period], basis: str) -> dict[str, list[str]]:
    rows = Narrative.objects.filter(
        report__period__in=periods,
        report__state__in=BASIS_STATES[Basis(basis)],
        report__unit__path__startswith=unit.path,
    ).select_related("report__unit")
    found: dict[str, list[str]] = {}
    own_first = sorted(
        rows.order_by("-report__period", "report__unit__path"), key=lambda row: row.report.unit_id != unit.pk
    )
    for row in own_first:
        said = found.setdefault(row.topic, [])
        if len(said) < UNIT_PARAGRAPHS:
            teller = "" if row.report.unit_id == unit.pk else f"{row.report.unit.short_name}: "
            said.append(f"{teller}{row.text.strip()}")
    return found


def _charts(
    own: Sequence[tuple[TargetResult, TargetRow]], history: dict[int, list[MonthPoint]]
) -> tuple[MonthlyChart, ...]:
    """Return one chart a heading: of the targets that add up over all units and have a range, the largest."""
    fitting = [
        row
        for result, row in own
        if result.target.carried_by == Carrier.POOLED
        and result.target.indicator.over_time == OverTime.SUM
        and row.minimum is not None
        and row.maximum is not None
    ]
    if not fitting:
        return ()
    row = max(fitting, key=lambda row: row.minimum or ZERO)
    target = next(result.target for result, known in own if known is row)
    months = tuple(MonthlyAmount(month=point.period.month, amount=point.in_period) for point in history[target.pk])
    return (
        MonthlyChart(
            title=row.short_name, measure=row.measure, minimum=row.minimum, maximum=row.maximum, months=months
        ),
    )


def strengths(rows: Sequence[TargetRow]) -> tuple[str, ...]:
    """Return what went well: the targets reached, by name."""
    reached = [row.short_name for row in rows if row.status in REACHED]
    if not reached:
        return ()
    return (f"Các chỉ tiêu đã đạt và vượt: {_listed(reached)}.",)


def weaknesses(rows: Sequence[TargetRow], silent: Sequence[str]) -> tuple[str, ...]:
    """Return what did not: targets that lag, by name, and units that have not reported the last month."""
    found = []
    lagging = [f"{row.short_name} ({words.verdict_text(row).lower()})" for row in rows if row.status in LAGGING]
    if lagging:
        found.append(f"Các chỉ tiêu cần tập trung: {_listed(lagging)}.")
    if silent:
        found.append(f"Chưa có báo cáo tháng cuối kỳ của {len(silent)} đơn vị: {'; '.join(silent)}.")
    return tuple(found)


def tasks(rows: Sequence[TargetRow], coming: Sequence[ActivityRow]) -> tuple[str, ...]:
    """Return the tasks of the next span: what lags, and what the calendar brings."""
    found = []
    lagging = [row.short_name for row in rows if row.status in ("at_risk", "behind")]
    if lagging:
        found.append(f"Tập trung hoàn thành các chỉ tiêu còn chậm: {_listed(lagging)}.")
    found += [f"{activity.name} ({words.lowered(activity.time)})." for activity in coming]
    found.append("Thực hiện nghiêm chế độ báo cáo tháng; các đơn vị còn thiếu gửi báo cáo về trước hạn.")
    return tuple(found)


def _listed(names: Sequence[str]) -> str:
    return "; ".join(words.lowered(name) for name in names)
