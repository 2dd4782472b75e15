"""A target proposal in words: its figure, who carries it, by when."""

from datetime import date

from django.utils.translation import gettext as _

from core.templatetags.portal_numbers import vn_date, vn_percent
from plans.models import Plan
from plans.proposals.shelf import RowWords
from targets.enums import IndicatorKind
from targets.models import Indicator, Target, TargetProposal
from targets.validation import HUNDRED, SHARED_OUT
from targets.wording import carriers_text, figure_text

from .selectors import TargetItem


def words_of(item: TargetItem) -> RowWords:
    """Return the proposal in words, its figure in bold; of an accepted one its target as it stands."""
    proposal = item.proposal
    target = proposal.target or _target_to_be(item)
    figure, due = _figure(target), _due(proposal.plan, target)
    return RowWords(
        name=target.name or proposal.quote,
        lead=figure,
        rest=[_carriers(target), due],
        settled=[figure, due, *_since(proposal)],
    )


def _since(proposal: TargetProposal) -> list[str]:
    """What became of an accepted one, where that is not plain."""
    if proposal.target is None:
        return [_("taken out of the plan by hand since")]
    if proposal.target.restates is not None:
        return [_("repeats %(code)s, counted there") % {"code": proposal.target.restates.code}]
    return []


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
