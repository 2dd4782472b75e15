"""What a target commits to, in words, for pages and paper alike: "150–200 đơn vị máu", "100% chi đoàn cơ sở".

Words only: nothing here judges a value. Figures are written by ``core.templatetags.portal_numbers``.
"""

from decimal import Decimal

from django.utils.translation import gettext as _

from core.templatetags.portal_numbers import vn_percent, vn_range
from units.enums import Kind

from .enums import Carrier, IndicatorKind, Reach
from .models import Indicator, Target


def figure_text(indicator: Indicator, minimum: Decimal | None, maximum: Decimal | None) -> str:
    """Return bounds with the unit of measure ("từ 1.000 lượt người", "không quá 0 hộ", "100% đoàn viên").

    A milestone has no figures: "hoàn thành". Null bounds are open.
    """
    if indicator.kind == IndicatorKind.MILESTONE:
        return _("to be done")
    if indicator.kind == IndicatorKind.RATIO:
        return f"{vn_range(minimum, maximum, '%')} {indicator.measure}"
    return vn_range(minimum, maximum, indicator.measure)


def carriers_text(target: Target) -> str:
    """Return who is tested one by one ("chi đoàn cơ sở", "khối thi đua"), or who carries it together."""
    if target.carried_by == Carrier.EACH_BLOC:
        return _("emulation blocs")
    if target.carried_by != Carrier.EACH_UNIT:
        return str(Carrier(target.carried_by).label).lower()
    if target.carrier_kinds:
        return _(" and ").join(
            str(Kind(kind).label)[:1].lower() + str(Kind(kind).label)[1:] for kind in target.carrier_kinds
        )
    return _("units directly below") if target.carrier_reach == Reach.DIRECT else _("units below")


def bounds_text(target: Target) -> str:
    """Return the whole commitment in words.

    "150–200 đơn vị máu"; with a share of carriers "100% chi đoàn cơ sở" (a milestone) or "100% khối thi đua, mỗi
    khối 1–2 hộ".
    """
    figure = figure_text(target.indicator, target.minimum, target.maximum)
    if target.required_share is None:
        return figure
    share = f"{vn_percent(target.required_share)} {carriers_text(target)}"
    if target.indicator.kind == IndicatorKind.MILESTONE:
        return share
    if target.carried_by == Carrier.EACH_BLOC:
        return _("%(share)s, each bloc %(figure)s") % {"share": share, "figure": figure}
    return _("%(share)s, each unit %(figure)s") % {"share": share, "figure": figure}
