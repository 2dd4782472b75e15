"""A target proposal in words: its figure, who carries it, by when."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.templatetags.portal_numbers import vn_date, vn_percent
from plans.models import Plan
from targets.enums import IndicatorKind
from targets.models import Indicator, Target
from targets.validation import HUNDRED, SHARED_OUT
from targets.wording import carriers_text, figure_text

from .selectors import TargetItem


@dataclass(frozen=True)
class TargetWords:
    """What a row says. ``figure`` is told in bold; ``carriers`` is blank where the figure names them."""

    name: str
    figure: str
    carriers: str
    due: str


def words_of(item: TargetItem) -> TargetWords:
    """Return the proposal in words; of an accepted one its target as it stands."""
    proposal = item.proposal
    target = proposal.target or _target_to_be(item)
    return TargetWords(
        name=target.name or proposal.quote,
        figure=_figure(target),
        carriers=_carriers(target),
        due=_due(proposal.plan, target),
    )


def _target_to_be(item: TargetItem) -> Target:
    """Return an unsaved target of what the proposal says, for its words alone."""
    values, plan = item.values, item.proposal.plan
    new = Indicator(name=values.indicator_name, measure=values.measure, kind=values.kind)
    return Target(
        plan=plan,
        name=values.name,
        indicator=item.indicator or new,
        carried_by=values.carried_by,
        carrier_kinds=list(values.carrier_kinds),
        carrier_reach=values.carrier_reach,
        minimum=values.minimum,
        maximum=values.maximum,
        required_share=values.required_share,
        starts_on=values.starts_on or plan.starts_on,
        due_on=values.due_on or plan.ends_on,
    )


def _figure(target: Target) -> str:
    """The figure that stands in bold: the bounds; for something that each of many does or not, the share of them."""
    if target.indicator.kind == IndicatorKind.MILESTONE and target.required_share is not None:
        return vn_percent(target.required_share)
    return figure_text(target.indicator, target.minimum, target.maximum)


def _carriers(target: Target) -> str:
    """Who carries it: "toàn đơn vị", "từng chi đoàn cơ sở", "80% số chi đoàn cơ sở"."""
    words = {"carriers": carriers_text(target), "share": vn_percent(target.required_share)}
    if target.carried_by not in SHARED_OUT:
        return words["carriers"]
    if target.required_share in (None, HUNDRED) or target.indicator.kind == IndicatorKind.MILESTONE:
        return _("each of the %(carriers)s") % words
    return _("%(share)s of the %(carriers)s") % words


def _due(plan: Plan, target: Target) -> str:
    """By when: "hạn 30/6/2024"; where nothing was said, "hết năm 2024" or the end of a longer term."""
    if target.due_on != plan.ends_on:
        return _("due %(day)s") % {"day": vn_date(target.due_on)}
    year = plan.starts_on.year
    if (plan.starts_on, plan.ends_on) == (date(year, 1, 1), date(year, 12, 31)):
        return _("to the end of %(year)s") % {"year": year}
    return _("to the end of the term, %(day)s") % {"day": vn_date(plan.ends_on)}
