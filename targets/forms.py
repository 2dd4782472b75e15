"""Forms of the catalogue, of a draft's targets and of handing down."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from plans.fields import DayField, FigureField, select, text_input
from plans.models import Plan, Section
from units.enums import Kind
from units.models import Unit
from units.selectors import top_unit

from .enums import Carrier, IndicatorKind, OverTime, Reach
from .models import Allocation, Indicator, Target

# What the form calls a proposed indicator's fields, by the service's names.
PROPOSED = {"name": "new_name", "measure": "new_measure", "kind": "new_kind", "over_time": "new_over_time"}


class TargetForm(forms.Form):
    """A target of a draft: on an indicator of the catalogue, or on a new one that is proposed with it."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("For example 1.3a"), widget=text_input())
    name = forms.CharField(label=_("Target"), max_length=300, widget=text_input())
    section = forms.ModelChoiceField(
        label=_("Section"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=_("no section"),
        widget=select(),
    )
    indicator = forms.ModelChoiceField(
        label=_("Indicator of the catalogue"),
        queryset=Indicator.objects.none(),
        required=False,
        empty_label=_("a new one, named below"),
        widget=select(),
    )
    new_name = forms.CharField(label=_("New indicator"), max_length=200, required=False, widget=text_input())
    new_measure = forms.CharField(label=_("Unit of measure"), max_length=60, required=False, widget=text_input())
    new_kind = forms.ChoiceField(
        label=_("Kind of figure"), choices=IndicatorKind.choices, required=False, widget=select()
    )
    new_over_time = forms.ChoiceField(label=_("Over time"), choices=OverTime.choices, required=False, widget=select())
    carried_by = forms.ChoiceField(label=_("Carried by"), choices=Carrier.choices, widget=select())
    carrier_kinds = forms.MultipleChoiceField(
        label=_("Kinds of units"),
        choices=Kind.choices,
        required=False,
        help_text=_("Only where each unit carries it; none chosen means all kinds."),
        widget=forms.CheckboxSelectMultiple,
    )
    carrier_reach = forms.ChoiceField(label=_("Which units"), choices=Reach.choices, widget=select())
    minimum = FigureField(label=_("Minimum"), required=False)
    maximum = FigureField(label=_("Maximum"), required=False)
    required_share = FigureField(
        label=_("Share of units or blocs, %"), required=False, help_text=_("Only where each unit or bloc carries it.")
    )
    starts_on = DayField(label=_("From"), required=False)
    due_on = DayField(label=_("To be done by"), required=False, help_text=_("Empty: the plan's whole term."))
    restates = forms.ModelChoiceField(
        label=_("Repeats"),
        queryset=Target.objects.none(),
        required=False,
        empty_label=_("no other target"),
        help_text=_("A clause that repeats another is shown and not counted twice."),
        widget=select(),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        catalogue = Indicator.objects.filter(owner=top_unit(plan.unit), merged_into__isnull=True).order_by("folded")
        self.fields["section"].queryset = plan.sections.order_by("order")  # type: ignore[attr-defined]
        self.fields["indicator"].queryset = catalogue  # type: ignore[attr-defined]
        self.fields["restates"].queryset = plan.targets.counted()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An indicator is chosen, or a new one is named with its measure."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("indicator") is None:
            for name in ("new_name", "new_measure", "new_kind", "new_over_time"):
                if not cleaned.get(name):
                    self.add_error(name, _("Needed for a new indicator."))
        return cleaned

    @property
    def proposal(self) -> dict[str, Any]:
        """Arguments for ``propose_indicator``."""
        return {name: self.cleaned_data[field] for name, field in PROPOSED.items()}

    @property
    def target(self) -> dict[str, Any]:
        """Arguments for ``add_target``, without the plan and the indicator."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "indicator" and name not in PROPOSED.values()
        }


class MergeForm(forms.Form):
    """The indicator that takes another over: of the same owner, kind and rule over time."""

    into = forms.ModelChoiceField(
        label=_("Goes over into"),
        queryset=Indicator.objects.none(),
        empty_label=_("choose an indicator"),
        widget=select(),
    )

    def __init__(self, *args: Any, source: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alike = Indicator.objects.filter(
            owner=source.owner_id, kind=source.kind, over_time=source.over_time, merged_into__isnull=True
        )
        self.fields["into"].queryset = alike.exclude(pk=source.pk).order_by("folded")  # type: ignore[attr-defined]


class ShareForm(forms.Form):
    """One unit's share of one target, from a day on."""

    minimum = FigureField(label=_("Minimum"))
    maximum = FigureField(label=_("Maximum"), required=False)
    effective_on = DayField(label=_("In force from"))

    def __init__(self, *args: Any, target: Target, unit: Unit, share: Allocation | None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": f"u{unit.pk}"})
        self.fields["effective_on"].initial = _first_day(target, unit, share)
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = f"{field.label}, {unit.short_name or unit.name}"
            if name != "effective_on":
                field.widget.attrs["placeholder"] = field.label


def _first_day(target: Target, unit: Unit, share: Allocation | None) -> date:
    """The first share of a unit counts from the target's start; a change from today."""
    return max(target.starts_on, unit.opened_on) if share is None else min(clock.today(), target.due_on)
