"""What looks odd in a report, each with its reason and the past figures; nothing of it blocks (domain: warns on).

Pure rules first, then the reading of what they need: for many reports at once as for one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.templatetags.portal_numbers import vn_date, vn_number, vn_share
from reports.progress.models import ProgressEntry, ProgressReport
from targets.calendar import Month
from targets.enums import IndicatorKind, OverTime
from targets.models import Indicator
from units.selectors import headcounts_on

from .asked import asked_of, asking_once
from .entries import EntryInput
from .offers import Offer, offers_of
from .standing import ENTRY_COLUMNS, Past, own_past, past_ranges

MEMORY = 12  # months looked back
SHOWN = 6  # months named in a reason
FAR_TIMES = 3  # a value is far from history at three times the largest month, or a third of the smallest, ...
FAR_LEAST = Decimal(3)  # ... and at least so many apart, or every small number would warn
HEADCOUNT_SHARE = Decimal("0.2")
PEOPLE = "doan vien"  # ratios of members are held against the headcount; others have no such measure


@dataclass(frozen=True)
class Oddity:
    """One warning: what is odd (``lead``) and what it is held against (``reason``); ``about`` names the indicator.

    ``kind``: history, headcount, falls, outcome or changed. ``key`` stays the same while the figure does.
    """

    indicator_id: int
    about: str
    kind: str
    lead: str
    reason: str

    @property
    def key(self) -> str:
        return f"{self.indicator_id}:{self.kind}:{self.lead}"


def odd_history(indicator: Indicator, entry: EntryInput, past: Sequence[Past]) -> Oddity | None:
    """An amount far above, or far below, every month before it; needs two earlier figures to compare with.

    Far below is told of what is counted anew each month only: what stands at a level is ``odd_fall``.
    """
    before = [said.entry.amount for said in past if said.entry.amount is not None]
    if entry.amount is None or len(before) < 2:
        return None
    if _is_far(entry.amount, max(before)):
        words = _("%(value)s is far above the months before.")
    elif indicator.over_time == OverTime.SUM and _is_far(min(before), entry.amount):
        words = _("%(value)s is far below the months before.")
    else:
        return None
    return _odd(indicator, "history", words % {"value": vn_number(entry.amount)}, _months_before(past))


def _is_far(more: Decimal, less: Decimal) -> bool:
    return more >= FAR_TIMES * less and more - less >= FAR_LEAST


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
    mostly = _("Such a figure mostly only grows.")
    return _odd(indicator, "falls", lead, f"{_months_before(past)} {mostly}")


def _months_before(past: Sequence[Past]) -> str:
    """The last figures said before, as a sentence; blank where there are none."""
    said = [one for one in past if not one.entry.is_silent and one.entry.is_done is None][-SHOWN:]
    if not said:
        return ""
    months = [_("M%(month)s: %(figure)s") % {"month": one.month.month, "figure": _figure(one.entry)} for one in said]
    return _("The months before: %(months)s.") % {"months": "; ".join(months)}


def _figure(entry: EntryInput) -> str:
    if entry.amount is not None:
        return vn_number(entry.amount)
    return vn_share(entry.numerator, entry.denominator)


def odd_denominator(
    indicator: Indicator, entry: EntryInput, members: int | None, past: Sequence[Past] = ()
) -> Oddity | None:
    """A number of members far from the headcount; the typed one counts all the same (domain: rule 1)."""
    if entry.denominator is None or not members or PEOPLE not in indicator.folded_measure:
        return None
    if abs(entry.denominator - members) <= HEADCOUNT_SHARE * members:
        return None
    lead = _("The total of %(total)s is far from the headcount.") % {"total": vn_number(entry.denominator)}
    counted = _("The unit was last counted at %(members)s members.") % {"members": vn_number(members)}
    return _odd(indicator, "headcount", lead, f"{counted} {_months_before(past)}".strip())


def odd_outcome(indicator: Indicator, entry: EntryInput, offers: Sequence[Offer]) -> Oddity | None:
    """Outcomes of the month's activities that the figure does not hold."""
    counted = [one for one in offers if one.counts]
    total = sum((one.counts for one in counted), Decimal(0))
    if not counted or indicator.kind != IndicatorKind.AMOUNT:
        return None
    if entry.amount is not None and entry.amount >= total:
        return None
    lead = _("The outcome of an activity is not taken over.")
    parts = "; ".join(f"{_named(one)}: {vn_number(one.counts)}" for one in counted)
    return _odd(indicator, "outcome", lead, parts + ".")


def odd_change(indicator: Indicator, offers: Sequence[Offer]) -> Oddity | None:
    """Outcomes that are other ones now than when the report took them over."""
    changed = [one for one in offers if one.has_changed]
    if not changed:
        return None
    lead = _("The outcome of an activity was changed after it was taken over.")
    parts = [
        _("%(activity)s: no longer an outcome of this month, was %(before)s") % told
        if one.amount is None
        else _("%(activity)s: was %(before)s, is %(now)s") % told
        for one in changed
        for told in [{"activity": _named(one), "before": vn_number(one.taken), "now": vn_number(one.amount)}]
    ]
    return _odd(indicator, "changed", lead, "; ".join(parts) + ".")


