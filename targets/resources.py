"""Targets of a draft in and out by Excel: the columns, and what a new or changed row means."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.folding import fold
from core.workbooks import ChoiceCell, Column, DateCell, TextCell
from plans.excel.cells import ChoicesCell, FigureCell, WordsCell, plan_key
from plans.excel.resources import PlanResource
from plans.models import Plan
from plans.writing.arranging import LONGEST_ADDRESS
from units.enums import Kind
from units.selectors import top_unit

from .enums import Carrier, IndicatorKind, OverTime, Reach
from .models import Indicator, Target
from .phasing import phases_text, read_phases
from .services import add_target, propose_indicator, revise_target

# What of a row says on which indicator the target is.
_INDICATOR = ("indicator", "measure", "kind", "over_time")
_PLAIN = ("name", "carried_by", "carrier_reach", "minimum", "maximum", "required_share", "starts_on", "due_on")


class PhasesCell(TextCell):
    """Phases in one cell: "30/6/2024: 75; 30/9/2024: 120"."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        try:
            return phases_text(read_phases(super().clean(value)), between="; ")
        except ValidationError as wrong:
            raise ValueError(wrong.messages[0]) from wrong


class TargetResource(PlanResource):
    """One row is one target, known by its code. An indicator of a known name is taken, another one is proposed."""

    code = Column("code", gettext_lazy("Code of the target"), TextCell(longest=20), width=10)
    section = Column("section", gettext_lazy("Way to the section"), TextCell(longest=LONGEST_ADDRESS), width=16)
    name = Column("name", gettext_lazy("Target"), TextCell(longest=300), width=50)
    indicator = Column("indicator", gettext_lazy("Indicator"), TextCell(longest=200), width=36)
    measure = Column("measure", gettext_lazy("Unit of measure"), TextCell(longest=60), width=16)
    kind = Column("kind", gettext_lazy("Kind of figure"), ChoiceCell(IndicatorKind.choices), width=16)
    over_time = Column("over_time", gettext_lazy("Over time"), ChoiceCell(OverTime.choices), width=20)
    carried_by = Column("carried_by", gettext_lazy("Carried by"), WordsCell(Carrier.choices), width=24)
    carrier_kinds = Column("carrier_kinds", gettext_lazy("Kinds of units"), ChoicesCell(Kind.choices), width=24)
    carrier_reach = Column("carrier_reach", gettext_lazy("Which units"), WordsCell(Reach.choices), width=22)
    minimum = Column("minimum", gettext_lazy("Minimum"), FigureCell(), width=12)
    maximum = Column("maximum", gettext_lazy("Maximum"), FigureCell(), width=12)
    required_share = Column("required_share", gettext_lazy("Share of units or blocs, %"), FigureCell(), width=14)
    starts_on = Column("starts_on", gettext_lazy("From"), DateCell(), width=12)
    due_on = Column("due_on", gettext_lazy("To be done by"), DateCell(), width=12)
    phases = Column("phases", gettext_lazy("By steps"), PhasesCell(longest=2000), width=24)
    restates = Column("restates", gettext_lazy("Repeats the target"), TextCell(longest=20), width=12)
    plan_key = plan_key()

    required = ("code",)

    class Meta:
        import_id_fields = ("code",)

    def find(self, key: dict[str, Any]) -> Target | None:
        return targets_to_export(self.plan).filter(code=key["code"]).first()

    def values_of(self, subject: Target) -> dict[str, Any]:
        indicator = subject.indicator
        phases = [(phase.due_on, phase.minimum) for phase in subject.phases.all()]
        return {
            **{name: getattr(subject, name) for name in _PLAIN},
            "code": subject.code,
            "section": subject.section.address if subject.section else None,
            "indicator": indicator.name,
            "measure": indicator.measure,
            "kind": indicator.kind,
            "over_time": indicator.over_time,
            "carrier_kinds": [kind for kind in Kind.values if kind in subject.carrier_kinds] or None,
            "phases": phases_text(phases, between="; "),
            "restates": subject.restates.code if subject.restates else None,
            "plan_key": self.plan.pk,
        }

    def create(self, values: dict[str, Any]) -> None:
        self.check_plan(values)
        self.need(values, "name", "indicator", "carried_by")
        said = {name: values[name] for name in _PLAIN if values[name] is not None}
        add_target(
            plan=self.plan,
            code=values["code"],
            section=self.section_at(values["section"]),
            indicator=self._indicator(values),
            carrier_kinds=values["carrier_kinds"] or (),
            restates=self._original(values["restates"]),
            phases=read_phases(values["phases"] or ""),
            **said,
        )

    def change(self, subject: Target, values: dict[str, Any], changed: set[str]) -> None:
        self.check_plan(values)
        facts = {name: values[name] for name in (*_PLAIN, "carrier_kinds") if name in changed}
        if "section" in changed:
            facts["section"] = self.section_at(values["section"])
        if changed & set(_INDICATOR):
            # Another indicator is named: measure and kind that were left standing tell of the one before.
            stale = set(_INDICATOR) - changed if "indicator" in changed else ()
            facts["indicator"] = self._indicator(values, stale)
        if "restates" in changed:
            facts["restates"] = self._original(values["restates"])
        if "phases" in changed:
            facts["phases"] = read_phases(values["phases"])
        revise_target(target=subject, **facts)

    def _indicator(self, values: dict[str, Any], stale: Iterable[str] = ()) -> Indicator:
        """The catalogue's indicator of that name, or a new one proposed. Raises ValidationError at its columns.

        ``stale`` are columns that tell of the indicator named before: one known by its name goes before them.
        """
        fresh = {**values, **dict.fromkeys(stale)}
        for measure in dict.fromkeys((fresh["measure"], values["measure"])):
            known = self._only_one(values["indicator"], measure)
            if known is not None:
                values = {**values, **{name: fresh[name] or getattr(known, name) for name in _INDICATOR[1:]}}
                break
        self.need(values, *_INDICATOR)
        facts = {name: values[name] for name in _INDICATOR[1:]}
        owner = top_unit(self.plan.unit)
        try:
            return propose_indicator(owner=owner, name=values["indicator"], **facts)
        except ValidationError as error:
            named = {"indicator" if name == "name" else name: words for name, words in error.message_dict.items()}
            raise ValidationError(named) from error

    def _only_one(self, name: str, measure: str | None) -> Indicator | None:
        """The only one of that name in the catalogue, of the measure where one is said; null for none or several."""
        rows = Indicator.objects.filter(owner=top_unit(self.plan.unit), merged_into__isnull=True)
        rows = rows.filter(folded=fold(name)[:250])
        if measure:
            rows = rows.filter(folded_measure=fold(measure)[:80])
        found = list(rows[:2])
        return found[0] if len(found) == 1 else None

    def _original(self, code: str | None) -> Target | None:
        if not code:
            return None
        original = Target.objects.filter(plan=self.plan, code=code).first()
        if original is None:
            words = _("The document has no target “%(code)s”. The one repeated stands in a row above.")
            raise ValidationError({"restates": words % {"code": code}})
        return original


def targets_to_export(plan: Plan) -> Any:
    """Return the plan's targets with all that their columns say, in the plan's order."""
    rows = Target.objects.filter(plan=plan).select_related("plan__unit", "indicator", "section", "restates")
    return rows.prefetch_related("phases").order_by("order")
