"""A forecast in words: "Dự kiến đến 30/6: 140–165 hộ; cần thêm 12 hộ trước 30/6 (khoảng 4 hộ mỗi tháng)".

Only here is it rounded: the lower end down and the upper end up, for what is counted in wholes to wholes, else to
tenths; what is missing is rounded up. Words for screens, never for paper.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.portal_numbers import vn_date, vn_day, vn_number

from .cases import Forecast, Landing, Reason, Why

WHOLE, TENTH = Decimal(1), Decimal("0.1")


def sentence(outlook: Forecast, measure: str, year: int) -> str:
    """Return the whole forecast as one sentence. ``measure``: of a share who carries it, else the unit of measure.

    ``year``: the year that the page speaks of, whose days go without it.
    """
    words = {"day": _day(outlook, year), "landing": landing_text(outlook, measure), "needed": _needed(outlook, measure)}
    if not outlook.needed:
        return _("Expected by %(day)s: %(landing)s; the minimum is reached already.") % words
    words["a_month"] = _needed_a_month(outlook, measure)
    if words["a_month"]:
        text = _("Expected by %(day)s: %(landing)s; %(needed)s more needed before %(day)s (about %(a_month)s a month).")
        return text % words
    return _("Expected by %(day)s: %(landing)s; %(needed)s more needed before %(day)s.") % words


def landing_text(outlook: Forecast, measure: str = "") -> str:
    """Return the range: "140–165 hộ", "92–98% đoàn viên", "6–8/10 chi đoàn cơ sở"; one figure where the ends meet."""
    low, high = shown_ends(outlook)
    figure = vn_number(low) if low == high else f"{vn_number(low)}–{vn_number(high)}"
    if outlook.is_percent:
        figure += "%"
    elif outlook.is_share:
        figure += f"/{vn_number(outlook.whole)}"
    return f"{figure} {measure}".rstrip()


def shown_ends(outlook: Forecast) -> tuple[Decimal, Decimal]:
    """The ends as they are shown: rounded outwards, so that the range never says more than is known."""
    step = WHOLE if outlook.in_wholes else TENTH
    return outlook.low.quantize(step, ROUND_FLOOR), outlook.high.quantize(step, ROUND_CEILING)


def footing_text(outlook: Forecast, *, by_bloc: bool = False) -> str:
    """Return what the forecast stands on, that it is rough where it is, and whose reports are not in hand.

    ``by_bloc``: the carriers are blocs.
    """
    parts = [_reason(outlook, by_bloc)]
    if outlook.is_rough:
        parts.append(_("so few months make a rough estimate only"))
    if outlook.reported < outlook.required:
        parts.append(_("%(n)s of %(all)s have reported") % {"n": outlook.reported, "all": outlook.required})
    return "; ".join(parts) + "."


def verdict_text(outlook: Forecast) -> str:
    """Return whether the minimum is expected to be reached."""
    return {
        Landing.REACHES: _("As things go, it will reach its minimum"),
        Landing.UNSURE: _("As things go, it may miss its minimum"),
        Landing.BELOW: _("As things go, it will miss its minimum"),
    }[outlook.landing]


def why_text(why: Why) -> str:
    """Return why there is no forecast; blank where the page says so anyway (past due, a limit, one thing to do)."""
    return {
        Why.NO_DATA: _("No forecast: nothing has been reported yet."),
        Why.FEW_REPORTS: _("No forecast: in no month were half of the reports in hand."),
        Why.TOO_EARLY: _("No forecast yet: it takes at least two months with figures."),
        Why.NOT_BEGUN: _("No forecast: nothing has been done of it yet."),
    }.get(why, "")


def _day(outlook: Forecast, year: int) -> str:
    return vn_day(outlook.needed_by) if outlook.needed_by.year == year else vn_date(outlook.needed_by)


def _in_full(outlook: Forecast, number: Decimal, measure: str) -> str:
    """What is missing, rounded up: people and things one by one, also where the forecast is in percent."""
    step = WHOLE if outlook.in_wholes or outlook.is_percent else TENTH
    return f"{vn_number(number.quantize(step, ROUND_CEILING))} {measure}".rstrip()


def _needed(outlook: Forecast, measure: str) -> str:
    return _in_full(outlook, outlook.needed, measure)


def _needed_a_month(outlook: Forecast, measure: str) -> str:
    """Blank for a single month, and where it would be less than one thing a month."""
    if outlook.months_left == 1 or outlook.needed < outlook.months_left:
        return ""
    return _in_full(outlook, outlook.needed_a_month, measure)


def _reason(outlook: Forecast, by_bloc: bool) -> str:
    words = {"n": outlook.months}
    if outlook.reason == Reason.LAST_YEAR:
        return _("Estimated from last year's months and how far this year differs from them")
    if outlook.reason == Reason.PHASES:
        return _("Estimated from what the phases ask and how much of it was reached")
    if outlook.reason == Reason.CARRIERS and by_bloc:
        return _("Estimated bloc by bloc, at the pace of each")
    if outlook.reason == Reason.CARRIERS:
        return _("Estimated carrier by carrier, at the pace of each")
    return (
        ngettext(
            "Estimated as if it went on at the pace of the %(n)s month reported",
            "Estimated as if it went on at the pace of the %(n)s months reported",
            outlook.months,
        )
        % words
    )
