"""Arrangements in the cells of a draft's workbook: people by name, units by code."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.folding import fold
from core.workbooks import Column, TextCell
from plans.excel.cells import FigureCell
from units.models import Unit

from ..models import Activity
from .checks import whole_sum
from .selectors import people_in_charge

COLUMNS = ("owner", "coordinating", "budget", "budget_amount")
MOST_CODES = 4000


def owner_column() -> Column:
    return Column("owner", gettext_lazy("Person in charge"), TextCell(longest=150), width=24)


def coordinating_column() -> Column:
    label = gettext_lazy("Codes of the coordinating units")
    return Column("coordinating", label, TextCell(longest=MOST_CODES), width=24)


def budget_column() -> Column:
    return Column("budget", gettext_lazy("Budget"), TextCell(longest=300), width=30)


def amount_column() -> Column:
    return Column("budget_amount", gettext_lazy("Budget in đồng"), FigureCell(), width=16)


def written(activity: Activity, people: Iterable[User]) -> dict[str, Any]:
    """Return what stands in the cells of an activity. A name that two of the people bear is written as user name."""
    owner = activity.owner
    codes = [unit.code for unit in sorted(activity.coordinating.all(), key=lambda unit: unit.path)]
    twins = [one for one in people if owner and fold(str(one)) == fold(str(owner))]
    return {
        "owner": (owner.username if len(twins) > 1 else str(owner)) if owner else "",
        "coordinating": "; ".join(codes),
        "budget": activity.budget,
        "budget_amount": activity.budget_amount,
    }


def meant(unit: Unit, values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the arguments of the services that the cells ``names`` mean, for an activity of the unit.

    Blank cells are left out. Raises ValidationError at the cell that names nobody, several people or no unit.
    """
    facts: dict[str, Any] = {}
    for name in (one for one in COLUMNS if one in names and values[one] not in (None, "")):
        if name == "owner":
            facts[name] = _person(unit, values[name])
        elif name == "budget_amount":
            facts[name] = whole_sum(values[name])
        else:
            facts[name] = _units(values[name]) if name == "coordinating" else values[name]
    return facts


def _person(unit: Unit, text: str) -> User:
    people = list(people_in_charge([unit.pk]))
    found = [one for one in people if one.username == text] or [one for one in people if fold(str(one)) == fold(text)]
    if not found:
        raise ValidationError({"owner": _("Nobody of this name holds a role at the unit.")})
    if len(found) > 1:
        raise ValidationError({"owner": _("Two people bear this name. Write the user name instead.")})
    return found[0]


def _units(text: str) -> list[Unit]:
    codes = dict.fromkeys(part.strip().upper() for part in text.replace(",", ";").split(";") if part.strip())
    found = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise ValidationError({"coordinating": _("There is no unit “%(code)s”.") % {"code": code[:40]}})
    return list(found.values())
