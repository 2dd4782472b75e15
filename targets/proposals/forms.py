"""The correction of a target proposal, as it is typed: half of it is kept, only the whole is accepted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.templatetags.portal_numbers import vn_date
from plans.fields import DayField, FigureField, select, text_input
from plans.models import Plan
from targets.enums import Carrier, IndicatorKind, OverTime, Reach
from targets.models import Indicator
from targets.validation import HUNDRED, SHARED_OUT
from units.enums import Kind
from units.models import Unit
from units.selectors import top_unit

from .keys import TYPED, TargetValues, typed_of
from .selectors import TargetItem

NEW_INDICATOR = ("indicator_name", "measure", "kind", "over_time")


class IndicatorSelect(forms.Select):
    """A choice that tells the page the kind of each indicator: fields that it has no use for are hidden."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        indicator = getattr(value, "instance", None)
        if indicator is not None:
            option["attrs"]["data-kind"] = indicator.kind
        return option


class IndicatorField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An indicator of the catalogue, told with its unit of measure."""

    def label_from_instance(self, obj: Indicator) -> str:
        return f"{obj.name}, {obj.measure}"


class TargetProposalForm(forms.Form):
    """What the target is to be. The fields are named as the stored keys (``keys.KEYS``)."""

    name = forms.CharField(label=_("Target"), max_length=300, widget=text_input())
    indicator = IndicatorField(
        label=_("Indicator"),
        queryset=Indicator.objects.none(),
        required=False,
        empty_label=_("a new one, named below"),
        widget=IndicatorSelect({"class": "form-select"}),
    )
    indicator_name = forms.CharField(
        label=_("New indicator"),
        max_length=200,
        required=False,
        help_text=_("Empty: called like the target."),
        widget=text_input(),
    )
    kind = forms.ChoiceField(label=_("Kind of figure"), choices=IndicatorKind.choices, widget=select())
    over_time = forms.ChoiceField(label=_("Over time"), choices=OverTime.choices, widget=select())
    minimum = FigureField(label=_("Minimum"), required=False)
    maximum = FigureField(label=_("Maximum"), required=False)
    measure = forms.CharField(label=_("Unit of measure"), max_length=60, required=False, widget=text_input())
    carried_by = forms.ChoiceField(label=_("Carried by"), choices=Carrier.choices, widget=select())
    required_share = FigureField(
        label=_("Share of units or blocs, %"), required=False, help_text=_("Empty: all of them, 100%.")
    )
    carrier_kinds = forms.MultipleChoiceField(
        label=_("Kinds of units"),
        choices=Kind.choices,
        required=False,
        help_text=_("None chosen means all kinds."),
        widget=forms.CheckboxSelectMultiple,
    )
    carrier_reach = forms.ChoiceField(label=_("Which units"), choices=Reach.choices, widget=select())
    starts_on = DayField(label=_("From"), required=False)
    due_on = DayField(label=_("To be done by"), required=False, help_text=_("Empty: the plan's whole term."))

    def __init__(self, *args: Any, item: TargetItem, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"t{item.proposal.pk}_%s", "initial": _initial(item), **kwargs})
        self._values = item.values
        plan = item.proposal.plan
        self.fields["indicator"].queryset = _catalogue(plan)  # type: ignore[attr-defined]
        self.fields["carrier_kinds"].choices = _kinds(plan, item.values)  # type: ignore[attr-defined]
        for name in ("minimum", "maximum", "required_share"):
            self.fields[name].widget.attrs["class"] = "form-control text-end"
        # An empty day means the plan's own: it is shown in its place.
        for name, day in (("starts_on", plan.starts_on), ("due_on", plan.ends_on)):
            self.fields[name].widget.attrs["placeholder"] = vn_date(day)

    def clean(self) -> dict[str, Any]:
        """What does not belong to the chosen kind and carrier is left out, whatever stands in hidden fields."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = cleaned["indicator"].kind if cleaned.get("indicator") else cleaned.get("kind")
        if kind in (IndicatorKind.RATIO, IndicatorKind.MILESTONE):
            cleaned["over_time"] = OverTime.LATEST.value
        if kind == IndicatorKind.MILESTONE:
            cleaned["minimum"] = cleaned["maximum"] = None
        if cleaned.get("indicator") is None and not cleaned.get("measure"):
            self.add_error("measure", _("Needed for a new indicator."))
        if cleaned.get("carried_by") not in SHARED_OUT:
            cleaned["required_share"] = None
        elif cleaned.get("required_share") is None and "required_share" not in self.errors:
            cleaned["required_share"] = HUNDRED
        if cleaned.get("carried_by") != Carrier.EACH_UNIT:
            cleaned["carrier_kinds"] = []
        return cleaned

    @property
    def values(self) -> TargetValues:
        """What was typed, whole; what the form does not show stays as it was."""
        cleaned = self.cleaned_data
        kinds = tuple(cleaned["carrier_kinds"])
        indicator = cleaned["indicator"].pk if cleaned["indicator"] else None
        rest = {name: cleaned[name] for name in self.fields if name not in ("indicator", "carrier_kinds")}
        phases = self._values.phases if rest["minimum"] == self._values.minimum else ()
        return replace(self._values, indicator=indicator, carrier_kinds=kinds, phases=phases, **rest)

    @property
    def wish(self) -> dict[str, Any]:
        """What was typed so far, as it is stored: values where they are some, words beside them where they are none."""
        self.is_valid()
        typed = {
            # PostgreSQL stores no null character in a text.
            name: str(self.data.get(name, "")).replace("\0", "")
            for name in self.errors
            if name in self.fields and name not in self.cleaned_data
        }
        rest = {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}
        if "indicator" in rest:
            rest["indicator"] = rest["indicator"].pk if rest["indicator"] else None
        rest["carrier_kinds"] = tuple(rest.get("carrier_kinds", ()))
        stored = replace(self._values, **rest).as_json()
        return {**stored, TYPED: typed} if typed else stored


def _kinds(plan: Plan, values: TargetValues) -> list[tuple[str, Any]]:
    """The kinds that a carrier beneath the plan's unit can have, and those that stand in the proposal."""
    beneath = Unit.objects.under(plan.unit).exclude(pk=plan.unit_id).filter(closed_on__isnull=True)
    known = {*beneath.order_by().values_list("kind", flat=True).distinct(), *values.carrier_kinds}
    return [(kind, label) for kind, label in Kind.choices if kind in known]


def _catalogue(plan: Plan) -> Any:
    return Indicator.objects.filter(owner=top_unit(plan.unit), merged_into__isnull=True).order_by("folded", "pk")


def _initial(item: TargetItem) -> dict[str, Any]:
    """What stands in the form at first: what the proposal says, half-typed words where there are some."""
    values = item.values
    plain: dict[str, str | int | Decimal | date | list[str] | None] = {
        name: getattr(values, name) for name in TargetProposalForm.base_fields if name != "carrier_kinds"
    }
    # One that was merged cannot be chosen: the one that it went into stands in the form.
    plain["indicator"] = item.indicator.pk if item.indicator else None
    return {**plain, "carrier_kinds": list(values.carrier_kinds), **typed_of(item.proposal.wish)}


def form_of(item: TargetItem, data: Mapping[str, Any] | None) -> TargetProposalForm:
    """Return the form of a proposal; bound where ``data`` are given."""
    return TargetProposalForm(data, item=item)
