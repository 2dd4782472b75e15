"""The grid of shares: units down, targets across, what each cell holds and what a column comes to against its target.

Read in a constant number of queries. What is typed stands in for what is on record, so that sums are right before
anything is saved.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.forms.utils import flatatt
from django.http import Http404
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.templatetags.portal_numbers import vn_date
from plans.gates import plan_or_404
from plans.models import Plan
from units.models import Unit

from ..enums import Carrier, IndicatorKind
from ..models import Adjustment, Allocation, Target
from ..selectors import allocations_in_force, open_adjustments, targets_of
from ..wording import bounds_text, carriers_text, figure_text
from .bounds import bounds_of, cell_text, is_limit, read_bounds
from .line import Line, is_shareable, line_of
from .splitting import Bounds

Place = tuple[int, int]
_NAME = re.compile(r"c(\d{1,18})-(\d{1,18})")


def place_of(name: str) -> Place | None:
    """Return target id and unit id of a field's name; null for another field's."""
    found = _NAME.fullmatch(name)
    return None if found is None else (int(found[1]), int(found[2]))


@dataclass(frozen=True)
class Cell:
    """One unit's share of one target. ``was`` is what is in force, as it is typed; ``typed`` what the field holds.

    ``coming`` is the next share that is on record for a later day. ``is_open``: there is something to hand down of it.
    ``adjustment`` is what the unit proposes instead and waits to be settled.
    """

    target: Target
    unit: Unit
    share: Allocation | None
    coming: Allocation | None
    was: str
    typed: str
    is_open: bool = True
    adjustment: Adjustment | None = None
    errors: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of its field, and its id."""
        return f"c{self.target.pk}-{self.unit.pk}"

    @property
    def place(self) -> Place:
        return self.target.pk, self.unit.pk

    @property
    def is_changed(self) -> bool:
        return self.typed != self.was

    @property
    def bounds(self) -> Bounds | None:
        """What the field says; null where it is blank or cannot be read."""
        if not self.is_changed:
            return bounds_of(self.share) if self.share else None
        try:
            return read_bounds(self.typed, self.target)
        except ValidationError:
            return None

    @property
    def words(self) -> str:
        """The share in force in words; a dash for none."""
        share = self.share
        return "–" if share is None else figure_text(self.target.indicator, share.minimum, share.maximum)

    @property
    def coming_words(self) -> str:
        """The next share and its day: "từ 1/12/2024: 8"; blank for none."""
        if self.coming is None:
            return ""
        told = {"day": vn_date(self.coming.effective_on), "figure": cell_text(bounds_of(self.coming), self.target)}
        return _("from %(day)s: %(figure)s") % told

    @property
    def proposed(self) -> str:
        """What the unit proposes, as it is typed; blank for nothing."""
        return cell_text(bounds_of(self.adjustment), self.target) if self.adjustment else ""

    @property
    def field(self) -> SafeString:
        """The field, written without a template: there are thousands of them."""
        return self.drawn({})

    def drawn(self, more: Mapping[str, str]) -> SafeString:
        """The field with further attributes."""
        attrs = dict(more)
        if self.is_changed:
            attrs["data-was"] = self.was
        if self.errors:
            attrs["aria-invalid"], attrs["title"] = "true", " ".join(self.errors)
        return format_html(
            '<input id="{0}" name="{0}" value="{1}" aria-labelledby="h{2} u{3}"{4}>',
            self.name,
            self.typed,
            str(self.target.pk),
            str(self.unit.pk),
            flatatt(attrs) if attrs else "",
        )


@dataclass(frozen=True)
class Column:
    """One target with the share of each receiver.

    ``due`` is what there is to hand down: the target's bounds, or further down the line the share of the one that hands
    down (``own``); null where it was handed none.
    """

    target: Target
    cells: list[Cell]
    due: Bounds | None
    own: Allocation | None = None

    @property
    def key(self) -> str:
        """The target's id as it stands in addresses and names."""
        return str(self.target.pk)

    @property
    def words(self) -> str:
        """What there is to hand down, in words."""
        if self.own is not None:
            return figure_text(self.target.indicator, self.own.minimum, self.own.maximum)
        return self.target_words if self.due else "–"

    @property
    def target_words(self) -> str:
        """The target itself in words."""
        return bounds_text(self.target)

    @property
    def carriers(self) -> str:
        """Who carries it, where the bounds do not say so already."""
        return "" if self.target.required_share is not None else carriers_text(self.target)

    @property
    def adds_up(self) -> bool:
        """Whether shares come to a sum: not where each unit is tested by itself, nor for a percentage."""
        return self.target.carried_by == Carrier.POOLED and self.target.indicator.kind == IndicatorKind.AMOUNT

    @property
    def is_limit(self) -> bool:
        return is_limit(self.target)

    @cached_property
    def filled(self) -> list[Bounds]:
        """What the fields say, those that say nothing left out."""
        return [bounds for cell in self.cells if (bounds := cell.bounds) is not None]

    @cached_property
    def handed(self) -> Bounds | None:
        """The sums of what the fields say; null where none does, and where shares do not add up.

        The maximum is null unless every filled field has one.
        """
        if not self.adds_up or not self.filled:
            return None
        minima = [low for low, _high in self.filled if low is not None]
        maxima = [high for _low, high in self.filled if high is not None]
        return Bounds(
            None if self.is_limit else sum(minima, Decimal(0)),
            sum(maxima, Decimal(0)) if len(maxima) == len(self.filled) else None,
        )

    @property
    def handed_words(self) -> str:
        return cell_text(self.handed, self.target) or "–"

    @property
    def gap(self) -> Decimal | None:
        """What is handed down beyond (positive) or short of (negative) what is due; null where nothing compares.

        By the minimum; of a limit by the maximum.
        """
        if self.handed is None or self.due is None:
            return None
        handed, due = self.handed[self.is_limit], self.due[self.is_limit]
        return None if handed is None or due is None else handed - due

    @property
    def shortfall(self) -> Decimal | None:
        """How much is not handed down, without a sign; null where nothing compares."""
        return None if self.gap is None else max(-self.gap, Decimal(0))

    @property
    def lower(self) -> int | None:
        """Of what does not add up: how many units are asked less than the target asks; null where none can be."""
        least = self.due.minimum if self.due else None
        is_each = self.target.indicator.kind == IndicatorKind.RATIO or self.target.carried_by == Carrier.EACH_UNIT
        if least is None or not is_each:
            return None
        return sum(low is None or low < least for low, _high in self.filled)

    @property
    def data(self) -> SafeString:
        """What the page computes with as one types."""
        due = self.due[self.is_limit] if self.due else None
        attrs: dict[str, str | bool] = {"data-column": str(self.target.pk), "data-limit": self.is_limit}
        attrs |= {"data-adds": self.adds_up, "data-lower": self.lower is not None}
        if due is not None:
            attrs["data-due"] = f"{due.normalize():f}"
        return flatatt(attrs)


