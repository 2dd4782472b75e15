"""What stands around every view of the calendar: the bar of its views, the form of wishes, what is chosen in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.portal_numbers import vn_day
from plans.models import Plan
from targets.models import Target

from .asked import STATES, Asked
from .enums import Scope
from .grid import Week, weeks_in
from .wishes import SUBTREE, Moment, Wishes

VIEWS: dict[str, str | Promise] = {
    "board": gettext_lazy("Quarter"),
    "month": gettext_lazy("Month"),
    "week": gettext_lazy("Week"),
    "timeline": gettext_lazy("Time line"),
    "list": gettext_lazy("List"),
}


@dataclass(frozen=True)
class Tab:
    """A view in the bar; its address keeps whose activities are looked at, when, and which of them."""

    label: str | Promise
    url: str
    is_current: bool


@dataclass(frozen=True)
class Select:
    """A choice in the form; ``has_all``: one may choose nothing."""

    name: str
    label: str
    choices: Sequence[tuple[str, str | Promise]]
    current: str
    has_all: bool = True


@dataclass(frozen=True)
class Chosen:
    """One wish in words, and the address of the view without it."""

    text: str
    url: str


@dataclass(frozen=True)
class Frame:
    """What stands around a view. ``when`` are the form's selects for the time, ``kept`` the words it hands on."""

    tabs: list[Tab]
    unit: Select | None
    when: list[Select]
    more: list[Select]
    q: str
    kept: dict[str, str]
    chosen: list[Chosen]
    clear_url: str


def frame_of(asked: Asked, name: str, moment: Moment) -> Frame:
    """Return what stands around the view ``name`` (a key of ``VIEWS``)."""
    wishes = asked.wishes
    when = WHEN[name](moment)
    fields = {select.name for select in when}
    only_unit = Wishes(unit=wishes.unit)
    return Frame(
        tabs=[Tab(label, address_of(key, wishes, moment), key == name) for key, label in VIEWS.items()],
        unit=_units(asked, has_all=name == "list"),
        when=when,
        more=[select for select in _more(asked) if select.choices],
        q=wishes.q,
        kept={word: value for word, value in moment.words.items() if word not in fields},
        chosen=[Chosen(text, address_of(name, less, moment)) for text, less in chosen_of(wishes)],
        clear_url=address_of(name, only_unit, moment),
    )


def address_of(name: str, wishes: Wishes, moment: Moment) -> str:
    """Return the address of a view that shows what is wished at that moment."""
    return f"{reverse(f'activities:{name}')}?{urlencode({**wishes.words, **moment.words})}"


def chosen_of(wishes: Wishes) -> list[tuple[str, Wishes]]:
    """Return each wish in words with what is left to wish without it; the unit stands in the page's head."""
    said = [
        (_("named “%(words)s”") % {"words": wishes.q} if wishes.q else "", replace(wishes, q="")),
        (dict(STATES).get(wishes.state, ""), replace(wishes, state="")),
        (_("done by: %(who)s") % {"who": Scope(wishes.scope).label} if wishes.scope else "", replace(wishes, scope="")),
        (wishes.bloc.name if wishes.bloc else "", replace(wishes, bloc=None)),
        (_plan_text(wishes.plan) if wishes.plan else "", replace(wishes, plan=None)),
        (
            _("target %(target)s") % {"target": _target_text(wishes.target)} if wishes.target else "",
            replace(wishes, target=None),
        ),
        (_reach_text(wishes) if wishes.whole else "", replace(wishes, whole=False)),
    ]
    return [(str(text), less) for text, less in said if text]


def _reach_text(wishes: Wishes) -> str:
    if wishes.bloc is not None:
        return _("with what its members plan themselves")
    return _("with what the units beneath plan themselves")


def _units(asked: Asked, *, has_all: bool) -> Select | None:
    """The choice of the unit; null where there is none to make."""
    if len(asked.units) < 2 and not has_all:
        return None
    current = asked.wishes.unit.code if asked.wishes.unit else ""
    return Select("unit", _("Unit"), [(unit.code, unit.name) for unit in asked.units], current, has_all)


def _more(asked: Asked) -> list[Select]:
    words = asked.wishes.words
    unit = asked.wishes.unit
    reach = [(SUBTREE, _("Included"))] if asked.wishes.bloc or (unit and unit.numchild) else []
    plans = [(str(plan.pk), _plan_text(plan)) for plan in asked.plans]
    many = len({target.plan_id for target in asked.targets}) > 1
    targets = [(str(target.pk), _target_text(target, with_plan=many)) for target in asked.targets]
    offered: list[tuple[str, str, Sequence[tuple[str, str | Promise]]]] = [
        ("state", _("State"), STATES),
        ("scope", _("Who does it"), Scope.choices),
        ("bloc", _("Bloc"), [(str(bloc.pk), bloc.name) for bloc in asked.blocs]),
        ("plan", _("Plan"), plans),
        ("target", _("Target"), targets),
        ("reach", _("Own activities of units beneath"), reach),
    ]
    return [Select(name, label, choices, words.get(name, "")) for name, label, choices in offered]


def _plan_text(plan: Plan) -> str:
    return f"{plan.symbol or plan.title} · {plan.unit.short_name or plan.unit.name}"


def _target_text(target: Target, *, with_plan: bool = False) -> str:
    text = f"{target.code} {target.name}"
    return f"{target.plan.symbol or target.plan.title}: {text}" if with_plan else text


def _year_select(moment: Moment) -> list[Select]:
    years = [(str(year), str(year)) for year in range(moment.year - 1, moment.year + 2)]
    return [Select("year", _("Year"), years, str(moment.year), has_all=False)]


def _month_selects(moment: Moment) -> list[Select]:
    months = [(str(month), str(month)) for month in range(1, 13)]
    return [Select("month", _("Month"), months, str(moment.month), has_all=False), *_year_select(moment)]


def _week_selects(moment: Moment) -> list[Select]:
    weeks = [(str(week.number), week_text(week)) for week in weeks_in(moment.year)]
    return [Select("week", _("Week"), weeks, str(moment.week), has_all=False), *_year_select(moment)]


WHEN = {
    "board": _year_select,
    "month": _month_selects,
    "week": _week_selects,
    "timeline": _year_select,
    "list": _year_select,
}


def week_text(week: Week) -> str:
    """Return "40 (30/9–6/10)"."""
    return f"{week.number} ({vn_day(week.first)}–{vn_day(week.last)})"
