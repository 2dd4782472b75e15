"""Forms of the catalogue and of a draft's targets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.fields import DayField, FigureField, SectionField, select, text_area, text_input
from plans.models import Plan
from units.enums import Kind
from units.selectors import top_unit

from .enums import Carrier, IndicatorKind, OverTime, Reach
from .models import Indicator, Target
from .phasing import Phases, phases_text, read_phases

# What the form calls a proposed indicator's fields, by the service's names.
PROPOSED = {"name": "new_name", "measure": "new_measure", "kind": "new_kind", "over_time": "new_over_time"}


class TargetForm(forms.Form):
    """A target of a draft: on an indicator of the catalogue, or on a new one that is proposed with it."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("For example 1.3a"), widget=text_input())
    name = forms.CharField(label=_("Target"), max_length=300, widget=text_input())
    section = SectionField(label=_("Section"), empty_label=_("no section"))
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

    phases = forms.CharField(
        label=_("By steps"),
        required=False,
        help_text=_("One to a line: 30/6/2024: 75 — by that day so much in all."),
        widget=text_area(2),
    )

    def __init__(self, *args: Any, plan: Plan, target: Target | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        catalogue = Indicator.objects.filter(owner=top_unit(plan.unit), merged_into__isnull=True).order_by("folded")
        self.fields["section"].queryset = plan.sections.order_by("order")  # type: ignore[attr-defined]
        self.fields["indicator"].queryset = catalogue  # type: ignore[attr-defined]
        originals = plan.targets.counted()
        if target is not None:
            originals = originals.exclude(pk=target.pk)
            self.initial = self._now(target)
        self.fields["restates"].queryset = originals  # type: ignore[attr-defined]

    def _now(self, target: Target) -> dict[str, Any]:
        """What the target says, as the fields hold it."""
        said = {name: getattr(target, name) for name in self.fields if name not in (*PROPOSED.values(), "phases")}
        steps = [(phase.due_on, phase.minimum) for phase in target.phases.all()]
        return {**said, "phases": phases_text(steps)}

    def clean_phases(self) -> Phases:
        return read_phases(self.cleaned_data["phases"])

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
        """Arguments for ``add_target`` and ``revise_target``, without the plan and the indicator."""
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