def _named(offer: Offer) -> str:
    return f"{offer.activity} {offer.done_on.day}/{offer.done_on.month}"


def _odd(indicator: Indicator, kind: str, lead: str, reason: str) -> Oddity:
    return Oddity(indicator.pk, indicator.name, kind, lead, reason)


def recent(past: Sequence[Past], month: Month) -> list[Past]:
    """What was said in the months that warnings look back on, before ``month``."""
    since = month.plus(-MEMORY)
    return [said for said in past if said.month >= since]


def oddities(
    indicator: Indicator,
    entry: EntryInput,
    past: Sequence[Past],
    *,
    members: int | None,
    offers: Sequence[Offer] = (),
) -> list[Oddity]:
    """Everything odd about one entry. ``past``: the ``recent`` months."""
    found = (
        odd_history(indicator, entry, past),
        odd_fall(indicator, entry, past),
        odd_denominator(indicator, entry, members, past),
        odd_outcome(indicator, entry, offers),
        odd_change(indicator, offers),
    )
    return [one for one in found if one is not None]


def warnings_for(report: ProgressReport) -> list[Oddity]:
    """What looks odd in one report."""
    return warnings_for_many([report])[report.pk]


def warnings_for_many(reports: Sequence[ProgressReport]) -> dict[int, list[Oddity]]:
    """Report id → what looks odd in it, the same as on its own page; a bounded number of queries for each period."""
    by_period: dict[int, list[ProgressReport]] = defaultdict(list)
    for report in reports:
        by_period[report.period_id].append(report)
    found: dict[int, list[Oddity]] = {}
    with asking_once():
        for group in by_period.values():
            found |= _of_one_period(group)
    return found


def _of_one_period(reports: Sequence[ProgressReport]) -> dict[int, list[Oddity]]:
    """Against the ranges of the past first: only where something is odd there the months themselves are read."""
    period, units = reports[0].period, [report.unit for report in reports]
    facts = _Facts.of(reports)
    ranges = past_ranges(units, period, months=MEMORY)
    suspects = [report for report in reports if facts.oddities_of(report, ranges)]
    past = own_past([report.unit for report in suspects], period, months=MEMORY)
    odd = {report.pk: facts.oddities_of(report, past) for report in suspects}
    return {report.pk: odd.get(report.pk, []) for report in reports}


@dataclass(frozen=True)
class _Facts:
    """What the reports of one period say, and what they are held against but for the past."""

    entries: dict[int, list[tuple[Indicator, EntryInput]]]
    members: dict[int, int]
    offers: dict[int, dict[int, list[Offer]]]

    @classmethod
    def of(cls, reports: Sequence[ProgressReport]) -> "_Facts":
        period, units = reports[0].period, [report.unit for report in reports]
        entries, offers = _entries_of(reports), offers_of(reports, period)
        for report in reports:
            entries[report.pk] += _silent(report, entries[report.pk], offers.get(report.pk, {}))
        return cls(entries, headcounts_on(units, period.last_day), offers)

    def oddities_of(self, report: ProgressReport, past: Mapping[tuple[int, int], Sequence[Past]]) -> list[Oddity]:
        unit_id = report.unit_id
        members, offers = self.members.get(unit_id), self.offers.get(report.pk, {})
        return [
            odd
            for indicator, entry in self.entries[report.pk]
            for odd in oddities(
                indicator,
                entry,
                past.get((unit_id, indicator.pk), ()),
                members=members,
                offers=offers.get(indicator.pk, ()),
            )
        ]


def _entries_of(reports: Sequence[ProgressReport]) -> dict[int, list[tuple[Indicator, EntryInput]]]:
    """Report id → its indicators with what was said of them."""
    rows = ProgressEntry.objects.filter(report__in=[report.pk for report in reports]).order_by("pk")
    stored = list(rows.values_list("report", "indicator", *ENTRY_COLUMNS))
    indicators = Indicator.objects.in_bulk({row[1] for row in stored})
    found: dict[int, list[tuple[Indicator, EntryInput]]] = defaultdict(list)
    for report_id, indicator_id, *figures in stored:
        found[report_id].append((indicators[indicator_id], EntryInput(*figures)))
    return found


def _silent(
    report: ProgressReport, said: list[tuple[Indicator, EntryInput]], offered: dict[int, list[Offer]]
) -> list[tuple[Indicator, EntryInput]]:
    """The indicators that are asked and have outcomes, but of which the report says nothing."""
    unsaid = set(offered) - {indicator.pk for indicator, _entry in said}
    if not unsaid:
        return []
    asked = asked_of(report.unit, report.period)
    return [(one.indicator, EntryInput()) for one in asked if one.indicator.pk in unsaid]
