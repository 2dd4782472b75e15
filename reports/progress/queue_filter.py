"""What a reviewer narrows the queue to and in which order it stands: the words of the address, and what they choose.

Words that make no sense are left out; words that make sense and fit nothing leave an empty queue.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.templatetags.portal_numbers import period_name
from reports.progress.models import Period, ProgressReport
from units.enums import Level
from units.models import Bloc, BlocMembership, Unit, UnitQuerySet

from . import selectors

Choices = list[tuple[str, str]]

MOST_OFFERED = 200


class Mark(TextChoices):
    """What stands out in a report; judged from its figures and its time, so not known to the database."""

    ODD = "odd", _("Odd figures")
    PLAIN = "plain", _("Nothing odd")
    LATE = "late", _("Handed in late")


class Order(TextChoices):
    """The order of the queue; without one the oldest submission comes first."""

    NEWEST = "newest", _("Newest first")
    UNIT = "unit", _("By unit")
    ODDEST = "oddest", _("Most odd figures first")


_COLUMNS: dict[str, tuple[str, ...]] = {
    "": ("submitted_at", "pk"),
    Order.NEWEST: ("-submitted_at", "-pk"),
    Order.UNIT: ("unit__path", "period__year", "period__month"),
    Order.ODDEST: ("submitted_at", "pk"),
}
_SENSIBLE: dict[str, Callable[[str], bool]] = {
    "q": bool,
    "period": lambda word: bool(re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", word)),
    "bloc": lambda word: bool(re.fullmatch("[0-9]{1,9}", word)),
    "beneath": lambda word: bool(re.fullmatch("[A-Z0-9-]{1,40}", word)),
    "level": lambda word: word in [str(level) for level in Level.values],
    "mark": lambda word: word in Mark.values,
    "order": lambda word: word in Order.values,
}


@dataclass(frozen=True)
class QueueFilter:
    """The words, blank where nothing is chosen.

    ``q``: of the unit's name or code. ``period``: "2024-09". ``bloc``: its id. ``beneath``: code of a unit, for
    itself and all below it. ``level``: the unit's. ``mark`` and ``order``: as above.
    """

    q: str = ""
    period: str = ""
    bloc: str = ""
    beneath: str = ""
    level: str = ""
    mark: str = ""
    order: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "QueueFilter":
        """Read the words of an address."""
        asked = {field.name: query.get(field.name, "").strip() for field in fields(cls)}
        return cls(**{name: word for name, word in asked.items() if word and _SENSIBLE[name](word)})

    @property
    def words(self) -> dict[str, str]:
        """What is chosen, for an address that keeps it."""
        return {field.name: word for field in fields(self) if (word := getattr(self, field.name))}

    @property
    def query(self) -> str:
        """The words as the query of an address; blank where nothing is chosen."""
        return urlencode(self.words)

    @property
    def narrows(self) -> bool:
        """Whether reports may be left out."""
        return any(name != "order" for name in self.words)

    @property
    def needs_judging(self) -> bool:
        """Whether every report's figures must be judged to say which are meant, and in which order."""
        return bool(self.mark) or self.order == Order.ODDEST

    def narrow(self, reports: QuerySet[ProgressReport]) -> QuerySet[ProgressReport]:
        """The reports that the words other than ``mark`` choose, in the order as far as the database knows it."""
        if self.period:
            reports = reports.filter(period__year=int(self.period[:4]), period__month=int(self.period[5:]))
        if self.bloc:
            reports = reports.filter(Exists(_in_bloc(int(self.bloc))))
        if self.beneath:
            paths = Unit.objects.filter(code=self.beneath).values_list("path", flat=True)
            reports = reports.filter(unit__path__startswith=paths[0]) if paths else reports.none()
        if self.level:
            reports = reports.filter(unit__level=int(self.level))
        return reports.order_by(*_COLUMNS[self.order])

    def ahead_of(self, reports: QuerySet[ProgressReport], pk: int) -> QuerySet[ProgressReport] | None:
        """Those of the narrowed reports that stand before this one in their order; null where it is not among them."""
        columns = {column.removeprefix("-"): column.startswith("-") for column in _COLUMNS[self.order]}
        own = reports.filter(pk=pk).values(*columns).first()
        if own is None:
            return None
        ahead, same = Q(pk__in=[]), Q()
        for name, falls in columns.items():
            ahead |= same & Q(**{f"{name}__{'gt' if falls else 'lt'}": own[name]})
            same &= Q(**{name: own[name]})
        return reports.filter(ahead)


def _in_bloc(bloc_id: int) -> QuerySet[BlocMembership]:
    """Membership of the report's unit on the last day of its month (domain: Time)."""
    last_day = OuterRef("period__last_day")
    return BlocMembership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=last_day), bloc=bloc_id, unit=OuterRef("unit"), starts_on__lte=last_day
    )


@dataclass(frozen=True)
class Offered:
    """What this reviewer can choose; a choice between fewer than two is not offered."""

    periods: Choices
    blocs: Choices
    levels: Choices
    parents: Choices

    marks = Mark.choices
    orders = Order.choices


def offered_to(user: User, chosen: QueueFilter) -> Offered:
    """The months in which something waits (and the one chosen); the blocs, levels and parents of the units reviewed.

    Where there are more blocs or parents than anybody chooses from (``MOST_OFFERED``), those near the top alone and the
    one chosen.
    """
    waiting = selectors.reports_awaiting_review(user).order_by()
    months = Period.objects.filter(pk__in=waiting.values("period")).order_by("-year", "-month")
    named = list(dict.fromkeys([*map(str, months), *filter(None, [chosen.period])]))
    units = selectors.units_reviewed_by(user)
    levels = sorted(set(units.order_by().values_list("level", flat=True).distinct()))
    return Offered(
        _from_two([(name, capfirst(period_name(name))) for name in named]),
        _from_two(_blocs_of(user, units, chosen.bloc)),
        _from_two([(str(level), str(Level(level).label)) for level in levels]),
        _from_two(_parents_of(user, units, chosen.beneath)),
    )


def _blocs_of(user: User, units: UnitQuerySet, chosen: str) -> Choices:
    members = BlocMembership.objects.filter(unit__in=units.values("pk"))
    blocs = Bloc.objects.filter(pk__in=members.values("bloc")).order_by("owner__path", "number")
    found = list(blocs[: MOST_OFFERED + 1])
    if len(found) > MOST_OFFERED:
        found = list(blocs.filter(owner__in=selectors.bodies_of(user).values("pk"))[:MOST_OFFERED])
        if chosen and chosen not in [str(bloc.pk) for bloc in found]:
            found += blocs.filter(pk=int(chosen))
    return [(str(bloc.pk), bloc.name) for bloc in found]


def _parents_of(user: User, units: UnitQuerySet, chosen: str) -> Choices:
    parents = Unit.objects.filter(pk__in=units.values("parent"))
    found = list(parents[: MOST_OFFERED + 1])
    if len(found) > MOST_OFFERED:
        bodies = selectors.bodies_of(user).values("pk")
        found = list(parents.filter(Q(pk__in=bodies) | Q(parent__in=bodies))[:MOST_OFFERED])
        if chosen and chosen not in [parent.code for parent in found]:
            found += parents.filter(code=chosen)
    return [(parent.code, parent.short_name) for parent in found]


def _from_two(choices: Choices) -> Choices:
    return choices if len(choices) > 1 else []
