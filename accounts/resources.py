"""Units in and out by Excel: the columns, and what a new or changed row means.

Rows reach only the units that the importing person administers; everything is written by ``units.services``.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.workbooks import ChoiceCell, Column, DateCell, PortalResource, TextCell, WholeCell
from units.enums import Kind
from units.models import Bloc, BlocMembership, Unit
from units.selectors import headcounts_on
from units.services import create_unit, join_bloc, rename_unit, set_headcount

from .enums import RoleName
from .scope import holds, units_for

# What a unit's history hangs on is not changed by a list.
FIXED = ("kind", "parent_code", "opened_on")


class UnitResource(PortalResource):
    """One row is one unit, known by its code. A headcount and a move into another bloc count from today on."""

    code = Column("code", gettext_lazy("Unit code"), TextCell(longest=40), width=20)
    name = Column("name", gettext_lazy("Unit name"), TextCell(longest=200), width=50)
    short_name = Column("short_name", gettext_lazy("Short name"), TextCell(longest=80), width=34)
    kind = Column("kind", gettext_lazy("Kind of unit"), ChoiceCell(Kind.choices), width=26)
    parent_code = Column("parent_code", gettext_lazy("Code of the unit above"), TextCell(longest=40), width=20)
    opened_on = Column("opened_on", gettext_lazy("Opened on"), DateCell(), width=14)
    members = Column("members", gettext_lazy("Members"), WholeCell(), width=12)
    bloc = Column("bloc", gettext_lazy("Bloc number"), WholeCell(largest=9999), width=12)

    max_rows = 1000  # a new unit costs some twenty statements, all in one transaction
    required = ("code", "name")
    error_columns: ClassVar[dict[str, str]] = {"parent": "parent_code", "starts_on": "bloc", "unit": "bloc"}

    class Meta:
        import_id_fields = ("code",)

    def find(self, key: dict[str, Any]) -> Unit | None:
        return units_for(self.user, RoleName.ADMINISTRATOR).filter(code=key["code"]).select_related("parent").first()

    def values_of(self, subject: Unit) -> dict[str, Any]:
        return next(iter(self.export_rows([subject])))

    def create(self, values: dict[str, Any]) -> None:
        self._ask_for(values, "name", "kind", "parent_code", "opened_on")
        parent = self._parent(values["parent_code"])
        unit = create_unit(
            code=values["code"],
            name=values["name"],
            short_name=values["short_name"] or "",
            kind=values["kind"],
            parent=parent,
            opened_on=values["opened_on"],
        )
        if values["members"] is not None:
            set_headcount(unit=unit, as_of=clock.today(), members=values["members"])
        if values["bloc"] is not None:
            join_bloc(unit=unit, bloc=self._bloc(parent, values["bloc"]), on=unit.opened_on)

    def change(self, subject: Unit, values: dict[str, Any], changed: set[str]) -> None:
        if fixed := changed & set(FIXED):
            words = _("This stays as it is: no list changes what a unit's history hangs on.")
            raise ValidationError(dict.fromkeys(sorted(fixed), words))
        if changed & {"name", "short_name"}:
            # A short name that was only the name itself follows it.
            follows = "short_name" not in changed and subject.short_name == subject.name[:80]
            rename_unit(unit=subject, name=values["name"], short_name="" if follows else values["short_name"])
        if "members" in changed:
            set_headcount(unit=subject, as_of=clock.today(), members=values["members"])
        if "bloc" in changed:
            join_bloc(unit=subject, bloc=self._bloc(subject.parent, values["bloc"]), on=clock.today())

    def export_rows(self, subjects: Iterable[Unit]) -> Iterable[dict[str, Any]]:
        """Read members and blocs of all units at once. ``subjects`` come with their parents."""
        units, today = list(subjects), clock.today()
        members = headcounts_on(units, today)
        rows = BlocMembership.objects.on(today).filter(unit__in=units)
        blocs = dict(rows.values_list("unit_id", "bloc__number"))
        for unit in units:
            yield {
                "code": unit.code,
                "name": unit.name,
                "short_name": unit.short_name,
                "kind": unit.kind,
                "parent_code": unit.parent.code if unit.parent else None,
                "opened_on": unit.opened_on,
                "members": members.get(unit.pk),
                "bloc": blocs.get(unit.pk),
            }

    def _ask_for(self, values: dict[str, Any], *names: str) -> None:
        missing = {name: _("A new unit needs this cell.") for name in names if values[name] is None}
        if missing:
            raise ValidationError(missing)

    def _parent(self, code: str) -> Unit:
        parent = Unit.objects.filter(code=code).first()
        if parent is None or not holds(self.user, parent, RoleName.ADMINISTRATOR):
            raise ValidationError(
                {"parent_code": _("You administer no unit of this code. A unit above stands in a row above.")}
            )
        return parent

    def _bloc(self, owner: Unit | None, number: int) -> Bloc:
        bloc = Bloc.objects.filter(owner=owner, number=number).first()
        if bloc is None or not holds(self.user, bloc.owner, RoleName.ADMINISTRATOR):
            raise ValidationError(
                {"bloc": _("The unit above has no bloc of this number, or you do not administer it.")}
            )
        return bloc
