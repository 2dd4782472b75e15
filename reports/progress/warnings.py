"""What looks odd in a report, each with its reason and the past figures; nothing of it blocks (domain: warns on).

Pure rules first, then the reading of what they need: for many reports at once as for one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from activities.selectors import Outcome, outcomes_for
from core.templatetags.portal_numbers import vn_date, vn_number, vn_share
from reports.progress.models import ProgressEntry, ProgressReport
from targets.enums import IndicatorKind, OverTime
from targets.models import Indicator
from units.selectors import headcounts_on

from .entries import EntryInput
from .standing import Past, own_past

MEMORY = 12  # months looked back
FAR_TIMES = 3  # a value is far above history from three times the largest month on ...
FAR_LEAST = Decimal(3)  # ... and at least so many more, or every small number would warn
HEADCOUNT_SHARE = Decimal("0.2")
PEOPLE = "doan vien"  # ratios of members are held against the headcount; others have no such measure


@dataclass(frozen=True)
class Oddity:
    """One warning: what is odd (``lead``) and what it is held against (``reason``).

    ``kind``: history, headcount, falls or outcome. ``key`` stays the same while the figure does.
    """

    indicator_id: int
    kind: str
    lead: str
    reason: str

    @property
    def key(self) -> str:
        return f"{self.indicator_id}:{self.kind}:{self.lead}"


def odd_history(indicator: Indicator, entry: EntryInput, past: Sequence[Past]) -> Oddity | None:
    """An amount far above every month before it; needs two earlier figures to compare with."""
    before = [said.entry.amount for said in past if said.entry.amount is not None]
    if entry.amount is None or len(before) < 2:
        return None
    most = max(before)
    if entry.amount < FAR_TIMES * most or entry.amount - most < FAR_LEAST:
        return None
    lead = _("%(value)s is far above the months before.") % {"value": vn_number(entry.amount)}
    if indicator.over_time == OverTime.SUM:
        words = _("The last %(count)s months together gave %(total)s.")
        return _odd(indicator, "history", lead, words % {"count": len(before), "total": vn_number(sum(before))})
    return _odd(indicator, "history", lead, _("The highest so far was %(most)s.") % {"most": vn_number(most)})


def odd_fall(indicator: Indicator, entry: EntryInput, past: Sequence[Past]) -> Oddity | None:
    """A ``latest`` value below the newest before it: such figures mostly only grow."""
    known = [said for said in past if not said.entry.is_silent]
    if indicator.over_time != OverTime.LATEST or entry.is_silent or not known:
        return None
    month, before = known[-1].month, known[-1].entry
    told = {"month": f"{month.month}/{month.year}"}
    if indicator.kind == IndicatorKind.MILESTONE:
        if entry.is_done or not before.is_done:
            return None
        words = _("In month %(month)s it was reported done on %(day)s.")
        return _odd(
            indicator, "falls", _("No longer marked as done."), words % {**told, "day": vn_date(before.done_on)}
        )
    now, then = (one.amount if one.amount is not None else one.numerator for one in (entry, before))
    if now is None or then is None or now >= then:
        return None
    lead = _("%(count)s fewer than in month %(month)s.") % {**told, "count": vn_number(then - now)}
    was = vn_number(then) if before.denominator is None else vn_share(before.numerator, before.denominator)
    return _odd(indicator, "falls", lead, _("It was %(was)s; such a figure mostly only grows.") % {"was": was})


def odd_denominator(indicator: Indicator, entry: EntryInput, members: int | None) -> Oddity | None:
    """A number of members far from the headcount; the typed one counts all the same (domain: rule 1)."""
    if entry.denominator is None or not members or PEOPLE not in indicator.folded_measure:
        return None
    if abs(entry.denominator - members) <= HEADCOUNT_SHARE * members:
        return None
    lead = _("The total of %(total)s is far from the headcount.") % {"total": vn_number(entry.denominator)}
    return _odd(
        indicator,
        "headcount",
        lead,
        _("The unit was last counted at %(members)s members.") % {"members": vn_number(members)},
    )


def odd_outcome(indicator: Indicator, entry: EntryInput, outcomes: Sequence[Outcome]) -> Oddity | None:
    """Outcomes of the month's activities that the figure does not hold."""
    if not outcomes or indicator.kind != IndicatorKind.AMOUNT:
        return None
    total = sum((one.amount for one in outcomes), Decimal(0))
    if entry.amount is not None and entry.amount >= total:
        return None
    lead = _("The outcome of an activity is not taken over.")
    parts = "; ".join(
        f"{one.activity.name} {one.done_on.day}/{one.done_on.month}: {vn_number(one.amount)}" for one in outcomes
    )
    return _odd(indicator, "outcome", lead, parts + ".")


def _odd(indicator: Indicator, kind: str, lead: str, reason: str) -> Oddity:
    return Oddity(indicator.pk, kind, lead, reason)


def oddities(
    indicator: Indicator,
    entry: EntryInput,
    past: Sequence[Past],
    *,
    members: int | None,
    outcomes: Sequence[Outcome] = (),
) -> list[Oddity]:
    """Everything odd about one entry."""
    found = (
        odd_history(indicator, entry, past[-MEMORY:]),
        odd_fall(indicator, entry, past),
        odd_denominator(indicator, entry, members),
        odd_outcome(indicator, entry, outcomes),
    )
    return [one for one in found if one is not None]


def warnings_for(report: ProgressReport) -> list[Oddity]:
    """What looks odd in one report, outcomes of activities included."""
    outcomes: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in outcomes_for(report.unit, report.period.first_day, report.period.last_day):
        outcomes[outcome.indicator.pk].append(outcome)
    entries = list(ProgressEntry.objects.filter(report=report).select_related("indicator"))
    found = _of_entries([report], {report.pk: entries}, outcomes)[report.pk]
    silent = {outcome.indicator for group in outcomes.values() for outcome in group}
    silent -= {entry.indicator for entry in entries}
    return found + [odd for one in silent if (odd := odd_outcome(one, EntryInput(), outcomes[one.pk])) is not None]


def warnings_for_many(reports: Sequence[ProgressReport]) -> dict[int, list[Oddity]]:
    """Report id → what looks odd in its figures; a constant number of queries for each period among them.

    Without outcomes of activities: those stand beside the figures where one report is read.
    """
    entries: dict[int, list[ProgressEntry]] = defaultdict(list)
    for entry in ProgressEntry.objects.filter(report__in=list(reports)).select_related("indicator"):
        entries[entry.report_id].append(entry)
    return _of_entries(reports, entries, {})


def _of_entries(
    reports: Iterable[ProgressReport],
    entries: dict[int, list[ProgressEntry]],
    outcomes: dict[int, list[Outcome]],
) -> dict[int, list[Oddity]]:
    by_period: dict[int, list[ProgressReport]] = defaultdict(list)
    for report in reports:
        by_period[report.period_id].append(report)
    found: dict[int, list[Oddity]] = {}
    for group in by_period.values():
        period, units = group[0].period, [report.unit for report in group]
        past, members = own_past(units, period), headcounts_on(units, period.last_day)
        for report in group:
            found[report.pk] = [
                odd
                for entry in entries.get(report.pk, ())
                for odd in oddities(
                    entry.indicator,
                    EntryInput.of(entry),
                    past.get((report.unit_id, entry.indicator_id), []),
                    members=members.get(report.unit_id),
                    outcomes=outcomes.get(entry.indicator_id, ()),
                )
            ]
    return found
