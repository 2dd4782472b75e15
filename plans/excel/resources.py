"""Sections of a draft in and out by Excel; and what the workbooks of all things of a plan have in common.

Whether the person may write the plan is asked by the page; that it is a draft still, by every service.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.workbooks import ChoiceCell, Column, PortalResource, TextCell

from ..enums import Topic
from ..models import Plan, Section
from ..services import add_section, revise_section
from ..writing.arranging import LONGEST_ADDRESS
from .cells import LinesCell, LinesColumn, plan_key, tidy_lines

# What the text of one section holds at most in a workbook: what one cell does.
LONGEST_TEXT = 32_767


class PlanResource(PortalResource):
    """Rows of one plan. A workbook of another plan is refused: its rows name that one in the column ``plan_key``."""

    max_rows = 1000

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan

    def check_plan(self, values: dict[str, Any]) -> None:
        """Raises ValidationError where the row says that it is another plan's."""
        if values["plan_key"] not in (None, self.plan.pk):
            raise ValidationError({"plan_key": _("This row belongs to another document. Take this one's workbook.")})

    def need(self, values: dict[str, Any], *names: str) -> None:
        """Raises ValidationError at each of these columns that a new row leaves blank."""
        missing = {name: _("A new row needs this cell.") for name in names if values[name] in (None, "")}
        if missing:
            raise ValidationError(missing)

    def section_at(self, address: str | None) -> Section | None:
        """Return the section of an address; null for none. Raises ValidationError where there is no such section."""
        if not address:
            return None
        section = Section.objects.filter(plan=self.plan, address=address).first()
        if section is None:
            raise ValidationError({"section": _("The document has no section “%(way)s”.") % {"way": address[:60]}})
        return section


class SectionResource(PlanResource):
    """One row is one section, known by the way down to it ("III/1/1.7"). A new one comes last under the one above."""

    address = Column("address", gettext_lazy("Way to the section"), TextCell(longest=LONGEST_ADDRESS), width=20)
    number = Column("number", gettext_lazy("Number of the section"), TextCell(longest=20), width=10)
    heading = Column("heading", gettext_lazy("Heading"), TextCell(longest=500), width=50)
    text = LinesColumn("text", gettext_lazy("Text"), LinesCell(longest=LONGEST_TEXT), width=80)
    topic = Column("topic", gettext_lazy("Heading of the report"), ChoiceCell(Topic.choices), width=28)
    plan_key = plan_key()

    required = ("address",)
    error_columns = {"parent": "address"}  # noqa: RUF012 - read only

    class Meta:
        import_id_fields = ("address",)

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self._by_address: dict[str, int] = {}
        self._addresses: dict[int, str] = {}

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Remember the ways as they are: a new number changes the way to all sections beneath it."""
        super().before_import(dataset, **kwargs)
        rows = Section.objects.filter(plan=self.plan).values_list("address", "pk")
        self._by_address = dict(rows)
        self._addresses = {pk: address for address, pk in self._by_address.items()}

    def find(self, key: dict[str, Any]) -> Section | None:
        pk = self._by_address.get(key["address"])
        return None if pk is None else Section.objects.select_related("plan").get(pk=pk)

    def values_of(self, subject: Section) -> dict[str, Any]:
        return {
            "address": self._addresses.get(subject.pk, subject.address),
            "number": subject.number,
            "heading": subject.heading,
            "text": tidy_lines(subject.text),
            "topic": subject.topic,
            "plan_key": self.plan.pk,
        }

    def create(self, values: dict[str, Any]) -> None:
        self.check_plan(values)
        above, _slash, last = values["address"].rpartition("/")
        number = "" if last.partition("#")[0] == "-" else last.partition("#")[0]
        if values["number"] not in (None, number):
            raise ValidationError({"number": _("The way to a new section ends with its number.")})
        words = {name: values[name] or "" for name in ("heading", "text", "topic")}
        section = add_section(plan=self.plan, number=number, parent=self._parent(above), **words)
        self._by_address[values["address"]] = section.pk

    def _parent(self, address: str) -> Section | None:
        if not address:
            return None
        parent = self.find({"address": address})
        if parent is None:
            words = _("The document has no section “%(way)s”. The one above stands in a row above.")
            raise ValidationError({"address": words % {"way": address[:60]}})
        return parent

    def change(self, subject: Section, values: dict[str, Any], changed: set[str]) -> None:
        self.check_plan(values)
        # What is not changed stays to the letter: a cell cannot hold every text.
        words = {name: values[name] if name in changed else getattr(subject, name) for name in _WORDS}
        revise_section(section=subject, **words)


_WORDS = ("number", "heading", "text", "topic")