@dataclass(frozen=True)
class Grid:
    """The whole table as one person sees it. ``seen`` is the id of the newest allocation that went into it.

    ``waiting``: how many proposals of receivers are to be settled.
    """

    plan: Plan
    line: Line
    columns: list[Column]
    seen: int
    waiting: int

    @property
    def rows(self) -> list[tuple[Unit, list[Cell]]]:
        """Each receiver with its cells, in the order of the columns."""
        return [
            (unit, [column.cells[place] for column in self.columns]) for place, unit in enumerate(self.line.receivers)
        ]

    @property
    def changes(self) -> int:
        """How many fields differ from what is in force."""
        return sum(cell.is_changed for column in self.columns for cell in column.cells)

    def cell(self, place: Place) -> Cell | None:
        """Return a cell by target id and unit id."""
        return self._cells.get(place)

    @cached_property
    def _cells(self) -> dict[Place, Cell]:
        return {cell.place: cell for column in self.columns for cell in column.cells}

    def typed(self, texts: Mapping[Place, str], errors: Mapping[Place, Sequence[str]] | None = None) -> "Grid":
        """Return the grid with these texts in its fields, and what is wrong with them."""
        said = errors or {}

        def filled(cell: Cell) -> Cell:
            text, wrong = texts.get(cell.place, cell.typed), tuple(said.get(cell.place, ()))
            return replace(cell, typed=text, errors=wrong)

        return replace(
            self, columns=[replace(column, cells=[filled(cell) for cell in column.cells]) for column in self.columns]
        )


def grid_or_404(user: User, plan_id: int) -> Grid:
    """Return the grid of a plan where the person stands in its line. Raises Http404 otherwise."""
    plan = plan_or_404(user, plan_id)
    line = line_of(plan, user)
    if line is None:
        raise Http404
    return grid_of(plan, line)


def grid_of(plan: Plan, line: Line) -> Grid:
    """Return the grid of the plan's targets that can be handed down, as of today."""
    targets = [target for target in targets_of(plan) if is_shareable(target)]
    found = _Found.read(plan, line, targets)
    columns = []
    for target in targets:
        own = found.shares.get((target.pk, line.base.pk))
        due = bounds_of(target) if line.base.pk == plan.unit_id else bounds_of(own) if own else None
        cells = [found.cell(target, unit, is_open=due is not None) for unit in line.receivers]
        columns.append(Column(target, cells, due, own))
    return Grid(plan, line, columns, found.newest, len(found.adjustments))


@dataclass(frozen=True)
class _Found:
    """What is on record: shares in force today, those to come, proposals that wait, the newest allocation's id."""

    shares: Mapping[Place, Allocation]
    coming: Mapping[Place, Allocation]
    adjustments: Mapping[Place, Adjustment]
    newest: int

    @classmethod
    def read(cls, plan: Plan, line: Line, targets: Sequence[Target]) -> "_Found":
        today = clock.today()
        shares = allocations_in_force(targets, [line.base, *line.receivers], today)
        later = Allocation.objects.filter(target__in=targets, unit__in=line.receivers, effective_on__gt=today)
        # In turn from the last day to the first: the next one stays.
        coming = {(row.target_id, row.unit_id): row for row in later.order_by("-effective_on")}
        newest = Allocation.objects.filter(target__plan=plan).aggregate(newest=Max("pk"))["newest"]
        return cls(shares, coming, open_adjustments(plan, line.receivers), newest or 0)

    def cell(self, target: Target, unit: Unit, *, is_open: bool) -> Cell:
        place = (target.pk, unit.pk)
        share = self.shares.get(place)
        was = cell_text(bounds_of(share) if share else None, target)
        coming, adjustment = self.coming.get(place), self.adjustments.get(place)
        return Cell(target, unit, share, coming, was, was, is_open, adjustment)
