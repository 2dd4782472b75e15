"""Filling a column for review: evenly, by members, by last year's result, the same for all. Nothing is written.

Of a unit whose weight is not known the share proposed is 0, so that the sum stays right; the page names these units.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.templatetags.portal_numbers import vn_date
from units.models import Unit
from units.selectors import members_beneath

from ..enums import Carrier
from .bounds import cell_text
from .grid import Cell, Column, Place
from .line import Line
from .results import results_before
from .splitting import Bounds, Weight, split_bounds

NAMED = 5  # units named in a sentence; the rest are counted


class Way(models.TextChoices):
    EVEN = "even", gettext_lazy("Split evenly")
    MEMBERS = "members", gettext_lazy("Split by members")
    PAST = "past", gettext_lazy("Split by last year's result")
    SAME = "same", gettext_lazy("The same for all")


@dataclass(frozen=True)
class Division:
    """What a column would hold, as typed, by cell; and what there is to say of it (``warnings``: to look at)."""

    texts: Mapping[Place, str]
    words: str
    warnings: Sequence[str] = ()


@dataclass(frozen=True)
class _Weights:
    """Unit id → weight, the unknown ones missing; what they are in words; the sentence on units without one."""

    by_unit: Mapping[int, Weight]
    said: str
    unknown: str


def ways_of(column: Column) -> list[Way]:
    """Return how a column can be filled: what adds up is split, what each unit owes by itself is the same for all."""
    if column.due is None or column.target.carried_by == Carrier.EACH_BLOC:
        return []
    return [Way.EVEN, Way.MEMBERS, Way.PAST] if column.adds_up else [Way.SAME]


def divide(column: Column, way: Way, *, line: Line, day: date) -> Division:
    """Return what the column would hold, by the facts of ``day``. ``way`` is one of ``ways_of`` it."""
    if way == Way.SAME:
        return _same(column)
    weights = _WEIGHTS[way](column, line, day)
    units = line.receivers
    parts = _split(column, [weights.by_unit.get(unit.pk, 0) for unit in units])
    if parts is None:
        return Division({}, "", [weights.unknown % {"units": _("all units")}])
    texts = {cell.place: cell_text(part, column.target) for cell, part in zip(column.cells, parts, strict=True)}
    words = _("%(code)s: %(figure)s split over %(count)s units, %(way)s. Look at it, change it, then hand it down.")
    told = {"code": column.target.code, "figure": column.words, "count": len(units), "way": weights.said}
    unknown = [unit for unit in units if unit.pk not in weights.by_unit]
    return Division(texts, words % told, [_unknown(weights, unknown)] if unknown else [])


def _split(column: Column, weights: Sequence[Weight]) -> list[Bounds] | None:
    return None if column.due is None else split_bounds(column.due, weights, is_whole=column.target.indicator.is_whole)


def _unknown(weights: _Weights, units: Sequence[Unit]) -> str:
    names = ", ".join(unit.short_name or unit.name for unit in units[:NAMED])
    more = len(units) - NAMED
    if more > 0:
        words = ngettext("%(names)s and %(count)s more unit", "%(names)s and %(count)s more units", more)
        names = words % {"names": names, "count": more}
    return weights.unknown % {"units": names} + " " + _("0 is proposed for them.")


def _same(column: Column) -> Division:
    text = cell_text(column.due, column.target)
    texts = {cell.place: text for cell in column.cells if _carries(column, cell)}
    words = _("%(code)s: the same for all %(count)s units. Look at it, change it, then hand it down.")
    return Division(texts, words % {"code": column.target.code, "count": len(texts)})


def _carries(column: Column, cell: Cell) -> bool:
    """Whether an ``each_unit`` target asks units of this kind; a ratio of all together asks everybody."""
    kinds = column.target.carrier_kinds
    return not kinds or cell.unit.kind in kinds


def _even(_column: Column, line: Line, _day: date) -> _Weights:
    return _Weights({unit.pk: 1 for unit in line.receivers}, _("evenly"), "")


def _by_members(_column: Column, line: Line, day: date) -> _Weights:
    said = _("by their members on %(day)s") % {"day": vn_date(day)}
    return _Weights(members_beneath(line.base, day), said, _("No headcount is on record of: %(units)s."))


def _by_past(column: Column, line: Line, _day: date) -> _Weights:
    past = results_before(column.target, line.receivers)
    if past is None:
        return _Weights({}, "", _("The portal knows no result of this indicator from the year before."))
    said = _("by the result of %(of)s") % {"of": past.of}
    return _Weights(past.values, said, _("No result of the year before is on record of: %(units)s."))


_WEIGHTS: dict[Way, Callable[[Column, Line, date], _Weights]] = {
    Way.EVEN: _even,
    Way.MEMBERS: _by_members,
    Way.PAST: _by_past,
}
