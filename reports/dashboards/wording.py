"""How a result is written: the figure, what stands beside it, the cell of the heat map, who carries the target.

Words only; figures are written by ``core.templatetags.portal_numbers``. No value stays no value: "–".
"""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.templatetags.portal_numbers import NOTHING, vn_date, vn_day, vn_number, vn_percent, vn_share
from reports.progress.entries import EntryInput
from reports.rollups.selectors import MonthPoint, TargetResult
from targets.enums import Carrier, IndicatorKind
from targets.figures import HUNDRED, TENTH
from targets.models import Target
from targets.wording import carriers_text, figure_text
from units.enums import Kind

PERCENT, NBSP = "%", "\N{NO-BREAK SPACE}"


def is_percent(result: TargetResult) -> bool:
    """Whether the value is a percentage: ratios, milestones, and shares of carriers."""
    return result.is_share or result.target.indicator.kind != IndicatorKind.AMOUNT


def bar_unit(result: TargetResult) -> str:
    """The unit that a range bar is drawn in: "%" or nothing."""
    return PERCENT if is_percent(result) else ""


def bar_minimum(result: TargetResult) -> Decimal | None:
    """The mark that the value has to reach; null where there is none."""
    if result.status is None:
        return None
    if result.is_share:
        return result.target.required_share
    return HUNDRED if result.target.indicator.kind == IndicatorKind.MILESTONE else result.minimum


def bar_maximum(result: TargetResult) -> Decimal | None:
    """The upper mark; null where there is none."""
    return None if result.is_share or result.status is None else result.maximum


def figure(result: TargetResult) -> str:
    """The figure itself: "131", "41/42", "2.704/2.860", "Xong 12/6", "Chưa xong"; "–" where nothing was reported."""
    if _is_own_milestone(result):
        return _milestone(result)
    if is_percent(result):
        return vn_share(result.numerator, result.denominator)
    return vn_number(result.value)


def beside(result: TargetResult) -> str:
    """What stands beside the figure: the percentage, or the bounds with the unit of measure; blank for a milestone."""
    if _is_own_milestone(result):
        return ""
    if is_percent(result):
        return vn_percent(result.value) if result.value is not None else ""
    if result.minimum is None and result.maximum is None:
        return result.target.indicator.measure
    return figure_text(result.target.indicator, result.minimum, result.maximum)


def past_figure(before: TargetResult) -> str:
    """The figure of a year before: "120", "40/50 (80%)", "done on 12/3/2023"; with its value, which must be known."""
    if _is_own_milestone(before):
        done = _("done on %(day)s") % {"day": vn_date(before.done_on)} if before.done_on else _("not done yet")
        return done.replace(" ", NBSP)
    if is_percent(before):
        return f"{vn_share(before.numerator, before.denominator)} ({vn_percent(before.value)})"
    return vn_number(before.value)


def against(result: TargetResult, before: TargetResult) -> str:
    """Return "120, up 25%" or "40/50 (80%), up 5 points": a year before, and how far the result is from it.

    Percentages are held against each other in percentage points. The former alone where there is nothing to hold
    against it, or it is an amount of 0; so it is of what is only done or not.
    """
    figure, change = past_figure(before), _change(result, before)
    if change is None:
        return figure
    much = _points(abs(change)) if is_percent(before) else vn_percent(abs(change))
    return f"{figure}, {_direction(change, much).replace(' ', NBSP)}"


def _direction(change: Decimal, much: str) -> str:
    if not change:
        return pgettext("figure", "the same")
    if not abs(change).quantize(TENTH, ROUND_HALF_UP):
        return pgettext("figure", "almost the same")
    words = pgettext("figure", "up %(much)s") if change > 0 else pgettext("figure", "down %(much)s")
    return words % {"much": much}


def _change(result: TargetResult, before: TargetResult) -> Decimal | None:
    """In percentage points, of amounts in percent; null where that says nothing."""
    if result.value is None or before.value is None or _is_own_milestone(before):
        return None
    difference = result.value - before.value
    if is_percent(before):
        return difference
    return HUNDRED * difference / before.value if before.value else None


def _points(number: Decimal) -> str:
    words = ngettext("%(n)s percentage point", "%(n)s percentage points", 1 if number == 1 else 2)
    return words % {"n": vn_number(number, 1)}


def cell(result: TargetResult) -> str:
    """The figure as short as a cell of the heat map takes it: "4/5", "93,8", "12/6", "Chưa"; "–" for no value."""
    return "".join(cell_parts(result))


def cell_parts(result: TargetResult) -> tuple[str, str]:
    """The figure of a cell and what is asked after it: ("4", "/5"); the latter blank where a figure stands alone."""
    if result.value is None and result.done_on is None:
        return NOTHING, ""
    if _is_own_milestone(result):
        return (vn_day(result.done_on) if result.done_on else pgettext("milestone in a cell", "Not yet")), ""
    if result.is_share:
        return vn_number(result.numerator), f"/{vn_number(result.denominator)}"
    if is_percent(result):
        return vn_percent(result.value).removesuffix(PERCENT), ""
    bound = result.maximum if not result.minimum else result.minimum
    return vn_number(result.value), "" if bound is None else f"/{vn_number(bound)}"


def _is_own_milestone(result: TargetResult) -> bool:
    return result.target.indicator.kind == IndicatorKind.MILESTONE and not result.is_share


def _milestone(result: TargetResult) -> str:
    if result.done_on is not None:
        return _("Done on %(day)s") % {"day": vn_day(result.done_on)}
    return NOTHING if result.value is None else _("Not done yet")


def carried_by(target: Target) -> str:
    """Who carries the target: "từng chi đoàn cơ sở", "toàn đơn vị", "chính cấp ban hành"."""
    who = carriers_text(target)
    if target.carried_by in (Carrier.EACH_UNIT, Carrier.EACH_BLOC):
        return _("each of: %(carriers)s") % {"carriers": who}
    return who


KINDS_IN_SHORT = (Kind.GRASSROOTS_UNION, Kind.GRASSROOTS_BRANCH, Kind.BRANCH)


def kind_in_short(kind: str) -> str:
    """The kind of a grassroots unit in a few letters ("ĐCS"), as the heat map's key explains them; else blank."""
    words = {
        Kind.GRASSROOTS_UNION: pgettext("kind of unit in short", "GU"),
        Kind.GRASSROOTS_BRANCH: pgettext("kind of unit in short", "GB"),
        Kind.BRANCH: pgettext("kind of unit in short", "Br"),
    }
    return words.get(Kind(kind), "")


def entry(said: EntryInput) -> str:
    """What a unit entered, as it stands in its report: "12", "40/42", "Xong 12/6", "Chưa xong"; "–" for nothing."""
    if said.is_done is not None:
        return _("Done on %(day)s") % {"day": vn_day(said.done_on)} if said.done_on else _("Not done yet")
    if said.denominator is not None:
        return vn_share(said.numerator, said.denominator)
    return vn_number(said.amount)


def month_figure(result: TargetResult, point: MonthPoint) -> str:
    """The figure to date of one month, written as that of the result."""
    if _is_own_milestone(result):
        return NOTHING if point.value is None else _("Done") if point.value else _("Not done yet")
    if is_percent(result):
        share = vn_share(point.numerator, point.denominator)
        return share if point.value is None else f"{share} ({vn_percent(point.value)})"
    return vn_number(point.value)
